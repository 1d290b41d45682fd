/* Courses of the levers. Nodes that no row can tell apart share their courses, so the work grows
 * with the number of different treatments and not with the number of places. */
#include "plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNDER, AGENCY, TIER, WAVE, GROUP, NUM_SELECTORS };
enum { KIND_ANCHOR, KIND_AGENCY, KIND_TIER, KIND_WAVE, KIND_GROUP, KIND_WHO, KIND_WIDTH };

/* ---- Rows by selector -------------------------------------------------------------------------- */

static uint32_t wave_of(const nlc_courses *self, const nlc_lever_row *row)
{
    const uint32_t word = row->selector.wave;
    return word == NLC_NONE ? NLC_NONE : self->plan->wave_of_word[word] == NLC_NONE ? NLC_NONE - 1 : self->plan->wave_of_word[word];
}

static void selector_of(const nlc_courses *self, uint32_t r, uint32_t *tuple)
{
    const nlc_lever_row *row = &self->plan->row[r];
    tuple[UNDER] = row->selector.under;
    tuple[AGENCY] = row->selector.agency;
    tuple[TIER] = row->selector.tier;
    tuple[WAVE] = wave_of(self, row);
    tuple[GROUP] = row->selector.group;
}

/* Lists the rows of each selector in their order (a counting sort). */
static nlc_error index_rows(nlc_courses *self)
{
    const uint32_t num = self->plan->num_rows;
    uint32_t *number = malloc(((size_t)num + 1) * sizeof *number);
    self->row_of = malloc(((size_t)num + 1) * sizeof *self->row_of);
    if (!number || !self->row_of) {
        free(number);
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t r = 0; r < num; r++) {
        uint32_t tuple[NUM_SELECTORS];
        selector_of(self, r, tuple);
        if (nlc_tuples_add(&self->selectors, tuple, &number[r])) {
            free(number);
            return NLC_ERROR_MEMORY;
        }
    }
    self->first_row = calloc((size_t)self->selectors.num + 2, sizeof *self->first_row);
    if (self->first_row) {
        for (uint32_t r = 0; r < num; r++)
            self->first_row[number[r] + 2]++;
        for (uint32_t s = 0; s < self->selectors.num; s++)
            self->first_row[s + 2] += self->first_row[s + 1];
        for (uint32_t r = 0; r < num; r++)
            self->row_of[self->first_row[number[r] + 1]++] = r;
    }
    free(number);
    return self->first_row ? NLC_OK : NLC_ERROR_MEMORY;
}

/* Levels are few; only parents that run in a circle, which is reported where they are read, go on for longer. */
enum { MOST_LEVELS = 1000 };

/* The nearest node at or above each that some row names; NLC_NONE where there is none. Levels are
 * few, so a walk up from each node is short. */
static nlc_error find_anchors(nlc_courses *self)
{
    const nlc_scenario *scenario = self->plan->scenario;
    bool *named = calloc((size_t)scenario->num_nodes + 1, sizeof *named);
    self->anchor = malloc(((size_t)scenario->num_nodes + 1) * sizeof *self->anchor);
    if (!named || !self->anchor) {
        free(named);
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t r = 0; r < self->plan->num_rows; r++)
        if (self->plan->row[r].selector.under != NLC_NONE)
            named[self->plan->row[r].selector.under] = true;
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        uint32_t up = i;
        for (uint32_t level = 0; up != NLC_NONE && !named[up]; level++)
            up = level < MOST_LEVELS ? scenario->node[up].parent : NLC_NONE;
        self->anchor[i] = up;
    }
    free(named);
    return NLC_OK;
}

static nlc_error list_bases(nlc_courses *self)
{
    const nlc_scenario *scenario = self->plan->scenario;
    self->base_lever = malloc(((size_t)scenario->num_bases + 1) * sizeof *self->base_lever);
    if (!self->base_lever)
        return NLC_ERROR_MEMORY;
    for (uint32_t b = 0; b < scenario->num_bases; b++)
        self->base_lever[self->num_bases++] = scenario->base_lever[b];
    const uint32_t direct = nlc_model_lever(scenario->model, "direct_channel");
    if (direct != NLC_NONE)
        self->base_lever[self->num_bases++] = direct;
    return NLC_OK;
}

