/* datapackage.json: a Frictionless Data Package (version 1) that describes every file, every column
 * and where the results come from. What is not in that standard stands under "nlcsim". */
#include <string.h>

#include "dictionary.h"
#include "json.h"
#include "writers.h"

#define RESULTS_FORMAT 1

static const char purpose[] =
    "Explores how a coordination design could behave under stated assumptions. It does not predict violence, "
    "assess threats, score places or people, or forecast a named government.";

static void write_optional(nlc_json *json, const char *key, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        nlc_json_text(json, key, text);
    }
}

/* What makes the folder recognisable, and the results reproducible. */
static void write_run(nlc_json *json, const nlc_results *results)
{
    const nlc_resolved *scenario = results->ensemble->scenario;
    nlc_json_whole(json, "results_format", RESULTS_FORMAT);
    nlc_json_text(json, "version", NLC_VERSION);
    nlc_json_text(json, "command", results->command);
    nlc_json_open(json, "model", '{');
    nlc_json_text(json, "name", scenario->model->name);
    nlc_json_text(json, "title", scenario->model->title);
    nlc_json_whole(json, "code_version", scenario->model->code_version);
    nlc_json_close(json, '}');
    nlc_json_text(json, "scenario_file", NLC_RESOLVED_FILE);
    nlc_json_text(json, "scenario_sha256", results->resolved_hash);
    nlc_json_whole(json, "seed", results->seed);
    nlc_json_whole(json, "replicates", results->ensemble->num_replicates);
    nlc_json_whole(json, "network_draws", scenario->num_draws);
    nlc_json_whole(json, "months", scenario->num_months);
}

static void write_settings(nlc_json *json, const nlc_results *results)
{
    nlc_json_open(json, "settings", '[');
    for (size_t k = 0; k < results->num_settings; k++) {
        nlc_json_text(json, NULL, results->settings[k]);
    }
    nlc_json_close(json, ']');
}

static void write_countries(nlc_json *json, const nlc_resolved *scenario)
{
    nlc_json_open(json, "countries", '[');
    for (uint32_t k = 0; k < scenario->num_countries; k++) {
        nlc_json_open(json, NULL, '{');
        nlc_json_text(json, "id", scenario->agency_id[scenario->countries[k].first_agency]);
        nlc_json_text(json, "name", scenario->agency_name[scenario->countries[k].first_agency]);
        nlc_json_whole(json, "places", scenario->countries[k].num_nodes);
        nlc_json_close(json, '}');
    }
    nlc_json_close(json, ']');
}

/* A value that differs from the table's carries the scenario's evidence, not the table's. */
static void write_evidence(nlc_json *json, const nlc_parameter *parameter, bool is_changed, const nlc_parameter_note *note)
{
    const char *evidence = is_changed ? "not stated" : nlc_evidence_name(parameter->evidence);
    const char *source = is_changed ? "" : parameter->source;
    if (note != NULL && note->evidence != NULL && note->evidence[0] != '\0') {
        evidence = note->evidence;
    }
    if (note != NULL && note->source != NULL && note->source[0] != '\0') {
        source = note->source;
    }
    nlc_json_text(json, "evidence", evidence);
    write_optional(json, "source", source);
}

static void write_parameters(nlc_json *json, const nlc_results *results)
{
    const nlc_resolved *scenario = results->ensemble->scenario;
    nlc_json_open(json, "parameters", '[');
    for (uint32_t k = 0; k < scenario->model->num_parameters; k++) {
        const nlc_parameter *parameter = &scenario->model->parameters[k];
        nlc_json_open(json, NULL, '{');
        nlc_json_text(json, "name", parameter->name);
        nlc_json_float(json, "value", scenario->parameters[k]);
        nlc_json_float(json, "default", parameter->value);
        nlc_json_text(json, "unit", parameter->unit);
        write_evidence(json, parameter, scenario->parameters[k] != parameter->value,
                       results->parameter_notes == NULL ? NULL : &results->parameter_notes[k]);
        nlc_json_text(json, "meaning", parameter->meaning);
        nlc_json_close(json, '}');
    }
    nlc_json_close(json, ']');
}

/* The smallest and largest value that a lever takes anywhere, at any time. */
static void lever_range(const nlc_resolved *scenario, uint32_t lever, float *low, float *high)
{
    size_t num_courses = (size_t)scenario->num_segments * scenario->num_schedules;
    *low = *high = scenario->model->levers[lever].value;
    for (size_t k = 0; k < num_courses; k++) {
        float value = scenario->levers[k * scenario->model->num_levers + lever];
        *low = value < *low ? value : *low;
        *high = value > *high ? value : *high;
    }
}

