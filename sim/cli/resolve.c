#include "load.h"

#include <stdio.h>

static int resolve(const cli_arguments *arguments)
{
    cli_scenario scenario;
    const int code = cli_scenario_resolve(&scenario, arguments);
    if (code == CLI_DONE && cli_is_given(arguments, "hash"))
        puts(scenario.hash);
    else if (code == CLI_DONE)
        fwrite(scenario.text.data, 1, scenario.text.length, stdout);
    cli_scenario_free(&scenario);
    return code;
}

static const cli_option options[] = {
    CLI_OPTION_SET,
    {.name = "hash", .kind = CLI_SWITCH, .meaning = "Print the SHA-256 that names the resolved scenario instead of its text."},
};

const cli_command cli_resolve = {
    .name = "resolve",
    .operands = "SCENARIO",
    .operand_kind = CLI_FOLDER,
    .min_operands = 1,
    .max_operands = 1,
    .summary = "print the resolved scenario: flat numbers and an explicit network",
    .description =
        "Prints what the engine runs: the scenario with everything done that its folder asks for (inheritance, waves, dials, "
        "settings, generated networks), as one text in a fixed order. Two scenarios with the same text give the same results; "
        "its hash leaves out title, names, seed and replicates.",
    .example = "nlcsim resolve scenarios/manila-workshop --set meetings=6 --hash",
    .example_means = "Prints the hash that names this scenario with six meetings a year.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = resolve,
};
