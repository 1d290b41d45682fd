#include "sheet.h"

#include "rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct {
    nlc_sheet *sheet;
    nlc_problems *problems;
} reading;

static nlc_where at_line(const nlc_sheet *self, uint32_t line)
{
    return (nlc_where){self->path, line, 0};
}

static nlc_error read_header(reading *self, const nlc_row *row)
{
    nlc_sheet *sheet = self->sheet;
    sheet->name = calloc(row->num + 1, sizeof *sheet->name);
    if (!sheet->name)
        return NLC_ERROR_MEMORY;
    for (size_t c = 0; c < row->num; c++) {
        const char *text = row->cell[c];
        if (text[0] != '\0' && nlc_sheet_find(sheet, text) != NLC_NONE)
            nlc_problems_add(self->problems, at_line(sheet, row->line), "two columns are called '%s'", text);
        sheet->name[c] = nlc_arena_text(&sheet->arena, text, strlen(text));
        if (!sheet->name[c])
            return NLC_ERROR_MEMORY;
        sheet->num_columns++;
    }
    sheet->decimal_comma = row->decimal_comma;
    return NLC_OK;
}

static nlc_error read_row(void *context, const nlc_row *row)
{
    reading *self = context;
    nlc_sheet *sheet = self->sheet;
    if (!sheet->name)
        return read_header(self, row);
    if (row->num != sheet->num_columns) {
        nlc_problems_add(self->problems, at_line(sheet, row->line), "the row has %lu cells where the header has %lu",
                         (unsigned long)row->num, (unsigned long)sheet->num_columns);
        return NLC_OK;
    }
    const size_t first = (size_t)sheet->num_rows * sheet->num_columns;
    const char **cell = nlc_grown(sheet->cell, &sheet->cell_capacity, first + row->num, sizeof *cell);
    sheet->cell = cell ? cell : sheet->cell;
    uint32_t *line = nlc_grown(sheet->line, &sheet->line_capacity, (size_t)sheet->num_rows + 1, sizeof *line);
    sheet->line = line ? line : sheet->line;
    if (!cell || !line)
        return NLC_ERROR_MEMORY;
    for (size_t c = 0; c < row->num; c++)
        if (!(cell[first + c] = nlc_arena_text(&sheet->arena, row->cell[c], strlen(row->cell[c]))))
            return NLC_ERROR_MEMORY;
    line[sheet->num_rows++] = row->line;
    return NLC_OK;
}

nlc_error nlc_sheet_read(nlc_sheet *self, const char *path, nlc_problems *problems)
{
    *self = (nlc_sheet){.path = path};
    reading state = {self, problems};
    const nlc_error error = nlc_rows_read(path, at_line(self, 0), problems, read_row, &state);
    if (!error && self->num_rows == 0 && nlc_problems_error(problems) == NLC_OK)
        nlc_problems_add(problems, at_line(self, 0), "the table has no rows");
    return error ? error : nlc_problems_error(problems);
}

void nlc_sheet_free(nlc_sheet *self)
{
    free(self->name);
    free(self->cell);
    free(self->line);
    nlc_arena_free(&self->arena);
    *self = (nlc_sheet){0};
}

uint32_t nlc_sheet_find(const nlc_sheet *self, const char *name)
{
    for (uint32_t c = 0; c < self->num_columns; c++)
        if (strcmp(self->name[c], name) == 0)
            return c;
    return NLC_NONE;
}

static const char *column_name(const void *context, uint32_t i)
{
    const nlc_sheet *self = context;
    return self->name[i];
}

const char *nlc_sheet_nearest(const nlc_sheet *self, const char *name)
{
    const size_t length = strlen(name);
    for (uint32_t c = 0; c < self->num_columns && length > 0; c++)
        if (strncmp(self->name[c], name, length) == 0 && self->name[c][length] == '.')
            return self->name[c];
    return nlc_nearest(name, column_name, self, self->num_columns);
}

