/* Texts, growing arrays and hash tables; see store.h. The tables use open addressing and are kept
 * at most half full, so that a million ids are found in constant time. */
#include "store.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)1 << 16)

void *nlc_grown(void *array, size_t *capacity, size_t num, size_t size)
{
    if (array && num <= *capacity)
        return array;
    size = size > 0 ? size : 1; /* tuples of a model without levers are empty */
    size_t wanted = *capacity ? *capacity : 16;
    while (wanted < num)
        wanted *= 2;
    if (wanted > SIZE_MAX / size)
        return NULL;
    void *grown = realloc(array, wanted * size);
    if (grown)
        *capacity = wanted;
    return grown;
}

struct nlc_arena_block {
    nlc_arena_block *next; /* owned */
    size_t used, size;
    char text[];
};

static nlc_arena_block *block_with_room(nlc_arena *self, size_t length)
{
    nlc_arena_block *block = self->blocks;
    if (block && block->size - block->used >= length)
        return block;
    const size_t size = length > BLOCK_SIZE ? length : BLOCK_SIZE;
    block = malloc(sizeof *block + size);
    if (!block)
        return NULL;
    *block = (nlc_arena_block){.next = self->blocks, .size = size};
    self->blocks = block;
    return block;
}

const char *nlc_arena_text(nlc_arena *self, const char *text, size_t length)
{
    nlc_arena_block *block = block_with_room(self, length + 1);
    if (!block)
        return NULL;
    char *copy = block->text + block->used;
    memcpy(copy, text, length);
    copy[length] = '\0';
    block->used += length + 1;
    return copy;
}

void nlc_arena_free(nlc_arena *self)
{
    for (nlc_arena_block *block = self->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    self->blocks = NULL;
}

typedef struct nlc_index_entry {
    const char *text; /* borrowed; NULL where free */
    uint32_t value;
} entry_type;

static entry_type *entry_of(const nlc_index *self, const char *text)
{
    size_t i = nlc_hash(text, strlen(text)) & (self->capacity - 1);
    while (self->entry[i].text && strcmp(self->entry[i].text, text) != 0)
        i = (i + 1) & (self->capacity - 1);
    return &self->entry[i];
}

uint32_t nlc_index_find(const nlc_index *self, const char *text)
{
    if (self->num == 0)
        return NLC_NONE;
    const entry_type *entry = entry_of(self, text);
    return entry->text ? entry->value : NLC_NONE;
}

static nlc_error widen_index(nlc_index *self)
{
    nlc_index wider = {.capacity = self->capacity ? 2 * self->capacity : 64, .num = self->num};
    wider.entry = calloc(wider.capacity, sizeof *wider.entry);
    if (!wider.entry)
        return NLC_ERROR_MEMORY;
    for (size_t i = 0; i < self->capacity; i++)
        if (self->entry[i].text)
            *entry_of(&wider, self->entry[i].text) = self->entry[i];
    free(self->entry);
    *self = wider;
    return NLC_OK;
}

nlc_error nlc_index_add(nlc_index *self, const char *text, uint32_t value)
{
    if (2 * (self->num + 1) > self->capacity) {
        const nlc_error error = widen_index(self);
        if (error)
            return error;
    }
    *entry_of(self, text) = (entry_type){text, value};
    self->num++;
    return NLC_OK;
}

void nlc_index_free(nlc_index *self)
{
    free(self->entry);
    *self = (nlc_index){0};
}

nlc_error nlc_words_add(nlc_words *self, nlc_arena *arena, const char *text, uint32_t *number)
{
    *number = nlc_index_find(&self->index, text);
    if (*number != NLC_NONE)
        return NLC_OK;
    const char **grown = nlc_grown(self->text, &self->capacity, (size_t)self->num + 1, sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    self->text = grown;
    const char *copy = nlc_arena_text(arena, text, strlen(text));
    if (!copy || nlc_index_add(&self->index, copy, self->num))
        return NLC_ERROR_MEMORY;
    self->text[self->num] = copy;
    *number = self->num++;
    return NLC_OK;
}

uint32_t nlc_words_find(const nlc_words *self, const char *text)
{
    return nlc_index_find(&self->index, text);
}

void nlc_words_free(nlc_words *self)
{
    nlc_index_free(&self->index);
    free(self->text);
    *self = (nlc_words){0};
}

void nlc_tuples_init(nlc_tuples *self, uint32_t width)
{
    *self = (nlc_tuples){.width = width};
}

const uint32_t *nlc_tuples_at(const nlc_tuples *self, uint32_t number)
{
    return self->data + (size_t)number * self->width;
}

/* Two numbers at a time, since tuples are long and looked up for every place. */
static uint64_t hash_of(const uint32_t *tuple, uint32_t width)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (uint32_t i = 0; i < width; i += 2) {
        hash = (hash ^ tuple[i] ^ (uint64_t)(i + 1 < width ? tuple[i + 1] : 0) << 32) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    return hash ^ hash >> 32;
}

static uint32_t *slot_of(const nlc_tuples *self, const uint32_t *tuple)
{
    const size_t size = self->width * sizeof *tuple;
    size_t i = hash_of(tuple, self->width) & (self->num_slots - 1);
    while (self->slot[i] && memcmp(nlc_tuples_at(self, self->slot[i] - 1), tuple, size) != 0)
        i = (i + 1) & (self->num_slots - 1);
    return &self->slot[i];
}

static nlc_error widen_tuples(nlc_tuples *self)
{
    nlc_tuples wider = *self;
    wider.num_slots = self->num_slots ? 2 * self->num_slots : 64;
    wider.slot = calloc(wider.num_slots, sizeof *wider.slot);
    if (!wider.slot)
        return NLC_ERROR_MEMORY;
    for (uint32_t i = 0; i < self->num; i++)
        *slot_of(&wider, nlc_tuples_at(self, i)) = i + 1;
    free(self->slot);
    *self = wider;
    return NLC_OK;
}

nlc_error nlc_tuples_add(nlc_tuples *self, const uint32_t *tuple, uint32_t *number)
{
    if (2 * ((size_t)self->num + 1) > self->num_slots) {
        const nlc_error error = widen_tuples(self);
        if (error)
            return error;
    }
    uint32_t *slot = slot_of(self, tuple);
    if (*slot == 0) {
        uint32_t *grown = nlc_grown(self->data, &self->capacity, (size_t)self->num + 1, self->width * sizeof *grown);
        if (!grown)
            return NLC_ERROR_MEMORY;
        self->data = grown;
        memcpy(grown + (size_t)self->num * self->width, tuple, self->width * sizeof *tuple);
        *slot = ++self->num;
    }
    *number = *slot - 1;
    return NLC_OK;
}

uint32_t nlc_tuples_find(const nlc_tuples *self, const uint32_t *tuple)
{
    return self->num == 0 ? NLC_NONE : *slot_of(self, tuple) - 1;
}

void nlc_tuples_free(nlc_tuples *self)
{
    free(self->data);
    free(self->slot);
    *self = (nlc_tuples){.width = self->width};
}
