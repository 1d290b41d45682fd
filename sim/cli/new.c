#include "load.h"

#include "scenario.h"

#include <errno.h>
#include <stdio.h>

static int new_run(const cli_arguments *arguments)
{
    const char *folder = arguments->operands[0];
    const char *table = cli_value(arguments, "from");
    if (table == NULL) {
        cli_complain(arguments->command, "--from is missing; 'nlcsim new --help' shows an example");
        return CLI_WRONG;
    }
    nlc_problems problems = {0};
    errno = 0;
    const nlc_error error = nlc_scenario_new(folder, table, nlc_models()[0], &problems);
    const int code = cli_tell(arguments, error, &problems, folder);
    if (code == CLI_DONE)
        printf("written: %s\nnext: set the levers in %s/levers.csv, then nlcsim check %s\n", folder, folder, folder);
    return code;
}

static const cli_option options[] = {
    {.name = "from",
     .kind = CLI_FILE,
     .argument = "NODES.csv",
     .meaning = "The table of places: a row each, with an id, a name, a tier and the id of the place above. It must be given."},
};

const cli_command cli_new = {
    .name = "new",
    .operands = "DIR",
    .operand_kind = CLI_FOLDER,
    .min_operands = 1,
    .max_operands = 1,
    .summary = "make a scenario folder for any country from a table of its places",
    .description =
        "Makes the folder DIR, which must be new or empty, with the tables of a scenario in it, ready to edit, and a "
        "README.md that says what to fill in: scenario.csv, nodes.csv and levers.csv are filled, agencies.csv, channels.csv, "
        "parameters.csv and observed.csv have their headers. Columns of the table that were understood under another name are "
        "listed, and those that are not known, which are dropped.",
    .example = "nlcsim new scenarios/kenya --from counties.csv",
    .example_means = "Makes a scenario of Kenya's counties.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = new_run,
};
