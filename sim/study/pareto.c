#include "pareto.h"

#include <stdlib.h>
#include <string.h>

static bool dominates_or_equals(const double *a, const double *b, uint32_t num)
{
    for (uint32_t k = 0; k < num; k++)
        if (a[k] > b[k])
            return false;
    return true;
}

static bool is_dominated(const nlc_front *self, uint32_t i)
{
    const uint32_t m = self->num_objectives;
    const double *own = self->points + (size_t)i * m;
    for (uint32_t k = 0; k < self->num_points; k++) {
        const double *other = self->points + (size_t)k * m;
        if (k != i && dominates_or_equals(other, own, m) && (k < i || !dominates_or_equals(own, other, m)))
            return true;
    }
    return false;
}

void nlc_pareto_mark(const nlc_front *points, bool *is_front)
{
    for (uint32_t i = 0; i < points->num_points; i++)
        is_front[i] = !is_dominated(points, i);
}

/* What the recursion shares. */
typedef struct {
    uint32_t num_objectives;
    const double *reference;
    bool failed;
} volume_of;

static double box(const volume_of *self, const double *point)
{
    double volume = 1;
    for (uint32_t k = 0; k < self->num_objectives; k++)
        volume *= self->reference[k] - point[k];
    return volume;
}

/* Keeps the points that no other dominates. */
static uint32_t thin(const volume_of *self, double *points, uint32_t num)
{
    const uint32_t m = self->num_objectives;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < num; i++) {
        const double *own = points + (size_t)i * m;
        uint32_t left = 0;
        bool is_kept = true;
        for (uint32_t k = 0; k < kept && is_kept; k++)
            is_kept = !dominates_or_equals(points + (size_t)k * m, own, m);
        if (!is_kept)
            continue;
        for (uint32_t k = 0; k < kept; k++)
            if (!dominates_or_equals(own, points + (size_t)k * m, m))
                memmove(points + (size_t)left++ * m, points + (size_t)k * m, m * sizeof *points);
        memmove(points + (size_t)left * m, own, m * sizeof *points);
        kept = left + 1;
    }
    return kept;
}

static int compare(const void *left, const void *right)
{
    const double *a = left, *b = right;
    if (a[0] != b[0])
        return a[0] < b[0] ? -1 : 1;
    return (a[1] > b[1]) - (a[1] < b[1]);
}

/* From left to right every point adds a rectangle as high as the part below the points before it. */
static double sweep(const volume_of *self, double *points, uint32_t num)
{
    double volume = 0, lowest = self->reference[1];
    qsort(points, num, 2 * sizeof *points, compare);
    for (uint32_t i = 0; i < num; i++) {
        if (points[2 * i + 1] >= lowest)
            continue;
        volume += (self->reference[0] - points[2 * i]) * (lowest - points[2 * i + 1]);
        lowest = points[2 * i + 1];
    }
    return volume;
}

/* A point adds its box less what the points behind it, cut off to lie within the box, dominate. */
static double volume(volume_of *self, double *points, uint32_t num)
{
    const uint32_t m = self->num_objectives;
    if (m == 2)
        return num == 0 ? 0 : sweep(self, points, num);
    num = thin(self, points, num);
    double *limited = num > 1 ? malloc((size_t)(num - 1) * m * sizeof *limited) : NULL;
    double sum = 0;
    if (num > 1 && !limited) {
        self->failed = true;
        return 0;
    }
    for (uint32_t i = 0; i < num && !self->failed; i++) {
        const double *own = points + (size_t)i * m;
        const uint32_t num_behind = num - 1 - i;
        for (size_t k = 0; k < (size_t)num_behind * m; k++)
            limited[k] = own[m + k] > own[k % m] ? own[m + k] : own[k % m];
        sum += box(self, own) - (num_behind > 0 ? volume(self, limited, num_behind) : 0);
    }
    free(limited);
    return sum;
}

static bool is_inside(const volume_of *self, const double *point)
{
    for (uint32_t k = 0; k < self->num_objectives; k++)
        if (!(point[k] < self->reference[k]))
            return false;
    return true;
}

nlc_error nlc_hypervolume(const nlc_front *points, const double *reference, double *result)
{
    const uint32_t m = points->num_objectives;
    volume_of self = {m, reference, false};
    double *inside = malloc(((size_t)points->num_points * m + 1) * sizeof *inside);
    uint32_t num = 0;
    if (!inside)
        return NLC_ERROR_MEMORY;
    for (uint32_t i = 0; i < points->num_points; i++)
        if (is_inside(&self, points->points + (size_t)i * m))
            memcpy(inside + (size_t)num++ * m, points->points + (size_t)i * m, m * sizeof *inside);
    *result = volume(&self, inside, num);
    free(inside);
    return self.failed ? NLC_ERROR_MEMORY : NLC_OK;
}
