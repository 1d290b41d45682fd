#include "chance.h"

#define GOLDEN 0x9e3779b97f4a7c15u

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

nlc_chance nlc_chance_of(uint64_t seed, uint32_t draw, uint64_t country_key, uint64_t place_key)
{
    uint64_t key = mix(seed + GOLDEN);
    key = mix((key ^ draw) + GOLDEN);
    key = mix((key ^ country_key) + GOLDEN);
    key = mix((key ^ place_key) + GOLDEN);
    return (nlc_chance){.key = key, .count = 0};
}

uint64_t nlc_chance_next(nlc_chance *self)
{
    return mix(self->key + ++self->count * GOLDEN);
}

double nlc_chance_unit(nlc_chance *self)
{
    return (double)(nlc_chance_next(self) >> 11) * 0x1p-53;
}

uint32_t nlc_chance_below(nlc_chance *self, uint32_t n)
{
    const uint32_t num_rejected = (0 - n) % n;
    uint64_t product;
    do {
        product = (nlc_chance_next(self) >> 32) * n;
    } while ((uint32_t)product < num_rejected);
    return (uint32_t)(product >> 32);
}

/* ln(1 - x) for x in [0, 1), as 2 artanh of s = (y - 1)/(y + 1) after y = 1 - x has been doubled into
 * [0.7, 1.4). It has the same bits on every machine, which the C library's logarithm does not
 * promise. Small x enter s directly, so that 1 - x is not rounded. */
static double log_one_minus(double x)
{
    double y = 1 - x, doublings = 0;
    while (y < 0.7) {
        y *= 2;
        doublings++;
    }
    const double s = doublings > 0 ? (y - 1) / (y + 1) : -x / (2 - x);
    const double square = s * s;
    double series = 0;
    for (int k = 23; k > 0; k -= 2) {
        series = series * square + 1.0 / k;
    }
    return 2 * s * series - doublings * 0.69314718055994530942;
}

uint64_t nlc_chance_failures(nlc_chance *self, double probability)
{
    const double failures = log_one_minus(nlc_chance_unit(self)) / log_one_minus(probability);
    return failures < 0x1p62 ? (uint64_t)failures : UINT64_C(1) << 62;
}
