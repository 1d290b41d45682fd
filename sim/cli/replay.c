#include "draws.h"

#include "dictionary.h"
#include "replay_compare.h"
#include "replay_rows.h"
#include "replay_study.h"
#include "runs.h"
#include "writers.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_same(const cli_rows *one, const cli_rows *other, uint32_t row)
{
    const size_t length = cli_row_length(one, row);
    return length > 0 && length == cli_row_length(other, row) &&
           memcmp(cli_row_text(one, row), cli_row_text(other, row), length) == 0;
}

/* ---- What was written, and what is computed now -------------------------------------------------- */

typedef struct {
    const cli_arguments *arguments;
    cli_scenario scenario;
    cli_draws draws;
    nlc_ensemble ensemble;
    nlc_text runs_path, resolved_path, draws_path;
    cli_rows written, computed;
} replay;

static int paths_make(replay *self)
{
    const char *folder = self->arguments->operands[0];
    nlc_error error = nlc_text_print(&self->runs_path, "%s/runs.csv", folder);
    if (error == NLC_OK)
        error = nlc_text_print(&self->resolved_path, "%s/%s", folder, NLC_RESOLVED_FILE);
    if (error == NLC_OK)
        error = nlc_text_print(&self->draws_path, "%s/%s", folder, nlc_result_tables[NLC_RESULT_DRAWS].file);
    return cli_fail(self->arguments, error, folder);
}

static int written_read(replay *self)
{
    int code = cli_fail(self->arguments, cli_text_read(self->resolved_path.data, &self->scenario.text), self->resolved_path.data);
    if (code == CLI_DONE)
        code = cli_scenario_read(&self->scenario, self->arguments, self->resolved_path.data);
    return code == CLI_DONE ? cli_fail(self->arguments, cli_rows_read(&self->written, self->runs_path.data), self->runs_path.data)
                            : code;
}

/* What the runs drew for the unknowns, where they did. */
static int draws_read(replay *self)
{
    self->draws = (cli_draws){.resolved = &self->scenario.resolved};
    if (access(self->draws_path.data, F_OK) != 0)
        return CLI_DONE;
    return cli_draws_of_results(&self->draws, self->arguments, &self->scenario.resolved, self->draws_path.data);
}

static nlc_error header_write(const nlc_results *results, nlc_csv *csv)
{
    nlc_result_columns columns;
    const nlc_error error = nlc_result_columns_init(&columns, NLC_RESULT_RUNS, results);
    for (uint32_t k = 0; k < columns.num && error == NLC_OK; k++)
        nlc_csv_text(csv, columns.column[k].name);
    if (error == NLC_OK)
        nlc_csv_end_row(csv);
    nlc_result_columns_free(&columns);
    return error;
}

static nlc_error rows_write(const nlc_results *results, nlc_csv *csv)
{
    const nlc_ensemble *ensemble = results->ensemble;
    const size_t num_values = (size_t)ensemble->scenario->model->num_outcomes * ensemble->num_splits * ensemble->num_replicates;
    nlc_tables tables = {.results = results, .outcomes = malloc((num_values + 1) * sizeof *tables.outcomes)};
    nlc_error error = tables.outcomes == NULL ? NLC_ERROR_MEMORY : nlc_ensemble_outcomes(ensemble, tables.outcomes);
    if (error == NLC_OK)
        error = nlc_runs_write(&tables, csv);
    free(tables.outcomes);
    return error;
}

static nlc_error table_write(const replay *self, FILE *scratch)
{
    const nlc_results results = {
        .ensemble = &self->ensemble, .seed = self->scenario.resolved.seed, .style = cli_rows_style(&self->written)};
    nlc_file file;
    nlc_csv csv;
    nlc_error error = nlc_file_init(&file, fileno(scratch));
    if (error != NLC_OK)
        return error;
    nlc_csv_begin(&csv, &file, results.style);
    error = header_write(&results, &csv);
    if (error == NLC_OK)
        error = rows_write(&results, &csv);
    if (error == NLC_OK)
        error = nlc_file_finish(&file);
    errno = file.error;
    nlc_file_free(&file);
    return error;
}

static nlc_error computed_read(replay *self)
{
    errno = 0;
    FILE *scratch = tmpfile();
    if (scratch == NULL)
        return NLC_ERROR_IO;
    nlc_error error = table_write(self, scratch);
    if (error == NLC_OK) {
        rewind(scratch);
        error = cli_rows_read_from(&self->computed, scratch);
    }
    const int why = errno;
    fclose(scratch);
    errno = why;
    return error;
}

