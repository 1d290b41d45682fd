/* One month of the nlc model, for as many replicates as a vector has lanes. Compiled once for each
 * instruction set (see meson.build); each build gives the same bits.
 *
 * The letters in the comments are those of ODD.md. The forms of formulas are part of the results:
 * a*(b*c) is not (a*b)*c. */
#include "philox.h"
#include "record.h"

#include <string.h>

/* ---- Start ------------------------------------------------------------------------------------ */

INLINE void derive_parameters(const nlc_batch *batch, const scratch *own)
{
    const nlc_real *parameters = batch->parameters;
    for (uint32_t l = 0; l < NLC_LANES; l++) {
        static const uint32_t half_lives[3] = {PARAMETER_capacity_half_life, PARAMETER_awareness_half_life,
                                               PARAMETER_role_half_life};
        for (uint32_t k = 0; k < 3; k++) {
            double half_life = (double)parameters[half_lives[k] * NLC_LANES + l];
            own->derived[(DERIVED_capacity_left + k) * NLC_LANES + l] = (nlc_real)nlc_exp2(-1.0 / half_life);
        }
        nlc_real persistence = parameters[PARAMETER_picture_persistence * NLC_LANES + l];
        nlc_real bias = parameters[PARAMETER_security_bias * NLC_LANES + l];
        own->derived[DERIVED_persistence * NLC_LANES + l] = persistence * persistence;
        own->derived[DERIVED_drift * NLC_LANES + l] = ONE - persistence * persistence;
        own->derived[DERIVED_bias * NLC_LANES + l] = bias * bias;
    }
}

/* The last month with a grant, of each schedule and lane; a grant that runs to the end never ends. */
INLINE void find_grant_ends(const nlc_batch *batch, const scratch *own)
{
    const nlc_resolved *scenario = batch->scenario;
    for (uint32_t k = 0; k < scenario->num_schedules; k++) {
        for (uint32_t l = 0; l < NLC_LANES; l++) {
            const float *levers = batch->lane[l].point->levers;
            uint32_t t = scenario->num_months;
            for (; t > 0; t--) {
                size_t row = (size_t)scenario->segment_of_month[t] * scenario->num_schedules + k;
                if (levers[row * NUM_LEVERS + LEVER_grant] > 0)
                    break;
            }
            own->grants_end[k * NLC_LANES + l] = t < scenario->num_months ? t : 0;
        }
    }
}

INLINE void count_places(const nlc_batch *batch, const scratch *own)
{
    const nlc_resolved *scenario = batch->scenario;
    memset(own->places, 0, scenario->num_classes * 3 * sizeof *own->places);
    memset(own->adopting, 0, scenario->num_countries * sizeof *own->adopting);
    *own->num_pools = 0;
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        double *places = own->places + (size_t)batch->draw->class_of[i] * 3;
        places[0] += 1;
        own->pool_of[i] = NLC_NONE;
        if (has_children(scenario, i)) {
            own->owner[*own->num_pools] = i;
            own->pool_of[i] = (*own->num_pools)++;
        }
        if (!scenario->tier_adopts[scenario->tier[i]])
            continue;
        places[1] += 1;
        places[2] += scenario->population[i];
        own->adopting[scenario->country[i]] += 1;
    }
}

INLINE void weigh_security(const nlc_batch *batch, const scratch *own)
{
    const nlc_resolved *scenario = batch->scenario;
    for (uint32_t c = 0; c < scenario->num_countries; c++) {
        const nlc_country *country = &scenario->countries[c];
        float weights = 0, num = 0;
        for (uint32_t a = country->first_agency; a < country->first_agency + country->num_agencies; a++) {
            if (scenario->agency_sector[a] != NLC_SECTOR_SECURITY)
                continue;
            weights += scenario->agency_weight[a];
            num += 1;
        }
        own->security[c] = num > 0 ? weights / num : 1;
    }
}

