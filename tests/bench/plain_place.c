/* The rules of one place in one month, in the order of ODD.md, "Submodels". */
#include "plain.h"

#include <string.h>

#define P(name) (run->scenario->parameters[PARAMETER_##name])

/* ---- Chance ------------------------------------------------------------------------------------- */

/* The draws of a place in a month: blocks of Philox4x32-10, made when first asked for. */
enum { BLOCK_EVENTS, BLOCK_RULES, BLOCK_RARE, BLOCK_START, NUM_BLOCKS };
/* A draw is named by its block, and where in the block it stands. */
#define DRAW(block, at) ((block)*8 + (at))
enum {
    DRAW_events = DRAW(BLOCK_EVENTS, 0),
    DRAW_report = DRAW(BLOCK_RULES, 0),
    DRAW_reply = DRAW(BLOCK_RULES, 1),
    DRAW_security = DRAW(BLOCK_RULES, 2),
    DRAW_turnover = DRAW(BLOCK_RULES, 3),
    DRAW_stage = DRAW(BLOCK_RULES, 4),
    DRAW_regional = DRAW(BLOCK_RARE, 0),
    DRAW_grant = DRAW(BLOCK_RARE, 1),
    DRAW_election = DRAW(BLOCK_RARE, 2),
    DRAW_lapse = DRAW(BLOCK_RARE, 3),
    DRAW_disposition = DRAW(BLOCK_RARE, 4),
    DRAW_attention = DRAW(BLOCK_START, 0),
};

typedef struct {
    uint64_t seed, key;
    uint32_t replicate, month;
    bool drawn[NUM_BLOCKS];
    float u[NUM_BLOCKS][5];
} chance;

static void philox(uint64_t seed, uint64_t key, uint32_t replicate, uint32_t count, uint32_t c[4])
{
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    c[0] = (uint32_t)key, c[1] = (uint32_t)(key >> 32), c[2] = replicate, c[3] = count;
    for (int round = 0; round < 10; round++) {
        uint64_t first = UINT64_C(0xD2511F53) * c[0], second = UINT64_C(0xCD9E8D57) * c[2];
        c[0] = (uint32_t)(second >> 32) ^ c[1] ^ k0;
        c[1] = (uint32_t)second;
        c[2] = (uint32_t)(first >> 32) ^ c[3] ^ k1;
        c[3] = (uint32_t)first;
        k0 += UINT32_C(0x9E3779B9), k1 += UINT32_C(0xBB67AE85);
    }
}

static float uniform(chance *self, uint32_t draw)
{
    uint32_t block = draw / 8;
    float *u = self->u[block];
    if (!self->drawn[block]) {
        uint32_t c[4];
        const float unit = 1.0F / 16777216.0F;
        philox(self->seed, self->key, self->replicate, self->month * NUM_BLOCKS + block, c);
        for (int w = 0; w < 4; w++)
            u[w] = (float)(c[w] >> 8) * unit;
        u[4] = (float)((c[0] & 0xFF) << 16 | (c[1] & 0xFF) << 8 | (c[2] & 0xFF)) * unit;
        self->drawn[block] = true;
    }
    return u[draw % 8];
}

static bool happens(chance *self, uint32_t draw, float probability)
{
    return probability > 0 && uniform(self, draw) < probability;
}

/* ---- A month of a place -------------------------------------------------------------------------- */

/* What a month brings a place. */
typedef struct {
    const plain_site *site;
    const plain_plan *plan;
    const plain_country *country;
    chance chance;
    float direct, service, service_national, fit, support, push, income;
    uint8_t stage; /* at the start of the month */
    bool held[NUM_EVENT_KINDS], reported, replied, security_reported, granted, paid, lapsed;
} month_of;

static float clip(float x)
{
    return x > 1 ? 1 : x > 0 ? x : 0;
}

static void gain(float *x, float g)
{
    *x += g * (1 - *x);
}

static void lose(float *x, float l)
{
    *x -= l * *x;
}

static float above_zero(float x)
{
    return x > 0 ? x : 0;
}

