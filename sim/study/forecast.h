/* Forecasts of adoption series: how many of N places will have adopted, from the first periods alone.
 *
 * Each method gives probabilities of every count in every later period. What it says is mixed with one
 * part in a hundred of "anything from now to all, equally likely", so that no score is infinite. */
#ifndef NLC_STUDY_FORECAST_H
#define NLC_STUDY_FORECAST_H

#include "growth.h"

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
    NLC_FORECAST_POOL, /* the mean of the distributions before it */
    NLC_NUM_FORECASTS
} nlc_forecast_method;

/* "persistence", "constant hazard", "bass, least squares", ... */
const char *nlc_forecast_name(nlc_forecast_method method);

/* Scores of one method on one series. */
typedef struct {
    double crps;                                /* mean over the later periods, in percent of the places */
    double log_score;                           /* mean over the later periods, in nats */
    double coverage;                            /* share of the later periods whose count lies in the 5 to 95 % interval */
    double final_median, final_low, final_high; /* the last period: places */
} nlc_forecast_score;

/* Scores of all methods on all series: scores[num][NLC_NUM_FORECASTS]. `progress` may be NULL; false
 * asks to stop. NLC_ERROR_MEMORY, NLC_ERROR_INTERRUPTED. */
nlc_error nlc_forecasts_score(const nlc_series *series, uint32_t num, uint64_t seed,
                              bool (*progress)(void *context, uint32_t done, uint32_t total), void *context,
                              nlc_forecast_score *scores);

/* A paired difference of mean scores, method minus another, over `num` series, with its standard error. */
typedef struct {
    double mean, error;
} nlc_skill;
nlc_skill nlc_skill_of(const double *scores, const double *others, uint32_t num);

#endif
