/* Cases about choices: robustness over states of the world, and hypervolumes. */
#include "kinds.h"

#include "case_table.h"
#include "pareto.h"
#include "robust.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Robustness -------------------------------------------------------------------------------- */

typedef struct {
    nlc_robust_input input;
    nlc_robust *robust; /* [num_choices], owned */
    double *regret;     /* [num_choices][num_worlds], owned */
    double near;        /* what the payoffs are rounded by, and 1e-12 at least */
} table;

static double figure(const nlc_robust *of, size_t offset)
{
    double value;
    memcpy(&value, (const char *)of + offset, sizeof value);
    return value;
}

static nlc_error figures_expect(nlc_case *self, const table *of, const char *key, size_t offset)
{
    const uint32_t num = of->input.num_choices;
    double *expected;
    const nlc_error error = nlc_case_exactly(self, self->root, key, num, &expected);
    for (uint32_t c = 0; c < num && !error; c++) {
        char what[80];
        snprintf(what, sizeof what, "%.40s of policy %u", key, c);
        nlc_case_expect(self, what, figure(&of->robust[c], offset), expected[c], of->near);
    }
    free(expected);
    return error;
}

/* The first choice with the best figure; `sign` -1 where the smallest is best. */
static uint32_t best_of(const table *of, size_t offset, double sign)
{
    uint32_t best = 0;
    for (uint32_t c = 1; c < of->input.num_choices; c++)
        if (sign * figure(&of->robust[c], offset) > sign * figure(&of->robust[best], offset))
            best = c;
    return best;
}

static nlc_error best_expect(nlc_case *self, const table *of, const char *key, size_t offset, double sign)
{
    double expected;
    if (!json_object_get(self->root, key))
        return NLC_OK;
    const nlc_error error = nlc_case_number(self, self->root, key, &expected);
    if (!error)
        nlc_case_expect(self, key, best_of(of, offset, sign), expected, 0);
    return error;
}

/* 0.3 of "hurwicz_alpha_0p3". */
static double number_in(const char *key, const char *label)
{
    const char *at = key ? strstr(key, label) : NULL;
    char text[24] = "";
    if (!at)
        return NAN;
    snprintf(text, sizeof text, "%s", at + strlen(label));
    char *p = strchr(text, 'p');
    if (p)
        *p = '.';
    return strtod(text, NULL);
}

static nlc_error regret_expect(nlc_case *self, const table *of)
{
    double *expected = NULL;
    uint32_t num_rows = 0, num_columns = 0;
    const nlc_error error = nlc_case_matrix(self, json_object_get(self->root, "regret"), &expected, &num_rows, &num_columns);
    const size_t num = (size_t)of->input.num_choices * of->input.num_worlds;
    if (!error)
        nlc_case_require(self, "as many regrets as payoffs", (size_t)num_rows * num_columns == num);
    for (size_t k = 0; k < num && !error && (size_t)num_rows * num_columns == num; k++)
        nlc_case_expect(self, "regret", of->regret[k], expected[k], of->near);
    free(expected);
    return error;
}

/* A case may give any number of quantiles and of weights of optimism; each is in its key. */
static nlc_error keyed_check(nlc_case *self, table *of)
{
    json_t *members = (json_t *)self->root, *value; /* iterating takes no const, and changes nothing */
    const char *key;
    nlc_error error = NLC_OK;
    json_object_foreach(members, key, value)
    {
        const double percent = key[0] == 'q' ? number_in(key, "q") : NAN, optimism = number_in(key, "hurwicz_alpha_");
        const bool is_quantile = json_is_array(value) && percent >= 0 && percent <= 100;
        if (error || (!is_quantile && isnan(optimism)))
            continue;
        of->input.quantile = is_quantile ? percent / 100 : of->input.quantile;
        of->input.optimism = is_quantile ? of->input.optimism : optimism;
        error = nlc_robust_of(&of->input, of->regret, of->robust);
        if (!error)
            error =
                figures_expect(self, of, key, is_quantile ? offsetof(nlc_robust, quantile_regret) : offsetof(nlc_robust, hurwicz));
    }
    return error;
}

