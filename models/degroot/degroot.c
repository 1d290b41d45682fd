/* The tables of the degroot model; see degroot.h. */
#include "degroot/degroot.h"

#include "simple/quantity_tables.h"

DEFINE_MODEL(MODEL, MODEL_TITLE)
