/* What the kernels of the small models share: the state of a node, the numbers of places by class, and
 * the draws of a place. Included by kernel.c alone, behind the model's header. */
#ifndef NLC_MODELS_SIMPLE_KERNEL_H
#define NLC_MODELS_SIMPLE_KERNEL_H

#include "batch.h"
#include "philox.h"

#include <string.h>

#define ONE    ((nlc_real)1)
#define VECTOR (sizeof(real_lanes))

/* Parameters and attributes, with a `site` in scope as `in`. */
#define P(name) load((const nlc_real *)in->batch->parameters + (size_t)PARAMETER_##name * NLC_LANES)

/* A place and what it reads. */
typedef struct {
    const nlc_batch *batch;
    const nlc_resolved *scenario;
    const nlc_draw *draw;
    const random_source *source;
    uint32_t node;
} site;

/* The kernel's own memory. */
typedef struct {
    double *places;     /* [num_classes][3]: places, places of adopting tiers, their population */
    nlc_word *country;  /* [num_countries][lanes]: what the model keeps of a country */
    uint32_t *adopting; /* [num_countries]: places of adopting tiers */
    uint32_t *rank;     /* [num_nodes]: how many such places of its country stand before a place */
    uint32_t *changed;  /* [1]: whether a place changed this month in any lane */
} scratch;

/* As numbers, so that the memory may be absent while it is measured. */
INLINE void *piece(const void *base, size_t *used, size_t size)
{
    void *result = (void *)((uintptr_t)base + *used);
    *used += (size + 63) / 64 * 64;
    return result;
}

INLINE scratch find_scratch(const nlc_resolved *scenario, void *memory, size_t *used)
{
    scratch self;
    *used = 0;
    self.places = piece(memory, used, scenario->num_classes * 3 * sizeof *self.places);
    self.country = piece(memory, used, scenario->num_countries * VECTOR);
    self.adopting = piece(memory, used, scenario->num_countries * sizeof *self.adopting);
    self.rank = piece(memory, used, scenario->num_nodes * sizeof *self.rank);
    self.changed = piece(memory, used, sizeof *self.changed);
    return self;
}

INLINE scratch scratch_of(const nlc_batch *batch)
{
    size_t used;
    return find_scratch(batch->scenario, batch->scratch, &used);
}

INLINE size_t scratch_size(const nlc_resolved *scenario)
{
    size_t used;
    find_scratch(scenario, NULL, &used);
    return used;
}

INLINE site site_of(const nlc_batch *batch, const random_source *source)
{
    return (site){batch, batch->scenario, batch->draw, source, 0};
}

INLINE nlc_real *shared_at(char *base, const nlc_batch *batch, uint32_t node)
{
    return (nlc_real *)(void *)(base + node * batch->shared_stride);
}

INLINE nlc_real *private_at(const nlc_batch *batch, uint32_t node)
{
    return (nlc_real *)(void *)(batch->private + node * batch->private_stride);
}

INLINE bool adopts_plans(const site *in)
{
    return in->scenario->tier_adopts[in->scenario->tier[in->node]];
}

/* A number of the place's own, or the parameter where the scenario does not give it. */
INLINE real_lanes given_or(const site *in, uint32_t attribute, real_lanes otherwise)
{
    nlc_real value = (nlc_real)in->scenario->attributes[(size_t)attribute * in->scenario->num_nodes + in->node];
    return value == value ? all_lanes(value) : otherwise;
}

/* Five uniforms of the place in this month; block 0 of four. */
INLINE void draw_uniforms(const site *in, real_lanes u[5])
{
    uniforms(in->source, in->scenario->key[in->node], in->batch->month * 4, u);
}

/* The channels on which a place hears others: those of its country, then those across borders. */
#define NUM_HEARD 2
INLINE const nlc_channels *heard_on(const site *in, uint32_t k)
{
    return k == 0 ? &in->draw->peer : &in->draw->regional;
}

INLINE nlc_real *tallies_of(const site *in)
{
    uint32_t class = in->draw->class_of[in->node];
    in->batch->block_touched[class] = 1;
    return (nlc_real *)(void *)(in->batch->block_tallies + class * in->batch->class_stride);
}

INLINE void add(nlc_real *tallies, uint32_t tally, real_lanes value)
{
    nlc_real *at = tallies + (size_t)tally * NLC_LANES;
    store(at, load(at) + value);
}

INLINE void count_places(const nlc_batch *batch, const scratch *own)
{
    const nlc_resolved *scenario = batch->scenario;
    memset(own->places, 0, scenario->num_classes * 3 * sizeof *own->places);
    memset(own->adopting, 0, scenario->num_countries * sizeof *own->adopting);
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        double *places = own->places + (size_t)batch->draw->class_of[i] * 3;
        places[0] += 1;
        own->rank[i] = own->adopting[scenario->country[i]];
        if (!scenario->tier_adopts[scenario->tier[i]])
            continue;
        places[1] += 1;
        places[2] += scenario->population[i];
        own->adopting[scenario->country[i]]++;
    }
}

/* The tallies of places stand first, in this order, in every model's list. */
INLINE void record_places(const nlc_batch *batch, const scratch *own)
{
    for (uint32_t class = 0; class < batch->scenario->num_classes; class ++) {
        double *counts = batch->tallies + (size_t) class * NUM_TALLIES * NLC_LANES;
        for (uint32_t k = 0; k < 3; k++)
            for (uint32_t l = 0; l < NLC_LANES; l++)
                counts[k * NLC_LANES + l] = own->places[class * 3 + k];
    }
}

#endif
