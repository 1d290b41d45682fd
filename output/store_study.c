/* What a store says of its study, and the making of one store out of several. */
#include "store.h"

#include "problems.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STORE_FORMAT "1"

/* ---- The study --------------------------------------------------------------------------------- */

static nlc_error put_about(nlc_store *self, const char *name, const char *value)
{
    return nlc_store_do(self, "INSERT OR REPLACE INTO about VALUES(%Q, %Q)", name, value);
}

static nlc_error put_whole(nlc_store *self, const char *name, uint64_t value)
{
    char text[24];
    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    return put_about(self, name, text);
}

static nlc_error describe_about(nlc_store *self)
{
    const nlc_study *study = self->study;
    nlc_design design;
    char kind[32] = "";
    nlc_error error = nlc_design_init(&design, study);
    nlc_choice_at(nlc_study_key_column(NLC_STUDY_KEY_DESIGN)->choices, (uint32_t)study->design, kind, sizeof kind);
    if (error == NLC_OK)
        error = put_about(self, "format", STORE_FORMAT);
    if (error == NLC_OK)
        error = put_about(self, "version", NLC_VERSION);
    if (error == NLC_OK)
        error = put_about(self, "title", study->title[0] ? study->title : self->name ? self->name : study->label);
    if (error == NLC_OK)
        error = put_about(self, "design", kind);
    if (error == NLC_OK)
        error = put_whole(self, "points", design.num_points);
    if (error == NLC_OK)
        error = put_whole(self, "block", design.block_size);
    if (error == NLC_OK)
        error = put_whole(self, "replicates", nlc_study_most(study));
    if (error == NLC_OK)
        error = put_whole(self, "fewest", study->replicates);
    if (error == NLC_OK)
        error = put_about(self, "stop", study->stop.text ? study->stop.text : "");
    if (error == NLC_OK)
        error = put_whole(self, "seed", study->seed);
    if (error == NLC_OK)
        error = put_about(self, "series", self->series ? "yes" : "no");
    if (error == NLC_OK && self->command)
        error = put_about(self, "command", self->command);
    nlc_design_free(&design);
    return error;
}

static const char *unit_of(const nlc_study *study, uint32_t k, const char **meaning)
{
    const nlc_setting *setting = &study->variant[0].setting[k];
    const nlc_model *model = study->variant[0].scenario.model;
    *meaning = "";
    if (!nlc_factor_is_setting(&study->factor[k]))
        return "";
    switch (setting->kind) {
    case NLC_SETTING_PARAMETER:
        *meaning = model->parameters[setting->index].meaning;
        return model->parameters[setting->index].unit;
    case NLC_SETTING_LEVER:
        *meaning = model->levers[setting->index].meaning;
        return model->levers[setting->index].unit;
    case NLC_SETTING_DIAL:
        *meaning = "dial: multiplies the levers that belong to it";
        return "1";
    case NLC_SETTING_SCENARIO:
        break;
    }
    *meaning = nlc_key_column((nlc_key)setting->index)->meaning;
    return nlc_key_column((nlc_key)setting->index)->unit;
}

static nlc_error join_levels(const nlc_factor *factor, nlc_text *text)
{
    nlc_error error = nlc_text_add(text, "", 0);
    for (uint32_t k = 0; k < factor->num_levels && error == NLC_OK; k++)
        error = nlc_text_print(text, "%s%s", k > 0 ? "|" : "", factor->level[k]);
    return error;
}

static nlc_error describe_distribution(const nlc_factor *factor, nlc_text *text)
{
    static const char *const name[] = {"uniform", "loguniform", "triangular", "normal", "beta"};
    char first[NLC_NUMBER_LENGTH + 1], second[NLC_NUMBER_LENGTH + 1];
    first[nlc_number_write((float)factor->first, first)] = '\0';
    second[nlc_number_write((float)factor->second, second)] = '\0';
    const nlc_error error = nlc_text_print(text, "%s", factor->num_levels > 0 ? "" : name[factor->distribution]);
    if (error != NLC_OK || factor->num_levels > 0 || factor->distribution < NLC_DISTRIBUTION_TRIANGULAR)
        return error;
    return factor->distribution == NLC_DISTRIBUTION_TRIANGULAR ? nlc_text_print(text, ":%s", first)
                                                               : nlc_text_print(text, ":%s:%s", first, second);
}

