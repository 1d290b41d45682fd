/* Training that wears off: capacity as a leaking store. Each month a place is trained by chance, and part
 * of what it has is lost:
 *
 *   c_i' = (1 - d) c_i + g B,  B = 1 with chance p
 *
 * Nothing bounds c, so that it is linear: its mean tends to g p / d, its variance to
 * g^2 p (1 - p) / (d (2 - d)), and its correlation over k months to (1 - d)^k. The nlc model's own rule
 * saturates instead. All places take part, whatever their tier.
 * Source: an autoregression of order 1, e.g. Box & Jenkins 1970, Time Series Analysis, chapter 3. */
#ifndef NLC_MODEL_TRAINING_H
#define NLC_MODEL_TRAINING_H

#define MODEL                  training
#define MODEL_TITLE            "Training: capacity gained by chance, lost at a constant rate"
#define MODEL_IS_DOUBLE        false
#define MODEL_QUANTITY         capacity
#define MODEL_QUANTITY_MEANING "capacity"

#define MODEL_PARAMETERS(X) \
    X(training_chance, "p", "1/month", 0.25F, 0, 1, NLC_ASSUMPTION, "", "monthly chance that a place is trained") \
    X(training_gain, "g", "1/event", 0.1F, 0, 1, NLC_ASSUMPTION, "", "what one training adds") \
    X(capacity_loss, "d", "1/month", 0.061F, 0, 1, NLC_LITERATURE, \
      "half-life of 11 months, as capacity_half_life of the nlc model (Tatel & Ackerman)", "monthly loss of capacity") \
    X(start_capacity, "c0", "1", 0, 0, 100, NLC_ASSUMPTION, "", "capacity at the start")

#define MODEL_ATTRIBUTES(X) X(start_capacity, "1", 0, 100, "start_capacity", "capacity of the place at the start")

#define MODEL_FIELDS(X) X(capacity, "1", true, "c: capacity")
#define NUM_SHARED      1

#include "simple/quantity.h"

#endif
