/* Sums of blocks, in the build for every machine and in the one for this: the bits of sums in order. */
#include "suite.h"

#include "nlcsim.h"
#include "sums.h"

#include <math.h>
#include <string.h>

extern const nlc_sums nlc_sums_plain;

#define MOST 40
#define MARK 0.237

static const nlc_sums *sums_of(int build)
{
    return build == 0 ? &nlc_sums_plain : nlc_sums_for_cpu();
}

static double drawn(uint32_t k)
{
    return (double)(nlc_mix(k) >> 20) / 1e9 - 5000.0;
}

static void fill(double *values, size_t num, uint32_t from)
{
    for (size_t i = 0; i < num; i++)
        values[i] = drawn(from + (uint32_t)i);
}

START_TEST(folds_a_block_and_empties_it)
{
    for (int build = 0; build < 2; build++) {
        double into[MOST + 1], before[MOST];
        float block[MOST + 1], given[MOST];
        for (int first = 0; first < 2; first++) {
            fill(before, MOST, 7);
            memcpy(into, before, sizeof before);
            into[24] = MARK;
            for (uint32_t i = 0; i < MOST; i++)
                block[i] = given[i] = (float)drawn(i + 99);
            sums_of(build)->fold(into, block, 24, first == 1);
            for (uint32_t i = 0; i < 24; i++) {
                ck_assert_double_eq(into[i], first ? (double)given[i] : before[i] + (double)given[i]);
                ck_assert_float_eq(block[i], 0);
            }
            ck_assert_double_eq(into[24], MARK);
            ck_assert_float_eq(block[24], given[24]);
        }
    }
}
END_TEST

START_TEST(adds_and_narrows_what_it_is_given)
{
    for (int build = 0; build < 2; build++) {
        double a[MOST], b[MOST], sums[MOST];
        float narrow[MOST];
        fill(a, MOST, 1);
        fill(b, MOST, 1000);
        for (size_t num = 0; num < MOST; num += 4) {
            sums[num] = MARK;
            sums_of(build)->add_two(sums, a, b, num);
            for (size_t i = 0; i < num; i++)
                ck_assert_double_eq(sums[i], a[i] + b[i]);
            sums_of(build)->add(sums, b, num);
            for (size_t i = 0; i < num; i++)
                ck_assert_double_eq(sums[i], a[i] + b[i] + b[i]);
            ck_assert_double_eq(sums[num], MARK);
            narrow[num] = 0.25F;
            sums_of(build)->narrow(narrow, a, num);
            for (size_t i = 0; i < num; i++)
                ck_assert_float_eq(narrow[i], (float)a[i]);
            ck_assert_float_eq(narrow[num], 0.25F);
        }
    }
}
END_TEST

/* Four runs of a block, of rows that stand `stride` apart where they are kept. */
START_TEST(takes_rows_of_four_runs)
{
    enum { ROWS = 3, STRIDE = 11 };
    for (int build = 0; build < 2; build++) {
        float kept[(ROWS + 1) * STRIDE];
        double month[(ROWS + 1) * NLC_BLOCK_RUNS], total[(ROWS + 1) * NLC_BLOCK_RUNS], before[(ROWS + 1) * NLC_BLOCK_RUNS];
        for (uint32_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
            kept[i] = (float)drawn(i);
        fill(before, sizeof before / sizeof before[0], 500);
        memcpy(total, before, sizeof before);
        memcpy(month, before, sizeof before);
        sums_of(build)->take(month, total, kept, ROWS, STRIDE);
        for (size_t row = 0; row <= ROWS; row++) {
            for (size_t k = 0; k < NLC_BLOCK_RUNS; k++) {
                size_t at = row * NLC_BLOCK_RUNS + k;
                bool taken = row < ROWS && k < 4;
                ck_assert_double_eq(month[at], taken ? (double)kept[row * STRIDE + k] : before[at]);
                ck_assert_double_eq(total[at], taken ? before[at] + (double)kept[row * STRIDE + k] : before[at]);
            }
        }
    }
}
END_TEST

/* The extreme stands at every place of every length in turn; what stands around the values does not count. */
START_TEST(finds_the_range_wherever_it_stands)
{
    for (int build = 0; build < 4; build++) {
        const double shift = build < 2 ? 0 : -100;
        for (size_t num = 1; num < 23; num++) {
            for (size_t at = 0; at < num; at++) {
                double values[MOST], low, high;
                for (size_t i = 0; i < MOST; i++)
                    values[i] = i < num ? shift + 1.0 + (double)(i % 5) / 10 : i % 2 ? 1e9 : -1e9;
                values[at] = shift + 7.5;
                values[(at + num / 2) % num] = shift + (num > 1 ? -0.25 : 7.5);
                sums_of(build % 2)->range(values, num, &low, &high);
                ck_assert_double_eq(low, shift + (num > 1 ? -0.25 : 7.5));
                ck_assert_double_eq(high, shift + 7.5);
            }
        }
    }
}
END_TEST

START_TEST(has_a_build_for_this_machine)
{
    ck_assert_str_eq(nlc_sums_plain.isa, "plain");
#if defined(__x86_64__)
    ck_assert_str_eq(nlc_sums_for_cpu()->isa, __builtin_cpu_supports("avx2") ? "avx2" : "plain");
#else
    ck_assert_ptr_eq(nlc_sums_for_cpu(), &nlc_sums_plain);
#endif
}
END_TEST

RUN_SUITE("sums", folds_a_block_and_empties_it, adds_and_narrows_what_it_is_given, takes_rows_of_four_runs,
          finds_the_range_wherever_it_stands, has_a_build_for_this_machine)
