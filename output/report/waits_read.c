/* runs.csv: how long the runs take. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "material.h"

enum { NUM_COLUMNS = 2 * NLC_NUM_LEVELS };

static const char *const columns[NUM_COLUMNS] = {"months_to_adopted_25.all",     "months_to_adopted_50.all",
                                                 "months_to_adopted_75.all",     "months_to_functioning_25.all",
                                                 "months_to_functioning_50.all", "months_to_functioning_75.all"};

static nlc_error take(void *context, const nlc_cells *cells)
{
    nlc_material *self = context;
    nlc_waits *waits = &self->waits;
    for (uint32_t k = 0; k < NUM_COLUMNS; k++) {
        double **values = k < NLC_NUM_LEVELS ? &waits->adopted[k] : &waits->functioning[k - NLC_NUM_LEVELS];
        double *grown = realloc(*values, ((size_t)waits->num_runs + 1) * sizeof *grown);
        if (grown == NULL) {
            return NLC_ERROR_MEMORY;
        }
        *values = grown;
        grown[waits->num_runs] = nlc_cells_number(cells, k);
    }
    waits->num_runs++;
    return NLC_OK;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    if (isnan(x) || isnan(y)) {
        return isnan(x) - isnan(y);
    }
    return (x > y) - (x < y);
}

/* Other models may wait for something else. */
static bool has_waits(const nlc_model *model)
{
    bool found = false;
    for (uint32_t k = 0; k < model->num_outcomes; k++) {
        found = found || strcmp(model->outcomes[k].name, "months_to_functioning_25") == 0;
    }
    return found;
}

nlc_error nlc_material_read_waits(nlc_material *self)
{
    nlc_waits *waits = &self->waits;
    if (!has_waits(self->resolved.model)) {
        return NLC_OK;
    }
    const nlc_error error = nlc_reader_read(self->reader, &(nlc_reading){"runs.csv", columns, NUM_COLUMNS, take, self, 0});
    for (uint32_t k = 0; k < NLC_NUM_LEVELS && waits->num_runs > 0; k++) {
        qsort(waits->adopted[k], waits->num_runs, sizeof(double), compare);
        qsort(waits->functioning[k], waits->num_runs, sizeof(double), compare);
    }
    return error;
}