nlc_error nlc_courses_init(nlc_courses *self, nlc_plan *plan)
{
    *self = (nlc_courses){.plan = plan, .last_schedule = NLC_NONE};
    const uint32_t num_levers = plan->scenario->model->num_levers;
    nlc_tuples_init(&self->selectors, NUM_SELECTORS);
    nlc_tuples_init(&self->kinds, KIND_WIDTH);
    nlc_tuples_init(&self->courses, plan->num_months);
    nlc_tuples_init(&self->schedules, num_levers);
    self->month = malloc(plan->num_months * sizeof *self->month);
    self->cause = malloc(plan->num_months * sizeof *self->cause);
    self->list = malloc(((size_t)plan->num_rows + 1) * sizeof *self->list);
    self->tuple = malloc(((size_t)plan->num_months + num_levers + 8) * sizeof *self->tuple);
    self->plain_course = malloc(((size_t)num_levers + 1) * sizeof *self->plain_course);
    if (!self->month || !self->cause || !self->list || !self->tuple || !self->plain_course || list_bases(self))
        return NLC_ERROR_MEMORY;
    for (uint32_t l = 0; l < num_levers; l++)
        self->plain_course[l] = NLC_NONE;
    nlc_tuples_init(&self->based, 1 + self->num_bases);
    const nlc_error error = index_rows(self);
    return error ? error : find_anchors(self);
}

void nlc_courses_free(nlc_courses *self)
{
    free(self->base_lever);
    free(self->anchor);
    free(self->first_row);
    free(self->row_of);
    free(self->kind_course);
    free(self->based_schedule);
    free(self->month);
    free(self->cause);
    free(self->list);
    free(self->tuple);
    free(self->plain_course);
    nlc_tuples_free(&self->selectors);
    nlc_tuples_free(&self->kinds);
    nlc_tuples_free(&self->based);
    nlc_tuples_free(&self->courses);
    nlc_tuples_free(&self->schedules);
    *self = (nlc_courses){0};
}

/* ---- Rows of a kind ---------------------------------------------------------------------------- */

static void list_selector(nlc_courses *self, const uint32_t *tuple, uint32_t who)
{
    const uint32_t s = nlc_tuples_find(&self->selectors, tuple);
    for (uint32_t k = s == NLC_NONE ? 0 : self->first_row[s]; s != NLC_NONE && k < self->first_row[s + 1]; k++)
        if (nlc_lever_acts_on(&self->plan->scenario->model->levers[self->plan->row[self->row_of[k]].lever], who))
            self->list[self->num_listed++] = self->row_of[k];
}

/* With and without each of tier, wave and group. An agency has none of them. */
static void list_under(nlc_courses *self, const uint32_t *kind, uint32_t under)
{
    const bool has_words = kind[KIND_WHO] == NLC_WHO_PLACE || kind[KIND_WHO] == NLC_WHO_LEAD;
    for (uint32_t mask = 0; mask < (has_words ? 8U : 1U); mask++) {
        const uint32_t tuple[NUM_SELECTORS] = {under, NLC_NONE, mask & 1U ? kind[KIND_TIER] : NLC_NONE,
                                               mask & 2U ? kind[KIND_WAVE] : NLC_NONE, mask & 4U ? kind[KIND_GROUP] : NLC_NONE};
        if (((mask & 2U) && kind[KIND_WAVE] == 0) || ((mask & 4U) && kind[KIND_GROUP] == 0))
            continue;
        list_selector(self, tuple, kind[KIND_WHO]);
    }
}

