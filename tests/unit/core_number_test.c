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

/* Every float comes back, whatever its bits: a walk over all exponents and many mantissas. A passed
 * assertion costs more than all that is tried here, so none is made. */
START_TEST(reads_back_every_float)
{
    for (uint64_t k = 0; k < 400000; k++) {
        uint32_t bits = (uint32_t)nlc_mix(k);
        float value, back;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value) || fabsf(value) < 1e-37F)
            continue;
        const char *text = written(value);
        if (!nlc_number_read(text, strlen(text), &back) || back != value)
            ck_abort_msg("%a came back as %a from '%s'", (double)value, (double)back, text);
        if (strtof(text, NULL) != value)
            ck_abort_msg("strtof reads '%s' otherwise", text);
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

/* What the authors of FNV-1a and of splitmix64 publish. */
START_TEST(hashes_as_published)
{
    uint64_t state = 1234567;
    static const uint64_t drawn[] = {UINT64_C(6457827717110365317), UINT64_C(3203168211198807973), UINT64_C(9817491932198370423),
                                     UINT64_C(4593380528125082431), UINT64_C(16408922859458223821)};
    for (size_t k = 0; k < sizeof drawn / sizeof drawn[0]; k++)
        ck_assert_uint_eq(nlc_mix(state += UINT64_C(0x9E3779B97F4A7C15)), drawn[k]);
    ck_assert_uint_eq(nlc_hash("", 0), nlc_mix(UINT64_C(0xCBF29CE484222325)));
    ck_assert_uint_eq(nlc_hash("a", 1), nlc_mix(UINT64_C(0xAF63DC4C8601EC8C)));
    ck_assert_uint_eq(nlc_hash("foobar", 6), nlc_mix(UINT64_C(0x85944171F73967E8)));
}
END_TEST

/* In the form that is written: plain decimals down to 12 places, else digits and an exponent. */
START_TEST(writes_in_one_form)
{
    static const struct {
        float value;
        const char *text;
    } forms[] = {
        {1.0F, "1"},
        {-1.0F, "-1"},
        {9.0F, "9"},
        {10.0F, "10"},
        {0.5F, "0.5"},
        {0.05F, "0.05"},
        {1.05F, "1.05"},
        {120.5F, "120.5"},
        {12.0F, "12"},
        {-0.237F, "-0.237"},
        {1e-7F, "0.0000001"},
        {1e-8F, "0.00000001"},
        {2e-12F, "0.000000000002"},
        {2e-13F, "2e-13"},
        {-2e-13F, "-2e-13"},
        {2.5e-12F, "25e-13"},
        {999999.0F, "999999"},
        {100000000.0F, "100000000"},
        {1e9F, "1e9"},
        {1.5e9F, "15e8"},
        {-1.5e9F, "-15e8"},
        {1e10F, "1e10"},
        {2.37e20F, "237e18"},
        {3.4028235e38F, "34028234e31"},
        {1.17549435e-38F, "11754943e-45"},
        {-INFINITY, NULL},
        {0.3F, "0.3"},
        {1.0F / 3, "0.33333333"},
        {1000.0F, "1000"},
    };
    for (size_t k = 0; k < sizeof forms / sizeof forms[0]; k++)
        if (forms[k].text)
            ck_assert_str_eq(written(forms[k].value), forms[k].text);
}
END_TEST

/* No shorter text reads back: fewer places where there are at most 7, fewer digits elsewhere. */
START_TEST(writes_no_digit_too_many)
{
    for (uint32_t k = 0; k < 4000; k++) {
        char shorter[64];
        const float value = (float)((double)(nlc_mix(k) % 1000000000 + 1) * pow(10, (int)(nlc_mix(k + 7) % 45) - 29));
        const char *text = written(value), *point = strchr(text, '.'), *exponent = strchr(text, 'e');
        const int places = point ? (int)strlen(point + 1) : 0;
        if (!exponent && places <= 7) {
            snprintf(shorter, sizeof shorter, "%.*f", places > 0 ? places - 1 : 0, (double)value);
            ck_assert_msg(places == 0 || strtof(shorter, NULL) != value, "%s is longer than %s", text, shorter);
            continue;
        }
        int digits = exponent ? (int)(exponent - text) : (int)strlen(text + strspn(text, "0."));
        snprintf(shorter, sizeof shorter, "%.*e", digits > 1 ? digits - 2 : 0, (double)value);
        ck_assert_msg(digits == 1 || strtof(shorter, NULL) != value, "%s is longer than %s", text, shorter);
        ck_assert(!exponent || exponent[-1] != '0');
    }
}
END_TEST

static void reads_as(const char *text, double expected, double tolerance)
{
    double value = 237;
    ck_assert_msg(nlc_decimal_read(text, strlen(text), &value), "'%s' was not read", text);
    ck_assert_msg(value == expected || fabs(value - expected) <= tolerance * expected, "'%s' was read as %a, not %a", text, value,
                  expected);
}

