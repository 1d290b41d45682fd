/* Design points by their number; see design.h. */
#include "design.h"

#include "draw.h"
#include "trajectories.h"

#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* gsl_qrng_sobol gives zeros beyond this dimension. */
enum { MOST_SOBOL = 40, SOBOL_BITS = 30 };
#define MOST_POINTS 1000000000.0

struct nlc_sobol {
    gsl_qrng *sequence; /* owned */
};

/* ---- How many ---------------------------------------------------------------------------------- */

static bool is_role(const nlc_factor *factor, nlc_role role)
{
    return factor->role == role;
}

static double num_combinations(const nlc_study *study, bool levers_only)
{
    double num = 1.0;
    for (uint32_t k = 0; k < study->num_factors; k++)
        if (!levers_only || is_role(&study->factor[k], NLC_ROLE_LEVER))
            num *= nlc_factor_num_steps(&study->factor[k]);
    return num;
}

static double count_points(const nlc_study *study)
{
    double num = 1.0;
    switch (study->design) {
    case NLC_DESIGN_FACTORIAL:
        return num_combinations(study, false);
    case NLC_DESIGN_ONE_AT_A_TIME:
        for (uint32_t k = 0; k < study->num_factors; k++)
            num += nlc_factor_num_steps(&study->factor[k]);
        return num;
    case NLC_DESIGN_LIST:
        return study->num_listed;
    case NLC_DESIGN_LHS:
    case NLC_DESIGN_SOBOL:
        return (double)study->points;
    case NLC_DESIGN_SALTELLI:
        return (double)study->points * (study->num_factors + 2.0);
    case NLC_DESIGN_MORRIS:
        return (double)study->points * (study->num_factors + 1.0);
    case NLC_DESIGN_CROSSED:
        break;
    }
    return (double)study->points * num_combinations(study, true);
}

static uint32_t num_dimensions(const nlc_study *study)
{
    return study->design == NLC_DESIGN_SOBOL      ? study->num_factors
           : study->design == NLC_DESIGN_SALTELLI ? 2 * study->num_factors
                                                  : 0;
}

static uint32_t num_of_role(const nlc_study *study, nlc_role role)
{
    uint32_t num = 0;
    for (uint32_t k = 0; k < study->num_factors; k++)
        num += is_role(&study->factor[k], role);
    return num;
}

const char *nlc_design_problem(const nlc_study *study, char text[NLC_DESIGN_PROBLEM_LENGTH])
{
    const uint32_t most = study->design == NLC_DESIGN_SALTELLI ? MOST_SOBOL / 2 : MOST_SOBOL;
    const char *const name = study->design == NLC_DESIGN_SALTELLI ? "saltelli" : "sobol";
    if (num_dimensions(study) > MOST_SOBOL)
        snprintf(text, NLC_DESIGN_PROBLEM_LENGTH,
                 "the design %s takes at most %u factors, and there are %u; screen them with morris first, or use lhs", name,
                 (unsigned)most, (unsigned)study->num_factors);
    else if (study->design == NLC_DESIGN_CROSSED &&
             (num_of_role(study, NLC_ROLE_LEVER) == 0 || num_of_role(study, NLC_ROLE_UNCERTAINTY) == 0))
        snprintf(text, NLC_DESIGN_PROBLEM_LENGTH, "a crossed design needs a lever and an uncertainty; there is no %s",
                 num_of_role(study, NLC_ROLE_LEVER) == 0 ? "lever" : "uncertainty");
    else if (study->design == NLC_DESIGN_ONE_AT_A_TIME && (study->scenario_factor != NLC_NONE || study->model_factor != NLC_NONE))
        snprintf(text, NLC_DESIGN_PROBLEM_LENGTH,
                 "one-at-a-time starts from one scenario as it is; a factor of the kind scenario or model needs another design");
    else if (count_points(study) * study->replicates > MOST_POINTS)
        snprintf(text, NLC_DESIGN_PROBLEM_LENGTH, "the design has %.0f points of %u runs, which is more than %.0f runs",
                 count_points(study), (unsigned)study->replicates, MOST_POINTS);
    else
        return NULL;
    return text;
}

