/* When half of the places of a wave, a country or a tier have first reached each stage, as roadmap.csv
 * has it, for the page. */
#ifndef NLC_WORKSHOP_ROADMAP_H
#define NLC_WORKSHOP_ROADMAP_H

#include "nlcsim.h"

/* Rows come in this order: waves, the first label "" among them, countries, tiers. */
typedef struct {
    uint32_t num_rows;
    uint32_t *adopting;  /* [num_rows], places of tiers that adopt */
    uint32_t *histogram; /* [num_rows][num_months + 1], places by month, 0: never */
    uint16_t *reached;   /* [num_rows][num_milestones][lanes]; 0: never */
} page_roadmap;

/* False when memory is out. */
bool page_roadmap_prepare(page_roadmap *self, const nlc_resolved *scenario, uint32_t lanes);

/* Reads the months of the first `num` lanes of a batch that has run on this draw to its end. */
void page_roadmap_keep(page_roadmap *self, const nlc_resolved *scenario, const nlc_batch *batch, uint32_t draw, uint32_t num,
                       uint32_t lanes);

#endif
