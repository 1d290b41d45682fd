/* Relay: a plan is handed down from the lead to the provinces and from them to the cities. The lead has
 * it from the start. Each month each place that had it before hands it to each place straight below it:
 *
 *   P(i is told) = h_i w_i, if the node above i had it at the start of the month
 *
 * w is the weight of the channel to the parent. Every tier hands on; only tiers that adopt plans count as
 * adopted when they are told. The months until all are told are sums of geometric times, and maxima over
 * branches. Places whose start_stage is adopted or functioning have it at the start.
 * Source: the chain of command of Pressman & Wildavsky 1973, Implementation; the arithmetic is elementary. */
#ifndef NLC_MODEL_RELAY_H
#define NLC_MODEL_RELAY_H

#define MODEL       relay
#define MODEL_TITLE "Relay: handed down from the lead, tier by tier"

#define MODEL_PARAMETERS(X) \
    X(hand_down, "h", "1/month", 0.15F, 0, 1, NLC_ASSUMPTION, "", \
      "monthly chance to be told by the node above, once it has been told")

#define MODEL_ATTRIBUTES(X) X(hand_down, "1/month", 0, 1, "hand_down", "monthly chance of the place to be told by the node above")

#include "simple/adoption.h"

#endif
