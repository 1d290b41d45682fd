/* The factors of a study as what is unknown of its one scenario: for commands that draw values for them. */
#ifndef NLC_CLI_UNKNOWNS_H
#define NLC_CLI_UNKNOWNS_H

#include "points.h"
#include "study.h"

/* Makes design points whose addresses are the study's factors, in order. Factors that are no numbers, or have no range,
 * are NLC_ERROR_INPUT with the problems added. Free `points` in any case. */
nlc_error cli_unknowns_make(nlc_points *points, nlc_study *study, nlc_problems *problems);

/* The value of factor `address` of the study `context` at a probability, from its prior: for options of the study code. */
double cli_unknown_at(const void *context, uint32_t address, double probability);

#endif
