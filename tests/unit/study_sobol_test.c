/* Sobol' indices: three rows by hand, Ishigami's function, and models with chance. */
#include "sobol.h"

#include <math.h>
#include <stdlib.h>

#include "stream.h"
#include "suite.h"

enum { ROWS = 4000, REPLICATES = 2 };

static const double pi = 3.14159265358979323846;

static double ishigami(const double u[3])
{
    const double x = pi * (2 * u[0] - 1), y = pi * (2 * u[1] - 1), z = pi * (2 * u[2] - 1);
    return sin(x) + 7 * sin(y) * sin(y) + 0.1 * pow(z, 4) * sin(x);
}

/* Ishigami's variance and indices; the fourth input does nothing. */
static const double variance = 13.844587940719254;
static const double first[4] = {0.31390519114781146, 0.4424111447900409, 0, 0};
static const double total[4] = {0.5575888552099592, 0.4424111447900409, 0.2436836640621477, 0};
/* Standard deviations of the estimators, times the root of the rows. */
static const double sd_first[4] = {1.33, 1.26, 1.17, 0}, sd_jansen[4] = {0.97, 0.78, 1.72, 1.5},
                    sd_total[4] = {1.37, 0.68, 0.46, 0};

static double a[ROWS * REPLICATES], b[ROWS * REPLICATES], ab[4 * ROWS * REPLICATES];

/* Outputs with normal noise of standard deviation `noise`, which the runs of a row share or not. */
static nlc_sobol_input rows_of(double noise, nlc_sobol_chance chance, uint32_t replicates)
{
    nlc_stream points = nlc_stream_of(5, 0), chances = nlc_stream_of(5, 1);
    for (uint32_t row = 0; row < ROWS; row++) {
        double u[6], point[3];
        for (int k = 0; k < 6; k++)
            u[k] = nlc_stream_unit(&points);
        for (uint32_t r = 0; r < replicates; r++) {
            double z[6];
            for (int k = 0; k < 6; k++)
                z[k] = chance == NLC_SOBOL_OWN_SEEDS || k == 0 ? noise * nlc_stream_normal(&chances) : z[0];
            const size_t at = (size_t)row * replicates + r;
            a[at] = ishigami(u) + z[0];
            b[at] = ishigami(u + 3) + z[1];
            for (int f = 0; f < 4; f++) {
                for (int k = 0; k < 3; k++)
                    point[k] = k == f ? u[3 + k] : u[k];
                ab[(size_t)f * ROWS * replicates + at] = ishigami(point) + z[2 + f];
            }
        }
    }
    return (nlc_sobol_input){4, ROWS, replicates, a, b, ab, chance};
}

START_TEST(by_hand)
{
    const double own_a[] = {1, 2, 6}, own_b[] = {3, 2, 4}, own_ab[] = {2, 2, 3};
    const nlc_sobol_input input = {1, 3, 1, own_a, own_b, own_ab, NLC_SOBOL_NO_CHANCE};
    nlc_sobol found;
    nlc_sobol_summary summary;
    ck_assert_int_eq(nlc_sobol_of(&input, (nlc_resampling){0, 1}, &found, &summary), NLC_OK);
    /* Mean of all 25 / 9; A and B have mean 3 and variance 16 / 6. */
    const double centre = 25.0 / 9, v = 16.0 / 6;
    ck_assert_double_eq_tol(summary.mean, 3, 1e-13);
    ck_assert_double_eq_tol(summary.variance, v, 1e-13);
    ck_assert_double_eq_tol(found.first.value, ((3 - centre) * 1 + 0 + (4 - centre) * -3) / 3 / v, 1e-13);
    ck_assert_double_eq_tol(found.first_jansen.value, 1 - (1.0 + 0 + 1) / 6 / v, 1e-13);
    ck_assert_double_eq_tol(found.total.value, (1.0 + 0 + 9) / 6 / v, 1e-13);
    ck_assert_double_nan(summary.seed_first.value);
    ck_assert_uint_eq(summary.num_used, 3);
}
END_TEST

static void check_indices(const nlc_sobol *found, double share, double scale)
{
    for (int f = 0; f < 4; f++) {
        ck_assert_double_eq_tol(found[f].first.value, share * first[f], 4.5 * scale * (sd_first[f] + 0.1) / sqrt(ROWS));
        ck_assert_double_eq_tol(found[f].first_jansen.value, share * first[f], 4.5 * scale * sd_jansen[f] / sqrt(ROWS));
        ck_assert_double_eq_tol(found[f].total.value, share * total[f], 4.5 * scale * (sd_total[f] + 0.1) / sqrt(ROWS));
    }
}

