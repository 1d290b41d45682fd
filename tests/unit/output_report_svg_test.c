/* Scales, ticks and marks. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/svg.h"
#include "suite.h"

static void check_ticks(double low, double high, uint32_t most, const char *expected)
{
    const nlc_ticks ticks = nlc_ticks_of(low, high, most);
    char text[256] = "";
    for (uint32_t k = 0; k < ticks.num; k++) {
        char tick[32];
        snprintf(tick, sizeof tick, "%s%.*f", k > 0 ? " " : "", (int)ticks.decimals, ticks.first + k * ticks.step);
        strcat(text, tick);
    }
    ck_assert_str_eq(text, expected);
}

START_TEST(scales)
{
    const nlc_scale up = {0, 0.5, 200, 100};
    ck_assert_double_eq_tol(nlc_scale_at(up, 0.237), 152.6, 1e-9);
    ck_assert_double_eq(nlc_scale_at(up, 0.5), 100);
}
END_TEST

START_TEST(ticks_are_round)
{
    check_ticks(0, 1, 6, "0.0 0.2 0.4 0.6 0.8 1.0");
    check_ticks(0, 1, 3, "0.0 0.5 1.0");
    check_ticks(0, 237, 6, "0 50 100 150 200");
    check_ticks(0, 0.03, 4, "0.00 0.01 0.02 0.03");
    check_ticks(17, 23, 3, "20");
    check_ticks(-5, 5, 3, "-5 0 5");
    check_ticks(0.9, 1.1, 1, "1.0");
}
END_TEST

START_TEST(there_never_are_too_many_ticks_nor_none)
{
    for (uint32_t k = 0; k < 4000; k++) {
        const double low = (k % 41) * 0.237 - 4;
        const double high = low + 0.0237 * (1 + k % 97);
        const nlc_ticks ticks = nlc_ticks_of(low, high, 2 + k % 9);
        ck_assert_uint_ge(ticks.num, 1);
        ck_assert_uint_le(ticks.num, 2 + k % 9);
        ck_assert(ticks.first >= low - 1e-9 && ticks.first + (ticks.num - 1) * ticks.step <= high + 1e-9);
    }
}
END_TEST

START_TEST(tops_are_round_and_not_below)
{
    ck_assert_double_eq_tol(nlc_round_top(0.0431), 0.06, 1e-12);
    ck_assert_double_eq_tol(nlc_round_top(1), 1, 1e-12);
    ck_assert_double_eq_tol(nlc_round_top(0.81), 1, 1e-12);
    ck_assert_double_eq_tol(nlc_round_top(1742), 2000, 1e-9);
    ck_assert_double_eq(nlc_round_top(0), 1);
    ck_assert_double_eq(nlc_round_top(NAN), 1);
}
END_TEST

static const nlc_box box = {10, 20, 100, 50};

START_TEST(courses_have_gaps)
{
    nlc_html html = {.language = NLC_LANGUAGE_EN};
    const nlc_frame frame = nlc_frame_of(box, 5, 2023 * 12, 0, 1);
    const double values[] = {0, 0.5, NAN, 1, 0.25};
    nlc_svg_course(&html, &frame, values, (nlc_pen){"#123456", 1.5, "4 2"});
    ck_assert_str_eq(html.text.data,
                     "<path stroke-linejoin=\"round\" d=\"M10.0 70.0L35.0 45.0M85.0 20.0L110.0 57.5\" fill=\"none\" "
                     "stroke=\"#123456\" stroke-width=\"1.5\" stroke-dasharray=\"4 2\"/>\n");
    nlc_html_free(&html);
}
END_TEST

START_TEST(bands_go_there_and_back)
{
    nlc_html html = {.language = NLC_LANGUAGE_EN};
    const nlc_frame frame = nlc_frame_of(box, 5, 2023 * 12, 0, 1);
    const double low[] = {0, 0.2, NAN, 0.5, 0.25};
    const double high[] = {0.4, 0.5, 0.6, 1, NAN};
    nlc_svg_band(&html, &frame, low, high, "#123456");
    ck_assert_ptr_nonnull(strstr(html.text.data, "d=\"M10.0 50.0L35.0 45.0L35.0 60.0L10.0 70.0ZM85.0 20.0L85.0 45.0Z\"/>"));
    nlc_html_free(&html);
}
END_TEST

START_TEST(steps_hold_until_the_end_of_a_month)
{
    nlc_html html = {.language = NLC_LANGUAGE_EN};
    nlc_frame frame = nlc_frame_of(box, 4, 2023 * 12, 0, 2);
    frame.x.high = 5;
    const double values[] = {1, 1, 2, 0};
    nlc_svg_steps(&html, &frame, values, (nlc_pen){"#123456", 1, NULL});
    ck_assert_ptr_nonnull(strstr(html.text.data, "d=\"M10.0 45.0H60.0V20.0H85.0V70.0H110.0\""));
    nlc_html_free(&html);
}
END_TEST

START_TEST(years_stand_below_their_january)
{
    nlc_html html = {.language = NLC_LANGUAGE_EN};
    const nlc_frame frame = nlc_frame_of((nlc_box){0, 0, 360, 100}, 37, 2023 * 12 + 6, 0, 1);
    nlc_svg_time_axis(&html, &frame);
    ck_assert_ptr_null(strstr(html.text.data, ">2023<"));
    ck_assert_ptr_nonnull(strstr(html.text.data, "<text x=\"60.0\" y=\"116.0\" font-size=\"11\" text-anchor=\"middle\" "
                                                 "fill=\"" NLC_SOFT "\">2024</text>"));
    ck_assert_ptr_nonnull(strstr(html.text.data, "x=\"180.0\""));
    nlc_html_free(&html);
}
END_TEST

START_TEST(whiskers_have_their_error)
{
    nlc_html html = {.language = NLC_LANGUAGE_EN};
    const nlc_frame frame = nlc_frame_of(box, 5, 2023 * 12, 0, 1);
    const double values[] = {0.2, 0.3, 0.5};
    nlc_svg_whisker(&html, &frame, 2, values);
    ck_assert_ptr_nonnull(strstr(html.text.data, "M35.0 60.0L35.0 45.0"));
    ck_assert_ptr_nonnull(strstr(html.text.data, "<circle cx=\"35.0\" cy=\"55.0\" r=\"2.8\" fill=\"" NLC_COUNTED "\"/>"));
    nlc_html_free(&html);
}
END_TEST

RUN_SUITE("output_report_svg", scales, ticks_are_round, there_never_are_too_many_ticks_nor_none, tops_are_round_and_not_below,
          courses_have_gaps, bands_go_there_and_back, steps_hold_until_the_end_of_a_month, years_stand_below_their_january,
          whiskers_have_their_error)
