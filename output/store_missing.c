/* Which runs of a study a store lacks: what a sweep would compute, found without computing or writing anything. */
#include "store.h"

#include <string.h>

typedef struct {
    nlc_store store;
    const nlc_study *study;
    sqlite3_stmt *find_input, *find_runs; /* owned */
    int64_t next;                         /* for inputs that are not there: below 0 */
    int64_t most;                         /* the highest position of the columns, which a run must have */
    uint64_t num_missing;
} search;

static nlc_error on_point(void *context, const nlc_sweep_point *point, int64_t *input)
{
    search *self = context;
    char model[128], seed[24];
    nlc_error error = NLC_OK;
    *input = --self->next;
    if (point->hash == NULL)
        return NLC_OK;
    sqlite3_snprintf(sizeof model, model, "%s %u", point->model->name, (unsigned)point->model->code_version);
    sqlite3_snprintf(sizeof seed, seed, "%llu", (unsigned long long)self->study->seed);
    const char *const texts[] = {model, point->hash, seed};
    for (int k = 0; k < 3; k++)
        sqlite3_bind_text(self->find_input, k + 1, texts[k], -1, SQLITE_TRANSIENT);
    if (nlc_store_step(&self->store, self->find_input, &error))
        *input = sqlite3_column_int64(self->find_input, 0);
    sqlite3_reset(self->find_input);
    return error;
}

/* Says that all are there, so that none is computed, and counts those that are not. */
static nlc_error on_find(void *context, int64_t input, uint32_t first, uint32_t num, bool *found)
{
    search *self = context;
    nlc_error error = NLC_OK;
    memset(found, 1, num * sizeof *found);
    sqlite3_bind_int64(self->find_runs, 1, input);
    sqlite3_bind_int64(self->find_runs, 2, first);
    sqlite3_bind_int64(self->find_runs, 3, (int64_t)first + num - 1);
    sqlite3_bind_int64(self->find_runs, 4, self->most);
    if (nlc_store_step(&self->store, self->find_runs, &error))
        self->num_missing += num - (uint64_t)sqlite3_column_int64(self->find_runs, 0);
    sqlite3_reset(self->find_runs);
    return error;
}

static nlc_error on_put(void *context, const nlc_sweep_result *result)
{
    (void)context, (void)result;
    return NLC_OK;
}

static nlc_error on_flush(void *context)
{
    (void)context;
    return NLC_OK;
}

/* A column that the store does not know is in none of its runs. */
static nlc_error most_find(search *self, const nlc_sweep_options *options)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < options->num_columns && !error; k++) {
        sqlite3_stmt *statement = NULL;
        error = nlc_store_prepare(&self->store, &statement, "SELECT position FROM outcome WHERE name = %Q", options->columns[k]);
        int64_t at = INT64_MAX;
        if (!error && nlc_store_step(&self->store, statement, &error))
            at = sqlite3_column_int64(statement, 0);
        self->most = at > self->most ? at : self->most;
        sqlite3_finalize(statement);
    }
    return error;
}

static nlc_error look(search *self, const nlc_sweep_options *options, nlc_sweep_counts *counts)
{
    const nlc_sink sink = {.context = self, .point = on_point, .find = on_find, .put = on_put, .flush = on_flush};
    nlc_error error = most_find(self, options);
    if (!error)
        error = nlc_store_prepare(&self->store, &self->find_input,
                                  "SELECT id FROM input WHERE model = ? AND resolved = ? AND seed = ?");
    if (!error)
        error = nlc_store_prepare(&self->store, &self->find_runs,
                                  "SELECT COUNT(*) FROM run WHERE input = ? AND replicate BETWEEN ? AND ? AND columns >= ? AND "
                                  "series >= %d",
                                  (int)options->series);
    return error ? error : nlc_sweep_run(self->study, &sink, options, counts);
}

nlc_error nlc_store_missing(const char *path, const nlc_study *study, const nlc_sweep_options *options, uint64_t *num_missing,
                            nlc_text *problems)
{
    search self = {.study = study, .most = -1};
    nlc_sweep_counts counts;
    nlc_error error = nlc_store_open(&self.store, path, problems);
    if (!error)
        error = look(&self, options, &counts);
    *num_missing = self.num_missing;
    sqlite3_finalize(self.find_input);
    sqlite3_finalize(self.find_runs);
    nlc_store_free(&self.store);
    return error;
}
