#include "forecast_tasks.h"

#include "named.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static nlc_error table_read(cli_tasks *self, const char *path, const char *const *names,
                            nlc_error (*row)(void *context, const char *const *cells, nlc_where where))
{
    const cli_named table = {.problems = &self->problems, .names = names, .row = row, .context = self};
    return cli_named_read(&table, path);
}

static const char *kept(cli_tasks *self, const char *text)
{
    return nlc_arena_text(&self->arena, text, strlen(text));
}

/* ---- Tasks ----------------------------------------------------------------------------------------- */

static nlc_error on_task(void *context, const char *const *cells, nlc_where where)
{
    cli_tasks *self = context;
    cli_task row = {kept(self, cells[0]), kept(self, cells[1]), kept(self, cells[2]), kept(self, cells[3]), .where = where};
    uint32_t *const numbers[] = {&row.num_places, &row.num_train, &row.num_test, &row.train_count, &row.final_count};
    bool good = true;
    for (uint32_t k = 0; k < 5; k++)
        good = good && cli_whole_read(cells[4 + k], k < 3 ? 1 : 0, 1000000, numbers[k]);
    if (!good) {
        nlc_problems_add(&self->problems, where, "places, periods and counts are not whole numbers");
        return NLC_OK;
    }
    cli_task *grown = nlc_grown(self->tasks, &self->task_capacity, self->num_tasks + (size_t)1, sizeof *grown);
    if (grown == NULL || !row.protocol || !row.series || !row.dataset || !row.half)
        return NLC_ERROR_MEMORY;
    self->tasks = grown;
    self->tasks[self->num_tasks++] = row;
    return NLC_OK;
}

/* ---- Adoptions ------------------------------------------------------------------------------------- */

static nlc_error adoption_add(cli_tasks *self, const char *series, int32_t period)
{
    cli_adoption *grown = nlc_grown(self->adoptions, &self->adoption_capacity, self->num_adoptions + (size_t)1, sizeof *grown);
    const char *name = kept(self, series);
    if (grown == NULL || name == NULL)
        return NLC_ERROR_MEMORY;
    self->adoptions = grown;
    self->adoptions[self->num_adoptions++] = (cli_adoption){name, period};
    return NLC_OK;
}

/* policy, adopt_year */
static nlc_error on_policy(void *context, const char *const *cells, nlc_where where)
{
    cli_tasks *self = context;
    uint32_t year;
    if (!cli_whole_read(cells[1], 1, 9999, &year)) {
        nlc_problems_add(&self->problems, where, "adopt_year is '%s', expected a year", cells[1]);
        return NLC_OK;
    }
    return adoption_add(self, cells[0], (int32_t)year);
}

/* dataset, community, toa: a place counts in its community and in all of them. */
static nlc_error on_place(void *context, const char *const *cells, nlc_where where)
{
    cli_tasks *self = context;
    char name[256];
    uint32_t period = 0;
    if (cells[2][0] != '\0' && strcmp(cells[2], "NA") != 0 && !cli_whole_read(cells[2], 1, 1000000, &period)) {
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
static bool is_policy(const cli_task *row)
{
    return strcmp(row->dataset, "SPID") == 0;
}

static nlc_error data_read(cli_tasks *self, const cli_task *row)
{
    static const char *const policy_names[] = {"policy", "adopt_year", NULL}, *const place_names[] = {"dataset", "community", "toa",
                                                                                                      NULL};
    const char *tasks = self->path, *slash = strrchr(tasks, '/');
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
    const cli_adoption *x = a, *y = b;
    const int order = strcmp(x->series, y->series);
    return order != 0 ? order : (x->period > y->period) - (x->period < y->period);
}

/* The first adoption of a series among the sorted ones. */
static uint32_t adoptions_find(const cli_tasks *self, const char *series)
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
static void counts_make(cli_tasks *self, const cli_task *row, uint32_t *counts)
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

static nlc_error group_find(cli_tasks *self, const cli_task *row, uint32_t *group)
{
    nlc_text name = {0};
    nlc_error error =
        nlc_text_print(&name, "%s, protocol %s%s%s", row->dataset, row->protocol, row->half[0] != '\0' ? ", half " : "", row->half);
    if (error == NLC_OK)
        error = nlc_words_add(&self->groups, &self->arena, name.data, group);
    nlc_text_free(&name);
    return error;
}

static nlc_error series_make(cli_tasks *self)
{
    size_t num = 0, at = 0;
    uint32_t dataset;
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < self->num_tasks; k++)
        num += self->tasks[k].num_train + self->tasks[k].num_test;
    self->series = malloc((self->num_tasks + (size_t)1) * sizeof *self->series);
    self->counts = malloc((num + 1) * sizeof *self->counts);
    if (!self->series || !self->counts)
        return NLC_ERROR_MEMORY;
    qsort(self->adoptions, self->num_adoptions, sizeof *self->adoptions, compare_adoptions);
    for (uint32_t k = 0; k < self->num_tasks && error == NLC_OK; k++) {
        const cli_task *row = &self->tasks[k];
        counts_make(self, row, self->counts + at);
        self->series[k] = (nlc_series){row->series, 0, row->num_places, row->num_train, row->num_test, self->counts + at};
        error = group_find(self, row, &self->series[k].group);
        if (error == NLC_OK)
            error = nlc_words_add(&self->datasets, &self->arena, row->dataset, &dataset);
        at += row->num_train + row->num_test;
    }
    return error == NLC_OK ? nlc_problems_error(&self->problems) : error;
}

nlc_error cli_tasks_read(cli_tasks *self, const char *path)
{
    static const char *const names[] = {"protocol",      "series",       "dataset",   "half",      "N",
                                        "train_periods", "test_periods", "train_cum", "final_cum", NULL};
    self->path = path;
    nlc_error error = table_read(self, path, names, on_task);
    if (error == NLC_OK)
        error = nlc_problems_error(&self->problems);
    for (uint32_t k = 0; k < self->num_tasks && error == NLC_OK; k++)
        error = data_read(self, &self->tasks[k]);
    if (error == NLC_OK && self->num_tasks == 0) {
        nlc_problems_add(&self->problems, (nlc_where){self->path, 0, 0}, "lists no task");
        error = NLC_ERROR_INPUT;
    }
    return error == NLC_OK ? series_make(self) : error;
}

void cli_tasks_free(cli_tasks *self)
{
    free(self->tasks);
    free(self->adoptions);
    free(self->series);
    free(self->counts);
    nlc_words_free(&self->groups);
    nlc_words_free(&self->files);
    nlc_words_free(&self->datasets);
    nlc_arena_free(&self->arena);
    nlc_problems_free(&self->problems);
}
