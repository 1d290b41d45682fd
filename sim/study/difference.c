#include "difference.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

const char *nlc_verdict_text(nlc_verdict verdict)
{
    static const char *const texts[] = {"real", "cannot be told", "the same"};
    return texts[verdict];
}

/* Pairs as they are gone through, either with values or with 1 for reached and 0 for not. */
typedef struct {
    const double *first, *second;
    uint32_t num;
    bool of_reach;
} pairs;

static bool pair_at(const pairs *self, uint32_t r, double *first, double *second)
{
    const bool has_first = !isnan(self->first[r]), has_second = !isnan(self->second[r]);
    *first = self->of_reach ? (has_first ? 1 : 0) : self->first[r];
    *second = self->of_reach ? (has_second ? 1 : 0) : self->second[r];
    return self->of_reach || (has_first && has_second);
}

static nlc_interval mean_estimate(const nlc_moments *moments, double confidence)
{
    const double half_width = nlc_moments_half_width(moments, confidence);
    const double mean = moments->n == 0 ? NAN : moments->mean;
    return (nlc_interval){mean, mean - half_width, mean + half_width};
}

/* The moments of both outcomes and of their difference. */
typedef struct {
    nlc_moments first, second, difference;
} moments;

static moments moments_of(const pairs *of)
{
    moments self = {0};
    double first, second;
    for (uint32_t r = 0; r < of->num; r++) {
        if (!pair_at(of, r, &first, &second))
            continue;
        nlc_moments_add(&self.first, first);
        nlc_moments_add(&self.second, second);
        nlc_moments_add(&self.difference, second - first);
    }
    return self;
}

/* The influence of each pair on log(S1 + S2) - log(SD), where S are sums of squared deviations, is
 * (d1^2 + d2^2) / (S1 + S2) - d^2 / SD, times n; the sum of their squares is the variance of the whole. */
static nlc_interval reduction_of(const pairs *of, const moments *all, double confidence)
{
    const double apart = all->first.squares + all->second.squares, together = all->difference.squares;
    const uint32_t n = all->difference.n;
    double variance = 0, first, second;
    if (n < 2 || apart == 0)
        return (nlc_interval){NAN, NAN, NAN};
    if (together == 0)
        return (nlc_interval){INFINITY, INFINITY, INFINITY};
    for (uint32_t r = 0; r < of->num; r++) {
        if (!pair_at(of, r, &first, &second))
            continue;
        const double d1 = first - all->first.mean, d2 = second - all->second.mean;
        const double d = second - first - all->difference.mean;
        const double influence = (d1 * d1 + d2 * d2) / apart - d * d / together;
        variance += influence * influence;
    }
    const double factor = exp(gsl_cdf_tdist_Pinv((1 + confidence) / 2, n - 1) * sqrt(variance));
    const double value = apart / together;
    return (nlc_interval){value, value / factor, value * factor};
}

/* As a number; NaN where it cannot be said. */
static double needed_with(const nlc_precision *precision, nlc_moments moments, double scale)
{
    moments.squares *= scale;
    const uint32_t needed = nlc_precision_needed(precision, &moments);
    return needed == 0 ? NAN : needed == UINT32_MAX ? INFINITY : needed;
}

static nlc_interval needed_of(const nlc_moments *difference, const nlc_precision *precision)
{
    if (difference->n < 2)
        return (nlc_interval){NAN, NAN, NAN};
    const double freedom = difference->n - 1, tail = (1 - precision->confidence) / 2;
    return (nlc_interval){
        needed_with(precision, *difference, 1),
        needed_with(precision, *difference, freedom / gsl_cdf_chisq_Qinv(tail, freedom)),
        needed_with(precision, *difference, freedom / gsl_cdf_chisq_Pinv(tail, freedom)),
    };
}

static nlc_verdict verdict_of(const nlc_difference *self, const nlc_moments *difference)
{
    if (self->n >= 2 && difference->squares == 0 && difference->mean == 0)
        return NLC_VERDICT_THE_SAME;
    return self->difference.low > 0 || self->difference.high < 0 ? NLC_VERDICT_REAL : NLC_VERDICT_UNTOLD;
}

static nlc_difference difference_of(const pairs *of, const nlc_precision *precision, moments *all)
{
    *all = moments_of(of);
    return (nlc_difference){
        .n = all->difference.n,
        .left_out = of->num - all->difference.n,
        .first = mean_estimate(&all->first, precision->confidence),
        .second = mean_estimate(&all->second, precision->confidence),
        .difference = mean_estimate(&all->difference, precision->confidence),
        .sd = nlc_moments_sd(&all->difference),
        .reduction = reduction_of(of, all, precision->confidence),
        .needed = needed_of(&all->difference, precision),
    };
}

nlc_difference nlc_difference_of(const double *first, const double *second, uint32_t num, const nlc_precision *precision)
{
    const pairs of = {first, second, num, false};
    moments all;
    nlc_difference self = difference_of(&of, precision, &all);
    self.verdict = verdict_of(&self, &all.difference);
    return self;
}

/* Agresti and Coull (1998): as many again as z^2 are added, half of them reached. */
static void bound_share(nlc_interval *share, uint32_t num, double z)
{
    const double n = num + z * z, middle = (share->value * num + z * z / 2) / n;
    const double half_width = z * sqrt(middle * (1 - middle) / n);
    share->low = fmax(0, middle - half_width);
    share->high = fmin(1, middle + half_width);
}

/* One pair is added to those in which only the first reached it, and one to those in which only the second did. */
static void bound_difference(nlc_difference *self, const pairs *of, double z)
{
    uint32_t only_first = 0, only_second = 0;
    double first, second;
    for (uint32_t r = 0; r < of->num; r++) {
        pair_at(of, r, &first, &second);
        only_first += first > second;
        only_second += second > first;
    }
    const double n = of->num + 2.0, p1 = (only_first + 1) / n, p2 = (only_second + 1) / n;
    const double half_width = z * sqrt((p1 + p2 - (p2 - p1) * (p2 - p1)) / n);
    self->difference.low = fmax(-1, p2 - p1 - half_width);
    self->difference.high = fmin(1, p2 - p1 + half_width);
}

nlc_difference nlc_difference_of_reach(const double *first, const double *second, uint32_t num, const nlc_precision *precision)
{
    const pairs of = {first, second, num, true};
    const double z = gsl_cdf_ugaussian_Pinv((1 + precision->confidence) / 2);
    moments all;
    nlc_difference self = difference_of(&of, precision, &all);
    bound_share(&self.first, num, z);
    bound_share(&self.second, num, z);
    bound_difference(&self, &of, z);
    self.verdict = verdict_of(&self, &all.difference);
    return self;
}
