/* The tables of the cascade model; see cascade.h. */
#include "cascade/cascade.h"

#include "simple/adoption_tables.h"

DEFINE_MODEL(MODEL, MODEL_TITLE)