static void write_levers(nlc_json *json, const nlc_resolved *scenario)
{
    nlc_json_open(json, "levers", '[');
    for (uint32_t k = 0; k < scenario->model->num_levers; k++) {
        const nlc_lever *lever = &scenario->model->levers[k];
        float low;
        float high;
        lever_range(scenario, k, &low, &high);
        if (low == lever->value && high == lever->value) {
            continue;
        }
        nlc_json_open(json, NULL, '{');
        nlc_json_text(json, "name", lever->name);
        nlc_json_text(json, "unit", lever->unit);
        nlc_json_float(json, "default", lever->value);
        nlc_json_float(json, "lowest", low);
        nlc_json_float(json, "highest", high);
        nlc_json_text(json, "meaning", lever->meaning);
        nlc_json_close(json, '}');
    }
    nlc_json_close(json, ']');
}

static void write_measures(nlc_json *json, const nlc_model *model)
{
    nlc_json_open(json, "measures", '[');
    for (uint32_t k = 0; k < model->num_measures; k++) {
        nlc_json_open(json, NULL, '{');
        nlc_json_text(json, "name", model->measures[k].name);
        nlc_json_text(json, "unit", model->measures[k].unit);
        nlc_json_whole(json, "decimals", model->measures[k].decimals);
        nlc_json_text(json, "meaning", model->measures[k].meaning);
        nlc_json_close(json, '}');
    }
    nlc_json_close(json, ']');
}

static void write_flows(nlc_json *json, const nlc_model *model)
{
    nlc_json_open(json, "flows", '[');
    for (uint32_t k = 0; k < model->num_flows; k++) {
        const nlc_flow *flow = &model->flows[k];
        uint32_t tally = flow->delivered != NLC_NONE ? flow->delivered : flow->asked;
        nlc_json_open(json, NULL, '{');
        nlc_json_text(json, "kind", flow->kind);
        nlc_json_text(json, "direction", flow->direction);
        if (tally != NLC_NONE) {
            nlc_json_text(json, "unit", model->tallies[tally].unit);
        }
        nlc_json_text(json, "meaning", flow->meaning);
        nlc_json_close(json, '}');
    }
    nlc_json_close(json, ']');
}

static void write_provenance(nlc_json *json, const nlc_results *results)
{
    const nlc_resolved *scenario = results->ensemble->scenario;
    nlc_json_open(json, "nlcsim", '{');
    write_run(json, results);
    nlc_json_text(json, "purpose", purpose);
    nlc_json_text(json, "bands", nlc_bands_text(results->bands));
    write_settings(json, results);
    write_countries(json, scenario);
    write_parameters(json, results);
    write_levers(json, scenario);
    write_measures(json, scenario->model);
    write_flows(json, scenario->model);
    nlc_json_close(json, '}');
}

static void write_description(nlc_json *json, const nlc_result_column *column)
{
    char text[1024];
    size_t length = strlen(column->meaning);
    size_t unit_length = strlen(column->unit);
    if (unit_length == 0 || length + unit_length + 4 > sizeof text) {
        nlc_json_text(json, "description", column->meaning);
        return;
    }
    memcpy(text, column->meaning, length);
    memcpy(text + length, " [", 2);
    memcpy(text + length + 2, column->unit, unit_length);
    memcpy(text + length + 2 + unit_length, "]", 2);
    nlc_json_text(json, "description", text);
}

static void write_field(nlc_json *json, const nlc_result_column *column, nlc_csv_style style)
{
    nlc_json_open(json, NULL, '{');
    nlc_json_text(json, "name", column->name);
    nlc_json_text(json, "type", nlc_result_type_name(column->type));
    write_description(json, column);
    write_optional(json, "unit", column->unit);
    if (column->type == NLC_RESULT_TYPE_NUMBER && style == NLC_CSV_EXCEL_ID) {
        nlc_json_text(json, "decimalChar", ",");
    }
    if (column->type == NLC_RESULT_TYPE_SWITCH) {
        nlc_json_open(json, "trueValues", '[');
        nlc_json_text(json, NULL, "yes");
        nlc_json_close(json, ']');
        nlc_json_open(json, "falseValues", '[');
        nlc_json_text(json, NULL, "no");
        nlc_json_close(json, ']');
    }
    if (column->role != NLC_RESULT_ROLE_OPTIONAL) {
        nlc_json_open(json, "constraints", '{');
        nlc_json_flag(json, "required", true);
        nlc_json_close(json, '}');
    }
    nlc_json_close(json, '}');
}

static void write_key(nlc_json *json, const nlc_result_columns *columns)
{
    uint32_t num_keys = 0;
    for (uint32_t k = 0; k < columns->num; k++) {
        num_keys += columns->column[k].role == NLC_RESULT_ROLE_KEY;
    }
    if (num_keys == 0) {
        return;
    }
    nlc_json_open(json, "primaryKey", '[');
    for (uint32_t k = 0; k < columns->num; k++) {
        if (columns->column[k].role == NLC_RESULT_ROLE_KEY) {
            nlc_json_text(json, NULL, columns->column[k].name);
        }
    }
    nlc_json_close(json, ']');
}

