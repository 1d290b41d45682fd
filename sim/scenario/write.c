/* Writes the resolved scenario; see RESOLVED.md. */
#include "write.h"

#include "resolved_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Cells ------------------------------------------------------------------------------------- */

static void put(nlc_writer *self, const char *text, size_t length)
{
    if (nlc_text_add(self->text, text, length))
        self->out_of_memory = true;
}

static void put_word(nlc_writer *self, const char *text, char end)
{
    put(self, text, strlen(text));
    put(self, &end, 1);
}

static void put_whole(nlc_writer *self, uint64_t value, char end)
{
    char digits[24];
    size_t at = sizeof digits;
    digits[--at] = end;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    put(self, digits + at, sizeof digits - at);
}

static void put_number(nlc_writer *self, float value, char end)
{
    char text[NLC_NUMBER_LENGTH + 1];
    const size_t length = nlc_number_write(value, text);
    text[length] = end;
    put(self, text, length + 1);
}

/* As the model holds it: the fewest digits that give its real back. */
static void put_real(nlc_writer *self, double value, char end)
{
    char text[40];
    double back = NAN;
    if (!self->plan->scenario->model->is_double || isnan(value)) {
        put_number(self, (float)value, end);
        return;
    }
    for (int digits = 15; digits <= 17 && back != value; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        nlc_real_read(text, strlen(text), &back);
    }
    put_word(self, text, end);
}

/* Populations are whole numbers and larger than a float can count. */
static void put_population(nlc_writer *self, double value, char end)
{
    if (isnan(value))
        put(self, &end, 1);
    else
        put_whole(self, (uint64_t)value, end);
}

static void put_section(nlc_writer *self, const char *name, uint32_t draw)
{
    put_word(self, name, '=');
    put_whole(self, draw, ']');
    put(self, "\n", 1);
}

/* ---- Head -------------------------------------------------------------------------------------- */

void nlc_writer_put_parameters(nlc_writer *self)
{
    const nlc_model *model = self->plan->scenario->model;
    put_word(self, "[parameters]", '\n');
    for (uint32_t k = 0; k < model->num_parameters; k++) {
        put_word(self, model->parameters[k].name, '\t');
        put_number(self, self->plan->parameter[k], '\n');
    }
}

static void put_head(nlc_writer *self)
{
    const nlc_plan *plan = self->plan;
    const nlc_model *model = plan->scenario->model;
    char month[16];
    put_word(self, "nlcsim-resolved\t1\n[scenario]\nmodel", '\t');
    put_word(self, model->name, '\t');
    put_whole(self, model->code_version, '\n');
    put_word(self, "start", '\t');
    put_word(self, nlc_calendar_text(plan->start, month), '\n');
    put_word(self, "months", '\t');
    put_whole(self, plan->num_months, '\n');
    put_word(self, "adopting", '\t');
    for (uint32_t i = 0; i < plan->num_adopting; i++)
        put_word(self, plan->adopting[i], i + 1 < plan->num_adopting ? '\t' : '\n');
    put_word(self, plan->names ? "names\tyes" : "names\tno", '\n');
    put_word(self, "draws", '\t');
    put_whole(self, plan->num_draws, '\n');
    nlc_writer_put_parameters(self);
}

/* ---- Agencies and nodes ------------------------------------------------------------------------ */

typedef struct {
    uint32_t country, agency;
    const char *id;
} rank_type;

static int compare(const void *left, const void *right)
{
    const rank_type *a = left, *b = right;
    if (a->country != b->country)
        return a->country < b->country ? -1 : 1;
    return strcmp(a->id, b->id);
}

static nlc_error order_agencies(nlc_writer *self)
{
    const nlc_scenario *scenario = self->plan->scenario;
    const uint32_t num = scenario->num_agencies;
    rank_type *rank = malloc(((size_t)num + 1) * sizeof *rank);
    self->agency = malloc(((size_t)num + 1) * sizeof *self->agency);
    for (uint32_t a = 0; rank && self->agency && a < num; a++)
        rank[a] = (rank_type){scenario->agency[a].country, a, scenario->agency[a].id};
    if (rank && self->agency && num > 0)
        qsort(rank, num, sizeof *rank, compare);
    for (uint32_t a = 0; rank && self->agency && a < num; a++)
        self->agency[a] = rank[a].agency;
    const bool complete = rank && self->agency;
    free(rank);
    return complete ? NLC_OK : NLC_ERROR_MEMORY;
}

