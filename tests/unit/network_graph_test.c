/* Undirected networks from links. */
#include "graph.h"
#include "network_fixture.h"

#include <check.h>

static void make_graph(nlc_graph *graph, uint32_t num_vertices, const uint32_t (*pairs)[2], size_t num)
{
    nlc_links links = {0};
    for (size_t j = 0; j < num; j++) {
        ck_assert_int_eq(nlc_links_add(&links, (nlc_link){pairs[j][0], pairs[j][1], 0.237f}), NLC_OK);
    }
    ck_assert_int_eq(nlc_graph_init(graph, num_vertices, &links), NLC_OK);
    nlc_links_free(&links);
}

/* Given both ways, one way, twice, and a loop. */
static const uint32_t pairs[][2] = {{0, 1}, {1, 0}, {2, 1}, {2, 1}, {3, 3}, {4, 0}, {2, 4}, {5, 4}};

START_TEST(repeats_and_loops_do_not_count)
{
    static const uint32_t neighbour[] = {1, 4, 0, 2, 1, 4, 0, 2, 5, 4};
    static const size_t first[] = {0, 2, 4, 6, 6, 9, 10, 10};
    nlc_graph graph;
    make_graph(&graph, 7, pairs, sizeof pairs / sizeof *pairs);
    ck_assert_uint_eq(graph.num_edges, 5);
    ck_assert_mem_eq(graph.first, first, sizeof first);
    ck_assert_mem_eq(graph.neighbour, neighbour, sizeof neighbour);
    nlc_graph_free(&graph);
    nlc_graph_free(&graph);
}
END_TEST

START_TEST(distances_are_steps)
{
    static const uint32_t expected[] = {2, 3, 2, UINT32_MAX, 1, 0, UINT32_MAX};
    uint32_t distance[7], queue[7];
    nlc_graph graph;
    make_graph(&graph, 7, pairs, sizeof pairs / sizeof *pairs);
    ck_assert_uint_eq(nlc_graph_distances(&graph, 5, distance, queue), 5);
    ck_assert_mem_eq(distance, expected, sizeof expected);
    ck_assert_uint_eq(queue[4], 1);
    ck_assert_uint_eq(nlc_graph_distances(&graph, 3, distance, queue), 1);
    nlc_graph_free(&graph);
}
END_TEST

START_TEST(igraph_sees_the_same)
{
    nlc_graph graph;
    igraph_t copy;
    make_graph(&graph, 7, pairs, sizeof pairs / sizeof *pairs);
    ck_assert_int_eq(nlc_graph_to_igraph(&graph, &copy), NLC_OK);
    ck_assert_int_eq(igraph_vcount(&copy), 7);
    ck_assert_int_eq(igraph_ecount(&copy), 5);
    ck_assert(!igraph_is_directed(&copy));
    igraph_integer_t edge;
    ck_assert_int_eq(igraph_get_eid(&copy, &edge, 4, 5, IGRAPH_UNDIRECTED, false), IGRAPH_SUCCESS);
    ck_assert_int_ge(edge, 0);
    igraph_destroy(&copy);
    nlc_graph_free(&graph);
}
END_TEST

START_TEST(igraph_errors_are_returned)
{
    igraph_t copy;
    nlc_igraph_setup();
    ck_assert_str_eq(nlc_igraph_reason(), "");
    const igraph_error_t failed = igraph_empty(&copy, -3, IGRAPH_UNDIRECTED);
    ck_assert_int_ne(failed, IGRAPH_SUCCESS);
    ck_assert_str_ne(nlc_igraph_reason(), "");
    ck_assert_int_eq(nlc_igraph_error(IGRAPH_SUCCESS), NLC_OK);
    ck_assert_int_eq(nlc_igraph_error(IGRAPH_ENOMEM), NLC_ERROR_MEMORY);
    ck_assert_int_eq(nlc_igraph_error(IGRAPH_PARSEERROR), NLC_ERROR_INPUT);
    ck_assert_int_eq(nlc_igraph_error(IGRAPH_EFILE), NLC_ERROR_IO);
    nlc_igraph_setup();
    ck_assert_str_eq(nlc_igraph_reason(), "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network graph");
    TCase *tests = tcase_create("graph");
    tcase_add_test(tests, repeats_and_loops_do_not_count);
    tcase_add_test(tests, distances_are_steps);
    tcase_add_test(tests, igraph_sees_the_same);
    tcase_add_test(tests, igraph_errors_are_returned);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
