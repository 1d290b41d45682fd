/* Thresholds. A place adopts as soon as its exposure reaches its threshold, and keeps to it:
 *
 *   i adopts when E_i >= theta_i,  E_i = sum of w_ji over adopted j heard by i / max(1, sum of all w_ji)
 *
 * all read at the start of the month. With weights of 1 E is the share of those heard that have adopted;
 * with weights of at most 1 in all it is the sum of weights of the linear threshold model. Where all
 * weights of a place are equal, adopters are counted and the share is one division, so that a third of
 * three is a third. The threshold is the place's own where nodes.csv gives it, and else drawn once for
 * each run, uniform from `threshold` - `spread` to `threshold` + `spread`; 0.5 and 0.5 make the random
 * thresholds of Kempe et al. It computes in doubles.
 * Sources: Granovetter 1978, AJS 83:1420; Watts 2002, PNAS 99:5766; Kempe, Kleinberg & Tardos 2003, KDD. */
#ifndef NLC_MODEL_THRESHOLD_H
#define NLC_MODEL_THRESHOLD_H

#define MODEL           threshold
#define MODEL_TITLE     "Thresholds: a place adopts when enough of those it hears have"
#define MODEL_IS_DOUBLE true
#define NLC_DOUBLE

#define MODEL_PARAMETERS(X) \
    X(threshold, "theta", "1", 0.18F, 0, 1, NLC_LITERATURE, "Watts 2002 PNAS 99:5766 draws his window at 0.18", \
      "exposure at which a place adopts, mean over places without their own") \
    X(spread, "d", "1", 0, 0, 0.5F, NLC_ASSUMPTION, "", "half-width of the spread of thresholds over places without their own")

#define MODEL_ATTRIBUTES(X) X(threshold, "1", 0, 1, NULL, "exposure at which the place adopts; empty: drawn as the parameters say")

#define MODEL_FIELDS(X) X(threshold, "1", "theta: exposure at which the place adopts")

#include "simple/adoption.h"

#endif
