/* What it is worth to know an unknown before choosing: expected value of perfect information, and of
 * partial perfect information for each unknown (EVPPI). Choices stand against states of the world; the
 * value of knowing is how much better the best choice then is than the one that is best in the mean.
 *
 * The payoff to expect once an unknown is known comes from a regression of each choice's payoffs on it:
 * a cubic in the unknown's rank (Strong, Oakley & Brennan 2014, Med Decis Making 34:311, with a
 * polynomial for their spline), or the mean of each value where an unknown has at most eight. */
#ifndef NLC_STUDY_VOI_H
#define NLC_STUDY_VOI_H

#include "sample.h"

typedef struct {
    uint32_t num_choices, num_worlds, num_unknowns;
    const double *payoff; /* [num_choices][num_worlds], borrowed; higher is better; nothing is NaN */
    const double *x;      /* [num_worlds][num_unknowns], borrowed */
} nlc_voi_input;

typedef struct {
    uint32_t best; /* the choice that is best in the mean */
    double best_mean;
    nlc_estimate perfect; /* value of knowing everything */
} nlc_voi;

/* Into `partial` [num_unknowns + 1]: the last one is that of an unknown that does nothing; what is not
 * above it cannot be told from nothing. Worlds are resampled. NLC_ERROR_INPUT where there are fewer than
 * ten worlds or two choices; NLC_ERROR_MEMORY. */
nlc_error nlc_voi_of(const nlc_voi_input *input, nlc_resampling resampling, nlc_voi *voi, nlc_estimate *partial);

#endif
