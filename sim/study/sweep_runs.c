/* The runs of a task that are not there yet: lanes filled from all of its points, and what comes of them. */
#include "sweep_work.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_LANES = 16 };

/* Lists what is to be run, draw by draw, so that lanes fill up with any of the points. */
static nlc_error runs_list(nlc_sweep_worker *self)
{
    const uint32_t num_draws = self->slot->frame.resolved.num_draws;
    uint32_t most = 0;
    for (uint32_t p = 0; p < self->task.num_points; p++)
        most += self->point[p].is_open ? self->point[p].num : 0;
    self->num_runs = 0;
    if (most > self->capacity || !self->runs) {
        free(self->runs);
        self->runs = malloc(((size_t)most + 1) * sizeof *self->runs);
        self->capacity = self->runs ? most : 0;
    }
    if (!self->runs)
        return NLC_ERROR_MEMORY;
    for (uint32_t d = 0; d < num_draws; d++) {
        for (uint32_t p = 0; p < self->task.num_points; p++) {
            const nlc_sweep_state *state = &self->point[p];
            for (uint32_t r = (d + num_draws - state->first % num_draws) % num_draws; r < state->num; r += num_draws)
                if (state->is_open && !state->found[r])
                    self->runs[self->num_runs++] = (nlc_sweep_one_run){p, state->first + r};
        }
    }
    return NLC_OK;
}

static nlc_error mixture_make(nlc_sweep_worker *self)
{
    const nlc_variation *variations[NLC_MIXTURE_POINTS];
    uint32_t num = 0;
    for (uint32_t p = 0; p < self->task.num_points; p++) {
        if (!self->point[p].is_open || self->point[p].like != p)
            continue;
        self->in_mixture[p] = num;
        variations[num++] = &self->point[p].variation;
    }
    nlc_mixture_free(&self->mixture);
    return nlc_mixture_init(&self->mixture, &self->slot->frame, variations, num);
}

static nlc_error room_make(nlc_sweep_worker *self, const nlc_kernel *kernel)
{
    const nlc_sweep_options *options = self->shared->options;
    const nlc_resolved *scenario = &self->mixture.resolved;
    const size_t size = (nlc_batch_size(scenario, kernel) + 63) / 64 * 64;
    if (size > self->memory_size) {
        free(self->memory);
        self->memory = aligned_alloc(64, size);
        self->memory_size = self->memory ? size : 0;
    }
    free(self->results);
    free(self->series);
    self->series = NULL;
    self->results = malloc(((size_t)self->num_runs * options->num_columns + 1) * sizeof *self->results);
    if (options->series)
        self->series = malloc((size_t)self->num_runs * scenario->num_months * scenario->model->num_measures * sizeof *self->series);
    if (!self->memory || !self->results || (options->series && !self->series))
        return NLC_ERROR_MEMORY;
    self->batch = nlc_batch_init(self->memory, scenario, kernel);
    return NLC_OK;
}

/* Columns that this scenario has; the others have no meaning in it. */
static nlc_error columns_find(nlc_sweep_worker *self, const nlc_kernel *kernel)
{
    const nlc_sweep_options *options = self->shared->options;
    nlc_outcome_column *found = malloc((options->num_columns + 1) * sizeof *found);
    uint32_t num = 0;
    nlc_outcomes_free(&self->outcomes);
    if (!found)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < options->num_columns; k++) {
        const bool is_there = nlc_outcome_column_find(&found[num], &self->mixture.resolved, options->columns[k]);
        self->column[k] = is_there ? num : NLC_NONE;
        num += is_there;
    }
    const nlc_error error = nlc_outcomes_init(&self->outcomes, &self->mixture.resolved, nlc_kernel_lanes(kernel), found, num);
    free(found);
    return error;
}

static void results_keep(nlc_sweep_worker *self, uint32_t first, uint32_t num)
{
    const uint32_t num_columns = self->shared->options->num_columns;
    for (uint32_t l = 0; l < num; l++)
        for (uint32_t k = 0; k < num_columns; k++)
            self->results[(size_t)(first + l) * num_columns + k] =
                self->column[k] == NLC_NONE ? (double)NAN : nlc_outcomes_value(&self->outcomes, self->column[k], l);
}

