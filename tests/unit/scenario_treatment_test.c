#include "treatment.h"

#include "scenario_fixture.h"

#include <math.h>

/* Two waves, attributes that give base values, rows that scale, and a lever that begins at zero. */
static void put_waves(void)
{
    put_world();
    put_file("W/scenario.csv", WORLD_KEYS "waves,listed\n");
    put_file("W/nodes.csv", "id,name,tier,parent_id,population,lat,lon,source,wave,group,slots\n"
                            "A,Aland,nation,,,,,test,,,7\n"
                            "A-1,First,province,A,,,,test,early,,3.7\n"
                            "A-11,City,city,A-1,4000,1.5,100.25,test,late,north,\n"
                            "A-12,Town,city,A-1,1000,2.5,100.75,test,late,,\n"
                            "A-2,Free,city,A,2500,,,test,early,north,\n"
                            "B,Bland,nation,,,,,test,,,\n"
                            "B-1,Other,city,B,2500,,,test,early,,\n");
    put_file("W/agencies.csv", "id,name,country,sector,slots,weight\nA-s,Help,A,service,4,0.5\nA-p,Guard,A,security,,1\n");
    put_file("W/waves.csv", "wave,start,label\nearly,2024-03,E\nlate,2024-08,L\n");
    put_file("W/levers.csv", "lever,from,to,under,tier,wave,group,how,value,note\n"
                             "meetings,,,,,,,set,4.3,\n"
                             "meetings,2024-05,2024-09,,city,,,scale,0.7,\n"
                             "trainings,,,,,,,add,1.1,\n"
                             "trainings,w+2,,,,,,scale,1.3,\n"
                             "grant_budget,,,A,,,,set,30.1,\n"
                             "slots,,,,province,,,scale,1.7,\n");
}

static char *read_into(char *text, nlc_resolved *resolved)
{
    const size_t size = nlc_resolved_size(text, strlen(text), nlc_models());
    char *memory = aligned_alloc(64, (size + 63) / 64 * 64);
    nlc_resolved_problem problem;
    ck_assert_int_eq(nlc_resolved_read(text, strlen(text), nlc_models(), memory, resolved, &problem), NLC_OK);
    free(text);
    return memory;
}

static nlc_treatments treatments;
static nlc_resolved base, set;
static char *base_memory, *set_memory, *treatments_memory;

/* The labels of the waves come in byte order: "", early, late. */
static const int32_t starts[] = {1, 3, 8};

/* Resolves with the settings, and makes the treatments of the folder without them. */
static void prepare(const char *const *settings)
{
    scratch_begin();
    put_waves();
    base_memory = read_into(resolved("W", NULL), &base);
    set_memory = read_into(resolved("W", settings), &set);
    ck_assert_str_eq(base.waves.text[2], "late");
    treatments_memory = malloc(nlc_treatments_size(&base));
    nlc_treatments_init(&treatments, &base, starts, treatments_memory);
    treatments.levers = malloc(nlc_treatments_levers_size(&treatments));
}

static void finish(void)
{
    free(base_memory);
    free(set_memory);
    free(treatments_memory);
    free(treatments.levers);
    scratch_end();
}

static const float *levers_in(const nlc_resolved *scenario, uint32_t schedule, uint32_t month)
{
    const size_t row = (size_t)scenario->segment_of_month[month] * scenario->num_schedules + schedule;
    return scenario->levers + row * scenario->model->num_levers;
}

static void expect_same(const nlc_treatment_row *rows, uint32_t num_rows)
{
    ck_assert_uint_eq(nlc_treatments_apply(&treatments, rows, num_rows), NLC_NONE);
    const nlc_resolved *own = &treatments.scenario;
    const size_t size = base.model->num_levers * sizeof(float);
    for (uint32_t month = 1; month <= base.num_months; month++) {
        for (uint32_t a = 0; a < base.num_agencies; a++)
            ck_assert_mem_eq(levers_in(own, own->agency_schedule[a], month), levers_in(&set, set.agency_schedule[a], month), size);
        for (uint32_t i = 0; i < base.num_nodes; i++)
            ck_assert_mem_eq(levers_in(own, own->draws[0].schedule[i], month), levers_in(&set, set.draws[0].schedule[i], month),
                             size);
    }
}

