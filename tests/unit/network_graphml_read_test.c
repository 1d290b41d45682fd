/* Networks from GraphML: what was written, what other programs write, and what is wrong. */
#include "graphml.h"
#include "network_resolved.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
#define KEYS \
    "<key id=\"d0\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n" \
    "<key id=\"d1\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>\n"
#define NODES "<node id=\"A\"/><node id=\"B\"/><node id=\"C\"/>\n"
#define TAIL  "</graph></graphml>\n"

static nlc_error read_text(nlc_graphml *graphml, const char *text, nlc_text *problems)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    rewind(file);
    *problems = (nlc_text){0};
    const nlc_error error = nlc_graphml_read(graphml, file, "net.graphml", problems);
    fclose(file);
    return error;
}

static void check_same(double a, double b)
{
    ck_assert_msg(a == b || (isnan(a) && isnan(b)), "%.17g is not %.17g", a, b);
}

START_TEST(what_was_written_is_read)
{
    nlc_channel_table table;
    nlc_graphml graphml;
    nlc_text problems = {0};
    FILE *file = tmpfile();
    ck_assert_int_eq(nlc_channel_table_init(&table, &made_scenario, 0), NLC_OK);
    ck_assert_int_eq(nlc_channel_table_write_graphml(&table, &made_scenario, file), NLC_OK);
    rewind(file);
    ck_assert_int_eq(nlc_graphml_read(&graphml, file, "net.graphml", &problems), NLC_OK);
    fclose(file);
    ck_assert_ptr_null(problems.data);
    ck_assert_uint_eq(graphml.num_nodes, 8);
    for (uint32_t v = 0; v < 8; v++) {
        ck_assert_str_eq(graphml.node[v].id, nlc_vertex_id(&made_scenario, v));
        ck_assert_str_eq(graphml.node[v].name, v < 5 ? made_name[v] : made_agency_name[v - 5]);
        ck_assert_str_eq(graphml.node[v].tier, v < 5 ? made_tier_names[made_tier[v]] : "national");
        ck_assert_str_eq(graphml.node[v].country, v == 4 || v == 7 ? "LB" : "LA");
        check_same(graphml.node[v].population, v < 5 ? made_population[v] : NAN);
        check_same((float)graphml.node[v].lat, v < 5 ? made_lat[v] : made_agency_lat[v - 5]);
        check_same((float)graphml.node[v].lon, v < 5 ? made_lon[v] : made_agency_lon[v - 5]);
    }
    ck_assert_uint_eq(graphml.channels.num, table.num);
    ck_assert_mem_eq(graphml.channels.channel, table.channel, table.num * sizeof *table.channel);
    nlc_channel_table_free(&table);
    nlc_graphml_free(&graphml);
    nlc_graphml_free(&graphml);
}
END_TEST

START_TEST(undirected_graphs_of_others_are_read)
{
    nlc_graphml graphml;
    nlc_text problems;
    const nlc_error error = read_text(&graphml,
                                      HEAD KEYS "<key id=\"k\" for=\"node\" attr.name=\"id\" attr.type=\"string\"/>"
                                                "<key id=\"c\" for=\"node\" attr.name=\"colour\" attr.type=\"string\"/>"
                                                "<graph edgedefault=\"undirected\">"
                                                "<node id=\"n0\"><data key=\"k\">PH01</data><data key=\"c\">red</data></node>"
                                                "<node id=\"n1\"><data key=\"k\">PH02</data></node>"
                                                "<edge source=\"n0\" target=\"n1\"><data key=\"d0\">0.237</data></edge>" TAIL,
                                      &problems);
    ck_assert_int_eq(error, NLC_OK);
    ck_assert_uint_eq(graphml.num_nodes, 2);
    ck_assert_str_eq(graphml.node[0].id, "PH01");
    ck_assert_str_eq(graphml.node[1].id, "PH02");
    ck_assert_str_eq(graphml.node[1].name, "");
    ck_assert(isnan(graphml.node[0].lat));
    ck_assert_uint_eq(graphml.channels.num, 2);
    ck_assert_uint_eq(graphml.channels.channel[1].to, 1);
    ck_assert_int_eq(graphml.channels.channel[0].kind, NLC_CHANNEL_PEER);
    ck_assert(graphml.channels.channel[0].weight == 0.237f);
    nlc_graphml_free(&graphml);
}
END_TEST

