#include "dictionary.h"

#include <stdlib.h>
#include <string.h>

#include "problems.h"
#include "writers.h"

const char *nlc_result_type_name(nlc_result_type type)
{
    static const char *const names[] = {"string", "integer", "number", "yearmonth", "boolean"};
    return names[type];
}

/* Short forms for the tables below. */
#define TEXT   NLC_RESULT_TYPE_TEXT
#define WHOLE  NLC_RESULT_TYPE_WHOLE
#define NUMBER NLC_RESULT_TYPE_NUMBER
#define MONTH  NLC_RESULT_TYPE_MONTH
#define SWITCH NLC_RESULT_TYPE_SWITCH
#define KEY    NLC_RESULT_ROLE_KEY
#define FULL   NLC_RESULT_ROLE_FULL
#define MAYBE  NLC_RESULT_ROLE_OPTIONAL

#define MONTH_COLUMN \
    { \
        "month", WHOLE, KEY, "months", "month of the run; 1 is the first, and a value is that of its end" \
    }
#define DATE_COLUMN \
    { \
        "date", MONTH, FULL, "", "calendar month of `month`" \
    }
#define RUN_COLUMN \
    { \
        "run", WHOLE, KEY, "", "number of the run, from 1; `nlcsim replay` takes it" \
    }
#define COUNTRY_COLUMN \
    { \
        "country", TEXT, KEY, "", "id of the country's lead, or `all`" \
    }
#define TIER_COLUMN \
    { \
        "tier", TEXT, KEY, "", "tier of government, or `all`" \
    }
#define WAVE_COLUMN \
    { \
        "wave", TEXT, KEY, "", "roll-out wave, or `all`" \
    }
#define GROUP_COLUMN \
    { \
        "group", TEXT, KEY, "", "group of places that the scenario names, or `all`" \
    }
#define SIZE_COLUMN \
    { \
        "size", TEXT, KEY, "", "`large` or `small` places: above the median population of their country and tier or not; or `all`" \
    }
#define MEASURE_COLUMN \
    { \
        "measure", TEXT, KEY, "", "what is measured; nlcsim.measures in datapackage.json has units and meanings" \
    }

static const nlc_result_column timeline_columns[] = {
    MONTH_COLUMN,
    DATE_COLUMN,
    COUNTRY_COLUMN,
    TIER_COLUMN,
    WAVE_COLUMN,
    GROUP_COLUMN,
    SIZE_COLUMN,
    MEASURE_COLUMN,
    {"median", NUMBER, MAYBE, "of the measure", "median over the runs (type 7)"},
    {"p05", NUMBER, MAYBE, "of the measure",
     "5 % quantile over the runs (type 7): the lower end of the band; `bands` says what it holds"},
    {"p95", NUMBER, MAYBE, "of the measure", "95 % quantile over the runs (type 7): the upper end of the band"},
    {"mean", NUMBER, MAYBE, "of the measure", "mean over the runs"},
    {"mcse", NUMBER, MAYBE, "of the measure", "Monte Carlo standard error of the mean; empty for a single run"},
    {"n", WHOLE, FULL, "runs", "runs in which the measure has a meaning"},
};

static const nlc_result_column runs_columns[] = {
    RUN_COLUMN,
    {"seed", WHOLE, FULL, "", "seed of all draws"},
    {"replicate", WHOLE, FULL, "", "replicate, from 0: keys the draws of the run"},
    {"network", WHOLE, FULL, "", "network draw, from 0, that the run stands on"},
};

static const nlc_result_column series_columns[] = {
    RUN_COLUMN,
    {"month", WHOLE, KEY, "months", "month of the run; 1 is the first, and a value is that of its end"},
    COUNTRY_COLUMN,
    TIER_COLUMN,
    WAVE_COLUMN,
    GROUP_COLUMN,
    SIZE_COLUMN,
    MEASURE_COLUMN,
    {"value", NUMBER, MAYBE, "of the measure", "the measure in this run"},
};

