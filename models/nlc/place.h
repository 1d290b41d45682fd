/* The rules of one place in one month, in the order of ODD.md, "Submodels". Included by kernel.c alone.
 *
 * "Gain g on X" is X + g * (1 - X), "loss l on X" is X - l * X. Everything of other nodes is read as
 * it stood at the start of the month; inside a place each step sees what the steps before changed. */
#ifndef NLC_MODEL_PLACE_H
#define NLC_MODEL_PLACE_H

#include "scratch.h"

/* Shorthands of this file: parameters and levers are in scope as `in`. */
#define P(name)    load(in->parameters + (size_t)PARAMETER_##name * NLC_LANES)
#define D(name)    load(in->derived + (size_t)DERIVED_##name * NLC_LANES)
#define PLAN(name) load(in->plan + (size_t)PLAN_##name * NLC_LANES)
#define ONE        ((nlc_real)1)

/* What a place reads and does not change. */
typedef struct {
    const nlc_resolved *scenario;
    const nlc_draw *draw;
    const nlc_real *parameters, *derived, *plan, *country;
    const char *shared_now;
    size_t shared_stride;
    uint32_t node, flags;
    bool adopts, top;  /* its tier adopts plans; it hangs straight from the lead */
    real_lanes direct; /* d */
    real_lanes u[NUM_BLOCKS][5];
} place_inputs;

/* The place itself: its state, and what the month brings it. */
typedef struct {
    real_lanes awareness, role, capacity, trust, formalisation, funds, draft, functionality; /* A R C T Z F W Q */
    real_lanes blind_spot, blind_spot_without, reliance, disposition, attention;             /* V, V without mayors, S, x, y */
    word_lanes stage, meeting_clock, report_clock, reply_clock, guidance_clock, contact_clock, briefed, met, cohort, best;

    real_lanes start_role, ceiling, service, service_national, fit, support, push;
    mask_lanes held[NUM_EVENT_KINDS], reported, replied, security_reported, granted, paid, had_plan, lapsed;
    real_lanes income;
} place;

INLINE real_lanes gain(real_lanes x, real_lanes g)
{
    return x + g * (ONE - x);
}

INLINE real_lanes loss(real_lanes x, real_lanes l)
{
    return x - l * x;
}

INLINE real_lanes clip(real_lanes x)
{
    return smaller(larger(x, all_lanes(0)), all_lanes(ONE));
}

INLINE mask_lanes has_plan(word_lanes stage)
{
    return either(equal_words(stage, STAGE_adopted), equal_words(stage, STAGE_functioning));
}

INLINE const nlc_real *shared_of(const place_inputs *in, uint32_t node)
{
    return (const nlc_real *)(const void *)(in->shared_now + node * in->shared_stride);
}

INLINE word_lanes stage_of(const nlc_real *shared)
{
    return load_words(shared + (size_t)FIELD_word * NLC_LANES) & MASK_stage;
}

/* A number of the place's own, or the parameter where the scenario does not give it. */
INLINE real_lanes given_or(const place_inputs *in, uint32_t attribute, real_lanes otherwise)
{
    nlc_real value = (nlc_real)in->scenario->attributes[(size_t)attribute * in->scenario->num_nodes + in->node];
    return value == value ? all_lanes(value) : otherwise;
}

INLINE void set_disposition(const place_inputs *in, place *self)
{
    real_lanes x = self->disposition;
    self->start_role = clip(given_or(in, ATTRIBUTE_start_role, P(start_role)) + P(role_spread) * (2 * x - ONE));
    self->ceiling = larger(self->start_role, P(role_ceiling) + (ONE - P(role_ceiling)) * x);
}

/* ---- 1. Service ------------------------------------------------------------------------------ */

