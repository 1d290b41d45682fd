#include "scores.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <math.h>

/* Mean distance to the observation. */
static double mean_error(const double *values, uint32_t num, double observed)
{
    double sum = 0;
    for (uint32_t k = 0; k < num; k++)
        sum += fabs(values[k] - observed);
    return sum / num;
}

/* The sum of |x_i - x_j| over pairs i < j: the k-th of the sorted values is larger than k others and
 * smaller than num - 1 - k. */
static double sum_of_differences(const double *sorted, uint32_t num)
{
    double sum = 0;
    for (uint32_t k = 0; k < num; k++)
        sum += (2.0 * k - (num - 1.0)) * (sorted[k] - sorted[0]);
    return sum;
}

double nlc_crps_sample(const double *sorted, uint32_t num, double observed)
{
    return mean_error(sorted, num, observed) - sum_of_differences(sorted, num) / ((double)num * num);
}

double nlc_crps_fair(const double *sorted, uint32_t num, double observed)
{
    if (num < 2)
        return NAN;
    return mean_error(sorted, num, observed) - sum_of_differences(sorted, num) / ((double)num * (num - 1));
}

double nlc_crps_counts(const double *probability, uint32_t num, double observed)
{
    double below = 0, sum = observed < 0 ? -observed : observed > num - 1 ? observed - (num - 1) : 0;
    for (uint32_t k = 0; k + 1 < num; k++) {
        below += probability[k];
        const double inside = observed <= k ? 0 : observed >= k + 1 ? 1 : observed - k;
        sum += inside * below * below + (1 - inside) * (1 - below) * (1 - below);
    }
    return sum;
}

double nlc_crps_normal(double mean, double sd, double observed)
{
    const double z = (observed - mean) / sd;
    return sd * (z * (2 * gsl_cdf_ugaussian_P(z) - 1) + 2 * gsl_ran_ugaussian_pdf(z) - 1 / sqrt(M_PI));
}

double nlc_log_score_normal(double mean, double sd, double observed)
{
    const double z = (observed - mean) / sd;
    return 0.5 * z * z + log(sd) + 0.5 * log(2 * M_PI);
}

double nlc_dawid_sebastiani(double mean, double sd, double observed)
{
    const double z = (observed - mean) / sd;
    return z * z + 2 * log(sd);
}

double nlc_interval_score(double lower, double upper, double alpha, double observed)
{
    const double below = observed < lower ? lower - observed : 0, above = observed > upper ? observed - upper : 0;
    return upper - lower + 2 / alpha * (below + above);
}

double nlc_brier(double probability, bool happened)
{
    const double error = (happened ? 1 : 0) - probability;
    return error * error;
}

double nlc_log_score(double probability, bool happened)
{
    return -log(happened ? probability : 1 - probability);
}

double nlc_pit_counts(const double *probability, uint32_t num, uint32_t observed, double u)
{
    double below = 0;
    for (uint32_t k = 0; k < observed && k < num; k++)
        below += probability[k];
    return observed < num ? below + u * probability[observed] : below;
}

uint32_t nlc_count_quantile(const double *probability, uint32_t num, double p)
{
    double sum = probability[0];
    uint32_t k = 0;
    while (sum < p && k + 1 < num)
        sum += probability[++k];
    return k;
}

nlc_skill nlc_skill_of(const double *scores, const double *others, uint32_t num)
{
    nlc_skill self = {0, 0};
    for (uint32_t k = 0; k < num; k++)
        self.mean += (scores[k] - others[k]) / num;
    for (uint32_t k = 0; k < num; k++) {
        const double away = scores[k] - others[k] - self.mean;
        self.error += away * away;
    }
    self.error = num > 1 ? sqrt(self.error / (num - 1) / num) : NAN;
    return self;
}

double nlc_jackknife(const double *values, uint32_t num)
{
    double mean = 0, sum = 0;
    for (uint32_t k = 0; k < num; k++)
        mean += values[k] / num;
    for (uint32_t k = 0; k < num; k++)
        sum += (values[k] - mean) * (values[k] - mean);
    return sqrt(sum * (num - 1) / num);
}
