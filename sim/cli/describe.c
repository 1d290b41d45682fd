#include "load.h"

#include "analyse_columns.h"
#include "columns.h"
#include "comparison.h"
#include "dictionary.h"
#include "posterior.h"
#include "problems.h"
#include "rivals.h"
#include "skill.h"
#include "study_tables.h"
#include "table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* One topic: a table that is filled from the tables in the code. */
typedef struct {
    const char *name;
    const char *columns[12]; /* ends with NULL */
    void (*fill)(cli_table *table, const nlc_model *model);
} topic;

/* All of them, whichever the other tables are about. */
static void models_fill(cli_table *table, const nlc_model *chosen)
{
    (void)chosen;
    for (const nlc_model *const *next = nlc_models(); *next != NULL; next++) {
        const nlc_model *model = *next;
        cli_table_text(table, model->name);
        cli_table_whole(table, model->code_version);
        cli_table_whole(table, model->num_parameters);
        cli_table_whole(table, model->num_levers);
        cli_table_whole(table, model->num_fields);
        cli_table_whole(table, model->num_measures);
        cli_table_whole(table, model->num_outcomes);
        cli_table_text(table, model->title);
    }
}

static void parameters_fill(cli_table *table, const nlc_model *model)
{
    for (uint32_t k = 0; k < model->num_parameters; k++) {
        const nlc_parameter *parameter = &model->parameters[k];
        cli_table_text(table, parameter->name);
        cli_table_text(table, parameter->symbol);
        cli_table_text(table, parameter->unit);
        cli_table_float(table, parameter->value);
        cli_table_float(table, parameter->low);
        cli_table_float(table, parameter->high);
        cli_table_text(table, nlc_evidence_name(parameter->evidence));
        cli_table_text(table, parameter->source);
        cli_table_text(table, parameter->meaning);
    }
}

static const char *scope_name(nlc_lever_scope scope)
{
    static const char *const names[] = {"place", "place or agency", "country"};
    return names[scope];
}

static void levers_fill(cli_table *table, const nlc_model *model)
{
    for (uint32_t k = 0; k < model->num_levers; k++) {
        const nlc_lever *lever = &model->levers[k];
        cli_table_text(table, lever->name);
        cli_table_text(table, lever->unit);
        cli_table_float(table, lever->value);
        cli_table_float(table, lever->low);
        cli_table_float(table, lever->high);
        cli_table_text(table, scope_name(lever->scope));
        cli_table_text(table, nlc_dial_name(lever->dial));
        cli_table_flag(table, lever->waits_for_wave);
        cli_table_flag(table, lever->is_switch);
        cli_table_flag(table, lever->may_be_unlimited);
        cli_table_text(table, lever->meaning);
    }
}

static void input_fill(cli_table *table, const char *file, const nlc_column *column)
{
    cli_table_text(table, file);
    cli_table_text(table, column->name);
    cli_table_text(table, nlc_column_type_name(column->type));
    cli_table_text(table, column->unit);
    cli_table_bound(table, column->low);
    cli_table_bound(table, column->high);
    cli_table_text(table, column->choices);
    cli_table_flag(table, column->required);
    cli_table_text(table, column->empty);
    cli_table_text(table, column->meaning);
}

static void result_fill(cli_table *table, const char *file, const nlc_result_column *column)
{
    const bool may_be_empty = column->role == NLC_RESULT_ROLE_OPTIONAL;
    cli_table_text(table, file);
    cli_table_text(table, column->name);
    cli_table_text(table, nlc_result_type_name(column->type));
    cli_table_text(table, column->unit);
    cli_table_bound(table, -INFINITY);
    cli_table_bound(table, INFINITY);
    cli_table_text(table, "");
    cli_table_flag(table, !may_be_empty);
    cli_table_text(table, may_be_empty ? "not reached, or without meaning" : "");
    cli_table_text(table, column->meaning);
}

static void analysis_fill(void *table, const char *file, const nlc_result_column *column)
{
    char path[40];
    snprintf(path, sizeof path, "analyse/%s", file);
    result_fill(table, path, column);
}

static void results_fill(cli_table *table, const char *command, const nlc_result_table *tables, uint32_t num_tables)
{
    char file[40];
    for (uint32_t id = 0; id < num_tables; id++) {
        const nlc_result_table *result = &tables[id];
        snprintf(file, sizeof file, "%s/%s", command, result->file);
        for (uint32_t k = 0; k < result->num_columns; k++)
            result_fill(table, file, &result->columns[k]);
        if (result->more != NULL)
            result_fill(table, file,
                        &(nlc_result_column){.name = "...", .role = NLC_RESULT_ROLE_OPTIONAL, .unit = "", .meaning = result->more});
    }
}

