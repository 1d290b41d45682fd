/* Vectors of lanes: the one header that leaves standard C.
 *
 * A kernel is compiled once for each NLC_ISA_* with NLC_LANES lanes of float, or, where it defines
 * NLC_DOUBLE, of double, which is left to the compiler; it writes
 * + - * / on real_lanes as in any formula, and everything else through the functions below. Each
 * of them does the same in every lane and on every machine:
 *   smaller(a, b) is a < b ? a : b, so its result for equal zeros and for NaN is fixed;
 *   a mask is made by a comparison and used by pick, keep, any.
 * real_lanes and word_lanes have the same size: a word lane holds bits where a real would stand. */
#ifndef NLC_CORE_LANES_H
#define NLC_CORE_LANES_H

#include <stdbool.h>
#include <stdint.h>

#ifdef NLC_DOUBLE
#undef NLC_ISA_SSE2
#undef NLC_ISA_AVX2
#undef NLC_ISA_AVX512
#undef NLC_ISA_SIMD128
#define NLC_REAL      double
#define NLC_REAL_SIZE 8
typedef uint64_t nlc_word;
typedef int64_t nlc_signed_word;
#else
#define NLC_REAL      float
#define NLC_REAL_SIZE 4
typedef uint32_t nlc_word;
typedef int32_t nlc_signed_word;
#endif
typedef NLC_REAL nlc_real;

/* The memory of a batch is aligned to 64 bytes, which is less than 16 doubles take. */
#define NLC_VECTOR(bytes) __attribute__((vector_size(bytes), aligned((bytes) < 64 ? (bytes) : 64)))
typedef nlc_real real_lanes NLC_VECTOR(NLC_LANES *NLC_REAL_SIZE);
typedef nlc_word word_lanes NLC_VECTOR(NLC_LANES *NLC_REAL_SIZE);
typedef nlc_signed_word signed_lanes NLC_VECTOR(NLC_LANES *NLC_REAL_SIZE);

#define INLINE            static inline __attribute__((always_inline, unused))
#define LIKELY(condition) __builtin_expect(!!(condition), 1)
#define PREFETCH(address) __builtin_prefetch(address)

#if defined(NLC_ISA_SSE2)
#include <emmintrin.h>
#elif defined(NLC_ISA_AVX2) || defined(NLC_ISA_AVX512)
#include <immintrin.h>
#elif defined(NLC_ISA_SIMD128)
#include <wasm_simd128.h>
#endif

/* ---- Filling, loading, storing --------------------------------------------------------------- */

INLINE real_lanes all_lanes(nlc_real value)
{
    return value - (real_lanes){0};
}

INLINE word_lanes all_words(nlc_word value)
{
    return value ^ (word_lanes) { 0 };
}

INLINE real_lanes load(const void *address)
{
    return *(const real_lanes *)address;
}

INLINE void store(void *address, real_lanes value)
{
    *(real_lanes *)address = value;
}

INLINE word_lanes load_words(const void *address)
{
    return *(const word_lanes *)address;
}

INLINE void store_words(void *address, word_lanes value)
{
    *(word_lanes *)address = value;
}

/* Small whole numbers (below 2^24) to reals, exactly. */
INLINE real_lanes to_real(word_lanes words)
{
    return __builtin_convertvector((signed_lanes)words, real_lanes);
}

/* ---- Masks ------------------------------------------------------------------------------------ */

#if defined(NLC_ISA_AVX512)

typedef __mmask16 mask_lanes;
#define NLC_REALS(a) ((__m512)(a))
#define NLC_WORDS(a) ((__m512i)(a))

INLINE mask_lanes less(real_lanes a, real_lanes b)
{
    return _mm512_cmp_ps_mask(NLC_REALS(a), NLC_REALS(b), _CMP_LT_OQ);
}

INLINE mask_lanes at_least(real_lanes a, real_lanes b)
{
    return _mm512_cmp_ps_mask(NLC_REALS(a), NLC_REALS(b), _CMP_GE_OQ);
}

INLINE mask_lanes equal_words(word_lanes a, nlc_word b)
{
    return _mm512_cmpeq_epi32_mask(NLC_WORDS(a), _mm512_set1_epi32((int)b));
}

INLINE mask_lanes words_below(word_lanes a, nlc_word b)
{
    return _mm512_cmplt_epi32_mask(NLC_WORDS(a), _mm512_set1_epi32((int)b));
}

INLINE mask_lanes words_above(word_lanes a, word_lanes b)
{
    return _mm512_cmpgt_epi32_mask(NLC_WORDS(a), NLC_WORDS(b));
}

INLINE mask_lanes both(mask_lanes a, mask_lanes b)
{
    return (mask_lanes)(a & b);
}

INLINE mask_lanes either(mask_lanes a, mask_lanes b)
{
    return (mask_lanes)(a | b);
}

INLINE mask_lanes only(mask_lanes a, mask_lanes unless)
{
    return (mask_lanes)(a & ~unless);
}

INLINE mask_lanes no_lane(void)
{
    return 0;
}

INLINE bool any(mask_lanes mask)
{
    return mask != 0;
}

INLINE real_lanes pick(mask_lanes mask, real_lanes a, real_lanes b)
{
    return (real_lanes)_mm512_mask_blend_ps(mask, NLC_REALS(b), NLC_REALS(a));
}

INLINE real_lanes keep(mask_lanes mask, real_lanes a)
{
    return (real_lanes)_mm512_maskz_mov_ps(mask, NLC_REALS(a));
}

