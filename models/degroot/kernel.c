/* One month of the DeGroot model; see degroot.h. */
#include "degroot/degroot.h"

#include "simple/kernel.h"

INLINE real_lanes opinion_of(const site *in, uint32_t node)
{
    return load(shared_at(in->batch->shared_now, in->batch, node));
}

/* The mean over the place and those it hears; its own opinion where all weights are 0. */
INLINE real_lanes mean_heard(const site *in)
{
    real_lanes weights = given_or(in, ATTRIBUTE_self_weight, P(self_weight)), sum = weights * opinion_of(in, in->node);
    for (uint32_t k = 0; k < NUM_HEARD; k++) {
        const nlc_channels *heard = heard_on(in, k);
        for (uint32_t j = heard->first[in->node]; j < heard->first[in->node + 1]; j++) {
            weights = weights + (nlc_real)heard->weight[j];
            sum = sum + (nlc_real)heard->weight[j] * opinion_of(in, heard->from[j]);
        }
    }
    return pick(less(all_lanes(0), weights), sum / weights, opinion_of(in, in->node));
}

static void reset(nlc_batch *batch)
{
    scratch own = scratch_of(batch);
    site place = site_of(batch, NULL), *in = &place;
    count_places(batch, &own);
    for (in->node = 0; in->node < batch->scenario->num_nodes; in->node++) {
        real_lanes first = given_or(in, ATTRIBUTE_start_opinion, P(start_opinion));
        store(shared_at(batch->shared_now, batch, in->node), first);
        store(private_at(batch, in->node), first);
    }
}

static void begin_month(nlc_batch *batch, bool levers_changed)
{
    (void)levers_changed;
    *scratch_of(batch).changed = 0;
}

INLINE void step_place(const site *in, const scratch *own)
{
    const nlc_batch *batch = in->batch;
    real_lanes before = opinion_of(in, in->node), first = load(private_at(batch, in->node)), mean = mean_heard(in);
    real_lanes now = mean + given_or(in, ATTRIBUTE_stubbornness, P(stubbornness)) * (first - mean);
    nlc_real *tallies = tallies_of(in);
    store(shared_at(batch->shared_next, batch, in->node), now);
    *own->changed |= any(either(less(before, now), less(now, before)));
    add(tallies, TALLY_sum, now);
    add(tallies, TALLY_sum_of_squares, now * now);
}

static void step_nodes(nlc_batch *batch, uint32_t begin, uint32_t end)
{
    scratch own = scratch_of(batch);
    site in = site_of(batch, NULL);
    for (in.node = begin; in.node < end; in.node++)
        step_place(&in, &own);
}

static void end_month(nlc_batch *batch)
{
    scratch own = scratch_of(batch);
    record_places(batch, &own);
    batch->finished = !*own.changed;
}

const nlc_kernel NLC_KERNEL_NAME = {NLC_LANES, NLC_REAL_SIZE, NLC_ISA_NAME, scratch_size,
                                    reset,     begin_month,   step_nodes,   end_month};