static const nlc_result_column roadmap_columns[] = {
    {"place", TEXT, KEY, "",
     "wave, id of the country's lead, tier, or id of the node; P0001, P0002, ... for places without a name"},
    {"label", TEXT, MAYBE, "", "name of the place as the scenario writes it"},
    {"kind", TEXT, KEY, "", "what `place` is: wave, country, tier or node (the node and all below it)"},
    {"stage", TEXT, KEY, "", "stage that half of the adopting places have reached for the first time"},
    {"p10", MONTH, MAYBE, "", "month by which 10 % of the runs have reached the stage; empty where fewer ever do"},
    {"p50", MONTH, MAYBE, "", "month by which 50 % of the runs have reached the stage; empty where fewer ever do"},
    {"p90", MONTH, MAYBE, "", "month by which 90 % of the runs have reached the stage; empty where fewer ever do"},
    {"reached", NUMBER, FULL, "1", "share of the runs that reach the stage within the horizon"},
    {"n", WHOLE, FULL, "runs", "number of runs"},
};

static const nlc_result_column flows_columns[] = {
    MONTH_COLUMN,
    DATE_COLUMN,
    COUNTRY_COLUMN,
    TIER_COLUMN,
    {"direction", TEXT, KEY, "", "down (national to local), up (local to national) or across (between local governments)"},
    {"kind", TEXT, KEY, "", "what flows; nlcsim.flows in datapackage.json has units and meanings"},
    {"pool", TEXT, KEY, "", "facilitators that are asked: the `national` pool, that of the `parent`, or `all`"},
    {"asked", NUMBER, MAYBE, "of the kind", "asked for in the month, mean over the runs"},
    {"asked_mcse", NUMBER, MAYBE, "of the kind", "Monte Carlo standard error of `asked`"},
    {"delivered", NUMBER, MAYBE, "of the kind", "delivered in the month, mean over the runs"},
    {"delivered_mcse", NUMBER, MAYBE, "of the kind", "Monte Carlo standard error of `delivered`"},
    {"service", NUMBER, MAYBE, "1",
     "share delivered of what was asked for: `delivered` over `asked`, at most 1 (more is chance, not service); empty where "
     "nothing was asked for"},
    {"service_mcse", NUMBER, MAYBE, "1", "Monte Carlo standard error of `service`, as of the share without that limit"},
    {"n", WHOLE, FULL, "runs", "number of runs"},
};

static const nlc_result_column nodes_columns[] = {
    {"id", TEXT, KEY, "",
     "id of the place; L0001, L0002, ... for leaf places where roadmap.csv has rows of them without their names"},
    {"name", TEXT, MAYBE, "", "name as the scenario writes it; empty for such places"},
    {"country", TEXT, FULL, "", "id of the country's lead"},
    {"parent_id", TEXT, FULL, "", "id of the place, or of the lead, that it hangs from"},
    {"tier", TEXT, FULL, "", "tier of government"},
    {"wave", TEXT, MAYBE, "", "roll-out wave; `varies` where a rule chose different ones in different network draws"},
    {"group", TEXT, MAYBE, "", "group that the scenario names"},
    {"size", TEXT, MAYBE, "", "`large` or `small` for its country and tier; empty where the population is not known"},
    {"head", TEXT, FULL, "", "`elected` or `appointed`"},
    {"start_stage", TEXT, MAYBE, "", "stage at the start, where the scenario gives one"},
    {"population", NUMBER, MAYBE, "persons", "population"},
    {"lat", NUMBER, MAYBE, "degrees", "latitude"},
    {"lon", NUMBER, MAYBE, "degrees", "longitude"},
    {"placed", SWITCH, FULL, "", "`yes` where the position was inferred from other places"},
    {"line_weight", NUMBER, FULL, "1", "weight of the channel to the parent"},
    {"children", WHOLE, FULL, "places", "places that hang from it"},
    {"peers", NUMBER, FULL, "places", "peers that it hears, mean over the network draws"},
    {"regional_peers", NUMBER, FULL, "places", "peers in other countries that it hears, mean over the network draws"},
};

