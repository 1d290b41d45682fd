/* Elementary effects by hand. */
#include "morris.h"

#include <math.h>

#include "suite.h"

/* y = 3 x1 - 2 x2 + 4 x1 x2 at two trajectories of which the second goes down. */
static const double points[] = {0, 0, 0.5, 0, 0.5, 0.5, /**/ 1, 1, 1, 0.5, 0.25, 0.5};
static const double outputs[] = {0, 1.5, 1.5, /**/ 5, 4, 0.25};

START_TEST(effects)
{
    const nlc_morris_input input = {2, 2, points, outputs, NULL};
    double effect[4];
    uint32_t row;
    ck_assert_int_eq(nlc_morris_effects(&input, effect, &row), NLC_OK);
    ck_assert_double_eq_tol(effect[0], 3, 1e-15);
    ck_assert_double_eq_tol(effect[1], 0, 1e-15);
    ck_assert_double_eq_tol(effect[2], 5, 1e-15);
    ck_assert_double_eq_tol(effect[3], 2, 1e-15);
    const double range[] = {2, 0};
    const nlc_morris_input scaled = {2, 2, points, outputs, range};
    ck_assert_int_eq(nlc_morris_effects(&scaled, effect, &row), NLC_OK);
    ck_assert_double_eq_tol(effect[2], 10, 1e-15);
    ck_assert_double_eq_tol(effect[3], -1, 1e-15);
}
END_TEST

START_TEST(not_trajectories)
{
    double x[12], effect[4];
    uint32_t row = 0;
    for (int k = 0; k < 12; k++)
        x[k] = points[k];
    const nlc_morris_input input = {2, 2, x, outputs, NULL};
    x[10] = 1;
    ck_assert_int_eq(nlc_morris_effects(&input, effect, &row), NLC_ERROR_INPUT);
    ck_assert_uint_eq(row, 5);
    x[10] = 0.25;
    x[2] = 0;
    x[3] = 0.25;
    ck_assert_int_eq(nlc_morris_effects(&input, effect, &row), NLC_ERROR_INPUT);
    ck_assert_uint_eq(row, 2);
}
END_TEST

START_TEST(summary)
{
    const double effect[] = {3, -1, 5, NAN, 4, 2, 0, -4};
    nlc_morris morris[2];
    ck_assert_int_eq(nlc_morris_of(effect, 4, 2, (nlc_resampling){400, 1}, morris), NLC_OK);
    ck_assert_double_eq_tol(morris[0].mu.value, 3, 1e-15);
    ck_assert_double_eq_tol(morris[0].mu_star.value, 3, 1e-15);
    ck_assert_double_eq_tol(morris[0].sigma.value, sqrt(14.0 / 3), 1e-15);
    ck_assert_uint_eq(morris[0].num_effects, 4);
    ck_assert_double_eq_tol(morris[1].mu.value, -1, 1e-15);
    ck_assert_double_eq_tol(morris[1].mu_star.value, 7.0 / 3, 1e-15);
    ck_assert_double_eq_tol(morris[1].sigma.value, 3, 1e-15);
    ck_assert_uint_eq(morris[1].num_effects, 3);
    /* The resampled mean of four has the variance of the effects, over 4, with 4 in its denominator. */
    const double error = sqrt(14.0 / 4 / 4);
    ck_assert_double_eq_tol(morris[0].mu.error, error, 4.5 * error / sqrt(2 * 400.0));
}
END_TEST

START_TEST(nothing_left)
{
    const double effect[] = {NAN, 1, NAN, 2};
    nlc_morris morris[2];
    ck_assert_int_eq(nlc_morris_of(effect, 2, 2, (nlc_resampling){0, 1}, morris), NLC_OK);
    ck_assert_uint_eq(morris[0].num_effects, 0);
    ck_assert_double_nan(morris[0].mu_star.value);
    ck_assert_double_eq_tol(morris[1].mu.value, 1.5, 1e-15);
    ck_assert_double_nan(morris[1].mu.low);
}
END_TEST

RUN_SUITE("study morris", effects, not_trajectories, summary, nothing_left)
