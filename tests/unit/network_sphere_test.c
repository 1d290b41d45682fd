/* Positions against the C library's sine and cosine. */
#include "sphere.h"

#include <check.h>
#include <math.h>

#define TOLERANCE 3e-16

START_TEST(positions_agree_with_the_library)
{
    const double radians = acos(-1.0) / 180;
    for (float lat = -90; lat <= 90; lat += 1.237f) {
        for (float lon = -360; lon <= 360; lon += 3.7f) {
            double position[3];
            nlc_sphere_position(lat, lon, position);
            ck_assert_double_eq_tol(position[0], cos(lat * radians) * cos(lon * radians), 2 * TOLERANCE);
            ck_assert_double_eq_tol(position[1], cos(lat * radians) * sin(lon * radians), 2 * TOLERANCE);
            ck_assert_double_eq_tol(position[2], sin(lat * radians), TOLERANCE);
        }
    }
}
END_TEST

START_TEST(quarter_circles_are_exact)
{
    double position[3];
    nlc_sphere_position(0, 90, position);
    ck_assert(position[0] == 0 && position[1] == 1 && position[2] == 0);
    nlc_sphere_position(-90, 45, position);
    ck_assert(position[0] == 0 && position[1] == 0 && position[2] == -1);
}
END_TEST

START_TEST(the_date_line_is_no_line)
{
    double west[3], east[3];
    nlc_sphere_position(-16.5f, -180, west);
    nlc_sphere_position(-16.5f, 180, east);
    for (int axis = 0; axis < 3; axis++) {
        ck_assert(west[axis] == east[axis]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network sphere");
    TCase *tests = tcase_create("sphere");
    tcase_add_test(tests, positions_agree_with_the_library);
    tcase_add_test(tests, quarter_circles_are_exact);
    tcase_add_test(tests, the_date_line_is_no_line);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