uint32_t nlc_sheet_column(const nlc_sheet *self, const char *name, nlc_problems *problems)
{
    char hint[NLC_HINT_LENGTH];
    const uint32_t found = nlc_sheet_find(self, name);
    if (found == NLC_NONE)
        nlc_problems_add(problems, at_line(self, 1), "there is no column '%s'%s", name,
                         nlc_hint(hint, nlc_sheet_nearest(self, name)));
    return found;
}

const char *nlc_sheet_cell(const nlc_sheet *self, uint32_t row, uint32_t column)
{
    return self->cell[(size_t)row * self->num_columns + column];
}

static bool is_missing(const char *text)
{
    static const char *const words[] = {"", "NA", "N/A", "NaN", "null"};
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (strcasecmp(text, words[k]) == 0)
            return true;
    return false;
}

/* strtod would take hexadecimals, infinities and blanks too. */
static bool is_decimal(const char *text)
{
    text += *text == '-' || *text == '+';
    const size_t whole = strspn(text, "0123456789");
    text += whole;
    const size_t part = *text == '.' ? strspn(text + 1, "0123456789") : 0;
    text += *text == '.' ? part + 1 : 0;
    if (whole + part == 0)
        return false;
    if (*text == 'e' || *text == 'E') {
        text += 1 + (text[1] == '-' || text[1] == '+');
        const size_t power = strspn(text, "0123456789");
        text += power;
        if (power == 0)
            return false;
    }
    return *text == '\0';
}

bool nlc_sheet_number(const nlc_sheet *self, const char *text, double *value)
{
    char plain[64];
    *value = NAN;
    if (is_missing(text))
        return true;
    if (strlen(text) >= sizeof plain)
        return false;
    strcpy(plain, text);
    char *comma = self->decimal_comma ? strchr(plain, ',') : NULL;
    if (comma)
        *comma = '.';
    if (!is_decimal(plain))
        return false;
    *value = strtod(plain, NULL);
    return isfinite(*value);
}

nlc_error nlc_sheet_numbers(const nlc_sheet *self, uint32_t column, double *values, nlc_problems *problems)
{
    bool good = true;
    for (uint32_t row = 0; row < self->num_rows; row++) {
        const char *text = nlc_sheet_cell(self, row, column);
        if (nlc_sheet_number(self, text, &values[row]))
            continue;
        good = false;
        nlc_problems_add(problems, at_line(self, self->line[row]), "%s is '%s', expected a number", self->name[column], text);
    }
    return good ? NLC_OK : NLC_ERROR_INPUT;
}

static int compare(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The distinct texts of a column, in the order of their bytes. */
static nlc_error collect(nlc_sheet *self, uint32_t column, nlc_words *texts)
{
    const char **sorted = malloc((self->num_rows + (size_t)1) * sizeof *sorted);
    uint32_t num = 0, unused;
    nlc_error error = sorted ? NLC_OK : NLC_ERROR_MEMORY;
    for (uint32_t row = 0; row < self->num_rows && !error; row++)
        if (!is_missing(nlc_sheet_cell(self, row, column)))
            sorted[num++] = nlc_sheet_cell(self, row, column);
    if (num > 1)
        qsort(sorted, num, sizeof *sorted, compare);
    for (uint32_t k = 0; k < num && !error; k++)
        if (k == 0 || strcmp(sorted[k], sorted[k - 1]) != 0)
            error = nlc_words_add(texts, &self->arena, sorted[k], &unused);
    free(sorted);
    return error;
}

nlc_error nlc_sheet_factor(nlc_sheet *self, uint32_t column, double *values, nlc_words *texts)
{
    bool is_numeric = true;
    *texts = (nlc_words){0};
    for (uint32_t row = 0; row < self->num_rows && is_numeric; row++)
        is_numeric = nlc_sheet_number(self, nlc_sheet_cell(self, row, column), &values[row]);
    if (is_numeric)
        return NLC_OK;
    const nlc_error error = collect(self, column, texts);
    for (uint32_t row = 0; row < self->num_rows && !error; row++) {
        const char *text = nlc_sheet_cell(self, row, column);
        values[row] = is_missing(text) ? NAN : nlc_words_find(texts, text);
    }
    return error;
}
