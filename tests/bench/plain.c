/* The plain program: a run, its pools of facilitation, and its hash. */
#include "plain.h"

#include "batch.h"

#include <stdlib.h>
#include <string.h>

#define UNLIMITED_ABOVE  1e30F
#define UNLIMITED_WEIGHT 1e9F

/* ---- What stays the same over runs ----------------------------------------------------------------- */

static float given_or(const nlc_resolved *scenario, uint32_t attribute, uint32_t node, float otherwise)
{
    float value = (float)scenario->attributes[(size_t)attribute * scenario->num_nodes + node];
    return value == value ? value : otherwise;
}

#define START(name) given_or(scenario, ATTRIBUTE_start_##name, node, scenario->parameters[PARAMETER_start_##name])

static void fill_site(plain_site *self, const nlc_resolved *scenario, uint32_t node)
{
    uint32_t parent = scenario->parent[node];
    memset(self, 0, sizeof *self);
    self->key = scenario->key[node];
    self->parent = parent;
    self->country = scenario->country[node];
    self->adopts = scenario->tier_adopts[scenario->tier[node]];
    self->elected = scenario->elected[node];
    self->top = parent == NLC_NO_PARENT;
    self->parent_adopts = !self->top && scenario->tier_adopts[scenario->tier[parent]];
    self->start_stage = scenario->start_stage[node];
    self->line_weight = scenario->line_weight[node];
    self->population = (float)scenario->population[node];
    self->legacy = given_or(scenario, ATTRIBUTE_legacy, node, 0);
    self->income = given_or(scenario, ATTRIBUTE_income, node, 0);
    self->start_awareness = START(awareness);
    self->start_role = START(role);
    self->start_capacity = START(capacity);
    self->start_trust = START(trust);
    self->start_formalisation = given_or(scenario, ATTRIBUTE_start_formalisation, node, 0);
    self->start_funds = given_or(scenario, ATTRIBUTE_start_funds, node, 0);
    self->start_reliance = START(reliance);
    for (uint32_t j = scenario->first_child[node]; j < scenario->first_child[node + 1]; j++)
        self->adopting_children += scenario->tier_adopts[scenario->tier[scenario->child[j]]];
}

static void fill_country(plain_country *self, const nlc_resolved *scenario, const nlc_country *country)
{
    float weights = 0, num = 0;
    memset(self, 0, sizeof *self);
    for (uint32_t a = country->first_agency; a < country->first_agency + country->num_agencies; a++) {
        if (scenario->agency_sector[a] == NLC_SECTOR_SECURITY) {
            weights += scenario->agency_weight[a];
            num += 1;
        }
    }
    self->security = num > 0 ? weights / num : 1;
    for (uint32_t i = country->first_node; i < country->first_node + country->num_nodes; i++)
        self->adopting += scenario->tier_adopts[scenario->tier[i]];
}

static void derive_parameters(plain *self)
{
    const float *parameters = self->scenario->parameters;
    self->capacity_left = (float)nlc_exp2(-1.0 / (double)parameters[PARAMETER_capacity_half_life]);
    self->awareness_left = (float)nlc_exp2(-1.0 / (double)parameters[PARAMETER_awareness_half_life]);
    self->role_left = (float)nlc_exp2(-1.0 / (double)parameters[PARAMETER_role_half_life]);
    self->persistence = parameters[PARAMETER_picture_persistence] * parameters[PARAMETER_picture_persistence];
    self->drift = 1 - self->persistence;
    self->bias = parameters[PARAMETER_security_bias] * parameters[PARAMETER_security_bias];
}

nlc_error plain_init(plain *self, const nlc_resolved *scenario)
{
    memset(self, 0, sizeof *self);
    self->scenario = scenario;
    self->sites = malloc(scenario->num_nodes * sizeof *self->sites);
    self->places = malloc(scenario->num_nodes * sizeof *self->places);
    self->views = malloc(scenario->num_nodes * sizeof *self->views);
    self->plans = malloc(scenario->num_schedules * sizeof *self->plans);
    self->countries = malloc(scenario->num_countries * sizeof *self->countries);
    self->pools = malloc(scenario->num_nodes * sizeof *self->pools);
    self->regard = malloc(scenario->num_agencies * sizeof *self->regard);
    self->tallies = malloc((size_t)scenario->num_classes * NUM_TALLIES * sizeof *self->tallies);
    self->constants = malloc((size_t)scenario->num_classes * NUM_TALLIES * sizeof *self->constants);
    if (!self->sites || !self->places || !self->views || !self->plans || !self->countries || !self->pools || !self->regard ||
        !self->tallies || !self->constants)
        return NLC_ERROR_MEMORY;
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        fill_site(&self->sites[i], scenario, i);
    for (uint32_t c = 0; c < scenario->num_countries; c++)
        fill_country(&self->countries[c], scenario, &scenario->countries[c]);
    derive_parameters(self);
    return NLC_OK;
}