static nlc_error describe_factor(nlc_store *self, uint32_t k)
{
    const nlc_factor *factor = &self->study->factor[k];
    const nlc_column *role = NULL, *kind = NULL;
    nlc_columns columns;
    nlc_error error = nlc_columns_init(&columns, NLC_TABLE_FACTORS, self->study->variant[0].scenario.model);
    if (error != NLC_OK)
        return error;
    role = &columns.column[columns.at[NLC_FACTOR_ROLE]];
    kind = &columns.column[columns.at[NLC_FACTOR_KIND]];
    char role_text[32], kind_text[32], low[NLC_NUMBER_LENGTH + 1] = "", high[NLC_NUMBER_LENGTH + 1] = "", steps[16] = "";
    nlc_choice_at(role->choices, (uint32_t)factor->role, role_text, sizeof role_text);
    nlc_choice_at(kind->choices, (uint32_t)factor->kind, kind_text, sizeof kind_text);
    nlc_columns_free(&columns);
    if (factor->num_levels == 0) {
        low[nlc_number_write((float)factor->low, low)] = '\0';
        high[nlc_number_write((float)factor->high, high)] = '\0';
        snprintf(steps, sizeof steps, "%u", (unsigned)factor->num_steps);
    }
    nlc_text levels = {0}, distribution = {0};
    const char *meaning, *unit = unit_of(self->study, k, &meaning);
    error = join_levels(factor, &levels);
    if (error == NLC_OK)
        error = describe_distribution(factor, &distribution);
    if (error == NLC_OK)
        error = nlc_store_do(self, "INSERT INTO factor VALUES(%u, %Q, %Q, %Q, %Q, %Q, %Q, %Q, %Q, %Q, %Q, %Q)", (unsigned)k,
                             factor->name, role_text, kind_text, low, high, levels.data, steps, distribution.data,
                             factor->num_levels > 0 ? ""
                             : factor->is_log       ? "log"
                                                    : "linear",
                             unit, meaning);
    nlc_text_free(&levels);
    nlc_text_free(&distribution);
    return error;
}

static nlc_error make_points(nlc_store *self)
{
    nlc_text columns = {0};
    nlc_error error = nlc_text_add(&columns, "", 0);
    for (uint32_t k = 0; k < self->study->num_factors && error == NLC_OK; k++) {
        char *name = sqlite3_mprintf(", \"%w\" TEXT", self->study->factor[k].name);
        error = name ? nlc_text_print(&columns, "%s", name) : NLC_ERROR_MEMORY;
        sqlite3_free(name);
    }
    if (error == NLC_OK)
        error = nlc_store_do(self,
                             "DROP TABLE IF EXISTS point; CREATE TABLE point(point INTEGER PRIMARY KEY, block INTEGER, variant "
                             "INTEGER, input INTEGER, problem TEXT, settings TEXT, runs INTEGER, precision TEXT%s)",
                             columns.data);
    nlc_text_free(&columns);
    return error;
}

/* ---- The folders of its scenarios -------------------------------------------------------------- */

static nlc_error read_file(const char *path, nlc_text *text)
{
    char buffer[1 << 14];
    FILE *file = fopen(path, "rb");
    if (!file)
        return NLC_ERROR_IO;
    nlc_error error = nlc_text_add(text, "", 0);
    for (size_t length = sizeof buffer; length == sizeof buffer && error == NLC_OK;) {
        length = fread(buffer, 1, sizeof buffer, file);
        error = nlc_text_add(text, buffer, length);
    }
    error = error == NLC_OK && ferror(file) ? NLC_ERROR_IO : error;
    fclose(file);
    return error;
}

