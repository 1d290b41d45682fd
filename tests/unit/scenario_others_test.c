/* A folder that several models run: each passes over the names of the others, and says so. */
#include "others.h"
#include "scenario_fixture.h"

static void put_rich_world(const char *model)
{
    char keys[256];
    put_world();
    snprintf(keys, sizeof keys, WORLD_KEYS "model,%s\n", model);
    put_file("W/scenario.csv", keys);
    put_file("W/nodes.csv", "id,name,tier,parent_id,legacy,hand_down,slots\nA,Aland,nation,,,,\nA-1,,province,A,0.5,0.237,3\n"
                            "A-11,,city,A-1,,0.75,\n");
    put_file("W/levers.csv", "lever,value\nmeetings,6\ntrainings,3\n");
    put_file("W/parameters.csv", "name,value\nmisfit,0.237\nhand_down,0.4\n");
    put_file("W/channels.csv", "from,to,kind,weight\nA,A-11,direct,0.5\n");
    put_file("W/observed.csv", "date,measure,value\n2024-06,functioning,0.2\n2024-06,adopted,0.2\n");
}

START_TEST(each_model_takes_what_is_its_own)
{
    nlc_text text = {0}, notes = {0};
    scratch_begin();
    put_rich_world("relay");
    ck_assert_int_eq(nlc_scenario_resolve("W", NULL, 0, &text, &notes), NLC_OK);
    ck_assert_ptr_nonnull(strstr(text.data, "\nhand_down\t0.4\n"));
    ck_assert_ptr_nonnull(strstr(text.data, "\nA-11\tA\tA-1\tcity\t\t\telected\t\t\t\t\tno\t1\t0.75\n"));
    ck_assert_ptr_null(strstr(text.data, "legacy"));
    ck_assert_str_eq(
        notes.data,
        "W/nodes.csv:1: note: the column 'legacy' is one of the model 'nlc'; the model 'relay' passes over it\n"
        "W/nodes.csv:1: note: the column 'slots' is one of the model 'nlc'; the model 'relay' passes over it\n"
        "W/levers.csv:2: note: this row and 1 more name levers of other models (nlc); the model 'relay' passes over them\n"
        "W/parameters.csv:2: note: this row and 0 more name parameters of other models (nlc); the model 'relay' passes "
        "over them\n"
        "W/observed.csv:2: note: this row and 0 more name measures of other models (nlc); the model 'relay' passes over "
        "them\n");
    nlc_text_free(&text);
    nlc_text_free(&notes);
    scratch_end();
}
END_TEST

START_TEST(what_no_model_knows_is_an_error)
{
    scratch_begin();
    put_rich_world("cascade");
    put_file("W/levers.csv", "lever,value\nmeetngs,6\n");
    put_file("W/parameters.csv", "name,value\ntransmision,0.2\n");
    put_file("W/observed.csv", "date,measure,value\n2024-06,adoptd,0.2\n");
    expect_problems("W", NULL,
                    "W/levers.csv:2: 'meetngs' is not a lever\n"
                    "W/parameters.csv:2: 'transmision' is not a parameter; did you mean 'transmission'?\n"
                    "W/observed.csv:2: 'adoptd' is not a measure; did you mean 'adopted'?\n");
    scratch_end();
}
END_TEST

/* Weights and attributes of a model that computes in doubles come to it as written. */
START_TEST(doubles_keep_their_digits)
{
    scratch_begin();
    put_world();
    put_file("W/scenario.csv", WORLD_KEYS "model,degroot\n");
    put_file("W/nodes.csv",
             "id,name,tier,parent_id,start_opinion\nA,Aland,nation,,\nA-11,,city,A,0.14285714285714285\nA-12,,city,A,-0.1\n");
    put_file("W/channels.csv", "from,to,kind,weight,both\nA-11,A-12,peer,0.3333333333333333,no\n");
    char *text = resolved("W", NULL);
    ck_assert(has_line(text, "A-12\tpeer\tA-11\t0.3333333333333333"));
    ck_assert_ptr_nonnull(strstr(text, "\t0.14285714285714285\t"));
    ck_assert_ptr_nonnull(strstr(text, "\t-0.1\t"));
    free(text);
    put_file("W/scenario.csv", WORLD_KEYS "model,cascade\n");
    text = resolved("W", NULL);
    ck_assert(has_line(text, "A-12\tpeer\tA-11\t0.33333333"));
    free(text);
    scratch_end();
}
END_TEST

START_TEST(names_are_found_by_kind)
{
    const nlc_model *nlc = nlc_models()[0], *bass = nlc_models()[1];
    ck_assert_ptr_eq(nlc_others_find(bass, NLC_NAME_LEVER, "meetings"), nlc);
    ck_assert_ptr_null(nlc_others_find(nlc, NLC_NAME_LEVER, "meetings"));
    ck_assert_ptr_eq(nlc_others_find(nlc, NLC_NAME_PARAMETER, "innovation"), bass);
    ck_assert_ptr_null(nlc_others_find(bass, NLC_NAME_COLUMN, "innovation"));
    ck_assert_ptr_eq(nlc_others_find(bass, NLC_NAME_COLUMN, "slots"), nlc);
    ck_assert_ptr_eq(nlc_others_find(bass, NLC_NAME_MEASURE, "trust"), nlc);
}
END_TEST

RUN_SUITE("other models", each_model_takes_what_is_its_own, what_no_model_knows_is_an_error, doubles_keep_their_digits,
          names_are_found_by_kind)
