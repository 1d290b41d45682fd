/* The one list of files, columns and keys; see columns.h. */
#include "columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NONE        -INFINITY, INFINITY
#define SHARE       0, 1
#define COUNT(n)    (uint32_t)(sizeof(n) / sizeof *(n))
#define MOST_PEOPLE 1e10

static const nlc_column scenario_columns[] = {
    {"key", "", NLC_COLUMN_ID, true, true, NONE, NULL, "", "a setting of the scenario", NLC_SCENARIO_KEY},
    {"value", "", NLC_COLUMN_TEXT, true, false, NONE, NULL, "the key's default", "its value", NLC_SCENARIO_VALUE},
};

static const nlc_column node_columns[] = {
    {"id", "", NLC_COLUMN_ID, true, true, NONE, NULL, "", "names the node in all tables", NLC_NODE_ID},
    {"name", "", NLC_COLUMN_TEXT, false, false, NONE, NULL, "the id", "what people call the place", NLC_NODE_NAME},
    {"tier", "", NLC_COLUMN_ID, true, true, NONE, NULL, "", "level of government, a word of your own such as province or city",
     NLC_NODE_TIER},
    {"parent_id", "", NLC_COLUMN_ID, true, false, NONE, NULL, "the node leads a country",
     "id of the node above, of any tier: tiers may be skipped", NLC_NODE_PARENT},
    {"population", "people", NLC_COLUMN_WHOLE, false, false, 0, MOST_PEOPLE, NULL, "unknown", "inhabitants", NLC_NODE_POPULATION},
    {"lat", "degrees north", NLC_COLUMN_NUMBER, false, false, -90, 90, NULL, "inferred from the nodes below or beside it",
     "latitude", NLC_NODE_LAT},
    {"lon", "degrees east", NLC_COLUMN_NUMBER, false, false, -180, 180, NULL, "inferred from the nodes below or beside it",
     "longitude", NLC_NODE_LON},
    {"source", "", NLC_COLUMN_TEXT, false, false, NONE, NULL, "not given", "where the row comes from", NLC_NODE_SOURCE},
    {"head", "", NLC_COLUMN_CHOICE, false, false, NONE, "elected|appointed", "elected",
     "how the head of the place comes to office; elections replace elected heads only", NLC_NODE_HEAD},
    {"wave", "", NLC_COLUMN_ID, false, false, NONE, NULL, "no wave: begun from month 1", "roll-out wave (see waves.csv)",
     NLC_NODE_WAVE},
    {"group", "", NLC_COLUMN_ID, false, false, NONE, NULL, "no group", "a label for levers and results that is not a roll-out wave",
     NLC_NODE_GROUP},
    {"start_stage", "", NLC_COLUMN_CHOICE, false, false, NONE, NULL, "follows from the awareness at the start",
     "stage that the place has reached before month 1", NLC_NODE_START_STAGE},
};

static const nlc_column agency_columns[] = {
    {"id", "", NLC_COLUMN_ID, true, true, NONE, NULL, "", "names the agency; no node has the same id", NLC_AGENCY_ID},
    {"name", "", NLC_COLUMN_TEXT, false, false, NONE, NULL, "the id", "what people call the agency", NLC_AGENCY_NAME},
    {"country", "", NLC_COLUMN_ID, true, true, NONE, NULL, "", "id of the country's lead in nodes.csv", NLC_AGENCY_COUNTRY},
    {"sector", "", NLC_COLUMN_CHOICE, true, true, NONE, "lead|security|service", "",
     "lead: the country's lead of nodes.csv itself; security: delivers the security channel and has no slots; service: shares in "
     "national facilitation",
     NLC_AGENCY_SECTOR},
    {"weight", "1", NLC_COLUMN_NUMBER, false, false, SHARE, NULL, "1",
     "oversight weight: how closely it works with the lead, above 0", NLC_AGENCY_WEIGHT},
};

