/* Sobol' indices of a table or of a study's results. */
#include "analyse.h"

#include "load.h"
#include "sobol.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RESAMPLES = 1000, FEWEST_GROUPS = 8 };

/* Runs by base row, place in its group (A, AB of each input, B) and replicate. */
typedef struct {
    cli_data *data;
    uint32_t num_groups, num_replicates;
    uint32_t *run;   /* [num_points][num_replicates], owned: runs, or NLC_NONE */
    double *outputs; /* [num_factors + 2][num_groups][num_replicates], owned: A, B, AB */
} groups;

static uint32_t size_of(const cli_data *data)
{
    return data->num_factors + 2;
}

static double at(const cli_data *data, uint32_t group, uint32_t place, uint32_t factor)
{
    return data->factor[factor].value[(size_t)group * size_of(data) + place];
}

/* The first place in a group that is not what it should be, or 0. */
static uint32_t wrong_place(const cli_data *data, uint32_t group)
{
    const uint32_t last = data->num_factors + 1;
    for (uint32_t place = 1; place < last; place++)
        for (uint32_t f = 0; f < data->num_factors; f++)
            if (at(data, group, place, f) != at(data, group, f + 1 == place ? last : 0, f))
                return place;
    return 0;
}

static int groups_check(cli_data *data)
{
    if (!data->is_study && !cli_is_given(data->arguments, "groups")) {
        cli_complain(data->arguments->command, "sobol needs rows in Saltelli's groups; say so with --groups saltelli");
        return CLI_WRONG;
    }
    if (data->num_points % size_of(data) != 0)
        return cli_data_refuse(data,
                               "%u points are not groups of A, A with each of %u inputs from B, and B: expected a multiple of %u",
                               data->num_points, data->num_factors, size_of(data));
    for (uint32_t g = 0; g < data->num_points / size_of(data); g++) {
        const uint32_t place = wrong_place(data, g);
        if (place == 0)
            continue;
        const uint32_t row = g * size_of(data) + place;
        nlc_problems_add(&data->problems, (nlc_where){data->points.path, data->points.line[row], 0},
                         "the row should be the first of its group with %s from the last", data->factor[place - 1].name);
        return cli_data_tell(data);
    }
    return CLI_DONE;
}

/* The number of a run's replicate, from 0: by the column of that name, or else in the order of the runs of
 * its point. */
static nlc_error replicates_number(groups *self, uint32_t *replicate)
{
    const cli_data *data = self->data;
    nlc_error error = NLC_OK;
    if (data->replicate_column != NLC_NONE) {
        nlc_words words = {0};
        nlc_arena arena = {0};
        for (uint32_t i = 0; i < data->num_runs && !error; i++)
            error = nlc_words_add(&words, &arena, nlc_sheet_cell(cli_data_runs(data), i, data->replicate_column), &replicate[i]);
        self->num_replicates = words.num;
        nlc_words_free(&words);
        nlc_arena_free(&arena);
        return error;
    }
    uint32_t *num = calloc(data->num_points + (size_t)1, sizeof *num);
    for (uint32_t i = 0; i < data->num_runs && num; i++) {
        replicate[i] = num[data->point[i]]++;
        self->num_replicates = replicate[i] >= self->num_replicates ? replicate[i] + 1 : self->num_replicates;
    }
    const bool has_room = num != NULL;
    free(num);
    return has_room ? NLC_OK : NLC_ERROR_MEMORY;
}

static nlc_error runs_sort(groups *self)
{
    const cli_data *data = self->data;
    uint32_t *replicate = malloc((data->num_runs + (size_t)1) * sizeof *replicate);
    nlc_error error = replicate ? replicates_number(self, replicate) : NLC_ERROR_MEMORY;
    const size_t num = (size_t)data->num_points * self->num_replicates;
    self->run = malloc((num + 1) * sizeof *self->run);
    self->outputs = malloc((num + 1) * sizeof *self->outputs);
    if (!self->run || !self->outputs)
        error = NLC_ERROR_MEMORY;
    for (size_t k = 0; k < num && !error; k++)
        self->run[k] = NLC_NONE;
    for (uint32_t i = 0; i < data->num_runs && !error; i++)
        self->run[(size_t)data->point[i] * self->num_replicates + replicate[i]] = i;
    free(replicate);
    return error;
}

static void outputs_fill(groups *self)
{
    const cli_data *data = self->data;
    const uint32_t last = data->num_factors + 1;
    for (uint32_t g = 0; g < self->num_groups; g++)
        for (uint32_t place = 0; place <= last; place++)
            for (uint32_t r = 0; r < self->num_replicates; r++) {
                const uint32_t run = self->run[((size_t)g * size_of(data) + place) * self->num_replicates + r];
                const uint32_t kind = place == 0 ? 0 : place == last ? 1 : place + 1;
                self->outputs[((size_t)kind * self->num_groups + g) * self->num_replicates + r] =
                    run == NLC_NONE ? NAN : data->output[run];
            }
}

