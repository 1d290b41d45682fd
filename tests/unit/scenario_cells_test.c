#include "cells.h"

#include "scenario_fixture.h"

#include <math.h>

static const nlc_where here = {"t.csv", 3, 0};

static nlc_column column_of(nlc_column_type type, double low, double high)
{
    return (nlc_column){.name = "cell", .unit = "1", .type = type, .low = low, .high = high, .empty = "", .meaning = "for tests"};
}

/* Reads one cell and checks what is said of it, without "t.csv:3: ". */
static nlc_value read_cell(const nlc_column *column, const char *text, bool decimal_comma, const char *said)
{
    nlc_problems problems = {0};
    nlc_text found = {0};
    const nlc_value value = nlc_value_read(column, text, decimal_comma, here, &problems);
    ck_assert_int_eq(nlc_problems_write(&problems, &found), NLC_OK);
    if (found.length > 0)
        found.data[found.length - 1] = '\0';
    ck_assert_str_eq(found.data ? found.data + strlen("t.csv:3: ") : "", said);
    ck_assert_int_eq(value.bad, said[0] != '\0');
    nlc_text_free(&found);
    nlc_problems_free(&problems);
    return value;
}

START_TEST(numbers_are_read_and_bounded)
{
    const nlc_column share = column_of(NLC_COLUMN_NUMBER, 0, 1), any = column_of(NLC_COLUMN_NUMBER, -INFINITY, INFINITY),
                     least = column_of(NLC_COLUMN_NUMBER, 0.25, INFINITY), value = column_of(NLC_COLUMN_VALUE, 0, 1000000);
    ck_assert_float_eq((float)read_cell(&share, "0.237", false, "").number, 0.237F);
    ck_assert_double_eq(read_cell(&share, "1", false, "").number, 1);
    ck_assert_double_eq(read_cell(&any, "-2.5e1", false, "").number, -25);
    ck_assert(isinf(read_cell(&value, "unlimited", false, "").number));
    ck_assert(isnan(read_cell(&share, "1.01", false, "cell is '1.01', expected a number from 0 to 1").number));
    read_cell(&share, "-0.01", false, "cell is '-0.01', expected a number from 0 to 1");
    read_cell(&share, "unlimited", false, "cell is 'unlimited', expected a number from 0 to 1");
    read_cell(&any, "1,5", false, "cell is '1,5', expected a number");
    read_cell(&any, "5,301,139", false, "cell is '5,301,139', expected a number");
    read_cell(&any, "0x10", false, "cell is '0x10', expected a number");
    read_cell(&any, "nan", false, "cell is 'nan', expected a number");
    read_cell(&least, "0.2", false, "cell is '0.2', expected a number of at least 0.25");
    read_cell(&value, "lots", false, "cell is 'lots', expected a number from 0 to 1000000, or unlimited");
}
END_TEST

START_TEST(decimal_commas_are_read_where_the_file_has_them)
{
    const nlc_column any = column_of(NLC_COLUMN_NUMBER, -INFINITY, INFINITY), whole = column_of(NLC_COLUMN_WHOLE, 0, 1e10);
    ck_assert_double_eq(read_cell(&any, "0,5", true, "").number, 0.5);
    ck_assert_double_eq(read_cell(&any, "-6,25", true, "").number, -6.25);
    ck_assert_double_eq(read_cell(&any, "14.5", true, "").number, 14.5);
    ck_assert_float_eq((float)read_cell(&any, "0.237", true, "").number, 0.237F);
    ck_assert_double_eq(read_cell(&any, "14.5995", true, "").number, (double)14.5995F);
    read_cell(&any, "14.599", true,
              "cell is '14.599', which may mean two numbers; with ; between the cells, write the decimal comma and no separator of "
              "thousands");
    read_cell(
        &whole, "5.301.139", true,
        "cell is '5.301.139', which may mean two numbers; with ; between the cells, write the decimal comma and no separator of "
        "thousands");
    read_cell(&any, "1.234,5", true, "cell is '1.234,5', expected a number");
    read_cell(&any, "1,2,3", true, "cell is '1,2,3', expected a number");
}
END_TEST

START_TEST(whole_numbers_are_whole)
{
    const nlc_column people = column_of(NLC_COLUMN_WHOLE, 0, 1e10), seed = column_of(NLC_COLUMN_WHOLE, 0, INFINITY);
    ck_assert_uint_eq(read_cell(&people, "109035343", false, "").whole, 109035343);
    ck_assert_uint_eq(read_cell(&people, "5310.0", false, "").whole, 5310);
    ck_assert_uint_eq(read_cell(&seed, "18446744073709551615", false, "").whole, UINT64_MAX);
    read_cell(&seed, "18446744073709551616", false,
              "cell is '18446744073709551616', expected a whole number of at least 0 and below 2^64");
    read_cell(&people, "5310.5", false, "cell is '5310.5', expected a whole number from 0 to 10000000000");
    read_cell(&people, "-1", false, "cell is '-1', expected a whole number from 0 to 10000000000");
    read_cell(&people, "10000000001", false, "cell is '10000000001', expected a whole number from 0 to 10000000000");
    read_cell(&people, "5310.", false, "cell is '5310.', expected a whole number from 0 to 10000000000");
}
END_TEST

