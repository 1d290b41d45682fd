/* What chance allows: laws that are met pass, and those that are off by a point do not. */
#include "chances.h"
#include "suite.h"

#include <math.h>
#include <string.h>

START_TEST(a_share_of_many_is_judged_by_standard_errors)
{
    nlc_case one = {.id = "x"};
    /* One standard error of 81000 runs at 0.237 is 0.001494. */
    nlc_chance_check_share(&one, "within", (0.237 + 0.0067) * 81000, 81000, 0.237);
    ck_assert_uint_eq(one.num_failed, 0);
    nlc_chance_check_share(&one, "above", (0.237 + 0.0068) * 81000, 81000, 0.237);
    nlc_chance_check_share(&one, "below", (0.237 - 0.0068) * 81000, 81000, 0.237);
    ck_assert_uint_eq(one.num_failed, 2);
    nlc_text_free(&one.said);
}
END_TEST

START_TEST(a_rare_share_is_judged_by_its_own_law)
{
    nlc_case one = {.id = "x"};
    nlc_chance_check_share(&one, "one where a tenth is expected", 1, 100000, 1e-6);
    ck_assert_uint_eq(one.num_failed, 0);
    nlc_chance_check_share(&one, "six where a tenth is expected", 6, 100000, 1e-6);
    ck_assert_uint_eq(one.num_failed, 1);
    nlc_chance_check_share(&one, "what cannot be", 1, 100000, 0);
    nlc_chance_check_share(&one, "what must be", 99999, 100000, 1);
    ck_assert_uint_eq(one.num_failed, 3);
    nlc_chance_check_share(&one, "what must be", 100000, 100000, 1);
    ck_assert_uint_eq(one.num_failed, 3);
    nlc_text_free(&one.said);
}
END_TEST

START_TEST(a_share_beyond_all_or_none_fails)
{
    nlc_case one = {.id = "x"};
    nlc_chance_check_share(&one, "more than all", 81000, 81000, 1.25);
    nlc_chance_check_share(&one, "less than none", 0, 81000, -0.05);
    nlc_chance_check_share(&one, "no number", 0, 81000, NAN);
    ck_assert_uint_eq(one.num_failed, 3);
    nlc_text_free(&one.said);
}
END_TEST

/* A normal law of variance 0.237 has a fourth moment of three times its square. */
START_TEST(a_variance_is_judged_by_the_fourth_moment)
{
    nlc_case one = {.id = "x"};
    const double variance = 0.237, fourth = 3 * variance * variance, error = variance * sqrt(2.0 / 81000);
    nlc_chance_check_variance(&one, "number", variance + 4.4 * error, fourth, 81000, variance);
    ck_assert_uint_eq(one.num_failed, 0);
    nlc_chance_check_variance(&one, "number", variance + 4.7 * error, fourth, 81000, variance);
    nlc_chance_check_variance(&one, "number", variance - 4.7 * error, fourth, 81000, variance);
    ck_assert_uint_eq(one.num_failed, 2);
    ck_assert_ptr_nonnull(strstr(one.said.data, "variance of the number: found 0.242"));
    nlc_text_free(&one.said);
}
END_TEST

START_TEST(a_law_is_judged_whole)
{
    nlc_case one = {.id = "x"};
    const double law[] = {0.237, 0.5, 0.263, 0}, met[] = {23700, 50000, 26300, 0}, off[] = {24700, 49000, 26300, 0};
    const double impossible[] = {23700, 50000, 26299, 1};
    nlc_chance_check_law(&one, "law", met, law, 4);
    ck_assert_uint_eq(one.num_failed, 0);
    nlc_chance_check_law(&one, "law", off, law, 4);
    ck_assert_uint_eq(one.num_failed, 1);
    nlc_chance_check_law(&one, "law", impossible, law, 4);
    ck_assert_uint_eq(one.num_failed, 2);
    nlc_text_free(&one.said);
}
END_TEST

START_TEST(replicates_show_a_point)
{
    for (uint32_t nodes = 1; nodes < 4000; nodes += 237) {
        const uint32_t num = nlc_chance_replicates(nodes, 40);
        ck_assert_double_le(4.5 * 0.5 / sqrt(num), 0.00791);
        ck_assert_uint_le(num, 1000000);
    }
}
END_TEST

RUN_SUITE("chances", a_share_of_many_is_judged_by_standard_errors, a_rare_share_is_judged_by_its_own_law,
          a_share_beyond_all_or_none_fails, a_variance_is_judged_by_the_fourth_moment, a_law_is_judged_whole,
          replicates_show_a_point)
