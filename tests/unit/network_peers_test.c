/* Peer networks against the theory of random graphs. */
#include "network_fixture.h"
#include "structure.h"

#include <check.h>

static void make_peers(const fixture *world, const nlc_peer_rule *rule, uint64_t seed, uint32_t draw, nlc_links *links)
{
    *links = (nlc_links){0};
    ck_assert_int_eq(nlc_network_peers(&world->places, rule, seed, draw, links), NLC_OK);
}

static bool links_equal(const nlc_links *a, const nlc_links *b)
{
    return a->num == b->num && (a->num == 0 || memcmp(a->link, b->link, a->num * sizeof *a->link) == 0);
}

START_TEST(none_and_file_make_nothing)
{
    fixture world;
    fixture_init_flat(&world, 20);
    nlc_links links;
    make_peers(&world, &(nlc_peer_rule){.kind = NLC_PEERS_NONE}, 1, 0, &links);
    ck_assert_uint_eq(links.num, 0);
    make_peers(&world, &(nlc_peer_rule){.kind = NLC_PEERS_FILE}, 1, 0, &links);
    ck_assert_uint_eq(links.num, 0);
    world.places.num_places = 0;
    make_peers(&world, &(nlc_peer_rule){.kind = NLC_PEERS_PARENT}, 1, 0, &links);
    ck_assert_uint_eq(links.num, 0);
    fixture_free(&world);
}
END_TEST

/* ---- parent -------------------------------------------------------------------------------------- */

START_TEST(siblings_of_one_tier_are_joined)
{
    fixture world;
    fixture_init(&world, 30);
    fixture_add(&world, 0, NLC_NO_PARENT, 0);
    fixture_add(&world, 0, NLC_NO_PARENT, 0);
    for (uint32_t i = 0; i < 11; i++) {
        fixture_add(&world, 0, i < 5 ? 0 : 1, i == 10 ? 2 : 1);
    }
    fixture_add(&world, 1, NLC_NO_PARENT, 0);
    nlc_links links;
    make_peers(&world, &(nlc_peer_rule){.kind = NLC_PEERS_PARENT}, 1, 0, &links);
    ck_assert(links_are_proper(&links));
    ck_assert_uint_eq(links.num, 2 + 2 * (5 * 4));
    for (uint32_t i = 2; i < 12; i++) {
        ck_assert_uint_eq(links_degree(&links, i), 4);
    }
    ck_assert(links_have(&links, 0, 1) && links_have(&links, 2, 6) && !links_have(&links, 6, 7));
    nlc_links_free(&links);
    fixture_free(&world);
}
END_TEST

START_TEST(large_families_are_capped)
{
    const uint32_t sizes[] = {NLC_MAX_SIBLINGS, NLC_MAX_SIBLINGS + 1, NLC_MAX_SIBLINGS + 2, 400};
    for (int k = 0; k < 4; k++) {
        fixture world;
        nlc_links links;
        fixture_init_flat(&world, sizes[k]);
        make_peers(&world, &(nlc_peer_rule){.kind = NLC_PEERS_PARENT}, 1, 0, &links);
        const uint32_t expected = sizes[k] > NLC_MAX_SIBLINGS ? NLC_MAX_SIBLINGS : sizes[k] - 1;
        ck_assert_uint_eq(links.num, (size_t)sizes[k] * expected);
        ck_assert_uint_eq(links_degree(&links, sizes[k] - 1), expected);
        nlc_links_free(&links);
        fixture_free(&world);
    }
}
END_TEST

/* ---- small world ------------------------------------------------------------------------------------ */

static nlc_structure measure(const fixture *world, nlc_links *links)
{
    nlc_structure structure;
    ck_assert_int_eq(nlc_structure_measure(&structure, world->key, world->places.num_places, links), NLC_OK);
    return structure;
}

