/* One month of the relay model; see relay.h. */
#include "relay/relay.h"

#include "simple/adoption_kernel.h"

INLINE mask_lanes rule(const site *in, mask_lanes before)
{
    real_lanes u[5];
    uint32_t above = in->scenario->parent[in->node];
    real_lanes chance = given_or(in, ATTRIBUTE_hand_down, P(hand_down)) * (nlc_real)in->scenario->line_weight[in->node];
    if (above != NLC_NO_PARENT)
        chance = keep(has(word_of(in, above)), chance);
    draw_uniforms(in, u);
    return either(before, less(u[0], chance));
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
