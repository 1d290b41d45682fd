#include "load.h"

#include "contents.h"
#include "estimate.h"
#include "progress.h"
#include "writes.h"

#include <stdio.h>

static const double megabyte = 1048576.0;

static void estimate_print(const nlc_resolved *scenario, const cli_estimate *estimate, size_t scenario_memory)
{
    char time[40];
    cli_duration_write(estimate->seconds, time, sizeof time);
    cli_contents_label("replicates");
    printf("%u, seed %llu\n", scenario->replicates, (unsigned long long)scenario->seed);
    cli_contents_label("a run takes");
    printf("%s on %u %s (%u lanes, %s), and %.0f MB of memory\n", time, estimate->threads,
           estimate->threads == 1 ? "thread" : "threads", estimate->lanes, estimate->isa,
           1.0 + (double)(estimate->memory + scenario_memory) / megabyte);
}

static int check(const cli_arguments *arguments)
{
    cli_scenario scenario;
    int code = cli_scenario_load(&scenario, arguments);
    if (code == CLI_DONE) {
        cli_estimate estimate;
        nlc_error error = cli_contents_print(&scenario.resolved);
        if (error == NLC_OK)
            error = cli_estimate_make(&estimate, &scenario.resolved);
        if (error == NLC_OK)
            estimate_print(&scenario.resolved, &estimate, scenario.memory_size + scenario.text.length);
        if (error == NLC_OK)
            error = cli_writes_print(&scenario.resolved, scenario.num_observed > 0);
        code = cli_fail(arguments, error, arguments->operands[0]);
    }
    cli_scenario_free(&scenario);
    return code;
}

static const cli_option options[] = {CLI_OPTION_SET};

const cli_command cli_check = {
    .name = "check",
    .operands = "SCENARIO",
    .operand_kind = CLI_FOLDER,
    .min_operands = 1,
    .max_operands = 1,
    .summary = "find the mistakes in a scenario, or say what it contains and what a run will take",
    .description =
        "Reads the scenario folder SCENARIO. Everything wrong in it is reported at once, a line each: the file, the line, what is "
        "wrong and what was expected. A good folder is shown on one screen: months, countries, tiers, channels, waves, levers, "
        "how long a run will take on this machine (measured on the spot), its memory, and the files that it will write.",
    .example = "nlcsim check scenarios/philippines-roadmap",
    .example_means = "Shows what the Philippine roadmap contains, and exits with 2 if anything in it is wrong.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = check,
};