/* Start values that follow from the stage a place starts in: a contact in the engaged and later, a
 * draft where there is a plan, and a passed audit where it functions. */
INLINE void start_in_stage(const place_inputs *in, place *self)
{
    uint8_t given = in->scenario->start_stage[in->node];
    mask_lanes wakes =
        at_least(self->awareness, P(awareness_threshold) * (ONE + P(awareness_spread) * (2 * self->attention - ONE)));
    self->stage = given ? all_words(given - 1) : keep_words(wakes, all_words(STAGE_aware));
    mask_lanes engaged = words_above(self->stage, all_words(STAGE_aware)), plan = has_plan(self->stage);
    self->contact_clock = drop_words(engaged, all_words(CLOCK_NEVER));
    self->draft = keep(plan, all_lanes(ONE));
    self->functionality = keep(equal_words(self->stage, STAGE_functioning), P(audit_pass));
}

INLINE void start_place(const place_inputs *in, place *self)
{
    memset(self, 0, sizeof *self);
    self->disposition = in->u[BLOCK_RARE][U_DISPOSITION];
    self->attention = in->u[BLOCK_START][0];
    set_disposition(in, self);
    self->role = self->start_role;
    self->awareness = given_or(in, ATTRIBUTE_start_awareness, P(start_awareness));
    self->capacity = given_or(in, ATTRIBUTE_start_capacity, P(start_capacity));
    self->trust = given_or(in, ATTRIBUTE_start_trust, P(start_trust));
    self->formalisation = given_or(in, ATTRIBUTE_start_formalisation, all_lanes(0));
    self->funds = smaller(given_or(in, ATTRIBUTE_start_funds, all_lanes(0)), P(funds_max));
    self->reliance = given_or(in, ATTRIBUTE_start_reliance, P(start_reliance));
    self->blind_spot = self->blind_spot_without = all_lanes(ONE);
    self->meeting_clock = self->report_clock = self->reply_clock = self->guidance_clock = all_words(CLOCK_NEVER);
    start_in_stage(in, self);
}

/* ---- State in memory -------------------------------------------------------------------------- */

INLINE word_lanes view(word_lanes word, uint32_t shift, nlc_word mask)
{
    return (word >> shift) & mask;
}
#define VIEW(name) view(word, SHIFT_##name, MASK_##name)

INLINE word_lanes read_place(place *self, const nlc_real *shared, const nlc_real *own)
{
    word_lanes word = load_words(shared + (size_t)FIELD_word * NLC_LANES);
    self->awareness = load(shared + (size_t)FIELD_awareness * NLC_LANES);
    self->role = load(shared + (size_t)FIELD_role * NLC_LANES);
    self->capacity = load(shared + (size_t)FIELD_capacity * NLC_LANES);
    self->stage = VIEW(stage), self->meeting_clock = VIEW(meeting_clock), self->report_clock = VIEW(report_clock);
    self->reply_clock = VIEW(reply_clock), self->guidance_clock = VIEW(guidance_clock), self->contact_clock = VIEW(contact_clock);
    self->briefed = VIEW(briefed), self->met = VIEW(met), self->cohort = VIEW(cohort), self->best = VIEW(best);
#define READ(name) self->name = load(own + (size_t)(FIELD_##name - NUM_SHARED) * NLC_LANES)
    READ(trust), READ(formalisation), READ(funds), READ(draft), READ(functionality), READ(blind_spot), READ(blind_spot_without);
    READ(reliance), READ(disposition), READ(attention);
#undef READ
    return word;
}

/* First months of the stages that a roadmap shows, written in the rare months in which a lane gets
 * further than ever before. */
