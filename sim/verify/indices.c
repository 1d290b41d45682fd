/* Cases that name a function whose Sobol' indices are known. */
#include "kinds.h"

#include "case_table.h"
#include "function.h"
#include "sobol.h"
#include "stream.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RANDOM_ROWS = 16384, SEQUENCE_ROWS = 1024, NOISY_ROWS = 2048, NOISY_TIMES = 60, MOST_DIMENSIONS = 40 };

/* Outputs at Saltelli's rows, filled one base row after the other. */
typedef struct {
    const nlc_case_function *function;
    uint32_t num_rows, num_replicates;
    double *a, *b, *ab; /* owned, in one block that begins at `a` */
} rows;

static nlc_error rows_init(rows *self, const nlc_case_function *function, uint32_t num_rows, uint32_t num_replicates)
{
    const size_t num = (size_t)num_rows * num_replicates;
    *self = (rows){function, num_rows, num_replicates, malloc(num * (function->num_inputs + 2) * sizeof *self->a), NULL, NULL};
    self->b = self->a ? self->a + num : NULL;
    self->ab = self->a ? self->b + num : NULL;
    return self->a ? NLC_OK : NLC_ERROR_MEMORY;
}

/* `u` [2 * num_inputs]: the points A and B. `noise` [num_replicates][num_inputs + 2]: of A, B, AB; may be
 * NULL. */
static void rows_fill(rows *self, uint32_t row, const double *u, const double *noise)
{
    const uint32_t num = self->function->num_inputs;
    double point[NLC_FUNCTION_INPUTS];
    for (uint32_t k = 0; k < num + 2; k++) {
        memcpy(point, k == 1 ? u + num : u, num * sizeof *point);
        if (k >= 2)
            point[k - 2] = u[num + k - 2];
        const double value = nlc_case_function_value(self->function, point);
        for (uint32_t r = 0; r < self->num_replicates; r++)
            self->a[((size_t)k * self->num_rows + row) * self->num_replicates + r] =
                value + (noise ? noise[(size_t)r * (num + 2) + k] : 0);
    }
}

static nlc_error rows_indices(const rows *self, nlc_sobol_chance chance, nlc_sobol *indices, nlc_sobol_summary *summary)
{
    const nlc_sobol_input input = {
        self->function->num_inputs, self->num_rows, self->num_replicates, self->a, self->b, self->ab, chance};
    return nlc_sobol_of(&input, (nlc_resampling){0, 1}, indices, summary);
}

/* ---- Exact indices ----------------------------------------------------------------------------- */

/* What the case says of one estimator. */
typedef struct {
    const char *name, *of;        /* the estimator, and which analytic index it estimates */
    double *analytic, *sd, *rmse; /* [num], owned; the last may be NULL */
} estimator;

static void estimator_free(estimator *self)
{
    free(self->analytic);
    free(self->sd);
    free(self->rmse);
}

static nlc_error estimator_read(nlc_case *self, estimator *of, size_t num)
{
    const json_t *sd = json_object_get(self->root, "estimator_sd");
    const json_t *rmse = json_object_get(sd, "scrambled_sobol_rmse");
    nlc_error error = nlc_case_exactly(self, json_object_get(self->root, "analytic"), of->of, num, &of->analytic);
    if (!error)
        error = nlc_case_exactly(self, json_object_get(sd, "mc_sd_times_sqrtN"), of->name, num, &of->sd);
    if (!error && rmse)
        error = nlc_case_exactly(self, rmse, of->name, num, &of->rmse);
    return error;
}

static double found_of(const nlc_sobol *index, uint32_t estimator)
{
    return estimator == 0 ? index->first.value : estimator == 1 ? index->first_jansen.value : index->total.value;
}

static void indices_expect(nlc_case *self, const estimator *of, const nlc_sobol *indices, uint32_t which, bool is_sequence)
{
    const size_t num = json_array_size(json_object_get(json_object_get(self->root, "analytic"), of->of));
    double widest = 0;
    for (size_t k = 0; k < num && is_sequence; k++)
        widest = fmax(widest, of->rmse[k]);
    for (size_t k = 0; k < num; k++) {
        char what[80];
        snprintf(what, sizeof what, "%s of input %zu, %s", of->name, k + 1, is_sequence ? "Sobol' sequence" : "random");
        nlc_case_expect(self, what, found_of(&indices[k], which), of->analytic[k],
                        4.5 * (is_sequence ? widest : of->sd[k] / sqrt(RANDOM_ROWS)) + 1e-12);
    }
}

static void fill_at_random(rows *self)
{
    nlc_stream stream = nlc_stream_of(1, 0);
    double u[2 * NLC_FUNCTION_INPUTS];
    for (uint32_t row = 0; row < self->num_rows; row++) {
        for (uint32_t k = 0; k < 2 * self->function->num_inputs; k++)
            u[k] = nlc_stream_unit(&stream);
        rows_fill(self, row, u, NULL);
    }
}

