/* The cheapest point that reaches a target often enough, and the one that does soonest. */
#ifndef NLC_STUDY_SELECT_H
#define NLC_STUDY_SELECT_H

#include "nlcsim.h"

/* An outcome is to be from `at_least` to `at_most` (NaN: no limit there) with at least `probability`. */
typedef struct {
    double at_least, at_most, probability;
} nlc_target;

/* Runs, each of one choice. */
typedef struct {
    uint32_t num_runs, num_choices;
    const uint32_t *choice; /* [num_runs], borrowed */
    const double *outcome;  /* [num_runs], borrowed; NaN: not reached, which misses the target */
    const double *cost;     /* [num_runs], borrowed; NaN where missing */
    double *room;           /* [num_runs], borrowed: what stands in it is lost */
} nlc_select_input;

typedef struct {
    uint32_t num_runs, num_hits;
    double mean_cost; /* of the runs that have one; NaN where none has */
    double share;     /* of the runs that hit the target; NaN without runs */
    double low, high; /* 95 % interval of the share (Clopper & Pearson 1934) */
    /* The smallest outcome that at least so many of the runs as the target's probability are at or below, a run
     * without an outcome being above all: a month by which it is reached. NaN where too few have one. */
    double reached_by;
} nlc_selection;

/* Choices; NLC_NONE where none will do. */
typedef struct {
    uint32_t by_share; /* the cheapest choice whose share is at least the probability */
    uint32_t for_sure; /* the cheapest of which even the lower end of the interval is */
    uint32_t soonest;  /* the smallest reached_by, whatever the target's limits; of equals the cheaper, then the first */
} nlc_cheapest;

/* Into selections[num_choices]. Of equally cheap choices the one with the larger share counts, then the
 * first. */
nlc_cheapest nlc_select(const nlc_select_input *input, const nlc_target *target, nlc_selection *selections);

#endif