static int compare(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* Finds the rows that act on a kind of node, in their order. */
static void list_rows(nlc_courses *self, const uint32_t *kind)
{
    const nlc_scenario *scenario = self->plan->scenario;
    self->num_listed = 0;
    list_under(self, kind, NLC_NONE);
    for (uint32_t up = kind[KIND_ANCHOR]; up != NLC_NONE;) {
        list_under(self, kind, up);
        const uint32_t above = scenario->node[up].parent;
        up = above == NLC_NONE ? NLC_NONE : self->anchor[above];
    }
    if (kind[KIND_AGENCY] != NLC_NONE) {
        const uint32_t tuple[NUM_SELECTORS] = {NLC_NONE, kind[KIND_AGENCY], NLC_NONE, NLC_NONE, NLC_NONE};
        list_selector(self, tuple, kind[KIND_WHO]);
    }
    if (self->num_listed > 1)
        qsort(self->list, self->num_listed, sizeof *self->list, compare);
    for (uint32_t k = 0; k < self->num_listed; k++)
        self->plan->matched[self->list[k]] = true;
}

/* ---- One course -------------------------------------------------------------------------------- */

static void apply(nlc_courses *self, uint32_t r, int32_t wave_start)
{
    const nlc_plan *plan = self->plan;
    const nlc_lever_row *row = &plan->row[r];
    const int32_t last = (int32_t)plan->num_months;
    int32_t from = nlc_when_month(row->from, plan->start, wave_start, 1),
            to = nlc_when_month(row->to, plan->start, wave_start, last);
    from = from < 1 ? 1 : from;
    to = to > last ? last : to;
    /* A value mostly stands for many months. */
    float before = NAN, after = NAN;
    for (int32_t t = from; t <= to; t++) {
        if (self->month[t - 1] != before) {
            before = self->month[t - 1];
            after = nlc_lever_changed(before, row->how, row->value);
        }
        self->month[t - 1] = after;
        self->cause[t - 1] = r;
    }
}

/* A value out of bounds is the fault of the row that last touched it; one report a row is enough. */
static void check_course(nlc_courses *self, uint32_t l)
{
    const nlc_plan *plan = self->plan;
    const nlc_lever *lever = &plan->scenario->model->levers[l];
    char month[16], high[48];
    for (uint32_t t = 0; t < plan->num_months; t++) {
        const float value = self->month[t];
        const uint32_t r = self->cause[t];
        const bool is_checked = t > 0 && value == self->month[t - 1] && r == self->cause[t - 1];
        if (is_checked || r == NLC_NONE || plan->reported[r] || nlc_lever_holds(lever, value))
            continue;
        plan->reported[r] = true;
        snprintf(high, sizeof high, "%.7g%s", (double)lever->high, lever->may_be_unlimited ? ", or unlimited" : "");
        nlc_problems_add(plan->problems, plan->row[r].where, "%s becomes %.7g in month %lu (%s), expected %s%.7g %s %s",
                         lever->name, (double)value, (unsigned long)t + 1, nlc_calendar_text(plan->start + (int32_t)t, month),
                         lever->is_switch ? "" : "a number from ", (double)lever->low, lever->is_switch ? "or" : "to", high);
    }
}

static nlc_error add_course(nlc_courses *self, uint32_t l, float base, int32_t wave_start, uint32_t *course)
{
    const nlc_plan *plan = self->plan;
    bool is_touched = false;
    for (uint32_t t = 0; t < plan->num_months; t++)
        self->month[t] = base;
    for (uint32_t k = 0; k < self->num_listed; k++) {
        if (plan->row[self->list[k]].lever != l)
            continue;
        for (uint32_t t = 0; t < plan->num_months && !is_touched; t++)
            self->cause[t] = NLC_NONE;
        is_touched = true;
        apply(self, self->list[k], wave_start);
    }
    if (is_touched)
        check_course(self, l);
    /* Adding 0 turns a negative zero into the zero that it equals. */
    for (uint32_t t = 0; t < plan->num_months; t++)
        self->month[t] += 0.0F;
    if (plan->scenario->model->levers[l].waits_for_wave)
        for (int32_t t = 0; t + 1 < wave_start && t < (int32_t)plan->num_months; t++)
            self->month[t] = 0.0F;
    memcpy(self->tuple, self->month, plan->num_months * sizeof *self->month);
    return nlc_tuples_add(&self->courses, self->tuple, course);
}

/* The model's own value in every month: no row, no base value and no wave touches the lever. */
static bool is_plain(const nlc_courses *self, uint32_t l, float base, int32_t wave_start)
{
    const nlc_lever *lever = &self->plan->scenario->model->levers[l];
    bool is_touched = (lever->waits_for_wave && wave_start > 1) || memcmp(&base, &lever->value, sizeof base) != 0;
    for (uint32_t k = 0; k < self->num_listed && !is_touched; k++)
        is_touched = self->plan->row[self->list[k]].lever == l;
    return !is_touched;
}

/* Most levers are plain for most kinds of node, and their courses are made once. */
static nlc_error make_course(nlc_courses *self, uint32_t l, float base, int32_t wave_start, uint32_t *course)
{
    const bool plain = is_plain(self, l, base, wave_start);
    nlc_error error = NLC_OK;
    if (plain && self->plain_course[l] != NLC_NONE)
        *course = self->plain_course[l];
    else
        error = add_course(self, l, base, wave_start, course);
    if (plain && !error)
        self->plain_course[l] = *course;
    return error;
}

/* ---- Schedules --------------------------------------------------------------------------------- */

static int32_t start_of(const nlc_courses *self, const uint32_t *kind)
{
    return self->plan->wave_start[kind[KIND_WHO] == NLC_WHO_PLACE ? kind[KIND_WAVE] : 0];
}

static nlc_error make_kind(nlc_courses *self, const uint32_t *kind)
{
    const nlc_model *model = self->plan->scenario->model;
    uint32_t *grown =
        nlc_grown(self->kind_course, &self->kind_capacity, (size_t)self->kinds.num * model->num_levers, sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    self->kind_course = grown;
    list_rows(self, kind);
    nlc_error error = NLC_OK;
    for (uint32_t l = 0; l < model->num_levers && !error; l++)
        error = make_course(self, l, model->levers[l].value, start_of(self, kind),
                            &grown[(self->kinds.num - 1) * (size_t)model->num_levers + l]);
    return error;
}

/* The schedule of a kind with base values of its own (NaN: none). */
static nlc_error make_schedule(nlc_courses *self, uint32_t number, const float *base, uint32_t *schedule)
{
    const uint32_t num_levers = self->plan->scenario->model->num_levers;
    uint32_t kind[KIND_WIDTH];
    memcpy(kind, nlc_tuples_at(&self->kinds, number), sizeof kind);
    bool listed = false;
    uint32_t *course = self->tuple + self->plan->num_months;
    memcpy(course, self->kind_course + (size_t)number * num_levers, num_levers * sizeof *course);
    for (uint32_t b = 0; b < self->num_bases; b++) {
        if (isnan(base[b]) || !nlc_lever_acts_on(&self->plan->scenario->model->levers[self->base_lever[b]], kind[KIND_WHO]))
            continue;
        if (!listed)
            list_rows(self, kind);
        listed = true;
        if (make_course(self, self->base_lever[b], base[b], start_of(self, kind), &course[self->base_lever[b]]))
            return NLC_ERROR_MEMORY;
    }
    return nlc_tuples_add(&self->schedules, course, schedule);
}

/* The base values of a node, as a key; the number of its kind comes first and is still to be found. */
static void base_key(const nlc_courses *self, const float *own, float direct, float *base, uint32_t *key)
{
    for (uint32_t b = 0; b < self->num_bases; b++) {
        base[b] = b < self->plan->scenario->num_bases ? own[b] : direct;
        memcpy(&key[b + 1], &base[b], sizeof base[b]);
        key[b + 1] = isnan(base[b]) ? NLC_NONE : key[b + 1];
    }
}

static bool is_as_last(const nlc_courses *self, const uint32_t *kind, const uint32_t *key)
{
    return self->last_schedule != NLC_NONE && memcmp(self->last_kind, kind, sizeof self->last_kind) == 0 &&
           memcmp(self->last_key + 1, key + 1, self->num_bases * sizeof *key) == 0;
}

static nlc_error look_up_schedule(nlc_courses *self, const uint32_t *kind, const float *base, uint32_t *key, uint32_t *schedule)
{
    const uint32_t num_kinds = self->kinds.num, num_based = self->based.num;
    uint32_t number;
    if (nlc_tuples_add(&self->kinds, kind, &key[0]) || (self->kinds.num > num_kinds && make_kind(self, kind)) ||
        nlc_tuples_add(&self->based, key, &number))
        return NLC_ERROR_MEMORY;
    if (self->based.num > num_based) {
        uint32_t *grown = nlc_grown(self->based_schedule, &self->based_capacity, self->based.num, sizeof *grown);
        if (!grown)
            return NLC_ERROR_MEMORY;
        self->based_schedule = grown;
        if (make_schedule(self, key[0], base, &grown[number]))
            return NLC_ERROR_MEMORY;
    }
    *schedule = self->based_schedule[number];
    return NLC_OK;
}

static nlc_error find_schedule(nlc_courses *self, const uint32_t *kind, const float *own, float direct, uint32_t *schedule)
{
    float base[64];
    uint32_t key[65];
    base_key(self, own, direct, base, key);
    if (!is_as_last(self, kind, key)) {
        const nlc_error error = look_up_schedule(self, kind, base, key, &self->last_schedule);
        if (error)
            return error;
        memcpy(self->last_kind, kind, sizeof self->last_kind);
        memcpy(self->last_key + 1, key + 1, self->num_bases * sizeof *key);
    }
    *schedule = self->last_schedule;
    return NLC_OK;
}

nlc_error nlc_courses_of_place(nlc_courses *self, uint32_t node, uint32_t wave, uint32_t *schedule)
{
    const nlc_scenario *scenario = self->plan->scenario;
    const nlc_node *place = &scenario->node[node];
    const uint32_t kind[KIND_WIDTH] = {self->anchor[node], NLC_NONE, place->tier, wave, place->group, NLC_WHO_PLACE};
    return find_schedule(self, kind, scenario->node_base + (size_t)node * scenario->num_bases, place->direct_weight, schedule);
}

nlc_error nlc_courses_of_lead(nlc_courses *self, uint32_t node, uint32_t *schedule)
{
    const nlc_scenario *scenario = self->plan->scenario;
    const uint32_t kind[KIND_WIDTH] = {self->anchor[node],         NLC_NONE,    scenario->node[node].tier, 0,
                                       scenario->node[node].group, NLC_WHO_LEAD};
    return find_schedule(self, kind, scenario->node_base + (size_t)node * scenario->num_bases, NAN, schedule);
}

nlc_error nlc_courses_of_agency(nlc_courses *self, uint32_t agency, uint32_t *schedule)
{
    const nlc_scenario *scenario = self->plan->scenario;
    const nlc_agency *row = &scenario->agency[agency];
    const bool is_security = row->sector == NLC_SECTOR_SECURITY;
    const uint32_t kind[KIND_WIDTH] = {self->anchor[scenario->country[row->country].lead], agency, NLC_NONE, 0, 0,
                                       is_security ? NLC_WHO_SECURITY : NLC_WHO_SERVICE};
    return find_schedule(self, kind, scenario->agency_base + (size_t)agency * scenario->num_bases, NAN, schedule);
}

/* The rows of one setting stand together: a dial makes one for each of its levers. */
void nlc_courses_check(const nlc_courses *self)
{
    const nlc_plan *plan = self->plan;
    for (uint32_t r = 0, end; r < plan->num_rows; r = end) {
        bool is_idle = !plan->matched[r] && !plan->reported[r];
        const bool is_setting = plan->row[r].where.order >= NLC_ORDER_OF_SETTINGS;
        for (end = r + 1; is_setting && end < plan->num_rows && plan->row[end].where.order == plan->row[r].where.order; end++)
            is_idle = is_idle && !plan->matched[end] && !plan->reported[end];
        if (is_idle)
            nlc_problems_add(plan->problems, plan->row[r].where, "no node fits what is selected, so %s changes nothing",
                             is_setting ? "it" : "the row");
    }
}
