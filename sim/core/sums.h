/* Sums of tallies, value by value over long arrays: the same on every machine, and compiled for wider
 * registers than the rest of the program, because a run spends more on them than on its small
 * scenario's rules. */
#ifndef NLC_CORE_SUMS_H
#define NLC_CORE_SUMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Arrays do not overlap; `num` is a multiple of 4 where nothing else is said. */
typedef struct {
    const char *isa; /* as of a kernel */
    /* Adds a block to `into`, or puts it there where it is the first, and empties it. */
    void (*fold)(double *into, float *block, size_t num, bool first);
    /* sums = a + b; sums += a; into = from, each rounded to a float. */
    void (*add_two)(double *sums, const double *a, const double *b, size_t num);
    void (*add)(double *sums, const double *a, size_t num);
    void (*narrow)(float *into, const double *from, size_t num);
    /* Four columns of rows that are `stride` apart, of kept[num_rows][stride] into those of
     * month[num_rows][NLC_BLOCK_RUNS], and added to total[num_rows][NLC_BLOCK_RUNS]. */
    void (*take)(double *month, double *total, const float *kept, size_t num_rows, size_t stride);
    /* The smallest and the largest of `num` values, any number of at least one; none is NaN. */
    void (*range)(const double *values, size_t num, double *low, double *high);
} nlc_sums;

/* The build for this machine. */
const nlc_sums *nlc_sums_for_cpu(void);

#endif
