/* What a study's tables are written from, and all of them together. */
#include "study_tables.h"

#include "study_writing.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- What the store says ----------------------------------------------------------------------- */

static const char *kept(nlc_study_writing *self, const unsigned char *text)
{
    const char *plain = text ? (const char *)text : "";
    return nlc_arena_text(&self->arena, plain, strlen(plain));
}

/* `value` stays what it was where there is an error. */
static nlc_error about(nlc_study_writing *self, const char *name, const char **value)
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

/* Names of the models that the points use, with | between them. */
static nlc_error read_models(nlc_study_writing *self)
{
    sqlite3_stmt *row = NULL;
    nlc_error error = nlc_store_prepare(self->store, &row,
                                        "SELECT group_concat(model, '|') FROM (SELECT DISTINCT model FROM variant ORDER BY model)");
    if (error == NLC_OK && nlc_store_step(self->store, row, &error))
        self->models = kept(self, sqlite3_column_text(row, 0));
    sqlite3_finalize(row);
    return error == NLC_OK && self->models == NULL ? NLC_ERROR_MEMORY : error;
}

static nlc_error read_about(nlc_study_writing *self)
{
    const char *points = "0", *replicates = "0", *fewest = "0", *block = "1", *series = "";
    nlc_error error = about(self, "points", &points);
    if (error == NLC_OK)
        error = about(self, "replicates", &replicates);
    if (error == NLC_OK)
        error = about(self, "fewest", &fewest);
    if (error == NLC_OK)
        error = about(self, "stop", &self->stop);
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
        error = about(self, "command", &self->command);
    if (error == NLC_OK)
        error = about(self, "series", &series);
    if (error == NLC_OK)
        error = read_models(self);
    self->num_points = strtoull(points, NULL, 10);
    self->replicates = strtoull(replicates, NULL, 10);
    self->fewest = strtoull(fewest, NULL, 10);
    self->block = strtoull(block, NULL, 10);
    self->has_series = error == NLC_OK && strcmp(series, "yes") == 0;
    return error;
}

nlc_error nlc_study_fields_read(nlc_study_writing *self, const char *sql, nlc_study_field **fields, uint32_t *num)
{
    sqlite3_stmt *statement = NULL;
    size_t capacity = 0;
    nlc_error error = nlc_store_prepare(self->store, &statement, "%s", sql);
    while (error == NLC_OK && nlc_store_step(self->store, statement, &error)) {
        nlc_study_field *grown = nlc_grown(*fields, &capacity, (size_t)*num + 1, sizeof *grown);
        if (!grown) {
            error = NLC_ERROR_MEMORY;
            break;
        }
        *fields = grown;
        grown[*num] =
            (nlc_study_field){.column = {.name = kept(self, sqlite3_column_text(statement, 0)),
                                         .type = sqlite3_column_int(statement, 4) ? NLC_RESULT_TYPE_NUMBER : NLC_RESULT_TYPE_TEXT,
                                         .role = NLC_RESULT_ROLE_OPTIONAL,
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

/* Tables of a part of a study would be taken for the whole. A point that has not been ended has all its runs to come. */
static nlc_error check_complete(const nlc_study_writing *self, uint64_t num_runs)
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

/* ---- The whole --------------------------------------------------------------------------------- */

static nlc_error write_all(nlc_study_writing *self)
{
    uint64_t num_runs = 0;
    nlc_error error = read_about(self);
    if (error == NLC_OK)
        error = nlc_study_fields_read(self,
                                      "SELECT name, unit, meaning, 0, levels = '' OR kind IN ('real', 'integer') AND instr(levels, "
                                      "'unlimited') = 0 FROM factor ORDER BY position",
                                      &self->factor, &self->num_factors);
    if (error == NLC_OK)
        error = nlc_study_fields_read(
            self, "SELECT name, unit, meaning, decimals, 1 FROM outcome WHERE chosen IS NOT NULL ORDER BY chosen", &self->outcome,
            &self->num_outcomes);
    if (error == NLC_OK)
        error = nlc_folder_init(&self->folder, self->store->path, self->store->problems);
    if (error == NLC_OK)
        error = nlc_study_runs_write(self, &num_runs);
    if (error == NLC_OK)
        error = check_complete(self, num_runs);
    if (error == NLC_OK)
        error = nlc_study_points_write(self);
    if (error == NLC_OK)
        error = nlc_study_factors_write(self);
    if (error == NLC_OK)
        error = nlc_study_series_write(self);
    if (error == NLC_OK)
        error = nlc_study_failures_write(self);
    return error == NLC_OK ? nlc_study_package_write(self) : error;
}

nlc_error nlc_study_tables_write(nlc_store *store, nlc_csv_style style)
{
    const char *names[NLC_NUM_STUDY_TABLES];
    for (uint32_t k = 0; k < NLC_NUM_STUDY_TABLES; k++)
        names[k] = nlc_study_tables[k].file;
    nlc_study_writing self = {.store = store,
                              .style = style,
                              .seed = "",
                              .title = "",
                              .design = "",
                              .version = "",
                              .command = "",
                              .stop = "",
                              .models = ""};
    self.folder.descriptor = -1;
    nlc_error error = write_all(&self);
    if (error == NLC_OK)
        error = nlc_folder_commit(&self.folder, names, NLC_NUM_STUDY_TABLES);
    nlc_folder_free(&self.folder);
    for (uint32_t k = 0; k < self.num_tables; k++)
        free(self.table[k].field);
    free(self.outcome);
    free(self.factor);
    nlc_arena_free(&self.arena);
    return error;
}
