#include "replay_compare.h"

#include "comparison.h"
#include "estimate.h"
#include "load.h"
#include "progress.h"
#include "replay_rows.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

/* runs.csv holds the runs of the first scenario, then those of the second, each from run 1 to the same number. */
typedef struct {
    const cli_arguments *arguments;
    cli_rows written;
    uint32_t num_scenarios, num_runs, first, last; /* the runs to compare, from 1 */
    uint32_t num_same, num_shown;
} replay;

static nlc_error resolved_path(const char *folder, uint32_t scenario, nlc_text *path)
{
    char name[NLC_RESOLVED_NAME_LENGTH];
    nlc_resolved_name(scenario, name);
    path->length = 0;
    return nlc_text_print(path, "%s/%s", folder, name);
}

static uint32_t num_resolved(const char *folder)
{
    nlc_text path = {0};
    uint32_t num = 0;
    while (resolved_path(folder, num, &path) == NLC_OK && access(path.data, F_OK) == 0)
        num++;
    nlc_text_free(&path);
    return num;
}

bool cli_holds_comparison(const char *folder)
{
    return num_resolved(folder) > 0;
}

static int written_read(replay *self)
{
    const char *folder = self->arguments->operands[0];
    nlc_text path = {0};
    nlc_error error = nlc_text_print(&path, "%s/runs.csv", folder);
    if (error == NLC_OK)
        error = cli_rows_read(&self->written, path.data);
    const int code = cli_fail(self->arguments, error, path.data != NULL ? path.data : folder);
    nlc_text_free(&path);
    self->num_scenarios = num_resolved(folder);
    self->num_runs = self->written.num > 0 ? (self->written.num - 1) / self->num_scenarios : 0;
    return code;
}

static int runs_choose(replay *self)
{
    const char *text = cli_value(self->arguments, "run");
    const bool is_all = strcmp(text, "all") == 0;
    const uint64_t run = is_all ? self->num_runs : cli_number(self->arguments, "run", 0);
    if (run < 1 || run > self->num_runs) {
        cli_complain(self->arguments->command, "--run '%s': expected a number from 1 to %" PRIu32 ", as in runs.csv, or all", text,
                     self->num_runs);
        return CLI_WRONG;
    }
    self->first = is_all ? 1 : (uint32_t)run;
    self->last = (uint32_t)run;
    return CLI_DONE;
}

/* ---- One scenario ---------------------------------------------------------------------------------- */

/* The rows as they come out now, from the number of the run on: the name in front of it is no result. */
static nlc_error rows_write(const replay *self, const nlc_paired *runs, FILE *scratch)
{
    const nlc_resolved *scenario = runs->scenarios[0];
    nlc_file file;
    nlc_csv csv;
    nlc_error error = nlc_file_init(&file, fileno(scratch));
    if (error != NLC_OK)
        return error;
    nlc_csv_begin(&csv, &file, cli_rows_style(&self->written));
    for (uint32_t r = self->first - 1; r < self->last; r++) {
        nlc_csv_text(&csv, ""); /* the name's cell, and after it a separator */
        nlc_csv_whole(&csv, r + 1);
        nlc_csv_whole(&csv, scenario->seed);
        nlc_csv_whole(&csv, r);
        nlc_csv_whole(&csv, r % scenario->num_draws);
        for (uint32_t k = 0; k < runs->num_outcomes; k++)
            nlc_csv_number(&csv, nlc_paired_values(runs, 0, k)[r], nlc_paired_outcome(runs, k)->decimals);
        nlc_csv_end_row(&csv);
    }
    error = nlc_file_finish(&file);
    errno = file.error;
    nlc_file_free(&file);
    return error;
}

static nlc_error rows_compute(const replay *self, const nlc_paired *runs, cli_rows *computed)
{
    FILE *scratch = tmpfile();
    if (scratch == NULL)
        return NLC_ERROR_IO;
    nlc_error error = rows_write(self, runs, scratch);
    if (error == NLC_OK) {
        rewind(scratch);
        error = cli_rows_read_from(computed, scratch);
    }
    fclose(scratch);
    return error;
}

