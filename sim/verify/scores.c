/* Cases about scores of forecasts, least squares fits and summaries of samples. */
#include "kinds.h"

#include "ensemble.h"
#include "growth.h"
#include "scores.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- Scores -------------------------------------------------------------------------------------- */

enum { MAX_FIELDS = 5 };

/* The numbers of a row by name; NaN for null. */
static nlc_error fields_read(nlc_case *self, const json_t *row, const char *const *names, double *values)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; names[k] != NULL && error == NLC_OK; k++) {
        values[k] = NAN;
        if (!json_is_null(json_object_get(row, names[k])))
            error = nlc_case_number(self, row, names[k], &values[k]);
    }
    return error;
}

/* A score against one that stands in the case; null for one that there is not. Numbers as large as `size` come in, and
 * what they are rounded by stays in a score, however small it is. */
static void score_expect(nlc_case *self, const char *what, double found, double expected, double size)
{
    if (isnan(expected))
        nlc_case_require(self, what, isnan(found));
    else
        nlc_case_expect(self, what, found, expected, 1e-12 * fmax(fmax(1, size), fabs(expected)));
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static nlc_error ensemble_check(nlc_case *self, const json_t *row)
{
    static const char *const names[] = {"obs", "crps_ecdf", "crps_fair", NULL};
    double *members, values[MAX_FIELDS];
    size_t num;
    nlc_error error = fields_read(self, row, names, values);
    if (error == NLC_OK)
        error = nlc_case_numbers(self, row, "members", &members, &num);
    if (error != NLC_OK)
        return error;
    qsort(members, num, sizeof *members, compare_doubles);
    if (num > 0) {
        const double size = fmax(fabs(values[0]), fmax(fabs(members[0]), fabs(members[num - 1])));
        score_expect(self, "CRPS of an ensemble", nlc_crps_sample(members, (uint32_t)num, values[0]), values[1], size);
        score_expect(self, "fair CRPS", nlc_crps_fair(members, (uint32_t)num, values[0]), values[2], size);
    }
    free(members);
    return NLC_OK;
}

static nlc_error normal_check(nlc_case *self, const json_t *row)
{
    static const char *const names[] = {"mu", "sigma", "obs", "crps", "log_score", NULL}, *const more[] = {"dss", NULL};
    double v[MAX_FIELDS], dss;
    nlc_error error = fields_read(self, row, names, v);
    if (error == NLC_OK)
        error = fields_read(self, row, more, &dss);
    if (error != NLC_OK)
        return error;
    score_expect(self, "CRPS of a normal distribution", nlc_crps_normal(v[0], v[1], v[2]), v[3], fabs(v[2] - v[0]));
    score_expect(self, "log score of a normal distribution", nlc_log_score_normal(v[0], v[1], v[2]), v[4], 0);
    score_expect(self, "Dawid-Sebastiani score", nlc_dawid_sebastiani(v[0], v[1], v[2]), dss, 0);
    return NLC_OK;
}

static nlc_error interval_check(nlc_case *self, const json_t *row)
{
    static const char *const names[] = {"lower", "upper", "alpha", "obs", "score", NULL};
    double v[MAX_FIELDS];
    const nlc_error error = fields_read(self, row, names, v);
    if (error == NLC_OK)
        score_expect(self, "interval score", nlc_interval_score(v[0], v[1], v[2], v[3]), v[4], fmax(fabs(v[0]), fabs(v[1])));
    return error;
}

static nlc_error brier_check(nlc_case *self, const json_t *row)
{
    static const char *const names[] = {"p", "y", "score", NULL};
    double v[MAX_FIELDS];
    const nlc_error error = fields_read(self, row, names, v);
    if (error == NLC_OK)
        score_expect(self, "Brier score", nlc_brier(v[0], v[1] != 0), v[2], 0);
    return error;
}

nlc_error nlc_verify_scoring_rules(nlc_case *self)
{
    static const struct {
        const char *key;
        nlc_error (*check)(nlc_case *self, const json_t *row);
    } lists[] = {
        {"ensemble", ensemble_check}, {"gaussian", normal_check}, {"interval_score", interval_check}, {"brier", brier_check}};
    nlc_error error = NLC_OK;
    for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++) {
        const json_t *rows = json_object_get(self->root, lists[k].key);
        for (size_t i = 0; i < json_array_size(rows) && error == NLC_OK; i++)
            error = lists[k].check(self, json_array_get(rows, i));
    }
    nlc_case_say(self, "%u scores, within 1e-12 of the numbers", self->num_checks);
    return error;
}

/* ---- Fits ---------------------------------------------------------------------------------------- */

typedef struct {
    double *t, *y; /* [num], owned */
    size_t num;
} points;