static const nlc_column channel_columns[] = {
    {"from", "", NLC_COLUMN_ID, true, true, NONE, NULL, "", "id of the node or agency that is heard", NLC_CHANNEL_FROM},
    {"to", "", NLC_COLUMN_ID, true, true, NONE, NULL, "", "id of the node that hears", NLC_CHANNEL_TO},
    {"kind", "", NLC_COLUMN_CHOICE, true, true, NONE, "peer|regional|direct|line|oversight", "",
     "peer: places of one country; regional: across borders; direct: lead and place; line: parent and child; oversight: agency and "
     "lead",
     NLC_CHANNEL_KIND},
    {"weight", "1", NLC_COLUMN_NUMBER, false, false, SHARE, NULL, "1", "strength of the channel, above 0", NLC_CHANNEL_WEIGHT},
    {"both", "", NLC_COLUMN_CHOICE, false, false, NONE, "yes|no", "yes", "whether the channel runs both ways", NLC_CHANNEL_BOTH},
};

static const nlc_column wave_columns[] = {
    {"wave", "", NLC_COLUMN_ID, true, true, NONE, NULL, "", "a wave that nodes.csv names", NLC_WAVE_WAVE},
    {"start", "", NLC_COLUMN_START, true, true, NONE, NULL, "", "first month of the wave", NLC_WAVE_START},
    {"label", "", NLC_COLUMN_TEXT, false, false, NONE, NULL, "the wave", "what people call the wave", NLC_WAVE_LABEL},
};

static const nlc_column lever_columns[] = {
    {"lever", "", NLC_COLUMN_ID, true, true, NONE, NULL, "", "a lever of the model", NLC_ROW_LEVER},
    {"from", "", NLC_COLUMN_WHEN, false, false, NONE, NULL, "the first month", "first month of the row", NLC_ROW_FROM},
    {"to", "", NLC_COLUMN_WHEN, false, false, NONE, NULL, "the last month", "last month of the row, included", NLC_ROW_TO},
    {"under", "", NLC_COLUMN_ID, false, false, NONE, NULL, "everywhere", "id of a node: that node and all below it", NLC_ROW_UNDER},
    {"tier", "", NLC_COLUMN_ID, false, false, NONE, NULL, "all tiers", "only nodes of this tier", NLC_ROW_TIER},
    {"wave", "", NLC_COLUMN_ID, false, false, NONE, NULL, "all waves", "only places of this wave", NLC_ROW_WAVE},
    {"group", "", NLC_COLUMN_ID, false, false, NONE, NULL, "all groups", "only nodes of this group", NLC_ROW_GROUP},
    {"how", "", NLC_COLUMN_CHOICE, false, false, NONE, "set|scale|add", "set", "what the row does to the rows above it",
     NLC_ROW_HOW},
    {"value", "that of the lever", NLC_COLUMN_VALUE, true, true, NONE, NULL, "", "the number to set, to scale by, or to add",
     NLC_ROW_VALUE},
    {"note", "", NLC_COLUMN_TEXT, false, false, NONE, NULL, "none", "why", NLC_ROW_NOTE},
};

static const nlc_column parameter_columns[] = {
    {"name", "", NLC_COLUMN_ID, true, true, NONE, NULL, "", "a parameter of the model", NLC_PARAMETER_NAME},
    {"value", "that of the parameter", NLC_COLUMN_NUMBER, true, true, NONE, NULL, "", "its value here", NLC_PARAMETER_VALUE},
    {"evidence", "", NLC_COLUMN_CHOICE, false, false, NONE, "calibrated|literature|tuned|assumption", "assumption",
     "how well the value is known", NLC_PARAMETER_EVIDENCE},
    {"source", "", NLC_COLUMN_TEXT, false, false, NONE, NULL, "not given", "where the value comes from", NLC_PARAMETER_SOURCE},
};