static nlc_error fill_by_sequence(rows *self)
{
    double u[2 * NLC_FUNCTION_INPUTS];
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, 2 * self->function->num_inputs);
    for (uint32_t row = 0; row < self->num_rows && sequence; row++) {
        gsl_qrng_get(sequence, u);
        rows_fill(self, row, u, NULL);
    }
    const bool is_made = sequence != NULL;
    if (is_made)
        gsl_qrng_free(sequence);
    gsl_set_error_handler(handler);
    return is_made ? NLC_OK : NLC_ERROR_MEMORY;
}

static nlc_error indices_check(nlc_case *self, const nlc_case_function *function, const estimator *estimators, bool is_sequence)
{
    rows points;
    nlc_sobol indices[NLC_FUNCTION_INPUTS];
    nlc_sobol_summary summary;
    nlc_error error = rows_init(&points, function, is_sequence ? SEQUENCE_ROWS : RANDOM_ROWS, 1);
    if (!error && is_sequence)
        error = fill_by_sequence(&points);
    else if (!error)
        fill_at_random(&points);
    if (!error)
        error = rows_indices(&points, NLC_SOBOL_NO_CHANCE, indices, &summary);
    for (uint32_t k = 0; k < 3 && !error; k++)
        indices_expect(self, &estimators[k], indices, k, is_sequence);
    free(points.a);
    return error;
}

nlc_error nlc_verify_sobol(nlc_case *self)
{
    estimator estimators[] = {
        {.name = "S1_saltelli2010", .of = "S1"}, {.name = "S1_jansen", .of = "S1"}, {.name = "ST_jansen", .of = "ST"}};
    const size_t num = json_array_size(json_object_get(json_object_get(self->root, "analytic"), "S1"));
    nlc_case_function function;
    nlc_error error = nlc_case_function_init(&function, self, (uint32_t)num);
    for (uint32_t k = 0; k < 3 && !error; k++)
        error = estimator_read(self, &estimators[k], num);
    if (!error)
        error = indices_check(self, &function, estimators, false);
    const bool has_sequence = !error && estimators[0].rmse && 2 * num <= MOST_DIMENSIONS;
    if (has_sequence)
        error = indices_check(self, &function, estimators, true);
    if (!error)
        nlc_case_say(self, "%zu inputs: %d random rows within 4.5 standard errors%s", num, RANDOM_ROWS,
                     has_sequence ? ", 1024 of the Sobol' sequence within 4.5 of the largest error" : "");
    for (uint32_t k = 0; k < 3; k++)
        estimator_free(&estimators[k]);
    return error;
}

/* ---- A model with chance ----------------------------------------------------------------------- */

/* How chance enters the runs, and which figures of the case must come out. */
typedef struct {
    const char *what;
    nlc_sobol_chance chance;
    uint32_t num_replicates;
    bool is_shared; /* the noise of a row is the same in all its runs */
} setting;

enum { FIRST, TOTAL, SEED, NUM_FIGURES };

static void fill_with_noise(rows *self, const setting *how, double sd, uint64_t number)
{
    const uint32_t num = self->function->num_inputs;
    nlc_stream stream = nlc_stream_of(2, number);
    double u[2 * NLC_FUNCTION_INPUTS], noise[2 * (NLC_FUNCTION_INPUTS + 2)];
    for (uint32_t row = 0; row < self->num_rows; row++) {
        for (uint32_t k = 0; k < 2 * num; k++)
            u[k] = nlc_stream_unit(&stream);
        for (uint32_t k = 0; k < how->num_replicates * (num + 2); k++)
            noise[k] = how->is_shared && k % (num + 2) > 0 ? noise[k - 1] : sd * nlc_stream_normal(&stream);
        rows_fill(self, row, u, noise);
    }
}

/* The same study again and again: found[figure][input][time]. */
static nlc_error repeat(const nlc_case_function *function, const setting *how, double sd, double *found)
{
    rows points;
    nlc_error error = rows_init(&points, function, NOISY_ROWS, how->num_replicates);
    for (uint32_t time = 0; time < NOISY_TIMES && !error; time++) {
        nlc_sobol indices[NLC_FUNCTION_INPUTS];
        nlc_sobol_summary summary;
        fill_with_noise(&points, how, sd, time);
        error = rows_indices(&points, how->chance, indices, &summary);
        for (uint32_t f = 0; f < function->num_inputs && !error; f++) {
            found[((size_t)FIRST * NLC_FUNCTION_INPUTS + f) * NOISY_TIMES + time] = indices[f].first.value;
            found[((size_t)TOTAL * NLC_FUNCTION_INPUTS + f) * NOISY_TIMES + time] = indices[f].total.value;
        }
        found[(size_t)SEED * NLC_FUNCTION_INPUTS * NOISY_TIMES + time] =
            how->num_replicates > 1 ? summary.seed_total.value : summary.seed_first.value;
    }
    free(points.a);
    return error;
}

