/* Checks cells by their column's type; see cells.h. */
#include "cells.h"

#include "others.h"
#include "rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_CELL 255
#define LAST_YEAR    9999

int32_t nlc_when_month(nlc_when when, int32_t start, int32_t wave, int32_t open)
{
    switch (when.kind) {
    case NLC_WHEN_NUMBER:
        return when.value;
    case NLC_WHEN_CALENDAR:
        return when.value - start + 1;
    case NLC_WHEN_WAVE:
        return wave + when.value;
    case NLC_WHEN_OPEN:
        break;
    }
    return open;
}

const char *nlc_calendar_text(int32_t calendar, char *text)
{
    snprintf(text, 16, "%04ld-%02ld", (long)(calendar / 12), (long)(calendar % 12 + 1));
    return text;
}

/* ---- Forms ------------------------------------------------------------------------------------- */

static bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

/* Digits alone, at most `most` of them. */
static bool read_digits(const char *text, size_t length, size_t most, int32_t *value)
{
    *value = 0;
    if (length == 0 || length > most)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!is_digit(text[i]))
            return false;
        *value = *value * 10 + (text[i] - '0');
    }
    return true;
}

static bool read_calendar(const char *text, size_t length, int32_t *calendar)
{
    int32_t year, month;
    if (length != 7 || text[4] != '-' || !read_digits(text, 4, 4, &year) || !read_digits(text + 5, 2, 2, &month))
        return false;
    *calendar = year * 12 + month - 1;
    return year > 0 && month >= 1 && month <= 12;
}

static bool read_date(const char *text, int32_t *calendar)
{
    static const int32_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const size_t length = strlen(text);
    int32_t day;
    if (length == 7)
        return read_calendar(text, 7, calendar);
    return length == 10 && text[7] == '-' && read_calendar(text, 7, calendar) && read_digits(text + 8, 2, 2, &day) && day >= 1 &&
           day <= days[*calendar % 12];
}

static bool read_when(const char *text, nlc_column_type type, nlc_when *when)
{
    const size_t length = strlen(text);
    when->kind = NLC_WHEN_CALENDAR;
    if (read_calendar(text, length, &when->value))
        return true;
    when->kind = NLC_WHEN_NUMBER;
    if (type != NLC_COLUMN_MONTH && read_digits(text, length, 5, &when->value))
        return when->value > 0;
    when->kind = NLC_WHEN_WAVE;
    return type == NLC_COLUMN_WHEN && length > 2 && memcmp(text, "w+", 2) == 0 &&
           read_digits(text + 2, length - 2, 5, &when->value);
}

/* A whole number, also as the 5310.0 that data frames with gaps write. */
static bool read_whole(const char *text, uint64_t *value)
{
    size_t i = 0;
    *value = 0;
    for (; is_digit(text[i]); i++) {
        const uint64_t digit = (uint64_t)(text[i] - '0');
        if (*value > (UINT64_MAX - digit) / 10)
            return false;
        *value = *value * 10 + digit;
    }
    const bool seen = i > 0;
    if (seen && text[i] == '.' && text[i + 1] == '0')
        for (i++; text[i] == '0'; i++)
            continue;
    return seen && text[i] == '\0';
}

/* 1.234 where the file writes decimals with a comma: nobody can say whether that is more than a
 * thousand or little more than one. */
static bool is_ambiguous(const char *text)
{
    const char *dot = strchr(text, '.');
    if (!dot || strchr(text, ','))
        return false;
    const size_t before = (size_t)(dot - text) - (text[0] == '-' ? 1 : 0);
    if (before < 1 || before > 3 || text[text[0] == '-' ? 1 : 0] == '0')
        return false;
    for (; *dot == '.'; dot += 4)
        if (!is_digit(dot[1]) || !is_digit(dot[2]) || !is_digit(dot[3]))
            return false;
    return *dot == '\0';
}

