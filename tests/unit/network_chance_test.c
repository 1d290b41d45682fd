/* Streams of chance: fixed numbers, and laws. */
#include "chance.h"

#include <check.h>
#include <math.h>

#define NUM 200000

/* Networks must not change under a seed that somebody has published. The first two numbers are those
 * of splitmix64 with the state 1234567. */
START_TEST(numbers_are_fixed)
{
    nlc_chance stream = {.key = 1234567, .count = 0};
    ck_assert_uint_eq(nlc_chance_next(&stream), UINT64_C(6457827717110365317));
    ck_assert_uint_eq(nlc_chance_next(&stream), UINT64_C(3203168211198807973));
}
END_TEST

START_TEST(every_part_of_the_key_counts)
{
    nlc_chance stream[] = {nlc_chance_of(1, 0, 11, 21),
                           nlc_chance_of(2, 0, 11, 21),
                           nlc_chance_of(1, 1, 11, 21),
                           nlc_chance_of(1, 0, 12, 21),
                           nlc_chance_of(1, 0, 11, 22),
                           nlc_chance_of(0, 1, 11, 21),
                           nlc_chance_of(UINT64_C(1) << 32 | 1, 0, 11, 21),
                           nlc_chance_of(1, 0, 21, 11)};
    const size_t num = sizeof stream / sizeof *stream;
    for (size_t a = 0; a < num; a++) {
        for (size_t b = 0; b < a; b++) {
            ck_assert_uint_ne(stream[a].key, stream[b].key);
        }
    }
}
END_TEST

START_TEST(units_are_uniform)
{
    nlc_chance stream = nlc_chance_of(237, 1, 2, 3);
    double sum = 0, squares = 0;
    for (int k = 0; k < NUM; k++) {
        const double u = nlc_chance_unit(&stream);
        ck_assert(u >= 0 && u < 1);
        sum += u;
        squares += u * u;
    }
    ck_assert_double_eq_tol(sum / NUM, 0.5, 4.5 * sqrt(1 / 12.0 / NUM));
    ck_assert_double_eq_tol(squares / NUM, 1 / 3.0, 4.5 * sqrt((0.2 - 1 / 9.0) / NUM));
}
END_TEST

START_TEST(whole_numbers_are_uniform)
{
    nlc_chance stream = nlc_chance_of(237, 1, 2, 4);
    const uint32_t n = 7;
    uint32_t count[7] = {0};
    for (int k = 0; k < NUM; k++) {
        const uint32_t drawn = nlc_chance_below(&stream, n);
        ck_assert_uint_lt(drawn, n);
        count[drawn]++;
    }
    for (uint32_t i = 0; i < n; i++) {
        ck_assert_double_eq_tol(count[i] / (double)NUM, 1.0 / n, 4.5 * sqrt(6.0 / 49 / NUM));
    }
    ck_assert_uint_eq(nlc_chance_below(&stream, 1), 0);
}
END_TEST

/* With three quarters of 2^32 a plain product would give every third number twice as often. */
START_TEST(large_ranges_have_no_bias)
{
    nlc_chance stream = nlc_chance_of(237, 1, 2, 5);
    uint32_t num_multiples = 0;
    for (int k = 0; k < NUM; k++) {
        num_multiples += nlc_chance_below(&stream, 0xc0000000u) % 3 == 0;
    }
    ck_assert_double_eq_tol(num_multiples / (double)NUM, 1 / 3.0, 4.5 * sqrt(2 / 9.0 / NUM));
}
END_TEST

START_TEST(failures_follow_the_geometric_law)
{
    const double probability[] = {0.9, 0.5, 0.237, 0.01};
    for (int p = 0; p < 4; p++) {
        nlc_chance stream = nlc_chance_of(237, (uint32_t)p, 2, 6);
        const double q = 1 - probability[p];
        double sum = 0, num_none = 0;
        for (int k = 0; k < NUM; k++) {
            const uint64_t failures = nlc_chance_failures(&stream, probability[p]);
            sum += (double)failures;
            num_none += failures == 0;
        }
        ck_assert_double_eq_tol(sum / NUM, q / probability[p], 4.5 * sqrt(q / NUM) / probability[p]);
        ck_assert_double_eq_tol(num_none / NUM, probability[p], 4.5 * sqrt(q * probability[p] / NUM));
    }
}
END_TEST

/* The logarithm against the C library's, through its only use. */
START_TEST(failures_agree_with_the_logarithm)
{
    const double probability[] = {0.999, 0.31, 0.29, 1e-3, 1e-7, 1e-12};
    for (int p = 0; p < 6; p++) {
        nlc_chance stream = nlc_chance_of(237, (uint32_t)p, 2, 7);
        for (int k = 0; k < 20000; k++) {
            nlc_chance copy = stream;
            const double expected = log1p(-nlc_chance_unit(&copy)) / log1p(-probability[p]);
            const double failures = (double)nlc_chance_failures(&stream, probability[p]);
            ck_assert(failures <= expected * (1 + 1e-14) && failures > expected * (1 - 1e-14) - 1);
        }
    }
}
END_TEST

START_TEST(hardly_possible_successes_end)
{
    nlc_chance stream = nlc_chance_of(237, 1, 2, 8);
    ck_assert_uint_eq(nlc_chance_failures(&stream, 1e-300), UINT64_C(1) << 62);
    ck_assert_uint_eq(nlc_chance_failures(&stream, 5e-324), UINT64_C(1) << 62);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network chance");
    TCase *tests = tcase_create("chance");
    tcase_add_test(tests, numbers_are_fixed);
    tcase_add_test(tests, every_part_of_the_key_counts);
    tcase_add_test(tests, units_are_uniform);
    tcase_add_test(tests, whole_numbers_are_uniform);
    tcase_add_test(tests, large_ranges_have_no_bias);
    tcase_add_test(tests, failures_follow_the_geometric_law);
    tcase_add_test(tests, failures_agree_with_the_logarithm);
    tcase_add_test(tests, hardly_possible_successes_end);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
