/* A results folder: what a run leaves behind, as tables that any program reads, with a description
 * of every column and what is needed to make the folder again. */
#ifndef NLC_OUTPUT_RESULTS_H
#define NLC_OUTPUT_RESULTS_H

#include "csv.h"
#include "ensemble.h"

/* Where the value of a parameter comes from, if the scenario says so. */
typedef struct {
    const char *evidence, *source; /* NULL: not said */
} nlc_parameter_note;

/* Observations of a scenario, cell by cell as they were given: date, under, tier, group, measure,
 * value, total, error, source. */
#define NLC_OBSERVED_COLUMNS 9
typedef struct {
    uint32_t num_rows;
    const char *const *cells; /* [num_rows][NLC_OBSERVED_COLUMNS]; numbers with a decimal point */
} nlc_observations;

/* What the bands hold. */
typedef enum {
    NLC_BANDS_CHANCE, /* chance alone */
    NLC_BANDS_PRIOR,  /* and the parameters, drawn between the bounds of their table */
    NLC_BANDS_SAMPLE, /* and the parameters and levers, drawn from a sample that the user gave */
} nlc_bands;

/* What is said of them; the short form, without a full stop, is for where there is little room. */
const char *nlc_bands_text(nlc_bands bands);
const char *nlc_bands_short(nlc_bands bands);

/* What the runs drew: run r (from 0) has row r mod num_rows. */
typedef struct {
    const char *const *names; /* [num_columns]: addresses */
    const double *values;     /* [num_rows][num_columns] */
    uint32_t num_columns, num_rows;
} nlc_draws_table;

/* What a results folder is written from; everything is borrowed. The same contents give the same
 * bytes: no time, no path and no name of a machine enters the folder. */
typedef struct {
    const nlc_ensemble *ensemble;
    uint64_t seed;        /* of the ensemble */
    const char *resolved; /* the text of the resolved scenario */
    size_t resolved_length;
    const char *resolved_hash; /* hexadecimal */
    /* The command line that gives these results again, without what cannot change them (-o,
     * --threads, --lanes, --quiet), so that two folders with the same results are the same. */
    const char *command;
    const char *const *settings; /* [num_settings], each --set as given, dials among them */
    size_t num_settings;
    const nlc_parameter_note *parameter_notes; /* [num_parameters], or NULL */
    const nlc_observations *observed;          /* or NULL */
    nlc_bands bands;
    nlc_draws_table draws; /* zeroed where the bands are chance alone */
    nlc_csv_style style;
    bool series; /* series.csv too */
} nlc_results;

/* Writes the folder. On NLC_ERROR_IO `problems` holds a line that says what could not be done, and
 * the folder is as it was before; NLC_ERROR_MEMORY likewise. nlc_folder_check (folder.h) says
 * beforehand whether the folder may be written. */
nlc_error nlc_results_write(const nlc_results *what, const char *folder, nlc_text *problems);

#endif