/* ---- Init -------------------------------------------------------------------------------------- */

static nlc_error sobol_begin(nlc_design *self)
{
    if (!self->sobol) {
        self->sobol = calloc(1, sizeof *self->sobol);
        if (!self->sobol)
            return NLC_ERROR_MEMORY;
        self->sobol->sequence = gsl_qrng_alloc(gsl_qrng_sobol, self->num_sobol);
    }
    if (!self->sobol->sequence)
        return NLC_ERROR_MEMORY;
    gsl_qrng_init(self->sobol->sequence);
    self->sobol_next = 1;
    return NLC_OK;
}

nlc_error nlc_design_init(nlc_design *self, const nlc_study *study)
{
    *self = (nlc_design){.study = study, .num_points = (uint64_t)count_points(study), .block_size = 1};
    if (study->design == NLC_DESIGN_SALTELLI)
        self->block_size = study->num_factors + (uint64_t)2;
    if (study->design == NLC_DESIGN_MORRIS)
        self->block_size = study->num_factors + (uint64_t)1;
    if (study->design == NLC_DESIGN_CROSSED)
        self->block_size = study->points;
    self->num_sobol = num_dimensions(study);
    self->sample = malloc((2 * (size_t)study->num_factors + 1) * sizeof *self->sample);
    if (!self->sample)
        return NLC_ERROR_MEMORY;
    if (study->design == NLC_DESIGN_MORRIS && study->candidates > study->points) {
        self->trajectory = malloc(study->points * sizeof *self->trajectory);
        return self->trajectory ? nlc_trajectories_choose(study, self->trajectory) : NLC_ERROR_MEMORY;
    }
    return self->num_sobol > 0 ? sobol_begin(self) : NLC_OK;
}

void nlc_design_free(nlc_design *self)
{
    if (self->sobol && self->sobol->sequence)
        gsl_qrng_free(self->sobol->sequence);
    free(self->sobol);
    free(self->sample);
    free(self->trajectory);
    *self = (nlc_design){0};
}

/* ---- Samples ----------------------------------------------------------------------------------- */

/* Point `index` of the shifted sequence. GSL leaves out the first point, the origin, which belongs to the
 * sequence. The shift flips the same bits of a coordinate in all points, which keeps every balance of
 * the sequence and makes each point uniform. */
static void sobol_sample(nlc_design *self, uint64_t index)
{
    const double one = (double)(UINT32_C(1) << SOBOL_BITS);
    if (index > 0 && index < self->sobol_next)
        sobol_begin(self);
    for (uint32_t k = 0; k < self->num_sobol; k++)
        self->sample[k] = 0.0;
    for (; index > 0 && self->sobol_next <= index; self->sobol_next++)
        gsl_qrng_get(self->sobol->sequence, self->sample);
    for (uint32_t k = 0; k < self->num_sobol; k++) {
        const uint32_t shift = nlc_draw_bits(self->study->seed, NLC_DRAW_SHIFT, k, 0) >> (32 - SOBOL_BITS);
        const uint32_t bits = (uint32_t)(self->sample[k] * one) ^ shift;
        self->sample[k] = (bits + 0.5) / one;
    }
}

/* A slice of its own for each point, and a place in it by chance. */
static double lhs_sample(const nlc_study *study, uint32_t factor, uint64_t point, uint64_t num)
{
    const uint64_t slice = nlc_draw_permuted(study->seed, factor, point, num);
    return ((double)slice + nlc_draw_unit(study->seed, NLC_DRAW_JITTER, factor, point)) / (double)num;
}

/* ---- Points ------------------------------------------------------------------------------------ */

