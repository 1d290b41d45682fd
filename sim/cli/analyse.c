#include "analyse.h"

#include "load.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

nlc_resampling cli_resampling(const cli_data *data, uint32_t standard)
{
    return (nlc_resampling){(uint32_t)cli_number(data->arguments, "resamples", standard), cli_number(data->arguments, "seed", 1)};
}

bool cli_is_shown(const cli_data *data)
{
    return !cli_is_given(data->arguments, "quiet");
}

void cli_title_print(const cli_data *data, const char *format, ...)
{
    const char *unit = cli_data_unit(data);
    va_list details;
    va_start(details, format);
    printf("%s: %s%s%s%s, ", data->arguments->operands[0], data->output_name, unit[0] != 0 ? " (" : "", unit,
           unit[0] != 0 ? ")" : "");
    vprintf(format, details);
    fputs("\n\n", stdout);
    va_end(details);
}

static const char *method_name(const void *context, uint32_t i)
{
    (void)context;
    return cli_methods[i].name;
}

static const cli_method *method_find(const cli_arguments *arguments)
{
    const char *name = arguments->operands[0];
    char hint[NLC_HINT_LENGTH];
    for (uint32_t k = 0; k < CLI_NUM_METHODS; k++)
        if (strcmp(cli_methods[k].name, name) == 0)
            return &cli_methods[k];
    const char *near = nlc_nearest(name, method_name, NULL, CLI_NUM_METHODS);
    cli_complain(arguments->command, "'%s' is not a method%s", name,
                 near != NULL ? nlc_hint(hint, near) : "; 'nlcsim analyse --help' lists them");
    return NULL;
}

static int analyse(const cli_arguments *arguments)
{
    const cli_method *method = method_find(arguments);
    cli_data data;
    cli_findings findings = {0};
    if (method == NULL)
        return CLI_WRONG;
    int code = cli_data_load(&data, arguments, method->needs_cost);
    if (code == CLI_DONE && method->counts_empty)
        cli_data_wait_forever(&data);
    if (code == CLI_DONE && !method->names_outputs)
        cli_data_missing_tell(&data, &findings);
    if (code == CLI_DONE && method->needs_values)
        code = cli_data_values_check(&data, true);
    if (code == CLI_DONE)
        code = method->run(&data, &findings);
    if (code == CLI_DONE)
        code = cli_findings_save(&findings, arguments, data.output_name, data.mark);
    cli_findings_free(&findings);
    cli_data_free(&data);
    return code;
}

static const cli_option options[] = {
    {.name = "from",
     .kind = CLI_FILE,
     .argument = "TABLE.csv",
     .meaning = "Analyse this table in the place of a study's results: a row a run, a column an input or an output. Empty cells, "
                "NA and NaN are missing."},
    {.name = "output",
     .kind = CLI_TEXT,
     .argument = "Y",
     .standard = "of a study, functioning_end or else the first outcome",
     .meaning = "The column that is to be explained, reached or made good."},
    {.name = "inputs",
     .kind = CLI_TEXT,
     .argument = "A,B",
     .standard = "all but the output, the cost and what numbers the runs",
     .meaning = "The columns that are looked at as inputs, with commas between them."},
    {.name = "levers",
     .kind = CLI_TEXT,
     .argument = "A,B",
     .standard = "what factors.csv says; of an outside table, none",
     .meaning = "The inputs that somebody can choose; the others are unknown. For robust, pareto, voi and select."},
    {.name = "groups",
     .kind = CLI_WORD,
     .argument = "saltelli",
     .meaning =
         "The rows of the table come in Saltelli's groups: A, A with each input in turn from B, B. sobol needs it with --from."},
    {.name = "threshold",
     .kind = CLI_TEXT,
     .argument = "T",
     .meaning = "prim: a run is of interest where the output is better than T or equal to it (worse, with --worse). robust: so "
                "much satisfies."},
    {.name = "worse", .kind = CLI_SWITCH, .meaning = "prim: look for what goes wrong: outputs worse than the threshold."},
    {.name = "better",
     .kind = CLI_WORD,
     .argument = "high|low",
     .standard = "low for months_to_*, cost* and gaps, else high",
     .meaning = "Whether high or low values of the output are good."},
    {.name = "empty",
     .kind = CLI_TEXT,
     .argument = "V",
     .standard = "such runs are left out, with a warning",
     .meaning = "What an empty output stands for, such as 61 for a month that was not reached in 60. Runs of models that do not "
                "have the output stay empty."},
    {.name = "cost",
     .kind = CLI_TEXT,
     .argument = "C",
     .standard = "cost_end",
     .meaning = "The column of costs, for pareto and select."},
    {.name = "targets",
     .kind = CLI_FILE,
     .argument = "FILE",
     .standard = "targets.csv in the results folder",
     .meaning = "select: the targets, a row each: functioning (percent), month, probability; or outcome, at_least, at_most, "
                "probability; and label, if you like. X % functioning is the outcome months_to_functioning_X, such as 80; a month "
                "beyond the runs' last one counts as missed."},
    {.name = "resamples",
     .kind = CLI_NUMBER,
     .argument = "N",
     .low = 0,
     .high = 100000,
     .standard = "1000; 100 for pawn, delta, robust and voi; 20 for prim",
     .meaning = "How often rows are drawn again, for the intervals; 0 for none."},
    {.name = "seed",
     .kind = CLI_NUMBER,
     .argument = "S",
     .high = UINT64_MAX,
     .standard = "1",
     .meaning = "Where that chance begins."},
    {.name = "out",
     .letter = 'o',
     .kind = CLI_FILE,
     .argument = "PATH",
     .standard = "nothing is written",
     .meaning = "Write the figures as a tidy table: to PATH if it ends in .csv, or else to METHOD.csv in the folder PATH."},
    CLI_OPTION_CSV,
    CLI_OPTION_QUIET,
};

const cli_command cli_analyse = {
    .name = "analyse",
    .operands = "METHOD [DIR]",
    .operand_kind = CLI_FOLDER,
    .min_operands = 1,
    .max_operands = 2,
    .summary = "say which inputs matter, what holds up and what to choose, from a study or any table",
    .description =
        "Looks at the results folder DIR of a study (points.csv, runs.csv, factors.csv), or at any table with --from. Prints a "
        "ranking with 95 % intervals, and writes the figures as a tidy table with -o. Methods:\n"
        "morris: elementary effects, for few runs (rows in trajectories). sobol: shares of the variance, first and total order "
        "(rows in Saltelli's groups); where runs have seeds, with the share of the seed. pawn and delta: how far an input moves "
        "the "
        "whole distribution, from any rows. rank: rank correlation and partial rank correlation.\n"
        "oat: of a study that moves one factor at a time, the mean difference of every outcome from the base point, by factor and "
        "value, paired by seed.\n"
        "prim: the box of inputs in which runs are of interest. robust: regret, satisficing and percentiles of each lever setting "
        "over the unknowns. pareto: cost against the output, and the hypervolume. voi: which unknown to survey first. select: the "
        "cheapest lever setting that reaches a target often enough.\n"
        "morris, rank, robust, pareto and voi look at the mean of a point's runs, the others at single runs.\n"
        "A month that was not reached (months_to_*, empty in runs.csv) is only known to be later than the run's last one. prim and "
        "select take it so. The other methods leave such runs out, which makes what is slow look fast, and say how many there "
        "are, unless --empty says which month they count as; the tidy table has their share.",
    .example = "nlcsim analyse rank --from table.csv --output y --inputs meetings,grant",
    .example_means = "Ranks two columns of your own table by how closely y follows them.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = analyse,
};
