/* A main for one file of tests. */
#ifndef TESTS_SUITE_H
#define TESTS_SUITE_H

#include <check.h>

static int run_suite(const char *name, const TTest *const *tests, size_t num_tests)
{
    Suite *suite = suite_create(name);
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    for (size_t k = 0; k < num_tests; k++)
        tcase_add_test(all, tests[k]);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

#define RUN_SUITE(name, ...) \
    int main(void) \
    { \
        const TTest *const tests[] = {__VA_ARGS__}; \
        return run_suite(name, tests, sizeof tests / sizeof tests[0]); \
    }

#endif