nlc_error nlc_writer_put_agencies(nlc_writer *self)
{
    const nlc_plan *plan = self->plan;
    const nlc_scenario *scenario = plan->scenario;
    uint32_t schedule, a = 0;
    put_word(self, "[agencies]\nid\tcountry\tsector\tweight\tschedule\tlat\tlon", '\n');
    for (uint32_t k = 0; k < scenario->num_countries; k++) {
        const nlc_node *lead = &scenario->node[scenario->country[k].lead];
        if (nlc_courses_of_lead(&self->courses, scenario->country[k].lead, &schedule))
            return NLC_ERROR_MEMORY;
        put_word(self, lead->id, '\t');
        put_word(self, lead->id, '\t');
        put_word(self, "lead\t1", '\t');
        put_whole(self, schedule, '\t');
        put_number(self, plan->lead_lat[k], '\t');
        put_number(self, plan->lead_lon[k], '\n');
        for (; a < scenario->num_agencies && scenario->agency[self->agency[a]].country == k; a++) {
            const nlc_agency *agency = &scenario->agency[self->agency[a]];
            if (nlc_courses_of_agency(&self->courses, self->agency[a], &schedule))
                return NLC_ERROR_MEMORY;
            put_word(self, agency->id, '\t');
            put_word(self, lead->id, '\t');
            put_word(self, agency->sector == NLC_SECTOR_SECURITY ? "security" : "service", '\t');
            put_number(self, isnan(agency->weight) ? 1.0F : agency->weight, '\t');
            put_whole(self, schedule, '\t');
            put_word(self, "", '\t');
            put_word(self, "", '\n');
        }
    }
    return NLC_OK;
}

static void put_node(nlc_writer *self, uint32_t p)
{
    static const char *const size[] = {"", "small", "large"};
    const nlc_plan *plan = self->plan;
    const nlc_scenario *scenario = plan->scenario;
    const nlc_model *model = scenario->model;
    const nlc_node *node = &scenario->node[scenario->place[p]];
    const double *attribute = scenario->attribute + (size_t)scenario->place[p] * model->num_attributes;
    put_word(self, node->id, '\t');
    put_word(self, scenario->node[scenario->country[node->country].lead].id, '\t');
    put_word(self, scenario->node[node->parent].id, '\t');
    put_word(self, scenario->tiers.text[node->tier], '\t');
    put_word(self, scenario->groups.text[node->group], '\t');
    put_word(self, size[plan->size[p]], '\t');
    put_word(self, node->head == NLC_HEAD_ELECTED ? "elected" : "appointed", '\t');
    put_word(self, node->start_stage > 0 ? model->stages[node->start_stage - 1] : "", '\t');
    put_population(self, node->population, '\t');
    put_number(self, plan->lat[p], '\t');
    put_number(self, plan->lon[p], '\t');
    put_word(self, plan->placed[p] ? "yes" : "no", '\t');
    put_number(self, node->line_weight, model->num_attributes > 0 ? '\t' : '\n');
    for (uint32_t k = 0; k < model->num_attributes; k++)
        put_real(self, attribute[k], k + 1 < model->num_attributes ? '\t' : '\n');
}

static void put_nodes(nlc_writer *self)
{
    const nlc_model *model = self->plan->scenario->model;
    put_word(self, "[nodes]", '\n');
    put(self, "id\tcountry\tparent\ttier\tgroup\tsize\thead\tstart_stage\tpopulation\tlat\tlon\tplaced\tline_weight",
        strlen("id\tcountry\tparent\ttier\tgroup\tsize\thead\tstart_stage\tpopulation\tlat\tlon\tplaced\tline_weight"));
    for (uint32_t k = 0; k < model->num_attributes; k++) {
        put(self, "\t", 1);
        put(self, model->attributes[k].name, strlen(model->attributes[k].name));
    }
    put(self, "\n", 1);
    for (uint32_t p = 0; p < self->plan->scenario->num_places; p++)
        put_node(self, p);
}