/* The mean of the times, within 4.5 of its own standard errors. */
static void mean_expect(nlc_case *self, const char *what, const double *times, double expected)
{
    double sum = 0;
    for (uint32_t time = 0; time < NOISY_TIMES; time++)
        sum += times[time];
    const nlc_estimate spread = nlc_estimate_of(sum / NOISY_TIMES, times, NOISY_TIMES);
    nlc_case_expect(self, what, spread.value, expected, 4.5 * spread.error / sqrt(NOISY_TIMES));
}

static nlc_error list_expect(nlc_case *self, const char *what, const json_t *in, const char *key, const double *times, size_t num)
{
    double *expected;
    const nlc_error error = nlc_case_exactly(self, in, key, num, &expected);
    for (size_t f = 0; f < num && !error; f++) {
        char name[120];
        snprintf(name, sizeof name, "%s, %s of input %zu", what, key, f + 1);
        mean_expect(self, name, times + f * NOISY_TIMES, expected[f]);
    }
    free(expected);
    return error;
}

/* Noise takes its share of the variance from each index of the model without noise. */
static nlc_error shares_check(nlc_case *self, const char *key, const json_t *with_noise, double share)
{
    const size_t num = json_array_size(with_noise);
    double *without;
    const nlc_error error = nlc_case_exactly(self, json_object_get(self->root, "noise_free"), key, num, &without);
    for (size_t f = 0; f < num && !error; f++) {
        char what[80];
        snprintf(what, sizeof what, "%s of input %zu without noise", key, f + 1);
        nlc_case_expect(self, what, without[f] * (1 - share), json_number_value(json_array_get(with_noise, f)), 1e-9);
    }
    free(without);
    return error;
}

static nlc_error noise_check(nlc_case *self, const nlc_case_function *function, double sd, double *found)
{
    const json_t *own = json_object_get(self->root, "independent_noise_expected");
    const setting settings[] = {{"a seed for each run", NLC_SOBOL_NO_CHANCE, 1, false},
                                {"seeds reused within a row", NLC_SOBOL_SHARED_SEEDS, 1, true},
                                {"a seed for each of two replicates, taken off", NLC_SOBOL_OWN_SEEDS, 2, false}};
    const double *first = found + (size_t)FIRST * NLC_FUNCTION_INPUTS * NOISY_TIMES;
    const double *total = found + (size_t)TOTAL * NLC_FUNCTION_INPUTS * NOISY_TIMES;
    const double *seed = found + (size_t)SEED * NLC_FUNCTION_INPUTS * NOISY_TIMES;
    double share = 0;
    nlc_error error = nlc_case_number(self, self->root, "seed_contribution_share", &share);
    if (!error)
        error = shares_check(self, "S1", json_object_get(own, "S1"), share);
    if (!error)
        error = shares_check(self, "ST", json_object_get(self->root, "seed_reused_ST"), share);
    for (uint32_t k = 0; k < 3 && !error; k++) {
        const setting *how = &settings[k];
        error = repeat(function, how, sd, found);
        if (!error)
            error = list_expect(self, how->what, own, "S1", first, function->num_inputs);
        if (!error)
            error = list_expect(self, how->what, k == 0 ? own : self->root, k == 0 ? "ST_jansen" : "seed_reused_ST", total,
                                function->num_inputs);
        if (!error && k > 0)
            mean_expect(self, "share of the seed", seed, share);
    }
    return error;
}

/* The variance without noise, from rows of their own: the case gives the noise as a share of it. */
static nlc_error variance_of(const nlc_case_function *function, double *variance)
{
    rows points;
    nlc_sobol indices[NLC_FUNCTION_INPUTS];
    nlc_sobol_summary summary = {0};
    nlc_error error = rows_init(&points, function, 64 * RANDOM_ROWS / (function->num_inputs + 2), 1);
    if (!error)
        error = fill_by_sequence(&points);
    if (!error)
        error = rows_indices(&points, NLC_SOBOL_NO_CHANCE, indices, &summary);
    *variance = summary.variance;
    free(points.a);
    return error;
}

nlc_error nlc_verify_sobol_stochastic_noise(nlc_case *self)
{
    const json_t *expected;
    nlc_case_function function;
    double share = 0, variance = 0;
    nlc_error error = nlc_case_member(self, self->root, "noise_free", JSON_OBJECT, &expected);
    if (!error)
        error = nlc_case_function_init(&function, self, (uint32_t)json_array_size(json_object_get(expected, "S1")));
    if (!error)
        error = nlc_case_number(self, json_object_get(self->root, "params"), "noise_var_over_V", &share);
    if (!error)
        error = variance_of(&function, &variance);
    double *found = malloc((size_t)NUM_FIGURES * NLC_FUNCTION_INPUTS * NOISY_TIMES * sizeof *found);
    if (!error)
        error = found ? noise_check(self, &function, sqrt(share * variance), found) : NLC_ERROR_MEMORY;
    if (!error)
        nlc_case_say(self, "mean of %d studies of %d rows within 4.5 standard errors, three ways of sharing seeds", NOISY_TIMES,
                     NOISY_ROWS);
    free(found);
    return error;
}
