/* `nlcsim network FILE.graphml`: a network from another program becomes channels.csv. */
#ifndef NLC_CLI_IMPORT_H
#define NLC_CLI_IMPORT_H

#include "cli.h"

/* Reads the GraphML file that the first operand names, says what is in it, and writes channels.csv into
 * the folder of --out. Returns an exit code. */
int cli_import(const cli_arguments *arguments);

#endif
