/* The tables that `nlcsim analyse` left in a study's folder, and the choice that `nlcsim compare` made. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "material.h"
#include "store.h"
#include "study_mark.h"

/* In the order in which a report shows them: what holds and what to choose, then what matters. */
static const char *const methods[] = {"select", "robust", "pareto", "voi",   "prim", "oat",
                                      "rank",   "morris", "sobol",  "pawn", "delta"};
enum { NUM_METHODS = sizeof methods / sizeof methods[0] };

enum { OUTPUT, ITEM, MEASURE, VALUE, LOW, HIGH, NUM, MADE_FROM, NUM_COLUMNS };
static const char *const columns[NUM_COLUMNS] = {"output", "item", "measure", "value", "low", "high", "n", "made_from"};

/* The method whose table is read goes with the rows. */
typedef struct {
    nlc_material *material;
    const char *method;
    char mark[NLC_STUDY_MARK_LENGTH + 1]; /* of the study's results as they are */
    bool is_of_others;                    /* it was made from other results than these */
} taking;

static nlc_error take(void *context, const nlc_cells *cells)
{
    taking *taking = context;
    nlc_material *self = taking->material;
    if (strcmp(cells->cell[MADE_FROM], taking->mark) != 0) {
        taking->is_of_others = true;
        return NLC_OK;
    }
    nlc_finding_row *grown = nlc_grown(self->findings, &self->finding_capacity, self->num_findings + 1, sizeof *grown);
    if (grown == NULL) {
        return NLC_ERROR_MEMORY;
    }
    self->findings = grown;
    nlc_finding_row *added = &self->findings[self->num_findings++];
    *added = (nlc_finding_row){
        .method = taking->method,
        .output = nlc_copy(cells->cell[OUTPUT]),
        .item = nlc_copy(cells->cell[ITEM]),
        .measure = nlc_copy(cells->cell[MEASURE]),
        .value = nlc_cells_number(cells, VALUE),
        .low = nlc_cells_number(cells, LOW),
        .high = nlc_cells_number(cells, HIGH),
        .num = nlc_cells_number(cells, NUM),
    };
    return added->output != NULL && added->item != NULL && added->measure != NULL ? NLC_OK : NLC_ERROR_MEMORY;
}

/* The study was run again since, or the table is of something else. */
static nlc_error leave_out(nlc_material *self, const char *method, const char *file)
{
    const char *folder = self->reader->folder;
    nlc_problems_note(self->reader->problems, (nlc_where){.file = nlc_reader_path(self->reader, file)},
                      "was made from other results than those in the folder, and is left out; 'nlcsim analyse %s %s -o %s' makes "
                      "it again",
                      method, folder, folder);
    return nlc_text_print(&self->left_out, "%s%s", self->left_out.length > 0 ? ", " : "", file);
}

nlc_error nlc_material_read_findings(nlc_material *self)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < NUM_METHODS && error == NLC_OK; k++) {
        char file[16];
        snprintf(file, sizeof file, "%s.csv", methods[k]);
        taking taking = {.material = self, .method = methods[k]};
        nlc_study_mark(self->package, taking.mark);
        if (nlc_reader_has(self->reader, file)) {
            error = nlc_reader_read(self->reader, &(nlc_reading){file, columns, NUM_COLUMNS, take, &taking, 1});
        }
        if (error == NLC_OK && taking.is_of_others) {
            error = leave_out(self, methods[k], file);
        }
    }
    return error;
}

/* ---- The choice of the best scenario --------------------------------------------------------------- */

enum { SCENARIO, OUTCOME, PROBABILITY, INDIFFERENCE, RUNS, MEAN, MEAN_LOW, MEAN_HIGH, BEST, NUM_SELECTION_COLUMNS };
static const char *const selection_columns[NUM_SELECTION_COLUMNS] = {"scenario", "outcome", "probability", "indifference", "runs",
                                                                     "mean",     "low",     "high",        "best"};

static nlc_error take_selection(void *context, const nlc_cells *cells)
{
    nlc_material *self = context;
    nlc_selection_row *grown = nlc_grown(self->selection, &self->selection_capacity, self->num_selection + 1, sizeof *grown);
    if (grown == NULL) {
        return NLC_ERROR_MEMORY;
    }
    self->selection = grown;
    nlc_selection_row *added = &self->selection[self->num_selection++];
    *added = (nlc_selection_row){
        .scenario = nlc_copy(cells->cell[SCENARIO]),
        .outcome = nlc_copy(cells->cell[OUTCOME]),
        .probability = nlc_cells_number(cells, PROBABILITY),
        .indifference = nlc_cells_number(cells, INDIFFERENCE),
        .num_runs = nlc_cells_number(cells, RUNS),
        .mean = {nlc_cells_number(cells, MEAN), nlc_cells_number(cells, MEAN_LOW), nlc_cells_number(cells, MEAN_HIGH)},
        .is_best = strcmp(cells->cell[BEST], "yes") == 0,
    };
    return added->scenario != NULL && added->outcome != NULL ? NLC_OK : NLC_ERROR_MEMORY;
}

nlc_error nlc_material_read_selection(nlc_material *self)
{
    if (!nlc_reader_has(self->reader, "selection.csv")) {
        return NLC_OK;
    }
    return nlc_reader_read(self->reader,
                           &(nlc_reading){"selection.csv", selection_columns, NUM_SELECTION_COLUMNS, take_selection, self, 0});
}
