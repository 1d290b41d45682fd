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

/* The mean of worlds drawn again has the standard error sd / sqrt(n), with divisor n; a choice that is the best in each
 * world never regrets. */
START_TEST(intervals)
{
    enum { WORLDS = 50, RESAMPLES = 4000 };
    double payoff[2 * WORLDS], sum = 0, squares = 0;
    for (int w = 0; w < WORLDS; w++) {
        payoff[w] = 3 + (double)(w * 37 % WORLDS) / 7;
        payoff[WORLDS + w] = payoff[w] - 0.237;
        sum += payoff[w];
        squares += payoff[w] * payoff[w];
    }
    const nlc_robust_input input = {2, WORLDS, payoff, 6, 0.9, 0.5};
    nlc_robust_estimates found[2];
    nlc_robust plain[2];
    ck_assert_int_eq(nlc_robust_estimate(&input, (nlc_resampling){RESAMPLES, 7}, found), NLC_OK);
    ck_assert_int_eq(nlc_robust_of(&input, NULL, plain), NLC_OK);
    const double error = sqrt((squares / WORLDS - sum / WORLDS * sum / WORLDS) / WORLDS);
    ck_assert_double_eq_tol(found[0].mean.value, sum / WORLDS, 1e-12);
    ck_assert_double_eq_tol(found[0].mean.error, error, 4.5 * error / sqrt(2.0 * RESAMPLES));
    ck_assert_double_eq_tol(found[0].mean.high - found[0].mean.low, 2 * 1.96 * found[0].mean.error, 1e-3 * error);
    const double share = plain[0].satisficing, spread = sqrt(share * (1 - share) / WORLDS);
    ck_assert_double_eq_tol(found[0].satisficing.error, spread, 4.5 * spread / sqrt(2.0 * RESAMPLES));
    ck_assert_double_eq_tol(found[0].max_regret.high, 0, 1e-12);
    ck_assert_double_eq_tol(found[1].max_regret.value, 0.237, 1e-12);
    ck_assert_double_eq_tol(found[1].max_regret.error, 0, 1e-12);
    ck_assert_double_eq_tol(found[1].worst.value, plain[1].worst, 1e-12);
    ck_assert_double_eq_tol(found[1].hurwicz.value, plain[1].hurwicz, 1e-12);
    ck_assert_double_eq_tol(found[1].quantile_regret.value, plain[1].quantile_regret, 1e-12);
    ck_assert_uint_eq(found[1].num_worlds, WORLDS);
}
END_TEST

RUN_SUITE("study robust", by_hand, what_is_missing, intervals)
