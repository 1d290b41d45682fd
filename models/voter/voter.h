/* The voter model. In each month one place of each country, drawn by the run, takes over the state of one
 * of those it hears, drawn by weight; a place that hears nobody keeps its own. Only places of adopting
 * tiers take part:
 *
 *   i uniform among the places of the country;  j with chance w_ji / sum of w_ki;  x_i becomes x_j
 *
 * Having adopted is the one state, not having adopted the other. On an undirected network of weight 1 the
 * chance that all end as adopters is the share of the links' ends that adopters hold at the start. A run
 * stops early when all places agree. Places whose start_stage is adopted or functioning have adopted
 * at the start.
 * Sources: Holley & Liggett 1975, Annals of Probability 3:643; Sood & Redner 2005, PRL 94:178701. */
#ifndef NLC_MODEL_VOTER_H
#define NLC_MODEL_VOTER_H

#define MODEL       voter
#define MODEL_TITLE "Voter: one place a month copies one that it hears"

#define MODEL_PARAMETERS(X) X(copying, "c", "1/month", 1, 0, 1, NLC_ASSUMPTION, "", "chance that the place drawn does copy")

#include "simple/adoption.h"

#endif