static void study_keys_fill(cli_table *table)
{
    for (nlc_study_key key = 0; key < NLC_NUM_STUDY_KEYS; key++)
        input_fill(table, nlc_table_file(NLC_TABLE_STUDY), nlc_study_key_column(key));
}

/* The keys of scenario.csv and study.csv stand for their columns, which are only `key` and `value`. */
static void columns_fill(cli_table *table, const nlc_model *model)
{
    for (nlc_key key = 0; key < NLC_NUM_KEYS; key++)
        input_fill(table, nlc_table_file(NLC_TABLE_SCENARIO), nlc_key_column(key));
    for (nlc_table file = NLC_TABLE_SCENARIO + 1; file < NLC_NUM_ALL_TABLES; file++) {
        if (file == NLC_TABLE_STUDY) {
            study_keys_fill(table);
            continue;
        }
        nlc_columns columns;
        if (nlc_columns_init(&columns, file, model) != NLC_OK)
            table->is_broken = true;
        for (uint32_t k = 0; !table->is_broken && k < columns.num; k++)
            input_fill(table, nlc_table_file(file), &columns.column[k]);
        nlc_columns_free(&columns);
    }
    for (uint32_t k = 0; k < CLI_NUM_TARGET_COLUMNS; k++)
        input_fill(table, CLI_TARGETS_FILE, &cli_target_columns[k]);
    results_fill(table, "run", nlc_result_tables, NLC_NUM_RESULT_TABLES);
    results_fill(table, "compare", nlc_compare_tables, NLC_NUM_COMPARE_TABLES);
    results_fill(table, "sweep", nlc_study_tables, NLC_NUM_STUDY_TABLES);
    results_fill(table, "calibrate", nlc_posterior_tables, NLC_NUM_POSTERIOR_TABLES);
    results_fill(table, "forecast", nlc_skill_tables, NLC_NUM_SKILL_TABLES);
    results_fill(table, "forecast", nlc_rival_tables, NLC_NUM_RIVAL_TABLES);
    cli_analysis_columns(analysis_fill, table);
}

static void measures_fill(cli_table *table, const nlc_model *model)
{
    for (uint32_t k = 0; k < model->num_measures; k++) {
        cli_table_text(table, model->measures[k].name);
        cli_table_text(table, model->measures[k].unit);
        cli_table_whole(table, model->measures[k].decimals);
        cli_table_text(table, model->measures[k].meaning);
    }
}

static void outcomes_fill(cli_table *table, const nlc_model *model)
{
    for (uint32_t k = 0; k < model->num_outcomes; k++) {
        cli_table_text(table, model->outcomes[k].name);
        cli_table_text(table, model->outcomes[k].unit);
        cli_table_whole(table, model->outcomes[k].decimals);
        cli_table_text(table, model->outcomes[k].measure);
        cli_table_text(table, model->outcomes[k].meaning);
    }
}

static void attributes_fill(cli_table *table, const nlc_model *model)
{
    for (uint32_t k = 0; k < model->num_attributes; k++) {
        const nlc_attribute *attribute = &model->attributes[k];
        cli_table_text(table, attribute->name);
        cli_table_text(table, attribute->unit);
        cli_table_float(table, attribute->low);
        cli_table_float(table, attribute->high);
        cli_table_text(table, attribute->parameter != NULL ? attribute->parameter : "0");
        cli_table_text(table, attribute->meaning);
    }
}

static void fields_fill(cli_table *table, const nlc_model *model)
{
    for (uint32_t k = 0; k < model->num_fields; k++) {
        cli_table_text(table, model->fields[k].name);
        cli_table_text(table, model->fields[k].unit);
        cli_table_flag(table, model->fields[k].shared);
        cli_table_text(table, model->fields[k].meaning);
    }
}

static void views_fill(cli_table *table, const nlc_model *model)
{
    for (uint32_t k = 0; k < model->num_views; k++) {
        cli_table_text(table, model->views[k].name);
        cli_table_text(table, model->fields[model->views[k].field].name);
        cli_table_text(table, model->views[k].meaning);
    }
}

static void flows_fill(cli_table *table, const nlc_model *model)
{
    for (uint32_t k = 0; k < model->num_flows; k++) {
        cli_table_text(table, model->flows[k].kind);
        cli_table_text(table, model->flows[k].direction);
        cli_table_text(table, model->flows[k].meaning);
    }
}

