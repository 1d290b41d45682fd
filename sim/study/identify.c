#include "identify.h"

#include <math.h>

/* Beyond these a posterior is told from a prior: a few hundred draws scatter by 0.03 and 0.06. */
#define WIDE   0.9
#define MOVED  0.3
#define NARROW 0.5

static double mean_of(const double *points, uint32_t num, uint32_t stride, uint32_t unknown)
{
    double sum = 0;
    for (uint32_t i = 0; i < num; i++)
        sum += points[(size_t)i * stride + unknown];
    return sum / num;
}

static double covariance_of(const double *points, uint32_t num, uint32_t stride, uint32_t a, uint32_t b)
{
    const double mean_a = mean_of(points, num, stride, a), mean_b = mean_of(points, num, stride, b);
    double sum = 0;
    for (uint32_t i = 0; i < num; i++)
        sum += (points[(size_t)i * stride + a] - mean_a) * (points[(size_t)i * stride + b] - mean_b);
    return sum / (num - 1);
}

static nlc_identified class_of(const nlc_identification *self)
{
    if (self->ratio <= NARROW)
        return NLC_IDENTIFIED;
    return self->ratio > WIDE && fabs(self->shift) < MOVED ? NLC_NOT_IDENTIFIED : NLC_WEAKLY;
}

void nlc_identify(const double *points, uint32_t num, uint32_t num_unknowns, nlc_identification *result)
{
    const double prior_sd = 1 / sqrt(12);
    for (uint32_t j = 0; j < num_unknowns; j++) {
        const double sd = sqrt(covariance_of(points, num, num_unknowns, j, j));
        nlc_identification *self = &result[j];
        *self = (nlc_identification){.ratio = sd / prior_sd, .partner = NLC_NONE};
        self->shift = (mean_of(points, num, num_unknowns, j) - 0.5) / prior_sd;
        for (uint32_t k = 0; k < num_unknowns; k++) {
            const double scale = sd * sqrt(covariance_of(points, num, num_unknowns, k, k));
            const double correlation = k == j || scale == 0 ? 0 : covariance_of(points, num, num_unknowns, j, k) / scale;
            if (k == j || (self->partner != NLC_NONE && fabs(correlation) <= fabs(self->correlation)))
                continue;
            self->partner = k;
            self->correlation = correlation;
        }
        self->identified = class_of(self);
    }
}