static double mean_clustering(double rewiring, uint32_t num_draws)
{
    const nlc_peer_rule rule = {.kind = NLC_PEERS_SMALL_WORLD, .neighbours = 10, .rewiring = rewiring};
    fixture world;
    fixture_init_flat(&world, 1000);
    double sum = 0;
    for (uint32_t draw = 0; draw < num_draws; draw++) {
        nlc_links links;
        make_peers(&world, &rule, 237, draw, &links);
        ck_assert_uint_eq(links.num, 10000);
        sum += measure(&world, &links).clustering;
        nlc_links_free(&links);
    }
    fixture_free(&world);
    return sum / num_draws;
}

/* Barrat and Weigt (European Physical Journal B 13, 2000) for the model of Watts and Strogatz; where
 * both ends of an edge move, the exponent is 6. */
START_TEST(clustering_falls_with_the_third_power)
{
    const double clustering = 3.0 * (10 - 2) / (4.0 * (10 - 1));
    const double rewiring[] = {0.01, 0.05, 0.1, 0.237, 0.5, 1};
    ck_assert_double_eq_tol(mean_clustering(0, 1), clustering, 1e-12);
    for (int k = 0; k < 6; k++) {
        ck_assert_double_eq_tol(mean_clustering(rewiring[k], 20), clustering * pow(1 - rewiring[k], 3), 0.015);
    }
}
END_TEST

static nlc_structure measure_small_world(double rewiring)
{
    const nlc_peer_rule rule = {.kind = NLC_PEERS_SMALL_WORLD, .neighbours = 10, .rewiring = rewiring};
    fixture world;
    nlc_links links;
    fixture_init_flat(&world, 1000);
    make_peers(&world, &rule, 237, 0, &links);
    const nlc_structure structure = measure(&world, &links);
    nlc_links_free(&links);
    fixture_free(&world);
    return structure;
}

/* Mean paths of igraph's networks, where each end of an edge moves with probability 0.1 and 0.5, so
 * that an edge stays as it was with 0.81 and 0.25. */
START_TEST(paths_shorten_as_in_a_small_world)
{
    const nlc_structure ring = measure_small_world(0);
    ck_assert_double_eq_tol(ring.mean_path, 50.45045045045045, 1e-12);
    ck_assert_uint_eq(ring.max_path, 100);
    ck_assert_double_eq_tol(measure_small_world(0.19).mean_path, 3.897, 0.08);
    ck_assert_double_eq_tol(measure_small_world(0.75).mean_path, 3.274, 0.04);
}
END_TEST

/* Each place keeps the K/2 edges that start from it, so with P = 1 its degree is K/2 plus a number with
 * the law of Poisson: mean 10, variance 5. If both ends moved, the variance would be near 10. */
START_TEST(one_end_of_an_edge_stays)
{
    fixture world;
    nlc_links links;
    fixture_init_flat(&world, 2000);
    make_peers(&world, &(nlc_peer_rule){.kind = NLC_PEERS_SMALL_WORLD, .neighbours = 10, .rewiring = 1}, 237, 0, &links);
    double squares = 0;
    for (uint32_t i = 0; i < 2000; i++) {
        const double degree = links_degree(&links, i);
        ck_assert(degree >= 5);
        squares += (degree - 10) * (degree - 10);
    }
    ck_assert_double_eq_tol(squares / 2000, 5, 4.5 * sqrt((5 + 2 * 25) / 2000.0));
    nlc_links_free(&links);
    fixture_free(&world);
}
END_TEST

START_TEST(small_groups_end_well)
{
    for (uint32_t num = 1; num < 12; num++) {
        fixture world;
        fixture_init_flat(&world, num);
        for (uint32_t draw = 0; draw < 200; draw++) {
            nlc_links links;
            make_peers(&world, &(nlc_peer_rule){.kind = NLC_PEERS_SMALL_WORLD, .neighbours = 6, .rewiring = 0.9}, 1, draw, &links);
            ck_assert(links_are_proper(&links));
            ck_assert_uint_eq(links.num, num <= 7 ? num * (num - 1) : num * 6);
            nlc_links_free(&links);
        }
        fixture_free(&world);
    }
}
END_TEST

