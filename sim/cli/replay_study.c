/* For nftw. */
#define _XOPEN_SOURCE 700

#include "replay_study.h"

#include "load.h"
#include "outcomes.h"
#include "replay_rows.h"
#include "scenario.h"
#include "store.h"

#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    const cli_arguments *arguments;
    nlc_store store;
    nlc_text problems;
    uint64_t run, point, replicate;
    nlc_text settings, resolved, model, seed, folder; /* owned; of the run; `folder` is the scenario's, restored */
    char root[64];                                    /* the temporary folder; "" where there is none */
    cli_scenario scenario;
    nlc_csv_style style; /* of runs.csv */
    nlc_text computed;   /* owned: the row as it comes out now */
    cli_rows written;    /* runs.csv */
    uint64_t per_point, num_points;
    uint64_t num_same, num_compared, num_shown;
} replay;

bool cli_holds_study(const char *folder)
{
    nlc_text path = {0};
    struct stat status;
    const bool holds = nlc_text_print(&path, "%s/%s", folder, NLC_STORE_FILE) == NLC_OK && stat(path.data, &status) == 0;
    nlc_text_free(&path);
    return holds;
}

/* ---- What the store keeps ---------------------------------------------------------------------- */

static nlc_error text_keep(nlc_text *text, sqlite3_stmt *row, int column)
{
    const char *value = (const char *)sqlite3_column_text(row, column);
    return nlc_text_print(text, "%s", value != NULL ? value : "");
}

/* How the runs are numbered: a number for each that a point may have. */
static int numbers_read(replay *self)
{
    nlc_text points = {0}, replicates = {0};
    nlc_error error = nlc_store_about(&self->store, "points", &points);
    if (error == NLC_OK)
        error = nlc_store_about(&self->store, "replicates", &replicates);
    if (error == NLC_OK) {
        self->num_points = strtoull(points.data, NULL, 10);
        self->per_point = strtoull(replicates.data, NULL, 10);
    }
    nlc_text_free(&points);
    nlc_text_free(&replicates);
    return cli_fail_with(self->arguments, error, &self->problems);
}

/* False where there can be no such run. */
static bool run_set(replay *self, const char *text)
{
    char *end;
    self->run = text[0] >= '0' && text[0] <= '9' ? strtoull(text, &end, 10) : 0;
    if (self->run < 1 || self->run > self->per_point * self->num_points || (*end != '\0' && *end != ',' && *end != ';'))
        return false;
    self->point = (self->run - 1) / self->per_point;
    self->replicate = (self->run - 1) % self->per_point;
    return true;
}

/* The scenario's tables, under a temporary folder, so deep that `extends` upwards stays inside. */
static nlc_error file_restore(const replay *self, sqlite3_stmt *row)
{
    nlc_text path = {0};
    const char *below = (const char *)sqlite3_column_text(row, 0);
    if (below[0] != '\0' && below[0] != '/')
        return NLC_OK; /* an absolute path is read where it is */
    nlc_error error = nlc_text_print(&path, "%s%s/", self->folder.data, below);
    for (char *slash = error == NLC_OK ? strchr(path.data + 1, '/') : NULL; slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path.data, 0700) != 0 && errno != EEXIST)
            error = NLC_ERROR_IO;
        *slash = '/';
    }
    if (error == NLC_OK)
        error = nlc_text_print(&path, "%s", (const char *)sqlite3_column_text(row, 1));
    FILE *file = error == NLC_OK ? fopen(path.data, "wb") : NULL;
    const size_t length = (size_t)sqlite3_column_bytes(row, 2);
    if (file == NULL || (length > 0 && fwrite(sqlite3_column_blob(row, 2), 1, length, file) != length))
        error = error == NLC_OK ? NLC_ERROR_IO : error;
    if (file != NULL && fclose(file) != 0 && error == NLC_OK)
        error = NLC_ERROR_IO;
    nlc_text_free(&path);
    return error;
}

static nlc_error files_restore(replay *self, int64_t variant)
{
    const char *temporary = getenv("TMPDIR");
    sqlite3_stmt *row = NULL;
    snprintf(self->root, sizeof self->root, "%.40s/nlcsim-XXXXXX", temporary != NULL ? temporary : P_tmpdir);
    if (mkdtemp(self->root) == NULL) {
        self->root[0] = '\0';
        return NLC_ERROR_IO;
    }
    nlc_error error = nlc_text_print(&self->folder, "%s/1/2/3/4/5/6/7/8/scenario", self->root);
    if (error == NLC_OK)
        error = nlc_store_prepare(&self->store, &row,
                                  "SELECT folder, name, content FROM file WHERE variant = %lld ORDER BY folder = '' DESC, folder",
                                  (long long)variant);
    while (error == NLC_OK && nlc_store_step(&self->store, row, &error))
        error = file_restore(self, row);
    sqlite3_finalize(row);
    return error;
}