static void write_schema(nlc_json *json, const nlc_result_columns *columns, nlc_csv_style style)
{
    nlc_json_open(json, "schema", '{');
    nlc_json_open(json, "fields", '[');
    for (uint32_t k = 0; k < columns->num; k++) {
        write_field(json, &columns->column[k], style);
    }
    nlc_json_close(json, ']');
    nlc_json_open(json, "missingValues", '[');
    nlc_json_text(json, NULL, "");
    nlc_json_close(json, ']');
    write_key(json, columns);
    nlc_json_close(json, '}');
}

static void write_dialect(nlc_json *json, nlc_csv_style style)
{
    nlc_json_open(json, "dialect", '{');
    nlc_json_text(json, "delimiter", style == NLC_CSV_EXCEL_ID ? ";" : ",");
    nlc_json_text(json, "lineTerminator", "\r\n");
    nlc_json_text(json, "quoteChar", "\"");
    nlc_json_flag(json, "doubleQuote", true);
    nlc_json_flag(json, "header", true);
    nlc_json_close(json, '}');
}

static void write_file(nlc_json *json, const nlc_folder_file *file)
{
    char hash[sizeof "blake2b:" + NLC_FILE_HASH_LENGTH] = "blake2b:";
    strcat(hash, file->hash);
    nlc_json_text(json, "path", file->name);
    nlc_json_text(json, "encoding", "utf-8");
    nlc_json_whole(json, "bytes", file->bytes);
    nlc_json_text(json, "hash", hash);
}

void nlc_datapackage_table(nlc_json *json, const nlc_result_table *table, const nlc_result_columns *columns, nlc_csv_style style,
                           const nlc_folder_file *file)
{
    nlc_json_open(json, NULL, '{');
    nlc_json_text(json, "profile", "tabular-data-resource");
    nlc_json_text(json, "name", table->name);
    nlc_json_text(json, "description", table->meaning);
    nlc_json_text(json, "format", "csv");
    nlc_json_text(json, "mediatype", "text/csv");
    write_file(json, file);
    write_dialect(json, style);
    write_schema(json, columns, style);
    nlc_json_close(json, '}');
}

static nlc_error write_table(nlc_json *json, const nlc_results *results, nlc_result_table_id table, const nlc_folder_file *file)
{
    nlc_result_columns columns;
    nlc_error error = nlc_result_columns_init(&columns, table, results);
    if (error != NLC_OK) {
        return error;
    }
    nlc_datapackage_table(json, &nlc_result_tables[table], &columns, results->style, file);
    nlc_result_columns_free(&columns);
    return NLC_OK;
}

void nlc_datapackage_scenario(nlc_json *json, const char *name, const nlc_folder_file *file)
{
    nlc_json_open(json, NULL, '{');
    nlc_json_text(json, "profile", "data-resource");
    nlc_json_text(json, "name", name);
    nlc_json_text(json, "description",
                  "The resolved scenario: everything that the runs read, from which nlcsim computes them again.");
    nlc_json_text(json, "format", "txt");
    nlc_json_text(json, "mediatype", "text/plain");
    write_file(json, file);
    nlc_json_close(json, '}');
}

static nlc_error write_resource(nlc_json *json, const nlc_results *results, const nlc_folder_file *file)
{
    for (uint32_t k = 0; k < NLC_NUM_RESULT_TABLES; k++) {
        if (strcmp(nlc_result_tables[k].file, file->name) == 0) {
            return write_table(json, results, (nlc_result_table_id)k, file);
        }
    }
    nlc_datapackage_scenario(json, "scenario", file);
    return NLC_OK;
}

/* The package is named after what it holds. */
static void write_names(nlc_json *json, const nlc_results *results)
{
    char name[32] = "nlcsim-results-";
    strncat(name, results->resolved_hash, 12);
    const char *title = results->ensemble->scenario->title;
    nlc_json_text(json, "profile", "data-package");
    nlc_json_text(json, "name", name);
    nlc_json_text(json, "title", title == NULL || title[0] == '\0' ? "nlcsim results" : title);
    nlc_json_text(json, "description", purpose);
}

nlc_error nlc_datapackage_write(const nlc_results *results, const nlc_folder *folder, nlc_file *file)
{
    nlc_json json;
    nlc_error error = NLC_OK;
    nlc_json_begin(&json, file);
    nlc_json_open(&json, NULL, '{');
    write_names(&json, results);
    write_provenance(&json, results);
    nlc_json_open(&json, "resources", '[');
    for (uint32_t k = 1; k < folder->num_files && error == NLC_OK; k++) {
        error = write_resource(&json, results, &folder->files[k]);
    }
    if (error == NLC_OK) {
        nlc_json_close(&json, ']');
        nlc_json_close(&json, '}');
        nlc_json_end(&json);
    }
    return error;
}
