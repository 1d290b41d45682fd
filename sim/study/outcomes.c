#include "outcomes.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const nlc_split all = {NLC_NONE, NLC_NONE, NLC_NONE, NLC_NONE, NLC_NONE};

/* ---- Columns ----------------------------------------------------------------------------------- */

static uint32_t label_named(const nlc_labels *labels, const char *label)
{
    for (uint32_t k = 0; k < labels->num; k++)
        if (label[0] != '\0' && strcmp(labels->text[k], label) == 0)
            return k;
    return NLC_NONE;
}

static uint32_t country_named(const nlc_resolved *scenario, const char *label)
{
    for (uint32_t k = 0; k < scenario->num_countries; k++)
        if (strcmp(scenario->agency_id[scenario->countries[k].first_agency], label) == 0)
            return k;
    return NLC_NONE;
}

static uint32_t size_named(const char *label)
{
    return strcmp(label, "small") == 0 ? NLC_SIZE_SMALL : strcmp(label, "large") == 0 ? NLC_SIZE_LARGE : NLC_NONE;
}

/* "tier.city" into a split. */
static bool find_split(const nlc_resolved *scenario, const char *text, nlc_split *split)
{
    static const char *const word[] = {"country.", "tier.", "wave.", "group.", "size."};
    uint32_t *const slot[] = {&split->country, &split->tier, &split->wave, &split->group, &split->size};
    if (text[0] == '\0' || strcmp(text, "all") == 0)
        return true;
    for (uint32_t k = 0; k < 5; k++) {
        const size_t length = strlen(word[k]);
        if (strncmp(text, word[k], length) != 0)
            continue;
        const char *label = text + length;
        *slot[k] = k == 0   ? country_named(scenario, label)
                   : k == 1 ? label_named(&scenario->tiers, label)
                   : k == 2 ? label_named(&scenario->waves, label)
                   : k == 3 ? label_named(&scenario->groups, label)
                            : size_named(label);
        return *slot[k] != NLC_NONE;
    }
    return false;
}

static bool is_spread(nlc_outcome_kind kind)
{
    return kind == NLC_OUTCOME_SPREAD_WAVES || kind == NLC_OUTCOME_SPREAD_SIZES;
}

static bool is_used(const nlc_resolved *scenario, const nlc_split *split)
{
    bool used = false;
    for (uint32_t k = 0; k < scenario->num_classes && !used; k++)
        used = nlc_split_has(split, &scenario->classes[k]);
    return used;
}

bool nlc_outcome_column_find(nlc_outcome_column *self, const nlc_resolved *scenario, const char *name)
{
    const nlc_model *model = scenario->model;
    const size_t length = strcspn(name, ".");
    *self = (nlc_outcome_column){name, NLC_NONE, all};
    for (uint32_t k = 0; k < model->num_outcomes; k++)
        if (strlen(model->outcomes[k].name) == length && memcmp(model->outcomes[k].name, name, length) == 0)
            self->outcome = k;
    if (self->outcome == NLC_NONE || !find_split(scenario, name[length] ? name + length + 1 : "", &self->split))
        return false;
    const bool is_whole = memcmp(&self->split, &all, sizeof all) == 0;
    return is_whole || (!is_spread(model->outcomes[self->outcome].kind) && is_used(scenario, &self->split));
}

/* ---- Parts ------------------------------------------------------------------------------------- */

static uint32_t add_part(nlc_outcomes *self, nlc_split split)
{
    for (uint32_t k = 0; k < self->num_parts; k++)
        if (memcmp(&self->split[k], &split, sizeof split) == 0)
            return k;
    self->split[self->num_parts] = split;
    return self->num_parts++;
}

/* A spread reads parts that follow each other, so they are added in a row of their own, which spreads of
 * one kind share. */
static uint32_t add_spread(nlc_outcomes *self, uint32_t column, nlc_outcome_kind kind, uint32_t *num)
{
    const uint32_t first = self->num_parts;
    for (uint32_t k = 0; k < column; k++) {
        if (self->scenario->model->outcomes[self->outcome[k]].kind != kind)
            continue;
        *num = self->num_of[k];
        return self->part[k];
    }
    nlc_split split = all;
    const uint32_t last = kind == NLC_OUTCOME_SPREAD_WAVES ? self->scenario->waves.num : NLC_SIZE_LARGE + 1;
    for (uint32_t k = kind == NLC_OUTCOME_SPREAD_WAVES ? 0 : NLC_SIZE_SMALL; k < last; k++) {
        if (kind == NLC_OUTCOME_SPREAD_WAVES)
            split.wave = k;
        else
            split.size = k;
        const bool is_named = kind == NLC_OUTCOME_SPREAD_SIZES || self->scenario->waves.text[k][0] != '\0';
        if (is_named && is_used(self->scenario, &split))
            self->split[self->num_parts++] = split;
    }
    *num = self->num_parts - first;
    return first;
}

