/* The tables of the contagion model; see contagion.h. */
#include "contagion/contagion.h"

#include "simple/adoption_tables.h"

DEFINE_MODEL(MODEL, MODEL_TITLE)