INLINE void note_progress(place *self, nlc_word month, nlc_real *own)
{
    word_lanes level = drop_words(equal_words(self->stage, STAGE_dormant), self->stage);
    mask_lanes further = words_above(level, self->best);
    if (LIKELY(!any(further)))
        return;
    for (uint32_t stage = STAGE_aware; stage <= STAGE_functioning; stage++) {
        mask_lanes first = both(words_above(level, all_words(stage - 1)), words_below(self->best, stage));
        nlc_real *at = own + (size_t)(FIELD_reached_first - NUM_SHARED + (stage - 1) / 2) * NLC_LANES;
        word_lanes bits = keep_words(first, all_words(month << ((stage - 1) % 2 * 16)));
        store_words(at, load_words(at) | bits);
    }
    self->best = pick_words(further, level, self->best);
}

INLINE void write_place(const place *self, nlc_real *shared, nlc_real *own)
{
#define PUT(name) (self->name << SHIFT_##name)
    word_lanes word = PUT(stage) | PUT(meeting_clock) | PUT(report_clock) | PUT(reply_clock) | PUT(guidance_clock) |
                      PUT(contact_clock) | PUT(briefed) | PUT(met) | PUT(cohort) | PUT(best);
#undef PUT
    store(shared + (size_t)FIELD_awareness * NLC_LANES, self->awareness);
    store(shared + (size_t)FIELD_role * NLC_LANES, self->role);
    store(shared + (size_t)FIELD_capacity * NLC_LANES, self->capacity);
    store_words(shared + (size_t)FIELD_word * NLC_LANES, word);
#define WRITE(name) store(own + (size_t)(FIELD_##name - NUM_SHARED) * NLC_LANES, self->name)
    WRITE(trust), WRITE(formalisation), WRITE(funds), WRITE(draft), WRITE(functionality), WRITE(blind_spot),
        WRITE(blind_spot_without);
    WRITE(reliance), WRITE(disposition), WRITE(attention);
#undef WRITE
}

INLINE nlc_real *shared_at(char *base, const nlc_batch *batch, uint32_t node)
{
    return (nlc_real *)(void *)(base + node * batch->shared_stride);
}

INLINE nlc_real *private_at(const nlc_batch *batch, uint32_t node)
{
    return (nlc_real *)(void *)(batch->private + node * batch->private_stride);
}

INLINE place_inputs inputs_of(const nlc_batch *batch, const scratch *own)
{
    place_inputs in;
    in.scenario = batch->scenario;
    in.draw = batch->draw;
    in.parameters = batch->parameters;
    in.derived = own->derived;
    in.shared_now = batch->shared_now;
    in.shared_stride = batch->shared_stride;
    return in;
}

static void reset(nlc_batch *batch)
{
    const nlc_resolved *scenario = batch->scenario;
    size_t used;
    scratch own = find_scratch(scenario, batch->scratch, &used);
    derive_parameters(batch, &own);
    find_grant_ends(batch, &own);
    count_places(batch, &own);
    weigh_security(batch, &own);
    place_inputs in = inputs_of(batch, &own);
    const random_source source = random_source_of(batch->seed, load_words(batch->replicate));
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        place self;
        in.node = i;
        uniforms(&source, scenario->key[i], BLOCK_RARE, in.u[BLOCK_RARE]);
        uniforms(&source, scenario->key[i], BLOCK_START, in.u[BLOCK_START]);
        start_place(&in, &self);
        memset(private_at(batch, i), 0, batch->private_stride);
        note_progress(&self, 1, private_at(batch, i));
        write_place(&self, shared_at(batch->shared_now, batch, i), private_at(batch, i));
    }
    for (uint32_t a = 0; a < scenario->num_agencies; a++)
        store(batch->agencies + a * batch->agency_stride, load(in.parameters + (size_t)PARAMETER_start_regard * NLC_LANES));
}

/* ---- Beginning of a month ---------------------------------------------------------------------- */

#define LEVER(name)      load(levers + (size_t)LEVER_##name * NLC_LANES)
#define SET(name, value) store(plan + (size_t)PLAN_##name * NLC_LANES, (value))

INLINE uint32_t flag_if(mask_lanes mask, uint32_t flag)
{
    return any(mask) ? flag : 0;
}

