/* The nearest points against a search through all of them. */
#include "kdtree.h"
#include "network_fixture.h"
#include "sphere.h"

#include <check.h>

static int compare(const void *left, const void *right)
{
    const nlc_neighbour *a = left, *b = right;
    if (a->distance != b->distance) {
        return a->distance < b->distance ? -1 : 1;
    }
    if (a->turn != b->turn) {
        return a->turn < b->turn ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

static uint32_t search_all(const nlc_point3 *points, uint32_t num, const nlc_point3 *point, nlc_neighbour *found)
{
    uint32_t num_found = 0;
    for (uint32_t i = 0; i < num; i++) {
        double distance = 0;
        for (int axis = 0; axis < 3; axis++) {
            const double gap = points[i].position[axis] - point->position[axis];
            distance += gap * gap;
        }
        if (points[i].index != point->index) {
            found[num_found++] = (nlc_neighbour){distance, points[i].key - point->key, points[i].index};
        }
    }
    qsort(found, num_found, sizeof *found, compare);
    return num_found;
}

/* Points on a grid of `step` degrees, so that there are many ties, or anywhere (step 0). */
static nlc_point3 *make_points(uint32_t num, double step, uint64_t seed)
{
    nlc_point3 *points = calloc(num + 1, sizeof *points);
    for (uint32_t i = 0; i < num; i++) {
        double lat = 170 * fixture_random(&seed) - 85, lon = 360 * fixture_random(&seed) - 180;
        if (step > 0) {
            lat = step * floor(lat / step);
            lon = step * floor(lon / step);
        }
        points[i] = (nlc_point3){.key = nlc_hash((const char *)&i, sizeof i), .index = i};
        nlc_sphere_position((float)lat, (float)lon, points[i].position);
    }
    return points;
}

static void check_points(uint32_t num, double step, uint32_t num_wanted)
{
    nlc_point3 *points = make_points(num, step, num + 237);
    nlc_neighbour *expected = calloc(num + 1, sizeof *expected), *found = calloc(num_wanted + 1, sizeof *found);
    nlc_kdtree tree;
    ck_assert_int_eq(nlc_kdtree_init(&tree, points, num), NLC_OK);
    for (uint32_t i = 0; i < num; i++) {
        const uint32_t num_found = nlc_kdtree_nearest(&tree, &points[i], num_wanted, found);
        const uint32_t num_others = search_all(points, num, &points[i], expected);
        ck_assert_uint_eq(num_found, num_others < num_wanted ? num_others : num_wanted);
        for (uint32_t k = 0; k < num_found; k++) {
            ck_assert_int_eq(compare(&found[k], &expected[k]), 0);
        }
    }
    nlc_kdtree_free(&tree);
    nlc_kdtree_free(&tree);
    free(found);
    free(expected);
    free(points);
}

START_TEST(nearest_are_the_nearest)
{
    check_points(0, 0, 5);
    check_points(1, 0, 5);
    check_points(2, 0, 5);
    check_points(9, 0, 5);
    check_points(17, 0, 30);
    check_points(1000, 0, 1);
    check_points(1000, 0, 7);
    check_points(300, 0, 299);
}
END_TEST

START_TEST(ties_go_round_by_key)
{
    check_points(1000, 10, 7);
    check_points(1000, 45, 7);
    check_points(1000, 400, 7);
}
END_TEST

/* If ties went to the smallest keys, the last place would be somebody's neighbour nowhere. */
START_TEST(places_at_one_position_make_a_ring)
{
    enum { NUM = 500, WANTED = 4 };
    nlc_point3 *points = make_points(NUM, 400, 1);
    uint32_t heard[NUM] = {0};
    nlc_neighbour found[WANTED];
    nlc_kdtree tree;
    ck_assert_int_eq(nlc_kdtree_init(&tree, points, NUM), NLC_OK);
    for (uint32_t i = 0; i < NUM; i++) {
        memcpy(points[i].position, points[0].position, sizeof points[i].position);
    }
    nlc_kdtree_free(&tree);
    ck_assert_int_eq(nlc_kdtree_init(&tree, points, NUM), NLC_OK);
    for (uint32_t i = 0; i < NUM; i++) {
        ck_assert_uint_eq(nlc_kdtree_nearest(&tree, &points[i], WANTED, found), WANTED);
        for (int k = 0; k < WANTED; k++) {
            heard[found[k].index]++;
        }
    }
    for (uint32_t i = 0; i < NUM; i++) {
        ck_assert_uint_eq(heard[i], WANTED);
    }
    nlc_kdtree_free(&tree);
    free(points);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network kdtree");
    TCase *tests = tcase_create("kdtree");
    tcase_add_test(tests, nearest_are_the_nearest);
    tcase_add_test(tests, ties_go_round_by_key);
    tcase_add_test(tests, places_at_one_position_make_a_ring);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