/* ---- Comparing ------------------------------------------------------------------------------------- */

/* Compares the rows from `first` to `last`; row 0 is the header, which has to be the same too. */
static int compare(const replay *self, uint32_t first, uint32_t last)
{
    enum { MAX_SHOWN = 10 };
    uint32_t num_same = 0, num_shown = 0;
    for (uint32_t row = first; row <= last; row++) {
        if (is_same(&self->written, &self->computed, row)) {
            num_same++;
            continue;
        }
        if (num_shown++ >= MAX_SHOWN)
            continue;
        printf("run %" PRIu32 " is not the same:\n", row);
        cli_row_print("written ", &self->written, row);
        cli_row_print("computed", &self->computed, row);
    }
    const bool is_header_same = is_same(&self->written, &self->computed, 0);
    if (!is_header_same)
        puts("the columns of runs.csv are not the same");
    const uint32_t num = last - first + 1;
    if (num == 1 && num_same == 1)
        printf("run %" PRIu32 ": the same bytes\n", first);
    else if (num > 1)
        printf("%" PRIu32 " of %" PRIu32 " runs: the same bytes\n", num_same, num);
    return num_same == num && is_header_same ? CLI_DONE : CLI_FAILED;
}

/* Reads --run into the first and the last run. */
static int runs_choose(const replay *self, uint32_t *first, uint32_t *last)
{
    const char *text = cli_value(self->arguments, "run");
    const uint32_t num = self->scenario.resolved.replicates;
    const bool is_all = strcmp(text, "all") == 0;
    const uint64_t run = is_all ? num : cli_number(self->arguments, "run", 0);
    if (run < 1 || run > num) {
        cli_complain(self->arguments->command, "--run '%s': expected a number from 1 to %" PRIu32 ", as in runs.csv, or all", text,
                     num);
        return CLI_WRONG;
    }
    *first = is_all ? 1 : (uint32_t)run;
    *last = (uint32_t)run;
    return CLI_DONE;
}

static int replay_with(replay *self)
{
    uint32_t first, last;
    int code = paths_make(self);
    if (code == CLI_DONE)
        code = written_read(self);
    if (code == CLI_DONE)
        code = runs_choose(self, &first, &last);
    if (code == CLI_DONE)
        code = draws_read(self);
    if (code == CLI_DONE)
        code = cli_runs_drawn(&self->ensemble, &self->draws, self->arguments, last, "nothing has been compared");
    if (code == CLI_DONE)
        code = cli_fail(self->arguments, computed_read(self), self->runs_path.data);
    return code == CLI_DONE ? compare(self, first, last) : code;
}

static int replay_run(const cli_arguments *arguments)
{
    if (!cli_is_given(arguments, "run")) {
        cli_complain(arguments->command, "--run is missing; 'nlcsim replay --help' shows an example");
        return CLI_WRONG;
    }
    if (cli_holds_study(arguments->operands[0]))
        return cli_replay_study(arguments);
    if (cli_holds_comparison(arguments->operands[0]))
        return cli_replay_compare(arguments);
    replay self = {.arguments = arguments};
    const int code = replay_with(&self);
    cli_rows_free(&self.written);
    cli_rows_free(&self.computed);
    nlc_ensemble_free(&self.ensemble);
    cli_draws_free(&self.draws);
    cli_scenario_free(&self.scenario);
    nlc_text_free(&self.runs_path);
    nlc_text_free(&self.resolved_path);
    nlc_text_free(&self.draws_path);
    return code;
}

static const cli_option options[] = {
    {.name = "run", .kind = CLI_TEXT, .argument = "ID", .meaning = "The run, as runs.csv numbers it, or all. It must be given."},
    CLI_OPTION_THREADS,
    CLI_OPTION_QUIET,
    CLI_OPTION_PROGRESS,
};

const cli_command cli_replay = {
    .name = "replay",
    .operands = "DIR",
    .operand_kind = CLI_FOLDER,
    .min_operands = 1,
    .max_operands = 1,
    .summary = "run again what a results folder holds, and say whether it is the same",
    .description =
        "Reads the resolved scenario and the seed from the results folder DIR, runs again, and compares the row of runs.csv byte "
        "for byte. Of a comparison, the runs of that number of each of its scenarios are compared. Of a study, the run's scenario "
        "is made again out of the folders and settings that study.db keeps. A row that is "
        "not the same is shown beside what was computed now, and the exit code is 1.",
    .example = "nlcsim replay philippines-roadmap-results --run 17",
    .example_means = "Checks that run 17 can be reproduced on this machine.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = replay_run,
};
