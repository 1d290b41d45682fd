/* The sink of a sweep: statements that are prepared once, and run for every point and run. */
#include "store.h"

#include "problems.h"

#include <math.h>
#include <string.h>
#include <time.h>

/* A transaction lasts at most about so long: what a kill can cost, against what a commit does. */
static const double transaction_seconds = 0.25;

static double seconds_now(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ---- Statements of a sweep --------------------------------------------------------------------- */

static nlc_error prepare_point(nlc_store *self)
{
    nlc_text marks = {0};
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < self->study->num_factors && error == NLC_OK; k++)
        error = nlc_text_print(&marks, ", ?");
    if (error == NLC_OK)
        error = nlc_store_prepare(self, &self->add_point, "INSERT OR REPLACE INTO point VALUES(?, ?, ?, ?, ?, ?, ?, NULL%s)",
                                  marks.data ? marks.data : "");
    nlc_text_free(&marks);
    return error;
}

static nlc_error prepare_end(nlc_store *self, const char *precise)
{
    nlc_error error = nlc_store_prepare(self, &self->find_values,
                                        "SELECT replicate, \"%w\" FROM run WHERE input = ? AND replicate BETWEEN ? AND ?", precise);
    if (error == NLC_OK)
        error = nlc_store_prepare(self, &self->end_point, "UPDATE point SET runs = ?, precision = ? WHERE point = ?");
    return error;
}

static nlc_error prepare_run(nlc_store *self, const nlc_store_options *options)
{
    nlc_text names = {0}, marks = {0};
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < self->num_columns && error == NLC_OK; k++) {
        char *name = sqlite3_mprintf(", \"%w\"", options->columns[k]);
        error = name ? nlc_text_print(&names, "%s", name) : NLC_ERROR_MEMORY;
        sqlite3_free(name);
        error = error == NLC_OK ? nlc_text_print(&marks, ", ?") : error;
    }
    if (error == NLC_OK)
        error = nlc_store_prepare(self, &self->add_run,
                                  "INSERT OR REPLACE INTO run(input, replicate, columns, series%s) VALUES(?, ?, ?, ?%s)",
                                  names.data ? names.data : "", marks.data ? marks.data : "");
    if (error == NLC_OK && options->cache)
        error =
            nlc_store_prepare(self, &self->copy_runs,
                              "INSERT OR IGNORE INTO run(input, replicate, columns, series%s) SELECT ?4, replicate, ?5, 0%s FROM "
                              "cache.run WHERE input = (SELECT id FROM cache.input WHERE resolved = ?1 AND seed = ?2 AND model "
                              "= ?3)",
                              names.data ? names.data : "", names.data ? names.data : "");
    nlc_text_free(&names);
    nlc_text_free(&marks);
    return error;
}

static nlc_error prepare_series(nlc_store *self)
{
    const nlc_model *model = self->study->variant[0].scenario.model;
    nlc_text names = {0}, marks = {0};
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < model->num_measures && error == NLC_OK; k++) {
        error = nlc_text_print(&names, ", \"%s\"", model->measures[k].name);
        error = error == NLC_OK ? nlc_text_print(&marks, ", ?") : error;
    }
    if (error == NLC_OK)
        error =
            nlc_store_prepare(self, &self->add_series, "INSERT OR REPLACE INTO series(input, replicate, month%s) VALUES(?, ?, ?%s)",
                              names.data, marks.data);
    nlc_text_free(&names);
    nlc_text_free(&marks);
    return error;
}

static nlc_error prepare_all(nlc_store *self, const nlc_store_options *options)
{
    nlc_error error =
        nlc_store_prepare(self, &self->add_input, "INSERT OR IGNORE INTO input(model, resolved, seed) VALUES(?, ?, ?)");
    if (error == NLC_OK)
        error = nlc_store_prepare(self, &self->find_input, "SELECT id FROM input WHERE model = ? AND resolved = ? AND seed = ?");
    if (error == NLC_OK)
        error = nlc_store_prepare(
            self, &self->find_runs,
            "SELECT replicate FROM run WHERE input = ? AND replicate BETWEEN ? AND ? AND columns >= ? AND series >= ?");
    if (error == NLC_OK)
        error = prepare_point(self);
    if (error == NLC_OK && options->precise)
        error = prepare_end(self, options->precise);
    if (error == NLC_OK)
        error = prepare_run(self, options);
    return error == NLC_OK && self->series ? prepare_series(self) : error;
}