static nlc_error point_find(replay *self)
{
    sqlite3_stmt *row = NULL;
    int64_t variant = -1;
    nlc_error error =
        nlc_store_prepare(&self->store, &row,
                          "SELECT p.variant, p.settings, i.resolved, v.model, i.seed FROM point p JOIN input i ON i.id = "
                          "p.input JOIN variant v ON v.variant = p.variant WHERE p.point = %lld",
                          (long long)self->point);
    if (error == NLC_OK && nlc_store_step(&self->store, row, &error)) {
        variant = sqlite3_column_int64(row, 0);
        error = text_keep(&self->settings, row, 1);
        error = error == NLC_OK ? text_keep(&self->resolved, row, 2) : error;
        error = error == NLC_OK ? text_keep(&self->model, row, 3) : error;
        error = error == NLC_OK ? text_keep(&self->seed, row, 4) : error;
    }
    sqlite3_finalize(row);
    if (error == NLC_OK && variant < 0) {
        error = nlc_text_print(&self->problems, "%s: run %" PRIu64 " has not been run, or its point failed (failures.csv)\n",
                               self->store.path, self->run);
        error = error == NLC_OK ? NLC_ERROR_IO : error;
    }
    return error == NLC_OK ? files_restore(self, variant) : error;
}

/* ---- Running it again -------------------------------------------------------------------------- */

/* The settings one a line, and the seed. */
static nlc_error settings_split(replay *self, const char ***texts, size_t *num)
{
    nlc_error error = nlc_text_print(&self->settings, "scenario.seed=%s\n", self->seed.data);
    size_t most = 0;
    for (const char *at = self->settings.data; error == NLC_OK && (at = strchr(at, '\n')) != NULL; at++)
        most++;
    *texts = malloc((most + 1) * sizeof **texts);
    if (error != NLC_OK || *texts == NULL)
        return NLC_ERROR_MEMORY;
    for (char *at = self->settings.data, *end; (end = strchr(at, '\n')) != NULL; at = end + 1) {
        *end = '\0';
        (*texts)[(*num)++] = at;
    }
    return NLC_OK;
}

static nlc_error scenario_make(replay *self, nlc_problems *problems)
{
    const char **texts = NULL;
    size_t num = 0;
    nlc_settings settings = {0};
    cli_scenario *scenario = &self->scenario;
    scenario->folder = calloc(1, sizeof *scenario->folder);
    nlc_error error = scenario->folder == NULL ? NLC_ERROR_MEMORY : settings_split(self, &texts, &num);
    if (error == NLC_OK)
        error = nlc_scenario_load_as(scenario->folder, self->folder.data, nlc_models(),
                                     &(nlc_naming){{"", 0, 0}, self->model.data}, problems);
    if (error == NLC_OK)
        error = nlc_settings_read(&settings, scenario->folder, texts, num, problems);
    if (error == NLC_OK)
        error = nlc_scenario_write(scenario->folder, &settings, &scenario->text, problems);
    if (error == NLC_OK)
        nlc_resolved_hash(scenario->text.data, scenario->text.length, scenario->hash);
    nlc_settings_free(&settings);
    free(texts);
    return error;
}

static int scenario_check(replay *self)
{
    nlc_problems problems = {0};
    const nlc_error error = scenario_make(self, &problems);
    const int code = cli_tell(self->arguments, error, &problems, self->folder.data);
    if (code != CLI_DONE)
        return code;
    if (strcmp(self->scenario.hash, self->resolved.data) == 0)
        return cli_scenario_read(&self->scenario, self->arguments, self->folder.data);
    printf("run %" PRIu64 " is not the same: its scenario resolves to %s, not to %s; another version of the program made it\n",
           self->run, self->scenario.hash, self->resolved.data);
    return CLI_FAILED;
}

