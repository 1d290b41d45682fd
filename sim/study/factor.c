/* Values of factors: levels, steps and quantiles. */
#include "design.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

uint32_t nlc_factor_num_steps(const nlc_factor *self)
{
    return self->num_levels > 0 ? self->num_levels : self->num_steps;
}

/* Between low and high on the factor's scale. */
static double between(const nlc_factor *self, double share, bool is_log)
{
    if (share <= 0.0)
        return self->low;
    if (share >= 1.0)
        return self->high;
    return is_log ? self->low * pow(self->high / self->low, share) : self->low + (self->high - self->low) * share;
}

/* As the engine holds it, and never outside the bounds for being rounded. */
static double rounded(const nlc_factor *self, double value)
{
    if (self->kind == NLC_FACTOR_KIND_INTEGER)
        value = floor(value + 0.5);
    const double held = (double)(float)value;
    return held < self->low ? self->low : held > self->high ? self->high : held;
}

double nlc_factor_step(const nlc_factor *self, uint32_t step)
{
    if (self->num_levels > 0)
        return step;
    return rounded(self, between(self, (double)step / (self->num_steps - 1), self->is_log));
}

static double triangular(const nlc_factor *self, double unit)
{
    const double width = self->high - self->low, share = (self->first - self->low) / width;
    if (unit < share)
        return self->low + sqrt(unit * width * (self->first - self->low));
    return self->high - sqrt((1.0 - unit) * width * (self->high - self->first));
}

/* The normal distribution cut to the range keeps its shape inside it. */
static double normal(const nlc_factor *self, double unit)
{
    const double low = gsl_cdf_gaussian_P(self->low - self->first, self->second),
                 high = gsl_cdf_gaussian_P(self->high - self->first, self->second), at = low + unit * (high - low);
    return at <= 0.0 ? self->low : at >= 1.0 ? self->high : self->first + gsl_cdf_gaussian_Pinv(at, self->second);
}

static double quantile(const nlc_factor *self, double unit)
{
    switch (self->distribution) {
    case NLC_DISTRIBUTION_LOGUNIFORM:
        return between(self, unit, true);
    case NLC_DISTRIBUTION_TRIANGULAR:
        return triangular(self, unit);
    case NLC_DISTRIBUTION_NORMAL:
        return normal(self, unit);
    case NLC_DISTRIBUTION_BETA:
        return between(self, unit <= 0.0 || unit >= 1.0 ? unit : gsl_cdf_beta_Pinv(unit, self->first, self->second), false);
    case NLC_DISTRIBUTION_UNIFORM:
        break;
    }
    return between(self, unit, self->is_log);
}

/* Each whole number, and each level, has its own equal part of a uniform distribution. */
double nlc_factor_at(const nlc_factor *self, double unit)
{
    if (self->num_levels > 0)
        return unit >= 1.0 ? self->num_levels - 1.0 : floor(unit * self->num_levels);
    const bool is_plain = self->distribution == NLC_DISTRIBUTION_UNIFORM && !self->is_log;
    if (self->kind == NLC_FACTOR_KIND_INTEGER && is_plain)
        return unit >= 1.0 ? self->high : self->low + floor(unit * (self->high - self->low + 1.0));
    return rounded(self, quantile(self, unit));
}