/* A table under the path of its folder, as seen from the scenario's own folder. */
static nlc_error keep_file(nlc_store *self, uint32_t v, uint32_t f, nlc_table table)
{
    const nlc_scenario *scenario = &self->study->variant[v].scenario;
    const char *first = scenario->folder[0].path, *folder = scenario->folder[f].path;
    const size_t length = strlen(first);
    const char *below = strncmp(folder, first, length) == 0 ? folder + length : folder;
    nlc_text path = {0}, content = {0};
    sqlite3_stmt *statement = NULL;
    nlc_error error = nlc_text_print(&path, "%s/%s", folder, nlc_table_file(table));
    if (error == NLC_OK)
        error = read_file(path.data, &content);
    if (error == NLC_ERROR_IO)
        error = nlc_text_print(self->problems, "%s: cannot be read\n", path.data) == NLC_OK ? NLC_ERROR_IO : NLC_ERROR_MEMORY;
    if (error == NLC_OK)
        error = nlc_store_prepare(self, &statement, "INSERT INTO file VALUES(%u, %Q, %Q, ?)", (unsigned)v, below,
                                  nlc_table_file(table));
    if (error == NLC_OK) {
        sqlite3_bind_blob(statement, 1, content.data, (int)content.length, SQLITE_STATIC);
        nlc_store_step(self, statement, &error);
    }
    sqlite3_finalize(statement);
    nlc_text_free(&path);
    nlc_text_free(&content);
    return error;
}

static nlc_error describe_variant(nlc_store *self, uint32_t v)
{
    const nlc_variant *variant = &self->study->variant[v];
    nlc_error error =
        nlc_store_do(self, "INSERT INTO variant VALUES(%u, %Q, %Q)", (unsigned)v, variant->label, variant->scenario.model->name);
    for (uint32_t f = 0; f < variant->scenario.num_folders; f++)
        for (uint32_t t = 0; t < NLC_NUM_TABLES && error == NLC_OK; t++)
            if (variant->scenario.folder[f].file[t])
                error = keep_file(self, v, f, (nlc_table)t);
    return error;
}

nlc_error nlc_store_describe(nlc_store *self)
{
    nlc_error error = nlc_store_do(self, "DELETE FROM about; DELETE FROM factor; DELETE FROM variant; DELETE FROM file;");
    if (error == NLC_OK)
        error = describe_about(self);
    for (uint32_t k = 0; k < self->study->num_factors && error == NLC_OK; k++)
        error = describe_factor(self, k);
    for (uint32_t v = 0; v < self->study->num_variants && error == NLC_OK; v++)
        error = describe_variant(self, v);
    return error == NLC_OK ? make_points(self) : error;
}

/* ---- Merging ----------------------------------------------------------------------------------- */

/* The tables that say which study it is. */
static const char *const identity[] = {"about", "factor", "outcome", "measure", "variant", "file"};

