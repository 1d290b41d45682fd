/* Cases about how far inputs move the whole distribution of an output: delta and PAWN. */
#include "kinds.h"

#include "case_table.h"
#include "delta.h"
#include "pawn.h"
#include "stream.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { RESAMPLES = 100, PAWN_ROWS = 40000, MOST_INPUTS = 32 };

/* Kolmogorov's distance of a sample from its law is below this, over the root of its size, but for one
 * case in ten thousand. */
static const double ks_limit = 2.23;
/* What the figures of a case must agree within with quadrature. */
static const double near_exact = 1e-4;

/* y = sum of coef * x, with independent standard normals. */
typedef struct {
    const double *coef; /* [num], borrowed */
    uint32_t num;
} model;

/* Rows of inputs and outputs. */
static void draw(const model *self, uint32_t num_rows, uint64_t number, double *x, double *y)
{
    nlc_stream stream = nlc_stream_of(3, number);
    for (uint32_t i = 0; i < num_rows; i++) {
        y[i] = 0;
        for (uint32_t f = 0; f < self->num; f++) {
            x[(size_t)i * self->num + f] = nlc_stream_normal(&stream);
            y[i] += self->coef[f] * x[(size_t)i * self->num + f];
        }
    }
}

/* Outputs where input `f` is known, in order. */
static void draw_given(const model *self, uint32_t f, double value, uint64_t number, double *y)
{
    nlc_stream stream = nlc_stream_of(4, number);
    for (uint32_t i = 0; i < PAWN_ROWS; i++) {
        y[i] = self->coef[f] * value;
        for (uint32_t g = 0; g < self->num; g++)
            y[i] += g == f ? 0 : self->coef[g] * nlc_stream_normal(&stream);
    }
    nlc_sort(y, PAWN_ROWS);
}

/* ---- By quadrature ------------------------------------------------------------------------------- */

/* The laws of y, and of y where an input is known, of which the second is the narrower: their densities
 * cross at two places, between which it is the denser. */
typedef struct {
    double sd, given_sd, given_mean, low, high;
} crossing;

static double variance_of(const model *self)
{
    double sum = 0;
    for (uint32_t f = 0; f < self->num; f++)
        sum += self->coef[f] * self->coef[f];
    return sum;
}

/* What an input leaves of the variance. */
static double variance_without(const model *self, uint32_t f)
{
    double sum = 0;
    for (uint32_t g = 0; g < self->num; g++)
        sum += g == f ? 0 : self->coef[g] * self->coef[g];
    return sum;
}

/* The input leaves nothing open: all others are inert, or there are none. */
static bool is_alone(const model *self, uint32_t f)
{
    return variance_without(self, f) == 0;
}

static crossing crossing_of(const model *self, uint32_t f, double value)
{
    const double all = variance_of(self), given = variance_without(self, f), mean = self->coef[f] * value;
    const double a = 1 / given - 1 / all, b = mean / given, c = mean * mean / given + log(given / all);
    const double root = sqrt(fmax(b * b - a * c, 0));
    return (crossing){sqrt(all), sqrt(given), mean, (b - root) / a, (b + root) / a};
}

/* How much more than the law of y is below `y` in the law where the input is known. */
static double excess(const crossing *self, double y)
{
    return gsl_cdf_ugaussian_P((y - self->given_mean) / self->given_sd) - gsl_cdf_ugaussian_P(y / self->sd);
}

static double exact_distance(const model *self, uint32_t f, double value)
{
    if (self->coef[f] == 0 || is_alone(self, f))
        return self->coef[f] == 0 ? 0 : gsl_cdf_ugaussian_P(fabs(value));
    const crossing at = crossing_of(self, f, value);
    return fmax(fabs(excess(&at, at.low)), fabs(excess(&at, at.high)));
}

/* How much is below `y` where the input is in one of `num` slices of equal probability: the mean over 40 parts of it. */
static double share_below(const model *self, uint32_t f, uint32_t slice, uint32_t num, double y)
{
    enum { PARTS = 40 };
    const double sd = sqrt(variance_without(self, f));
    double sum = 0;
    for (uint32_t k = 0; k < PARTS; k++) {
        const double left = y - self->coef[f] * gsl_cdf_ugaussian_Pinv((slice + (k + 0.5) / PARTS) / num);
        sum += sd > 0 ? gsl_cdf_ugaussian_P(left / sd) : left >= 0;
    }
    return sum / PARTS;
}

/* What the distance of a slice estimates. A slice has a width, over which an input that matters much moves the
 * output, so this is not the distance at its middle. */
