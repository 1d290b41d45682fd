/* Sums of tallies, against the same in plain words. */
#include "sums.h"

#include <math.h>

#include "nlcsim.h"
#include "suite.h"

enum { NUM = 12 };

static void fill(double *values, double from, double step)
{
    for (int i = 0; i < NUM; i++)
        values[i] = from + step * i;
}

START_TEST(a_block_is_folded_and_emptied)
{
    const nlc_sums *sums = nlc_sums_for_cpu();
    double into[NUM];
    float block[NUM];
    fill(into, 1e9, 1);
    for (int i = 0; i < NUM; i++)
        block[i] = 0.237F * (float)i;
    sums->fold(into, block, NUM, false);
    for (int i = 0; i < NUM; i++) {
        ck_assert_double_eq(into[i], 1e9 + i + (double)(0.237F * (float)i));
        ck_assert_float_eq(block[i], 0);
        block[i] = 0.45F;
    }
    sums->fold(into, block, NUM, true);
    for (int i = 0; i < NUM; i++)
        ck_assert_double_eq(into[i], (double)0.45F);
}
END_TEST

START_TEST(sums_and_rounding)
{
    const nlc_sums *sums = nlc_sums_for_cpu();
    double a[NUM], b[NUM], sum[NUM];
    float narrow[NUM];
    fill(a, 0.1, 0.37);
    fill(b, -3, 0.237);
    sums->add_two(sum, a, b, NUM);
    for (int i = 0; i < NUM; i++)
        ck_assert_double_eq(sum[i], (0.1 + 0.37 * i) + (-3 + 0.237 * i));
    sums->add(sum, a, NUM);
    sums->narrow(narrow, sum, NUM);
    for (int i = 0; i < NUM; i++) {
        ck_assert_double_eq(sum[i], (a[i] + b[i]) + a[i]);
        ck_assert_float_eq(narrow[i], (float)sum[i]);
    }
}
END_TEST

START_TEST(columns_are_taken_into_rows_of_a_block)
{
    enum { ROWS = 3, STRIDE = 8 };
    const nlc_sums *sums = nlc_sums_for_cpu();
    double month[ROWS * NLC_BLOCK_RUNS], total[ROWS * NLC_BLOCK_RUNS];
    float kept[ROWS * STRIDE];
    for (int i = 0; i < ROWS * NLC_BLOCK_RUNS; i++) {
        month[i] = -1;
        total[i] = 0.5 * i;
    }
    for (int i = 0; i < ROWS * STRIDE; i++)
        kept[i] = 0.237F + (float)i;
    sums->take(month + 4, total + 4, kept + 4, ROWS, STRIDE);
    for (int row = 0; row < ROWS; row++) {
        for (int l = 0; l < NLC_BLOCK_RUNS; l++) {
            const int i = row * NLC_BLOCK_RUNS + l;
            const double value = l < 4 || l >= 8 ? 0 : (double)kept[row * STRIDE + l];
            ck_assert_double_eq(month[i], l < 4 || l >= 8 ? -1 : value);
            ck_assert_double_eq(total[i], 0.5 * i + value);
        }
    }
}
END_TEST

START_TEST(the_range_of_any_number_of_values)
{
    const double values[] = {0.45, 0.237, 7.5, -3.25, 0.9, 12.125, 4.5, -3.5, 2};
    const double low[] = {0.45, 0.237, 0.237, -3.25, -3.25, -3.25, -3.25, -3.5, -3.5};
    const double high[] = {0.45, 0.45, 7.5, 7.5, 7.5, 12.125, 12.125, 12.125, 12.125};
    for (size_t num = 1; num <= sizeof values / sizeof *values; num++) {
        double lowest, highest;
        nlc_sums_for_cpu()->range(values, num, &lowest, &highest);
        ck_assert_double_eq(lowest, low[num - 1]);
        ck_assert_double_eq(highest, high[num - 1]);
    }
}
END_TEST

RUN_SUITE("core/sums", a_block_is_folded_and_emptied, sums_and_rounding, columns_are_taken_into_rows_of_a_block,
          the_range_of_any_number_of_values)