/* ---- Draws ------------------------------------------------------------------------------------- */

/* The engine counts by class and holds a limited number of them. */
static nlc_error count_classes(nlc_writer *self)
{
    const nlc_plan *plan = self->plan;
    uint32_t number;
    for (uint32_t p = 0; p < plan->scenario->num_places; p++) {
        const nlc_node *node = &plan->scenario->node[plan->scenario->place[p]];
        const uint32_t tuple[] = {node->country, node->tier, self->draws.wave[p], node->group, (uint32_t)plan->size[p]};
        if (nlc_tuples_add(&self->classes, tuple, &number))
            return NLC_ERROR_MEMORY;
    }
    return NLC_OK;
}

nlc_error nlc_writer_put_places(nlc_writer *self, uint32_t draw)
{
    const nlc_scenario *scenario = self->plan->scenario;
    uint32_t schedule;
    put_section(self, "[places draw", draw);
    put_word(self, "wave\tschedule", '\n');
    for (uint32_t p = 0; p < scenario->num_places; p++) {
        const uint32_t wave = self->draws.wave[p];
        if (nlc_courses_of_place(&self->courses, scenario->place[p], wave, &schedule))
            return NLC_ERROR_MEMORY;
        put_word(self, self->plan->wave_text[wave], '\t');
        put_whole(self, schedule, '\n');
    }
    return NLC_OK;
}

static void put_heard(nlc_writer *self, const nlc_links *links, size_t *at, uint32_t to, const char *kind)
{
    const nlc_scenario *scenario = self->plan->scenario;
    for (; *at < links->num && links->link[*at].to == to; (*at)++) {
        put_word(self, scenario->node[scenario->place[to]].id, '\t');
        put_word(self, kind, '\t');
        put_word(self, scenario->node[scenario->place[links->link[*at].from]].id, '\t');
        put_real(self, links->link[*at].weight, '\n');
    }
}

static void put_channels(nlc_writer *self, uint32_t draw)
{
    size_t peer = 0, regional = 0;
    put_section(self, "[channels draw", draw);
    put_word(self, "to\tkind\tfrom\tweight", '\n');
    for (uint32_t p = 0; p < self->plan->scenario->num_places; p++) {
        put_heard(self, &self->draws.peers, &peer, p, "peer");
        put_heard(self, &self->draws.regional, &regional, p, "regional");
    }
}

/* ---- Levers ------------------------------------------------------------------------------------ */

static void put_course(nlc_writer *self, uint32_t schedule, uint32_t l)
{
    const uint32_t num_months = self->plan->num_months;
    const nlc_lever *lever = &self->plan->scenario->model->levers[l];
    const uint32_t *course = nlc_tuples_at(&self->courses.courses, nlc_tuples_at(&self->courses.schedules, schedule)[l]);
    for (uint32_t from = 0, to; from < num_months; from = to) {
        float value;
        memcpy(&value, &course[from], sizeof value);
        for (to = from + 1; to < num_months && course[to] == course[from];)
            to++;
        if (value == lever->value)
            continue;
        put_whole(self, schedule, '\t');
        put_word(self, lever->name, '\t');
        put_whole(self, from + 1, '\t');
        put_whole(self, to, '\t');
        put_number(self, value, '\n');
    }
}

void nlc_writer_put_levers(nlc_writer *self)
{
    put_word(self, "[levers]\nschedule\tlever\tfrom\tto\tvalue", '\n');
    for (uint32_t s = 0; s < self->courses.schedules.num; s++)
        for (uint32_t l = 0; l < self->plan->scenario->model->num_levers; l++)
            put_course(self, s, l);
}

/* ---- Tail -------------------------------------------------------------------------------------- */

