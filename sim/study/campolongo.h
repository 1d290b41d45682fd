/* Which of many Morris trajectories to run: those that lie furthest apart (Campolongo, Cariboni &
 * Saltelli 2007, Environmental Modelling & Software 22:1509).
 *
 * The distance of two trajectories is the sum of the Euclidean distances of all pairs of their
 * points; the spread of a set is D = sqrt(sum over its pairs of the squared distance). */
#ifndef NLC_STUDY_CAMPOLONGO_H
#define NLC_STUDY_CAMPOLONGO_H

#include "nlcsim.h"

typedef struct {
    uint32_t num_trajectories, num_points, num_factors;
    const double *points; /* [num_trajectories][num_points][num_factors] in [0, 1], borrowed */
} nlc_trajectories;

/* distance[num_trajectories][num_trajectories], symmetric; 0 between a trajectory and itself, which
 * the definition does not use. */
void nlc_campolongo_distances(const nlc_trajectories *self, double *distance);

/* Up to this many sets are all looked at. */
#define NLC_CAMPOLONGO_SETS 20000000.0

/* Chooses `wanted` of `num` trajectories into chosen[wanted], rising; `wanted` is between 1 and num.
 * The choice is exact where there are no more than NLC_CAMPOLONGO_SETS sets. Beyond that it is the
 * best that leaving out one trajectory after the other (the one that adds least), and then exchanging
 * single ones while that gains, arrives at. Of equals the set that comes first wins. `spread` is its
 * D; may be NULL. NLC_ERROR_MEMORY. */
nlc_error nlc_campolongo_choose(const double *distance, uint32_t num, uint32_t wanted, uint32_t *chosen, double *spread);

/* D of a set. */
double nlc_campolongo_spread(const double *distance, uint32_t num, const uint32_t *chosen, uint32_t num_chosen);

#endif