INLINE real_lanes monthly(real_lanes yearly)
{
    return smaller(yearly / (nlc_real)12, all_lanes(ONE));
}

INLINE uint32_t plan_rates(const nlc_real *levers, nlc_real *plan)
{
    static const uint32_t kinds[NUM_EVENT_KINDS] = {LEVER_briefings, LEVER_meetings,       LEVER_dialogues,
                                                    LEVER_trainings, LEVER_peer_exchanges, LEVER_regional_exchanges};
    mask_lanes some = no_lane();
    for (uint32_t k = 0; k < NUM_EVENT_KINDS; k++) {
        real_lanes rate = monthly(load(levers + (size_t)kinds[k] * NLC_LANES));
        store(plan + (size_t)(PLAN_rate + k) * NLC_LANES, rate);
        some = either(some, less(all_lanes(0), rate));
    }
    return flag_if(some, FLAG_events);
}

INLINE void plan_mandate(const place_inputs *in, const nlc_real *levers, nlc_real *plan)
{
    real_lanes mandate = LEVER(mandate), clear = mandate * LEVER(mandate_clarity), voluntary = ONE - mandate;
    real_lanes nap = P(nap_gap) + (ONE - P(nap_gap)) * LEVER(nap_active);
    mask_lanes in_force = less(all_lanes(0), LEVER(nap_active)), late = less(all_lanes(0), LEVER(deadline));
    SET(role_needed, P(role_threshold) * (ONE - P(mandate_role) * clear));
    SET(nap, nap);
    SET(beginning, P(draft_hazard) * ((ONE + P(mandate_effect) * clear) * (ONE + P(support_effect) * LEVER(drafting_support))));
    SET(imitation, P(peer_effect) * voluntary);
    SET(pace, nap / LEVER(plan_effort));
    SET(fade, P(fade) * pick(in_force, P(fade_in_force), all_lanes(ONE)));
    SET(compliance, keep(late, P(compliance) * mandate));
    SET(voluntary, voluntary);
}

/* What the levers of a schedule come to. */
INLINE void make_plan(const place_inputs *in, const nlc_real *levers, nlc_real *plan, uint32_t *flags)
{
    real_lanes zero = all_lanes(0), two_way = LEVER(two_way);
    *flags = plan_rates(levers, plan);
    plan_mandate(in, levers, plan);
    SET(direct, LEVER(direct_channel));
    SET(two_way, two_way);
    SET(support, LEVER(drafting_support));
    SET(reporting, two_way + (ONE - two_way) * P(informal_reporting));
    SET(responsiveness, LEVER(responsiveness));
    SET(security, monthly(LEVER(security_channel)));
    SET(grant, LEVER(grant));
    SET(turnover, LEVER(staff_turnover));
    SET(election, LEVER(election));
    *flags |= flag_if(less(zero, LEVER(drafting_support)), FLAG_support) | flag_if(less(zero, LEVER(grant)), FLAG_grant) |
              flag_if(less(zero, LEVER(election)), FLAG_election) | flag_if(less(zero, LEVER(deadline)), FLAG_deadline);
}

INLINE void add_to(nlc_real *at, real_lanes value)
{
    store(at, load(at) + value);
}

