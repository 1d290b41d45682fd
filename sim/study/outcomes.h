/* Outcomes of the runs of a batch, taken month by month while it runs, so that nothing is kept of a run
 * but these. The values are the very ones that an ensemble gives. */
#ifndef NLC_STUDY_OUTCOMES_H
#define NLC_STUDY_OUTCOMES_H

#include "ensemble.h"
#include "sums.h"

/* An outcome over a part of the places, as a column of results: NAME, NAME.all, NAME.tier.city. */
typedef struct {
    const char *name; /* borrowed; NAME.all is NAME */
    uint32_t outcome; /* index into the model's table */
    nlc_split split;
} nlc_outcome_column;

/* Finds a column by its name; false where the model has no such outcome, or the scenario no such part. */
bool nlc_outcome_column_find(nlc_outcome_column *self, const nlc_resolved *scenario, const char *name);

typedef struct {
    const nlc_resolved *scenario; /* borrowed */
    const nlc_sums *sums;
    uint32_t num_columns, num_parts, lanes;
    uint32_t *outcome;     /* [num_columns], owned */
    uint32_t *measure;     /* [num_columns], owned */
    uint32_t *part;        /* [num_columns], owned: which part a column reads; of a spread the first of several */
    uint32_t *num_of;      /* [num_columns], owned: parts of a column, 1 but for spreads between waves or sizes */
    uint32_t *same;        /* [num_columns], owned: the first column that reads the same measure of the same part */
    nlc_split *split;      /* [num_parts], owned */
    uint32_t *first_class; /* [num_parts + 1], owned: of each part's classes in the list below */
    uint32_t *class_of;    /* [first_class[num_parts]], owned */
    double *sum;           /* [num_tallies][lanes], owned: room for the sum of a part's classes */
    float *kept;           /* [num_tallies][lanes], owned: the same as an ensemble keeps it */
    double *month, *total; /* [num_parts][num_tallies][NLC_BLOCK_RUNS], owned */
    bool *is_read;         /* [num_columns], owned */
    double *read;          /* [num_columns][NLC_BLOCK_RUNS], owned: what was read in the month at hand, by `same` */
    double *value;         /* [num_columns][lanes], owned */
} nlc_outcomes;

/* NLC_ERROR_MEMORY. Free in any case. The columns are copied. */
nlc_error nlc_outcomes_init(nlc_outcomes *self, const nlc_resolved *scenario, uint32_t lanes, const nlc_outcome_column *columns,
                            uint32_t num_columns);
void nlc_outcomes_free(nlc_outcomes *self);

/* Before a batch, after each of its months (all of them, even those that a finished batch does not
 * step), and for the value of a column in a lane after the last month; NaN as for ensembles. */

void nlc_outcomes_reset(nlc_outcomes *self);
void nlc_outcomes_month(nlc_outcomes *self, const nlc_batch *batch, const nlc_lane *lanes, uint32_t num_lanes, uint32_t month);
double nlc_outcomes_value(const nlc_outcomes *self, uint32_t column, uint32_t lane);

/* Every measure of all places in the month last taken, of one lane: values[num_measures]. The first part
 * is then all places. */
void nlc_outcomes_measures(const nlc_outcomes *self, const nlc_lane *lane, uint32_t l, double *values);

#endif
