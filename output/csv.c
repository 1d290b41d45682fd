#include "csv.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "number.h"

void nlc_csv_begin(nlc_csv *self, nlc_file *file, nlc_csv_style style)
{
    bool is_excel = style == NLC_CSV_EXCEL_ID;
    *self = (nlc_csv){.file = file, .delimiter = is_excel ? ';' : ',', .decimal = is_excel ? ',' : '.'};
    if (is_excel) {
        nlc_file_write(file, "\xEF\xBB\xBF", 3);
    }
}

/* Begins a cell that takes at most `length` bytes, and returns where its text goes. */
static char *begin_cell(nlc_csv *self, size_t length)
{
    char *room = nlc_file_room(self->file, length + 1);
    if (self->num_cells++ > 0) {
        *room++ = self->delimiter;
        nlc_file_take(self->file, 1);
    }
    return room;
}

static bool needs_quotes(const nlc_csv *self, const char *text, size_t length)
{
    for (size_t k = 0; k < length; k++) {
        char c = text[k];
        if (c == self->delimiter || c == '"' || c == '\r' || c == '\n') {
            return true;
        }
    }
    return length > 0 && (text[0] == ' ' || text[length - 1] == ' ');
}

static void write_quoted(nlc_csv *self, const char *text, size_t length)
{
    nlc_file_write(self->file, "\"", 1);
    while (length > 0) {
        const char *quote = memchr(text, '"', length);
        size_t part = quote == NULL ? length : (size_t)(quote - text) + 1;
        nlc_file_write(self->file, text, part);
        if (quote != NULL) {
            nlc_file_write(self->file, "\"", 1);
        }
        text += part;
        length -= part;
    }
    nlc_file_write(self->file, "\"", 1);
}

void nlc_csv_text(nlc_csv *self, const char *text)
{
    size_t length = text == NULL ? 0 : strlen(text);
    begin_cell(self, 0);
    if (needs_quotes(self, text, length)) {
        write_quoted(self, text, length);
    } else if (length > 0) {
        nlc_file_write(self->file, text, length);
    }
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

void nlc_csv_month(nlc_csv *self, int32_t month)
{
    uint32_t year = (uint32_t)(month / 12);
    uint32_t number = (uint32_t)(month % 12) + 1;
    char *room = begin_cell(self, 24);
    for (uint32_t k = 4; k > 0; k--) {
        room[k - 1] = (char)('0' + year % 10);
        year /= 10;
    }
    room[4] = '-';
    room[5] = (char)('0' + number / 10);
    room[6] = (char)('0' + number % 10);
    nlc_file_take(self->file, 7);
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

void nlc_csv_end_row(nlc_csv *self)
{
    assert(self->num_columns == 0 || self->num_cells == self->num_columns);
    self->num_columns = self->num_cells;
    self->num_cells = 0;
    nlc_file_write(self->file, "\r\n", 2);
}
