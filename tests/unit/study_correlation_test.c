/* Rank correlations, against figures computed elsewhere. */
#include "correlation.h"

#include <math.h>

#include "suite.h"

static const double inputs[] = {1,      5, 2, /**/ 2, 3, 2, /**/ 3, 8, 1, /**/ 4, 1, 3,
                                /**/ 5, 9, 3, /**/ 6, 2, 1, /**/ 7, 4, 2, /**/ 8, 7, 3};
static const double outputs[] = {2, 1, 4, 3, 7, 5, 5, 9};

/* Spearman, its p, partial (as the correlation of residuals), its p. */
static const double known[3][4] = {
    {0.874267171197, 0.004512385604, 0.955714620565, 0.002898366119},
    {0.455097979527, 0.257192085459, 0.851881154698, 0.031283984583},
    {0.310524882757, 0.454111357034, 0.153963221938, 0.770879991063},
};

START_TEST(against_residuals)
{
    const nlc_sample sample = {8, 3, inputs, outputs};
    nlc_correlation found[3];
    ck_assert_int_eq(nlc_correlation_of(&sample, found), NLC_OK);
    for (int f = 0; f < 3; f++) {
        ck_assert_double_eq_tol(found[f].rank.value, known[f][0], 1e-9);
        ck_assert_double_eq_tol(found[f].rank_p, known[f][1], 1e-9);
        ck_assert_double_eq_tol(found[f].partial.value, known[f][2], 1e-9);
        ck_assert_double_eq_tol(found[f].partial_p, known[f][3], 1e-9);
    }
    const double r = known[0][0], half = 1.959963984540054 * sqrt((1 + r * r / 2) / 5);
    ck_assert_double_eq_tol(found[0].rank.low, tanh(atanh(r) - half), 1e-9);
    ck_assert_double_eq_tol(found[0].rank.high, tanh(atanh(r) + half), 1e-9);
    const double z = atanh(known[1][2]), partial_half = 1.959963984540054 / sqrt(3);
    ck_assert_double_eq_tol(found[1].partial.high, tanh(z + partial_half), 1e-9);
}
END_TEST

/* One input twice: their partial correlations are not defined. One that does not vary is left out. */
START_TEST(degenerate)
{
    double x[24];
    for (int i = 0; i < 8; i++) {
        x[3 * i] = x[3 * i + 1] = inputs[3 * i];
        x[3 * i + 2] = 0.237;
    }
    const nlc_sample sample = {8, 3, x, outputs};
    nlc_correlation found[3];
    ck_assert_int_eq(nlc_correlation_of(&sample, found), NLC_OK);
    ck_assert_double_eq_tol(found[1].rank.value, known[0][0], 1e-9);
    ck_assert_double_nan(found[0].partial.value);
    ck_assert_double_nan(found[2].rank.value);
    for (int i = 0; i < 8; i++)
        x[3 * i + 1] = 0.5;
    ck_assert_int_eq(nlc_correlation_of(&sample, found), NLC_OK);
    ck_assert_double_eq_tol(found[0].partial.value, known[0][0], 1e-9);
    ck_assert_double_nan(found[1].partial.value);
}
END_TEST

START_TEST(exact)
{
    const nlc_sample sample = {8, 1, outputs, outputs};
    nlc_correlation found;
    ck_assert_int_eq(nlc_correlation_of(&sample, &found), NLC_OK);
    ck_assert_double_eq_tol(found.rank.value, 1, 1e-12);
    ck_assert_double_eq_tol(found.rank.low, 1, 1e-6);
    ck_assert_double_lt(found.rank_p, 1e-9);
}
END_TEST

START_TEST(refused)
{
    const double same[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    nlc_correlation found[3];
    const nlc_sample constant = {8, 3, inputs, same}, few = {3, 3, inputs, outputs};
    ck_assert_int_eq(nlc_correlation_of(&constant, found), NLC_ERROR_INPUT);
    ck_assert_int_eq(nlc_correlation_of(&few, found), NLC_ERROR_INPUT);
}
END_TEST

RUN_SUITE("study correlation", against_residuals, degenerate, exact, refused)
