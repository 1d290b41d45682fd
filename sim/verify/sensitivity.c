/* Cases that come with a table of runs or of trajectories: Saltelli's rows, Morris, Campolongo. */
#include "kinds.h"

#include "campolongo.h"
#include "case_table.h"
#include "chances.h"
#include "function.h"
#include "morris.h"
#include "sobol.h"
#include "stream.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Outputs are given with about this relative error. */
static const double rounding = 2.3e-16;

enum { RESAMPLES = 1000, MOST_INPUTS = 64, OWN_TRAJECTORIES = 2000 };

/* Figures of which each input has one. */
typedef struct {
    const char *key;
    double absolute, relative; /* within either */
    double found[MOST_INPUTS];
} figures;

static nlc_error figures_expect(nlc_case *self, const json_t *in, const figures *of, uint32_t num)
{
    double *expected;
    const nlc_error error = nlc_case_exactly(self, in, of->key, num, &expected);
    for (uint32_t k = 0; k < num && !error; k++) {
        char what[64];
        snprintf(what, sizeof what, "%s of input %u", of->key, k + 1);
        nlc_case_expect(self, what, of->found[k], expected[k], fmax(of->absolute, of->relative * fabs(expected[k])));
    }
    free(expected);
    return error;
}

/* ---- Saltelli's rows --------------------------------------------------------------------------- */

/* Rows come in groups: A, AB of each input, B. The outputs by kind into a, b and ab. */
static void part(const nlc_case_table *table, uint32_t num_groups, double *a, double *b, double *ab)
{
    const uint32_t num = table->num_inputs;
    for (uint32_t g = 0; g < num_groups; g++) {
        const double *y = table->y + (size_t)g * (num + 2);
        a[g] = y[0];
        b[g] = y[num + 1];
        for (uint32_t f = 0; f < num; f++)
            ab[(size_t)f * num_groups + g] = y[1 + f];
    }
}

static nlc_error saltelli_check(nlc_case *self, const nlc_case_table *table, nlc_sobol *indices)
{
    const uint32_t num = table->num_inputs, num_groups = table->num_rows / (num + 2);
    double *outputs = malloc((size_t)num_groups * (num + 2) * sizeof *outputs);
    if (!outputs)
        return NLC_ERROR_MEMORY;
    double *a = outputs, *b = a + num_groups, *ab = b + num_groups;
    part(table, num_groups, a, b, ab);
    const nlc_sobol_input input = {num, num_groups, 1, a, b, ab, NLC_SOBOL_NO_CHANCE};
    nlc_sobol_summary summary;
    nlc_error error = nlc_sobol_of(&input, (nlc_resampling){RESAMPLES, 1}, indices, &summary);
    if (error == NLC_ERROR_INPUT)
        nlc_case_say(self, "the outputs are all the same");
    /* Far from 0 the outputs are rounded by more than that part of their spread. */
    const double near = fmax(1e-10, rounding * fabs(summary.mean) / sqrt(summary.variance));
    figures each[] = {{"S1", near, 0, {0}}, {"ST", near, 0, {0}}, {"S1_conf", 0, 0.15, {0}}, {"ST_conf", 0, 0.15, {0}}};
    if (json_is_number(json_object_get(self->root, "N")))
        nlc_case_expect(self, "N", num_groups, json_number_value(json_object_get(self->root, "N")), 0);
    for (uint32_t f = 0; f < num && !error; f++) {
        each[0].found[f] = indices[f].first.value;
        each[1].found[f] = indices[f].total.value;
        each[2].found[f] = indices[f].first.high - indices[f].first.value;
        each[3].found[f] = indices[f].total.high - indices[f].total.value;
    }
    for (uint32_t k = 0; k < 4 && !error; k++)
        error = figures_expect(self, self->root, &each[k], num);
    nlc_case_say(self, "%u inputs, %u rows: indices within 1e-10, half-widths within 15 %% (%d resamples)", num, num_groups,
                 RESAMPLES);
    free(outputs);
    return error;
}

