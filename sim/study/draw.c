#include "draw.h"

/* Constants of Philox4x32 (Salmon, Moraes, Dror and Shaw, SC 2011). */
#define M0 UINT64_C(0xD2511F53)
#define M1 UINT64_C(0xCD9E8D57)
#define W0 UINT32_C(0x9E3779B9)
#define W1 UINT32_C(0xBB67AE85)

enum { PHILOX_ROUNDS = 10, FEISTEL_ROUNDS = 6, MOST_SHUFFLED = 64 };

uint32_t nlc_draw_bits(uint64_t seed, nlc_draw_purpose purpose, uint32_t dimension, uint64_t index)
{
    uint32_t c[4] = {(uint32_t)index, (uint32_t)(index >> 32), dimension, (uint32_t)purpose};
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < PHILOX_ROUNDS; round++) {
        const uint64_t p0 = M0 * c[0], p1 = M1 * c[2];
        const uint32_t next[4] = {(uint32_t)(p1 >> 32) ^ c[1] ^ k0, (uint32_t)p1, (uint32_t)(p0 >> 32) ^ c[3] ^ k1, (uint32_t)p0};
        for (int w = 0; w < 4; w++)
            c[w] = next[w];
        k0 += W0;
        k1 += W1;
    }
    return c[0];
}

double nlc_draw_unit(uint64_t seed, nlc_draw_purpose purpose, uint32_t dimension, uint64_t index)
{
    return nlc_draw_bits(seed, purpose, dimension, index) / 4294967296.0;
}

/* A Feistel network over very few numbers reaches only some of their permutations. */
static uint64_t shuffled(uint64_t seed, uint32_t dimension, uint64_t index, uint64_t num)
{
    uint8_t order[MOST_SHUFFLED];
    for (uint8_t k = 0; k < num; k++)
        order[k] = k;
    for (uint64_t k = num; k > 1; k--) {
        const uint64_t other = nlc_draw_bits(seed, NLC_DRAW_PERMUTE, dimension, k) * k >> 32;
        const uint8_t kept = order[k - 1];
        order[k - 1] = order[other];
        order[other] = kept;
    }
    return order[index];
}

uint64_t nlc_draw_permuted(uint64_t seed, uint32_t dimension, uint64_t index, uint64_t num)
{
    if (num <= MOST_SHUFFLED)
        return shuffled(seed, dimension, index, num);
    uint32_t half = 1;
    while (half < 32 && (UINT64_C(1) << (2 * half)) < num)
        half++;
    const uint64_t mask = (UINT64_C(1) << half) - 1;
    do {
        uint64_t left = index >> half, right = index & mask;
        for (uint64_t round = 0; round < FEISTEL_ROUNDS; round++) {
            const uint64_t mixed = left ^ (nlc_draw_bits(seed, NLC_DRAW_PERMUTE, dimension, right << 8 | round) & mask);
            left = right;
            right = mixed;
        }
        index = left << half | right;
    } while (index >= num);
    return index;
}