/* Runs of a store that lacks a column are of no use. */
static nlc_error attach_cache(nlc_store *self, const nlc_store_options *options)
{
    nlc_error error = nlc_store_do(self, "ATTACH '%q/%q' AS cache", options->cache, NLC_STORE_FILE);
    for (uint32_t k = 0; k < options->num_columns && error == NLC_OK; k++) {
        sqlite3_stmt *statement = NULL;
        error = nlc_store_prepare(self, &statement, "SELECT 1 FROM pragma_table_info('run', 'cache') WHERE name = %Q",
                                  options->columns[k]);
        if (error == NLC_OK && !nlc_store_step(self, statement, &error) && error == NLC_OK) {
            error = nlc_text_print(self->problems, "%s: --cache: its runs have no '%s'; it is of another model or study\n",
                                   options->cache, options->columns[k]);
            error = error == NLC_OK ? NLC_ERROR_IO : error;
        }
        sqlite3_finalize(statement);
    }
    self->has_cache = error == NLC_OK;
    return error;
}

nlc_error nlc_store_sink_prepare(nlc_store *self, const nlc_store_options *options)
{
    const nlc_error error = options->cache ? attach_cache(self, options) : NLC_OK;
    return error == NLC_OK ? prepare_all(self, options) : error;
}

/* ---- The sink ---------------------------------------------------------------------------------- */

/* Runs a statement that has been bound, once. */
static nlc_error run_once(nlc_store *self, sqlite3_stmt *statement)
{
    nlc_error error = NLC_OK;
    nlc_store_step(self, statement, &error);
    sqlite3_reset(statement);
    return error;
}

static nlc_error begin(nlc_store *self)
{
    if (self->in_transaction)
        return NLC_OK;
    self->begun = seconds_now();
    const nlc_error error = nlc_store_do(self, "BEGIN");
    self->in_transaction = error == NLC_OK;
    return error;
}

