/* Tables whose columns go by name. */
#ifndef NLC_CLI_NAMED_H
#define NLC_CLI_NAMED_H

#include "problems.h"

enum { CLI_NAMED_COLUMNS = 9 };

typedef struct {
    nlc_problems *problems;   /* borrowed */
    const char *const *names; /* borrowed, ends with NULL; at most CLI_NAMED_COLUMNS */
    uint32_t num_optional;    /* as many names at the end may be missing: their cells are then NULL */
    /* What a row means. Cells stand in the order of the names and live until the next row. */
    nlc_error (*row)(void *context, const char *const *cells, nlc_where where);
    void *context;
} cli_named;

/* Reads the table at `path`, which must outlive the problems. NLC_ERROR_INPUT where a column is missing or the
 * file cannot be read, with the problem added; NLC_ERROR_MEMORY; or what `row` returns. */
nlc_error cli_named_read(const cli_named *self, const char *path);

/* A whole number without sign. False where the text is something else, or the number outside the range. */
bool cli_whole_read(const char *text, uint32_t low, uint32_t high, uint32_t *value);

#endif
