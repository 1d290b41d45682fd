/* Design points: one scenario with different values behind a few addresses.
 *
 * A value of a parameter or a lever leaves nodes, channels and waves as they are, so that many points
 * can run on one network, and side by side in one batch. What an address does to the levers is found
 * out once, by resolving with two of its values: every lever that it touches is then a constant plus
 * a factor times the value. */
#ifndef NLC_SCENARIO_POINTS_H
#define NLC_SCENARIO_POINTS_H

#include "scenario.h"

typedef struct {
    nlc_setting setting; /* with its change, and without a number */
    double low, high;    /* the values to come; equal where there is one alone */
    uint32_t num_touched;
    uint32_t *touched; /* [num_touched], owned: indices into levers */
    double *constant;  /* [num_touched], owned */
    double *factor;    /* [num_touched], owned */
} nlc_points_address;

typedef struct {
    nlc_resolved scenario;       /* what the points run on; its own levers and parameters are of no point */
    void *memory;                /* owned; what `scenario` points into */
    nlc_points_address *address; /* [num], owned */
    uint32_t num;
    size_t num_levers; /* numbers in the levers of a point */
} nlc_points;

/* Addresses as texts without a value: `meetings@tier=province` sets a lever, `meetings*` multiplies it,
 * `meetings+` adds to it; likewise parameters and dials. low[num] and high[num] say between which
 * values the points will lie. `settings` hold for all points and come first. Keys of scenario.csv, and
 * two addresses that move the same lever of the same places, are NLC_ERROR_INPUT, reported at `where`.
 * Free it in any case. */
nlc_error nlc_points_init(nlc_points *self, nlc_scenario *scenario, const nlc_settings *settings, const char *const *addresses,
                          const double *low, const double *high, uint32_t num, nlc_where where, nlc_problems *problems);
void nlc_points_free(nlc_points *self);

/* The point with values[num]: parameters[num_parameters of the model] and levers[num_levers]. False where
 * a number is outside the bounds of its parameter or lever; `address` then says whose. */
bool nlc_points_fill(const nlc_points *self, const double *values, float *parameters, float *levers, uint32_t *address);

#endif
