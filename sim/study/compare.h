/* Everything that several scenarios on common random numbers differ by, and which of them is the best. */
#ifndef NLC_STUDY_COMPARE_H
#define NLC_STUDY_COMPARE_H

#include "difference.h"
#include "paired.h"

/* As many scenarios can be compared at once. */
#define NLC_MOST_COMPARED 8

/* One row: scenario `second` less scenario `first`, first < second. */
typedef struct {
    uint32_t first, second, outcome;
    bool of_reach; /* the share of runs that reach the outcome, not its value */
    nlc_difference difference;
} nlc_compared;

/* Rows by first, second, outcome; the share that reaches it stands behind the value of each outcome that
 * may not be reached. */
typedef struct {
    nlc_compared *row; /* [num_rows], owned */
    uint32_t num_rows;
} nlc_comparison;

nlc_error nlc_comparison_init(nlc_comparison *self, const nlc_paired *paired, const nlc_precision *precision);
void nlc_comparison_free(nlc_comparison *self);

/* The row of an outcome's value, or of its reach; NULL where there is none. */
const nlc_compared *nlc_comparison_row(const nlc_comparison *self, uint32_t first, uint32_t second, uint32_t outcome,
                                       bool of_reach);

/* When to stop. */
typedef struct {
    uint32_t outcome, most;
    nlc_precision precision;
} nlc_stop;

/* The smallest number of runs at which the differences of all scenarios from the first one in the outcome
 * meet the precision, or 0. Runs in which a pair lacks a value add nothing to what is known of it. */
uint32_t nlc_paired_enough(const nlc_paired *self, const nlc_stop *stop);

/* Adds runs until they are enough or there are `most`. Of those that are enough only as many are kept
 * as were needed, so that the result does not depend on how many were run at once. */
nlc_error nlc_paired_run_until(nlc_paired *self, const nlc_stop *stop, const nlc_ensemble_options *options, bool *enough);

#endif
