/* One factor at a time: what each value of each factor makes of each outcome, against the base point. */
#include "analyse.h"

#include "difference.h"
#include "load.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BASE "(the base point)"

typedef struct {
    cli_data *data;
    uint32_t *moved;                 /* [num_points], owned: the factor that differs from the base point; NLC_NONE for none */
    uint32_t *pair;                  /* [num_runs], owned: of the replicate; NLC_NONE for one that the base point lacks */
    double *values, *first, *second; /* [num_runs] each, owned: an outcome; of the base point and of another, by pair */
    uint32_t num_pairs, num_moved;
    cli_findings shown; /* those of the output that the screen has */
} table;

static nlc_error table_init(table *self, cli_data *data)
{
    const size_t num_runs = data->num_runs + (size_t)1;
    *self = (table){.data = data,
                    .moved = malloc((data->num_points + (size_t)1) * sizeof *self->moved),
                    .pair = malloc(num_runs * sizeof *self->pair),
                    .values = malloc(num_runs * sizeof *self->values),
                    .first = malloc(num_runs * sizeof *self->first),
                    .second = malloc(num_runs * sizeof *self->second)};
    return self->moved && self->pair && self->values && self->first && self->second ? NLC_OK : NLC_ERROR_MEMORY;
}

static void table_free(table *self)
{
    cli_findings_free(&self->shown);
    free(self->moved);
    free(self->pair);
    free(self->values);
    free(self->first);
    free(self->second);
}

/* The first point is the base; each other one differs from it in one factor. */
static int moved_find(table *self)
{
    cli_data *data = self->data;
    for (uint32_t p = 0; p < data->num_points; p++) {
        self->moved[p] = NLC_NONE;
        for (uint32_t f = 0; f < data->num_factors; f++) {
            const uint32_t column = data->factor[f].column, other = self->moved[p];
            if (strcmp(nlc_sheet_cell(&data->points, p, column), nlc_sheet_cell(&data->points, 0, column)) == 0)
                continue;
            self->moved[p] = f;
            if (other == NLC_NONE)
                continue;
            nlc_problems_add(
                &data->problems, (nlc_where){data->points.path, data->points.line[p], 0},
                "the point differs from the first one in %s and in %s; oat takes studies that move one factor at a time "
                "(design=one-at-a-time)",
                data->factor[other].name, data->factor[f].name);
            return cli_data_tell(data);
        }
        self->num_moved += self->moved[p] != NLC_NONE;
    }
    return self->num_moved > 0 ? CLI_DONE : cli_data_refuse(data, "no point differs from the first one");
}

/* Runs of one seed and replicate belong together. */
static nlc_error pairs_find(table *self)
{
    const cli_data *data = self->data;
    nlc_index index = {0};
    nlc_text key = {0};
    nlc_error error = NLC_OK;
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < data->num_runs && !error; i++) {
            if (round == 0 && data->point[i] != 0)
                continue;
            key.length = 0;
            error = nlc_text_print(&key, "%s/%s", nlc_sheet_cell(&data->runs, i, data->seed_column),
                                   nlc_sheet_cell(&data->runs, i, data->replicate_column));
            if (!error)
                self->pair[i] = nlc_index_find(&index, key.data);
            if (!error && round == 0 && self->pair[i] == NLC_NONE) {
                const char *kept = nlc_arena_text(&self->shown.arena, key.data, key.length);
                error = kept == NULL ? NLC_ERROR_MEMORY : nlc_index_add(&index, kept, self->num_pairs++);
            }
        }
    nlc_index_free(&index);
    nlc_text_free(&key);
    return error;
}

/* The outcome of the runs of a point, by pair. */
static void pairs_fill(const table *self, uint32_t point, double *outcome)
{
    for (uint32_t k = 0; k < self->num_pairs; k++)
        outcome[k] = NAN;
    for (uint32_t i = 0; i < self->data->num_runs; i++)
        if (self->data->point[i] == point && self->pair[i] != NLC_NONE)
            outcome[self->pair[i]] = self->values[i];
}

static nlc_estimate estimate_of(nlc_interval of, double error)
{
    return (nlc_estimate){of.value, error, of.low, of.high};
}