static nlc_treatment_row row(const char *lever, uint32_t how, float value)
{
    const uint32_t l = nlc_model_lever(nlc_models()[0], lever);
    return (nlc_treatment_row){l, how, value, 1, INT32_MAX, NLC_NONE, NLC_NONE, NLC_NONE, NLC_NONE, false, false};
}

START_TEST(without_settings_the_levers_are_the_resolved_ones)
{
    prepare(NULL);
    expect_same(NULL, 0);
    finish();
}
END_TEST

START_TEST(settings_give_what_set_gives)
{
    prepare(SET("meetings*=1.7", "trainings+=0.237", "slots*=1.3", "grant_budget*=1.3", "dialogues=2.3", "nap_active=0.3"));
    const nlc_treatment_row rows[] = {row("meetings", NLC_HOW_SCALE, 1.7F), row("trainings", NLC_HOW_ADD, 0.237F),
                                      row("slots", NLC_HOW_SCALE, 1.3F),    row("grant_budget", NLC_HOW_SCALE, 1.3F),
                                      row("dialogues", NLC_HOW_SET, 2.3F),  row("nap_active", NLC_HOW_SET, 0.3F)};
    expect_same(rows, 6);
    finish();
}
END_TEST

START_TEST(selectors_mean_the_same_places)
{
    prepare(SET("meetings@under=A=9", "briefings@tier=province=5.5", "dialogues@wave=late*=0.3", "dialogues@group=north+=1.7"));
    nlc_treatment_row rows[] = {row("meetings", NLC_HOW_SET, 9), row("briefings", NLC_HOW_SET, 5.5F),
                                row("dialogues", NLC_HOW_SCALE, 0.3F), row("dialogues", NLC_HOW_ADD, 1.7F)};
    rows[0].country = 0;
    rows[1].tier = strcmp(base.tiers.text[0], "province") == 0 ? 0 : 1;
    rows[2].wave = 2;
    rows[3].group = 1;
    expect_same(rows, 4);
    finish();
}
END_TEST

START_TEST(months_bound_a_setting_and_the_wave_still_waits)
{
    prepare(NULL);
    nlc_treatment_row rows[] = {row("dialogues", NLC_HOW_SET, 3.7F)};
    rows[0].from = 2;
    rows[0].to = 9;
    ck_assert_uint_eq(nlc_treatments_apply(&treatments, rows, 1), NLC_NONE);
    const nlc_resolved *own = &treatments.scenario;
    const float expected[] = {0, 0, 0, 0, 0, 0, 0, 3.7F, 3.7F, 0, 0, 0};
    for (uint32_t month = 1; month <= 12; month++)
        ck_assert_float_eq(levers_in(own, own->draws[0].schedule[1], month)[rows[0].lever], expected[month - 1]);
    finish();
}
END_TEST

START_TEST(months_of_a_setting_are_those_of_set)
{
    prepare(SET("dialogues@from=2024-02,to=9=3.7", "grant@from=w+1,to=w+3=0.237", "election@from=7,to=7=0.35",
                "engagement@from=w+2=1.3", "trainings@to=w+1*=2", "grant_budget@to=5+=1.5"));
    nlc_treatment_row rows[] = {row("dialogues", NLC_HOW_SET, 3.7F),   row("grant", NLC_HOW_SET, 0.237F),
                                row("election", NLC_HOW_SET, 0.35F),   row("meetings", NLC_HOW_SCALE, 1.3F),
                                row("dialogues", NLC_HOW_SCALE, 1.3F), row("trainings", NLC_HOW_SCALE, 2),
                                row("grant_budget", NLC_HOW_ADD, 1.5F)};
    rows[0].from = 2, rows[0].to = 9;
    rows[1].from = 1, rows[1].to = 3, rows[1].from_wave = rows[1].to_wave = true;
    rows[2].from = rows[2].to = 7;
    rows[3].from = rows[4].from = 2, rows[3].from_wave = rows[4].from_wave = true;
    rows[5].to = 1, rows[5].to_wave = true;
    rows[6].to = 5;
    expect_same(rows, 7);
    finish();
}
END_TEST

