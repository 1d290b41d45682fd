/* One month of the threshold model; see threshold.h. */
#include "threshold/threshold.h"

#include "simple/adoption_kernel.h"

/* Drawn from the middles of 2^24 equal parts, so that it is never 0 and never 1. */
INLINE void start(const site *in, nlc_real *fields)
{
    real_lanes u[5];
    draw_uniforms(in, u);
    real_lanes middle = u[0] + (nlc_real)(0.5 / 16777216.0);
    real_lanes drawn = P(threshold) + P(spread) * (2 * middle - ONE);
    store(fields + (size_t)FIELD_threshold * NLC_LANES, given_or(in, ATTRIBUTE_threshold, drawn));
}

/* What a place hears: the sums of weights, and the numbers of channels. */
typedef struct {
    real_lanes adopted_weight, num_adopted;
    nlc_real weight, num, first;
    bool are_equal;
} exposure;

INLINE void hear(const site *in, const nlc_channels *heard, exposure *self)
{
    for (uint32_t j = heard->first[in->node]; j < heard->first[in->node + 1]; j++) {
        nlc_real weight = (nlc_real)heard->weight[j];
        mask_lanes adopted = has(word_of(in, heard->from[j]));
        self->first = self->num > 0 ? self->first : weight;
        self->are_equal = self->are_equal && weight == self->first;
        self->weight += weight;
        self->num += 1;
        self->adopted_weight = self->adopted_weight + keep(adopted, all_lanes(weight));
        self->num_adopted = self->num_adopted + keep(adopted, all_lanes(ONE));
    }
}

INLINE real_lanes share_of(const exposure *self)
{
    if (self->are_equal)
        return self->num * self->first > 1 ? self->num_adopted / self->num : self->num_adopted * self->first;
    return self->weight > 1 ? self->adopted_weight / self->weight : self->adopted_weight;
}

INLINE mask_lanes rule(const site *in, mask_lanes before)
{
    if (!adopts_plans(in))
        return before;
    exposure exposed = {all_lanes(0), all_lanes(0), 0, 0, 0, true};
    for (uint32_t k = 0; k < NUM_HEARD; k++)
        hear(in, heard_on(in, k), &exposed);
    real_lanes threshold = load(private_at(in->batch, in->node) + (size_t)(FIELD_threshold - NUM_SHARED) * NLC_LANES);
    return either(before, at_least(share_of(&exposed), threshold));
}

static void reset(nlc_batch *batch)
{
    reset_places(batch, start);
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

/* A month without a change is followed by nothing else. */
static void end_month(nlc_batch *batch)
{
    end_places(batch);
    batch->finished = !*scratch_of(batch).changed;
}

const nlc_kernel NLC_KERNEL_NAME = {NLC_LANES, NLC_REAL_SIZE, NLC_ISA_NAME, scratch_size,
                                    reset,     begin_month,   step_nodes,   end_month};
