/* Observations as targets of runs. */
#include "targets.h"

#include "study_world.h"

#include <math.h>

enum { RUNS = 600 };

#define OBSERVED \
    "date,under,tier,group,measure,value,total,error,source\n" \
    "2024-04-15,A,city,,adopted,7,20,,t\n" \
    "2024-07-01,A,,,adopted,0.4,,,t\n" \
    "2025-01-31,A,city,g,adopted,6,10,0.5,t\n" \
    "2023-12-01,A,city,,adopted,1,20,,t\n" \
    "2024-01-31,A,city,,adopted,1,20,,t\n" \
    "2026-03-01,A,city,,adopted,150,200,,t\n" \
    "2024-10-01,A,city,,adopted,90,200,,t\n"

static nlc_targets targets;
static float parameters[RUNS][16];
static nlc_point points[RUNS];

static void begin(void)
{
    nlc_problems problems = {0};
    world_begin(OBSERVED);
    ck_assert_int_eq(nlc_targets_init(&targets, &world, &world_points.scenario, &problems), NLC_OK);
    nlc_problems_free(&problems);
}

static void end(void)
{
    nlc_targets_free(&targets);
    nlc_targets_free(&targets);
    world_end();
}

/* A count is of the end of the last whole month before its date. An error that is not given is two in a hundred of
 * the total, and at least one place; of a share it is 0.02. */
START_TEST(test_from_observations)
{
    begin();
    static const uint32_t months[] = {3, 6, 12, 9}, rows[] = {0, 1, 2, 6};
    static const double errors[] = {1, 0.02, 0.5, 4}, scales[] = {20, 1, 10, 200}, observed[] = {7, 0.4, 6, 90};
    ck_assert_uint_eq(targets.num, 4);
    ck_assert_uint_eq(targets.num_outside, 3);
    for (uint32_t k = 0; k < targets.num; k++) {
        const nlc_target *target = &targets.target[k];
        ck_assert_uint_eq(target->row, rows[k]);
        ck_assert_uint_eq(target->month, months[k]);
        ck_assert_double_eq_tol(target->error, errors[k], 1e-6);
        ck_assert_double_eq_tol(target->scale, scales[k], 1e-12);
        ck_assert_double_eq_tol(target->observed, observed[k], 1e-6);
        ck_assert_uint_eq(target->split.country, 0);
    }
    ck_assert_uint_eq(targets.target[1].split.tier, NLC_NONE);
    ck_assert_uint_eq(targets.target[0].split.group, NLC_NONE);
    ck_assert_str_eq(world_points.scenario.groups.text[targets.target[2].split.group], "g");
    end();
}
END_TEST

START_TEST(test_places_are_no_targets)
{
    nlc_problems problems = {0};
    nlc_text text = {0};
    world_begin("date,under,tier,group,measure,value,total,error,source\n2024-04-15,A-03,,,adopted,1,1,,t\n");
    ck_assert_int_eq(nlc_targets_init(&targets, &world, &world_points.scenario, &problems), NLC_ERROR_INPUT);
    ck_assert_int_eq(nlc_problems_write(&problems, &text), NLC_OK);
    ck_assert_ptr_nonnull(strstr(text.data, "W/observed.csv:2: under is a place"));
    nlc_text_free(&text);
    nlc_problems_free(&problems);
    end();
}
END_TEST

START_TEST(test_distance)
{
    begin();
    const bool all[] = {true, true, true, true}, some[] = {true, false, true, true};
    const double observed[] = {7, 0.4, 6, 90}, values[] = {8.5, 0.45, 6.25, 84}, holes[] = {8.5, NAN, 6.25, 84};
    /* In errors: 1.5, 2.5, 0.5 and 1.5. */
    ck_assert_double_eq_tol(nlc_targets_distance(&targets, all, values, observed), 2.5, 1e-6);
    ck_assert_double_eq_tol(nlc_targets_distance(&targets, some, values, observed), 1.5, 1e-6);
    ck_assert_double_infinite(nlc_targets_distance(&targets, all, holes, observed));
    ck_assert_double_eq_tol(nlc_targets_distance(&targets, some, holes, observed), 1.5, 1e-6);
    end();
}
END_TEST

static void points_make(double innovation)
{
    for (uint32_t r = 0; r < RUNS; r++) {
        memcpy(parameters[r], world_points.scenario.parameters, world_points.scenario.model->num_parameters * sizeof(float));
        parameters[r][nlc_model_parameter(world_points.scenario.model, "innovation")] = (float)innovation;
        points[r] = (nlc_point){parameters[r], world_points.scenario.levers};
    }
}

/* A city has adopted by the end of month t with 1 - (1 - p)^t. */
START_TEST(test_values)
{
    static double values[RUNS][4], again[7][4];
    begin();
    points_make(0.093);
    const nlc_targets_options options = {.threads = 2, .seed = 3}, other = {.threads = 1, .lanes = 4, .seed = 3};
    ck_assert_int_eq(nlc_targets_run(&targets, &options, points, 10, RUNS, values[0]), NLC_OK);
    for (uint32_t k = 0; k < 4; k++) {
        const nlc_target *target = &targets.target[k];
        const double chance = 1 - pow(1 - 0.093, target->month), cities = k == 2 ? WORLD_CITIES / 2 : WORLD_CITIES;
        double mean = 0;
        for (uint32_t r = 0; r < RUNS; r++)
            mean += values[r][k] / RUNS;
        ck_assert_double_eq_tol(mean, target->scale * chance, 4.5 * target->scale * sqrt(chance * (1 - chance) / cities / RUNS));
    }
    /* Of its replicate alone: number 10 + 5 is the same whatever runs beside it. */
    ck_assert_int_eq(nlc_targets_run(&targets, &other, points, 15, 7, again[0]), NLC_OK);
    ck_assert_mem_eq(again[0], values[5], sizeof again);
    end();
}
END_TEST

/* What is not used, and comes later than all that is, is not known. */
START_TEST(test_use)
{
    static double values[RUNS][4];
    const bool use[] = {true, false, false, false};
    begin();
    points_make(1);
    const nlc_targets_options options = {.threads = 1, .seed = 3, .use = use};
    ck_assert_int_eq(nlc_targets_run(&targets, &options, points, 0, 9, values[0]), NLC_OK);
    for (uint32_t r = 0; r < 9; r++) {
        ck_assert_double_eq_tol(values[r][0], 20, 1e-9);
        for (uint32_t k = 1; k < 4; k++)
            ck_assert_double_nan(values[r][k]);
    }
    end();
}
END_TEST

RUN_SUITE("study targets", test_from_observations, test_places_are_no_targets, test_distance, test_values, test_use)