static void set_disposition(const plain *run, const plain_site *site, plain_place *self, float x)
{
    self->disposition = x;
    self->start_role = clip(site->start_role + P(role_spread) * (2 * x - 1));
    float most = P(role_ceiling) + (1 - P(role_ceiling)) * x;
    self->ceiling = self->start_role > most ? self->start_role : most;
}

/* The first month of each stage up to the furthest reached. */
static void note_progress(plain_place *self, uint32_t month)
{
    uint8_t level = self->stage == STAGE_dormant ? 0 : self->stage;
    for (; self->best < level; self->best++)
        self->reached[self->best] = (uint16_t)month;
}

static float awareness_needed(const plain *run, const plain_place *self)
{
    return P(awareness_threshold) * (1 + P(awareness_spread) * (2 * self->attention - 1));
}

void plain_place_start(plain *run, uint32_t node)
{
    const plain_site *site = &run->sites[node];
    plain_place *self = &run->places[node];
    chance draws = {.seed = run->seed, .key = site->key, .replicate = run->replicate};
    memset(self, 0, sizeof *self);
    set_disposition(run, site, self, uniform(&draws, DRAW_disposition));
    self->attention = uniform(&draws, DRAW_attention);
    self->role = self->start_role;
    self->awareness = site->start_awareness;
    self->capacity = site->start_capacity;
    self->trust = site->start_trust;
    self->formalisation = site->start_formalisation;
    self->funds = plain_smaller(site->start_funds, P(funds_max));
    self->reliance = site->start_reliance;
    self->blind_spot = self->blind_spot_without = 1;
    self->stage = self->awareness >= awareness_needed(run, self) ? STAGE_aware : STAGE_unaware;
    if (site->start_stage)
        self->stage = (uint8_t)(site->start_stage - 1);
    self->meeting_clock = self->report_clock = self->reply_clock = self->guidance_clock = CLOCK_NEVER;
    self->contact_clock = self->stage >= STAGE_engaged ? 0 : CLOCK_NEVER;
    self->draft = plain_has_plan(self->stage) ? 1 : 0;
    self->functionality = self->stage == STAGE_functioning ? P(audit_pass) : 0;
    note_progress(self, 1);
}

/* ---- 1. Service ------------------------------------------------------------------------------------ */

static void serve(const plain *run, const plain_place *self, month_of *month)
{
    const plain_site *site = month->site;
    month->direct = site->top ? 1 : month->plan->direct;
    month->service = month->service_national = month->direct * month->country->service;
    if (!site->top)
        month->service += (1 - month->direct) * run->pools[site->parent].service;
    month->fit = (P(trust_floor) + (1 - P(trust_floor)) * self->trust) * (self->report_clock < 12 ? 1 : 1 - P(misfit));
    month->support = month->plan->support * month->service;
}

static void tick(uint8_t *clock)
{
    *clock = (uint8_t)(*clock + (*clock < CLOCK_NEVER));
}

static void tick_clocks(plain_place *self)
{
    tick(&self->meeting_clock);
    tick(&self->report_clock);
    tick(&self->reply_clock);
    tick(&self->guidance_clock);
    tick(&self->contact_clock);
}

static void hold_events(month_of *month)
{
    for (uint32_t k = 0; k < KIND_regional; k++)
        if (k != KIND_peer || month->site->has_peers)
            month->held[k] = happens(&month->chance, DRAW_events + k, month->plan->rate[k] * month->service);
    if (month->site->has_regional)
        month->held[KIND_regional] = happens(&month->chance, DRAW_regional, month->plan->rate[KIND_regional] * month->service);
}

/* ---- 2. Down --------------------------------------------------------------------------------------- */

static float guidance_received(const plain *run, const month_of *month)
{
    float fidelity = P(guidance_fidelity), hop = fidelity * month->site->line_weight;
    if (month->site->top)
        return month->fit * hop;
    return month->fit * (month->direct * fidelity + (1 - month->direct) * (hop * run->views[month->site->parent].awareness));
}

