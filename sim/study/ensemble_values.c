/* Measures and outcomes of an ensemble, from the tallies it kept. */
#include "ensemble.h"
#include "sums.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_TALLIES 256
#define QUARTER      4 /* the lanes of a batch are a multiple of this */

/* Where a batch keeps its tallies of a month (from 0) and split, [num_tallies][lanes]: an index. */
static size_t kept_at(const nlc_ensemble *self, uint32_t batch, uint32_t month, uint32_t split)
{
    size_t of_part = (size_t)self->scenario->model->num_tallies * self->lanes;
    return (((size_t)batch * self->scenario->num_months + month) * self->num_parts + self->part[split]) * of_part;
}

/* True where the lanes of a batch hold a run each, the one after the other: with one network draw
 * nearly all do. Runs rise within a batch, and idle lanes come last, so that the ends tell. */
static bool are_consecutive(const uint32_t *runs, uint32_t lanes)
{
    return runs[lanes - 1] == runs[0] + lanes - 1;
}

void nlc_ensemble_tally(const nlc_ensemble *self, uint32_t month, uint32_t split, uint32_t tally, float *values)
{
    const size_t of_batch = kept_at(self, 1, 0, split) - kept_at(self, 0, 0, split);
    size_t at = kept_at(self, 0, month - 1, split) + (size_t)tally * self->lanes;
    const uint32_t *runs = self->runs;
    for (uint32_t b = 0; b < self->num_batches; b++, at += of_batch, runs += self->lanes) {
        const float *kept = (const float *)self->tallies + at;
        if (self->scenario->model->is_double) {
            for (uint32_t l = 0; l < self->lanes && runs[l] != NLC_NONE; l++)
                values[runs[l]] = (float)((const double *)self->tallies)[at + l];
        } else if (are_consecutive(runs, self->lanes)) {
            for (uint32_t l = 0; l < self->lanes; l += QUARTER)
                memcpy(values + runs[0] + l, kept + l, QUARTER * sizeof *values);
        } else {
            for (uint32_t l = 0; l < self->lanes && runs[l] != NLC_NONE; l++)
                values[runs[l]] = kept[l];
        }
    }
}

/* The tallies of a block of runs, [num_tallies][NLC_BLOCK_RUNS], and where their measures go. */
typedef struct {
    const nlc_ensemble *ensemble;
    const nlc_sums *sums;
    uint32_t first_batch, num_batches;
    const uint32_t *runs; /* [num_batches * lanes] */
    bool direct;          /* the runs are a whole block and consecutive */
    const float *parameters[NLC_BLOCK_RUNS];
    double month[MOST_TALLIES * NLC_BLOCK_RUNS], total[MOST_TALLIES * NLC_BLOCK_RUNS];
} block;

/* What nlc_sums.take does, from doubles. */
static void take_doubles(block *self, size_t column, const double *kept)
{
    uint32_t lanes = self->ensemble->lanes, num_tallies = self->ensemble->scenario->model->num_tallies;
    for (size_t k = 0; k < num_tallies; k++) {
        for (size_t l = 0; l < lanes; l++) {
            self->month[k * NLC_BLOCK_RUNS + column + l] = kept[k * lanes + l];
            self->total[k * NLC_BLOCK_RUNS + column + l] += kept[k * lanes + l];
        }
    }
}

static void add_month(block *self, uint32_t month, uint32_t split)
{
    uint32_t lanes = self->ensemble->lanes, num_tallies = self->ensemble->scenario->model->num_tallies;
    for (uint32_t b = 0; b < self->num_batches; b++) {
        size_t at = kept_at(self->ensemble, self->first_batch + b, month, split);
        const float *kept = (const float *)self->ensemble->tallies + at;
        if (self->ensemble->scenario->model->is_double)
            take_doubles(self, (size_t)b * lanes, (const double *)self->ensemble->tallies + at);
        for (uint32_t l = 0; !self->ensemble->scenario->model->is_double && l < lanes; l += QUARTER)
            self->sums->take(self->month + b * lanes + l, self->total + b * lanes + l, kept + l, num_tallies, lanes);
    }
}