START_TEST(months_behind_an_address_are_checked)
{
    scratch_begin();
    put_waves();
    expect_problems("W", SET("meetings@from=2024-13=3", "meetings@from=9,to=3=2", "grant_budget@from=w+2=1"),
                    "--set meetings@from=2024-13=3: from is '2024-13', expected a month such as 2023-07, a month number from 1, or w+N\n"
                    "--set meetings@from=9,to=3=2: from 9 comes after to 3\n"
                    "--set grant_budget@from=w+2=1: grant_budget belongs to a country as a whole, which has no wave: w+N cannot be "
                    "used\n");
    expect_problems("W", SET("meetings@from=2024-09,to=3=2"),
                    "--set meetings@from=2024-09,to=3=2: from comes after to: months 9 and 3 of the run\n");
    expect_problems("W", SET("meeting_trust@from=3=0.2", "meetings@form=3=0.2", "meetings@to=3,to=4=2"),
                    "--set meeting_trust@from=3=0.2: 'meeting_trust' is one for the whole scenario: remove what stands behind @\n"
                    "--set meetings@form=3=0.2: 'form' cannot stand behind @, expected under=, tier=, wave=, group=, from= or to=\n"
                    "--set meetings@to=3,to=4=2: 'to' stands twice behind @\n");
    scratch_end();
}
END_TEST

START_TEST(a_value_out_of_bounds_names_its_lever)
{
    prepare(NULL);
    const nlc_treatment_row rows[] = {row("meetings", NLC_HOW_SET, 5), row("two_way", NLC_HOW_SCALE, 2.7F)};
    ck_assert_uint_eq(nlc_treatments_apply(&treatments, rows, 2), rows[1].lever);
    ck_assert(!nlc_lever_holds(&base.model->levers[nlc_model_lever(base.model, "deadline")], 0.5F));
    finish();
}
END_TEST

START_TEST(a_row_rounds_and_unlimited_stays)
{
    ck_assert_float_eq(nlc_lever_changed(0.1F, NLC_HOW_SCALE, 3), 0.1F * 3);
    ck_assert_float_eq(nlc_lever_changed(INFINITY, NLC_HOW_SCALE, 0.237F), INFINITY);
    ck_assert_float_eq(nlc_lever_changed(INFINITY, NLC_HOW_SCALE, 0), 0);
    ck_assert_float_eq(nlc_lever_changed(2.5F, NLC_HOW_ADD, -0.237F), 2.263F);
}
END_TEST

START_TEST(the_starts_of_waves_are_listed)
{
    scratch_begin();
    put_waves();
    nlc_scenario scenario;
    nlc_settings none = {0};
    nlc_problems problems = {0};
    nlc_text text = {0};
    ck_assert_int_eq(nlc_scenario_load(&scenario, "W", nlc_models(), &problems), NLC_OK);
    ck_assert_int_eq(nlc_scenario_wave_starts(&scenario, &none, &text, &problems), NLC_OK);
    ck_assert_str_eq(text.data, "\t1\nearly\t3\nlate\t8\n");
    nlc_text_free(&text);
    nlc_problems_free(&problems);
    nlc_scenario_free(&scenario);
    scratch_end();
}
END_TEST

RUN_SUITE("scenario treatment", without_settings_the_levers_are_the_resolved_ones, settings_give_what_set_gives,
          selectors_mean_the_same_places, months_bound_a_setting_and_the_wave_still_waits, months_of_a_setting_are_those_of_set,
          months_behind_an_address_are_checked, a_value_out_of_bounds_names_its_lever, a_row_rounds_and_unlimited_stays,
          the_starts_of_waves_are_listed)
