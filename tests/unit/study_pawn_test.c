/* PAWN: distances by hand, and a linear model whose distances are known. */
#include "pawn.h"

#include <math.h>
#include <stdlib.h>

#include "stream.h"
#include "suite.h"

START_TEST(distance_by_hand)
{
    const double a[] = {1, 2, 2, 5}, b[] = {2, 3, 4};
    /* Steps: at 1 1/4 against 0, at 2 3/4 against 1/3, at 3 3/4 against 2/3, at 4 3/4 against 1. */
    ck_assert_double_eq_tol(nlc_ks_distance(a, 4, b, 3), 0.75 - 1.0 / 3, 1e-15);
    ck_assert_double_eq_tol(nlc_ks_distance(b, 3, a, 4), 0.75 - 1.0 / 3, 1e-15);
    ck_assert_double_eq_tol(nlc_ks_distance(a, 4, a, 4), 0, 1e-15);
    ck_assert_double_eq_tol(nlc_ks_distance(a, 1, b, 3), 1, 1e-15);
}
END_TEST

/* y is x1 in two classes, and x2 has nothing to do with it. */
START_TEST(by_hand)
{
    double x[40], y[20];
    for (int i = 0; i < 20; i++) {
        x[2 * i] = y[i] = i;
        x[2 * i + 1] = i % 2;
    }
    const nlc_sample sample = {20, 2, x, y};
    nlc_pawn pawn[3];
    ck_assert_int_eq(nlc_pawn_of(&sample, 2, (nlc_resampling){50, 1}, pawn), NLC_OK);
    ck_assert_double_eq_tol(pawn[0].median.value, 0.5, 1e-15);
    ck_assert_double_eq_tol(pawn[0].max.value, 0.5, 1e-15);
    ck_assert_double_eq_tol(pawn[1].mean.value, 0.05, 1e-15);
    ck_assert_uint_eq(pawn[1].num_classes, 2);
    ck_assert_double_gt(pawn[0].mean.low, pawn[2].mean.high);
}
END_TEST

/* Classes of unequal distance: the median is not the mean. */
START_TEST(median_mean_and_max)
{
    double x[15], y[15];
    for (int i = 0; i < 15; i++)
        x[i] = i / 5;
    const double values[15] = {1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    for (int i = 0; i < 15; i++)
        y[i] = values[i];
    const nlc_sample sample = {15, 1, x, y};
    nlc_pawn pawn[2];
    ck_assert_int_eq(nlc_pawn_of(&sample, 3, (nlc_resampling){0, 1}, pawn), NLC_OK);
    ck_assert_double_eq_tol(pawn[0].median.value, 1.0 / 3, 1e-15);
    ck_assert_double_eq_tol(pawn[0].mean.value, 4.0 / 9, 1e-15);
    ck_assert_double_eq_tol(pawn[0].max.value, 2.0 / 3, 1e-15);
    ck_assert_double_nan(pawn[0].max.error);
}
END_TEST

/* y = x1 + x2 + x3 / 2 with standard normals: medians by quadrature; x4 does nothing. */
START_TEST(linear_model)
{
    enum { NUM = 4000 };
    double *x = malloc(NUM * 4 * sizeof *x), *y = malloc(NUM * sizeof *y);
    nlc_stream stream = nlc_stream_of(2, 0);
    for (int i = 0; i < NUM; i++) {
        for (int f = 0; f < 4; f++)
            x[4 * i + f] = nlc_stream_normal(&stream);
        y[i] = x[4 * i] + x[4 * i + 1] + 0.5 * x[4 * i + 2];
    }
    const nlc_sample sample = {NUM, 4, x, y};
    nlc_pawn pawn[5];
    ck_assert_int_eq(nlc_pawn_of(&sample, 10, (nlc_resampling){40, 1}, pawn), NLC_OK);
    ck_assert_double_eq_tol(pawn[0].median.value, 0.2299, 4.5 * pawn[0].median.error);
    ck_assert_double_eq_tol(pawn[1].median.value, 0.2299, 4.5 * pawn[1].median.error);
    ck_assert_double_eq_tol(pawn[2].median.value, 0.0950, 4.5 * pawn[2].median.error);
    ck_assert_double_lt(pawn[0].median.error, 0.03);
    ck_assert_double_eq_tol(pawn[3].median.value, pawn[4].median.value, 4.5 * (pawn[3].median.error + pawn[4].median.error));
    ck_assert_double_lt(pawn[4].median.value, 0.06);
    free(x);
    free(y);
}
END_TEST

START_TEST(too_few_rows)
{
    const double x[9] = {0}, y[9] = {0};
    const nlc_sample sample = {9, 1, x, y};
    nlc_pawn pawn[2];
    ck_assert_int_eq(nlc_pawn_of(&sample, 2, (nlc_resampling){0, 1}, pawn), NLC_ERROR_INPUT);
}
END_TEST

RUN_SUITE("study pawn", distance_by_hand, by_hand, median_mean_and_max, linear_model, too_few_rows)
