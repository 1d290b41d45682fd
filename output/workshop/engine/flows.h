/* What moves between the tiers in each month of a batch, counted as flows.csv counts it, for the page. */
#ifndef NLC_WORKSHOP_FLOWS_H
#define NLC_WORKSHOP_FLOWS_H

#include "nlcsim.h"

/* The counts of a flow, in this order: asked for, of that from the national pool, delivered, of that by
 * the national pool. */
enum { PAGE_FLOW_COUNTS = 4 };

/* A cell is a country and a tier that has places there: cells come by country, then by tier. */
typedef struct {
    uint32_t num_cells, lanes;
    uint32_t *cell;         /* [num_countries][num_tiers], index of the cell, or NLC_NONE */
    uint32_t *cell_country; /* [num_cells] */
    uint32_t *cell_tier;    /* [num_cells] */
    double *month;          /* [num_cells][num_flows][PAGE_FLOW_COUNTS][lanes], the month that is being counted */
    float *counts;          /* [num_months][num_cells][num_flows][PAGE_FLOW_COUNTS][lanes]; NaN where a flow has no such count */
} page_flows;

/* False when memory is out. */
bool page_flows_prepare(page_flows *self, const nlc_resolved *scenario, uint32_t lanes);

/* Keeps what the batch counted in the month, from 1, that it has just run. */
void page_flows_keep(page_flows *self, const nlc_resolved *scenario, const nlc_batch *batch, uint32_t month);

#endif
