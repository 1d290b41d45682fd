/* Approximate Bayesian computation by rejection and by sequential Monte Carlo.
 *
 * What is unknown is a point of the unit cube, uniform beforehand: each coordinate is a probability
 * that the caller turns into a value by the quantile function of its prior. A point is kept where the
 * simulation from it comes within a tolerance of what was observed. The tolerance falls from
 * generation to generation; new points are drawn around kept ones by a normal kernel with twice
 * their variance, cut off at the walls of the cube, and weighted by prior over proposal density
 * (Beaumont, Cornuet, Marin and Robert 2009, Biometrika 96:983; Toni et al. 2009, J. R. Soc. Interface
 * 6:187). One generation alone is rejection.
 *
 * The same options give the same points, however many are simulated at once. */
#ifndef NLC_STUDY_ABC_H
#define NLC_STUDY_ABC_H

#include "nlcsim.h"

typedef struct {
    uint32_t num_parameters, num_particles; /* both above 0 */
    uint32_t batch;                         /* how many points are simulated at once */
    uint64_t seed;
    uint64_t most_simulations; /* in all; a generation that would need more is given up */
    /* Tolerances of the generations, falling; or NULL: the first generation takes everything, and each
     * later one the `quantile` of the distances before it, until `last` is reached. */
    const double *schedule; /* [num_schedule] */
    uint32_t num_schedule;
    double quantile, last;
    /* Simulates from points[num][num_parameters] and says how far each came from what was observed (at
     * least 0; infinite is never kept). `first` numbers the first of these simulations; chance may
     * depend on that number and the point alone. */
    nlc_error (*simulate)(void *context, const double *points, uint32_t num, uint64_t first, double *distances);
    /* Called after each generation; may be NULL. */
    void (*generation)(void *context, uint32_t number, double tolerance, uint64_t num_simulations);
    void *context;
} nlc_abc_options;

typedef struct {
    uint32_t num_particles, num_parameters, num_generations;
    double *points;    /* [num_particles][num_parameters], owned */
    double *weights;   /* [num_particles], owned; sum to 1 */
    double *distances; /* [num_particles], owned */
    double tolerance;  /* of the last generation that was completed */
    double acceptance; /* the share that it kept */
    uint64_t num_simulations;
} nlc_abc;

/* NLC_ERROR_INPUT where not even the first generation could be filled; NLC_ERROR_MEMORY; or what
 * `simulate` returns. Free it in any case. */
nlc_error nlc_abc_run(nlc_abc *self, const nlc_abc_options *options);
void nlc_abc_free(nlc_abc *self);

/* As many equally weighted particles as this one is worth: 1 / sum of squared weights. */
double nlc_abc_effective(const nlc_abc *self);

/* Systematic resampling: chosen[num] particles, each as often as its weight says, give or take one. */
void nlc_abc_resample(const nlc_abc *self, uint64_t seed, uint32_t *chosen, uint32_t num);

#endif
