#include "tasks.h"

#include <stdlib.h>
#include <string.h>

/* Points of one frame may stand apart in a design; so many are looked at together. */
enum { WINDOW = 1024, RUNS_OF_BLOCK = 128, BLOCK_UNIT = 8, TASKS_OF_THREAD = 8, GROUPS_OF_SHARD = 4 };

/* Places times months times runs of a task: well under a second of work, and enough of it to be worth
 * resolving its points. */
#define STEPS_OF_TASK  3e7
#define MONTHS_GUESSED 120.0

/* A point that is run until enough is known of it stays with one thread, so a small design is cut small. */
static uint32_t points_of_sequence(const nlc_tasks *self)
{
    const uint64_t parts = (uint64_t)GROUPS_OF_SHARD * self->num_shards * self->threads;
    const uint64_t points = self->design.num_points / parts;
    return points < 1 ? 1 : points > NLC_MIXTURE_POINTS ? NLC_MIXTURE_POINTS : (uint32_t)points;
}

nlc_error nlc_tasks_init(nlc_tasks *self, const nlc_study *study, const nlc_sweep_options *options)
{
    *self = (nlc_tasks){.study = study,
                        .threads = options->threads > 0 ? options->threads : 1,
                        .shard = options->shard,
                        .num_shards = options->num_shards > 0 ? options->num_shards : 1,
                        .values = malloc((size_t)WINDOW * study->num_factors * sizeof(double)),
                        .order = malloc(WINDOW * sizeof(uint32_t)),
                        .first_of_group = malloc((WINDOW + 1) * sizeof(uint32_t)),
                        .leader = malloc(WINDOW * sizeof(uint32_t))};
    self->is_sequential = options->precision != NULL;
    const nlc_error error = nlc_design_init(&self->design, study);
    self->most_in_group = self->is_sequential ? points_of_sequence(self) : NLC_MIXTURE_POINTS;
    return self->values && self->order && self->first_of_group && self->leader ? error : NLC_ERROR_MEMORY;
}

void nlc_tasks_free(nlc_tasks *self)
{
    nlc_design_free(&self->design);
    free(self->values);
    free(self->order);
    free(self->first_of_group);
    free(self->leader);
}

/* ---- Groups ------------------------------------------------------------------------------------ */

bool nlc_tasks_same_frame(const nlc_study *study, const double *values, const double *other)
{
    const nlc_variant *variant = &study->variant[nlc_study_variant(study, values)];
    for (uint32_t k = 0; k < study->num_factors; k++) {
        const bool makes_frame = !nlc_factor_is_setting(&study->factor[k]) ||
                                 nlc_setting_makes_frames(&variant->setting[k], &variant->scenario, study->waves_vary);
        if (makes_frame && memcmp(&values[k], &other[k], sizeof values[k]) != 0)
            return false;
    }
    return true;
}

static void find_leader(nlc_tasks *self, uint32_t i, uint32_t *leaders, uint32_t *num_leaders)
{
    const size_t num = self->study->num_factors;
    for (uint32_t k = 0; k < *num_leaders; k++) {
        if (nlc_tasks_same_frame(self->study, self->values + i * num, self->values + leaders[k] * num)) {
            self->leader[i] = leaders[k];
            return;
        }
    }
    self->leader[i] = i;
    leaders[(*num_leaders)++] = i;
}

/* Points in the order of their frames, cut into groups of one frame each. */
static void group_window(nlc_tasks *self, const uint32_t *leaders, uint32_t num_leaders)
{
    uint32_t at = 0;
    self->num_groups = 0;
    for (uint32_t k = 0; k < num_leaders; k++) {
        uint32_t in_group = self->most_in_group;
        for (uint32_t i = leaders[k]; i < self->num_window; i++) {
            if (self->leader[i] != leaders[k])
                continue;
            if (in_group == self->most_in_group) {
                self->first_of_group[self->num_groups++] = at;
                in_group = 0;
            }
            self->order[at++] = i;
            in_group++;
        }
    }
    self->first_of_group[self->num_groups] = at;
}

