/* Design points on one network, against the same settings resolved. */
#include "points.h"
#include "scenario_fixture.h"

#define LEVERS \
    "lever,from,to,under,tier,wave,group,how,value\n" \
    "meetings,,,,,,,set,4\nmeetings,7,,A-1,,,,scale,0.5\nslots,,,,,,,set,7\ntrainings,3,,,city,,,set,2.5\n"

static nlc_scenario scenario;
static nlc_points points;

static nlc_error begin(const char *const *addresses, const double *low, const double *high, uint32_t num, nlc_problems *problems)
{
    const nlc_settings nothing = {0};
    scratch_begin();
    put_world();
    put_file("W/levers.csv", LEVERS);
    ck_assert_int_eq(nlc_scenario_load(&scenario, "W", nlc_models(), problems), NLC_OK);
    const nlc_where where = {"factors.csv", 0, 0};
    return nlc_points_init(&points, &scenario, &nothing, addresses, low, high, num, where, problems);
}

static void end(nlc_problems *problems)
{
    nlc_points_free(&points);
    nlc_points_free(&points);
    nlc_scenario_free(&scenario);
    nlc_problems_free(problems);
    scratch_end();
}

/* Every lever of every node in every month is as if the settings had been given. */
static void expect_same(const double *values, const char *const *settings)
{
    char *text = resolved("W", settings);
    const size_t size = nlc_resolved_size(text, strlen(text), nlc_models());
    void *memory = aligned_alloc(64, (size + 63) / 64 * 64);
    nlc_resolved direct;
    nlc_resolved_problem problem;
    ck_assert_int_eq(nlc_resolved_read(text, strlen(text), nlc_models(), memory, &direct, &problem), NLC_OK);
    const nlc_resolved *base = &points.scenario;
    const uint32_t num_levers = base->model->num_levers, num_parameters = base->model->num_parameters;
    float *levers = malloc(points.num_levers * sizeof *levers), *parameters = malloc(num_parameters * sizeof *parameters);
    uint32_t address;
    ck_assert(nlc_points_fill(&points, values, parameters, levers, &address));
    ck_assert_mem_eq(parameters, direct.parameters, num_parameters * sizeof *parameters);
    for (uint32_t t = 1; t <= base->num_months; t++)
        for (uint32_t i = 0; i < base->num_nodes; i++) {
            const size_t here = (size_t)base->segment_of_month[t] * base->num_schedules + base->draws[0].schedule[i];
            const size_t there = (size_t)direct.segment_of_month[t] * direct.num_schedules + direct.draws[0].schedule[i];
            for (uint32_t k = 0; k < num_levers; k++)
                ck_assert_msg(levers[here * num_levers + k] == direct.levers[there * num_levers + k], "%s of %s in month %u",
                              base->model->levers[k].name, base->id[i], t);
        }
    free(levers);
    free(parameters);
    free(memory);
    free(text);
}

START_TEST(test_points_are_as_if_set)
{
    const char *const addresses[] = {"dialogue_role", "meetings*", "trainings@under=A-12", "slots@tier=province+"};
    const double low[] = {0.1, 0.5, 1, -2}, high[] = {0.9, 2, 6, 5};
    nlc_problems problems = {0};
    ck_assert_int_eq(begin(addresses, low, high, 4, &problems), NLC_OK);
    expect_same((double[]){0.237, 1.7, 3.3, 2},
                SET("dialogue_role=0.237", "meetings*=1.7", "trainings@under=A-12=3.3", "slots@tier=province+=2"));
    /* Values at which courses run together: 0.625 times 4 is 2.5. */
    expect_same((double[]){0.65, 1, 2.5, 0}, SET("dialogue_role=0.65", "trainings@under=A-12=2.5"));
    float levers[10000], parameters[200];
    uint32_t address;
    ck_assert_uint_le(points.num_levers, 10000);
    ck_assert(!nlc_points_fill(&points, (double[]){0.5, 1, 2, -8}, parameters, levers, &address));
    ck_assert_uint_eq(address, 3);
    ck_assert(!nlc_points_fill(&points, (double[]){1.237, 1, 2, 0}, parameters, levers, &address));
    ck_assert_uint_eq(address, 0);
    end(&problems);
}
END_TEST

START_TEST(test_dials_and_one_value)
{
    const char *const addresses[] = {"resourcing", "meetings"};
    const double low[] = {0.5, 3}, high[] = {2, 3};
    nlc_problems problems = {0};
    ck_assert_int_eq(begin(addresses, low, high, 2, &problems), NLC_OK);
    expect_same((double[]){1.3, 3}, SET("resourcing=1.3", "meetings=3"));
    end(&problems);
}
END_TEST

static void expect_refused(const char *const addresses[2], const char *message)
{
    const double low[] = {0.5, 0.5}, high[] = {2, 2};
    nlc_problems problems = {0};
    nlc_text text = {0};
    ck_assert_int_eq(begin(addresses, low, high, 2, &problems), NLC_ERROR_INPUT);
    ck_assert_int_eq(nlc_problems_write(&problems, &text), NLC_OK);
    ck_assert_msg(strstr(text.data, message) != NULL, "%s", text.data);
    nlc_text_free(&text);
    end(&problems);
}

START_TEST(test_one_lever_twice)
{
    expect_refused((const char *const[]){"meetings*", "engagement"}, "columns 1 and 2 move the same lever of the same places");
}
END_TEST

START_TEST(test_keys)
{
    expect_refused((const char *const[]){"meetings", "scenario.months"}, "'scenario.months' is a key of scenario.csv");
}
END_TEST

START_TEST(test_slips)
{
    expect_refused((const char *const[]){"meetings", "meeting"}, "did you mean 'meetings'?");
}
END_TEST

RUN_SUITE("scenario points", test_points_are_as_if_set, test_dials_and_one_value, test_one_lever_twice, test_keys, test_slips)
