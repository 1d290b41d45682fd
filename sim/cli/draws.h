/* --parameters: what each run draws for the unknowns, from the prior or from a posterior sample. */
#ifndef NLC_CLI_DRAWS_H
#define NLC_CLI_DRAWS_H

#include "load.h"
#include "points.h"
#include "results.h"

typedef struct cli_draws {
    nlc_bands bands;
    nlc_points levers;            /* where columns of a file move levers */
    const nlc_resolved *resolved; /* borrowed: what the points run on */
    char **names;                 /* [num_columns], owned */
    double *values;               /* [num][num_columns], owned */
    uint32_t num, num_columns;
    float *parameters;   /* [num][num_parameters], owned */
    float *lever_values; /* [num][levers.num_levers], owned */
    nlc_point *points;   /* [num], owned; NULL where nothing is drawn */
} cli_draws;

/* Reads the command's --parameters, if it was given, for `replicates` runs of a scenario that has been
 * loaded. What is wrong goes to the standard error. Returns an exit code. Free it in any case. */
int cli_draws_init(cli_draws *self, const cli_arguments *arguments, cli_scenario *scenario, uint32_t replicates);

/* Likewise, from the file at `path` as it was written beside results, which draws parameters alone:
 * nothing is known of the scenario but its resolved form. */
int cli_draws_of_results(cli_draws *self, const cli_arguments *arguments, const nlc_resolved *resolved, const char *path);

/* For nlc_results. */
nlc_draws_table cli_draws_table(const cli_draws *self);

void cli_draws_free(cli_draws *self);

#define CLI_OPTION_PARAMETERS \
    { \
        .name = "parameters", .kind = CLI_TEXT, .argument = "prior|FILE", \
        .meaning = "Let every run draw the unknowns too, so that the bands hold them as well as chance: run r draws from " \
                   "the prior (every parameter uniform between its bounds, but those that the scenario or --set gives), or takes " \
                   "row r of the table FILE, which begins again at its end. Its columns are addresses as for --set " \
                   "without = and value (meetings sets, meetings* multiplies, meetings+ adds): a posterior.csv, or a draws.csv." \
    }

#endif
