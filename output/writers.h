/* The tables of a results folder, for results.c alone. */
#ifndef NLC_OUTPUT_WRITERS_H
#define NLC_OUTPUT_WRITERS_H

#include "dictionary.h"
#include "folder.h"
#include "json.h"
#include "results.h"

/* What the tables of one folder share. */
typedef struct {
    const nlc_results *results; /* borrowed */
    nlc_csv_cells *months;      /* [num_months], owned: the cells month and date */
    double *outcomes;           /* [num_outcomes][num_splits][num_replicates], owned, as nlc_ensemble_outcomes gives them for
                                 * single splits: timeline.csv, which has the measures, leaves them for runs.csv */
} nlc_tables;

/* Each writes the rows below the header; errors of the file are the file's, so only memory can fail. */
nlc_error nlc_timeline_write(const nlc_tables *tables, nlc_csv *csv);
nlc_error nlc_runs_write(const nlc_tables *tables, nlc_csv *csv);
nlc_error nlc_series_write(const nlc_tables *tables, nlc_csv *csv);
nlc_error nlc_roadmap_write(const nlc_tables *tables, nlc_csv *csv);
nlc_error nlc_flows_write(const nlc_tables *tables, nlc_csv *csv);
nlc_error nlc_nodes_write(const nlc_tables *tables, nlc_csv *csv);
nlc_error nlc_draws_write(const nlc_tables *tables, nlc_csv *csv);
nlc_error nlc_observed_write(const nlc_tables *tables, nlc_csv *csv);

/* datapackage.json: describes the files that `folder` holds so far. */
nlc_error nlc_datapackage_write(const nlc_results *results, const nlc_folder *folder, nlc_file *file);

/* What it says of one table, and of the text of a resolved scenario under the name of its resource. */
void nlc_datapackage_table(nlc_json *json, const nlc_result_table *table, const nlc_result_columns *columns, nlc_csv_style style,
                           const nlc_folder_file *file);
void nlc_datapackage_scenario(nlc_json *json, const char *name, const nlc_folder_file *file);

/* The scenario's text beside its results. */
#define NLC_RESOLVED_FILE "scenario.resolved.txt"

/* What stands in a split's cells: `all` where it is not split. */
const char *nlc_split_country(const nlc_resolved *scenario, const nlc_split *split);
const char *nlc_split_tier(const nlc_resolved *scenario, const nlc_split *split);
const char *nlc_split_wave(const nlc_resolved *scenario, const nlc_split *split);
const char *nlc_split_group(const nlc_resolved *scenario, const nlc_split *split);
const char *nlc_split_size(const nlc_split *split);

/* In how many ways a split splits: 0 for all places together, more than 1 for a crossing. */
uint32_t nlc_split_ways(const nlc_split *split);

/* Adds the five cells of a split. NLC_ERROR_MEMORY. */
nlc_error nlc_split_cells(nlc_csv_cells *cells, nlc_csv_style style, const nlc_resolved *scenario, const nlc_split *split);

/* "large", "small", or "" where it is not known. */
const char *nlc_size_name(nlc_size size);

/* True where an outcome has a column for this split: each single split has one, but a spread
 * between waves or sizes is of all places together. */
bool nlc_outcome_is_split(const nlc_outcome *outcome, const nlc_split *split);

/* The calendar month of a month of the run. */
int32_t nlc_calendar_month(const nlc_resolved *scenario, uint32_t month);

#endif
