/* Random numbers for what stands outside a run: designs, resampling, test functions. Philox4x32-10
 * (Salmon, Moraes, Dror & Shaw 2011), as in the engine (design D3), one number after the other: a
 * stream is named by its seed and its number, and streams are independent of each other. */
#ifndef NLC_STUDY_STREAM_H
#define NLC_STUDY_STREAM_H

#include "nlcsim.h"

#include <gsl/gsl_rng.h>

typedef struct {
    uint64_t seed, number, count; /* `count` blocks have been drawn */
    uint32_t word[4];
    uint32_t num_left; /* of `word` */
} nlc_stream;

nlc_stream nlc_stream_of(uint64_t seed, uint64_t number);

/* A stream for a purpose, any number that nothing else under the same seed has. */
nlc_stream nlc_stream_for(uint64_t seed, uint32_t purpose, uint64_t number);

/* The block of counter (count, number) under the key `seed`; lower halves of both come first. */
void nlc_stream_block(uint64_t seed, uint64_t number, uint64_t count, uint32_t word[4]);

/* 32 random bits. */
uint32_t nlc_stream_word(nlc_stream *self);

/* In (0, 1): a multiple of 2^-52 and a half of that. */
double nlc_stream_unit(nlc_stream *self);

/* Standard normal. */
double nlc_stream_normal(nlc_stream *self);

/* A whole number below `num`, which is at least 1; all are equally likely. */
uint32_t nlc_stream_below(nlc_stream *self, uint32_t num);

/* Puts order[num] into a random order. */
void nlc_stream_shuffle(nlc_stream *self, uint32_t *order, uint32_t num);

/* For gsl_ran_*: a generator that draws from the stream, which must outlive it. Not to be freed. */
gsl_rng nlc_stream_rng(nlc_stream *self);

#endif
