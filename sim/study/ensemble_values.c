/* Measures and outcomes of an ensemble, from the tallies it kept. */
#include "ensemble.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_TALLIES 256

/* Where the tallies of a run stand in a month (from 0) and split: an index, the next tally `lanes` further. */
static size_t kept_at(const nlc_ensemble *self, uint32_t replicate, uint32_t month, uint32_t split)
{
    size_t of_split = (size_t)self->scenario->model->num_tallies * self->lanes;
    uint32_t batch = self->slot[replicate] / self->lanes, lane = self->slot[replicate] % self->lanes;
    return (((size_t)batch * self->scenario->num_months + month) * self->num_splits + split) * of_split + lane;
}

static double kept(const nlc_ensemble *self, size_t at)
{
    return self->scenario->model->is_double ? ((const double *)self->tallies)[at] : (double)((const float *)self->tallies)[at];
}

void nlc_ensemble_tally(const nlc_ensemble *self, uint32_t month, uint32_t split, uint32_t tally, float *values)
{
    for (uint32_t r = 0; r < self->num_replicates; r++)
        values[r] = (float)kept(self, kept_at(self, r, month - 1, split) + (size_t)tally * self->lanes);
}

void nlc_ensemble_measures(const nlc_ensemble *self, uint32_t split, double *values)
{
    const nlc_resolved *scenario = self->scenario;
    const nlc_model *model = scenario->model;
    double month[MOST_TALLIES], total[MOST_TALLIES];
    assert(model->num_tallies <= MOST_TALLIES);
    for (uint32_t r = 0; r < self->num_replicates; r++) {
        const float *parameters = self->points != NULL ? self->points[r % self->num_points].parameters : scenario->parameters;
        nlc_tallies tallies = {month, total, parameters};
        memset(total, 0, sizeof total);
        for (uint32_t t = 0; t < scenario->num_months; t++) {
            size_t at = kept_at(self, r, t, split);
            for (uint32_t k = 0; k < model->num_tallies; k++) {
                month[k] = kept(self, at + (size_t)k * self->lanes);
                total[k] += month[k];
            }
            double *into = values + (size_t)t * model->num_measures * self->num_replicates + r;
            for (uint32_t m = 0; m < model->num_measures; m++)
                into[(size_t)m * self->num_replicates] = model->measures[m].value(&tallies);
        }
    }
}

/* One run's value of an outcome, from the months of its measure. */
static double outcome_of(const nlc_outcome *outcome, const double *measure, uint32_t num_months, size_t stride)
{
    double sum = 0;
    switch (outcome->kind) {
    case NLC_OUTCOME_MONTHS_TO:
        for (uint32_t t = 0; t < num_months; t++)
            if (measure[t * stride] >= outcome->level)
                return t + 1;
        return NAN;
    case NLC_OUTCOME_AREA:
        for (uint32_t t = 0; t < num_months; t++)
            sum += measure[t * stride];
        return sum / num_months;
    case NLC_OUTCOME_AT_END:
    case NLC_OUTCOME_SPREAD_WAVES:
    case NLC_OUTCOME_SPREAD_SIZES:
        break;
    }
    return measure[(num_months - 1) * stride];
}

static bool is_spread(nlc_outcome_kind kind)
{
    return kind == NLC_OUTCOME_SPREAD_WAVES || kind == NLC_OUTCOME_SPREAD_SIZES;
}

static double *at(const nlc_ensemble *self, double *values, uint32_t outcome, uint32_t split)
{
    return values + ((size_t)outcome * self->num_splits + split) * self->num_replicates;
}

/* A spread is first filled with every split's own value, and then reduced to the split `all`. */
static void reduce_spread(const nlc_ensemble *self, uint32_t outcome, double *values)
{
    bool waves = self->scenario->model->outcomes[outcome].kind == NLC_OUTCOME_SPREAD_WAVES;
    for (uint32_t r = 0; r < self->num_replicates; r++) {
        double low = NAN, high = NAN;
        for (uint32_t s = 0; s < self->num_splits; s++) {
            const nlc_split *split = &self->splits[s];
            double value = at(self, values, outcome, s)[r];
            at(self, values, outcome, s)[r] = NAN;
            if (waves && split->wave != NLC_NONE) {
                low = value < low || isnan(low) ? value : low;
                high = value > high || isnan(high) ? value : high;
            }
            if (!waves && split->size == NLC_SIZE_SMALL)
                low = value;
            if (!waves && split->size == NLC_SIZE_LARGE)
                high = value;
        }
        at(self, values, outcome, 0)[r] = high - low;
    }
}

nlc_error nlc_ensemble_outcomes(const nlc_ensemble *self, double *values)
{
    const nlc_resolved *scenario = self->scenario;
    const nlc_model *model = scenario->model;
    size_t stride = (size_t)model->num_measures * self->num_replicates;
    double *measures = malloc(scenario->num_months * stride * sizeof *measures);
    if (!measures)
        return NLC_ERROR_MEMORY;
    for (uint32_t s = 0; s < self->num_splits; s++) {
        nlc_ensemble_measures(self, s, measures);
        for (uint32_t k = 0; k < model->num_outcomes; k++) {
            const nlc_outcome *outcome = &model->outcomes[k];
            const double *measure = measures + (size_t)nlc_model_measure(model, outcome->measure) * self->num_replicates;
            for (uint32_t r = 0; r < self->num_replicates; r++)
                at(self, values, k, s)[r] = outcome_of(outcome, measure + r, scenario->num_months, stride);
        }
    }
    for (uint32_t k = 0; k < model->num_outcomes; k++)
        if (is_spread(model->outcomes[k].kind))
            reduce_spread(self, k, values);
    free(measures);
    return NLC_OK;
}
