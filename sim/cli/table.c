#include "table.h"

#include "nlcsim.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void cli_table_init(cli_table *self, const char *const *names, uint32_t num_columns)
{
    *self = (cli_table){.names = names, .num_columns = num_columns};
}

void cli_table_free(cli_table *self)
{
    for (size_t k = 0; k < self->num_cells; k++)
        free(self->cells[k].text);
    free(self->cells);
    *self = (cli_table){0};
}

static bool make_room(cli_table *self)
{
    if (self->num_cells < self->capacity)
        return true;
    const size_t capacity = self->capacity == 0 ? 64 : 2 * self->capacity;
    cli_cell *cells = realloc(self->cells, capacity * sizeof *cells);
    if (cells == NULL)
        return false;
    self->cells = cells;
    self->capacity = capacity;
    return true;
}

static void cell_add(cli_table *self, const char *text, bool is_number)
{
    char *copy = make_room(self) ? strdup(text) : NULL;
    if (copy == NULL) {
        self->is_broken = true;
        return;
    }
    self->cells[self->num_cells++] = (cli_cell){copy, is_number};
}

void cli_table_text(cli_table *self, const char *text)
{
    cell_add(self, text == NULL ? "" : text, false);
}

void cli_table_float(cli_table *self, float number)
{
    char text[NLC_NUMBER_LENGTH + 1];
    text[nlc_number_write(number, text)] = 0;
    cell_add(self, text, isfinite(number) != 0);
}

void cli_table_whole(cli_table *self, uint64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, number);
    cell_add(self, text, true);
}

void cli_table_bound(cli_table *self, double bound)
{
    if (isfinite(bound))
        cli_table_float(self, (float)bound);
    else
        cell_add(self, "", true);
}

void cli_table_flag(cli_table *self, bool flag)
{
    cell_add(self, flag ? "yes" : "no", false);
}

static size_t num_rows(const cli_table *self)
{
    return self->num_cells / self->num_columns;
}

static const cli_cell *cell_at(const cli_table *self, size_t row, uint32_t column)
{
    return &self->cells[row * self->num_columns + column];
}

/* Letters, not bytes: the second and later bytes of a UTF-8 letter are left out of the count. */
static int text_width(const char *text)
{
    int width = 0;
    for (; *text != 0; text++)
        width += ((unsigned char)*text & 0xc0) != 0x80;
    return width;
}

static int column_width(const cli_table *self, uint32_t column)
{
    int width = text_width(self->names[column]);
    for (size_t row = 0; row < num_rows(self); row++) {
        const int cell = text_width(cell_at(self, row, column)->text);
        width = cell > width ? cell : width;
    }
    return width;
}

static void blanks_print(int num, FILE *out)
{
    for (int i = 0; i < num; i++)
        fputc(' ', out);
}

/* Numbers stand to the right of their column, texts to the left; the last column is not padded. */
static void padded_print(const char *text, int width, bool is_number, bool is_last, FILE *out)
{
    const int blanks = width - text_width(text);
    blanks_print(is_number ? blanks : 0, out);
    fputs(text, out);
    if (!is_last)
        blanks_print(is_number ? 2 : blanks + 2, out);
}

static void plain_print(const cli_table *self, FILE *out)
{
    enum { MAX_COLUMNS = 32 };
    int width[MAX_COLUMNS];
    assert(self->num_columns <= MAX_COLUMNS);
    for (uint32_t column = 0; column < self->num_columns; column++)
        width[column] = column_width(self, column);
    for (uint32_t column = 0; column < self->num_columns; column++) {
        const bool is_number = num_rows(self) > 0 && cell_at(self, 0, column)->is_number;
        padded_print(self->names[column], width[column], is_number, column + 1 == self->num_columns, out);
    }
    fputc('\n', out);
    for (size_t row = 0; row < num_rows(self); row++) {
        for (uint32_t column = 0; column < self->num_columns; column++) {
            const cli_cell *cell = cell_at(self, row, column);
            padded_print(cell->text, width[column], cell->is_number, column + 1 == self->num_columns, out);
        }
        fputc('\n', out);
    }
}

static void csv_cell_print(const char *text, bool is_last, FILE *out)
{
    if (strpbrk(text, ",\"\r\n") == NULL)
        fputs(text, out);
    else {
        fputc('"', out);
        for (; *text != 0; text++)
            fprintf(out, *text == '"' ? "\"%c" : "%c", *text);
        fputc('"', out);
    }
    fputs(is_last ? "\r\n" : ",", out);
}

static void csv_print(const cli_table *self, FILE *out)
{
    for (uint32_t column = 0; column < self->num_columns; column++)
        csv_cell_print(self->names[column], column + 1 == self->num_columns, out);
    for (size_t k = 0; k < self->num_cells; k++)
        csv_cell_print(self->cells[k].text, (k + 1) % self->num_columns == 0, out);
}

static void markdown_print(const cli_table *self, FILE *out)
{
    for (uint32_t column = 0; column < self->num_columns; column++)
        fprintf(out, "| %s ", self->names[column]);
    fputs("|\n", out);
    for (uint32_t column = 0; column < self->num_columns; column++)
        fputs(num_rows(self) > 0 && cell_at(self, 0, column)->is_number ? "|---:" : "|---", out);
    fputs("|\n", out);
    for (size_t k = 0; k < self->num_cells; k++) {
        fputs("| ", out);
        for (const char *at = self->cells[k].text; *at != 0; at++)
            fprintf(out, *at == '|' ? "\\%c" : "%c", *at);
        fputs((k + 1) % self->num_columns == 0 ? " |\n" : " ", out);
    }
}

void cli_json_text_print(const char *text, FILE *out)
{
    fputc('"', out);
    for (; *text != 0; text++) {
        const unsigned char byte = (unsigned char)*text;
        if (byte < 0x20)
            fprintf(out, "\\u%04x", byte);
        else
            fprintf(out, byte == '"' || byte == '\\' ? "\\%c" : "%c", byte);
    }
    fputc('"', out);
}

static void json_cell_print(const cli_cell *cell, FILE *out)
{
    if (cell->is_number)
        fputs(cell->text[0] == 0 ? "null" : cell->text, out);
    else
        cli_json_text_print(cell->text, out);
}

static void json_print(const cli_table *self, FILE *out)
{
    fputc('[', out);
    for (size_t row = 0; row < num_rows(self); row++) {
        fputs(row == 0 ? "\n  {" : ",\n  {", out);
        for (uint32_t column = 0; column < self->num_columns; column++) {
            fputs(column == 0 ? "" : ", ", out);
            cli_json_text_print(self->names[column], out);
            fputs(": ", out);
            json_cell_print(cell_at(self, row, column), out);
        }
        fputc('}', out);
    }
    fputs("\n]", out);
}

void cli_table_print(const cli_table *self, const char *format, FILE *out)
{
    if (strcmp(format, "csv") == 0)
        csv_print(self, out);
    else if (strcmp(format, "json") == 0)
        json_print(self, out);
    else if (strcmp(format, "markdown") == 0)
        markdown_print(self, out);
    else
        plain_print(self, out);
}
