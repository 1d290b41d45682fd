#include "outcomes.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* As nlc_sums.take has it. */
enum { COLUMNS_AT_ONCE = 4 };

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
    self->same = malloc((num_columns + 1) * sizeof *self->same);
    self->split = malloc(most_parts * sizeof *self->split);
    return self->outcome && self->measure && self->part && self->num_of && self->same && self->split ? NLC_OK : NLC_ERROR_MEMORY;
}

static nlc_error list_classes(nlc_outcomes *self)
{
    const nlc_resolved *scenario = self->scenario;
    uint32_t num = 0;
    self->first_class = malloc(((size_t)self->num_parts + 1) * sizeof *self->first_class);
    self->class_of = malloc(((size_t)self->num_parts * scenario->num_classes + 1) * sizeof *self->class_of);
    if (!self->first_class || !self->class_of)
        return NLC_ERROR_MEMORY;
    for (uint32_t p = 0; p < self->num_parts; p++) {
        self->first_class[p] = num;
        for (uint32_t c = 0; c < scenario->num_classes; c++)
            if (nlc_split_has(&self->split[p], &scenario->classes[c]))
                self->class_of[num++] = c;
    }
    self->first_class[self->num_parts] = num;
    return NLC_OK;
}

/* Only the columns of the lanes are ever filled; the others stay 0. */
static nlc_error make_months(nlc_outcomes *self)
{
    const size_t num = self->scenario->model->num_tallies, room = self->num_parts * num * NLC_BLOCK_RUNS;
    self->sum = malloc(num * self->lanes * sizeof *self->sum);
    self->kept = malloc(num * self->lanes * sizeof *self->kept);
    self->month = calloc(room, sizeof *self->month);
    self->total = calloc(room, sizeof *self->total);
    self->is_read = malloc((self->num_columns + (size_t)1) * sizeof *self->is_read);
    self->read = malloc(((size_t)self->num_columns * NLC_BLOCK_RUNS + 1) * sizeof *self->read);
    self->value = malloc(((size_t)self->num_columns * self->lanes + 1) * sizeof *self->value);
    return self->sum && self->kept && self->month && self->total && self->is_read && self->read && self->value ? NLC_OK
                                                                                                               : NLC_ERROR_MEMORY;
}

static uint32_t first_like(const nlc_outcomes *self, uint32_t column)
{
    uint32_t k = 0;
    while (self->measure[k] != self->measure[column] || self->part[k] != self->part[column] ||
           self->num_of[k] != self->num_of[column])
        k++;
    return k;
}

nlc_error nlc_outcomes_init(nlc_outcomes *self, const nlc_resolved *scenario, uint32_t lanes, const nlc_outcome_column *columns,
                            uint32_t num_columns)
{
    const nlc_model *model = scenario->model;
    *self = (nlc_outcomes){.scenario = scenario, .sums = nlc_sums_for_cpu(), .num_columns = num_columns, .lanes = lanes};
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
        self->same[k] = first_like(self, k);
    }
    return list_classes(self) ? NLC_ERROR_MEMORY : make_months(self);
}

void nlc_outcomes_free(nlc_outcomes *self)
{
    free(self->outcome);
    free(self->measure);
    free(self->part);
    free(self->num_of);
    free(self->same);
    free(self->split);
    free(self->first_class);
    free(self->class_of);
    free(self->sum);
    free(self->kept);
    free(self->month);
    free(self->total);
    free(self->is_read);
    free(self->read);
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

/* Sums over the classes of a part, all lanes at once. */
static const double *sum_part(nlc_outcomes *self, const nlc_batch *batch, uint32_t part)
{
    const size_t num = (size_t)self->scenario->model->num_tallies * self->lanes;
    const uint32_t *class_of = self->class_of + self->first_class[part];
    const uint32_t num_classes = self->first_class[part + 1] - self->first_class[part];
    size_t stride;
    const double *first = nlc_batch_tallies(batch, class_of[0], 0, &stride);
    for (uint32_t k = 1; k < num_classes; k++) {
        const double *tallies = nlc_batch_tallies(batch, class_of[k], 0, &stride);
        if (k == 1)
            self->sums->add_two(self->sum, first, tallies, num);
        else
            self->sums->add(self->sum, tallies, num);
    }
    return num_classes == 1 ? first : self->sum;
}

/* What nlc_sums.take does, from doubles. */
static void take_doubles(const nlc_outcomes *self, const double *sum, double *month, double *total)
{
    for (uint32_t k = 0; k < self->scenario->model->num_tallies; k++) {
        for (uint32_t l = 0; l < self->lanes; l++) {
            month[k * NLC_BLOCK_RUNS + l] = sum[k * self->lanes + l];
            total[k * NLC_BLOCK_RUNS + l] += sum[k * self->lanes + l];
        }
    }
}

/* Sums go through a float where an ensemble keeps them so. */
static void add_month(nlc_outcomes *self, const nlc_batch *batch)
{
    const nlc_model *model = self->scenario->model;
    const size_t num = size_of_part(self);
    for (uint32_t p = 0; p < self->num_parts; p++) {
        const double *sum = sum_part(self, batch, p);
        double *month = self->month + p * num, *total = self->total + p * num;
        if (model->is_double) {
            take_doubles(self, sum, month, total);
            continue;
        }
        self->sums->narrow(self->kept, sum, (size_t)model->num_tallies * self->lanes);
        for (uint32_t l = 0; l < self->lanes; l += COLUMNS_AT_ONCE)
            self->sums->take(month + l, total + l, self->kept + l, model->num_tallies, self->lanes);
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

/* What a column reads in this month, read once for all columns alike. */
static const double *read_column(nlc_outcomes *self, const measuring *measuring, uint32_t column)
{
    const uint32_t first = self->same[column];
    double *values = self->read + (size_t)first * NLC_BLOCK_RUNS;
    if (!self->is_read[first])
        measure(measuring, self->measure[column], self->part[column], values);
    self->is_read[first] = true;
    return values;
}

static void take_values(nlc_outcomes *self, uint32_t column, uint32_t month, const double *found)
{
    const nlc_outcome *outcome = &self->scenario->model->outcomes[self->outcome[column]];
    const bool is_last = month == self->scenario->num_months;
    double *value = self->value + (size_t)column * self->lanes;
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
    const bool is_last = month == self->scenario->num_months;
    add_month(self, batch);
    memset(self->is_read, 0, self->num_columns * sizeof *self->is_read);
    for (uint32_t k = 0; k < self->num_columns; k++) {
        const nlc_outcome_kind kind = self->scenario->model->outcomes[self->outcome[k]].kind;
        double between[NLC_BLOCK_RUNS];
        if (!is_last && (is_spread(kind) || kind == NLC_OUTCOME_AT_END))
            continue;
        if (is_spread(kind))
            spread(&measuring, k, between);
        take_values(self, k, month, is_spread(kind) ? between : read_column(self, &measuring, k));
    }
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
