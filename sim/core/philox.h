/* Random numbers in every lane: Philox4x32-10 (Salmon et al. 2011), counter (key of the node: 64 bits,
 * replicate, 4 * month + block), key the seed. Five 24-bit uniforms in a block. Included by kernels. */
#ifndef NLC_CORE_PHILOX_H
#define NLC_CORE_PHILOX_H

#include "lanes.h"

#define NLC_PHILOX_M0 UINT32_C(0xD2511F53)
#define NLC_PHILOX_M1 UINT32_C(0xCD9E8D57)
#define NLC_PHILOX_W0 UINT32_C(0x9E3779B9)
#define NLC_PHILOX_W1 UINT32_C(0xBB67AE85)

#if defined(NLC_ISA_SSE2) || defined(NLC_ISA_AVX2) || defined(NLC_ISA_AVX512)

/* Each 32-bit word of a lane stands in the lower half of a 64-bit element, even lanes in one
 * vector and odd lanes in another, because x86 multiplies 32 by 32 bits to 64 only there. The
 * upper halves hold whatever they hold: the multiplication does not read them. */
typedef uint64_t common_words NLC_VECTOR(NLC_LANES * 4); /* the same in all lanes */
typedef struct {
    common_words even, odd;
} counter_words;

INLINE common_words in_common(uint32_t word)
{
    return (uint64_t)word ^ (common_words){0};
}

INLINE counter_words in_all(common_words words)
{
    return (counter_words){words, words};
}

INLINE counter_words with_common(counter_words a, common_words b)
{
    return (counter_words){a.even ^ b, a.odd ^ b};
}

INLINE counter_words mixed(counter_words a, counter_words b)
{
    return (counter_words){a.even ^ b.even, a.odd ^ b.odd};
}

INLINE common_words multiply_low(common_words a, uint32_t factor)
{
#if defined(NLC_ISA_AVX512)
    return (common_words)_mm512_mul_epu32((__m512i)a, _mm512_set1_epi64((long long)factor));
#elif defined(NLC_ISA_AVX2)
    return (common_words)_mm256_mul_epu32((__m256i)a, _mm256_set1_epi64x((long long)factor));
#else
    return (common_words)_mm_mul_epu32((__m128i)a, _mm_set1_epi64x((long long)factor));
#endif
}

/* 32 by 32 bits to 64 in every lane, the halves apart. */
INLINE void multiply(counter_words a, uint32_t factor, counter_words *high, counter_words *low)
{
    *low = (counter_words){multiply_low(a.even, factor), multiply_low(a.odd, factor)};
    *high = (counter_words){low->even >> 32, low->odd >> 32};
}

INLINE counter_words split(word_lanes words)
{
    return (counter_words){(common_words)words, (common_words)words >> 32};
}

INLINE word_lanes join(counter_words words)
{
#if defined(NLC_ISA_AVX512)
    return (word_lanes)_mm512_mask_blend_epi32(0xAAAA, (__m512i)words.even, (__m512i)(words.odd << 32));
#elif defined(NLC_ISA_AVX2)
    return (word_lanes)_mm256_blend_epi32((__m256i)words.even, (__m256i)(words.odd << 32), 0xAA);
#else
    return (word_lanes)((words.even & UINT64_C(0xFFFFFFFF)) | (words.odd << 32));
#endif
}

#else

typedef word_lanes common_words;
typedef word_lanes counter_words;

INLINE common_words in_common(uint32_t word)
{
    return all_words(word);
}

INLINE counter_words in_all(common_words words)
{
    return words;
}

INLINE counter_words with_common(counter_words a, common_words b)
{
    return a ^ b;
}

INLINE counter_words mixed(counter_words a, counter_words b)
{
    return a ^ b;
}

#if defined(NLC_ISA_SIMD128)
/* The compiler must not know the factor: it would widen it beforehand, see a product of 64 by 64 bits
 * where there is an instruction for 32 by 32, and engines make nine of it. */
INLINE void multiply(counter_words a, uint32_t factor, counter_words *high, counter_words *low)
{
    v128_t f = wasm_u32x4_splat(factor);
    __asm__ volatile("" : "+r"(f));
    v128_t front = wasm_u64x2_extmul_low_u32x4((v128_t)a, f), back = wasm_u64x2_extmul_high_u32x4((v128_t)a, f);
    *high = (word_lanes)wasm_i32x4_shuffle(front, back, 1, 3, 5, 7);
    *low = (word_lanes)wasm_i32x4_shuffle(front, back, 0, 2, 4, 6);
}
#else
INLINE void multiply(counter_words a, uint32_t factor, counter_words *high, counter_words *low)
{
    for (uint32_t l = 0; l < NLC_LANES; l++) {
        uint64_t product = (uint64_t)(uint32_t)a[l] * factor;
        (*high)[l] = (nlc_word)(product >> 32);
        (*low)[l] = (nlc_word)(uint32_t)product;
    }
}
#endif

INLINE counter_words split(word_lanes words)
{
    return words;
}

INLINE word_lanes join(counter_words words)
{
    return words;
}

#endif

/* What all draws of a batch share: the round keys, each in all lanes, and the product of the first
 * round that the replicate enters. */
typedef struct {
    uint32_t key0, key1;
    common_words key[10][2];
    counter_words high, low;
} random_source;

INLINE random_source random_source_of(uint64_t seed, word_lanes replicate)
{
    random_source self;
    uint32_t k0 = self.key0 = (uint32_t)seed, k1 = self.key1 = (uint32_t)(seed >> 32);
    for (uint32_t round = 0; round < 10; round++) {
        self.key[round][0] = in_common(k0);
        self.key[round][1] = in_common(k1);
        k0 += NLC_PHILOX_W0, k1 += NLC_PHILOX_W1;
    }
    multiply(split(replicate), NLC_PHILOX_M1, &self.high, &self.low);
    return self;
}

INLINE void philox_round(counter_words c[4], const common_words key[2])
{
    counter_words high0, low0, high1, low1;
    multiply(c[0], NLC_PHILOX_M0, &high0, &low0);
    multiply(c[2], NLC_PHILOX_M1, &high1, &low1);
    c[0] = with_common(mixed(high1, c[1]), key[0]);
    c[2] = with_common(mixed(high0, c[3]), key[1]);
    c[1] = low1, c[3] = low0;
}

/* The first round and half of the second act on words that are the same in all lanes; they are
 * done once, in plain integers. */
INLINE void philox(const random_source *source, uint64_t node, uint32_t count, word_lanes block[4])
{
    uint64_t first = (uint64_t)NLC_PHILOX_M0 * (uint32_t)node;
    uint32_t second = (uint32_t)(first >> 32) ^ count ^ source->key1; /* c2 after round 1, in all lanes */
    uint64_t product = (uint64_t)NLC_PHILOX_M1 * second;
    counter_words c[4], high, low;
    multiply(with_common(source->high, in_common((uint32_t)(node >> 32) ^ source->key0)), NLC_PHILOX_M0, &high, &low);
    c[0] = with_common(source->low, in_common((uint32_t)(product >> 32) ^ (source->key0 + NLC_PHILOX_W0)));
    c[1] = in_all(in_common((uint32_t)product));
    c[2] = with_common(high, in_common((uint32_t)first ^ (source->key1 + NLC_PHILOX_W1)));
    c[3] = low;
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
