/* timeline.csv and series.csv: the measures of each part of the places over the months, summed up
 * over the runs or run by run. The months of one curve stand together. */
#include <stdlib.h>
#include <string.h>

#include "number.h"
#include "writers.h"

#define MCSE_DECIMALS 2 /* more than the measure has */

/* The measures of the splits, one after the other. */
typedef struct {
    const nlc_tables *tables;
    const nlc_resolved *scenario;
    uint32_t num_replicates;
    double *values;      /* [num_months][num_measures][num_replicates], owned: of the split at hand */
    nlc_summary **bands; /* [num_parts], owned each: [num_measures][num_months]; NULL where not summed up yet */
} curves;

static nlc_error curves_init(curves *self, const nlc_tables *tables)
{
    const nlc_ensemble *ensemble = tables->results->ensemble;
    *self = (curves){.tables = tables, .scenario = ensemble->scenario, .num_replicates = ensemble->num_replicates};
    size_t num_samples = (size_t)self->scenario->num_months * self->scenario->model->num_measures;
    self->values = malloc(num_samples * self->num_replicates * sizeof *self->values);
    self->bands = calloc(ensemble->num_parts + (size_t)1, sizeof *self->bands);
    return self->values == NULL || self->bands == NULL ? NLC_ERROR_MEMORY : NLC_OK;
}

static void curves_free(curves *self)
{
    for (uint32_t p = 0; self->bands != NULL && p < self->tables->results->ensemble->num_parts; p++) {
        free(self->bands[p]);
    }
    free(self->bands);
    free(self->values);
}

static double *sample(const curves *self, uint32_t month, uint32_t measure)
{
    return self->values + ((size_t)month * self->scenario->model->num_measures + measure) * self->num_replicates;
}

/* The cells of a split and measure. */
static nlc_error label(const curves *self, uint32_t split, uint32_t measure, nlc_csv_cells *cells)
{
    const nlc_results *results = self->tables->results;
    nlc_error error = nlc_split_cells(cells, results->style, self->scenario, &results->ensemble->splits[split]);
    return error == NLC_OK ? nlc_csv_cells_add(cells, results->style, self->scenario->model->measures[measure].name) : error;
}

/* ---- Bands ---- */

/* Sums up the measures of a split, and takes its outcomes from them first: summing up disorders them. */
static nlc_error sum_up(curves *self, uint32_t split)
{
    const nlc_ensemble *ensemble = self->tables->results->ensemble;
    uint32_t num_measures = self->scenario->model->num_measures;
    uint32_t num_months = self->scenario->num_months;
    nlc_summary *bands = malloc((size_t)num_measures * num_months * sizeof *bands);
    if (bands == NULL) {
        return NLC_ERROR_MEMORY;
    }
    self->bands[ensemble->part[split]] = bands;
    nlc_ensemble_measures(ensemble, split, self->values);
    nlc_ensemble_outcomes_of(ensemble, split, self->values, self->tables->outcomes);
    for (uint32_t t = 0; t < num_months; t++) {
        for (uint32_t k = 0; k < num_measures; k++) {
            bands[(size_t)k * num_months + t] = nlc_summary_of(sample(self, t, k), self->num_replicates);
        }
    }
    return NLC_OK;
}

/* The outcomes of a split whose part has been summed up for an earlier one. */
static void copy_outcomes(const curves *self, uint32_t split)
{
    const nlc_ensemble *ensemble = self->tables->results->ensemble;
    uint32_t first = 0;
    while (ensemble->part[first] != ensemble->part[split]) {
        first++;
    }
    for (uint32_t k = 0; k < self->scenario->model->num_outcomes; k++) {
        double *values = self->tables->outcomes + (size_t)k * ensemble->num_splits * self->num_replicates;
        memcpy(values + (size_t)split * self->num_replicates, values + (size_t)first * self->num_replicates,
               self->num_replicates * sizeof *values);
    }
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

static nlc_error write_band(const curves *self, nlc_csv *csv, uint32_t split, uint32_t measure)
{
    uint32_t num_months = self->scenario->num_months;
    const nlc_summary *band = self->bands[self->tables->results->ensemble->part[split]] + (size_t)measure * num_months;
    nlc_csv_cells cells = {0};
    nlc_error error = label(self, split, measure, &cells);
    for (uint32_t t = 0; t < num_months && error == NLC_OK; t++) {
        nlc_csv_put(csv, &self->tables->months[t]);
        nlc_csv_put(csv, &cells);
        if (t > 0 && memcmp(&band[t], &band[t - 1], sizeof *band) == 0) {
            nlc_csv_repeat_tail(csv);
        } else {
            nlc_csv_tail(csv);
            write_summary(csv, &band[t], &self->scenario->model->measures[measure]);
        }
        nlc_csv_end_row(csv);
    }
    nlc_csv_cells_free(&cells);
    return error;
}

static nlc_error write_bands(curves *self, nlc_csv *csv, uint32_t split)
{
    nlc_error error = NLC_OK;
    if (self->bands[self->tables->results->ensemble->part[split]] == NULL) {
        error = sum_up(self, split);
    } else {
        copy_outcomes(self, split);
    }
    for (uint32_t k = 0; k < self->scenario->model->num_measures && error == NLC_OK; k++) {
        error = write_band(self, csv, split, k);
    }
    return error;
}

/* ---- Run by run ---- */

static void write_run(const curves *self, nlc_csv *csv, const nlc_csv_cells *cells, uint32_t measure, uint32_t replicate)
{
    for (uint32_t t = 0; t < self->scenario->num_months; t++) {
        nlc_csv_whole(csv, replicate + 1);
        nlc_csv_whole(csv, t + 1);
        nlc_csv_put(csv, cells);
        nlc_csv_number(csv, sample(self, t, measure)[replicate], self->scenario->model->measures[measure].decimals);
        nlc_csv_end_row(csv);
    }
}

static nlc_error write_runs(curves *self, nlc_csv *csv, uint32_t split)
{
    nlc_error error = NLC_OK;
    nlc_ensemble_measures(self->tables->results->ensemble, split, self->values);
    for (uint32_t k = 0; k < self->scenario->model->num_measures && error == NLC_OK; k++) {
        nlc_csv_cells cells = {0};
        error = label(self, split, k, &cells);
        for (uint32_t r = 0; r < self->num_replicates && error == NLC_OK; r++) {
            write_run(self, csv, &cells, k, r);
        }
        nlc_csv_cells_free(&cells);
    }
    return error;
}

static nlc_error write_splits(const nlc_tables *tables, nlc_csv *csv, nlc_error (*write)(curves *, nlc_csv *, uint32_t))
{
    const nlc_ensemble *ensemble = tables->results->ensemble;
    curves splits;
    nlc_error error = curves_init(&splits, tables);
    for (uint32_t k = 0; k < ensemble->num_splits && error == NLC_OK; k++) {
        if (nlc_split_ways(&ensemble->splits[k]) <= 1) {
            error = write(&splits, csv, k);
        }
    }
    curves_free(&splits);
    return error;
}

nlc_error nlc_timeline_write(const nlc_tables *tables, nlc_csv *csv)
{
    nlc_error error = write_splits(tables, csv, write_bands);
    if (error == NLC_OK) {
        nlc_ensemble_spreads(tables->results->ensemble, tables->outcomes);
    }
    return error;
}

nlc_error nlc_series_write(const nlc_tables *tables, nlc_csv *csv)
{
    return write_splits(tables, csv, write_runs);
}
