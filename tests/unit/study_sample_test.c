/* Intervals, classes and orders that the methods share. */
#include "sample.h"

#include <math.h>

#include "suite.h"

START_TEST(estimates)
{
    const double again[] = {0.2, NAN, 0.5, 0.8, NAN};
    const nlc_estimate found = nlc_estimate_of(0.237, again, 5);
    ck_assert_double_eq_tol(found.value, 0.237, 1e-15);
    ck_assert_double_eq_tol(found.error, 0.3, 1e-15);
    ck_assert_double_eq_tol(found.low, 0.237 - 0.3 * 1.959963984540054, 1e-15);
    ck_assert_double_eq_tol(found.high, 0.237 + 0.3 * 1.959963984540054, 1e-15);
    ck_assert_double_nan(nlc_estimate_of(0.237, again, 1).error);
    ck_assert_double_nan(nlc_estimate_of(0.237, again, 0).low);
}
END_TEST

START_TEST(classes_of_equal_size)
{
    const double x[] = {0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.6, 0.4};
    const nlc_sample sample = {8, 1, x, NULL};
    nlc_placed room[8];
    uint32_t class_of[8];
    ck_assert_uint_eq(nlc_classes_of(&sample, 0, 4, room, class_of), 4);
    const uint32_t expected[] = {3, 0, 3, 0, 2, 1, 2, 1};
    for (int i = 0; i < 8; i++)
        ck_assert_uint_eq(class_of[i], expected[i]);
}
END_TEST

/* Equal values stay together; as few values as classes have a class each, however unequal in size. */
START_TEST(classes_of_few_values)
{
    const double x[] = {5, 1, 5, 5, 2, 5, 5, 5};
    const nlc_sample sample = {8, 1, x, NULL};
    nlc_placed room[8];
    uint32_t class_of[8];
    ck_assert_uint_eq(nlc_classes_of(&sample, 0, 3, room, class_of), 3);
    ck_assert_uint_eq(class_of[1], 0);
    ck_assert_uint_eq(class_of[4], 1);
    ck_assert_uint_eq(class_of[7], 2);
    ck_assert_uint_eq(nlc_classes_of(&sample, 0, 2, room, class_of), 1);
    ck_assert_uint_eq(class_of[0], class_of[7]);
    const double constant[] = {3, 3, 3};
    const nlc_sample same = {3, 1, constant, NULL};
    ck_assert_uint_eq(nlc_classes_of(&same, 0, 2, room, class_of), 1);
}
END_TEST

START_TEST(classes_of_nothing)
{
    uint32_t class_of[9], count[3] = {0};
    ck_assert_uint_eq(nlc_classes_of_nothing(9, 3, 5, class_of), 3);
    for (int i = 0; i < 9; i++)
        count[class_of[i]]++;
    for (int c = 0; c < 3; c++)
        ck_assert_uint_eq(count[c], 3);
}
END_TEST

START_TEST(orders)
{
    nlc_placed placed[] = {{2, 0}, {1, 3}, {1, 1}, {-4, 2}};
    const uint32_t expected[] = {2, 1, 3, 0};
    nlc_placed_sort(placed, 4);
    for (int i = 0; i < 4; i++)
        ck_assert_uint_eq(placed[i].index, expected[i]);
    double values[] = {0.3, -1, 0.2};
    nlc_sort(values, 3);
    ck_assert(values[0] == -1 && values[1] == 0.2 && values[2] == 0.3);
    nlc_sort(values, 0);
}
END_TEST

RUN_SUITE("study sample", estimates, classes_of_equal_size, classes_of_few_values, classes_of_nothing, orders)
