/* A curve beside a series: likelihood and forecast against sums by hand. */
#include <math.h>

#include <gsl/gsl_randist.h>

#include "course.h"
#include "suite.h"

static const uint32_t count[] = {1, 3, 4, 6, 7};
static const nlc_series series = {"one", 0, 10, 3, 2, count};

/* Half a period a month from month 1 on: the ends of periods 1 to 5 are months 1.5 to 3.5. */
static float share[] = {0, 0.1f, 0.3f, 0.5f, 0.7f};
static const nlc_curves curves = {.num_runs = 1, .num_months = 4, .num_places = 40, .share = share};

START_TEST(test_formula)
{
    const nlc_growth_curve curve = {NLC_GROWTH_LOGISTIC, 0.8, 3, 0.9};
    const nlc_course course = nlc_course_of_growth(&curve, 1.25);
    double f[6], expected = 0, cells[2 * 11] = {0};
    for (int t = 1; t <= 5; t++)
        f[t] = 0.9 / (1 + exp(-0.8 * (1.25 * t - 3)));
    const double second = (f[2] - f[1]) / (1 - f[1]), third = (f[3] - f[2]) / (1 - f[2]);
    expected = 2 * log(second) + 7 * log(1 - second) + log(third) + 6 * log(1 - third);
    ck_assert_double_eq_tol(nlc_course_likelihood(&course, &series), expected, 1e-12);
    nlc_course_foretell(&course, &series, 0.25, cells);
    const double later = (f[5] - f[3]) / (1 - f[3]);
    for (unsigned k = 0; k <= 10; k++)
        ck_assert_double_eq_tol(cells[11 + k], k < 4 ? 0 : 0.25 * gsl_ran_binomial_pdf(k - 4, later, 6), 1e-14);
}
END_TEST

START_TEST(test_run)
{
    const nlc_course course = nlc_course_of_run(&curves, 0, 1, 0.5);
    double cells[2 * 11] = {0};
    /* Shares at the ends of periods: 0.2, 0.3, 0.4, 0.5, 0.6, of 40 places. */
    const double second = (0.1 * 40 + 0.05) / (0.8 * 40 + 0.1), third = (0.1 * 40 + 0.05) / (0.7 * 40 + 0.1),
                 fourth = (0.1 * 40 + 0.05) / (0.6 * 40 + 0.1);
    const double expected = 2 * log(second) + 7 * log(1 - second) + log(third) + 6 * log(1 - third);
    ck_assert_double_eq_tol(nlc_course_likelihood(&course, &series), expected, 1e-6);
    nlc_course_foretell(&course, &series, 1, cells);
    for (unsigned k = 0; k <= 10; k++)
        ck_assert_double_eq_tol(cells[k], k < 4 ? 0 : gsl_ran_binomial_pdf(k - 4, fourth, 6), 1e-6);
}
END_TEST

/* Before the first month nothing, after the last what was last. */
START_TEST(test_curve)
{
    ck_assert_double_eq_tol(nlc_curves_at(&curves, 0, -3), 0, 1e-12);
    ck_assert_double_eq_tol(nlc_curves_at(&curves, 0, 0.37), 0.037, 1e-7);
    ck_assert_double_eq_tol(nlc_curves_at(&curves, 0, 2.5), 0.4, 1e-7);
    ck_assert_double_eq_tol(nlc_curves_at(&curves, 0, 4), 0.7, 1e-7);
    ck_assert_double_eq_tol(nlc_curves_at(&curves, 0, 90), 0.7, 1e-7);
    ck_assert_uint_eq(nlc_curves_reach(&curves, 0, 0.02), 1);
    ck_assert_uint_eq(nlc_curves_reach(&curves, 0, 0.3), 2);
    ck_assert_uint_eq(nlc_curves_reach(&curves, 0, 0.31), 3);
    ck_assert_uint_eq(nlc_curves_reach(&curves, 0, 0.71), NLC_NONE);
}
END_TEST

START_TEST(test_binomial)
{
    double cells[60] = {0};
    nlc_binomial_add(cells, 3, 50, 0.237, 0.5);
    for (unsigned k = 0; k <= 50; k++)
        ck_assert_double_eq_tol(cells[3 + k], 0.5 * gsl_ran_binomial_pdf(k, 0.237, 50), 1e-14);
    nlc_binomial_add(cells, 3, 50, 1, 0.25);
    ck_assert_double_eq_tol(cells[53], 0.25 + 0.5 * pow(0.237, 50), 1e-14);
    nlc_binomial_add(cells, 3, 50, -1e-18, 0.125);
    ck_assert_double_eq_tol(cells[3], 0.125 + 0.5 * pow(1 - 0.237, 50), 1e-14);
}
END_TEST

RUN_SUITE("study course", test_formula, test_run, test_curve, test_binomial)
