#include "case_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What the reader of tables has to say becomes lines of the case. */
static nlc_error told(nlc_case *self, nlc_problems *problems, nlc_error error)
{
    nlc_text text = {0};
    if (error == NLC_ERROR_INPUT && nlc_problems_write(problems, &text) == NLC_OK && text.length > 0)
        nlc_case_say(self, "%.*s", (int)strcspn(text.data, "\n"), text.data);
    nlc_text_free(&text);
    nlc_problems_free(problems);
    return error;
}

static nlc_error read_columns(nlc_case_table *self, nlc_problems *problems)
{
    const nlc_sheet *sheet = &self->sheet;
    const uint32_t named = nlc_sheet_find(sheet, "y"), output = named != NLC_NONE ? named : sheet->num_columns - 1;
    const size_t num_rows = sheet->num_rows;
    self->num_rows = sheet->num_rows;
    self->x = malloc((num_rows * sheet->num_columns + 1) * sizeof *self->x);
    self->y = malloc((num_rows + 1) * sizeof *self->y);
    self->column = malloc((sheet->num_columns + (size_t)1) * sizeof *self->column);
    double *values = malloc((num_rows + 1) * sizeof *values);
    nlc_error error = self->x && self->y && self->column && values ? NLC_OK : NLC_ERROR_MEMORY;
    if (!error)
        error = nlc_sheet_numbers(sheet, output, self->y, problems);
    for (uint32_t c = 0; c < sheet->num_columns && !error; c++) {
        if (c == output)
            continue;
        error = nlc_sheet_numbers(sheet, c, values, problems);
        for (uint32_t row = 0; row < sheet->num_rows && !error; row++)
            self->x[row * ((size_t)sheet->num_columns - 1) + self->num_inputs] = values[row];
        self->column[self->num_inputs++] = c;
    }
    free(values);
    return error;
}

nlc_error nlc_case_table_init(nlc_case_table *self, nlc_case *of)
{
    const json_t *name;
    nlc_problems problems = {0};
    *self = (nlc_case_table){0};
    nlc_error error = nlc_case_member(of, of->root, "csv", JSON_STRING, &name);
    if (!error)
        error = nlc_text_print(&self->path, "%s/%s", of->folder, json_string_value(name));
    if (!error)
        error = nlc_sheet_read(&self->sheet, self->path.data, &problems);
    if (!error)
        error = read_columns(self, &problems);
    return told(of, &problems, error);
}

void nlc_case_table_free(nlc_case_table *self)
{
    nlc_sheet_free(&self->sheet);
    nlc_text_free(&self->path);
    free(self->x);
    free(self->y);
    free(self->column);
    *self = (nlc_case_table){0};
}

uint32_t nlc_case_table_input(const nlc_case_table *self, const char *name)
{
    for (uint32_t i = 0; i < self->num_inputs; i++)
        if (strcmp(self->sheet.name[self->column[i]], name) == 0)
            return i;
    return NLC_NONE;
}

double nlc_case_number_behind(const char *text, const char *label, double standard)
{
    const char *at = text ? strstr(text, label) : NULL;
    char *end;
    if (!at)
        return standard;
    at += strlen(label);
    const double value = strtod(at, &end);
    return end > at ? value : standard;
}

nlc_error nlc_case_exactly(nlc_case *self, const json_t *in, const char *key, size_t num, double **values)
{
    size_t found;
    const nlc_error error = nlc_case_numbers(self, in, key, values, &found);
    if (error || found == num)
        return error;
    nlc_case_say(self, "'%s' has %zu numbers: expected %zu", key, found, num);
    free(*values);
    *values = NULL;
    return NLC_ERROR_INPUT;
}

nlc_error nlc_case_matrix(nlc_case *self, const json_t *matrix, double **values, uint32_t *num_rows, uint32_t *num_columns)
{
    const size_t rows = json_array_size(matrix), columns = json_array_size(json_array_get(matrix, 0));
    bool good = rows > 0 && columns > 0;
    *values = good ? malloc(rows * columns * sizeof **values) : NULL;
    if (good && !*values)
        return NLC_ERROR_MEMORY;
    for (size_t r = 0; r < rows && good; r++) {
        const json_t *row = json_array_get(matrix, r);
        good = json_array_size(row) == columns;
        for (size_t c = 0; c < columns && good; c++) {
            good = json_is_number(json_array_get(row, c));
            (*values)[r * columns + c] = json_number_value(json_array_get(row, c));
        }
    }
    *num_rows = (uint32_t)rows;
    *num_columns = (uint32_t)columns;
    if (good)
        return NLC_OK;
    nlc_case_say(self, "a matrix is missing, or its rows are not numbers of one length");
    free(*values);
    *values = NULL;
    return NLC_ERROR_INPUT;
}
