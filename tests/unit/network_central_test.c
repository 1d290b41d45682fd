/* Betweenness against a count of all shortest paths, and regional channels. */
#include "network_fixture.h"

#include <check.h>

#define MAX_VERTICES 64

/* Steps and number of shortest paths between all vertices of one country; the lead comes last. */
typedef struct {
    uint32_t num;
    bool joined[MAX_VERTICES][MAX_VERTICES];
    uint32_t steps[MAX_VERTICES][MAX_VERTICES];
    double paths[MAX_VERTICES][MAX_VERTICES];
} all_paths;

static void count_paths_from(all_paths *self, uint32_t source)
{
    for (uint32_t i = 0; i < self->num; i++) {
        self->steps[source][i] = i == source ? 0 : UINT32_MAX;
        self->paths[source][i] = i == source;
    }
    for (uint32_t step = 0; step < self->num; step++) {
        for (uint32_t i = 0; i < self->num; i++) {
            for (uint32_t k = 0; self->steps[source][i] == step && k < self->num; k++) {
                if (self->joined[i][k] && self->steps[source][k] > step) {
                    self->steps[source][k] = step + 1;
                    self->paths[source][k] += self->paths[source][i];
                }
            }
        }
    }
}

static double betweenness_of(const all_paths *self, uint32_t vertex)
{
    double sum = 0;
    for (uint32_t a = 0; a < self->num; a++) {
        for (uint32_t b = 0; b < a; b++) {
            const bool is_between =
                a != vertex && b != vertex && self->steps[a][vertex] + self->steps[vertex][b] == self->steps[a][b];
            sum += is_between ? self->paths[a][vertex] * self->paths[vertex][b] / self->paths[a][b] : 0;
        }
    }
    return sum;
}

static void find_paths(all_paths *self, const fixture *world, uint32_t first, uint32_t num, const nlc_links *peers)
{
    *self = (all_paths){.num = num + 1};
    for (uint32_t i = 0; i < num; i++) {
        const uint32_t parent = world->parent[first + i], above = parent == NLC_NO_PARENT ? num : parent - first;
        self->joined[i][above] = self->joined[above][i] = true;
        for (uint32_t k = 0; k < num; k++) {
            const bool is_peer = links_have(peers, first + i, first + k);
            self->joined[i][k] = self->joined[i][k] || is_peer;
            self->joined[k][i] = self->joined[k][i] || is_peer;
        }
    }
    for (uint32_t i = 0; i <= num; i++) {
        count_paths_from(self, i);
    }
}

/* Countries of 20, 1 and 40 places: provinces, and cities below some of them. */
static void make_world(fixture *world)
{
    static const uint32_t size[] = {20, 1, 40};
    fixture_init(world, 61);
    for (uint32_t c = 0, first = 0; c < 3; first += size[c++]) {
        for (uint32_t i = 0; i < size[c]; i++) {
            fixture_add(world, c, i < 5 ? NLC_NO_PARENT : first + i % 4, i < 5 ? 0 : 1);
        }
    }
}

/* Random peers, some in one direction only, and one across a border, which does not count. */
static void make_peers(nlc_links *links)
{
    static const uint32_t first[] = {0, 20, 21, 61};
    uint64_t state = 237;
    *links = (nlc_links){0};
    for (int c = 0; c < 3; c += 2) {
        for (int j = 0; j < 30; j++) {
            const uint32_t size = first[c + 1] - first[c];
            const uint32_t a = (uint32_t)(fixture_random(&state) * size), b = (uint32_t)(fixture_random(&state) * size);
            if (a != b) {
                ck_assert_int_eq(nlc_links_add(links, (nlc_link){first[c] + a, first[c] + b, 0.5f}), NLC_OK);
            }
        }
    }
    ck_assert_int_eq(nlc_links_add(links, (nlc_link){3, 44, 1}), NLC_OK);
    nlc_links_sort(links);
}

START_TEST(betweenness_counts_shortest_paths)
{
    static const uint32_t first[] = {0, 20, 21, 61};
    static all_paths paths;
    double betweenness[61 + 3];
    fixture world;
    nlc_links peers;
    make_world(&world);
    make_peers(&peers);
    ck_assert_int_eq(nlc_network_betweenness(&world.places, &peers, betweenness), NLC_OK);
    for (int c = 0; c < 3; c++) {
        const uint32_t num = first[c + 1] - first[c];
        find_paths(&paths, &world, first[c], num, &peers);
        for (uint32_t i = 0; i < num; i++) {
            ck_assert_double_eq_tol(betweenness[first[c] + i], betweenness_of(&paths, i), 1e-9);
        }
        ck_assert_double_eq_tol(betweenness[61 + c], betweenness_of(&paths, num), 1e-9);
    }
    ck_assert(betweenness[61] > 10 && betweenness[62] == 0);
    nlc_links_free(&peers);
    fixture_free(&world);
}
END_TEST