static double slice_distance(const model *self, uint32_t f, uint32_t slice, uint32_t num)
{
    enum { STEPS = 400 };
    const double sd = sqrt(variance_of(self));
    double most = 0;
    for (uint32_t k = 0; k <= STEPS && self->coef[f] != 0; k++) {
        const double y = sd * (k * 8.0 / STEPS - 4);
        most = fmax(most, fabs(share_below(self, f, slice, num, y) - gsl_cdf_ugaussian_P(y / sd)));
    }
    return most;
}

static double slices_median(const model *self, uint32_t f, uint32_t num, double *distance)
{
    for (uint32_t k = 0; k < num; k++)
        distance[k] = slice_distance(self, f, k, num);
    nlc_sort(distance, num);
    return (distance[(num - 1) / 2] + distance[num / 2]) / 2;
}

/* Half of the area between the densities, in the mean over the input: the trapezoidal rule, which for a smooth
 * function of this shape is exact but for rounding. Borgonovo 2007. */
static double exact_delta(const model *self, uint32_t f)
{
    enum { STEPS = 1700 };
    const double step = 17.0 / STEPS;
    double sum = 0;
    if (self->coef[f] == 0 || is_alone(self, f))
        return self->coef[f] == 0 ? 0 : 1;
    for (uint32_t k = 0; k <= STEPS; k++) {
        const double value = -8.5 + step * k;
        const crossing at = crossing_of(self, f, value);
        sum += step * gsl_ran_ugaussian_pdf(value) * (excess(&at, at.high) - excess(&at, at.low));
    }
    return sum;
}

/* The figures that a case gives. */
typedef struct {
    double *delta, *median; /* [num], owned */
    double *distance;       /* [num][num_slices], owned */
    uint32_t num_slices;
} figures;

static nlc_error figures_read(nlc_case *self, const model *of, figures *given)
{
    const json_t *slices = json_object_get(self->root, "ks_at_decile_midpoints");
    uint32_t num_rows = 0;
    nlc_error error = nlc_case_exactly(self, self->root, "delta", of->num, &given->delta);
    if (!error)
        error = nlc_case_exactly(self, self->root, "ks_median", of->num, &given->median);
    if (!error)
        error = nlc_case_matrix(self, slices, &given->distance, &num_rows, &given->num_slices);
    if (!error && num_rows != of->num) {
        nlc_case_say(self, "'ks_at_decile_midpoints' has %u rows: expected %u", num_rows, of->num);
        error = NLC_ERROR_INPUT;
    }
    return error;
}

static void input_check(nlc_case *self, const model *of, const figures *given, uint32_t f, double *sorted)
{
    const uint32_t num = given->num_slices;
    char what[80];
    for (uint32_t k = 0; k < num; k++) {
        sorted[k] = exact_distance(of, f, gsl_cdf_ugaussian_Pinv((k + 0.5) / num));
        snprintf(what, sizeof what, "distance of input %u, slice %u, by quadrature", f + 1, k + 1);
        nlc_case_expect(self, what, sorted[k], given->distance[(size_t)f * num + k], near_exact);
    }
    nlc_sort(sorted, num);
    snprintf(what, sizeof what, "median distance of input %u, by quadrature", f + 1);
    nlc_case_expect(self, what, (sorted[(num - 1) / 2] + sorted[num / 2]) / 2, given->median[f], near_exact);
    snprintf(what, sizeof what, "delta of input %u, by quadrature", f + 1);
    nlc_case_expect(self, what, exact_delta(of, f), given->delta[f], near_exact);
}

static nlc_error quadrature_check(nlc_case *self, const model *of)
{
    figures given = {0};
    nlc_error error = figures_read(self, of, &given);
    double *sorted = malloc((given.num_slices + (size_t)1) * sizeof *sorted);
    if (!error && !sorted)
        error = NLC_ERROR_MEMORY;
    for (uint32_t f = 0; f < of->num && !error; f++)
        input_check(self, of, &given, f, sorted);
    free(given.delta);
    free(given.median);
    free(given.distance);
    free(sorted);
    return error;
}

/* ---- From samples ---------------------------------------------------------------------------------- */