nlc_error nlc_verify_salib_sobol(nlc_case *self)
{
    nlc_case_table table;
    nlc_sobol indices[MOST_INPUTS];
    nlc_error error = nlc_case_table_init(&table, self);
    if (!error && (table.num_inputs > MOST_INPUTS || table.num_rows % (table.num_inputs + 2) != 0)) {
        nlc_case_say(self, "%u rows are not groups of A, AB of %u inputs and B", table.num_rows, table.num_inputs);
        error = NLC_ERROR_INPUT;
    }
    if (!error)
        error = saltelli_check(self, &table, indices);
    nlc_case_table_free(&table);
    return error;
}

/* ---- Morris ------------------------------------------------------------------------------------ */

/* Effects are differences of outputs over half of the range or more, so what an output is rounded by shows in them. */
static double effects_near(const double *y, size_t num_rows)
{
    double most = 0;
    for (size_t k = 0; k < num_rows; k++)
        most = fmax(most, fabs(y[k]));
    return fmax(1e-12, 8 * rounding * most);
}

static nlc_error morris_check(nlc_case *self, const nlc_case_table *table, double *effects)
{
    const uint32_t num = table->num_inputs, num_trajectories = table->num_rows / (num + 1);
    const nlc_morris_input input = {num_trajectories, num, table->x, table->y, NULL};
    nlc_morris morris[MOST_INPUTS];
    uint32_t bad_row = 0;
    const double exact = effects_near(table->y, table->num_rows);
    figures each[] = {{"mu", exact, 1e-12, {0}}, {"mu_star", exact, 1e-12, {0}}, {"sigma", exact, 1e-12, {0}}};
    nlc_error error = nlc_morris_effects(&input, effects, &bad_row);
    if (error == NLC_ERROR_INPUT)
        nlc_case_say(self, "row %u is no step of a trajectory", bad_row + 1);
    if (!error)
        error = nlc_morris_of(effects, num_trajectories, num, (nlc_resampling){0, 1}, morris);
    for (uint32_t f = 0; f < num && !error; f++) {
        each[0].found[f] = morris[f].mu.value;
        each[1].found[f] = morris[f].mu_star.value;
        each[2].found[f] = morris[f].sigma.value;
    }
    for (uint32_t k = 0; k < 3 && !error; k++)
        error = figures_expect(self, self->root, &each[k], num);
    nlc_case_say(self, "%u inputs, %u trajectories: mu, mu* and sigma within 1e-12", num, num_trajectories);
    return error;
}

/* One random walk over the levels: each input once, by half of the levels, up or down as it fits. */
static void walk(const nlc_case_function *function, uint32_t num_levels, nlc_stream *stream, double *x, double *y)
{
    const uint32_t num = function->num_inputs;
    const double step = num_levels / 2.0 / (num_levels - 1);
    uint32_t order[NLC_FUNCTION_INPUTS];
    for (uint32_t f = 0; f < num; f++) {
        order[f] = f;
        x[f] = (double)nlc_stream_below(stream, num_levels) / (num_levels - 1);
    }
    nlc_stream_shuffle(stream, order, num);
    y[0] = nlc_case_function_value(function, x);
    for (uint32_t row = 1; row <= num; row++) {
        double *own = x + (size_t)row * num;
        memcpy(own, own - num, num * sizeof *own);
        own[order[row - 1]] += own[order[row - 1]] > 1 - step + 1e-9 ? -step : step;
        y[row] = nlc_case_function_value(function, own);
    }
}

static void spread_expect(nlc_case *self, const double *effects, uint32_t f, uint32_t num, double sigma)
{
    double mean = 0, square = 0, fourth = 0;
    for (uint32_t t = 0; t < OWN_TRAJECTORIES; t++)
        mean += effects[(size_t)t * num + f] / OWN_TRAJECTORIES;
    for (uint32_t t = 0; t < OWN_TRAJECTORIES; t++) {
        const double off = effects[(size_t)t * num + f] - mean;
        square += off * off / OWN_TRAJECTORIES;
        fourth += off * off * off * off / OWN_TRAJECTORIES;
    }
    nlc_chance_check_variance(self, "effects of our own trajectories", square, fourth, OWN_TRAJECTORIES, sigma * sigma);
}

