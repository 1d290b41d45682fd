/* The chart of curves with bands. */
#include <math.h>
#include <string.h>

#include "chart.h"
#include "suite.h"

/* What a row of blanks and marks of the chart's width looks like. */
static void check_lines(const char *text, const char *const *lines, size_t num_lines)
{
    for (size_t k = 0; k < num_lines; k++) {
        const char *end = strchr(text, '\n');
        ck_assert_ptr_nonnull(end);
        size_t length = (size_t)(end - text);
        while (length > 0 && text[length - 1] == ' ') {
            length--;
        }
        ck_assert_msg(length == strlen(lines[k]) && memcmp(text, lines[k], length) == 0, "line %zu is '%.*s', not '%s'", k,
                      (int)length, text, lines[k]);
        text = end + 1;
    }
    ck_assert_str_eq(text, "");
}

START_TEST(letters_stand_where_the_values_are)
{
    /* Constant curves: 0.9 lies in the first row of eight, 0.3 in the sixth (from 0.25 to 0.375). */
    const double high[] = {0.9, 0.9, 0.9}, low[] = {0.3, 0.3, 0.3}, top[] = {0.45, 0.45, 0.45}, bottom[] = {0.13, 0.13, 0.13};
    const nlc_curve curves[] = {{"upper", 'A', high, high, high}, {"lower", 'F', low, bottom, top}};
    static const char *const lines[] = {
        "100 %|AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA upper",
        "     |",
        " 75 %|",
        "     |",
        " 50 %|............................................................",
        "     |FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF lower",
        " 25 %|............................................................",
        "     |",
        "  0 %+2023-07-------------------2023-08--------------------2023-09",
    };
    nlc_text text = {0};
    ck_assert_int_eq(nlc_chart_write(curves, 2, 3, 2023 * 12 + 6, false, &text), NLC_OK);
    check_lines(text.data, lines, sizeof lines / sizeof lines[0]);
    nlc_text_free(&text);
}
END_TEST

START_TEST(braille_has_four_levels_a_row)
{
    /* 0.76 is the eighth level of 32 from the top: the lowest dots of the second row. */
    const double values[] = {0.76};
    const nlc_curve curve = {"x", 'A', values, values, values};
    nlc_text text = {0};
    ck_assert_int_eq(nlc_chart_write(&curve, 1, 1, 2024 * 12, true, &text), NLC_OK);
    const char *second = strchr(text.data, '\n') + 1;
    ck_assert_mem_eq(second, "     |\xE2\xA3\x80\xE2\xA3\x80", 12);
    ck_assert_ptr_nonnull(strstr(second, "\xE2\xA3\x80 x\n"));
    ck_assert_ptr_nonnull(strstr(second, "+2024-01--"));
    nlc_text_free(&text);
}
END_TEST

START_TEST(steep_lines_hold_together)
{
    double values[60];
    for (uint32_t t = 0; t < 60; t++) {
        values[t] = t < 30 ? 0 : 1;
    }
    const nlc_curve curve = {"x", 'A', values, values, values};
    nlc_text text = {0};
    ck_assert_int_eq(nlc_chart_write(&curve, 1, 60, 2024 * 12, false, &text), NLC_OK);
    const char *line = text.data;
    for (uint32_t row = 0; row < NLC_CHART_ROWS; row++) {
        bool is_end = row == 0 || row == NLC_CHART_ROWS - 1;
        ck_assert_msg(line[6 + 30] == (row == NLC_CHART_ROWS - 1 ? ' ' : 'A'), "row %u: %.70s", row, line);
        ck_assert_int_eq(line[6 + 31], row == 0 ? 'A' : ' ');
        ck_assert_int_eq(line[6 + 29], is_end && row != 0 ? 'A' : ' ');
        line = strchr(line, '\n') + 1;
    }
    nlc_text_free(&text);
}
END_TEST

START_TEST(missing_months_are_gaps)
{
    double values[60];
    for (uint32_t t = 0; t < 60; t++) {
        values[t] = t < 20 || t >= 40 ? 0.99 : NAN;
    }
    const nlc_curve curve = {"x", 'A', values, values, values};
    nlc_text text = {0};
    ck_assert_int_eq(nlc_chart_write(&curve, 1, 60, 2024 * 12, false, &text), NLC_OK);
    ck_assert_mem_eq(text.data, "100 %|AAAAAAAAAAAAAAAAAAAA                    AAAAAAAAAAAAAAAAAAAA x\n", 69);
    nlc_text_free(&text);
}
END_TEST

RUN_SUITE("output chart", letters_stand_where_the_values_are, braille_has_four_levels_a_row, steep_lines_hold_together,
          missing_months_are_gaps)
