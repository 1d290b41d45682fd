/* The rows of a study's tables, each table from one query on its store. */
#include "number.h"
#include "study_writing.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* A mean or a quantile of whole months lies between them. */
enum { MCSE_DECIMALS = 2, FEWEST_OF_A_MEAN = 2 };

/* ---- Tables ------------------------------------------------------------------------------------ */

/* Adds a table with the columns that every study has and those in `more`, and writes its header. */
static nlc_error begin_table(nlc_study_writing *self, nlc_study_table_id id, const nlc_study_field *more, uint32_t num_more,
                             nlc_csv *csv)
{
    const nlc_result_table *fixed = &nlc_study_tables[id];
    nlc_study_table *table = &self->table[self->num_tables++];
    nlc_file *file;
    *table = (nlc_study_table){.id = id, .num = fixed->num_columns + num_more};
    table->field = calloc((size_t)table->num + 1, sizeof *table->field);
    if (!table->field)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < fixed->num_columns; k++)
        table->field[k].column = fixed->columns[k];
    for (uint32_t k = 0; k < num_more; k++)
        table->field[fixed->num_columns + k] = more[k];
    const nlc_error error = nlc_folder_open(&self->folder, fixed->file, &file);
    if (error != NLC_OK)
        return error;
    nlc_csv_begin(csv, file, self->style);
    for (uint32_t k = 0; k < table->num; k++)
        nlc_csv_text(csv, table->field[k].column.name);
    nlc_csv_end_row(csv);
    return NLC_OK;
}

/* A number that the store holds as one is written with its decimals; one that it holds as a text, and all
 * else, as it stands, with the decimal sign of the style. */
static void write_cell(nlc_csv *csv, sqlite3_stmt *row, uint32_t k, const nlc_study_field *field)
{
    const int type = sqlite3_column_type(row, (int)k);
    if (type == SQLITE_FLOAT)
        nlc_csv_number(csv, sqlite3_column_double(row, (int)k), field->decimals);
    else if (type == SQLITE_INTEGER && field->column.type == NLC_RESULT_TYPE_NUMBER)
        nlc_csv_number(csv, (double)sqlite3_column_int64(row, (int)k), field->decimals);
    else if (type == SQLITE_INTEGER)
        nlc_csv_whole(csv, (uint64_t)sqlite3_column_int64(row, (int)k));
    else if (type == SQLITE_TEXT && field->column.type == NLC_RESULT_TYPE_NUMBER)
        nlc_csv_number_text(csv, (const char *)sqlite3_column_text(row, (int)k));
    else
        nlc_csv_text(csv, (const char *)sqlite3_column_text(row, (int)k));
}

static nlc_error write_query(nlc_study_writing *self, nlc_study_table_id id, const nlc_study_field *more, uint32_t num_more,
                             const char *sql)
{
    sqlite3_stmt *row = NULL;
    nlc_csv csv;
    nlc_error error = nlc_store_prepare(self->store, &row, "%s", sql);
    if (error == NLC_OK)
        error = begin_table(self, id, more, num_more, &csv);
    while (error == NLC_OK && nlc_store_step(self->store, row, &error)) {
        const nlc_study_table *table = &self->table[self->num_tables - 1];
        for (uint32_t k = 0; k < table->num; k++)
            write_cell(&csv, row, k, &table->field[k]);
        nlc_csv_end_row(&csv);
    }
    sqlite3_finalize(row);
    return error == NLC_OK ? nlc_folder_close(&self->folder) : error;
}

/* ", alias"name"" for each field. */
static nlc_error list_names(nlc_text *sql, const char *alias, const nlc_study_field *fields, uint32_t num)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < num && error == NLC_OK; k++) {
        char *name = sqlite3_mprintf(", %s\"%w\"", alias, fields[k].column.name);
        error = name ? nlc_text_print(sql, "%s", name) : NLC_ERROR_MEMORY;
        sqlite3_free(name);
    }
    return error;
}

