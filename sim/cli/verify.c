#include "load.h"

#include "estimate.h"
#include "interrupt.h"
#include "own.h"
#include "problems.h"
#include "runs.h"
#include "verify.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
    struct stat what;
    return stat(path, &what) == 0 && S_ISDIR(what.st_mode);
}

/* Each case is told when it is done: some take a while. */
static bool case_said(void *context, const char *text)
{
    (void)context;
    fputs(text, stdout);
    fflush(stdout);
    return cli_interrupt_signal() == 0;
}

/* NLC_ERROR_IO with errno set. */
static nlc_error keep_make(const char *keep)
{
    if (keep == NULL || mkdir(keep, 0777) == 0 || (errno == EEXIST && is_folder(keep)))
        return NLC_OK;
    return NLC_ERROR_IO;
}

static int verdict(const cli_arguments *arguments, const nlc_verify_counts *counts)
{
    printf("%u passed, %u failed, %u skipped\n", counts->passed, counts->failed, counts->skipped);
    const bool is_strict = cli_is_given(arguments, "strict");
    return counts->failed > 0 || (is_strict && counts->skipped > 0) ? CLI_FAILED : CLI_DONE;
}

static int folder_verify(const cli_arguments *arguments, const char *folder)
{
    nlc_verify_counts counts = {0};
    nlc_text problems = {0};
    const nlc_verify_options options = {
        .folder = folder,
        .keep = cli_value(arguments, "keep"),
        .threads = (uint32_t)cli_number(arguments, "threads", cli_num_processors()),
        .said = case_said,
    };
    nlc_error error = keep_make(options.keep);
    if (error != NLC_OK)
        return cli_fail(arguments, error, options.keep);
    error = nlc_verify(&options, &counts, &problems);
    int code = CLI_DONE;
    if (error == NLC_OK || error == NLC_ERROR_INPUT)
        code = verdict(arguments, &counts);
    if (problems.length > 0)
        fwrite(problems.data, 1, problems.length, stderr);
    nlc_text_free(&problems);
    return error == NLC_OK ? code : cli_fail(arguments, error, folder);
}

static int verify(const cli_arguments *arguments)
{
    nlc_text own = {0};
    int code;
    if (arguments->num_operands > 0)
        code = folder_verify(arguments, arguments->operands[0]);
    else if (cli_own_folder("cases", "tests/verification/cases", &own) != NLC_OK)
        code = cli_fail(arguments, NLC_ERROR_MEMORY, "cases");
    else
        code = folder_verify(arguments, own.data);
    nlc_text_free(&own);
    return code;
}

static const cli_option options[] = {
    {.name = "keep",
     .kind = CLI_FOLDER,
     .argument = "OUT",
     .meaning = "Write the scenarios that cases make as ordinary folders, OUT/ID, so that they can be looked at and run."},
    {.name = "strict", .kind = CLI_SWITCH, .meaning = "A case that is skipped, because its kind is not known here, is a failure."},
    CLI_OPTION_THREADS,
};

const cli_command cli_verify = {
    .name = "verify",
    .operands = "[DIR]",
    .operand_kind = CLI_FOLDER,
    .max_operands = 1,
    .summary = "check the program against cases with known answers",
    .description =
        "Runs every case in the folder DIR: the files NAME.json, each with one case or an array of them. Without DIR it runs "
        "those that came with the program. A case has an id, which says its kind, and answers from theory or from another "
        "program; they are compared within the tolerance of the kind. A line is printed for each case, PASS, FAIL with what "
        "was found and what was expected, or SKIP, and then how many there were of each.\n"
        "Exits with 1 if a case fails, and with 2 if a file is not a case file.",
    .example = "nlcsim verify --strict",
    .example_means = "Checks the program on this machine against the cases that came with it, all of them.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = verify,
};
