/* A table of forecast tasks, with the adoptions beside it, made into series of counts. */
#ifndef NLC_CLI_FORECAST_TASKS_H
#define NLC_CLI_FORECAST_TASKS_H

#include "forecast.h"
#include "problems.h"
#include "store.h"

/* A row of TASKS. */
typedef struct {
    const char *protocol, *series, *dataset, *half; /* in the arena */
    uint32_t num_places, num_train, num_test, train_count, final_count;
    nlc_where where;
} cli_task;

/* An adoption, or a place that never adopts (period 0). */
typedef struct {
    const char *series; /* in the arena: DATASET/COMMUNITY, or the policy */
    int32_t period;
} cli_adoption;

/* Zeroed to begin with. */
typedef struct {
    const char *path; /* borrowed: of the table */
    nlc_problems problems;
    nlc_arena arena;
    cli_task *tasks; /* [num_tasks], owned */
    uint32_t num_tasks;
    size_t task_capacity;
    cli_adoption *adoptions; /* [num_adoptions], owned */
    uint32_t num_adoptions;
    size_t adoption_capacity;
    nlc_words groups, files, datasets; /* "DATASET, protocol P"; names of data files that have been read; datasets */
    nlc_series *series;                /* [num_tasks], owned */
    uint32_t *counts;                  /* owned: of all series */
} cli_tasks;

/* NLC_ERROR_INPUT with the problems added; NLC_ERROR_MEMORY. Free it in any case. */
nlc_error cli_tasks_read(cli_tasks *self, const char *path);
void cli_tasks_free(cli_tasks *self);

#endif