/* The number with a decimal point, in `plain`. */
static const char *with_point(const char *text, bool decimal_comma, char *plain)
{
    if (!decimal_comma)
        return text;
    strcpy(plain, text);
    char *comma = strchr(plain, ',');
    if (comma && !strchr(plain, '.') && !strchr(comma + 1, ','))
        *comma = '.';
    return plain;
}

/* ---- What was expected ------------------------------------------------------------------------- */

static void add_number(char *text, size_t size, double number)
{
    const size_t length = strlen(text);
    snprintf(text + length, size - length, number == floor(number) ? "%.0f" : "%.7g", number);
}

/* What no 64 bits can hold is no whole number here, so that is the bound where the column has none. */
static void describe_bounds(const nlc_column *column, const char *what, char *text, size_t size)
{
    snprintf(text, size, "%s", what);
    if (isfinite(column->low)) {
        strncat(text, isfinite(column->high) ? " from " : " of at least ", size - strlen(text) - 1);
        add_number(text, size, column->low);
    }
    if (isfinite(column->low) && isfinite(column->high)) {
        strncat(text, " to ", size - strlen(text) - 1);
        add_number(text, size, column->high);
    }
    if (column->type == NLC_COLUMN_WHOLE && !isfinite(column->high))
        strncat(text, " and below 2^64", size - strlen(text) - 1);
    if (column->type == NLC_COLUMN_VALUE)
        strncat(text, ", or unlimited", size - strlen(text) - 1);
}

static void describe_choices(const nlc_column *column, char *text, size_t size)
{
    char word[64];
    text[0] = '\0';
    for (uint32_t i = 0; nlc_choice_at(column->choices, i, word, sizeof word); i++) {
        char next[64];
        const bool is_last = !nlc_choice_at(column->choices, i + 1, next, sizeof next);
        strncat(text, i == 0 ? "" : is_last ? " or " : ", ", size - strlen(text) - 1);
        strncat(text, word, size - strlen(text) - 1);
    }
}

static void describe(const nlc_column *column, char *text, size_t size)
{
    static const char *const form[] = {
        [NLC_COLUMN_MONTH] = "a month such as 2023-07",
        [NLC_COLUMN_START] = "a month such as 2023-07, or a month number from 1",
        [NLC_COLUMN_WHEN] = "a month such as 2023-07, a month number from 1, or w+N",
        [NLC_COLUMN_DATE] = "a date such as 2023-07-31 or 2023-07",
    };
    switch (column->type) {
    case NLC_COLUMN_CHOICE:
        describe_choices(column, text, size);
        return;
    case NLC_COLUMN_NUMBER:
    case NLC_COLUMN_VALUE:
        describe_bounds(column, "a number", text, size);
        return;
    case NLC_COLUMN_WHOLE:
        describe_bounds(column, "a whole number", text, size);
        return;
    default:
        snprintf(text, size, "%s", form[column->type]);
    }
}

#define MOST_CHOICES 16

typedef struct {
    char text[64];
} word_type;

static const char *word_text(const void *context, uint32_t i)
{
    return ((const word_type *)context)[i].text;
}

static const char *choice_hint(const nlc_column *column, const char *text, char *buffer)
{
    word_type word[MOST_CHOICES];
    uint32_t num = 0;
    while (column->choices && num < MOST_CHOICES && nlc_choice_at(column->choices, num, word[num].text, sizeof word[num].text))
        num++;
    return nlc_hint(buffer, nlc_nearest(text, word_text, word, num));
}

/* ---- Values ------------------------------------------------------------------------------------ */

static bool is_free_of_controls(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7F)
            return false;
    return true;
}

static bool read_number(const nlc_column *column, const char *text, nlc_value *value)
{
    if (!nlc_real_read(text, strlen(text), &value->exact))
        return false;
    value->number = (double)(float)value->exact;
    if (column->type == NLC_COLUMN_NUMBER && !isfinite(value->number))
        return false;
    return value->number >= column->low && (value->number <= column->high || isinf(value->number));
}

