/* Runs of a model with unknowns drawn, against a model whose law is known. */
#include "curves.h"

#include "scenario_fixture.h"

#include <math.h>

enum { CITIES = 60, MONTHS = 40, RUNS = 800 };

static nlc_scenario scenario;
static nlc_points points;

/* Without imitation every city adopts in a month with the chance that is drawn. */
static void begin(const char *model)
{
    nlc_problems problems = {0};
    const nlc_settings nothing = {0};
    const char *const addresses[] = {"innovation"};
    const double low = 0, high = 1;
    char keys[256], nodes[CITIES * 32 + 128] = "id,name,tier,parent_id,population,lat,lon,source\nA,Aland,nation,,,,,test\n";
    size_t length = strlen(nodes);
    for (int k = 0; k < CITIES; k++)
        length += (size_t)snprintf(nodes + length, sizeof nodes - length, "A-%02d,C%d,city,A,,,,t\n", k, k);
    snprintf(keys, sizeof keys, "key,value\nformat,1\nmodel,%s\nstart,2024-01\nmonths,%d\nadopting,city\nnetworks,3\n", model,
             MONTHS);
    scratch_begin();
    ck_assert_int_eq(mkdir("W", 0777), 0);
    put_file("W/scenario.csv", keys);
    put_file("W/nodes.csv", nodes);
    if (strcmp(model, "bass") == 0)
        put_file("W/parameters.csv", "name,value\nimitation,0\n");
    ck_assert_int_eq(nlc_scenario_load(&scenario, "W", nlc_models(), &problems), NLC_OK);
    ck_assert_int_eq(nlc_points_init(&points, &scenario, &nothing, addresses, &low, &high, strcmp(model, "bass") == 0,
                                     (nlc_where){"factors.csv", 0, 0}, &problems),
                     NLC_OK);
    nlc_problems_free(&problems);
}

static void end(void)
{
    nlc_points_free(&points);
    nlc_scenario_free(&scenario);
    scratch_end();
}

/* Uniform between 0.01 and 0.05. */
static double value_at(const void *context, uint32_t address, double probability)
{
    (void)context;
    ck_assert_uint_eq(address, 0);
    return 0.01 + 0.04 * probability;
}

static void curves_make(nlc_curves *curves, uint32_t num_runs, uint32_t threads, uint32_t lanes)
{
    const nlc_curves_options options = {
        .points = &points, .value = value_at, .num_runs = num_runs, .threads = threads, .lanes = lanes, .seed = 9};
    ck_assert_int_eq(nlc_curves_run(curves, &options), NLC_OK);
}

START_TEST(test_law)
{
    nlc_curves curves;
    begin("bass");
    curves_make(&curves, RUNS, 2, 0);
    ck_assert_uint_eq(curves.num_places, CITIES);
    for (uint32_t month = 5; month <= MONTHS; month += 7) {
        double mean = 0, square = 0;
        for (uint32_t run = 0; run < RUNS; run++) {
            const double share = nlc_curves_at(&curves, run, month);
            ck_assert_double_ge(share, nlc_curves_at(&curves, run, month - 1.0));
            mean += share / RUNS;
            square += share * share / RUNS;
        }
        /* The mean of 1 - (1 - p)^t over p. */
        const double law = 1 - (pow(0.99, month + 1) - pow(0.95, month + 1)) / (month + 1) / 0.04;
        ck_assert_double_eq_tol(mean, law, 4.5 * sqrt((square - mean * mean) / RUNS));
    }
    nlc_curves_free(&curves);
    end();
}
END_TEST

START_TEST(test_number_alone)
{
    nlc_curves many, few;
    begin("bass");
    curves_make(&many, 50, 3, 16);
    curves_make(&few, 23, 1, 4);
    ck_assert_mem_eq(many.share, few.share, 23 * (MONTHS + 1) * sizeof *few.share);
    nlc_curves_free(&many);
    nlc_curves_free(&few);
    nlc_curves_free(&few);
    end();
}
END_TEST

static bool refuse(void *context, uint32_t done, uint32_t total)
{
    (void)done;
    *(uint32_t *)context = total;
    return false;
}

START_TEST(test_stopping)
{
    nlc_curves curves;
    uint32_t total = 0;
    begin("bass");
    const nlc_curves_options options = {
        .points = &points, .value = value_at, .progress = refuse, .context = &total, .num_runs = 200, .threads = 1, .seed = 9};
    ck_assert_int_eq(nlc_curves_run(&curves, &options), NLC_ERROR_INTERRUPTED);
    ck_assert_uint_eq(total, 200);
    nlc_curves_free(&curves);
    end();
}
END_TEST

/* A model of opinions knows no plans. */
START_TEST(test_no_plans)
{
    nlc_curves curves;
    begin("degroot");
    const nlc_curves_options options = {.points = &points, .value = value_at, .num_runs = 20, .threads = 1, .seed = 9};
    ck_assert_int_eq(nlc_curves_run(&curves, &options), NLC_ERROR_INPUT);
    nlc_curves_free(&curves);
    end();
}
END_TEST

RUN_SUITE("study curves", test_law, test_number_alone, test_stopping, test_no_plans)