/* A lead with 17 provinces of 5 cities each: a tree, where betweenness is a matter of multiplication. */
START_TEST(a_tree_by_hand)
{
    double betweenness[102 + 1];
    fixture world;
    fixture_init(&world, 102);
    for (uint32_t i = 0; i < 102; i++) {
        fixture_add(&world, 0, i < 17 ? NLC_NO_PARENT : (i - 17) / 5, i >= 17);
    }
    ck_assert_int_eq(nlc_network_betweenness(&world.places, &(nlc_links){0}, betweenness), NLC_OK);
    ck_assert_double_eq_tol(betweenness[102], 17 * 16 / 2 * 6 * 6, 1e-9);
    for (uint32_t i = 0; i < 102; i++) {
        ck_assert_double_eq_tol(betweenness[i], i < 17 ? 5 * 4 / 2 + 5 * 97 : 0, 1e-9);
    }
    fixture_free(&world);
}
END_TEST

/* A country too large for exactness: each of 2,000 blocks is a province with two cities, and from a
 * pivot nearly every path passes the lead, so the estimate for it is nearly exact. */
START_TEST(large_countries_are_estimated)
{
    enum { BLOCKS = 2000, NUM = 3 * BLOCKS };
    double *betweenness = fixture_array(NUM + 1, sizeof *betweenness);
    double provinces = 0;
    fixture world;
    fixture_init(&world, NUM);
    for (uint32_t i = 0; i < NUM; i++) {
        fixture_add(&world, 0, i < BLOCKS ? NLC_NO_PARENT : i % BLOCKS, i >= BLOCKS);
    }
    ck_assert_uint_gt(NUM, NLC_MAX_EXACT_BETWEENNESS);
    ck_assert_int_eq(nlc_network_betweenness(&world.places, &(nlc_links){0}, betweenness), NLC_OK);
    for (uint32_t i = 0; i < NUM; i++) {
        provinces += i < BLOCKS ? betweenness[i] : 0;
        ck_assert(i < BLOCKS || betweenness[i] == 0);
    }
    const double lead = BLOCKS * (BLOCKS - 1.0) / 2 * 9, province = 1 + 2 * (NUM + 1 - 3.0);
    ck_assert_double_eq_tol(betweenness[NUM] / lead, 1, 1e-3);
    ck_assert_double_eq_tol(provinces / BLOCKS / province, 1, 0.05);
    free(betweenness);
    fixture_free(&world);
}
END_TEST

START_TEST(one_country_does_not_move_another)
{
    double both[61 + 3], one[20 + 1];
    fixture world;
    nlc_links peers;
    make_world(&world);
    make_peers(&peers);
    ck_assert_int_eq(nlc_network_betweenness(&world.places, &peers, both), NLC_OK);
    world.places.num_places = 20;
    world.places.num_countries = 1;
    ck_assert_int_eq(nlc_network_betweenness(&world.places, &peers, one), NLC_OK);
    ck_assert_mem_eq(both, one, 20 * sizeof *both);
    ck_assert(both[61] == one[20]);
    nlc_links_free(&peers);
    fixture_free(&world);
}
END_TEST

/* ---- Regional channels -------------------------------------------------------------------------------- */

static bool is_leaf(const fixture *world, uint32_t i)
{
    for (uint32_t below = 0; below < world->places.num_places; below++) {
        if (world->parent[below] == i) {
            return false;
        }
    }
    return true;
}

static uint32_t num_more_central(const fixture *world, const double *betweenness, uint32_t i)
{
    uint32_t num = 0;
    for (uint32_t k = 0; k < world->places.num_places; k++) {
        const bool is_rival = world->country[k] == world->country[i] && is_leaf(world, k);
        const double lead = betweenness[k] - betweenness[i];
        num += is_rival && (lead > 1e-9 || (lead > -1e-9 && world->key[k] < world->key[i]));
    }
    return num;
}

static void check_regional(uint32_t num_central)
{
    double betweenness[61 + 3];
    fixture world;
    nlc_links peers, links = {0};
    make_world(&world);
    make_peers(&peers);
    ck_assert_int_eq(nlc_network_betweenness(&world.places, &peers, betweenness), NLC_OK);
    ck_assert_int_eq(nlc_network_regional(&world.places, &peers, num_central, &links), NLC_OK);
    ck_assert(links_are_proper(&links));
    for (uint32_t a = 0; a < 61; a++) {
        for (uint32_t b = 0; b < 61; b++) {
            const bool expected = is_leaf(&world, a) && is_leaf(&world, b) && world.country[a] != world.country[b] &&
                                  num_more_central(&world, betweenness, a) < num_central &&
                                  num_more_central(&world, betweenness, b) < num_central;
            ck_assert_int_eq(links_have(&links, a, b), expected);
        }
    }
    nlc_links_free(&links);
    nlc_links_free(&peers);
    fixture_free(&world);
}

START_TEST(central_leaves_meet_across_borders)
{
    check_regional(0);
    check_regional(1);
    check_regional(3);
    check_regional(1000);
}
END_TEST

START_TEST(one_country_has_no_region)
{
    fixture world;
    nlc_links links = {0};
    fixture_init_flat(&world, 5);
    ck_assert_int_eq(nlc_network_regional(&world.places, &(nlc_links){0}, 2, &links), NLC_OK);
    ck_assert_uint_eq(links.num, 0);
    fixture_free(&world);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network central");
    TCase *tests = tcase_create("central");
    tcase_add_test(tests, betweenness_counts_shortest_paths);
    tcase_add_test(tests, a_tree_by_hand);
    tcase_add_test(tests, large_countries_are_estimated);
    tcase_add_test(tests, one_country_does_not_move_another);
    tcase_add_test(tests, central_leaves_meet_across_borders);
    tcase_add_test(tests, one_country_has_no_region);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
