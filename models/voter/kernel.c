/* One month of the voter model; see voter.h. */
#include "voter/voter.h"

#include "simple/adoption_kernel.h"

/* Which place of each country is drawn, by its rank; from 48 bits of chance, keyed by the lead's id. */
INLINE void draw_places(const nlc_batch *batch)
{
    const nlc_resolved *scenario = batch->scenario;
    const random_source source = random_source_of(batch->seed, load_words(batch->replicate));
    scratch own = scratch_of(batch);
    real_lanes u[5];
    for (uint32_t c = 0; c < scenario->num_countries; c++) {
        uniforms(&source, scenario->agency_key[scenario->countries[c].first_agency], batch->month * 4, u);
        for (uint32_t l = 0; l < NLC_LANES; l++) {
            double chance = (double)u[0][l] + (double)u[1][l] / 16777216.0;
            own.country[(size_t)c * NLC_LANES + l] = (nlc_word)(chance * own.adopting[c]);
        }
    }
}

/* The weight of a channel, 0 where the one heard does not take part. */
INLINE nlc_real weight_of(const site *in, const nlc_channels *heard, uint32_t j)
{
    bool takes_part = in->scenario->tier_adopts[in->scenario->tier[heard->from[j]]];
    return takes_part ? (nlc_real)heard->weight[j] : 0;
}

INLINE real_lanes weight_heard(const site *in)
{
    nlc_real sum = 0;
    for (uint32_t k = 0; k < NUM_HEARD; k++)
        for (uint32_t j = heard_on(in, k)->first[in->node]; j < heard_on(in, k)->first[in->node + 1]; j++)
            sum += weight_of(in, heard_on(in, k), j);
    return all_lanes(sum);
}

/* What the place copies: the first whose weight takes what is left of the draw. */
INLINE mask_lanes copied(const site *in, real_lanes left, mask_lanes otherwise)
{
    mask_lanes result = otherwise, open = at_least(left, all_lanes(0));
    for (uint32_t k = 0; k < NUM_HEARD; k++) {
        const nlc_channels *heard = heard_on(in, k);
        for (uint32_t j = heard->first[in->node]; j < heard->first[in->node + 1]; j++) {
            mask_lanes adopted = has(word_of(in, heard->from[j]));
            nlc_real weight = weight_of(in, heard, j);
            if (weight == 0)
                continue;
            result = either(only(result, open), both(adopted, open));
            left = left - weight;
            open = both(open, at_least(left, all_lanes(0)));
        }
    }
    return result;
}

INLINE mask_lanes rule(const site *in, mask_lanes before)
{
    real_lanes u[5];
    scratch own = scratch_of(in->batch);
    word_lanes drawn = load_words(own.country + (size_t)in->scenario->country[in->node] * NLC_LANES);
    mask_lanes chosen = equal_words(drawn, own.rank[in->node]);
    if (!adopts_plans(in) || LIKELY(!any(chosen)))
        return before;
    draw_uniforms(in, u);
    chosen = both(chosen, less(u[1], P(copying)));
    return either(only(before, chosen), both(chosen, copied(in, u[0] * weight_heard(in), before)));
}

static void reset(nlc_batch *batch)
{
    reset_places(batch, NULL);
}

/* Whether all places agreed when the month began. */
INLINE bool is_agreed(const nlc_batch *batch)
{
    scratch own = scratch_of(batch);
    word_lanes adopted = all_words(0), places = all_words(0);
    for (uint32_t c = 0; c < batch->scenario->num_countries; c++) {
        adopted = adopted + load_words(own.country + (size_t)c * NLC_LANES);
        places = places + own.adopting[c];
    }
    return !any(both(words_above(adopted, all_words(0)), words_above(places, adopted)));
}

/* The month still runs where all agree, so that what it counts is that nothing happens. */
static void begin_month(nlc_batch *batch, bool levers_changed)
{
    (void)levers_changed;
    begin_places(batch);
    count_adopted(batch);
    batch->finished = is_agreed(batch);
    draw_places(batch);
}

static void step_nodes(nlc_batch *batch, uint32_t begin, uint32_t end)
{
    step_places(batch, begin, end, rule);
}

static void end_month(nlc_batch *batch)
{
    end_places(batch);
}

const nlc_kernel NLC_KERNEL_NAME = {NLC_LANES, NLC_REAL_SIZE, NLC_ISA_NAME, scratch_size,
                                    reset,     begin_month,   step_nodes,   end_month};
