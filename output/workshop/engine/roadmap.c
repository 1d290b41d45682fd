#include "roadmap.h"

#include "module.h"

#include "ensemble.h"

#include <string.h>

/* What a row asks of its places. */
typedef struct {
    const nlc_resolved *scenario;
    const nlc_draw *draw;
    uint32_t row;
    bool adopting; /* only places of tiers that adopt count, where the row has any */
} row_type;

bool page_roadmap_prepare(page_roadmap *self, const nlc_resolved *scenario, uint32_t lanes)
{
    self->num_rows = scenario->waves.num + scenario->num_countries + scenario->num_tiers;
    self->histogram = nlc_module_room(((size_t)scenario->num_months + 1) * sizeof *self->histogram);
    self->reached = nlc_module_room((size_t)self->num_rows * scenario->model->num_milestones * lanes * sizeof *self->reached);
    return self->histogram && self->reached;
}

static bool is_member(const row_type *row, uint32_t node)
{
    const nlc_resolved *scenario = row->scenario;
    uint32_t k = row->row;
    if (k < scenario->waves.num)
        return row->draw->wave[node] == k;
    k -= scenario->waves.num;
    return k < scenario->num_countries ? scenario->country[node] == k : scenario->tier[node] == k - scenario->num_countries;
}

static bool adopts(const nlc_resolved *scenario, uint32_t node)
{
    return scenario->tier_adopts[scenario->tier[node]] != 0;
}

static bool has_adopters(const row_type *row)
{
    for (uint32_t i = 0; i < row->scenario->num_nodes; i++)
        if (is_member(row, i) && adopts(row->scenario, i))
            return true;
    return false;
}

static uint16_t month_of_half(const uint32_t *histogram, uint32_t num_months, uint32_t members)
{
    uint32_t seen = 0;
    for (uint32_t t = 1; t <= num_months && members > 0; t++) {
        seen += histogram[t];
        if (2 * seen >= members)
            return (uint16_t)t;
    }
    return 0;
}

static uint16_t half_of(page_roadmap *self, const row_type *row, const nlc_batch *batch, const nlc_view *milestone, uint32_t lane)
{
    const nlc_resolved *scenario = row->scenario;
    uint32_t members = 0;
    memset(self->histogram, 0, ((size_t)scenario->num_months + 1) * sizeof *self->histogram);
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        if (!is_member(row, i) || (row->adopting && !adopts(scenario, i)))
            continue;
        self->histogram[nlc_batch_view(batch, milestone, i, lane)]++;
        members++;
    }
    return month_of_half(self->histogram, scenario->num_months, members);
}

void page_roadmap_keep(page_roadmap *self, const nlc_resolved *scenario, const nlc_batch *batch, uint32_t draw, uint32_t lane,
                       uint32_t lanes)
{
    const nlc_model *model = scenario->model;
    for (uint32_t k = 0; k < self->num_rows; k++) {
        row_type row = {scenario, &scenario->draws[draw], k, false};
        row.adopting = has_adopters(&row);
        for (uint32_t m = 0; m < model->num_milestones; m++)
            self->reached[((size_t)k * model->num_milestones + m) * lanes + lane] =
                half_of(self, &row, batch, &model->milestones[m], lane);
    }
}

/* ---- Courses of the levers --------------------------------------------------------------------- */

/* The least and the largest value of a lever over the places, or over the leads where a lever is a
 * country's, in each month of the scenario as it was resolved: courses[num_months][2]. */
void nlc_module_lever_course(uint32_t lever, float *courses)
{
    const nlc_resolved *scenario = nlc_module_scenario();
    const uint32_t num_levers = scenario->model->num_levers;
    for (uint32_t t = 1; t <= scenario->num_months; t++) {
        const float *values =
            scenario->levers + (size_t)scenario->segment_of_month[t] * scenario->num_schedules * num_levers + lever;
        float *span = courses + (size_t)(t - 1) * 2;
        span[0] = span[1] = 0;
        for (uint32_t i = 0; i < scenario->num_nodes; i++) {
            const float value = values[(size_t)scenario->draws[0].schedule[i] * num_levers];
            span[0] = i == 0 || value < span[0] ? value : span[0];
            span[1] = i == 0 || value > span[1] ? value : span[1];
        }
        for (uint32_t a = 0; a < scenario->num_agencies && scenario->model->levers[lever].scope == NLC_LEVER_COUNTRY; a++) {
            const float value = values[(size_t)scenario->agency_schedule[a] * num_levers];
            span[0] = a == 0 || value < span[0] ? value : span[0];
            span[1] = a == 0 || value > span[1] ? value : span[1];
        }
    }
}

/* [num_parameters], as the scenario was resolved. */
const float *nlc_module_parameters(void)
{
    return nlc_module_scenario()->parameters;
}

uint32_t nlc_module_num_parameters(void)
{
    return nlc_module_scenario()->model->num_parameters;
}

/* Months that 10, 50 and 90 % of the runs reached by; 0: never. */
void nlc_module_reach(const uint16_t *months, uint32_t num, uint32_t *into)
{
    const nlc_reach reach = nlc_reach_of(months, num);
    into[0] = reach.p10;
    into[1] = reach.p50;
    into[2] = reach.p90;
    into[3] = reach.reached;
}