/* Trajectories of our own against the law of the effects over all levels. */
static nlc_error population_expect(nlc_case *self, const nlc_morris *morris, const double *effects, uint32_t num, double exact)
{
    const json_t *population = json_object_get(self->root, "population");
    double *mu = NULL, *mu_star = NULL, *sigma = NULL;
    nlc_error error = nlc_case_exactly(self, population, "mu", num, &mu);
    if (!error)
        error = nlc_case_exactly(self, population, "mu_star", num, &mu_star);
    if (!error)
        error = nlc_case_exactly(self, population, "sigma_pop", num, &sigma);
    for (uint32_t f = 0; f < num && !error; f++) {
        const double near = 4.5 * sigma[f] / sqrt(OWN_TRAJECTORIES) + exact;
        spread_expect(self, effects, f, num, sigma[f]);
        nlc_case_expect(self, "mu of our own trajectories", morris[f].mu.value, mu[f], near);
        nlc_case_expect(self, "mu* of our own trajectories", morris[f].mu_star.value, mu_star[f], near);
    }
    free(mu);
    free(mu_star);
    free(sigma);
    return error;
}

static nlc_error population_check(nlc_case *self, uint32_t num)
{
    const char *title = json_string_value(json_object_get(self->root, "title"));
    const uint32_t num_levels = (uint32_t)nlc_case_number_behind(title, "p=", 4);
    nlc_case_function function;
    nlc_morris morris[NLC_FUNCTION_INPUTS];
    uint32_t bad_row;
    nlc_error error = nlc_case_function_init(&function, self, num);
    if (error)
        return error;
    const size_t num_rows = (size_t)OWN_TRAJECTORIES * (num + 1);
    double *x = malloc(num_rows * num * sizeof *x), *y = malloc(num_rows * sizeof *y);
    double *effects = malloc(num_rows * num * sizeof *effects);
    nlc_stream stream = nlc_stream_of(5, 0);
    error = x && y && effects && num_levels >= 2 ? NLC_OK : NLC_ERROR_MEMORY;
    for (size_t t = 0; t < OWN_TRAJECTORIES && !error; t++)
        walk(&function, num_levels, &stream, x + t * (num + 1) * num, y + t * (num + 1));
    if (!error)
        error = nlc_morris_effects(&(nlc_morris_input){OWN_TRAJECTORIES, num, x, y, NULL}, effects, &bad_row);
    if (!error)
        error = nlc_morris_of(effects, OWN_TRAJECTORIES, num, (nlc_resampling){0, 1}, morris);
    if (!error)
        error = population_expect(self, morris, effects, num, effects_near(y, num_rows));
    if (!error)
        nlc_case_say(self, "%d trajectories of our own within 4.5 standard errors of theory", OWN_TRAJECTORIES);
    free(x);
    free(y);
    free(effects);
    return error;
}

nlc_error nlc_verify_morris(nlc_case *self)
{
    nlc_case_table table;
    nlc_error error = nlc_case_table_init(&table, self);
    double *effects = malloc((table.num_rows * (size_t)(table.num_inputs + 1) + 1) * sizeof *effects);
    if (!error && !effects)
        error = NLC_ERROR_MEMORY;
    if (!error && (table.num_inputs > MOST_INPUTS || table.num_rows % (table.num_inputs + 1) != 0)) {
        nlc_case_say(self, "%u rows are not trajectories of %u inputs", table.num_rows, table.num_inputs);
        error = NLC_ERROR_INPUT;
    }
    if (!error)
        error = morris_check(self, &table, effects);
    if (!error && json_object_get(self->root, "population"))
        error = population_check(self, table.num_inputs);
    free(effects);
    nlc_case_table_free(&table);
    return error;
}

