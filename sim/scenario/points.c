#include "points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What points are made from, and a scenario resolved with one set of values. */
typedef struct {
    nlc_points *self;
    nlc_scenario *scenario;
    const nlc_settings *settings;
    nlc_where where;
    nlc_problems *problems;
} making;

typedef struct {
    nlc_resolved resolved;
    void *memory; /* owned */
} variant;

/* ---- Addresses --------------------------------------------------------------------------------- */

static nlc_error address_read(const making *make, nlc_points_address *address, const char *text)
{
    char plain[512];
    const size_t length = strlen(text);
    const char last = length > 0 ? text[length - 1] : '\0';
    const bool has_sign = last == '*' || last == '+';
    if (length >= sizeof plain) {
        nlc_problems_add(make->problems, make->where, "an address is longer than %zu characters", sizeof plain - 1);
        return NLC_ERROR_INPUT;
    }
    memcpy(plain, text, length + 1);
    plain[length - has_sign] = '\0';
    const nlc_error error = nlc_address_read(&address->setting, make->scenario, plain, make->where, make->problems);
    address->setting.change = last == '*' ? NLC_CHANGE_SCALE : last == '+' ? NLC_CHANGE_ADD : NLC_CHANGE_SET;
    if (error == NLC_OK && address->setting.kind == NLC_SETTING_SCENARIO) {
        nlc_problems_add(make->problems, make->where, "'%s' is a key of scenario.csv; points change parameters, levers and dials",
                         text);
        return NLC_ERROR_INPUT;
    }
    return error;
}

static bool moves_levers(const nlc_points_address *address)
{
    return address->setting.kind != NLC_SETTING_PARAMETER;
}

/* A value as the engine holds it, in a general position among those to come: no other number of the
 * scenario is likely to be the same. */
static float general_value(const nlc_points_address *address)
{
    return (float)(address->low + 0.38196601 * (address->high - address->low));
}

/* A dial is itself a factor. */
static bool scales(const nlc_points_address *address)
{
    return address->setting.change == NLC_CHANGE_SCALE ||
           (address->setting.kind == NLC_SETTING_DIAL && address->setting.change == NLC_CHANGE_SET);
}

/* The value at which the constant or the factor can be read off; where the address sets, any other. */
static float second_value(const nlc_points_address *address)
{
    if (scales(address))
        return 1;
    if (address->setting.change == NLC_CHANGE_ADD)
        return 0;
    return (float)(address->low + 0.76393202 * (address->high - address->low));
}

/* Probing stays inside the bounds of a lever that is set; values outside are refused one by one. A single
 * value to come says nothing of what it moves; a little room beside it does. */
static void make_room(nlc_points_address *address, const nlc_model *model)
{
    const bool is_set = address->setting.kind == NLC_SETTING_LEVER && address->setting.change == NLC_CHANGE_SET;
    const double lowest = is_set ? (double)model->levers[address->setting.index].low : -INFINITY;
    const double highest = is_set ? (double)model->levers[address->setting.index].high : INFINITY;
    address->low = fmin(fmax(address->low, lowest), highest);
    address->high = fmin(fmax(address->high, lowest), highest);
    const double step = 0.01 * (fabs(address->low) + 0.01);
    if (address->high > address->low)
        return;
    if (address->high + step <= highest)
        address->high += step;
    else
        address->low -= step;
}

/* ---- Resolving --------------------------------------------------------------------------------- */

