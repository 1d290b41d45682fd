/* The cheapest choice that reaches a target often enough. */
#include "select.h"

#include <math.h>

#include "suite.h"

/* Three choices of four runs each: costs 1, 2 and 4 in the mean; months 20 to 60. */
static const uint32_t choice[] = {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2};
static const double cost[] = {1, 2, 3, 1, 2, 5, 1, 2, 4, 1, NAN, 4};
static const double month[] = {40, 30, 20, NAN, 36, 21, 50, 35, 22, 36, 37, 36};
static double room[12];
static const nlc_select_input runs = {12, 3, choice, month, cost, room};

START_TEST(by_hand)
{
    const nlc_target target = {NAN, 36, 0.75};
    nlc_selection found[3];
    const nlc_cheapest cheapest = nlc_select(&runs, &target, found);
    ck_assert_uint_eq(cheapest.by_share, 1);
    ck_assert_uint_eq(cheapest.for_sure, NLC_NONE);
    ck_assert_double_eq_tol(found[0].share, 0.25, 1e-15);
    ck_assert_double_eq_tol(found[1].share, 0.75, 1e-15);
    ck_assert_double_eq_tol(found[2].share, 1, 1e-15);
    ck_assert_double_eq_tol(found[1].mean_cost, 2, 1e-15);
    ck_assert_double_eq_tol(found[2].mean_cost, 4, 1e-15);
    ck_assert_uint_eq(found[0].num_runs, 4);
    /* Clopper and Pearson for 4 of 4, by their closed form, and for 3 of 4. */
    ck_assert_double_eq_tol(found[2].low, pow(0.025, 0.25), 1e-9);
    ck_assert_double_eq_tol(found[2].high, 1, 1e-15);
    ck_assert_double_eq_tol(found[1].low, 0.194120, 1e-5);
    ck_assert_double_eq_tol(found[1].high, 0.993691, 1e-5);
}
END_TEST

START_TEST(limits)
{
    nlc_selection found[3];
    const nlc_target sure = {NAN, 36, 0.3}, between = {36, 40, 0.5}, never = {NAN, 10, 0.1};
    ck_assert_uint_eq(nlc_select(&runs, &sure, found).for_sure, 2);
    ck_assert_uint_eq(nlc_select(&runs, &between, found).by_share, 0);
    ck_assert_double_eq_tol(found[2].share, 0.25, 1e-15);
    ck_assert_uint_eq(nlc_select(&runs, &never, found).by_share, NLC_NONE);
    ck_assert_double_eq_tol(found[0].low, 0, 1e-15);
}
END_TEST

/* The second run of four, the third, and the last; one that did not reach it comes after all. */
START_TEST(soonest)
{
    nlc_selection found[3];
    const nlc_target half = {NAN, 100, 0.5}, most = {NAN, 36, 0.75}, all = {NAN, 1, 1};
    ck_assert_uint_eq(nlc_select(&runs, &half, found).soonest, 2);
    ck_assert(found[0].reached_by == 40 && found[1].reached_by == 35 && found[2].reached_by == 21);
    ck_assert_uint_eq(nlc_select(&runs, &most, found).soonest, 2);
    ck_assert(found[0].reached_by == 50 && found[1].reached_by == 36 && found[2].reached_by == 22);
    /* Whatever the month asked for; two choices take until month 37 or 36 for all of their runs. */
    ck_assert_uint_eq(nlc_select(&runs, &all, found).soonest, 2);
    ck_assert_double_nan(found[0].reached_by);
    ck_assert(found[1].reached_by == 37 && found[2].reached_by == 36);
}
END_TEST

START_TEST(equally_soon)
{
    const uint32_t of[] = {0, 1, 2};
    const double costs[] = {3, 2, NAN}, outcome[] = {23.7, 23.7, 1};
    const nlc_select_input input = {3, 3, of, outcome, costs, room};
    const nlc_target target = {NAN, 30, 0.9};
    nlc_selection found[3];
    ck_assert_uint_eq(nlc_select(&input, &target, found).soonest, 1);
}
END_TEST

START_TEST(equal_costs)
{
    const uint32_t of[] = {0, 1, 1, 0};
    const double costs[] = {2, 2, 2, 2}, outcome[] = {0.5, 0.9, 0.9, 0.9};
    const nlc_select_input input = {4, 3, of, outcome, costs, room};
    const nlc_target target = {0.8, NAN, 0.5};
    nlc_selection found[3];
    ck_assert_uint_eq(nlc_select(&input, &target, found).by_share, 1);
    ck_assert_double_nan(found[2].mean_cost);
    ck_assert_double_nan(found[2].share);
    ck_assert_double_nan(found[2].reached_by);
}
END_TEST

RUN_SUITE("study select", by_hand, limits, soonest, equally_soon, equal_costs)
