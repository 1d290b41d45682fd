/* Borgonovo's delta where it is known. */
#include "delta.h"

#include <math.h>
#include <stdlib.h>

#include "stream.h"
#include "suite.h"

enum { NUM = 4000 };

START_TEST(number_of_classes)
{
    ck_assert_uint_eq(nlc_delta_num_classes(100), 4);
    ck_assert_uint_eq(nlc_delta_num_classes(4000), 16);
    ck_assert_uint_eq(nlc_delta_num_classes(10000000), 48);
}
END_TEST

/* y = x1 + x2 + x3 / 2 with standard normals; delta by quadrature. */
START_TEST(linear_model)
{
    double *x = malloc(NUM * 4 * sizeof *x), *y = malloc(NUM * sizeof *y);
    nlc_stream stream = nlc_stream_of(3, 0);
    for (int i = 0; i < NUM; i++) {
        for (int f = 0; f < 4; f++)
            x[4 * i + f] = nlc_stream_normal(&stream);
        y[i] = x[4 * i] + x[4 * i + 1] + 0.5 * x[4 * i + 2];
    }
    const nlc_sample sample = {NUM, 4, x, y};
    nlc_estimate delta[5], biased[5];
    ck_assert_int_eq(nlc_delta_of(&sample, (nlc_resampling){60, 1}, delta), NLC_OK);
    ck_assert_int_eq(nlc_delta_of(&sample, (nlc_resampling){0, 1}, biased), NLC_OK);
    ck_assert_double_eq_tol(delta[0].value, 0.2777, 0.016 + 4.5 * delta[0].error);
    ck_assert_double_eq_tol(delta[2].value, 0.1136, 0.016 + 4.5 * delta[2].error);
    ck_assert_double_lt(delta[0].error, 0.02);
    ck_assert_double_lt(delta[3].value, 0.07);
    ck_assert_double_eq_tol(delta[3].value, delta[4].value, 4.5 * (delta[3].error + delta[4].error));
    ck_assert_double_lt(delta[3].value, biased[3].value);
    ck_assert_double_nan(biased[0].error);
    free(x);
    free(y);
}
END_TEST

/* A switch that moves the output out of its own range: y lies in [0, 1] or in [10, 11], so the
 * conditional density covers half of the other one, and delta is a half. */
START_TEST(parted)
{
    double *x = malloc(NUM * sizeof *x), *y = malloc(NUM * sizeof *y);
    nlc_stream stream = nlc_stream_of(4, 0);
    for (int i = 0; i < NUM; i++) {
        x[i] = i % 2;
        y[i] = nlc_stream_unit(&stream) + 10 * x[i];
    }
    const nlc_sample sample = {NUM, 1, x, y};
    nlc_estimate delta[2];
    ck_assert_int_eq(nlc_delta_of(&sample, (nlc_resampling){20, 1}, delta), NLC_OK);
    ck_assert_double_eq_tol(delta[0].value, 0.5, 0.06);
    free(x);
    free(y);
}
END_TEST

START_TEST(refused)
{
    double x[20], y[20];
    for (int i = 0; i < 20; i++) {
        x[i] = i;
        y[i] = 0.237;
    }
    nlc_sample sample = {20, 1, x, y};
    nlc_estimate delta[2];
    ck_assert_int_eq(nlc_delta_of(&sample, (nlc_resampling){0, 1}, delta), NLC_ERROR_INPUT);
    y[3] = 1;
    ck_assert_int_eq(nlc_delta_of(&sample, (nlc_resampling){0, 1}, delta), NLC_OK);
    sample.num_rows = 19;
    ck_assert_int_eq(nlc_delta_of(&sample, (nlc_resampling){0, 1}, delta), NLC_ERROR_INPUT);
}
END_TEST

RUN_SUITE("study delta", number_of_classes, linear_model, parted, refused)
