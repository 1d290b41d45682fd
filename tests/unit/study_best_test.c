/* Rinott's constants against a quadrature of its own, within the 1e-4 that tables have. */
#include "best.h"
#include "suite.h"

static void check_constant(uint32_t num_systems, uint32_t first, double probability, double expected)
{
    double h;
    ck_assert_int_eq(nlc_rinott_constant(num_systems, first, probability, &h), NLC_OK);
    ck_assert_double_eq_tol(h, expected, 1e-4);
}

START_TEST(constants)
{
    check_constant(2, 10, 0.9, 1.99855);
    check_constant(4, 7, 0.9, 3.12575);
    check_constant(8, 25, 0.99, 4.55566);
    check_constant(2, 60, 0.75, 0.96499);
}
END_TEST

START_TEST(a_first_stage_of_two_runs)
{
    check_constant(3, 2, 0.8, 5.49108);
}
END_TEST

START_TEST(runs_of_both_stages)
{
    ck_assert_uint_eq(nlc_rinott_runs(2.614, 0.237, 0.1, 10), 39); /* 38.38 */
    ck_assert_uint_eq(nlc_rinott_runs(2.614, 0.02, 0.1, 10), 10);
    ck_assert_uint_eq(nlc_rinott_runs(2, 1, 0.5, 10), 16);
    ck_assert_uint_eq(nlc_rinott_runs(2.614, 0.237, 1e-9, 10), UINT32_MAX);
}
END_TEST

RUN_SUITE("study/best", constants, a_first_stage_of_two_runs, runs_of_both_stages)
