/* runs.csv of a study: the outcomes that the report shows, run by run. */
#include <string.h>

#include "material.h"
#include "store.h"

/* The first outcomes of summary.csv, each once. */
static void shown_find(nlc_material *self)
{
    for (size_t k = 0; k < self->num_outcomes && self->num_shown < NLC_MOST_SHOWN; k++) {
        bool is_new = true;
        for (uint32_t s = 0; s < self->num_shown; s++) {
            is_new = is_new && strcmp(self->shown[s], self->outcomes[k].outcome) != 0;
        }
        if (is_new) {
            self->shown[self->num_shown++] = self->outcomes[k].outcome;
        }
    }
}

static nlc_error take(void *context, const nlc_cells *cells)
{
    nlc_material *self = context;
    nlc_study_run *grown = nlc_grown(self->study_runs, &self->study_run_capacity, self->num_study_runs + 1, sizeof *grown);
    if (grown == NULL) {
        return NLC_ERROR_MEMORY;
    }
    self->study_runs = grown;
    nlc_study_run *added = &self->study_runs[self->num_study_runs++];
    *added = (nlc_study_run){.point = nlc_cells_whole(cells, 0, UINT32_MAX)};
    for (uint32_t s = 0; s < self->num_shown; s++) {
        added->value[s] = nlc_cells_number(cells, s + 1);
    }
    return NLC_OK;
}

nlc_error nlc_material_read_study_runs(nlc_material *self)
{
    const char *columns[NLC_MOST_SHOWN + 1] = {"point"};
    shown_find(self);
    memcpy(columns + 1, self->shown, self->num_shown * sizeof *self->shown);
    return nlc_reader_read(self->reader, &(nlc_reading){"runs.csv", columns, self->num_shown + 1, take, self, 0});
}
