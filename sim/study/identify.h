/* What data say of each unknown: its posterior spread against its prior spread. */
#ifndef NLC_STUDY_IDENTIFY_H
#define NLC_STUDY_IDENTIFY_H

#include "nlcsim.h"

typedef enum {
    NLC_NOT_IDENTIFIED, /* the posterior is as wide as the prior and where the prior is */
    NLC_WEAKLY,         /* narrower or moved, but more than half as wide */
    NLC_IDENTIFIED
} nlc_identified;

/* In the scale of prior probabilities, in which every prior is uniform on (0, 1) and its standard
 * deviation is 1/sqrt(12). */
typedef struct {
    double ratio;       /* posterior over prior standard deviation */
    double shift;       /* posterior minus prior mean, in prior standard deviations */
    uint32_t partner;   /* the unknown with the largest correlation, or NLC_NONE for a single one */
    double correlation; /* with it, over the posterior */
    nlc_identified identified;
} nlc_identification;

/* Of points[num][num_unknowns] with equal weights, num > 1, for all unknowns: result[num_unknowns]. */
void nlc_identify(const double *points, uint32_t num, uint32_t num_unknowns, nlc_identification *result);

#endif