static void put_tail(nlc_writer *self)
{
    const nlc_plan *plan = self->plan;
    const nlc_scenario *scenario = plan->scenario;
    const nlc_key_value *title = &plan->key[NLC_KEY_TITLE];
    put_word(self, "[run]\ntitle", '\t');
    put_word(self, title->folder == NLC_NONE ? "" : title->value.text, '\n');
    put_word(self, "seed", '\t');
    put_whole(self, plan->seed, '\n');
    put_word(self, "replicates", '\t');
    put_whole(self, plan->replicates, '\n');
    put_word(self, "[names]\nid\tname", '\n');
    uint32_t a = 0;
    for (uint32_t k = 0; k < scenario->num_countries; k++) {
        const nlc_node *lead = &scenario->node[scenario->country[k].lead];
        put_word(self, lead->id, '\t');
        put_word(self, lead->name, '\n');
        for (; a < scenario->num_agencies && scenario->agency[self->agency[a]].country == k; a++) {
            put_word(self, scenario->agency[self->agency[a]].id, '\t');
            put_word(self, scenario->agency[self->agency[a]].name, '\n');
        }
    }
    for (uint32_t p = 0; p < scenario->num_places; p++) {
        put_word(self, scenario->node[scenario->place[p]].id, '\t');
        put_word(self, scenario->node[scenario->place[p]].name, '\n');
    }
}

static void check_classes(nlc_writer *self)
{
    const nlc_scenario *scenario = self->plan->scenario;
    if (self->classes.num > NLC_MAX_CLASSES)
        nlc_problems_add(
            self->plan->problems, nlc_scenario_where(scenario, scenario->table_folder[NLC_TABLE_NODES], NLC_TABLE_NODES, 0),
            "the places fall into %lu sets of country, tier, wave, group and size; at most %d are possible, so use fewer groups",
            (unsigned long)self->classes.num, NLC_MAX_CLASSES);
}

static nlc_error write_all(nlc_writer *self)
{
    put_head(self);
    nlc_error error = nlc_writer_put_agencies(self);
    if (!error)
        put_nodes(self);
    for (uint32_t draw = 0; draw < self->plan->num_draws && !error; draw++) {
        error = nlc_draws_make(&self->draws, self->plan, draw);
        if (!error)
            error = count_classes(self);
        if (!error)
            error = nlc_writer_put_places(self, draw);
        if (!error)
            put_channels(self, draw);
    }
    if (error)
        return error;
    nlc_courses_check(&self->courses);
    check_classes(self);
    nlc_writer_put_levers(self);
    put_tail(self);
    return self->out_of_memory ? NLC_ERROR_MEMORY : nlc_problems_error(self->plan->problems);
}

nlc_error nlc_writer_init(nlc_writer *self, nlc_text *text, nlc_plan *plan)
{
    *self = (nlc_writer){.text = text, .plan = plan};
    nlc_tuples_init(&self->classes, 5);
    const nlc_error error = nlc_courses_init(&self->courses, plan);
    return error ? error : order_agencies(self);
}

void nlc_writer_free(nlc_writer *self)
{
    free(self->agency);
    nlc_tuples_free(&self->classes);
    nlc_courses_free(&self->courses);
}

static nlc_error write_plan(nlc_plan *plan, nlc_text *resolved)
{
    nlc_writer writer;
    nlc_error error = nlc_writer_init(&writer, resolved, plan);
    if (!error)
        error = nlc_plan_places(plan);
    if (!error)
        error = nlc_draws_init(&writer.draws, plan);
    if (!error)
        error = write_all(&writer);
    nlc_draws_free(&writer.draws);
    nlc_writer_free(&writer);
    return error;
}

nlc_error nlc_scenario_write(const nlc_scenario *self, const nlc_settings *settings, nlc_text *resolved, nlc_problems *problems)
{
    nlc_plan plan;
    nlc_error error = nlc_plan_init(&plan, self, settings, problems);
    if (!error && nlc_problems_error(problems)) {
        error = nlc_plan_check_rows(&plan);
        error = error ? error : nlc_problems_error(problems);
    } else if (!error) {
        error = write_plan(&plan, resolved);
    }
    nlc_plan_free(&plan);
    return error;
}
