/* Measures of small networks that can be worked out by hand. */
#include "network_fixture.h"
#include "structure.h"

#include <check.h>

#define MAX_VERTICES 6000

static uint64_t key[MAX_VERTICES];

static nlc_structure measure(uint32_t num_vertices, const uint32_t (*pairs)[2], size_t num)
{
    nlc_links links = {0};
    nlc_structure structure;
    for (uint32_t i = 0; i < num_vertices; i++) {
        key[i] = nlc_hash((const char *)&i, sizeof i);
    }
    for (size_t j = 0; j < num; j++) {
        ck_assert_int_eq(nlc_links_add(&links, (nlc_link){pairs[j][0], pairs[j][1], 1}), NLC_OK);
    }
    ck_assert_int_eq(nlc_structure_measure(&structure, key, num_vertices, &links), NLC_OK);
    nlc_links_free(&links);
    return structure;
}

/* A triangle 0 1 2 with a tail 2 3 4; a pair 5 6; and 7 alone. */
START_TEST(a_small_network_by_hand)
{
    static const uint32_t pairs[][2] = {{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {5, 6}};
    const nlc_structure structure = measure(8, pairs, 6);
    ck_assert_uint_eq(structure.num_vertices, 8);
    ck_assert_uint_eq(structure.num_edges, 6);
    ck_assert_double_eq_tol(structure.mean_degree, 1.5, 1e-15);
    ck_assert_uint_eq(structure.num_isolates, 1);
    ck_assert_uint_eq(structure.num_components, 3);
    ck_assert_uint_eq(structure.largest_component, 5);
    ck_assert_uint_eq(structure.num_path_sources, 5);
    ck_assert(!structure.paths_sampled);
    ck_assert_double_eq_tol(structure.mean_path, (4 * 1 + 2 * 1 + 2 + 2 + 2 * 3 + 1 * 1) / 10.0, 1e-15);
    ck_assert_uint_eq(structure.max_path, 3);
    ck_assert_double_eq_tol(structure.clustering, (1 + 1 + 1 / 3.0 + 0) / 4, 1e-15);
    ck_assert_double_eq_tol(structure.transitivity, 3 / 6.0, 1e-15);
    static const double degree[] = {0, 0.35, 1, 1.5, 2, 2.65, 3};
    for (int q = 0; q < NLC_NUM_DEGREE_QUANTILES; q++) {
        ck_assert_double_eq_tol(structure.degree[q], degree[q], 1e-14);
    }
}
END_TEST

START_TEST(what_has_no_meaning_is_nan)
{
    const nlc_structure none = measure(0, NULL, 0), alone = measure(1, NULL, 0), apart = measure(3, NULL, 0);
    ck_assert(isnan(none.mean_degree) && isnan(none.degree[3]) && isnan(none.mean_path) && isnan(none.clustering));
    ck_assert(alone.mean_degree == 0 && alone.degree[6] == 0 && isnan(alone.mean_path) && isnan(alone.clustering));
    ck_assert_uint_eq(apart.num_isolates, 3);
    ck_assert_uint_eq(apart.num_components, 3);
    ck_assert(isnan(apart.transitivity) && isnan(apart.mean_path));
}
END_TEST

/* A ring of n, an even number: the mean distance is n^2 / 4 / (n - 1), from each vertex alike, so that
 * the sample gives it exactly. */
START_TEST(paths_of_large_networks_are_sampled)
{
    static uint32_t pairs[MAX_VERTICES][2];
    for (uint32_t i = 0; i < MAX_VERTICES; i++) {
        pairs[i][0] = i;
        pairs[i][1] = (i + 1) % MAX_VERTICES;
    }
    const nlc_structure ring = measure(MAX_VERTICES, (const uint32_t(*)[2])pairs, MAX_VERTICES);
    ck_assert(ring.paths_sampled);
    ck_assert_uint_eq(ring.num_path_sources, NLC_NUM_PATH_SOURCES);
    ck_assert_double_eq_tol(ring.mean_path, MAX_VERTICES / 4.0 * MAX_VERTICES / (MAX_VERTICES - 1), 1e-9);
    ck_assert_uint_eq(ring.max_path, MAX_VERTICES / 2);
    const nlc_structure line = measure(NLC_MAX_EXACT_PATHS, (const uint32_t(*)[2])pairs, NLC_MAX_EXACT_PATHS - 1);
    ck_assert(!line.paths_sampled);
    ck_assert_double_eq_tol(line.mean_path, (NLC_MAX_EXACT_PATHS + 1) / 3.0, 1e-9);
    ck_assert_uint_eq(line.max_path, NLC_MAX_EXACT_PATHS - 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network structure");
    TCase *tests = tcase_create("structure");
    tcase_add_test(tests, a_small_network_by_hand);
    tcase_add_test(tests, what_has_no_meaning_is_nan);
    tcase_add_test(tests, paths_of_large_networks_are_sampled);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
