/* runs.csv: one row a run, with its outcomes; and draws.csv, with what it drew. */
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

nlc_error nlc_draws_write(const nlc_tables *tables, nlc_csv *csv)
{
    const nlc_draws_table *draws = &tables->results->draws;
    for (uint32_t r = 0; r < tables->results->ensemble->num_replicates; r++) {
        const double *values = draws->values + (size_t)(r % draws->num_rows) * draws->num_columns;
        nlc_csv_whole(csv, r + 1);
        for (uint32_t k = 0; k < draws->num_columns; k++) {
            char text[NLC_NUMBER_LENGTH + 1];
            text[nlc_number_write((float)values[k], text)] = '\0';
            nlc_csv_number_text(csv, text);
        }
        nlc_csv_end_row(csv);
    }
    return NLC_OK;
}

nlc_error nlc_runs_write(const nlc_tables *tables, nlc_csv *csv)
{
    for (uint32_t r = 0; r < tables->results->ensemble->num_replicates; r++) {
        write_run(tables, csv, r);
    }
    return NLC_OK;
}