INLINE void serve(const place_inputs *in, place *self, const nlc_real *pool)
{
    real_lanes national = load(in->country + (size_t)COUNTRY_service * NLC_LANES);
    real_lanes floor = P(trust_floor);
    self->service_national = in->direct * national;
    self->service = self->service_national;
    if (pool)
        self->service = self->service_national + (ONE - in->direct) * load(pool + (size_t)POOL_service * NLC_LANES);
    mask_lanes heard = words_below(self->report_clock, 12);
    self->fit = (floor + (ONE - floor) * self->trust) * pick(heard, all_lanes(ONE), ONE - P(misfit));
    self->support = PLAN(support) * self->service;
}

INLINE void tick(word_lanes *clock)
{
    *clock = *clock + keep_words(words_below(*clock, CLOCK_NEVER), all_words(1));
}

INLINE void tick_clocks(place *self)
{
    tick(&self->meeting_clock);
    tick(&self->report_clock);
    tick(&self->reply_clock);
    tick(&self->guidance_clock);
    tick(&self->contact_clock);
}

INLINE void hold_events(const place_inputs *in, place *self, bool has_peer, bool has_regional)
{
    const nlc_real *rate = in->plan + (size_t)PLAN_rate * NLC_LANES;
    for (uint32_t k = 0; k < KIND_regional; k++)
        self->held[k] = less(in->u[BLOCK_EVENTS][k], load(rate + k * NLC_LANES) * self->service);
    self->held[KIND_regional] = less(in->u[BLOCK_RARE][U_REGIONAL], load(rate + KIND_regional * NLC_LANES) * self->service);
    if (!has_peer)
        self->held[KIND_peer] = no_lane();
    if (!has_regional)
        self->held[KIND_regional] = no_lane();
}

/* ---- 2. Down --------------------------------------------------------------------------------- */

INLINE void guide(const place_inputs *in, place *self, const nlc_real *parent)
{
    mask_lanes briefing = self->held[KIND_briefing], meeting = self->held[KIND_meeting], dialogue = self->held[KIND_dialogue],
               training = self->held[KIND_training];
    real_lanes fidelity = P(guidance_fidelity), hop = fidelity * (nlc_real)in->scenario->line_weight[in->node];
    real_lanes phi = self->fit * hop;
    if (parent)
        phi = self->fit * (in->direct * fidelity + (ONE - in->direct) * (hop * load(parent + (size_t)FIELD_awareness * NLC_LANES)));
    self->awareness = gain(self->awareness, keep(briefing, P(briefing_awareness) * phi));
    self->awareness = gain(self->awareness, keep(meeting, P(meeting_awareness) * phi));
    self->trust = gain(self->trust, keep(meeting, P(meeting_trust) * PLAN(two_way)));
    self->formalisation = gain(self->formalisation, keep(meeting, P(meeting_formalisation)));
    real_lanes regard = load(in->country + (size_t)COUNTRY_regard * NLC_LANES);
    real_lanes room = larger(self->ceiling - self->role, all_lanes(0));
    self->role = self->role + keep(dialogue, P(dialogue_role) * regard * self->fit * room);
    self->trust = gain(self->trust, keep(dialogue, P(dialogue_trust)));
    real_lanes absorbed = P(absorption_floor) + (ONE - P(absorption_floor)) * self->awareness;
    self->capacity = gain(self->capacity, keep(training, P(training_capacity) * self->fit * absorbed));
    self->meeting_clock = drop_words(meeting, self->meeting_clock);
    self->guidance_clock = drop_words(either(either(briefing, meeting), either(dialogue, training)), self->guidance_clock);
    self->briefed = self->briefed | keep_words(briefing, all_words(1));
}

/* ---- 3. Across ------------------------------------------------------------------------------- */