static const nlc_result_column draws_columns[] = {
    {"run", WHOLE, KEY, "", "number of the run, as in runs.csv"},
};

static const nlc_result_column observed_columns[NLC_OBSERVED_COLUMNS] = {
    {"date", TEXT, FULL, "", "date of the observation; compared with the end of the last whole month before it"},
    {"under", TEXT, MAYBE, "", "id of a node: that node and all below it"},
    {"tier", TEXT, MAYBE, "", "tier of government"},
    {"group", TEXT, MAYBE, "", "group of places that the scenario names"},
    {"measure", TEXT, FULL, "", "what was observed; nlcsim.measures in datapackage.json has units and meanings"},
    {"value", NUMBER, FULL, "of the measure", "the value observed"},
    {"total", NUMBER, MAYBE, "places", "number of places that the observation is about"},
    {"error", NUMBER, MAYBE, "of the measure", "how far off the observation may be"},
    {"source", TEXT, MAYBE, "", "where the observation comes from"},
};

#define TABLE(name, meaning, more) \
    { \
#name, #name ".csv", meaning, name##_columns, sizeof name##_columns / sizeof name##_columns[0], more \
    }

const nlc_result_table nlc_result_tables[NLC_NUM_RESULT_TABLES] = {
    TABLE(timeline,
          "Every measure in every month, for all places and for each single split of them: median, band and mean over the runs.",
          NULL),
    TABLE(runs, "One row a run, with its outcomes; an empty cell is an outcome that was not reached within the horizon.",
          "a column for each outcome and split, OUTCOME.all, OUTCOME.country.ID, OUTCOME.tier.TIER, OUTCOME.wave.WAVE, "
          "OUTCOME.group.GROUP and OUTCOME.size.SIZE"),
    TABLE(series, "Every measure in every month of every run.", NULL),
    TABLE(roadmap, "When half of the adopting places of a wave, country, tier or node first reach each stage.", NULL),
    TABLE(flows, "Information and support between the tiers of government in each month, asked for and delivered.", NULL),
    TABLE(nodes, "The places as the run saw them: inputs and network measures, no results.",
          "a column for each attribute of a place"),
    TABLE(draws, "What each run drew for the unknowns, where it did (--parameters).", "a column for each address that was drawn"),
    TABLE(observed, "What was observed in reality, as the scenario gives it.", NULL),
};

void nlc_result_columns_free(nlc_result_columns *self)
{
    free(self->column);
    nlc_text_free(&self->names);
    *self = (nlc_result_columns){0};
}

/* The word for what a split splits, and its label; the word is "all" for all places together. */
static const char *split_word(const nlc_resolved *scenario, const nlc_split *split, const char **label)
{
    *label = "";
    if (split->country != NLC_NONE) {
        *label = nlc_split_country(scenario, split);
        return "country";
    }
    if (split->tier != NLC_NONE) {
        *label = nlc_split_tier(scenario, split);
        return "tier";
    }
    if (split->wave != NLC_NONE) {
        *label = nlc_split_wave(scenario, split);
        return "wave";
    }
    if (split->group != NLC_NONE) {
        *label = nlc_split_group(scenario, split);
        return "group";
    }
    if (split->size != NLC_NONE) {
        *label = nlc_split_size(split);
        return "size";
    }
    return "all";
}

