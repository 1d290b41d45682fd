/* Threads that take tasks, run what is not there yet, and put it into the sink. */
#include "sweep.h"

#include "tasks.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Frames kept at a time, beside the one that each thread works with; points that share one come close
 * together. */
enum { SPARE_FRAMES = 4, MOST_LANES = 16 };

typedef struct {
    double *values; /* [num_factors], owned: of the point that it was made for; NULL for an empty slot */
    nlc_frame frame;
    nlc_text problem; /* why it could not be made; empty where it could */
    uint32_t users;
    uint64_t used; /* when last */
} frame_slot;

typedef struct {
    const nlc_study *study;
    const nlc_sink *sink;
    const nlc_sweep_options *options;
    nlc_sweep_counts *counts;
    pthread_mutex_t lock; /* of tasks, sink, counts and frames */
    nlc_tasks tasks;
    frame_slot *frame; /* [num_frames], owned */
    uint32_t num_threads, num_frames;
    uint64_t clock;
    uint32_t total;
    atomic_bool stop;
    nlc_error error;
} work;

/* One design point of the task at hand. */
typedef struct {
    nlc_variation variation;
    nlc_settings settings;
    nlc_setting *setting; /* [num_factors + 1], owned */
    nlc_study_text *text; /* [num_factors], owned */
    nlc_text problem;     /* owned */
    int64_t input;
    bool *found;               /* [replicates of the task], owned */
    bool is_good, is_repeated; /* repeated: another point of the task has the same input */
} point_state;

typedef struct {
    uint32_t point, replicate; /* of the task; of the study */
} run;

typedef struct {
    work *shared;
    nlc_task task;
    frame_slot *slot;
    point_state point[NLC_MIXTURE_POINTS];
    nlc_mixture mixture;
    uint32_t in_mixture[NLC_MIXTURE_POINTS]; /* point of the task to point of the mixture */
    nlc_outcomes outcomes;
    uint32_t *column; /* [num_columns], owned: into outcomes, or NLC_NONE */
    void *memory;     /* owned, of the batch */
    size_t memory_size;
    nlc_batch *batch;
    run *runs;       /* [num_runs], owned: in the order in which they are run */
    double *results; /* [num_runs][num_columns], owned */
    double *series;  /* [num_runs][num_months][num_measures], owned; NULL without options.series */
    uint32_t num_runs, capacity;
} worker;

static void fail(work *self, nlc_error error)
{
    pthread_mutex_lock(&self->lock);
    if (self->error == NLC_OK)
        self->error = error;
    pthread_mutex_unlock(&self->lock);
    atomic_store(&self->stop, true);
}

/* ---- Frames ------------------------------------------------------------------------------------ */

static void slot_free(frame_slot *self)
{
    free(self->values);
    nlc_frame_free(&self->frame);
    nlc_text_free(&self->problem);
    *self = (frame_slot){0};
}

/* The settings of a point that make its frame. */
static nlc_settings frame_settings(const nlc_study *study, const double *values, point_state *state, nlc_setting *kept)
{
    const nlc_scenario *scenario = &study->variant[nlc_study_variant(study, values)].scenario;
    const nlc_settings all = nlc_study_settings(study, values, state->setting, state->text);
    nlc_settings settings = {kept, 0};
    for (uint32_t k = 0; k < all.num; k++)
        if (nlc_setting_makes_frames(&all.setting[k], scenario, study->waves_vary))
            kept[settings.num++] = all.setting[k];
    return settings;
}

static nlc_error slot_make(const nlc_study *study, const double *values, point_state *state, frame_slot *slot)
{
    const size_t num = study->num_factors;
    nlc_problems problems = {0};
    nlc_setting *kept = malloc((num + 1) * sizeof *kept);
    slot->values = malloc((num + 1) * sizeof *slot->values);
    nlc_error error = NLC_ERROR_MEMORY;
    if (kept && slot->values) {
        memcpy(slot->values, values, num * sizeof *values);
        const nlc_settings settings = frame_settings(study, values, state, kept);
        error = nlc_frame_init(&slot->frame, &study->variant[nlc_study_variant(study, values)].scenario, &settings, &problems);
    }
    if (error == NLC_ERROR_INPUT)
        error = nlc_problems_write(&problems, &slot->problem);
    nlc_text_free(&slot->frame.text);
    nlc_problems_free(&problems);
    free(kept);
    return error;
}

