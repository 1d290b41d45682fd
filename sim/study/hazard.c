#include "hazard.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT     15.0 /* of coefficients: exp(15) beside exp(0) is as good as certain */
#define RIDGE     1e-8 /* of the information: a covariate that is always 0 keeps a coefficient of 0 */
#define ENOUGH    1e-10
#define UNCERTAIN 100.0 /* a standard error above this says that the rows say nothing */

enum { MAX_STEPS = 100, MAX_HALVINGS = 40 };

typedef struct {
    const double *x;      /* [num_rows][num], borrowed */
    const bool *happened; /* [num_rows], borrowed */
    uint32_t num_rows, num;
} stacked;

typedef struct {
    double log_likelihood, slope[NLC_HAZARD_COVARIATES], information[NLC_HAZARD_COVARIATES][NLC_HAZARD_COVARIATES];
} surface;

static double eta_of(const double *coefficient, const double *x, uint32_t num)
{
    double eta = 0;
    for (uint32_t k = 0; k < num; k++)
        eta += coefficient[k] * x[k];
    return fmin(fmax(eta, -100), 30);
}

double nlc_hazard_rate(const nlc_hazard *self, const double *x)
{
    return exp(eta_of(self->coefficient, x, self->num_covariates));
}

double nlc_hazard_log_chance(double rate, bool happened)
{
    return happened ? log(-expm1(-rate)) : -rate;
}

/* With m = exp(eta): d/deta of the log-likelihood is m / (e^m - 1) for what happened and -m for what did not;
 * the expected information is m^2 / (e^m - 1). */
static void surface_find(const stacked *data, const double *coefficient, surface *at)
{
    *at = (surface){0};
    for (uint32_t row = 0; row < data->num_rows; row++) {
        const double *x = data->x + (size_t)row * data->num;
        const double rate = exp(eta_of(coefficient, x, data->num)), part = rate / expm1(rate);
        const double slope = data->happened[row] ? part : -rate;
        at->log_likelihood += nlc_hazard_log_chance(rate, data->happened[row]);
        for (uint32_t j = 0; j < data->num; j++) {
            at->slope[j] += slope * x[j];
            for (uint32_t k = 0; k < data->num; k++)
                at->information[j][k] += rate * part * x[j] * x[k];
        }
    }
}

/* The information as GSL takes it, factored. False where it cannot be. */
static bool factor(const surface *at, uint32_t num, double room[NLC_HAZARD_COVARIATES * NLC_HAZARD_COVARIATES])
{
    double trace = 0;
    for (uint32_t j = 0; j < num; j++)
        trace += at->information[j][j];
    for (uint32_t j = 0; j < num; j++)
        for (uint32_t k = 0; k < num; k++)
            room[j * num + k] = at->information[j][k] + (j == k ? RIDGE * (trace + 1) : 0);
    gsl_matrix_view matrix = gsl_matrix_view_array(room, num, num);
    return gsl_linalg_cholesky_decomp1(&matrix.matrix) == GSL_SUCCESS;
}

/* One step uphill, halved until it is one. False where there is none to be made. */
static bool step(const stacked *data, double *coefficient, surface *at)
{
    double room[NLC_HAZARD_COVARIATES * NLC_HAZARD_COVARIATES], move[NLC_HAZARD_COVARIATES];
    if (!factor(at, data->num, room))
        return false;
    const gsl_matrix_view matrix = gsl_matrix_view_array(room, data->num, data->num);
    const gsl_vector_view slope = gsl_vector_view_array(at->slope, data->num);
    gsl_vector_view to = gsl_vector_view_array(move, data->num);
    gsl_linalg_cholesky_solve(&matrix.matrix, &slope.vector, &to.vector);
    for (uint32_t halving = 0; halving < MAX_HALVINGS; halving++) {
        double next[NLC_HAZARD_COVARIATES];
        surface there;
        for (uint32_t k = 0; k < data->num; k++)
            next[k] = fmin(fmax(coefficient[k] + ldexp(move[k], -(int)halving), -LIMIT), LIMIT);
        surface_find(data, next, &there);
        if (there.log_likelihood > at->log_likelihood) {
            const bool is_there = there.log_likelihood - at->log_likelihood < ENOUGH;
            memcpy(coefficient, next, data->num * sizeof *next);
            *at = there;
            return !is_there;
        }
    }
    return false;
}

static void errors_find(nlc_hazard *self, const surface *at)
{
    const uint32_t num = self->num_covariates;
    double room[NLC_HAZARD_COVARIATES * NLC_HAZARD_COVARIATES];
    const bool good = factor(at, num, room);
    gsl_matrix_view matrix = gsl_matrix_view_array(room, num, num);
    if (good)
        gsl_linalg_cholesky_invert(&matrix.matrix);
    for (uint32_t k = 0; k < num; k++) {
        self->error[k] = good ? sqrt(room[k * num + k]) : NAN;
        if (self->error[k] > UNCERTAIN || fabs(self->coefficient[k]) >= LIMIT)
            self->error[k] = NAN;
    }
}

nlc_error nlc_hazard_fit(nlc_hazard *self, const double *x, const bool *happened, uint32_t num_rows, uint32_t num_covariates)
{
    const stacked data = {x, happened, num_rows, num_covariates};
    surface at;
    *self = (nlc_hazard){.num_covariates = num_covariates, .num_rows = num_rows};
    for (uint32_t row = 0; row < num_rows; row++)
        self->num_events += happened[row];
    if (self->num_events == 0 || self->num_events == num_rows)
        return NLC_ERROR_INPUT;
    gsl_error_handler_t *const handler = gsl_set_error_handler_off();
    surface_find(&data, self->coefficient, &at);
    for (uint32_t k = 0; k < MAX_STEPS && step(&data, self->coefficient, &at);)
        k++;
    errors_find(self, &at);
    gsl_set_error_handler(handler);
    self->log_likelihood = at.log_likelihood;
    return NLC_OK;
}
