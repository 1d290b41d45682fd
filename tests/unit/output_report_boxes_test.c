/* Quantiles of the runs of design points, and which factors have boxes. */
#include <math.h>
#include <string.h>

#include "report/section_study.h"
#include "suite.h"

/* Three points; the first two have nine runs and one without a value, the third has none at all. */
static nlc_study_run runs[11];
static nlc_point_row points[3] = {
    {.number = 1, .value = {"10", "near", "0.1"}},
    {.number = 2, .value = {"9", "far", "0.1"}},
    {.number = 3, .value = {"9", "near", "0.1"}},
};
static const nlc_material material = {.points = points, .num_points = 3, .study_runs = runs, .num_study_runs = 11, .num_shown = 2};

static void runs_fill(void)
{
    for (uint32_t k = 0; k < 9; k++) {
        runs[k] = (nlc_study_run){.point = k < 5 ? 1 : 2, .value = {-1, 0.237 + 0.1 * ((7 * k) % 9)}};
    }
    runs[9] = (nlc_study_run){.point = 2, .value = {-1, NAN}};
    runs[10] = (nlc_study_run){.point = 17, .value = {-1, 99}};
}

START_TEST(quantiles_of_chosen_points)
{
    nlc_boxes boxes;
    runs_fill();
    ck_assert(nlc_boxes_init(&boxes, &material, 1));
    boxes.is_chosen[0] = boxes.is_chosen[1] = boxes.is_chosen[2] = true;
    const nlc_box_plot plot = nlc_boxes_of_chosen(&boxes);
    ck_assert_uint_eq(plot.num, 9);
    ck_assert_double_eq_tol(plot.p05, 0.277, 1e-12);
    ck_assert_double_eq_tol(plot.p25, 0.437, 1e-12);
    ck_assert_double_eq_tol(plot.p50, 0.637, 1e-12);
    ck_assert_double_eq_tol(plot.p75, 0.837, 1e-12);
    ck_assert_double_eq_tol(plot.p95, 0.997, 1e-12);
    nlc_boxes_free(&boxes);
}
END_TEST

START_TEST(one_point_and_none)
{
    nlc_boxes boxes;
    runs_fill();
    ck_assert(nlc_boxes_init(&boxes, &material, 1));
    ck_assert_uint_eq(nlc_boxes_of_point(&boxes, 0).num, 5);
    ck_assert_uint_eq(nlc_boxes_of_point(&boxes, 1).num, 4);
    const nlc_box_plot none = nlc_boxes_of_point(&boxes, 2);
    ck_assert_uint_eq(none.num, 0);
    ck_assert(isnan(none.p50));
    ck_assert_uint_eq(nlc_boxes_of_point(&boxes, 16).num, 0);
    nlc_boxes_free(&boxes);
}
END_TEST

START_TEST(axes_hold_the_whiskers)
{
    const nlc_box_plot plots[] = {{0.237, 0.3, 0.4, 0.5, 0.6, 7}, {.p05 = NAN, .p95 = NAN}, {-0.4, 0, 0, 0, 0.1, 7}};
    const nlc_scale all = nlc_boxes_scale(plots, 3, 10, 20);
    ck_assert_double_eq_tol(all.low, -0.4, 1e-12);
    ck_assert_double_eq_tol(all.high, 0.6, 1e-12);
    const nlc_scale empty = nlc_boxes_scale(plots + 1, 1, 10, 20);
    ck_assert_double_eq_tol(empty.high - empty.low, 2, 1e-12);
}
END_TEST

START_TEST(levels_are_sorted_and_few)
{
    const char *level[NLC_MOST_LEVELS];
    ck_assert_uint_eq(nlc_study_levels(&material, 0, level), 2);
    ck_assert_str_eq(level[0], "9");
    ck_assert_str_eq(level[1], "10");
    ck_assert_uint_eq(nlc_study_levels(&material, 1, level), 2);
    ck_assert_str_eq(level[0], "near");
    ck_assert_uint_eq(nlc_study_levels(&material, 2, level), 0);
}
END_TEST

RUN_SUITE("output_report_boxes", quantiles_of_chosen_points, one_point_and_none, axes_hold_the_whiskers, levels_are_sorted_and_few)
