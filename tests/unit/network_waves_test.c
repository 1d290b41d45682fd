/* Rules that put places into waves. */
#include "network_fixture.h"

#include <check.h>

#define NUM 12

/* Blocks of country 0: place 0 with 3, 4 and 5; place 1 with 6; place 2 alone. Country 1: 7 to 11, flat. */
static void make_world(fixture *world)
{
    static const uint32_t parent[] = {NLC_NO_PARENT, NLC_NO_PARENT, NLC_NO_PARENT, 0, 3, 0, 1};
    static const double population[] = {900, 200, 500, 30, 20, 10, 400, 5, 5, 7, 6, NAN};
    fixture_init(world, NUM);
    for (uint32_t i = 0; i < NUM; i++) {
        fixture_add(world, i >= 7, i < 7 ? parent[i] : NLC_NO_PARENT, 0);
        world->population[i] = population[i];
        world->legacy[i] = (float)((i * 5 % 12) / 12.0);
        world->ready[i] = (float)((i * 7 % 12) / 12.0);
    }
}

static void make_waves(const fixture *world, nlc_wave_rule rule, uint64_t seed, uint32_t draw, uint32_t *wave)
{
    const nlc_links none = {0};
    for (uint32_t i = 0; i < NUM; i++) {
        wave[i] = UINT32_MAX;
    }
    ck_assert_int_eq(nlc_network_waves(&world->places, &none, &rule, seed, draw, wave), NLC_OK);
}

static void check_waves(nlc_wave_rule rule, const uint32_t *expected)
{
    uint32_t wave[NUM];
    fixture world;
    make_world(&world);
    world.key[7] = 9; /* places 7 and 8 have one population, and 8 has the smaller key */
    world.key[8] = 3;
    make_waves(&world, rule, 1, 0, wave);
    for (uint32_t i = 0; i < NUM; i++) {
        ck_assert_msg(wave[i] == expected[i], "place %u is in wave %u, expected %u", i, wave[i], expected[i]);
    }
    fixture_free(&world);
}

/* Seven places in three waves: 3, 2, 2; five: 2, 2, 1. */
START_TEST(the_largest_go_first)
{
    check_waves((nlc_wave_rule){NLC_WAVES_LARGEST, false, 3}, (const uint32_t[]){0, 1, 0, 1, 2, 2, 0, 1, 1, 0, 0, 2});
    check_waves((nlc_wave_rule){NLC_WAVES_LARGEST, false, 5}, (const uint32_t[]){0, 1, 0, 2, 3, 4, 1, 3, 2, 0, 1, 4});
    check_waves((nlc_wave_rule){NLC_WAVES_LARGEST, false, 1}, (const uint32_t[]){0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
}
END_TEST

/* Means of the blocks: 240 for place 0, 300 for place 1, 500 for place 2. */
START_TEST(blocks_move_together)
{
    check_waves((nlc_wave_rule){NLC_WAVES_LARGEST, true, 2}, (const uint32_t[]){1, 0, 0, 1, 1, 1, 0, 1, 0, 0, 0, 1});
    check_waves((nlc_wave_rule){NLC_WAVES_LARGEST, true, 9}, (const uint32_t[]){2, 1, 0, 2, 2, 2, 1, 3, 2, 0, 1, 4});
}
END_TEST

START_TEST(legacy_and_readiness)
{
    check_waves((nlc_wave_rule){NLC_WAVES_LEGACY, false, 7}, (const uint32_t[]){6, 3, 0, 4, 1, 5, 2, 0, 3, 1, 4, 2});
    check_waves((nlc_wave_rule){NLC_WAVES_READY, false, 7}, (const uint32_t[]){6, 2, 5, 1, 4, 0, 3, 4, 1, 3, 0, 2});
}
END_TEST

/* In the tree of country 0, place 0 is passed by most paths, then place 1, then 3; the others by none. */
START_TEST(the_central_go_first)
{
    uint32_t wave[NUM];
    fixture world;
    make_world(&world);
    make_waves(&world, (nlc_wave_rule){NLC_WAVES_CENTRAL, false, 7}, 1, 0, wave);
    ck_assert_uint_eq(wave[0], 0);
    ck_assert_uint_eq(wave[1] + wave[3], 3);
    uint32_t order[] = {2, 4, 5, 6};
    for (int a = 0; a < 4; a++) {
        for (int b = 0; b < 4; b++) {
            ck_assert_int_eq(wave[order[a]] < wave[order[b]], world.key[order[a]] < world.key[order[b]]);
        }
    }
    make_waves(&world, (nlc_wave_rule){NLC_WAVES_CENTRAL, true, 3}, 1, 0, wave);
    ck_assert(wave[0] == 0 && wave[4] == 0 && wave[6] == 1 && wave[2] == 2);
    fixture_free(&world);
}
END_TEST

START_TEST(chance_depends_on_seed_and_draw)
{
    uint32_t first[NUM], again[NUM], count[4] = {0};
    fixture world;
    make_world(&world);
    make_waves(&world, (nlc_wave_rule){NLC_WAVES_RANDOM, false, 7}, 237, 1, first);
    make_waves(&world, (nlc_wave_rule){NLC_WAVES_RANDOM, false, 7}, 237, 1, again);
    ck_assert_mem_eq(first, again, sizeof first);
    make_waves(&world, (nlc_wave_rule){NLC_WAVES_RANDOM, false, 7}, 237, 2, again);
    ck_assert_mem_ne(first, again, sizeof first);
    make_waves(&world, (nlc_wave_rule){NLC_WAVES_RANDOM, false, 7}, 236, 1, again);
    ck_assert_mem_ne(first, again, sizeof first);
    for (uint32_t draw = 0; draw < 7000; draw++) {
        make_waves(&world, (nlc_wave_rule){NLC_WAVES_RANDOM, true, 2}, 237, draw, first);
        ck_assert(first[0] == first[4] && first[1] == first[6] && first[0] + first[1] + first[2] == 1);
        count[0] += first[0];
        count[1] += first[1];
        count[2] += first[2];
        count[3] += first[7];
    }
    for (int k = 0; k < 3; k++) {
        ck_assert_double_eq_tol(count[k] / 7000.0, 1 / 3.0, 4.5 * sqrt(2 / 9.0 / 7000));
    }
    ck_assert_double_eq_tol(count[3] / 7000.0, 0.4, 4.5 * sqrt(0.24 / 7000));
    fixture_free(&world);
}
END_TEST

START_TEST(no_places_no_waves)
{
    const nlc_links none = {0};
    fixture world;
    fixture_init(&world, 0);
    const nlc_wave_rule rule = {NLC_WAVES_READY, true, 2};
    ck_assert_int_eq(nlc_network_waves(&world.places, &none, &rule, 1, 0, NULL), NLC_OK);
    fixture_free(&world);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network waves");
    TCase *tests = tcase_create("waves");
    tcase_add_test(tests, the_largest_go_first);
    tcase_add_test(tests, blocks_move_together);
    tcase_add_test(tests, legacy_and_readiness);
    tcase_add_test(tests, the_central_go_first);
    tcase_add_test(tests, chance_depends_on_seed_and_draw);
    tcase_add_test(tests, no_places_no_waves);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
