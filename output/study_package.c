/* datapackage.json of a study. */
#include "study_writing.h"

#include "json.h"
#include "study_mark.h"
#include "writers.h"

#include <stdlib.h>

static nlc_error describe_study(nlc_json *json, const nlc_study_writing *self, const char *command)
{
    char mark[NLC_STUDY_MARK_LENGTH + 1] = "";
    const nlc_error error = nlc_study_mark_make(self->store, mark);
    nlc_json_open(json, "nlcsim", '{');
    nlc_json_text(json, "kind", "study");
    nlc_json_text(json, "version", self->version);
    if (command[0] != '\0')
        nlc_json_text(json, "command", command);
    nlc_json_text(json, "models", self->models);
    nlc_json_text(json, "design", self->design);
    nlc_json_whole(json, "points", self->num_points);
    nlc_json_whole(json, "points_of_block", self->block);
    nlc_json_whole(json, "replicates", self->fewest);
    if (self->stop[0] != '\0') {
        nlc_json_text(json, "stop", self->stop);
        nlc_json_whole(json, "most_replicates", self->replicates);
    }
    nlc_json_text(json, "seed", self->seed);
    nlc_json_text(json, "results_mark", mark);
    nlc_json_text(json, "bands",
                  "Bands of a design point are chance alone: 5 to 95 % of its runs. How outcomes differ between points is what the "
                  "study asks; factors.csv says which factors are levers and which are uncertainties.");
    nlc_json_close(json, '}');
    return error;
}

static nlc_error describe_table(nlc_json *json, const nlc_study_writing *self, const nlc_study_table *table,
                                const nlc_folder_file *file)
{
    nlc_result_columns columns = {.column = malloc((table->num + (size_t)1) * sizeof *columns.column), .num = table->num};
    if (!columns.column)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < table->num; k++)
        columns.column[k] = table->field[k].column;
    nlc_datapackage_table(json, &nlc_study_tables[table->id], &columns, self->style, file);
    nlc_result_columns_free(&columns);
    return NLC_OK;
}

/* The command that gives these results again. */
static nlc_error write_command(const nlc_study_writing *self, nlc_text *command)
{
    if (self->command[0] == '\0')
        return nlc_text_add(command, "", 0);
    return nlc_text_print(command, "%s%s%s", self->command, self->has_series ? " --series" : "",
                          self->style == NLC_CSV_EXCEL_ID ? " --csv excel-id" : "");
}

static nlc_error write_package(const nlc_study_writing *self, nlc_json *json, const char *command, uint32_t num_files)
{
    nlc_json_open(json, NULL, '{');
    nlc_json_text(json, "profile", "data-package");
    nlc_json_text(json, "name", "nlcsim-study");
    nlc_json_text(json, "title", self->title);
    nlc_error error = describe_study(json, self, command);
    nlc_json_open(json, "resources", '[');
    for (uint32_t k = 1; k < num_files && error == NLC_OK; k++)
        error = describe_table(json, self, &self->table[k - 1], &self->folder.files[k]);
    nlc_json_close(json, ']');
    nlc_json_close(json, '}');
    nlc_json_end(json);
    return error;
}

nlc_error nlc_study_package_write(nlc_study_writing *self)
{
    nlc_file *file;
    nlc_json json;
    nlc_text command = {0};
    const uint32_t num_files = self->folder.num_files;
    nlc_error error = write_command(self, &command);
    if (error == NLC_OK)
        error = nlc_folder_open(&self->folder, NLC_FOLDER_MARK, &file);
    if (error == NLC_OK) {
        nlc_json_begin(&json, file);
        error = write_package(self, &json, command.data, num_files);
    }
    nlc_text_free(&command);
    return error == NLC_OK ? nlc_folder_close(&self->folder) : error;
}
