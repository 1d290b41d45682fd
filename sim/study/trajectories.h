/* The trajectories of a Morris design (Morris 1991), and which of many are run.
 *
 * A trajectory begins at a random point of a grid of NLC_TRAJECTORY_STEPS steps a factor and moves each
 * factor once, in random order, by half the grid and a bit (delta = p / (2 (p - 1))), up from the lower
 * half and down from the upper. Any trajectory of a study can be drawn alone, by its number. */
#ifndef NLC_STUDY_TRAJECTORIES_H
#define NLC_STUDY_TRAJECTORIES_H

#include "study.h"

enum { NLC_TRAJECTORY_STEPS = 4 };

/* One trajectory: where each factor begins, in steps of the grid, and the place of its move in the order. */
typedef struct {
    uint32_t start, turn;
} nlc_trajectory_move;

nlc_trajectory_move nlc_trajectory_move_of(const nlc_study *study, uint64_t trajectory, uint32_t factor);

/* Where a factor stands when `num_moved` factors have moved, in steps of the grid. */
uint32_t nlc_trajectory_at(nlc_trajectory_move move, uint32_t num_moved);

/* The `points` of the study's `candidates` trajectories that lie furthest apart on the grid, rising, into
 * chosen[points] (campolongo.h); 0 < points <= candidates. The distances take (num_factors + 1)^2 steps for
 * each pair of candidates: below a second for 500 candidates of 70 factors. NLC_ERROR_MEMORY. */
nlc_error nlc_trajectories_choose(const nlc_study *study, uint32_t *chosen);

#endif
