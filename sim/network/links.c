#include "network.h"

#include <stdlib.h>

static nlc_error grow(nlc_links *self)
{
    if (self->capacity > SIZE_MAX / 2 / sizeof *self->link) {
        return NLC_ERROR_MEMORY;
    }
    const size_t capacity = self->capacity > 0 ? 2 * self->capacity : 64;
    nlc_link *link = realloc(self->link, capacity * sizeof *link);
    if (link == NULL) {
        return NLC_ERROR_MEMORY;
    }
    self->link = link;
    self->capacity = capacity;
    return NLC_OK;
}

nlc_error nlc_links_add(nlc_links *self, nlc_link link)
{
    if (self->num == self->capacity) {
        const nlc_error error = grow(self);
        if (error != NLC_OK) {
            return error;
        }
    }
    self->link[self->num++] = link;
    return NLC_OK;
}

void nlc_links_free(nlc_links *self)
{
    free(self->link);
    *self = (nlc_links){0};
}

static uint64_t pair(const nlc_link *self)
{
    return (uint64_t)self->to << 32 | self->from;
}

/* By pair, the heaviest first. */
static bool is_before(const nlc_link *a, const nlc_link *b)
{
    const uint64_t pair_a = pair(a), pair_b = pair(b);
    return pair_a != pair_b ? pair_a < pair_b : a->weight > b->weight;
}

static void sort_few(nlc_link *link, size_t num)
{
    for (size_t j = 1; j < num; j++) {
        const nlc_link moved = link[j];
        size_t place = j;
        for (; place > 0 && is_before(&moved, &link[place - 1]); place--) {
            link[place] = link[place - 1];
        }
        link[place] = moved;
    }
}

static void put_heaviest_first(nlc_link *link, size_t num)
{
    for (size_t j = 1; j < num; j++) {
        if (is_before(&link[j], &link[0])) {
            link[0].weight = link[j].weight;
        }
    }
}

static unsigned digit(const nlc_link *link, int shift)
{
    return pair(link) >> shift & 0xff;
}

/* Sorts by one byte of the pair in place, then each part by the next (McIlroy, Bostic and McIlroy,
 * Engineering radix sort, 1993). Networks have tens of millions of links; this needs neither a second
 * copy of them nor a call for each comparison. */
static void sort_many(nlc_link *link, size_t num, int shift)
{
    if (num <= 32) {
        sort_few(link, num);
        return;
    }
    if (shift < 0) {
        put_heaviest_first(link, num);
        return;
    }
    size_t next[256] = {0}, end[256];
    for (size_t j = 0; j < num; j++) {
        next[digit(&link[j], shift)]++;
    }
    for (size_t d = 0, sum = 0; d < 256; d++) {
        end[d] = sum + next[d];
        next[d] = sum;
        sum = end[d];
    }
    for (unsigned d = 0; d < 256; d++) {
        while (next[d] < end[d]) {
            nlc_link *place = &link[next[d]];
            const unsigned belongs = digit(place, shift);
            const nlc_link moved = *place;
            *place = link[next[belongs]];
            link[next[belongs]++] = moved;
        }
    }
    for (size_t d = 0, first = 0; d < 256; first = end[d++]) {
        sort_many(link + first, end[d] - first, shift - 8);
    }
}

void nlc_links_sort(nlc_links *self)
{
    if (self->num == 0) {
        return;
    }
    sort_many(self->link, self->num, 56);
    size_t kept = 1;
    for (size_t j = 1; j < self->num; j++) {
        if (pair(&self->link[j]) != pair(&self->link[kept - 1])) {
            self->link[kept++] = self->link[j];
        }
    }
    self->num = kept;
}