static const topic topics[] = {
    {"models", {"name", "version", "parameters", "levers", "fields", "measures", "outcomes", "title"}, models_fill},
    {"parameters", {"name", "symbol", "unit", "default", "low", "high", "evidence", "source", "meaning"}, parameters_fill},
    {"levers",
     {"name", "unit", "default", "low", "high", "acts_on", "dial", "waits_for_wave", "switch", "may_be_unlimited", "meaning"},
     levers_fill},
    {"columns", {"file", "column", "type", "unit", "low", "high", "choices", "required", "empty_means", "meaning"}, columns_fill},
    {"measures", {"name", "unit", "decimals", "meaning"}, measures_fill},
    {"outcomes", {"name", "unit", "decimals", "measure", "meaning"}, outcomes_fill},
    {"attributes", {"name", "unit", "low", "high", "empty_means", "meaning"}, attributes_fill},
    {"fields", {"name", "unit", "read_by_others", "meaning"}, fields_fill},
    {"views", {"name", "field", "meaning"}, views_fill},
    {"flows", {"kind", "direction", "meaning"}, flows_fill},
};
enum { NUM_TOPICS = sizeof topics / sizeof topics[0] };

/* What stands before a topic when all are printed; in JSON they are the members of one object. */
static void title_print(const topic *topic, const char *format)
{
    const bool is_first = topic == topics;
    if (strcmp(format, "json") == 0)
        printf("%s\n\"%s\": ", is_first ? "{" : ",", topic->name);
    else
        printf("%s%s%s\n\n", is_first ? "" : "\n", strcmp(format, "markdown") == 0 ? "## " : "", topic->name);
}

static nlc_error topic_print(const topic *topic, const nlc_model *model, const char *format, bool has_title)
{
    uint32_t num_columns = 0;
    while (topic->columns[num_columns] != NULL)
        num_columns++;
    cli_table table;
    cli_table_init(&table, topic->columns, num_columns);
    topic->fill(&table, model);
    const nlc_error error = table.is_broken ? NLC_ERROR_MEMORY : NLC_OK;
    if (error == NLC_OK && has_title)
        title_print(topic, format);
    if (error == NLC_OK)
        cli_table_print(&table, format, stdout);
    cli_table_free(&table);
    return error;
}

static const char *model_name(const void *context, uint32_t i)
{
    const nlc_model *const *models = context;
    return models[i]->name;
}

/* The model that --model names, or the first; NULL when it has been said that there is none. */
static const nlc_model *model_find(const cli_arguments *arguments)
{
    const nlc_model *const *models = nlc_models();
    const char *name = cli_value(arguments, "model");
    uint32_t num = 0;
    for (; models[num] != NULL; num++)
        if (name == NULL || strcmp(models[num]->name, name) == 0)
            return models[num];
    char hint[NLC_HINT_LENGTH];
    cli_complain(arguments->command, "'%s' is not a model%s", name, nlc_hint(hint, nlc_nearest(name, model_name, models, num)));
    return NULL;
}

static int describe(const cli_arguments *arguments)
{
    const char *format = cli_value(arguments, "format");
    const char *name = arguments->num_operands > 0 ? arguments->operands[0] : NULL;
    const nlc_model *model = model_find(arguments);
    if (model == NULL)
        return CLI_WRONG;
    if (format == NULL)
        format = "table";
    if (name == NULL && strcmp(format, "csv") == 0) {
        cli_complain(arguments->command, "a CSV file holds one table: name what to describe, %s", arguments->command->operands);
        return CLI_WRONG;
    }
    nlc_error error = NLC_OK;
    for (size_t k = 0; k < NUM_TOPICS && error == NLC_OK; k++)
        if (name == NULL || strcmp(topics[k].name, name) == 0)
            error = topic_print(&topics[k], model, format, name == NULL);
    if (strcmp(format, "json") == 0)
        fputs(name == NULL ? "\n}\n" : "\n", stdout);
    return cli_fail(arguments, error, model->name);
}

static const cli_option options[] = {
    {.name = "format",
     .kind = CLI_WORD,
     .argument = "table|csv|json|markdown",
     .standard = "table",
     .meaning = "How it is printed."},
    {.name = "model", .kind = CLI_TEXT, .argument = "NAME", .standard = "nlc", .meaning = "The model whose tables are printed."},
};

const cli_command cli_describe = {
    .name = "describe",
    .operands = "[models|parameters|levers|columns|measures|outcomes|attributes|fields|views|flows]",
    .operand_kind = CLI_WORD,
    .operand_words = "models|parameters|levers|columns|measures|outcomes|attributes|fields|views|flows",
    .max_operands = 1,
    .summary = "print what the program knows: models, parameters, levers, columns, measures and more",
    .description =
        "Prints the tables that the program itself works from: the models built in; their parameters with default, bounds, unit, "
        "evidence class and source; their levers; the columns of all files of a scenario and of a study, with the keys of "
        "scenario.csv and study.csv, of targets.csv, which analyse select reads, and those of results, under the command that "
        "writes them, as sweep/runs.csv; the measures "
        "and outcomes that results hold; the attributes and the state of places; and what flows between tiers. Without a name it "
        "prints all of them.",
    .example = "nlcsim describe parameters --format csv > parameters.csv",
    .example_means = "Writes the parameter table for a spreadsheet.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = describe,
};
