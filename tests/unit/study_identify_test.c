/* What a posterior sample says of each unknown. */
#include <math.h>

#include "identify.h"
#include "stream.h"
#include "suite.h"

enum { DRAWS = 2000, UNKNOWNS = 4 };

START_TEST(test_identify)
{
    static double points[DRAWS * UNKNOWNS];
    nlc_identification found[UNKNOWNS];
    for (uint32_t i = 0; i < DRAWS; i++) {
        nlc_stream stream = nlc_stream_for(1, 1, i);
        double *point = points + i * UNKNOWNS;
        point[0] = nlc_stream_unit(&stream);
        point[1] = 0.3 + 0.2 * nlc_stream_unit(&stream);
        point[2] = 0.25 + 0.75 * nlc_stream_unit(&stream);
        point[3] = 1 - point[1] + 0.01 * nlc_stream_unit(&stream);
    }
    nlc_identify(points, DRAWS, UNKNOWNS, found);
    ck_assert_int_eq(found[0].identified, NLC_NOT_IDENTIFIED);
    ck_assert_double_eq_tol(found[0].ratio, 1, 0.04);
    ck_assert_int_eq(found[1].identified, NLC_IDENTIFIED);
    ck_assert_double_eq_tol(found[1].ratio, 0.2, 0.01);
    ck_assert_double_eq_tol(found[1].shift, -0.1 * sqrt(12), 0.02);
    ck_assert_uint_eq(found[1].partner, 3);
    ck_assert_double_eq_tol(found[1].correlation, -1, 0.01);
    ck_assert_int_eq(found[2].identified, NLC_WEAKLY);
    ck_assert_double_eq_tol(found[2].ratio, 0.75, 0.03);
}
END_TEST

START_TEST(test_wide_but_moved)
{
    static double points[DRAWS];
    nlc_identification found;
    for (uint32_t i = 0; i < DRAWS; i++) {
        nlc_stream stream = nlc_stream_for(1, 2, i);
        points[i] = pow(nlc_stream_unit(&stream), 0.5);
    }
    nlc_identify(points, DRAWS, 1, &found);
    ck_assert_uint_eq(found.partner, NLC_NONE);
    ck_assert_double_gt(found.shift, 0.3);
    ck_assert_int_eq(found.identified, NLC_WEAKLY);
}
END_TEST

RUN_SUITE("study identify", test_identify, test_wide_but_moved)