static frame_slot *slot_to_use(work *self)
{
    frame_slot *oldest = NULL;
    for (uint32_t k = 0; k < self->num_frames; k++)
        if (self->frame[k].users == 0 && (!oldest || self->frame[k].used < oldest->used))
            oldest = &self->frame[k];
    return oldest;
}

/* The frame of the task's points, made where it is not there yet. Called with the lock held. */
static nlc_error frame_take(worker *self)
{
    work *shared = self->shared;
    self->slot = NULL;
    for (uint32_t k = 0; k < shared->num_frames && !self->slot; k++)
        if (shared->frame[k].values && nlc_tasks_same_frame(shared->study, self->task.values, shared->frame[k].values))
            self->slot = &shared->frame[k];
    nlc_error error = NLC_OK;
    if (!self->slot) {
        self->slot = slot_to_use(shared);
        slot_free(self->slot);
        error = slot_make(shared->study, self->task.values, &self->point[0], self->slot);
    }
    self->slot->users++;
    self->slot->used = ++shared->clock;
    return error;
}

/* ---- Points ------------------------------------------------------------------------------------ */

static nlc_error point_resolve(worker *self, uint32_t p)
{
    const nlc_study *study = self->shared->study;
    point_state *state = &self->point[p];
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

/* Tells the sink of a point and asks it for its runs. Called with the lock held. */
static nlc_error point_ask(worker *self, uint32_t p)
{
    work *shared = self->shared;
    const nlc_study *study = shared->study;
    point_state *state = &self->point[p];
    const double *values = self->task.values + (size_t)p * study->num_factors;
    state->is_good = state->problem.length == 0;
    const nlc_sweep_point point = {.point = self->task.point[p],
                                   .block = self->task.point[p] / shared->tasks.design.block_size,
                                   .values = values,
                                   .settings = &state->settings,
                                   .model = study->variant[nlc_study_variant(study, values)].scenario.model,
                                   .hash = state->is_good ? state->variation.hash : NULL,
                                   .problem = state->is_good ? NULL : state->problem.data};
    nlc_error error = shared->sink->point(shared->sink->context, &point, &state->input);
    state->is_repeated = false;
    for (uint32_t q = 0; q < p; q++)
        state->is_repeated =
            state->is_repeated || (state->is_good && self->point[q].is_good && self->point[q].input == state->input);
    if (!state->is_good || error != NLC_OK)
        return error;
    error = shared->sink->find(shared->sink->context, state->input, self->task.first, self->task.num, state->found);
    for (uint32_t r = 0; r < self->task.num && state->is_repeated; r++)
        state->found[r] = true;
    return error;
}

static nlc_error points_ask(worker *self)
{
    work *shared = self->shared;
    nlc_error error = NLC_OK;
    pthread_mutex_lock(&shared->lock);
    for (uint32_t p = 0; p < self->task.num_points && error == NLC_OK; p++) {
        error = point_ask(self, p);
        shared->counts->runs += self->task.num;
        shared->counts->failed += self->point[p].is_good ? 0 : self->task.num;
        shared->counts->failed_points += !self->point[p].is_good && self->task.first == 0;
        for (uint32_t r = 0; r < self->task.num && self->point[p].is_good; r++)
            shared->counts->found += self->point[p].found[r];
    }
    pthread_mutex_unlock(&shared->lock);
    return error;
}

/* ---- Runs -------------------------------------------------------------------------------------- */

/* Lists what is to be run, draw by draw, so that lanes fill up with any of the points. */
static nlc_error runs_list(worker *self)
{
    const uint32_t num_draws = self->slot->frame.resolved.num_draws, most = self->task.num_points * self->task.num;
    self->num_runs = 0;
    if (most > self->capacity) {
        free(self->runs);
        self->runs = malloc(most * sizeof *self->runs);
        self->capacity = self->runs ? most : 0;
    }
    if (!self->runs)
        return NLC_ERROR_MEMORY;
    for (uint32_t d = 0; d < num_draws; d++)
        for (uint32_t p = 0; p < self->task.num_points; p++)
            for (uint32_t r = (d + num_draws - self->task.first % num_draws) % num_draws; r < self->task.num; r += num_draws)
                if (self->point[p].is_good && !self->point[p].found[r])
                    self->runs[self->num_runs++] = (run){p, self->task.first + r};
    return NLC_OK;
}

static nlc_error mixture_make(worker *self)
{
    const nlc_variation *variations[NLC_MIXTURE_POINTS];
    uint32_t num = 0;
    for (uint32_t p = 0; p < self->task.num_points; p++) {
        if (!self->point[p].is_good || self->point[p].is_repeated)
            continue;
        self->in_mixture[p] = num;
        variations[num++] = &self->point[p].variation;
    }
    nlc_mixture_free(&self->mixture);
    return nlc_mixture_init(&self->mixture, &self->slot->frame, variations, num);
}

static nlc_error room_make(worker *self, const nlc_kernel *kernel)
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
static nlc_error columns_find(worker *self, const nlc_kernel *kernel)
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

static void results_keep(worker *self, uint32_t first, uint32_t num)
{
    const uint32_t num_columns = self->shared->options->num_columns;
    for (uint32_t l = 0; l < num; l++)
        for (uint32_t k = 0; k < num_columns; k++)
            self->results[(size_t)(first + l) * num_columns + k] =
                self->column[k] == NLC_NONE ? (double)NAN : nlc_outcomes_value(&self->outcomes, self->column[k], l);
}

static void series_keep(worker *self, const nlc_lane *lanes, uint32_t first, uint32_t num, uint32_t month)
{
    const nlc_resolved *scenario = &self->mixture.resolved;
    const size_t num_measures = scenario->model->num_measures;
    for (uint32_t l = 0; l < num && self->series; l++)
        nlc_outcomes_measures(&self->outcomes, &lanes[l], l,
                              self->series + ((size_t)(first + l) * scenario->num_months + month - 1) * num_measures);
}

/* Runs `num` runs of one draw, from `first` in the list. False where the study is to stop. */
static bool batch_run(worker *self, uint32_t first, uint32_t num)
{
    const nlc_resolved *scenario = &self->mixture.resolved;
    nlc_lane lanes[MOST_LANES];
    for (uint32_t l = 0; l < num; l++) {
        const run *run = &self->runs[first + l];
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

static bool batches_run(worker *self, const nlc_kernel *kernel)
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

static nlc_error results_put(worker *self)
{
    work *shared = self->shared;
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

/* ---- Tasks ------------------------------------------------------------------------------------- */

static nlc_error task_run(worker *self)
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

static nlc_error task_do(worker *self)
{
    nlc_error error = NLC_OK;
    for (uint32_t p = 0; p < self->task.num_points && error == NLC_OK; p++) {
        free(self->point[p].found);
        self->point[p].found = calloc((size_t)self->task.num + 1, sizeof *self->point[p].found);
        error = self->point[p].found ? point_resolve(self, p) : NLC_ERROR_MEMORY;
    }
    if (error == NLC_OK)
        error = points_ask(self);
    if (error == NLC_OK && self->slot->problem.length == 0)
        error = task_run(self);
    return error;
}

static void tell_progress(work *self)
{
    const nlc_sweep_options *options = self->options;
    pthread_mutex_lock(&self->lock);
    const uint64_t done = self->counts->computed + self->counts->found + self->counts->failed;
    const uint32_t total = done > self->total ? (uint32_t)done : self->total;
    if (options->progress && !options->progress(options->context, (uint32_t)done, total))
        atomic_store(&self->stop, true);
    pthread_mutex_unlock(&self->lock);
}

static bool task_take(worker *self, nlc_error *error)
{
    work *shared = self->shared;
    pthread_mutex_lock(&shared->lock);
    const bool is_there = nlc_tasks_next(&shared->tasks, &self->task);
    if (is_there)
        *error = frame_take(self);
    pthread_mutex_unlock(&shared->lock);
    return is_there;
}

static void task_give_back(worker *self)
{
    pthread_mutex_lock(&self->shared->lock);
    self->slot->users--;
    pthread_mutex_unlock(&self->shared->lock);
}

static nlc_error worker_init(worker *self)
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

static void worker_free(worker *self)
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
    worker *self = argument;
    work *shared = self->shared;
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

static nlc_error run_threads(work *shared)
{
    uint32_t num = shared->num_threads, started = 0;
    worker *workers = calloc(num, sizeof *workers);
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
    work shared = {.study = study, .sink = sink, .options = options, .counts = counts};
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
        slot_free(&shared.frame[k]);
    free(shared.frame);
    nlc_tasks_free(&shared.tasks);
    pthread_mutex_destroy(&shared.lock);
    return error;
}