static nlc_error table_check(nlc_case *self, table *of)
{
    of->input.quantile = 0.9;
    of->input.optimism = 0.5;
    nlc_error error = nlc_robust_of(&of->input, of->regret, of->robust);
    const struct {
        const char *key;
        size_t offset;
    } figures[] = {
        {"max_regret", offsetof(nlc_robust, max_regret)},
        {"satisficing", offsetof(nlc_robust, satisficing)},
        {"maximin", offsetof(nlc_robust, worst)},
        {"laplace_mean", offsetof(nlc_robust, mean)},
    };
    if (!error)
        error = regret_expect(self, of);
    for (size_t k = 0; k < sizeof figures / sizeof figures[0] && !error; k++)
        if (json_object_get(self->root, figures[k].key))
            error = figures_expect(self, of, figures[k].key, figures[k].offset);
    if (!error)
        error = keyed_check(self, of);
    if (!error)
        error = best_expect(self, of, "minimax_regret_policy", offsetof(nlc_robust, max_regret), -1);
    if (!error)
        error = best_expect(self, of, "maximin_policy", offsetof(nlc_robust, worst), 1);
    return error ? error : best_expect(self, of, "starr_argmax", offsetof(nlc_robust, satisficing), 1);
}

nlc_error nlc_verify_rdm_regret(nlc_case *self)
{
    table of = {0};
    double *payoff = NULL;
    nlc_error error =
        nlc_case_matrix(self, json_object_get(self->root, "payoff"), &payoff, &of.input.num_choices, &of.input.num_worlds);
    of.input.payoff = payoff;
    if (!error)
        error = nlc_case_number(self, self->root, "threshold", &of.input.threshold);
    of.near = 1e-12;
    for (size_t k = 0; !error && k < (size_t)of.input.num_choices * of.input.num_worlds; k++)
        of.near = fmax(of.near, 1e-15 * fabs(payoff[k]));
    if (!error) {
        of.robust = malloc(of.input.num_choices * sizeof *of.robust);
        of.regret = malloc((size_t)of.input.num_choices * of.input.num_worlds * sizeof *of.regret);
        error = of.robust && of.regret ? table_check(self, &of) : NLC_ERROR_MEMORY;
    }
    if (!error)
        nlc_case_say(self, "%u policies in %u worlds within 1e-12", of.input.num_choices, of.input.num_worlds);
    free(payoff);
    free(of.robust);
    free(of.regret);
    return error;
}

/* ---- Hypervolume ------------------------------------------------------------------------------- */

static nlc_error set_check(nlc_case *self, const char *name, const json_t *set)
{
    const json_t *list = json_object_get(set, "points");
    double *points = NULL, *reference = NULL, expected, found = 0;
    size_t num_objectives;
    uint32_t num_points = 0, width = 0;
    nlc_error error = nlc_case_number(self, set, "hv", &expected);
    if (!error)
        error = nlc_case_numbers(self, set, "ref", &reference, &num_objectives);
    if (!error && json_array_size(list) > 0)
        error = nlc_case_matrix(self, list, &points, &num_points, &width);
    if (!error && num_points > 0 && width != num_objectives) {
        nlc_case_say(self, "the points of '%s' have %u objectives, the reference %zu", name, width, num_objectives);
        error = NLC_ERROR_INPUT;
    }
    if (!error)
        error = nlc_hypervolume(&(nlc_front){num_points, (uint32_t)num_objectives, points}, reference, &found);
    if (!error)
        nlc_case_expect(self, name, found, expected, 1e-12 * fabs(expected));
    free(points);
    free(reference);
    return error;
}

nlc_error nlc_verify_hypervolume(nlc_case *self)
{
    const json_t *sets;
    const char *name;
    json_t *set;
    nlc_error error = nlc_case_member(self, self->root, "sets", JSON_OBJECT, &sets);
    json_t *members = (json_t *)sets; /* iterating takes no const, and changes nothing */
    json_object_foreach(members, name, set) error = error ? error : set_check(self, name, set);
    if (!error)
        nlc_case_say(self, "%zu sets within 1e-12 of the volume", json_object_size(sets));
    return error;
}
