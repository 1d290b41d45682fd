#include "curves.h"

#include "stream.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { CURVES = 0x637276, MOST_LANES = 16, MOST_THREADS = 256 };

typedef struct {
    nlc_curves *curves;
    const nlc_curves_options *options;
    const nlc_kernel *kernel;
    const nlc_view *milestone;
    atomic_uint next, done;
    atomic_int error;
} work;

/* A thread's own: a batch and the points in its lanes. */
typedef struct {
    work *shared;
    void *memory;
    nlc_batch *batch;
    double *unknowns;   /* [addresses] */
    float *parameters;  /* [MOST_LANES][num_parameters] */
    float *levers;      /* [MOST_LANES][num_levers] */
    uint32_t *adopting; /* [num_months + 1] */
} worker;

static const nlc_view *milestone_of(const nlc_model *model)
{
    for (uint32_t k = 0; k < model->num_milestones; k++)
        if (strcmp(model->milestones[k].name, "adopted") == 0)
            return &model->milestones[k];
    return NULL;
}

static void point_draw(worker *self, uint32_t run, uint32_t lane, nlc_point *point)
{
    const nlc_curves_options *options = self->shared->options;
    const nlc_points *points = options->points;
    float *parameters = self->parameters + (size_t)lane * points->scenario.model->num_parameters;
    float *levers = self->levers + lane * points->num_levers;
    nlc_stream stream = nlc_stream_for(options->seed, CURVES, run);
    uint32_t address;
    do {
        for (uint32_t j = 0; j < points->num; j++)
            self->unknowns[j] = options->value(options->context, j, nlc_stream_unit(&stream));
    } while (!nlc_points_fill(points, self->unknowns, parameters, levers, &address));
    *point = (nlc_point){parameters, levers};
}

static void curve_keep(worker *self, uint32_t run, uint32_t lane)
{
    nlc_curves *curves = self->shared->curves;
    const nlc_resolved *scenario = &self->shared->options->points->scenario;
    float *share = curves->share + (size_t)run * (curves->num_months + 1);
    memset(self->adopting, 0, (curves->num_months + (size_t)1) * sizeof *self->adopting);
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        if (scenario->tier_adopts[scenario->tier[i]])
            self->adopting[nlc_batch_view(self->batch, self->shared->milestone, i, lane)]++;
    uint32_t sum = 0;
    share[0] = 0;
    for (uint32_t month = 1; month <= curves->num_months; month++) {
        sum += self->adopting[month];
        share[month] = (float)((double)sum / curves->num_places);
    }
}

/* Those of network draw `draw` from the `first`-th on, as many as there are lanes. */
static void group_run(worker *self, uint32_t draw, uint32_t first)
{
    work *shared = self->shared;
    const nlc_resolved *scenario = &shared->options->points->scenario;
    const uint32_t most = nlc_kernel_lanes(shared->kernel);
    nlc_lane lanes[MOST_LANES];
    nlc_point points[MOST_LANES];
    uint32_t num = 0;
    for (uint32_t run = draw + first * scenario->num_draws; run < shared->options->num_runs && num < most;
         run += scenario->num_draws) {
        point_draw(self, run, num, &points[num]);
        lanes[num] = (nlc_lane){&points[num], run};
        num++;
    }
    nlc_batch_reset(self->batch, draw, shared->options->seed, lanes, num);
    while (!nlc_batch_is_done(self->batch))
        nlc_batch_step(self->batch);
    for (uint32_t l = 0; l < num; l++)
        curve_keep(self, lanes[l].replicate, l);
    atomic_fetch_add(&shared->done, num);
}

/* Groups are numbered by network draw, then by run. False when there is none left. */
static bool group_take(worker *self)
{
    work *shared = self->shared;
    const uint32_t num_draws = shared->options->points->scenario.num_draws, lanes = nlc_kernel_lanes(shared->kernel);
    const uint32_t each = (shared->options->num_runs + num_draws - 1) / num_draws, groups = (each + lanes - 1) / lanes;
    const uint32_t group = atomic_fetch_add(&shared->next, 1);
    const uint32_t draw = group / groups, first = group % groups * lanes;
    if (draw >= num_draws)
        return false;
    if (draw + first * num_draws < shared->options->num_runs)
        group_run(self, draw, first);
    return true;
}