static void guide(const plain *run, plain_place *self, const month_of *month)
{
    float phi = guidance_received(run, month);
    if (month->held[KIND_briefing]) {
        gain(&self->awareness, P(briefing_awareness) * phi);
        self->guidance_clock = 0;
        self->briefed = true;
    }
    if (month->held[KIND_meeting]) {
        gain(&self->awareness, P(meeting_awareness) * phi);
        gain(&self->trust, P(meeting_trust) * month->plan->two_way);
        gain(&self->formalisation, P(meeting_formalisation));
        self->guidance_clock = self->meeting_clock = self->contact_clock = 0;
    }
    if (month->held[KIND_dialogue]) {
        self->role += P(dialogue_role) * month->country->regard * month->fit * above_zero(self->ceiling - self->role);
        gain(&self->trust, P(dialogue_trust));
        self->guidance_clock = self->contact_clock = 0;
    }
    if (month->held[KIND_training]) {
        float absorbed = P(absorption_floor) + (1 - P(absorption_floor)) * self->awareness;
        gain(&self->capacity, P(training_capacity) * month->fit * absorbed);
        self->guidance_clock = 0;
    }
}

/* ---- 3. Across ------------------------------------------------------------------------------------- */

/* Hosts are the peers that have a plan, or all peers where none has. */
static void exchange(const plain *run, plain_place *self, const nlc_channels *channels, uint32_t node)
{
    bool planned = false;
    uint32_t begin = channels->first[node], end = channels->first[node + 1];
    for (uint32_t j = begin; j < end; j++)
        planned |= run->views[channels->from[j]].has_plan;
    float weight = 0, awareness = 0, role = 0, capacity = 0;
    for (uint32_t j = begin; j < end; j++) {
        const plain_view *host = &run->views[channels->from[j]];
        if (planned && !host->has_plan)
            continue;
        weight += (float)channels->weight[j];
        awareness += (float)channels->weight[j] * host->awareness;
        role += (float)channels->weight[j] * host->role;
        capacity += (float)channels->weight[j] * host->capacity;
    }
    role = role / weight, awareness = awareness / weight, capacity = capacity / weight;
    self->role += P(exchange_role) * above_zero(plain_smaller(self->ceiling, role) - self->role);
    self->awareness += P(exchange_awareness) * above_zero(awareness - self->awareness);
    self->capacity += P(exchange_capacity) * self->capacity * above_zero(capacity - self->capacity);
    self->met = true;
    self->contact_clock = 0;
}

/* ---- 4. Up ----------------------------------------------------------------------------------------- */

static void report(const plain *run, plain_place *self, month_of *month)
{
    const plain_plan *plan = month->plan;
    float ability = P(capacity_floor) + (1 - P(capacity_floor)) * self->capacity;
    float openness = month->held[KIND_meeting] ? plan->reporting : P(informal_reporting);
    self->blind_spot = run->persistence * self->blind_spot + run->drift;
    self->blind_spot_without = run->persistence * self->blind_spot_without + run->drift;
    month->reported = happens(&month->chance, DRAW_report, openness * self->trust * ability);
    if (!month->reported)
        return;
    float noise = P(report_noise) / ability * (1 + P(hop_noise) * (1 - month->direct));
    self->blind_spot = self->blind_spot * noise / (self->blind_spot + noise);
    self->report_clock = 0;
    month->replied = happens(&month->chance, DRAW_reply, plan->responsiveness * month->service);
    if (month->replied) {
        gain(&self->trust, P(reply_trust));
        self->reply_clock = 0;
    } else {
        lose(&self->trust, P(no_reply_trust));
    }
}

/* An error below the channel's own bias stays unseen. */
static void see(const plain *run, float *blind_spot)
{
    float excess = *blind_spot - run->bias, noise = P(security_noise);
    if (excess > 0)
        *blind_spot = run->bias + excess * noise / (excess + noise);
}

static void report_security(const plain *run, plain_place *self, month_of *month)
{
    month->security_reported = happens(&month->chance, DRAW_security, month->plan->security * month->country->security);
    if (month->security_reported) {
        see(run, &self->blind_spot);
        see(run, &self->blind_spot_without);
    }
    if (month->reported)
        lose(&self->reliance, P(reliance_down));
    else if (self->report_clock >= 6)
        gain(&self->reliance, P(reliance_up));
}

