/* The tables of a study, each from one query on its store. */
#include "dictionary.h"
#include "folder.h"
#include "json.h"
#include "number.h"
#include "problems.h"
#include "store.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MCSE_DECIMALS = 2, MOST_TABLES = 6 };

/* A column, and how a number in it is written. */
typedef struct {
    nlc_result_column column;
    uint32_t decimals;
} field;

typedef struct {
    const char *name, *file, *meaning;
    field *field; /* [num], owned */
    uint32_t num;
} table;

typedef struct {
    nlc_store *store;
    nlc_folder folder;
    nlc_arena arena;
    uint64_t num_points, replicates, block;      /* replicates: the most of a point; block: points that belong together */
    uint64_t fewest;                             /* replicates of a point */
    const char *seed, *title, *design, *version; /* in the arena */
    const char *stop;                            /* in the arena; "" where every point has its replicates */
    bool has_series;
    table table[MOST_TABLES];
    uint32_t num_tables;
    field *outcome; /* [num_outcomes], owned: those chosen */
    uint32_t num_outcomes;
    field *factor; /* [num_factors], owned */
    uint32_t num_factors;
} writing;

#define TEXT(name, role, meaning) \
    { \
        {name, NLC_RESULT_TYPE_TEXT, role, "", meaning}, 0 \
    }
#define WHOLE(name, role, meaning) \
    { \
        {name, NLC_RESULT_TYPE_WHOLE, role, "", meaning}, 0 \
    }
#define NUMBER(name, role, meaning) \
    { \
        {name, NLC_RESULT_TYPE_NUMBER, role, "", meaning}, 0 \
    }
#define KEY   NLC_RESULT_ROLE_KEY
#define FULL  NLC_RESULT_ROLE_FULL
#define MAYBE NLC_RESULT_ROLE_OPTIONAL

static const field factor_fields[] = {
    TEXT("name", KEY, "the factor: an address as for --set, or a word where it is a scenario or a model"),
    TEXT("role", FULL, "lever: somebody can choose it; uncertainty: nobody knows it"),
    TEXT("kind", FULL, "real, integer, category, switch, scenario or model"),
    NUMBER("low", MAYBE, "smallest value; empty where it has levels"),
    NUMBER("high", MAYBE, "largest value; empty where it has levels"),
    TEXT("levels", MAYBE, "its values with | between them; empty where it has a range"),
    WHOLE("steps", MAYBE, "steps of a grid over the range; empty where it has levels"),
    TEXT("distribution", MAYBE, "how values fall within the range"),
    TEXT("scale", MAYBE, "linear or log"),
    TEXT("unit", MAYBE, "unit of low, high and levels"),
    TEXT("meaning", MAYBE, "what it is"),
};
static const field point_fields[] = {
    WHOLE("point", KEY, "number of the design point, from 1"),
};
static const field stop_fields[] = {
    WHOLE("runs", MAYBE, "runs of the point: the first of its replicates, as many as it took"),
    TEXT("precision", MAYBE,
         "enough: the mean is known as well as study.csv asks for; not reached: it is not after the most runs allowed"),
};
static const field run_fields[] = {
    WHOLE("run", KEY, "number of the run, from 1; `nlcsim replay` takes it"),
    WHOLE("point", FULL, "design point, as in points.csv"),
    WHOLE("replicate", FULL, "number of the replicate, from 0; the same one has the same chance in every point"),
    TEXT("seed", FULL, "seed of the study"),
};
static const field summary_fields[] = {
    WHOLE("point", KEY, "design point, as in points.csv"),
    TEXT("outcome", KEY, "column of runs.csv"),
    NUMBER("median", MAYBE, "median over the runs that have a value; quantiles are of type 7"),
    NUMBER("p05", MAYBE, "5 % quantile: chance alone"),
    NUMBER("p95", MAYBE, "95 % quantile: chance alone"),
    NUMBER("mean", MAYBE, "mean"),
    NUMBER("mcse", MAYBE, "Monte Carlo standard error of the mean"),
    WHOLE("n", FULL, "runs that have a value; the others did not reach it, or it has no meaning in them"),
};
static const field failure_fields[] = {
    WHOLE("point", KEY, "design point that could not be run, as in points.csv"),
    TEXT("problem", FULL, "why"),
};
static const field series_fields[] = {
    WHOLE("run", KEY, "number of the run"),
    WHOLE("point", FULL, "design point"),
    WHOLE("month", KEY, "month of the run; 1 is the first, and a value is that of its end"),
};