static nlc_error delta_check(nlc_case *self, const model *of, double *x, double *y)
{
    json_t *root = (json_t *)self->root, *value; /* iterating takes no const, and changes nothing */
    const char *key;
    double *expected = NULL, *mean = NULL, *sd = NULL;
    nlc_estimate deltas[MOST_INPUTS + 1];
    nlc_error error = nlc_case_exactly(self, root, "delta", of->num, &expected);
    json_object_foreach(root, key, value)
    {
        const uint32_t num_rows = (uint32_t)nlc_case_number_behind(key, "_delta_N", 0);
        if (error || num_rows < 20 || num_rows > PAWN_ROWS || mean)
            continue;
        error = nlc_case_exactly(self, value, "mean", of->num, &mean);
        if (!error)
            error = nlc_case_exactly(self, value, "sd", of->num, &sd);
        draw(of, num_rows, 0, x, y);
        if (!error)
            error = nlc_delta_of(&(nlc_sample){num_rows, of->num, x, y}, (nlc_resampling){RESAMPLES, 1}, deltas);
        for (uint32_t f = 0; f < of->num && !error; f++) {
            char what[40];
            snprintf(what, sizeof what, "delta of input %u", f + 1);
            /* An estimator has a bias, and may be as far off as the case's own; what it estimates is known. */
            nlc_case_expect(self, what, deltas[f].value, expected[f], fabs(mean[f] - expected[f]) + 4.5 * sd[f]);
        }
    }
    free(expected);
    free(mean);
    free(sd);
    return error;
}

/* At the middle of each slice of equal probability. */
static nlc_error distances_check(nlc_case *self, const model *of, const double *all, double *given)
{
    double *expected = NULL;
    uint32_t num_rows = 0, num_slices = 0;
    nlc_error error =
        nlc_case_matrix(self, json_object_get(self->root, "ks_at_decile_midpoints"), &expected, &num_rows, &num_slices);
    if (!error && num_rows != of->num) {
        nlc_case_say(self, "'ks_at_decile_midpoints' has %u rows: expected %u", num_rows, of->num);
        error = NLC_ERROR_INPUT;
    }
    for (uint32_t f = 0; f < of->num && !error; f++)
        for (uint32_t k = 0; k < num_slices; k++) {
            char what[60];
            draw_given(of, f, gsl_cdf_ugaussian_Pinv((k + 0.5) / num_slices), f * 1000 + k, given);
            snprintf(what, sizeof what, "distance of input %u, slice %u", f + 1, k + 1);
            nlc_case_expect(self, what, nlc_ks_distance(given, PAWN_ROWS, all, PAWN_ROWS), expected[(size_t)f * num_slices + k],
                            2 * ks_limit / sqrt(PAWN_ROWS));
        }
    free(expected);
    return error;
}

static nlc_error pawn_check(nlc_case *self, const model *of, double *x, double *y)
{
    const uint32_t num_slices = (uint32_t)json_array_size(json_array_get(json_object_get(self->root, "ks_at_decile_midpoints"), 0));
    double *expected = malloc((num_slices + (size_t)1) * sizeof *expected);
    nlc_pawn pawn[MOST_INPUTS + 1];
    nlc_error error = expected ? NLC_OK : NLC_ERROR_MEMORY;
    draw(of, PAWN_ROWS, 1, x, y);
    if (!error)
        error = nlc_pawn_of(&(nlc_sample){PAWN_ROWS, of->num, x, y}, num_slices, (nlc_resampling){0, 1}, pawn);
    for (uint32_t f = 0; f < of->num && !error; f++) {
        char what[60];
        snprintf(what, sizeof what, "median distance of input %u", f + 1);
        nlc_case_expect(self, what, pawn[f].median.value, slices_median(of, f, num_slices, expected),
                        ks_limit / sqrt((double)PAWN_ROWS / num_slices));
    }
    nlc_sort(y, PAWN_ROWS);
    free(expected);
    return error;
}

nlc_error nlc_verify_delta(nlc_case *self)
{
    double *coef = NULL, *x = NULL, *y = NULL, *given = NULL;
    size_t num = 0;
    nlc_error error = nlc_case_numbers(self, self->root, "coef", &coef, &num);
    if (!error && (num < 1 || num > MOST_INPUTS)) {
        nlc_case_say(self, "'coef' has %zu numbers: expected 1 to %d", num, MOST_INPUTS);
        error = NLC_ERROR_INPUT;
    }
    const model of = {coef, (uint32_t)num};
    if (!error) {
        x = malloc((size_t)PAWN_ROWS * num * sizeof *x);
        y = malloc(PAWN_ROWS * sizeof *y);
        given = malloc(PAWN_ROWS * sizeof *given);
        error = x && y && given ? NLC_OK : NLC_ERROR_MEMORY;
    }
    if (!error)
        error = quadrature_check(self, &of);
    if (!error)
        error = delta_check(self, &of, x, y);
    if (!error)
        error = pawn_check(self, &of, x, y);
    if (!error)
        error = distances_check(self, &of, y, given);
    if (!error)
        nlc_case_say(self,
                     "%zu inputs: all within 1e-4 by quadrature; of samples delta no further off than the case "
                     "allows, distances within %.3g",
                     num, 2 * ks_limit / sqrt(PAWN_ROWS));
    free(coef);
    free(x);
    free(y);
    free(given);
    return error;
}
