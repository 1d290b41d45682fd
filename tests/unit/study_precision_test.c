/* Student's intervals and what follows from them, against figures computed with 25 digits. */
#include <math.h>

#include "precision.h"
#include "suite.h"

static const double values[] = {0.05, 0.03, 0.08, 0.03, 0.06, 0.02};

static nlc_moments moments_of(const double *sample, uint32_t num)
{
    nlc_moments self = {0};
    for (uint32_t k = 0; k < num; k++)
        nlc_moments_add(&self, sample[k]);
    return self;
}

START_TEST(mean_and_interval)
{
    const nlc_moments all = moments_of(values, 6);
    ck_assert_double_eq_tol(all.mean, 0.045, 1e-15);
    ck_assert_double_eq_tol(nlc_moments_sd(&all), 0.0225831795812724, 1e-15);
    ck_assert_double_eq_tol(nlc_moments_half_width(&all, 0.95), 0.0236995935147586, 1e-13);
    const nlc_moments one = moments_of(values, 1);
    ck_assert(isnan(nlc_moments_sd(&one)) && isnan(nlc_moments_half_width(&one, 0.95)));
}
END_TEST

START_TEST(large_numbers_keep_their_spread)
{
    nlc_moments self = {0};
    for (int k = 0; k < 1001; k++)
        nlc_moments_add(&self, k == 0 ? 10000000.2 : k % 2 == 1 ? 10000000.1 : 10000000.3);
    ck_assert_double_eq_tol(nlc_moments_sd(&self), 0.1, 1e-8);
}
END_TEST

START_TEST(runs_needed)
{
    const nlc_moments all = moments_of(values, 6);
    nlc_precision wanted = {.confidence = 0.95, .width = 0.005, .first = 2};
    ck_assert_uint_eq(nlc_precision_needed(&wanted, &all), 81);
    wanted.first = 100;
    ck_assert_uint_eq(nlc_precision_needed(&wanted, &all), 100);
    wanted = (nlc_precision){.confidence = 0.95, .width = 0.1, .is_relative = true, .first = 2};
    ck_assert_uint_eq(nlc_precision_needed(&wanted, &all), 120);
    wanted.width = 1e-9;
    ck_assert_uint_eq(nlc_precision_needed(&wanted, &all), UINT32_MAX);
}
END_TEST

START_TEST(runs_needed_where_that_cannot_be_said)
{
    const double even[] = {-0.237, 0.237}, constant[] = {0.237, 0.237, 0.237};
    const nlc_precision relative = {.confidence = 0.95, .width = 0.1, .is_relative = true, .first = 2};
    const nlc_moments none = {0}, around_zero = moments_of(even, 2), fixed = moments_of(constant, 3);
    ck_assert_uint_eq(nlc_precision_needed(&relative, &none), 0);
    ck_assert_uint_eq(nlc_precision_needed(&relative, &around_zero), 0);
    ck_assert_uint_eq(nlc_precision_needed(&relative, &fixed), 2);
    const double nothing[] = {0, 0, 0, 0};
    nlc_moments at;
    ck_assert_uint_eq(nlc_precision_reach(&relative, nothing, 4, &at), 0);
}
END_TEST

START_TEST(the_first_n_that_is_enough)
{
    const double sample[] = {4.1, 4.3, 3.9, 4.0, 4.2, 4.1, 4.0};
    nlc_precision wanted = {.confidence = 0.95, .width = 0.3, .first = 2};
    nlc_moments at;
    /* t(2) 0.2 / sqrt(3) = 0.497; t(3) 0.1708 / 2 = 0.272 */
    ck_assert_uint_eq(nlc_precision_reach(&wanted, sample, 7, &at), 4);
    ck_assert_uint_eq(at.n, 4);
    wanted.first = 6;
    ck_assert_uint_eq(nlc_precision_reach(&wanted, sample, 7, &at), 6);
    wanted.width = 0.01;
    ck_assert_uint_eq(nlc_precision_reach(&wanted, sample, 7, &at), 0);
    ck_assert_uint_eq(at.n, 7);
}
END_TEST

RUN_SUITE("study/precision", mean_and_interval, large_numbers_keep_their_spread, runs_needed, runs_needed_where_that_cannot_be_said,
          the_first_n_that_is_enough)
