/* What the files that write a study's tables share; for study_tables.c alone. */
#ifndef NLC_OUTPUT_STUDY_WRITING_H
#define NLC_OUTPUT_STUDY_WRITING_H

#include "folder.h"
#include "problems.h"
#include "study_tables.h"

/* A column that this study has: a factor, an outcome or a measure; and how a number in it is written. */
typedef struct {
    nlc_result_column column;
    uint32_t decimals;
} nlc_study_field;

/* A table as it stands in this folder. */
typedef struct {
    nlc_study_table_id id;
    nlc_study_field *field; /* [num], owned: those that every study has, then its own */
    uint32_t num;
} nlc_study_table;

typedef struct {
    nlc_store *store; /* borrowed */
    nlc_csv_style style;
    nlc_folder folder;
    nlc_arena arena;
    uint64_t num_points, block;                            /* block: points that belong together (design.h) */
    uint64_t replicates, fewest;                           /* most of a point, which number its runs; and fewest */
    const char *seed, *title, *design, *version, *command; /* in the arena; command: as the store has it, or "" */
    const char *stop;                                      /* in the arena; "" where every point has its replicates */
    bool has_series;
    nlc_study_table table[NLC_NUM_STUDY_TABLES]; /* [num_tables], in the order of the folder's files */
    uint32_t num_tables;
    nlc_study_field *outcome; /* [num_outcomes], owned: those chosen */
    uint32_t num_outcomes;
    nlc_study_field *factor; /* [num_factors], owned */
    uint32_t num_factors;
} nlc_study_writing;

/* Fields out of rows of (name, unit, meaning, decimals, is a number). */
nlc_error nlc_study_fields_read(nlc_study_writing *self, const char *sql, nlc_study_field **fields, uint32_t *num);

/* study_rows.c: each writes its table, or none where the study has nothing for it. `num_runs`: rows of
 * runs.csv. */
nlc_error nlc_study_runs_write(nlc_study_writing *self, uint64_t *num_runs);
nlc_error nlc_study_points_write(nlc_study_writing *self);
nlc_error nlc_study_factors_write(nlc_study_writing *self);
nlc_error nlc_study_series_write(nlc_study_writing *self);
nlc_error nlc_study_failures_write(nlc_study_writing *self);

/* study_package.c: datapackage.json, which describes the tables written so far. */
nlc_error nlc_study_package_write(nlc_study_writing *self);

#endif
