/* Morris' elementary effects (Morris 1991, Technometrics 33:161; mu* of Campolongo, Cariboni &
 * Saltelli 2007): which inputs matter, for few runs.
 *
 * A trajectory is num_factors + 1 rows one after the other; from row to row one input changes, each
 * once. The effect of an input is the change of the output over the change of the input, the latter
 * in parts of the input's range. */
#ifndef NLC_STUDY_MORRIS_H
#define NLC_STUDY_MORRIS_H

#include "sample.h"

typedef struct {
    uint32_t num_trajectories, num_factors;
    const double *x; /* [num_trajectories * (num_factors + 1)][num_factors], borrowed */
    const double *y; /* [num_trajectories * (num_factors + 1)], borrowed; NaN where missing */
    /* [num_factors], borrowed: highest less lowest value of an input; 0 for one without an order (a
     * category), whose effect is then the change of the output alone. NULL: 1 for each. */
    const double *range;
} nlc_morris_input;

/* Effects in effects[num_trajectories][num_factors]; NaN where an output is missing. NLC_ERROR_INPUT,
 * with `bad_row` (from 0) the first row of which more or less than one input, or one that had changed
 * before in its trajectory, differs from the row before. */
nlc_error nlc_morris_effects(const nlc_morris_input *input, double *effects, uint32_t *bad_row);

/* What is said of one input: the mean effect, the mean of its size, its standard deviation (over
 * n - 1: curvature or interaction), each resampled over trajectories. */
typedef struct {
    nlc_estimate mu, mu_star, sigma;
    uint32_t num_effects; /* those that are not missing */
} nlc_morris;

/* Into morris[num_factors]. An input without any effect gets NaN. NLC_ERROR_MEMORY. */
nlc_error nlc_morris_of(const double *effects, uint32_t num_trajectories, uint32_t num_factors, nlc_resampling resampling,
                        nlc_morris *morris);

#endif