/* What a place asks for in every month until a lever moves: for the two pools and for the tallies. */
INLINE void ask_for_events(const nlc_batch *batch, const scratch *own, uint32_t node)
{
    const nlc_draw *draw = batch->draw;
    const nlc_real *plan = own->plan + (size_t)draw->schedule[node] * NUM_PLAN * NLC_LANES;
    nlc_real *asked = own->asked + (size_t)draw->class_of[node] * 2 * NUM_EVENT_KINDS * NLC_LANES;
    uint32_t parent = batch->scenario->parent[node];
    bool has[NUM_EVENT_KINDS] = {true,
                                 true,
                                 true,
                                 true,
                                 draw->peer.first[node + 1] > draw->peer.first[node],
                                 draw->regional.first[node + 1] > draw->regional.first[node]};
    real_lanes direct = parent == NLC_NO_PARENT ? all_lanes(ONE) : load(plan + (size_t)PLAN_direct * NLC_LANES), sum = all_lanes(0);
    for (uint32_t k = 0; k < NUM_EVENT_KINDS; k++) {
        if (!has[k])
            continue;
        real_lanes rate = load(plan + (size_t)(PLAN_rate + k) * NLC_LANES);
        sum = sum + rate;
        add_to(asked + (size_t)k * NLC_LANES, rate);
        add_to(asked + (size_t)(NUM_EVENT_KINDS + k) * NLC_LANES, direct * rate);
    }
    add_to(own->country + ((size_t)batch->scenario->country[node] * NUM_COUNTRY + COUNTRY_base) * NLC_LANES, direct * sum);
    if (parent != NLC_NO_PARENT)
        add_to(own->pool + ((size_t)own->pool_of[parent] * NUM_POOL + POOL_base) * NLC_LANES, (ONE - direct) * sum);
}

INLINE void change_levers(const nlc_batch *batch, const scratch *own)
{
    const nlc_resolved *scenario = batch->scenario;
    place_inputs in = inputs_of(batch, own);
    for (uint32_t k = 0; k < scenario->num_schedules; k++) {
        make_plan(&in, (const nlc_real *)batch->levers + (size_t)k * NUM_LEVERS * NLC_LANES,
                  own->plan + (size_t)k * NUM_PLAN * NLC_LANES, &own->flags[k]);
        own->flags[k] |= flag_if(words_above(load_words(own->grants_end + (size_t)k * NLC_LANES), all_words(0)), FLAG_cohort);
    }
    memset(own->asked, 0, (size_t)scenario->num_classes * 2 * NUM_EVENT_KINDS * VECTOR);
    memset(own->country, 0, (size_t)scenario->num_countries * NUM_COUNTRY * VECTOR);
    memset(own->pool, 0, (size_t)*own->num_pools * NUM_POOL * VECTOR);
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        if (own->flags[batch->draw->schedule[i]] & FLAG_events)
            ask_for_events(batch, own, i);
}

/* Drafting support and grants are asked for by those whose stage calls for it. */
INLINE void ask_by_stage(const nlc_batch *batch, const scratch *own, uint32_t node)
{
    const nlc_real *plan = own->plan + (size_t)batch->draw->schedule[node] * NUM_PLAN * NLC_LANES;
    nlc_real *country = own->country + (size_t)batch->scenario->country[node] * NUM_COUNTRY * NLC_LANES;
    uint32_t parent = batch->scenario->parent[node];
    word_lanes stage = stage_of(shared_at(batch->shared_now, batch, node));
    mask_lanes engaged = words_above(stage, all_words(STAGE_aware));
    add_to(country + (size_t)COUNTRY_grants_asked * NLC_LANES, keep(engaged, load(plan + (size_t)PLAN_grant * NLC_LANES)));
    real_lanes support = keep(equal_words(stage, STAGE_drafting), load(plan + (size_t)PLAN_support * NLC_LANES));
    if (parent == NLC_NO_PARENT) {
        add_to(country + (size_t)COUNTRY_asked * NLC_LANES, support);
    } else {
        real_lanes direct = load(plan + (size_t)PLAN_direct * NLC_LANES);
        add_to(country + (size_t)COUNTRY_asked * NLC_LANES, direct * support);
        add_to(own->pool + ((size_t)own->pool_of[parent] * NUM_POOL + POOL_asked) * NLC_LANES, (ONE - direct) * support);
    }
}

INLINE real_lanes service_of(real_lanes slots, real_lanes asked)
{
    return keep(less(all_lanes(0), slots), smaller(slots / asked, all_lanes(ONE)));
}

