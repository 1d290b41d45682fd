#include "chance.h"
#include "nearest.h"
#include "network.h"
#include "rank.h"

#include <stdlib.h>

/* Places of one country and tier, in the order of their keys. */
typedef struct {
    const nlc_places *places; /* borrowed */
    const nlc_rank *member;   /* [num], borrowed */
    uint32_t num;
    nlc_chance chance;
} group;

static nlc_error join(const group *self, uint32_t a, uint32_t b, nlc_links *links)
{
    return nlc_peers_join(links, self->member[a].index, self->member[b].index);
}

/* ---- parent ------------------------------------------------------------------------------------ */

/* Joins each member of a ring with the `reach` that follow, which are all others where the reach is
 * half of the length. */
static nlc_error join_ring(const nlc_rank *ring, size_t length, size_t reach, nlc_links *links)
{
    for (size_t at = 0; at < length; at++) {
        for (size_t step = 1; step <= reach; step++) {
            const nlc_error error = nlc_peers_join(links, ring[at].index, ring[(at + step) % length].index);
            if (error != NLC_OK) {
                return error;
            }
        }
    }
    return NLC_OK;
}

static nlc_error join_siblings(const group *self, nlc_links *links)
{
    nlc_rank *sibling = calloc(self->num, sizeof *sibling);
    if (sibling == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t m = 0; m < self->num; m++) {
        sibling[m] = self->member[m];
        sibling[m].major = self->places->parent[self->member[m].index];
    }
    nlc_rank_sort(sibling, self->num);
    nlc_error error = NLC_OK;
    for (size_t first = 0, length; error == NLC_OK && first < self->num; first += length) {
        length = nlc_rank_run(sibling + first, self->num - first);
        error = join_ring(sibling + first, length, length > NLC_MAX_SIBLINGS ? NLC_MAX_SIBLINGS / 2 : length / 2, links);
    }
    free(sibling);
    return error;
}

static nlc_error join_all(const group *self, nlc_links *links)
{
    return join_ring(self->member, self->num, self->num / 2, links);
}

/* ---- small world --------------------------------------------------------------------------------- */

/* The edges of a ring lattice under rewiring. An edge belongs for good to the member that it started
 * from, which is the end it keeps, so the edges between two members are among the `reach` of the
 * one and the `reach` of the other. */
typedef struct {
    uint32_t num, reach;
    uint32_t *other;  /* [num][reach], owned: the far ends */
    uint32_t *degree; /* [num], owned */
} lattice;

static nlc_error lattice_init(lattice *self, uint32_t num, uint32_t reach)
{
    *self = (lattice){.num = num, .reach = reach};
    self->other = calloc((size_t)num * reach, sizeof *self->other);
    self->degree = calloc(num, sizeof *self->degree);
    if (self->other == NULL || self->degree == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < num; i++) {
        self->degree[i] = 2 * reach;
        for (uint32_t k = 0; k < reach; k++) {
            self->other[(size_t)i * reach + k] = (i + k + 1) % num;
        }
    }
    return NLC_OK;
}

static void lattice_free(lattice *self)
{
    free(self->other);
    free(self->degree);
    *self = (lattice){0};
}

static bool lattice_has(const lattice *self, uint32_t a, uint32_t b)
{
    for (uint32_t k = 0; k < self->reach; k++) {
        if (self->other[(size_t)a * self->reach + k] == b || self->other[(size_t)b * self->reach + k] == a) {
            return true;
        }
    }
    return false;
}

static void lattice_rewire(lattice *self, double probability, nlc_chance *chance)
{
    for (uint32_t k = 0; k < self->reach; k++) {
        for (uint32_t i = 0; i < self->num; i++) {
            const bool is_joined_with_all = self->degree[i] == self->num - 1;
            if (nlc_chance_unit(chance) >= probability || is_joined_with_all) {
                continue;
            }
            uint32_t *other = &self->other[(size_t)i * self->reach + k];
            uint32_t drawn;
            do {
                drawn = nlc_chance_below(chance, self->num);
            } while (drawn == i || lattice_has(self, i, drawn));
            self->degree[*other]--;
            self->degree[drawn]++;
            *other = drawn;
        }
    }
}