void plain_free(plain *self)
{
    free(self->sites);
    free(self->places);
    free(self->views);
    free(self->plans);
    free(self->countries);
    free(self->pools);
    free(self->regard);
    free(self->tallies);
    free(self->constants);
    memset(self, 0, sizeof *self);
}

/* ---- Start of a run -------------------------------------------------------------------------------- */

/* The last month with a grant; 0 if there is none, or if grants run to the end. */
static uint32_t end_of_grants(const nlc_resolved *scenario, uint32_t schedule)
{
    for (uint32_t t = scenario->num_months; t > 0; t--) {
        size_t row = (size_t)scenario->segment_of_month[t] * scenario->num_schedules + schedule;
        if (scenario->levers[row * NUM_LEVERS + LEVER_grant] > 0)
            return t < scenario->num_months ? t : 0;
    }
    return 0;
}

void plain_reset(plain *self, uint64_t seed, uint32_t replicate)
{
    const nlc_resolved *scenario = self->scenario;
    self->seed = seed;
    self->replicate = replicate;
    self->month = 0;
    self->draw = &scenario->draws[replicate % scenario->num_draws];
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        plain_site *site = &self->sites[i];
        site->class = self->draw->class_of[i];
        site->schedule = self->draw->schedule[i];
        site->has_peers = self->draw->peer.first[i + 1] > self->draw->peer.first[i];
        site->has_regional = self->draw->regional.first[i + 1] > self->draw->regional.first[i];
        plain_place_start(self, i);
    }
    for (uint32_t k = 0; k < scenario->num_schedules; k++)
        self->plans[k].grants_end = end_of_grants(scenario, k);
    for (uint32_t a = 0; a < scenario->num_agencies; a++)
        self->regard[a] = scenario->parameters[PARAMETER_start_regard];
}

/* ---- Start of a month ------------------------------------------------------------------------------ */

#define P(name)     (parameters[PARAMETER_##name])
#define LEVER(name) (levers[LEVER_##name])

static void make_plan(plain_plan *plan, const float *levers, const float *parameters)
{
    static const uint32_t kinds[NUM_EVENT_KINDS] = {LEVER_briefings, LEVER_meetings,       LEVER_dialogues,
                                                    LEVER_trainings, LEVER_peer_exchanges, LEVER_regional_exchanges};
    plan->has_events = false;
    for (uint32_t k = 0; k < NUM_EVENT_KINDS; k++) {
        plan->rate[k] = plain_smaller(levers[kinds[k]] / 12, 1);
        plan->has_events |= plan->rate[k] > 0;
    }
    float clear = LEVER(mandate) * LEVER(mandate_clarity);
    plan->direct = LEVER(direct_channel);
    plan->two_way = LEVER(two_way);
    plan->support = LEVER(drafting_support);
    plan->reporting = LEVER(two_way) + (1 - LEVER(two_way)) * P(informal_reporting);
    plan->responsiveness = LEVER(responsiveness);
    plan->security = plain_smaller(LEVER(security_channel) / 12, 1);
    plan->grant = LEVER(grant);
    plan->role_needed = P(role_threshold) * (1 - P(mandate_role) * clear);
    plan->nap = P(nap_gap) + (1 - P(nap_gap)) * LEVER(nap_active);
    plan->beginning = P(draft_hazard) * ((1 + P(mandate_effect) * clear) * (1 + P(support_effect) * LEVER(drafting_support)));
    plan->voluntary = 1 - LEVER(mandate);
    plan->imitation = P(peer_effect) * plan->voluntary;
    plan->pace = plan->nap / LEVER(plan_effort);
    plan->fade = LEVER(nap_active) > 0 ? P(fade) * P(fade_in_force) : P(fade);
    plan->compliance = LEVER(deadline) > 0 ? P(compliance) * LEVER(mandate) : 0;
    plan->turnover = LEVER(staff_turnover);
    plan->election = LEVER(election);
}

