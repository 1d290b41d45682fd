/* The value of information where it is known. */
#include "voi.h"

#include <math.h>
#include <stdlib.h>

#include "stream.h"
#include "suite.h"

/* Doing nothing pays 0; acting pays what the unknown x, evenly spread over [-1, 1], says, and a noise
 * that another unknown decides. Knowing x is worth E max(0, x) = 1/4. */
static void fill(double *payoff, double *x, uint32_t num, double noise)
{
    nlc_stream stream = nlc_stream_of(6, 0);
    for (uint32_t k = 0; k < num; k++) {
        const double u = 2 * (k + 0.5) / num - 1, z = noise * (2 * nlc_stream_unit(&stream) - 1);
        x[3 * k] = u;
        x[3 * k + 1] = z;
        x[3 * k + 2] = nlc_stream_below(&stream, 3);
        payoff[k] = 0;
        payoff[num + k] = u + z;
    }
}

START_TEST(one_unknown)
{
    enum { NUM = 400 };
    double payoff[2 * NUM], x[3 * NUM];
    fill(payoff, x, NUM, 0);
    const nlc_voi_input input = {2, NUM, 3, payoff, x};
    nlc_voi voi;
    nlc_estimate partial[4];
    ck_assert_int_eq(nlc_voi_of(&input, (nlc_resampling){50, 1}, &voi, partial), NLC_OK);
    ck_assert_double_eq_tol(partial[0].value, 0.25, 1e-6);
    ck_assert_double_eq_tol(voi.perfect.value, 0.25, 1e-6);
    ck_assert_double_eq_tol(voi.best_mean, 0, 1e-12);
    ck_assert_double_lt(partial[2].value, 0.06);
    ck_assert_double_lt(partial[3].value, 0.06);
    ck_assert_double_gt(partial[0].low, partial[3].high);
}
END_TEST

START_TEST(with_noise)
{
    enum { NUM = 4000 };
    double *payoff = malloc(2 * NUM * sizeof *payoff), *x = malloc(3 * NUM * sizeof *x);
    fill(payoff, x, NUM, 1);
    const nlc_voi_input input = {2, NUM, 3, payoff, x};
    nlc_voi voi;
    nlc_estimate partial[4];
    ck_assert_int_eq(nlc_voi_of(&input, (nlc_resampling){30, 1}, &voi, partial), NLC_OK);
    ck_assert_double_eq_tol(partial[0].value, 0.25, 4.5 * partial[0].error);
    ck_assert_double_eq_tol(partial[1].value, 0.25, 4.5 * partial[1].error);
    /* The sum of two has a triangular density: E max(0, u + z) = 1/3. */
    ck_assert_double_eq_tol(voi.perfect.value, 1.0 / 3, 4.5 * voi.perfect.error);
    ck_assert_double_lt(voi.perfect.error, 0.02);
    free(payoff);
    free(x);
}
END_TEST

/* Few values: the mean of each. Three values of the unknown, four worlds each. */
START_TEST(by_value)
{
    double payoff[24], x[12];
    const double of[2][3] = {{1, 2, 9}, {4, 2, 3}};
    for (uint32_t k = 0; k < 12; k++) {
        x[k] = k % 3;
        payoff[k] = of[0][k % 3] + (k < 6 ? 0.5 : -0.5);
        payoff[12 + k] = of[1][k % 3];
    }
    const nlc_voi_input input = {2, 12, 1, payoff, x};
    nlc_voi voi;
    nlc_estimate partial[2];
    ck_assert_int_eq(nlc_voi_of(&input, (nlc_resampling){0, 1}, &voi, partial), NLC_OK);
    ck_assert_uint_eq(voi.best, 0);
    ck_assert_double_eq_tol(voi.best_mean, 4, 1e-12);
    ck_assert_double_eq_tol(partial[0].value, 1, 1e-12);
    ck_assert_double_eq_tol(voi.perfect.value, (4 + 2.25 + 9) / 3 - 4, 1e-12);
}
END_TEST

START_TEST(refused)
{
    double payoff[20] = {0}, x[10] = {0};
    nlc_voi voi;
    nlc_estimate partial[2];
    const nlc_voi_input few = {2, 9, 1, payoff, x}, one = {1, 10, 1, payoff, x};
    ck_assert_int_eq(nlc_voi_of(&few, (nlc_resampling){0, 1}, &voi, partial), NLC_ERROR_INPUT);
    ck_assert_int_eq(nlc_voi_of(&one, (nlc_resampling){0, 1}, &voi, partial), NLC_ERROR_INPUT);
}
END_TEST

RUN_SUITE("study voi", one_unknown, with_noise, by_value, refused)
