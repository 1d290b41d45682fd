/* Tables as CSV after RFC 4180: UTF-8, comma, CRLF, quotes where a cell needs them. CRLF is what
 * the RFC says, and R, pandas, Excel and LibreOffice all take it. No byte order mark, which R would
 * read as a part of the first column's name.
 *
 * The style excel-id is for a double click in an Excel whose decimal sign is the comma (Indonesian,
 * Filipino in some settings, most of Europe): semicolons, decimal commas, and the byte order mark
 * without which Excel garbles every letter that is not ASCII. */
#ifndef NLC_OUTPUT_CSV_H
#define NLC_OUTPUT_CSV_H

#include "file.h"

/* Room for the tail of a row; see nlc_csv_tail. */
#define NLC_CSV_TAIL 4096

typedef enum { NLC_CSV_PLAIN, NLC_CSV_EXCEL_ID } nlc_csv_style;

typedef struct {
    nlc_file *file; /* borrowed */
    char delimiter, decimal;
    uint32_t num_columns; /* of the header row; 0 before it has ended */
    uint32_t num_cells;   /* in the row so far */
    uint32_t tail_cells;
    const char *tail_begin; /* in the file's buffer, or NULL where no tail is being written */
    size_t tail_length;
    char tail[NLC_CSV_TAIL];
} nlc_csv;

/* Cells that many rows have, made once; zeroed to begin with. */
typedef struct {
    nlc_text text; /* owned; with a delimiter before each cell */
    uint32_t num;
} nlc_csv_cells;

/* Starts a table at the start of a file. Errors are the file's. */
void nlc_csv_begin(nlc_csv *self, nlc_file *file, nlc_csv_style style);

/* The next cell of the row. A text may be NULL, an empty cell; so is a number that is NaN. */
void nlc_csv_text(nlc_csv *self, const char *text);
void nlc_csv_whole(nlc_csv *self, uint64_t value);
void nlc_csv_number(nlc_csv *self, double value, uint32_t decimals);
/* A calendar month, year * 12 + (month - 1), as YYYY-MM. */
#define NLC_CSV_MONTH_LENGTH 7
void nlc_csv_month_write(int32_t month, char *text); /* not terminated */
void nlc_csv_month(nlc_csv *self, int32_t month);
/* A number that is a text already, with a decimal point. */
void nlc_csv_number_text(nlc_csv *self, const char *text);

/* Adds a cell as nlc_csv_text would write it in this style. NLC_ERROR_MEMORY. */
nlc_error nlc_csv_cells_add(nlc_csv_cells *self, nlc_csv_style style, const char *text);
void nlc_csv_cells_free(nlc_csv_cells *self);

/* The next cells of the row, made before. */
void nlc_csv_put(nlc_csv *self, const nlc_csv_cells *cells);

/* The cells from here to the end of the row, of at most NLC_CSV_TAIL bytes, are its tail: the next row
 * may repeat it, which is much cheaper than writing the same numbers again. */
void nlc_csv_tail(nlc_csv *self);
void nlc_csv_repeat_tail(nlc_csv *self);

/* Ends the row. Every row has the cells of the first one, the header. */
void nlc_csv_end_row(nlc_csv *self);

#endif
