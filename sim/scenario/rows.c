/* Reads a CSV file line by line, checks its bytes, and has libcsv part the lines into cells. */
#include "rows.h"

#include "store.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_SIZE ((size_t)1 << 16)

typedef struct {
    int file;
    char block[BLOCK_SIZE];
    size_t at, size; /* of the block */
    char *line;      /* owned, with its line end */
    size_t length, capacity;
    bool after_return; /* the line before ended in CR: a LF now belongs to it */
    bool failed;       /* errno says why */
} lines_type;

typedef struct {
    lines_type lines;
    struct csv_parser parser;
    nlc_where where;
    nlc_problems *problems;
    nlc_error (*row)(void *context, const nlc_row *row);
    void *context;
    char *text;        /* owned: the cells of this row, each terminated */
    size_t *offset;    /* [num_cells], owned */
    const char **cell; /* [num_cells], owned */
    size_t text_length, text_capacity, num_cells, offset_capacity, cell_capacity, row_length;
    uint32_t line, row_line;
    bool begun, in_row, decimal_comma, is_damaged;
    nlc_error error;
} reader_type;

/* ---- Lines ------------------------------------------------------------------------------------- */

static bool refill(lines_type *self)
{
    ssize_t size;
    do {
        size = read(self->file, self->block, BLOCK_SIZE);
    } while (size < 0 && errno == EINTR);
    self->failed = size < 0;
    self->at = 0;
    self->size = size > 0 ? (size_t)size : 0;
    return size > 0;
}

/* Bytes of the block up to and with the next line end. */
static size_t until_line_end(const lines_type *self, bool *ended)
{
    for (size_t i = self->at; i < self->size; i++) {
        if (self->block[i] == '\n' || self->block[i] == '\r') {
            *ended = true;
            return i + 1 - self->at;
        }
    }
    return self->size - self->at;
}

/* The next line with its end; false at the end of the file, or where self->failed. A line longer
 * than a row may be is given in part. */
static bool next_line(lines_type *self, nlc_error *error)
{
    bool ended = false;
    self->length = 0;
    while (!ended && self->length <= NLC_ROW_LENGTH) {
        if (self->at == self->size && !refill(self))
            break;
        if (self->after_return && self->block[self->at] == '\n')
            self->at++;
        self->after_return = false;
        const size_t more = until_line_end(self, &ended);
        char *grown = nlc_grown(self->line, &self->capacity, self->length + more + 1, 1);
        if (!grown) {
            *error = NLC_ERROR_MEMORY;
            return false;
        }
        self->line = grown;
        memcpy(grown + self->length, self->block + self->at, more);
        self->length += more;
        self->at += more;
    }
    self->after_return = ended && self->line[self->length - 1] == '\r';
    return self->length > 0 && !self->failed;
}

/* ---- Bytes ------------------------------------------------------------------------------------- */

/* Length of the UTF-8 sequence at `text`, or 0 where there is none (overlong forms, surrogates and
 * numbers beyond U+10FFFF are none). */
static size_t sequence(const unsigned char *text, size_t left)
{
    const unsigned char first = text[0];
    const size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    if (length < 3)
        return length;
    const unsigned char second = text[1];
    const bool wrong = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) || (first == 0xF0 && second < 0x90) ||
                       (first == 0xF4 && second > 0x8F);
    return wrong ? 0 : length;
}