INLINE real_lanes slots_of(const nlc_batch *batch, uint32_t schedule)
{
    const nlc_real *levers = (const nlc_real *)batch->levers + (size_t)schedule * NUM_LEVERS * NLC_LANES;
    return LEVER(slots);
}

/* The national pool: what lead and service agencies can serve, and how far they regard local
 * governments as partners. */
INLINE void pool_agencies(const nlc_batch *batch, uint32_t c, nlc_real *country)
{
    const nlc_resolved *scenario = batch->scenario;
    uint32_t first = scenario->countries[c].first_agency;
    real_lanes zero = all_lanes(0), slots = zero, weights = zero, regard = zero;
    for (uint32_t a = first; a < first + scenario->countries[c].num_agencies; a++) {
        if (scenario->agency_sector[a] == NLC_SECTOR_SECURITY)
            continue;
        real_lanes own = slots_of(batch, scenario->agency_schedule[a]) * (nlc_real)scenario->agency_weight[a];
        real_lanes weight = smaller(own, all_lanes(UNLIMITED_WEIGHT));
        slots = slots + own;
        weights = weights + weight;
        regard = regard + weight * load(batch->agencies + a * batch->agency_stride);
    }
    real_lanes of_lead = load(batch->agencies + first * batch->agency_stride);
    store(country + (size_t)COUNTRY_slots * NLC_LANES, slots);
    store(country + (size_t)COUNTRY_regard * NLC_LANES, pick(less(zero, weights), regard / weights, of_lead));
}

INLINE void serve_country(const nlc_batch *batch, const scratch *own, uint32_t c)
{
    nlc_real *country = own->country + (size_t)c * NUM_COUNTRY * NLC_LANES;
    const nlc_real *levers =
        (const nlc_real *)batch->levers +
        (size_t)batch->scenario->agency_schedule[batch->scenario->countries[c].first_agency] * NUM_LEVERS * NLC_LANES;
    pool_agencies(batch, c, country);
    real_lanes slots = load(country + (size_t)COUNTRY_slots * NLC_LANES), asked = load(country + (size_t)COUNTRY_asked * NLC_LANES);
    store(country + (size_t)COUNTRY_service * NLC_LANES, service_of(slots, asked));
    real_lanes grants = load(country + (size_t)COUNTRY_grants_asked * NLC_LANES);
    store(country + (size_t)COUNTRY_grant_chance * NLC_LANES, smaller(LEVER(grant_budget) / grants, all_lanes(ONE)));
}

/* A province with trained people serves its cities better. */
INLINE void serve_children(const nlc_batch *batch, const scratch *own, uint32_t node)
{
    const nlc_real *parameters = batch->parameters;
    nlc_real *pool = own->pool + (size_t)own->pool_of[node] * NUM_POOL * NLC_LANES;
    real_lanes slots = slots_of(batch, batch->draw->schedule[node]);
    real_lanes capacity = load(shared_at(batch->shared_now, batch, node) + (size_t)FIELD_capacity * NLC_LANES);
    real_lanes effect = load(parameters + (size_t)PARAMETER_facilitation_effect * NLC_LANES);
    real_lanes able = slots * (ONE + effect * (capacity - (nlc_real)0.5));
    slots = pick(less(all_lanes(UNLIMITED_ABOVE), slots), slots, able);
    store(pool + (size_t)POOL_service * NLC_LANES, service_of(slots, load(pool + (size_t)POOL_asked * NLC_LANES)));
}

