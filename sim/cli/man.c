#include "help.h"

#include "nlcsim.h"

/* Text for troff: a hyphen that a user types must stay one, and no line may begin like a request. */
static void troff_print(const char *text, FILE *out)
{
    bool is_line_start = true;
    for (; *text != 0; text++) {
        if (is_line_start && (*text == '.' || *text == '\''))
            fputs("\\&", out);
        if (*text == '-')
            fputs("\\-", out);
        else if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '\n')
            fputs("\n.PP\n", out);
        else
            fputc(*text, out);
        is_line_start = *text == '\n';
    }
}

static void option_print(const cli_option *option, FILE *out)
{
    fputs(".TP\n", out);
    if (option->letter != 0)
        fprintf(out, "\\fB\\-%c\\fR, ", option->letter);
    fputs("\\fB\\-\\-", out);
    troff_print(option->name, out);
    fputs("\\fR", out);
    if (option->kind != CLI_SWITCH) {
        fputs(" \\fI", out);
        troff_print(option->argument, out);
        fputs("\\fR", out);
    }
    fputc('\n', out);
    troff_print(option->meaning, out);
    fputc('\n', out);
    if (option->standard != NULL) {
        fputs("Default: ", out);
        troff_print(option->standard, out);
        fputs(".\n", out);
    }
}

static void command_print(const cli_command *command, FILE *out)
{
    fprintf(out, ".SS nlcsim %s\n", command->name);
    troff_print(command->description, out);
    fputs("\n", out);
    for (uint32_t i = 0; i < command->num_options; i++)
        option_print(&command->options[i], out);
    fputs(".PP\nExample:\n.PP\n.EX\n", out);
    troff_print(command->example, out);
    fputs("\n.EE\n.PP\n", out);
    troff_print(command->example_means, out);
    fputs("\n", out);
}

static void synopsis_print(FILE *out)
{
    fputs(".SH SYNOPSIS\n.nf\n", out);
    for (uint32_t i = 0; i < cli_num_commands; i++) {
        fprintf(out, "\\fBnlcsim %s\\fR ", cli_commands[i]->name);
        troff_print(cli_commands[i]->operands, out);
        fputs(cli_commands[i]->num_options > 0 ? " [\\fIoptions\\fR]\n" : "\n", out);
    }
    fputs("\\fBnlcsim\\fR \\-\\-help | \\-\\-version\n.fi\n", out);
}

void cli_man_print(FILE *out)
{
    fprintf(out, ".TH NLCSIM 1 \"\" \"nlcsim %s\" \"User Commands\"\n.SH NAME\nnlcsim \\- ", NLC_VERSION);
    troff_print(cli_program_summary, out);
    fputc('\n', out);
    synopsis_print(out);
    fputs(".SH DESCRIPTION\n", out);
    troff_print(cli_program_description, out);
    fputs("\n.SH COMMANDS\n", out);
    for (uint32_t i = 0; i < cli_num_commands; i++)
        command_print(cli_commands[i], out);
    fputs(".SH EXIT STATUS\n", out);
    for (uint32_t i = 0; i < cli_num_exit_codes; i++) {
        fprintf(out, ".TP\n\\fB%s\\fR\n", cli_exit_codes[i].code);
        troff_print(cli_exit_codes[i].meaning, out);
        fputc('\n', out);
    }
}
