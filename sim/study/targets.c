#include "targets.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* ---- From observations ---------------------------------------------------------------------------- */

static uint32_t label_find(const nlc_labels *labels, const nlc_words *words, uint32_t word)
{
    for (uint32_t k = 0; word != NLC_NONE && k < labels->num; k++)
        if (strcmp(labels->text[k], words->text[word]) == 0)
            return k;
    return NLC_NONE;
}

static uint32_t country_find(const nlc_resolved *scenario, const char *lead)
{
    for (uint32_t k = 0; k < scenario->num_countries; k++)
        if (strcmp(scenario->agency_id[scenario->countries[k].first_agency], lead) == 0)
            return k;
    return NLC_NONE;
}

static bool split_read(nlc_split *split, const nlc_scenario *folder, const nlc_resolved *scenario, const nlc_selector *selector)
{
    *split = (nlc_split){NLC_NONE, label_find(&scenario->tiers, &folder->tiers, selector->tier), NLC_NONE,
                         label_find(&scenario->groups, &folder->groups, selector->group), NLC_NONE};
    if (selector->under == NLC_NONE)
        return true;
    split->country = country_find(scenario, folder->node[selector->under].id);
    return split->country != NLC_NONE;
}

static double error_of(const nlc_observation *row)
{
    if (row->error > 0)
        return row->error;
    return row->total > 50 ? 0.02 * row->total : row->total > 0 ? 1 : 0.02;
}

nlc_error nlc_targets_init(nlc_targets *self, const nlc_scenario *folder, const nlc_resolved *scenario, nlc_problems *problems)
{
    *self = (nlc_targets){.scenario = scenario, .target = malloc((folder->num_observations + (size_t)1) * sizeof *self->target)};
    if (self->target == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < folder->num_observations; k++) {
        const nlc_observation *row = &folder->observation[k];
        const int32_t month = row->date - scenario->start;
        nlc_target target = {k, (uint32_t)month, row->measure, {0}, row->total > 0 ? row->total : 1, row->value, error_of(row)};
        if (!split_read(&target.split, folder, scenario, &row->selector)) {
            nlc_problems_add(problems, row->where, "under is a place; counts are compared for whole countries, tiers and groups");
            continue;
        }
        if (month < 1 || (uint32_t)month > scenario->num_months)
            self->num_outside++;
        else
            self->target[self->num++] = target;
    }
    return nlc_problems_error(problems);
}

void nlc_targets_free(nlc_targets *self)
{
    free(self->target);
    *self = (nlc_targets){0};
}

double nlc_targets_distance(const nlc_targets *self, const bool *use, const double *values, const double *observed)
{
    double most = 0;
    for (uint32_t k = 0; k < self->num; k++) {
        if (!use[k])
            continue;
        const double away = fabs(values[k] - observed[k]) / self->target[k].error;
        most = away > most || isnan(away) ? (isnan(away) ? INFINITY : away) : most;
    }
    return most;
}

/* ---- Runs ------------------------------------------------------------------------------------------ */

typedef struct {
    const nlc_targets *targets;
    const nlc_targets_options *options;
    const nlc_kernel *kernel;
    const nlc_point *points;
    uint32_t first, num, last_month;
    double *values; /* [num][targets] */
    atomic_uint next;
    atomic_int error;
} work;

/* A thread's own: a batch, and running totals of the tallies of each target's places. */
typedef struct {
    work *shared;
    void *memory;
    nlc_batch *batch;
    double *month, *total; /* [targets][num_tallies][lanes] */
    double *plain;         /* [2][num_tallies][NLC_BLOCK_RUNS], of one run, which stands first */
} worker;

static bool has_class(const nlc_split *split, const nlc_class *class)
{
    return (split->country == NLC_NONE || split->country == class->country) &&
           (split->tier == NLC_NONE || split->tier == class->tier) && (split->group == NLC_NONE || split->group == class->group);
}

static void add_month(worker *self)
{
    const nlc_targets *targets = self->shared->targets;
    const nlc_resolved *scenario = targets->scenario;
    size_t stride = nlc_kernel_lanes(self->shared->kernel);
    const size_t num = scenario->model->num_tallies * stride;
    memset(self->month, 0, targets->num * num * sizeof *self->month);
    for (uint32_t k = 0; k < targets->num; k++) {
        for (uint32_t c = 0; c < scenario->num_classes; c++) {
            if (!has_class(&targets->target[k].split, &scenario->classes[c]))
                continue;
            const double *tallies = nlc_batch_tallies(self->batch, c, 0, &stride);
            for (size_t t = 0; t < num; t++)
                self->month[k * num + t] += tallies[t];
        }
        for (size_t t = 0; t < num; t++)
            self->total[k * num + t] += self->month[k * num + t];
    }
}