static const nlc_column observed_columns[] = {
    {"date", "", NLC_COLUMN_DATE, true, true, NONE, NULL, "", "when it was counted; compared with the last whole month before",
     NLC_OBSERVED_DATE},
    {"under", "", NLC_COLUMN_ID, false, false, NONE, NULL, "everywhere", "id of a node: that node and all below it",
     NLC_OBSERVED_UNDER},
    {"tier", "", NLC_COLUMN_ID, false, false, NONE, NULL, "all tiers", "only nodes of this tier", NLC_OBSERVED_TIER},
    {"group", "", NLC_COLUMN_ID, false, false, NONE, NULL, "all groups", "only nodes of this group", NLC_OBSERVED_GROUP},
    {"measure", "", NLC_COLUMN_ID, true, true, NONE, NULL, "", "a measure of the model", NLC_OBSERVED_MEASURE},
    {"value", "that of the measure", NLC_COLUMN_NUMBER, true, true, NONE, NULL, "", "what was seen; a count where total is given",
     NLC_OBSERVED_VALUE},
    {"total", "places", NLC_COLUMN_WHOLE, false, false, 1, MOST_PEOPLE, NULL, "value is as the measure is", "out of how many",
     NLC_OBSERVED_TOTAL},
    {"error", "that of value", NLC_COLUMN_NUMBER, false, false, 0, INFINITY, NULL, "unknown", "standard error of value",
     NLC_OBSERVED_ERROR},
    {"source", "", NLC_COLUMN_TEXT, false, false, NONE, NULL, "not given", "where the count was published", NLC_OBSERVED_SOURCE},
};

static const nlc_column study_columns[] = {
    {"key", "", NLC_COLUMN_ID, true, true, NONE, NULL, "", "a setting of the study", NLC_STUDY_NAME},
    {"value", "", NLC_COLUMN_TEXT, true, false, NONE, NULL, "the key's default", "its value", NLC_STUDY_VALUE},
};

static const nlc_column factor_columns[] = {
    {"name", "", NLC_COLUMN_ID, true, true, NONE, NULL, "",
     "what varies: an address as for --set, without a value; any word of your own for a scenario or a model", NLC_FACTOR_NAME},
    {"role", "", NLC_COLUMN_CHOICE, true, true, NONE, "lever|uncertainty", "",
     "lever: somebody can choose it; uncertainty: nobody knows it", NLC_FACTOR_ROLE},
    {"kind", "", NLC_COLUMN_CHOICE, true, true, NONE, "real|integer|category|switch|scenario|model", "",
     "what its values are; scenario: levels are folders, model: levels are models", NLC_FACTOR_KIND},
    {"low", "that of the factor", NLC_COLUMN_NUMBER, false, false, NONE, NULL, "levels are given", "smallest value",
     NLC_FACTOR_LOW},
    {"high", "that of the factor", NLC_COLUMN_NUMBER, false, false, NONE, NULL, "levels are given", "largest value",
     NLC_FACTOR_HIGH},
    {"levels", "", NLC_COLUMN_TEXT, false, false, NONE, NULL, "low to high, in four equal steps where a design needs steps",
     "the values with | between them; or, with low and high, how many equal steps a grid has", NLC_FACTOR_LEVELS},
    {"distribution", "", NLC_COLUMN_TEXT, false, false, NONE, NULL, "uniform",
     "uniform, loguniform, triangular:MODE, normal:MEAN:SD or beta:A:B, all of them within low and high", NLC_FACTOR_DISTRIBUTION},
    {"scale", "", NLC_COLUMN_CHOICE, false, false, NONE, "linear|log", "linear",
     "whether steps between low and high are equal in the value or in its logarithm", NLC_FACTOR_SCALE},
};

