/* Orders of places. */
#include "rank.h"

#include <check.h>
#include <math.h>

START_TEST(major_then_key_then_index)
{
    nlc_rank rank[] = {{7, 2, 9}, {7, 2, 3}, {7, 1, 5}, {2, UINT64_MAX, 1}, {UINT64_MAX, 0, 0}, {7, 1, 4}};
    const uint32_t expected[] = {1, 4, 5, 3, 9, 0};
    nlc_rank_sort(rank, 6);
    for (int k = 0; k < 6; k++) {
        ck_assert_uint_eq(rank[k].index, expected[k]);
    }
    ck_assert_uint_eq(nlc_rank_run(rank, 6), 1);
    ck_assert_uint_eq(nlc_rank_run(rank + 1, 5), 4);
    ck_assert_uint_eq(nlc_rank_run(rank + 1, 2), 2);
    ck_assert_uint_eq(nlc_rank_run(rank, 0), 0);
    nlc_rank_sort(NULL, 0);
}
END_TEST

START_TEST(higher_values_come_first)
{
    const double falling[] = {INFINITY, 1e300,   8419000, 8418999.5, 2,      1.5,       0.237, 1e-300,
                              0,        -1e-300, -0.237,  -2,        -1e300, -INFINITY, NAN};
    for (size_t k = 1; k < sizeof falling / sizeof *falling; k++) {
        ck_assert_msg(nlc_rank_descending(falling[k - 1]) < nlc_rank_descending(falling[k]), "%g before %g", falling[k - 1],
                      falling[k]);
    }
    ck_assert_uint_eq(nlc_rank_descending(0.0), nlc_rank_descending(-0.0));
    ck_assert_uint_eq(nlc_rank_descending(NAN), nlc_rank_descending(-NAN));
}
END_TEST

START_TEST(rounding_does_not_break_ties)
{
    ck_assert(0.1 + 0.2 != 0.3);
    ck_assert_uint_eq(nlc_rank_descending(0.1 + 0.2), nlc_rank_descending(0.3));
    ck_assert_uint_eq(nlc_rank_descending(nextafter(1, 0)), nlc_rank_descending(1));
    ck_assert_uint_eq(nlc_rank_descending(nextafter(1e6, 0)), nlc_rank_descending(nextafter(1e6, 2e6)));
    ck_assert(nlc_rank_descending(1 + 1e-10) < nlc_rank_descending(1));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network rank");
    TCase *tests = tcase_create("rank");
    tcase_add_test(tests, major_then_key_then_index);
    tcase_add_test(tests, higher_values_come_first);
    tcase_add_test(tests, rounding_does_not_break_ties);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
