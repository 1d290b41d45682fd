/* Compiled for every machine, and once more for each NLC_SUMS_NAME that meson.build gives. Loops of four are there for compilers,
 * which make one or two vectors of each. */
#include "sums.h"

#include <string.h>

#include "nlcsim.h"

#ifndef NLC_SUMS_NAME
#define NLC_SUMS_NAME nlc_sums_plain
#define NLC_ISA_NAME  "plain"
#endif
#define FOUR 4

static void fold(double *restrict into, float *restrict block, size_t num, bool first)
{
    for (size_t i = 0; i < num; i += FOUR) {
        double values[FOUR];
        for (size_t k = 0; k < FOUR; k++)
            values[k] = (double)block[i + k];
        memset(block + i, 0, FOUR * sizeof *block);
        for (size_t k = 0; k < FOUR; k++)
            into[i + k] = first ? values[k] : into[i + k] + values[k];
    }
}

static void add_two(double *restrict sums, const double *restrict a, const double *restrict b, size_t num)
{
    for (size_t i = 0; i < num; i++)
        sums[i] = a[i] + b[i];
}

static void add(double *restrict sums, const double *restrict a, size_t num)
{
    for (size_t i = 0; i < num; i++)
        sums[i] += a[i];
}

static void narrow(float *restrict into, const double *restrict from, size_t num)
{
    for (size_t i = 0; i < num; i++)
        into[i] = (float)from[i];
}

static void take(double *restrict month, double *restrict total, const float *restrict kept, size_t num_rows, size_t stride)
{
    for (size_t i = 0; i < num_rows; i++) {
        double values[FOUR];
        for (size_t k = 0; k < FOUR; k++)
            values[k] = (double)kept[k];
        for (size_t k = 0; k < FOUR; k++)
            month[k] = values[k];
        for (size_t k = 0; k < FOUR; k++)
            total[k] += values[k];
        kept += stride;
        month += NLC_BLOCK_RUNS;
        total += NLC_BLOCK_RUNS;
    }
}

static void range(const double *values, size_t num, double *low, double *high)
{
    double lows[FOUR], highs[FOUR];
    for (size_t k = 0; k < FOUR; k++)
        lows[k] = highs[k] = values[0];
    for (size_t i = num % FOUR; i < num; i += FOUR) {
        for (size_t k = 0; k < FOUR; k++)
            lows[k] = values[i + k] < lows[k] ? values[i + k] : lows[k];
        for (size_t k = 0; k < FOUR; k++)
            highs[k] = values[i + k] > highs[k] ? values[i + k] : highs[k];
    }
    for (size_t i = 0; i < num % FOUR; i++) {
        lows[0] = values[i] < lows[0] ? values[i] : lows[0];
        highs[0] = values[i] > highs[0] ? values[i] : highs[0];
    }
    *low = lows[0];
    *high = highs[0];
    for (size_t k = 1; k < FOUR; k++) {
        *low = lows[k] < *low ? lows[k] : *low;
        *high = highs[k] > *high ? highs[k] : *high;
    }
}

extern const nlc_sums NLC_SUMS_NAME;
const nlc_sums NLC_SUMS_NAME = {NLC_ISA_NAME, fold, add_two, add, narrow, take, range};
