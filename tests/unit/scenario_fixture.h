/* Scenario folders for tests: written into a scratch folder, resolved, and looked into. */
#ifndef TESTS_SCENARIO_FIXTURE_H
#define TESTS_SCENARIO_FIXTURE_H

#include "scenario.h"
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char scratch[] = "/tmp/nlcsim-scenario-XXXXXX";

/* Messages name files as they were given, so a test works inside its own folder. */
static inline void scratch_begin(void)
{
    ck_assert_ptr_nonnull(mkdtemp(scratch));
    ck_assert_int_eq(chdir(scratch), 0);
}

static inline void scratch_end(void)
{
    ck_assert_int_eq(chdir("/"), 0);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", scratch);
    ck_assert_int_eq(system(command), 0);
}

static inline void put_bytes(const char *path, const char *data, size_t length)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static inline void put_file(const char *path, const char *text)
{
    put_bytes(path, text, strlen(text));
}

#define WORLD_KEYS "key,value\nformat,1\nstart,2024-01\nmonths,12\nadopting,city\n"
#define WORLD_NODES \
    "id,name,tier,parent_id,population,lat,lon,source\n" \
    "A,Aland,nation,,,,,test\n" \
    "A-1,First,province,A,,,,test\n" \
    "A-11,\"City, the\",city,A-1,4000,1.5,100.25,test\n" \
    "A-12,Town,city,A-1,1000,2.5,100.75,test\n" \
    "A-2,Free,city,A,2500,,,test\n"

/* The folder W: a country with a province of two cities and a city straight under the lead. */
static inline void put_world(void)
{
    ck_assert_int_eq(mkdir("W", 0777), 0);
    put_file("W/scenario.csv", WORLD_KEYS);
    put_file("W/nodes.csv", WORLD_NODES);
}

/* The resolved scenario of a folder, which the caller frees; `settings` ends with NULL. */
static inline char *resolved(const char *path, const char *const *settings)
{
    nlc_text text = {0}, problems = {0};
    size_t num = 0;
    while (settings && settings[num])
        num++;
    const nlc_error error = nlc_scenario_resolve(path, settings, num, &text, &problems);
    ck_assert_msg(error == NLC_OK, "%s", problems.data ? problems.data : nlc_error_text(error));
    nlc_text_free(&problems);
    return text.data;
}

#define SET(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Resolving must fail with exactly these problems, one a line. */
static inline void expect_problems(const char *path, const char *const *settings, const char *expected)
{
    nlc_text text = {0}, problems = {0};
    size_t num = 0;
    while (settings && settings[num])
        num++;
    const nlc_error error = nlc_scenario_resolve(path, settings, num, &text, &problems);
    ck_assert_str_eq(problems.data ? problems.data : "", expected);
    ck_assert_int_eq(error, NLC_ERROR_INPUT);
    nlc_text_free(&problems);
    nlc_text_free(&text);
}

/* Writes one file into W and expects exactly these problems. */
static inline void expect_file(const char *name, const char *text, const char *expected)
{
    char path[256];
    snprintf(path, sizeof path, "W/%s", name);
    put_file(path, text);
    expect_problems("W", NULL, expected);
}

/* Whether the text has this line as a whole. */
static inline bool has_line(const char *text, const char *line)
{
    const size_t length = strlen(line);
    for (const char *at = text; at && *at; at = strchr(at, '\n'), at = at ? at + 1 : NULL)
        if (strncmp(at, line, length) == 0 && at[length] == '\n')
            return true;
    return false;
}

/* The lines of [levers] that belong to the schedule of a node or agency in draw 0, without the number
 * of the schedule: "meetings\t1\t12\t6\n...". The caller frees it. */
static inline char *levers_of(const char *text, const char *id)
{
    const nlc_model *const *models = nlc_models();
    const size_t size = nlc_resolved_size(text, strlen(text), models);
    ck_assert_uint_gt(size, 0);
    void *memory = aligned_alloc(64, (size + 63) / 64 * 64);
    nlc_resolved scenario;
    nlc_resolved_problem problem = {0};
    const nlc_error error = nlc_resolved_read(text, strlen(text), models, memory, &scenario, &problem);
    ck_assert_msg(error == NLC_OK, "line %u: %s", problem.line, problem.message);
    uint32_t schedule = NLC_NONE;
    for (uint32_t i = 0; i < scenario.num_nodes; i++)
        schedule = strcmp(scenario.id[i], id) == 0 ? scenario.draws[0].schedule[i] : schedule;
    for (uint32_t a = 0; a < scenario.num_agencies; a++)
        schedule = strcmp(scenario.agency_id[a], id) == 0 ? scenario.agency_schedule[a] : schedule;
    free(memory);
    ck_assert_uint_ne(schedule, NLC_NONE);
    char begin[16];
    const int length = snprintf(begin, sizeof begin, "%u\t", schedule);
    nlc_text found = {0};
    ck_assert_int_eq(nlc_text_add(&found, "", 0), NLC_OK);
    for (const char *at = strstr(text, "[levers]\n") + 9; *at != '['; at = strchr(at, '\n') + 1)
        if (strncmp(at, begin, (size_t)length) == 0)
            ck_assert_int_eq(nlc_text_add(&found, at + length, (size_t)(strchr(at, '\n') + 1 - at - length)), NLC_OK);
    return found.data;
}

static inline void expect_levers(const char *text, const char *id, const char *expected)
{
    char *found = levers_of(text, id);
    ck_assert_str_eq(found, expected);
    free(found);
}

#endif
