#include "runs.h"

#include "draws.h"
#include "estimate.h"
#include "load.h"
#include "progress.h"

#include <inttypes.h>
#include <stdlib.h>

static bool is_on(const cli_arguments *arguments, const char *name)
{
    return cli_has_option(arguments, name) && cli_is_given(arguments, name);
}

static uint32_t number_or(const cli_arguments *arguments, const char *name, uint32_t standard)
{
    return cli_has_option(arguments, name) ? (uint32_t)cli_number(arguments, name, standard) : standard;
}

int cli_runs_drawn(nlc_ensemble *self, const cli_draws *draws, const cli_arguments *arguments, uint32_t replicates,
                   const char *kept)
{
    const nlc_resolved *scenario = draws->resolved;
    cli_progress progress;
    cli_progress_init(&progress, arguments);
    const nlc_ensemble_options options = {
        .replicates = replicates,
        .threads = number_or(arguments, "threads", cli_num_processors()),
        .lanes = number_or(arguments, "lanes", 0),
        .seed = scenario->seed,
        .points = draws->points,
        .num_points = draws->num,
        .places = is_on(arguments, "places"),
        .hash = is_on(arguments, "hash"),
        .progress = cli_progress_tick,
        .context = &progress,
    };
    const nlc_error error = nlc_ensemble_run(self, scenario, &options);
    if (error == NLC_OK)
        cli_progress_tick(&progress, replicates, replicates);
    cli_progress_end(&progress);
    if (error == NLC_ERROR_INTERRUPTED)
        cli_complain(arguments->command, "interrupted after %" PRIu32 " of %" PRIu32 " runs; %s", progress.done, replicates, kept);
    return cli_fail(arguments, error, arguments->operands[0]);
}

int cli_runs(nlc_ensemble *self, const nlc_resolved *scenario, const cli_arguments *arguments, uint32_t replicates,
             const char *kept)
{
    const cli_draws nothing_drawn = {.resolved = scenario};
    return cli_runs_drawn(self, &nothing_drawn, arguments, replicates, kept);
}