/* One problem a line is enough: a file in another encoding has many such bytes. */
static void check_bytes(reader_type *self)
{
    char *line = self->lines.line;
    const nlc_where where = {self->where.file, self->line, self->where.order};
    bool encoding = false, control = false;
    for (size_t i = 0, step; i < self->lines.length; i += step) {
        const unsigned char byte = (unsigned char)line[i];
        step = sequence((const unsigned char *)line + i, self->lines.length - i);
        if (step == 0 && !encoding)
            nlc_problems_add(self->problems, where, "byte %lu of the line (0x%02X) is not UTF-8; save the file as 'CSV UTF-8'",
                             (unsigned long)i + 1, byte);
        encoding = encoding || step == 0;
        const bool is_control = (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
        if (is_control && !control)
            nlc_problems_add(self->problems, where, "byte %lu of the line is %s, which cannot stand in a table; remove it",
                             (unsigned long)i + 1, byte == 0 ? "a NUL" : "a control character");
        control = control || is_control;
        if (step == 0 || is_control) {
            line[i] = '?';
            self->is_damaged = true;
        }
        step = step == 0 ? 1 : step;
    }
}

/* ---- Rows -------------------------------------------------------------------------------------- */

static void on_cell(void *data, size_t length, void *context)
{
    reader_type *self = context;
    char *text = nlc_grown(self->text, &self->text_capacity, self->text_length + length + 1, 1);
    self->text = text ? text : self->text;
    size_t *offset = nlc_grown(self->offset, &self->offset_capacity, self->num_cells + 1, sizeof *offset);
    self->offset = offset ? offset : self->offset;
    if (!text || !offset) {
        self->error = NLC_ERROR_MEMORY;
        return;
    }
    if (length > 0)
        memcpy(text + self->text_length, data, length);
    text[self->text_length + length] = '\0';
    offset[self->num_cells++] = self->text_length;
    self->text_length += length + 1;
}

/* Spreadsheets leave rows of separators behind: a row in which every cell is empty is blank. */
static void on_row(int end, void *context)
{
    (void)end;
    reader_type *self = context;
    const char **cell = nlc_grown(self->cell, &self->cell_capacity, self->num_cells, sizeof *cell);
    self->cell = cell ? cell : self->cell;
    if (!cell)
        self->error = NLC_ERROR_MEMORY;
    bool blank = true;
    for (size_t i = 0; cell && i < self->num_cells; i++) {
        cell[i] = self->text + self->offset[i];
        blank = blank && cell[i][0] == '\0';
    }
    const nlc_row row = {cell, self->num_cells, self->row_line, self->decimal_comma, self->is_damaged};
    if (!self->error && !blank)
        self->error = self->row(self->context, &row);
    self->is_damaged = false;
    self->num_cells = 0;
    self->text_length = 0;
    self->in_row = false;
}

static bool is_blank(const lines_type *lines)
{
    for (size_t i = 0; i < lines->length; i++)
        if (!strchr(" \t\r\n", lines->line[i]) || lines->line[i] == '\0')
            return false;
    return true;
}

static size_t count(const lines_type *lines, char wanted)
{
    size_t num = 0;
    bool quoted = false;
    for (size_t i = 0; i < lines->length; i++) {
        quoted = quoted != (lines->line[i] == '"');
        num += !quoted && lines->line[i] == wanted;
    }
    return num;
}

/* Takes the byte order mark off the first line. False where the file is of another encoding. */
static bool begin_file(reader_type *self)
{
    lines_type *lines = &self->lines;
    const nlc_where where = {self->where.file, 1, self->where.order};
    const bool pair = lines->length >= 2;
    if (pair && (memcmp(lines->line, "\xFF\xFE", 2) == 0 || memcmp(lines->line, "\xFE\xFF", 2) == 0)) {
        nlc_problems_add(self->problems, where, "the file is UTF-16; save it as 'CSV UTF-8'");
        return false;
    }
    if (lines->length >= 3 && memcmp(lines->line, "\xEF\xBB\xBF", 3) == 0) {
        lines->length -= 3;
        memmove(lines->line, lines->line + 3, lines->length);
    }
    return true;
}

/* Chooses the separator by the header line. True where the line itself is only Excel's `sep=;`. */
static bool choose_separator(reader_type *self)
{
    const lines_type *lines = &self->lines;
    const bool told = lines->length >= 5 && memcmp(lines->line, "sep=", 4) == 0 && strchr(",;", lines->line[4]);
    const bool semicolon = told ? lines->line[4] == ';' : count(lines, ';') > count(lines, ',');
    if (!told && !semicolon && count(lines, ',') == 0 && count(lines, '\t') > 0) {
        const nlc_where where = {self->where.file, self->line, self->where.order};
        nlc_problems_add(self->problems, where, "the cells are separated by tabs; save the file as CSV, with , or ; between them");
        self->error = NLC_ERROR_INPUT;
    }
    self->decimal_comma = self->decimal_comma || semicolon;
    self->begun = !told;
    csv_set_delim(&self->parser, self->decimal_comma ? ';' : ',');
    return told;
}

/* False where nothing more of the file can be read. */
static bool read_line(reader_type *self)
{
    if (self->line == 1 && !begin_file(self))
        return false;
    if (!self->in_row && is_blank(&self->lines))
        return true;
    check_bytes(self);
    if (!self->begun && (choose_separator(self) || self->error))
        return !self->error;
    if (!self->in_row) {
        self->row_line = self->line;
        self->row_length = 0;
    }
    self->row_length += self->lines.length;
    if (self->row_length > NLC_ROW_LENGTH) {
        const nlc_where where = {self->where.file, self->row_line, self->where.order};
        nlc_problems_add(self->problems, where, "the row is longer than %lu bytes; is a quote (\") not closed?",
                         (unsigned long)NLC_ROW_LENGTH);
        return false;
    }
    self->in_row = true;
    if (csv_parse(&self->parser, self->lines.line, self->lines.length, on_cell, on_row, self) != self->lines.length)
        self->error = NLC_ERROR_MEMORY;
    return !self->error;
}

static nlc_error finish(reader_type *self, bool complete)
{
    if (self->lines.failed) {
        nlc_problems_add(self->problems, self->where, "cannot be read: %s", strerror(errno));
        return NLC_ERROR_INPUT;
    }
    if (self->error || !complete)
        return self->error ? self->error : NLC_ERROR_INPUT;
    csv_set_opts(&self->parser, CSV_STRICT | CSV_STRICT_FINI);
    if (csv_fini(&self->parser, on_cell, on_row, self) == 0)
        return self->error;
    if (csv_error(&self->parser) != CSV_EPARSE)
        return NLC_ERROR_MEMORY;
    const nlc_where where = {self->where.file, self->row_line, self->where.order};
    nlc_problems_add(self->problems, where, "a quote (\") is opened in this row and never closed");
    return NLC_ERROR_INPUT;
}

static nlc_error read_open(reader_type *self)
{
    if (csv_init(&self->parser, 0) != 0)
        return NLC_ERROR_MEMORY;
    bool complete = true;
    while (complete && !self->error && next_line(&self->lines, &self->error)) {
        self->line++;
        complete = read_line(self);
    }
    const nlc_error error = finish(self, complete);
    csv_free(&self->parser);
    free(self->lines.line);
    free(self->text);
    free(self->offset);
    free(self->cell);
    return error;
}

nlc_error nlc_rows_read(const char *path, nlc_where where, nlc_problems *problems,
                        nlc_error (*row)(void *context, const nlc_row *row), void *context)
{
    const int file = open(path, O_RDONLY | O_NONBLOCK);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) {
        nlc_problems_add(problems, where, "cannot be read: %s", strerror(errno));
        if (file >= 0)
            close(file);
        return NLC_ERROR_INPUT;
    }
    if (!S_ISREG(status.st_mode)) {
        nlc_problems_add(problems, where, "is %s, not a file", S_ISDIR(status.st_mode) ? "a folder" : "a device or a pipe");
        close(file);
        return NLC_ERROR_INPUT;
    }
    reader_type *self = malloc(sizeof *self);
    nlc_error error = NLC_ERROR_MEMORY;
    if (self) {
        memset(self, 0, sizeof *self);
        self->lines.file = file;
        self->where = where;
        self->problems = problems;
        self->row = row;
        self->context = context;
        error = read_open(self);
    }
    free(self);
    close(file);
    return error;
}
