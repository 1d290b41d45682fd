/* Sequential stopping: rounds of more and more replicates, until enough is known of every point of a task. */
#include "sweep_work.h"

#include <math.h>
#include <stdlib.h>

/* A round is a whole number of lanes; what it runs beyond a point's end is kept for another day. */
enum { ROUND_UNIT = 8 };

/* Takes the values of a round one by one; the point ends with the first that makes it known well enough. */
static void point_take(const nlc_sweep_options *options, nlc_sweep_state *state, const double *values, uint32_t num)
{
    for (uint32_t r = 0; r < num && state->is_open; r++) {
        state->runs++;
        if (isnan(values[r]))
            continue;
        nlc_moments_add(&state->moments, values[r]);
        state->is_enough = nlc_precision_is_met(options->precision, &state->moments);
        state->is_open = !state->is_enough;
    }
    state->is_open = state->is_open && state->runs < options->most;
}

/* Called with the lock held. */
static nlc_error point_look(nlc_sweep_worker *self, uint32_t p, double *values)
{
    nlc_sweep_work *shared = self->shared;
    const nlc_sink *sink = shared->sink;
    nlc_sweep_state *state = &self->point[p];
    nlc_error error = NLC_OK;
    if (!state->is_open)
        return NLC_OK;
    if (state->like < p) {
        const nlc_sweep_state *like = &self->point[state->like];
        state->is_open = like->is_open;
        state->is_enough = like->is_enough;
        state->runs = like->runs;
        state->moments = like->moments;
    } else {
        error = sink->values(sink->context, state->input, state->first, state->num, values);
        if (error == NLC_OK)
            point_take(shared->options, state, values, state->num);
    }
    if (error != NLC_OK || state->is_open)
        return error;
    shared->counts->enough += state->is_enough;
    shared->counts->not_reached += !state->is_enough;
    return sink->end(sink->context, self->task.point[p], state->runs, state->is_enough);
}

static nlc_error points_look(nlc_sweep_worker *self)
{
    uint32_t most = 0;
    for (uint32_t p = 0; p < self->task.num_points; p++)
        most = self->point[p].num > most ? self->point[p].num : most;
    double *values = malloc(((size_t)most + 1) * sizeof *values);
    nlc_error error = values ? NLC_OK : NLC_ERROR_MEMORY;
    pthread_mutex_lock(&self->shared->lock);
    for (uint32_t p = 0; p < self->task.num_points && error == NLC_OK; p++)
        error = point_look(self, p, values);
    pthread_mutex_unlock(&self->shared->lock);
    free(values);
    return error;
}

/* The round goes on to as many runs as the point seems to need, but at most doubles them. It looks at this point alone,
 * so that what is computed does not depend on those that share its task. */
static void round_plan(const nlc_sweep_options *options, nlc_sweep_state *state)
{
    const uint64_t done = (uint64_t)state->first + state->num, least = done + ROUND_UNIT, most = 2 * done;
    const uint32_t needed = nlc_precision_needed(options->precision, &state->moments);
    uint64_t wanted = needed == 0 || needed > most ? most : needed;
    wanted = wanted < least ? least : wanted;
    wanted = (wanted + ROUND_UNIT - 1) / ROUND_UNIT * ROUND_UNIT;
    wanted = wanted > options->most ? options->most : wanted;
    state->first = (uint32_t)done;
    state->num = (uint32_t)(wanted - done);
}

bool nlc_sweep_round_next(nlc_sweep_worker *self, nlc_error *error)
{
    bool more = false;
    *error = points_look(self);
    for (uint32_t p = 0; p < self->task.num_points && *error == NLC_OK; p++) {
        nlc_sweep_state *state = &self->point[p];
        if (!state->is_open)
            continue;
        more = true;
        round_plan(self->shared->options, state);
    }
    if (!more || !atomic_load(&self->shared->stop))
        return more;
    *error = NLC_ERROR_INTERRUPTED;
    return false;
}
