/* Running an ensemble for a user who waits: progress, and an end on Ctrl-C. */
#ifndef NLC_CLI_RUNS_H
#define NLC_CLI_RUNS_H

#include "cli.h"

#include "ensemble.h"

struct cli_draws;

/* Runs the first `replicates` replicates, with --threads, --lanes, --places and --hash where the command
 * has them. On an interrupt it says how far it came; `kept` is the rest of that sentence. Returns an
 * exit code. */
int cli_runs(nlc_ensemble *self, const nlc_resolved *scenario, const cli_arguments *arguments, uint32_t replicates,
             const char *kept);

/* Likewise, each with what it draws for the unknowns (draws.h). */
int cli_runs_drawn(nlc_ensemble *self, const struct cli_draws *draws, const cli_arguments *arguments, uint32_t replicates,
                   const char *kept);

#define CLI_OPTION_THREADS \
    { \
        .name = "threads", .kind = CLI_NUMBER, .argument = "T", .low = 1, .high = 1024, .standard = "one for each processor", \
        .meaning = "How many threads work. It does not change any result." \
    }

#endif