static const nlc_column study_keys[] = {
    {"title", "", NLC_COLUMN_TEXT, false, false, NONE, NULL, "", "what the study is called in results", NLC_STUDY_KEY_TITLE},
    {"scenario", "", NLC_COLUMN_TEXT, false, true, NONE, NULL, "", "path of the scenario folder that is varied, from here",
     NLC_STUDY_KEY_SCENARIO},
    {"design", "", NLC_COLUMN_CHOICE, true, true, NONE, "factorial|one-at-a-time|list|lhs|sobol|saltelli|morris|crossed", "",
     "how design points are chosen", NLC_STUDY_KEY_DESIGN},
    {"points", "points", NLC_COLUMN_WHOLE, false, true, 1, 100000000, NULL, "",
     "how many: points of lhs and sobol, base samples of saltelli, trajectories of morris, samples of the uncertainties of crossed",
     NLC_STUDY_KEY_POINTS},
    {"candidates", "trajectories", NLC_COLUMN_WHOLE, false, true, 0, NLC_MOST_CANDIDATES, NULL,
     "ten for each of points, at most 500",
     "morris: of so many trajectories those that lie furthest apart are run (Campolongo); 0, or as many as points: no choice",
     NLC_STUDY_KEY_CANDIDATES},
    {"sample", "", NLC_COLUMN_TEXT, false, true, NONE, NULL, "a Latin hypercube",
     "crossed: path of a table of joint values of the uncertainties, from here: a column each, a row a sample, such as the "
     "posterior.csv of calibrate; its first rows are taken, as many as points, or all",
     NLC_STUDY_KEY_SAMPLE},
    {"replicates", "runs", NLC_COLUMN_WHOLE, false, true, 1, 1000000, NULL, "those of the scenario", "runs of each point",
     NLC_STUDY_KEY_REPLICATES},
    {"seed", "", NLC_COLUMN_WHOLE, false, true, 0, INFINITY, NULL, "that of the scenario",
     "where chance starts, in the design and in the runs; all points share it", NLC_STUDY_KEY_SEED},
    {"outcomes", "", NLC_COLUMN_TEXT, false, true, NONE, NULL, "all outcomes, for all places together",
     "columns of results, with | between them: OUTCOME, or OUTCOME.tier.TIER as in runs.csv", NLC_STUDY_KEY_OUTCOMES},
    {"stop", "", NLC_COLUMN_TEXT, false, true, NONE, NULL, "replicates, no more and no fewer",
     "run each point until the mean of an outcome is known within a half-width: OUTCOME:WIDTH in its unit or OUTCOME:PERCENT% of "
     "the mean; then, if wanted, :MOST runs of a point (100 times the replicates, at least 10000) and :CONFIDENCE in percent "
     "(95); replicates are then the fewest",
     NLC_STUDY_KEY_STOP},
};

static const nlc_column keys[] = {
    {"format", "", NLC_COLUMN_WHOLE, false, true, 1, 1, NULL, "1", "version of the folder's format", NLC_KEY_FORMAT},
    {"title", "", NLC_COLUMN_TEXT, false, false, NONE, NULL, "", "what the scenario is called in results", NLC_KEY_TITLE},
    {"model", "", NLC_COLUMN_ID, false, true, NONE, NULL, "nlc", "the coordination mechanism", NLC_KEY_MODEL},
    {"extends", "", NLC_COLUMN_TEXT, false, true, NONE, NULL, "", "path of the folder that this one varies, from here",
     NLC_KEY_EXTENDS},
    {"start", "", NLC_COLUMN_MONTH, true, true, NONE, NULL, "", "calendar month of month 1", NLC_KEY_START},
    {"months", "months", NLC_COLUMN_WHOLE, true, true, 1, 1200, NULL, "", "length of a run", NLC_KEY_MONTHS},
    {"replicates", "runs", NLC_COLUMN_WHOLE, false, true, 1, 1000000, NULL, "100", "runs of the scenario", NLC_KEY_REPLICATES},
    {"seed", "", NLC_COLUMN_WHOLE, false, true, 0, INFINITY, NULL, "1", "where chance starts", NLC_KEY_SEED},
    {"networks", "draws", NLC_COLUMN_WHOLE, false, true, 1, 1000, NULL, "8", "network draws, where the network is made by chance",
     NLC_KEY_NETWORKS},
    {"adopting", "", NLC_COLUMN_ID, true, true, NONE, NULL, "", "tiers that adopt local plans, with | between them",
     NLC_KEY_ADOPTING},
    {"peers", "", NLC_COLUMN_ID, false, true, NONE, NULL, "none",
     "peer channels: none, nearest:K, parent, smallworld:K:P, random:DEGREE or file (the default where channels.csv has peer rows)",
     NLC_KEY_PEERS},
    {"regional", "", NLC_COLUMN_ID, false, true, NONE, NULL, "none",
     "channels across borders: none, central:N or file (the default where channels.csv has regional rows)", NLC_KEY_REGIONAL},
    {"waves", "", NLC_COLUMN_CHOICE, false, true, NONE, "listed|random|largest|central|legacy|ready", "listed",
     "how places come into waves: by their column, or by a rule", NLC_KEY_WAVES},
    {"waves_unit", "", NLC_COLUMN_CHOICE, false, true, NONE, "block|place", "block",
     "what a rule moves: all below one top-tier node, or single places", NLC_KEY_WAVES_UNIT},
    {"waves_number", "waves", NLC_COLUMN_WHOLE, false, true, 1, 1000, NULL, "", "number of waves that a rule makes",
     NLC_KEY_WAVES_NUMBER},
    {"waves_start", "", NLC_COLUMN_START, false, true, NONE, NULL, "1", "first month of the first wave", NLC_KEY_WAVES_START},
    {"waves_gap", "months", NLC_COLUMN_WHOLE, false, true, 0, 1200, NULL, "", "months from one wave's start to the next",
     NLC_KEY_WAVES_GAP},
    {"names", "", NLC_COLUMN_CHOICE, false, true, NONE, "no|yes", "no", "whether results may name leaf places", NLC_KEY_NAMES},
};