static const float *levers_of(const plain *self, uint32_t schedule)
{
    const nlc_resolved *scenario = self->scenario;
    size_t row = (size_t)scenario->segment_of_month[self->month] * scenario->num_schedules + schedule;
    return scenario->levers + row * NUM_LEVERS;
}

/* What a place asks for in every month until a lever moves. */
static void ask_for_events(plain *self, const plain_site *site)
{
    const plain_plan *plan = &self->plans[site->schedule];
    float *asked = self->constants + (size_t)site->class * NUM_TALLIES, sum = 0, direct = site->top ? 1 : plan->direct;
    for (uint32_t k = 0; k < NUM_EVENT_KINDS; k++) {
        if ((k == KIND_peer && !site->has_peers) || (k == KIND_regional && !site->has_regional))
            continue;
        sum += plan->rate[k];
        asked[TALLY_asked_briefings + k] += plan->rate[k];
        asked[TALLY_asked_national_briefings + k] += direct * plan->rate[k];
    }
    self->countries[site->country].base += direct * sum;
    if (!site->top)
        self->pools[site->parent].base += (1 - direct) * sum;
}

static void change_levers(plain *self)
{
    const nlc_resolved *scenario = self->scenario;
    memset(self->constants, 0, (size_t)scenario->num_classes * NUM_TALLIES * sizeof *self->constants);
    memset(self->pools, 0, scenario->num_nodes * sizeof *self->pools);
    for (uint32_t k = 0; k < scenario->num_schedules; k++)
        make_plan(&self->plans[k], levers_of(self, k), scenario->parameters);
    for (uint32_t c = 0; c < scenario->num_countries; c++)
        self->countries[c].base = 0;
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        const plain_site *site = &self->sites[i];
        float *constants = self->constants + (size_t)site->class * NUM_TALLIES;
        constants[TALLY_places] += 1;
        constants[TALLY_adopting_places] += site->adopts;
        constants[TALLY_population] += site->adopts ? site->population : 0;
        if (self->plans[site->schedule].has_events)
            ask_for_events(self, site);
    }
}

/* Drafting support and grants are asked for by those whose stage calls for it. */
static void ask_by_stage(plain *self, const plain_site *site, uint8_t stage)
{
    const plain_plan *plan = &self->plans[site->schedule];
    plain_country *country = &self->countries[site->country];
    if (stage >= STAGE_engaged)
        country->grants_asked += plan->grant;
    if (stage != STAGE_drafting)
        return;
    if (site->top) {
        country->asked += plan->support;
    } else {
        country->asked += plan->direct * plan->support;
        self->pools[site->parent].asked += (1 - plan->direct) * plan->support;
    }
}

static float service_of(float slots, float asked)
{
    return slots > 0 ? plain_smaller(slots / asked, 1) : 0;
}

/* What lead and service agencies can serve, and how far they regard local governments as partners. */
static void serve_country(plain *self, uint32_t c)
{
    const nlc_resolved *scenario = self->scenario;
    plain_country *country = &self->countries[c];
    uint32_t first = scenario->countries[c].first_agency;
    float slots = 0, weights = 0, regard = 0;
    for (uint32_t a = first; a < first + scenario->countries[c].num_agencies; a++) {
        if (scenario->agency_sector[a] == NLC_SECTOR_SECURITY)
            continue;
        float own = levers_of(self, scenario->agency_schedule[a])[LEVER_slots] * scenario->agency_weight[a];
        float weight = plain_smaller(own, UNLIMITED_WEIGHT);
        slots += own;
        weights += weight;
        regard += weight * self->regard[a];
    }
    country->regard = weights > 0 ? regard / weights : self->regard[first];
    country->service = service_of(slots, country->asked);
    float budget = levers_of(self, scenario->agency_schedule[first])[LEVER_grant_budget];
    country->grant_chance = plain_smaller(budget / country->grants_asked, 1);
}

/* A province with trained people serves its cities better. */
static void serve_children(plain *self, uint32_t node)
{
    float slots = levers_of(self, self->sites[node].schedule)[LEVER_slots];
    float effect = self->scenario->parameters[PARAMETER_facilitation_effect];
    if (!(slots > UNLIMITED_ABOVE))
        slots = slots * (1 + effect * (self->views[node].capacity - 0.5F));
    self->pools[node].service = service_of(slots, self->pools[node].asked);
}

