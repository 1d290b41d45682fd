/* The design points of a task: what they come to, and which of their runs are there already. */
#include "sweep_work.h"

#include <stdlib.h>

static nlc_error point_resolve(nlc_sweep_worker *self, uint32_t p)
{
    const nlc_study *study = self->shared->study;
    nlc_sweep_state *state = &self->point[p];
    nlc_problems problems = {0};
    nlc_variation_free(&state->variation);
    nlc_text_free(&state->problem);
    state->settings = nlc_study_settings(study, self->task.values + (size_t)p * study->num_factors, state->setting, state->text);
    nlc_error error = NLC_OK;
    if (self->slot->problem.length > 0)
        return nlc_text_add(&state->problem, self->slot->problem.data, self->slot->problem.length);
    error = nlc_variation_init(&state->variation, &self->slot->frame, &state->settings, &problems);
    if (error == NLC_ERROR_INPUT)
        error = nlc_problems_write(&problems, &state->problem);
    nlc_problems_free(&problems);
    return error;
}

/* Tells the sink of a point. Called with the lock held. */
static nlc_error point_tell(nlc_sweep_worker *self, uint32_t p)
{
    nlc_sweep_work *shared = self->shared;
    const nlc_study *study = shared->study;
    nlc_sweep_state *state = &self->point[p];
    const double *values = self->task.values + (size_t)p * study->num_factors;
    const nlc_sweep_point point = {.point = self->task.point[p],
                                   .block = self->task.point[p] / shared->tasks.design.block_size,
                                   .values = values,
                                   .settings = &state->settings,
                                   .model = study->variant[nlc_study_variant(study, values)].scenario.model,
                                   .hash = state->is_good ? state->variation.hash : NULL,
                                   .problem = state->is_good ? NULL : state->problem.data};
    const nlc_error error = shared->sink->point(shared->sink->context, &point, &state->input);
    for (state->like = 0; state->like < p; state->like++)
        if (state->is_good && self->point[state->like].is_good && self->point[state->like].input == state->input)
            break;
    shared->counts->failed_points += !state->is_good && self->task.first == 0;
    return error;
}

nlc_error nlc_sweep_points_take(nlc_sweep_worker *self)
{
    nlc_error error = NLC_OK;
    for (uint32_t p = 0; p < self->task.num_points && error == NLC_OK; p++) {
        nlc_sweep_state *state = &self->point[p];
        error = point_resolve(self, p);
        state->is_good = state->is_open = state->problem.length == 0;
        state->is_enough = false;
        state->runs = 0;
        state->first = self->task.first;
        state->num = self->task.num;
        state->moments = (nlc_moments){0};
    }
    pthread_mutex_lock(&self->shared->lock);
    for (uint32_t p = 0; p < self->task.num_points && error == NLC_OK; p++)
        error = point_tell(self, p);
    pthread_mutex_unlock(&self->shared->lock);
    return error;
}

static nlc_error point_find(nlc_sweep_worker *self, uint32_t p)
{
    const nlc_sink *sink = self->shared->sink;
    nlc_sweep_state *state = &self->point[p];
    nlc_error error = NLC_OK;
    free(state->found);
    state->found = calloc((size_t)state->num + 1, sizeof *state->found);
    if (!state->found)
        return NLC_ERROR_MEMORY;
    if (state->is_open && state->like == p)
        error = sink->find(sink->context, state->input, state->first, state->num, state->found);
    for (uint32_t r = 0; r < state->num && state->like != p; r++)
        state->found[r] = true;
    return error;
}

/* Of a point that cannot be run all runs have failed at once; one that has come to an end takes no part any more. */
static void count(nlc_sweep_counts *counts, nlc_sweep_state *state)
{
    if (state->is_good && !state->is_open)
        return;
    counts->runs += state->num;
    counts->failed += state->is_good ? 0 : state->num;
    for (uint32_t r = 0; r < state->num && state->is_good; r++)
        counts->found += state->found[r];
    state->num = state->is_good ? state->num : 0;
}

nlc_error nlc_sweep_points_find(nlc_sweep_worker *self)
{
    nlc_error error = NLC_OK;
    pthread_mutex_lock(&self->shared->lock);
    for (uint32_t p = 0; p < self->task.num_points && error == NLC_OK; p++) {
        error = point_find(self, p);
        if (error == NLC_OK)
            count(self->shared->counts, &self->point[p]);
    }
    pthread_mutex_unlock(&self->shared->lock);
    return error;
}
