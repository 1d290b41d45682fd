#include "load.h"

#include "folder.h"
#include "forecast.h"
#include "progress.h"
#include "rows.h"
#include "skill.h"
#include "store.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORECAST_SEED = 1 };

/* A row of TASKS. */
typedef struct {
    const char *protocol, *series, *dataset, *half; /* in the arena */
    uint32_t num_places, num_train, num_test, train_count, final_count;
    nlc_where where;
} task;

/* An adoption, or a place that never adopts (period 0). */
typedef struct {
    const char *series; /* in the arena: DATASET/COMMUNITY, or the policy */
    int32_t period;
} adoption;

typedef struct {
    const cli_arguments *arguments;
    nlc_problems problems;
    nlc_arena arena;
    task *tasks; /* [num_tasks], owned */
    uint32_t num_tasks;
    size_t task_capacity;
    adoption *adoptions; /* [num_adoptions], owned */
    uint32_t num_adoptions;
    size_t adoption_capacity;
    nlc_words groups, files; /* "DATASET, protocol P"; names of data files that have been read */
    nlc_series *series;      /* [num_tasks], owned */
    uint32_t *counts;        /* owned: of all series */
    nlc_forecast_score *scores;
    cli_progress progress;
} forecasting;

/* ---- Tables by the names of their columns ---------------------------------------------------------- */

enum { MAX_COLUMNS = 9 };

typedef struct {
    forecasting *self;
    nlc_where where;
    const char *const *names; /* ends with NULL */
    size_t at[MAX_COLUMNS];
    bool has_header;
    nlc_error (*row)(forecasting *self, const char *const *cells, nlc_where where);
} table;

static nlc_error header_read(table *self, const nlc_row *row)
{
    for (uint32_t k = 0; self->names[k] != NULL; k++) {
        self->at[k] = 0;
        while (self->at[k] < row->num && strcmp(row->cell[self->at[k]], self->names[k]) != 0)
            self->at[k]++;
        if (self->at[k] == row->num)
            nlc_problems_add(&self->self->problems, self->where, "has no column %s", self->names[k]);
    }
    self->has_header = true;
    return nlc_problems_error(&self->self->problems);
}

static nlc_error on_row(void *context, const nlc_row *row)
{
    table *self = context;
    const char *cells[MAX_COLUMNS];
    const nlc_where where = {self->where.file, row->line, self->where.order};
    if (!self->has_header)
        return header_read(self, row);
    for (uint32_t k = 0; self->names[k] != NULL; k++)
        cells[k] = self->at[k] < row->num ? row->cell[self->at[k]] : "";
    return self->row(self->self, cells, where);
}

static nlc_error table_read(forecasting *self, const char *path, const char *const *names,
                            nlc_error (*row)(forecasting *self, const char *const *cells, nlc_where where))
{
    table reading = {.self = self, .where = {path, 0, 0}, .names = names, .row = row};
    return nlc_rows_read(path, reading.where, &self->problems, on_row, &reading);
}

static const char *kept(forecasting *self, const char *text)
{
    return nlc_arena_text(&self->arena, text, strlen(text));
}

/* ---- Tasks ----------------------------------------------------------------------------------------- */

static bool whole_read(const char *text, uint32_t low, uint32_t high, uint32_t *value)
{
    char *end;
    const unsigned long number = strtoul(text, &end, 10);
    *value = (uint32_t)number;
    return isdigit((unsigned char)text[0]) && *end == '\0' && number >= low && number <= high;
}