static nlc_error make_room(nlc_outcomes *self, uint32_t num_columns)
{
    const size_t most_parts = 1 + (size_t)num_columns * (2 + self->scenario->waves.num);
    self->outcome = malloc((num_columns + 1) * sizeof *self->outcome);
    self->measure = malloc((num_columns + 1) * sizeof *self->measure);
    self->part = malloc((num_columns + 1) * sizeof *self->part);
    self->num_of = malloc((num_columns + 1) * sizeof *self->num_of);
    self->split = malloc(most_parts * sizeof *self->split);
    return self->outcome && self->measure && self->part && self->num_of && self->split ? NLC_OK : NLC_ERROR_MEMORY;
}

nlc_error nlc_outcomes_init(nlc_outcomes *self, const nlc_resolved *scenario, uint32_t lanes, const nlc_outcome_column *columns,
                            uint32_t num_columns)
{
    const nlc_model *model = scenario->model;
    *self = (nlc_outcomes){.scenario = scenario, .num_columns = num_columns, .lanes = lanes};
    if (make_room(self, num_columns))
        return NLC_ERROR_MEMORY;
    add_part(self, all);
    for (uint32_t k = 0; k < num_columns; k++) {
        const nlc_outcome *outcome = &model->outcomes[columns[k].outcome];
        self->outcome[k] = columns[k].outcome;
        self->measure[k] = nlc_model_measure(model, outcome->measure);
        self->num_of[k] = 1;
        self->part[k] =
            is_spread(outcome->kind) ? add_spread(self, k, outcome->kind, &self->num_of[k]) : add_part(self, columns[k].split);
    }
    const size_t num_tallies = (size_t)self->num_parts * model->num_tallies * NLC_BLOCK_RUNS;
    self->month = malloc(num_tallies * sizeof *self->month);
    self->total = malloc(num_tallies * sizeof *self->total);
    self->value = malloc(((size_t)num_columns * lanes + 1) * sizeof *self->value);
    return self->month && self->total && self->value ? NLC_OK : NLC_ERROR_MEMORY;
}

void nlc_outcomes_free(nlc_outcomes *self)
{
    free(self->outcome);
    free(self->measure);
    free(self->part);
    free(self->num_of);
    free(self->split);
    free(self->month);
    free(self->total);
    free(self->value);
    *self = (nlc_outcomes){0};
}

/* ---- Months ------------------------------------------------------------------------------------ */

/* Tallies of a part stand as measures read them, with a column for each lane. */
static size_t size_of_part(const nlc_outcomes *self)
{
    return (size_t)self->scenario->model->num_tallies * NLC_BLOCK_RUNS;
}

void nlc_outcomes_reset(nlc_outcomes *self)
{
    const nlc_model *model = self->scenario->model;
    memset(self->total, 0, self->num_parts * size_of_part(self) * sizeof *self->total);
    for (uint32_t k = 0; k < self->num_columns; k++)
        for (uint32_t l = 0; l < self->lanes; l++)
            self->value[k * self->lanes + l] = model->outcomes[self->outcome[k]].kind == NLC_OUTCOME_AREA ? 0.0 : NAN;
}

static void add_class(const nlc_outcomes *self, const nlc_batch *batch, uint32_t class, double *month)
{
    size_t stride;
    const double *tallies = nlc_batch_tallies(batch, class, 0, &stride);
    for (uint32_t k = 0; k < self->scenario->model->num_tallies; k++)
        for (uint32_t l = 0; l < self->lanes; l++)
            month[k * NLC_BLOCK_RUNS + l] += tallies[k * stride + l];
}

/* Sums go through a float where an ensemble keeps them so. */
static void add_month(nlc_outcomes *self, const nlc_batch *batch)
{
    const nlc_resolved *scenario = self->scenario;
    const size_t num = size_of_part(self);
    memset(self->month, 0, self->num_parts * num * sizeof *self->month);
    for (uint32_t p = 0; p < self->num_parts; p++) {
        double *month = self->month + p * num, *total = self->total + p * num;
        for (uint32_t c = 0; c < scenario->num_classes; c++)
            if (nlc_split_has(&self->split[p], &scenario->classes[c]))
                add_class(self, batch, c, month);
        for (size_t k = 0; k < num; k++) {
            month[k] = scenario->model->is_double ? month[k] : (double)(float)month[k];
            total[k] += month[k];
        }
    }
}

