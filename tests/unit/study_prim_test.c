/* PRIM: peels by hand, a box that is known, categories, whole numbers, and what limits mean. */
#include "prim.h"

#include <math.h>
#include <stdlib.h>

#include "stream.h"
#include "suite.h"

/* Ten rows, of which the upper four of the first input are of interest. */
START_TEST(by_hand)
{
    double x[20], y[10];
    for (int i = 0; i < 10; i++) {
        x[2 * i] = i + 0.5;
        x[2 * i + 1] = i * 7 % 10;
        y[i] = i >= 6;
    }
    const nlc_prim_input input = {{10, 2, x, y}, NULL, NLC_PRIM_ORIGINAL, 0.1, 0.1, 0.3};
    nlc_prim prim;
    ck_assert_int_eq(nlc_prim_init(&prim, &input), NLC_OK);
    /* A peel of one row at a time from below, until four are left, and one more, which keeps the density. */
    const uint32_t num_rows[] = {10, 9, 8, 7, 6, 5, 4, 3};
    ck_assert_uint_eq(prim.num_boxes, 8);
    for (uint32_t b = 0; b < 8; b++)
        ck_assert_uint_eq(prim.boxes[b].num_rows, num_rows[b]);
    ck_assert_double_eq_tol(prim.boxes[3].density, 4.0 / 7, 1e-15);
    ck_assert_double_eq_tol(prim.boxes[3].coverage, 1, 1e-15);
    ck_assert_double_eq_tol(prim.boxes[7].coverage, 0.75, 1e-15);
    ck_assert_double_eq_tol(prim.boxes[7].mass, 0.3, 1e-15);
    ck_assert_uint_eq(prim.boxes[0].num_restricted, 0);
    ck_assert_uint_eq(prim.boxes[6].num_restricted, 1);
    ck_assert_uint_eq(nlc_prim_best(&prim), 6);
    ck_assert_double_eq_tol(nlc_prim_limits(&prim, 1)[0].low, 1, 1e-15);
    ck_assert_double_eq_tol(nlc_prim_limits(&prim, 6)[0].low, 6, 1e-15);
    ck_assert_double_eq_tol(nlc_prim_limits(&prim, 6)[0].high, 9.5, 1e-15);
    nlc_prim_free(&prim);
    nlc_prim_free(&prim);
}
END_TEST

enum { NUM = 1000, FACTORS = 4 };
static double cells[NUM * FACTORS], interest[NUM];

/* Rows of interest: 0.3 to 0.7 of the first input and above 0.55 of the third, nine of ten. */
static nlc_prim_input known_box(void)
{
    nlc_stream stream = nlc_stream_of(8, 0);
    for (int i = 0; i < NUM; i++) {
        double *x = cells + (size_t)FACTORS * i;
        for (int f = 0; f < FACTORS; f++)
            x[f] = nlc_stream_unit(&stream);
        interest[i] = x[0] > 0.3 && x[0] < 0.7 && x[2] > 0.55 && nlc_stream_unit(&stream) < 0.9;
    }
    return (nlc_prim_input){{NUM, FACTORS, cells, interest}, NULL, NLC_PRIM_ORIGINAL, 0.05, 0.05, 0.05};
}

START_TEST(finds_a_known_box)
{
    for (int goal = NLC_PRIM_ORIGINAL; goal <= NLC_PRIM_LENIENT; goal++) {
        nlc_prim_input input = known_box();
        nlc_prim prim;
        input.goal = (nlc_prim_goal)goal;
        ck_assert_int_eq(nlc_prim_init(&prim, &input), NLC_OK);
        const uint32_t best = nlc_prim_best(&prim);
        nlc_prim_limit limits[FACTORS];
        for (int f = 0; f < FACTORS; f++)
            limits[f] = nlc_prim_limits(&prim, best)[f];
        nlc_prim_simplify(&prim, &input, 0.05, limits);
        ck_assert_double_eq_tol(limits[0].low, 0.3, 0.05);
        ck_assert_double_eq_tol(limits[0].high, 0.7, 0.05);
        ck_assert_double_eq_tol(limits[2].low, 0.55, 0.05);
        ck_assert(!nlc_prim_is_restricted(&prim, limits, 1) && !nlc_prim_is_restricted(&prim, limits, 3));
        const nlc_prim_box box = nlc_prim_measure(&input, limits);
        ck_assert_double_gt(box.coverage, 0.85);
        ck_assert_double_gt(box.density, 0.8);
        nlc_prim_free(&prim);
    }
}
END_TEST

START_TEST(quasi_p)
{
    /* Without the limit of the first input 12 of 24 rows are of interest, with it 8 of 12. */
    double x[48], y[24];
    for (int i = 0; i < 24; i++) {
        x[2 * i] = i;
        x[2 * i + 1] = i % 2;
        y[i] = i < 12 ? i < 8 : i < 16;
    }
    const nlc_prim_input input = {{24, 2, x, y}, NULL, NLC_PRIM_ORIGINAL, 0.1, 0.1, 0.1};
    nlc_prim prim;
    ck_assert_int_eq(nlc_prim_init(&prim, &input), NLC_OK);
    nlc_prim_limit limits[2] = {{0, 11, 0}, {0, 1, 0}};
    nlc_prim_quasi quasi[2];
    nlc_prim_quasi_of(&prim, &input, limits, quasi);
    /* P(8 or more of 12 at a half) = (495 + 220 + 66 + 12 + 1) / 4096. */
    ck_assert_double_eq_tol(quasi[0].both, 794.0 / 4096, 1e-9);
    ck_assert_double_eq_tol(quasi[0].high, 794.0 / 4096, 1e-9);
    ck_assert_double_nan(quasi[0].low);
    ck_assert_double_nan(quasi[1].both);
    ck_assert_double_eq_tol(limits[0].high, 11, 1e-15);
    nlc_prim_simplify(&prim, &input, 0.05, limits);
    ck_assert(!nlc_prim_is_restricted(&prim, limits, 0));
    nlc_prim_free(&prim);
}
END_TEST

