/* The table of all channels. */
#include "channels.h"
#include "network_resolved.h"

#include <check.h>
#include <string.h>

/* By to, kind, from; vertices 5, 6, 7 are LA, SA, LB. */
static const nlc_channel expected[] = {
    {0, 1, 0.9f, NLC_CHANNEL_LINE},      {0, 2, 1, NLC_CHANNEL_LINE},        {0, 5, 1, NLC_CHANNEL_LINE},
    {1, 2, 1, NLC_CHANNEL_PEER},         {1, 5, 0.75f, NLC_CHANNEL_DIRECT},  {1, 0, 0.9f, NLC_CHANNEL_LINE},
    {2, 1, 1, NLC_CHANNEL_PEER},         {2, 3, 0.5f, NLC_CHANNEL_PEER},     {2, 0, 1, NLC_CHANNEL_LINE},
    {3, 2, 0.4f, NLC_CHANNEL_PEER},      {3, 4, 0.8f, NLC_CHANNEL_REGIONAL}, {3, 5, 1, NLC_CHANNEL_LINE},
    {4, 3, 0.8f, NLC_CHANNEL_REGIONAL},  {4, 7, 0.7f, NLC_CHANNEL_LINE},     {5, 1, 0.75f, NLC_CHANNEL_DIRECT},
    {5, 0, 1, NLC_CHANNEL_LINE},         {5, 3, 1, NLC_CHANNEL_LINE},        {5, 6, 0.3f, NLC_CHANNEL_OVERSIGHT},
    {6, 5, 0.3f, NLC_CHANNEL_OVERSIGHT}, {7, 4, 0.7f, NLC_CHANNEL_LINE},
};
#define NUM (sizeof expected / sizeof *expected)

START_TEST(every_kind_is_there)
{
    nlc_channel_table table;
    ck_assert_int_eq(nlc_channel_table_init(&table, &made_scenario, 0), NLC_OK);
    ck_assert_uint_eq(table.num, NUM);
    for (size_t j = 0; j < NUM; j++) {
        const nlc_channel *channel = &table.channel[j];
        ck_assert_msg(channel->to == expected[j].to && channel->from == expected[j].from && channel->kind == expected[j].kind &&
                          channel->weight == expected[j].weight,
                      "channel %zu is %u from %u, kind %d, weight %g", j, channel->to, channel->from, (int)channel->kind,
                      (double)channel->weight);
    }
    nlc_channel_table_free(&table);
    nlc_channel_table_free(&table);
}
END_TEST

START_TEST(a_model_without_the_lever_has_no_direct_channels)
{
    nlc_resolved scenario = made_scenario;
    nlc_model model = made_model;
    nlc_channel_table table;
    model.num_levers = 1;
    scenario.model = &model;
    ck_assert_int_eq(nlc_channel_table_init(&table, &scenario, 0), NLC_OK);
    ck_assert_uint_eq(table.num, NUM - 2);
    nlc_channel_table_free(&table);
}
END_TEST

START_TEST(channels_are_found)
{
    nlc_channel_table table;
    ck_assert_int_eq(nlc_channel_table_init(&table, &made_scenario, 0), NLC_OK);
    const nlc_channel *found = nlc_channel_table_find(&table, 2, NLC_CHANNEL_PEER, 3);
    ck_assert(found != NULL && found->weight == 0.5f);
    ck_assert_ptr_null(nlc_channel_table_find(&table, 2, NLC_CHANNEL_REGIONAL, 3));
    ck_assert_ptr_null(nlc_channel_table_find(&(nlc_channel_table){0}, 2, NLC_CHANNEL_PEER, 3));
    nlc_channel_table_free(&table);
}
END_TEST

START_TEST(kinds_have_names)
{
    for (int k = 0; k < NLC_NUM_CHANNEL_KINDS; k++) {
        nlc_channel_kind kind = NLC_NUM_CHANNEL_KINDS;
        ck_assert(nlc_channel_kind_read(nlc_channel_kind_name((nlc_channel_kind)k), &kind));
        ck_assert_int_eq(kind, k);
    }
    nlc_channel_kind kind;
    ck_assert(!nlc_channel_kind_read("Peer", &kind));
    ck_assert(!nlc_channel_kind_read("", &kind));
    ck_assert_str_eq(nlc_channel_kind_name(NLC_CHANNEL_OVERSIGHT), "oversight");
}
END_TEST

START_TEST(vertices_have_ids)
{
    ck_assert_str_eq(nlc_vertex_id(&made_scenario, 3), "C4");
    ck_assert_str_eq(nlc_vertex_id(&made_scenario, 6), "SA");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network channels");
    TCase *tests = tcase_create("channels");
    tcase_add_test(tests, every_kind_is_there);
    tcase_add_test(tests, a_model_without_the_lever_has_no_direct_channels);
    tcase_add_test(tests, channels_are_found);
    tcase_add_test(tests, kinds_have_names);
    tcase_add_test(tests, vertices_have_ids);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
