/* What the models share in which a place holds one number: what is counted of it, and how measures and
 * outcomes follow. A model's header includes this after
 *   MODEL_QUANTITY       the number's name, and MODEL_QUANTITY_MEANING
 *   MODEL_PARAMETERS(X), MODEL_ATTRIBUTES(X)  as in simple/adoption.h
 *   MODEL_FIELDS(X)      X(name, unit, shared, meaning), shared ones first, and NUM_SHARED */
#ifndef NLC_MODELS_QUANTITY_H
#define NLC_MODELS_QUANTITY_H

#include "nlcsim.h"
#include "stages.h"

#define NAME_PARAMETER(name, ...) PARAMETER_##name,
#define NAME_ATTRIBUTE(name, ...) ATTRIBUTE_##name,
#define NAME_FIELD(name, ...)     FIELD_##name,
#define NAME_TALLY(name, ...)     TALLY_##name,

enum { MODEL_PARAMETERS(NAME_PARAMETER) NUM_PARAMETERS };
enum { MODEL_ATTRIBUTES(NAME_ATTRIBUTE) NUM_ATTRIBUTES };
enum { MODEL_FIELDS(NAME_FIELD) NUM_FIELDS };

/* X(name, unit, meaning) */
#define NLC_QUANTITY_TALLIES(X) \
    X(places, "places", "places") \
    X(adopting_places, "places", "places of tiers that adopt local plans") \
    X(population, "persons", "population of places of tiers that adopt local plans; NaN where one is unknown") \
    X(sum, "1", "sum over places") \
    X(sum_of_squares, "1", "sum of squares over places")

enum { NLC_QUANTITY_TALLIES(NAME_TALLY) NUM_TALLIES };

#endif
