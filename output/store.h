/* The store of a study: a SQLite database `study.db` in its results folder, filled while the study runs.
 *
 * Whatever happens to the program, the database holds whole runs and nothing else: runs are put in
 * transactions, and SQLite rolls back a transaction that was cut short. A run is found by the hash of
 * its inputs (model and its code version, resolved scenario, seed) and its replicate, so it is found
 * again whichever study asks. The tables, which anybody may query:
 *
 *   about(name, value)             the study: title, design, points, replicates, seed, version, command
 *   factor(position, name, ...)    as factors.csv
 *   outcome(position, name, ...)   the columns that runs have; `chosen` is their order in results, if any
 *   variant(variant, label, model), file(variant, folder, name, content)   the scenario folders, to replay
 *   input(id, model, resolved, seed)
 *   point(point, block, variant, input, problem, settings, runs, precision, a column a factor)   runs: how many of
 *                                  its replicates are results; precision: of a study that stops, `enough` or `not reached`
 *   run(input, replicate, columns, series, a column an outcome)     columns: how many outcomes it has
 *   series(input, replicate, month, a column a measure)
 */
#ifndef NLC_OUTPUT_STORE_H
#define NLC_OUTPUT_STORE_H

#include "sweep.h"

#include <sqlite3.h>

#define NLC_STORE_FILE "study.db"

typedef struct {
    sqlite3 *db;                /* owned */
    const char *path;           /* borrowed: the folder */
    nlc_text *problems;         /* borrowed: what went wrong, a line each */
    const nlc_study *study;     /* borrowed; NULL where a store is only read */
    const char *name, *command; /* borrowed: as in the options */
    const char *const *base;    /* borrowed: as in the options */
    uint32_t num_columns;       /* outcomes of a run, in the order of the sweep's columns */
    uint32_t *position;         /* [num_columns], owned: where each stands in the table outcome */
    uint32_t most_position;
    bool series;
    bool in_transaction, has_cache;
    double begun; /* seconds of a clock that only runs forward */
    sqlite3_stmt *add_input, *find_input, *add_point, *find_runs, *add_run, *add_series, *copy_runs, *find_values,
        *end_point; /* owned */
} nlc_store;

/* Opens the store of a study in the folder at `path`, which is made where it is not there, for the columns
 * that a sweep will put. The runs that an older study left there stay. Another program that writes to it is
 * NLC_ERROR_IO, as is whatever else goes wrong, with a line in `problems`. Free it in any case. */
typedef struct {
    const char *const *columns; /* [num_columns], as for the sweep */
    uint32_t num_columns;
    const uint32_t *chosen; /* [num_chosen]: columns of the results, in order */
    uint32_t num_chosen;
    bool series;
    const char *precise; /* the column whose values say when a point is run enough, or NULL */
    const char *cache;   /* folder of another store whose runs are copied instead of computed, or NULL */
    const char *const
        *base;           /* [num_factors]: what points.csv says of a factor that a point does not move, "" for nothing; or NULL */
    const char *name;    /* of the study's folder: its title where it has none; or NULL */
    const char *command; /* that runs the study, without what it says of series and of how tables are written; or NULL */
} nlc_store_options;
nlc_error nlc_store_init(nlc_store *self, const nlc_study *study, const char *path, const nlc_store_options *options,
                         nlc_text *problems);

/* Opens the store in a folder to read it. */
nlc_error nlc_store_open(nlc_store *self, const char *path, nlc_text *problems);

/* Makes what has been put last. */
nlc_error nlc_store_commit(nlc_store *self);
void nlc_store_free(nlc_store *self);

/* The sink of nlc_sweep_run. */
nlc_sink nlc_store_sink(nlc_store *self);

/* How many runs of the study the store in the folder at `path` lacks; nothing is run, and nothing is written there.
 * NLC_ERROR_IO with a line in `problems`. */
nlc_error nlc_store_missing(const char *path, const nlc_study *study, const nlc_sweep_options *options, uint64_t *num_missing,
                            nlc_text *problems);

/* Makes a store at `path` out of those in `folders`, which hold parts of one study. NLC_ERROR_IO with a line
 * in `problems` where one of them is of another study. Free it in any case. */
nlc_error nlc_store_merge(nlc_store *self, const char *path, const char *const *folders, uint32_t num, nlc_text *problems);

/* Private to output: prepares a statement from a format as for sqlite3_mprintf; runs one that gives no
 * row; says what the database says is wrong. */
nlc_error nlc_store_prepare(nlc_store *self, sqlite3_stmt **statement, const char *format, ...);
nlc_error nlc_store_do(nlc_store *self, const char *format, ...);
nlc_error nlc_store_fail(nlc_store *self);

/* True where there is a row; `error` is set where the database fails. */
bool nlc_store_step(nlc_store *self, sqlite3_stmt *statement, nlc_error *error);

/* A value of the table about; "" where it is not there. Appended to `text`. */
nlc_error nlc_store_about(nlc_store *self, const char *name, nlc_text *text);

/* Writes what the study is: its tables about, factor, variant and file, and an empty table point. */
nlc_error nlc_store_describe(nlc_store *self);

/* Adds what the tables of runs and series lack, and says which columns are results; prepares what the sink does. */
nlc_error nlc_store_columns_add(nlc_store *self, const nlc_store_options *options);
nlc_error nlc_store_sink_prepare(nlc_store *self, const nlc_store_options *options);

/* Opens the database to write, and makes the tables; the transaction that this begins is the caller's. */
nlc_error nlc_store_create(nlc_store *self);

#endif
