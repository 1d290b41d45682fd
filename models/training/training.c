/* The tables of the training model; see training.h. */
#include "training/training.h"

#include "simple/quantity_tables.h"

DEFINE_MODEL(MODEL, MODEL_TITLE)
