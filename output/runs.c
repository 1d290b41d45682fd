/* runs.csv: one row a run, with its outcomes. */
#include <stdlib.h>

#include "writers.h"

static void write_run(const nlc_results *results, nlc_csv *csv, const double *values, uint32_t replicate)
{
    const nlc_ensemble *ensemble = results->ensemble;
    const nlc_model *model = ensemble->scenario->model;
    nlc_csv_whole(csv, replicate + 1);
    nlc_csv_whole(csv, results->seed);
    nlc_csv_whole(csv, replicate);
    nlc_csv_whole(csv, replicate % ensemble->scenario->num_draws);
    for (uint32_t k = 0; k < model->num_outcomes; k++) {
        for (uint32_t s = 0; s < ensemble->num_splits; s++) {
            if (nlc_outcome_is_split(&model->outcomes[k], &ensemble->splits[s])) {
                size_t sample = ((size_t)k * ensemble->num_splits + s) * ensemble->num_replicates;
                nlc_csv_number(csv, values[sample + replicate], model->outcomes[k].decimals);
            }
        }
    }
    nlc_csv_end_row(csv);
}

nlc_error nlc_runs_write(const nlc_results *results, nlc_csv *csv)
{
    const nlc_ensemble *ensemble = results->ensemble;
    size_t num_values = (size_t)ensemble->scenario->model->num_outcomes * ensemble->num_splits * ensemble->num_replicates;
    double *values = malloc((num_values + 1) * sizeof *values);
    if (values == NULL) {
        return NLC_ERROR_MEMORY;
    }
    nlc_error error = nlc_ensemble_outcomes(ensemble, values);
    for (uint32_t r = 0; r < ensemble->num_replicates && error == NLC_OK; r++) {
        write_run(results, csv, values, r);
    }
    free(values);
    return error;
}
