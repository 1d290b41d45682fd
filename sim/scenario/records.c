/* Reads tables row by row, by the names in their header; see records.h. */
#include "records.h"

#include "others.h"
#include "rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const nlc_value *nlc_record_get(const nlc_record *self, uint32_t field)
{
    return &self->value[self->columns->at[field]];
}

const char *nlc_record_text(const nlc_record *self, uint32_t field)
{
    const nlc_value *value = nlc_record_get(self, field);
    return value->bad ? "" : value->text;
}

typedef struct {
    nlc_columns columns;
    const nlc_model *model;
    nlc_where where;
    nlc_problems *problems;
    nlc_error (*record)(void *context, const nlc_record *record);
    void *context;
    size_t *position; /* [columns.num], owned: where a column stands in the file, or SIZE_MAX */
    nlc_value *value; /* [columns.num], owned */
    char *spaced;     /* owned: free text without line breaks */
    size_t num_cells; /* of the header */
    bool has_header, has_good_header;
} table_type;

static const char *column_name(const void *context, uint32_t i)
{
    return ((const nlc_columns *)context)->column[i].name;
}

/* A column of another model is passed over. */
static bool is_of_others(const table_type *self, nlc_where where, const char *name)
{
    const nlc_table table = self->columns.table;
    const nlc_model *other = NULL;
    if (table == NLC_TABLE_NODES || table == NLC_TABLE_AGENCIES)
        other = nlc_others_find(self->model, NLC_NAME_COLUMN, name);
    if (other)
        nlc_problems_note(self->problems, where, "the column '%s' is one of the model '%s'; the model '%s' passes over it", name,
                          other->name, self->model->name);
    return other != NULL;
}

/* A column that the format does not know is refused, so that nobody believes it has an effect. */
static void refuse_column(const table_type *self, nlc_where where, const char *name)
{
    char hint[NLC_HINT_LENGTH];
    const nlc_columns *columns = &self->columns;
    const char *near = nlc_nearest(name, column_name, columns, columns->num);
    if (strlen(name) > NLC_CELL_LENGTH)
        nlc_problems_add(self->problems, where, "the name of a column is longer than %d bytes", NLC_CELL_LENGTH);
    else
        nlc_problems_add(self->problems, where, "'%s' is not a column of %s%s", name, nlc_table_file(columns->table),
                         near ? nlc_hint(hint, near)
                              : "; nothing is ignored, and the format has no place for individuals, communities or risk");
}

static uint32_t find_column(const nlc_columns *columns, const char *name)
{
    for (uint32_t i = 0; i < columns->num; i++)
        if (strcmp(columns->column[i].name, name) == 0)
            return i;
    return NLC_NONE;
}

static void read_header(table_type *self, const nlc_row *row)
{
    const nlc_where where = {self->where.file, row->line, self->where.order};
    const nlc_columns *columns = &self->columns;
    for (uint32_t c = 0; c < columns->num; c++)
        self->position[c] = SIZE_MAX;
    for (size_t i = 0; i < row->num; i++) {
        const uint32_t c = find_column(columns, row->cell[i]);
        if (row->cell[i][0] == '\0')
            nlc_problems_add(self->problems, where, "column %lu has no name", (unsigned long)i + 1);
        else if (c == NLC_NONE && !is_of_others(self, where, row->cell[i]))
            refuse_column(self, where, row->cell[i]);
        else if (c == NLC_NONE)
            continue;
        else if (self->position[c] != SIZE_MAX)
            nlc_problems_add(self->problems, where, "the column '%s' stands twice", row->cell[i]);
        else
            self->position[c] = i;
    }
    self->has_good_header = true;
    for (uint32_t c = 0; c < columns->num; c++) {
        if (columns->column[c].required && self->position[c] == SIZE_MAX) {
            nlc_problems_add(self->problems, where, "the column '%s' is missing: %s", columns->column[c].name,
                             columns->column[c].meaning);
            self->has_good_header = false;
        }
    }
    self->has_header = true;
    self->num_cells = row->num;
}

/* Line breaks and tabs of free text become spaces; `spaced` has room for a whole row. */
static const char *without_breaks(const char *text, char **spaced)
{
    size_t i = 0;
    while (text[i] && !nlc_is_control(text[i]))
        i++;
    if (text[i] == '\0')
        return text;
    const size_t length = strlen(text) + 1;
    char *copy = *spaced;
    memcpy(copy, text, length);
    for (; copy[i]; i++)
        if (nlc_is_control(copy[i]))
            copy[i] = ' ';
    *spaced += length;
    return copy;
}

static nlc_error read_record(table_type *self, const nlc_row *row)
{
    const nlc_columns *columns = &self->columns;
    nlc_record record = {{self->where.file, row->line, self->where.order}, columns, self->value, false, row->decimal_comma};
    char *spaced = self->spaced;
    if (row->num != self->num_cells) {
        nlc_problems_add(self->problems, record.where, "the row has %lu cells where the header has %lu", (unsigned long)row->num,
                         (unsigned long)self->num_cells);
        record.bad = true;
    }
    for (uint32_t c = 0; c < columns->num; c++) {
        const size_t i = self->position[c];
        const nlc_column *column = &columns->column[c];
        const char *text = i < row->num ? row->cell[i] : "";
        if (column->type == NLC_COLUMN_TEXT)
            text = without_breaks(text, &spaced);
        if (row->is_damaged && strchr(text, '?'))
            self->value[c] = (nlc_value){.text = text, .number = NAN, .choice = NLC_NONE, .bad = true};
        else if (i < row->num)
            self->value[c] = nlc_value_read(column, text, row->decimal_comma, record.where, self->problems);
        else
            self->value[c] = (nlc_value){.text = "", .number = NAN, .choice = NLC_NONE, .bad = column->filled};
        record.bad = record.bad || self->value[c].bad;
    }
    return self->record(self->context, &record);
}

static nlc_error on_row(void *context, const nlc_row *row)
{
    table_type *self = context;
    if (!self->has_header) {
        read_header(self, row);
        return NLC_OK;
    }
    return self->has_good_header ? read_record(self, row) : NLC_OK;
}

static void explain_empty(const table_type *self)
{
    char header[512] = "";
    for (uint32_t c = 0; c < self->columns.num; c++) {
        if (self->columns.column[c].required) {
            strncat(header, header[0] ? "," : "", sizeof header - strlen(header) - 1);
            strncat(header, self->columns.column[c].name, sizeof header - strlen(header) - 1);
        }
    }
    nlc_problems_add(self->problems, self->where, "the file is empty; it begins with a header line such as %s", header);
}

nlc_error nlc_table_read(nlc_table table, const nlc_model *model, const char *path, nlc_where where, nlc_problems *problems,
                         nlc_error (*record)(void *context, const nlc_record *record), void *context)
{
    table_type self = {.model = model, .where = where, .problems = problems, .record = record, .context = context};
    nlc_error error = nlc_columns_init(&self.columns, table, model);
    if (error)
        return error;
    self.position = malloc(self.columns.num * sizeof *self.position);
    self.value = malloc(self.columns.num * sizeof *self.value);
    self.spaced = malloc(2 * NLC_ROW_LENGTH);
    error = NLC_ERROR_MEMORY;
    if (self.position && self.value && self.spaced)
        error = nlc_rows_read(path, where, problems, on_row, &self);
    if (!error && !self.has_header)
        explain_empty(&self);
    if (!error && !self.has_good_header)
        error = NLC_ERROR_INPUT;
    free(self.spaced);
    free(self.value);
    free(self.position);
    nlc_columns_free(&self.columns);
    return error;
}
