/* Chance for making networks: streams of 64-bit numbers, each number a pure function of the stream's
 * key and a counter (the output function of splitmix64: Steele, Lea and Flood, OOPSLA 2014). */
#ifndef NLC_NETWORK_CHANCE_H
#define NLC_NETWORK_CHANCE_H

#include <stdint.h>

typedef struct {
    uint64_t key, count;
} nlc_chance;

/* A stream of its own for every (seed, draw, country, place). */
nlc_chance nlc_chance_of(uint64_t seed, uint32_t draw, uint64_t country_key, uint64_t place_key);

uint64_t nlc_chance_next(nlc_chance *self);

/* Uniform in [0, 1), a multiple of 2^-53. */
double nlc_chance_unit(nlc_chance *self);

/* Uniform from 0 to n - 1, n > 0, without bias. */
uint32_t nlc_chance_below(nlc_chance *self, uint32_t n);

/* How many failures come before the first success, where each trial succeeds with `probability` in
 * (0, 1); at most 2^62. */
uint64_t nlc_chance_failures(nlc_chance *self, double probability);

#endif
