/* Paired differences against figures computed with 25 digits. */
#include <math.h>
#include <stdlib.h>

#include "difference.h"
#include "suite.h"

static const nlc_precision precision = {.confidence = 0.95, .width = 0.005, .first = 2};

START_TEST(what_is_left_out_is_counted)
{
    const double a[] = {0.31, NAN, 0.42, 0.37, 0.9, 0.55, 0.29, 0.48}, b[] = {0.36, 0.9, 0.45, 0.45, NAN, 0.58, 0.35, 0.50};
    const nlc_difference self = nlc_difference_of(a, b, 8, &precision);
    ck_assert_uint_eq(self.n, 6);
    ck_assert_uint_eq(self.left_out, 2);
    ck_assert_double_eq_tol(self.first.value, 2.42 / 6, 1e-15);
    ck_assert_double_eq_tol(self.difference.value, 0.045, 1e-15);
    ck_assert_double_eq_tol(self.difference.high - self.difference.value, 0.0236995935147586, 1e-13);
    ck_assert_double_eq_tol(self.difference.value - self.difference.low, 0.0236995935147586, 1e-13);
    ck_assert_int_eq(self.verdict, NLC_VERDICT_REAL);
}
END_TEST

START_TEST(variance_reduction_and_runs_needed)
{
    const double a[] = {0.31, 0.42, 0.37, 0.55, 0.29, 0.48}, b[] = {0.36, 0.45, 0.45, 0.58, 0.35, 0.50};
    const nlc_difference self = nlc_difference_of(a, b, 6, &precision);
    ck_assert_double_eq_tol(self.reduction.value, 34.4379084967320, 1e-10);
    ck_assert_double_eq_tol(self.reduction.high / self.reduction.value, 5.43054410730469, 1e-10);
    ck_assert_double_eq_tol(self.reduction.value / self.reduction.low, 5.43054410730469, 1e-10);
    ck_assert(self.needed.value == 81 && self.needed.low == 33 && self.needed.high == 474);
}
END_TEST

START_TEST(a_difference_within_its_interval_cannot_be_told)
{
    const double a[] = {0.31, 0.42, 0.37, 0.55}, b[] = {0.36, 0.38, 0.45, 0.49};
    ck_assert_int_eq(nlc_difference_of(a, b, 4, &precision).verdict, NLC_VERDICT_UNTOLD);
    ck_assert_int_eq(nlc_difference_of(a, b, 1, &precision).verdict, NLC_VERDICT_UNTOLD);
    ck_assert_int_eq(nlc_difference_of(a, b, 0, &precision).verdict, NLC_VERDICT_UNTOLD);
    ck_assert(isnan(nlc_difference_of(a, b, 0, &precision).difference.value));
    ck_assert_str_eq(nlc_verdict_text(NLC_VERDICT_UNTOLD), "cannot be told");
}
END_TEST

START_TEST(pairs_without_spread)
{
    const double a[] = {0.31, 0.42, 0.37}, shifted[] = {0.81, 0.92, 0.87}, flat[] = {0.5, 0.5, 0.5};
    const nlc_difference same = nlc_difference_of(a, a, 3, &precision);
    ck_assert_int_eq(same.verdict, NLC_VERDICT_THE_SAME);
    ck_assert(same.reduction.value == INFINITY && same.needed.value == 2);
    ck_assert_int_eq(nlc_difference_of(a, shifted, 3, &precision).verdict, NLC_VERDICT_REAL);
    ck_assert(isnan(nlc_difference_of(flat, flat, 3, &precision).reduction.value));
}
END_TEST

/* Of 40 pairs 3 reach it in the first alone, 17 in the second alone, 12 in both. */
START_TEST(shares_that_reach_an_outcome)
{
    double a[40], b[40];
    for (int k = 0; k < 40; k++) {
        a[k] = k < 3 || (k >= 20 && k < 32) ? 17 : NAN;
        b[k] = k >= 3 && k < 32 ? 12 : NAN;
    }
    const nlc_difference self = nlc_difference_of_reach(a, b, 40, &precision);
    ck_assert_uint_eq(self.n, 40);
    ck_assert_double_eq_tol(self.difference.value, 0.35, 1e-15);
    ck_assert_double_eq_tol(self.difference.low, 0.139048076819276, 1e-12);
    ck_assert_double_eq_tol(self.difference.high, 0.527618589847390, 1e-12);
    ck_assert_int_eq(self.verdict, NLC_VERDICT_REAL);
}
END_TEST

START_TEST(all_or_none_still_has_an_interval)
{
    double none[20], all[20];
    for (int k = 0; k < 20; k++) {
        none[k] = NAN;
        all[k] = 12;
    }
    const nlc_difference self = nlc_difference_of_reach(none, all, 20, &precision);
    ck_assert(self.difference.value == 1 && self.difference.high <= 1 && self.difference.low > 0.6 && self.difference.low < 0.95);
    ck_assert(self.first.low == 0 && self.first.high > 0.1 && self.second.low < 0.9 && self.second.high == 1);
    ck_assert_int_eq(self.verdict, NLC_VERDICT_REAL);
    ck_assert_int_eq(nlc_difference_of_reach(all, all, 20, &precision).verdict, NLC_VERDICT_THE_SAME);
}
END_TEST

RUN_SUITE("study/difference", what_is_left_out_is_counted, variance_reduction_and_runs_needed,
          a_difference_within_its_interval_cannot_be_told, pairs_without_spread, shares_that_reach_an_outcome,
          all_or_none_still_has_an_interval)
