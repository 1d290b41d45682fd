/* What `analyse` looks at: the points and runs of a study's results, or any outside table, in which
 * every row is a point and its only run. */
#ifndef NLC_CLI_DATA_H
#define NLC_CLI_DATA_H

#include "cli.h"

#include "findings.h"
#include "prim.h"
#include "sample.h"
#include "sheet.h"
#include "study_mark.h"

/* An input: a column of points.csv or of the outside table. */
typedef struct {
    const char *name;   /* borrowed */
    uint32_t column;    /* of the points */
    nlc_prim_kind kind; /* whole: nothing but whole numbers; category: words, numbered from 0 */
    nlc_words words;    /* of a category, owned */
    bool is_lever;      /* somebody can choose it; otherwise it is an uncertainty */
    double low, high;   /* of its range; NaN where nothing says it */
    double *value;      /* [num_points], owned; NaN where missing */
} cli_factor;

typedef struct {
    const cli_arguments *arguments; /* borrowed */
    nlc_text path[3];               /* owned: points, runs, factors */
    nlc_sheet points, runs, factors;
    char mark[NLC_STUDY_MARK_LENGTH + 1]; /* of the study's results; "" of an outside one */
    bool is_study;                        /* else an outside table: runs and points are the same rows */
    uint32_t num_points, num_runs, num_factors;
    cli_factor *factor;                     /* [num_factors], owned */
    uint32_t *point;                        /* [num_runs], owned: of each run */
    const char *output_name;                /* borrowed */
    double *output;                         /* [num_runs], owned; NaN where missing */
    const char *cost_name;                  /* borrowed; NULL unless asked for */
    double *cost;                           /* [num_runs], owned, or NULL */
    uint32_t seed_column, replicate_column; /* of the sheet of runs; NLC_NONE where there is none */
    uint32_t model_column;                  /* of the points: which model each runs; NLC_NONE where it does not vary */
    uint32_t num_filled;                    /* runs without an output that count as filled_with */
    double filled_with;
    nlc_problems problems;
} cli_data;

/* Reads what the operand DIR or --from names, with --output, --inputs, --levers, --cost and --empty.
 * Everything wrong is said. Returns an exit code; free it in any case. `needs_cost`: without a cost it
 * is an error. */
int cli_data_load(cli_data *self, const cli_arguments *arguments, bool needs_cost);
void cli_data_free(cli_data *self);

/* The sheet that has the runs. */
const nlc_sheet *cli_data_runs(const cli_data *self);

/* A further column of the runs as numbers, into values[num_runs]; false where it is not there or not of
 * numbers, and then a problem has been added. */
bool cli_data_column(cli_data *self, const char *name, double *values);

/* Columns that say which run it is, and are no inputs and no outcomes. */
bool cli_data_is_bookkeeping(const char *name);

/* Says the problems and returns the exit code; CLI_DONE where there are none. */
int cli_data_tell(cli_data *self);

/* Adds a problem of the table as a whole, and tells it: returns CLI_WRONG. */
int cli_data_refuse(cli_data *self, const char *format, ...);

/* Whether the model of a run has the outcome that a column of the runs holds. A model without it leaves
 * the cell empty, as does an outcome that was not reached: the one means nothing, the other is slow. */
bool cli_data_has_outcome(const cli_data *self, const char *column, uint32_t run);

/* Empty outputs of runs whose model has it count as `value`. */
void cli_data_fill_empty(cli_data *self, double value);

/* Months that were not reached count as later than any month. */
void cli_data_wait_forever(cli_data *self);

/* Warns of runs without the output, and adds their share to the findings. */
void cli_data_missing_tell(const cli_data *self, cli_findings *findings);

/* Warns where fewer than all were used. */
void cli_data_cover(const cli_data *self, uint32_t used, uint32_t all, const char *what);

/* Mean output of each point over its runs that have one, into mean[num_points]; NaN for none.
 * NLC_ERROR_MEMORY. */
nlc_error cli_data_means(const cli_data *self, double *mean);

/* The complete rows as a sample: each point with its mean output, or each run. Inputs that do not vary
 * are kept. Arrays are owned by the caller and freed with free. Warns of what is left out. Returns an exit
 * code: fewer than `fewest` rows, or an output that does not vary, are refused. */
int cli_data_sample(cli_data *self, bool by_run, uint32_t fewest, nlc_sample *sample);

/* Parts the points by their values of the levers, or of the uncertainties: of[num_points], numbered in
 * the order in which they come first; `num` of them, and the first point of each in first[num]. In a study an
 * empty cell, which is as in the scenario, is a value like others; a row of an outside table that lacks a value
 * has NLC_NONE. Without any such factor all points are in one part. */
typedef struct {
    uint32_t num;
    uint32_t *of;    /* [num_points], owned */
    uint32_t *first; /* [num], owned */
} cli_parts;
nlc_error cli_data_part(const cli_data *self, bool levers, cli_parts *parts);
void cli_parts_free(cli_parts *self);

/* In a study every cell of the inputs that a method looks at must have a value: says which have none, and what
 * to do. With `all` the levers too, otherwise what is unknown alone. Returns an exit code. */
int cli_data_values_check(cli_data *self, bool all);

/* The number of a point as points.csv has it; NULL of an outside table. */
const char *cli_data_number(const cli_data *self, uint32_t point);

/* Appends "meetings=6": what an input is at a point; an empty cell of a study is "as in the scenario". */
nlc_error cli_data_setting(const cli_data *self, uint32_t point, uint32_t factor, nlc_text *text);

/* "meetings=6, grant=2": the values that the levers (or all factors, where none is a lever) have at a
 * point. NLC_ERROR_MEMORY. */
nlc_error cli_data_label(const cli_data *self, uint32_t point, nlc_text *label);

/* The number given to an option: false where there is none; says what is no number and sets `is_wrong`. */
bool cli_real(const cli_arguments *arguments, const char *name, double *value, bool *is_wrong);

/* Whether low values of the output are better: by --better, or else for months_to_*, cost* and names with
 * _gap. */
bool cli_data_low_is_better(const cli_data *self);

/* "share", "months": the unit of the output where it is one of the program's own outcomes, or "". */
const char *cli_data_unit(const cli_data *self);

#endif