/* ---- Campolongo -------------------------------------------------------------------------------- */

/* The points of all trajectories one after the other. */
static nlc_error trajectories_read(nlc_case *self, nlc_trajectories *into, double **points)
{
    const json_t *list;
    nlc_error error = nlc_case_member(self, self->root, "trajectories", JSON_ARRAY, &list);
    const size_t num = json_array_size(list), length = json_array_size(json_array_get(list, 0));
    const size_t width = json_array_size(json_array_get(json_array_get(list, 0), 0));
    *points = NULL;
    if (error)
        return error;
    *points = malloc((num * length * width + 1) * sizeof **points);
    for (size_t t = 0; t < num && *points && !error; t++) {
        double *own;
        uint32_t num_points = 0, num_factors = 0;
        error = nlc_case_matrix(self, json_array_get(list, t), &own, &num_points, &num_factors);
        if (!error && (num_points != length || num_factors != width)) {
            nlc_case_say(self, "trajectory %zu is not as long as the first", t);
            error = NLC_ERROR_INPUT;
        }
        for (size_t k = 0; k < length * width && !error; k++)
            (*points)[t * length * width + k] = own[k];
        free(own);
    }
    *into = (nlc_trajectories){(uint32_t)num, (uint32_t)length, (uint32_t)width, *points};
    return *points ? error : NLC_ERROR_MEMORY;
}

static nlc_error subset_check(nlc_case *self, const double *distance, uint32_t num)
{
    double *best = NULL, *top = NULL, spread = 0;
    size_t num_best = 0, num_top = 0;
    nlc_error error = nlc_case_numbers(self, self->root, "best_subset", &best, &num_best);
    if (!error)
        error = nlc_case_numbers(self, self->root, "top3_D", &top, &num_top);
    if (!error && (num_best < 1 || num_best > num || num_top < 1)) {
        nlc_case_say(self, "'best_subset' has %zu of %u trajectories", num_best, num);
        error = NLC_ERROR_INPUT;
    }
    uint32_t *chosen = malloc((num + (size_t)1) * sizeof *chosen);
    if (!error)
        error = chosen ? nlc_campolongo_choose(distance, num, (uint32_t)num_best, chosen, &spread) : NLC_ERROR_MEMORY;
    for (size_t k = 0; k < num_best && !error; k++)
        nlc_case_expect(self, "best_subset", chosen[k], best[k], 0);
    if (!error)
        nlc_case_expect(self, "D", spread, top[0], 1e-9 * top[0]);
    for (size_t k = 1; k < num_top && !error; k++)
        nlc_case_require(self, "no other D is larger", top[k] <= spread);
    nlc_case_say(self, "%zu of %u trajectories, exactly", num_best, num);
    free(best);
    free(top);
    free(chosen);
    return error;
}

nlc_error nlc_verify_campolongo(nlc_case *self)
{
    nlc_trajectories trajectories;
    double *points = NULL, *expected = NULL;
    uint32_t num_rows, num_columns;
    nlc_error error = trajectories_read(self, &trajectories, &points);
    const size_t num = error ? 0 : trajectories.num_trajectories;
    double *distance = malloc((num * num + 1) * sizeof *distance);
    if (!error && !distance)
        error = NLC_ERROR_MEMORY;
    if (!error)
        nlc_campolongo_distances(&trajectories, distance);
    if (!error && json_object_get(self->root, "pairwise_distance")) {
        error = nlc_case_matrix(self, json_object_get(self->root, "pairwise_distance"), &expected, &num_rows, &num_columns);
        if (!error)
            nlc_case_require(self, "a distance for each pair", num_rows == num && num_columns == num);
        for (size_t k = 0; k < num * num && !error && num_rows == num && num_columns == num; k++)
            nlc_case_expect(self, "distance", distance[k], expected[k], 1e-9 * expected[k]);
    }
    if (!error)
        error = subset_check(self, distance, (uint32_t)num);
    free(points);
    free(expected);
    free(distance);
    return error;
}
