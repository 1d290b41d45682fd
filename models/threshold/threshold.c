/* The tables of the threshold model; see threshold.h. */
#include "threshold/threshold.h"

#include "simple/adoption_tables.h"

DEFINE_MODEL(MODEL, MODEL_TITLE)
