/* Any table, as texts and numbers by column: what other programs leave behind, read with the same
 * tolerance for spreadsheets as the tables of a scenario. */
#ifndef NLC_SCENARIO_SHEET_H
#define NLC_SCENARIO_SHEET_H

#include "problems.h"
#include "store.h"

typedef struct {
    const char *path; /* borrowed: as the user gave it */
    uint32_t num_columns, num_rows;
    const char **name; /* [num_columns], owned; the texts are in the arena */
    const char **cell; /* [num_rows][num_columns], owned; likewise */
    uint32_t *line;    /* [num_rows], owned: of the file */
    bool decimal_comma;
    nlc_arena arena;
    size_t cell_capacity, line_capacity;
} nlc_sheet;

/* NLC_ERROR_INPUT with the problems added: the file cannot be read, has no rows, a row has another
 * number of cells than the header, or two columns have one name. Free in any case. */
nlc_error nlc_sheet_read(nlc_sheet *self, const char *path, nlc_problems *problems);
void nlc_sheet_free(nlc_sheet *self);

/* The column of that name, or NLC_NONE. */
uint32_t nlc_sheet_find(const nlc_sheet *self, const char *name);

/* The name that was most likely meant: that of the first column which goes on behind a point (functioning_end.all
 * for functioning_end), or else the nearest one; NULL where none is near. */
const char *nlc_sheet_nearest(const nlc_sheet *self, const char *name);

/* The same as nlc_sheet_find, where a missing column is a problem: it is added with that name. */
uint32_t nlc_sheet_column(const nlc_sheet *self, const char *name, nlc_problems *problems);

const char *nlc_sheet_cell(const nlc_sheet *self, uint32_t row, uint32_t column);

/* The number that a cell of this table holds, NaN where it is missing; false for any other text. */
bool nlc_sheet_number(const nlc_sheet *self, const char *text, double *value);

/* A column as numbers, into values[num_rows]. What is empty, NA, N/A, NaN or null (in capitals or not)
 * is missing, NaN. NLC_ERROR_INPUT where anything else is no number, with a problem for each. */
nlc_error nlc_sheet_numbers(const nlc_sheet *self, uint32_t column, double *values, nlc_problems *problems);

/* A column as a factor: its numbers, or, where some cell is a word, the numbers of its distinct texts
 * from 0 in the order of their bytes; missing cells are NaN either way. `texts` takes the distinct
 * texts of a column of words, and stays empty otherwise; it is freed by the caller. NLC_ERROR_MEMORY. */
nlc_error nlc_sheet_factor(nlc_sheet *self, uint32_t column, double *values, nlc_words *texts);

#endif
