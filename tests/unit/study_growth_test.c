/* Least squares fits of growth curves. */
#include <math.h>

#include "growth.h"
#include "suite.h"

enum { NUM = 17 };

static void points_of(const nlc_growth_curve *curve, double *t, double *y)
{
    for (uint32_t k = 0; k < NUM; k++) {
        t[k] = k + 1;
        y[k] = nlc_growth_at(curve, t[k]);
    }
}

START_TEST(test_curves)
{
    const nlc_growth_curve bass = {NLC_GROWTH_BASS, 0.03, 0.38, 0.9};
    /* Bass 1969, the peak of sales: t* = ln(q/p)/(p+q), where F = 1/2 - p/2q of the market. */
    ck_assert_double_eq_tol(nlc_growth_at(&bass, log(0.38 / 0.03) / 0.41), 0.9 * (0.5 - 0.03 / 0.76), 1e-12);
    const nlc_growth_curve logistic = {NLC_GROWTH_LOGISTIC, 0.4, 5, 0.8}, gompertz = {NLC_GROWTH_GOMPERTZ, 0.4, 5, 0.8};
    ck_assert_double_eq_tol(nlc_growth_at(&logistic, 5), 0.4, 1e-15);
    ck_assert_double_eq_tol(nlc_growth_at(&gompertz, 5), 0.8 * exp(-1), 1e-15);
    ck_assert_double_eq_tol(nlc_growth_at(&gompertz, 7), 0.8 * exp(-exp(-0.8)), 1e-15);
}
END_TEST

START_TEST(test_fit_finds_what_made_the_points)
{
    const nlc_growth_curve truth[] = {{NLC_GROWTH_BASS, 0.013, 0.42, 0.637},  {NLC_GROWTH_BASS, 0.2, 0.05, 0.3},
                                      {NLC_GROWTH_LOGISTIC, 0.5, 7.3, 0.637}, {NLC_GROWTH_LOGISTIC, 0.237, 25, 0.9},
                                      {NLC_GROWTH_GOMPERTZ, 0.3, 6.1, 0.737}, {NLC_GROWTH_GOMPERTZ, 1.2, 2.5, 0.05}};
    for (int k = 0; k < 6; k++) {
        double t[NUM], y[NUM], sse;
        nlc_growth_curve found;
        points_of(&truth[k], t, y);
        ck_assert_int_eq(nlc_growth_fit(&found, truth[k].growth, t, y, NUM, 1, &sse), NLC_OK);
        ck_assert_double_le(sse, 1e-10);
        ck_assert_double_eq_tol(found.first / truth[k].first, 1, 1e-3);
        ck_assert_double_eq_tol(found.second / truth[k].second, 1, 1e-3);
        ck_assert_double_eq_tol(found.m / truth[k].m, 1, 1e-3);
    }
}
END_TEST

/* A straight line has no end: the limit is as near to `most` as makes no difference, never above. */
START_TEST(test_limits_hold)
{
    double t[NUM], y[NUM], sse;
    nlc_growth_curve found;
    for (uint32_t k = 0; k < NUM; k++) {
        t[k] = k + 1;
        y[k] = 0.0237 * t[k];
    }
    for (nlc_growth growth = 0; growth < NLC_NUM_GROWTHS; growth++) {
        ck_assert_int_eq(nlc_growth_fit(&found, growth, t, y, NUM, 0.45, &sse), NLC_OK);
        ck_assert_double_le(found.m, 0.45);
        ck_assert(found.first > 0 && isfinite(found.second));
    }
    ck_assert_int_eq(nlc_growth_fit(&found, NLC_GROWTH_BASS, t, y, 2, 1, &sse), NLC_ERROR_INPUT);
}
END_TEST

RUN_SUITE("study growth", test_curves, test_fit_finds_what_made_the_points, test_limits_hold)
