#include "flows.h"

#include "module.h"

#include <math.h>
#include <string.h>

static void find_cells(page_flows *self, const nlc_resolved *scenario)
{
    const uint32_t num_pairs = scenario->num_countries * scenario->num_tiers;
    for (uint32_t k = 0; k < num_pairs; k++)
        self->cell[k] = NLC_NONE;
    for (uint32_t c = 0; c < scenario->num_classes; c++)
        self->cell[scenario->classes[c].country * scenario->num_tiers + scenario->classes[c].tier] = 0;
    for (uint32_t k = 0; k < num_pairs; k++)
        if (self->cell[k] != NLC_NONE) {
            self->cell_country[self->num_cells] = k / scenario->num_tiers;
            self->cell_tier[self->num_cells] = k % scenario->num_tiers;
            self->cell[k] = self->num_cells++;
        }
}

static size_t num_counts(const page_flows *self, const nlc_resolved *scenario)
{
    return (size_t)self->num_cells * scenario->model->num_flows * PAGE_FLOW_COUNTS * self->lanes;
}

bool page_flows_prepare(page_flows *self, const nlc_resolved *scenario, uint32_t lanes)
{
    const size_t num_pairs = (size_t)scenario->num_countries * scenario->num_tiers;
    *self = (page_flows){.lanes = lanes};
    self->cell = nlc_module_room(num_pairs * sizeof *self->cell);
    self->cell_country = nlc_module_room(num_pairs * sizeof *self->cell_country);
    self->cell_tier = nlc_module_room(num_pairs * sizeof *self->cell_tier);
    if (!self->cell || !self->cell_country || !self->cell_tier)
        return false;
    find_cells(self, scenario);
    self->month = nlc_module_room(num_counts(self, scenario) * sizeof *self->month);
    self->counts = nlc_module_room(scenario->num_months * num_counts(self, scenario) * sizeof *self->counts);
    return self->month && self->counts;
}

/* What one lane counted in a class, on top of its cell. */
static void add_lane(const page_flows *self, const nlc_model *model, const double *tallies, size_t stride, double *cell)
{
    for (uint32_t k = 0; k < model->num_flows; k++) {
        const nlc_flow *flow = &model->flows[k];
        const uint32_t counts[PAGE_FLOW_COUNTS] = {flow->asked, flow->asked_national, flow->delivered, flow->delivered_national};
        for (uint32_t n = 0; n < PAGE_FLOW_COUNTS; n++, cell += self->lanes)
            *cell += counts[n] == NLC_NONE ? (double)NAN : tallies[counts[n] * stride];
    }
}

static void add_class(const page_flows *self, const nlc_resolved *scenario, const nlc_batch *batch, uint32_t class)
{
    const nlc_class *of = &scenario->classes[class];
    const uint32_t cell = self->cell[of->country * scenario->num_tiers + of->tier];
    double *into = self->month + (size_t)cell * scenario->model->num_flows * PAGE_FLOW_COUNTS * self->lanes;
    for (uint32_t l = 0; l < self->lanes; l++) {
        size_t stride;
        const double *tallies = nlc_batch_tallies(batch, class, l, &stride);
        add_lane(self, scenario->model, tallies, stride, into + l);
    }
}

/* Rounded as an ensemble keeps its tallies. */
void page_flows_keep(page_flows *self, const nlc_resolved *scenario, const nlc_batch *batch, uint32_t month)
{
    const size_t num = num_counts(self, scenario);
    float *into = self->counts + (month - 1) * num;
    memset(self->month, 0, num * sizeof *self->month);
    for (uint32_t c = 0; c < scenario->num_classes; c++)
        add_class(self, scenario, batch, c);
    for (size_t k = 0; k < num; k++)
        into[k] = (float)self->month[k];
}