/* ---- 5. Money -------------------------------------------------------------------------------------- */

static void pay(const plain *run, plain_place *self, month_of *month)
{
    const plain_plan *plan = month->plan;
    bool engaged = month->stage >= STAGE_engaged;
    float granted = 0;
    if (engaged) {
        month->income = P(own_funding) * month->site->income * self->role;
        month->granted = plan->grant > 0 && happens(&month->chance, DRAW_grant, month->country->grant_chance);
        granted = month->granted ? plan->grant : 0;
    }
    self->funds = plain_smaller(self->funds + month->income + granted, P(funds_max));
    month->push = plain_smaller(self->funds / 12, 1);
    month->paid = self->funds >= 1;
    if (month->paid && (month->stage == STAGE_drafting || plain_has_plan(month->stage)))
        self->funds -= 1;
}

/* ---- 6. Wear --------------------------------------------------------------------------------------- */

static void change_head(const plain *run, plain_place *self, month_of *month)
{
    float kept = P(election_keep) + (1 - P(election_keep)) * self->formalisation;
    float lapse = P(election_lapse) * (1 - self->formalisation) * month->plan->voluntary;
    set_disposition(run, month->site, self, uniform(&month->chance, DRAW_disposition));
    self->role = self->start_role + kept * (self->role - self->start_role);
    self->trust = month->site->start_trust + kept * (self->trust - month->site->start_trust);
    month->lapsed = plain_has_plan(month->stage) && happens(&month->chance, DRAW_lapse, lapse);
}

static void wear(const plain *run, plain_place *self, month_of *month)
{
    self->capacity *= run->capacity_left;
    self->awareness *= run->awareness_left;
    if (self->meeting_clock >= 3)
        lose(&self->formalisation, P(formalisation_loss));
    if (self->contact_clock >= 12 && self->role > self->start_role)
        self->role = self->start_role + (self->role - self->start_role) * run->role_left;
    if (happens(&month->chance, DRAW_turnover, month->plan->turnover))
        lose(&self->capacity, P(focal_share) * (1 - self->formalisation));
    if (month->site->elected && happens(&month->chance, DRAW_election, month->plan->election))
        change_head(run, self, month);
}

/* ---- 7. Stage -------------------------------------------------------------------------------------- */

/* Share of those whom the place looks at that have a plan. */
static float exposure(const plain *run, const plain_site *site, uint32_t node)
{
    const nlc_resolved *scenario = run->scenario;
    const nlc_channels *peers = &run->draw->peer;
    float seen = 0, weights = 0, children = 0;
    for (uint32_t j = peers->first[node]; j < peers->first[node + 1]; j++) {
        weights += (float)peers->weight[j];
        if (run->views[peers->from[j]].has_plan)
            seen += (float)peers->weight[j];
    }
    if (site->parent_adopts) {
        weights += P(vertical_weight);
        if (run->views[site->parent].has_plan)
            seen += P(vertical_weight);
    }
    if (site->adopting_children > 0) {
        for (uint32_t j = scenario->first_child[node]; j < scenario->first_child[node + 1]; j++) {
            uint32_t child = scenario->child[j];
            if (run->sites[child].adopts && run->views[child].has_plan)
                children += 1;
        }
        weights += P(vertical_up);
        seen += P(vertical_up) * (children / site->adopting_children);
    }
    return weights > 0 ? seen / weights : 0;
}

static bool begins(const plain *run, const plain_place *self, month_of *month, uint32_t node)
{
    float squared = self->role * self->role, half = P(role_half), readiness = squared / (squared + half * half);
    float own =
        month->plan->beginning * readiness * ((1 + P(funding_effect) * month->push) * (1 + P(legacy_effect) * month->site->legacy));
    float exposed = exposure(run, month->site, node);
    return happens(&month->chance, DRAW_stage, month->plan->nap * (own + month->plan->imitation * exposed * self->capacity));
}