#define NUM(list) (uint32_t)(sizeof(list) / sizeof *(list))

/* ---- What the store says ----------------------------------------------------------------------- */

static const char *kept(writing *self, const unsigned char *text)
{
    const char *plain = text ? (const char *)text : "";
    return nlc_arena_text(&self->arena, plain, strlen(plain));
}

/* `value` stays what it was where there is an error. */
static nlc_error about(writing *self, const char *name, const char **value)
{
    nlc_text text = {0};
    nlc_error error = nlc_store_about(self->store, name, &text);
    const char *copy = error == NLC_OK ? nlc_arena_text(&self->arena, text.data, text.length) : NULL;
    nlc_text_free(&text);
    if (error == NLC_OK && !copy)
        error = NLC_ERROR_MEMORY;
    if (error == NLC_OK)
        *value = copy;
    return error;
}

static nlc_error read_about(writing *self)
{
    const char *points = "0", *replicates = "0", *fewest = "0", *block = "1", *series = "";
    nlc_error error = about(self, "points", &points);
    if (error == NLC_OK)
        error = about(self, "replicates", &replicates);
    if (error == NLC_OK)
        error = about(self, "fewest", &fewest);
    if (error == NLC_OK)
        error = about(self, "block", &block);
    if (error == NLC_OK)
        error = about(self, "seed", &self->seed);
    if (error == NLC_OK)
        error = about(self, "title", &self->title);
    if (error == NLC_OK)
        error = about(self, "design", &self->design);
    if (error == NLC_OK)
        error = about(self, "version", &self->version);
    if (error == NLC_OK)
        error = about(self, "stop", &self->stop);
    if (error == NLC_OK)
        error = about(self, "series", &series);
    self->num_points = strtoull(points, NULL, 10);
    self->replicates = strtoull(replicates, NULL, 10);
    self->fewest = strtoull(fewest, NULL, 10);
    self->block = strtoull(block, NULL, 10);
    self->has_series = error == NLC_OK && strcmp(series, "yes") == 0;
    return error;
}

/* Fields out of rows of (name, unit, meaning, decimals, is a number). */
static nlc_error read_fields(writing *self, const char *sql, field **fields, uint32_t *num)
{
    sqlite3_stmt *statement = NULL;
    size_t capacity = 0;
    nlc_error error = nlc_store_prepare(self->store, &statement, "%s", sql);
    while (error == NLC_OK && nlc_store_step(self->store, statement, &error)) {
        field *grown = nlc_grown(*fields, &capacity, (size_t)*num + 1, sizeof *grown);
        if (!grown) {
            error = NLC_ERROR_MEMORY;
            break;
        }
        *fields = grown;
        grown[*num] = (field){.column = {.name = kept(self, sqlite3_column_text(statement, 0)),
                                         .type = sqlite3_column_int(statement, 4) ? NLC_RESULT_TYPE_NUMBER : NLC_RESULT_TYPE_TEXT,
                                         .role = MAYBE,
                                         .unit = kept(self, sqlite3_column_text(statement, 1)),
                                         .meaning = kept(self, sqlite3_column_text(statement, 2))},
                              .decimals = (uint32_t)sqlite3_column_int(statement, 3)};
        if (!grown[*num].column.name || !grown[*num].column.unit || !grown[*num].column.meaning)
            error = NLC_ERROR_MEMORY;
        (*num)++;
    }
    sqlite3_finalize(statement);
    return error;
}

/* ---- Tables ------------------------------------------------------------------------------------ */

static nlc_error add_table(writing *self, const table *what, const field *fixed, const field *more, uint32_t num_more,
                           table **added)
{
    table *into = &self->table[self->num_tables++];
    *into = *what;
    into->field = malloc((what->num + (size_t)num_more + 1) * sizeof *into->field);
    if (!into->field)
        return NLC_ERROR_MEMORY;
    memcpy(into->field, fixed, what->num * sizeof *fixed);
    if (num_more > 0)
        memcpy(into->field + what->num, more, num_more * sizeof *more);
    into->num += num_more;
    *added = into;
    return NLC_OK;
}

