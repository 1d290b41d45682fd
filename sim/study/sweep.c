/* Threads that take tasks, run what is not there yet, and put it into the sink. */
#include "sweep_work.h"

#include <stdlib.h>

/* Frames kept at a time, beside the one that each thread works with; points that share one come close
 * together. */
enum { SPARE_FRAMES = 4 };

static void fail(nlc_sweep_work *self, nlc_error error)
{
    pthread_mutex_lock(&self->lock);
    if (self->error == NLC_OK)
        self->error = error;
    pthread_mutex_unlock(&self->lock);
    atomic_store(&self->stop, true);
}

/* ---- Tasks ------------------------------------------------------------------------------------- */

/* One round, or with a precision as many as the points need. */
static nlc_error task_do(nlc_sweep_worker *self)
{
    nlc_error error = nlc_sweep_points_take(self);
    for (bool more = true; more && error == NLC_OK;) {
        error = nlc_sweep_points_find(self);
        if (error == NLC_OK && self->slot->problem.length == 0)
            error = nlc_sweep_runs_make(self);
        more = error == NLC_OK && self->shared->options->precision && nlc_sweep_round_next(self, &error);
    }
    return error;
}

static void tell_progress(nlc_sweep_work *self)
{
    const nlc_sweep_options *options = self->options;
    pthread_mutex_lock(&self->lock);
    const uint64_t done = self->counts->computed + self->counts->found + self->counts->failed;
    const uint32_t total = done > self->total ? (uint32_t)done : self->total;
    if (options->progress && !options->progress(options->context, (uint32_t)done, total))
        atomic_store(&self->stop, true);
    pthread_mutex_unlock(&self->lock);
}

static bool task_take(nlc_sweep_worker *self, nlc_error *error)
{
    nlc_sweep_work *shared = self->shared;
    pthread_mutex_lock(&shared->lock);
    const bool is_there = nlc_tasks_next(&shared->tasks, &self->task);
    if (is_there)
        *error = nlc_sweep_frame_take(self);
    pthread_mutex_unlock(&shared->lock);
    return is_there;
}

static void task_give_back(nlc_sweep_worker *self)
{
    pthread_mutex_lock(&self->shared->lock);
    self->slot->users--;
    pthread_mutex_unlock(&self->shared->lock);
}

static nlc_error worker_init(nlc_sweep_worker *self)
{
    const size_t num = self->shared->study->num_factors;
    bool is_whole = true;
    self->task.values = malloc((NLC_MIXTURE_POINTS * num + 1) * sizeof *self->task.values);
    self->column = malloc((self->shared->options->num_columns + 1) * sizeof *self->column);
    for (uint32_t p = 0; p < NLC_MIXTURE_POINTS; p++) {
        self->point[p].setting = malloc((num + 1) * sizeof *self->point[p].setting);
        self->point[p].text = malloc((num + 1) * sizeof *self->point[p].text);
        is_whole = is_whole && self->point[p].setting && self->point[p].text;
    }
    return is_whole && self->task.values && self->column ? NLC_OK : NLC_ERROR_MEMORY;
}

static void worker_free(nlc_sweep_worker *self)
{
    for (uint32_t p = 0; p < NLC_MIXTURE_POINTS; p++) {
        nlc_variation_free(&self->point[p].variation);
        nlc_text_free(&self->point[p].problem);
        free(self->point[p].setting);
        free(self->point[p].text);
        free(self->point[p].found);
    }
    nlc_mixture_free(&self->mixture);
    nlc_outcomes_free(&self->outcomes);
    free(self->task.values);
    free(self->column);
    free(self->memory);
    free(self->runs);
    free(self->results);
    free(self->series);
}

static void *work_through(void *argument)
{
    nlc_sweep_worker *self = argument;
    nlc_sweep_work *shared = self->shared;
    nlc_error error = worker_init(self);
    while (error == NLC_OK && !atomic_load(&shared->stop) && task_take(self, &error)) {
        if (error == NLC_OK)
            error = task_do(self);
        task_give_back(self);
        tell_progress(shared);
    }
    if (error != NLC_OK && error != NLC_ERROR_INTERRUPTED)
        fail(shared, error);
    worker_free(self);
    return NULL;
}

static nlc_error run_threads(nlc_sweep_work *shared)
{
    uint32_t num = shared->num_threads, started = 0;
    nlc_sweep_worker *workers = calloc(num, sizeof *workers);
    pthread_t *threads = calloc(num, sizeof *threads);
    nlc_error error = NLC_ERROR_MEMORY;
    if (workers && threads) {
        for (uint32_t k = 0; k < num; k++)
            workers[k].shared = shared;
        while (started + 1 < num && pthread_create(&threads[started], NULL, work_through, &workers[started + 1]) == 0)
            started++;
        work_through(&workers[0]);
        for (uint32_t k = 0; k < started; k++)
            pthread_join(threads[k], NULL);
        error = shared->error != NLC_OK ? shared->error : atomic_load(&shared->stop) ? NLC_ERROR_INTERRUPTED : NLC_OK;
    }
    free(workers);
    free(threads);
    return error;
}

nlc_error nlc_sweep_run(const nlc_study *study, const nlc_sink *sink, const nlc_sweep_options *options, nlc_sweep_counts *counts)
{
    nlc_sweep_work shared = {.study = study, .sink = sink, .options = options, .counts = counts};
    shared.num_threads = options->threads > 0 ? options->threads : 1;
    shared.num_frames = shared.num_threads + SPARE_FRAMES;
    shared.frame = calloc(shared.num_frames, sizeof *shared.frame);
    *counts = (nlc_sweep_counts){0};
    if (pthread_mutex_init(&shared.lock, NULL) != 0)
        return NLC_ERROR_MEMORY;
    nlc_error error = nlc_tasks_init(&shared.tasks, study, options);
    if (!shared.frame)
        error = NLC_ERROR_MEMORY;
    if (error == NLC_OK) {
        shared.total = (uint32_t)(shared.tasks.design.num_points * study->replicates / shared.tasks.num_shards);
        error = run_threads(&shared);
    }
    for (uint32_t k = 0; k < shared.num_frames && shared.frame; k++)
        nlc_sweep_frame_free(&shared.frame[k]);
    free(shared.frame);
    nlc_tasks_free(&shared.tasks);
    pthread_mutex_destroy(&shared.lock);
    return error;
}
