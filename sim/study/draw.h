/* Chance for designs: Philox4x32-10 keyed by (seed, purpose, dimension, index), so that any point can be
 * drawn alone (Salmon et al. 2011). */
#ifndef NLC_STUDY_DRAW_H
#define NLC_STUDY_DRAW_H

#include <stdint.h>

typedef enum { NLC_DRAW_SHIFT, NLC_DRAW_JITTER, NLC_DRAW_START, NLC_DRAW_PERMUTE } nlc_draw_purpose;

/* 32 random bits. */
uint32_t nlc_draw_bits(uint64_t seed, nlc_draw_purpose purpose, uint32_t dimension, uint64_t index);

/* Uniform in [0, 1), a multiple of 2^-32. */
double nlc_draw_unit(uint64_t seed, nlc_draw_purpose purpose, uint32_t dimension, uint64_t index);

/* Where `index` < num stands in a random permutation of 0 to num - 1, a different one for each
 * dimension: shuffled (Fisher and Yates) where they are few, else a Feistel network over the next power
 * of four, walked until it is inside. */
uint64_t nlc_draw_permuted(uint64_t seed, uint32_t dimension, uint64_t index, uint64_t num);

#endif
