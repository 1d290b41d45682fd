/* roadmap.csv: when which part reaches which stage. */
#include "material.h"
#include "store.h"

enum { PLACE, LABEL, KIND, STAGE, P10, P50, P90, REACHED, NUM_COLUMNS };

static const char *const columns[NUM_COLUMNS] = {"place", "label", "kind", "stage", "p10", "p50", "p90", "reached"};

static nlc_error take(void *context, const nlc_cells *cells)
{
    nlc_material *self = context;
    nlc_roadmap_entry *grown = nlc_grown(self->roadmap, &self->roadmap_capacity, self->num_roadmap + 1, sizeof *grown);
    if (grown == NULL) {
        return NLC_ERROR_MEMORY;
    }
    self->roadmap = grown;
    nlc_roadmap_entry *added = &self->roadmap[self->num_roadmap++];
    *added = (nlc_roadmap_entry){
        .place = nlc_copy(cells->cell[PLACE]),
        .label = nlc_copy(cells->cell[LABEL]),
        .kind = nlc_copy(cells->cell[KIND]),
        .stage = nlc_copy(cells->cell[STAGE]),
        .p10 = nlc_cells_month(cells, P10),
        .p50 = nlc_cells_month(cells, P50),
        .p90 = nlc_cells_month(cells, P90),
        .reached = nlc_cells_number(cells, REACHED),
    };
    const bool is_whole = added->place != NULL && added->label != NULL && added->kind != NULL && added->stage != NULL;
    return is_whole ? NLC_OK : NLC_ERROR_MEMORY;
}

nlc_error nlc_material_read_roadmap(nlc_material *self)
{
    return nlc_reader_read(self->reader, &(nlc_reading){"roadmap.csv", columns, NUM_COLUMNS, take, self, 0});
}