nlc_error nlc_study_factors_write(nlc_study_writing *self)
{
    return write_query(self, NLC_STUDY_FACTORS, NULL, 0,
                       "SELECT name, role, kind, low, high, levels, steps, distribution, scale, unit, meaning "
                       "FROM factor ORDER BY position");
}

/* The factors, and where points stop by themselves what they came to, in an array that the caller frees. */
static nlc_study_field *point_fields(const nlc_study_writing *self, uint32_t *num)
{
    nlc_study_field *fields = malloc((self->num_factors + (size_t)NLC_NUM_STOP_COLUMNS) * sizeof *fields);
    *num = self->num_factors;
    if (!fields)
        return NULL;
    for (uint32_t k = 0; k < self->num_factors; k++)
        fields[k] = self->factor[k];
    for (uint32_t k = 0; k < NLC_NUM_STOP_COLUMNS && self->stop[0] != '\0'; k++)
        fields[(*num)++] = (nlc_study_field){nlc_stop_columns[k], 0};
    return fields;
}

nlc_error nlc_study_points_write(nlc_study_writing *self)
{
    nlc_text sql = {0};
    uint32_t num;
    nlc_study_field *fields = point_fields(self, &num);
    nlc_error error = fields ? nlc_text_print(&sql, "SELECT point + 1") : NLC_ERROR_MEMORY;
    if (error == NLC_OK)
        error = list_names(&sql, "", self->factor, self->num_factors);
    if (error == NLC_OK)
        error = nlc_text_print(&sql, "%s FROM point ORDER BY point", self->stop[0] != '\0' ? ", runs, precision" : "");
    if (error == NLC_OK)
        error = write_query(self, NLC_STUDY_POINTS, fields, num, sql.data);
    nlc_text_free(&sql);
    free(fields);
    return error;
}

nlc_error nlc_study_failures_write(nlc_study_writing *self)
{
    sqlite3_stmt *row = NULL;
    nlc_error error = nlc_store_prepare(self->store, &row, "SELECT 1 FROM point WHERE problem IS NOT NULL LIMIT 1");
    const bool is_any = error == NLC_OK && nlc_store_step(self->store, row, &error);
    sqlite3_finalize(row);
    if (error != NLC_OK || !is_any)
        return error;
    return write_query(
        self, NLC_STUDY_FAILURES, NULL, 0,
        "SELECT point + 1, trim(replace(problem, char(10), ' ')) FROM point WHERE problem IS NOT NULL ORDER BY point");
}

nlc_error nlc_study_series_write(nlc_study_writing *self)
{
    nlc_study_field *measure = NULL;
    uint32_t num = 0;
    nlc_text sql = {0};
    if (!self->has_series)
        return NLC_OK;
    nlc_error error =
        nlc_study_fields_read(self, "SELECT name, unit, meaning, decimals, 1 FROM measure ORDER BY position", &measure, &num);
    if (error == NLC_OK)
        error = nlc_text_print(&sql, "SELECT p.point * %" PRIu64 " + s.replicate + 1, p.point + 1, s.month", self->replicates);
    if (error == NLC_OK)
        error = list_names(&sql, "s.", measure, num);
    if (error == NLC_OK)
        error = nlc_text_print(&sql, " FROM point p CROSS JOIN series s ON s.input = p.input AND s.replicate < p.runs ORDER BY "
                                     "p.point, s.replicate, s.month");
    if (error == NLC_OK)
        error = write_query(self, NLC_STUDY_SERIES, measure, num, sql.data);
    nlc_text_free(&sql);
    free(measure);
    return error;
}

/* ---- Runs and their summary -------------------------------------------------------------------- */

static nlc_error runs_query(const nlc_study_writing *self, nlc_text *sql)
{
    nlc_error error = nlc_text_print(sql, "SELECT p.point, r.replicate");
    if (error == NLC_OK)
        error = list_names(sql, "r.", self->outcome, self->num_outcomes);
    return error == NLC_OK
               ? nlc_text_print(sql, " FROM point p CROSS JOIN run r ON r.input = p.input AND r.replicate < p.runs ORDER BY "
                                     "p.point, r.replicate")
               : error;
}

