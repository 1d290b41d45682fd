/* Regret and its kin, by hand. */
#include "robust.h"

#include <math.h>

#include "suite.h"

START_TEST(by_hand)
{
    const double payoff[] = {8, 2, 5, /**/ 6, 6, 4};
    const nlc_robust_input input = {2, 3, payoff, 5, 0.75, 0.3};
    double regret[6];
    nlc_robust robust[2];
    ck_assert_int_eq(nlc_robust_of(&input, regret, robust), NLC_OK);
    const double expected[] = {0, 4, 0, /**/ 2, 0, 1};
    for (int k = 0; k < 6; k++)
        ck_assert_double_eq_tol(regret[k], expected[k], 1e-15);
    ck_assert_double_eq_tol(robust[0].max_regret, 4, 1e-15);
    ck_assert_double_eq_tol(robust[0].quantile_regret, 2, 1e-15);
    ck_assert_double_eq_tol(robust[1].quantile_regret, 1.5, 1e-15);
    ck_assert_double_eq_tol(robust[0].satisficing, 2.0 / 3, 1e-15);
    ck_assert_double_eq_tol(robust[0].worst, 2, 1e-15);
    ck_assert_double_eq_tol(robust[1].mean, 16.0 / 3, 1e-15);
    ck_assert_double_eq_tol(robust[0].hurwicz, 0.3 * 8 + 0.7 * 2, 1e-15);
    ck_assert_uint_eq(robust[1].num_worlds, 3);
}
END_TEST

START_TEST(what_is_missing)
{
    const double payoff[] = {8, NAN, /**/ 6, 5, /**/ NAN, NAN};
    const nlc_robust_input input = {3, 2, payoff, NAN, 0.5, 0};
    nlc_robust robust[3];
    ck_assert_int_eq(nlc_robust_of(&input, NULL, robust), NLC_OK);
    ck_assert_uint_eq(robust[0].num_worlds, 1);
    ck_assert_double_eq_tol(robust[0].max_regret, 0, 1e-15);
    ck_assert_double_eq_tol(robust[1].max_regret, 2, 1e-15);
    ck_assert_double_eq_tol(robust[1].quantile_regret, 1, 1e-15);
    ck_assert_double_nan(robust[1].satisficing);
    ck_assert_uint_eq(robust[2].num_worlds, 0);
    ck_assert_double_nan(robust[2].max_regret);
    ck_assert_double_nan(robust[2].mean);
}
END_TEST

RUN_SUITE("study robust", by_hand, what_is_missing)
