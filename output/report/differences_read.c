/* differences.csv: what scenarios differ by; and scenarios.csv: which they are. */
#include "material.h"
#include "store.h"

enum {
    BASELINE,
    SCENARIO,
    OUTCOME,
    STATISTIC,
    UNIT,
    VERDICT,
    NUM_PAIRS,
    LEFT_OUT,
    BASELINE_MEAN,
    SCENARIO_MEAN,
    DIFFERENCE,
    DIFFERENCE_LOW,
    DIFFERENCE_HIGH,
    CONFIDENCE,
    NUM_COLUMNS
};

static const char *const columns[NUM_COLUMNS] = {
    "baseline", "scenario",      "outcome",       "statistic",  "unit",           "verdict",         "n",
    "left_out", "baseline_mean", "scenario_mean", "difference", "difference_low", "difference_high", "confidence"};

static nlc_error take(void *context, const nlc_cells *cells)
{
    nlc_material *self = context;
    nlc_difference_row *grown = nlc_grown(self->differences, &self->difference_capacity, self->num_differences + 1, sizeof *grown);
    if (grown == NULL) {
        return NLC_ERROR_MEMORY;
    }
    self->differences = grown;
    nlc_difference_row *added = &self->differences[self->num_differences++];
    *added = (nlc_difference_row){
        .baseline = nlc_copy(cells->cell[BASELINE]),
        .scenario = nlc_copy(cells->cell[SCENARIO]),
        .outcome = nlc_copy(cells->cell[OUTCOME]),
        .statistic = nlc_copy(cells->cell[STATISTIC]),
        .unit = nlc_copy(cells->cell[UNIT]),
        .verdict = nlc_copy(cells->cell[VERDICT]),
        .num_pairs = nlc_cells_number(cells, NUM_PAIRS),
        .left_out = nlc_cells_number(cells, LEFT_OUT),
        .baseline_mean = nlc_cells_number(cells, BASELINE_MEAN),
        .scenario_mean = nlc_cells_number(cells, SCENARIO_MEAN),
        .difference = {nlc_cells_number(cells, DIFFERENCE), nlc_cells_number(cells, DIFFERENCE_LOW),
                       nlc_cells_number(cells, DIFFERENCE_HIGH)},
        .confidence = nlc_cells_number(cells, CONFIDENCE),
    };
    const bool is_whole = added->baseline != NULL && added->scenario != NULL && added->outcome != NULL &&
                          added->statistic != NULL && added->unit != NULL && added->verdict != NULL;
    return is_whole ? NLC_OK : NLC_ERROR_MEMORY;
}

nlc_error nlc_material_read_differences(nlc_material *self)
{
    return nlc_reader_read(self->reader, &(nlc_reading){"differences.csv", columns, NUM_COLUMNS, take, self, 0});
}

/* ---- The scenarios --------------------------------------------------------------------------------- */

enum { NAME, TITLE, HASH, NUM_SCENARIO_COLUMNS };

static const char *const scenario_columns[NUM_SCENARIO_COLUMNS] = {"scenario", "title", "sha256"};

static nlc_error take_scenario(void *context, const nlc_cells *cells)
{
    nlc_material *self = context;
    nlc_compared_row *grown = nlc_grown(self->compared, &self->compared_capacity, self->num_compared + 1, sizeof *grown);
    if (grown == NULL) {
        return NLC_ERROR_MEMORY;
    }
    self->compared = grown;
    nlc_compared_row *added = &self->compared[self->num_compared++];
    *added = (nlc_compared_row){nlc_copy(cells->cell[NAME]), nlc_copy(cells->cell[TITLE]), nlc_copy(cells->cell[HASH])};
    return added->name != NULL && added->title != NULL && added->hash != NULL ? NLC_OK : NLC_ERROR_MEMORY;
}

nlc_error nlc_material_read_compared(nlc_material *self)
{
    return nlc_reader_read(self->reader,
                           &(nlc_reading){"scenarios.csv", scenario_columns, NUM_SCENARIO_COLUMNS, take_scenario, self, 0});
}
