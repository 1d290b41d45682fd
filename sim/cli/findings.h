/* What an analysis has found: tidy rows, written as CSV and shown on one screen. */
#ifndef NLC_CLI_FINDINGS_H
#define NLC_CLI_FINDINGS_H

#include "cli.h"

#include "dictionary.h"
#include "sample.h"
#include "store.h"

/* One figure of one thing: an input, a choice, a step. What does not apply is NaN. */
typedef struct {
    const char *output;         /* borrowed: the column that was looked at; NULL: that of the whole table */
    const char *number;         /* borrowed: of the point, shown in front of the item; NULL: none */
    const char *item, *measure; /* in the arena; borrowed (a constant) */
    nlc_estimate estimate;
    double n; /* what it rests on: rows, runs, effects */
} cli_finding;

typedef struct {
    nlc_arena arena;
    cli_finding *finding; /* [num], owned */
    size_t num, capacity;
    const char *number; /* borrowed: of the point that what is added is about; NULL: of none */
    const char *output; /* borrowed: what is added is about this column; NULL: about that of the whole table */
    bool is_broken;     /* memory ran out: nothing must be shown */
} cli_findings;

void cli_findings_free(cli_findings *self);

/* Adds a figure; a failure is kept in is_broken. */
void cli_findings_add(cli_findings *self, const char *item, const char *measure, nlc_estimate estimate, double n);

/* A figure without an interval. */
void cli_findings_plain(cli_findings *self, const char *item, const char *measure, double value, double n);

/* How the screen is laid out. */
typedef struct {
    const char *item;            /* what stands in the first column, as "input" */
    const char *const *measures; /* [num_measures], borrowed: columns, with their intervals; the first one ranks */
    uint32_t num_measures;
    bool is_rising; /* the smallest first, or else the largest */
    bool is_ranked; /* else in the order in which they were added */
    bool by_size;   /* ranked by the size, whatever the sign */
} cli_layout;

/* Prints at most 20 items, those that are wide on several lines; nothing where memory ran out, which is_broken
 * then says. */
void cli_findings_print(cli_findings *self, const cli_layout *layout);

/* The columns of the table; each method has its own items and measures (analyse.h). */
enum { CLI_NUM_FINDING_COLUMNS = 9 };
extern const nlc_result_column cli_finding_columns[CLI_NUM_FINDING_COLUMNS];

/* Writes the tidy table where -o says: to that file, if its name ends in .csv, or else to METHOD.csv in
 * that folder, which is made. `made_from`: the mark of the study (study_mark.h), or "". Nothing happens
 * without -o. Returns an exit code. */
int cli_findings_save(const cli_findings *self, const cli_arguments *arguments, const char *output, const char *made_from);

#endif