static void factorial_point(const nlc_study *study, uint64_t point, bool levers_only, double *values)
{
    for (uint32_t k = study->num_factors; k-- > 0;) {
        if (levers_only && !is_role(&study->factor[k], NLC_ROLE_LEVER))
            continue;
        const uint32_t num = nlc_factor_num_steps(&study->factor[k]);
        values[k] = nlc_factor_step(&study->factor[k], (uint32_t)(point % num));
        point /= num;
    }
}

static void single_point(const nlc_study *study, uint64_t point, double *values)
{
    for (uint32_t k = 0; k < study->num_factors; k++)
        values[k] = NAN;
    uint64_t step = point - 1;
    for (uint32_t k = 0; point > 0 && k < study->num_factors; k++) {
        const uint32_t num = nlc_factor_num_steps(&study->factor[k]);
        if (step < num) {
            values[k] = nlc_factor_step(&study->factor[k], (uint32_t)step);
            return;
        }
        step -= num;
    }
}

static void lhs_point(const nlc_study *study, uint64_t point, bool uncertainties_only, double *values)
{
    for (uint32_t k = 0; k < study->num_factors; k++)
        if (!uncertainties_only || is_role(&study->factor[k], NLC_ROLE_UNCERTAINTY))
            values[k] = nlc_factor_at(&study->factor[k], lhs_sample(study, k, point, study->points));
}

static void saltelli_point(nlc_design *self, uint64_t point, double *values)
{
    const nlc_study *study = self->study;
    const uint64_t row = point % self->block_size;
    if (row == 0 || self->sobol_next != point / self->block_size + 1)
        sobol_sample(self, point / self->block_size);
    for (uint32_t k = 0; k < study->num_factors; k++) {
        const bool from_b = row == k + 1 || row == study->num_factors + 1;
        values[k] = nlc_factor_at(&study->factor[k], self->sample[from_b ? study->num_factors + k : k]);
    }
}

static void morris_point(const nlc_design *self, uint64_t point, double *values)
{
    const nlc_study *study = self->study;
    const uint64_t place = point / self->block_size, trajectory = self->trajectory ? self->trajectory[place] : place;
    for (uint32_t k = 0; k < study->num_factors; k++) {
        const uint32_t at = nlc_trajectory_at(nlc_trajectory_move_of(study, trajectory, k), (uint32_t)(point % self->block_size));
        values[k] = nlc_factor_at(&study->factor[k], (double)at / (NLC_TRAJECTORY_STEPS - 1));
    }
}

static void crossed_point(const nlc_study *study, uint64_t point, double *values)
{
    factorial_point(study, point / study->points, true, values);
    if (study->num_listed == 0) {
        lhs_point(study, point % study->points, true, values);
        return;
    }
    const double *listed = study->listed + point % study->points * study->num_factors;
    for (uint32_t k = 0; k < study->num_factors; k++)
        if (is_role(&study->factor[k], NLC_ROLE_UNCERTAINTY))
            values[k] = listed[k];
}

void nlc_design_point(nlc_design *self, uint64_t point, double *values)
{
    const nlc_study *study = self->study;
    switch (study->design) {
    case NLC_DESIGN_FACTORIAL:
        factorial_point(study, point, false, values);
        return;
    case NLC_DESIGN_ONE_AT_A_TIME:
        single_point(study, point, values);
        return;
    case NLC_DESIGN_LIST:
        memcpy(values, study->listed + point * study->num_factors, study->num_factors * sizeof *values);
        return;
    case NLC_DESIGN_LHS:
        lhs_point(study, point, false, values);
        return;
    case NLC_DESIGN_SOBOL:
        sobol_sample(self, point);
        for (uint32_t k = 0; k < study->num_factors; k++)
            values[k] = nlc_factor_at(&study->factor[k], self->sample[k]);
        return;
    case NLC_DESIGN_SALTELLI:
        saltelli_point(self, point, values);
        return;
    case NLC_DESIGN_MORRIS:
        morris_point(self, point, values);
        return;
    case NLC_DESIGN_CROSSED:
        crossed_point(study, point, values);
    }
}