static nlc_error begin_table(writing *self, const table *table, nlc_csv *csv)
{
    nlc_file *file;
    const nlc_error error = nlc_folder_open(&self->folder, table->file, &file);
    if (error != NLC_OK)
        return error;
    nlc_csv_begin(csv, file, NLC_CSV_PLAIN);
    for (uint32_t k = 0; k < table->num; k++)
        nlc_csv_text(csv, table->field[k].column.name);
    nlc_csv_end_row(csv);
    return NLC_OK;
}

/* A number that the store holds as one is written with its decimals; all else as it stands. */
static void write_cell(nlc_csv *csv, sqlite3_stmt *row, uint32_t k, const field *field)
{
    const int type = sqlite3_column_type(row, (int)k);
    if (type == SQLITE_FLOAT)
        nlc_csv_number(csv, sqlite3_column_double(row, (int)k), field->decimals);
    else if (type == SQLITE_INTEGER && field->column.type == NLC_RESULT_TYPE_NUMBER)
        nlc_csv_number(csv, (double)sqlite3_column_int64(row, (int)k), field->decimals);
    else if (type == SQLITE_INTEGER)
        nlc_csv_whole(csv, (uint64_t)sqlite3_column_int64(row, (int)k));
    else
        nlc_csv_text(csv, (const char *)sqlite3_column_text(row, (int)k));
}

static nlc_error write_query(writing *self, const table *table, const char *sql)
{
    sqlite3_stmt *row = NULL;
    nlc_csv csv;
    nlc_error error = nlc_store_prepare(self->store, &row, "%s", sql);
    if (error == NLC_OK)
        error = begin_table(self, table, &csv);
    while (error == NLC_OK && nlc_store_step(self->store, row, &error)) {
        for (uint32_t k = 0; k < table->num; k++)
            write_cell(&csv, row, k, &table->field[k]);
        nlc_csv_end_row(&csv);
    }
    sqlite3_finalize(row);
    return error == NLC_OK ? nlc_folder_close(&self->folder) : error;
}

/* ", alias"name"" for each field. */
static nlc_error list_names(nlc_text *sql, const char *alias, const field *fields, uint32_t num)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < num && error == NLC_OK; k++) {
        char *name = sqlite3_mprintf(", %s\"%w\"", alias, fields[k].column.name);
        error = name ? nlc_text_print(sql, "%s", name) : NLC_ERROR_MEMORY;
        sqlite3_free(name);
    }
    return error;
}

static nlc_error write_factors(writing *self)
{
    const table what = {"factors", "factors.csv", "What the study varies, and how far.", NULL, NUM(factor_fields)};
    table *table;
    const nlc_error error = add_table(self, &what, factor_fields, NULL, 0, &table);
    return error == NLC_OK ? write_query(self, table,
                                         "SELECT name, role, kind, low, high, levels, steps, distribution, scale, unit, meaning "
                                         "FROM factor ORDER BY position")
                           : error;
}

