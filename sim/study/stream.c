#include "stream.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>

nlc_stream nlc_stream_of(uint64_t seed, uint64_t number)
{
    return (nlc_stream){.seed = seed, .number = number};
}

nlc_stream nlc_stream_for(uint64_t seed, uint32_t purpose, uint64_t number)
{
    return nlc_stream_of(nlc_mix(nlc_mix(seed) + purpose), number);
}

void nlc_stream_block(uint64_t seed, uint64_t number, uint64_t count, uint32_t word[4])
{
    uint32_t key0 = (uint32_t)seed, key1 = (uint32_t)(seed >> 32);
    uint32_t c[4] = {(uint32_t)count, (uint32_t)(count >> 32), (uint32_t)number, (uint32_t)(number >> 32)};
    for (uint32_t round = 0; round < 10; round++) {
        const uint64_t product0 = UINT64_C(0xD2511F53) * c[0], product1 = UINT64_C(0xCD9E8D57) * c[2];
        c[0] = (uint32_t)(product1 >> 32) ^ c[1] ^ key0;
        c[2] = (uint32_t)(product0 >> 32) ^ c[3] ^ key1;
        c[1] = (uint32_t)product1;
        c[3] = (uint32_t)product0;
        key0 += UINT32_C(0x9E3779B9);
        key1 += UINT32_C(0xBB67AE85);
    }
    for (uint32_t w = 0; w < 4; w++)
        word[w] = c[w];
}

uint32_t nlc_stream_word(nlc_stream *self)
{
    if (self->num_left == 0) {
        nlc_stream_block(self->seed, self->number, self->count++, self->word);
        self->num_left = 4;
    }
    return self->word[4 - self->num_left--];
}

double nlc_stream_unit(nlc_stream *self)
{
    const uint64_t high = nlc_stream_word(self) >> 6, low = nlc_stream_word(self) >> 6;
    return ((double)(high << 26 | low) + 0.5) * 0x1p-52;
}

double nlc_stream_normal(nlc_stream *self)
{
    return gsl_cdf_ugaussian_Pinv(nlc_stream_unit(self));
}

/* Lemire (2019): the upper half of a product, with the few values refused that would be too many. */
uint32_t nlc_stream_below(nlc_stream *self, uint32_t num)
{
    assert(num > 0);
    const uint32_t refused = (uint32_t)(-num) % num;
    uint64_t product = (uint64_t)nlc_stream_word(self) * num;
    while ((uint32_t)product < refused)
        product = (uint64_t)nlc_stream_word(self) * num;
    return (uint32_t)(product >> 32);
}

void nlc_stream_shuffle(nlc_stream *self, uint32_t *order, uint32_t num)
{
    for (uint32_t i = num; i > 1; i--) {
        const uint32_t k = nlc_stream_below(self, i), held = order[k];
        order[k] = order[i - 1];
        order[i - 1] = held;
    }
}

/* ---- As GSL wants it --------------------------------------------------------------------------- */

static void rng_set(void *state, unsigned long seed)
{
    *(nlc_stream *)state = nlc_stream_of(seed, 0);
}

static unsigned long rng_get(void *state)
{
    return nlc_stream_word(state);
}

static double rng_get_double(void *state)
{
    return nlc_stream_unit(state);
}

gsl_rng nlc_stream_rng(nlc_stream *self)
{
    static const gsl_rng_type type = {"philox4x32-10", UINT32_MAX, 0, sizeof(nlc_stream), rng_set, rng_get, rng_get_double};
    return (gsl_rng){&type, self};
}
