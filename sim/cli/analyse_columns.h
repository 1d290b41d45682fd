/* The columns of the tables that `analyse` writes, and of the one it reads, for `describe columns`. */
#ifndef NLC_CLI_ANALYSE_COLUMNS_H
#define NLC_CLI_ANALYSE_COLUMNS_H

#include "columns.h"
#include "dictionary.h"

/* Gives each column of each method's table to `take`, with the file's name; texts last for the call. */
void cli_analysis_columns(void (*take)(void *context, const char *file, const nlc_result_column *column), void *context);

/* targets.csv, which select reads. */
#define CLI_TARGETS_FILE "targets.csv"
enum {
    CLI_TARGET_FUNCTIONING,
    CLI_TARGET_MONTH,
    CLI_TARGET_PROBABILITY,
    CLI_TARGET_OUTCOME,
    CLI_TARGET_AT_LEAST,
    CLI_TARGET_AT_MOST,
    CLI_TARGET_LABEL,
    CLI_NUM_TARGET_COLUMNS
};
extern const nlc_column cli_target_columns[CLI_NUM_TARGET_COLUMNS];

#endif
