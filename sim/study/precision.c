#include "precision.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const uint32_t most_needed = 1000000000;

void nlc_moments_add(nlc_moments *self, double value)
{
    self->n++;
    const double step = value - self->mean;
    self->mean += step / self->n;
    self->squares += step * (value - self->mean);
}

double nlc_moments_sd(const nlc_moments *self)
{
    return self->n < 2 ? NAN : sqrt(self->squares / (self->n - 1));
}

static double half_width_of(double sd, uint32_t n, double confidence)
{
    return gsl_cdf_tdist_Pinv((1 + confidence) / 2, n - 1) * sd / sqrt(n);
}

double nlc_moments_half_width(const nlc_moments *self, double confidence)
{
    return self->n < 2 ? NAN : half_width_of(nlc_moments_sd(self), self->n, confidence);
}

/* The half-width that is small enough around this mean. */
static double width_wanted(const nlc_precision *self, double mean)
{
    return self->is_relative ? fabs(mean) * self->width / (1 + self->width) : self->width;
}

bool nlc_precision_is_met(const nlc_precision *self, const nlc_moments *moments)
{
    const double wanted = width_wanted(self, moments->mean);
    return moments->n >= self->first && wanted > 0 && nlc_moments_half_width(moments, self->confidence) <= wanted;
}

uint32_t nlc_precision_reach(const nlc_precision *self, const double *values, uint32_t num, nlc_moments *at)
{
    *at = (nlc_moments){0};
    for (uint32_t k = 0; k < num; k++) {
        nlc_moments_add(at, values[k]);
        if (nlc_precision_is_met(self, at))
            return at->n;
    }
    return 0;
}

/* The half-width falls with n, so the smallest n is found by halving. */
uint32_t nlc_precision_needed(const nlc_precision *self, const nlc_moments *moments)
{
    const double sd = nlc_moments_sd(moments), wanted = width_wanted(self, moments->mean);
    uint32_t low = 1, high = most_needed;
    if (isnan(sd) || wanted == 0)
        return 0;
    if (half_width_of(sd, high, self->confidence) > wanted)
        return UINT32_MAX;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (half_width_of(sd, middle, self->confidence) <= wanted)
            high = middle;
        else
            low = middle;
    }
    return high < self->first ? self->first : high;
}