INLINE word_lanes pick_words(mask_lanes mask, word_lanes a, word_lanes b)
{
    return (word_lanes)_mm512_mask_blend_epi32(mask, NLC_WORDS(b), NLC_WORDS(a));
}

INLINE word_lanes keep_words(mask_lanes mask, word_lanes a)
{
    return (word_lanes)_mm512_maskz_mov_epi32(mask, NLC_WORDS(a));
}

INLINE word_lanes drop_words(mask_lanes mask, word_lanes a)
{
    return (word_lanes)_mm512_maskz_mov_epi32((mask_lanes)~mask, NLC_WORDS(a));
}

INLINE real_lanes smaller(real_lanes a, real_lanes b)
{
    return (real_lanes)_mm512_min_ps(NLC_REALS(a), NLC_REALS(b));
}

INLINE real_lanes larger(real_lanes a, real_lanes b)
{
    return (real_lanes)_mm512_max_ps(NLC_REALS(a), NLC_REALS(b));
}

#else

typedef signed_lanes mask_lanes;

INLINE mask_lanes less(real_lanes a, real_lanes b)
{
    return a < b;
}

INLINE mask_lanes at_least(real_lanes a, real_lanes b)
{
    return a >= b;
}

INLINE mask_lanes equal_words(word_lanes a, nlc_word b)
{
    return a == all_words(b);
}

INLINE mask_lanes words_below(word_lanes a, nlc_word b)
{
    return (signed_lanes)a < (signed_lanes)all_words(b);
}

INLINE mask_lanes words_above(word_lanes a, word_lanes b)
{
    return (signed_lanes)a > (signed_lanes)b;
}

INLINE mask_lanes both(mask_lanes a, mask_lanes b)
{
    return a & b;
}

INLINE mask_lanes either(mask_lanes a, mask_lanes b)
{
    return a | b;
}

INLINE mask_lanes only(mask_lanes a, mask_lanes unless)
{
    return a & ~unless;
}

INLINE mask_lanes no_lane(void)
{
    return (mask_lanes){0};
}

INLINE real_lanes keep(mask_lanes mask, real_lanes a)
{
    return (real_lanes)(mask & (signed_lanes)a);
}

INLINE word_lanes keep_words(mask_lanes mask, word_lanes a)
{
    return (word_lanes)mask & a;
}

INLINE word_lanes drop_words(mask_lanes mask, word_lanes a)
{
    return ~(word_lanes)mask & a;
}

#if defined(NLC_ISA_AVX2)

INLINE bool any(mask_lanes mask)
{
    return !_mm256_testz_si256((__m256i)mask, (__m256i)mask);
}

INLINE real_lanes pick(mask_lanes mask, real_lanes a, real_lanes b)
{
    return (real_lanes)_mm256_blendv_ps((__m256)b, (__m256)a, (__m256)mask);
}

INLINE real_lanes smaller(real_lanes a, real_lanes b)
{
    return (real_lanes)_mm256_min_ps((__m256)a, (__m256)b);
}

INLINE real_lanes larger(real_lanes a, real_lanes b)
{
    return (real_lanes)_mm256_max_ps((__m256)a, (__m256)b);
}

#elif defined(NLC_ISA_SSE2)

INLINE bool any(mask_lanes mask)
{
    return _mm_movemask_ps((__m128)mask) != 0;
}

INLINE real_lanes pick(mask_lanes mask, real_lanes a, real_lanes b)
{
    return (real_lanes)((mask & (signed_lanes)a) | (~mask & (signed_lanes)b));
}

INLINE real_lanes smaller(real_lanes a, real_lanes b)
{
    return (real_lanes)_mm_min_ps((__m128)a, (__m128)b);
}

INLINE real_lanes larger(real_lanes a, real_lanes b)
{
    return (real_lanes)_mm_max_ps((__m128)a, (__m128)b);
}

#elif defined(NLC_ISA_SIMD128)

INLINE bool any(mask_lanes mask)
{
    return wasm_v128_any_true((v128_t)mask);
}

INLINE real_lanes pick(mask_lanes mask, real_lanes a, real_lanes b)
{
    return (real_lanes)wasm_v128_bitselect((v128_t)a, (v128_t)b, (v128_t)mask);
}

/* pmin(b, a) is a < b ? a : b. */
INLINE real_lanes smaller(real_lanes a, real_lanes b)
{
    return (real_lanes)wasm_f32x4_pmin((v128_t)b, (v128_t)a);
}

INLINE real_lanes larger(real_lanes a, real_lanes b)
{
    return (real_lanes)wasm_f32x4_pmax((v128_t)b, (v128_t)a);
}

#else

INLINE bool any(mask_lanes mask)
{
    nlc_signed_word found = 0;
    for (uint32_t l = 0; l < NLC_LANES; l++)
        found |= mask[l];
    return found != 0;
}

INLINE real_lanes pick(mask_lanes mask, real_lanes a, real_lanes b)
{
    return (real_lanes)((mask & (signed_lanes)a) | (~mask & (signed_lanes)b));
}

INLINE real_lanes smaller(real_lanes a, real_lanes b)
{
    return pick(a < b, a, b);
}

INLINE real_lanes larger(real_lanes a, real_lanes b)
{
    return pick(a > b, a, b);
}

#endif

INLINE word_lanes pick_words(mask_lanes mask, word_lanes a, word_lanes b)
{
    return (word_lanes)pick(mask, (real_lanes)a, (real_lanes)b);
}

#endif

#endif