/* Weighted means over those peers that have a plan, or over all peers where none has. */
INLINE void exchange(const place_inputs *in, place *self, const nlc_channels *channels, mask_lanes held)
{
    real_lanes zero = all_lanes(0), weight_all = zero, weight_plan = zero;
    real_lanes all[3] = {zero, zero, zero}, plan[3] = {zero, zero, zero};
    for (uint32_t j = channels->first[in->node]; j < channels->first[in->node + 1]; j++) {
        const nlc_real *peer = shared_of(in, channels->from[j]);
        mask_lanes planned = has_plan(stage_of(peer));
        real_lanes weight = all_lanes((nlc_real)channels->weight[j]);
        weight_all = weight_all + weight;
        weight_plan = weight_plan + keep(planned, weight);
        for (uint32_t f = 0; f < 3; f++) { /* awareness, role, capacity */
            real_lanes value = weight * load(peer + (size_t)f * NLC_LANES);
            all[f] = all[f] + value;
            plan[f] = plan[f] + keep(planned, value);
        }
    }
    mask_lanes planned = less(zero, weight_plan);
    real_lanes weight = pick(planned, weight_plan, weight_all);
    real_lanes awareness = pick(planned, plan[FIELD_awareness], all[FIELD_awareness]) / weight;
    real_lanes role = pick(planned, plan[FIELD_role], all[FIELD_role]) / weight;
    real_lanes capacity = pick(planned, plan[FIELD_capacity], all[FIELD_capacity]) / weight;
    self->role = self->role + keep(held, P(exchange_role) * larger(smaller(self->ceiling, role) - self->role, zero));
    self->awareness = self->awareness + keep(held, P(exchange_awareness) * larger(awareness - self->awareness, zero));
    self->capacity = self->capacity + keep(held, P(exchange_capacity) * self->capacity * larger(capacity - self->capacity, zero));
    self->met = self->met | keep_words(held, all_words(1));
}

INLINE void meet_others(const place_inputs *in, place *self)
{
    mask_lanes peer = self->held[KIND_peer], regional = self->held[KIND_regional];
    if (any(peer))
        exchange(in, self, &in->draw->peer, peer);
    if (any(regional))
        exchange(in, self, &in->draw->regional, regional);
    mask_lanes contact = either(either(self->held[KIND_meeting], self->held[KIND_dialogue]), either(peer, regional));
    self->contact_clock = drop_words(contact, self->contact_clock);
}

/* ---- 4. Up ----------------------------------------------------------------------------------- */

/* V below b^2 cannot be seen through the security channel. */
INLINE real_lanes security_sees(const place_inputs *in, real_lanes v, mask_lanes reported)
{
    real_lanes excess = v - D(bias), noise = P(security_noise);
    real_lanes seen = D(bias) + excess * noise / (excess + noise);
    return pick(both(reported, less(all_lanes(0), excess)), seen, v);
}

INLINE void answer(const place_inputs *in, place *self)
{
    mask_lanes answered = less(in->u[BLOCK_RULES][U_REPLY], PLAN(responsiveness) * self->service);
    self->replied = both(self->reported, answered);
    real_lanes won = gain(self->trust, P(reply_trust)), lost = loss(self->trust, P(no_reply_trust));
    self->trust = pick(self->replied, won, pick(self->reported, lost, self->trust));
    self->reply_clock = drop_words(self->replied, self->reply_clock);
}

INLINE void report(const place_inputs *in, place *self)
{
    real_lanes floor = P(capacity_floor), ability = floor + (ONE - floor) * self->capacity;
    real_lanes openness = pick(self->held[KIND_meeting], PLAN(reporting), P(informal_reporting));
    self->reported = less(in->u[BLOCK_RULES][U_REPORT], openness * self->trust * ability);
    self->blind_spot = D(persistence) * self->blind_spot + D(drift);
    self->blind_spot_without = D(persistence) * self->blind_spot_without + D(drift);
    self->replied = no_lane();
    if (any(self->reported)) {
        real_lanes noise = P(report_noise) / ability * (ONE + P(hop_noise) * (ONE - in->direct));
        real_lanes sharper = self->blind_spot * noise / (self->blind_spot + noise);
        self->blind_spot = pick(self->reported, sharper, self->blind_spot);
        self->report_clock = drop_words(self->reported, self->report_clock);
        answer(in, self);
    }
}

