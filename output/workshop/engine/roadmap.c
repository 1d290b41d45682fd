#include "roadmap.h"

#include "module.h"

#include "ensemble.h"

#include <string.h>

/* A place belongs to the rows of its wave, its country and its tier. */
enum { NUM_KINDS = 3 };

static uint32_t row_of(const nlc_resolved *scenario, const nlc_draw *draw, uint32_t node, uint32_t kind)
{
    if (kind == 0)
        return draw->wave[node];
    return scenario->waves.num + (kind == 1 ? scenario->country[node] : scenario->num_countries + scenario->tier[node]);
}

static bool adopts(const nlc_resolved *scenario, uint32_t node)
{
    return scenario->tier_adopts[scenario->tier[node]] != 0;
}

bool page_roadmap_prepare(page_roadmap *self, const nlc_resolved *scenario, uint32_t lanes)
{
    self->num_rows = scenario->waves.num + scenario->num_countries + scenario->num_tiers;
    self->adopting = nlc_module_room(self->num_rows * sizeof *self->adopting);
    self->histogram = nlc_module_room(self->num_rows * ((size_t)scenario->num_months + 1) * sizeof *self->histogram);
    self->reached = nlc_module_room((size_t)self->num_rows * scenario->model->num_milestones * lanes * sizeof *self->reached);
    return self->adopting && self->histogram && self->reached;
}

/* Where a row has places of tiers that adopt, only those count. */
static void count_adopting(page_roadmap *self, const nlc_resolved *scenario, const nlc_draw *draw)
{
    memset(self->adopting, 0, self->num_rows * sizeof *self->adopting);
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        for (uint32_t kind = 0; kind < NUM_KINDS && adopts(scenario, i); kind++)
            self->adopting[row_of(scenario, draw, i, kind)]++;
}

/* Of each row, the places that first reached a milestone in each month; in month 0 those that never did. */
static void count_months(page_roadmap *self, const nlc_resolved *scenario, const nlc_draw *draw, const nlc_batch *batch,
                         const nlc_view *milestone, uint32_t lane)
{
    const size_t num_months = (size_t)scenario->num_months + 1;
    memset(self->histogram, 0, self->num_rows * num_months * sizeof *self->histogram);
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        const uint32_t month = nlc_batch_view(batch, milestone, i, lane);
        for (uint32_t kind = 0; kind < NUM_KINDS; kind++) {
            const uint32_t row = row_of(scenario, draw, i, kind);
            if (self->adopting[row] == 0 || adopts(scenario, i))
                self->histogram[row * num_months + month]++;
        }
    }
}

static uint16_t month_of_half(const uint32_t *histogram, uint32_t num_months)
{
    uint32_t members = 0, seen = 0;
    for (uint32_t t = 0; t <= num_months; t++)
        members += histogram[t];
    for (uint32_t t = 1; t <= num_months && members > 0; t++) {
        seen += histogram[t];
        if (2 * seen >= members)
            return (uint16_t)t;
    }
    return 0;
}

void page_roadmap_keep(page_roadmap *self, const nlc_resolved *scenario, const nlc_batch *batch, uint32_t draw, uint32_t num,
                       uint32_t lanes)
{
    const uint32_t num_milestones = scenario->model->num_milestones;
    count_adopting(self, scenario, &scenario->draws[draw]);
    for (uint32_t lane = 0; lane < num; lane++)
        for (uint32_t m = 0; m < num_milestones; m++) {
            count_months(self, scenario, &scenario->draws[draw], batch, &scenario->model->milestones[m], lane);
            for (uint32_t k = 0; k < self->num_rows; k++)
                self->reached[((size_t)k * num_milestones + m) * lanes + lane] =
                    month_of_half(self->histogram + k * ((size_t)scenario->num_months + 1), scenario->num_months);
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

static double sum_of_lever(const nlc_resolved *scenario, uint32_t segment, uint32_t lever)
{
    const uint32_t num_levers = scenario->model->num_levers;
    const float *values = scenario->levers + (size_t)segment * scenario->num_schedules * num_levers + lever;
    double sum = 0;
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        sum += values[(size_t)scenario->draws[0].schedule[i] * num_levers];
    return sum;
}

/* Its mean over the places and months of the scenario as it was resolved. */
double nlc_module_lever_mean(uint32_t lever)
{
    const nlc_resolved *scenario = nlc_module_scenario();
    double sum = 0, of_month = 0;
    for (uint32_t t = 1; t <= scenario->num_months; t++) {
        if (t == 1 || scenario->segment_of_month[t] != scenario->segment_of_month[t - 1])
            of_month = sum_of_lever(scenario, scenario->segment_of_month[t], lever);
        sum += of_month;
    }
    return sum / scenario->num_nodes / scenario->num_months;
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
