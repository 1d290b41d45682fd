/* The tables of the voter model; see voter.h. */
#include "voter/voter.h"

#include "simple/adoption_tables.h"

DEFINE_MODEL(MODEL, MODEL_TITLE)
