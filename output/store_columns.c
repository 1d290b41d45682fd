/* The columns of runs and of series, which are only ever added, so that older runs stay. */
#include "store.h"

#include <string.h>

static bool has_column(nlc_store *self, const char *table, const char *name, nlc_error *error)
{
    sqlite3_stmt *statement = NULL;
    *error = nlc_store_prepare(self, &statement, "SELECT 1 FROM pragma_table_info(%Q) WHERE name = %Q", table, name);
    const bool is_there = *error == NLC_OK && nlc_store_step(self, statement, error);
    sqlite3_finalize(statement);
    return is_there;
}

static nlc_error add_column(nlc_store *self, const char *table, const char *name)
{
    nlc_error error;
    if (has_column(self, table, name, &error) || error != NLC_OK)
        return error;
    return nlc_store_do(self, "ALTER TABLE %s ADD COLUMN \"%w\" REAL", table, name);
}

static nlc_error find_position(nlc_store *self, const char *name, uint32_t *position)
{
    sqlite3_stmt *statement = NULL;
    nlc_error error = nlc_store_prepare(self, &statement, "SELECT position FROM outcome WHERE name = %Q", name);
    if (error == NLC_OK && nlc_store_step(self, statement, &error))
        *position = (uint32_t)sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return error;
}

static const nlc_outcome *outcome_named(const nlc_model *model, const char *name)
{
    const size_t length = strcspn(name, ".");
    for (uint32_t k = 0; k < model->num_outcomes; k++)
        if (strlen(model->outcomes[k].name) == length && memcmp(model->outcomes[k].name, name, length) == 0)
            return &model->outcomes[k];
    return NULL;
}

/* Columns are only ever added, so a run that has so many of them has the first ones. */
static nlc_error add_outcome(nlc_store *self, uint32_t k, const char *name)
{
    const nlc_outcome *outcome = NULL;
    for (uint32_t v = 0; v < self->study->num_variants && !outcome; v++)
        outcome = outcome_named(self->study->variant[v].scenario.model, name);
    nlc_error error = add_column(self, "run", name);
    if (error == NLC_OK)
        error = nlc_store_do(self,
                             "INSERT OR IGNORE INTO outcome(position, name, unit, decimals, meaning) VALUES((SELECT count(*) FROM "
                             "outcome), %Q, %Q, %u, %Q)",
                             name, outcome->unit, (unsigned)outcome->decimals, outcome->meaning);
    if (error == NLC_OK)
        error = find_position(self, name, &self->position[k]);
    if (self->position[k] + 1 > self->most_position)
        self->most_position = self->position[k] + 1;
    return error;
}

static nlc_error add_outcomes(nlc_store *self, const nlc_store_options *options)
{
    nlc_error error = nlc_store_do(self, "UPDATE outcome SET chosen = NULL");
    for (uint32_t k = 0; k < options->num_columns && error == NLC_OK; k++)
        error = add_outcome(self, k, options->columns[k]);
    for (uint32_t k = 0; k < options->num_chosen && error == NLC_OK; k++)
        error =
            nlc_store_do(self, "UPDATE outcome SET chosen = %u WHERE name = %Q", (unsigned)k, options->columns[options->chosen[k]]);
    return error;
}

static nlc_error add_measures(nlc_store *self)
{
    const nlc_model *model = self->study->variant[0].scenario.model;
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < model->num_measures && error == NLC_OK && self->series; k++) {
        error = add_column(self, "series", model->measures[k].name);
        if (error == NLC_OK)
            error = nlc_store_do(self, "INSERT OR REPLACE INTO measure VALUES(%u, %Q, %Q, %u, %Q)", (unsigned)k,
                                 model->measures[k].name, model->measures[k].unit, (unsigned)model->measures[k].decimals,
                                 model->measures[k].meaning);
    }
    return error;
}

nlc_error nlc_store_columns_add(nlc_store *self, const nlc_store_options *options)
{
    const nlc_error error = add_outcomes(self, options);
    return error == NLC_OK ? add_measures(self) : error;
}