static uint8_t go_on_drafting(const plain *run, plain_place *self, month_of *month)
{
    float work = P(draft_pace) + P(draft_pace_capacity) * self->capacity + P(draft_pace_support) * (month->support * month->fit) +
                 P(draft_pace_legacy) * month->site->legacy;
    float pace = month->plan->pace * work * (month->paid ? 1 : P(unfunded_pace));
    self->draft = plain_smaller(self->draft + pace, 1);
    if (self->draft >= 1)
        return STAGE_adopted;
    return happens(&month->chance, DRAW_stage, P(stall) * (1 - self->role)) ? STAGE_engaged : STAGE_drafting;
}

static uint8_t keep_or_lose(const plain *run, const plain_place *self, month_of *month)
{
    if (self->stage == STAGE_functioning)
        return self->functionality < P(audit_pass) - P(audit_margin) ? STAGE_adopted : STAGE_functioning;
    if (self->functionality >= P(audit_pass))
        return STAGE_functioning;
    return !month->paid && happens(&month->chance, DRAW_stage, month->plan->fade) ? STAGE_dormant : STAGE_adopted;
}

/* After a deadline a place without a plan may get one on paper. The draw is 1 - u. */
static bool complies(month_of *month)
{
    return month->plan->compliance > 0 && 1 - uniform(&month->chance, DRAW_stage) < month->plan->compliance;
}

/* From engaged (or dormant) on, for tiers that adopt. */
static uint8_t plan_stage(const plain *run, plain_place *self, month_of *month, uint32_t node)
{
    if (self->stage == STAGE_drafting)
        return go_on_drafting(run, self, month);
    if (plain_has_plan(self->stage))
        return keep_or_lose(run, self, month);
    if (!begins(run, self, month, node))
        return self->stage;
    if (self->stage == STAGE_dormant)
        self->draft = 0.5F;
    return STAGE_drafting;
}

static uint8_t next_stage(const plain *run, plain_place *self, month_of *month, uint32_t node)
{
    const plain_site *site = month->site;
    float role_needed = month->plan->role_needed;
    if (month->lapsed)
        return STAGE_dormant;
    if (site->adopts && !plain_has_plan(self->stage) && complies(month)) {
        self->draft = 1;
        return STAGE_adopted;
    }
    if (self->stage == STAGE_unaware)
        return self->awareness >= awareness_needed(run, self) ? STAGE_aware : STAGE_unaware;
    if (self->stage == STAGE_aware)
        return self->role >= role_needed && self->contact_clock < 3 ? STAGE_engaged : STAGE_aware;
    if (self->stage == STAGE_engaged && self->role < role_needed - P(role_margin) && self->contact_clock >= 12)
        return STAGE_aware;
    return site->adopts ? plan_stage(run, self, month, node) : self->stage;
}

/* ---- 8. Audit -------------------------------------------------------------------------------------- */

static float mark_of_clock(uint8_t clock, uint8_t full, uint8_t half)
{
    return clock < full ? 1 : clock < half ? 0.5F : 0;
}

static void audit(const plain *run, plain_place *self, const month_of *month)
{
    float needed = P(capacity_threshold), skills = self->capacity < needed ? self->capacity / needed : 1;
    float marks = mark_of_clock(self->meeting_clock, 3, 6) + (month->paid ? 1.0F : 0.0F) +
                  mark_of_clock(self->report_clock, 6, 12) + (plain_has_plan(self->stage) ? 1.0F : 0.0F) + skills;
    self->functionality += (marks / 5 - self->functionality) / 6;
}

/* ---- Recording ------------------------------------------------------------------------------------- */

#define ADD(name, value)       (tallies[TALLY_##name] += (value))
#define COUNT(name, condition) (tallies[TALLY_##name] += (condition) ? 1.0F : 0.0F)

