/* What a study's threads take from each other: groups of design points that share a network, with a
 * range of replicates. Private to sweep.c. */
#ifndef NLC_STUDY_TASKS_H
#define NLC_STUDY_TASKS_H

#include "mixture.h"
#include "sweep.h"

typedef struct {
    uint32_t num_points;
    uint64_t point[NLC_MIXTURE_POINTS];
    double *values;      /* [NLC_MIXTURE_POINTS][num_factors], owned by who takes the task */
    uint32_t first, num; /* replicates */
} nlc_task;

/* Deals out tasks in a fixed order; the caller locks. */
typedef struct {
    const nlc_study *study; /* borrowed */
    nlc_design design;
    uint32_t threads, shard, num_shards;
    uint32_t most_in_group;                 /* points */
    bool is_sequential;                     /* a task begins with the fewest runs of its points, and goes on by itself */
    uint64_t window;                        /* number of its first point */
    uint32_t num_window, num_groups, group; /* of the window; the group to be dealt next */
    uint64_t group_before;                  /* groups of the windows before */
    uint32_t block;                         /* of the group to be dealt next */
    double *values;                         /* [window][num_factors], owned */
    uint32_t *order;                        /* [window], owned: points by frame */
    uint32_t *first_of_group;               /* [window + 1], owned: into order */
    uint32_t *leader;                       /* [window], owned: the first point with the same frame */
} nlc_tasks;

nlc_error nlc_tasks_init(nlc_tasks *self, const nlc_study *study, const nlc_sweep_options *options);
void nlc_tasks_free(nlc_tasks *self);

/* False when there is none left. task->values must have room. */
bool nlc_tasks_next(nlc_tasks *self, nlc_task *task);

/* True where two points have the same frame. */
bool nlc_tasks_same_frame(const nlc_study *study, const double *values, const double *other);

#endif
