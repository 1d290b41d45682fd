/* timeline.csv and series.csv: the measures of each part of the places over the months, summed up
 * over the runs or run by run. The months of one curve stand together. */
#include <stdlib.h>

#include "number.h"
#include "writers.h"

#define MCSE_DECIMALS 2 /* more than the measure has */

/* The measures of one split: values[num_months][num_measures][num_replicates]. */
typedef struct {
    const nlc_resolved *scenario;
    const nlc_split *split;
    uint32_t num_replicates;
    double *values;
} curves;

static double *sample(const curves *self, uint32_t month, uint32_t measure)
{
    return self->values + ((size_t)month * self->scenario->model->num_measures + measure) * self->num_replicates;
}

static uint32_t mcse_decimals(const nlc_measure *measure)
{
    return measure->decimals + MCSE_DECIMALS < NLC_MAX_DECIMALS ? measure->decimals + MCSE_DECIMALS : NLC_MAX_DECIMALS;
}

static void write_summary(nlc_csv *csv, const nlc_summary *summary, const nlc_measure *measure)
{
    nlc_csv_number(csv, summary->median, measure->decimals);
    nlc_csv_number(csv, summary->p05, measure->decimals);
    nlc_csv_number(csv, summary->p95, measure->decimals);
    nlc_csv_number(csv, summary->mean, measure->decimals);
    nlc_csv_number(csv, summary->mcse, mcse_decimals(measure));
    nlc_csv_whole(csv, summary->n);
}

static void write_bands(const curves *self, nlc_csv *csv)
{
    const nlc_resolved *scenario = self->scenario;
    for (uint32_t k = 0; k < scenario->model->num_measures; k++) {
        const nlc_measure *measure = &scenario->model->measures[k];
        for (uint32_t t = 0; t < scenario->num_months; t++) {
            nlc_summary summary = nlc_summary_of(sample(self, t, k), self->num_replicates);
            nlc_csv_whole(csv, t + 1);
            nlc_csv_month(csv, nlc_calendar_month(scenario, t + 1));
            nlc_split_write(csv, scenario, self->split);
            nlc_csv_text(csv, measure->name);
            write_summary(csv, &summary, measure);
            nlc_csv_end_row(csv);
        }
    }
}

static void write_run(const curves *self, nlc_csv *csv, uint32_t measure, uint32_t replicate)
{
    const nlc_resolved *scenario = self->scenario;
    for (uint32_t t = 0; t < scenario->num_months; t++) {
        nlc_csv_whole(csv, replicate + 1);
        nlc_csv_whole(csv, t + 1);
        nlc_split_write(csv, scenario, self->split);
        nlc_csv_text(csv, scenario->model->measures[measure].name);
        nlc_csv_number(csv, sample(self, t, measure)[replicate], scenario->model->measures[measure].decimals);
        nlc_csv_end_row(csv);
    }
}

static void write_runs(const curves *self, nlc_csv *csv)
{
    for (uint32_t k = 0; k < self->scenario->model->num_measures; k++) {
        for (uint32_t r = 0; r < self->num_replicates; r++) {
            write_run(self, csv, k, r);
        }
    }
}

static nlc_error write_splits(const nlc_results *results, nlc_csv *csv, void (*write)(const curves *, nlc_csv *))
{
    const nlc_ensemble *ensemble = results->ensemble;
    const nlc_resolved *scenario = ensemble->scenario;
    curves split = {.scenario = scenario, .num_replicates = ensemble->num_replicates};
    size_t num_values = (size_t)scenario->num_months * scenario->model->num_measures * ensemble->num_replicates;
    split.values = malloc(num_values * sizeof *split.values);
    if (split.values == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t k = 0; k < ensemble->num_splits; k++) {
        split.split = &ensemble->splits[k];
        if (nlc_split_ways(split.split) <= 1) {
            nlc_ensemble_measures(ensemble, k, split.values);
            write(&split, csv);
        }
    }
    free(split.values);
    return NLC_OK;
}

nlc_error nlc_timeline_write(const nlc_results *results, nlc_csv *csv)
{
    return write_splits(results, csv, write_bands);
}

nlc_error nlc_series_write(const nlc_results *results, nlc_csv *csv)
{
    return write_splits(results, csv, write_runs);
}
