/* Independent cascade. A place that adopted in the month before tries once to win over each place that
 * hears it, and succeeds with the chance q w, where w is the weight of the channel:
 *
 *   P(i adopts in month t) = 1 - product over j heard by i that adopted in month t - 1 of (1 - q w_ji)
 *
 * Nobody drops out. Seeds are the places whose start_stage is adopted or functioning. One draw a place and
 * month decides, which is the same in law as one for each try, because each channel is tried once.
 * Source: Kempe, Kleinberg & Tardos 2003, Maximizing the spread of influence through a social network, KDD. */
#ifndef NLC_MODEL_CASCADE_H
#define NLC_MODEL_CASCADE_H

#define MODEL       cascade
#define MODEL_TITLE "Independent cascade: each adopter has one try at those who hear it"

#define MODEL_PARAMETERS(X) X(transmission, "q", "1", 0.1F, 0, 1, NLC_ASSUMPTION, "", "chance of a try on a channel of weight 1")

#include "simple/adoption.h"

#endif
