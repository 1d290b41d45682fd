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

/* ---- Random numbers: Philox4x32-10 (Salmon et al. 2011), counter (key of the node: 64 bits,
 * replicate, 4 * month + block), key the seed. Five 24-bit uniforms in a block. ----------------- */

#define NLC_PHILOX_M0 UINT32_C(0xD2511F53)
#define NLC_PHILOX_M1 UINT32_C(0xCD9E8D57)
#define NLC_PHILOX_W0 UINT32_C(0x9E3779B9)
#define NLC_PHILOX_W1 UINT32_C(0xBB67AE85)

#if defined(NLC_ISA_SSE2) || defined(NLC_ISA_AVX2) || defined(NLC_ISA_AVX512)

/* Each 32-bit word of a lane stands in the lower half of a 64-bit element, even lanes in one
 * vector and odd lanes in another, because x86 multiplies 32 by 32 bits to 64 only there. The
 * upper halves hold whatever they hold: the multiplication does not read them. */
typedef uint64_t wide_lanes NLC_VECTOR(NLC_LANES * 4);
typedef struct {
    wide_lanes even, odd;
} split_words;

INLINE wide_lanes multiply_low(wide_lanes a, uint32_t factor)
{
#if defined(NLC_ISA_AVX512)
    return (wide_lanes)_mm512_mul_epu32((__m512i)a, _mm512_set1_epi64((long long)factor));
#elif defined(NLC_ISA_AVX2)
    return (wide_lanes)_mm256_mul_epu32((__m256i)a, _mm256_set1_epi64x((long long)factor));
#else
    return (wide_lanes)_mm_mul_epu32((__m128i)a, _mm_set1_epi64x((long long)factor));
#endif
}

INLINE split_words split(word_lanes words)
{
    return (split_words){(wide_lanes)words, (wide_lanes)words >> 32};
}

INLINE word_lanes join(split_words words)
{
#if defined(NLC_ISA_AVX512)
    return (word_lanes)_mm512_mask_blend_epi32(0xAAAA, (__m512i)words.even, (__m512i)(words.odd << 32));
#elif defined(NLC_ISA_AVX2)
    return (word_lanes)_mm256_blend_epi32((__m256i)words.even, (__m256i)(words.odd << 32), 0xAA);
#else
    return (word_lanes)((words.even & UINT64_C(0xFFFFFFFF)) | (words.odd << 32));
#endif
}

/* What all draws of a batch share: the round keys, each in all lanes, and the product of the first
 * round that the replicate enters. */
typedef struct {
    uint32_t key0, key1;
    wide_lanes key[10][2];
    split_words product;
} random_source;

INLINE random_source random_source_of(uint64_t seed, word_lanes replicate)
{
    random_source self;
    split_words r = split(replicate);
    uint32_t k0 = self.key0 = (uint32_t)seed, k1 = self.key1 = (uint32_t)(seed >> 32);
    for (uint32_t round = 0; round < 10; round++) {
        self.key[round][0] = (uint64_t)k0 ^ (wide_lanes){0};
        self.key[round][1] = (uint64_t)k1 ^ (wide_lanes){0};
        k0 += NLC_PHILOX_W0, k1 += NLC_PHILOX_W1;
    }
    self.product = (split_words){multiply_low(r.even, NLC_PHILOX_M1), multiply_low(r.odd, NLC_PHILOX_M1)};
    return self;
}

INLINE void philox_round(split_words c[4], const wide_lanes key[2])
{
    wide_lanes e0 = multiply_low(c[0].even, NLC_PHILOX_M0), o0 = multiply_low(c[0].odd, NLC_PHILOX_M0);
    wide_lanes e1 = multiply_low(c[2].even, NLC_PHILOX_M1), o1 = multiply_low(c[2].odd, NLC_PHILOX_M1);
    c[0] = (split_words){(e1 >> 32) ^ c[1].even ^ key[0], (o1 >> 32) ^ c[1].odd ^ key[0]};
    c[2] = (split_words){(e0 >> 32) ^ c[3].even ^ key[1], (o0 >> 32) ^ c[3].odd ^ key[1]};
    c[1] = (split_words){e1, o1};
    c[3] = (split_words){e0, o0};
}

/* The first round and half of the second act on words that are the same in all lanes; they are
 * done once, in plain integers. */
