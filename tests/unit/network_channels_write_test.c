/* Networks as CSV and as GraphML. */
#include "channels.h"
#include "network_resolved.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

typedef nlc_error writer(const nlc_channel_table *table, const nlc_resolved *scenario, FILE *file);

static char *written_by(writer *write)
{
    static char text[8192];
    nlc_channel_table table;
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(nlc_channel_table_init(&table, &made_scenario, 0), NLC_OK);
    ck_assert_int_eq(write(&table, &made_scenario, file), NLC_OK);
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    nlc_channel_table_free(&table);
    return text;
}

START_TEST(csv_is_a_table_of_channels)
{
    ck_assert_str_eq(written_by(nlc_channel_table_write_csv), "from,to,kind,weight,both\r\n"
                                                              "C<2>,\"P, 1\",line,0.9,yes\r\n"
                                                              "C&3,\"P, 1\",line,1,yes\r\n"
                                                              "LA,\"P, 1\",line,1,yes\r\n"
                                                              "C&3,C<2>,peer,1,yes\r\n"
                                                              "LA,C<2>,direct,0.75,yes\r\n"
                                                              "C4,C&3,peer,0.5,no\r\n"
                                                              "C&3,C4,peer,0.4,no\r\n"
                                                              "\"D\"\"5\"\"\",C4,regional,0.8,yes\r\n"
                                                              "LA,C4,line,1,yes\r\n"
                                                              "LB,\"D\"\"5\"\"\",line,0.7,yes\r\n"
                                                              "SA,LA,oversight,0.3,yes\r\n");
}
END_TEST

START_TEST(graphml_has_what_is_known)
{
    const char *text = written_by(nlc_channel_table_write_graphml);
    static const char *const parts[] = {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- written by nlcsim network -->\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        "<key id=\"population\" for=\"node\" attr.name=\"population\" attr.type=\"double\"/>\n",
        "<key id=\"kind\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>\n",
        "<graph id=\"network\" edgedefault=\"directed\">\n",
        "<node id=\"P, 1\"><data key=\"name\">Province</data><data key=\"tier\">province</data><data "
        "key=\"population\">1234567</data>"
        "<data key=\"lat\">1.5</data><data key=\"lon\">100</data><data key=\"country\">LA</data></node>\n",
        "<node id=\"C&lt;2&gt;\"><data key=\"name\">Sto. Ni\xc3\xb1o &amp; Co</data><data key=\"tier\">city</data>"
        "<data key=\"population\">0.5</data><data key=\"lat\">-2.237</data><data key=\"lon\">101.5</data>",
        "<node id=\"C&amp;3\"><data key=\"name\">City &lt;3&gt;</data><data key=\"tier\">city</data><data "
        "key=\"country\">LA</data></node>\n",
        "<node id=\"D&quot;5&quot;\">",
        "<node id=\"SA\"><data key=\"name\">Police of A</data><data key=\"tier\">national</data><data "
        "key=\"country\">LA</data></node>\n",
        "<edge source=\"C4\" target=\"C&amp;3\"><data key=\"kind\">peer</data><data key=\"weight\">0.5</data></edge>\n",
        "</graph>\n</graphml>\n",
    };
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        const char *found = strstr(text, parts[k]);
        ck_assert_msg(found != NULL, "missing after %.60s: %s", text, parts[k]);
        text = found;
    }
}
END_TEST

/* /dev/full takes nothing: without a buffer the first write fails, otherwise the last. */
START_TEST(a_full_disk_is_an_error)
{
    writer *const writers[] = {nlc_channel_table_write_csv, nlc_channel_table_write_graphml};
    for (int k = 0; k < 4; k++) {
        nlc_channel_table table;
        FILE *file = fopen("/dev/full", "w");
        if (file == NULL) {
            return;
        }
        if (k < 2) {
            setvbuf(file, NULL, _IONBF, 0);
        }
        ck_assert_int_eq(nlc_channel_table_init(&table, &made_scenario, 0), NLC_OK);
        ck_assert_int_eq(writers[k % 2](&table, &made_scenario, file), NLC_ERROR_IO);
        fclose(file);
        nlc_channel_table_free(&table);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network channels written");
    TCase *tests = tcase_create("channels written");
    tcase_add_test(tests, csv_is_a_table_of_channels);
    tcase_add_test(tests, graphml_has_what_is_known);
    tcase_add_test(tests, a_full_disk_is_an_error);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