/* Appends the name and the meaning of an outcome's column, each with its terminating zero. */
static nlc_error name_outcome(nlc_text *names, const nlc_outcome *outcome, const nlc_resolved *scenario, const nlc_split *split)
{
    const char *label;
    const char *word = split_word(scenario, split, &label);
    const char *dot = label[0] == '\0' ? "" : ".";
    const char *space = label[0] == '\0' ? "" : " ";
    nlc_error error = nlc_text_print(names, "%s.%s%s%s", outcome->name, word, dot, label);
    error = error == NLC_OK ? nlc_text_add(names, "", 1) : error;
    error = error == NLC_OK ? nlc_text_print(names, "%s; %s%s%s", outcome->meaning, word, space, label) : error;
    return error == NLC_OK ? nlc_text_add(names, "", 1) : error;
}

static uint32_t num_outcome_columns(const nlc_ensemble *ensemble)
{
    const nlc_model *model = ensemble->scenario->model;
    uint32_t num = 0;
    for (uint32_t k = 0; k < model->num_outcomes; k++) {
        for (uint32_t s = 0; s < ensemble->num_splits; s++) {
            num += nlc_outcome_is_split(&model->outcomes[k], &ensemble->splits[s]);
        }
    }
    return num;
}

/* Adds the columns of outcomes; their texts are set when all of them stand in `names`. */
static nlc_error add_outcomes(nlc_result_columns *self, const nlc_ensemble *ensemble)
{
    const nlc_model *model = ensemble->scenario->model;
    uint32_t first = self->num;
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < model->num_outcomes; k++) {
        for (uint32_t s = 0; s < ensemble->num_splits && error == NLC_OK; s++) {
            if (nlc_outcome_is_split(&model->outcomes[k], &ensemble->splits[s])) {
                error = name_outcome(&self->names, &model->outcomes[k], ensemble->scenario, &ensemble->splits[s]);
                self->column[self->num++] = (nlc_result_column){NULL, NUMBER, MAYBE, model->outcomes[k].unit, NULL};
            }
        }
    }
    const char *text = self->names.data;
    for (uint32_t k = first; k < self->num && error == NLC_OK; k++) {
        self->column[k].name = text;
        text += strlen(text) + 1;
        self->column[k].meaning = text;
        text += strlen(text) + 1;
    }
    return error;
}

static void add_draws(nlc_result_columns *self, const nlc_draws_table *draws)
{
    for (uint32_t k = 0; k < draws->num_columns; k++) {
        self->column[self->num++] =
            (nlc_result_column){draws->names[k], NUMBER, FULL, "", "value that the run drew for this address"};
    }
}

static void add_attributes(nlc_result_columns *self, const nlc_model *model)
{
    for (uint32_t k = 0; k < model->num_attributes; k++) {
        const nlc_attribute *attribute = &model->attributes[k];
        self->column[self->num++] = (nlc_result_column){attribute->name, NUMBER, MAYBE, attribute->unit, attribute->meaning};
    }
}

nlc_error nlc_result_columns_init(nlc_result_columns *self, nlc_result_table_id table, const nlc_results *results)
{
    const nlc_result_table *fixed = &nlc_result_tables[table];
    const nlc_model *model = results->ensemble->scenario->model;
    uint32_t num_more = table == NLC_RESULT_RUNS    ? num_outcome_columns(results->ensemble)
                        : table == NLC_RESULT_NODES ? model->num_attributes
                        : table == NLC_RESULT_DRAWS ? results->draws.num_columns
                                                    : 0;
    *self = (nlc_result_columns){0};
    self->column = malloc((fixed->num_columns + num_more) * sizeof *self->column);
    if (self->column == NULL) {
        return NLC_ERROR_MEMORY;
    }
    memcpy(self->column, fixed->columns, fixed->num_columns * sizeof *self->column);
    self->num = fixed->num_columns;
    nlc_error error = NLC_OK;
    if (table == NLC_RESULT_RUNS) {
        error = add_outcomes(self, results->ensemble);
    } else if (table == NLC_RESULT_NODES) {
        add_attributes(self, model);
    } else if (table == NLC_RESULT_DRAWS) {
        add_draws(self, &results->draws);
    }
    if (error != NLC_OK) {
        nlc_result_columns_free(self);
    }
    return error;
}