/* One run, with its outcomes. */
static nlc_error run_once(const replay *self, const nlc_outcome_column *columns, uint32_t num, double *values)
{
    const nlc_resolved *scenario = &self->scenario.resolved;
    const nlc_kernel *kernel = nlc_kernel_for(scenario->model, 0);
    const nlc_point point = {scenario->parameters, scenario->levers};
    const nlc_lane lane = {&point, (uint32_t)self->replicate};
    void *memory = aligned_alloc(64, (nlc_batch_size(scenario, kernel) + 63) / 64 * 64);
    nlc_outcomes outcomes = {0};
    nlc_error error =
        memory == NULL ? NLC_ERROR_MEMORY : nlc_outcomes_init(&outcomes, scenario, nlc_kernel_lanes(kernel), columns, num);
    if (error == NLC_OK) {
        nlc_batch *batch = nlc_batch_init(memory, scenario, kernel);
        nlc_batch_reset(batch, lane.replicate % scenario->num_draws, scenario->seed, &lane, 1);
        nlc_outcomes_reset(&outcomes);
        for (uint32_t month = 1; month <= scenario->num_months; month++) {
            if (!nlc_batch_is_done(batch))
                nlc_batch_step(batch);
            nlc_outcomes_month(&outcomes, batch, &lane, 1, month);
        }
        for (uint32_t k = 0; k < num; k++)
            values[k] = nlc_outcomes_value(&outcomes, k, 0);
    }
    nlc_outcomes_free(&outcomes);
    free(memory);
    return error;
}

/* ---- Rows -------------------------------------------------------------------------------------- */

static int written_read(replay *self)
{
    nlc_text path = {0};
    nlc_error error = nlc_text_print(&path, "%s/runs.csv", self->arguments->operands[0]);
    if (error == NLC_OK)
        error = cli_rows_read(&self->written, path.data);
    const int code = cli_fail(self->arguments, error, path.data != NULL ? path.data : self->arguments->operands[0]);
    nlc_text_free(&path);
    self->style = cli_rows_style(&self->written);
    return code;
}

/* The row of the run; one behind the last where there is none. */
static uint32_t row_find(const replay *self)
{
    uint32_t row = 1;
    while (row < self->written.num && strtoull(cli_row_text(&self->written, row), NULL, 10) != self->run)
        row++;
    return row;
}

static void row_write(const replay *self, nlc_csv *csv, const double *values, const uint32_t *decimals, uint32_t num)
{
    nlc_csv_whole(csv, self->run);
    nlc_csv_whole(csv, self->point + 1);
    nlc_csv_whole(csv, self->replicate);
    nlc_csv_text(csv, self->seed.data);
    for (uint32_t k = 0; k < num; k++)
        nlc_csv_number(csv, values[k], decimals[k]);
    nlc_csv_end_row(csv);
}

static nlc_error row_make(replay *self, const double *values, const uint32_t *decimals, uint32_t num)
{
    FILE *scratch = tmpfile();
    nlc_file file;
    nlc_csv csv;
    char *line = NULL;
    size_t capacity = 0;
    if (scratch == NULL)
        return NLC_ERROR_IO;
    nlc_error error = nlc_file_init(&file, fileno(scratch));
    if (error == NLC_OK) {
        nlc_csv_begin(&csv, &file, self->style);
        row_write(self, &csv, values, decimals, num);
        error = nlc_file_finish(&file);
    }
    nlc_file_free(&file);
    rewind(scratch);
    if (error == NLC_OK && getline(&line, &capacity, scratch) > 0)
        error = nlc_text_print(&self->computed, "%s", line + strcspn(line, "0123456789"));
    free(line);
    fclose(scratch);
    return error;
}

typedef struct {
    nlc_outcome_column *columns; /* [num], owned */
    uint32_t *at, *decimals;     /* [num], owned: at: index into columns, or NLC_NONE where this scenario lacks it */
    double *values;              /* [num], owned */
    uint32_t num, num_found;
} row_columns;

static nlc_error columns_read(replay *self, row_columns *columns)
{
    enum { MOST = 2000 };
    sqlite3_stmt *row = NULL;
    columns->columns = malloc(MOST * sizeof *columns->columns);
    columns->at = malloc(MOST * sizeof *columns->at);
    columns->decimals = malloc(MOST * sizeof *columns->decimals);
    columns->values = malloc(MOST * sizeof *columns->values);
    if (columns->columns == NULL || columns->at == NULL || columns->decimals == NULL || columns->values == NULL)
        return NLC_ERROR_MEMORY;
    nlc_error error = nlc_store_prepare(&self->store, &row,
                                        "SELECT name, decimals FROM outcome WHERE chosen IS NOT NULL ORDER BY chosen LIMIT 2000");
    while (error == NLC_OK && nlc_store_step(&self->store, row, &error)) {
        const bool is_there = nlc_outcome_column_find(&columns->columns[columns->num_found], &self->scenario.resolved,
                                                      (const char *)sqlite3_column_text(row, 0));
        columns->decimals[columns->num] = (uint32_t)sqlite3_column_int(row, 1);
        columns->at[columns->num++] = is_there ? columns->num_found : NLC_NONE;
        columns->num_found += is_there;
    }
    sqlite3_finalize(row);
    return error;
}

