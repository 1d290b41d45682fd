/* The columns of the tables that `analyse` writes, for `describe columns`. */
#ifndef NLC_CLI_ANALYSE_COLUMNS_H
#define NLC_CLI_ANALYSE_COLUMNS_H

#include "dictionary.h"

/* Gives each column of each method's table to `take`, with the file's name; texts last for the call. */
void cli_analysis_columns(void (*take)(void *context, const char *file, const nlc_result_column *column), void *context);

#endif
