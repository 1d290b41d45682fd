/* What a kernel sees of a batch, and what a kernel is. Only core and models include this.
 *
 * The state of node i stands at shared_now + i * shared_stride and private + i * private_stride;
 * within a node, field f of its kind stands at f * lanes reals. In a month a kernel reads any
 * node's shared fields from shared_now, and writes its own node's into shared_next; the engine
 * swaps the two when the month is over. Private fields are changed in place.
 *
 * Tallies are added up in reals over a block of at most NLC_BLOCK_NODES nodes of one country, and
 * block by block in doubles, so that a count over a million nodes loses nothing and a country's
 * results do not depend on the others. */
#ifndef NLC_CORE_BATCH_H
#define NLC_CORE_BATCH_H

#include "nlcsim.h"
#include "sums.h"

#define NLC_BLOCK_NODES 1024
#define NLC_MAX_LANES   16

struct nlc_batch {
    const nlc_resolved *scenario; /* borrowed */
    const nlc_kernel *kernel;
    const nlc_sums *sums;
    const nlc_draw *draw; /* borrowed from the scenario */
    uint32_t month, draw_index, num_lanes, num_shared;
    uint64_t seed;
    nlc_lane lane[NLC_MAX_LANES];
    bool finished;     /* set by a kernel in a month that changes nothing, where nothing can change any more */
    bool is_continued; /* restored, and not stepped since: the levers have to be filled */

    /* All of these are in the memory of the batch. [..][lanes] ends each. */
    void *replicate;  /* words [lanes] */
    void *parameters; /* reals [num_parameters][lanes] */
    void *levers;     /* reals [num_schedules][num_levers][lanes], of the month at hand */
    char *shared_now, *shared_next, *private;
    size_t shared_stride, private_stride; /* bytes a node */
    char *agencies;                       /* reals [num_agencies][num_agency_fields][lanes] */
    size_t agency_stride;
    void *scratch; /* the kernel's own, as large as it asked. What it says follows from the reset and
                    * the levers of the month alone: it is not a part of a state that is saved. */
    char *block_tallies;    /* reals [num_classes][num_tallies][lanes] */
    uint8_t *block_touched; /* [num_classes]: a kernel sets it for each class it adds to */
    uint8_t *counted;       /* [num_classes]: 1 where `tallies` holds something of this month */
    size_t class_stride;    /* bytes of one class in block_tallies */
    double *tallies;        /* [num_classes][num_tallies][lanes] */
};

struct nlc_kernel {
    uint32_t lanes, real_size; /* real_size 4 or 8: bytes of a real */
    const char *isa;
    size_t (*scratch_size)(const nlc_resolved *scenario);
    /* State of month 0. */
    void (*reset)(nlc_batch *batch);
    /* The month is set and the levers are filled. `levers_changed` is true in the first month and
     * whenever a lever differs from the month before. */
    void (*begin_month)(nlc_batch *batch, bool levers_changed);
    /* Nodes begin to end - 1, all of one country, in order. */
    void (*step_nodes)(nlc_batch *batch, uint32_t begin, uint32_t end);
    /* All nodes are done, and `tallies` holds their sums; both kinds of tallies may still be added to. */
    void (*end_month)(nlc_batch *batch);
};

/* 2 to the power of x, within 2 units in the last place of a double, from + - * / alone; x in
 * [-1000, 1000]. */
double nlc_exp2(double x);

/* Reads digits, an optional point and an optional exponent, without a sign; false for anything else.
 * The nearest double where there are at most 18 digits and 22 places without an exponent. */
bool nlc_decimal_read(const char *text, size_t length, double *value);

#endif