static nlc_error row_compute(replay *self)
{
    row_columns columns = {0};
    double *values = NULL;
    nlc_error error = columns_read(self, &columns);
    if (error == NLC_OK) {
        values = malloc((columns.num + (size_t)1) * sizeof *values);
        error = values == NULL ? NLC_ERROR_MEMORY : run_once(self, columns.columns, columns.num_found, columns.values);
    }
    for (uint32_t k = 0; k < columns.num && error == NLC_OK; k++)
        values[k] = columns.at[k] == NLC_NONE ? (double)NAN : columns.values[columns.at[k]];
    if (error == NLC_OK)
        error = row_make(self, values, columns.decimals, columns.num);
    free(values);
    free(columns.columns);
    free(columns.at);
    free(columns.decimals);
    free(columns.values);
    return error;
}

/* ---- The whole --------------------------------------------------------------------------------- */

/* Compares a row with what has been computed; differences are shown, the first of them. */
static void row_compare(replay *self, uint32_t row)
{
    enum { MAX_SHOWN = 10 };
    const size_t length = cli_row_length(&self->written, row);
    self->num_compared++;
    if (length == self->computed.length && memcmp(cli_row_text(&self->written, row), self->computed.data, length) == 0) {
        self->num_same++;
        return;
    }
    if (self->num_shown++ >= MAX_SHOWN)
        return;
    printf("run %" PRIu64 " is not the same:\n", self->run);
    cli_row_print("written ", &self->written, row);
    printf("  computed %s", self->computed.data);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

static void point_free(replay *self)
{
    enum { DESCRIPTORS = 16 };
    nlc_text *const texts[] = {&self->settings, &self->resolved, &self->model, &self->seed, &self->folder};
    if (self->root[0] != '\0')
        nftw(self->root, remove_one, DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
    self->root[0] = '\0';
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        nlc_text_free(texts[k]);
    cli_scenario_free(&self->scenario);
    self->scenario = (cli_scenario){0};
}

static int point_load(replay *self)
{
    point_free(self);
    const int code = cli_fail_with(self->arguments, point_find(self), &self->problems);
    return code == CLI_DONE ? scenario_check(self) : code;
}

static int row_replay(replay *self, uint32_t row)
{
    self->computed.length = 0;
    const int code = cli_fail_with(self->arguments, row_compute(self), &self->problems);
    if (code == CLI_DONE)
        row_compare(self, row);
    return code;
}

/* The scenario of a point is made once: its runs stand one below the other. */
static int all_replay(replay *self)
{
    uint64_t loaded = UINT64_MAX;
    int code = CLI_DONE;
    for (uint32_t row = 1; row < self->written.num && code == CLI_DONE; row++) {
        if (!run_set(self, cli_row_text(&self->written, row))) {
            printf("row %" PRIu32 " of runs.csv is of no run of this study\n", row);
            return CLI_FAILED;
        }
        if (self->point != loaded)
            code = point_load(self);
        loaded = self->point;
        if (code == CLI_DONE)
            code = row_replay(self, row);
    }
    if (code == CLI_DONE)
        printf("%" PRIu64 " of %" PRIu64 " runs: the same bytes\n", self->num_same, self->num_compared);
    return code;
}

static int one_replay(replay *self)
{
    const char *text = cli_value(self->arguments, "run");
    if (text[strspn(text, "0123456789")] != '\0' || !run_set(self, text)) {
        cli_complain(self->arguments->command, "--run '%s': expected a number from 1 to %" PRIu64 ", as in runs.csv, or all", text,
                     self->per_point * self->num_points);
        return CLI_WRONG;
    }
    int code = point_load(self);
    if (code == CLI_DONE)
        code = row_replay(self, row_find(self));
    if (code == CLI_DONE && self->num_same == 1)
        printf("run %" PRIu64 ": the same bytes\n", self->run);
    return code;
}

static int replay_with(replay *self)
{
    int code = cli_fail_with(self->arguments, nlc_store_open(&self->store, self->arguments->operands[0], &self->problems),
                             &self->problems);
    if (code == CLI_DONE)
        code = numbers_read(self);
    if (code == CLI_DONE)
        code = written_read(self);
    if (code == CLI_DONE)
        code = strcmp(cli_value(self->arguments, "run"), "all") == 0 ? all_replay(self) : one_replay(self);
    return code == CLI_DONE && self->num_same < self->num_compared ? CLI_FAILED : code;
}

int cli_replay_study(const cli_arguments *arguments)
{
    replay self = {.arguments = arguments};
    const int code = replay_with(&self);
    point_free(&self);
    cli_rows_free(&self.written);
    nlc_text_free(&self.problems);
    nlc_text_free(&self.computed);
    nlc_store_free(&self.store);
    return code;
}
