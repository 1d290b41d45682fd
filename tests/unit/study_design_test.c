#include "design.h"

#include "draw.h"
#include "suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[] = {"a", "b", "c"};

static nlc_factor range(double low, double high)
{
    return (nlc_factor){.name = "x", .low = low, .high = high, .num_steps = 4};
}

static nlc_factor levels(uint32_t num)
{
    return (nlc_factor){.name = "x", .num_levels = num, .level = (const char **)(uintptr_t)words};
}

static nlc_study study_of(nlc_design_kind design, nlc_factor *factors, uint32_t num, uint64_t points)
{
    return (nlc_study){.design = design,
                       .factor = factors,
                       .num_factors = num,
                       .points = points,
                       .seed = 237,
                       .replicates = 1,
                       .scenario_factor = NLC_NONE,
                       .model_factor = NLC_NONE};
}

START_TEST(factorial_and_single)
{
    nlc_factor factors[] = {range(1, 7), levels(3)};
    nlc_study study = study_of(NLC_DESIGN_FACTORIAL, factors, 2, 0);
    nlc_design design;
    double values[2];
    ck_assert_int_eq(nlc_design_init(&design, &study), NLC_OK);
    ck_assert_uint_eq(design.num_points, 12);
    nlc_design_point(&design, 5, values);
    ck_assert_double_eq(values[0], 3);
    ck_assert_double_eq(values[1], 2);
    nlc_design_free(&design);
    study.design = NLC_DESIGN_ONE_AT_A_TIME;
    ck_assert_int_eq(nlc_design_init(&design, &study), NLC_OK);
    ck_assert_uint_eq(design.num_points, 8);
    nlc_design_point(&design, 0, values);
    ck_assert(isnan(values[0]) && isnan(values[1]));
    nlc_design_point(&design, 4, values);
    ck_assert(values[0] == 7 && isnan(values[1]));
    nlc_design_point(&design, 6, values);
    ck_assert(isnan(values[0]) && values[1] == 1);
    nlc_design_free(&design);
}
END_TEST

/* Each of the slices of each factor has one point, and not the same one in both. */
START_TEST(latin_hypercube)
{
    enum { NUM = 137 };
    nlc_factor factors[] = {range(0, NUM), range(0, NUM)};
    nlc_study study = study_of(NLC_DESIGN_LHS, factors, 2, NUM);
    nlc_design design;
    uint32_t seen[2][NUM] = {{0}}, same = 0;
    ck_assert_int_eq(nlc_design_init(&design, &study), NLC_OK);
    for (uint32_t p = 0; p < NUM; p++) {
        double values[2];
        nlc_design_point(&design, p, values);
        for (uint32_t k = 0; k < 2; k++)
            seen[k][(uint32_t)values[k]]++;
        same += (uint32_t)values[0] == (uint32_t)values[1];
    }
    for (uint32_t p = 0; p < NUM; p++)
        ck_assert(seen[0][p] == 1 && seen[1][p] == 1);
    ck_assert_uint_lt(same, 8);
    nlc_design_free(&design);
}
END_TEST

START_TEST(permutations_hold_each_number_once)
{
    static const uint32_t sizes[] = {1, 2, 3, 64, 65, 1000, 4096};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        bool *seen = calloc(sizes[k], sizeof *seen);
        for (uint32_t i = 0; i < sizes[k]; i++) {
            const uint64_t at = nlc_draw_permuted(9, 3, i, sizes[k]);
            ck_assert(at < sizes[k] && !seen[at]);
            seen[at] = true;
        }
        free(seen);
    }
}
END_TEST

/* The known answers of the Philox4x32-10 of Random123 for a counter and key of all ones bits; the first
 * word. */
START_TEST(philox_is_philox)
{
    ck_assert_uint_eq(nlc_draw_bits(0, NLC_DRAW_SHIFT, 0, 0), 0x6627e8d5);
    ck_assert_uint_eq(nlc_draw_bits(UINT64_MAX, (nlc_draw_purpose)UINT32_MAX, UINT32_MAX, UINT64_MAX), 0x408f276d);
}
END_TEST

/* Of 2^m points of a Sobol' sequence, each of 2^m slices of each dimension has one, also when shifted; and
 * a point does not depend on those asked for before. */
