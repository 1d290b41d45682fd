/* The tables of the bass model; see bass.h. */
#include "bass/bass.h"

#include "simple/adoption_tables.h"

DEFINE_MODEL(MODEL, MODEL_TITLE)