START_TEST(a_graph_may_be_bare)
{
    nlc_graphml graphml;
    nlc_text problems;
    ck_assert_int_eq(
        read_text(&graphml, HEAD "<graph edgedefault=\"directed\">" NODES "<edge source=\"A\" target=\"C\"/>" TAIL, &problems),
        NLC_OK);
    ck_assert_uint_eq(graphml.channels.num, 1);
    ck_assert_uint_eq(graphml.channels.channel[0].to, 2);
    ck_assert_uint_eq(graphml.channels.channel[0].from, 0);
    ck_assert(graphml.channels.channel[0].weight == 1);
    nlc_graphml_free(&graphml);
    ck_assert_int_eq(read_text(&graphml, HEAD "<graph edgedefault=\"directed\">" TAIL, &problems), NLC_OK);
    ck_assert_uint_eq(graphml.num_nodes, 0);
    nlc_graphml_free(&graphml);
}
END_TEST

static void check_problems(const char *text, const char *expected)
{
    nlc_graphml graphml;
    nlc_text problems;
    ck_assert_int_eq(read_text(&graphml, text, &problems), NLC_ERROR_INPUT);
    ck_assert_str_eq(problems.data, expected);
    ck_assert_uint_eq(problems.length, strlen(expected));
    free(problems.data);
    nlc_graphml_free(&graphml);
}

START_TEST(all_problems_are_reported)
{
    check_problems(HEAD KEYS "<graph edgedefault=\"directed\">" NODES
                             "<edge source=\"A\" target=\"B\"><data key=\"d1\">pear</data><data key=\"d0\">1.5</data></edge>"
                             "<edge source=\"B\" target=\"B\"/><edge source=\"A\" target=\"C\"><data key=\"d0\">0</data></edge>"
                             "<edge source=\"C\" target=\"B\"/><edge source=\"C\" target=\"B\"><data key=\"d1\">peer</data></edge>"
                             "<edge source=\"C\" target=\"B\"><data key=\"d1\">line</data></edge>" TAIL,
                   "net.graphml: the edge from 'A' to 'B' has the kind 'pear', expected peer, regional, direct, line or oversight\n"
                   "net.graphml: the edge from 'A' to 'B' has the weight 1.5, expected above 0 and at most 1\n"
                   "net.graphml: an edge joins 'B' with itself, expected two different nodes\n"
                   "net.graphml: the edge from 'A' to 'C' has the weight 0, expected above 0 and at most 1\n"
                   "net.graphml: there is a second edge of the kind peer from 'C' to 'B'; keep one\n");
    check_problems(HEAD "<graph edgedefault=\"undirected\">" NODES
                        "<edge source=\"A\" target=\"B\"/><edge source=\"B\" target=\"A\"/>" TAIL,
                   "net.graphml: there is a second edge of the kind peer from 'A' to 'B'; keep one\n");
}
END_TEST

START_TEST(attributes_have_types)
{
    check_problems(HEAD "<key id=\"a\" for=\"node\" attr.name=\"name\" attr.type=\"int\"/>"
                        "<key id=\"b\" for=\"node\" attr.name=\"lat\" attr.type=\"string\"/>"
                        "<key id=\"c\" for=\"edge\" attr.name=\"weight\" attr.type=\"boolean\"/>"
                        "<graph edgedefault=\"directed\">" NODES "<edge source=\"A\" target=\"B\"/>" TAIL,
                   "net.graphml: the attribute 'name' of nodes has another type than expected; give it attr.type=\"string\"\n"
                   "net.graphml: the attribute 'lat' of nodes has another type than expected; give it attr.type=\"double\"\n"
                   "net.graphml: the attribute 'weight' of edges has another type than expected; give it attr.type=\"double\"\n");
}
END_TEST