static nlc_error join_small_world(group *self, const nlc_peer_rule *rule, nlc_links *links)
{
    if (self->num <= rule->neighbours + 1) {
        return join_all(self, links);
    }
    lattice edges;
    nlc_error error = lattice_init(&edges, self->num, rule->neighbours / 2);
    if (error == NLC_OK) {
        lattice_rewire(&edges, rule->rewiring, &self->chance);
    }
    for (uint32_t i = 0; error == NLC_OK && i < edges.num; i++) {
        for (uint32_t k = 0; error == NLC_OK && k < edges.reach; k++) {
            error = join(self, i, edges.other[(size_t)i * edges.reach + k], links);
        }
    }
    lattice_free(&edges);
    return error;
}

/* ---- random -------------------------------------------------------------------------------------- */

/* Walks over the pairs (a, b) with b < a in geometric steps, so that only pairs that are joined cost
 * time (Batagelj and Brandes, Physical Review E 71, 036113, 2005). */
static nlc_error join_at_random(group *self, const nlc_peer_rule *rule, nlc_links *links)
{
    const double probability = rule->degree / ((double)self->num - 1);
    if (self->num < 2 || probability >= 1) {
        return join_all(self, links);
    }
    nlc_error error = NLC_OK;
    uint64_t a = 1, b = nlc_chance_failures(&self->chance, probability);
    while (error == NLC_OK) {
        while (a < self->num && b >= a) {
            b -= a++;
        }
        if (a >= self->num) {
            break;
        }
        error = join(self, (uint32_t)a, (uint32_t)b, links);
        b += 1 + nlc_chance_failures(&self->chance, probability);
    }
    return error;
}

/* ---- all rules ------------------------------------------------------------------------------------ */

static nlc_error join_group(group *self, const nlc_peer_rule *rule, nlc_links *links)
{
    switch (rule->kind) {
    case NLC_PEERS_NEAREST:
        return nlc_peers_nearest(self->places, self->member, self->num, rule->neighbours, links);
    case NLC_PEERS_PARENT:
        return join_siblings(self, links);
    case NLC_PEERS_SMALL_WORLD:
        return join_small_world(self, rule, links);
    case NLC_PEERS_RANDOM:
        return join_at_random(self, rule, links);
    case NLC_PEERS_NONE:
    case NLC_PEERS_FILE:
        break;
    }
    return NLC_OK;
}

nlc_error nlc_network_peers(const nlc_places *places, const nlc_peer_rule *rule, uint64_t seed, uint32_t draw, nlc_links *links)
{
    const uint32_t num = places->num_places;
    if (rule->kind == NLC_PEERS_NONE || rule->kind == NLC_PEERS_FILE || num == 0) {
        return NLC_OK;
    }
    nlc_rank *member = calloc(num, sizeof *member);
    if (member == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < num; i++) {
        const uint64_t country_and_tier = (uint64_t)places->country[i] << 32 | places->tier[i];
        member[i] = (nlc_rank){.major = country_and_tier, .key = places->key[i], .index = i};
    }
    nlc_rank_sort(member, num);
    nlc_error error = NLC_OK;
    for (size_t first = 0, length; error == NLC_OK && first < num; first += length) {
        length = nlc_rank_run(member + first, num - first);
        const uint64_t country_key = places->country_key[places->country[member[first].index]];
        group self = {places, member + first, (uint32_t)length, nlc_chance_of(seed, draw, country_key, member[first].key)};
        error = join_group(&self, rule, links);
    }
    free(member);
    nlc_links_sort(links);
    return error;
}
