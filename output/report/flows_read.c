/* flows.csv: information and support, for all places and for each tier. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "material.h"
#include "store.h"

enum { MONTH, COUNTRY, TIER, DIRECTION, KIND, POOL, ASKED, DELIVERED, NUM_COLUMNS };

static const char *const columns[NUM_COLUMNS] = {"month", "country", "tier", "direction", "kind", "pool", "asked", "delivered"};

static bool is_it(const nlc_flow_course *flow, const char *tier, const char *kind, const char *pool)
{
    return strcmp(flow->kind, kind) == 0 && strcmp(flow->pool, pool) == 0 && strcmp(flow->tier, tier) == 0;
}

const nlc_flow_course *nlc_material_flow(const nlc_material *self, const char *tier, const char *kind, const char *pool)
{
    for (size_t k = 0; k < self->num_flows; k++) {
        if (is_it(&self->flows[k], tier, kind, pool)) {
            return &self->flows[k];
        }
    }
    return NULL;
}

static nlc_flow_course *flow_add(nlc_material *self, const nlc_cells *cells)
{
    nlc_flow_course *grown = nlc_grown(self->flows, &self->flow_capacity, self->num_flows + 1, sizeof *grown);
    if (grown == NULL) {
        return NULL;
    }
    self->flows = grown;
    nlc_flow_course *added = &self->flows[self->num_flows++];
    *added = (nlc_flow_course){
        .tier = nlc_copy(cells->cell[TIER]),
        .direction = nlc_copy(cells->cell[DIRECTION]),
        .kind = nlc_copy(cells->cell[KIND]),
        .pool = nlc_copy(cells->cell[POOL]),
        .asked = malloc((size_t)2 * self->num_months * sizeof(double)),
    };
    if (added->tier == NULL || added->direction == NULL || added->kind == NULL || added->pool == NULL || added->asked == NULL) {
        return NULL;
    }
    added->delivered = added->asked + self->num_months;
    for (size_t k = 0; k < (size_t)2 * self->num_months; k++) {
        added->asked[k] = NAN;
    }
    return added;
}

static nlc_flow_course *flow_for(nlc_material *self, const nlc_cells *cells)
{
    for (size_t k = self->num_flows; k > 0; k--) {
        if (is_it(&self->flows[k - 1], cells->cell[TIER], cells->cell[KIND], cells->cell[POOL])) {
            return &self->flows[k - 1];
        }
    }
    return flow_add(self, cells);
}

static nlc_error take(void *context, const nlc_cells *cells)
{
    nlc_material *self = context;
    const uint32_t month = nlc_cells_whole(cells, MONTH, self->num_months);
    if (strcmp(cells->cell[COUNTRY], "all") != 0 || month == 0) {
        return NLC_OK;
    }
    nlc_flow_course *flow = flow_for(self, cells);
    if (flow == NULL) {
        return NLC_ERROR_MEMORY;
    }
    flow->asked[month - 1] = nlc_cells_number(cells, ASKED);
    flow->delivered[month - 1] = nlc_cells_number(cells, DELIVERED);
    return NLC_OK;
}

nlc_error nlc_material_read_flows(nlc_material *self)
{
    return nlc_reader_read(self->reader, &(nlc_reading){"flows.csv", columns, NUM_COLUMNS, take, self, 0});
}