static void begin_month(nlc_batch *batch, bool levers_changed)
{
    const nlc_resolved *scenario = batch->scenario;
    size_t used;
    scratch own = find_scratch(scenario, batch->scratch, &used);
    if (levers_changed)
        change_levers(batch, &own);
    for (uint32_t c = 0; c < scenario->num_countries; c++) {
        nlc_real *country = own.country + (size_t)c * NUM_COUNTRY * NLC_LANES;
        store(country + (size_t)COUNTRY_asked * NLC_LANES, load(country + (size_t)COUNTRY_base * NLC_LANES));
        store(country + (size_t)COUNTRY_grants_asked * NLC_LANES, all_lanes(0));
        store(country + (size_t)COUNTRY_reports * NLC_LANES, all_lanes(0));
    }
    for (uint32_t k = 0; k < *own.num_pools; k++) {
        nlc_real *pool = own.pool + (size_t)k * NUM_POOL * NLC_LANES;
        store(pool + (size_t)POOL_asked * NLC_LANES, load(pool + (size_t)POOL_base * NLC_LANES));
    }
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        if (own.flags[batch->draw->schedule[i]] & (FLAG_support | FLAG_grant))
            ask_by_stage(batch, &own, i);
    for (uint32_t c = 0; c < scenario->num_countries; c++)
        serve_country(batch, &own, c);
    for (uint32_t k = 0; k < *own.num_pools; k++)
        serve_children(batch, &own, own.owner[k]);
}

/* ---- Places ------------------------------------------------------------------------------------ */

/* `engaged`: places that may get a grant this month. */
INLINE void draw_uniforms(const nlc_batch *batch, const random_source *source, place_inputs *in, bool has_regional,
                          mask_lanes engaged)
{
    uint64_t key = batch->scenario->key[in->node];
    uint32_t month = batch->month * NUM_BLOCKS;
    if (in->flags & FLAG_events)
        uniforms(source, key, month + BLOCK_EVENTS, in->u[BLOCK_EVENTS]);
    uniforms(source, key, month + BLOCK_RULES, in->u[BLOCK_RULES]);
    if (has_regional || in->flags & FLAG_election || (in->flags & FLAG_grant && any(engaged)))
        uniforms(source, key, month + BLOCK_RARE, in->u[BLOCK_RARE]);
}

INLINE void step_place(const nlc_batch *batch, const scratch *own, const random_source *source, place_inputs *in)
{
    const nlc_resolved *scenario = batch->scenario;
    const nlc_draw *draw = batch->draw;
    uint32_t i = in->node, parent = scenario->parent[i], country = scenario->country[i], schedule = draw->schedule[i];
    bool has_peer = draw->peer.first[i + 1] > draw->peer.first[i];
    bool has_regional = draw->regional.first[i + 1] > draw->regional.first[i];
    in->plan = own->plan + (size_t)schedule * NUM_PLAN * NLC_LANES;
    in->country = own->country + (size_t)country * NUM_COUNTRY * NLC_LANES;
    in->flags = own->flags[schedule];
    in->adopts = scenario->tier_adopts[scenario->tier[i]];
    in->top = parent == NLC_NO_PARENT;
    in->direct = in->top ? all_lanes(ONE) : PLAN(direct);
    const nlc_real *above = in->top ? NULL : shared_of(in, parent);
    const nlc_real *pool = in->top ? NULL : own->pool + (size_t)own->pool_of[parent] * NUM_POOL * NLC_LANES;
    bool parent_adopts = !in->top && scenario->tier_adopts[scenario->tier[parent]];
    nlc_real *private = private_at(batch, i),
             *tallies = (nlc_real *)(void *)(batch->block_tallies + draw->class_of[i] * batch->class_stride);

    place self;
    read_place(&self, shared_of(in, i), private);
    set_disposition(in, &self);
    self.had_plan = has_plan(self.stage);
    mask_lanes drafting = equal_words(self.stage, STAGE_drafting), engaged = words_above(self.stage, all_words(STAGE_aware));
    draw_uniforms(batch, source, in, has_regional, engaged);

    serve(in, &self, pool);
    tick_clocks(&self);
    if (in->flags & FLAG_events) {
        hold_events(in, &self, has_peer, has_regional);
        guide(in, &self, above);
        meet_others(in, &self);
    } else {
        for (uint32_t k = 0; k < NUM_EVENT_KINDS; k++)
            self.held[k] = no_lane();
    }
    report(in, &self);
    report_security(in, &self, (nlc_real)own->security[country]);
    pay(in, &self);
    wear(in, &self);
    change_stage(in, &self, above, parent_adopts);
    audit(in, &self);

    batch->block_touched[draw->class_of[i]] = 1;
    record_stage(in, &self, tallies);
    record_state(in, &self, tallies);
    record_flows(in, &self, tallies);
    record_money(in, &self, engaged, tallies);
    if (in->flags & FLAG_support)
        record_support(in, &self, drafting, tallies);
    if (in->flags & FLAG_cohort)
        record_cohort(&self, own->grants_end + (size_t)schedule * NLC_LANES, batch->month, tallies);
    if (in->adopts)
        add_to((nlc_real *)own->country + ((size_t)country * NUM_COUNTRY + COUNTRY_reports) * NLC_LANES,
               keep(self.reported, all_lanes(ONE)));
    note_progress(&self, batch->month, private);
    write_place(&self, shared_at(batch->shared_next, batch, i), private);
}

