/* Several scenarios run on common random numbers: replicate r of each has the same seed, and so the same
 * draws for the same place, month and purpose, and runs on the network draw of the same number. What is
 * the same in the scenarios is then the same in their runs, and a difference between them stands out. */
#ifndef NLC_STUDY_PAIRED_H
#define NLC_STUDY_PAIRED_H

#include "ensemble.h"

/* Outcomes of all places together, run by run; runs may be added. */
typedef struct {
    const nlc_resolved *const *scenarios; /* [num_scenarios], borrowed: of one model, with as many months and draws */
    uint32_t num_scenarios;
    uint32_t *shared_months; /* [num_scenarios], owned: those of the first scenario's past that each one has taken over */
    uint32_t num_runs, num_outcomes;
    double *values; /* [num_scenarios][num_outcomes][capacity], owned; NaN where not reached or without meaning */
    uint32_t capacity;
} nlc_paired;

/* Finds out what past the scenarios share with the first one, which is then computed once. With
 * `branch_at` at least 1 no more than that many months are shared. Free it in any case. */
nlc_error nlc_paired_init(nlc_paired *self, const nlc_resolved *const *scenarios, uint32_t num_scenarios, uint32_t branch_at);
void nlc_paired_free(nlc_paired *self);

/* Adds runs until there are `num_runs` of each scenario. Of the options threads, lanes and seed count, and
 * progress, which is told the runs of all scenarios together out of those that this call adds. What is
 * there already stays after an error. */
nlc_error nlc_paired_extend(nlc_paired *self, uint32_t num_runs, const nlc_ensemble_options *options);

/* What an outcome is. They are those of the model, and behind them, where the model has facilitators, its service over
 * all months: what more of one lever takes from the others shows there. */
const nlc_outcome *nlc_paired_outcome(const nlc_paired *self, uint32_t outcome);

/* One outcome of one scenario: [num_runs]. */
const double *nlc_paired_values(const nlc_paired *self, uint32_t scenario, uint32_t outcome);

#endif
