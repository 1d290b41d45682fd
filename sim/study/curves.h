/* Curves of adoption that a model gives where some of what it needs is unknown: a library of runs, each with
 * values of its own drawn from their priors. */
#ifndef NLC_STUDY_CURVES_H
#define NLC_STUDY_CURVES_H

#include "points.h"

typedef struct {
    uint32_t num_runs, num_months;
    uint32_t num_places; /* of the tiers that adopt */
    float *share;        /* [num_runs][num_months + 1], owned: of these places, those that had ever adopted by the end of a
                          * month, in [0, 1] and never falling; month 0 is 0 */
} nlc_curves;

typedef struct {
    const nlc_points *points; /* borrowed: the scenario, and what is unknown of it */
    /* The value of an unknown at a probability, from its prior. */
    double (*value)(const void *context, uint32_t address, double probability);
    /* Called now and then from one thread; false asks to stop. May be NULL. */
    bool (*progress)(void *context, uint32_t done, uint32_t total);
    void *context;
    uint32_t num_runs, threads, lanes; /* lanes 0: the CPU's best */
    uint64_t seed;
} nlc_curves_options;

/* Run k draws its values from the stream (seed, k) and is replicate k: a curve depends on its number alone. Values
 * outside the bounds of a lever are drawn again. NLC_ERROR_INPUT where the model does not say when a place first
 * adopts, or no place adopts plans; NLC_ERROR_MEMORY; NLC_ERROR_INTERRUPTED. Free it in any case. */
nlc_error nlc_curves_run(nlc_curves *self, const nlc_curves_options *options);
void nlc_curves_free(nlc_curves *self);

/* The share at any time from 0 on, in months: straight between the ends of months, level after the last. */
double nlc_curves_at(const nlc_curves *self, uint32_t run, double month);

/* The first month by whose end at least this share had adopted; NLC_NONE where it never has. */
uint32_t nlc_curves_reach(const nlc_curves *self, uint32_t run, double share);

#endif
