#include "package.h"

#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "writers.h"

enum { MOST_TABLES = NLC_FOLDER_FILES - 1 };

static nlc_error columns_init(nlc_result_columns *self, const nlc_package *package, const nlc_package_table *table)
{
    const nlc_result_table *about = table->about;
    *self = (nlc_result_columns){0};
    if (table->columns != NULL) {
        table->columns(package->results, self);
        return self->column == NULL ? NLC_ERROR_MEMORY : NLC_OK;
    }
    self->column = malloc(about->num_columns * sizeof *self->column);
    if (self->column == NULL) {
        return NLC_ERROR_MEMORY;
    }
    memcpy(self->column, about->columns, about->num_columns * sizeof *self->column);
    self->num = about->num_columns;
    return NLC_OK;
}

static nlc_error write_table(const nlc_package *self, const nlc_package_table *table, nlc_folder *folder)
{
    nlc_file *file;
    nlc_csv csv;
    nlc_result_columns columns;
    nlc_error error = columns_init(&columns, self, table);
    if (error == NLC_OK) {
        error = nlc_folder_open(folder, table->about->file, &file);
    }
    if (error == NLC_OK) {
        nlc_csv_begin(&csv, file, NLC_CSV_PLAIN);
        for (uint32_t k = 0; k < columns.num; k++) {
            nlc_csv_text(&csv, columns.column[k].name);
        }
        nlc_csv_end_row(&csv);
        error = table->write(self->results, &csv);
    }
    nlc_result_columns_free(&columns);
    return error == NLC_OK ? nlc_folder_close(folder) : error;
}

static nlc_error write_resources(const nlc_package *self, const nlc_folder *folder, nlc_json *json)
{
    nlc_error error = NLC_OK;
    nlc_json_open(json, "resources", '[');
    for (uint32_t k = 0; k < self->num_tables && error == NLC_OK; k++) {
        nlc_result_columns columns;
        error = columns_init(&columns, self, &self->tables[k]);
        if (error == NLC_OK) {
            nlc_datapackage_table(json, self->tables[k].about, &columns, NLC_CSV_PLAIN, &folder->files[k + 1]);
        }
        nlc_result_columns_free(&columns);
    }
    nlc_json_close(json, ']');
    return error;
}

static nlc_error write_description(const nlc_package *self, nlc_folder *folder)
{
    nlc_file *file;
    nlc_json json;
    nlc_error error = nlc_folder_open(folder, NLC_FOLDER_MARK, &file);
    if (error != NLC_OK) {
        return error;
    }
    nlc_json_begin(&json, file);
    nlc_json_open(&json, NULL, '{');
    nlc_json_text(&json, "profile", "data-package");
    nlc_json_text(&json, "name", self->name);
    if (self->title != NULL) {
        nlc_json_text(&json, "title", self->title);
    }
    self->describe(self->results, &json);
    error = write_resources(self, folder, &json);
    nlc_json_close(&json, '}');
    nlc_json_end(&json);
    return error == NLC_OK ? nlc_folder_close(folder) : error;
}

static nlc_error write_all(const nlc_package *self, nlc_folder *folder)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < self->num_tables && error == NLC_OK; k++) {
        error = write_table(self, &self->tables[k], folder);
    }
    return error == NLC_OK ? write_description(self, folder) : error;
}

nlc_error nlc_package_write(const nlc_package *self, const char *path, nlc_text *problems)
{
    const char *names[MOST_TABLES];
    nlc_folder folder;
    for (uint32_t k = 0; k < self->num_known; k++) {
        names[k] = self->tables[k].about->file;
    }
    nlc_error error = nlc_folder_init(&folder, path, problems);
    if (error == NLC_OK) {
        error = write_all(self, &folder);
    }
    if (error == NLC_OK) {
        error = nlc_folder_commit(&folder, names, self->num_known);
    }
    nlc_folder_free(&folder);
    return error;
}
