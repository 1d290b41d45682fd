/* The complementary log-log hazard, against what is known in closed form. */
#include <math.h>

#include "hazard.h"
#include "stream.h"
#include "suite.h"

enum { ROWS = 40000 };

/* With a constant alone the fitted chance is the share of rows: 3 of 40. Its standard error follows from the
 * information 40 m^2 / (e^m - 1). */
START_TEST(test_constant)
{
    double x[40];
    bool happened[40] = {false};
    nlc_hazard found;
    for (uint32_t k = 0; k < 40; k++)
        x[k] = 1;
    happened[7] = happened[20] = happened[39] = true;
    ck_assert_int_eq(nlc_hazard_fit(&found, x, happened, 40, 1), NLC_OK);
    const double rate = -log1p(-3.0 / 40);
    ck_assert_double_eq_tol(found.coefficient[0], log(rate), 1e-6);
    ck_assert_double_eq_tol(found.error[0], 1 / sqrt(40 * rate * rate / expm1(rate)), 1e-6);
    ck_assert_double_eq_tol(found.log_likelihood, 3 * log(3.0 / 40) + 37 * log(37.0 / 40), 1e-9);
    ck_assert_uint_eq(found.num_events, 3);
    ck_assert_double_eq_tol(nlc_hazard_rate(&found, x), rate, 1e-6);
}
END_TEST

/* Two groups: the coefficient is the logarithm of the ratio of their rates. A covariate that is always 0 says
 * nothing. */
START_TEST(test_two_groups)
{
    double x[100][3];
    bool happened[100];
    nlc_hazard found;
    for (uint32_t k = 0; k < 100; k++) {
        x[k][0] = 1;
        x[k][1] = k < 40;
        x[k][2] = 0;
        happened[k] = k < 40 ? k < 12 : k < 46;
    }
    ck_assert_int_eq(nlc_hazard_fit(&found, x[0], happened, 100, 3), NLC_OK);
    const double first = -log1p(-12.0 / 40), second = -log1p(-6.0 / 60);
    ck_assert_double_eq_tol(found.coefficient[0], log(second), 1e-5);
    ck_assert_double_eq_tol(found.coefficient[1], log(first / second), 1e-5);
    ck_assert_double_eq_tol(found.coefficient[2], 0, 1e-12);
    ck_assert_double_nan(found.error[2]);
    ck_assert_double_eq_tol(found.error[1], sqrt(expm1(first) / (40 * first * first) + expm1(second) / (60 * second * second)),
                            1e-5);
}
END_TEST

/* A group in which everything happens has no finite coefficient: it stops at the limit, without a standard error. */
START_TEST(test_limit)
{
    double x[20][2];
    bool happened[20];
    nlc_hazard found;
    for (uint32_t k = 0; k < 20; k++) {
        x[k][0] = 1;
        x[k][1] = k < 5;
        happened[k] = k >= 17;
    }
    ck_assert_int_eq(nlc_hazard_fit(&found, x[0], happened, 20, 2), NLC_OK);
    ck_assert_double_lt(found.coefficient[1], -10);
    ck_assert_double_nan(found.error[1]);
    ck_assert_double_eq_tol(found.coefficient[0], log(-log1p(-0.2)), 1e-3);
}
END_TEST

/* Coefficients that made the data come back within 4.5 standard errors. */
START_TEST(test_recovers)
{
    static double x[ROWS][3];
    static bool happened[ROWS];
    const double truth[] = {-3.1, 1.3, -0.7};
    nlc_hazard found;
    nlc_stream stream = nlc_stream_of(5, 1);
    for (uint32_t k = 0; k < ROWS; k++) {
        x[k][0] = 1;
        x[k][1] = nlc_stream_unit(&stream);
        x[k][2] = nlc_stream_below(&stream, 2);
        const double eta = truth[0] + truth[1] * x[k][1] + truth[2] * x[k][2];
        happened[k] = nlc_stream_unit(&stream) < -expm1(-exp(eta));
    }
    ck_assert_int_eq(nlc_hazard_fit(&found, x[0], happened, ROWS, 3), NLC_OK);
    for (uint32_t j = 0; j < 3; j++) {
        ck_assert_double_lt(found.error[j], 0.15);
        ck_assert_double_eq_tol(found.coefficient[j], truth[j], 4.5 * found.error[j]);
    }
}
END_TEST

START_TEST(test_nothing_to_fit)
{
    const double x[] = {1, 1};
    const bool never[] = {false, false}, always[] = {true, true};
    nlc_hazard found;
    ck_assert_int_eq(nlc_hazard_fit(&found, x, never, 2, 1), NLC_ERROR_INPUT);
    ck_assert_int_eq(nlc_hazard_fit(&found, x, always, 2, 1), NLC_ERROR_INPUT);
    ck_assert_double_eq_tol(nlc_hazard_log_chance(0.237, true), log(1 - exp(-0.237)), 1e-12);
    ck_assert_double_eq_tol(nlc_hazard_log_chance(0.237, false), -0.237, 1e-15);
}
END_TEST

RUN_SUITE("study hazard", test_constant, test_two_groups, test_limit, test_recovers, test_nothing_to_fit)
