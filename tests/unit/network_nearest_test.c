/* Peers by distance against a search by haversines, and the fallback on the hierarchy by hand. */
#include "network_fixture.h"

#include <check.h>

static const nlc_peer_rule nearest_2 = {.kind = NLC_PEERS_NEAREST, .neighbours = 2};
static const nlc_peer_rule nearest_3 = {.kind = NLC_PEERS_NEAREST, .neighbours = 3};
static const nlc_peer_rule nearest_5 = {.kind = NLC_PEERS_NEAREST, .neighbours = 5};

static double haversine(const nlc_places *places, uint32_t a, uint32_t b)
{
    const double radians = acos(-1.0) / 180;
    const double lat_a = places->lat[a] * radians, lat_b = places->lat[b] * radians;
    const double half_lat = sin((lat_b - lat_a) / 2), half_lon = sin((places->lon[b] - places->lon[a]) * radians / 2);
    return 2 * asin(sqrt(half_lat * half_lat + cos(lat_a) * cos(lat_b) * half_lon * half_lon));
}

/* How many places of the same country and tier are nearer to `a` than `b` is. */
static uint32_t num_nearer(const nlc_places *places, uint32_t a, uint32_t b)
{
    const double distance = haversine(places, a, b);
    uint32_t num = 0;
    for (uint32_t i = 0; i < places->num_places; i++) {
        const bool is_candidate =
            i != a && i != b && places->country[i] == places->country[a] && places->tier[i] == places->tier[a];
        num += is_candidate && haversine(places, a, i) < distance;
    }
    return num;
}

START_TEST(nearest_agree_with_haversines)
{
    fixture world;
    uint64_t state = 237;
    fixture_init(&world, 240);
    for (uint32_t i = 0; i < 240; i++) {
        fixture_add(&world, i / 120, NLC_NO_PARENT, i % 3 == 0);
        world.lat[i] = (float)(178 * fixture_random(&state) - 89);
        world.lon[i] = (float)(360 * fixture_random(&state) - 180);
    }
    nlc_links links = {0};
    ck_assert_int_eq(nlc_network_peers(&world.places, &nearest_5, 1, 0, &links), NLC_OK);
    ck_assert(links_are_proper(&links));
    size_t num_expected = 0;
    for (uint32_t a = 0; a < 240; a++) {
        for (uint32_t b = 0; b < 240; b++) {
            const bool is_candidate = a != b && world.country[a] == world.country[b] && world.tier[a] == world.tier[b];
            const bool is_near = is_candidate && (num_nearer(&world.places, a, b) < 5 || num_nearer(&world.places, b, a) < 5);
            ck_assert_int_eq(links_have(&links, a, b), is_near);
            num_expected += is_near;
        }
    }
    ck_assert_uint_eq(links.num, num_expected);
    nlc_links_free(&links);
    fixture_free(&world);
}
END_TEST

/* Taveuni and Wallis lie on either side of the date line. */
START_TEST(the_date_line_does_not_part)
{
    fixture world;
    fixture_init_flat(&world, 4);
    const float lat[] = {-16.85f, -13.28f, -17.5f, -21.1f}, lon[] = {179.97f, -176.2f, 150.0f, -150.0f};
    memcpy(world.lat, lat, sizeof lat);
    memcpy(world.lon, lon, sizeof lon);
    const nlc_peer_rule nearest_1 = {.kind = NLC_PEERS_NEAREST, .neighbours = 1};
    nlc_links links = {0};
    ck_assert_int_eq(nlc_network_peers(&world.places, &nearest_1, 1, 0, &links), NLC_OK);
    ck_assert(links_have(&links, 0, 1) && links_have(&links, 2, 0) && links_have(&links, 3, 1));
    ck_assert_uint_eq(links.num, 6);
    nlc_links_free(&links);
    fixture_free(&world);
}
END_TEST

START_TEST(few_places_are_all_joined)
{
    fixture world;
    uint64_t state = 1;
    fixture_init_flat(&world, 4);
    for (uint32_t i = 0; i < 4; i++) {
        world.lat[i] = (float)fixture_random(&state);
        world.lon[i] = (float)fixture_random(&state);
    }
    nlc_links links = {0};
    ck_assert_int_eq(nlc_network_peers(&world.places, &nearest_5, 1, 0, &links), NLC_OK);
    ck_assert_uint_eq(links.num, 12);
    nlc_links_free(&links);
    fixture_free(&world);
}
END_TEST

/* Two regions (0, 1), in each two provinces (2 to 5), in each `num_cities` cities from 6 on. */
static void make_tree(fixture *world, uint32_t num_cities)
{
    fixture_init(world, 6 + 4 * num_cities);
    for (uint32_t i = 0; i < 6; i++) {
        fixture_add(world, 0, i < 2 ? NLC_NO_PARENT : (i - 2) / 2, i < 2 ? 0 : 1);
    }
    for (uint32_t i = 0; i < 4 * num_cities; i++) {
        fixture_add(world, 0, 2 + i / num_cities, 2);
    }
}

static void set_keys(fixture *world)
{
    for (uint32_t i = 0; i < world->places.num_places; i++) {
        world->key[i] = i;
    }
}