/* Behind the factors, in the same array, so that a table takes them together. */
static nlc_error add_stop_fields(writing *self)
{
    field *grown = realloc(self->factor, (self->num_factors + (size_t)NUM(stop_fields)) * sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    memcpy(grown + self->num_factors, stop_fields, sizeof stop_fields);
    self->factor = grown;
    return NLC_OK;
}

static nlc_error write_points(writing *self)
{
    const table what = {"points", "points.csv", "The design points: an empty cell is as the scenario has it.", NULL,
                        NUM(point_fields)};
    nlc_text sql = {0};
    table *table;
    const bool stops = self->stop[0] != '\0';
    nlc_error error = stops ? add_stop_fields(self) : NLC_OK;
    if (error == NLC_OK)
        error = add_table(self, &what, point_fields, self->factor, self->num_factors + (stops ? NUM(stop_fields) : 0), &table);
    if (error == NLC_OK)
        error = nlc_text_print(&sql, "SELECT point + 1");
    if (error == NLC_OK)
        error = list_names(&sql, "", self->factor, self->num_factors);
    if (error == NLC_OK && stops)
        error = nlc_text_print(&sql, ", runs, precision");
    if (error == NLC_OK)
        error = nlc_text_print(&sql, " FROM point ORDER BY point");
    if (error == NLC_OK)
        error = write_query(self, table, sql.data);
    nlc_text_free(&sql);
    return error;
}

static nlc_error write_failures(writing *self)
{
    const table what = {"failures", "failures.csv", "Design points that could not be run.", NULL, NUM(failure_fields)};
    sqlite3_stmt *row = NULL;
    table *table;
    nlc_error error = nlc_store_prepare(self->store, &row, "SELECT 1 FROM point WHERE problem IS NOT NULL LIMIT 1");
    const bool is_any = error == NLC_OK && nlc_store_step(self->store, row, &error);
    sqlite3_finalize(row);
    if (error != NLC_OK || !is_any)
        return error;
    error = add_table(self, &what, failure_fields, NULL, 0, &table);
    return error == NLC_OK ? write_query(self, table,
                                         "SELECT point + 1, trim(replace(problem, char(10), ' ')) FROM point WHERE problem IS NOT "
                                         "NULL ORDER BY point")
                           : error;
}

static nlc_error write_series(writing *self)
{
    const table what = {"series", "series.csv", "Every measure of all places in every month of every run.", NULL,
                        NUM(series_fields)};
    field *measure = NULL;
    uint32_t num = 0;
    nlc_text sql = {0};
    table *table;
    nlc_error error = read_fields(self, "SELECT name, unit, meaning, decimals, 1 FROM measure ORDER BY position", &measure, &num);
    if (error == NLC_OK)
        error = add_table(self, &what, series_fields, measure, num, &table);
    if (error == NLC_OK)
        error = nlc_text_print(&sql, "SELECT p.point * %" PRIu64 " + s.replicate + 1, p.point + 1, s.month", self->replicates);
    if (error == NLC_OK)
        error = list_names(&sql, "s.", measure, num);
    if (error == NLC_OK)
        error = nlc_text_print(&sql, " FROM point p CROSS JOIN series s ON s.input = p.input AND s.replicate < p.runs ORDER BY "
                                     "p.point, s.replicate, s.month");
    if (error == NLC_OK)
        error = write_query(self, table, sql.data);
    nlc_text_free(&sql);
    free(measure);
    return error;
}

/* ---- Runs and their summary -------------------------------------------------------------------- */

static nlc_error runs_query(const writing *self, nlc_text *sql)
{
    nlc_error error = nlc_text_print(sql, "SELECT p.point, r.replicate");
    if (error == NLC_OK)
        error = list_names(sql, "r.", self->outcome, self->num_outcomes);
    return error == NLC_OK
               ? nlc_text_print(sql, " FROM point p CROSS JOIN run r ON r.input = p.input AND r.replicate < p.runs ORDER BY "
                                     "p.point, r.replicate")
               : error;
}

static nlc_error write_runs(writing *self, sqlite3_stmt *row, const table *table, uint64_t *num_runs)
{
    nlc_csv csv;
    nlc_error error = begin_table(self, table, &csv);
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

static void write_summary(const writing *self, nlc_csv *csv, uint64_t point, double *values, uint32_t num)
{
    for (uint32_t k = 0; k < self->num_outcomes; k++) {
        const uint32_t decimals = self->outcome[k].decimals;
        const nlc_summary summary = nlc_summary_of(values + k * self->replicates, num);
        nlc_csv_whole(csv, point + 1);
        nlc_csv_text(csv, self->outcome[k].column.name);
        nlc_csv_number(csv, summary.median, decimals);
        nlc_csv_number(csv, summary.p05, decimals);
        nlc_csv_number(csv, summary.p95, decimals);
        nlc_csv_number(csv, summary.mean, decimals);
        nlc_csv_number(csv, summary.mcse,
                       decimals + MCSE_DECIMALS < NLC_MAX_DECIMALS ? decimals + MCSE_DECIMALS : NLC_MAX_DECIMALS);
        nlc_csv_whole(csv, summary.n);
        nlc_csv_end_row(csv);
    }
}

static nlc_error write_summaries(writing *self, sqlite3_stmt *row, const table *table)
{
    nlc_csv csv;
    double *values = malloc((self->num_outcomes * self->replicates + 1) * sizeof *values);
    nlc_error error = values ? begin_table(self, table, &csv) : NLC_ERROR_MEMORY;
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

static nlc_error write_both(writing *self, uint64_t *num_runs)
{
    const table runs = {"runs", "runs.csv", "One row a run, with its outcomes; an empty cell was not reached, or has no meaning.",
                        NULL, NUM(run_fields)},
                summary = {"summary", "summary.csv", "Each outcome of each design point over its runs.", NULL, NUM(summary_fields)};
    table *runs_table, *summary_table;
    sqlite3_stmt *row = NULL;
    nlc_text sql = {0};
    nlc_error error = runs_query(self, &sql);
    if (error == NLC_OK)
        error = nlc_store_prepare(self->store, &row, "%s", sql.data);
    if (error == NLC_OK)
        error = add_table(self, &runs, run_fields, self->outcome, self->num_outcomes, &runs_table);
    if (error == NLC_OK)
        error = write_runs(self, row, runs_table, num_runs);
    sqlite3_reset(row);
    if (error == NLC_OK)
        error = add_table(self, &summary, summary_fields, NULL, 0, &summary_table);
    if (error == NLC_OK)
        error = write_summaries(self, row, summary_table);
    sqlite3_finalize(row);
    nlc_text_free(&sql);
    return error;
}

/* Tables of a part of a study would be taken for the whole. A point that has not been ended has all its runs to come. */
static nlc_error check_complete(const writing *self, uint64_t num_runs)
{
    sqlite3_stmt *row = NULL;
    uint64_t points = 0, ended = 0, wanted = 0;
    nlc_error error =
        nlc_store_prepare(self->store, &row, "SELECT count(*), count(problem) + count(runs), coalesce(sum(runs), 0) FROM point");
    if (error == NLC_OK && nlc_store_step(self->store, row, &error)) {
        points = (uint64_t)sqlite3_column_int64(row, 0);
        ended = (uint64_t)sqlite3_column_int64(row, 1);
        wanted = (uint64_t)sqlite3_column_int64(row, 2);
    }
    sqlite3_finalize(row);
    if (error != NLC_OK || (points == self->num_points && ended == points && num_runs == wanted))
        return error;
    wanted += (self->num_points - ended) * self->fewest;
    error =
        nlc_text_print(self->store->problems,
                       "%s: %s%" PRIu64 " of %" PRIu64 " runs are missing; finish every shard with the same command, then merge "
                       "them all\n",
                       self->store->path, self->stop[0] != '\0' ? "at least " : "", wanted - num_runs, wanted);
    return error == NLC_OK ? NLC_ERROR_IO : error;
}

/* ---- datapackage.json -------------------------------------------------------------------------- */

static void describe_field(nlc_json *json, const field *field)
{
    nlc_json_open(json, NULL, '{');
    nlc_json_text(json, "name", field->column.name);
    nlc_json_text(json, "type", nlc_result_type_name(field->column.type));
    nlc_json_text(json, "description", field->column.meaning);
    if (field->column.unit[0] != '\0')
        nlc_json_text(json, "unit", field->column.unit);
    nlc_json_close(json, '}');
}

static void describe_table(nlc_json *json, const table *table, const nlc_folder_file *file)
{
    char hash[sizeof "blake2b:" + NLC_FILE_HASH_LENGTH] = "blake2b:";
    strcat(hash, file->hash);
    nlc_json_open(json, NULL, '{');
    nlc_json_text(json, "profile", "tabular-data-resource");
    nlc_json_text(json, "name", table->name);
    nlc_json_text(json, "description", table->meaning);
    nlc_json_text(json, "path", table->file);
    nlc_json_text(json, "format", "csv");
    nlc_json_text(json, "mediatype", "text/csv");
    nlc_json_text(json, "encoding", "utf-8");
    nlc_json_whole(json, "bytes", file->bytes);
    nlc_json_text(json, "hash", hash);
    nlc_json_open(json, "schema", '{');
    nlc_json_open(json, "fields", '[');
    for (uint32_t k = 0; k < table->num; k++)
        describe_field(json, &table->field[k]);
    nlc_json_close(json, ']');
    nlc_json_open(json, "missingValues", '[');
    nlc_json_text(json, NULL, "");
    nlc_json_close(json, ']');
    nlc_json_close(json, '}');
    nlc_json_close(json, '}');
}

static void describe_study(nlc_json *json, const writing *self)
{
    nlc_json_open(json, "nlcsim", '{');
    nlc_json_text(json, "kind", "study");
    nlc_json_text(json, "version", self->version);
    nlc_json_text(json, "design", self->design);
    nlc_json_whole(json, "points", self->num_points);
    nlc_json_whole(json, "points_of_block", self->block);
    nlc_json_whole(json, "replicates", self->fewest);
    if (self->stop[0] != '\0') {
        nlc_json_text(json, "stop", self->stop);
        nlc_json_whole(json, "most_replicates", self->replicates);
    }
    nlc_json_text(json, "seed", self->seed);
    nlc_json_text(json, "bands",
                  "Bands of a design point are chance alone: 5 to 95 % of its runs. How outcomes differ between points is what the "
                  "study asks; factors.csv says which factors are levers and which are uncertainties.");
    nlc_json_close(json, '}');
}

static nlc_error write_package(writing *self)
{
    nlc_file *file;
    nlc_json json;
    const uint32_t num_files = self->folder.num_files;
    const nlc_error error = nlc_folder_open(&self->folder, NLC_FOLDER_MARK, &file);
    if (error != NLC_OK)
        return error;
    nlc_json_begin(&json, file);
    nlc_json_open(&json, NULL, '{');
    nlc_json_text(&json, "profile", "data-package");
    nlc_json_text(&json, "name", "nlcsim-study");
    nlc_json_text(&json, "title", self->title);
    describe_study(&json, self);
    nlc_json_open(&json, "resources", '[');
    for (uint32_t k = 1; k < num_files; k++)
        describe_table(&json, &self->table[k - 1], &self->folder.files[k]);
    nlc_json_close(&json, ']');
    nlc_json_close(&json, '}');
    nlc_json_end(&json);
    return nlc_folder_close(&self->folder);
}

/* ---- The whole --------------------------------------------------------------------------------- */

static nlc_error write_all(writing *self)
{
    uint64_t num_runs = 0;
    nlc_error error = read_about(self);
    if (error == NLC_OK)
        error = read_fields(self,
                            "SELECT name, unit, meaning, 0, levels = '' OR kind IN ('real', 'integer') AND instr(levels, "
                            "'unlimited') = 0 FROM factor ORDER BY position",
                            &self->factor, &self->num_factors);
    if (error == NLC_OK)
        error = read_fields(self, "SELECT name, unit, meaning, decimals, 1 FROM outcome WHERE chosen IS NOT NULL ORDER BY chosen",
                            &self->outcome, &self->num_outcomes);
    if (error == NLC_OK)
        error = nlc_folder_init(&self->folder, self->store->path, self->store->problems);
    if (error == NLC_OK)
        error = write_both(self, &num_runs);
    if (error == NLC_OK)
        error = check_complete(self, num_runs);
    if (error == NLC_OK)
        error = write_points(self);
    if (error == NLC_OK)
        error = write_factors(self);
    if (error == NLC_OK && self->has_series)
        error = write_series(self);
    if (error == NLC_OK)
        error = write_failures(self);
    return error == NLC_OK ? write_package(self) : error;
}

nlc_error nlc_study_tables_write(nlc_store *store)
{
    static const char *const names[] = {"runs.csv", "summary.csv", "points.csv", "factors.csv", "series.csv", "failures.csv"};
    writing self = {.store = store, .seed = "", .title = "", .design = "", .version = "", .stop = ""};
    self.folder.descriptor = -1;
    nlc_error error = write_all(&self);
    if (error == NLC_OK)
        error = nlc_folder_commit(&self.folder, names, NUM(names));
    nlc_folder_free(&self.folder);
    for (uint32_t k = 0; k < self.num_tables; k++)
        free(self.table[k].field);
    free(self.outcome);
    free(self.factor);
    nlc_arena_free(&self.arena);
    return error;
}
