/* One month of the Bass model; see bass.h. */
#include "bass/bass.h"

#include "simple/adoption_kernel.h"

INLINE mask_lanes rule(const site *in, mask_lanes before)
{
    real_lanes u[5];
    if (!adopts_plans(in))
        return before;
    scratch own = scratch_of(in->batch);
    uint32_t country = in->scenario->country[in->node];
    real_lanes adopted = to_real(load_words(own.country + (size_t)country * NLC_LANES));
    nlc_real others = (nlc_real)own.adopting[country] - ONE;
    draw_uniforms(in, u);
    return either(before, less(u[0], P(innovation) + P(imitation) * (others > 0 ? adopted / others : all_lanes(0))));
}

static void reset(nlc_batch *batch)
{
    reset_places(batch, NULL);
}

static void begin_month(nlc_batch *batch, bool levers_changed)
{
    (void)levers_changed;
    begin_places(batch);
    count_adopted(batch);
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
