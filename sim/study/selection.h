/* The best of several scenarios, chosen with a stated probability: Rinott's two stages (see best.h).
 * His procedure wants independent runs, so each scenario has draws of its own here. */
#ifndef NLC_STUDY_SELECTION_H
#define NLC_STUDY_SELECTION_H

#include "compare.h"

typedef struct {
    uint32_t outcome;
    bool smallest;       /* the smallest mean is the best, not the largest */
    double probability;  /* of choosing the best where it is better than all others by `indifference` or more */
    double indifference; /* > 0, in the unit of the outcome */
    uint32_t first;      /* runs of the first stage, at least 2 */
    uint32_t most;       /* runs of a scenario; where more are needed nothing is chosen */
    double confidence;   /* of the intervals that are told */
} nlc_selection_options;

typedef struct {
    uint64_t seed;          /* that the scenario ran with */
    double sd;              /* in the first stage */
    uint32_t needed;        /* runs of both stages; UINT32_MAX: more than a thousand million */
    uint32_t runs;          /* that were run */
    uint32_t missing;       /* runs among them without a value */
    double mean, low, high; /* over those with a value */
} nlc_candidate;

typedef struct {
    double h;
    uint32_t num;
    nlc_candidate candidate[NLC_MOST_COMPARED];
    uint32_t best; /* NLC_NONE: a run had no value, or more runs than `most` would be needed */
} nlc_selection;

/* `runs` gives threads, lanes, seed and progress. NLC_ERROR_MEMORY, NLC_ERROR_INTERRUPTED. */
nlc_error nlc_selection_run(nlc_selection *self, const nlc_resolved *const *scenarios, uint32_t num_scenarios,
                            const nlc_selection_options *options, const nlc_ensemble_options *runs);

/* True for outcomes of which less is better unless the user says otherwise: months and costs, and gaps
 * and spreads. */
bool nlc_outcome_is_better_small(const nlc_outcome *outcome);

#endif
