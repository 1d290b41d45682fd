/* Calibration where the posterior is known: seven of twenty cities after one month, each with a chance that is uniform
 * beforehand, leave a beta distribution with the shapes 8 and 14. */
#include "calibration.h"

#include "study_world.h"

#include <math.h>

enum { PARTICLES = 600, CHECKS = 120, DRAWS = 19 };

#define OBSERVED \
    "date,under,tier,group,measure,value,total,error,source\n" \
    "2024-02-01,A,city,,adopted,7,20,0.5,t\n2024-04-01,A,city,,adopted,20,20,0.5,t\n"

static nlc_targets targets;
static const bool use[] = {true, false};
static nlc_calibration_options options;

static double value_at(const void *context, uint32_t address, double probability)
{
    (void)context;
    (void)address;
    return probability;
}

static void begin(void)
{
    nlc_problems problems = {0};
    world_begin(OBSERVED);
    ck_assert_int_eq(nlc_targets_init(&targets, &world, &world_points.scenario, &problems), NLC_OK);
    nlc_problems_free(&problems);
    /* Less than one error of half a place: the very count. */
    options = (nlc_calibration_options){.targets = &targets,
                                        .points = &world_points,
                                        .use = use,
                                        .value = value_at,
                                        .num_particles = PARTICLES,
                                        .threads = 2,
                                        .seed = 5,
                                        .most_simulations = 200000,
                                        .tolerance = 0.9};
}

static void end(void)
{
    nlc_targets_free(&targets);
    world_end();
}

START_TEST(test_posterior)
{
    nlc_abc abc;
    double mean = 0, square = 0;
    begin();
    ck_assert_int_eq(nlc_calibrate(&abc, &options), NLC_OK);
    ck_assert_uint_eq(abc.num_particles, PARTICLES);
    ck_assert_double_le(abc.tolerance, 0.9);
    for (uint32_t k = 0; k < PARTICLES; k++) {
        ck_assert_double_le(abc.distances[k], 0.9);
        mean += abc.weights[k] * abc.points[k];
    }
    for (uint32_t k = 0; k < PARTICLES; k++)
        square += abc.weights[k] * (abc.points[k] - mean) * (abc.points[k] - mean);
    const double variance = 8.0 * 14 / (22.0 * 22 * 23), worth = nlc_abc_effective(&abc);
    ck_assert_double_eq_tol(mean, 8.0 / 22, 4.5 * sqrt(variance / worth));
    ck_assert_double_eq_tol(sqrt(square), sqrt(variance), 4.5 * sqrt(variance / 2 / worth));
    nlc_abc_free(&abc);
    end();
}
END_TEST

/* By the end of month 3 a city has adopted with 1 - (1 - p)^3, p from the posterior: the mean of (1 - p)^3 under the
 * beta is 14 * 15 * 16 / (22 * 23 * 24). The count of the fit is predicted anew, and is not 7 again. */
START_TEST(test_predictions)
{
    static uint32_t chosen[PARTICLES];
    static double values[PARTICLES][2];
    double mean = 0, square = 0, first = 0;
    nlc_abc abc;
    begin();
    ck_assert_int_eq(nlc_calibrate(&abc, &options), NLC_OK);
    nlc_abc_resample(&abc, 1, chosen, PARTICLES);
    ck_assert_int_eq(nlc_calibration_predict(&abc, &options, chosen, PARTICLES, values[0]), NLC_OK);
    for (uint32_t k = 0; k < PARTICLES; k++) {
        mean += values[k][1] / PARTICLES;
        square += values[k][1] * values[k][1] / PARTICLES;
        first += (values[k][0] - 7) * (values[k][0] - 7) / PARTICLES;
    }
    const double law = WORLD_CITIES * (1 - 14.0 * 15 * 16 / (22.0 * 23 * 24));
    ck_assert_double_eq_tol(mean, law, 4.5 * sqrt((square - mean * mean) / nlc_abc_effective(&abc)));
    /* Beta-binomial: wider than chance alone at any one value, which is at most 5. */
    const double variance = 20.0 * 8 * 14 * 42 / (22.0 * 22 * 23), away = 20 * 8.0 / 22 - 7;
    ck_assert_double_eq_tol(first, variance + away * away, 2.7);
    nlc_abc_free(&abc);
    end();
}
END_TEST

static bool refuse(void *context, uint32_t done, uint32_t total)
{
    (void)context;
    (void)done;
    return total == 0;
}

START_TEST(test_stopping)
{
    nlc_abc abc;
    begin();
    options.progress = refuse;
    ck_assert_int_eq(nlc_calibrate(&abc, &options), NLC_ERROR_INTERRUPTED);
    nlc_abc_free(&abc);
    end();
}
END_TEST

/* Ranks of the truth are uniform from 0 to DRAWS, with the variance of that law; those of a shifted posterior are not. */
START_TEST(test_ranks)
{
    static uint32_t ranks[NLC_NUM_FAULTS][CHECKS];
    uint32_t num_short;
    begin();
    options.most_simulations = 20000;
    ck_assert_int_eq(nlc_calibration_ranks(&options, CHECKS, DRAWS, ranks[0], &num_short), NLC_OK);
    ck_assert_uint_eq(num_short, 0);
    double mean[NLC_NUM_FAULTS] = {0};
    for (nlc_fault fault = 0; fault < NLC_NUM_FAULTS; fault++)
        for (uint32_t k = 0; k < CHECKS; k++) {
            ck_assert_uint_le(ranks[fault][k], DRAWS);
            mean[fault] += (double)ranks[fault][k] / CHECKS;
        }
    const double error = sqrt((DRAWS + 1.0) * (DRAWS + 1.0) - 1) / sqrt(12.0 * CHECKS);
    ck_assert_double_eq_tol(mean[NLC_FAULT_NONE], DRAWS / 2.0, 4.5 * error);
    ck_assert_double_lt(mean[NLC_FAULT_SHIFTED], DRAWS / 2.0 - 4.5 * error);
    ck_assert_double_gt(nlc_ranks_uniformity(ranks[NLC_FAULT_NONE], CHECKS, DRAWS, 10).p, NLC_SBC_CRITICAL);
    end();
}
END_TEST

RUN_SUITE("study calibration", test_posterior, test_predictions, test_stopping, test_ranks)
