#include "frame.h"

#include "scenario_fixture.h"

/* A world with waves, chance in the network, an agency, and rows that tell places apart. */
static void put_rich_world(void)
{
    put_world();
    put_file("W/scenario.csv",
             WORLD_KEYS "peers,random:2\nnetworks,3\nwaves,random\nwaves_unit,place\nwaves_number,2\nwaves_gap,4\n");
    put_file("W/agencies.csv", "id,name,country,sector,weight,slots\nS,Service,A,service,0.7,3\n");
    put_file("W/levers.csv", "lever,from,to,under,tier,wave,group,how,value,note\n"
                             "slots,,,,nation,,,set,12,\nmeetings,3,9,,,,,set,6,\nmeetings,,,A-1,,,,scale,1.5,\n"
                             "trainings,w+0,w+3,,city,,,set,2,\ngrant_budget,5,8,,,,,set,9,\n");
}

static void check_same(const nlc_frame *frame, nlc_scenario *scenario, const char *const *texts, size_t num)
{
    nlc_problems problems = {0};
    nlc_settings settings;
    nlc_text text = {0};
    nlc_variation variation;
    char hash[NLC_HASH_LENGTH + 1];
    ck_assert_int_eq(nlc_settings_read(&settings, scenario, texts, num, &problems), NLC_OK);
    ck_assert_int_eq(nlc_scenario_write(scenario, &settings, &text, &problems), NLC_OK);
    nlc_resolved_hash(text.data, text.length, hash);
    ck_assert_int_eq(nlc_variation_init(&variation, frame, &settings, &problems), NLC_OK);
    ck_assert_str_eq(variation.hash, hash);
    nlc_variation_free(&variation);
    nlc_settings_free(&settings);
    nlc_text_free(&text);
    nlc_problems_free(&problems);
}

START_TEST(a_variation_has_the_hash_of_the_whole_text)
{
    static const char *const sets[][3] = {
        {"resourcing=2", NULL, NULL},
        {"meetings@tier=city=3.5", "draft_hazard=0.0237", NULL},
        {"meetings@under=A-12=3.5", "engagement=0.25", NULL}, /* more schedules than before */
        {"meetings=0", "trainings=0", "slots=5"},             /* fewer */
        {"slots@under=S=7", "slots@under=A-1=unlimited", NULL},
        {"trainings@wave=2=4", "start_role=0.61", NULL},
    };
    nlc_problems problems = {0};
    nlc_scenario scenario;
    const nlc_settings none = {0};
    nlc_frame frame;
    scratch_begin();
    put_rich_world();
    ck_assert_int_eq(nlc_scenario_load(&scenario, "W", nlc_models(), &problems), NLC_OK);
    ck_assert_int_eq(nlc_frame_init(&frame, &scenario, &none, &problems), NLC_OK);
    ck_assert_uint_eq(frame.num_sections, 4 + 2 * 3 + 1);
    check_same(&frame, &scenario, NULL, 0);
    for (size_t k = 0; k < sizeof sets / sizeof *sets; k++)
        check_same(&frame, &scenario, sets[k], sets[k][1] == NULL ? 1 : sets[k][2] == NULL ? 2 : 3);
    nlc_frame_free(&frame);
    nlc_scenario_free(&scenario);
    nlc_problems_free(&problems);
    scratch_end();
}
END_TEST

START_TEST(a_variation_out_of_bounds_says_so)
{
    nlc_problems problems = {0};
    nlc_scenario scenario;
    const nlc_settings none = {0};
    const char *const texts[] = {"capacity_building=1000000"};
    nlc_settings settings;
    nlc_frame frame;
    nlc_variation variation;
    nlc_text text = {0};
    scratch_begin();
    put_rich_world();
    ck_assert_int_eq(nlc_scenario_load(&scenario, "W", nlc_models(), &problems), NLC_OK);
    ck_assert_int_eq(nlc_frame_init(&frame, &scenario, &none, &problems), NLC_OK);
    ck_assert_int_eq(nlc_settings_read(&settings, &scenario, texts, 1, &problems), NLC_OK);
    ck_assert_int_eq(nlc_variation_init(&variation, &frame, &settings, &problems), NLC_ERROR_INPUT);
    ck_assert_int_eq(nlc_problems_write(&problems, &text), NLC_OK);
    ck_assert_ptr_nonnull(strstr(text.data, "trainings becomes 2000000 in month"));
    nlc_variation_free(&variation);
    nlc_settings_free(&settings);
    nlc_text_free(&text);
    nlc_frame_free(&frame);
    nlc_scenario_free(&scenario);
    nlc_problems_free(&problems);
    scratch_end();
}
END_TEST

START_TEST(what_makes_frames)
{
    nlc_problems problems = {0};
    nlc_scenario scenario;
    static const struct {
        const char *address;
        bool makes_frames;
    } of[] = {{"scenario.months", true}, {"meetings", false}, {"resourcing", false}, {"draft_hazard", false}, {"start_role", true}};
    scratch_begin();
    put_world();
    ck_assert_int_eq(nlc_scenario_load(&scenario, "W", nlc_models(), &problems), NLC_OK);
    for (size_t k = 0; k < sizeof of / sizeof *of; k++) {
        nlc_setting setting;
        ck_assert_int_eq(nlc_address_read(&setting, &scenario, of[k].address, (nlc_where){"f", 1, 1}, &problems), NLC_OK);
        ck_assert_msg(nlc_setting_makes_frames(&setting, &scenario, true) == of[k].makes_frames, "%s", of[k].address);
    }
    nlc_setting role;
    ck_assert_int_eq(nlc_address_read(&role, &scenario, "start_role", (nlc_where){"f", 1, 1}, &problems), NLC_OK);
    ck_assert(!nlc_setting_makes_frames(&role, &scenario, false));
    nlc_scenario_free(&scenario);
    nlc_problems_free(&problems);
    scratch_end();
}
END_TEST

RUN_SUITE("frame", a_variation_has_the_hash_of_the_whole_text, a_variation_out_of_bounds_says_so, what_makes_frames)
