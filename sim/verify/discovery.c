/* Cases about PRIM: trajectories of the EMA workbench, and boxes that are known. */
#include "kinds.h"

#include "prim.h"
#include "case_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the EMA workbench takes where a case does not say. */
static const double standard_peel = 0.05, standard_mass = 0.05;

typedef struct {
    nlc_case_table table;
    nlc_prim_kind *kind; /* [num_inputs], owned */
    nlc_prim_input input;
} study;

/* A column without a decimal point is of whole numbers, as pandas and so the workbench takes it. */
static nlc_prim_kind kind_of(const nlc_sheet *sheet, uint32_t column)
{
    for (uint32_t row = 0; row < sheet->num_rows; row++)
        if (strpbrk(nlc_sheet_cell(sheet, row, column), ".eE"))
            return NLC_PRIM_REAL;
    return NLC_PRIM_WHOLE;
}

static nlc_error study_init(study *self, nlc_case *of)
{
    const json_t *peel = json_object_get(of->root, "peel_alpha"), *mass = json_object_get(of->root, "mass_min");
    const json_t *paste = json_object_get(of->root, "paste_alpha");
    *self = (study){0};
    const nlc_error error = nlc_case_table_init(&self->table, of);
    if (error)
        return error;
    const nlc_case_table *table = &self->table;
    self->kind = malloc((table->num_inputs + (size_t)1) * sizeof *self->kind);
    if (!self->kind)
        return NLC_ERROR_MEMORY;
    for (uint32_t f = 0; f < table->num_inputs; f++)
        self->kind[f] = kind_of(&table->sheet, table->column[f]);
    self->input = (nlc_prim_input){
        .sample = {table->num_rows, table->num_inputs, table->x, table->y},
        .kind = self->kind,
        .peel = peel ? json_number_value(peel) : standard_peel,
        .paste = paste ? json_number_value(paste) : standard_peel,
        .least_mass = mass ? json_number_value(mass) : standard_mass,
    };
    return NLC_OK;
}

static void study_free(study *self)
{
    nlc_case_table_free(&self->table);
    free(self->kind);
}

static bool goal_read(nlc_case *self, const char *name, nlc_prim_goal *goal)
{
    const bool is_original = strcmp(name, "ORIGINAL") == 0;
    *goal = is_original ? NLC_PRIM_ORIGINAL : NLC_PRIM_LENIENT;
    if (is_original || strcmp(name, "LENIENT1") == 0)
        return true;
    nlc_case_say(self, "'%s' is not an objective that is known here", name);
    return false;
}

/* ---- Trajectories ------------------------------------------------------------------------------ */

static nlc_error step_check(nlc_case *self, const nlc_prim *prim, const json_t *step, size_t k)
{
    static const char *const keys[] = {"coverage", "density", "mass", "res_dim"};
    const uint32_t index =
        json_object_get(step, "step") ? (uint32_t)json_integer_value(json_object_get(step, "step")) : (uint32_t)k;
    if (!nlc_case_require(self, "a box for each step", index < prim->num_boxes))
        return NLC_OK;
    const nlc_prim_box *box = &prim->boxes[index];
    const double found[] = {box->coverage, box->density, box->mass, box->num_restricted};
    for (int f = 0; f < 4; f++) {
        char what[40];
        double expected;
        const nlc_error error = nlc_case_number(self, step, keys[f], &expected);
        if (error)
            return error;
        snprintf(what, sizeof what, "%s of step %u", keys[f], index);
        nlc_case_expect(self, what, found[f], expected, 1e-9);
    }
    return NLC_OK;
}

/* The limits of a box: of the inputs that it names those, and none of the others. */
static nlc_error box_check(nlc_case *self, const study *of, const nlc_prim *prim, uint32_t index, const json_t *box)
{
    if (!nlc_case_require(self, "a box of that step", index < prim->num_boxes))
        return NLC_OK;
    const nlc_prim_limit *limits = nlc_prim_limits(prim, index);
    for (uint32_t f = 0; f < prim->num_factors; f++) {
        const char *name = of->table.sheet.name[of->table.column[f]];
        double *expected;
        if (!json_object_get(box, name)) {
            nlc_case_require(self, name, !nlc_prim_is_restricted(prim, limits, f));
            continue;
        }
        const nlc_error error = nlc_case_exactly(self, box, name, 2, &expected);
        if (error)
            return error;
        nlc_case_expect(self, name, limits[f].low, expected[0], 1e-9 * fabs(expected[0]));
        nlc_case_expect(self, name, limits[f].high, expected[1], 1e-9 * fabs(expected[1]));
        free(expected);
    }
    return NLC_OK;
}

