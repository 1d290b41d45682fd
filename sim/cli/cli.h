/* The command line. Each command is one file that defines one `cli_command`: its texts, its table of
 * options and what it does. Those tables alone drive parsing, `--help`, the man page and the shell
 * completion, so that none of them can say something else than the program does. */
#ifndef NLC_CLI_H
#define NLC_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exit codes. An interrupted command exits with 128 + the signal, as shells expect. */
enum { CLI_DONE = 0, CLI_FAILED = 1, CLI_WRONG = 2, CLI_SIGNALLED = 128 };

/* What stands behind an option, or as an operand. */
typedef enum {
    CLI_SWITCH,  /* nothing */
    CLI_TEXT,    /* anything */
    CLI_FOLDER,  /* the path of a folder */
    CLI_FILE,    /* the path of a file */
    CLI_WORD,    /* one of the words of `argument` */
    CLI_NUMBER,  /* a whole number from `low` to `high` */
    CLI_SETTING, /* ADDRESS=VALUE; all of them count, where of the others the last one holds */
} cli_kind;

typedef struct {
    const char *name; /* without its dashes */
    char letter;      /* a short form, or 0 */
    cli_kind kind;
    const char *argument; /* what help calls it; for CLI_WORD the words, with | between them */
    uint64_t low, high;   /* for CLI_NUMBER, both included */
    const char *standard; /* what holds without the option, or NULL where that goes without saying */
    const char *meaning;  /* whole sentences */
} cli_option;

typedef struct cli_arguments cli_arguments;

typedef struct {
    const char *name;
    const char *operands; /* as in the usage line, or "" */
    cli_kind operand_kind;
    const char *operand_words; /* for CLI_WORD, with | between them */
    uint32_t min_operands, max_operands;
    const char *summary;                 /* one line without a full stop */
    const char *description;             /* paragraphs, with \n between them */
    const char *example, *example_means; /* a command line and what it does */
    const cli_option *options;           /* [num_options] */
    uint32_t num_options;
    int (*run)(const cli_arguments *arguments); /* returns an exit code */
} cli_command;

/* What was given to a command. */
struct cli_arguments {
    const cli_command *command;
    uint32_t num_operands, num_values;
    const char **operands; /* [num_operands], owned; the texts are argv's */
    const char **values;   /* [num_values], owned; by option, then as given; a switch has "" */
    uint32_t *option;      /* [num_values], owned; index into the command's options */
    int argc;
    char **argv; /* [argc], borrowed; the whole command line */
};

/* Options that several commands share. */
#define CLI_OPTION_SET \
    { \
        .name = "set", .kind = CLI_SETTING, .argument = "ADDRESS=VALUE", \
        .meaning = "Change a lever, dial, parameter or key of scenario.csv for this call, as in meetings=6, " \
                   "grant*=2, resourcing=0.5, trainings@tier=province=4 or grant@from=w+12,to=w+35=0.5. May be given more " \
                   "than once; applied last, in order." \
    }
#define CLI_OPTION_CSV \
    { \
        .name = "csv", .kind = CLI_WORD, .argument = "plain|excel-id", .standard = "plain", \
        .meaning = "How tables are written; excel-id has semicolons and decimal commas, for an Excel set to Indonesian." \
    }
#define CLI_OPTION_QUIET \
    { \
        .name = "quiet", .letter = 'q', .kind = CLI_SWITCH, .meaning = "Print errors only: no progress, no notes, no summary." \
    }
#define CLI_OPTION_PROGRESS \
    { \
        .name = "progress", .kind = CLI_WORD, .argument = "auto|json", .standard = "auto", \
        .meaning = "How progress is shown on the standard error: a line with the time left where that is a terminal, or a " \
                   "line of JSON for each tick." \
    }

/* The last value given to an option, or NULL. The name must be one of the command's. */
const char *cli_value(const cli_arguments *self, const char *name);
bool cli_is_given(const cli_arguments *self, const char *name);

/* True where the command has such an option at all, for what several commands share. */
bool cli_has_option(const cli_arguments *self, const char *name);

/* The whole number given to an option, or `standard` where none was given. */
uint64_t cli_number(const cli_arguments *self, const char *name, uint64_t standard);

/* All values of an option in the order given; NULL for none. */
const char *const *cli_values(const cli_arguments *self, const char *name, size_t *num_values);

/* Reads the arguments behind the name of the command: argv[first] to argv[argc - 1]. Everything wrong
 * is said on the standard error, then CLI_WRONG is returned; CLI_FAILED where memory is out. */
int cli_arguments_init(cli_arguments *self, const cli_command *command, int argc, char **argv, int first);
void cli_arguments_free(cli_arguments *self);

/* The commands, in the order of help. */
extern const cli_command *const cli_commands[];
extern const uint32_t cli_num_commands;
/* The command of that name, or NULL when there is none, which has then been said. */
const cli_command *cli_command_find(const char *name);

/* Tells the user what is wrong on the standard error: "nlcsim COMMAND: message". `command` may be NULL. */
void cli_complain(const cli_command *command, const char *format, ...);

#endif
