#include "campolongo.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double point_distance(const double *a, const double *b, uint32_t num_factors)
{
    double sum = 0;
    for (uint32_t f = 0; f < num_factors; f++)
        sum += (a[f] - b[f]) * (a[f] - b[f]);
    return sqrt(sum);
}

static double trajectory_distance(const nlc_trajectories *self, uint32_t m, uint32_t l)
{
    const size_t size = (size_t)self->num_points * self->num_factors;
    double sum = 0;
    for (uint32_t i = 0; i < self->num_points; i++)
        for (uint32_t k = 0; k < self->num_points; k++)
            sum += point_distance(self->points + m * size + (size_t)i * self->num_factors,
                                  self->points + l * size + (size_t)k * self->num_factors, self->num_factors);
    return sum;
}

void nlc_campolongo_distances(const nlc_trajectories *self, double *distance)
{
    const size_t num = self->num_trajectories;
    for (uint32_t m = 0; m < num; m++) {
        distance[m * num + m] = 0;
        for (uint32_t l = 0; l < m; l++)
            distance[m * num + l] = distance[l * num + m] = trajectory_distance(self, m, l);
    }
}

double nlc_campolongo_spread(const double *distance, uint32_t num, const uint32_t *chosen, uint32_t num_chosen)
{
    double sum = 0;
    for (uint32_t a = 0; a < num_chosen; a++)
        for (uint32_t b = 0; b < a; b++) {
            const double d = distance[(size_t)chosen[a] * num + chosen[b]];
            sum += d * d;
        }
    return sqrt(sum);
}

/* The number of sets, or infinity where it does not matter any more. */
static double num_sets(uint32_t num, uint32_t wanted)
{
    double sets = 1;
    for (uint32_t k = 1; k <= wanted && sets < 1e18; k++)
        sets *= (double)(num - wanted + k) / k;
    return sets;
}

/* What a member adds to those chosen before it. */
static double gain(const double *distance, uint32_t num, const uint32_t *chosen, uint32_t num_chosen, uint32_t candidate)
{
    double sum = 0;
    for (uint32_t k = 0; k < num_chosen; k++) {
        const double d = distance[(size_t)candidate * num + chosen[k]];
        sum += d * d;
    }
    return sum;
}

/* Every set once, in lexicographic order; sums[k] is that of the first k members. */
static void choose_exactly(const double *distance, uint32_t num, uint32_t wanted, uint32_t *best, double *sums, uint32_t *set)
{
    double most = -1;
    uint32_t depth = 0;
    set[0] = 0;
    sums[0] = 0;
    for (;;) {
        if (set[depth] > num - (wanted - depth)) {
            if (depth == 0)
                return;
            set[--depth]++;
            continue;
        }
        sums[depth + 1] = sums[depth] + gain(distance, num, set, depth, set[depth]);
        if (depth + 1 < wanted) {
            set[depth + 1] = set[depth] + 1;
            depth++;
            continue;
        }
        if (sums[wanted] > most) {
            most = sums[wanted];
            memcpy(best, set, wanted * sizeof *set);
        }
        set[depth]++;
    }
}

/* Leaves out the member that adds least, until `wanted` are left. */
static void thin(const double *distance, uint32_t num, uint32_t wanted, uint32_t *set)
{
    for (uint32_t i = 0; i < num; i++)
        set[i] = i;
    for (uint32_t left = num; left > wanted; left--) {
        uint32_t out = 0;
        double least = INFINITY;
        for (uint32_t k = 0; k < left; k++) {
            const double value = gain(distance, num, set, left, set[k]);
            if (value < least) {
                least = value;
                out = k;
            }
        }
        memmove(set + out, set + out + 1, (left - out - 1) * sizeof *set);
    }
}

static bool holds(const uint32_t *set, uint32_t num_set, uint32_t member)
{
    for (uint32_t k = 0; k < num_set; k++)
        if (set[k] == member)
            return true;
    return false;
}

/* Exchanges the one pair that gains most; false where none does. */
static bool exchange(const double *distance, uint32_t num, uint32_t wanted, uint32_t *set)
{
    uint32_t out = 0, in = 0;
    double most = 0;
    for (uint32_t k = 0; k < wanted; k++) {
        const double lost = gain(distance, num, set, wanted, set[k]);
        for (uint32_t i = 0; i < num; i++) {
            const double d = distance[(size_t)i * num + set[k]];
            const double won = gain(distance, num, set, wanted, i) - d * d - lost;
            if (won > most + 1e-12 * lost && !holds(set, wanted, i)) {
                most = won;
                out = k;
                in = i;
            }
        }
    }
    if (most > 0)
        set[out] = in;
    return most > 0;
}

static int compare(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

nlc_error nlc_campolongo_choose(const double *distance, uint32_t num, uint32_t wanted, uint32_t *chosen, double *spread)
{
    assert(wanted >= 1 && wanted <= num);
    uint32_t *set = malloc(((size_t)num + 1) * sizeof *set);
    double *sums = malloc(((size_t)wanted + 1) * sizeof *sums);
    const bool has_room = set && sums;
    if (has_room && num_sets(num, wanted) <= NLC_CAMPOLONGO_SETS)
        choose_exactly(distance, num, wanted, chosen, sums, set);
    else if (has_room) {
        thin(distance, num, wanted, set);
        while (exchange(distance, num, wanted, set))
            ;
        qsort(set, wanted, sizeof *set, compare);
        memcpy(chosen, set, wanted * sizeof *set);
    }
    if (has_room && spread)
        *spread = nlc_campolongo_spread(distance, num, chosen, wanted);
    free(set);
    free(sums);
    return has_room ? NLC_OK : NLC_ERROR_MEMORY;
}
