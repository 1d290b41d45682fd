/* What the reader of scenarios keeps things in: texts that live as long as the scenario, growing
 * arrays, and two hash tables. */
#ifndef NLC_SCENARIO_STORE_H
#define NLC_SCENARIO_STORE_H

#include "nlcsim.h"

/* Array of at least `num` members of `size` bytes, with `capacity` (in members) brought up to date;
 * NULL where there is no memory left, and then `array` is as it was. */
void *nlc_grown(void *array, size_t *capacity, size_t num, size_t size);

/* Texts that are freed together. Zeroed to begin with. */
typedef struct nlc_arena_block nlc_arena_block;
typedef struct {
    nlc_arena_block *blocks; /* owned */
} nlc_arena;

/* A terminated copy; NULL where there is no memory left. */
const char *nlc_arena_text(nlc_arena *self, const char *text, size_t length);
void nlc_arena_free(nlc_arena *self);

/* Finds numbers by text. The texts are borrowed and must outlive the index. Zeroed to begin with. */
typedef struct {
    struct nlc_index_entry *entry; /* [capacity], owned */
    size_t capacity, num;
} nlc_index;

/* The value of a text, or NLC_NONE. */
uint32_t nlc_index_find(const nlc_index *self, const char *text);

/* Gives a text that is not in the index yet its value. */
nlc_error nlc_index_add(nlc_index *self, const char *text, uint32_t value);
void nlc_index_free(nlc_index *self);

/* Distinct words, numbered in the order in which they were first seen. */
typedef struct {
    nlc_index index;
    const char **text; /* [num], owned; the texts are borrowed */
    uint32_t num;
    size_t capacity;
} nlc_words;

/* The number of a word, which is added where it is new; `arena` keeps the copy. */
nlc_error nlc_words_add(nlc_words *self, nlc_arena *arena, const char *text, uint32_t *number);
uint32_t nlc_words_find(const nlc_words *self, const char *text);
void nlc_words_free(nlc_words *self);

/* Distinct tuples of `width` numbers, numbered likewise. */
typedef struct {
    uint32_t width, num;
    uint32_t *data; /* [num][width], owned */
    uint32_t *slot; /* [num_slots], owned: number + 1, or 0 */
    size_t capacity, num_slots;
} nlc_tuples;

void nlc_tuples_init(nlc_tuples *self, uint32_t width);

/* The number of a tuple, which is added where it is new; it is new when the number returned is the
 * `num` of before. */
nlc_error nlc_tuples_add(nlc_tuples *self, const uint32_t *tuple, uint32_t *number);

/* The number of a tuple, or NLC_NONE. */
uint32_t nlc_tuples_find(const nlc_tuples *self, const uint32_t *tuple);
const uint32_t *nlc_tuples_at(const nlc_tuples *self, uint32_t number);
void nlc_tuples_free(nlc_tuples *self);

#endif
