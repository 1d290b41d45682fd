#include "load.h"

#include "folder.h"
#include "problems.h"
#include "save.h"
#include "study_tables.h"

#include <stdio.h>
#include <sys/stat.h>

static nlc_error parts_merge(const cli_arguments *arguments, const char *out, nlc_text *problems)
{
    nlc_store store = {0};
    nlc_error error = nlc_folder_check(out, problems);
    if (error == NLC_OK)
        error = nlc_store_merge(&store, out, arguments->operands, arguments->num_operands, problems);
    if (error == NLC_OK)
        error = nlc_study_tables_write(&store, cli_csv_style(arguments));
    nlc_store_free(&store);
    return error;
}

/* The folder that is to be made is none of those that it is made from, by whatever path. */
static const char *part_that_is(const cli_arguments *arguments, const char *out)
{
    struct stat of_out, of_part;
    if (stat(out, &of_out) != 0)
        return NULL;
    for (uint32_t k = 0; k < arguments->num_operands; k++)
        if (stat(arguments->operands[k], &of_part) == 0 && of_part.st_dev == of_out.st_dev && of_part.st_ino == of_out.st_ino)
            return arguments->operands[k];
    return NULL;
}

static int merge_run(const cli_arguments *arguments)
{
    nlc_text problems = {0};
    const char *out = cli_value(arguments, "out");
    if (out == NULL) {
        cli_complain(arguments->command, "-o DIR is missing; 'nlcsim merge --help' shows an example");
        return CLI_WRONG;
    }
    const char *part = part_that_is(arguments, out);
    if (part != NULL) {
        cli_complain(arguments->command, "-o %s is one of the folders to be merged; name another one, or a new one", part);
        return CLI_WRONG;
    }
    const int code = cli_fail_with(arguments, parts_merge(arguments, out, &problems), &problems);
    if (code == CLI_DONE && !cli_is_given(arguments, "quiet"))
        printf("results   %s\n", out);
    return code;
}

static const cli_option options[] = {
    {.name = "out",
     .letter = 'o',
     .kind = CLI_FOLDER,
     .argument = "DIR",
     .meaning = "The folder for the whole study. It must be given, and is none of those that are merged."},
    CLI_OPTION_CSV,
    CLI_OPTION_QUIET,
};

const cli_command cli_merge = {
    .name = "merge",
    .operands = "DIR...",
    .operand_kind = CLI_FOLDER,
    .min_operands = 1,
    .max_operands = 100000,
    .summary = "make one study of the shards that were run apart",
    .description =
        "Puts the results folders of the shards of one study (`nlcsim sweep --shard`) together and writes the tables. They are "
        "the same bytes as if the study had been run on one machine. Shards that are not finished are named as missing runs.",
    .example = "nlcsim merge study-1-of-2 study-2-of-2 -o study",
    .example_means = "Makes one study of two shards.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = merge_run,
};