static const struct {
    const char *file, *meaning;
    const nlc_column *column;
    uint32_t num;
} tables[NLC_NUM_ALL_TABLES] = {
    {"scenario.csv", "what the scenario is", scenario_columns, COUNT(scenario_columns)},
    {"nodes.csv", "the places and the lead of each country", node_columns, COUNT(node_columns)},
    {"agencies.csv", "national agencies beside the lead", agency_columns, COUNT(agency_columns)},
    {"channels.csv", "who hears whom, and how well", channel_columns, COUNT(channel_columns)},
    {"waves.csv", "when each roll-out wave begins", wave_columns, COUNT(wave_columns)},
    {"levers.csv", "what is done, where and when; rows apply top to bottom", lever_columns, COUNT(lever_columns)},
    {"parameters.csv", "coefficients that differ from the model's table", parameter_columns, COUNT(parameter_columns)},
    {"observed.csv", "what was counted, to be drawn over the results", observed_columns, COUNT(observed_columns)},
    {"study.csv", "what a study is", study_columns, COUNT(study_columns)},
    {"factors.csv", "what a study varies, and how far", factor_columns, COUNT(factor_columns)},
};

const char *nlc_column_type_name(nlc_column_type type)
{
    static const char *const name[] = {"string", "string",    "string", "number", "integer",
                                       "string", "yearmonth", "string", "string", "string"};
    return name[type];
}

const char *nlc_table_file(nlc_table table)
{
    return tables[table].file;
}

const char *nlc_table_meaning(nlc_table table)
{
    return tables[table].meaning;
}

static void add(nlc_columns *self, nlc_column column)
{
    if (self->table == NLC_TABLE_NODES && column.field == NLC_NODE_START_STAGE)
        column.choices = self->stages;
    if (column.field < NLC_MAX_FIELDS)
        self->at[column.field] = self->num;
    self->column[self->num++] = column;
}

/* Attributes that describe the place stand before `wave`, values at the start stand last. */
static void add_attributes(nlc_columns *self, const nlc_model *model, bool at_start)
{
    for (uint32_t i = 0; i < model->num_attributes; i++) {
        const nlc_attribute *attribute = &model->attributes[i];
        if ((strncmp(attribute->name, "start_", 6) == 0) == at_start)
            add(self, (nlc_column){attribute->name, attribute->unit, NLC_COLUMN_NUMBER, false, false, (double)attribute->low,
                                   (double)attribute->high, NULL, attribute->parameter ? "the parameter of that name" : "0",
                                   attribute->meaning, NLC_FIELD_ATTRIBUTE + i});
    }
}

