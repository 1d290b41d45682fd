/* factors.csv, points.csv and summary.csv of a study. */
#include <stdlib.h>

#include "material.h"
#include "store.h"

/* ---- Factors --------------------------------------------------------------------------------------- */

enum { NAME, ROLE, KIND, LOW, HIGH, LEVELS, UNIT, NUM_FACTOR_COLUMNS };

static const char *const factor_columns[NUM_FACTOR_COLUMNS] = {"name", "role", "kind", "low", "high", "levels", "unit"};

static nlc_error take_factor(void *context, const nlc_cells *cells)
{
    nlc_material *self = context;
    if (self->num_factors == NLC_MOST_FACTORS) {
        nlc_problems_add(cells->problems, cells->where, "a report shows at most %d factors", (int)NLC_MOST_FACTORS);
        return NLC_ERROR_INPUT;
    }
    nlc_factor_row *grown = nlc_grown(self->factors, &self->factor_capacity, self->num_factors + 1, sizeof *grown);
    if (grown == NULL) {
        return NLC_ERROR_MEMORY;
    }
    self->factors = grown;
    nlc_factor_row *added = &self->factors[self->num_factors++];
    *added = (nlc_factor_row){
        .name = nlc_copy(cells->cell[NAME]),
        .role = nlc_copy(cells->cell[ROLE]),
        .kind = nlc_copy(cells->cell[KIND]),
        .levels = nlc_copy(cells->cell[LEVELS]),
        .unit = nlc_copy(cells->cell[UNIT]),
        .low = nlc_cells_number(cells, LOW),
        .high = nlc_cells_number(cells, HIGH),
    };
    const bool is_whole =
        added->name != NULL && added->role != NULL && added->kind != NULL && added->levels != NULL && added->unit != NULL;
    return is_whole ? NLC_OK : NLC_ERROR_MEMORY;
}

nlc_error nlc_material_read_factors(nlc_material *self)
{
    return nlc_reader_read(self->reader, &(nlc_reading){"factors.csv", factor_columns, NUM_FACTOR_COLUMNS, take_factor, self, 0});
}

/* ---- Points ---------------------------------------------------------------------------------------- */

static nlc_error take_point(void *context, const nlc_cells *cells)
{
    nlc_material *self = context;
    nlc_point_row *grown = nlc_grown(self->points, &self->point_capacity, self->num_points + 1, sizeof *grown);
    if (grown == NULL) {
        return NLC_ERROR_MEMORY;
    }
    self->points = grown;
    nlc_point_row *added = &self->points[self->num_points++];
    *added = (nlc_point_row){.number = nlc_cells_whole(cells, 0, UINT32_MAX)};
    for (size_t k = 0; k < self->num_factors; k++) {
        added->value[k] = nlc_copy(cells->cell[k + 1]);
        if (added->value[k] == NULL) {
            return NLC_ERROR_MEMORY;
        }
    }
    return NLC_OK;
}

nlc_error nlc_material_read_points(nlc_material *self)
{
    const char *columns[NLC_READER_COLUMNS] = {"point"};
    for (size_t k = 0; k < self->num_factors; k++) {
        columns[k + 1] = self->factors[k].name;
    }
    return nlc_reader_read(self->reader,
                           &(nlc_reading){"points.csv", columns, (uint32_t)self->num_factors + 1, take_point, self, 0});
}

/* ---- Outcomes -------------------------------------------------------------------------------------- */

enum { POINT, OUTCOME, MEDIAN, P05, P95, MEAN, NUM_SUMMARY_COLUMNS };

static const char *const summary_columns[NUM_SUMMARY_COLUMNS] = {"point", "outcome", "median", "p05", "p95", "mean"};

static nlc_error take_outcome(void *context, const nlc_cells *cells)
{
    nlc_material *self = context;
    nlc_point_outcome *grown = nlc_grown(self->outcomes, &self->outcome_capacity, self->num_outcomes + 1, sizeof *grown);
    if (grown == NULL) {
        return NLC_ERROR_MEMORY;
    }
    self->outcomes = grown;
    nlc_point_outcome *added = &self->outcomes[self->num_outcomes++];
    *added = (nlc_point_outcome){
        .point = nlc_cells_whole(cells, POINT, UINT32_MAX),
        .outcome = nlc_copy(cells->cell[OUTCOME]),
        .median = nlc_cells_number(cells, MEDIAN),
        .p05 = nlc_cells_number(cells, P05),
        .p95 = nlc_cells_number(cells, P95),
        .mean = nlc_cells_number(cells, MEAN),
    };
    return added->outcome != NULL ? NLC_OK : NLC_ERROR_MEMORY;
}

nlc_error nlc_material_read_summary(nlc_material *self)
{
    return nlc_reader_read(self->reader,
                           &(nlc_reading){"summary.csv", summary_columns, NUM_SUMMARY_COLUMNS, take_outcome, self, 0});
}
