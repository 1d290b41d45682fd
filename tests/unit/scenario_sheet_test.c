/* Any table by its columns. */
#include "sheet.h"

#include "scenario_fixture.h"

#include <math.h>

/* What is said of the table, with the error expected. */
static nlc_sheet sheet_of(const char *data, const char *said, nlc_error expected)
{
    nlc_sheet sheet;
    nlc_problems problems = {0};
    nlc_text text = {0};
    put_bytes("t.csv", data, strlen(data));
    ck_assert_int_eq(nlc_sheet_read(&sheet, "t.csv", &problems), expected);
    ck_assert_int_eq(nlc_problems_write(&problems, &text), NLC_OK);
    ck_assert_str_eq(text.data ? text.data : "", said);
    nlc_text_free(&text);
    nlc_problems_free(&problems);
    return sheet;
}

START_TEST(numbers)
{
    scratch_begin();
    nlc_sheet sheet = sheet_of("x,y\n1,-2.5e-3\n\n.5,NA\n+4.,nan\n", "", NLC_OK);
    double values[3];
    nlc_problems problems = {0};
    ck_assert_uint_eq(sheet.num_rows, 3);
    ck_assert_uint_eq(sheet.line[1], 4);
    ck_assert_int_eq(nlc_sheet_numbers(&sheet, nlc_sheet_find(&sheet, "x"), values, &problems), NLC_OK);
    ck_assert(values[0] == 1 && values[1] == 0.5 && values[2] == 4);
    ck_assert_int_eq(nlc_sheet_numbers(&sheet, nlc_sheet_find(&sheet, "y"), values, &problems), NLC_OK);
    ck_assert(values[0] == -0.0025 && isnan(values[1]) && isnan(values[2]));
    nlc_sheet_free(&sheet);
    nlc_sheet_free(&sheet);
    scratch_end();
}
END_TEST

START_TEST(decimal_commas)
{
    scratch_begin();
    nlc_sheet sheet = sheet_of("x;y\n1,25;0,237\n", "", NLC_OK);
    double value;
    nlc_problems problems = {0};
    ck_assert_int_eq(nlc_sheet_numbers(&sheet, 1, &value, &problems), NLC_OK);
    ck_assert(value == 0.237);
    nlc_sheet_free(&sheet);
    scratch_end();
}
END_TEST

START_TEST(what_is_no_number)
{
    static const char *const texts[] = {"0x10", "inf", "1 2", "1e", "-", ".", "1.2.3", "1,5", "1e999", "many"};
    scratch_begin();
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
        char data[64], expected[96];
        snprintf(data, sizeof data, "x,y\n\"%s\",1\n", texts[k]);
        snprintf(expected, sizeof expected, "t.csv:2: x is '%s', expected a number\n", texts[k]);
        nlc_sheet sheet = sheet_of(data, "", NLC_OK);
        nlc_problems problems = {0};
        nlc_text text = {0};
        double value;
        ck_assert_int_eq(nlc_sheet_numbers(&sheet, 0, &value, &problems), NLC_ERROR_INPUT);
        ck_assert_int_eq(nlc_problems_write(&problems, &text), NLC_OK);
        ck_assert_str_eq(text.data, expected);
        nlc_text_free(&text);
        nlc_problems_free(&problems);
        nlc_sheet_free(&sheet);
    }
    scratch_end();
}
END_TEST

START_TEST(categories)
{
    scratch_begin();
    nlc_sheet sheet = sheet_of("rule,n\nrandom,3\nlargest,1\n,2\nrandom,4\n", "", NLC_OK);
    nlc_words texts;
    double values[4];
    ck_assert_int_eq(nlc_sheet_factor(&sheet, 0, values, &texts), NLC_OK);
    ck_assert_uint_eq(texts.num, 2);
    ck_assert_str_eq(texts.text[0], "largest");
    ck_assert(values[0] == 1 && values[1] == 0 && isnan(values[2]) && values[3] == 1);
    nlc_words_free(&texts);
    ck_assert_int_eq(nlc_sheet_factor(&sheet, 1, values, &texts), NLC_OK);
    ck_assert_uint_eq(texts.num, 0);
    ck_assert(values[3] == 4);
    nlc_sheet_free(&sheet);
    scratch_end();
}
END_TEST

START_TEST(broken_tables)
{
    scratch_begin();
    nlc_sheet sheet = sheet_of("x,y\n", "t.csv: the table has no rows\n", NLC_ERROR_INPUT);
    nlc_sheet_free(&sheet);
    sheet = sheet_of("x,y,x\n1,2,3\n", "t.csv:1: two columns are called 'x'\n", NLC_ERROR_INPUT);
    nlc_sheet_free(&sheet);
    sheet = sheet_of("x,y\n1,2\n3\n", "t.csv:3: the row has 1 cells where the header has 2\n", NLC_ERROR_INPUT);
    nlc_sheet_free(&sheet);
    nlc_problems problems = {0};
    ck_assert_int_eq(nlc_sheet_read(&sheet, "none.csv", &problems), NLC_ERROR_INPUT);
    nlc_problems_free(&problems);
    nlc_sheet_free(&sheet);
    scratch_end();
}
END_TEST

START_TEST(names)
{
    scratch_begin();
    nlc_sheet sheet = sheet_of("meetings,y\n1,2\n", "", NLC_OK);
    nlc_problems problems = {0};
    nlc_text text = {0};
    ck_assert_uint_eq(nlc_sheet_column(&sheet, "y", &problems), 1);
    ck_assert_uint_eq(nlc_sheet_column(&sheet, "meetngs", &problems), NLC_NONE);
    ck_assert_int_eq(nlc_problems_write(&problems, &text), NLC_OK);
    ck_assert_str_eq(text.data, "t.csv:1: there is no column 'meetngs'; did you mean 'meetings'?\n");
    nlc_text_free(&text);
    nlc_problems_free(&problems);
    nlc_sheet_free(&sheet);
    scratch_end();
}
END_TEST

RUN_SUITE("scenario sheet", numbers, decimal_commas, what_is_no_number, categories, broken_tables, names)
