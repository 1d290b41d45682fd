/* What the two programs of the bench share: a resolved scenario from a file, and a clock. */
#ifndef NLC_BENCH_TIMING_H
#define NLC_BENCH_TIMING_H

#include "nlcsim.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double timing_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Exits with a message where the file cannot be read. */
static inline nlc_resolved timing_scenario(const char *path)
{
    nlc_resolved scenario;
    nlc_resolved_problem problem = {0, "the file cannot be read"};
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    void *memory = NULL;
    if (file && fseek(file, 0, SEEK_END) == 0) {
        size_t length = (size_t)ftell(file);
        rewind(file);
        text = malloc(length);
        size_t got = text ? fread(text, 1, length, file) : 0;
        size_t size = nlc_resolved_size(text, got, nlc_models());
        memory = size ? aligned_alloc(64, (size + 63) / 64 * 64) : NULL;
        if (memory && nlc_resolved_read(text, got, nlc_models(), memory, &scenario, &problem) == NLC_OK) {
            fclose(file);
            free(text);
            return scenario;
        }
    }
    fprintf(stderr, "%s:%u: %s\n", path, (unsigned)problem.line, problem.message);
    exit(1);
}

/* Seconds, millions of agent-steps a second, and what ran, of `runs` runs of a scenario. */
static inline void timing_print(const nlc_resolved *scenario, uint32_t runs, double seconds, const char *what)
{
    double steps = (double)scenario->num_nodes * scenario->num_months * runs;
    printf("%.6f %.3f %s\n", seconds, steps / seconds / 1e6, what);
}

#endif