static nlc_error on_task(forecasting *self, const char *const *cells, nlc_where where)
{
    task row = {kept(self, cells[0]), kept(self, cells[1]), kept(self, cells[2]), kept(self, cells[3]), .where = where};
    uint32_t *const numbers[] = {&row.num_places, &row.num_train, &row.num_test, &row.train_count, &row.final_count};
    bool good = true;
    for (uint32_t k = 0; k < 5; k++)
        good = good && whole_read(cells[4 + k], k < 3 ? 1 : 0, 1000000, numbers[k]);
    if (!good) {
        nlc_problems_add(&self->problems, where, "places, periods and counts are not whole numbers");
        return NLC_OK;
    }
    task *grown = nlc_grown(self->tasks, &self->task_capacity, self->num_tasks + (size_t)1, sizeof *grown);
    if (grown == NULL || !row.protocol || !row.series || !row.dataset || !row.half)
        return NLC_ERROR_MEMORY;
    self->tasks = grown;
    self->tasks[self->num_tasks++] = row;
    return NLC_OK;
}

/* ---- Adoptions ------------------------------------------------------------------------------------- */

static nlc_error adoption_add(forecasting *self, const char *series, int32_t period)
{
    adoption *grown = nlc_grown(self->adoptions, &self->adoption_capacity, self->num_adoptions + (size_t)1, sizeof *grown);
    const char *name = kept(self, series);
    if (grown == NULL || name == NULL)
        return NLC_ERROR_MEMORY;
    self->adoptions = grown;
    self->adoptions[self->num_adoptions++] = (adoption){name, period};
    return NLC_OK;
}

/* policy, adopt_year */
static nlc_error on_policy(forecasting *self, const char *const *cells, nlc_where where)
{
    uint32_t year;
    if (!whole_read(cells[1], 1, 9999, &year)) {
        nlc_problems_add(&self->problems, where, "adopt_year is '%s', expected a year", cells[1]);
        return NLC_OK;
    }
    return adoption_add(self, cells[0], (int32_t)year);
}

/* dataset, community, toa: a place counts in its community and in all of them. */
static nlc_error on_place(forecasting *self, const char *const *cells, nlc_where where)
{
    char name[256];
    uint32_t period = 0;
    if (cells[2][0] != '\0' && strcmp(cells[2], "NA") != 0 && !whole_read(cells[2], 1, 1000000, &period)) {
        nlc_problems_add(&self->problems, where, "toa is '%s', expected a period", cells[2]);
        return NLC_OK;
    }
    if (period == 0)
        return NLC_OK;
    snprintf(name, sizeof name, "%s/%s", cells[0], cells[1]);
    nlc_error error = adoption_add(self, name, (int32_t)period);
    snprintf(name, sizeof name, "%s/all", cells[0]);
    return error == NLC_OK ? adoption_add(self, name, (int32_t)period) : error;
}

/* US state policies come in halves; the network sets in one file. */
static bool is_policy(const task *row)
{
    return strcmp(row->dataset, "SPID") == 0;
}

static nlc_error data_read(forecasting *self, const task *row)
{
    static const char *const policy_names[] = {"policy", "adopt_year", NULL}, *const place_names[] = {"dataset", "community", "toa",
                                                                                                      NULL};
    const char *tasks = self->arguments->operands[0], *slash = strrchr(tasks, '/');
    nlc_text path = {0};
    uint32_t number;
    const uint32_t before = self->files.num;
    nlc_error error = nlc_text_print(&path, "%.*s", slash == NULL ? 0 : (int)(slash + 1 - tasks), tasks);
    if (error == NLC_OK)
        error = is_policy(row) ? nlc_text_print(&path, "spid_%s.csv", row->half) : nlc_text_print(&path, "netdiffuser_toa.csv");
    for (size_t k = slash == NULL ? 0 : (size_t)(slash + 1 - tasks); error == NLC_OK && k < path.length; k++)
        path.data[k] = (char)tolower((unsigned char)path.data[k]);
    if (error == NLC_OK)
        error = nlc_words_add(&self->files, &self->arena, path.data, &number);
    if (error == NLC_OK && number == before)
        error = is_policy(row) ? table_read(self, self->files.text[number], policy_names, on_policy)
                               : table_read(self, self->files.text[number], place_names, on_place);
    nlc_text_free(&path);
    return error;
}

static int compare_adoptions(const void *a, const void *b)
{
    const adoption *x = a, *y = b;
    const int order = strcmp(x->series, y->series);
    return order != 0 ? order : (x->period > y->period) - (x->period < y->period);
}