static void base_add(const table *self, cli_findings *findings)
{
    const nlc_precision precision = {.confidence = 0.95, .width = 1, .first = 2};
    const nlc_interval mean = nlc_difference_of(self->first, self->first, self->num_pairs, &precision).first;
    nlc_moments moments = {0};
    for (uint32_t k = 0; k < self->num_pairs; k++)
        if (!isnan(self->first[k]))
            nlc_moments_add(&moments, self->first[k]);
    cli_findings_add(findings, BASE, "mean", estimate_of(mean, nlc_moments_sd(&moments) / sqrt(moments.n)), moments.n);
}

static nlc_error point_add(const table *self, uint32_t point, nlc_text *label, cli_findings *findings)
{
    const nlc_precision precision = {.confidence = 0.95, .width = 1, .first = 2};
    label->length = 0;
    const nlc_error error = cli_data_setting(self->data, point, self->moved[point], label);
    if (error)
        return error;
    pairs_fill(self, point, self->second);
    const nlc_difference found = nlc_difference_of(self->first, self->second, self->num_pairs, &precision);
    const double mcse = found.n > 1 ? found.sd / sqrt(found.n) : NAN;
    cli_findings_add(findings, label->data, "difference", estimate_of(found.difference, mcse), found.n);
    cli_findings_plain(findings, label->data, "mcse", mcse, found.n);
    cli_findings_plain(findings, label->data, "left_out", found.left_out, self->num_pairs);
    return NLC_OK;
}

static nlc_error outcome_add(table *self, const char *name, cli_findings *findings)
{
    const bool is_shown = strcmp(name, self->data->output_name) == 0;
    nlc_text label = {0};
    nlc_error error = NLC_OK;
    findings->output = name;
    pairs_fill(self, 0, self->first);
    base_add(self, findings);
    for (uint32_t p = 0; p < self->data->num_points && !error; p++) {
        if (self->moved[p] == NLC_NONE)
            continue;
        error = point_add(self, p, &label, findings);
        if (!error && is_shown)
            error = point_add(self, p, &label, &self->shown);
    }
    nlc_text_free(&label);
    return error;
}

/* Every outcome, or the one of --output. */
static int outcomes_add(table *self, cli_findings *findings)
{
    cli_data *data = self->data;
    const bool is_one = cli_is_given(data->arguments, "output");
    nlc_error error = NLC_OK;
    for (uint32_t c = 0; c < data->runs.num_columns && !error; c++) {
        const char *name = data->runs.name[c];
        const bool is_output = strcmp(name, data->output_name) == 0;
        if (cli_data_is_bookkeeping(name) || (is_one && !is_output))
            continue;
        if (is_output)
            memcpy(self->values, data->output, data->num_runs * sizeof *self->values);
        else if (!cli_data_column(data, name, self->values))
            return cli_data_tell(data);
        error = outcome_add(self, name, findings);
    }
    return cli_fail(data->arguments, error, data->points.path);
}

static void table_print(table *self)
{
    static const char *const measures[] = {"difference", "mcse", "left_out"};
    cli_title_print(self->data,
                    "%u values, each alone against the base point, in %u pairs of runs on the same seeds; mean difference with its "
                    "95 %% interval, its Monte Carlo error, and the pairs without both values",
                    self->num_moved, self->num_pairs);
    cli_findings_print(&self->shown, &(cli_layout){"value", measures, 3, false, true, true});
}

int cli_analyse_oat(cli_data *data, cli_findings *findings)
{
    table self;
    if (!data->is_study)
        return cli_data_refuse(data, "oat looks at the results folder of a study, which has the seeds by which runs are paired");
    if (data->seed_column == NLC_NONE || data->replicate_column == NLC_NONE)
        return cli_data_refuse(data, "there is no column '%s', by which runs are paired",
                               data->seed_column == NLC_NONE ? "seed" : "replicate");
    const nlc_error error = table_init(&self, data);
    int code = error ? cli_fail(data->arguments, error, data->points.path) : moved_find(&self);
    if (code == CLI_DONE)
        code = cli_fail(data->arguments, pairs_find(&self), data->points.path);
    if (code == CLI_DONE)
        code = outcomes_add(&self, findings);
    if (code == CLI_DONE && cli_is_shown(data))
        table_print(&self);
    findings->is_broken = findings->is_broken || self.shown.is_broken;
    table_free(&self);
    return code;
}
