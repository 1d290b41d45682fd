/* The tables of a study's results folder: what `nlcsim sweep` and `merge` write out of a store. */
#ifndef NLC_OUTPUT_STUDY_TABLES_H
#define NLC_OUTPUT_STUDY_TABLES_H

#include "csv.h"
#include "dictionary.h"
#include "store.h"

/* In the order in which they are written and described. */
typedef enum {
    NLC_STUDY_RUNS,
    NLC_STUDY_SUMMARY,
    NLC_STUDY_POINTS,
    NLC_STUDY_FACTORS,
    NLC_STUDY_SERIES,
    NLC_STUDY_FAILURES,
    NLC_NUM_STUDY_TABLES,
} nlc_study_table_id;

/* Their columns: the one list that header lines, datapackage.json and `describe columns` are made from. */
extern const nlc_result_table nlc_study_tables[NLC_NUM_STUDY_TABLES];

/* The columns of points.csv behind the factors, in a study that stops each point by itself (`stop`). */
enum { NLC_NUM_STOP_COLUMNS = 2 };
extern const nlc_result_column nlc_stop_columns[NLC_NUM_STOP_COLUMNS];

/* Writes what the store holds of its study as tables into its folder, all of them or none (folder.h):
 * runs.csv, summary.csv, points.csv, factors.csv, with series series.csv, where points could not be run
 * failures.csv, and datapackage.json. The same study gives the same bytes, however it was run.
 * NLC_ERROR_IO with a line in the store's `problems` where runs are missing. */
nlc_error nlc_study_tables_write(nlc_store *self, nlc_csv_style style);

#endif
