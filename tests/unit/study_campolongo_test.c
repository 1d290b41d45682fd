/* Trajectories that lie far apart: by hand, and against every set looked at by itself. */
#include "campolongo.h"

#include <math.h>
#include <stdlib.h>

#include "stream.h"
#include "suite.h"

START_TEST(distance_by_hand)
{
    /* Two points each, in the plane: pairs at distances 3, 5, 4 + 1 and sqrt(9 + 16 + 8 + 1). */
    const double points[] = {0, 0, 0, 1, 3, 0, 3, 5};
    const nlc_trajectories trajectories = {2, 2, 2, points};
    double distance[4];
    nlc_campolongo_distances(&trajectories, distance);
    const double expected = 3 + sqrt(34) + sqrt(10) + 5;
    ck_assert_double_eq_tol(distance[1], expected, 1e-12);
    ck_assert_double_eq_tol(distance[2], expected, 1e-12);
    ck_assert(distance[0] == 0 && distance[3] == 0);
    const uint32_t both[] = {0, 1};
    ck_assert_double_eq_tol(nlc_campolongo_spread(distance, 2, both, 2), expected, 1e-12);
}
END_TEST

/* Distances of points on a line, so that it is plain which lie furthest apart. */
static void line(double *distance, const double *place, uint32_t num)
{
    for (uint32_t a = 0; a < num; a++)
        for (uint32_t b = 0; b < num; b++)
            distance[a * num + b] = fabs(place[a] - place[b]);
}

START_TEST(chooses_the_ends)
{
    const double place[] = {0.4, 0, 0.5, 1, 0.6, 0.1};
    double distance[36], spread;
    uint32_t chosen[3];
    line(distance, place, 6);
    ck_assert_int_eq(nlc_campolongo_choose(distance, 6, 2, chosen, &spread), NLC_OK);
    ck_assert(chosen[0] == 1 && chosen[1] == 3);
    ck_assert_double_eq_tol(spread, 1, 1e-15);
    ck_assert_int_eq(nlc_campolongo_choose(distance, 6, 3, chosen, &spread), NLC_OK);
    ck_assert(chosen[0] == 1 && chosen[1] == 3 && chosen[2] == 5);
    ck_assert_double_eq_tol(spread, sqrt(1 + 0.01 + 0.81), 1e-15);
}
END_TEST

static void random_distances(double *distance, uint32_t num, uint64_t seed)
{
    nlc_stream stream = nlc_stream_of(seed, 0);
    for (uint32_t a = 0; a < num; a++)
        for (uint32_t b = 0; b <= a; b++)
            distance[a * num + b] = distance[b * num + a] = a == b ? 0 : 10 + nlc_stream_unit(&stream);
}

/* All sets of four out of eleven, as bits. */
START_TEST(is_exact)
{
    double distance[121];
    for (uint64_t seed = 1; seed <= 20; seed++) {
        double most = 0, spread;
        uint32_t best[4] = {0}, chosen[4];
        random_distances(distance, 11, seed);
        for (uint32_t bits = 0; bits < 2048; bits++) {
            uint32_t set[11], num = 0;
            for (uint32_t i = 0; i < 11; i++)
                if (bits >> i & 1)
                    set[num++] = i;
            spread = num == 4 ? nlc_campolongo_spread(distance, 11, set, 4) : 0;
            for (uint32_t k = 0; k < 4 && spread > most; k++)
                best[k] = set[k];
            most = spread > most ? spread : most;
        }
        ck_assert_int_eq(nlc_campolongo_choose(distance, 11, 4, chosen, &spread), NLC_OK);
        for (uint32_t k = 0; k < 4; k++)
            ck_assert_uint_eq(chosen[k], best[k]);
    }
}
END_TEST

/* Too many sets to look at: what is found cannot be bettered by one exchange, and beats chance. */
START_TEST(many_sets)
{
    enum { NUM = 60, WANTED = 12 };
    static double distance[NUM * NUM];
    uint32_t chosen[WANTED], set[NUM];
    double spread;
    random_distances(distance, NUM, 3);
    ck_assert_int_eq(nlc_campolongo_choose(distance, NUM, WANTED, chosen, &spread), NLC_OK);
    for (uint32_t k = 1; k < WANTED; k++)
        ck_assert_uint_lt(chosen[k - 1], chosen[k]);
    for (uint32_t k = 0; k < WANTED; k++)
        for (uint32_t i = 0; i < NUM; i++) {
            bool is_in = false;
            for (uint32_t c = 0; c < WANTED; c++) {
                set[c] = c == k ? i : chosen[c];
                is_in = is_in || chosen[c] == i;
            }
            ck_assert(is_in || nlc_campolongo_spread(distance, NUM, set, WANTED) <= spread * (1 + 1e-12));
        }
    nlc_stream stream = nlc_stream_of(1, 1);
    for (uint32_t i = 0; i < NUM; i++)
        set[i] = i;
    for (int k = 0; k < 1000; k++) {
        nlc_stream_shuffle(&stream, set, NUM);
        ck_assert_double_lt(nlc_campolongo_spread(distance, NUM, set, WANTED), spread);
    }
}
END_TEST

START_TEST(all_and_one)
{
    double distance[9];
    uint32_t chosen[3];
    random_distances(distance, 3, 1);
    ck_assert_int_eq(nlc_campolongo_choose(distance, 3, 3, chosen, NULL), NLC_OK);
    ck_assert(chosen[0] == 0 && chosen[1] == 1 && chosen[2] == 2);
    ck_assert_int_eq(nlc_campolongo_choose(distance, 3, 1, chosen, NULL), NLC_OK);
    ck_assert_uint_eq(chosen[0], 0);
}
END_TEST

RUN_SUITE("study campolongo", distance_by_hand, chooses_the_ends, is_exact, many_sets, all_and_one)
