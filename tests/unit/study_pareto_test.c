/* Fronts and their volume: by hand, and against a count of cells. */
#include "pareto.h"

#include "stream.h"
#include "suite.h"

START_TEST(front)
{
    const double points[] = {1, 3, /**/ 2, 1, /**/ 3, 3, /**/ 2, 1, /**/ 1, 4, /**/ 0, 9};
    const nlc_front set = {6, 2, points};
    bool is_front[6];
    nlc_pareto_mark(&set, is_front);
    const bool expected[] = {true, true, false, false, false, true};
    for (int i = 0; i < 6; i++)
        ck_assert_int_eq(is_front[i], expected[i]);
}
END_TEST

static double volume_of(const double *points, uint32_t num, uint32_t num_objectives, double reference)
{
    const double at[] = {reference, reference, reference, reference, reference};
    const nlc_front set = {num, num_objectives, points};
    double volume = -1;
    ck_assert_int_eq(nlc_hypervolume(&set, at, &volume), NLC_OK);
    return volume;
}

START_TEST(by_hand)
{
    const double two[] = {1, 3, /**/ 2, 1, /**/ 3, 3, /**/ 2, 1, /**/ 5, 0, /**/ 0, 4};
    ck_assert_double_eq_tol(volume_of(two, 2, 2, 4), 7, 1e-15);
    ck_assert_double_eq_tol(volume_of(two, 6, 2, 4), 7, 1e-15);
    ck_assert_double_eq_tol(volume_of(two, 0, 2, 4), 0, 1e-15);
    const double line[] = {0.237, 0.5, 2};
    ck_assert_double_eq_tol(volume_of(line, 3, 1, 1), 0.763, 1e-15);
    const double three[] = {0, 0, 1, /**/ 0, 1, 0, /**/ 1, 0, 0};
    ck_assert_double_eq_tol(volume_of(three, 3, 3, 2), 7, 1e-15);
}
END_TEST

/* Points with whole coordinates: the volume is the number of cells above one of them. */
START_TEST(by_counting)
{
    enum { NUM = 12, SIDE = 4 };
    nlc_stream stream = nlc_stream_of(9, 0);
    for (int again = 0; again < 60; again++) {
        const uint32_t m = 2 + (uint32_t)again % 4;
        double points[NUM * 5];
        uint32_t num_cells = 1, counted = 0;
        for (uint32_t k = 0; k < NUM * m; k++)
            points[k] = nlc_stream_below(&stream, SIDE + 1);
        for (uint32_t k = 0; k < m; k++)
            num_cells *= SIDE;
        for (uint32_t cell = 0; cell < num_cells; cell++) {
            bool is_above = false;
            for (int i = 0; i < NUM && !is_above; i++) {
                uint32_t rest = cell;
                is_above = true;
                for (uint32_t k = 0; k < m; k++, rest /= SIDE)
                    is_above = is_above && points[(uint32_t)i * m + k] <= rest % SIDE;
            }
            counted += is_above;
        }
        ck_assert_double_eq_tol(volume_of(points, NUM, m, SIDE), counted, 1e-12);
    }
}
END_TEST

RUN_SUITE("study pareto", front, by_hand, by_counting)
