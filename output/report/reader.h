/* The tables of a folder, read by the names of their columns. */
#ifndef NLC_OUTPUT_READER_H
#define NLC_OUTPUT_READER_H

#include "problems.h"

/* A folder, and the paths of its files as messages call them, which live as long as it. */
enum { NLC_READER_FILES = 32, NLC_READER_COLUMNS = 64 };
typedef struct {
    const char *folder;           /* borrowed */
    nlc_problems *problems;       /* borrowed */
    char *path[NLC_READER_FILES]; /* [num_paths], owned */
    uint32_t num_paths;
} nlc_reader;

/* Free it after the problems have been written. */
void nlc_reader_free(nlc_reader *self);

/* FOLDER/FILE, kept by the reader; NULL where memory is out. */
const char *nlc_reader_path(nlc_reader *self, const char *file);

/* True where the folder has such a file. */
bool nlc_reader_has(const nlc_reader *self, const char *file);

/* A row as its reader asked for it. */
typedef struct {
    const char *const *cell; /* [num], in the order of the columns asked for */
    bool decimal_comma;
    nlc_where where;
    nlc_problems *problems;
} nlc_cells;

typedef nlc_error (*nlc_cells_take)(void *context, const nlc_cells *cells);

/* What to read of a file. */
typedef struct {
    const char *file;
    const char *const *columns; /* [num_columns], at most NLC_READER_COLUMNS */
    uint32_t num_columns;
    nlc_cells_take take;
    void *context;
    uint32_t num_optional; /* the last columns, which the file may do without: their cells are "" then */
} nlc_reading;

/* Calls `take` for each row. A column that is not there, and a row of another length than the header,
 * are problems: NLC_ERROR_INPUT. So is a file that is not there. */
nlc_error nlc_reader_read(nlc_reader *self, const nlc_reading *what);

/* The number in a cell; NaN where it is empty, and where it is none, which is a problem. */
double nlc_cells_number(const nlc_cells *self, uint32_t column);

/* Likewise a whole number from 0 to `high`, 0 where it is none. */
uint32_t nlc_cells_whole(const nlc_cells *self, uint32_t column, uint32_t high);

/* A month, YYYY-MM, as year * 12 + (month - 1), with or without a day; -1 where the cell is empty or
 * no month, which is a problem. */
int32_t nlc_cells_month(const nlc_cells *self, uint32_t column);

/* The whole of a text file, appended; NLC_ERROR_INPUT where it cannot be read, which is a problem. */
nlc_error nlc_reader_text(nlc_reader *self, const char *file, nlc_text *text);

/* A copy that its holder frees. */
char *nlc_copy(const char *text);

#endif