static void bind_text(sqlite3_stmt *statement, int at, const char *text)
{
    sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

static nlc_error copy_runs(nlc_store *self, const char *model, const char *hash, const char *seed, int64_t input)
{
    sqlite3_stmt *copy = self->copy_runs;
    bind_text(copy, 1, hash);
    bind_text(copy, 2, seed);
    bind_text(copy, 3, model);
    sqlite3_bind_int64(copy, 4, input);
    sqlite3_bind_int64(copy, 5, self->most_position);
    return run_once(self, copy);
}

static nlc_error take_input(nlc_store *self, const nlc_sweep_point *point, int64_t *input)
{
    char model[128], seed[24];
    sqlite3_snprintf(sizeof model, model, "%s %u", point->model->name, (unsigned)point->model->code_version);
    sqlite3_snprintf(sizeof seed, seed, "%llu", (unsigned long long)self->study->seed);
    sqlite3_stmt *const statements[] = {self->add_input, self->find_input};
    for (size_t k = 0; k < 2; k++) {
        bind_text(statements[k], 1, model);
        bind_text(statements[k], 2, point->hash);
        bind_text(statements[k], 3, seed);
    }
    nlc_error error = run_once(self, self->add_input);
    if (error == NLC_OK && nlc_store_step(self, self->find_input, &error))
        *input = sqlite3_column_int64(self->find_input, 0);
    sqlite3_reset(self->find_input);
    return error == NLC_OK && self->has_cache ? copy_runs(self, model, point->hash, seed, *input) : error;
}

/* The settings of a point as --set takes them, one a line. */
static nlc_error write_settings(const nlc_store *self, const nlc_sweep_point *point, nlc_text *text)
{
    char number[NLC_NUMBER_LENGTH + 1];
    nlc_error error = nlc_text_add(text, "", 0);
    for (uint32_t k = 0; k < self->study->num_factors && error == NLC_OK; k++) {
        const nlc_factor *factor = &self->study->factor[k];
        if (nlc_factor_is_setting(factor) && !isnan(point->values[k]))
            error = nlc_text_print(text, "%s=%s\n", factor->name, nlc_factor_text(factor, point->values[k], number));
    }
    return error;
}

static nlc_error on_point(void *context, const nlc_sweep_point *point, int64_t *input)
{
    nlc_store *self = context;
    sqlite3_stmt *add = self->add_point;
    nlc_text settings = {0};
    nlc_error error = begin(self);
    *input = 0;
    if (error == NLC_OK && point->hash)
        error = take_input(self, point, input);
    if (error == NLC_OK)
        error = write_settings(self, point, &settings);
    sqlite3_bind_int64(add, 1, (int64_t)point->point);
    sqlite3_bind_int64(add, 2, (int64_t)point->block);
    sqlite3_bind_int64(add, 3, nlc_study_variant(self->study, point->values));
    if (point->hash)
        sqlite3_bind_int64(add, 4, *input);
    else
        sqlite3_bind_null(add, 4);
    bind_text(add, 5, point->problem);
    bind_text(add, 6, settings.data);
    if (point->hash && !self->study->stop.text)
        sqlite3_bind_int64(add, 7, self->study->replicates);
    else
        sqlite3_bind_null(add, 7);
    for (uint32_t k = 0; k < self->study->num_factors; k++) {
        char number[NLC_NUMBER_LENGTH + 1];
        const bool is_moved = !isnan(point->values[k]) || !self->base;
        const char *text = is_moved ? nlc_factor_text(&self->study->factor[k], point->values[k], number) : self->base[k];
        sqlite3_bind_text(add, 8 + (int)k, text, -1, SQLITE_TRANSIENT);
    }
    if (error == NLC_OK)
        error = run_once(self, add);
    nlc_text_free(&settings);
    return error;
}

static nlc_error on_find(void *context, int64_t input, uint32_t first, uint32_t num, bool *found)
{
    nlc_store *self = context;
    nlc_error error = NLC_OK;
    memset(found, 0, num * sizeof *found);
    sqlite3_bind_int64(self->find_runs, 1, input);
    sqlite3_bind_int64(self->find_runs, 2, first);
    sqlite3_bind_int64(self->find_runs, 3, (int64_t)first + num - 1);
    sqlite3_bind_int64(self->find_runs, 4, self->most_position);
    sqlite3_bind_int64(self->find_runs, 5, self->series);
    while (nlc_store_step(self, self->find_runs, &error))
        found[sqlite3_column_int64(self->find_runs, 0) - first] = true;
    sqlite3_reset(self->find_runs);
    return error;
}

static nlc_error put_series(nlc_store *self, const nlc_sweep_result *result)
{
    const uint32_t num_measures = self->study->variant[0].scenario.model->num_measures;
    nlc_error error = NLC_OK;
    for (uint32_t t = 0; t < result->num_months && error == NLC_OK; t++) {
        sqlite3_bind_int64(self->add_series, 1, result->input);
        sqlite3_bind_int64(self->add_series, 2, result->replicate);
        sqlite3_bind_int64(self->add_series, 3, t + 1);
        for (uint32_t k = 0; k < num_measures; k++)
            sqlite3_bind_double(self->add_series, 4 + (int)k, result->series[(size_t)t * num_measures + k]);
        error = run_once(self, self->add_series);
    }
    return error;
}

static nlc_error on_put(void *context, const nlc_sweep_result *result)
{
    nlc_store *self = context;
    nlc_error error = begin(self);
    if (error != NLC_OK)
        return error;
    sqlite3_bind_int64(self->add_run, 1, result->input);
    sqlite3_bind_int64(self->add_run, 2, result->replicate);
    sqlite3_bind_int64(self->add_run, 3, self->most_position);
    sqlite3_bind_int64(self->add_run, 4, result->series != NULL);
    /* A NaN is stored as NULL. */
    for (uint32_t k = 0; k < self->num_columns; k++)
        sqlite3_bind_double(self->add_run, 5 + (int)k, result->outcomes[k]);
    error = run_once(self, self->add_run);
    return error == NLC_OK && result->series ? put_series(self, result) : error;
}

static nlc_error on_flush(void *context)
{
    nlc_store *self = context;
    if (self->in_transaction && seconds_now() - self->begun < transaction_seconds)
        return NLC_OK;
    return nlc_store_commit(self);
}

/* A value that a run does not have is NULL, which stays NaN. */
static nlc_error on_values(void *context, int64_t input, uint32_t first, uint32_t num, double *values)
{
    nlc_store *self = context;
    nlc_error error = NLC_OK;
    for (uint32_t r = 0; r < num; r++)
        values[r] = NAN;
    sqlite3_bind_int64(self->find_values, 1, input);
    sqlite3_bind_int64(self->find_values, 2, first);
    sqlite3_bind_int64(self->find_values, 3, (int64_t)first + num - 1);
    while (nlc_store_step(self, self->find_values, &error))
        if (sqlite3_column_type(self->find_values, 1) != SQLITE_NULL)
            values[sqlite3_column_int64(self->find_values, 0) - first] = sqlite3_column_double(self->find_values, 1);
    sqlite3_reset(self->find_values);
    return error;
}

static nlc_error on_end(void *context, uint64_t point, uint32_t runs, bool is_enough)
{
    nlc_store *self = context;
    const nlc_error error = begin(self);
    if (error != NLC_OK)
        return error;
    sqlite3_bind_int64(self->end_point, 1, runs);
    bind_text(self->end_point, 2, is_enough ? "enough" : "not reached");
    sqlite3_bind_int64(self->end_point, 3, (int64_t)point);
    return run_once(self, self->end_point);
}

nlc_sink nlc_store_sink(nlc_store *self)
{
    return (nlc_sink){self, on_point, on_find, on_put, on_flush, on_values, on_end};
}
