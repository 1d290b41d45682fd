/* What the models share in which a place has adopted or has not: the state, what is counted, and how
 * measures and outcomes follow. A model's header includes this after its own lists:
 *   MODEL_PARAMETERS(X)  as in nlc/parameters.def.h
 *   MODEL_ATTRIBUTES(X)  X(name, unit, low, high, parameter, meaning), where it has any
 *   MODEL_FIELDS(X)      X(name, unit, meaning), private reals of its own, where it has any */
#ifndef NLC_MODELS_ADOPTION_H
#define NLC_MODELS_ADOPTION_H

#include "nlcsim.h"
#include "stages.h"

#ifndef MODEL_ATTRIBUTES
#define MODEL_ATTRIBUTES(X)
#define MODEL_HAS_NO_ATTRIBUTES
#endif
#ifndef MODEL_FIELDS
#define MODEL_FIELDS(X)
#endif

#define NAME_PARAMETER(name, ...) PARAMETER_##name,
#define NAME_ATTRIBUTE(name, ...) ATTRIBUTE_##name,
#define NAME_FIELD(name, ...)     FIELD_##name,
#define NAME_TALLY(name, ...)     TALLY_##name,

enum { MODEL_PARAMETERS(NAME_PARAMETER) NUM_PARAMETERS };
enum { MODEL_ATTRIBUTES(NAME_ATTRIBUTE) NUM_ATTRIBUTES };
enum { FIELD_word, NUM_SHARED, FIELD_reached = NUM_SHARED, MODEL_FIELDS(NAME_FIELD) NUM_FIELDS };

/* The word: the stage in the lowest bits, as in the nlc model, and two marks. */
#define MASK_STAGE  7
#define SHIFT_HAS   3
#define SHIFT_FRESH 4

/* X(name, unit, meaning) */
#define NLC_ADOPTION_TALLIES(X) \
    X(places, "places", "places") \
    X(adopting_places, "places", "places of tiers that adopt local plans") \
    X(population, "persons", "population of places of tiers that adopt local plans; NaN where one is unknown") \
    X(adopted, "places", "places of these tiers that have adopted") \
    X(plan_population, "persons", "their population") \
    X(new_adoptions, "places", "places that adopt this month") \
    X(lapses, "places", "places that drop out this month")

enum { NLC_ADOPTION_TALLIES(NAME_TALLY) NUM_TALLIES };

#endif
