/* Summaries of samples, against a sort and the formulas written out. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ensemble.h"
#include "suite.h"

static uint64_t random_state = 0x9E3779B97F4A7C15U;

static double random_unit(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (double)(random_state >> 11) * 0x1p-53;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Type 7 as R's documentation has it, with j from 1. */
static double quantile_by_sort(const double *sorted, uint32_t n, double p)
{
    double h = (n - 1) * p + 1;
    uint32_t j = (uint32_t)floor(h);
    double next = j < n ? sorted[j] : sorted[j - 1];
    return sorted[j - 1] + (h - j) * (next - sorted[j - 1]);
}

/* Kinds of sample: continuous, few distinct values, rising, falling, one value but for one. */
static double sample_value(uint32_t kind, uint32_t i)
{
    switch (kind) {
    case 0:
        return random_unit();
    case 1:
        return floor(random_unit() * 4) * 0.237;
    case 2:
        return 0.237 * i;
    case 3:
        return -0.237 * i;
    default:
        return i == 3 ? 0.5 : 0.237;
    }
}

static void check_sample(uint32_t kind, uint32_t n)
{
    double *values = malloc(n * sizeof *values);
    double *sorted = malloc(n * sizeof *sorted);
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        values[i] = sample_value(kind, i);
        sum += values[i];
    }
    memcpy(sorted, values, n * sizeof *values);
    double squares = 0;
    for (uint32_t i = 0; i < n; i++) {
        squares += (values[i] - sum / n) * (values[i] - sum / n);
    }
    qsort(sorted, n, sizeof *sorted, compare_doubles);
    nlc_summary summary = nlc_summary_of(values, n);
    ck_assert_uint_eq(summary.n, n);
    ck_assert_double_eq_tol(summary.median, quantile_by_sort(sorted, n, 0.5), 1e-12);
    ck_assert_double_eq_tol(summary.p05, quantile_by_sort(sorted, n, 0.05), 1e-12);
    ck_assert_double_eq_tol(summary.p95, quantile_by_sort(sorted, n, 0.95), 1e-12);
    ck_assert_double_eq_tol(summary.mean, sum / n, 1e-12);
    if (n > 1) {
        ck_assert_double_eq_tol(summary.mcse, sqrt(squares / (n - 1)) / sqrt(n), 1e-12);
    }
    qsort(values, n, sizeof *values, compare_doubles);
    ck_assert_mem_eq(values, sorted, n * sizeof *values);
    free(values);
    free(sorted);
}

START_TEST(quantiles_agree_with_a_sort)
{
    for (uint32_t n = 1; n < 60; n++) {
        for (uint32_t kind = 0; kind < 5; kind++) {
            for (uint32_t again = 0; again < 20; again++) {
                check_sample(kind, n);
            }
        }
    }
    for (uint32_t kind = 0; kind < 5; kind++) {
        check_sample(kind, 200);
        check_sample(kind, 201);
        check_sample(kind, 10007);
    }
}
END_TEST

START_TEST(known_values)
{
    /* quantile(c(0.1, 0.25, 0.4, 0.8), c(.05, .5, .95)) in R */
    double values[] = {0.8, 0.1, 0.4, 0.25};
    nlc_summary summary = nlc_summary_of(values, 4);
    ck_assert_double_eq_tol(summary.p05, 0.1225, 1e-15);
    ck_assert_double_eq_tol(summary.median, 0.325, 1e-15);
    ck_assert_double_eq_tol(summary.p95, 0.74, 1e-15);
    ck_assert_double_eq_tol(summary.mean, 0.3875, 1e-15);
    ck_assert_double_eq_tol(summary.mcse, 0.150519932234904, 1e-14);
}
END_TEST

