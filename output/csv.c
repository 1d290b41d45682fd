#include "csv.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "number.h"
#include "problems.h"

static char delimiter_of(nlc_csv_style style)
{
    return style == NLC_CSV_EXCEL_ID ? ';' : ',';
}

void nlc_csv_begin(nlc_csv *self, nlc_file *file, nlc_csv_style style)
{
    bool is_excel = style == NLC_CSV_EXCEL_ID;
    memset(self, 0, sizeof *self);
    self->file = file;
    self->delimiter = delimiter_of(style);
    self->decimal = is_excel ? ',' : '.';
    if (is_excel) {
        nlc_file_write(file, "\xEF\xBB\xBF", 3);
    }
}

/* Begins a cell that takes at most `length` bytes, and returns where its text goes. */
static char *begin_cell(nlc_csv *self, size_t length)
{
    char *room = nlc_file_room(self->file, length + 1);
    bool is_next = self->num_cells++ > 0;
    *room = self->delimiter;
    nlc_file_take(self->file, is_next);
    return room + is_next;
}

static bool needs_quotes(char delimiter, const char *text, size_t length)
{
    for (size_t k = 0; k < length; k++) {
        char c = text[k];
        if (c == delimiter || c == '"' || c == '\r' || c == '\n') {
            return true;
        }
    }
    return length > 0 && (text[0] == ' ' || text[length - 1] == ' ');
}

/* Where a cell's text goes: to a file, or to cells that are made. */
typedef nlc_error (*sink)(void *to, const char *data, size_t length);

static nlc_error to_file(void *to, const char *data, size_t length)
{
    nlc_file_write(to, data, length);
    return NLC_OK;
}

static nlc_error to_text(void *to, const char *data, size_t length)
{
    return nlc_text_add(to, data, length);
}

static nlc_error write_quoted(sink put, void *to, const char *text, size_t length)
{
    nlc_error error = put(to, "\"", 1);
    while (length > 0 && error == NLC_OK) {
        const char *quote = memchr(text, '"', length);
        size_t part = quote == NULL ? length : (size_t)(quote - text) + 1;
        error = put(to, text, part);
        if (quote != NULL && error == NLC_OK) {
            error = put(to, "\"", 1);
        }
        text += part;
        length -= part;
    }
    return error == NLC_OK ? put(to, "\"", 1) : error;
}

static nlc_error write_text(sink put, void *to, char delimiter, const char *text)
{
    size_t length = text == NULL ? 0 : strlen(text);
    if (needs_quotes(delimiter, text, length)) {
        return write_quoted(put, to, text, length);
    }
    return length > 0 ? put(to, text, length) : NLC_OK;
}

void nlc_csv_text(nlc_csv *self, const char *text)
{
    begin_cell(self, 0);
    write_text(to_file, self->file, self->delimiter, text);
}

nlc_error nlc_csv_cells_add(nlc_csv_cells *self, nlc_csv_style style, const char *text)
{
    char delimiter = delimiter_of(style);
    nlc_error error = nlc_text_add(&self->text, &delimiter, 1);
    self->num++;
    return error == NLC_OK ? write_text(to_text, &self->text, delimiter, text) : error;
}

void nlc_csv_cells_free(nlc_csv_cells *self)
{
    nlc_text_free(&self->text);
    self->num = 0;
}

void nlc_csv_put(nlc_csv *self, const nlc_csv_cells *cells)
{
    size_t skipped = self->num_cells == 0 && cells->num > 0;
    self->num_cells += cells->num;
    size_t length = cells->text.length - skipped;
    if (length > NLC_CSV_TAIL) {
        nlc_file_write(self->file, cells->text.data + skipped, length);
        return;
    }
    memcpy(nlc_file_room(self->file, length), cells->text.data + skipped, length);
    nlc_file_take(self->file, length);
}

void nlc_csv_whole(nlc_csv *self, uint64_t value)
{
    char *room = begin_cell(self, 20);
    nlc_file_take(self->file, nlc_integer_write(value, room));
}

void nlc_csv_number(nlc_csv *self, double value, uint32_t decimals)
{
    char *room = begin_cell(self, NLC_DECIMAL_LENGTH);
    size_t length = nlc_decimal_write(value, decimals, room);
    if (self->decimal != '.' && decimals > 0 && length > decimals) {
        /* An infinity has letters where a number has its point. */
        char *point = room + length - decimals - 1;
        *point = *point == '.' ? self->decimal : *point;
    }
    nlc_file_take(self->file, length);
}

void nlc_csv_month_write(int32_t month, char *text)
{
    uint32_t year = (uint32_t)(month / 12);
    uint32_t number = (uint32_t)(month % 12) + 1;
    for (uint32_t k = 4; k > 0; k--) {
        text[k - 1] = (char)('0' + year % 10);
        year /= 10;
    }
    text[4] = '-';
    text[5] = (char)('0' + number / 10);
    text[6] = (char)('0' + number % 10);
}

void nlc_csv_month(nlc_csv *self, int32_t month)
{
    nlc_csv_month_write(month, begin_cell(self, NLC_CSV_MONTH_LENGTH));
    nlc_file_take(self->file, NLC_CSV_MONTH_LENGTH);
}

void nlc_csv_number_text(nlc_csv *self, const char *text)
{
    size_t length = strlen(text);
    assert(length < NLC_FILE_BUFFER);
    char *room = begin_cell(self, length);
    for (size_t k = 0; k < length; k++) {
        room[k] = text[k] == '.' ? self->decimal : text[k];
    }
    nlc_file_take(self->file, length);
}

void nlc_csv_tail(nlc_csv *self)
{
    self->tail_begin = nlc_file_room(self->file, NLC_CSV_TAIL);
    self->tail_cells = self->num_cells;
}

void nlc_csv_repeat_tail(nlc_csv *self)
{
    memcpy(nlc_file_room(self->file, self->tail_length), self->tail, self->tail_length);
    nlc_file_take(self->file, self->tail_length);
    self->num_cells += self->tail_cells;
}

static void keep_tail(nlc_csv *self)
{
    self->tail_length = (size_t)(self->file->buffer + self->file->used - self->tail_begin);
    self->tail_cells = self->num_cells - self->tail_cells;
    self->tail_begin = NULL;
    assert(self->tail_length <= NLC_CSV_TAIL);
    memcpy(self->tail, self->file->buffer + self->file->used - self->tail_length, self->tail_length);
}

void nlc_csv_end_row(nlc_csv *self)
{
    if (self->tail_begin != NULL) {
        keep_tail(self);
    }
    assert(self->num_columns == 0 || self->num_cells == self->num_columns);
    self->num_columns = self->num_cells;
    self->num_cells = 0;
    memcpy(nlc_file_room(self->file, 2), "\r\n", 2);
    nlc_file_take(self->file, 2);
}
