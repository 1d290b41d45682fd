/* A month of a model of places that have adopted or have not. The model's kernel.c includes this, writes
 * its rule, and hands it to step_places. Everything of other places is read as it stood at the start of
 * the month. */
#ifndef NLC_MODELS_ADOPTION_KERNEL_H
#define NLC_MODELS_ADOPTION_KERNEL_H

#include "simple/kernel.h"

INLINE word_lanes word_of(const site *in, uint32_t node)
{
    return load_words(shared_at(in->batch->shared_now, in->batch, node) + (size_t)FIELD_word * NLC_LANES);
}

/* Lanes in which a place has adopted (or, in `relay`, has been told). */
INLINE mask_lanes has(word_lanes word)
{
    return equal_words(word >> SHIFT_HAS & 1, 1);
}

/* Lanes in which it has since the month before. */
INLINE mask_lanes is_fresh(word_lanes word)
{
    return equal_words(word >> SHIFT_FRESH & 1, 1);
}

/* A tier that does not adopt plans can have been told, and then is aware. */
INLINE word_lanes make_word(const site *in, mask_lanes now, mask_lanes fresh, mask_lanes ever)
{
    nlc_word stage = adopts_plans(in) ? STAGE_adopted : STAGE_aware;
    word_lanes dropped = keep_words(ever, all_words(adopts_plans(in) ? STAGE_dormant : STAGE_unaware));
    return pick_words(now, all_words(stage | 1U << SHIFT_HAS), dropped) | keep_words(fresh, all_words(1U << SHIFT_FRESH));
}

INLINE void write_place(const site *in, char *base, mask_lanes now, mask_lanes fresh)
{
    nlc_real *reached = private_at(in->batch, in->node) + (size_t)(FIELD_reached - NUM_SHARED) * NLC_LANES;
    word_lanes first = load_words(reached);
    mask_lanes is_first = both(now, equal_words(first, 0));
    nlc_word month = in->batch->month > 0 ? in->batch->month : 1;
    first = pick_words(is_first, all_words(month), first);
    store_words(reached, first);
    mask_lanes ever = words_above(first, all_words(0));
    store_words(shared_at(base, in->batch, in->node) + (size_t)FIELD_word * NLC_LANES, make_word(in, now, fresh, ever));
}

/* Month 0: places that nodes.csv starts as adopted or functioning. `start` sets the model's own fields;
 * it may be NULL. */
INLINE void reset_places(nlc_batch *batch, void (*start)(const site *in, nlc_real *own_fields))
{
    const nlc_resolved *scenario = batch->scenario;
    const random_source source = random_source_of(batch->seed, load_words(batch->replicate));
    scratch own = scratch_of(batch);
    site in = site_of(batch, &source);
    count_places(batch, &own);
    for (in.node = 0; in.node < scenario->num_nodes; in.node++) {
        uint8_t given = scenario->start_stage[in.node];
        bool begins = given == STAGE_adopted + 1 || given == STAGE_functioning + 1;
        mask_lanes now = equal_words(all_words(begins), 1);
        memset(private_at(batch, in.node), 0, batch->private_stride);
        if (start)
            start(&in, private_at(batch, in.node) - (size_t)NUM_SHARED * NLC_LANES);
        write_place(&in, batch->shared_now, now, now);
    }
}

INLINE void record(const site *in, mask_lanes before, mask_lanes now)
{
    nlc_real *tallies = tallies_of(in);
    if (!adopts_plans(in))
        return;
    add(tallies, TALLY_adopted, keep(now, all_lanes(ONE)));
    add(tallies, TALLY_plan_population, keep(now, all_lanes((nlc_real)in->scenario->population[in->node])));
    add(tallies, TALLY_new_adoptions, keep(only(now, before), all_lanes(ONE)));
    add(tallies, TALLY_lapses, keep(only(before, now), all_lanes(ONE)));
}

/* `rule` says in which lanes the place has adopted at the end of the month; `before`: at its start. */
INLINE void step_places(nlc_batch *batch, uint32_t begin, uint32_t end, mask_lanes (*rule)(const site *in, mask_lanes before))
{
    const random_source source = random_source_of(batch->seed, load_words(batch->replicate));
    scratch own = scratch_of(batch);
    site in = site_of(batch, &source);
    for (in.node = begin; in.node < end; in.node++) {
        mask_lanes before = has(word_of(&in, in.node)), now = rule(&in, before);
        *own.changed |= any(either(only(now, before), only(before, now)));
        record(&in, before, now);
        write_place(&in, batch->shared_next, now, only(now, before));
    }
}

INLINE void begin_places(const nlc_batch *batch)
{
    *scratch_of(batch).changed = 0;
}

INLINE void end_places(const nlc_batch *batch)
{
    scratch own = scratch_of(batch);
    record_places(batch, &own);
}

/* How many places of adopting tiers of each country have adopted, as words, into the country's memory. */
INLINE void count_adopted(const nlc_batch *batch)
{
    const nlc_resolved *scenario = batch->scenario;
    scratch own = scratch_of(batch);
    site in = site_of(batch, NULL);
    memset(own.country, 0, scenario->num_countries * VECTOR);
    for (in.node = 0; in.node < scenario->num_nodes; in.node++) {
        nlc_word *count = own.country + (size_t)scenario->country[in.node] * NLC_LANES;
        if (adopts_plans(&in))
            store_words(count, load_words(count) + keep_words(has(word_of(&in, in.node)), all_words(1)));
    }
}

#endif
