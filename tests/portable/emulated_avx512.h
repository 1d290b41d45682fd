/* The AVX-512 intrinsics that lanes.h uses, in plain C, so that the logic of its wrapper (which lane a
 * mask keeps, which operand a blend takes) is tested on every machine. Put before lanes.h with -include;
 * the guards keep the compiler's own header out. Semantics as in Intel's Intrinsics Guide.
 *
 * To be compiled with -fno-tree-vectorize: without registers of 64 bytes, gcc 12 at -O2 turns the loop of
 * _mm512_mul_epu32 into a product of whole vectors and gets it wrong. */
#ifndef TESTS_EMULATED_AVX512_H
#define TESTS_EMULATED_AVX512_H
#define _IMMINTRIN_H_INCLUDED
#define __IMMINTRIN_H

#include <stdint.h>

typedef float __m512 __attribute__((vector_size(64)));
typedef long long __m512i __attribute__((vector_size(64)));
typedef uint32_t emulated_words __attribute__((vector_size(64)));
typedef uint64_t emulated_wides __attribute__((vector_size(64)));
typedef uint16_t __mmask16;

#define _CMP_LT_OQ 0x11
#define _CMP_GE_OQ 0x1d

static inline __mmask16 _mm512_cmp_ps_mask(__m512 a, __m512 b, int kind)
{
    unsigned mask = 0;
    for (unsigned l = 0; l < 16; l++)
        mask |= (unsigned)(kind == _CMP_LT_OQ ? a[l] < b[l] : a[l] >= b[l]) << l;
    return (__mmask16)mask;
}

#define EMULATED_COMPARE(name, operator) \
    static inline __mmask16 name(__m512i a, __m512i b) \
    { \
        unsigned mask = 0; \
        emulated_words x = (emulated_words)a, y = (emulated_words)b; \
        for (unsigned l = 0; l < 16; l++) \
            mask |= (unsigned)((int32_t)x[l] operator(int32_t) y[l]) << l; \
        return (__mmask16)mask; \
    }
EMULATED_COMPARE(_mm512_cmpeq_epi32_mask, ==)
EMULATED_COMPARE(_mm512_cmplt_epi32_mask, <)
EMULATED_COMPARE(_mm512_cmpgt_epi32_mask, >)

static inline __m512i _mm512_mask_blend_epi32(__mmask16 mask, __m512i unset, __m512i set)
{
    emulated_words result = (emulated_words)unset, other = (emulated_words)set;
    for (unsigned l = 0; l < 16; l++)
        result[l] = mask >> l & 1 ? other[l] : result[l];
    return (__m512i)result;
}

static inline __m512i _mm512_maskz_mov_epi32(__mmask16 mask, __m512i a)
{
    return _mm512_mask_blend_epi32(mask, (__m512i){0}, a);
}

static inline __m512 _mm512_mask_blend_ps(__mmask16 mask, __m512 unset, __m512 set)
{
    return (__m512)_mm512_mask_blend_epi32(mask, (__m512i)unset, (__m512i)set);
}

static inline __m512 _mm512_maskz_mov_ps(__mmask16 mask, __m512 a)
{
    return (__m512)_mm512_maskz_mov_epi32(mask, (__m512i)a);
}

/* The second operand where they are equal, or where one is not a number. */
static inline __m512 _mm512_min_ps(__m512 a, __m512 b)
{
    for (unsigned l = 0; l < 16; l++)
        b[l] = a[l] < b[l] ? a[l] : b[l];
    return b;
}

static inline __m512 _mm512_max_ps(__m512 a, __m512 b)
{
    for (unsigned l = 0; l < 16; l++)
        b[l] = a[l] > b[l] ? a[l] : b[l];
    return b;
}

static inline __m512i _mm512_set1_epi32(int value)
{
    return (__m512i)((uint32_t)value ^ (emulated_words){0});
}

static inline __m512i _mm512_set1_epi64(long long value)
{
    return value ^ (__m512i) { 0 };
}

static inline __m512i _mm512_mul_epu32(__m512i a, __m512i b)
{
    emulated_wides x = (emulated_wides)a, y = (emulated_wides)b;
    for (unsigned l = 0; l < 8; l++)
        x[l] = (uint64_t)(uint32_t)x[l] * (uint32_t)y[l];
    return (__m512i)x;
}

#endif
