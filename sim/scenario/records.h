/* Tables as checked rows. */
#ifndef NLC_SCENARIO_RECORDS_H
#define NLC_SCENARIO_RECORDS_H

#include "cells.h"

/* One row: a value for each column of the table. */
typedef struct {
    nlc_where where;
    const nlc_columns *columns; /* borrowed */
    const nlc_value *value;     /* [columns->num], borrowed */
    bool bad;                   /* a cell of the row is wrong */
    bool decimal_comma;
} nlc_record;

/* The value of a fixed column. */
const nlc_value *nlc_record_get(const nlc_record *self, uint32_t field);

/* Its text, or "" where the cell is wrong. */
const char *nlc_record_text(const nlc_record *self, uint32_t field);

/* Reads a table of the model: calls `record` for each row, with cells that are wrong reported and
 * marked. NLC_ERROR_INPUT where the header or the file itself is wrong, so that rows are missing. */
nlc_error nlc_table_read(nlc_table table, const nlc_model *model, const char *path, nlc_where where, nlc_problems *problems,
                         nlc_error (*record)(void *context, const nlc_record *record), void *context);

#endif
