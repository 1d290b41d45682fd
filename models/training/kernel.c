/* One month of the training model; see training.h. */
#include "training/training.h"

#include "simple/kernel.h"

static void reset(nlc_batch *batch)
{
    scratch own = scratch_of(batch);
    site place = site_of(batch, NULL), *in = &place;
    count_places(batch, &own);
    for (in->node = 0; in->node < batch->scenario->num_nodes; in->node++)
        store(shared_at(batch->shared_now, batch, in->node), given_or(in, ATTRIBUTE_start_capacity, P(start_capacity)));
}

static void begin_month(nlc_batch *batch, bool levers_changed)
{
    (void)batch, (void)levers_changed;
}

static void step_nodes(nlc_batch *batch, uint32_t begin, uint32_t end)
{
    const random_source source = random_source_of(batch->seed, load_words(batch->replicate));
    site place = site_of(batch, &source), *in = &place;
    for (in->node = begin; in->node < end; in->node++) {
        real_lanes u[5], capacity = load(shared_at(batch->shared_now, batch, in->node));
        draw_uniforms(in, u);
        capacity = (ONE - P(capacity_loss)) * capacity + keep(less(u[0], P(training_chance)), P(training_gain));
        nlc_real *tallies = tallies_of(in);
        store(shared_at(batch->shared_next, batch, in->node), capacity);
        add(tallies, TALLY_sum, capacity);
        add(tallies, TALLY_sum_of_squares, capacity * capacity);
    }
}

static void end_month(nlc_batch *batch)
{
    scratch own = scratch_of(batch);
    record_places(batch, &own);
}

const nlc_kernel NLC_KERNEL_NAME = {NLC_LANES, NLC_REAL_SIZE, NLC_ISA_NAME, scratch_size,
                                    reset,     begin_month,   step_nodes,   end_month};
