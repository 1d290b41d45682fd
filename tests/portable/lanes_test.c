/* The functions of lanes.h, one by one, against plain arithmetic on each lane, in the build that the
 * compiler's flags choose; and the generator of philox.h against Random123's. */
#include "philox.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Random123's header brings the compiler's intrinsics in, which the emulated ones stand in for, and refuses
 * WebAssembly. */
#if defined(__has_include) && !defined(TESTS_EMULATED_AVX512_H) && !defined(__wasm__)
#if __has_include(<Random123/philox.h>)
#include <Random123/philox.h>
#define HAVE_RANDOM123 1
#endif
#endif

static int failed;

static void expect(bool holds, const char *name, uint32_t lane)
{
    if (!holds) {
        printf("FAILED %s, lane %u\n", name, (unsigned)lane);
        failed++;
    }
}

static bool same(float a, float b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static const float reals[] = {0.0F, -0.0F, 0.237F, -1.5F, INFINITY, -INFINITY, NAN, 1e-40F};
#define NUM_REALS (sizeof reals / sizeof reals[0])

/* Every pair of numbers meets in some lane. */
static void try_reals(uint32_t shift)
{
    real_lanes a, b;
    for (uint32_t l = 0; l < NLC_LANES; l++) {
        a[l] = reals[l % NUM_REALS];
        b[l] = reals[(l + shift) % NUM_REALS];
    }
    real_lanes low = smaller(a, b), high = larger(a, b), picked = pick(less(a, b), a, b), kept = keep(at_least(a, b), a);
    real_lanes not_both = keep(only(at_least(a, a), less(a, b)), a), in_either = keep(either(less(a, b), less(b, a)), b);
    for (uint32_t l = 0; l < NLC_LANES; l++) {
        expect(same(low[l], a[l] < b[l] ? a[l] : b[l]), "smaller", l);
        expect(same(high[l], a[l] > b[l] ? a[l] : b[l]), "larger", l);
        expect(same(picked[l], a[l] < b[l] ? a[l] : b[l]), "pick", l);
        expect(same(kept[l], a[l] >= b[l] ? a[l] : 0.0F), "keep", l);
        expect(same(not_both[l], a[l] >= a[l] && !(a[l] < b[l]) ? a[l] : 0.0F), "only", l);
        expect(same(in_either[l], a[l] < b[l] || b[l] < a[l] ? b[l] : 0.0F), "either", l);
    }
}

static void try_words(uint32_t seed)
{
    word_lanes a, b;
    for (uint32_t l = 0; l < NLC_LANES; l++) {
        a[l] = (seed * 7 + l * 5) % 16;
        b[l] = (seed * 3 + l * 11) % 16;
    }
    word_lanes equal = keep_words(equal_words(a, 5), b), below = keep_words(words_below(a, 6), b);
    word_lanes above = drop_words(words_above(a, b), b), picked = pick_words(both(words_above(a, b), words_below(a, 9)), a, b);
    real_lanes converted = to_real(a);
    for (uint32_t l = 0; l < NLC_LANES; l++) {
        expect(equal[l] == (a[l] == 5 ? b[l] : 0), "equal_words", l);
        expect(below[l] == (a[l] < 6 ? b[l] : 0), "words_below", l);
        expect(above[l] == (a[l] > b[l] ? 0 : b[l]), "words_above and drop_words", l);
        expect(picked[l] == (a[l] > b[l] && a[l] < 9 ? a[l] : b[l]), "pick_words", l);
        expect(converted[l] == (float)a[l], "to_real", l);
    }
    expect(any(equal_words(a, a[NLC_LANES - 1])) && !any(equal_words(a, 16)) && !any(no_lane()), "any", 0);
}

/* Philox4x32-10 as its authors write it down, on plain integers. */
static void reference(uint32_t c[4], uint32_t k0, uint32_t k1)
{
    for (uint32_t round = 0; round < 10; round++) {
        uint64_t p0 = (uint64_t)NLC_PHILOX_M0 * c[0], p1 = (uint64_t)NLC_PHILOX_M1 * c[2];
        uint32_t next[4] = {(uint32_t)(p1 >> 32) ^ c[1] ^ k0, (uint32_t)p1, (uint32_t)(p0 >> 32) ^ c[3] ^ k1, (uint32_t)p0};
        memcpy(c, next, sizeof next);
        k0 += NLC_PHILOX_W0, k1 += NLC_PHILOX_W1;
    }
}

static void try_random(uint64_t seed, uint64_t node, uint32_t count)
{
    word_lanes replicate, block[4];
    real_lanes u[5];
    for (uint32_t l = 0; l < NLC_LANES; l++)
        replicate[l] = 237 * l + (uint32_t)seed;
    const random_source source = random_source_of(seed, replicate);
    philox(&source, node, count, block);
    uniforms(&source, node, count, u);
    for (uint32_t l = 0; l < NLC_LANES; l++) {
        for (uint32_t k = 0; k < 5; k++) {
            float scaled = u[k][l] * 16777216.0F;
            expect(u[k][l] >= 0 && u[k][l] < 1 && scaled == floorf(scaled), "uniforms", l);
        }
        uint32_t expected[4] = {(uint32_t)node, (uint32_t)(node >> 32), (uint32_t)replicate[l], count};
#ifdef HAVE_RANDOM123
        philox4x32_ctr_t counter = {{expected[0], expected[1], expected[2], expected[3]}};
        philox4x32_key_t key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
        philox4x32_ctr_t theirs = philox4x32(counter, key);
#endif
        reference(expected, (uint32_t)seed, (uint32_t)(seed >> 32));
        for (uint32_t w = 0; w < 4; w++) {
            expect(block[w][l] == expected[w], "philox", l);
#ifdef HAVE_RANDOM123
            expect(theirs.v[w] == expected[w], "Random123", l);
#endif
        }
        expect(u[1][l] == (float)(expected[1] >> 8) / 16777216.0F, "uniform of a word", l);
        uint32_t last = (expected[0] & 255) << 16 | (expected[1] & 255) << 8 | (expected[2] & 255);
        expect(u[4][l] == (float)last / 16777216.0F, "uniform of the rest", l);
    }
}

int main(void)
{
#ifdef NLC_ISA_AVX2
    if (!__builtin_cpu_supports("avx2"))
        return 77;
#endif
#if defined(NLC_ISA_AVX512) && !defined(TESTS_EMULATED_AVX512_H)
    if (!__builtin_cpu_supports("avx512f"))
        return 77;
#endif
    for (uint32_t k = 0; k < NUM_REALS; k++)
        try_reals(k);
    for (uint32_t k = 0; k < 64; k++)
        try_words(k);
    for (uint32_t k = 0; k < 500; k++)
        try_random(UINT64_C(0x9E3779B97F4A7C15) * k, UINT64_C(0xD1B54A32D192ED03) * (k + 3), k * k);
    return failed ? 1 : 0;
}
