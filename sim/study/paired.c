#include "paired.h"

#include "branch.h"

#include <stdlib.h>
#include <string.h>

/* About as many runs are held at once, with all their months. */
enum { RUNS_AT_ONCE = 128, MOST_LANES = 16 };

/* ---- Service -------------------------------------------------------------------------------------- */

static const nlc_outcome service = {
    "service_area", "share", "mean share of what places ask for that facilitators can serve, over all months", 6, NLC_OUTCOME_AREA,
    "service",      0};

static bool has_service(const nlc_model *model)
{
    return nlc_model_measure(model, service.measure) != NLC_NONE;
}

const nlc_outcome *nlc_paired_outcome(const nlc_paired *self, uint32_t outcome)
{
    const nlc_model *model = self->scenarios[0]->model;
    return outcome < model->num_outcomes ? &model->outcomes[outcome] : &service;
}

/* The mean over the months in which it has a meaning, as timeline.csv has them. */
static nlc_error service_find(const nlc_ensemble *ensemble, double *values)
{
    const nlc_model *model = ensemble->scenario->model;
    const uint32_t measure = nlc_model_measure(model, service.measure), num = ensemble->num_replicates;
    const size_t of_month = (size_t)model->num_measures * num, num_months = ensemble->scenario->num_months;
    double *measures = malloc((num_months * of_month + 1) * sizeof *measures);
    if (measures == NULL)
        return NLC_ERROR_MEMORY;
    nlc_ensemble_measures(ensemble, 0, measures);
    for (uint32_t r = 0; r < num; r++) {
        double sum = 0;
        for (size_t t = 0; t < num_months; t++)
            sum += measures[t * of_month + (size_t)measure * num + r];
        values[r] = sum / (double)num_months;
    }
    free(measures);
    return NLC_OK;
}

/* ---- Shared past ---------------------------------------------------------------------------------- */

/* Only one month can be branched at: the earliest of those at which a scenario parts from the first. */
static uint32_t branch_month(const nlc_paired *self, uint32_t branch_at)
{
    uint32_t month = branch_at == 0 ? UINT32_MAX : branch_at;
    for (uint32_t s = 1; s < self->num_scenarios; s++)
        if (self->shared_months[s] > 0 && self->shared_months[s] < month)
            month = self->shared_months[s];
    return month;
}

nlc_error nlc_paired_init(nlc_paired *self, const nlc_resolved *const *scenarios, uint32_t num_scenarios, uint32_t branch_at)
{
    nlc_error error = NLC_OK;
    *self = (nlc_paired){.scenarios = scenarios, .num_scenarios = num_scenarios};
    self->num_outcomes = scenarios[0]->model->num_outcomes + has_service(scenarios[0]->model);
    self->shared_months = calloc(num_scenarios, sizeof *self->shared_months);
    if (self->shared_months == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t s = 1; s < num_scenarios && error == NLC_OK; s++)
        error = nlc_shared_months(scenarios[0], scenarios[s], &self->shared_months[s]);
    const uint32_t month = branch_month(self, branch_at);
    for (uint32_t s = 1; s < num_scenarios; s++)
        self->shared_months[s] = self->shared_months[s] > month ? month : self->shared_months[s];
    return error;
}

void nlc_paired_free(nlc_paired *self)
{
    free(self->shared_months);
    free(self->values);
    *self = (nlc_paired){0};
}

/* ---- Room ----------------------------------------------------------------------------------------- */

static double *values_at(const nlc_paired *self, uint32_t scenario, uint32_t outcome)
{
    return self->values + ((size_t)scenario * self->num_outcomes + outcome) * self->capacity;
}

const double *nlc_paired_values(const nlc_paired *self, uint32_t scenario, uint32_t outcome)
{
    return values_at(self, scenario, outcome);
}

static nlc_error make_room(nlc_paired *self, uint32_t num_runs)
{
    nlc_paired grown = *self;
    if (num_runs <= self->capacity)
        return NLC_OK;
    grown.capacity = num_runs;
    grown.values = malloc((size_t)self->num_scenarios * self->num_outcomes * num_runs * sizeof *grown.values);
    if (grown.values == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t s = 0; s < self->num_scenarios && self->num_runs > 0; s++)
        for (uint32_t k = 0; k < self->num_outcomes; k++)
            memcpy(values_at(&grown, s, k), values_at(self, s, k), self->num_runs * sizeof *grown.values);
    free(self->values);
    *self = grown;
    return NLC_OK;
}

