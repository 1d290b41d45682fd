/* Numbers and ids as text: the shortest decimals of a float, the hash of an id, and powers of two. */
#include "batch.h"

#include <string.h>

uint64_t nlc_mix(uint64_t x)
{
    x ^= x >> 30;
    x *= UINT64_C(0xBF58476D1CE4E5B9);
    x ^= x >> 27;
    x *= UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

uint64_t nlc_hash(const char *text, size_t length)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < length; i++) {
        hash ^= (unsigned char)text[i];
        hash *= UINT64_C(0x100000001B3);
    }
    return nlc_mix(hash);
}

/* 2^x = 2^n * 2^r with r in [-1/2, 1/2]: the series of exp(r ln 2) to the 14th term, whose rest is
 * below 2^-60. */
double nlc_exp2(double x)
{
    int32_t n = (int32_t)(x < 0 ? x - 0.5 : x + 0.5);
    double r = (x - n) * 0.6931471805599453094, sum = 1.0;
    for (int32_t k = 14; k > 0; k--)
        sum = 1.0 + sum * r / k;
    for (; n > 0; n--)
        sum = sum * 2.0;
    for (; n < 0; n++)
        sum = sum * 0.5;
    return sum;
}

/* 10^k for k from 0 to 22 is exact in a double, and so is every whole number below 2^53; the
 * quotient or product of two exact doubles is rounded once. */
static double power_of_ten(int32_t k)
{
    double power = 1.0;
    while (k-- > 0)
        power *= 10.0;
    return power;
}

static double scaled(uint64_t digits, int32_t exponent)
{
    double value = (double)digits;
    for (; exponent > 22; exponent -= 22)
        value *= 1e22;
    for (; exponent < -22; exponent += 22)
        value /= 1e22;
    return exponent < 0 ? value / power_of_ten(-exponent) : value * power_of_ten(exponent);
}

static size_t read_exponent(const char *text, size_t length, int32_t *exponent)
{
    size_t i = 0;
    bool negative = i < length && text[i] == '-';
    if (i < length && (text[i] == '-' || text[i] == '+'))
        i++;
    size_t start = i;
    int32_t value = 0;
    for (; i < length && text[i] >= '0' && text[i] <= '9'; i++)
        value = value < 1000 ? value * 10 + (text[i] - '0') : value;
    *exponent += negative ? -value : value;
    return i > start ? i : 0;
}

static double infinity(void)
{
    double huge = 1e300;
    return huge * huge;
}

/* digits / 10^places, rounded once although the digits may not fit into a double: the rest of the
 * division is found exactly (Dekker 1971, Numerische Mathematik 18:224) and divided in turn. */
static double divided(uint64_t digits, int32_t places)
{
    const double split = 134217729.0, power = power_of_ten(places);
    double high = (double)(digits & ~UINT64_C(0x7FF)), low = (double)(digits & 0x7FF), value = (high + low) / power;
    double value_top = value * split, power_top = power * split;
    value_top = value_top - (value_top - value);
    power_top = power_top - (power_top - power);
    double value_rest = value - value_top, power_rest = power - power_top, product = value * power;
    double error = ((value_top * power_top - product) + value_top * power_rest + value_rest * power_top) + value_rest * power_rest;
    return value + (((high - product) - error) + low) / power;
}

/* Digits beyond the 18th only count as places. With at most 22 places the result is the nearest double. */
bool nlc_decimal_read(const char *text, size_t length, double *value)
{
    uint64_t digits = 0;
    int32_t exponent = 0;
    bool point = false, seen = false;
    size_t i = 0;
    for (; i < length; i++) {
        if (text[i] == '.' && !point) {
            point = true;
        } else if (text[i] >= '0' && text[i] <= '9') {
            seen = true;
            bool room = digits < UINT64_C(100000000000000000);
            digits = room ? digits * 10 + (uint64_t)(text[i] - '0') : digits;
            exponent += (room ? 0 : 1) - (point ? 1 : 0);
        } else {
            break;
        }
    }
    if (seen && i < length && (text[i] == 'e' || text[i] == 'E')) {
        size_t used = read_exponent(text + i + 1, length - i - 1, &exponent);
        i = used ? i + 1 + used : i;
    }
    if (digits >> 53 && exponent < 0 && exponent >= -22)
        *value = divided(digits, -exponent);
    else
        *value = digits == 0 || exponent < -400 ? 0.0 : scaled(digits, exponent > 400 ? 400 : exponent);
    return seen && i == length;
}

