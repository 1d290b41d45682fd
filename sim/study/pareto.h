/* Points of which none is better in everything, and the hypervolume that they dominate. All
 * objectives are minimised; what is to be large is given with its sign turned. */
#ifndef NLC_STUDY_PARETO_H
#define NLC_STUDY_PARETO_H

#include "nlcsim.h"

typedef struct {
    uint32_t num_points, num_objectives;
    const double *points; /* [num_points][num_objectives], borrowed */
} nlc_front;

/* is_front[num_points]: true for a point that no other dominates. Of equal points the first counts. */
void nlc_pareto_mark(const nlc_front *points, bool *is_front);

/* The volume between the points and `reference` [num_objectives] (Zitzler & Thiele 1999), exactly, by
 * the WFG algorithm (While, Bradstreet & Barone 2012, IEEE TEC 16:86); in two objectives by a sweep.
 * Points that are not below the reference in everything add nothing. NLC_ERROR_MEMORY. */
nlc_error nlc_hypervolume(const nlc_front *points, const double *reference, double *volume);

#endif