static nlc_error run_check(nlc_case *self, study *of, const char *name, const json_t *run)
{
    const json_t *trajectory;
    json_t *members = (json_t *)run, *value; /* iterating takes no const, and changes nothing */
    const char *key;
    nlc_prim prim = {0};
    nlc_error error = goal_read(self, name, &of->input.goal) ? NLC_OK : NLC_ERROR_INPUT;
    if (!error)
        error = nlc_case_member(self, run, "trajectory", JSON_ARRAY, &trajectory);
    if (!error)
        error = nlc_prim_init(&prim, &of->input);
    for (size_t k = 0; !error && k < json_array_size(trajectory); k++)
        error = step_check(self, &prim, json_array_get(trajectory, k), k);
    json_object_foreach(members, key, value) if (!error && strncmp(key, "box_step", 8) == 0) error =
        box_check(self, of, &prim, (uint32_t)strtoul(key + 8, NULL, 10), value);
    nlc_prim_free(&prim);
    return error;
}

static nlc_error runs_check(nlc_case *self, study *of, const json_t *runs)
{
    json_t *members = (json_t *)runs, *run;
    const char *name;
    nlc_error error = NLC_OK;
    json_object_foreach(members, name, run) error = error ? error : run_check(self, of, name, run);
    if (!error)
        nlc_case_say(self, "%zu trajectories: coverage, density, mass and inputs limited within 1e-9 at each step",
                     json_object_size(runs));
    return error;
}

/* ---- A box that is known ----------------------------------------------------------------------- */

/* One peel takes a twentieth: no limit can be nearer than that. */
static nlc_error limits_check(nlc_case *self, const study *of, const nlc_prim *prim, const nlc_prim_limit *limits)
{
    const json_t *truth = json_object_get(self->root, "true_box");
    const nlc_prim_limit *all = nlc_prim_limits(prim, 0);
    for (uint32_t f = 0; f < prim->num_factors; f++) {
        const char *name = of->table.sheet.name[of->table.column[f]];
        const double near = 0.05 * fmax(1, all[f].high - all[f].low);
        double *expected;
        char what[160];
        snprintf(what, sizeof what, "%.100s is limited as in the true box", name);
        nlc_case_require(self, what, nlc_prim_is_restricted(prim, limits, f) == (json_object_get(truth, name) != NULL));
        if (!json_object_get(truth, name))
            continue;
        const nlc_error error = nlc_case_exactly(self, truth, name, 2, &expected);
        if (error)
            return error;
        nlc_case_expect(self, name, limits[f].low, expected[0], near);
        nlc_case_expect(self, name, limits[f].high, expected[1], near);
        free(expected);
    }
    return NLC_OK;
}

/* No worse than the workbench's own best box, but for chance. */
static nlc_error share_check(nlc_case *self, const json_t *best, const char *key, double found, uint32_t num_rows)
{
    double share;
    const nlc_error error = nlc_case_number(self, best, key, &share);
    if (!error)
        nlc_case_require(self, key, found >= share - 4.5 * sqrt(share * (1 - share) / num_rows) - 1e-12);
    return error;
}

static nlc_error known_check(nlc_case *self, const study *of, const nlc_prim *prim, const json_t *best)
{
    const uint32_t num = prim->num_factors;
    nlc_prim_limit *limits = malloc((num + (size_t)1) * sizeof *limits);
    if (!limits)
        return NLC_ERROR_MEMORY;
    memcpy(limits, nlc_prim_limits(prim, nlc_prim_best(prim)), num * sizeof *limits);
    nlc_prim_simplify(prim, &of->input, 0.05, limits);
    const nlc_prim_box box = nlc_prim_measure(&of->input, limits);
    nlc_error error = limits_check(self, of, prim, limits);
    if (!error)
        error = share_check(self, best, "coverage", box.coverage, box.num_rows);
    if (!error)
        error = share_check(self, best, "density", box.density, box.num_rows);
    nlc_case_say(self, "box of %u rows, coverage %.4f, density %.4f; limits within a peel of the true ones", box.num_rows,
                 box.coverage, box.density);
    free(limits);
    return error;
}

nlc_error nlc_verify_prim(nlc_case *self)
{
    study of;
    nlc_prim prim = {0};
    const json_t *runs = json_object_get(self->root, "runs"), *truth = json_object_get(self->root, "true_box");
    nlc_error error = study_init(&of, self);
    if (!error && !runs && !truth) {
        nlc_case_say(self, "the case has neither 'runs' nor 'true_box'");
        error = NLC_ERROR_INPUT;
    }
    if (!error && runs)
        error = runs_check(self, &of, runs);
    of.input.goal = NLC_PRIM_ORIGINAL;
    if (!error && truth)
        error = nlc_prim_init(&prim, &of.input);
    if (!error && truth)
        error = known_check(self, &of, &prim, json_object_get(json_object_get(self->root, "ema_best"), "ORIGINAL"));
    nlc_prim_free(&prim);
    study_free(&of);
    return error;
}