static void record_state(const plain *run, const plain_place *self, const month_of *month, float *tallies)
{
    tallies[TALLY_unaware + self->stage] += 1;
    if (plain_has_plan(self->stage)) {
        ADD(plan_population, month->site->population);
        ADD(functioning_population, self->stage == STAGE_functioning ? month->site->population : 0);
        COUNT(new_adoptions, !plain_has_plan(month->stage));
    } else {
        COUNT(lapses, plain_has_plan(month->stage) && self->stage == STAGE_dormant);
    }
    COUNT(role_places, self->role >= P(role_threshold));
    COUNT(briefed_places, self->briefed);
    COUNT(met_places, self->met);
    COUNT(guided_places, self->guidance_clock < 12);
    ADD(awareness_sum, self->awareness);
    ADD(role_sum, self->role);
    ADD(capacity_sum, self->capacity);
    ADD(trust_sum, self->trust);
    ADD(formalisation_sum, self->formalisation);
    ADD(functionality_sum, self->functionality);
    ADD(reliance_sum, self->reliance);
    ADD(blind_spot_sum, self->blind_spot);
    ADD(blind_spot_without_sum, self->blind_spot_without);
}

static void record_flows(const month_of *month, float *tallies)
{
    float national = month->service > 0 ? month->service_national / month->service : 0;
    for (uint32_t k = 0; month->plan->has_events && k < NUM_EVENT_KINDS; k++) {
        if (month->held[k]) {
            tallies[TALLY_briefings + k] += 1;
            tallies[TALLY_national_briefings + k] += national;
        }
    }
    ADD(service_sum, month->service);
    COUNT(reports, month->reported);
    COUNT(replies, month->replied);
    COUNT(security_reports, month->security_reported);
    if (month->stage == STAGE_drafting && month->plan->support > 0) {
        ADD(asked_support, month->plan->support);
        ADD(asked_national_support, month->direct * month->plan->support);
        ADD(support, month->support);
        ADD(national_support, month->plan->support * month->service_national);
        ADD(support_landed, month->support * month->fit);
    }
}

static void record_money(const month_of *month, float *tallies)
{
    ADD(own_income, month->income);
    COUNT(coordinators, month->paid);
    COUNT(grants_asked, month->stage >= STAGE_engaged && month->plan->grant > 0);
    if (month->granted) {
        ADD(grants, 1);
        ADD(grants_paid, month->plan->grant);
    }
}

/* Plans that stood when their place's grants ended are followed for two years. */
static void record_cohort(plain_place *self, uint32_t end, uint32_t month, float *tallies)
{
    if (end == 0 || month < end)
        return;
    bool plan = plain_has_plan(self->stage);
    if (month == end && plan)
        self->cohort = true;
    if (month == end + 12 && self->cohort) {
        ADD(cohort_12, 1);
        COUNT(kept_12, plan);
    }
    if (month == end + 24 && self->cohort) {
        ADD(cohort_24, 1);
        COUNT(kept_24, plan);
    }
}

/* ---- The whole month ------------------------------------------------------------------------------- */

void plain_place_step(plain *run, uint32_t node)
{
    const plain_site *site = &run->sites[node];
    plain_place *self = &run->places[node];
    plain_country *country = &run->countries[site->country];
    float *tallies = run->tallies + (size_t)site->class * NUM_TALLIES;
    month_of month = {.site = site, .plan = &run->plans[site->schedule], .country = country, .stage = self->stage};
    month.chance.seed = run->seed, month.chance.key = site->key;
    month.chance.replicate = run->replicate, month.chance.month = run->month;

    serve(run, self, &month);
    tick_clocks(self);
    if (month.plan->has_events) {
        hold_events(&month);
        guide(run, self, &month);
        if (month.held[KIND_peer])
            exchange(run, self, &run->draw->peer, node);
        if (month.held[KIND_regional])
            exchange(run, self, &run->draw->regional, node);
    }
    report(run, self, &month);
    report_security(run, self, &month);
    pay(run, self, &month);
    wear(run, self, &month);
    self->stage = next_stage(run, self, &month, node);
    audit(run, self, &month);
    note_progress(self, run->month);

    record_state(run, self, &month, tallies);
    record_flows(&month, tallies);
    record_money(&month, tallies);
    record_cohort(self, month.plan->grants_end, run->month, tallies);
    if (site->adopts && month.reported)
        country->reports += 1;
}