/* ---- random ------------------------------------------------------------------------------------------ */

static double choose(double n, int k)
{
    return k == 0 ? 1 : choose(n - 1, k - 1) * n / k;
}

static double num_triangles(const nlc_links *links, uint32_t num)
{
    bool *joined = fixture_array((size_t)num * num, sizeof *joined);
    for (size_t j = 0; j < links->num; j++) {
        joined[(size_t)links->link[j].to * num + links->link[j].from] = true;
    }
    double count = 0;
    for (size_t j = 0; j < links->num; j++) {
        const uint32_t a = links->link[j].to, b = links->link[j].from;
        for (uint32_t c = b + 1; a < b && c < num; c++) {
            count += joined[(size_t)a * num + c] && joined[(size_t)b * num + c];
        }
    }
    free(joined);
    return count;
}

/* Edges are binomial; triangles have the variance of dependent triples. */
START_TEST(random_graphs_have_their_moments)
{
    enum { NUM = 200, DRAWS = 400 };
    const double p = 0.05, pairs = choose(NUM, 2), triples = choose(NUM, 3);
    const double edges_variance = pairs * p * (1 - p);
    const double triangles_variance = triples * (pow(p, 3) - pow(p, 6)) + 12 * choose(NUM, 4) * (pow(p, 5) - pow(p, 6));
    fixture world;
    fixture_init_flat(&world, NUM);
    double edges = 0, edges_squared = 0, triangles = 0;
    for (uint32_t draw = 0; draw < DRAWS; draw++) {
        nlc_links links;
        make_peers(&world, &(nlc_peer_rule){.kind = NLC_PEERS_RANDOM, .degree = p * (NUM - 1)}, 237, draw, &links);
        if (draw == 0) {
            ck_assert(links_are_proper(&links));
        }
        const double num_edges = (double)links.num / 2;
        edges += num_edges;
        edges_squared += (num_edges - pairs * p) * (num_edges - pairs * p);
        triangles += num_triangles(&links, NUM);
        nlc_links_free(&links);
    }
    ck_assert_double_eq_tol(edges / DRAWS, pairs * p, 4.5 * sqrt(edges_variance / DRAWS));
    ck_assert_double_eq_tol(edges_squared / DRAWS, edges_variance, 4.5 * edges_variance * sqrt(2.0 / DRAWS));
    ck_assert_double_eq_tol(triangles / DRAWS, triples * pow(p, 3), 4.5 * sqrt(triangles_variance / DRAWS));
    fixture_free(&world);
}
END_TEST

/* Every pair alike, also the first and the last of the walk. */
START_TEST(every_pair_is_as_likely)
{
    enum { NUM = 6, DRAWS = 20000 };
    uint32_t count[NUM][NUM] = {{0}};
    fixture world;
    fixture_init_flat(&world, NUM);
    for (uint32_t draw = 0; draw < DRAWS; draw++) {
        nlc_links links;
        make_peers(&world, &(nlc_peer_rule){.kind = NLC_PEERS_RANDOM, .degree = 2}, 1, draw, &links);
        for (size_t j = 0; j < links.num; j++) {
            count[links.link[j].to][links.link[j].from]++;
        }
        nlc_links_free(&links);
    }
    for (int a = 0; a < NUM; a++) {
        for (int b = 0; b < a; b++) {
            ck_assert_uint_eq(count[a][b], count[b][a]);
            ck_assert_double_eq_tol(count[a][b] / (double)DRAWS, 0.4, 4.5 * sqrt(0.24 / DRAWS));
        }
    }
    fixture_free(&world);
}
END_TEST

START_TEST(high_degrees_join_everybody)
{
    for (uint32_t num = 1; num < 6; num++) {
        fixture world;
        nlc_links links;
        fixture_init_flat(&world, num);
        make_peers(&world, &(nlc_peer_rule){.kind = NLC_PEERS_RANDOM, .degree = 4}, 1, 0, &links);
        ck_assert_uint_eq(links.num, num * (num - 1));
        nlc_links_free(&links);
        fixture_free(&world);
    }
}
END_TEST

