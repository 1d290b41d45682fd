#include "trajectories.h"

#include "campolongo.h"
#include "draw.h"

#include <math.h>
#include <stdlib.h>

enum { JUMP = NLC_TRAJECTORY_STEPS / 2, LARGEST = NLC_TRAJECTORY_STEPS - 1 };

nlc_trajectory_move nlc_trajectory_move_of(const nlc_study *study, uint64_t trajectory, uint32_t factor)
{
    const uint64_t key = nlc_mix(study->seed ^ (trajectory + 1));
    return (nlc_trajectory_move){
        .start = nlc_draw_bits(study->seed, NLC_DRAW_START, factor, trajectory) % NLC_TRAJECTORY_STEPS,
        .turn = (uint32_t)nlc_draw_permuted(key, 0, factor, study->num_factors),
    };
}

uint32_t nlc_trajectory_at(nlc_trajectory_move move, uint32_t num_moved)
{
    if (move.turn >= num_moved)
        return move.start;
    return move.start < JUMP ? move.start + JUMP : move.start - JUMP;
}

/* ---- Distances --------------------------------------------------------------------------------- */

/* Of each factor where it begins, where it ends and its turn; and the factor of each turn. */
typedef struct {
    uint32_t *start, *end, *turn, *factor; /* [num_factors] */
} path;
enum { PATH_LISTS = 4 };

typedef struct {
    uint32_t num_factors;
    uint32_t *cells;  /* [num][PATH_LISTS][num_factors], owned: the paths */
    uint32_t *change; /* [num_factors], owned: what a move of the second of two adds to the squared distance, modulo 2^32 */
    double *root;     /* [largest squared distance + 1], owned: square roots, in parts of the range */
    double *distance; /* [num][num], owned */
} measuring;

static path path_of(const measuring *self, uint32_t trajectory)
{
    const size_t num = self->num_factors;
    uint32_t *cells = self->cells + PATH_LISTS * num * trajectory;
    return (path){cells, cells + num, cells + 2 * num, cells + 3 * num};
}

static uint32_t squared(uint32_t a, uint32_t b)
{
    return (a - b) * (a - b);
}

/* The sum over the points of the second trajectory of their distance from a point: one factor moves from
 * each to the next, so the squared distance, a whole number of steps, follows from the one before. */
static double sum_along(const measuring *self, uint32_t square)
{
    double sum = self->root[square];
    for (uint32_t t = 0; t < self->num_factors; t++) {
        square += self->change[t];
        sum += self->root[square];
    }
    return sum;
}

static double distance_of(const measuring *self, const path *one, const path *other)
{
    uint32_t square = 0;
    for (uint32_t k = 0; k < self->num_factors; k++) {
        square += squared(one->start[k], other->start[k]);
        self->change[other->turn[k]] = squared(one->start[k], other->end[k]) - squared(one->start[k], other->start[k]);
    }
    double sum = sum_along(self, square);
    for (uint32_t t = 0; t < self->num_factors; t++) {
        const uint32_t k = one->factor[t];
        square += squared(one->end[k], other->start[k]) - squared(one->start[k], other->start[k]);
        self->change[other->turn[k]] = squared(one->end[k], other->end[k]) - squared(one->end[k], other->start[k]);
        sum += sum_along(self, square);
    }
    return sum;
}

static void paths_draw(const measuring *self, const nlc_study *study, uint32_t num)
{
    for (uint32_t m = 0; m < num; m++) {
        const path path = path_of(self, m);
        for (uint32_t k = 0; k < study->num_factors; k++) {
            const nlc_trajectory_move move = nlc_trajectory_move_of(study, m, k);
            path.start[k] = move.start;
            path.end[k] = nlc_trajectory_at(move, study->num_factors);
            path.turn[k] = move.turn;
            path.factor[move.turn] = k;
        }
    }
}

static void distances_fill(const measuring *self, uint32_t num)
{
    for (uint32_t square = 0; square <= LARGEST * LARGEST * self->num_factors; square++)
        self->root[square] = sqrt(square) / LARGEST;
    for (uint32_t m = 0; m < num; m++) {
        const path one = path_of(self, m);
        self->distance[(size_t)m * num + m] = 0;
        for (uint32_t l = 0; l < m; l++) {
            const path other = path_of(self, l);
            self->distance[(size_t)m * num + l] = self->distance[(size_t)l * num + m] = distance_of(self, &one, &other);
        }
    }
}

nlc_error nlc_trajectories_choose(const nlc_study *study, uint32_t *chosen)
{
    const uint32_t num = (uint32_t)study->candidates;
    measuring self = {.num_factors = study->num_factors};
    self.cells = malloc((PATH_LISTS * (size_t)num * study->num_factors + 1) * sizeof *self.cells);
    self.change = malloc((study->num_factors + (size_t)1) * sizeof *self.change);
    self.root = malloc(((size_t)LARGEST * LARGEST * study->num_factors + 1) * sizeof *self.root);
    self.distance = malloc(((size_t)num * num + 1) * sizeof *self.distance);
    nlc_error error = self.cells && self.change && self.root && self.distance ? NLC_OK : NLC_ERROR_MEMORY;
    if (error == NLC_OK) {
        paths_draw(&self, study, num);
        distances_fill(&self, num);
        error = nlc_campolongo_choose(self.distance, num, (uint32_t)study->points, chosen, NULL);
    }
    free(self.cells);
    free(self.change);
    free(self.root);
    free(self.distance);
    return error;
}
