/* Running the runs of a study again, out of what its store keeps. */
#ifndef NLC_CLI_REPLAY_STUDY_H
#define NLC_CLI_REPLAY_STUDY_H

#include "cli.h"

/* True where a folder holds a study and not the results of a scenario. */
bool cli_holds_study(const char *folder);

/* The command, for such a folder; returns an exit code. */
int cli_replay_study(const cli_arguments *arguments);

#endif
