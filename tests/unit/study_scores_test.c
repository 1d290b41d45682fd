/* Proper scores, against integrals and sums written out. */
#include <math.h>

#include "scores.h"
#include "suite.h"

/* Integral of (F - 1{x >= observed})^2 of an empirical distribution, by pieces between its jumps. */
static double crps_by_integral(const double *sorted, uint32_t num, double observed)
{
    double sum = 0;
    const double from = fmin(sorted[0], observed), to = fmax(sorted[num - 1], observed);
    const uint32_t pieces = 400000;
    for (uint32_t k = 0; k < pieces; k++) {
        const double x = from + (to - from) * (k + 0.5) / pieces;
        double below = 0;
        for (uint32_t i = 0; i < num; i++)
            below += sorted[i] <= x ? 1.0 / num : 0;
        const double away = below - (x >= observed);
        sum += away * away * (to - from) / pieces;
    }
    return sum;
}

START_TEST(test_crps_of_a_sample)
{
    const double sorted[] = {-1.3, 0.237, 0.237, 2.1, 7.7};
    const double observed[] = {-2.2, 0.5, 2.1, 9.4};
    for (int k = 0; k < 4; k++)
        ck_assert_double_eq_tol(nlc_crps_sample(sorted, 5, observed[k]), crps_by_integral(sorted, 5, observed[k]), 1e-4);
    /* Fair: the same distance to the observation, differences over n (n - 1) pairs. */
    const double pair[] = {1, 3};
    ck_assert_double_eq_tol(nlc_crps_fair(pair, 2, 1.5), 1 - 1, 1e-15);
    ck_assert_double_eq_tol(nlc_crps_sample(pair, 2, 1.5), 1 - 0.5, 1e-15);
    ck_assert(isnan(nlc_crps_fair(pair, 1, 1.5)));
}
END_TEST

START_TEST(test_crps_of_counts)
{
    const double probability[] = {0.2, 0.3, 0.4, 0.1};
    /* The same distribution as a sample of ten. */
    const double sample[] = {0, 0, 1, 1, 1, 2, 2, 2, 2, 3};
    const double observed[] = {-0.7, 0, 1.25, 2, 3, 4.5};
    for (int k = 0; k < 6; k++)
        ck_assert_double_eq_tol(nlc_crps_counts(probability, 4, observed[k]), nlc_crps_sample(sample, 10, observed[k]), 1e-14);
}
END_TEST

START_TEST(test_normal_scores)
{
    /* Gneiting and Raftery's closed form at the mean: sd (sqrt 2 - 1) / sqrt pi. */
    ck_assert_double_eq_tol(nlc_crps_normal(1.5, 0.237, 1.5), 0.237 * (sqrt(2) - 1) / sqrt(acos(-1)), 1e-14);
    ck_assert_double_eq_tol(nlc_log_score_normal(1.5, 0.3, 1.2), 0.214965728878737, 1e-13);
    ck_assert_double_eq_tol(nlc_dawid_sebastiani(1.5, 0.3, 1.2), 1 + 2 * log(0.3), 1e-13);
    /* Proper: the mean score over observations of N(0.3, 1) is least for N(0.3, 1). */
    double right = 0, left = 0, wide = 0;
    for (int k = 0; k < 4001; k++) {
        const double y = 0.3 + (k - 2000) * 0.004, density = exp(-0.5 * (y - 0.3) * (y - 0.3));
        right += density * nlc_crps_normal(0.3, 1, y);
        left += density * nlc_crps_normal(0.1, 1, y);
        wide += density * nlc_crps_normal(0.3, 1.2, y);
    }
    ck_assert(right < left && right < wide);
}
END_TEST

START_TEST(test_scores_of_events_and_intervals)
{
    ck_assert_double_eq_tol(nlc_brier(0.2, true), 0.64, 1e-15);
    ck_assert_double_eq_tol(nlc_brier(0.2, false), 0.04, 1e-15);
    ck_assert_double_eq_tol(nlc_log_score(0.2, true), -log(0.2), 1e-15);
    ck_assert_double_eq_tol(nlc_log_score(0.2, false), -log(0.8), 1e-15);
    ck_assert_double_eq_tol(nlc_interval_score(1, 3, 0.1, 0.5), 12, 1e-13);
    ck_assert_double_eq_tol(nlc_interval_score(1, 3, 0.2, 4), 12, 1e-13);
    ck_assert_double_eq_tol(nlc_interval_score(1, 3, 0.2, 2.9), 2, 1e-13);
}
END_TEST

START_TEST(test_counts)
{
    const double probability[] = {0.2, 0.3, 0.4, 0.1};
    ck_assert_double_eq_tol(nlc_pit_counts(probability, 4, 2, 0.25), 0.6, 1e-15);
    ck_assert_double_eq_tol(nlc_pit_counts(probability, 4, 9, 0.25), 1, 1e-15);
    ck_assert_uint_eq(nlc_count_quantile(probability, 4, 0.05), 0);
    ck_assert_uint_eq(nlc_count_quantile(probability, 4, 0.45), 1);
    ck_assert_uint_eq(nlc_count_quantile(probability, 4, 0.95), 3);
    ck_assert_uint_eq(nlc_count_quantile(probability, 4, 1), 3);
}
END_TEST

RUN_SUITE("study scores", test_crps_of_a_sample, test_crps_of_counts, test_normal_scores, test_scores_of_events_and_intervals,
          test_counts)
