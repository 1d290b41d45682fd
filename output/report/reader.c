#include "reader.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rows.h"

void nlc_reader_free(nlc_reader *self)
{
    for (uint32_t k = 0; k < self->num_paths; k++) {
        free(self->path[k]);
    }
    self->num_paths = 0;
}

static char *joined(const char *folder, const char *file)
{
    const size_t length = strlen(folder) + strlen(file) + 2;
    char *path = malloc(length);
    if (path != NULL) {
        const char *slash = folder[0] != '\0' && folder[strlen(folder) - 1] == '/' ? "" : "/";
        snprintf(path, length, "%s%s%s", folder, slash, file);
    }
    return path;
}

const char *nlc_reader_path(nlc_reader *self, const char *file)
{
    char *path = joined(self->folder, file);
    for (uint32_t k = 0; k < self->num_paths && path != NULL; k++) {
        if (strcmp(self->path[k], path) == 0) {
            free(path);
            return self->path[k];
        }
    }
    if (path != NULL && self->num_paths < NLC_READER_FILES) {
        self->path[self->num_paths++] = path;
        return path;
    }
    free(path);
    return NULL;
}

bool nlc_reader_has(const nlc_reader *self, const char *file)
{
    char path[4096];
    const int length = snprintf(path, sizeof path, "%s/%s", self->folder, file);
    return length > 0 && (size_t)length < sizeof path && access(path, R_OK) == 0;
}

char *nlc_copy(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy == NULL ? NULL : memcpy(copy, text, size);
}

/* ---- Rows ------------------------------------------------------------------------------------------ */

typedef struct {
    const nlc_reading *what;
    nlc_where where;
    nlc_problems *problems;
    size_t at[NLC_READER_COLUMNS]; /* where the columns asked for stand in the file */
    size_t num;                    /* columns of the file; 0 before the header */
} reading;

static nlc_error take_header(reading *self, const nlc_row *row)
{
    self->num = row->num;
    for (uint32_t k = 0; k < self->what->num_columns; k++) {
        size_t at = 0;
        while (at < row->num && strcmp(row->cell[at], self->what->columns[k]) != 0) {
            at++;
        }
        const bool is_optional = k + self->what->num_optional >= self->what->num_columns;
        if (at == row->num && !is_optional) {
            nlc_problems_add(self->problems, self->where, "there is no column '%s', which a results folder has",
                             self->what->columns[k]);
        }
        self->at[k] = at;
    }
    return nlc_problems_error(self->problems);
}

static nlc_error take_row(void *context, const nlc_row *row)
{
    reading *self = context;
    const char *cell[NLC_READER_COLUMNS];
    self->where.line = row->line;
    if (self->num == 0) {
        return take_header(self, row);
    }
    if (row->num != self->num) {
        nlc_problems_add(self->problems, self->where, "this row has %zu cells, expected %zu as in the header", row->num, self->num);
        return NLC_OK;
    }
    for (uint32_t k = 0; k < self->what->num_columns; k++) {
        cell[k] = self->at[k] < row->num ? row->cell[self->at[k]] : "";
    }
    const nlc_cells cells = {cell, row->decimal_comma, self->where, self->problems};
    return self->what->take(self->what->context, &cells);
}

nlc_error nlc_reader_read(nlc_reader *self, const nlc_reading *what)
{
    const char *path = nlc_reader_path(self, what->file);
    if (path == NULL) {
        return NLC_ERROR_MEMORY;
    }
    reading reading = {.what = what, .where = {.file = path}, .problems = self->problems};
    nlc_error error = nlc_rows_read(path, reading.where, self->problems, take_row, &reading);
    if (error == NLC_OK && reading.num == 0) {
        nlc_problems_add(self->problems, reading.where, "this table is empty");
    }
    return error == NLC_OK ? nlc_problems_error(self->problems) : error;
}

double nlc_cells_number(const nlc_cells *self, uint32_t column)
{
    char plain[64];
    const char *text = self->cell[column];
    const size_t length = strlen(text);
    if (length == 0) {
        return NAN;
    }
    snprintf(plain, sizeof plain, "%s", text);
    char *comma = self->decimal_comma ? strchr(plain, ',') : NULL;
    if (comma != NULL) {
        *comma = '.';
    }
    char *end;
    const double value = strtod(plain, &end);
    if (length >= sizeof plain || *end != '\0' || isnan(value)) {
        nlc_problems_add(self->problems, self->where, "'%s' is not a number", text);
        return NAN;
    }
    return value;
}

uint32_t nlc_cells_whole(const nlc_cells *self, uint32_t column, uint32_t high)
{
    const double value = nlc_cells_number(self, column);
    if (!(value >= 0 && value <= high && value == floor(value))) {
        nlc_problems_add(self->problems, self->where, "'%s' is not a whole number from 0 to %u", self->cell[column],
                         (unsigned)high);
        return 0;
    }
    return (uint32_t)value;
}

int32_t nlc_cells_month(const nlc_cells *self, uint32_t column)
{
    unsigned year, month;
    const char *text = self->cell[column];
    if (text[0] == '\0') {
        return -1;
    }
    if (sscanf(text, "%4u-%2u", &year, &month) != 2 || month < 1 || month > 12) {
        nlc_problems_add(self->problems, self->where, "'%s' is not a month, expected YYYY-MM", text);
        return -1;
    }
    return (int32_t)(year * 12 + month - 1);
}

/* ---- Texts ----------------------------------------------------------------------------------------- */

static nlc_error file_append(FILE *file, nlc_text *text)
{
    char buffer[1 << 14];
    nlc_error error = NLC_OK;
    for (size_t length = sizeof buffer; length == sizeof buffer && error == NLC_OK;) {
        length = fread(buffer, 1, sizeof buffer, file);
        error = nlc_text_add(text, buffer, length);
    }
    return error == NLC_OK && ferror(file) ? NLC_ERROR_IO : error;
}

nlc_error nlc_reader_text(nlc_reader *self, const char *file, nlc_text *text)
{
    const char *path = nlc_reader_path(self, file);
    if (path == NULL) {
        return NLC_ERROR_MEMORY;
    }
    errno = 0;
    FILE *opened = fopen(path, "rb");
    nlc_error error = opened == NULL ? NLC_ERROR_IO : file_append(opened, text);
    if (error == NLC_ERROR_IO) {
        nlc_problems_add(self->problems, (nlc_where){.file = path}, "cannot be read: %s", strerror(errno));
        error = NLC_ERROR_INPUT;
    }
    if (opened != NULL) {
        fclose(opened);
    }
    return error;
}
