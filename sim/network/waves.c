#include "chance.h"
#include "network.h"
#include "rank.h"

#include <stdlib.h>

/* Sets this stream apart from those that make channels, whose last key is that of a place. */
#define SALT UINT64_C(0x7761766573)

/* The place straight under the lead that `i` belongs to. */
static uint32_t block_of(const nlc_places *places, uint32_t i)
{
    while (places->parent[i] != NLC_NO_PARENT) {
        i = places->parent[i];
    }
    return i;
}

static nlc_error fill_values(const nlc_places *places, const nlc_links *peers, nlc_wave_kind kind, double *value)
{
    if (kind == NLC_WAVES_CENTRAL) {
        return nlc_network_betweenness(places, peers, value);
    }
    for (uint32_t i = 0; i < places->num_places; i++) {
        switch (kind) {
        case NLC_WAVES_LARGEST:
            value[i] = places->population[i];
            break;
        case NLC_WAVES_LEGACY:
            value[i] = places->legacy[i];
            break;
        case NLC_WAVES_READY:
            value[i] = places->ready[i];
            break;
        default:
            value[i] = 0;
            break;
        }
    }
    return NLC_OK;
}

/* Gives each place that leads a unit (every place, or every block's) the mean over the unit. */
static void take_means(const uint32_t *unit, uint32_t num, double *value, uint32_t *size)
{
    for (uint32_t i = 0; i < num; i++) {
        size[unit[i]]++;
    }
    for (uint32_t i = 0; i < num; i++) {
        if (unit[i] != i) {
            value[unit[i]] += value[i];
        }
    }
    for (uint32_t i = 0; i < num; i++) {
        value[i] /= unit[i] == i ? size[i] : 1;
    }
}

typedef struct {
    uint32_t *unit;  /* [num_places], owned: who moves together, by the place that stands for them */
    uint32_t *size;  /* [num_places], owned: places of the unit; 0 where a place does not stand for one */
    double *value;   /* [num_places + num_countries], owned */
    nlc_rank *order; /* [num_places], owned */
} wave_units;

static nlc_error units_init(wave_units *self, const nlc_places *places, bool by_block)
{
    const uint32_t num = places->num_places;
    self->unit = calloc(num, sizeof *self->unit);
    self->size = calloc(num, sizeof *self->size);
    self->value = calloc((size_t)num + places->num_countries, sizeof *self->value);
    self->order = calloc(num, sizeof *self->order);
    if (self->unit == NULL || self->size == NULL || self->value == NULL || self->order == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < num; i++) {
        self->unit[i] = by_block ? block_of(places, i) : i;
    }
    return NLC_OK;
}

static void units_free(wave_units *self)
{
    free(self->unit);
    free(self->size);
    free(self->value);
    free(self->order);
}

/* Deals the units of one country, first in the order first, into waves. */
static void deal(const nlc_rank *order, uint32_t num_units, uint32_t num_waves, uint32_t *wave)
{
    const uint32_t size = num_units / num_waves, num_larger = num_units % num_waves;
    uint32_t next = 0;
    for (uint32_t w = 0; w < num_waves && next < num_units; w++) {
        const uint32_t end = next + size + (w < num_larger);
        for (; next < end; next++) {
            wave[order[next].index] = w;
        }
    }
}

static void deal_countries(const wave_units *self, const nlc_places *places, uint32_t num_waves, uint32_t *wave)
{
    const uint32_t num = places->num_places;
    for (uint32_t first = 0, next; first < num; first = next) {
        uint32_t num_units = 0;
        for (next = first; next < num && places->country[next] == places->country[first]; next++) {
            if (self->unit[next] == next) {
                self->order[first + num_units++] = self->order[next];
            }
        }
        nlc_rank_sort(self->order + first, num_units);
        deal(self->order + first, num_units, num_waves, wave);
    }
    for (uint32_t i = 0; i < num; i++) {
        wave[i] = wave[self->unit[i]];
    }
}

static uint64_t chance_of_place(const nlc_places *places, uint32_t i, uint64_t seed, uint32_t draw)
{
    nlc_chance chance = nlc_chance_of(seed, draw, SALT, places->key[i]);
    return nlc_chance_next(&chance);
}

nlc_error nlc_network_waves(const nlc_places *places, const nlc_links *peers, const nlc_wave_rule *rule, uint64_t seed,
                            uint32_t draw, uint32_t *wave)
{
    if (places->num_places == 0) {
        return NLC_OK;
    }
    wave_units units = {0};
    nlc_error error = units_init(&units, places, rule->by_block);
    if (error == NLC_OK) {
        error = fill_values(places, peers, rule->kind, units.value);
    }
    if (error == NLC_OK) {
        take_means(units.unit, places->num_places, units.value, units.size);
        for (uint32_t i = 0; i < places->num_places; i++) {
            const bool is_random = rule->kind == NLC_WAVES_RANDOM;
            const uint64_t major = is_random ? chance_of_place(places, i, seed, draw) : nlc_rank_descending(units.value[i]);
            units.order[i] = (nlc_rank){.major = major, .key = places->key[i], .index = i};
        }
        deal_countries(&units, places, rule->number, wave);
    }
    units_free(&units);
    return error;
}