/* The first computed row may begin with the mark of an Excel table; what counts begins at the separator. */
static bool is_same(const cli_rows *written, uint32_t row, const cli_rows *computed, uint32_t k)
{
    size_t length = cli_row_length(computed, k);
    const size_t whole = cli_row_length(written, row);
    const char *end = cli_row_text(computed, k);
    for (; length > 0 && *end != ',' && *end != ';'; length--)
        end++;
    return length > 0 && whole > length && memcmp(cli_row_text(written, row) + whole - length, end, length) == 0;
}

static void rows_compare(replay *self, uint32_t scenario, const cli_rows *computed)
{
    enum { MAX_SHOWN = 10 };
    for (uint32_t run = self->first; run <= self->last; run++) {
        const uint32_t row = scenario * self->num_runs + run;
        if (is_same(&self->written, row, computed, run - self->first)) {
            self->num_same++;
            continue;
        }
        if (self->num_shown++ >= MAX_SHOWN)
            continue;
        printf("run %" PRIu32 " of scenario %" PRIu32 " is not the same:\n", run, scenario + 1);
        cli_row_print("written ", &self->written, row);
        cli_row_print("computed", computed, run - self->first);
    }
}

static int scenario_read(const replay *self, uint32_t s, cli_scenario *scenario)
{
    const char *folder = self->arguments->operands[0];
    nlc_text path = {0};
    nlc_error error = resolved_path(folder, s, &path);
    if (error == NLC_OK)
        error = cli_text_read(path.data, &scenario->text);
    int code = cli_fail(self->arguments, error, path.data != NULL ? path.data : folder);
    if (code == CLI_DONE)
        code = cli_scenario_read(scenario, self->arguments, path.data);
    nlc_text_free(&path);
    return code;
}

/* The runs of one scenario, made as `compare` makes them. */
static int runs_make(const replay *self, const nlc_resolved *const *scenario, nlc_paired *runs)
{
    const cli_arguments *arguments = self->arguments;
    cli_progress progress;
    cli_progress_init(&progress, arguments);
    const nlc_ensemble_options options = {
        .threads = (uint32_t)cli_number(arguments, "threads", cli_num_processors()),
        .seed = scenario[0]->seed,
        .progress = cli_progress_tick,
        .context = &progress,
    };
    nlc_error error = nlc_paired_init(runs, scenario, 1, 0);
    if (error == NLC_OK)
        error = nlc_paired_extend(runs, self->last, &options);
    cli_progress_end(&progress);
    if (error == NLC_ERROR_INTERRUPTED)
        cli_complain(arguments->command, "interrupted; nothing has been compared");
    return cli_fail(arguments, error, arguments->operands[0]);
}

static int scenario_replay(replay *self, uint32_t s)
{
    cli_scenario scenario = {0};
    nlc_paired runs = {0};
    cli_rows computed = {0};
    int code = scenario_read(self, s, &scenario);
    if (code == CLI_DONE)
        code = runs_make(self, (const nlc_resolved *const[]){&scenario.resolved}, &runs);
    if (code == CLI_DONE)
        code = cli_fail(self->arguments, rows_compute(self, &runs, &computed), self->arguments->operands[0]);
    if (code == CLI_DONE)
        rows_compare(self, s, &computed);
    cli_rows_free(&computed);
    nlc_paired_free(&runs);
    cli_scenario_free(&scenario);
    return code;
}

/* ---- The whole ------------------------------------------------------------------------------------- */

static int outcome_print(const replay *self)
{
    const uint32_t num = (self->last - self->first + 1) * self->num_scenarios;
    if (self->first == self->last && self->num_same == num)
        printf("run %" PRIu32 " of %" PRIu32 " scenarios: the same bytes\n", self->first, self->num_scenarios);
    else
        printf("%" PRIu32 " of %" PRIu32 " runs of %" PRIu32 " scenarios: the same bytes\n", self->num_same, num,
               self->num_scenarios);
    return self->num_same == num ? CLI_DONE : CLI_FAILED;
}

int cli_replay_compare(const cli_arguments *arguments)
{
    replay self = {.arguments = arguments};
    int code = written_read(&self);
    if (code == CLI_DONE)
        code = runs_choose(&self);
    for (uint32_t s = 0; s < self.num_scenarios && code == CLI_DONE; s++)
        code = scenario_replay(&self, s);
    if (code == CLI_DONE)
        code = outcome_print(&self);
    cli_rows_free(&self.written);
    return code;
}