/* Two runs have the same chance where both their seed and their replicate are the same. */
static bool same_chance(const cli_data *data, uint32_t a, uint32_t b)
{
    const nlc_sheet *runs = cli_data_runs(data);
    const uint32_t columns[] = {data->seed_column, data->replicate_column};
    for (int k = 0; k < 2; k++)
        if (columns[k] != NLC_NONE && strcmp(nlc_sheet_cell(runs, a, columns[k]), nlc_sheet_cell(runs, b, columns[k])) != 0)
            return false;
    return true;
}

/* Without a column of seeds the output is taken for exact. */
static nlc_sobol_chance chance_of(const groups *self)
{
    const cli_data *data = self->data;
    if (data->seed_column == NLC_NONE)
        return NLC_SOBOL_NO_CHANCE;
    for (uint32_t p = 0; p < data->num_points; p++)
        for (uint32_t r = 0; r < self->num_replicates; r++) {
            const uint32_t first = self->run[(size_t)(p - p % size_of(data)) * self->num_replicates + r];
            const uint32_t own = self->run[(size_t)p * self->num_replicates + r];
            if (first != NLC_NONE && own != NLC_NONE && !same_chance(data, first, own))
                return NLC_SOBOL_OWN_SEEDS;
        }
    return NLC_SOBOL_SHARED_SEEDS;
}

static void print(const groups *self, const nlc_sobol_summary *summary, nlc_sobol_chance chance, cli_findings *findings)
{
    static const char *const measures[] = {"total", "first", "first_jansen"};
    static const char *const of_chance[] = {
        "", "; the runs of a row share their seed, which has its own share",
        "; each run has a seed of its own: its variance is taken off the total order where there are replicates"};
    const char *unit = cli_data_unit(self->data);
    cli_title_print(self->data, "%u base rows, %u inputs%s", self->num_groups, self->data->num_factors, of_chance[chance]);
    printf("mean %.4g%s%s, standard deviation %.4g; shares of the variance, total order ranked:\n\n", summary->mean,
           unit[0] ? " " : "", unit, sqrt(summary->variance));
    cli_findings_print(findings, &(cli_layout){"input", measures, 3, false, true, false});
}

static int estimate(groups *self, cli_findings *findings)
{
    cli_data *data = self->data;
    const size_t size = (size_t)self->num_groups * self->num_replicates;
    const nlc_sobol_chance chance = chance_of(self);
    const nlc_sobol_input input = {data->num_factors,
                                   self->num_groups,
                                   self->num_replicates,
                                   self->outputs,
                                   self->outputs + size,
                                   self->outputs + 2 * size,
                                   chance};
    nlc_sobol *indices = malloc(data->num_factors * sizeof *indices);
    nlc_sobol_summary summary;
    const nlc_error error = indices ? nlc_sobol_of(&input, cli_resampling(data, RESAMPLES), indices, &summary) : NLC_ERROR_MEMORY;
    if (error == NLC_ERROR_INPUT) {
        free(indices);
        return cli_data_refuse(data,
                               "fewer than two groups are complete, or %s is the same in all of them: there is nothing to explain",
                               data->output_name);
    }
    for (uint32_t f = 0; f < data->num_factors && !error; f++) {
        const char *name = data->factor[f].name;
        cli_findings_add(findings, name, "total", indices[f].total, summary.num_used);
        cli_findings_add(findings, name, "first", indices[f].first, summary.num_used);
        cli_findings_add(findings, name, "first_jansen", indices[f].first_jansen, summary.num_used);
    }
    if (!error && chance != NLC_SOBOL_NO_CHANCE) {
        cli_findings_add(findings, "(the seed)", "total", summary.seed_total, summary.num_used);
        cli_findings_add(findings, "(the seed)", "first", summary.seed_first, summary.num_used);
    }
    free(indices);
    if (!error)
        cli_data_cover(data, summary.num_used, (uint32_t)size, "base rows and replicates");
    if (!error && cli_is_shown(data))
        print(self, &summary, chance, findings);
    return cli_fail(data->arguments, error, data->points.path);
}

int cli_analyse_sobol(cli_data *data, cli_findings *findings)
{
    groups self = {.data = data, .num_groups = data->num_points / size_of(data)};
    int code = groups_check(data);
    if (code == CLI_DONE && self.num_groups < FEWEST_GROUPS)
        code = cli_data_refuse(data, "%u base rows, and this needs at least %d", self.num_groups, FEWEST_GROUPS);
    if (code == CLI_DONE)
        code = cli_fail(data->arguments, runs_sort(&self), data->points.path);
    if (code == CLI_DONE) {
        outputs_fill(&self);
        code = estimate(&self, findings);
    }
    free(self.run);
    free(self.outputs);
    return code;
}
