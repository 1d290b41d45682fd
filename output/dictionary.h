/* The columns of all tables of a results folder: the one list that header lines, datapackage.json
 * and `describe columns` are made from. */
#ifndef NLC_OUTPUT_DICTIONARY_H
#define NLC_OUTPUT_DICTIONARY_H

#include "results.h"

typedef enum {
    NLC_RESULT_TYPE_TEXT,
    NLC_RESULT_TYPE_WHOLE,
    NLC_RESULT_TYPE_NUMBER,
    NLC_RESULT_TYPE_MONTH,  /* YYYY-MM */
    NLC_RESULT_TYPE_SWITCH, /* yes or no */
} nlc_result_type;

/* The name of a type in a Frictionless Table Schema. */
const char *nlc_result_type_name(nlc_result_type type);

/* What a column is for: a part of the row's key, never empty, or possibly empty. */
typedef enum { NLC_RESULT_ROLE_KEY, NLC_RESULT_ROLE_FULL, NLC_RESULT_ROLE_OPTIONAL } nlc_result_role;

typedef struct {
    const char *name;
    nlc_result_type type;
    nlc_result_role role;
    const char *unit; /* "" where there is none */
    const char *meaning;
} nlc_result_column;

/* The tables, in the order in which a folder describes them. */
typedef enum {
    NLC_RESULT_TIMELINE,
    NLC_RESULT_RUNS,
    NLC_RESULT_SERIES,
    NLC_RESULT_ROADMAP,
    NLC_RESULT_FLOWS,
    NLC_RESULT_NODES,
    NLC_RESULT_DRAWS,
    NLC_RESULT_OBSERVED,
    NLC_NUM_RESULT_TABLES,
} nlc_result_table_id;

typedef struct {
    const char *name, *file, *meaning;
    const nlc_result_column *columns; /* [num_columns]: those that every results folder has */
    uint32_t num_columns;
    const char *more; /* which columns follow them, or NULL */
} nlc_result_table;

extern const nlc_result_table nlc_result_tables[NLC_NUM_RESULT_TABLES];

/* The columns of a table in one results folder. Zeroed by init on failure; free is legal twice. */
typedef struct {
    nlc_result_column *column; /* [num], owned */
    uint32_t num;
    nlc_text names; /* what columns made for these results are called, and mean */
} nlc_result_columns;

nlc_error nlc_result_columns_init(nlc_result_columns *self, nlc_result_table_id table, const nlc_results *results);
void nlc_result_columns_free(nlc_result_columns *self);

#endif
