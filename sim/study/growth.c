#include "growth.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>

#define FREE_LIMIT     30.0 /* logarithms beyond this say "at the limit" */
#define MAX_ITERATIONS 200

typedef struct {
    nlc_growth growth;
    const double *t, *y; /* [num], borrowed */
    uint32_t num;
    double most;
} fit_data;

const char *nlc_growth_name(nlc_growth growth)
{
    static const char *const names[] = {"bass", "logistic", "gompertz"};
    return names[growth];
}

double nlc_growth_at(const nlc_growth_curve *self, double t)
{
    if (self->growth == NLC_GROWTH_BASS) {
        const double decay = exp(-(self->first + self->second) * t);
        return self->m * -expm1(-(self->first + self->second) * t) / (1 + self->second / self->first * decay);
    }
    const double decay = exp(-self->first * (t - self->second));
    return self->growth == NLC_GROWTH_LOGISTIC ? self->m / (1 + decay) : self->m * exp(-decay);
}

static double bounded(double x)
{
    return x < -FREE_LIMIT ? -FREE_LIMIT : x > FREE_LIMIT ? FREE_LIMIT : x;
}

nlc_growth_curve nlc_growth_of(nlc_growth growth, const double free[NLC_GROWTH_FREE], double most)
{
    return (nlc_growth_curve){.growth = growth,
                              .first = exp(bounded(free[0])),
                              .second = growth == NLC_GROWTH_BASS ? exp(bounded(free[1])) : free[1],
                              .m = most / (1 + exp(-bounded(free[2])))};
}

/* ---- Fits -------------------------------------------------------------------------------------- */

static int residuals(const gsl_vector *free, void *context, gsl_vector *out)
{
    const fit_data *data = context;
    const double values[NLC_GROWTH_FREE] = {gsl_vector_get(free, 0), gsl_vector_get(free, 1), gsl_vector_get(free, 2)};
    const nlc_growth_curve curve = nlc_growth_of(data->growth, values, data->most);
    for (uint32_t k = 0; k < data->num; k++)
        gsl_vector_set(out, k, nlc_growth_at(&curve, data->t[k]) - data->y[k]);
    return GSL_SUCCESS;
}

static double sum_of_squares(const fit_data *data, const nlc_growth_curve *curve)
{
    double sum = 0;
    for (uint32_t k = 0; k < data->num; k++) {
        const double error = nlc_growth_at(curve, data->t[k]) - data->y[k];
        sum += error * error;
    }
    return sum;
}

/* Starts stand on a grid: fast or slow, early or late, ending near what was seen or far above it. */
enum { NUM_STARTS = 18 };

static void start_at(const fit_data *data, uint32_t k, double free[NLC_GROWTH_FREE])
{
    static const double rates[] = {0.1, 0.3, 1.0}, parts[] = {0.3, 0.7, 1.3}, pushes[] = {0.003, 0.02, 0.1};
    const double last = data->t[data->num - 1], seen = data->y[data->num - 1] / data->most;
    const double high = k / 9 == 0 ? 0.95 * seen + 0.05 : 0.5 + 0.5 * seen;
    free[0] = log(rates[k % 3] * 20 / last);
    free[1] = parts[k / 3 % 3] * last;
    if (data->growth == NLC_GROWTH_BASS) {
        free[0] = log(pushes[k / 3 % 3] * 20 / last);
        free[1] = log(rates[k % 3] * 20 / last);
    }
    free[2] = high < 0.99 ? log(high / (1 - high)) : 4.6;
}

/* One fit; what comes out of a failed one is still a curve, and judged by its squares. */
static void fit_from(gsl_multifit_nlinear_workspace *workspace, const fit_data *data, double free[NLC_GROWTH_FREE])
{
    gsl_multifit_nlinear_fdf system = {.f = residuals, .n = data->num, .p = NLC_GROWTH_FREE, .params = (void *)(uintptr_t)data};
    int info = 0;
    const gsl_vector_const_view start = gsl_vector_const_view_array(free, NLC_GROWTH_FREE);
    if (gsl_multifit_nlinear_init(&start.vector, &system, workspace) != GSL_SUCCESS)
        return;
    gsl_multifit_nlinear_driver(MAX_ITERATIONS, 1e-11, 1e-11, 1e-14, NULL, NULL, &info, workspace);
    const gsl_vector *found = gsl_multifit_nlinear_position(workspace);
    for (size_t k = 0; k < NLC_GROWTH_FREE; k++)
        free[k] = gsl_vector_get(found, k);
}

static void fit_best(gsl_multifit_nlinear_workspace *workspace, const fit_data *data, nlc_growth_curve *best, double *sse)
{
    *sse = INFINITY;
    for (uint32_t k = 0; k < NUM_STARTS; k++) {
        double free[NLC_GROWTH_FREE];
        start_at(data, k, free);
        fit_from(workspace, data, free);
        const nlc_growth_curve curve = nlc_growth_of(data->growth, free, data->most);
        const double squares = sum_of_squares(data, &curve);
        if (squares < *sse) {
            *sse = squares;
            *best = curve;
        }
    }
}

nlc_error nlc_growth_fit(nlc_growth_curve *self, nlc_growth growth, const double *t, const double *y, uint32_t num, double most,
                         double *sse)
{
    const fit_data data = {growth, t, y, num, most};
    const gsl_multifit_nlinear_parameters parameters = gsl_multifit_nlinear_default_parameters();
    if (num < NLC_GROWTH_FREE)
        return NLC_ERROR_INPUT;
    gsl_error_handler_t *const handler = gsl_set_error_handler_off();
    gsl_multifit_nlinear_workspace *workspace =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &parameters, num, NLC_GROWTH_FREE);
    if (workspace != NULL)
        fit_best(workspace, &data, self, sse);
    gsl_multifit_nlinear_free(workspace);
    gsl_set_error_handler(handler);
    return workspace != NULL ? NLC_OK : NLC_ERROR_MEMORY;
}
