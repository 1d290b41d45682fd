#include "number.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const uint32_t power_of_ten[NLC_MAX_DECIMALS + 1] = {1,      10,      100,      1000,      10000,
                                                            100000, 1000000, 10000000, 100000000, 1000000000};

static const char digit_pairs[] = "00010203040506070809101112131415161718192021222324"
                                  "25262728293031323334353637383940414243444546474849"
                                  "50515253545556575859606162636465666768697071727374"
                                  "75767778798081828384858687888990919293949596979899";

/* A magnitude in binary fixed point: the whole part, and the fraction as high*2^-64 + low*2^-128. */
typedef struct {
    uint64_t whole, high, low;
} fixed;

/* Doubles from here on are whole numbers. */
#define FIRST_WHOLE 4503599627370496.0 /* 2^52 */

/* Writes `value` right-aligned so that it ends before `end`, and returns where it begins. */
static char *write_backwards(uint64_t value, char *end)
{
    while (value >= 100) {
        uint64_t rest = value / 100;
        end -= 2;
        memcpy(end, digit_pairs + 2 * (value - rest * 100), 2);
        value = rest;
    }
    if (value >= 10) {
        end -= 2;
        memcpy(end, digit_pairs + 2 * value, 2);
        return end;
    }
    *--end = (char)('0' + value);
    return end;
}

size_t nlc_integer_write(uint64_t value, char *text)
{
    char buffer[20];
    char *begin = write_backwards(value, buffer + sizeof buffer);
    size_t length = (size_t)(buffer + sizeof buffer - begin);
    memcpy(text, begin, length);
    return length;
}

/* The fixed-point form of a magnitude below 2^52. A magnitude whose last bit lies below 2^-128 is
 * smaller than 2^-75, far from half of the last decimal, and may lose those bits. */
static fixed fixed_of(double magnitude)
{
    fixed result = {(uint64_t)magnitude, 0, 0};
    double fraction = magnitude - (double)result.whole;
    uint64_t bits;
    memcpy(&bits, &fraction, sizeof bits);
    int32_t exponent = (int32_t)(bits >> 52) - 1075; /* the fraction is mantissa * 2^exponent */
    if (exponent < -128 || fraction == 0) {
        return result;
    }
    uint64_t mantissa = (bits & (((uint64_t)1 << 52) - 1)) | ((uint64_t)1 << 52);
    if (exponent >= -64) {
        result.high = mantissa << (64 + exponent);
    } else {
        result.high = exponent == -128 ? 0 : mantissa >> (-64 - exponent);
        result.low = mantissa << (128 + exponent);
    }
    return result;
}

/* Multiplies a 64-bit fraction by a factor below 2^32 and adds `carry` (below the factor) to its
 * last bits: leaves the fraction of the product and returns its whole part. */
static uint64_t multiply_fraction(uint64_t *fraction, uint64_t factor, uint64_t carry)
{
    uint64_t low = (*fraction & UINT32_MAX) * factor + carry;
    uint64_t high = (*fraction >> 32) * factor + (low >> 32);
    *fraction = (high << 32) | (low & UINT32_MAX);
    return high >> 32;
}

/* The fraction in units of the last decimal, rounded to nearest; an exact tie goes to the even
 * digit, which for no decimals is the digit before the point. */
static uint64_t round_fraction(fixed value, uint32_t scale)
{
    const uint64_t half = (uint64_t)1 << 63;
    uint64_t carry = multiply_fraction(&value.low, scale, 0);
    uint64_t units = multiply_fraction(&value.high, scale, carry);
    bool tie = value.high == half && value.low == 0;
    bool odd = scale == 1 ? value.whole & 1 : units & 1;
    bool up = tie ? odd : value.high >= half;
    return units + up;
}

static size_t write_decimals(uint64_t units, uint32_t decimals, char *text)
{
    for (uint32_t k = decimals; k > 0; k--) {
        text[k] = (char)('0' + units % 10);
        units /= 10;
    }
    text[0] = '.';
    return decimals + 1;
}

/* Numbers of 2^52 and more are whole, and so rare that printf will do; it writes no decimal point
 * here, whose character would depend on the locale. */
static size_t write_large(double magnitude, uint32_t decimals, char *text)
{
    size_t length = (size_t)snprintf(text, NLC_DECIMAL_LENGTH, "%.0f", magnitude);
    return decimals == 0 ? length : length + write_decimals(0, decimals, text + length);
}

static size_t write_small(double magnitude, uint32_t decimals, bool negative, char *text)
{
    fixed value = fixed_of(magnitude);
    uint64_t units = round_fraction(value, power_of_ten[decimals]);
    if (units == power_of_ten[decimals]) {
        value.whole++;
        units = 0;
    }
    size_t length = 0;
    if (negative && (value.whole != 0 || units != 0)) {
        text[length++] = '-';
    }
    length += nlc_integer_write(value.whole, text + length);
    return decimals == 0 ? length : length + write_decimals(units, decimals, text + length);
}

/* Eight digits of a number below 10^8 at once: the digits lie in the bytes of one word, the first in
 * the lowest. The multiplications are divisions by 10,000, 100 and 10, exact for numbers this small. */
static void write_eight(uint32_t number, char *text)
{
    uint64_t halves = number / 10000 | (uint64_t)(number % 10000) << 32;
    uint64_t hundreds = (halves * 10486 >> 20) & UINT64_C(0x0000007F0000007F);
    uint64_t pairs = hundreds | (halves - 100 * hundreds) << 16;
    uint64_t tens = (pairs * 103 >> 10) & UINT64_C(0x000F000F000F000F);
    uint64_t digits = (tens | (pairs - 10 * tens) << 8) | UINT64_C(0x3030303030303030);
    for (uint32_t k = 0; k < 8; k++) {
        text[k] = (char)(digits >> 8 * k & 0xFF);
    }
}

/* What nearly all numbers are: not negative, small, of at most eight decimals, and so far from a tie
 * that a product rounded to a double tells on which side they lie. Returns the length, 0 where a
 * number is not of this kind. Below 2^32 the product is less than 2^-21 off. */
static size_t write_usual(double value, uint32_t decimals, char *text)
{
    uint32_t scale = power_of_ten[decimals];
    double product = value * scale;
    if (!(value >= 0 && product < 4294967295.0 && decimals <= 8)) {
        return 0;
    }
    uint32_t units = (uint32_t)product;
    double rest = product - units;
    if (rest > 0.499999 && rest < 0.500001) {
        return 0;
    }
    units += rest > 0.5;
    uint32_t whole = units / scale;
    size_t length = 1;
    if (whole < 10) {
        text[0] = (char)('0' + whole);
    } else {
        length = nlc_integer_write(whole, text);
    }
    if (decimals == 0) {
        return length;
    }
    text[length] = '.';
    write_eight((units - whole * scale) * power_of_ten[8 - decimals], text + length + 1);
    return length + 1 + decimals;
}

size_t nlc_decimal_write(double value, uint32_t decimals, char *text)
{
    assert(decimals <= NLC_MAX_DECIMALS);
    size_t length = write_usual(value, decimals, text);
    if (length > 0 || isnan(value)) {
        return length;
    }
    bool negative = value < 0;
    double magnitude = negative ? -value : value;
    if (magnitude < FIRST_WHOLE) {
        return write_small(magnitude, decimals, negative, text);
    }
    if (negative) {
        *text++ = '-';
    }
    if (isinf(magnitude)) {
        memcpy(text, "INF", 3);
        return 3U + negative;
    }
    return write_large(magnitude, decimals, text) + negative;
}