START_TEST(months_are_read_in_the_forms_of_their_column)
{
    const nlc_column month = column_of(NLC_COLUMN_MONTH, 0, 0), start = column_of(NLC_COLUMN_START, 0, 0),
                     when = column_of(NLC_COLUMN_WHEN, 0, 0), date = column_of(NLC_COLUMN_DATE, 0, 0);
    ck_assert_int_eq(read_cell(&month, "2023-07", false, "").when.value, 2023 * 12 + 6);
    ck_assert_int_eq(read_cell(&start, "13", false, "").when.kind, NLC_WHEN_NUMBER);
    const nlc_when wave = read_cell(&when, "w+12", false, "").when;
    ck_assert_int_eq(wave.kind, NLC_WHEN_WAVE);
    ck_assert_int_eq(wave.value, 12);
    ck_assert_int_eq(read_cell(&date, "2024-02-29", false, "").when.value, 2024 * 12 + 1);
    ck_assert_int_eq(read_cell(&date, "2024-12", false, "").when.value, 2024 * 12 + 11);
    read_cell(&month, "7", false, "cell is '7', expected a month such as 2023-07");
    read_cell(&month, "2023-13", false, "cell is '2023-13', expected a month such as 2023-07");
    read_cell(&month, "2023-00", false, "cell is '2023-00', expected a month such as 2023-07");
    read_cell(&month, "Jul-23", false, "cell is 'Jul-23', expected a month such as 2023-07");
    read_cell(&start, "w+1", false, "cell is 'w+1', expected a month such as 2023-07, or a month number from 1");
    read_cell(&start, "0", false, "cell is '0', expected a month such as 2023-07, or a month number from 1");
    read_cell(&when, "w+", false, "cell is 'w+', expected a month such as 2023-07, a month number from 1, or w+N");
    read_cell(&when, "w-1", false, "cell is 'w-1', expected a month such as 2023-07, a month number from 1, or w+N");
    read_cell(&when, "123456", false, "cell is '123456', expected a month such as 2023-07, a month number from 1, or w+N");
    read_cell(&date, "2024-04-31", false, "cell is '2024-04-31', expected a date such as 2023-07-31 or 2023-07");
    read_cell(&date, "31/04/2024", false, "cell is '31/04/2024', expected a date such as 2023-07-31 or 2023-07");
}
END_TEST

START_TEST(months_are_counted_from_the_start_of_the_run_or_the_wave)
{
    const int32_t start = 2023 * 12 + 6;
    char text[16];
    ck_assert_int_eq(nlc_when_month((nlc_when){NLC_WHEN_CALENDAR, 2024 * 12}, start, 0, 1), 7);
    ck_assert_int_eq(nlc_when_month((nlc_when){NLC_WHEN_CALENDAR, 2023 * 12}, start, 0, 1), -5);
    ck_assert_int_eq(nlc_when_month((nlc_when){NLC_WHEN_NUMBER, 37}, start, 0, 1), 37);
    ck_assert_int_eq(nlc_when_month((nlc_when){NLC_WHEN_WAVE, 0}, start, 13, 1), 13);
    ck_assert_int_eq(nlc_when_month((nlc_when){NLC_WHEN_WAVE, 12}, start, 13, 1), 25);
    ck_assert_int_eq(nlc_when_month((nlc_when){NLC_WHEN_OPEN, 5}, start, 13, 120), 120);
    ck_assert_str_eq(nlc_calendar_text(start, text), "2023-07");
    ck_assert_str_eq(nlc_calendar_text(2023 * 12 + 11, text), "2023-12");
}
END_TEST

START_TEST(words_and_ids_are_checked)
{
    const nlc_column id = column_of(NLC_COLUMN_ID, 0, 0), text = column_of(NLC_COLUMN_TEXT, 0, 0);
    nlc_column choice = column_of(NLC_COLUMN_CHOICE, 0, 0), filled = id;
    choice.choices = "elected|appointed";
    filled.filled = true;
    char long_id[257];
    memset(long_id, 'x', 256);
    long_id[256] = '\0';
    ck_assert_uint_eq(read_cell(&choice, "appointed", false, "").choice, 1);
    read_cell(&choice, "apointed", false, "cell is 'apointed', expected elected or appointed; did you mean 'appointed'?");
    read_cell(&choice, "king", false, "cell is 'king', expected elected or appointed");
    ck_assert(!read_cell(&id, "", false, "").given);
    read_cell(&filled, "", false, "cell is empty");
    read_cell(&id, "a\tb", false, "cell 'a?b' holds a tab or a line break");
    read_cell(&id, "[x]", false, "cell '[x]' begins with [, which is kept for the sections of resolved scenarios");
    read_cell(&id, long_id, false, "cell is longer than 255 bytes");
    ck_assert(read_cell(&id, "x]", false, "").given);
    ck_assert(read_cell(&text, long_id, false, "").given);
}
END_TEST

RUN_SUITE("scenario cells", numbers_are_read_and_bounded, decimal_commas_are_read_where_the_file_has_them, whole_numbers_are_whole,
          months_are_read_in_the_forms_of_their_column, months_are_counted_from_the_start_of_the_run_or_the_wave,
          words_and_ids_are_checked)