START_TEST(reads_digits_point_and_exponent)
{
    static const char *const exact[] = {"0",
                                        "5.",
                                        ".5",
                                        "0.5",
                                        "007",
                                        "1e0",
                                        "1e5",
                                        "1E5",
                                        "1e+5",
                                        "1e-5",
                                        "25e-1",
                                        "1e22",
                                        "1e-22",
                                        "3e22",
                                        "7e-22",
                                        "1.5e3",
                                        "9e15",
                                        "1.237e-9",
                                        "123456",
                                        "0.000001",
                                        "9007199254740992",
                                        "9007199254740993",
                                        "99999999999999999",
                                        "123456789012345678",
                                        "1e09",
                                        "0e999"};
    static const char *const close[] = {"1e23",
                                        "1e-23",
                                        "1.5e44",
                                        "1.5e-44",
                                        "1e45",
                                        "1e-45",
                                        "2e300",
                                        "2e-300",
                                        "1234567890123456789",
                                        "12345678901234567890123",
                                        "999999999999999999999999",
                                        "0.0000000000000000000000123456789",
                                        "1000000000000000000000000000000",
                                        "12345678901234567890.5",
                                        "0.123456789012345678901234567890",
                                        "123456789012345678e-25",
                                        "1.7e308"};
    for (size_t k = 0; k < sizeof exact / sizeof exact[0]; k++)
        reads_as(exact[k], strtod(exact[k], NULL), 0);
    for (size_t k = 0; k < sizeof close / sizeof close[0]; k++)
        reads_as(close[k], strtod(close[k], NULL), 2e-15);
    /* Beyond 22 places the exponent is taken 22 at a time: this form is a part of the results. */
    for (unsigned k = 1; k < 300; k++) {
        char text[32];
        snprintf(text, sizeof text, "%ue-23", k);
        reads_as(text, k / 1e22 / 10.0, 0);
        snprintf(text, sizeof text, "%ue23", k);
        reads_as(text, k * 1e22 * 10.0, 0);
        snprintf(text, sizeof text, "%ue-45", k);
        reads_as(text, k / 1e22 / 1e22 / 10.0, 0);
        snprintf(text, sizeof text, "%ue45", k);
        reads_as(text, k * 1e22 * 1e22 * 10.0, 0);
    }
    reads_as("1e-401", 0, 0);
    reads_as("1e-99999999999", 0, 0);
    reads_as("1e99999999999", INFINITY, 0);
    reads_as("1e401", INFINITY, 0);
    /* As far down as doubles go; and so many digits that the exponent brings back what it took. */
    reads_as("1000000e-310", 1e-304, 2e-14);
    reads_as("0.0000000001e310", 1e300, 2e-14);
}
END_TEST

START_TEST(refuses_other_decimals)
{
    static const char *const wrong[] = {"",   ".",  "e5", ".e5", "1e", "1e+", "1e-", "1e5x", "1e5.5", "1..2",
                                        "+1", "-1", "1-", "1:",  "1/", "/1",  ":1",  "1e:",  "1e/"};
    double value;
    for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++)
        ck_assert_msg(!nlc_decimal_read(wrong[k], strlen(wrong[k]), &value), "'%s' was read", wrong[k]);
    /* The text ends where its length says. */
    ck_assert(nlc_decimal_read("12e3", 2, &value) && value == 12);
    ck_assert(!nlc_decimal_read("12e3", 3, &value));
    ck_assert(nlc_decimal_read("12e34", 4, &value) && value == 12000);
    ck_assert(nlc_real_read("-1.5", 4, &value) && value == -1.5);
    ck_assert(nlc_real_read("3.4028234e38", 12, &value));
    ck_assert(nlc_real_read("-3.4028234e38", 13, &value));
    ck_assert(!nlc_real_read("3.4028236e38", 12, &value));
    ck_assert(!nlc_real_read("unlimite", 8, &value) && !nlc_real_read("unlimitee", 9, &value) &&
              !nlc_real_read("unlimitedx", 10, &value));
    ck_assert(!nlc_real_read("-", 1, &value) && !nlc_real_read("+", 1, &value) && !nlc_real_read("+-1", 3, &value));
}
END_TEST

/* The form of the series is a part of the results: Horner's, from the 14th term. */
START_TEST(powers_of_two_follow_the_series)
{
    for (int k = -500; k < 500; k++) {
        const double x = k / 1000.0 + 1e-7, r = x * 0.6931471805599453094;
        double sum = 1 + r / 14;
        for (int term = 13; term > 0; term--)
            sum = 1 + sum * r / term;
        ck_assert_double_eq(nlc_exp2(x), sum);
        ck_assert_double_eq(nlc_exp2(x - 3), nlc_exp2(x - 3 + 2) / 4);
    }
}
END_TEST

START_TEST(powers_of_two_are_exact_at_whole_numbers)
{
    for (int k = -1000; k <= 1000; k += 125)
        ck_assert_double_eq(nlc_exp2(k), ldexp(1, k));
    ck_assert_double_eq(nlc_exp2(0), 1);
}
END_TEST

RUN_SUITE("numbers", reads_the_nearest_double, writes_the_shortest_decimals, reads_back_every_float, refuses_what_is_no_number,
          powers_of_two_agree_with_the_library, hash_depends_on_every_byte, hashes_as_published, writes_in_one_form,
          writes_no_digit_too_many, reads_digits_point_and_exponent, refuses_other_decimals,
          powers_of_two_are_exact_at_whole_numbers, powers_of_two_follow_the_series)