static bool read_form(const nlc_column *column, const char *text, nlc_value *value)
{
    switch (column->type) {
    case NLC_COLUMN_ID:
    case NLC_COLUMN_TEXT:
        return true;
    case NLC_COLUMN_CHOICE:
        value->choice = nlc_choice_find(column->choices, text);
        return value->choice != NLC_NONE;
    case NLC_COLUMN_NUMBER:
    case NLC_COLUMN_VALUE:
        return read_number(column, text, value);
    case NLC_COLUMN_WHOLE:
        if (!read_whole(text, &value->whole))
            return false;
        value->number = (double)value->whole;
        return value->number >= column->low && value->number <= column->high;
    case NLC_COLUMN_DATE:
        value->when.kind = NLC_WHEN_CALENDAR;
        return read_date(text, &value->when.value);
    default:
        return read_when(text, column->type, &value->when);
    }
}

static nlc_value wrong(nlc_value value)
{
    return (nlc_value){.text = value.text, .number = NAN, .choice = NLC_NONE, .bad = true};
}

static nlc_value explain(const nlc_column *column, nlc_value value, nlc_where where, nlc_problems *problems)
{
    char expected[512], hint[NLC_HINT_LENGTH];
    describe(column, expected, sizeof expected);
    nlc_problems_add(problems, where, "%s is '%s', expected %s%s", column->name, value.text, expected,
                     choice_hint(column, value.text, hint));
    return wrong(value);
}

nlc_value nlc_value_read(const nlc_column *column, const char *text, bool decimal_comma, nlc_where where, nlc_problems *problems)
{
    nlc_value value = {.text = text, .number = NAN, .choice = NLC_NONE, .given = text[0] != '\0'};
    char plain[LONGEST_CELL + 1];
    if (!value.given) {
        value.bad = column->filled;
        if (column->filled)
            nlc_problems_add(problems, where, "%s is empty", column->name);
        return value;
    }
    if (column->type == NLC_COLUMN_TEXT)
        return value;
    if (strlen(text) > LONGEST_CELL) {
        nlc_problems_add(problems, where, "%s is longer than %d bytes", column->name, LONGEST_CELL);
        return wrong(value);
    }
    if (!is_free_of_controls(text)) {
        nlc_problems_add(problems, where, "%s '%s' holds a tab or a line break", column->name, text);
        return wrong(value);
    }
    if (column->type == NLC_COLUMN_ID && text[0] == '[') {
        nlc_problems_add(problems, where, "%s '%s' begins with [, which is kept for the sections of resolved scenarios",
                         column->name, text);
        return wrong(value);
    }
    const bool is_number =
        column->type == NLC_COLUMN_NUMBER || column->type == NLC_COLUMN_WHOLE || column->type == NLC_COLUMN_VALUE;
    if (is_number && decimal_comma && is_ambiguous(text)) {
        nlc_problems_add(
            problems, where,
            "%s is '%s', which may mean two numbers; with ; between the cells, write the decimal comma and no separator "
            "of thousands",
            column->name, text);
        return wrong(value);
    }
    if (!read_form(column, is_number ? with_point(text, decimal_comma, plain) : text, &value))
        return explain(column, value, where, problems);
    return value;
}

const nlc_value *nlc_record_get(const nlc_record *self, uint32_t field)
{
    return &self->value[self->columns->at[field]];
}

const char *nlc_record_text(const nlc_record *self, uint32_t field)
{
    const nlc_value *value = nlc_record_get(self, field);
    return value->bad ? "" : value->text;
}

/* ---- Tables ------------------------------------------------------------------------------------ */

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
    if (strlen(name) > LONGEST_CELL)
        nlc_problems_add(self->problems, where, "the name of a column is longer than %d bytes", LONGEST_CELL);
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
    if (is_free_of_controls(text))
        return text;
    const size_t length = strlen(text) + 1;
    char *copy = *spaced;
    memcpy(copy, text, length);
    for (size_t i = 0; i + 1 < length; i++)
        if ((unsigned char)copy[i] < 0x20 || copy[i] == 0x7F)
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