START_TEST(reproduced)
{
    const nlc_prim_input input = known_box();
    nlc_prim prim;
    ck_assert_int_eq(nlc_prim_init(&prim, &input), NLC_OK);
    double by_coverage[FACTORS], by_density[FACTORS];
    const nlc_prim_box *box = &prim.boxes[nlc_prim_best(&prim)];
    ck_assert_int_eq(nlc_prim_reproduce(&input, box, (nlc_resampling){10, 1}, by_coverage, by_density), NLC_OK);
    ck_assert_double_gt(by_coverage[0], 0.7);
    ck_assert_double_eq_tol(by_density[2], 1, 1e-15);
    ck_assert_double_lt(by_coverage[1], 0.5);
    ck_assert_double_lt(by_coverage[3], 0.5);
    nlc_prim_free(&prim);
}
END_TEST

/* Category 1 and 3 of four are of interest: two peels, each of the category that gains most. */
START_TEST(categories)
{
    double x[40], y[40];
    for (int i = 0; i < 40; i++) {
        x[i] = i % 4;
        y[i] = i % 2;
    }
    const nlc_prim_kind kind[] = {NLC_PRIM_CATEGORY};
    const nlc_prim_input input = {{40, 1, x, y}, kind, NLC_PRIM_LENIENT, 0.05, 0.05, 0.3};
    nlc_prim prim;
    ck_assert_int_eq(nlc_prim_init(&prim, &input), NLC_OK);
    ck_assert_uint_eq(prim.num_boxes, 3);
    ck_assert_uint_eq(nlc_prim_limits(&prim, 0)[0].categories, 15);
    ck_assert_uint_eq(nlc_prim_limits(&prim, 2)[0].categories, 10);
    ck_assert_double_eq_tol(prim.boxes[2].density, 1, 1e-15);
    nlc_prim_free(&prim);
}
END_TEST

/* Whole numbers 0 to 4, eight rows each: 4 is of interest, and a peel takes a whole value. */
START_TEST(whole_numbers)
{
    double x[40], y[40];
    for (int i = 0; i < 40; i++) {
        x[i] = i % 5;
        y[i] = i % 5 == 4;
    }
    const nlc_prim_kind kind[] = {NLC_PRIM_WHOLE};
    const nlc_prim_input input = {{40, 1, x, y}, kind, NLC_PRIM_ORIGINAL, 0.05, 0.05, 0.2};
    nlc_prim prim;
    ck_assert_int_eq(nlc_prim_init(&prim, &input), NLC_OK);
    ck_assert_uint_eq(prim.num_boxes, 5);
    for (uint32_t b = 0; b < 5; b++) {
        ck_assert_uint_eq(prim.boxes[b].num_rows, 40 - 8 * b);
        ck_assert_double_eq_tol(nlc_prim_limits(&prim, b)[0].low, b, 1e-15);
    }
    nlc_prim_free(&prim);
}
END_TEST

/* A coarse peel takes too much; pasting gives the rest back. */
START_TEST(pasting)
{
    double x[100], y[100];
    for (int i = 0; i < 100; i++) {
        x[i] = i;
        y[i] = i >= 30 && i != 50;
    }
    const nlc_prim_input input = {{100, 1, x, y}, NULL, NLC_PRIM_ORIGINAL, 0.4, 0.02, 0.55};
    nlc_prim prim;
    ck_assert_int_eq(nlc_prim_init(&prim, &input), NLC_OK);
    const nlc_prim_box *last = &prim.boxes[prim.num_boxes - 1];
    ck_assert(last->is_pasted && !prim.boxes[1].is_pasted);
    ck_assert_uint_eq(prim.boxes[1].num_rows, 60);
    ck_assert_uint_eq(last->num_rows, 70);
    ck_assert_double_eq_tol(last->coverage, 1, 1e-15);
    nlc_prim_free(&prim);
}
END_TEST

START_TEST(nothing_to_find)
{
    const double x[] = {1, 2, 3}, none[] = {0, 0, 0}, all[] = {1, 1, 1};
    nlc_prim prim;
    const nlc_prim_input no = {{3, 1, x, none}, NULL, NLC_PRIM_ORIGINAL, 0.1, 0.1, 0.1};
    ck_assert_int_eq(nlc_prim_init(&prim, &no), NLC_ERROR_INPUT);
    nlc_prim_free(&prim);
    const nlc_prim_input yes = {{3, 1, x, all}, NULL, NLC_PRIM_ORIGINAL, 0.1, 0.1, 0.1};
    ck_assert_int_eq(nlc_prim_init(&prim, &yes), NLC_ERROR_INPUT);
    nlc_prim_free(&prim);
}
END_TEST

RUN_SUITE("study prim", by_hand, finds_a_known_box, quasi_p, reproduced, categories, whole_numbers, pasting, nothing_to_find)
