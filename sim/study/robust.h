/* Which choice holds up: choices (lever settings) against states of the world (settings of what is
 * unknown), each pair with a payoff. Lempert, Popper & Bankes 2003 (RAND MR-1626); McPhail et al.
 * 2018 (Earth's Future 6:169). */
#ifndef NLC_STUDY_ROBUST_H
#define NLC_STUDY_ROBUST_H

#include "sample.h"

typedef struct {
    uint32_t num_choices, num_worlds;
    const double *payoff; /* [num_choices][num_worlds], borrowed; higher is better; NaN where missing */
    double threshold;     /* a payoff of at least this satisfies; NaN: not asked for */
    double quantile;      /* of the regret, as 0.9; type 7 */
    double optimism;      /* Hurwicz' alpha: the weight of the best world */
} nlc_robust_input;

/* Of one choice, over the worlds in which it has a payoff. */
typedef struct {
    uint32_t num_worlds;
    double max_regret; /* regret: how far below the best choice of that world */
    double quantile_regret;
    double satisficing; /* share of the worlds that satisfy; NaN without a threshold */
    double worst, mean; /* maximin; Laplace */
    double hurwicz;     /* optimism * best + (1 - optimism) * worst */
} nlc_robust;

/* Into robust[num_choices]. `regret` [num_choices][num_worlds] or NULL: NaN where the payoff is. A
 * choice without any payoff gets NaN. NLC_ERROR_MEMORY. */
nlc_error nlc_robust_of(const nlc_robust_input *input, double *regret, nlc_robust *robust);

/* The same figures with their intervals: the worlds are drawn again, together for all choices. A resample holds the
 * worst world or not, so the interval of an extreme (max_regret, worst) says how much hangs on a few worlds; worlds
 * that nobody tried may be worse. */
typedef struct {
    uint32_t num_worlds;
    nlc_estimate max_regret, quantile_regret, satisficing, worst, mean, hurwicz;
} nlc_robust_estimates;

/* Into estimates[num_choices]. NLC_ERROR_MEMORY. */
nlc_error nlc_robust_estimate(const nlc_robust_input *input, nlc_resampling resampling, nlc_robust_estimates *estimates);

#endif