/* Levers whose base value is a column: of nodes.csv, and of agencies.csv too if they act there. */
static void add_levers(nlc_columns *self, const nlc_model *model)
{
    for (uint32_t i = 0; i < model->num_levers; i++) {
        const nlc_lever *lever = &model->levers[i];
        if (lever->attribute && (self->table == NLC_TABLE_NODES || lever->scope == NLC_LEVER_ANY))
            add(self, (nlc_column){lever->attribute, lever->unit, lever->may_be_unlimited ? NLC_COLUMN_VALUE : NLC_COLUMN_NUMBER,
                                   false, false, (double)lever->low, (double)lever->high, NULL, "the lever's default",
                                   lever->meaning, NLC_FIELD_LEVER + i});
    }
}

/* The stages of the model with | between them. */
static char *joined_stages(const nlc_model *model)
{
    size_t length = 1, at = 0;
    for (uint32_t i = 0; i < model->num_stages; i++)
        length += strlen(model->stages[i]) + 1;
    char *text = malloc(length);
    if (!text)
        return NULL;
    for (uint32_t i = 0; i < model->num_stages; i++) {
        const size_t size = strlen(model->stages[i]);
        if (i > 0)
            text[at++] = '|';
        memcpy(text + at, model->stages[i], size);
        at += size;
    }
    text[at] = '\0';
    return text;
}

nlc_error nlc_columns_init(nlc_columns *self, nlc_table table, const nlc_model *model)
{
    const uint32_t most = tables[table].num + model->num_attributes + model->num_levers;
    *self = (nlc_columns){.table = table, .column = malloc(most * sizeof *self->column), .stages = joined_stages(model)};
    if (!self->column || !self->stages) {
        nlc_columns_free(self);
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < tables[table].num; i++) {
        const nlc_column *column = &tables[table].column[i];
        if (table == NLC_TABLE_NODES && column->field == NLC_NODE_WAVE) {
            add_attributes(self, model, false);
            add_levers(self, model);
        }
        if (table == NLC_TABLE_AGENCIES && column->field == NLC_AGENCY_WEIGHT)
            add_levers(self, model);
        add(self, *column);
    }
    if (table == NLC_TABLE_NODES)
        add_attributes(self, model, true);
    return NLC_OK;
}

void nlc_columns_free(nlc_columns *self)
{
    free(self->column);
    free(self->stages);
    *self = (nlc_columns){0};
}

const nlc_column *nlc_row_column(uint32_t field)
{
    const nlc_column *column = lever_columns;
    while (column->field != field)
        column++;
    return column;
}

const nlc_column *nlc_key_column(nlc_key key)
{
    return &keys[key];
}

nlc_key nlc_key_find(const char *name)
{
    uint32_t key = 0;
    while (key < NLC_NUM_KEYS && strcmp(keys[key].name, name) != 0)
        key++;
    return (nlc_key)key;
}

const nlc_column *nlc_study_key_column(nlc_study_key key)
{
    return &study_keys[key];
}

nlc_study_key nlc_study_key_find(const char *name)
{
    uint32_t key = 0;
    while (key < NLC_NUM_STUDY_KEYS && strcmp(study_keys[key].name, name) != 0)
        key++;
    return (nlc_study_key)key;
}

static const char *word_at(const char *choices, uint32_t i, size_t *length)
{
    for (; i > 0; i--) {
        choices = strchr(choices, '|');
        if (!choices)
            return NULL;
        choices++;
    }
    *length = strcspn(choices, "|");
    return choices;
}

uint32_t nlc_choice_find(const char *choices, const char *word)
{
    size_t length;
    const char *at;
    for (uint32_t i = 0; (at = word_at(choices, i, &length)) != NULL; i++)
        if (strlen(word) == length && memcmp(at, word, length) == 0)
            return i;
    return NLC_NONE;
}

bool nlc_choice_at(const char *choices, uint32_t i, char *word, size_t size)
{
    size_t length;
    const char *at = word_at(choices, i, &length);
    if (!at)
        return false;
    length = length < size ? length : size - 1;
    memcpy(word, at, length);
    word[length] = '\0';
    return true;
}