INLINE void report_security(const place_inputs *in, place *self, nlc_real weight)
{
    self->security_reported = less(in->u[BLOCK_RULES][U_SECURITY], PLAN(security) * weight);
    self->blind_spot = security_sees(in, self->blind_spot, self->security_reported);
    self->blind_spot_without = security_sees(in, self->blind_spot_without, self->security_reported);
    mask_lanes silent = only(words_above(self->report_clock, all_words(5)), self->reported);
    real_lanes rising = gain(self->reliance, P(reliance_up)), falling = loss(self->reliance, P(reliance_down));
    self->reliance = pick(self->reported, falling, pick(silent, rising, self->reliance));
}

/* ---- 5. Money -------------------------------------------------------------------------------- */

INLINE void pay(const place_inputs *in, place *self)
{
    mask_lanes engaged = words_above(self->stage, all_words(STAGE_aware));
    real_lanes income = given_or(in, ATTRIBUTE_income, all_lanes(0));
    self->income = keep(engaged, P(own_funding) * income * self->role);
    self->granted = no_lane();
    if (in->flags & FLAG_grant && any(engaged)) {
        real_lanes chance = load(in->country + (size_t)COUNTRY_grant_chance * NLC_LANES);
        mask_lanes asks = both(engaged, less(all_lanes(0), PLAN(grant)));
        self->granted = both(asks, less(in->u[BLOCK_RARE][U_GRANT], chance));
    }
    self->funds = smaller(self->funds + self->income + keep(self->granted, PLAN(grant)), P(funds_max));
    self->push = smaller(self->funds / (nlc_real)12, all_lanes(ONE));
    self->paid = at_least(self->funds, all_lanes(ONE));
    mask_lanes works = either(equal_words(self->stage, STAGE_drafting), has_plan(self->stage));
    self->funds = self->funds - keep(both(self->paid, works), all_lanes(ONE));
}

/* ---- 6. Wear --------------------------------------------------------------------------------- */

INLINE void elect(const place_inputs *in, place *self)
{
    mask_lanes changed = less(in->u[BLOCK_RARE][U_ELECTION], PLAN(election));
    place other = *self;
    other.disposition = in->u[BLOCK_RARE][U_DISPOSITION];
    set_disposition(in, &other);
    real_lanes floor = P(election_keep), kept = floor + (ONE - floor) * self->formalisation;
    real_lanes start_trust = given_or(in, ATTRIBUTE_start_trust, P(start_trust));
    real_lanes role = other.start_role + kept * (self->role - other.start_role);
    real_lanes trust = start_trust + kept * (self->trust - start_trust);
    self->disposition = pick(changed, other.disposition, self->disposition);
    self->start_role = pick(changed, other.start_role, self->start_role);
    self->ceiling = pick(changed, other.ceiling, self->ceiling);
    self->role = pick(changed, role, self->role);
    self->trust = pick(changed, trust, self->trust);
    real_lanes lapse = P(election_lapse) * (ONE - self->formalisation) * PLAN(voluntary);
    self->lapsed = both(both(changed, self->had_plan), less(in->u[BLOCK_RARE][U_LAPSE], lapse));
}

INLINE void wear(const place_inputs *in, place *self)
{
    self->capacity = self->capacity * D(capacity_left);
    self->awareness = self->awareness * D(awareness_left);
    mask_lanes unmet = words_above(self->meeting_clock, all_words(2));
    self->formalisation = loss(self->formalisation, keep(unmet, P(formalisation_loss)));
    mask_lanes alone = words_above(self->contact_clock, all_words(11));
    real_lanes above = larger(self->role - self->start_role, all_lanes(0));
    self->role = pick(both(alone, less(self->start_role, self->role)), self->start_role + above * D(role_left), self->role);
    mask_lanes left = less(in->u[BLOCK_RULES][U_TURNOVER], PLAN(turnover));
    self->capacity = loss(self->capacity, keep(left, P(focal_share) * (ONE - self->formalisation)));
    self->lapsed = no_lane();
    if (in->flags & FLAG_election && in->scenario->elected[in->node])
        elect(in, self);
}