/* The first adoption of a series among the sorted ones. */
static uint32_t adoptions_find(const forecasting *self, const char *series)
{
    uint32_t low = 0, high = self->num_adoptions;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (strcmp(self->adoptions[middle].series, series) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Counts at the ends of the periods. A policy's first period is the year of its first adoption. What the
 * task says of the counts must be what the data say. */
static void counts_make(forecasting *self, const task *row, uint32_t *counts)
{
    const uint32_t first = adoptions_find(self, row->series), num = row->num_train + row->num_test;
    const int32_t start = is_policy(row) && first < self->num_adoptions ? self->adoptions[first].period : 1;
    memset(counts, 0, num * sizeof *counts);
    for (uint32_t k = first; k < self->num_adoptions && strcmp(self->adoptions[k].series, row->series) == 0; k++)
        for (uint32_t t = (uint32_t)(self->adoptions[k].period - start); t < num; t++)
            counts[t]++;
    if (counts[row->num_train - 1] != row->train_count || counts[num - 1] != row->final_count || counts[num - 1] > row->num_places)
        nlc_problems_add(&self->problems, row->where,
                         "%s: the data count %u adopters after %u periods and %u after %u; the task says %u and %u of %u places",
                         row->series, counts[row->num_train - 1], row->num_train, counts[num - 1], num, row->train_count,
                         row->final_count, row->num_places);
}

static nlc_error group_find(forecasting *self, const task *row, uint32_t *group)
{
    nlc_text name = {0};
    nlc_error error =
        nlc_text_print(&name, "%s, protocol %s%s%s", row->dataset, row->protocol, row->half[0] != '\0' ? ", half " : "", row->half);
    if (error == NLC_OK)
        error = nlc_words_add(&self->groups, &self->arena, name.data, group);
    nlc_text_free(&name);
    return error;
}

static nlc_error series_make(forecasting *self)
{
    size_t num = 0, at = 0;
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < self->num_tasks; k++)
        num += self->tasks[k].num_train + self->tasks[k].num_test;
    self->series = malloc((self->num_tasks + (size_t)1) * sizeof *self->series);
    self->counts = malloc((num + 1) * sizeof *self->counts);
    self->scores = malloc((self->num_tasks * (size_t)NLC_NUM_FORECASTS + 1) * sizeof *self->scores);
    if (!self->series || !self->counts || !self->scores)
        return NLC_ERROR_MEMORY;
    qsort(self->adoptions, self->num_adoptions, sizeof *self->adoptions, compare_adoptions);
    for (uint32_t k = 0; k < self->num_tasks && error == NLC_OK; k++) {
        const task *row = &self->tasks[k];
        counts_make(self, row, self->counts + at);
        self->series[k] = (nlc_series){row->series, 0, row->num_places, row->num_train, row->num_test, self->counts + at};
        error = group_find(self, row, &self->series[k].group);
        at += row->num_train + row->num_test;
    }
    return error == NLC_OK ? nlc_problems_error(&self->problems) : error;
}

static nlc_error tasks_read(forecasting *self)
{
    static const char *const names[] = {"protocol",      "series",       "dataset",   "half",      "N",
                                        "train_periods", "test_periods", "train_cum", "final_cum", NULL};
    nlc_error error = table_read(self, self->arguments->operands[0], names, on_task);
    if (error == NLC_OK)
        error = nlc_problems_error(&self->problems);
    for (uint32_t k = 0; k < self->num_tasks && error == NLC_OK; k++)
        error = data_read(self, &self->tasks[k]);
    if (error == NLC_OK && self->num_tasks == 0) {
        nlc_problems_add(&self->problems, (nlc_where){self->arguments->operands[0], 0, 0}, "lists no task");
        error = NLC_ERROR_INPUT;
    }
    return error == NLC_OK ? series_make(self) : error;
}

/* ---- The whole ------------------------------------------------------------------------------------- */

static int finish(forecasting *self)
{
    const char *out = cli_value(self->arguments, "out"), *tasks = self->arguments->operands[0], *slash = strrchr(tasks, '/');
    nlc_text command = {0}, text = {0}, problems = {0};
    nlc_error error = nlc_text_print(&command, "nlcsim forecast %s", slash == NULL ? tasks : slash + 1);
    const nlc_skills what = {.command = command.data,
                             .seed = FORECAST_SEED,
                             .num_series = self->num_tasks,
                             .num_groups = self->groups.num,
                             .series = self->series,
                             .groups = self->groups.text,
                             .scores = self->scores};
    int code = cli_fail(self->arguments, error, tasks);
    if (code == CLI_DONE && out != NULL)
        code = cli_fail_with(self->arguments, nlc_skills_write(&what, out, &problems), &problems);
    if (code == CLI_DONE && !cli_is_given(self->arguments, "quiet")) {
        code = cli_fail(self->arguments, nlc_skills_summarise(&what, &text), tasks);
        fwrite(text.data, 1, text.length, stdout);
    }
    nlc_text_free(&command);
    nlc_text_free(&text);
    return code;
}

static int forecast_with(forecasting *self)
{
    const char *out = cli_value(self->arguments, "out");
    nlc_text text = {0};
    errno = 0;
    const nlc_error read = tasks_read(self);
    int code = cli_tell(self->arguments, read, &self->problems, self->arguments->operands[0]);
    if (code == CLI_DONE && out != NULL)
        code = cli_fail_with(self->arguments, nlc_folder_check(out, &text), &text);
    if (code != CLI_DONE)
        return code;
    cli_progress_init(&self->progress, self->arguments);
    const nlc_error error =
        nlc_forecasts_score(self->series, self->num_tasks, FORECAST_SEED, cli_progress_tick, &self->progress, self->scores);
    cli_progress_end(&self->progress);
    code = cli_fail(self->arguments, error, self->arguments->operands[0]);
    return code == CLI_DONE ? finish(self) : code;
}

static int forecast(const cli_arguments *arguments)
{
    forecasting self = {.arguments = arguments};
    const int code = forecast_with(&self);
    free(self.tasks);
    free(self.adoptions);
    free(self.series);
    free(self.counts);
    free(self.scores);
    nlc_words_free(&self.groups);
    nlc_words_free(&self.files);
    nlc_arena_free(&self.arena);
    nlc_problems_free(&self.problems);
    return code;
}

static const cli_option options[] = {
    {.name = "out",
     .letter = 'o',
     .kind = CLI_FOLDER,
     .argument = "DIR",
     .standard = "nothing is written",
     .meaning = "A folder for scores.csv (each method on each series) and skill.csv (means)."},
    CLI_OPTION_QUIET,
    CLI_OPTION_PROGRESS,
};

const cli_command cli_forecast = {
    .name = "forecast",
    .operands = "TASKS",
    .operand_kind = CLI_FILE,
    .min_operands = 1,
    .max_operands = 1,
    .summary = "forecast the rest of adoption series from their first part, and score the forecasts",
    .description =
        "Reads TASKS, a table of adoption series (protocol, series, dataset, half, N, train_periods, test_periods, train_cum, "
        "final_cum) with the data beside it (spid_HALF.csv for SPID, netdiffuser_toa.csv for others), fits every method to the "
        "training periods, and scores what it says of the later ones: CRPS in percent of the places, log score in nats, and how "
        "often the 90 % interval holds. The methods: persistence; a constant hazard; Bass, logistic and Gompertz curves by "
        "least squares and by empirical Bayes; and the mean of all of these. Means are given beside the constant hazard, with two "
        "standard errors of the paired difference; a loss is called a loss.\n"
        "Empirical Bayes learns its prior from the training periods of all series of a group, some of which are later in the "
        "calendar than the series at hand; it never sees the periods that are forecast.",
    .example = "nlcsim forecast forecast_tasks_open.csv",
    .example_means = "Scores all methods on every task of the table.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = forecast,
};