static nlc_error points_read(nlc_case *self, points *data)
{
    size_t num;
    *data = (points){0};
    nlc_error error = nlc_case_numbers(self, self->root, "t", &data->t, &data->num);
    if (error == NLC_OK)
        error = nlc_case_numbers(self, self->root, "y", &data->y, &num);
    if (error == NLC_OK && (num != data->num || num < NLC_GROWTH_FREE)) {
        nlc_case_say(self, "t and y are not as long as each other, or too short");
        error = NLC_ERROR_INPUT;
    }
    return error;
}

/* Far above the data, so that the case's own limit, if it met one, does not hold the fit back. */
static double most_of(const points *data)
{
    double most = 0;
    for (size_t k = 0; k < data->num; k++)
        most = fmax(most, data->y[k]);
    return 20 * most;
}

/* What is left of an exact fit is the rounding of the data, and where the solver took it for done. */
static double least_squares_of(const points *data)
{
    double sum = 0;
    for (size_t k = 0; k < data->num; k++)
        sum += data->y[k] * data->y[k];
    return 1e-16 * sum;
}

/* Parameters within a thousandth; the sum of squares must not be larger by more than a millionth. */
static nlc_error fit_check(nlc_case *self, const points *data, nlc_growth growth, const json_t *expected)
{
    static const char *const bass[] = {"p", "q", "m", "sse", NULL}, *const others[] = {"k", "t0", "m", "sse", NULL};
    double v[MAX_FIELDS], sse;
    nlc_growth_curve found;
    nlc_error error = fields_read(self, expected, growth == NLC_GROWTH_BASS ? bass : others, v);
    if (error == NLC_OK)
        error = nlc_growth_fit(&found, growth, data->t, data->y, (uint32_t)data->num, most_of(data), &sse);
    if (error != NLC_OK)
        return error;
    nlc_case_require(self, "the sum of squares is not larger", sse <= v[3] * (1 + 1e-6) + least_squares_of(data));
    if (json_is_true(json_object_get(expected, "at_bound")))
        return NLC_OK;
    const double values[] = {found.first, found.second, found.m};
    for (int k = 0; k < 3; k++)
        nlc_case_expect(self, (growth == NLC_GROWTH_BASS ? bass : others)[k], values[k], v[k], 1e-3 * fabs(v[k]));
    nlc_case_say(self, "%s: %.6g %.6g %.6g, sum of squares %.9g against %.9g", nlc_growth_name(growth), found.first, found.second,
                 found.m, sse, v[3]);
    return NLC_OK;
}

nlc_error nlc_verify_nls(nlc_case *self)
{
    points data;
    nlc_error error = points_read(self, &data);
    for (nlc_growth growth = 0; growth < NLC_NUM_GROWTHS && error == NLC_OK; growth++) {
        const json_t *expected = json_object_get(self->root, nlc_growth_name(growth));
        if (expected != NULL)
            error = fit_check(self, &data, growth, expected);
    }
    free(data.t);
    free(data.y);
    return error;
}

/* ---- Summaries ----------------------------------------------------------------------------------- */

nlc_error nlc_verify_summary_stats(nlc_case *self)
{
    const json_t *generate;
    double first, odd, even, mean, sd;
    unsigned last;
    nlc_error error = nlc_case_member(self, self->root, "generate", JSON_STRING, &generate);
    if (error == NLC_OK)
        error = nlc_case_number(self, self->root, "mean", &mean);
    if (error == NLC_OK)
        error = nlc_case_number(self, self->root, "sd", &sd);
    if (error != NLC_OK)
        return error;
    if (sscanf(json_string_value(generate), "x[0]=%lf; x[i]=%lf for odd position in 1..%u else %lf", &first, &odd, &last, &even) !=
        4) {
        nlc_case_say(self, "'generate' is '%s': expected x[0]=A; x[i]=B for odd position in 1..N else C",
                     json_string_value(generate));
        return NLC_ERROR_INPUT;
    }
    double *x = malloc((last + (size_t)1) * sizeof *x);
    if (x == NULL)
        return NLC_ERROR_MEMORY;
    x[0] = first;
    for (uint32_t k = 1; k <= last; k++)
        x[k] = k % 2 == 1 ? odd : even;
    const nlc_summary found = nlc_summary_of(x, last + 1);
    const double found_sd = found.mcse * sqrt(found.n);
    nlc_case_expect(self, "mean", found.mean, mean, 1e-14 * fabs(mean));
    nlc_case_expect(self, "standard deviation", found_sd, sd, 1e-8 * sd);
    nlc_case_say(self, "mean %.12g, standard deviation %.12g, of %u values; the latter within 1e-8", found.mean, found_sd, found.n);
    free(x);
    return NLC_OK;
}
