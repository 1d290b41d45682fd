/* A scenario folder, resolved and read, with what the user hears about it. */
#ifndef NLC_CLI_LOAD_H
#define NLC_CLI_LOAD_H

#include "cli.h"

#include "nlcsim.h"
#include "problems.h"

struct nlc_scenario;

/* Hexadecimal digits of a SHA-256. */
enum { CLI_HASH_LENGTH = 64 };

typedef struct {
    struct nlc_scenario *folder;    /* owned; what was read, or NULL */
    nlc_text text;                  /* the resolved scenario, owned */
    char hash[CLI_HASH_LENGTH + 1]; /* what names the text */
    void *memory;                   /* [memory_size], owned; what `resolved` points into */
    size_t memory_size;
    nlc_resolved resolved;
    const char **observed; /* [num_observed][columns of observed.csv], owned; the texts are the folder's */
    uint32_t num_observed; /* rows */
} cli_scenario;

/* Resolves the scenario folder that the first operand names, with the command's --set, and --seed and
 * --replicates where it has them. Problems, and notes unless --quiet, go to the standard error.
 * Returns an exit code. Free it in any case. */
int cli_scenario_resolve(cli_scenario *self, const cli_arguments *arguments);

/* Reads `text` into `resolved`. `path` is what messages call it. */
int cli_scenario_read(cli_scenario *self, const cli_arguments *arguments, const char *path);

/* Both, and the observations. */
int cli_scenario_load(cli_scenario *self, const cli_arguments *arguments);

void cli_scenario_free(cli_scenario *self);

/* The exit code of an error. Says what went wrong with `path`, unless that has been said already. */
int cli_fail(const cli_arguments *arguments, nlc_error error, const char *path);

/* Likewise, where what went wrong stands in `text`, which is emptied. */
int cli_fail_with(const cli_arguments *arguments, nlc_error error, nlc_text *text);

/* Prints problems, or the notes unless --quiet, and frees them; returns the exit code of `error`. */
int cli_tell(const cli_arguments *arguments, nlc_error error, nlc_problems *problems, const char *path);

#endif
