/* runs.csv as text, row by row, for who compares it byte for byte. */
#ifndef NLC_CLI_REPLAY_ROWS_H
#define NLC_CLI_REPLAY_ROWS_H

#include "csv.h"
#include "problems.h"

#include <stdio.h>

typedef struct {
    nlc_text text; /* owned */
    size_t *first; /* [num + 1], owned: where each row begins; the header first */
    uint32_t num;
} cli_rows;

/* Appends a file to a text. NLC_ERROR_MEMORY, or NLC_ERROR_IO with errno set. */
nlc_error cli_text_read(const char *path, nlc_text *text);

/* Reads a table from a path, or from a file at its start. Errors as above; free in any case. */
nlc_error cli_rows_read(cli_rows *self, const char *path);
nlc_error cli_rows_read_from(cli_rows *self, FILE *file);
void cli_rows_free(cli_rows *self);

/* A row, which is not ended by a zero, and its length with the end of its line; 0 where there is no such row. */
const char *cli_row_text(const cli_rows *self, uint32_t row);
size_t cli_row_length(const cli_rows *self, uint32_t row);

/* How the table is written. */
nlc_csv_style cli_rows_style(const cli_rows *self);

/* Prints a row behind what it is. */
void cli_row_print(const char *what, const cli_rows *self, uint32_t row);

#endif
