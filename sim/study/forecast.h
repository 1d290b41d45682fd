/* Forecasts of adoption series: how many of N places will have adopted, from the first periods alone.
 *
 * Each method gives probabilities of every count in every later period. What it says is mixed with one
 * part in a hundred of "anything from now to all, equally likely", so that no score is infinite. */
#ifndef NLC_STUDY_FORECAST_H
#define NLC_STUDY_FORECAST_H

#include "curves.h"
#include "growth.h"
#include "scores.h"

/* A series: counts so far adopted at the ends of periods 1 to num_train + num_test, never falling. The
 * first period is the one with the first adoption, so that it says nothing of speed. */
typedef struct {
    const char *name;
    uint32_t group; /* series of one group are taken to be of one kind */
    uint32_t num_places, num_train, num_test;
    const uint32_t *count; /* [num_train + num_test], borrowed */
} nlc_series;

typedef enum {
    NLC_FORECAST_PERSISTENCE, /* nobody else adopts */
    NLC_FORECAST_HAZARD,      /* every place that has not, adopts with one probability a period: its posterior from
                               * the training periods (Jeffreys) */
    NLC_FORECAST_BASS,        /* least squares, and chance of the places given the curve */
    NLC_FORECAST_LOGISTIC,
    NLC_FORECAST_GOMPERTZ,
    NLC_FORECAST_BASS_EB, /* empirical Bayes: a normal prior fitted to the training periods of all series of the
                           * group, and the posterior of the series under it */
    NLC_FORECAST_LOGISTIC_EB,
    NLC_FORECAST_GOMPERTZ_EB,
    NLC_FORECAST_POOL,  /* the mean of the distributions before it */
    NLC_FORECAST_MODEL, /* runs of a coordination model with unknowns drawn from their priors, weighted by the
                         * likelihood of the training periods (below) */
    NLC_NUM_FORECASTS
} nlc_forecast_method;

/* "persistence", "constant hazard", "bass, least squares", ..., "model". */
const char *nlc_forecast_name(nlc_forecast_method method);

/* Draws of empirical Bayes (1,024 a group, with a prior fitted to them) and of the model fall into so many groups;
 * scores without each of them give the Monte Carlo error. */
enum { NLC_FORECAST_GROUPS = 5 };

/* Scores of one method on one series. */
typedef struct {
    double crps;                                /* mean over the later periods, in percent of the places */
    double log_score;                           /* mean over the later periods, in nats */
    double coverage;                            /* share of the later periods whose count lies in the 5 to 95 % interval */
    double final_median, final_low, final_high; /* the last period: places */
    double effective; /* as many equally weighted draws it is worth, 1 / sum of squared weights; NaN without draws */
    double crps_without[NLC_FORECAST_GROUPS], log_without[NLC_FORECAST_GROUPS]; /* without a group of draws */
} nlc_forecast_score;

/* The model's curves are of shares of its own places, in its own months: a run is scaled to the places of the series, and a
 * tenth of the training lasts 1 to 12 of its months (log-uniform, several paces a run). The first adoption of the run, in a
 * set of places as large as that of the series, falls anywhere in the first period. From then on a place of the
 * series adopts in a period with the probability that one of the run does that has not. */
typedef struct {
    uint64_t seed;
    const nlc_curves *curves; /* borrowed; NULL: the scores of the model are NaN */
    /* False asks to stop. May be NULL. */
    bool (*progress)(void *context, uint32_t done, uint32_t total);
    void *context;
} nlc_forecast_options;

/* Scores of all methods on all series: scores[num][NLC_NUM_FORECASTS]. NLC_ERROR_MEMORY, NLC_ERROR_INTERRUPTED. */
nlc_error nlc_forecasts_score(const nlc_series *series, uint32_t num, const nlc_forecast_options *options,
                              nlc_forecast_score *scores);

#endif