/* All measures of a month: values[num_measures][num_replicates]. */
static void measure_month(const block *self, double *values)
{
    const nlc_ensemble *ensemble = self->ensemble;
    const nlc_model *model = ensemble->scenario->model;
    const nlc_tallies tallies = {self->month, self->total, self->parameters};
    for (uint32_t m = 0; m < model->num_measures; m++, values += ensemble->num_replicates) {
        double of_block[NLC_BLOCK_RUNS];
        model->measures[m].fill(&tallies, self->direct ? values + self->runs[0] : of_block);
        for (uint32_t l = 0; !self->direct && l < self->num_batches * ensemble->lanes; l++)
            if (self->runs[l] != NLC_NONE)
                values[self->runs[l]] = of_block[l];
    }
}

static const float *parameters_of(const nlc_ensemble *self, uint32_t run)
{
    return self->points == NULL || run == NLC_NONE ? self->scenario->parameters : self->points[run % self->num_points].parameters;
}

void nlc_ensemble_measures(const nlc_ensemble *self, uint32_t split, double *values)
{
    const nlc_resolved *scenario = self->scenario;
    uint32_t of_block = NLC_BLOCK_RUNS / self->lanes;
    assert(scenario->model->num_tallies <= MOST_TALLIES && self->lanes % QUARTER == 0 && of_block > 0);
    for (uint32_t b = 0; b < self->num_batches; b += of_block) {
        uint32_t left = self->num_batches - b;
        block runs;
        runs.ensemble = self;
        runs.sums = nlc_sums_for_cpu();
        runs.first_batch = b;
        runs.num_batches = left < of_block ? left : of_block;
        runs.runs = self->runs + (size_t)b * self->lanes;
        runs.direct = left >= of_block;
        memset(runs.month, 0, scenario->model->num_tallies * NLC_BLOCK_RUNS * sizeof *runs.month);
        memset(runs.total, 0, scenario->model->num_tallies * NLC_BLOCK_RUNS * sizeof *runs.total);
        for (uint32_t k = 0; k < NLC_BLOCK_RUNS && runs.direct; k++)
            runs.direct = runs.runs[k] == runs.runs[0] + k;
        for (uint32_t k = 0; k < NLC_BLOCK_RUNS; k++)
            runs.parameters[k] = parameters_of(self, k < runs.num_batches * self->lanes ? runs.runs[k] : NLC_NONE);
        for (uint32_t t = 0; t < scenario->num_months; t++) {
            add_month(&runs, t, split);
            measure_month(&runs, values + (size_t)t * scenario->model->num_measures * self->num_replicates);
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

void nlc_ensemble_outcomes_of(const nlc_ensemble *self, uint32_t split, const double *measures, double *values)
{
    const nlc_resolved *scenario = self->scenario;
    const nlc_model *model = scenario->model;
    size_t stride = (size_t)model->num_measures * self->num_replicates;
    for (uint32_t k = 0; k < model->num_outcomes; k++) {
        const nlc_outcome *outcome = &model->outcomes[k];
        const double *measure = measures + (size_t)nlc_model_measure(model, outcome->measure) * self->num_replicates;
        for (uint32_t r = 0; r < self->num_replicates; r++)
            at(self, values, k, split)[r] = outcome_of(outcome, measure + r, scenario->num_months, stride);
    }
}

void nlc_ensemble_spreads(const nlc_ensemble *self, double *values)
{
    for (uint32_t k = 0; k < self->scenario->model->num_outcomes; k++)
        if (is_spread(self->scenario->model->outcomes[k].kind))
            reduce_spread(self, k, values);
}

nlc_error nlc_ensemble_outcomes(const nlc_ensemble *self, double *values)
{
    size_t num_samples = (size_t)self->scenario->num_months * self->scenario->model->num_measures;
    double *measures = malloc(num_samples * self->num_replicates * sizeof *measures);
    if (!measures)
        return NLC_ERROR_MEMORY;
    for (uint32_t s = 0; s < self->num_splits; s++) {
        nlc_ensemble_measures(self, s, measures);
        nlc_ensemble_outcomes_of(self, s, measures, values);
    }
    nlc_ensemble_spreads(self, values);
    free(measures);
    return NLC_OK;
}