static double value_of(const worker *self, uint32_t target, uint32_t lane, const nlc_point *point)
{
    const nlc_targets *targets = self->shared->targets;
    const nlc_model *model = targets->scenario->model;
    const size_t stride = nlc_kernel_lanes(self->shared->kernel), num = model->num_tallies * stride;
    double *month = self->plain, *total = self->plain + (size_t)model->num_tallies * NLC_BLOCK_RUNS, values[NLC_BLOCK_RUNS];
    const float *parameters[NLC_BLOCK_RUNS];
    for (uint32_t t = 0; t < model->num_tallies; t++) {
        month[t * NLC_BLOCK_RUNS] = self->month[target * num + t * stride + lane];
        total[t * NLC_BLOCK_RUNS] = self->total[target * num + t * stride + lane];
    }
    for (uint32_t r = 0; r < NLC_BLOCK_RUNS; r++)
        parameters[r] = point->parameters;
    const nlc_tallies tallies = {month, total, parameters};
    model->measures[targets->target[target].measure].fill(&tallies, values);
    return targets->target[target].scale * values[0];
}

static void run_lanes(worker *self, uint32_t draw, const uint32_t *which, uint32_t num)
{
    work *shared = self->shared;
    const nlc_targets *targets = shared->targets;
    const size_t size = (size_t)targets->num * targets->scenario->model->num_tallies * nlc_kernel_lanes(shared->kernel);
    nlc_lane lanes[16];
    for (uint32_t l = 0; l < num; l++)
        lanes[l] = (nlc_lane){&shared->points[which[l]], shared->first + which[l]};
    nlc_batch_reset(self->batch, draw, shared->options->seed, lanes, num);
    memset(self->total, 0, size * sizeof *self->total);
    for (uint32_t month = 1; month <= shared->last_month; month++) {
        if (!nlc_batch_is_done(self->batch))
            nlc_batch_step(self->batch);
        add_month(self);
        for (uint32_t k = 0; k < targets->num; k++)
            for (uint32_t l = 0; targets->target[k].month == month && l < num; l++)
                shared->values[(size_t)which[l] * targets->num + k] = value_of(self, k, l, &shared->points[which[l]]);
    }
}

/* The n-th group of runs that can share a batch: those of one network draw, as many as there are lanes. */
static uint32_t group_find(const work *self, uint32_t n, uint32_t *draw, uint32_t *which)
{
    const uint32_t num_draws = self->targets->scenario->num_draws, lanes = nlc_kernel_lanes(self->kernel);
    for (*draw = 0; *draw < num_draws; (*draw)++) {
        const uint32_t skip = (*draw + num_draws - self->first % num_draws) % num_draws;
        const uint32_t runs = self->num > skip ? (self->num - skip - 1) / num_draws + 1 : 0, groups = (runs + lanes - 1) / lanes;
        if (n >= groups) {
            n -= groups;
            continue;
        }
        const uint32_t num = runs - n * lanes < lanes ? runs - n * lanes : lanes;
        for (uint32_t l = 0; l < num; l++)
            which[l] = skip + (n * lanes + l) * num_draws;
        return num;
    }
    return 0;
}

static bool worker_init(worker *self, work *shared)
{
    const nlc_resolved *scenario = shared->targets->scenario;
    const size_t size = nlc_batch_size(scenario, shared->kernel), num_tallies = scenario->model->num_tallies;
    const size_t num = (shared->targets->num + (size_t)1) * num_tallies * nlc_kernel_lanes(shared->kernel);
    *self = (worker){.shared = shared, .memory = aligned_alloc(64, (size + 63) / 64 * 64)};
    self->month = malloc(num * sizeof *self->month);
    self->total = malloc(num * sizeof *self->total);
    self->plain = calloc(2 * NLC_BLOCK_RUNS * (size_t)num_tallies, sizeof *self->plain);
    if (!self->memory || !self->month || !self->total || !self->plain)
        return false;
    self->batch = nlc_batch_init(self->memory, scenario, shared->kernel);
    return true;
}

static void *work_through(void *argument)
{
    work *shared = argument;
    worker self;
    uint32_t which[16], draw, num = 1;
    if (!worker_init(&self, shared))
        atomic_store(&shared->error, NLC_ERROR_MEMORY);
    while (num > 0 && atomic_load(&shared->error) == NLC_OK) {
        num = group_find(shared, atomic_fetch_add(&shared->next, 1), &draw, which);
        if (num > 0)
            run_lanes(&self, draw, which, num);
    }
    free(self.memory);
    free(self.month);
    free(self.total);
    free(self.plain);
    return NULL;
}

nlc_error nlc_targets_run(const nlc_targets *self, const nlc_targets_options *options, const nlc_point *points, uint32_t first,
                          uint32_t num, double *values)
{
    enum { MOST_THREADS = 256 };
    pthread_t threads[MOST_THREADS];
    uint32_t started = 0;
    work shared = {.targets = self,
                   .options = options,
                   .kernel = nlc_kernel_for(self->scenario->model, options->lanes),
                   .points = points,
                   .first = first,
                   .num = num,
                   .values = values};
    for (uint32_t k = 0; k < self->num; k++)
        if ((options->use == NULL || options->use[k]) && self->target[k].month > shared.last_month)
            shared.last_month = self->target[k].month;
    for (size_t k = 0; k < (size_t)num * self->num; k++)
        values[k] = NAN;
    while (started + 1 < options->threads && started < MOST_THREADS && started * nlc_kernel_lanes(shared.kernel) < num &&
           pthread_create(&threads[started], NULL, work_through, &shared) == 0)
        started++;
    work_through(&shared);
    for (uint32_t k = 0; k < started; k++)
        pthread_join(threads[k], NULL);
    return (nlc_error)atomic_load(&shared.error);
}