/* ---- 7. Stage -------------------------------------------------------------------------------- */

/* Share of those whom the place looks at that have a plan. */
INLINE real_lanes exposure(const place_inputs *in, const nlc_real *parent, bool parent_adopts)
{
    const nlc_resolved *scenario = in->scenario;
    const nlc_channels *peers = &in->draw->peer;
    real_lanes zero = all_lanes(0), seen = zero, weights = zero;
    for (uint32_t j = peers->first[in->node]; j < peers->first[in->node + 1]; j++) {
        real_lanes weight = all_lanes((nlc_real)peers->weight[j]);
        weights = weights + weight;
        seen = seen + keep(has_plan(stage_of(shared_of(in, peers->from[j]))), weight);
    }
    if (parent && parent_adopts) {
        weights = weights + P(vertical_weight);
        seen = seen + keep(has_plan(stage_of(parent)), P(vertical_weight));
    }
    real_lanes children = zero;
    nlc_real num_children = 0;
    for (uint32_t j = scenario->first_child[in->node]; j < scenario->first_child[in->node + 1]; j++) {
        uint32_t child = scenario->child[j];
        if (!scenario->tier_adopts[scenario->tier[child]])
            continue;
        num_children += ONE;
        children = children + keep(has_plan(stage_of(shared_of(in, child))), all_lanes(ONE));
    }
    if (num_children > 0) {
        weights = weights + P(vertical_up);
        seen = seen + P(vertical_up) * (children / num_children);
    }
    return pick(less(zero, weights), seen / weights, zero);
}

INLINE real_lanes chance_to_begin(const place_inputs *in, const place *self, real_lanes exposed)
{
    real_lanes squared = self->role * self->role, half = P(role_half);
    real_lanes readiness = squared / (squared + half * half);
    real_lanes legacy = given_or(in, ATTRIBUTE_legacy, all_lanes(0));
    real_lanes own = PLAN(beginning) * readiness * ((ONE + P(funding_effect) * self->push) * (ONE + P(legacy_effect) * legacy));
    return PLAN(nap) * (own + PLAN(imitation) * exposed * self->capacity);
}

/* A drafting place goes on, adopts, or stalls. */
INLINE word_lanes draft(const place_inputs *in, place *self, mask_lanes drafting)
{
    real_lanes legacy = given_or(in, ATTRIBUTE_legacy, all_lanes(0));
    real_lanes work = P(draft_pace) + P(draft_pace_capacity) * self->capacity +
                      P(draft_pace_support) * (self->support * self->fit) + P(draft_pace_legacy) * legacy;
    real_lanes pace = PLAN(pace) * work * pick(self->paid, all_lanes(ONE), P(unfunded_pace));
    real_lanes progress = smaller(self->draft + pace, all_lanes(ONE));
    self->draft = pick(drafting, progress, self->draft);
    mask_lanes done = at_least(progress, all_lanes(ONE));
    mask_lanes stalls = less(in->u[BLOCK_RULES][U_STAGE], P(stall) * (ONE - self->role));
    word_lanes goes = pick_words(stalls, all_words(STAGE_engaged), all_words(STAGE_drafting));
    return pick_words(done, all_words(STAGE_adopted), goes);
}

INLINE word_lanes keep_or_lose(const place_inputs *in, const place *self)
{
    mask_lanes adopted = equal_words(self->stage, STAGE_adopted), functioning = equal_words(self->stage, STAGE_functioning);
    mask_lanes passes = at_least(self->functionality, P(audit_pass));
    mask_lanes fades = only(less(in->u[BLOCK_RULES][U_STAGE], PLAN(fade)), self->paid);
    mask_lanes fails = both(functioning, less(self->functionality, P(audit_pass) - P(audit_margin)));
    word_lanes next = pick_words(both(only(adopted, passes), fades), all_words(STAGE_dormant), self->stage);
    next = pick_words(both(adopted, passes), all_words(STAGE_functioning), next);
    return pick_words(fails, all_words(STAGE_adopted), next);
}

