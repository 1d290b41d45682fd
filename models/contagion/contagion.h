/* Contagion with an outside push and drop-out: the chain in discrete time of which all states can be
 * counted on a small network. All places read the state of the start of the month:
 *
 *   P(i adopts)    = 1 - (1 - e_i) * product over adopted j heard by i of (1 - b w_ji)
 *   P(i drops out) = m_i
 *
 * It is the susceptible-infected-susceptible chain with a source outside. Places whose start_stage is
 * adopted or functioning have adopted at the start.
 * Source: Kermack & McKendrick 1927, Proc. R. Soc. A 115:700; as a chain on a network Wang, Chakrabarti,
 * Wang & Faloutsos 2003, SRDS; the push from outside as in Bass 1969, Management Science 15:215. */
#ifndef NLC_MODEL_CONTAGION_H
#define NLC_MODEL_CONTAGION_H

#define MODEL       contagion
#define MODEL_TITLE "Contagion: exposure to adopters, a push from outside, and drop-out"

#define MODEL_PARAMETERS(X) \
    X(transmission, "b", "1/month", 0.02F, 0, 1, NLC_ASSUMPTION, "", \
      "monthly chance to adopt from one adopter on a channel of weight 1") \
    X(external, "e", "1/month", 0.002F, 0, 1, NLC_ASSUMPTION, "", "monthly chance to adopt without any adopter") \
    X(dropout, "m", "1/month", 0.005F, 0, 1, NLC_ASSUMPTION, "", "monthly chance that an adopter drops out")

#define MODEL_ATTRIBUTES(X) \
    X(external, "1/month", 0, 1, "external", "monthly chance of the place to adopt without any adopter") \
    X(dropout, "1/month", 0, 1, "dropout", "monthly chance of the place to drop out")

#include "simple/adoption.h"

#endif
