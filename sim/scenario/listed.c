/* Reads what a study lists: the points of points.csv, or the joint sample of the uncertainties of a crossed
 * design. */
#include "study.h"

#include "rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    nlc_study *study;
    nlc_problems *problems;
    nlc_where where;
    uint32_t *factor_at; /* [num_cells], owned: which factor a column is, or NLC_NONE */
    size_t num_cells;
    bool is_bad;
} reading_type;

static const char *factor_name(const void *context, uint32_t i)
{
    return ((const nlc_study *)context)->factor[i].name;
}

static uint32_t factor_named(const nlc_study *study, const char *name)
{
    for (uint32_t k = 0; k < study->num_factors; k++)
        if (strcmp(study->factor[k].name, name) == 0)
            return k;
    return NLC_NONE;
}

/* A list gives all factors, a sample the uncertainties. */
static bool is_column(const nlc_study *study, uint32_t factor)
{
    return study->design == NLC_DESIGN_LIST || study->factor[factor].role == NLC_ROLE_UNCERTAINTY;
}

static void check_columns(reading_type *self, nlc_where where)
{
    const nlc_study *study = self->study;
    for (size_t i = 0; i < self->num_cells; i++)
        if (self->factor_at[i] != NLC_NONE && !is_column(study, self->factor_at[i]))
            nlc_problems_add(self->problems, where, "the column '%s' is a lever; a sample gives the uncertainties alone",
                             study->factor[self->factor_at[i]].name);
    for (uint32_t k = 0; k < study->num_factors; k++) {
        bool is_there = !is_column(study, k);
        for (size_t i = 0; i < self->num_cells; i++)
            is_there = is_there || self->factor_at[i] == k;
        if (!is_there)
            nlc_problems_add(self->problems, where, "the column '%s' is missing: %s of this study", study->factor[k].name,
                             study->design == NLC_DESIGN_LIST ? "a factor" : "an uncertainty");
    }
}

static nlc_error read_header(reading_type *self, const nlc_row *row, nlc_where where)
{
    const nlc_study *study = self->study;
    nlc_problems *problems = self->problems;
    char hint[NLC_HINT_LENGTH];
    self->num_cells = row->num;
    self->factor_at = malloc((row->num + 1) * sizeof *self->factor_at);
    if (!self->factor_at)
        return NLC_ERROR_MEMORY;
    for (size_t i = 0; i < row->num; i++) {
        self->factor_at[i] = factor_named(study, row->cell[i]);
        if (self->factor_at[i] == NLC_NONE)
            nlc_problems_add(problems, where, "'%s' is not a factor of this study%s", row->cell[i],
                             nlc_hint(hint, nlc_nearest(row->cell[i], factor_name, study, study->num_factors)));
        for (size_t k = 0; k < i; k++)
            if (self->factor_at[i] != NLC_NONE && self->factor_at[k] == self->factor_at[i])
                nlc_problems_add(problems, where, "the column '%s' stands twice", row->cell[i]);
    }
    check_columns(self, where);
    self->is_bad = nlc_problems_error(problems) != NLC_OK;
    return NLC_OK;
}

static const char *level_name(const void *context, uint32_t i)
{
    return ((const nlc_factor *)context)->level[i];
}

/* A cell with a decimal comma becomes one with a point. */
static bool cell_number(const char *text, bool decimal_comma, double *number)
{
    char plain[64];
    float value;
    if (strlen(text) >= sizeof plain)
        return false;
    strcpy(plain, text);
    char *comma = decimal_comma ? strchr(plain, ',') : NULL;
    if (comma)
        *comma = '.';
    if (!nlc_number_read(plain, strlen(plain), &value))
        return false;
    *number = (double)value;
    return true;
}

static double read_listed(reading_type *self, const nlc_factor *factor, const char *text, bool decimal_comma, nlc_where where)
{
    nlc_problems *problems = self->problems;
    char hint[NLC_HINT_LENGTH];
    double number = NAN;
    if (text[0] == '\0') {
        if (!nlc_factor_is_setting(factor))
            nlc_problems_add(problems, where, "%s is empty", factor->name);
        return NAN;
    }
    for (uint32_t k = 0; k < factor->num_levels; k++)
        if (strcmp(factor->level[k], text) == 0)
            return k;
    if (factor->num_levels > 0)
        nlc_problems_add(problems, where, "%s is '%s', which is not one of its levels%s", factor->name, text,
                         nlc_hint(hint, nlc_nearest(text, level_name, factor, factor->num_levels)));
    else if (!cell_number(text, decimal_comma, &number) || !(number >= factor->low && number <= factor->high))
        nlc_problems_add(problems, where, "%s is '%s', expected a number from %.7g to %.7g, as factors.csv says", factor->name,
                         text, factor->low, factor->high);
    else if (factor->kind == NLC_FACTOR_KIND_INTEGER && floor(number) != number)
        nlc_problems_add(problems, where, "%s is '%s', expected a whole number", factor->name, text);
    return number;
}

static nlc_error on_point(void *context, const nlc_row *row)
{
    reading_type *self = context;
    nlc_study *study = self->study;
    const nlc_where where = {self->where.file, row->line, self->where.order};
    if (!self->factor_at)
        return read_header(self, row, where);
    if (self->is_bad)
        return NLC_OK;
    if (row->num != self->num_cells) {
        nlc_problems_add(self->problems, where, "the row has %lu cells where the header has %lu", (unsigned long)row->num,
                         (unsigned long)self->num_cells);
        return NLC_OK;
    }
    const size_t num = study->num_factors;
    double *grown = nlc_grown(study->listed, &study->listed_capacity, ((size_t)study->num_listed + 1) * num, sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    study->listed = grown;
    double *values = grown + study->num_listed++ * num;
    for (size_t k = 0; k < num; k++)
        values[k] = NAN;
    for (size_t i = 0; i < row->num; i++)
        values[self->factor_at[i]] = read_listed(self, &study->factor[self->factor_at[i]], row->cell[i], row->decimal_comma, where);
    return NLC_OK;
}

/* A factor of a list that has neither range nor levels may take any number within the bounds of what it
 * names; words need levels. */
static void open_ranges(nlc_study *self, nlc_problems *problems)
{
    for (uint32_t k = 0; k < self->num_factors; k++) {
        nlc_factor *factor = &self->factor[k];
        if (!is_column(self, k) || factor->num_levels > 0 || factor->high > factor->low)
            continue;
        const bool is_bounded = nlc_factor_is_number(factor) &&
                                nlc_setting_bounds(&self->variant[0], &self->variant[0].setting[k], &factor->low, &factor->high);
        if (!is_bounded)
            nlc_problems_add(problems, factor->where, "has no levels; list the words that %s may use",
                             self->design == NLC_DESIGN_LIST ? "points.csv" : "the sample");
    }
}

nlc_error nlc_listed_read(nlc_study *self, const char *path, nlc_where where, nlc_problems *problems)
{
    reading_type points = {.study = self, .problems = problems, .where = where};
    open_ranges(self, problems);
    const nlc_error error = nlc_rows_read(path, where, problems, on_point, &points);
    if (!error && self->num_listed == 0 && !points.is_bad)
        nlc_problems_add(problems, where, "lists no point");
    free(points.factor_at);
    return error ? error : nlc_problems_error(problems);
}