START_TEST(sobol_is_balanced_and_open_anywhere)
{
    enum { NUM = 256, DIMENSIONS = 7 };
    nlc_factor factors[DIMENSIONS];
    uint32_t seen[DIMENSIONS][NUM] = {{0}};
    double kept[DIMENSIONS], values[DIMENSIONS];
    for (uint32_t k = 0; k < DIMENSIONS; k++)
        factors[k] = range(0, NUM);
    nlc_study study = study_of(NLC_DESIGN_SOBOL, factors, DIMENSIONS, NUM);
    nlc_design design;
    ck_assert_int_eq(nlc_design_init(&design, &study), NLC_OK);
    for (uint32_t p = 0; p < NUM; p++) {
        nlc_design_point(&design, p, values);
        if (p == 23)
            memcpy(kept, values, sizeof kept);
        for (uint32_t k = 0; k < DIMENSIONS; k++)
            seen[k][(uint32_t)values[k]]++;
    }
    for (uint32_t k = 0; k < DIMENSIONS; k++)
        for (uint32_t p = 0; p < NUM; p++)
            ck_assert_uint_eq(seen[k][p], 1);
    nlc_design_point(&design, 23, values);
    ck_assert_mem_eq(kept, values, sizeof kept);
    nlc_design_free(&design);
}
END_TEST

START_TEST(saltelli_takes_one_factor_from_the_other_matrix)
{
    nlc_factor factors[] = {range(0, 1), range(0, 1), range(0, 1)};
    nlc_study study = study_of(NLC_DESIGN_SALTELLI, factors, 3, 11);
    nlc_design design;
    double rows[5][3];
    ck_assert_int_eq(nlc_design_init(&design, &study), NLC_OK);
    ck_assert_uint_eq(design.num_points, 55);
    ck_assert_uint_eq(design.block_size, 5);
    for (uint32_t block = 0; block < 11; block++) {
        for (uint32_t r = 0; r < 5; r++)
            nlc_design_point(&design, block * 5 + r, rows[r]);
        for (uint32_t r = 1; r < 4; r++)
            for (uint32_t k = 0; k < 3; k++)
                ck_assert_double_eq(rows[r][k], k == r - 1 ? rows[4][k] : rows[0][k]);
    }
    nlc_design_free(&design);
}
END_TEST

START_TEST(morris_moves_each_factor_once)
{
    nlc_factor factors[] = {range(0, 3), levels(3), levels(2), range(0, 3), range(0, 3)};
    nlc_study study = study_of(NLC_DESIGN_MORRIS, factors, 5, 40);
    nlc_design design;
    uint32_t first_moved[5] = {0};
    ck_assert_int_eq(nlc_design_init(&design, &study), NLC_OK);
    for (uint32_t t = 0; t < 40; t++) {
        uint32_t moved = 0;
        double before[5], after[5];
        nlc_design_point(&design, t * 6, before);
        for (uint32_t step = 1; step < 6; step++) {
            uint32_t changes = 0;
            nlc_design_point(&design, t * 6 + step, after);
            for (uint32_t k = 0; k < 5; k++) {
                if (after[k] == before[k])
                    continue;
                changes++;
                moved |= 1U << k;
                first_moved[k] += step == 1;
                ck_assert(k == 1 || k == 2 || fabs(after[k] - before[k]) == 2);
            }
            ck_assert_uint_eq(changes, 1);
            memcpy(before, after, sizeof before);
        }
        ck_assert_uint_eq(moved, 31);
    }
    /* The order is by chance: 40 trajectories with 5 factors, 8 expected of each, 4.5 standard errors. */
    for (uint32_t k = 0; k < 5; k++)
        ck_assert(first_moved[k] >= 1 && first_moved[k] <= 19);
    nlc_design_free(&design);
}
END_TEST

START_TEST(crossed_repeats_the_same_uncertainties)
{
    nlc_factor factors[] = {levels(3), range(0, 1)};
    factors[1].role = NLC_ROLE_UNCERTAINTY;
    nlc_study study = study_of(NLC_DESIGN_CROSSED, factors, 2, 7);
    nlc_design design;
    double one[2], other[2];
    ck_assert_int_eq(nlc_design_init(&design, &study), NLC_OK);
    ck_assert_uint_eq(design.num_points, 21);
    for (uint32_t p = 0; p < 7; p++) {
        nlc_design_point(&design, p, one);
        nlc_design_point(&design, p + 14, other);
        ck_assert(one[0] == 0 && other[0] == 2 && one[1] == other[1]);
    }
    nlc_design_free(&design);
}
END_TEST

