/* Running again what a folder of `compare` holds. */
#ifndef NLC_CLI_REPLAY_COMPARE_H
#define NLC_CLI_REPLAY_COMPARE_H

#include "cli.h"

/* True where a folder holds a comparison of scenarios. */
bool cli_holds_comparison(const char *folder);

/* The command, for such a folder; returns an exit code. */
int cli_replay_compare(const cli_arguments *arguments);

#endif
