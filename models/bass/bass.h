/* Bass's diffusion in discrete time: everybody sees everybody of the country.
 *
 *   P(i adopts in month t) = min(1, p + q n / (N - 1))
 *
 * n of the N places of adopting tiers of the country have adopted at the start of the month. Networks do
 * not matter and nobody drops out. Places whose start_stage is adopted or functioning have adopted at the
 * start. The defaults are a twelfth of the yearly means over 213 applications (Sultan, Farley & Lehmann
 * 1990, J. Marketing Research 27:70: p 0.03, q 0.38).
 * Source: Bass 1969, Management Science 15:215. */
#ifndef NLC_MODEL_BASS_H
#define NLC_MODEL_BASS_H

#define MODEL       bass
#define MODEL_TITLE "Bass: innovation, and imitation of all places of the country"

#define MODEL_PARAMETERS(X) \
    X(innovation, "p", "1/month", 0.0025F, 0, 1, NLC_LITERATURE, "Sultan, Farley & Lehmann 1990: 0.03 a year for consumer goods", \
      "monthly chance to adopt while nobody has") \
    X(imitation, "q", "1/month", 0.032F, 0, 1, NLC_LITERATURE, "Sultan, Farley & Lehmann 1990: 0.38 a year for consumer goods", \
      "what is added to it when all others have adopted")

#include "simple/adoption.h"

#endif