START_TEST(without_chance)
{
    const nlc_sobol_input input = rows_of(0, NLC_SOBOL_NO_CHANCE, 1);
    nlc_sobol found[4];
    nlc_sobol_summary summary;
    ck_assert_int_eq(nlc_sobol_of(&input, (nlc_resampling){200, 1}, found, &summary), NLC_OK);
    check_indices(found, 1, 1);
    ck_assert(found[3].total.value == 0 && found[3].first.value == 0);
    for (int f = 0; f < 3; f++) {
        /* A resampled standard deviation is known to 1 in sqrt(2 * 200), and so is the figure above. */
        ck_assert_double_eq_tol(found[f].total.error, sd_total[f] / sqrt(ROWS), 0.35 * sd_total[f] / sqrt(ROWS));
        ck_assert_double_lt(found[f].total.low, found[f].total.value);
    }
    ck_assert_double_eq_tol(summary.variance, variance, 0.06 * variance);
}
END_TEST

/* The seed has a share of its own, and takes no part in that of the input that does nothing. */
START_TEST(shared_seeds)
{
    const nlc_sobol_input input = rows_of(sqrt(0.25 * variance), NLC_SOBOL_SHARED_SEEDS, 2);
    nlc_sobol found[4];
    nlc_sobol_summary summary;
    ck_assert_int_eq(nlc_sobol_of(&input, (nlc_resampling){100, 1}, found, &summary), NLC_OK);
    check_indices(found, 0.8, 1.2);
    ck_assert_double_eq_tol(found[3].total.value, 0, 1e-12);
    ck_assert_double_eq_tol(summary.seed_first.value, 0.2, 4.5 * summary.seed_first.error);
    ck_assert_double_eq_tol(summary.seed_total.value, 0.2, 4.5 * summary.seed_total.error);
    ck_assert_double_lt(summary.seed_first.error, 0.03);
    ck_assert_double_lt(summary.seed_total.error, 0.01);
}
END_TEST

START_TEST(own_seeds)
{
    nlc_sobol_input input = rows_of(sqrt(0.25 * variance), NLC_SOBOL_OWN_SEEDS, 2);
    nlc_sobol found[4];
    nlc_sobol_summary summary;
    ck_assert_int_eq(nlc_sobol_of(&input, (nlc_resampling){100, 1}, found, &summary), NLC_OK);
    check_indices(found, 0.8, 1.5);
    ck_assert_double_eq_tol(summary.seed_total.value, 0.2, 4.5 * summary.seed_total.error);
    ck_assert_double_nan(summary.seed_first.value);
    input = rows_of(sqrt(0.25 * variance), NLC_SOBOL_OWN_SEEDS, 1);
    ck_assert_int_eq(nlc_sobol_of(&input, (nlc_resampling){0, 1}, found, &summary), NLC_OK);
    ck_assert_double_eq_tol(found[3].total.value, 0.2, 4.5 * 0.4 / sqrt(ROWS));
    ck_assert_double_nan(summary.seed_total.value);
}
END_TEST

START_TEST(what_is_missing_is_left_out)
{
    double own_a[] = {1, 2, 6, 1e9}, own_b[] = {3, 2, 4, 5}, own_ab[] = {2, 2, 3, NAN};
    const nlc_sobol_input input = {1, 4, 1, own_a, own_b, own_ab, NLC_SOBOL_NO_CHANCE};
    nlc_sobol found;
    nlc_sobol_summary summary;
    ck_assert_int_eq(nlc_sobol_of(&input, (nlc_resampling){0, 1}, &found, &summary), NLC_OK);
    ck_assert_uint_eq(summary.num_used, 3);
    ck_assert_double_eq_tol(found.total.value, 10.0 / 16, 1e-13);
    own_a[1] = own_b[2] = NAN;
    ck_assert_int_eq(nlc_sobol_of(&input, (nlc_resampling){0, 1}, &found, &summary), NLC_ERROR_INPUT);
}
END_TEST

START_TEST(constant)
{
    const double same[] = {0.1, 0.1, 0.1};
    const nlc_sobol_input input = {1, 3, 1, same, same, same, NLC_SOBOL_NO_CHANCE};
    nlc_sobol found;
    nlc_sobol_summary summary;
    ck_assert_int_eq(nlc_sobol_of(&input, (nlc_resampling){10, 1}, &found, &summary), NLC_ERROR_INPUT);
}
END_TEST

RUN_SUITE("study sobol", by_hand, without_chance, shared_seeds, own_seeds, what_is_missing_is_left_out, constant)