/* ---- chance ------------------------------------------------------------------------------------------- */

/* Country `c` of the four, alone or with the others around it; tiers numbered from `first_tier`. */
static void make_country(fixture *world, uint32_t first, uint32_t last, uint32_t first_tier)
{
    fixture_init(world, 400);
    for (uint32_t c = first; c <= last; c++) {
        for (uint32_t i = 0; i < 100; i++) {
            fixture_add(world, c, NLC_NO_PARENT, first_tier + (i >= 40));
        }
    }
}

START_TEST(other_countries_do_not_matter)
{
    const nlc_peer_rule rules[] = {{.kind = NLC_PEERS_RANDOM, .degree = 5},
                                   {.kind = NLC_PEERS_SMALL_WORLD, .neighbours = 4, .rewiring = 0.3}};
    for (int r = 0; r < 2; r++) {
        fixture all, one;
        nlc_links links_of_all, links_of_one;
        make_country(&all, 0, 3, 0);
        make_country(&one, 2, 2, 1);
        make_peers(&all, &rules[r], 237, 3, &links_of_all);
        make_peers(&one, &rules[r], 237, 3, &links_of_one);
        size_t num_compared = 0;
        for (size_t j = 0; j < links_of_all.num; j++) {
            const nlc_link link = links_of_all.link[j];
            ck_assert_uint_eq(all.country[link.to], all.country[link.from]);
            ck_assert_uint_eq(all.tier[link.to], all.tier[link.from]);
            if (all.country[link.to] == 2) {
                ck_assert_uint_eq(link.to - 200, links_of_one.link[num_compared].to);
                ck_assert_uint_eq(link.from - 200, links_of_one.link[num_compared].from);
                num_compared++;
            }
        }
        ck_assert_uint_eq(num_compared, links_of_one.num);
        nlc_links_free(&links_of_all);
        nlc_links_free(&links_of_one);
        fixture_free(&all);
        fixture_free(&one);
    }
}
END_TEST

START_TEST(seeds_and_draws_differ)
{
    const nlc_peer_rule rules[] = {{.kind = NLC_PEERS_RANDOM, .degree = 5},
                                   {.kind = NLC_PEERS_SMALL_WORLD, .neighbours = 4, .rewiring = 0.3}};
    fixture world;
    fixture_init_flat(&world, 100);
    for (int r = 0; r < 2; r++) {
        nlc_links first, again, other_draw, other_seed;
        make_peers(&world, &rules[r], 237, 3, &first);
        make_peers(&world, &rules[r], 237, 3, &again);
        make_peers(&world, &rules[r], 237, 4, &other_draw);
        make_peers(&world, &rules[r], 238, 3, &other_seed);
        ck_assert(links_equal(&first, &again));
        ck_assert(!links_equal(&first, &other_draw));
        ck_assert(!links_equal(&first, &other_seed));
        nlc_links_free(&first);
        nlc_links_free(&again);
        nlc_links_free(&other_draw);
        nlc_links_free(&other_seed);
    }
    fixture_free(&world);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network peers");
    TCase *tests = tcase_create("peers");
    tcase_add_test(tests, none_and_file_make_nothing);
    tcase_add_test(tests, siblings_of_one_tier_are_joined);
    tcase_add_test(tests, large_families_are_capped);
    tcase_add_test(tests, clustering_falls_with_the_third_power);
    tcase_add_test(tests, paths_shorten_as_in_a_small_world);
    tcase_add_test(tests, one_end_of_an_edge_stays);
    tcase_add_test(tests, small_groups_end_well);
    tcase_add_test(tests, random_graphs_have_their_moments);
    tcase_add_test(tests, every_pair_is_as_likely);
    tcase_add_test(tests, high_degrees_join_everybody);
    tcase_add_test(tests, other_countries_do_not_matter);
    tcase_add_test(tests, seeds_and_draws_differ);
    tcase_set_timeout(tests, 120);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