static bool worker_init(worker *self, work *shared)
{
    const nlc_points *points = shared->options->points;
    const size_t size = nlc_batch_size(&points->scenario, shared->kernel);
    *self = (worker){.shared = shared, .memory = aligned_alloc(64, (size + 63) / 64 * 64)};
    self->unknowns = malloc((points->num + (size_t)1) * sizeof *self->unknowns);
    self->parameters = malloc((MOST_LANES * (size_t)points->scenario.model->num_parameters + 1) * sizeof *self->parameters);
    self->levers = malloc((MOST_LANES * points->num_levers + 1) * sizeof *self->levers);
    self->adopting = malloc((points->scenario.num_months + (size_t)1) * sizeof *self->adopting);
    if (!self->memory || !self->unknowns || !self->parameters || !self->levers || !self->adopting)
        return false;
    self->batch = nlc_batch_init(self->memory, &points->scenario, shared->kernel);
    return true;
}

static void worker_free(worker *self)
{
    free(self->memory);
    free(self->unknowns);
    free(self->parameters);
    free(self->levers);
    free(self->adopting);
}

static void work_through(work *shared, bool tells)
{
    const nlc_curves_options *options = shared->options;
    worker self;
    if (!worker_init(&self, shared))
        atomic_store(&shared->error, NLC_ERROR_MEMORY);
    while (atomic_load(&shared->error) == NLC_OK && group_take(&self))
        if (tells && options->progress != NULL &&
            !options->progress(options->context, atomic_load(&shared->done), options->num_runs))
            atomic_store(&shared->error, NLC_ERROR_INTERRUPTED);
    worker_free(&self);
}

static void *thread(void *argument)
{
    work_through(argument, false);
    return NULL;
}

nlc_error nlc_curves_run(nlc_curves *self, const nlc_curves_options *options)
{
    const nlc_resolved *scenario = &options->points->scenario;
    pthread_t threads[MOST_THREADS];
    uint32_t started = 0;
    work shared = {.curves = self,
                   .options = options,
                   .kernel = nlc_kernel_for(scenario->model, options->lanes),
                   .milestone = milestone_of(scenario->model)};
    *self = (nlc_curves){.num_runs = options->num_runs, .num_months = scenario->num_months};
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        self->num_places += scenario->tier_adopts[scenario->tier[i]];
    if (shared.milestone == NULL || self->num_places == 0)
        return NLC_ERROR_INPUT;
    self->share = malloc((size_t)options->num_runs * (scenario->num_months + (size_t)1) * sizeof *self->share);
    if (self->share == NULL)
        return NLC_ERROR_MEMORY;
    while (started + 1 < options->threads && started < MOST_THREADS &&
           pthread_create(&threads[started], NULL, thread, &shared) == 0)
        started++;
    work_through(&shared, true);
    for (uint32_t k = 0; k < started; k++)
        pthread_join(threads[k], NULL);
    return (nlc_error)atomic_load(&shared.error);
}

void nlc_curves_free(nlc_curves *self)
{
    free(self->share);
    *self = (nlc_curves){0};
}

double nlc_curves_at(const nlc_curves *self, uint32_t run, double month)
{
    const float *share = self->share + (size_t)run * (self->num_months + 1);
    if (!(month < self->num_months))
        return (double)share[self->num_months];
    const uint32_t before = month > 0 ? (uint32_t)month : 0;
    const double part = month > 0 ? month - before : 0;
    return (double)share[before] + part * ((double)share[before + 1] - (double)share[before]);
}

uint32_t nlc_curves_reach(const nlc_curves *self, uint32_t run, double share)
{
    const float *curve = self->share + (size_t)run * (self->num_months + 1);
    for (uint32_t month = 1; month <= self->num_months; month++)
        if ((double)curve[month] >= share - 1e-6)
            return month;
    return NLC_NONE;
}
