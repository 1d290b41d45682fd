/* What the tables of commands say, as text for people, for man and for bash. */
#ifndef NLC_CLI_HELP_H
#define NLC_CLI_HELP_H

#include "cli.h"

#include <stdio.h>

/* All commands, a line each. */
void cli_help_print(FILE *out);

/* One command with its options and an example. */
void cli_help_print_command(const cli_command *command, FILE *out);

/* The manual page nlcsim(1), in the man macros. */
void cli_man_print(FILE *out);

/* A completion script for bash. */
void cli_completion_print(FILE *out);

/* "SCENARIO [-o DIR] [--set ADDRESS=VALUE]...": what follows the name of the command. */
void cli_usage_print(const cli_command *command, FILE *out);

/* Prints words from column `at` on, with line breaks before CLI_WIDTH; new lines begin at `indent`. A
 * line feed in the text makes a new paragraph. */
enum { CLI_WIDTH = 79 };
void cli_wrap(const char *text, int at, int indent, FILE *out);

/* One line about the program without a full stop, paragraphs about it, and the exit codes with their meanings. */
extern const char *const cli_program_summary;
extern const char *const cli_program_description;
typedef struct {
    const char *code, *meaning;
} cli_exit_code;
extern const cli_exit_code cli_exit_codes[];
extern const uint32_t cli_num_exit_codes;

#endif