static nlc_error write_runs(nlc_study_writing *self, sqlite3_stmt *row, uint64_t *num_runs)
{
    nlc_csv csv;
    nlc_error error = begin_table(self, NLC_STUDY_RUNS, self->outcome, self->num_outcomes, &csv);
    while (error == NLC_OK && nlc_store_step(self->store, row, &error)) {
        const uint64_t point = (uint64_t)sqlite3_column_int64(row, 0), replicate = (uint64_t)sqlite3_column_int64(row, 1);
        nlc_csv_whole(&csv, point * self->replicates + replicate + 1);
        nlc_csv_whole(&csv, point + 1);
        nlc_csv_whole(&csv, replicate);
        nlc_csv_text(&csv, self->seed);
        for (uint32_t k = 0; k < self->num_outcomes; k++)
            write_cell(&csv, row, k + 2, &self->outcome[k]);
        nlc_csv_end_row(&csv);
        (*num_runs)++;
    }
    return error == NLC_OK ? nlc_folder_close(&self->folder) : error;
}

static void write_summary(const nlc_study_writing *self, nlc_csv *csv, uint64_t point, double *values, uint32_t num)
{
    for (uint32_t k = 0; k < self->num_outcomes; k++) {
        const uint32_t decimals = self->outcome[k].decimals;
        const uint32_t of_mean = decimals < FEWEST_OF_A_MEAN ? FEWEST_OF_A_MEAN : decimals;
        const nlc_summary summary = nlc_summary_of(values + k * self->replicates, num);
        nlc_csv_whole(csv, point + 1);
        nlc_csv_text(csv, self->outcome[k].column.name);
        nlc_csv_number(csv, summary.median, of_mean);
        nlc_csv_number(csv, summary.p05, of_mean);
        nlc_csv_number(csv, summary.p95, of_mean);
        nlc_csv_number(csv, summary.mean, of_mean);
        nlc_csv_number(csv, summary.mcse,
                       decimals + MCSE_DECIMALS < NLC_MAX_DECIMALS ? decimals + MCSE_DECIMALS : NLC_MAX_DECIMALS);
        nlc_csv_whole(csv, summary.n);
        nlc_csv_end_row(csv);
    }
}

static nlc_error write_summaries(nlc_study_writing *self, sqlite3_stmt *row)
{
    nlc_csv csv;
    double *values = malloc((self->num_outcomes * self->replicates + 1) * sizeof *values);
    nlc_error error = values ? begin_table(self, NLC_STUDY_SUMMARY, NULL, 0, &csv) : NLC_ERROR_MEMORY;
    uint64_t point = 0;
    uint32_t num = 0;
    while (error == NLC_OK && nlc_store_step(self->store, row, &error)) {
        const uint64_t at = (uint64_t)sqlite3_column_int64(row, 0);
        if (num > 0 && at != point) {
            write_summary(self, &csv, point, values, num);
            num = 0;
        }
        point = at;
        for (uint32_t k = 0; k < self->num_outcomes; k++)
            values[k * self->replicates + num] =
                sqlite3_column_type(row, (int)k + 2) == SQLITE_NULL ? NAN : sqlite3_column_double(row, (int)k + 2);
        num++;
    }
    if (error == NLC_OK && num > 0)
        write_summary(self, &csv, point, values, num);
    free(values);
    return error == NLC_OK ? nlc_folder_close(&self->folder) : error;
}

nlc_error nlc_study_runs_write(nlc_study_writing *self, uint64_t *num_runs)
{
    sqlite3_stmt *row = NULL;
    nlc_text sql = {0};
    nlc_error error = runs_query(self, &sql);
    if (error == NLC_OK)
        error = nlc_store_prepare(self->store, &row, "%s", sql.data);
    if (error == NLC_OK)
        error = write_runs(self, row, num_runs);
    sqlite3_reset(row);
    if (error == NLC_OK)
        error = write_summaries(self, row);
    sqlite3_finalize(row);
    nlc_text_free(&sql);
    return error;
}
