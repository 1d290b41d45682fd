/* Histories: which places adopted when, who hears whom, and what channels are worth for telling the rest.
 *
 * Period 1 is the one with the first adoption. From period 2 on, a place that has not adopted does so with
 * the hazard of hazard.h, whose covariates stand as they were at the end of the period before:
 *     1                             always
 *     share   of all places that have adopted: anything that moves everybody at once, or is seen by everybody
 *     peers   share of those that a place hears as peers that have adopted, 0 where there are none
 *     above   share of those above it (its county, its combined authority)
 *     below   share of those below it
 * Rivals differ in which of these they have. Peers and tiers are worth something where they tell more than the
 * share of all places does: a rival with channels alone also wins by knowing that time has passed.
 *
 * The hazard is fitted to the periods 2 to num_train and scored on the later ones in three ways, each the mean over
 * the places that had not adopted by num_train of -log P(when it adopted, or that it did not), in nats:
 * - ahead: each period is foretold from the one before it as it was. The sum over places is the log score of
 *   everything that happened, taken together;
 * - who: the same, but in each period all rates are multiplied by one number, so that as many are expected to adopt
 *   as did. How many adopt when is then given, and only who does is scored: waves and shocks that move all
 *   places do not count. Without channels all places are alike;
 * - whole: all later periods are foretold from the end of num_train, by simulation. One part in a hundred goes to
 *   "any later period or none, equally likely", so that no score is infinite. Its Monte Carlo error is found by
 *   the jackknife over batches of runs. Rivals share their chance. */
#ifndef NLC_STUDY_HISTORIES_H
#define NLC_STUDY_HISTORIES_H

#include "hazard.h"
#include "scores.h"

/* Who is heard: by place. */
typedef struct {
    const uint32_t *first; /* [num_places + 1], borrowed */
    const uint32_t *from;  /* [first[num_places]], borrowed */
} nlc_heard;

typedef struct {
    uint32_t num_places, num_periods;
    const uint32_t *adopted; /* [num_places], borrowed: period from 1, or 0 where not by the end of the last one */
    nlc_heard peers, above, below;
} nlc_histories;

typedef enum { NLC_RIVAL_SHARE = 1, NLC_RIVAL_PEERS = 2, NLC_RIVAL_TIERS = 4, NLC_NUM_RIVALS = 8 } nlc_rival_parts;

/* A rival is a sum of nlc_rival_parts, and that is its index. "no channels", "share of all", "peers", ... */
const char *nlc_rival_name(uint32_t rival);

/* The names of its covariates in the order of the coefficients: names[NLC_HAZARD_COVARIATES]; returns how many. */
uint32_t nlc_rival_covariates(uint32_t rival, const char **names);

typedef struct {
    nlc_hazard fit;
    double ahead, who, whole;                   /* nats a place */
    nlc_skill ahead_gain, who_gain, whole_gain; /* paired by place: less the rival without channels on the same footing */
    double whole_error, gain_error;             /* Monte Carlo standard errors of `whole` and of whole_gain.mean */
    double final_low, final_median, final_high; /* places that have adopted by the last period, 5 to 95 % */
} nlc_rival_score;

typedef struct {
    uint32_t num_train, replicates; /* num_train from 2 to num_periods - 1; replicates a multiple of 20 */
    uint64_t seed;
} nlc_histories_options;

/* Scores of all rivals: scores[NLC_NUM_RIVALS]; `num_scored` places had not adopted by num_train, and `final` in all
 * have by the end. NLC_ERROR_MEMORY; NLC_ERROR_INPUT where nobody adopts in the periods 2 to num_train, or nobody
 * is left. */
nlc_error nlc_histories_score(const nlc_histories *self, const nlc_histories_options *options, nlc_rival_score *scores,
                              uint32_t *num_scored, uint32_t *final);

#endif
