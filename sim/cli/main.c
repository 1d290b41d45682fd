#include "cli.h"

#include "help.h"
#include "interrupt.h"
#include "problems.h"

#include <errno.h>
#include <fcntl.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const cli_command cli_run, cli_compare, cli_sweep, cli_merge, cli_analyse, cli_check, cli_resolve, cli_describe, cli_new, cli_network, cli_replay, cli_verify, cli_patterns, cli_calibrate, cli_forecast, cli_report, cli_workshop;

/* In the order in which help shows them. */
const cli_command *const cli_commands[] = {
    &cli_run,
    &cli_compare,
    &cli_sweep,
    &cli_merge,
    &cli_analyse,
    &cli_check,
    &cli_resolve,
    &cli_describe,
    &cli_new,
    &cli_network,
    &cli_replay,
    &cli_verify,
    &cli_patterns,
    &cli_calibrate,
    &cli_forecast,
    &cli_report,
    &cli_workshop,
};
const uint32_t cli_num_commands = sizeof cli_commands / sizeof cli_commands[0];

static const char *command_name(const void *context, uint32_t i)
{
    (void)context;
    return i < cli_num_commands ? cli_commands[i]->name : "help";
}

const cli_command *cli_command_find(const char *name)
{
    for (uint32_t i = 0; i < cli_num_commands; i++)
        if (strcmp(cli_commands[i]->name, name) == 0)
            return cli_commands[i];
    char hint[NLC_HINT_LENGTH];
    const char *nearest = nlc_nearest(name, command_name, NULL, cli_num_commands + 1);
    cli_complain(NULL, "'%s' is not a command%s", name, nearest != NULL ? nlc_hint(hint, nearest) : "; 'nlcsim --help' lists them");
    return NULL;
}

static int topic_print(const char *topic)
{
    if (strcmp(topic, "--man") == 0)
        cli_man_print(stdout);
    else if (strcmp(topic, "--completion") == 0)
        cli_completion_print(stdout);
    else {
        const cli_command *command = cli_command_find(topic);
        if (command == NULL)
            return CLI_WRONG;
        cli_help_print_command(command, stdout);
    }
    return CLI_DONE;
}

/* `nlcsim help [COMMAND]`. The build calls it with --man and --completion, which are of no use to others. */
static int help(int argc, char **argv)
{
    if (argc > 3) {
        cli_complain(NULL, "'%s' is one too many; expected help COMMAND", argv[3]);
        return CLI_WRONG;
    }
    if (argc == 3)
        return topic_print(argv[2]);
    cli_help_print(stdout);
    return CLI_DONE;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

static int command_run(const cli_command *command, int argc, char **argv)
{
    if (asks_for_help(argc, argv)) {
        cli_help_print_command(command, stdout);
        return CLI_DONE;
    }
    cli_arguments arguments;
    int code = cli_arguments_init(&arguments, command, argc, argv, 2);
    if (code == CLI_DONE)
        code = command->run(&arguments);
    cli_arguments_free(&arguments);
    return code;
}

static int dispatch(int argc, char **argv)
{
    if (argc < 2) {
        cli_help_print(stderr);
        return CLI_WRONG;
    }
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return help(argc, argv);
    if (strcmp(argv[1], "--version") == 0) {
        printf("nlcsim %s\n", NLC_VERSION);
        return CLI_DONE;
    }
    const cli_command *command = cli_command_find(argv[1]);
    return command == NULL ? CLI_WRONG : command_run(command, argc, argv);
}

/* A file opened later must not get the number of a standard stream that was handed over closed: what is
 * printed would end up in it. The stand-ins are opened the wrong way round, so that using them fails. */
static void streams_hold(void)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) == -1 && errno == EBADF)
            open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* What was printed has arrived, or the user is told why not: a full disk, a closed pipe. */
static int stdout_finish(int code)
{
    const bool had_failed = ferror(stdout) != 0;
    errno = 0;
    const bool has_failed = fflush(stdout) != 0;
    if (!had_failed && !has_failed)
        return code;
    cli_complain(NULL, "standard output: %s", errno != 0 ? strerror(errno) : "not all of it could be written");
    return code == CLI_DONE ? CLI_FAILED : code;
}

int main(int argc, char **argv)
{
    streams_hold();
    cli_interrupt_watch();
    /* It would end the program. */
    gsl_set_error_handler_off();
    return stdout_finish(dispatch(argc, argv));
}