START_TEST(quantiles_of_distributions)
{
    nlc_factor factor = range(2, 10);
    ck_assert_double_eq_tol(nlc_factor_at(&factor, 0.237), 3.896, 1e-6);
    factor.is_log = true;
    ck_assert_double_eq_tol(nlc_factor_at(&factor, 0.5), sqrt(20), 1e-6);
    factor.is_log = false;
    factor.distribution = NLC_DISTRIBUTION_TRIANGULAR, factor.first = 4;
    ck_assert_double_eq_tol(nlc_factor_at(&factor, 0.25), 4, 1e-6);
    ck_assert_double_eq_tol(nlc_factor_at(&factor, 0.0625), 3, 1e-6);
    factor.distribution = NLC_DISTRIBUTION_NORMAL, factor.first = 6, factor.second = 2;
    ck_assert_double_eq_tol(nlc_factor_at(&factor, 0.5), 6, 1e-6);
    ck_assert_double_eq_tol(nlc_factor_at(&factor, 0), 2, 1e-6);
    /* 0.9772499 - 0.0227501 = 0.9544997 of the mass is inside: 0.8413447 is reached at (0.8413447 - 0.0227501) / it. */
    ck_assert_double_eq_tol(nlc_factor_at(&factor, 0.8576163), 8, 1e-5);
    factor.distribution = NLC_DISTRIBUTION_BETA, factor.first = 2, factor.second = 1;
    ck_assert_double_eq_tol(nlc_factor_at(&factor, 0.25), 6, 1e-6);
    nlc_factor whole = range(3, 5);
    whole.kind = NLC_FACTOR_KIND_INTEGER;
    ck_assert_double_eq(nlc_factor_at(&whole, 0.332), 3);
    ck_assert_double_eq(nlc_factor_at(&whole, 0.334), 4);
    ck_assert_double_eq(nlc_factor_at(&whole, 1), 5);
    nlc_factor words_of = levels(3);
    ck_assert_double_eq(nlc_factor_at(&words_of, 0.667), 2);
    ck_assert_double_eq(nlc_factor_at(&words_of, 1), 2);
}
END_TEST

START_TEST(designs_that_cannot_be)
{
    char text[NLC_DESIGN_PROBLEM_LENGTH];
    nlc_factor factors[41];
    for (uint32_t k = 0; k < 41; k++)
        factors[k] = range(0, 1);
    nlc_study study = study_of(NLC_DESIGN_SOBOL, factors, 41, 8);
    ck_assert_str_eq(nlc_design_problem(&study, text),
                     "the design sobol takes at most 40 factors, and there are 41; screen them with morris first, or use lhs");
    study.num_factors = 40;
    ck_assert_ptr_null(nlc_design_problem(&study, text));
    study.design = NLC_DESIGN_SALTELLI, study.num_factors = 21;
    ck_assert_str_eq(nlc_design_problem(&study, text),
                     "the design saltelli takes at most 20 factors, and there are 21; screen them with morris first, or use lhs");
    study.design = NLC_DESIGN_CROSSED, study.num_factors = 2;
    ck_assert_str_eq(nlc_design_problem(&study, text),
                     "a crossed design needs a lever and an uncertainty; there is no uncertainty");
    study.design = NLC_DESIGN_FACTORIAL, study.num_factors = 20;
    ck_assert_str_eq(nlc_design_problem(&study, text),
                     "the design has 1099511627776 points of 1 runs, which is more than 1000000000 runs");
}
END_TEST

RUN_SUITE("design", factorial_and_single, latin_hypercube, permutations_hold_each_number_once, philox_is_philox,
          sobol_is_balanced_and_open_anywhere, saltelli_takes_one_factor_from_the_other_matrix, morris_moves_each_factor_once,
          crossed_repeats_the_same_uncertainties, quantiles_of_distributions, designs_that_cannot_be)
