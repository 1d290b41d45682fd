/* One month of the cascade model; see cascade.h. */
#include "cascade/cascade.h"

#include "simple/adoption_kernel.h"

/* Chance that all tries at the place fail. */
INLINE real_lanes chance_to_escape(const site *in)
{
    real_lanes escapes = all_lanes(ONE);
    for (uint32_t k = 0; k < NUM_HEARD; k++) {
        const nlc_channels *heard = heard_on(in, k);
        for (uint32_t j = heard->first[in->node]; j < heard->first[in->node + 1]; j++) {
            real_lanes chance = P(transmission) * (nlc_real)heard->weight[j];
            escapes = escapes - keep(is_fresh(word_of(in, heard->from[j])), escapes * chance);
        }
    }
    return escapes;
}

INLINE mask_lanes rule(const site *in, mask_lanes before)
{
    real_lanes u[5];
    if (!adopts_plans(in))
        return before;
    real_lanes escapes = chance_to_escape(in);
    if (LIKELY(!any(less(escapes, all_lanes(ONE)))))
        return before;
    draw_uniforms(in, u);
    return either(before, less(u[0], ONE - escapes));
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

/* Where nobody adopted this month, nobody tries again. */
static void end_month(nlc_batch *batch)
{
    end_places(batch);
    batch->finished = !*scratch_of(batch).changed;
}

const nlc_kernel NLC_KERNEL_NAME = {NLC_LANES, NLC_REAL_SIZE, NLC_ISA_NAME, scratch_size,
                                    reset,     begin_month,   step_nodes,   end_month};
