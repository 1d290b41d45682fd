/* Lists of links. */
#include "network_fixture.h"

#include <check.h>

static int compare(const void *left, const void *right)
{
    const nlc_link *a = left, *b = right;
    if (a->to != b->to) {
        return a->to < b->to ? -1 : 1;
    }
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    return (a->weight < b->weight) - (a->weight > b->weight);
}

/* Sorts `num` links between `num_vertices` in both ways. */
static void check_sort(size_t num, uint32_t num_vertices, uint32_t offset)
{
    uint64_t state = num * 7919 + num_vertices;
    nlc_links links = {0};
    nlc_link *expected = calloc(num + 1, sizeof *expected);
    for (size_t j = 0; j < num; j++) {
        expected[j].to = offset + (uint32_t)(fixture_random(&state) * num_vertices);
        expected[j].from = offset + (uint32_t)(fixture_random(&state) * num_vertices);
        expected[j].weight = (float)(1 + (int)(fixture_random(&state) * 5)) * 0.237f / 2;
        ck_assert_int_eq(nlc_links_add(&links, expected[j]), NLC_OK);
    }
    nlc_links_sort(&links);
    qsort(expected, num, sizeof *expected, compare);
    size_t kept = 0;
    for (size_t j = 0; j < num; j++) {
        if (j > 0 && expected[j].to == expected[j - 1].to && expected[j].from == expected[j - 1].from) {
            continue;
        }
        ck_assert_uint_lt(kept, links.num);
        ck_assert_int_eq(compare(&links.link[kept], &expected[j]), 0);
        kept++;
    }
    ck_assert_uint_eq(kept, links.num);
    free(expected);
    nlc_links_free(&links);
}

START_TEST(sorts_and_keeps_the_heaviest)
{
    check_sort(0, 3, 0);
    check_sort(1, 3, 0);
    check_sort(31, 4, 0);
    check_sort(33, 2, 0);
    check_sort(500, 3, 0);
    check_sort(5000, 70, 0);
    check_sort(5000, 70000, 0);
    check_sort(5000, 300, 0xfffffe00u);
}
END_TEST

START_TEST(free_is_legal_twice)
{
    nlc_links links = {0};
    nlc_links_free(&links);
    ck_assert_int_eq(nlc_links_add(&links, (nlc_link){3, 4, 0.237f}), NLC_OK);
    nlc_links_free(&links);
    nlc_links_free(&links);
    ck_assert_ptr_null(links.link);
    ck_assert_uint_eq(links.num, 0);
}
END_TEST

START_TEST(growth_beyond_memory_is_an_error)
{
    const size_t too_many[] = {SIZE_MAX / 2 + 1, SIZE_MAX / 3, SIZE_MAX / (2 * sizeof(nlc_link)) + 1,
                               SIZE_MAX / (4 * sizeof(nlc_link)) + 1};
    for (size_t k = 0; k < sizeof too_many / sizeof *too_many; k++) {
        nlc_links links = {.link = NULL, .num = too_many[k], .capacity = too_many[k]};
        ck_assert_int_eq(nlc_links_add(&links, (nlc_link){3, 4, 0.237f}), NLC_ERROR_MEMORY);
        ck_assert_uint_eq(links.num, too_many[k]);
        ck_assert_uint_eq(links.capacity, too_many[k]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network links");
    TCase *tests = tcase_create("links");
    tcase_add_test(tests, sorts_and_keeps_the_heaviest);
    tcase_add_test(tests, free_is_legal_twice);
    tcase_add_test(tests, growth_beyond_memory_is_an_error);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