START_TEST(siblings_without_coordinates_make_a_ring)
{
    fixture world;
    make_tree(&world, 5);
    set_keys(&world);
    nlc_links links = {0};
    ck_assert_int_eq(nlc_network_peers(&world.places, &nearest_2, 1, 0, &links), NLC_OK);
    ck_assert(links_are_proper(&links));
    for (uint32_t city = 6; city < 26; city++) {
        const uint32_t first = 6 + (city - 6) / 5 * 5;
        ck_assert_uint_eq(links_degree(&links, city), 2);
        ck_assert(links_have(&links, city, first + (city - first + 1) % 5));
    }
    nlc_links_free(&links);
    fixture_free(&world);
}
END_TEST

/* With two cities a province, the third peer is a cousin of the same region. */
START_TEST(cousins_follow_siblings)
{
    fixture world;
    make_tree(&world, 2);
    set_keys(&world);
    nlc_links links = {0};
    ck_assert_int_eq(nlc_network_peers(&world.places, &nearest_2, 1, 0, &links), NLC_OK);
    for (uint32_t city = 6; city < 14; city++) {
        const uint32_t sibling = city ^ 1, region = (city - 6) / 4;
        ck_assert(links_have(&links, city, sibling));
        for (uint32_t other = 6; other < 14; other++) {
            ck_assert(!links_have(&links, city, other) || (other - 6) / 4 == region);
        }
    }
    /* In the ring 6 7 8 9, the cousin after 6 is behind it (9), and the one after 7 is ahead (8). */
    ck_assert(links_have(&links, 6, 9) && links_have(&links, 7, 8));
    ck_assert(!links_have(&links, 6, 8) && !links_have(&links, 7, 9));
    nlc_links_free(&links);
    fixture_free(&world);
}
END_TEST

/* One city a province: a cousin, and then those of the other region. */
START_TEST(the_search_goes_up_to_the_lead)
{
    fixture world;
    make_tree(&world, 1);
    set_keys(&world);
    nlc_links links = {0};
    ck_assert_int_eq(nlc_network_peers(&world.places, &nearest_3, 1, 0, &links), NLC_OK);
    for (uint32_t a = 6; a < 10; a++) {
        ck_assert_uint_eq(links_degree(&links, a), 3);
    }
    nlc_links_free(&links);
    ck_assert_int_eq(nlc_network_peers(&world.places, &nearest_5, 1, 0, &links), NLC_OK);
    for (uint32_t a = 6; a < 10; a++) {
        ck_assert_uint_eq(links_degree(&links, a), 3);
    }
    nlc_links_free(&links);
    fixture_free(&world);
}
END_TEST

/* A city straight under the lead meets those below regions only when they have come up as well. */
START_TEST(skipped_tiers_meet_at_the_lead)
{
    fixture world;
    make_tree(&world, 1);
    world.parent[9] = NLC_NO_PARENT;
    set_keys(&world);
    const nlc_peer_rule nearest_1 = {.kind = NLC_PEERS_NEAREST, .neighbours = 1};
    nlc_links links = {0};
    ck_assert_int_eq(nlc_network_peers(&world.places, &nearest_1, 1, 0, &links), NLC_OK);
    ck_assert(links_have(&links, 6, 7) && links_have(&links, 8, 9) && links_have(&links, 9, 6));
    for (uint32_t city = 6; city < 10; city++) {
        ck_assert_uint_eq(links_degree(&links, city), city == 6 || city == 9 ? 2 : 1);
    }
    nlc_links_free(&links);
    fixture_free(&world);
}
END_TEST

/* Siblings with coordinates may be found by those without; they look by distance themselves. */
START_TEST(half_a_position_is_none)
{
    fixture world;
    make_tree(&world, 5);
    set_keys(&world);
    world.lat[6] = world.lat[7] = world.lat[8] = 0.237f;
    world.lon[6] = 100;
    world.lon[7] = world.lon[9] = 101;
    nlc_links links = {0};
    ck_assert_int_eq(nlc_network_peers(&world.places, &nearest_2, 1, 0, &links), NLC_OK);
    ck_assert(links_have(&links, 6, 7));
    ck_assert(links_have(&links, 8, 7) && links_have(&links, 8, 9) && links_have(&links, 9, 10));
    ck_assert(links_have(&links, 10, 6));
    for (uint32_t city = 6; city < 11; city++) {
        ck_assert_uint_eq(links_degree(&links, city), 2);
    }
    nlc_links_free(&links);
    fixture_free(&world);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network nearest");
    TCase *tests = tcase_create("nearest");
    tcase_add_test(tests, nearest_agree_with_haversines);
    tcase_add_test(tests, the_date_line_does_not_part);
    tcase_add_test(tests, few_places_are_all_joined);
    tcase_add_test(tests, siblings_without_coordinates_make_a_ring);
    tcase_add_test(tests, cousins_follow_siblings);
    tcase_add_test(tests, the_search_goes_up_to_the_lead);
    tcase_add_test(tests, skipped_tiers_meet_at_the_lead);
    tcase_add_test(tests, half_a_position_is_none);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
