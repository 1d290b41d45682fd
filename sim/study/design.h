/* Designs: which points of the space of factors a study runs.
 *
 * Points are made on demand, by their number, so a design takes no memory for its points. A point gives
 * each factor a coordinate: a position in [0, 1], a step of its grid, or nothing ("as the scenario has
 * it"). Every design is a pure function of the study and its seed.
 *
 * The order of points:
 *   factorial      the last factor changes fastest
 *   one-at-a-time  first the scenario as it is, then each factor through its steps
 *   list           points.csv
 *   lhs            Latin hypercube, one point in each of `points` slices of each factor (McKay 1979)
 *   sobol          Sobol' sequence, scrambled by a digital shift; at most 40 factors
 *   saltelli       for each base sample A, A with factor k from B for each k, B (Saltelli 2010); the base
 *                  samples are a shifted Sobol' sequence of twice as many dimensions, at most 20 factors
 *   morris         trajectories of num_factors + 1 points on a grid (Morris 1991), those of the study's candidates
 *                  that lie furthest apart (Campolongo, Cariboni & Saltelli 2007; trajectories.h)
 *   crossed        every combination of the levers' steps, each with the same samples of the uncertainties, which
 *                  change fastest: a Latin hypercube, or the rows of the study's own sample */
#ifndef NLC_STUDY_DESIGN_H
#define NLC_STUDY_DESIGN_H

#include "study.h"

typedef struct {
    const nlc_study *study; /* borrowed */
    uint64_t num_points;
    uint64_t block_size; /* points that belong together: a base sample, a trajectory, one setting of the levers; else 1 */
    uint32_t num_sobol;  /* dimensions of the sequence; 0 where there is none */
    uint64_t sobol_next; /* number of the point that the sequence gives next */
    struct nlc_sobol *sobol;
    double *sample;       /* [num_sobol or 2 * num_factors], owned */
    uint32_t *trajectory; /* [points], owned: which candidates are run; NULL where all are */
} nlc_design;

/* What is wrong with a design of this study, in words, or NULL. */
#define NLC_DESIGN_PROBLEM_LENGTH 256
const char *nlc_design_problem(const nlc_study *study, char text[NLC_DESIGN_PROBLEM_LENGTH]);

/* The study's design. NLC_ERROR_MEMORY. Free in any case. Each thread has one of its own. */
nlc_error nlc_design_init(nlc_design *self, const nlc_study *study);
void nlc_design_free(nlc_design *self);

/* The values of point `point` from 0: values[num_factors], as in study.h. */
void nlc_design_point(nlc_design *self, uint64_t point, double *values);

/* ---- Values of a factor ------------------------------------------------------------------------ */

/* The value at `unit` in [0, 1]: a level, each equally likely, or a quantile of the distribution, as the
 * engine's float. */
double nlc_factor_at(const nlc_factor *self, double unit);

/* Levels, or steps of the grid over its range, and the value of each. */
uint32_t nlc_factor_num_steps(const nlc_factor *self);
double nlc_factor_step(const nlc_factor *self, uint32_t step);

#endif
