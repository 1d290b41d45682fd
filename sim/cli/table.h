/* A table of texts and numbers that a command prints in the format the user asks for. */
#ifndef NLC_CLI_TABLE_H
#define NLC_CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef struct {
    char *text; /* owned */
    bool is_number;
} cli_cell;

typedef struct {
    const char *const *names; /* [num_columns], borrowed: the header */
    uint32_t num_columns;
    cli_cell *cells; /* [num_cells], owned; row by row */
    size_t num_cells, capacity;
    bool is_broken; /* memory ran out: the table must not be printed */
} cli_table;

void cli_table_init(cli_table *self, const char *const *names, uint32_t num_columns);
void cli_table_free(cli_table *self);

/* Adds the next cell, from left to right, row by row. A failure is kept in is_broken. */
void cli_table_text(cli_table *self, const char *text);
void cli_table_float(cli_table *self, float number);
void cli_table_whole(cli_table *self, uint64_t number);
/* A bound; nothing where it is infinite. */
void cli_table_bound(cli_table *self, double bound);
void cli_table_flag(cli_table *self, bool flag);

/* "table", "csv", "json" or "markdown". */
void cli_table_print(const cli_table *self, const char *format, FILE *out);

/* Writes a JSON string with its quotes. */
void cli_json_text_print(const char *text, FILE *out);

#endif
