#include "help.h"

#include "problems.h"

#include <string.h>

const char *const cli_program_summary = "simulate how national-local cooperation spreads an action plan over provinces and cities";

const char *const cli_program_description =
    "nlcsim explores how a design of national-local cooperation behaves under stated assumptions: who meets whom, who is briefed "
    "and trained, who pays, who drafts, what is passed up and what comes back; and from that how a national action plan spreads "
    "over provinces and cities. It does not predict violence, assess threats or score places or people.\n"
    "A scenario is a folder of CSV tables. A run steps many replicates of it month by month and writes a folder of CSV tables "
    "with bands; the same scenario and seed give the same bytes on every machine.";

const cli_exit_code cli_exit_codes[] = {
    {"0", "Done."},
    {"1", "Failed: a file could not be read or written, or memory ran out."},
    {"2", "Wrong usage, or input with mistakes; each has been named with its place and what was expected."},
    {"130, 143", "Interrupted (Ctrl-C, kill). Nothing half-written is left behind."},
};
const uint32_t cli_num_exit_codes = sizeof cli_exit_codes / sizeof cli_exit_codes[0];

void cli_wrap(const char *text, int at, int indent, FILE *out)
{
    while (*text != 0) {
        const int length = (int)strcspn(text, " \n");
        if (at > indent && at + 1 + length > CLI_WIDTH) {
            fprintf(out, "\n%*s", indent, "");
            at = indent;
        } else if (at > indent) {
            fputc(' ', out);
            at++;
        }
        fwrite(text, 1, (size_t)length, out);
        at += length;
        text += length;
        if (*text == '\n') {
            fprintf(out, "\n\n%*s", indent, "");
            at = indent;
        }
        text += *text != 0;
    }
    fputc('\n', out);
}

void cli_usage_print(const cli_command *command, FILE *out)
{
    if (command->operands[0] != 0)
        fprintf(out, " %s", command->operands);
    for (uint32_t i = 0; i < command->num_options; i++) {
        const cli_option *option = &command->options[i];
        fputs(" [", out);
        if (option->letter != 0)
            fprintf(out, "-%c", option->letter);
        else
            fprintf(out, "--%s", option->name);
        if (option->kind != CLI_SWITCH)
            fprintf(out, " %s", option->argument);
        fputs(option->kind == CLI_SETTING ? "]..." : "]", out);
    }
}

static void option_print(const cli_option *option, FILE *out)
{
    enum { INDENT = 8 };
    fputs("  ", out);
    if (option->letter != 0)
        fprintf(out, "-%c, ", option->letter);
    fprintf(out, "--%s", option->name);
    if (option->kind != CLI_SWITCH)
        fprintf(out, " %s", option->argument);
    fprintf(out, "\n%*s", INDENT, "");
    cli_wrap(option->meaning, INDENT, INDENT, out);
    if (option->standard == NULL)
        return;
    nlc_text standard = {0};
    if (nlc_text_print(&standard, "Default: %s.", option->standard) == NLC_OK) {
        fprintf(out, "%*s", INDENT, "");
        cli_wrap(standard.data, INDENT, INDENT, out);
    }
    nlc_text_free(&standard);
}

static const cli_option help_option = {.name = "help", .letter = 'h', .kind = CLI_SWITCH, .meaning = "Print this and stop."};

void cli_help_print_command(const cli_command *command, FILE *out)
{
    fprintf(out, "nlcsim %s: %s\n\nUsage: nlcsim %s", command->name, command->summary, command->name);
    cli_usage_print(command, out);
    fputs("\n\n", out);
    cli_wrap(command->description, 0, 0, out);
    fputs("\nOptions:\n", out);
    for (uint32_t i = 0; i < command->num_options; i++)
        option_print(&command->options[i], out);
    option_print(&help_option, out);
    fprintf(out, "\nExample:\n  %s\n", command->example);
    fputs("        ", out);
    cli_wrap(command->example_means, 8, 8, out);
}

void cli_help_print(FILE *out)
{
    fprintf(out, "nlcsim: %s\n\nUsage: nlcsim COMMAND ...\n\nCommands:\n", cli_program_summary);
    for (uint32_t i = 0; i < cli_num_commands; i++)
        fprintf(out, "  %-11s%s\n", cli_commands[i]->name, cli_commands[i]->summary);
    fputs("  help       explain a command, as in nlcsim help run\n"
          "\nOptions:\n  --help    print this; after a command, its options and an example\n"
          "  --version print the version\n\nExit codes:\n",
          out);
    for (uint32_t i = 0; i < cli_num_exit_codes; i++) {
        fprintf(out, "  %-10s", cli_exit_codes[i].code);
        cli_wrap(cli_exit_codes[i].meaning, 12, 12, out);
    }
    fputs("\nExample:\n  nlcsim run scenarios/manila-workshop -o results\n", out);
}
