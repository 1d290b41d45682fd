#include "calibration.h"

#include "stream.h"

#include <math.h>

#include <stdlib.h>
#include <string.h>

/* Replicates: those of fits from 0, those of predictions and of truths far behind them. */
#define PREDICTIONS (UINT32_C(1) << 31)
#define TRUTHS      (UINT32_C(3) << 30)

enum { TRUTH = 0x736263, BATCH = 64 };

/* Simulations from points of the unit cube. */
typedef struct {
    const nlc_calibration_options *options;
    const double *observed; /* [targets] */
    uint64_t seed;          /* of the runs */
    uint32_t before, total; /* runs of this kind that are done, and to be done, for the progress */
    uint32_t most;          /* points at once */
    float *parameters;      /* [most][num_parameters], owned */
    float *levers;          /* [most][num_levers], owned */
    nlc_point *points;      /* [most], owned */
    double *values;         /* [most][targets], owned */
    double *unknowns;       /* [addresses], owned */
} simulator;

static nlc_error simulator_init(simulator *self, const nlc_calibration_options *options, uint32_t most)
{
    const nlc_points *points = options->points;
    *self = (simulator){.options = options, .seed = options->seed, .most = most};
    self->parameters = malloc((most * (size_t)points->scenario.model->num_parameters + 1) * sizeof *self->parameters);
    self->levers = malloc((most * points->num_levers + 1) * sizeof *self->levers);
    self->points = malloc((most + (size_t)1) * sizeof *self->points);
    self->values = malloc((most * (size_t)options->targets->num + 1) * sizeof *self->values);
    self->unknowns = malloc((points->num + (size_t)1) * sizeof *self->unknowns);
    return self->parameters && self->levers && self->points && self->values && self->unknowns ? NLC_OK : NLC_ERROR_MEMORY;
}

static void simulator_free(simulator *self)
{
    free(self->parameters);
    free(self->levers);
    free(self->points);
    free(self->values);
    free(self->unknowns);
}

/* Point k of the batch from a point of the cube. False where it lies outside the bounds of a lever. */
static bool point_fill(simulator *self, uint32_t k, const double *cube)
{
    const nlc_points *points = self->options->points;
    float *parameters = self->parameters + (size_t)k * points->scenario.model->num_parameters;
    float *levers = self->levers + k * points->num_levers;
    uint32_t address;
    for (uint32_t j = 0; j < points->num; j++)
        self->unknowns[j] = self->options->value(self->options->context, j, cube[j]);
    self->points[k] = (nlc_point){parameters, levers};
    return nlc_points_fill(points, self->unknowns, parameters, levers, &address);
}

static nlc_error run(simulator *self, const bool *use, uint32_t first, uint32_t num)
{
    const nlc_calibration_options *options = self->options;
    const nlc_targets_options how = {.threads = options->threads, .lanes = options->lanes, .seed = self->seed, .use = use};
    return nlc_targets_run(options->targets, &how, self->points, first, num, self->values);
}

static nlc_error simulate(void *context, const double *points, uint32_t num, uint64_t first, double *distances)
{
    simulator *self = context;
    const nlc_calibration_options *options = self->options;
    const uint32_t num_targets = options->targets->num;
    for (uint32_t k = 0; k < num; k++)
        distances[k] = point_fill(self, k, points + (size_t)k * options->points->num) ? 0 : 1;
    const nlc_error error = run(self, options->use, (uint32_t)first, num);
    for (uint32_t k = 0; k < num && error == NLC_OK; k++)
        distances[k] = distances[k] > 0 ? (double)INFINITY
                                        : nlc_targets_distance(options->targets, options->use,
                                                               self->values + (size_t)k * num_targets, self->observed);
    const uint32_t done = self->total == 0 ? (uint32_t)first : self->before;
    const uint32_t total = self->total == 0 ? (uint32_t)options->most_simulations : self->total;
    if (error == NLC_OK && options->progress != NULL && !options->progress(options->context, done, total))
        return NLC_ERROR_INTERRUPTED;
    return error;
}

static nlc_error fit(nlc_abc *self, simulator *with, uint32_t num_particles)
{
    const nlc_calibration_options *options = with->options;
    const nlc_abc_options how = {
        .num_parameters = options->points->num,
        .num_particles = num_particles,
        .batch = BATCH,
        .seed = with->seed,
        .most_simulations = options->most_simulations,
        .quantile = 0.5,
        .last = options->tolerance,
        .simulate = simulate,
        .context = with,
    };
    return nlc_abc_run(self, &how);
}

/* What was observed, or what is taken for it. */
static double *observed_list(const nlc_targets *targets)
{
    double *observed = malloc((targets->num + (size_t)1) * sizeof *observed);
    for (uint32_t k = 0; observed != NULL && k < targets->num; k++)
        observed[k] = targets->target[k].observed;
    return observed;
}

