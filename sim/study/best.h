/* Choosing the best of several scenarios with a stated probability: Rinott's two stages (1978,
 * Communications in Statistics A7:799-811). */
#ifndef NLC_STUDY_BEST_H
#define NLC_STUDY_BEST_H

#include "nlcsim.h"

/* Rinott's constant h for `num_systems` (at least 2) with `first` runs each in the first stage (at least 2)
 * and the probability of a right choice in (1 / num_systems, 1): the solution of
 *   E[ E[ Phi(h / sqrt((first - 1) (1 / X + 1 / Y))) | Y ] ^ (num_systems - 1) ] = probability
 * with X and Y chi-squared with first - 1 degrees of freedom, computed by quadrature. NLC_ERROR_MEMORY. */
nlc_error nlc_rinott_constant(uint32_t num_systems, uint32_t first, double probability, double *h);

/* Runs that a system needs in both stages together: max(first, ceil((h sd / indifference)^2)). More than
 * a thousand million give UINT32_MAX. */
uint32_t nlc_rinott_runs(double h, double sd, double indifference, uint32_t first);

#endif