static void begin_month(plain *self)
{
    const nlc_resolved *scenario = self->scenario;
    if (self->month == 1 || scenario->segment_of_month[self->month] != scenario->segment_of_month[self->month - 1])
        change_levers(self);
    memcpy(self->tallies, self->constants, (size_t)scenario->num_classes * NUM_TALLIES * sizeof *self->tallies);
    for (uint32_t c = 0; c < scenario->num_countries; c++) {
        plain_country *country = &self->countries[c];
        country->asked = country->base;
        country->grants_asked = country->reports = 0;
    }
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        self->pools[i].asked = self->pools[i].base;
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        const plain_place *place = &self->places[i];
        self->views[i] = (plain_view){place->awareness, place->role, place->capacity, plain_has_plan(place->stage)};
        ask_by_stage(self, &self->sites[i], place->stage);
    }
    for (uint32_t c = 0; c < scenario->num_countries; c++)
        serve_country(self, c);
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        if (scenario->first_child[i + 1] > scenario->first_child[i])
            serve_children(self, i);
}

/* ---- A month --------------------------------------------------------------------------------------- */

void plain_step(plain *self)
{
    const nlc_resolved *scenario = self->scenario;
    const float *parameters = scenario->parameters;
    self->month++;
    begin_month(self);
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        plain_place_step(self, i);
    for (uint32_t a = 0; a < scenario->num_agencies; a++) {
        const plain_country *country = &self->countries[scenario->agency_country[a]];
        float share = country->adopting > 0 ? country->reports / country->adopting : 0;
        float risen = P(regard_up) * scenario->agency_weight[a] * share;
        self->regard[a] += risen * (1 - self->regard[a]);
        self->regard[a] -= P(regard_down) * self->regard[a];
    }
}

/* ---- Hash ------------------------------------------------------------------------------------------ */

static uint32_t packed(const plain_place *self)
{
    return (uint32_t)self->stage << SHIFT_stage | (uint32_t)self->meeting_clock << SHIFT_meeting_clock |
           (uint32_t)self->report_clock << SHIFT_report_clock | (uint32_t)self->reply_clock << SHIFT_reply_clock |
           (uint32_t)self->guidance_clock << SHIFT_guidance_clock | (uint32_t)self->contact_clock << SHIFT_contact_clock |
           (uint32_t)self->briefed << SHIFT_briefed | (uint32_t)self->met << SHIFT_met | (uint32_t)self->cohort << SHIFT_cohort |
           (uint32_t)self->best << SHIFT_best;
}

static uint32_t bits_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static uint64_t hash_place(const plain_place *self, uint64_t key)
{
    const uint16_t *reached = self->reached;
    const uint32_t fields[NUM_FIELDS] = {
        [FIELD_awareness] = bits_of(self->awareness),
        [FIELD_role] = bits_of(self->role),
        [FIELD_capacity] = bits_of(self->capacity),
        [FIELD_word] = packed(self),
        [FIELD_trust] = bits_of(self->trust),
        [FIELD_formalisation] = bits_of(self->formalisation),
        [FIELD_funds] = bits_of(self->funds),
        [FIELD_draft] = bits_of(self->draft),
        [FIELD_functionality] = bits_of(self->functionality),
        [FIELD_blind_spot] = bits_of(self->blind_spot),
        [FIELD_blind_spot_without] = bits_of(self->blind_spot_without),
        [FIELD_reliance] = bits_of(self->reliance),
        [FIELD_disposition] = bits_of(self->disposition),
        [FIELD_attention] = bits_of(self->attention),
        [FIELD_reached_first] = reached[0] | (uint32_t)reached[1] << 16,
        [FIELD_reached_second] = reached[2] | (uint32_t)reached[3] << 16,
        [FIELD_reached_third] = reached[4],
    };
    uint64_t hash = nlc_mix(key);
    for (uint32_t f = 0; f < NUM_FIELDS; f++)
        hash = nlc_mix(hash ^ fields[f]);
    return hash;
}

uint64_t plain_hash(const plain *self)
{
    const nlc_resolved *scenario = self->scenario;
    uint64_t sum = 0;
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        sum += hash_place(&self->places[i], scenario->key[i]);
    for (uint32_t a = 0; a < scenario->num_agencies; a++)
        sum += nlc_mix(nlc_mix(~scenario->agency_key[a]) ^ bits_of(self->regard[a]));
    return sum;
}

uint64_t plain_run_hash(plain *self, uint64_t seed, uint32_t replicate)
{
    plain_reset(self, seed, replicate);
    uint64_t hash = nlc_mix(plain_hash(self));
    while (self->month < self->scenario->num_months) {
        plain_step(self);
        hash = nlc_mix(hash ^ plain_hash(self));
    }
    return hash;
}
