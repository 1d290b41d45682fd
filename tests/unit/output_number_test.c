/* The fixed-decimal printer against printf, which rounds the exact binary value too. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"
#include "suite.h"

static uint64_t random_state = 0x2545F4914F6CDD1DU;

static uint64_t random_bits(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

/* What printf writes, without the sign of a zero. */
static void expected_text(double value, uint32_t decimals, char *text)
{
    snprintf(text, NLC_DECIMAL_LENGTH + 1, "%.*f", (int)decimals, value);
    if (text[0] == '-' && strspn(text + 1, "0.") == strlen(text + 1)) {
        memmove(text, text + 1, strlen(text));
    }
}

static void check_number(double value, uint32_t decimals)
{
    char expected[NLC_DECIMAL_LENGTH + 1];
    char actual[NLC_DECIMAL_LENGTH + 1];
    expected_text(value, decimals, expected);
    actual[nlc_decimal_write(value, decimals, actual)] = '\0';
    if (strcmp(actual, expected) != 0) {
        ck_abort_msg("%a with %u decimals: '%s', expected '%s'", value, decimals, actual, expected);
    }
}

static void check_all_decimals(double value)
{
    for (uint32_t decimals = 0; decimals <= NLC_MAX_DECIMALS; decimals++) {
        check_number(value, decimals);
        check_number(-value, decimals);
    }
}

START_TEST(shares_agree_with_printf)
{
    for (uint32_t i = 0; i < 400000; i++) {
        double unit = (double)(random_bits() >> 11) * 0x1p-53;
        check_number(unit, i % 10);
        check_number(-unit * 2000, i % 10);
        check_number((double)(float)unit, i % 10);
        check_number((double)(random_bits() % 201) / 200, i % 10);
    }
}
END_TEST

START_TEST(any_bit_pattern_agrees_with_printf)
{
    for (uint32_t i = 0; i < 400000; i++) {
        uint64_t bits = random_bits();
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value)) {
            check_number(value, i % 10);
        }
        /* Magnitudes around one, where all the rounding is. */
        check_number(ldexp((double)(random_bits() >> 11), (int)(i % 140) - 130), i % 10);
    }
}
END_TEST

START_TEST(ties_go_to_even)
{
    for (uint32_t k = 0; k < 10; k++) {
        for (uint32_t whole = 0; whole < 40; whole++) {
            check_all_decimals(whole + ldexp(1, -(int)k));
            check_all_decimals(whole + ldexp(3, -(int)k));
            check_all_decimals(nextafter(whole + ldexp(1, -(int)k), INFINITY));
            check_all_decimals(nextafter(whole + ldexp(1, -(int)k), 0));
        }
    }
}
END_TEST

START_TEST(edges)
{
    const double values[] = {0,
                             0.5,
                             0.9999999995,
                             0.99999999949999999,
                             999999.9999999999,
                             4503599627370495.5,
                             4503599627370496.0,
                             4503599627370497.0,
                             9007199254740993.0,
                             1e22,
                             1.7976931348623157e308,
                             5e-324,
                             2.2250738585072014e-308,
                             5e-10,
                             4.9999999999999999e-10,
                             0x1p-75,
                             0x1.fffffffffffffp-76,
                             0x1p-64,
                             0x1p-65};
    for (size_t k = 0; k < sizeof values / sizeof values[0]; k++) {
        check_all_decimals(values[k]);
    }
}
END_TEST

START_TEST(what_is_not_a_number)
{
    char text[NLC_DECIMAL_LENGTH];
    ck_assert_uint_eq(nlc_decimal_write(NAN, 3, text), 0);
    ck_assert_uint_eq(nlc_decimal_write(INFINITY, 3, text), 3);
    ck_assert_mem_eq(text, "INF", 3);
    ck_assert_uint_eq(nlc_decimal_write(-INFINITY, 3, text), 4);
    ck_assert_mem_eq(text, "-INF", 4);
    ck_assert_uint_eq(nlc_decimal_write(-0.0, 2, text), 4);
    ck_assert_mem_eq(text, "0.00", 4);
    ck_assert_uint_eq(nlc_decimal_write(-0.0049, 2, text), 4);
    ck_assert_mem_eq(text, "0.00", 4);
}
END_TEST

START_TEST(whole_numbers)
{
    const uint64_t values[] = {0, 7, 10, 99, 100, 101, 12345, 4294967296U, UINT64_MAX};
    for (size_t k = 0; k < sizeof values / sizeof values[0]; k++) {
        char expected[32];
        char actual[32];
        snprintf(expected, sizeof expected, "%llu", (unsigned long long)values[k]);
        actual[nlc_integer_write(values[k], actual)] = '\0';
        ck_assert_str_eq(actual, expected);
    }
}
END_TEST

RUN_SUITE("output_number", shares_agree_with_printf, any_bit_pattern_agrees_with_printf, ties_go_to_even, edges,
          what_is_not_a_number, whole_numbers)
