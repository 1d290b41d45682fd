/* Checks cells by their column's type; see cells.h. */
#include "cells.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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

bool nlc_is_control(char letter)
{
    return (unsigned char)letter < 0x20 || letter == 0x7F;
}

static bool is_free_of_controls(const char *text)
{
    while (*text && !nlc_is_control(*text))
        text++;
    return *text == '\0';
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
    char plain[NLC_CELL_LENGTH + 1];
    if (!value.given) {
        value.bad = column->filled;
        if (column->filled)
            nlc_problems_add(problems, where, "%s is empty", column->name);
        return value;
    }
    if (column->type == NLC_COLUMN_TEXT)
        return value;
    if (strlen(text) > NLC_CELL_LENGTH) {
        nlc_problems_add(problems, where, "%s is longer than %d bytes", column->name, NLC_CELL_LENGTH);
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
