#include "outcomes.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TALLIES = 256 };

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
    assert(model->num_tallies <= MOST_TALLIES);
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
    const size_t num_tallies = (size_t)self->num_parts * model->num_tallies * lanes;
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

void nlc_outcomes_reset(nlc_outcomes *self)
{
    const nlc_model *model = self->scenario->model;
    memset(self->total, 0, (size_t)self->num_parts * model->num_tallies * self->lanes * sizeof *self->total);
    for (uint32_t k = 0; k < self->num_columns; k++)
        for (uint32_t l = 0; l < self->lanes; l++)
            self->value[k * self->lanes + l] = model->outcomes[self->outcome[k]].kind == NLC_OUTCOME_AREA ? 0.0 : NAN;
}

/* Sums go through a float, as in an ensemble, which keeps them so. */
static void add_month(nlc_outcomes *self, const nlc_batch *batch)
{
    const nlc_resolved *scenario = self->scenario;
    const size_t num = (size_t)scenario->model->num_tallies * self->lanes;
    size_t stride;
    memset(self->month, 0, self->num_parts * num * sizeof *self->month);
    for (uint32_t p = 0; p < self->num_parts; p++) {
        double *month = self->month + p * num, *total = self->total + p * num;
        for (uint32_t c = 0; c < scenario->num_classes; c++) {
            if (!nlc_split_has(&self->split[p], &scenario->classes[c]))
                continue;
            const double *tallies = nlc_batch_tallies(batch, c, 0, &stride);
            for (size_t k = 0; k < num; k++)
                month[k] += tallies[k];
        }
        for (size_t k = 0; k < num; k++) {
            month[k] = (double)(float)month[k];
            total[k] += month[k];
        }
    }
}

/* The tallies of a part in one lane, as measures read them. */
typedef struct {
    uint32_t part;
    double month[MOST_TALLIES], total[MOST_TALLIES];
    nlc_tallies tallies;
} view;

static void look_at(const nlc_outcomes *self, view *view, uint32_t part, const nlc_lane *lane, uint32_t l)
{
    const size_t num = self->scenario->model->num_tallies, first = part * num * self->lanes + l;
    view->part = part;
    view->tallies = (nlc_tallies){view->month, view->total, lane->point->parameters};
    for (size_t k = 0; k < num; k++) {
        view->month[k] = self->month[first + k * self->lanes];
        view->total[k] = self->total[first + k * self->lanes];
    }
}

static double measure_of(const nlc_outcomes *self, view *view, uint32_t column, uint32_t part, const nlc_lane *lane, uint32_t l)
{
    if (view->part != part)
        look_at(self, view, part, lane, l);
    return self->scenario->model->measures[self->measure[column]].value(&view->tallies);
}

/* Largest less smallest of the waves that have a value; large less small places. */
static double spread_of(const nlc_outcomes *self, view *view, uint32_t column, const nlc_lane *lane, uint32_t l)
{
    const bool is_waves = self->scenario->model->outcomes[self->outcome[column]].kind == NLC_OUTCOME_SPREAD_WAVES;
    double low = NAN, high = NAN;
    for (uint32_t k = 0; k < self->num_of[column]; k++) {
        const uint32_t part = self->part[column] + k;
        const double value = measure_of(self, view, column, part, lane, l);
        if (is_waves ? value < low || isnan(low) : self->split[part].size == NLC_SIZE_SMALL)
            low = value;
        if (is_waves ? value > high || isnan(high) : self->split[part].size == NLC_SIZE_LARGE)
            high = value;
    }
    return high - low;
}

static void take_value(nlc_outcomes *self, view *view, uint32_t column, const nlc_lane *lane, uint32_t l, uint32_t month)
{
    const nlc_outcome *outcome = &self->scenario->model->outcomes[self->outcome[column]];
    double *value = &self->value[(size_t)column * self->lanes + l];
    const bool is_last = month == self->scenario->num_months;
    switch (outcome->kind) {
    case NLC_OUTCOME_MONTHS_TO:
        if (isnan(*value) && measure_of(self, view, column, self->part[column], lane, l) >= outcome->level)
            *value = month;
        break;
    case NLC_OUTCOME_AREA:
        *value += measure_of(self, view, column, self->part[column], lane, l);
        *value = is_last ? *value / self->scenario->num_months : *value;
        break;
    case NLC_OUTCOME_AT_END:
        *value = is_last ? measure_of(self, view, column, self->part[column], lane, l) : *value;
        break;
    case NLC_OUTCOME_SPREAD_WAVES:
    case NLC_OUTCOME_SPREAD_SIZES:
        *value = is_last ? spread_of(self, view, column, lane, l) : *value;
        break;
    }
}

void nlc_outcomes_month(nlc_outcomes *self, const nlc_batch *batch, const nlc_lane *lanes, uint32_t num_lanes, uint32_t month)
{
    view view;
    add_month(self, batch);
    for (uint32_t l = 0; l < num_lanes; l++) {
        view.part = NLC_NONE;
        for (uint32_t k = 0; k < self->num_columns; k++)
            take_value(self, &view, k, &lanes[l], l, month);
    }
}

double nlc_outcomes_value(const nlc_outcomes *self, uint32_t column, uint32_t lane)
{
    return self->value[(size_t)column * self->lanes + lane];
}

void nlc_outcomes_measures(const nlc_outcomes *self, const nlc_lane *lane, uint32_t l, double *values)
{
    const nlc_model *model = self->scenario->model;
    view view;
    look_at(self, &view, 0, lane, l);
    for (uint32_t k = 0; k < model->num_measures; k++)
        values[k] = model->measures[k].value(&view.tallies);
}
