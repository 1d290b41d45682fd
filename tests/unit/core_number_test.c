#include "batch.h"
#include "suite.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *written(float value)
{
    static char text[NLC_NUMBER_LENGTH + 1];
    text[nlc_number_write(value, text)] = '\0';
    return text;
}

START_TEST(writes_the_shortest_decimals)
{
    ck_assert_str_eq(written(0.1F), "0.1");
    ck_assert_str_eq(written(-2.37F), "-2.37");
    ck_assert_str_eq(written(1743.0F), "1743");
    ck_assert_str_eq(written(0.000125F), "0.000125");
    ck_assert_str_eq(written(16777216.0F), "16777216");
    ck_assert_str_eq(written(-0.0F), "0");
    ck_assert_str_eq(written(INFINITY), "unlimited");
    ck_assert_str_eq(written(NAN), "");
    ck_assert_str_eq(written(1e30F), "1e30");
}
END_TEST

/* Every float comes back, whatever its bits: a walk over all exponents and many mantissas. */
START_TEST(reads_back_every_float)
{
    for (uint64_t k = 0; k < 400000; k++) {
        uint32_t bits = (uint32_t)nlc_mix(k);
        float value, back;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value) || fabsf(value) < 1e-37F)
            continue;
        const char *text = written(value);
        ck_assert(nlc_number_read(text, strlen(text), &back));
        ck_assert_msg(back == value, "%a came back as %a from '%s'", (double)value, (double)back, text);
        ck_assert_msg(strtof(text, NULL) == value, "strtof reads '%s' otherwise", text);
    }
}
END_TEST

START_TEST(refuses_what_is_no_number)
{
    static const char *const wrong[] = {"1,5", "1.5.2", "1e", "abc", ".", "-", "1 ", " 1", "0x10", "nan", "inf", "1e39", "--1"};
    float value;
    for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++)
        ck_assert_msg(!nlc_number_read(wrong[k], strlen(wrong[k]), &value), "'%s' was read", wrong[k]);
    ck_assert(nlc_number_read(".5", 2, &value) && value == 0.5F);
    ck_assert(nlc_number_read("+2.50e-1", 8, &value) && value == 0.25F);
    ck_assert(nlc_number_read("unlimited", 9, &value) && isinf(value));
    ck_assert(nlc_number_read("", 0, &value) && isnan(value));
}
END_TEST

START_TEST(powers_of_two_agree_with_the_library)
{
    for (int k = -3000; k <= 3000; k++) {
        double x = k / 237.0;
        ck_assert_double_eq_tol(nlc_exp2(x) / exp2(x), 1.0, 5e-16);
    }
    ck_assert_double_eq(nlc_exp2(-1.0), 0.5);
}
END_TEST

START_TEST(hash_depends_on_every_byte)
{
    uint64_t hash = nlc_hash("PH-0102801000", 13);
    ck_assert_uint_ne(hash, nlc_hash("PH-0102801001", 13));
    ck_assert_uint_ne(hash, nlc_hash("PH-010280100", 12));
    ck_assert_uint_ne(nlc_hash("", 0), nlc_hash("\0", 1));
}
END_TEST

/* As the C library rounds them: with 17 and 18 digits, which do not all fit into a double. */
START_TEST(reads_the_nearest_double)
{
    char text[40];
    double value;
    uint64_t state = 237;
    for (uint32_t k = 0; k < 20000; k++) {
        state = nlc_mix(state + UINT64_C(0x9E3779B97F4A7C15));
        const double drawn = (double)(state >> 11) / 9007199254740992.0;
        snprintf(text, sizeof text, "%.17f", drawn);
        ck_assert(nlc_real_read(text, strlen(text), &value));
        ck_assert_double_eq(value, strtod(text, NULL));
        snprintf(text, sizeof text, "-%.17g", 9 * drawn + 1);
        ck_assert(nlc_real_read(text, strlen(text), &value));
        ck_assert_double_eq(value, strtod(text, NULL));
    }
    ck_assert(nlc_real_read("0.14285714285714285", 19, &value) && value == 1.0 / 7);
    ck_assert(nlc_real_read("", 0, &value) && isnan(value));
    ck_assert(!nlc_real_read("1e39", 4, &value));
}
END_TEST

RUN_SUITE("numbers", reads_the_nearest_double, writes_the_shortest_decimals, reads_back_every_float, refuses_what_is_no_number,
          powers_of_two_agree_with_the_library, hash_depends_on_every_byte)