static bool next_window(nlc_tasks *self)
{
    uint32_t leaders[WINDOW], num_leaders = 0;
    self->window += self->num_window;
    self->group_before += self->num_groups;
    self->group = self->block = 0;
    self->num_window = self->num_groups = 0;
    if (self->window >= self->design.num_points)
        return false;
    const uint64_t left = self->design.num_points - self->window;
    self->num_window = left < WINDOW ? (uint32_t)left : WINDOW;
    for (uint32_t i = 0; i < self->num_window; i++) {
        nlc_design_point(&self->design, self->window + i, self->values + (size_t)i * self->study->num_factors);
        find_leader(self, i, leaders, &num_leaders);
    }
    group_window(self, leaders, num_leaders);
    return true;
}

/* ---- Tasks ------------------------------------------------------------------------------------- */

/* Replicates of a block: together with the points they fill the lanes of every draw of a usual
 * scenario. */
static uint32_t block_of(uint32_t num_points)
{
    return (RUNS_OF_BLOCK / num_points + BLOCK_UNIT - 1) / BLOCK_UNIT * BLOCK_UNIT;
}

/* Shards share out whole groups where there are enough of them, since each of them resolves its points,
 * and else blocks of replicates. */
static bool shares_groups(const nlc_tasks *self)
{
    return self->is_sequential || self->design.num_points / NLC_MIXTURE_POINTS >= (uint64_t)GROUPS_OF_SHARD * self->num_shards;
}

static bool is_mine(const nlc_tasks *self, uint32_t num_blocks)
{
    const uint64_t group = self->group_before + self->group;
    const uint64_t unit = shares_groups(self) ? group : group * num_blocks + self->block;
    return self->num_shards == 1 || unit % self->num_shards == self->shard;
}

/* Blocks that make a task of a fitting size. */
static uint32_t blocks_of_task(const nlc_tasks *self, uint32_t num_points, uint32_t size)
{
    const nlc_study *study = self->study;
    const size_t first = (size_t)self->order[self->first_of_group[self->group]] * study->num_factors;
    const uint32_t places = study->variant[nlc_study_variant(study, self->values + first)].scenario.num_places;
    const double runs = (double)num_points * size;
    const double by_size = STEPS_OF_TASK / (runs * places * MONTHS_GUESSED);
    const double by_share = (double)self->design.num_points * study->replicates / (runs * self->threads * TASKS_OF_THREAD);
    const double most = by_size < by_share ? by_size : by_share;
    if (self->num_shards > 1 && !shares_groups(self))
        return 1;
    return most < 1.0 ? 1 : most > 1e6 ? 1000000 : (uint32_t)most;
}

static void fill_task(nlc_tasks *self, nlc_task *task, uint32_t size)
{
    const size_t num = self->study->num_factors;
    const uint32_t first = self->first_of_group[self->group], replicates = self->study->replicates;
    for (uint32_t p = 0; p < task->num_points; p++) {
        const uint32_t i = self->order[first + p];
        task->point[p] = self->window + i;
        memcpy(task->values + p * num, self->values + i * num, num * sizeof *task->values);
    }
    const uint32_t blocks = blocks_of_task(self, task->num_points, size);
    task->first = self->block * size;
    const uint64_t end = task->first + (uint64_t)blocks * size;
    task->num = (end < replicates ? (uint32_t)end : replicates) - task->first;
    self->block += blocks;
}

bool nlc_tasks_next(nlc_tasks *self, nlc_task *task)
{
    for (;;) {
        if (self->group >= self->num_groups && !next_window(self))
            return false;
        task->num_points = self->first_of_group[self->group + 1] - self->first_of_group[self->group];
        const uint32_t size = self->is_sequential ? self->study->replicates : block_of(task->num_points);
        const uint32_t num_blocks = (self->study->replicates + size - 1) / size;
        for (; self->block < num_blocks; self->block++) {
            if (is_mine(self, num_blocks)) {
                fill_task(self, task, size);
                return true;
            }
        }
        self->group++;
        self->block = 0;
    }
}
