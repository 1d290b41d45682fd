/* The trajectories that a Morris design runs: against the definition, point by point. */
#include "trajectories.h"

#include <stdlib.h>
#include <string.h>

#include "campolongo.h"
#include "design.h"
#include "suite.h"

enum { NUM_FACTORS = 7, NUM_POINTS = NUM_FACTORS + 1, CANDIDATES = 60, WANTED = 5 };

static nlc_study study_of(nlc_factor *factors, uint64_t candidates)
{
    for (uint32_t k = 0; k < NUM_FACTORS; k++)
        factors[k] = (nlc_factor){.name = "x", .low = 0, .high = 3, .num_steps = 4};
    return (nlc_study){.design = NLC_DESIGN_MORRIS,
                       .factor = factors,
                       .num_factors = NUM_FACTORS,
                       .points = WANTED,
                       .candidates = candidates,
                       .seed = 237,
                       .replicates = 1,
                       .scenario_factor = NLC_NONE,
                       .model_factor = NLC_NONE};
}

/* All points of a design as coordinates in [0, 1]. */
static double *points_of(const nlc_study *study)
{
    nlc_design design;
    ck_assert_int_eq(nlc_design_init(&design, study), NLC_OK);
    double *points = malloc((design.num_points * NUM_FACTORS + 1) * sizeof *points);
    for (uint64_t p = 0; p < design.num_points; p++) {
        nlc_design_point(&design, p, points + p * NUM_FACTORS);
        for (uint32_t k = 0; k < NUM_FACTORS; k++)
            points[p * NUM_FACTORS + k] /= 3;
    }
    nlc_design_free(&design);
    return points;
}

START_TEST(runs_the_set_that_the_definition_chooses)
{
    nlc_factor factors[NUM_FACTORS];
    nlc_study all = study_of(factors, 0);
    all.points = CANDIDATES;
    double *points = points_of(&all), *distance = malloc(CANDIDATES * CANDIDATES * sizeof *distance), spread;
    const nlc_trajectories trajectories = {CANDIDATES, NUM_POINTS, NUM_FACTORS, points};
    uint32_t expected[WANTED], chosen[WANTED];
    nlc_campolongo_distances(&trajectories, distance);
    ck_assert_int_eq(nlc_campolongo_choose(distance, CANDIDATES, WANTED, expected, &spread), NLC_OK);
    const nlc_study study = study_of(factors, CANDIDATES);
    ck_assert_int_eq(nlc_trajectories_choose(&study, chosen), NLC_OK);
    ck_assert_mem_eq(chosen, expected, sizeof expected);

    double *run = points_of(&study);
    const size_t size = (size_t)NUM_POINTS * NUM_FACTORS;
    for (uint32_t t = 0; t < WANTED; t++)
        ck_assert_mem_eq(run + t * size, points + chosen[t] * size, size * sizeof *run);
    const uint32_t first[] = {0, 1, 2, 3, 4};
    ck_assert_double_gt(spread, 1.02 * nlc_campolongo_spread(distance, CANDIDATES, first, WANTED));
    free(points);
    free(distance);
    free(run);
}
END_TEST

/* As many candidates as are run: the first ones, as without a choice. */
START_TEST(no_choice_is_the_first_trajectories)
{
    nlc_factor factors[NUM_FACTORS];
    const nlc_study plain = study_of(factors, 0), same = study_of(factors, WANTED);
    double *one = points_of(&plain), *other = points_of(&same);
    ck_assert_mem_eq(one, other, sizeof *one * WANTED * NUM_POINTS * NUM_FACTORS);
    free(one);
    free(other);
}
END_TEST

/* Too many sets to look at each: still distinct trajectories, and the same each time. */
START_TEST(many_factors_and_candidates)
{
    enum { MANY = 70, RUN = 20, OF = 500 };
    nlc_factor factors[MANY] = {{0}};
    nlc_study study = study_of(factors, OF);
    study.num_factors = MANY;
    study.points = RUN;
    uint32_t chosen[RUN], again[RUN];
    ck_assert_int_eq(nlc_trajectories_choose(&study, chosen), NLC_OK);
    ck_assert_int_eq(nlc_trajectories_choose(&study, again), NLC_OK);
    ck_assert_mem_eq(chosen, again, sizeof chosen);
    for (uint32_t t = 1; t < RUN; t++)
        ck_assert_uint_lt(chosen[t - 1], chosen[t]);
    ck_assert_uint_lt(chosen[RUN - 1], OF);
    ck_assert_uint_gt(chosen[RUN - 1], RUN);
}
END_TEST

RUN_SUITE("trajectories", runs_the_set_that_the_definition_chooses, no_choice_is_the_first_trajectories,
          many_factors_and_candidates)
