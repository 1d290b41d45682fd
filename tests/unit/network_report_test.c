/* The report on a scenario that can be worked out by hand. */
#include "network_resolved.h"
#include "report.h"

#include <check.h>

static nlc_network_report make_report(const nlc_resolved *scenario)
{
    nlc_channel_table channels;
    nlc_network_report report;
    ck_assert_int_eq(nlc_channel_table_init(&channels, scenario, 0), NLC_OK);
    ck_assert_int_eq(nlc_network_report_init(&report, scenario, &channels), NLC_OK);
    nlc_channel_table_free(&channels);
    return report;
}

START_TEST(nodes_and_channels_are_counted)
{
    static const uint32_t nodes[] = {4, 1, 3};
    static const size_t channels[] = {4, 2, 1, 4, 0, 0, 0, 0, 3, 0, 0, 0, 1, 3, 2};
    nlc_network_report report = make_report(&made_scenario);
    ck_assert_uint_eq(report.num_tiers, 2);
    ck_assert_mem_eq(report.nodes, nodes, sizeof nodes);
    ck_assert_mem_eq(report.channels, channels, sizeof channels);
    nlc_network_report_free(&report);
    nlc_network_report_free(&report);
}
END_TEST

/* Across: the line 1 2 3 4, and the province alone. All: the agencies and the lines besides. */
START_TEST(both_networks_are_measured)
{
    nlc_network_report report = make_report(&made_scenario);
    ck_assert_uint_eq(report.across.num_vertices, 5);
    ck_assert_uint_eq(report.across.num_edges, 3);
    ck_assert_uint_eq(report.across.num_isolates, 1);
    ck_assert_uint_eq(report.across.num_components, 2);
    ck_assert_uint_eq(report.across.max_path, 3);
    ck_assert_double_eq_tol(report.across.mean_path, 10 / 6.0, 1e-15);
    ck_assert_uint_eq(report.all.num_vertices, 8);
    ck_assert_uint_eq(report.all.num_edges, 10);
    ck_assert_uint_eq(report.all.num_components, 1);
    ck_assert_uint_eq(report.all.max_path, 4);
    ck_assert_double_eq_tol(report.all.clustering, (2 / 3.0 + 2 / 3.0 + 1 / 3.0 + 1 / 6.0) / 6, 1e-15);
    nlc_network_report_free(&report);
}
END_TEST

/* Country LA on peer and line channels: the edges 0 1, 0 2, 0 LA, 1 2, 2 3, 3 LA. Between 1 and LA, 1
 * and 3, 0 and 3, 2 and LA the shortest paths pass others. */
START_TEST(leaders_are_those_between)
{
    static const double betweenness[] = {1 + 0.5, 0, 1 + 0.5, 0.5, 0, 0.5, 0};
    static const uint32_t leaders[] = {0, 2, 3, 5};
    nlc_network_report report = make_report(&made_scenario);
    for (int v = 0; v < 7; v++) {
        ck_assert_double_eq_tol(report.betweenness[v], betweenness[v], 1e-12);
    }
    ck_assert(!report.betweenness_sampled);
    ck_assert_uint_eq(report.num_leaders, 4);
    for (int k = 0; k < 4; k++) {
        ck_assert_uint_eq(report.leader[k].vertex, leaders[k]);
        ck_assert_double_eq_tol(report.leader[k].share, (k < 2 ? 1.5 : 0.5) / 6, 1e-12);
    }
    nlc_network_report_free(&report);
}
END_TEST

/* A lead with 17 provinces of 5 cities each has 103 nodes and 102 ties. */
START_TEST(a_regular_tree)
{
    enum { NUM = 102 };
    static uint32_t parent[NUM], tier[NUM], zero[NUM + 1];
    static uint64_t key[NUM];
    static float one[NUM];
    static const nlc_country country = {0, NUM, 0, 1};
    static const nlc_draw draw = {.peer = {zero, NULL, NULL}, .regional = {zero, NULL, NULL}, .schedule = zero};
    for (uint32_t i = 0; i < NUM; i++) {
        parent[i] = i < 17 ? NLC_NO_PARENT : (i - 17) / 5;
        tier[i] = i >= 17;
        key[i] = nlc_hash((const char *)&i, sizeof i);
        one[i] = 1;
    }
    nlc_resolved scenario = made_scenario;
    scenario.num_countries = scenario.num_agencies = scenario.num_schedules = scenario.num_segments = 1;
    scenario.num_nodes = NUM;
    scenario.countries = &country;
    scenario.country = zero;
    scenario.parent = parent;
    scenario.tier = tier;
    scenario.key = key;
    scenario.line_weight = one;
    scenario.draws = &draw;
    nlc_network_report report = make_report(&scenario);
    ck_assert_uint_eq(report.nodes[0] + report.nodes[1] + report.nodes[2], 103);
    ck_assert_uint_eq(report.all.num_edges, 102);
    ck_assert_uint_eq(report.all.num_components, 1);
    ck_assert_uint_eq(report.all.max_path, 4);
    ck_assert_uint_eq(report.across.num_isolates, NUM);
    ck_assert_uint_eq(report.num_leaders, NLC_MAX_LEADERS);
    ck_assert_uint_eq(report.leader[0].vertex, NUM);
    ck_assert_double_eq_tol(report.leader[0].betweenness, 17 * 16 / 2 * 36, 1e-9);
    for (int k = 2; k < NLC_MAX_LEADERS; k++) {
        ck_assert_uint_lt(report.leader[k].vertex, 17);
        ck_assert_uint_lt(key[report.leader[k - 1].vertex], key[report.leader[k].vertex]);
    }
    nlc_network_report_free(&report);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network report");
    TCase *tests = tcase_create("report");
    tcase_add_test(tests, nodes_and_channels_are_counted);
    tcase_add_test(tests, both_networks_are_measured);
    tcase_add_test(tests, leaders_are_those_between);
    tcase_add_test(tests, a_regular_tree);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
