/* Places made by hand for the tests of networks. */
#ifndef NETWORK_FIXTURE_H
#define NETWORK_FIXTURE_H

#include "network.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_COUNTRIES 4

typedef struct {
    nlc_places places; /* points to the arrays below */
    uint32_t capacity;
    uint64_t country_key[MAX_COUNTRIES];
    uint64_t *key;
    uint32_t *country, *parent, *tier;
    float *lat, *lon, *legacy, *ready;
    double *population;
} fixture;

static inline void *fixture_array(size_t num, size_t size)
{
    void *array = calloc(num + 1, size);
    if (array == NULL) {
        abort();
    }
    return array;
}

static inline void fixture_init(fixture *self, uint32_t capacity)
{
    *self = (fixture){.capacity = capacity};
    self->key = fixture_array(capacity, sizeof *self->key);
    self->country = fixture_array(capacity, sizeof *self->country);
    self->parent = fixture_array(capacity, sizeof *self->parent);
    self->tier = fixture_array(capacity, sizeof *self->tier);
    self->lat = fixture_array(capacity, sizeof *self->lat);
    self->lon = fixture_array(capacity, sizeof *self->lon);
    self->legacy = fixture_array(capacity, sizeof *self->legacy);
    self->ready = fixture_array(capacity, sizeof *self->ready);
    self->population = fixture_array(capacity, sizeof *self->population);
    for (uint32_t c = 0; c < MAX_COUNTRIES; c++) {
        self->country_key[c] = nlc_hash((const char *)&"ABCD"[c], 1);
    }
    self->places = (nlc_places){
        .key = self->key,
        .country = self->country,
        .country_key = self->country_key,
        .parent = self->parent,
        .tier = self->tier,
        .lat = self->lat,
        .lon = self->lon,
        .population = self->population,
        .legacy = self->legacy,
        .ready = self->ready,
    };
}

static inline void fixture_free(fixture *self)
{
    free(self->key);
    free(self->country);
    free(self->parent);
    free(self->tier);
    free(self->lat);
    free(self->lon);
    free(self->legacy);
    free(self->ready);
    free(self->population);
}

/* Adds a place without coordinates and population, keyed by a hash of its number in its country. */
static inline uint32_t fixture_add(fixture *self, uint32_t country, uint32_t parent, uint32_t tier)
{
    const uint32_t i = self->places.num_places++;
    if (i >= self->capacity) {
        abort();
    }
    uint32_t number = 0;
    for (uint32_t k = i; k > 0 && self->country[k - 1] == country; k--) {
        number++;
    }
    char id[32];
    const int length = snprintf(id, sizeof id, "%c%u", "ABCD"[country], number);
    self->key[i] = nlc_hash(id, (size_t)length);
    self->country[i] = country;
    self->parent[i] = parent;
    self->tier[i] = tier;
    self->lat[i] = self->lon[i] = NAN;
    self->population[i] = NAN;
    self->places.num_countries = country + 1;
    return i;
}

/* Places straight under the lead of country 0, all of tier 0. */
static inline void fixture_init_flat(fixture *self, uint32_t num)
{
    fixture_init(self, num);
    for (uint32_t i = 0; i < num; i++) {
        fixture_add(self, 0, NLC_NO_PARENT, 0);
    }
}

static inline bool links_have(const nlc_links *links, uint32_t to, uint32_t from)
{
    for (size_t j = 0; j < links->num; j++) {
        if (links->link[j].to == to && links->link[j].from == from) {
            return true;
        }
    }
    return false;
}

static inline uint32_t links_degree(const nlc_links *links, uint32_t to)
{
    uint32_t degree = 0;
    for (size_t j = 0; j < links->num; j++) {
        degree += links->link[j].to == to;
    }
    return degree;
}

/* Sorted, without repeats and loops, each with its way back and weight 1. */
static inline bool links_are_proper(const nlc_links *links)
{
    for (size_t j = 0; j < links->num; j++) {
        const nlc_link *link = &links->link[j], *before = j > 0 ? link - 1 : NULL;
        const bool is_ordered = before == NULL || before->to < link->to || (before->to == link->to && before->from < link->from);
        if (!is_ordered || link->to == link->from || link->weight != 1 || !links_have(links, link->from, link->to)) {
            return false;
        }
    }
    return true;
}

/* Pseudo-random numbers for test data. */
static inline double fixture_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) * 0x1p-53;
}

#endif
