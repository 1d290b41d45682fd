/* Design points of one network, brought into one form, so that lanes of a batch can hold different ones.
 *
 * Each point has schedules and segments of its own. Here two nodes share a schedule only if they do in
 * every point, and a segment ends where any point changes a lever; each point then fills the same table. */
#ifndef NLC_STUDY_MIXTURE_H
#define NLC_STUDY_MIXTURE_H

#include "frame.h"

/* Points are mixed at most so many at a time: as many as the widest kernel has lanes. */
#define NLC_MIXTURE_POINTS 16

typedef struct {
    nlc_resolved resolved; /* the frame's, with schedules, segments and draws of its own */
    uint32_t num_points;
    nlc_point point[NLC_MIXTURE_POINTS]; /* parameters borrowed from the variations */
    nlc_draw *draw;                      /* [num_draws], owned */
    uint32_t *schedule;                  /* [num_agencies + num_draws * num_nodes], owned */
    uint16_t *segment_of_month;          /* [num_months + 1], owned */
    float *levers;                       /* [num_points][num_segments][num_schedules][num_levers], owned */
} nlc_mixture;

/* Frame and variations are borrowed and must outlive the mixture. NLC_ERROR_MEMORY. Free in any case. */
nlc_error nlc_mixture_init(nlc_mixture *self, const nlc_frame *frame, const nlc_variation *const *variations, uint32_t num_points);
void nlc_mixture_free(nlc_mixture *self);

#endif
