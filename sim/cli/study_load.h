/* A study folder, loaded and checked, with the columns of its results. */
#ifndef NLC_CLI_STUDY_LOAD_H
#define NLC_CLI_STUDY_LOAD_H

#include "cli.h"

#include "study.h"

typedef struct {
    nlc_study study;
    const char **columns; /* [num_columns], owned: every outcome for all places, and what the study asks for */
    uint32_t num_columns;
    uint32_t *chosen; /* [num_chosen], owned: columns of the results, in order */
    uint32_t num_chosen;
    uint32_t precise; /* the column that says when a point is run enough; NLC_NONE without the key `stop` */
} cli_study;

/* Reads the study that the first operand names. Problems go to the standard error; returns an exit code.
 * Free it in any case. */
int cli_study_load(cli_study *self, const cli_arguments *arguments);
void cli_study_free(cli_study *self);

#endif
