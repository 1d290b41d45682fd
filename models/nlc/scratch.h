/* What the kernel keeps beside the state of nodes: numbers that follow from parameters and levers,
 * and the pools of facilitation. Included by kernel.c alone. */
#ifndef NLC_MODEL_SCRATCH_H
#define NLC_MODEL_SCRATCH_H

#include "batch.h"
#include "lanes.h"
#include "nlc.h"

#define VECTOR          (sizeof(real_lanes))
#define UNLIMITED_ABOVE ((nlc_real)1e30)
/* An unlimited pool weighs as this many slots where agencies are averaged. */
#define UNLIMITED_WEIGHT ((nlc_real)1e9)

/* Draws by their number k in the model: which block of the generator, and where in it. A node needs
 * blocks 0 and 1 in most months, 2 where grants, elections or regional exchanges are possible, and
 * 3 only at the start. */
enum { BLOCK_EVENTS, BLOCK_RULES, BLOCK_RARE, BLOCK_START, NUM_BLOCKS };
enum { U_BRIEFING, U_MEETING, U_DIALOGUE, U_TRAINING, U_PEER };   /* k = 0 to 4 */
enum { U_REPORT, U_REPLY, U_SECURITY, U_TURNOVER, U_STAGE };      /* k = 6, 7, 8, 10, 13 */
enum { U_REGIONAL, U_GRANT, U_ELECTION, U_LAPSE, U_DISPOSITION }; /* k = 5, 9, 11, 12, 14 */

/* What follows from the parameters alone. */
enum {
    DERIVED_capacity_left, /* of capacity after a month */
    DERIVED_awareness_left,
    DERIVED_role_left,
    DERIVED_persistence, /* rho^2 */
    DERIVED_drift,       /* 1 - rho^2 */
    DERIVED_bias,        /* b^2 */
    NUM_DERIVED
};

/* What follows from the levers of a schedule in a month. */
enum {
    PLAN_rate, /* chance of each kind of event at full service: NUM_EVENT_KINDS of them */
    PLAN_direct = PLAN_rate + NUM_EVENT_KINDS,
    PLAN_two_way,
    PLAN_support,
    PLAN_reporting, /* o in a month with a meeting */
    PLAN_responsiveness,
    PLAN_security, /* security reports a month */
    PLAN_grant,
    PLAN_role_needed, /* to engage */
    PLAN_nap,
    PLAN_beginning, /* h0, mandate and support */
    PLAN_imitation, /* k_p where there is no mandate */
    PLAN_pace,      /* nap / effort */
    PLAN_fade,
    PLAN_compliance, /* chance to adopt after a deadline */
    PLAN_voluntary,  /* 1 - mandate */
    PLAN_turnover,
    PLAN_election,
    NUM_PLAN
};

enum { FLAG_events = 1, FLAG_support = 2, FLAG_grant = 4, FLAG_election = 8, FLAG_deadline = 16, FLAG_cohort = 32 };

enum {
    COUNTRY_base,
    COUNTRY_asked,
    COUNTRY_slots,
    COUNTRY_service,
    COUNTRY_grants_asked,
    COUNTRY_grant_chance,
    COUNTRY_regard,
    COUNTRY_reports,
    NUM_COUNTRY
};
enum { POOL_base, POOL_asked, POOL_service, NUM_POOL };

/* The kernel's own memory. A pool belongs to a place that has children: its own slots serve them. */
typedef struct {
    nlc_real *derived;    /* [NUM_DERIVED][lanes] */
    nlc_real *plan;       /* [num_schedules][NUM_PLAN][lanes] */
    nlc_real *country;    /* [num_countries][NUM_COUNTRY][lanes] */
    nlc_real *pool;       /* [num_pools][NUM_POOL][lanes] */
    nlc_real *asked;      /* [num_classes][2 * NUM_EVENT_KINDS][lanes]: asked, asked of the national pool */
    nlc_word *grants_end; /* [num_schedules][lanes]: last month with a grant; 0 if none or the run ends first */
    uint32_t *flags;      /* [num_schedules] */
    uint32_t *pool_of;    /* [num_nodes], or NLC_NONE */
    uint32_t *owner;      /* [num_pools, at most num_nodes]: the place whose pool it is */
    uint32_t *num_pools;  /* [1] */
    float *security;      /* [num_countries]: mean weight of the security agencies */
    float *adopting;      /* [num_countries]: places of adopting tiers */
    double *places;       /* [num_classes][3]: places, places of adopting tiers, their population */
} scratch;

INLINE bool has_children(const nlc_resolved *scenario, uint32_t node)
{
    return scenario->first_child[node + 1] > scenario->first_child[node];
}

/* As numbers, so that the memory may be absent while it is measured. */
INLINE void *piece(const void *base, size_t *used, size_t size)
{
    void *result = (void *)((uintptr_t)base + *used);
    *used += (size + 63) / 64 * 64;
    return result;
}

/* The layout of the scratch memory, found again whenever it is needed. The pools come last: only
 * their size depends on how many there are. */
INLINE scratch find_scratch(const nlc_resolved *scenario, void *memory, size_t *used)
{
    scratch self;
    *used = 0;
    self.derived = piece(memory, used, NUM_DERIVED * VECTOR);
    self.plan = piece(memory, used, (size_t)scenario->num_schedules * NUM_PLAN * VECTOR);
    self.country = piece(memory, used, (size_t)scenario->num_countries * NUM_COUNTRY * VECTOR);
    self.asked = piece(memory, used, (size_t)scenario->num_classes * 2 * NUM_EVENT_KINDS * VECTOR);
    self.grants_end = piece(memory, used, (size_t)scenario->num_schedules * VECTOR);
    self.flags = piece(memory, used, scenario->num_schedules * sizeof *self.flags);
    self.security = piece(memory, used, scenario->num_countries * sizeof *self.security);
    self.adopting = piece(memory, used, scenario->num_countries * sizeof *self.adopting);
    self.places = piece(memory, used, scenario->num_classes * 3 * sizeof *self.places);
    self.pool_of = piece(memory, used, scenario->num_nodes * sizeof *self.pool_of);
    self.owner = piece(memory, used, scenario->num_nodes * sizeof *self.owner);
    self.num_pools = piece(memory, used, sizeof *self.num_pools);
    self.pool = piece(memory, used, 0);
    return self;
}

INLINE size_t scratch_size(const nlc_resolved *scenario)
{
    size_t used;
    find_scratch(scenario, NULL, &used);
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        used += has_children(scenario, i) ? NUM_POOL * VECTOR : 0;
    return used;
}

#endif
