/* The nlc model as a plain program: one run at a time, one struct a place, a draw only where it is
 * used. It is what the engine's speed is measured against, and an independent reading of ODD.md: its
 * state must give the engine's hash, bit for bit.
 *
 * It records what the engine records: every tally of nlc.h, in every month, for each class of places,
 * summed in floats. */
#ifndef NLC_BENCH_PLAIN_H
#define NLC_BENCH_PLAIN_H

#include "nlc/nlc.h"

/* What a place is; the same in every run. */
typedef struct {
    uint64_t key;
    uint32_t parent, country, class, schedule;
    bool adopts, elected, top, parent_adopts, has_peers, has_regional;
    uint8_t start_stage; /* + 1; 0 = not given */
    float line_weight, population, legacy, income;
    float start_awareness, start_role, start_capacity, start_trust, start_formalisation, start_funds, start_reliance;
    float adopting_children;
} plain_site;

/* The state of a place. */
typedef struct {
    float awareness, role, capacity, trust, formalisation, funds, draft, functionality;
    float blind_spot, blind_spot_without, reliance, disposition, attention;
    float start_role, ceiling; /* follow from the disposition */
    uint16_t reached[NUM_MILESTONES];
    uint8_t stage, meeting_clock, report_clock, reply_clock, guidance_clock, contact_clock, best;
    bool briefed, met, cohort;
} plain_place;

/* What others see of a place, as it stood at the start of the month. */
typedef struct {
    float awareness, role, capacity;
    bool has_plan;
} plain_view;

/* What the levers of a schedule come to in a month. */
typedef struct {
    float rate[NUM_EVENT_KINDS], direct, two_way, support, reporting, responsiveness, security, grant, role_needed, nap, beginning,
        imitation, pace, fade, compliance, voluntary, turnover, election;
    bool has_events;
    uint32_t grants_end; /* last month with a grant; 0 if none, or if the run ends first */
} plain_plan;

typedef struct {
    float base, asked, service; /* of the national pool */
    float grants_asked, grant_chance, regard, reports;
    float security, adopting; /* mean weight of the security agencies; places of adopting tiers */
} plain_country;

/* Slots that a place has for its children. */
typedef struct {
    float base, asked, service;
} plain_pool;

typedef struct {
    const nlc_resolved *scenario; /* borrowed */
    const nlc_draw *draw;
    uint64_t seed;
    uint32_t replicate, month;
    float capacity_left, awareness_left, role_left, persistence, drift, bias;
    plain_site *sites;        /* [num_nodes], owned, as the rest */
    plain_place *places;      /* [num_nodes] */
    plain_view *views;        /* [num_nodes] */
    plain_plan *plans;        /* [num_schedules] */
    plain_country *countries; /* [num_countries] */
    plain_pool *pools;        /* [num_nodes]; not used where there are no children */
    float *regard;            /* [num_agencies] */
    float *tallies;           /* [num_classes][NUM_TALLIES], of the last month */
    float *constants;         /* [num_classes][NUM_TALLIES]: what places ask for until a lever moves */
} plain;

/* NLC_ERROR_MEMORY where there is none; plain_free is due in any case. */
nlc_error plain_init(plain *self, const nlc_resolved *scenario);
void plain_free(plain *self);

/* Puts a run at its start, and advances it by a month. */
void plain_reset(plain *self, uint64_t seed, uint32_t replicate);
void plain_step(plain *self);

/* The hash of the state as nlc_batch_hash has it, and of all months of a run as nlc_ensemble has it. */
uint64_t plain_hash(const plain *self);
uint64_t plain_run_hash(plain *self, uint64_t seed, uint32_t replicate);

/* One month of one place (plain_place.c). */
void plain_place_start(plain *self, uint32_t node);
void plain_place_step(plain *self, uint32_t node);

static inline bool plain_has_plan(uint8_t stage)
{
    return stage == STAGE_adopted || stage == STAGE_functioning;
}

static inline float plain_smaller(float a, float b)
{
    return a < b ? a : b;
}

#endif
