#include "sbc.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

uint32_t nlc_rank(const double *draws, uint32_t num, double truth)
{
    uint32_t rank = 0;
    for (uint32_t k = 0; k < num; k++)
        rank += draws[k] < truth;
    return rank;
}

/* Ranks r with r * bins / (num_draws + 1) = bin, rounded down. */
static double width_of_bin(uint32_t bin, uint32_t num_draws, uint32_t num_bins)
{
    const uint64_t values = (uint64_t)num_draws + 1;
    const uint64_t first = (bin * values + num_bins - 1) / num_bins, next = ((bin + 1) * values + num_bins - 1) / num_bins;
    return (double)(next - first);
}

nlc_uniformity nlc_ranks_uniformity(const uint32_t *ranks, uint32_t num, uint32_t num_draws, uint32_t num_bins)
{
    nlc_uniformity self = {0, 0, 0};
    for (uint32_t bin = 0; bin < num_bins; bin++) {
        const double expected = num * width_of_bin(bin, num_draws, num_bins) / (num_draws + 1.0);
        double counted = 0;
        for (uint32_t r = 0; r < num; r++)
            counted += (uint64_t)ranks[r] * num_bins / ((uint64_t)num_draws + 1) == bin;
        self.chi2 += (counted - expected) * (counted - expected) / expected;
    }
    for (uint32_t r = 0; r < num; r++)
        self.mean_rank += (double)ranks[r] / num;
    self.p = gsl_cdf_chisq_Q(self.chi2, num_bins - 1.0);
    return self;
}

const char *nlc_fault_name(nlc_fault fault)
{
    static const char *const names[] = {"none", "too narrow", "too wide", "shifted"};
    return names[fault];
}

void nlc_fault_plant(nlc_fault fault, double *draws, uint32_t num)
{
    static const double spreads[] = {1, 0.5, 2, 1}, shifts[] = {0, 0, 0, 0.75};
    double mean = 0, squares = 0;
    for (uint32_t k = 0; k < num; k++)
        mean += draws[k] / num;
    for (uint32_t k = 0; k < num; k++)
        squares += (draws[k] - mean) * (draws[k] - mean) / num;
    for (uint32_t k = 0; k < num && fault != NLC_FAULT_NONE; k++)
        draws[k] = mean + spreads[fault] * (draws[k] - mean) + shifts[fault] * sqrt(squares);
}