/* What all lanes of a month are measured with. */
typedef struct {
    const nlc_outcomes *outcomes;
    const float *parameters[NLC_BLOCK_RUNS];
} measuring;

static measuring measuring_of(const nlc_outcomes *outcomes, const nlc_lane *lanes, uint32_t num_lanes)
{
    measuring self = {.outcomes = outcomes};
    for (uint32_t l = 0; l < NLC_BLOCK_RUNS; l++)
        self.parameters[l] = lanes[l < num_lanes ? l : 0].point->parameters;
    return self;
}

static void measure(const measuring *self, uint32_t which, uint32_t part, double values[NLC_BLOCK_RUNS])
{
    const nlc_outcomes *of = self->outcomes;
    const nlc_tallies tallies = {of->month + part * size_of_part(of), of->total + part * size_of_part(of), self->parameters};
    of->scenario->model->measures[which].fill(&tallies, values);
}

/* Largest less smallest of the waves that have a value; large less small places. */
static void spread(const measuring *self, uint32_t column, double values[NLC_BLOCK_RUNS])
{
    const nlc_outcomes *of = self->outcomes;
    const bool is_waves = of->scenario->model->outcomes[of->outcome[column]].kind == NLC_OUTCOME_SPREAD_WAVES;
    double low[NLC_BLOCK_RUNS], high[NLC_BLOCK_RUNS], value[NLC_BLOCK_RUNS];
    for (uint32_t l = 0; l < NLC_BLOCK_RUNS; l++)
        low[l] = high[l] = NAN;
    for (uint32_t k = 0; k < of->num_of[column]; k++) {
        const uint32_t part = of->part[column] + k;
        measure(self, of->measure[column], part, value);
        for (uint32_t l = 0; l < of->lanes; l++) {
            if (is_waves ? value[l] < low[l] || isnan(low[l]) : of->split[part].size == NLC_SIZE_SMALL)
                low[l] = value[l];
            if (is_waves ? value[l] > high[l] || isnan(high[l]) : of->split[part].size == NLC_SIZE_LARGE)
                high[l] = value[l];
        }
    }
    for (uint32_t l = 0; l < of->lanes; l++)
        values[l] = high[l] - low[l];
}

static void take_values(nlc_outcomes *self, const measuring *measuring, uint32_t column, uint32_t month)
{
    const nlc_outcome *outcome = &self->scenario->model->outcomes[self->outcome[column]];
    const bool is_last = month == self->scenario->num_months;
    const bool is_spread = outcome->kind == NLC_OUTCOME_SPREAD_WAVES || outcome->kind == NLC_OUTCOME_SPREAD_SIZES;
    double found[NLC_BLOCK_RUNS], *value = self->value + (size_t)column * self->lanes;
    if (!is_last && (is_spread || outcome->kind == NLC_OUTCOME_AT_END))
        return;
    if (is_spread)
        spread(measuring, column, found);
    else
        measure(measuring, self->measure[column], self->part[column], found);
    for (uint32_t l = 0; l < self->lanes; l++) {
        if (outcome->kind == NLC_OUTCOME_MONTHS_TO)
            value[l] = isnan(value[l]) && found[l] >= outcome->level ? month : value[l];
        else if (outcome->kind == NLC_OUTCOME_AREA)
            value[l] = is_last ? (value[l] + found[l]) / self->scenario->num_months : value[l] + found[l];
        else
            value[l] = found[l];
    }
}

void nlc_outcomes_month(nlc_outcomes *self, const nlc_batch *batch, const nlc_lane *lanes, uint32_t num_lanes, uint32_t month)
{
    const measuring measuring = measuring_of(self, lanes, num_lanes);
    add_month(self, batch);
    for (uint32_t k = 0; k < self->num_columns; k++)
        take_values(self, &measuring, k, month);
}

double nlc_outcomes_value(const nlc_outcomes *self, uint32_t column, uint32_t lane)
{
    return self->value[(size_t)column * self->lanes + lane];
}

void nlc_outcomes_measures(const nlc_outcomes *self, const nlc_lane *lane, uint32_t l, double *values)
{
    const measuring measuring = measuring_of(self, lane, 1);
    for (uint32_t k = 0; k < self->scenario->model->num_measures; k++) {
        double found[NLC_BLOCK_RUNS];
        measure(&measuring, k, 0, found);
        values[k] = found[l];
    }
}