bool nlc_real_read(const char *text, size_t length, double *value)
{
    static const char unlimited[] = "unlimited";
    if (length == 0) {
        *value = infinity() - infinity();
        return true;
    }
    if (length == sizeof unlimited - 1 && memcmp(text, unlimited, length) == 0) {
        *value = infinity();
        return true;
    }
    bool negative = text[0] == '-';
    size_t sign = negative || text[0] == '+' ? 1 : 0;
    double number;
    if (!nlc_decimal_read(text + sign, length - sign, &number) || number > 3.4028234e38)
        return false;
    *value = negative ? -number : number;
    return true;
}

bool nlc_number_read(const char *text, size_t length, float *value)
{
    double number;
    bool is_number = nlc_real_read(text, length, &number);
    if (is_number)
        *value = (float)number;
    return is_number;
}

static size_t write_digits(uint64_t digits, char *text)
{
    char reversed[20];
    size_t num = 0;
    do {
        reversed[num++] = (char)('0' + digits % 10);
        digits /= 10;
    } while (digits > 0);
    for (size_t i = 0; i < num; i++)
        text[i] = reversed[num - 1 - i];
    return num;
}

/* digits * 10^exponent with exponent <= 0 and not below -15, as plain decimals. */
static size_t write_plain(uint64_t digits, int32_t exponent, char *text)
{
    char all[24];
    size_t num = write_digits(digits, all), places = (size_t)-exponent, at = 0;
    if (num <= places) {
        text[at++] = '0';
        if (places > 0)
            text[at++] = '.';
        for (size_t i = num; i < places; i++)
            text[at++] = '0';
        memcpy(text + at, all, num);
        return at + num;
    }
    memcpy(text, all, num - places);
    at = num - places;
    if (places > 0) {
        text[at++] = '.';
        memcpy(text + at, all + num - places, places);
        at += places;
    }
    return at;
}

/* Finds the fewest digits d and an exponent e such that d * 10^e reads back as `value` > 0. */
static uint64_t shortest(float value, int32_t *exponent)
{
    for (int32_t e = 0; e >= -7; e--) {
        double product = (double)value * power_of_ten(-e);
        if (product >= 1e9)
            break;
        uint64_t digits = (uint64_t)(product + 0.5);
        if (digits > 0 && (float)scaled(digits, e) == value) {
            *exponent = e;
            return digits;
        }
    }
    int32_t magnitude = 0;
    for (double rest = (double)value; rest >= 10.0; rest /= 10.0)
        magnitude++;
    for (double rest = (double)value; rest < 1.0; rest *= 10.0)
        magnitude--;
    for (int32_t num = 1; num < 10; num++) {
        int32_t e = magnitude - num + 1;
        double product = scaled(1, e < 0 ? -e : 0) * (double)value / scaled(1, e > 0 ? e : 0);
        uint64_t digits = (uint64_t)(product + 0.5);
        for (uint64_t d = digits > 0 ? digits - 1 : 0; d <= digits + 1; d++) {
            if (d > 0 && (float)scaled(d, e) == value) {
                *exponent = e;
                return d;
            }
        }
    }
    *exponent = 0;
    return (uint64_t)value;
}

size_t nlc_number_write(float value, char *text)
{
    size_t at = 0;
    if (!(value == value))
        return 0;
    if (value > 3.4028235e38F) {
        memcpy(text, "unlimited", 9);
        return 9;
    }
    if (value < 0.0F) {
        text[at++] = '-';
        value = -value;
    }
    if (value == 0.0F) {
        text[0] = '0';
        return 1;
    }
    int32_t exponent;
    uint64_t digits = shortest(value, &exponent);
    for (; exponent < 0 && digits % 10 == 0; exponent++)
        digits /= 10;
    if (exponent <= 0 && exponent >= -12)
        return at + write_plain(digits, exponent, text + at);
    at += write_digits(digits, text + at);
    text[at++] = 'e';
    if (exponent < 0)
        text[at++] = '-';
    return at + write_digits((uint64_t)(exponent < 0 ? -exponent : exponent), text + at);
}
