/* What the files of the sweep share: the work of all threads, and that of one. Private to sweep*.c. */
#ifndef NLC_STUDY_SWEEP_WORK_H
#define NLC_STUDY_SWEEP_WORK_H

#include "sweep.h"
#include "tasks.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct {
    double *values; /* [num_factors], owned: of the point that it was made for; NULL for an empty slot */
    nlc_frame frame;
    nlc_text problem; /* why it could not be made; empty where it could */
    uint32_t users;
    uint64_t used; /* when last */
} nlc_sweep_frame;

typedef struct {
    const nlc_study *study;
    const nlc_sink *sink;
    const nlc_sweep_options *options;
    nlc_sweep_counts *counts;
    pthread_mutex_t lock; /* of tasks, sink, counts and frames */
    nlc_tasks tasks;
    nlc_sweep_frame *frame; /* [num_frames], owned */
    uint32_t num_threads, num_frames;
    uint64_t clock;
    uint32_t total;
    atomic_bool stop;
    nlc_error error;
} nlc_sweep_work;

/* One design point of the task at hand. */
typedef struct {
    nlc_variation variation;
    nlc_settings settings;
    nlc_setting *setting; /* [num_factors + 1], owned */
    nlc_study_text *text; /* [num_factors], owned */
    nlc_text problem;     /* owned */
    int64_t input;
    uint32_t first, num; /* replicates: those of the task, and with options.precision of the point's round */
    bool *found;         /* [num], owned */
    bool is_good;
    uint32_t like; /* the first point of the task with the same input; itself where there is none before it */
    /* With options.precision: whether it needs more runs, and what is known of it until now. */
    bool is_open, is_enough;
    uint32_t runs;
    nlc_moments moments;
} nlc_sweep_state;

typedef struct {
    uint32_t point, replicate; /* of the task; of the study */
} nlc_sweep_one_run;

/* A thread. */
typedef struct {
    nlc_sweep_work *shared;
    nlc_task task;
    nlc_sweep_frame *slot;
    nlc_sweep_state point[NLC_MIXTURE_POINTS];
    nlc_mixture mixture;
    uint32_t in_mixture[NLC_MIXTURE_POINTS]; /* point of the task to point of the mixture */
    nlc_outcomes outcomes;
    uint32_t *column; /* [num_columns], owned: into outcomes, or NLC_NONE */
    void *memory;     /* owned, of the batch */
    size_t memory_size;
    nlc_batch *batch;
    nlc_sweep_one_run *runs; /* [num_runs], owned: in the order in which they are run */
    double *results;         /* [num_runs][num_columns], owned */
    double *series;          /* [num_runs][num_months][num_measures], owned; NULL without options.series */
    uint32_t num_runs, capacity;
} nlc_sweep_worker;

/* The frame of the task's points, made where it is not there yet. Called with the lock held. */
nlc_error nlc_sweep_frame_take(nlc_sweep_worker *self);
void nlc_sweep_frame_free(nlc_sweep_frame *self);

/* Resolves the points of the task and tells the sink of them; asks it for the runs of a round. */
nlc_error nlc_sweep_points_take(nlc_sweep_worker *self);
nlc_error nlc_sweep_points_find(nlc_sweep_worker *self);

/* Runs what has not been found, and puts it. */
nlc_error nlc_sweep_runs_make(nlc_sweep_worker *self);

/* With options.precision: looks at the runs of a round, which the sink has, and prepares the next one. False where
 * there is none, since every point has come to an end. */
bool nlc_sweep_round_next(nlc_sweep_worker *self, nlc_error *error);

#endif