/* ---- Runs ----------------------------------------------------------------------------------------- */

/* Progress of one ensemble as a part of the whole. */
typedef struct {
    const nlc_ensemble_options *options;
    uint32_t before, total;
} progress;

static bool tick(void *context, uint32_t done, uint32_t total)
{
    const progress *self = context;
    (void)total;
    return self->options->progress(self->options->context, self->before + done, self->total);
}

static nlc_error keep_outcomes(nlc_paired *self, uint32_t scenario, uint32_t first, const nlc_ensemble *ensemble)
{
    const size_t of_outcome = (size_t)ensemble->num_splits * ensemble->num_replicates;
    double *all = malloc((self->num_outcomes * of_outcome + 1) * sizeof *all);
    const uint32_t num = ensemble->scenario->model->num_outcomes;
    nlc_error error = all == NULL ? NLC_ERROR_MEMORY : nlc_ensemble_outcomes(ensemble, all);
    if (error == NLC_OK && num < self->num_outcomes)
        error = service_find(ensemble, values_at(self, scenario, num) + first);
    for (uint32_t k = 0; k < num && error == NLC_OK; k++)
        memcpy(values_at(self, scenario, k) + first, all + k * of_outcome, ensemble->num_replicates * sizeof *all);
    free(all);
    return error;
}

/* The same runs of every scenario, the first one first: the others may go on from its past. */
static nlc_error add_runs(nlc_paired *self, uint32_t begin, uint32_t num, const nlc_ensemble_options *options, progress *done)
{
    nlc_ensemble first = {0};
    nlc_error error = NLC_OK;
    uint32_t month = 0;
    for (uint32_t s = 1; s < self->num_scenarios; s++)
        month = self->shared_months[s] > 0 ? self->shared_months[s] : month;
    for (uint32_t s = 0; s < self->num_scenarios && error == NLC_OK; s++) {
        nlc_ensemble other = {0};
        nlc_ensemble *ensemble = s == 0 ? &first : &other;
        nlc_ensemble_options own = {.replicates = num, .threads = options->threads, .lanes = options->lanes, .seed = options->seed};
        own.first = begin;
        own.shared_months = s == 0 ? month : self->shared_months[s];
        own.past = s > 0 && own.shared_months > 0 ? &first : NULL;
        own.progress = options->progress == NULL ? NULL : tick;
        own.context = done;
        error = nlc_ensemble_run(ensemble, self->scenarios[s], &own);
        if (error == NLC_OK)
            error = keep_outcomes(self, s, begin, ensemble);
        done->before += num;
        nlc_ensemble_free(&other);
    }
    nlc_ensemble_free(&first);
    return error;
}

/* The smallest number of runs that stand on every network draw of every scenario equally often. */
static uint32_t runs_of_all_draws(const nlc_paired *self)
{
    uint32_t num = 1;
    for (uint32_t s = 0; s < self->num_scenarios; s++) {
        uint32_t multiple = num;
        while (multiple % self->scenarios[s]->num_draws != 0)
            multiple += num;
        num = multiple;
    }
    return num;
}

nlc_error nlc_paired_extend(nlc_paired *self, uint32_t num_runs, const nlc_ensemble_options *options)
{
    if (num_runs <= self->num_runs)
        return NLC_OK;
    const uint32_t cycle = runs_of_all_draws(self), least = cycle * MOST_LANES;
    const uint32_t at_once = (RUNS_AT_ONCE + least - 1) / least * least;
    nlc_error error = make_room(self, num_runs);
    /* An ensemble begins with the first draw: the runs of a cycle that was cut short are run again. */
    uint32_t begin = self->num_runs / cycle * cycle;
    progress done = {options, 0, (num_runs - begin) * self->num_scenarios};
    while (begin < num_runs && error == NLC_OK) {
        const uint32_t num = num_runs - begin < at_once ? num_runs - begin : at_once;
        error = add_runs(self, begin, num, options, &done);
        begin += error == NLC_OK ? num : 0;
        self->num_runs = begin > self->num_runs ? begin : self->num_runs;
    }
    return error;
}