static nlc_error variant_read(variant *self, const nlc_text *text)
{
    enum { ALIGNMENT = 64 };
    const size_t size = nlc_resolved_size(text->data, text->length, nlc_models());
    nlc_resolved_problem problem;
    self->memory = aligned_alloc(ALIGNMENT, (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    if (self->memory == NULL)
        return NLC_ERROR_MEMORY;
    return nlc_resolved_read(text->data, text->length, nlc_models(), self->memory, &self->resolved, &problem);
}

/* Resolves with every address at its general value, but the one called `other` at its second. */
static nlc_error variant_init(variant *self, const making *make, uint32_t other)
{
    const nlc_points *points = make->self;
    nlc_settings all = {.setting = malloc((make->settings->num + (size_t)points->num + 1) * sizeof *all.setting)};
    nlc_text text = {0};
    *self = (variant){0};
    if (all.setting == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < make->settings->num; k++)
        all.setting[all.num++] = make->settings->setting[k];
    for (uint32_t k = 0; k < points->num; k++) {
        if (!moves_levers(&points->address[k]))
            continue;
        all.setting[all.num] = points->address[k].setting;
        all.setting[all.num++].number = k == other ? second_value(&points->address[k]) : general_value(&points->address[k]);
    }
    nlc_error error = nlc_scenario_write(make->scenario, &all, &text, make->problems);
    if (error == NLC_OK)
        error = variant_read(self, &text);
    nlc_text_free(&text);
    free(all.setting);
    return error;
}

/* ---- What an address moves --------------------------------------------------------------------- */

/* Where a number of the base stands in a variant, whose equal courses may have run together. */
typedef struct {
    uint32_t *segment;  /* [num_segments of the base], owned */
    uint32_t *schedule; /* [num_schedules of the base], owned */
} correspondence;

static bool agree(uint32_t *map, uint32_t from, uint32_t to)
{
    if (map[from] == NLC_NONE)
        map[from] = to;
    return map[from] == to;
}

static bool correspond(correspondence *self, const nlc_resolved *base, const nlc_resolved *other)
{
    bool good = base->num_draws == other->num_draws && base->num_nodes == other->num_nodes && base->num_months == other->num_months;
    for (uint32_t t = 1; good && t <= base->num_months; t++)
        good = agree(self->segment, base->segment_of_month[t], other->segment_of_month[t]);
    for (uint32_t a = 0; good && a < base->num_agencies; a++)
        good = agree(self->schedule, base->agency_schedule[a], other->agency_schedule[a]);
    for (uint32_t d = 0; good && d < base->num_draws; d++)
        for (uint32_t i = 0; good && i < base->num_nodes; i++)
            good = agree(self->schedule, base->draws[d].schedule[i], other->draws[d].schedule[i]);
    return good;
}

static nlc_error correspondence_init(correspondence *self, const nlc_resolved *base)
{
    self->segment = malloc((base->num_segments + (size_t)1) * sizeof *self->segment);
    self->schedule = malloc((base->num_schedules + (size_t)1) * sizeof *self->schedule);
    if (self->segment == NULL || self->schedule == NULL)
        return NLC_ERROR_MEMORY;
    memset(self->segment, 0xFF, (base->num_segments + (size_t)1) * sizeof *self->segment);
    memset(self->schedule, 0xFF, (base->num_schedules + (size_t)1) * sizeof *self->schedule);
    return NLC_OK;
}

/* A number of the levers as factor and constant of the address's value. What is set, is set to the
 * value itself; what is scaled or added to can be read off where the value is 1 or 0. */
static void touch(nlc_points_address *address, uint32_t at, double base, double second)
{
    const uint32_t k = address->num_touched++;
    const bool adds = address->setting.change == NLC_CHANGE_ADD;
    address->touched[k] = at;
    address->constant[k] = adds ? second : 0;
    address->factor[k] = scales(address) ? second : 1;
    if (adds && address->setting.kind == NLC_SETTING_DIAL)
        address->factor[k] = (base - second) / (double)general_value(address);
}

static nlc_error touched_list(nlc_points_address *address, const nlc_resolved *base, const nlc_resolved *other,
                              const correspondence *maps)
{
    const size_t num_levers = base->model->num_levers;
    const size_t num = (size_t)base->num_segments * base->num_schedules * num_levers;
    address->touched = malloc((num + 1) * sizeof *address->touched);
    address->constant = malloc((num + 1) * sizeof *address->constant);
    address->factor = malloc((num + 1) * sizeof *address->factor);
    if (!address->touched || !address->constant || !address->factor)
        return NLC_ERROR_MEMORY;
    for (uint32_t segment = 0; segment < base->num_segments; segment++)
        for (uint32_t schedule = 0; schedule < base->num_schedules; schedule++) {
            if (maps->segment[segment] == NLC_NONE || maps->schedule[schedule] == NLC_NONE)
                continue;
            const size_t here = ((size_t)segment * base->num_schedules + schedule) * num_levers;
            const size_t there = ((size_t)maps->segment[segment] * other->num_schedules + maps->schedule[schedule]) * num_levers;
            for (size_t k = 0; k < num_levers; k++)
                if (base->levers[here + k] != other->levers[there + k])
                    touch(address, (uint32_t)(here + k), (double)base->levers[here + k], (double)other->levers[there + k]);
        }
    return NLC_OK;
}

static nlc_error address_probe(const making *make, uint32_t k)
{
    nlc_points *self = make->self;
    variant other;
    correspondence maps = {0};
    nlc_error error = variant_init(&other, make, k);
    if (error == NLC_OK)
        error = correspondence_init(&maps, &self->scenario);
    if (error == NLC_OK && !correspond(&maps, &self->scenario, &other.resolved)) {
        nlc_problems_add(make->problems, make->where, "column %u does more than to move parameters and levers", k + 1);
        error = NLC_ERROR_INPUT;
    }
    if (error == NLC_OK)
        error = touched_list(&self->address[k], &self->scenario, &other.resolved, &maps);
    free(maps.segment);
    free(maps.schedule);
    free(other.memory);
    return error;
}

/* Two addresses that move the same number would have to be multiplied out. */
static nlc_error overlaps_check(const making *make)
{
    const nlc_points *self = make->self;
    uint32_t *mover = calloc(self->num_levers + 1, sizeof *mover);
    nlc_error error = mover != NULL ? NLC_OK : NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < self->num && error == NLC_OK; k++)
        for (uint32_t m = 0; m < self->address[k].num_touched && error == NLC_OK; m++) {
            uint32_t *before = &mover[self->address[k].touched[m]];
            if (*before != 0) {
                nlc_problems_add(make->problems, make->where, "columns %u and %u move the same lever of the same places", *before,
                                 k + 1);
                error = NLC_ERROR_INPUT;
            }
            *before = k + 1;
        }
    free(mover);
    return error;
}

/* ---- The whole --------------------------------------------------------------------------------- */

static nlc_error addresses_init(const making *make, const char *const *addresses, const double *low, const double *high,
                                uint32_t num)
{
    nlc_points *self = make->self;
    bool good = true;
    self->address = calloc((size_t)num + 1, sizeof *self->address);
    if (self->address == NULL)
        return NLC_ERROR_MEMORY;
    for (; self->num < num; self->num++) {
        nlc_points_address *address = &self->address[self->num];
        address->low = low[self->num];
        address->high = high[self->num];
        const nlc_error error = address_read(make, address, addresses[self->num]);
        if (error != NLC_OK && error != NLC_ERROR_INPUT)
            return error;
        good = good && error == NLC_OK;
        if (error == NLC_OK)
            make_room(address, make->scenario->model);
    }
    return good ? NLC_OK : NLC_ERROR_INPUT;
}

nlc_error nlc_points_init(nlc_points *self, nlc_scenario *scenario, const nlc_settings *settings, const char *const *addresses,
                          const double *low, const double *high, uint32_t num, nlc_where where, nlc_problems *problems)
{
    *self = (nlc_points){0};
    const making make = {self, scenario, settings, where, problems};
    variant base = {0};
    nlc_error error = addresses_init(&make, addresses, low, high, num);
    if (error == NLC_OK)
        error = variant_init(&base, &make, NLC_NONE);
    self->scenario = base.resolved;
    self->memory = base.memory;
    if (error == NLC_OK)
        self->num_levers = (size_t)base.resolved.num_segments * base.resolved.num_schedules * scenario->model->num_levers;
    for (uint32_t k = 0; k < num && error == NLC_OK; k++)
        if (moves_levers(&self->address[k]))
            error = address_probe(&make, k);
    return error == NLC_OK ? overlaps_check(&make) : error;
}

void nlc_points_free(nlc_points *self)
{
    for (uint32_t k = 0; k < self->num; k++) {
        free(self->address[k].touched);
        free(self->address[k].constant);
        free(self->address[k].factor);
    }
    free(self->address);
    free(self->memory);
    *self = (nlc_points){0};
}

static float changed(float value, nlc_change change, double by)
{
    return (float)(change == NLC_CHANGE_SCALE ? (double)value * by : change == NLC_CHANGE_ADD ? (double)value + by : by);
}

static bool levers_fill(const nlc_points_address *address, const nlc_model *model, double value, float *levers)
{
    for (uint32_t m = 0; m < address->num_touched; m++) {
        const uint32_t at = address->touched[m];
        const nlc_lever *lever = &model->levers[at % model->num_levers];
        levers[at] = (float)(address->constant[m] + address->factor[m] * (double)(float)value);
        if (!(levers[at] >= lever->low && levers[at] <= lever->high))
            return false;
    }
    return true;
}

bool nlc_points_fill(const nlc_points *self, const double *values, float *parameters, float *levers, uint32_t *address)
{
    const nlc_model *model = self->scenario.model;
    memcpy(parameters, self->scenario.parameters, model->num_parameters * sizeof *parameters);
    memcpy(levers, self->scenario.levers, self->num_levers * sizeof *levers);
    for (uint32_t k = 0; k < self->num; k++) {
        const nlc_points_address *of = &self->address[k];
        *address = k;
        if (moves_levers(of)) {
            if (!levers_fill(of, model, values[k], levers))
                return false;
            continue;
        }
        const nlc_parameter *parameter = &model->parameters[of->setting.index];
        float *into = &parameters[of->setting.index];
        *into = changed(*into, of->setting.change, (double)(float)values[k]);
        if (!(*into >= parameter->low && *into <= parameter->high))
            return false;
    }
    return true;
}
