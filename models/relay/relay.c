/* The tables of the relay model; see relay.h. */
#include "relay/relay.h"

#include "simple/adoption_tables.h"

DEFINE_MODEL(MODEL, MODEL_TITLE)
