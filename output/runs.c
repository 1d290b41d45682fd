/* runs.csv: one row a run, with its outcomes. */
#include "writers.h"

static void write_run(const nlc_tables *tables, nlc_csv *csv, uint32_t replicate)
{
    const nlc_ensemble *ensemble = tables->results->ensemble;
    const nlc_model *model = ensemble->scenario->model;
    nlc_csv_whole(csv, replicate + 1);
    nlc_csv_whole(csv, tables->results->seed);
    nlc_csv_whole(csv, replicate);
    nlc_csv_whole(csv, replicate % ensemble->scenario->num_draws);
    for (uint32_t k = 0; k < model->num_outcomes; k++) {
        for (uint32_t s = 0; s < ensemble->num_splits; s++) {
            if (nlc_outcome_is_split(&model->outcomes[k], &ensemble->splits[s])) {
                size_t sample = ((size_t)k * ensemble->num_splits + s) * ensemble->num_replicates;
                nlc_csv_number(csv, tables->outcomes[sample + replicate], model->outcomes[k].decimals);
            }
        }
    }
    nlc_csv_end_row(csv);
}

nlc_error nlc_runs_write(const nlc_tables *tables, nlc_csv *csv)
{
    for (uint32_t r = 0; r < tables->results->ensemble->num_replicates; r++) {
        write_run(tables, csv, r);
    }
    return NLC_OK;
}
