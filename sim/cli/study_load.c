#include "study_load.h"

#include "frame.h"
#include "load.h"
#include "sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Columns ----------------------------------------------------------------------------------- */

static uint32_t column_named(const cli_study *self, const char *name)
{
    for (uint32_t k = 0; k < self->num_columns; k++)
        if (strcmp(self->columns[k], name) == 0)
            return k;
    return NLC_NONE;
}

/* NAME alone is NAME.all. The texts are in the study's arena. */
static nlc_error column_add(cli_study *self, const char *name, uint32_t *column)
{
    nlc_text text = {0};
    nlc_error error = nlc_text_print(&text, strchr(name, '.') ? "%s" : "%s.all", name);
    if (error != NLC_OK)
        return error;
    *column = column_named(self, text.data);
    if (*column == NLC_NONE) {
        const char *kept = nlc_arena_text(&self->study.arena, text.data, text.length);
        const char **grown = realloc(self->columns, (self->num_columns + (size_t)1) * sizeof *grown);
        self->columns = grown ? grown : self->columns;
        error = kept && grown ? NLC_OK : NLC_ERROR_MEMORY;
        if (error == NLC_OK) {
            *column = self->num_columns;
            self->columns[self->num_columns++] = kept;
        }
    }
    nlc_text_free(&text);
    return error;
}

static nlc_error columns_list(cli_study *self)
{
    const nlc_study *study = &self->study;
    uint32_t column;
    nlc_error error = NLC_OK;
    for (uint32_t v = 0; v < study->num_variants; v++) {
        const nlc_model *model = study->variant[v].scenario.model;
        for (uint32_t k = 0; k < model->num_outcomes && error == NLC_OK; k++)
            error = column_add(self, model->outcomes[k].name, &column);
    }
    const uint32_t num_whole = self->num_columns;
    self->chosen = malloc((num_whole + (size_t)study->num_outcomes + 1) * sizeof *self->chosen);
    if (self->chosen == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < study->num_outcomes && error == NLC_OK; k++)
        error = column_add(self, study->outcome[k], &self->chosen[self->num_chosen++]);
    for (uint32_t k = 0; k < num_whole && study->num_outcomes == 0; k++)
        self->chosen[self->num_chosen++] = k;
    self->precise = NLC_NONE;
    return error == NLC_OK && study->stop.text ? column_add(self, study->stop.outcome, &self->precise) : error;
}

static const char *outcome_name(const void *context, uint32_t i)
{
    return ((const nlc_model *)context)->outcomes[i].name;
}

/* A column must be there in at least one of the scenarios. `given` is how the study calls it. */
static void column_check(const cli_study *self, const char *key, uint32_t k, const char *given, nlc_problems *problems)
{
    const nlc_where where = strcmp(key, "stop") == 0 ? self->study.stop.where : self->study.outcome_where;
    const nlc_model *model = self->study.variant[0].scenario.model;
    char hint[NLC_HINT_LENGTH], name[128];
    const size_t length = strcspn(self->columns[k], ".");
    snprintf(name, sizeof name, "%.*s", (int)length, self->columns[k]);
    const char *near = nlc_nearest(name, outcome_name, model, model->num_outcomes);
    nlc_problems_add(problems, where,
                     "%s: '%s' is neither an outcome nor an outcome of a part of the places such as functioning_end.tier.city%s",
                     key, given, nlc_hint(hint, near != NULL && strcmp(near, name) != 0 ? near : NULL));
}

static nlc_error columns_check(const cli_study *self, const bool *is_there, nlc_problems *problems)
{
    for (uint32_t k = 0; k < self->num_chosen; k++)
        if (!is_there[self->chosen[k]])
            column_check(self, "outcomes", self->chosen[k], self->study.outcome[k], problems);
    if (self->precise != NLC_NONE && !is_there[self->precise])
        column_check(self, "stop", self->precise, self->study.stop.outcome, problems);
    return nlc_problems_error(problems);
}

/* Factors and outcomes stand side by side in runs.csv. */
static void names_check(const cli_study *self, nlc_problems *problems)
{
    for (uint32_t k = 0; k < self->study.num_factors; k++) {
        const nlc_factor *factor = &self->study.factor[k];
        if (column_named(self, factor->name) != NLC_NONE)
            nlc_problems_add(problems, factor->where, "'%s' is an outcome already; give the factor another name", factor->name);
    }
}

/* Resolves each scenario once as it is, for what it has and for what is wrong with it as a whole. */
static nlc_error scenarios_check(const cli_study *self, nlc_problems *problems)
{
    const nlc_settings none = {0};
    bool *is_there = calloc(self->num_columns + (size_t)1, sizeof *is_there);
    nlc_error error = is_there == NULL ? NLC_ERROR_MEMORY : NLC_OK;
    for (uint32_t v = 0; v < self->study.num_variants && error == NLC_OK; v++) {
        nlc_frame frame;
        nlc_outcome_column column;
        error = nlc_frame_init(&frame, &self->study.variant[v].scenario, &none, problems);
        for (uint32_t k = 0; k < self->num_columns && error == NLC_OK; k++)
            is_there[k] = is_there[k] || nlc_outcome_column_find(&column, &frame.resolved, self->columns[k]);
        nlc_frame_free(&frame);
    }
    if (error == NLC_OK)
        error = columns_check(self, is_there, problems);
    free(is_there);
    return error;
}

/* ---- The whole --------------------------------------------------------------------------------- */

static nlc_error study_read(cli_study *self, const char *path, nlc_problems *problems)
{
    char text[NLC_DESIGN_PROBLEM_LENGTH];
    nlc_error error = nlc_study_load(&self->study, path, nlc_models(), problems);
    if (error != NLC_OK)
        return error;
    const char *problem = nlc_design_problem(&self->study, text);
    if (problem != NULL) {
        nlc_problems_add(problems, (nlc_where){self->study.label, 0, 0}, "%s", problem);
        return nlc_problems_error(problems);
    }
    error = columns_list(self);
    if (error == NLC_OK)
        names_check(self, problems);
    return error == NLC_OK ? scenarios_check(self, problems) : error;
}

int cli_study_load(cli_study *self, const cli_arguments *arguments)
{
    nlc_problems problems = {0};
    *self = (cli_study){0};
    const nlc_error error = study_read(self, arguments->operands[0], &problems);
    return cli_tell(arguments, error, &problems, arguments->operands[0]);
}

void cli_study_free(cli_study *self)
{
    free(self->columns);
    free(self->chosen);
    nlc_study_free(&self->study);
    *self = (cli_study){0};
}
