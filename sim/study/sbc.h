/* Simulation-based calibration: draw the truth from the prior, simulate data from it, compute a
 * posterior sample from the data, and count how many of its draws are below the truth. Over many
 * repetitions that rank is uniform if, and practically only if, prior, simulator and sampler fit
 * together (Talts et al. 2018, arXiv:1804.06788). */
#ifndef NLC_STUDY_SBC_H
#define NLC_STUDY_SBC_H

#include "nlcsim.h"

/* How many of draws[num] are below the truth: 0 to num. */
uint32_t nlc_rank(const double *draws, uint32_t num, double truth);

typedef struct {
    double chi2, p;   /* of the counts in the bins against equal ones; p from chi-square with bins - 1 degrees */
    double mean_rank; /* num_draws / 2 is expected */
} nlc_uniformity;

/* Of ranks[num] from 0 to num_draws, in `num_bins` bins (at least 2, at most num_draws + 1); bins of
 * unequal width are expected to hold as their width says. */
nlc_uniformity nlc_ranks_uniformity(const uint32_t *ranks, uint32_t num, uint32_t num_draws, uint32_t num_bins);

/* Below this p the ranks are taken not to be uniform. */
#define NLC_SBC_CRITICAL 1e-4

/* Faults planted into a posterior sample, to see that the check rejects them. */
typedef enum {
    NLC_FAULT_NONE,
    NLC_FAULT_TOO_NARROW, /* half the distance from the mean: overconfident */
    NLC_FAULT_TOO_WIDE,   /* twice the distance from the mean */
    NLC_FAULT_SHIFTED,    /* up by three quarters of a standard deviation */
    NLC_NUM_FAULTS
} nlc_fault;

/* "none", "too narrow", "too wide", "shifted". */
const char *nlc_fault_name(nlc_fault fault);

/* Changes draws[num] in place. */
void nlc_fault_plant(nlc_fault fault, double *draws, uint32_t num);

#endif
