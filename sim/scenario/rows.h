/* Rows of a CSV file, as real spreadsheets write them: a UTF-8 byte order mark, line ends of any
 * kind, `,` or `;` as separator (with `;` the decimal comma), a leading `sep=;` line, quotes. Memory
 * stays bounded whatever the file holds. */
#ifndef NLC_SCENARIO_ROWS_H
#define NLC_SCENARIO_ROWS_H

#include "problems.h"

/* A row may be this long, in bytes. */
#define NLC_ROW_LENGTH ((size_t)1 << 20)

typedef struct {
    const char *const *cell; /* [num], terminated texts that live until the next row */
    size_t num;
    uint32_t line;      /* the line that the row begins on */
    bool decimal_comma; /* the file writes 0,5 for a half */
    bool is_damaged;    /* bytes of it have been reported, and stand as `?` in its cells */
} nlc_row;

/* Calls `row` for every row that is not blank, the header first. Bytes that cannot stand in a table
 * (NUL, control characters, what is not UTF-8) are problems, and reach the function as `?`.
 * NLC_ERROR_INPUT where the file could not be read to its end (the problem has been added);
 * NLC_ERROR_MEMORY; or the first error that the function returns. */
nlc_error nlc_rows_read(const char *path, nlc_where where, nlc_problems *problems,
                        nlc_error (*row)(void *context, const nlc_row *row), void *context);

#endif