static nlc_error copy_definition(nlc_store *self, const char *table)
{
    sqlite3_stmt *statement = NULL;
    nlc_text sql = {0};
    nlc_error error =
        nlc_store_prepare(self, &statement, "SELECT sql FROM part.sqlite_master WHERE type = 'table' AND name = %Q", table);
    if (error == NLC_OK && nlc_store_step(self, statement, &error))
        error = nlc_text_print(&sql, "%s", (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    if (error == NLC_OK && sql.data)
        error = nlc_store_do(self, "DROP TABLE IF EXISTS main.%s; %s", table, sql.data);
    nlc_text_free(&sql);
    return error;
}

static nlc_error begin_like(nlc_store *self)
{
    static const char *const defined[] = {"point", "run", "series"};
    nlc_error error = NLC_OK;
    for (size_t k = 0; k < sizeof identity / sizeof *identity && error == NLC_OK; k++)
        error = nlc_store_do(self, "DELETE FROM main.%s; INSERT INTO main.%s SELECT * FROM part.%s", identity[k], identity[k],
                             identity[k]);
    for (size_t k = 0; k < sizeof defined / sizeof *defined && error == NLC_OK; k++)
        error = copy_definition(self, defined[k]);
    return error;
}

static nlc_error refuse(nlc_store *self, const char *folder, const char *why)
{
    const nlc_error error = nlc_text_print(self->problems, "%s: %s\n", folder, why);
    return error == NLC_OK ? NLC_ERROR_IO : error;
}

static nlc_error check_same(nlc_store *self, const char *folder)
{
    bool differs = false;
    nlc_error error = NLC_OK;
    for (size_t k = 0; k < sizeof identity / sizeof *identity && error == NLC_OK && !differs; k++) {
        sqlite3_stmt *statement = NULL;
        error = nlc_store_prepare(self, &statement,
                                  "SELECT 1 FROM (SELECT * FROM part.%s EXCEPT SELECT * FROM main.%s) UNION ALL SELECT 1 FROM "
                                  "(SELECT * FROM main.%s EXCEPT SELECT * FROM part.%s)",
                                  identity[k], identity[k], identity[k], identity[k]);
        differs = error == NLC_OK && nlc_store_step(self, statement, &error);
        sqlite3_finalize(statement);
    }
    return error == NLC_OK && differs ? refuse(self, folder, "holds a part of another study than the first folder") : error;
}

/* Inputs have numbers of their own in each part, so runs are copied by what their input is. */
static nlc_error add_part(nlc_store *self, uint32_t index, const char *folder)
{
    nlc_error error = NLC_OK;
    if (index == 0)
        error = begin_like(self);
    else
        error = check_same(self, folder);
    if (error == NLC_OK)
        error = nlc_store_do(
            self,
            "INSERT OR IGNORE INTO input(model, resolved, seed) SELECT model, resolved, seed FROM part.input ORDER BY id;"
            "CREATE TEMP TABLE number AS SELECT p.id AS old, m.id AS new FROM part.input p JOIN main.input m ON m.resolved = "
            "p.resolved AND m.seed = p.seed AND m.model = p.model; CREATE UNIQUE INDEX temp.by_old ON number(old);"
            "CREATE TEMP TABLE moved AS SELECT * FROM part.run; UPDATE moved SET input = (SELECT new FROM number WHERE old = "
            "input); INSERT OR IGNORE INTO main.run SELECT * FROM moved ORDER BY input, replicate; DROP TABLE moved;"
            "CREATE TEMP TABLE moved AS SELECT * FROM part.series; UPDATE moved SET input = (SELECT new FROM number WHERE old = "
            "input); INSERT OR IGNORE INTO main.series SELECT * FROM moved ORDER BY input, replicate, month; DROP TABLE moved;"
            "CREATE TEMP TABLE moved AS SELECT * FROM part.point; UPDATE moved SET input = (SELECT new FROM number WHERE old = "
            "input); INSERT OR IGNORE INTO main.point SELECT * FROM moved ORDER BY point; DROP TABLE moved; DROP TABLE number;");
    return error;
}

static nlc_error merge_part(nlc_store *self, uint32_t index, const char *folder)
{
    nlc_text ignored = {0};
    nlc_store part;
    nlc_error error = nlc_store_open(&part, folder, self->problems);
    nlc_store_free(&part);
    nlc_text_free(&ignored);
    if (error == NLC_OK)
        error = nlc_store_do(self, "ATTACH '%q/%q' AS part", folder, NLC_STORE_FILE);
    if (error == NLC_OK)
        error = nlc_store_do(self, "BEGIN");
    if (error == NLC_OK)
        error = add_part(self, index, folder);
    if (error == NLC_OK)
        error = nlc_store_do(self, "COMMIT");
    else if (!sqlite3_get_autocommit(self->db))
        sqlite3_exec(self->db, "ROLLBACK", NULL, NULL, NULL);
    if (error == NLC_OK)
        error = nlc_store_do(self, "DETACH part");
    return error;
}

nlc_error nlc_store_merge(nlc_store *self, const char *path, const char *const *folders, uint32_t num, nlc_text *problems)
{
    *self = (nlc_store){.path = path, .problems = problems};
    nlc_error error = nlc_store_create(self);
    if (error == NLC_OK)
        error = nlc_store_do(self, "COMMIT");
    for (uint32_t k = 0; k < num && error == NLC_OK; k++)
        error = merge_part(self, k, folders[k]);
    return error;
}