START_TEST(missing_values_are_left_out)
{
    double values[] = {NAN, 0.3, NAN, 0.1, 0.2, NAN};
    nlc_summary summary = nlc_summary_of(values, 6);
    ck_assert_uint_eq(summary.n, 3);
    ck_assert_double_eq_tol(summary.median, 0.2, 1e-15);
    ck_assert_double_eq_tol(summary.mean, 0.2, 1e-15);
    double none[] = {NAN, NAN};
    summary = nlc_summary_of(none, 2);
    ck_assert_uint_eq(summary.n, 0);
    ck_assert_double_nan(summary.median);
    ck_assert_double_nan(summary.mean);
    ck_assert_double_nan(summary.mcse);
    ck_assert_uint_eq(nlc_summary_of(NULL, 0).n, 0);
}
END_TEST

START_TEST(one_value_and_equal_values)
{
    double one[] = {0.237};
    nlc_summary summary = nlc_summary_of(one, 1);
    ck_assert_double_eq(summary.p05, 0.237);
    ck_assert_double_eq(summary.p95, 0.237);
    ck_assert_double_nan(summary.mcse);
    double same[1000];
    for (uint32_t i = 0; i < 1000; i++) {
        same[i] = 0.1;
    }
    summary = nlc_summary_of(same, 1000);
    ck_assert_double_eq(summary.mean, 0.1);
    ck_assert_double_eq(summary.mcse, 0);
}
END_TEST

START_TEST(quantile_of_sorted_values)
{
    const double sorted[] = {0.1, 0.2, 0.7};
    ck_assert_double_nan(nlc_quantile(sorted, 0, 0.5));
    ck_assert_double_eq(nlc_quantile(sorted, 3, 0), 0.1);
    ck_assert_double_eq(nlc_quantile(sorted, 3, 1), 0.7);
    ck_assert_double_eq_tol(nlc_quantile(sorted, 3, 0.75), 0.45, 1e-15);
}
END_TEST

/* The reach by sorting a copy with never last. */
static uint32_t reached_by_sort(const uint16_t *months, uint32_t n, uint32_t percent)
{
    double *sorted = malloc(n * sizeof *sorted);
    for (uint32_t i = 0; i < n; i++) {
        sorted[i] = months[i] == 0 ? 1e9 : months[i];
    }
    qsort(sorted, n, sizeof *sorted, compare_doubles);
    double found = sorted[(uint32_t)ceil(n * percent / 100.0 - 1e-9) - 1];
    free(sorted);
    return found > 1e8 ? 0 : (uint32_t)found;
}

START_TEST(reach_agrees_with_a_sort)
{
    uint16_t months[300];
    for (uint32_t n = 1; n < 300; n += 7) {
        for (uint32_t i = 0; i < n; i++) {
            double u = random_unit();
            months[i] = u < 0.3 ? 0 : (uint16_t)(1 + (u - 0.3) * (n % 2 ? 120 : 93000));
        }
        uint32_t reached = 0;
        for (uint32_t i = 0; i < n; i++) {
            reached += months[i] > 0;
        }
        nlc_reach reach = nlc_reach_of(months, n);
        ck_assert_uint_eq(reach.n, n);
        ck_assert_uint_eq(reach.reached, reached);
        ck_assert_uint_eq(reach.p10, reached_by_sort(months, n, 10));
        ck_assert_uint_eq(reach.p50, reached_by_sort(months, n, 50));
        ck_assert_uint_eq(reach.p90, reached_by_sort(months, n, 90));
    }
}
END_TEST

START_TEST(reach_of_known_months)
{
    const uint16_t months[] = {7, 0, 3, 12, 0, 5, 9, 4, 6, 8};
    nlc_reach reach = nlc_reach_of(months, 10);
    ck_assert_uint_eq(reach.reached, 8);
    ck_assert_uint_eq(reach.p10, 3);
    ck_assert_uint_eq(reach.p50, 7);
    ck_assert_uint_eq(reach.p90, 0);
    const uint16_t late[] = {UINT16_MAX};
    ck_assert_uint_eq(nlc_reach_of(late, 1).p50, UINT16_MAX);
    ck_assert_uint_eq(nlc_reach_of(months, 0).p50, 0);
}
END_TEST

RUN_SUITE("study_summary", quantiles_agree_with_a_sort, known_values, missing_values_are_left_out, one_value_and_equal_values,
          quantile_of_sorted_values, reach_agrees_with_a_sort, reach_of_known_months)
