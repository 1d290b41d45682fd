/* One month of the contagion model; see contagion.h. */
#include "contagion/contagion.h"

#include "simple/adoption_kernel.h"

INLINE real_lanes chance_to_adopt(const site *in)
{
    real_lanes escapes = ONE - given_or(in, ATTRIBUTE_external, P(external));
    for (uint32_t k = 0; k < NUM_HEARD; k++) {
        const nlc_channels *heard = heard_on(in, k);
        for (uint32_t j = heard->first[in->node]; j < heard->first[in->node + 1]; j++) {
            real_lanes chance = P(transmission) * (nlc_real)heard->weight[j];
            escapes = escapes - keep(has(word_of(in, heard->from[j])), escapes * chance);
        }
    }
    return ONE - escapes;
}

INLINE mask_lanes rule(const site *in, mask_lanes before)
{
    real_lanes u[5];
    if (!adopts_plans(in))
        return before;
    draw_uniforms(in, u);
    mask_lanes drops = less(u[0], given_or(in, ATTRIBUTE_dropout, P(dropout)));
    return either(only(before, drops), only(less(u[0], chance_to_adopt(in)), before));
}

static void reset(nlc_batch *batch)
{
    reset_places(batch, NULL);
}

static void begin_month(nlc_batch *batch, bool levers_changed)
{
    (void)levers_changed;
    begin_places(batch);
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
