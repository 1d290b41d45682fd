/* DeGroot averaging, with stubborn places. Each month every place takes the mean of its own opinion and
 * of those that it hears, by weight, and holds on to its first opinion as far as it is stubborn:
 *
 *   m_i    = (s_i x_i + sum of w_ji x_j) / (s_i + sum of w_ji)
 *   x_i'   = m_i + b_i (x_i(0) - m_i)
 *
 * s is the weight of the place's own opinion. Where nobody is stubborn and the network hangs together, all
 * come to the mean of the first opinions by the stationary law of the weights; closed groups do not come
 * to one opinion. All places take part, whatever their tier; nothing is left to chance. It computes in
 * doubles, and a run stops early when no opinion moves any more.
 * Sources: DeGroot 1974, JASA 69:118; Friedkin & Johnsen 1990, J. Math. Sociology 15:193. */
#ifndef NLC_MODEL_DEGROOT_H
#define NLC_MODEL_DEGROOT_H

#define MODEL                  degroot
#define MODEL_TITLE            "DeGroot: opinions averaged over those heard, with stubborn places"
#define MODEL_IS_DOUBLE        true
#define MODEL_QUANTITY         opinion
#define MODEL_QUANTITY_MEANING "opinion"
#define NLC_DOUBLE

#define MODEL_PARAMETERS(X) \
    X(start_opinion, "x0", "1", 0, -1e6F, 1e6F, NLC_ASSUMPTION, "", "opinion at the start") \
    X(self_weight, "s", "1", 1, 0, 1e6F, NLC_ASSUMPTION, "", "weight of a place's own opinion, where a channel has its weight") \
    X(stubbornness, "b", "1", 0, 0, 1, NLC_ASSUMPTION, "", "share of the first opinion that a place never gives up")

#define MODEL_ATTRIBUTES(X) \
    X(start_opinion, "1", -1e6F, 1e6F, "start_opinion", "opinion of the place at the start") \
    X(self_weight, "1", 0, 1e6F, "self_weight", "weight of the place's own opinion") \
    X(stubbornness, "1", 0, 1, "stubbornness", "share of the first opinion that the place never gives up")

#define MODEL_FIELDS(X) \
    X(opinion, "1", true, "x: opinion") \
    X(first_opinion, "1", false, "x(0): opinion at the start")
#define NUM_SHARED 1

#include "simple/quantity.h"

#endif