START_TEST(ids_are_there_and_differ)
{
    check_problems(HEAD "<key id=\"k\" for=\"node\" attr.name=\"id\" attr.type=\"string\"/><graph edgedefault=\"directed\">"
                        "<node id=\"n0\"><data key=\"k\">PH01</data></node><node id=\"n1\"/><node id=\"n2\"/>"
                        "<node id=\"n3\"><data key=\"k\">PH01</data></node>" TAIL,
                   "net.graphml: node 2 has no id\n"
                   "net.graphml: node 3 has no id\n"
                   "net.graphml: two nodes have the id 'PH01'; each needs its own\n");
}
END_TEST

START_TEST(what_is_no_graphml_is_refused)
{
    static const char *const bad[] = {"", "garbage", "<graphml><graph>", HEAD "<graph edgedefault=\"directed\">" NODES,
                                      HEAD KEYS "<graph edgedefault=\"directed\">" NODES
                                                "<edge source=\"A\" target=\"B\"><data key=\"d0\">high</data></edge>" TAIL};
    static const char start[] = "net.graphml: this is not GraphML: ";
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        nlc_graphml graphml;
        nlc_text problems;
        ck_assert_int_eq(read_text(&graphml, bad[k], &problems), NLC_ERROR_INPUT);
        ck_assert_msg(strncmp(problems.data, start, strlen(start)) == 0, "%s", problems.data);
        ck_assert_uint_gt(problems.length, strlen(start) + 5);
        free(problems.data);
        nlc_graphml_free(&graphml);
    }
    check_problems("<html/>", "net.graphml: there is no graph in this file, expected GraphML\n");
}
END_TEST

START_TEST(a_folder_cannot_be_read)
{
    nlc_graphml graphml;
    nlc_text problems = {0};
    FILE *file = fopen("/", "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(nlc_graphml_read(&graphml, file, "net.graphml", &problems), NLC_ERROR_IO);
    fclose(file);
    free(problems.data);
    nlc_graphml_free(&graphml);
}
END_TEST

START_TEST(two_hundred_problems_are_enough)
{
    static char text[32768] = HEAD "<graph edgedefault=\"directed\">" NODES;
    nlc_graphml graphml;
    nlc_text problems;
    for (int k = 0; k < 237; k++) {
        strcat(text, "<edge source=\"A\" target=\"A\"/>");
    }
    strcat(text, TAIL);
    ck_assert_int_eq(read_text(&graphml, text, &problems), NLC_ERROR_INPUT);
    size_t num_lines = 0;
    for (const char *c = problems.data; *c != '\0'; c++) {
        num_lines += *c == '\n';
    }
    ck_assert_uint_eq(num_lines, 201);
    ck_assert_ptr_nonnull(strstr(problems.data, "\nnet.graphml: and 37 more problems\n"));
    free(problems.data);
    nlc_graphml_free(&graphml);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network graphml read");
    TCase *tests = tcase_create("graphml read");
    tcase_add_test(tests, what_was_written_is_read);
    tcase_add_test(tests, undirected_graphs_of_others_are_read);
    tcase_add_test(tests, a_graph_may_be_bare);
    tcase_add_test(tests, all_problems_are_reported);
    tcase_add_test(tests, attributes_have_types);
    tcase_add_test(tests, ids_are_there_and_differ);
    tcase_add_test(tests, what_is_no_graphml_is_refused);
    tcase_add_test(tests, a_folder_cannot_be_read);
    tcase_add_test(tests, two_hundred_problems_are_enough);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
