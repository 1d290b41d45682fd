/* A small CSV reader of its own, so that what is written is read by other code than wrote it. */
#ifndef NLC_TEST_OUTPUT_READER_H
#define NLC_TEST_OUTPUT_READER_H

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *text;   /* owned; the cells are cut out of it */
    char **cells; /* [num_rows * num_columns], owned; the header first */
    size_t num_cells, num_rows, num_columns;
} table;

static char *file_text(const char *folder, const char *name, size_t *length)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s cannot be opened", path);
    char *text = malloc(1 << 24);
    *length = fread(text, 1, (1 << 24) - 1, file);
    text[*length] = '\0';
    fclose(file);
    return text;
}

static void add_cell(table *self, char *cell)
{
    if (self->num_cells % 4096 == 0) {
        self->cells = realloc(self->cells, (self->num_cells + 4096) * sizeof *self->cells);
    }
    self->cells[self->num_cells++] = cell;
}

/* Like ck_assert_msg, without its note of every place that is passed: a cell has many characters. */
static void need(bool condition, const char *message, const char *where)
{
    if (!condition) {
        ck_abort_msg("%s: %.20s", message, where);
    }
}

/* Reads one cell at *from, moves on, and returns the character behind it. */
static char read_cell(table *self, char **from, char delimiter)
{
    char *in = *from;
    char *out = in;
    char *cell = in;
    if (*in == '"') {
        in++;
        while (*in != '"' || in[1] == '"') {
            need(*in != '\0', "a quote is not closed", cell);
            in += *in == '"';
            *out++ = *in++;
        }
        in++;
    } else {
        while (*in != delimiter && *in != '\r' && *in != '\0') {
            need(*in != '"' && *in != '\n', "a cell should have been quoted", cell);
            *out++ = *in++;
        }
    }
    char end = *in;
    need(end == delimiter || (end == '\r' && in[1] == '\n'), "a row does not end with CRLF", cell);
    *from = in + (end == '\r' ? 2 : 1);
    *out = '\0';
    add_cell(self, cell);
    return end;
}

/* Every row must end with CRLF and have as many cells as the first. */
static table table_read(const char *folder, const char *name, char delimiter)
{
    size_t length;
    table self = {.text = file_text(folder, name, &length)};
    char *at = self.text;
    char *end = self.text + length;
    if (delimiter == ';') {
        ck_assert_mem_eq(at, "\xEF\xBB\xBF", 3);
        at += 3;
    }
    while (at < end) {
        size_t before = self.num_cells;
        while (read_cell(&self, &at, delimiter) == delimiter) {
        }
        self.num_columns = self.num_rows == 0 ? self.num_cells : self.num_columns;
        need(self.num_cells - before == self.num_columns, "a row has not the cells of the header", self.cells[before]);
        self.num_rows++;
    }
    ck_assert_uint_gt(self.num_rows, 1);
    return self;
}

static void table_free(table *self)
{
    free(self->cells);
    free(self->text);
}

static size_t column_of(const table *self, const char *name)
{
    size_t column = 0;
    while (column < self->num_columns && strcmp(self->cells[column], name) != 0) {
        column++;
    }
    ck_assert_msg(column < self->num_columns, "no column %s", name);
    return column;
}

/* A cell of a row, from 1 (the header is row 0). */
static const char *cell_at(const table *self, size_t row, const char *column)
{
    return self->cells[row * self->num_columns + column_of(self, column)];
}

/* The first row from `row` on whose columns hold these words: "country=AA tier=all". A word may not
 * have a space. 0 if there is none. */
static size_t find_row(const table *self, size_t row, const char *words)
{
    for (; row < self->num_rows; row++) {
        char copy[256];
        bool fits = true;
        snprintf(copy, sizeof copy, "%s", words);
        for (char *word = strtok(copy, " "); word != NULL && fits; word = strtok(NULL, " ")) {
            char *value = strchr(word, '=');
            *value = '\0';
            fits = strcmp(cell_at(self, row, word), value + 1) == 0;
        }
        if (fits) {
            return row;
        }
    }
    return 0;
}

#endif
