#include "results.h"

#include <math.h>
#include <stdlib.h>

#include "dictionary.h"
#include "folder.h"
#include "number.h"
#include "writers.h"

const char *nlc_bands_text(nlc_bands bands)
{
    static const char *const texts[] = {
        "Bands are chance alone: 5 to 95 % of the runs of this one scenario, with its parameters and levers as they "
        "stand. They say nothing of how far the assumptions themselves may be wrong.",
        "Bands hold the unknown parameters as well as chance: each run draws all parameters that the scenario does not "
        "give, uniformly between the bounds of their table; draws.csv has what it drew. They say nothing of how far the "
        "mechanisms themselves may be wrong.",
        "Bands hold the unknowns as well as chance: each run takes a row of the sample that was given with --parameters; "
        "draws.csv has what it took. They are as good as that sample.",
    };
    return texts[bands];
}

const char *nlc_bands_short(nlc_bands bands)
{
    static const char *const texts[] = {
        "Bands are chance alone",
        "Bands hold chance and all parameters, drawn from the prior",
        "Bands hold chance and the unknowns, drawn from a sample",
    };
    return texts[bands];
}

/* The rows of each table. */
static nlc_error (*const writers[NLC_NUM_RESULT_TABLES])(const nlc_tables *, nlc_csv *) = {
    [NLC_RESULT_TIMELINE] = nlc_timeline_write, [NLC_RESULT_RUNS] = nlc_runs_write,         [NLC_RESULT_SERIES] = nlc_series_write,
    [NLC_RESULT_ROADMAP] = nlc_roadmap_write,   [NLC_RESULT_FLOWS] = nlc_flows_write,       [NLC_RESULT_NODES] = nlc_nodes_write,
    [NLC_RESULT_DRAWS] = nlc_draws_write,       [NLC_RESULT_OBSERVED] = nlc_observed_write,
};

/* The cells of a month of the run, from 1, and of its calendar month. */
static nlc_error make_month(nlc_csv_cells *cells, const nlc_results *results, uint32_t month)
{
    char text[32];
    text[nlc_integer_write(month, text)] = '\0';
    nlc_error error = nlc_csv_cells_add(cells, results->style, text);
    nlc_csv_month_write(nlc_calendar_month(results->ensemble->scenario, month), text);
    text[NLC_CSV_MONTH_LENGTH] = '\0';
    return error == NLC_OK ? nlc_csv_cells_add(cells, results->style, text) : error;
}

static nlc_error tables_init(nlc_tables *self, const nlc_results *results)
{
    const nlc_ensemble *ensemble = results->ensemble;
    const nlc_resolved *scenario = ensemble->scenario;
    size_t num_outcomes = (size_t)scenario->model->num_outcomes * ensemble->num_splits * ensemble->num_replicates;
    *self = (nlc_tables){.results = results};
    self->months = calloc(scenario->num_months, sizeof *self->months);
    self->outcomes = malloc((num_outcomes + 1) * sizeof *self->outcomes);
    nlc_error error = self->months == NULL || self->outcomes == NULL ? NLC_ERROR_MEMORY : NLC_OK;
    for (size_t k = 0; k < num_outcomes && error == NLC_OK; k++) {
        self->outcomes[k] = NAN;
    }
    for (uint32_t t = 0; t < scenario->num_months && error == NLC_OK; t++) {
        error = make_month(&self->months[t], results, t + 1);
    }
    return error;
}

static void tables_free(nlc_tables *self)
{
    for (uint32_t t = 0; self->months != NULL && t < self->results->ensemble->scenario->num_months; t++) {
        nlc_csv_cells_free(&self->months[t]);
    }
    free(self->months);
    free(self->outcomes);
}

static bool is_wanted(const nlc_results *results, nlc_result_table_id table)
{
    switch (table) {
    case NLC_RESULT_SERIES:
        return results->series;
    case NLC_RESULT_DRAWS:
        return results->draws.num_rows > 0;
    case NLC_RESULT_OBSERVED:
        return results->observed != NULL && results->observed->num_rows > 0;
    default:
        return true;
    }
}

static nlc_error write_header(const nlc_results *results, nlc_result_table_id table, nlc_csv *csv)
{
    nlc_result_columns columns;
    nlc_error error = nlc_result_columns_init(&columns, table, results);
    if (error != NLC_OK) {
        return error;
    }
    for (uint32_t k = 0; k < columns.num; k++) {
        nlc_csv_text(csv, columns.column[k].name);
    }
    nlc_csv_end_row(csv);
    nlc_result_columns_free(&columns);
    return NLC_OK;
}

static nlc_error write_table(const nlc_tables *tables, nlc_result_table_id table, nlc_folder *folder)
{
    nlc_file *file;
    nlc_csv csv;
    nlc_error error = nlc_folder_open(folder, nlc_result_tables[table].file, &file);
    if (error != NLC_OK) {
        return error;
    }
    nlc_csv_begin(&csv, file, tables->results->style);
    error = write_header(tables->results, table, &csv);
    if (error == NLC_OK) {
        error = writers[table](tables, &csv);
    }
    return error == NLC_OK ? nlc_folder_close(folder) : error;
}

static nlc_error write_resolved(const nlc_results *results, nlc_folder *folder)
{
    nlc_file *file;
    nlc_error error = nlc_folder_open(folder, NLC_RESOLVED_FILE, &file);
    if (error != NLC_OK) {
        return error;
    }
    nlc_file_write(file, results->resolved, results->resolved_length);
    return nlc_folder_close(folder);
}

static nlc_error write_package(const nlc_results *results, nlc_folder *folder)
{
    nlc_file *file;
    nlc_error error = nlc_folder_open(folder, NLC_FOLDER_MARK, &file);
    if (error == NLC_OK) {
        error = nlc_datapackage_write(results, folder, file);
    }
    return error == NLC_OK ? nlc_folder_close(folder) : error;
}

static nlc_error write_tables(const nlc_results *results, nlc_folder *folder)
{
    nlc_tables tables;
    nlc_error error = tables_init(&tables, results);
    for (uint32_t k = 0; k < NLC_NUM_RESULT_TABLES && error == NLC_OK; k++) {
        if (is_wanted(results, (nlc_result_table_id)k)) {
            error = write_table(&tables, (nlc_result_table_id)k, folder);
        }
    }
    tables_free(&tables);
    return error;
}

static nlc_error write_all(const nlc_results *results, nlc_folder *folder)
{
    nlc_error error = write_tables(results, folder);
    if (error == NLC_OK) {
        error = write_resolved(results, folder);
    }
    return error == NLC_OK ? write_package(results, folder) : error;
}

nlc_error nlc_results_write(const nlc_results *what, const char *path, nlc_text *problems)
{
    const char *names[NLC_NUM_RESULT_TABLES];
    nlc_folder folder;
    for (uint32_t k = 0; k < NLC_NUM_RESULT_TABLES; k++) {
        names[k] = nlc_result_tables[k].file;
    }
    nlc_error error = nlc_folder_init(&folder, path, problems);
    if (error == NLC_OK) {
        error = write_all(what, &folder);
    }
    if (error == NLC_OK) {
        error = nlc_folder_commit(&folder, names, NLC_NUM_RESULT_TABLES);
    }
    nlc_folder_free(&folder);
    return error;
}
