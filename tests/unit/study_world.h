/* A country of cities that adopt by chance alone: the model bass without imitation. The chance of a city in a month, the
 * parameter innovation, is what points vary. */
#ifndef TESTS_STUDY_WORLD_H
#define TESTS_STUDY_WORLD_H

#include "points.h"
#include "scenario_fixture.h"

enum { WORLD_CITIES = 20, WORLD_MONTHS = 12 };

static nlc_scenario world;
static nlc_points world_points;

/* With observed.csv as given; its observations stand in `world`. The country is A, its cities are of the tier city, half
 * of them in the group g. */
static inline void world_begin(const char *observed)
{
    nlc_problems problems = {0};
    const nlc_settings nothing = {0};
    const char *const address = "innovation";
    const double low = 0, high = 1;
    char keys[256],
        nodes[WORLD_CITIES * 32 + 128] = "id,name,tier,parent_id,population,lat,lon,source,group\nA,Aland,nation,,,,,test,\n";
    size_t length = strlen(nodes);
    for (int k = 0; k < WORLD_CITIES; k++)
        length +=
            (size_t)snprintf(nodes + length, sizeof nodes - length, "A-%02d,C%d,city,A,,,,t,%s\n", k, k, k % 2 == 0 ? "g" : "");
    snprintf(keys, sizeof keys, "key,value\nformat,1\nmodel,bass\nstart,2024-01\nmonths,%d\nadopting,city\nnetworks,2\n",
             WORLD_MONTHS);
    scratch_begin();
    ck_assert_int_eq(mkdir("W", 0777), 0);
    put_file("W/scenario.csv", keys);
    put_file("W/nodes.csv", nodes);
    put_file("W/parameters.csv", "name,value\nimitation,0\n");
    put_file("W/observed.csv", observed);
    ck_assert_int_eq(nlc_scenario_load(&world, "W", nlc_models(), &problems), NLC_OK);
    ck_assert_int_eq(
        nlc_points_init(&world_points, &world, &nothing, &address, &low, &high, 1, (nlc_where){"factors.csv", 0, 0}, &problems),
        NLC_OK);
    nlc_problems_free(&problems);
}

static inline void world_end(void)
{
    nlc_points_free(&world_points);
    nlc_scenario_free(&world);
    scratch_end();
}

#endif