static void series_keep(nlc_sweep_worker *self, const nlc_lane *lanes, uint32_t first, uint32_t num, uint32_t month)
{
    const nlc_resolved *scenario = &self->mixture.resolved;
    const size_t num_measures = scenario->model->num_measures;
    for (uint32_t l = 0; l < num && self->series; l++)
        nlc_outcomes_measures(&self->outcomes, &lanes[l], l,
                              self->series + ((size_t)(first + l) * scenario->num_months + month - 1) * num_measures);
}

/* Runs `num` runs of one draw, from `first` in the list. False where the study is to stop. */
static bool batch_run(nlc_sweep_worker *self, uint32_t first, uint32_t num)
{
    const nlc_resolved *scenario = &self->mixture.resolved;
    nlc_lane lanes[MOST_LANES];
    for (uint32_t l = 0; l < num; l++) {
        const nlc_sweep_one_run *run = &self->runs[first + l];
        lanes[l] = (nlc_lane){&self->mixture.point[self->in_mixture[run->point]], run->replicate};
    }
    nlc_batch_reset(self->batch, lanes[0].replicate % scenario->num_draws, self->shared->study->seed, lanes, num);
    nlc_outcomes_reset(&self->outcomes);
    for (uint32_t month = 1; month <= scenario->num_months; month++) {
        if (atomic_load(&self->shared->stop))
            return false;
        if (!nlc_batch_is_done(self->batch))
            nlc_batch_step(self->batch);
        nlc_outcomes_month(&self->outcomes, self->batch, lanes, num, month);
        series_keep(self, lanes, first, num, month);
    }
    results_keep(self, first, num);
    return true;
}

static bool batches_run(nlc_sweep_worker *self, const nlc_kernel *kernel)
{
    const uint32_t most = nlc_kernel_lanes(kernel), num_draws = self->mixture.resolved.num_draws;
    for (uint32_t first = 0, num; first < self->num_runs; first += num) {
        const uint32_t draw = self->runs[first].replicate % num_draws;
        for (num = 1; num < most && first + num < self->num_runs && self->runs[first + num].replicate % num_draws == draw;)
            num++;
        if (!batch_run(self, first, num))
            return false;
    }
    return true;
}

static nlc_error results_put(nlc_sweep_worker *self)
{
    nlc_sweep_work *shared = self->shared;
    const nlc_sink *sink = shared->sink;
    const nlc_resolved *scenario = &self->mixture.resolved;
    nlc_error error = NLC_OK;
    pthread_mutex_lock(&shared->lock);
    for (uint32_t k = 0; k < self->num_runs && error == NLC_OK; k++) {
        const nlc_sweep_result result = {
            .input = self->point[self->runs[k].point].input,
            .replicate = self->runs[k].replicate,
            .num_months = scenario->num_months,
            .outcomes = self->results + (size_t)k * shared->options->num_columns,
            .series = self->series ? self->series + (size_t)k * scenario->num_months * scenario->model->num_measures : NULL};
        error = sink->put(sink->context, &result);
        shared->counts->computed++;
    }
    if (error == NLC_OK)
        error = sink->flush(sink->context);
    pthread_mutex_unlock(&shared->lock);
    return error;
}

nlc_error nlc_sweep_runs_make(nlc_sweep_worker *self)
{
    const nlc_kernel *kernel = nlc_kernel_for(self->slot->frame.resolved.model, self->shared->options->lanes);
    nlc_error error = runs_list(self);
    if (error != NLC_OK || self->num_runs == 0)
        return error;
    error = mixture_make(self);
    if (error == NLC_OK)
        error = room_make(self, kernel);
    if (error == NLC_OK)
        error = columns_find(self, kernel);
    if (error == NLC_OK && !batches_run(self, kernel))
        return NLC_ERROR_INTERRUPTED;
    return error == NLC_OK ? results_put(self) : error;
}
