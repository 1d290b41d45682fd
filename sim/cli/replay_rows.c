#include "replay_rows.h"

#include <errno.h>
#include <stdlib.h>

static nlc_error file_read(FILE *file, nlc_text *text)
{
    char buffer[1 << 14];
    nlc_error error = NLC_OK;
    errno = 0;
    for (size_t length = sizeof buffer; length == sizeof buffer && error == NLC_OK;) {
        length = fread(buffer, 1, sizeof buffer, file);
        error = nlc_text_add(text, buffer, length);
    }
    return error == NLC_OK && ferror(file) ? NLC_ERROR_IO : error;
}

nlc_error cli_text_read(const char *path, nlc_text *text)
{
    errno = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NLC_ERROR_IO;
    const nlc_error error = file_read(file, text);
    const int why = errno;
    fclose(file);
    errno = why;
    return error;
}

/* No cell of runs.csv holds a line feed. */
static nlc_error rows_find(cli_rows *self)
{
    size_t num = 0;
    for (size_t k = 0; k < self->text.length; k++)
        num += self->text.data[k] == '\n';
    self->first = malloc((num + 1) * sizeof *self->first);
    if (self->first == NULL)
        return NLC_ERROR_MEMORY;
    self->first[0] = 0;
    for (size_t k = 0; k < self->text.length; k++)
        if (self->text.data[k] == '\n')
            self->first[++self->num] = k + 1;
    return NLC_OK;
}

nlc_error cli_rows_read(cli_rows *self, const char *path)
{
    const nlc_error error = cli_text_read(path, &self->text);
    return error == NLC_OK ? rows_find(self) : error;
}

nlc_error cli_rows_read_from(cli_rows *self, FILE *file)
{
    const nlc_error error = file_read(file, &self->text);
    return error == NLC_OK ? rows_find(self) : error;
}

void cli_rows_free(cli_rows *self)
{
    nlc_text_free(&self->text);
    free(self->first);
    *self = (cli_rows){0};
}

size_t cli_row_length(const cli_rows *self, uint32_t row)
{
    return row < self->num ? self->first[row + 1] - self->first[row] : 0;
}

const char *cli_row_text(const cli_rows *self, uint32_t row)
{
    return self->text.data + self->first[row];
}

/* A table with semicolons begins with a byte order mark. */
nlc_csv_style cli_rows_style(const cli_rows *self)
{
    return self->text.length > 0 && self->text.data[0] == '\xEF' ? NLC_CSV_EXCEL_ID : NLC_CSV_PLAIN;
}

void cli_row_print(const char *what, const cli_rows *self, uint32_t row)
{
    const size_t length = cli_row_length(self, row);
    printf("  %s ", what);
    if (length == 0)
        puts("(there is no such row)");
    fwrite(length > 0 ? cli_row_text(self, row) : "", 1, length, stdout);
}