/* Tiers that adopt: from engaged (or dormant) to a plan, and what becomes of it. */
INLINE word_lanes plan(const place_inputs *in, place *self, mask_lanes engaged, const nlc_real *parent, bool parent_adopts)
{
    word_lanes next = any(self->had_plan) ? keep_or_lose(in, self) : self->stage;
    mask_lanes dormant = equal_words(self->stage, STAGE_dormant), drafting = equal_words(self->stage, STAGE_drafting);
    mask_lanes waits = either(engaged, dormant);
    if (any(waits)) {
        real_lanes chance = chance_to_begin(in, self, exposure(in, parent, parent_adopts));
        mask_lanes begins = both(waits, less(in->u[BLOCK_RULES][U_STAGE], chance));
        next = pick_words(begins, all_words(STAGE_drafting), next);
        self->draft = pick(both(begins, dormant), all_lanes((nlc_real)0.5), self->draft);
    }
    if (any(drafting))
        next = pick_words(drafting, draft(in, self, drafting), next);
    if (in->flags & FLAG_deadline) {
        mask_lanes due = only(less(ONE - in->u[BLOCK_RULES][U_STAGE], PLAN(compliance)), self->had_plan);
        next = pick_words(due, all_words(STAGE_adopted), next);
        self->draft = pick(due, all_lanes(ONE), self->draft);
    }
    return next;
}

INLINE void change_stage(const place_inputs *in, place *self, const nlc_real *parent, bool parent_adopts)
{
    mask_lanes unaware = equal_words(self->stage, STAGE_unaware), aware = equal_words(self->stage, STAGE_aware),
               engaged = equal_words(self->stage, STAGE_engaged);
    real_lanes needed = P(awareness_threshold) * (ONE + P(awareness_spread) * (2 * self->attention - ONE));
    mask_lanes wakes = both(unaware, at_least(self->awareness, needed));
    real_lanes role_needed = PLAN(role_needed);
    mask_lanes engages = both(both(aware, at_least(self->role, role_needed)), words_below(self->contact_clock, 3));
    mask_lanes withdraws =
        only(both(engaged, less(self->role, role_needed - P(role_margin))), words_below(self->contact_clock, 12));
    real_lanes draft_before = self->draft;
    word_lanes next = self->stage;
    if (in->adopts)
        next = plan(in, self, only(engaged, withdraws), parent, parent_adopts);
    mask_lanes due = only(has_plan(next), has_plan(self->stage));
    next = pick_words(only(wakes, due), all_words(STAGE_aware), next);
    next = pick_words(only(engages, due), all_words(STAGE_engaged), next);
    next = pick_words(only(withdraws, due), all_words(STAGE_aware), next);
    self->stage = pick_words(self->lapsed, all_words(STAGE_dormant), next);
    self->draft = pick(self->lapsed, draft_before, self->draft);
}

/* ---- 8. Audit -------------------------------------------------------------------------------- */

INLINE real_lanes mark_of_clock(word_lanes clock, nlc_word full, nlc_word half)
{
    return pick(words_below(clock, full), all_lanes(ONE), keep(words_below(clock, half), all_lanes((nlc_real)0.5)));
}

INLINE void audit(const place_inputs *in, place *self)
{
    real_lanes needed = P(capacity_threshold);
    real_lanes skills = pick(less(self->capacity, needed), self->capacity / needed, all_lanes(ONE));
    real_lanes marks = mark_of_clock(self->meeting_clock, 3, 6) + keep(self->paid, all_lanes(ONE)) +
                       mark_of_clock(self->report_clock, 6, 12) + keep(has_plan(self->stage), all_lanes(ONE)) + skills;
    self->functionality = self->functionality + (marks / (nlc_real)5 - self->functionality) / (nlc_real)6;
}

#endif
