/* What a run will write. */
#ifndef NLC_CLI_WRITES_H
#define NLC_CLI_WRITES_H

#include "nlcsim.h"

/* Rows of timeline.csv, each of which sums up one measure over the replicates. NLC_ERROR_MEMORY. */
nlc_error cli_num_curve_points(const nlc_resolved *scenario, uint64_t *num);

/* Prints the files of the results folder, tables with their rows; observed.csv where the scenario has one.
 * NLC_ERROR_MEMORY. */
nlc_error cli_writes_print(const nlc_resolved *scenario, bool has_observed);

#endif