nlc_error nlc_calibrate(nlc_abc *self, const nlc_calibration_options *options)
{
    simulator with;
    double *observed = observed_list(options->targets);
    nlc_error error = simulator_init(&with, options, BATCH);
    if (observed == NULL)
        error = NLC_ERROR_MEMORY;
    with.observed = observed;
    *self = (nlc_abc){0};
    if (error == NLC_OK)
        error = fit(self, &with, options->num_particles);
    simulator_free(&with);
    free(observed);
    return error;
}

nlc_error nlc_calibration_predict(const nlc_abc *self, const nlc_calibration_options *options, const uint32_t *chosen, uint32_t num,
                                  double *values)
{
    simulator with;
    const size_t num_targets = options->targets->num;
    nlc_error error = simulator_init(&with, options, num);
    for (uint32_t k = 0; k < num && error == NLC_OK; k++)
        if (!point_fill(&with, k, self->points + (size_t)chosen[k] * self->num_parameters))
            error = NLC_ERROR_INPUT;
    if (error == NLC_OK)
        error = run(&with, NULL, PREDICTIONS, num);
    if (error == NLC_OK)
        memcpy(values, with.values, num * num_targets * sizeof *values);
    simulator_free(&with);
    return error;
}

/* ---- Whether it can be believed ---------------------------------------------------------------------- */

/* The ranks of one run; everything is borrowed from the whole. */
typedef struct {
    simulator *with;
    double *truth;    /* [addresses], in the cube */
    double *observed; /* [targets] */
    double *draws;    /* [2][num_draws] */
    uint32_t *chosen; /* [num_draws] */
    uint32_t num_draws, num_runs, run;
    uint32_t *ranks; /* [faults][addresses][num_runs] */
} ranking;

/* A truth from the prior, and counts from it with errors as the tolerance takes them to be. */
static nlc_error truth_draw(const ranking *self)
{
    const nlc_calibration_options *options = self->with->options;
    nlc_stream stream = nlc_stream_for(options->seed, TRUTH, self->run);
    bool good = false;
    while (!good) {
        for (uint32_t j = 0; j < options->points->num; j++)
            self->truth[j] = nlc_stream_unit(&stream);
        good = point_fill(self->with, 0, self->truth);
    }
    const nlc_error error = run(self->with, options->use, TRUTHS + self->run, 1);
    for (uint32_t k = 0; k < options->targets->num && error == NLC_OK; k++)
        self->observed[k] =
            self->with->values[k] + options->tolerance * options->targets->target[k].error * (2 * nlc_stream_unit(&stream) - 1);
    return error;
}

static void ranks_count(const ranking *self, const nlc_abc *posterior)
{
    const uint32_t num = posterior->num_parameters;
    double *plain = self->draws, *faulty = self->draws + self->num_draws;
    nlc_abc_resample(posterior, self->run, self->chosen, self->num_draws);
    for (uint32_t j = 0; j < num; j++) {
        for (uint32_t k = 0; k < self->num_draws; k++)
            plain[k] = posterior->points[(size_t)self->chosen[k] * num + j];
        for (nlc_fault fault = 0; fault < NLC_NUM_FAULTS; fault++) {
            memcpy(faulty, plain, self->num_draws * sizeof *faulty);
            nlc_fault_plant(fault, faulty, self->num_draws);
            self->ranks[((size_t)fault * num + j) * self->num_runs + self->run] = nlc_rank(faulty, self->num_draws, self->truth[j]);
        }
    }
}

static nlc_error ranking_run(ranking *self, uint32_t *num_short)
{
    nlc_error error = NLC_OK;
    for (; self->run < self->num_runs && error == NLC_OK; self->run++) {
        nlc_abc posterior = {0};
        self->with->before = self->run;
        self->with->seed = nlc_mix(self->with->options->seed + self->run + 1);
        error = truth_draw(self);
        if (error == NLC_OK)
            error = fit(&posterior, self->with, self->num_draws);
        if (error == NLC_OK) {
            *num_short += posterior.tolerance > self->with->options->tolerance;
            ranks_count(self, &posterior);
        }
        nlc_abc_free(&posterior);
    }
    return error;
}

nlc_error nlc_calibration_ranks(const nlc_calibration_options *options, uint32_t num_runs, uint32_t num_draws, uint32_t *ranks,
                                uint32_t *num_short)
{
    simulator with;
    nlc_error error = simulator_init(&with, options, BATCH);
    ranking self = {.with = &with, .num_draws = num_draws, .num_runs = num_runs, .ranks = ranks};
    self.truth = malloc((options->points->num + (size_t)1) * sizeof *self.truth);
    self.observed = malloc((options->targets->num + (size_t)1) * sizeof *self.observed);
    self.draws = malloc((2 * (size_t)num_draws + 1) * sizeof *self.draws);
    self.chosen = malloc((num_draws + (size_t)1) * sizeof *self.chosen);
    if (!self.truth || !self.observed || !self.draws || !self.chosen)
        error = NLC_ERROR_MEMORY;
    with.observed = self.observed;
    with.total = num_runs;
    *num_short = 0;
    if (error == NLC_OK)
        error = ranking_run(&self, num_short);
    free(self.truth);
    free(self.observed);
    free(self.draws);
    free(self.chosen);
    simulator_free(&with);
    return error;
}
