/* Targets: what a scenario's observations are compared with, and runs that compute nothing else. */
#ifndef NLC_STUDY_TARGETS_H
#define NLC_STUDY_TARGETS_H

#include "ensemble.h"
#include "tables.h"

/* One observation: a measure of some places at the end of a month. */
typedef struct {
    uint32_t row;     /* in the scenario's observations */
    uint32_t month;   /* from 1: the last whole month before the date */
    uint32_t measure; /* index into the model's table */
    nlc_split split;
    double scale;    /* what the measure is multiplied by: the total, or 1 */
    double observed; /* in the unit of the table */
    double error;    /* above 0: of the table, or where it gives none two points of the total, at least 1 */
} nlc_target;

typedef struct {
    const nlc_resolved *scenario; /* borrowed */
    nlc_target *target;           /* [num], owned, in the order of the table */
    uint32_t num;
    uint32_t num_outside; /* observations before the first or after the last month, which are left out */
} nlc_targets;

/* NLC_ERROR_INPUT with the problems added where a row is about less than a country (`under` a place that
 * is no lead): such counts cannot be told apart in results. Free in any case. */
nlc_error nlc_targets_init(nlc_targets *self, const nlc_scenario *folder, const nlc_resolved *scenario, nlc_problems *problems);
void nlc_targets_free(nlc_targets *self);

typedef struct {
    uint32_t threads, lanes; /* lanes 0: the CPU's best */
    uint64_t seed;
    const bool *use; /* [targets]: runs end when these are known, and the others are NaN; NULL: all of them */
} nlc_targets_options;

/* Runs points[k] as replicate `first` + k, for k < num, and gives what the
 * targets come to: values[num][targets]. A value depends on its point and its replicate alone. */
nlc_error nlc_targets_run(const nlc_targets *self, const nlc_targets_options *options, const nlc_point *points, uint32_t first,
                          uint32_t num, double *values);

/* How far values[targets] are from what was observed, in observation errors: the largest over the first
 * targets, those with use[target]; NaN counts as infinite. */
double nlc_targets_distance(const nlc_targets *self, const bool *use, const double *values, const double *observed);

#endif