INLINE void philox(const random_source *source, uint64_t node, uint32_t count, word_lanes block[4])
{
    uint64_t first = (uint64_t)NLC_PHILOX_M0 * (uint32_t)node;
    uint32_t second = (uint32_t)(first >> 32) ^ count ^ source->key1; /* c2 after round 1, in all lanes */
    wide_lanes e1 = source->product.even, o1 = source->product.odd;
    wide_lanes common = (uint64_t)((uint32_t)(node >> 32) ^ source->key0) ^ (wide_lanes){0};
    wide_lanes e0 = multiply_low((e1 >> 32) ^ common, NLC_PHILOX_M0);
    wide_lanes o0 = multiply_low((o1 >> 32) ^ common, NLC_PHILOX_M0);
    uint64_t product = (uint64_t)NLC_PHILOX_M1 * second;
    wide_lanes into0 = (uint64_t)((uint32_t)(product >> 32) ^ (source->key0 + NLC_PHILOX_W0)) ^ (wide_lanes){0};
    wide_lanes into2 = (uint64_t)((uint32_t)first ^ (source->key1 + NLC_PHILOX_W1)) ^ (wide_lanes){0};
    wide_lanes low = (uint64_t)(uint32_t)product ^ (wide_lanes){0};
    split_words c[4] = {{e1 ^ into0, o1 ^ into0}, {low, low}, {(e0 >> 32) ^ into2, (o0 >> 32) ^ into2}, {e0, o0}};
    philox_round(c, source->key[2]);
    philox_round(c, source->key[3]);
    philox_round(c, source->key[4]);
    philox_round(c, source->key[5]);
    philox_round(c, source->key[6]);
    philox_round(c, source->key[7]);
    philox_round(c, source->key[8]);
    philox_round(c, source->key[9]);
    for (uint32_t w = 0; w < 4; w++)
        block[w] = join(c[w]);
}

#else

/* 32 by 32 bits to 64 in every lane, the halves apart. */
#if defined(NLC_ISA_SIMD128)
INLINE void multiply_wide(word_lanes a, uint32_t factor, word_lanes *high, word_lanes *low)
{
    v128_t f = wasm_u32x4_splat(factor);
    v128_t front = wasm_u64x2_extmul_low_u32x4((v128_t)a, f), back = wasm_u64x2_extmul_high_u32x4((v128_t)a, f);
    *high = (word_lanes)wasm_i32x4_shuffle(front, back, 1, 3, 5, 7);
    *low = (word_lanes)wasm_i32x4_shuffle(front, back, 0, 2, 4, 6);
}
#else
INLINE void multiply_wide(word_lanes a, uint32_t factor, word_lanes *high, word_lanes *low)
{
    for (uint32_t l = 0; l < NLC_LANES; l++) {
        uint64_t product = (uint64_t)(uint32_t)a[l] * factor;
        (*high)[l] = (nlc_word)(product >> 32);
        (*low)[l] = (nlc_word)(uint32_t)product;
    }
}
#endif

typedef struct {
    uint64_t seed;
    word_lanes replicate;
} random_source;

INLINE random_source random_source_of(uint64_t seed, word_lanes replicate)
{
    return (random_source){seed, replicate};
}

INLINE void philox(const random_source *source, uint64_t node, uint32_t count, word_lanes block[4])
{
    uint32_t k0 = (uint32_t)source->seed, k1 = (uint32_t)(source->seed >> 32);
    word_lanes c0 = all_words((uint32_t)node), c1 = all_words((uint32_t)(node >> 32)), c2 = source->replicate, c3 = all_words(count);
    for (uint32_t round = 0; round < 10; round++) {
        word_lanes h0, l0, h1, l1;
        multiply_wide(c0, NLC_PHILOX_M0, &h0, &l0);
        multiply_wide(c2, NLC_PHILOX_M1, &h1, &l1);
        c0 = h1 ^ c1 ^ (nlc_word)k0;
        c2 = h0 ^ c3 ^ (nlc_word)k1;
        c1 = l1, c3 = l0;
        k0 += NLC_PHILOX_W0, k1 += NLC_PHILOX_W1;
    }
    block[0] = c0, block[1] = c1, block[2] = c2, block[3] = c3;
}

#endif

/* Five uniforms in [0, 1), each a multiple of 2^-24: the upper 24 bits of each word, and the lower
 * 8 bits of the first three. */
INLINE void uniforms(const random_source *source, uint64_t node, uint32_t count, real_lanes u[5])
{
    word_lanes block[4];
    philox(source, node, count, block);
    const nlc_real unit = (nlc_real)1 / (nlc_real)16777216;
    for (uint32_t w = 0; w < 4; w++)
        u[w] = to_real(block[w] >> 8) * unit;
    u[4] = to_real((block[0] & 0xFF) << 16 | (block[1] & 0xFF) << 8 | (block[2] & 0xFF)) * unit;
}

#endif