static void step_nodes(nlc_batch *batch, uint32_t begin, uint32_t end)
{
    size_t used;
    scratch own = find_scratch(batch->scenario, batch->scratch, &used);
    place_inputs in = inputs_of(batch, &own);
    const random_source source = random_source_of(batch->seed, load_words(batch->replicate));
    for (in.node = begin; in.node < end; in.node++)
        step_place(batch, &own, &source, &in);
}

/* ---- End of a month ----------------------------------------------------------------------------- */

/* What is the same for all places of a class is not added up place by place. */
INLINE void record_class(const nlc_batch *batch, const scratch *own, uint32_t class)
{
    const nlc_real *asked = own->asked + (size_t) class * 2 * NUM_EVENT_KINDS * NLC_LANES;
    double *counts = batch->tallies + (size_t) class * NUM_TALLIES * NLC_LANES;
    for (uint32_t l = 0; l < NUM_EVENT_KINDS * NLC_LANES; l++) {
        counts[TALLY_asked_briefings * NLC_LANES + l] = (double)asked[l];
        counts[TALLY_asked_national_briefings * NLC_LANES + l] = (double)asked[NUM_EVENT_KINDS * NLC_LANES + l];
    }
    for (uint32_t l = 0; l < NLC_LANES; l++) {
        counts[TALLY_places * NLC_LANES + l] = own->places[class * 3];
        counts[TALLY_adopting_places * NLC_LANES + l] = own->places[class * 3 + 1];
        counts[TALLY_population * NLC_LANES + l] = own->places[class * 3 + 2];
    }
}

static void end_month(nlc_batch *batch)
{
    const nlc_resolved *scenario = batch->scenario;
    const nlc_real *parameters = batch->parameters;
    size_t used;
    scratch own = find_scratch(scenario, batch->scratch, &used);
    for (uint32_t a = 0; a < scenario->num_agencies; a++) {
        uint32_t c = scenario->agency_country[a];
        char *regard = batch->agencies + a * batch->agency_stride;
        real_lanes reports = load(own.country + ((size_t)c * NUM_COUNTRY + COUNTRY_reports) * NLC_LANES);
        real_lanes share = own.adopting[c] > 0 ? reports / (nlc_real)own.adopting[c] : all_lanes(0);
        real_lanes up = load(parameters + (size_t)PARAMETER_regard_up * NLC_LANES) * (nlc_real)scenario->agency_weight[a];
        real_lanes risen = gain(load(regard), up * share);
        store(regard, loss(risen, load(parameters + (size_t)PARAMETER_regard_down * NLC_LANES)));
    }
    for (uint32_t k = 0; k < scenario->num_classes; k++)
        record_class(batch, &own, k);
}

const nlc_kernel NLC_KERNEL_NAME = {NLC_LANES, NLC_REAL_SIZE, NLC_ISA_NAME, scratch_size,
                                    reset,     begin_month,   step_nodes,   end_month};
