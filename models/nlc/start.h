/* Before the first month: what follows from the parameters, the levers and the network, and the state a
 * place starts in. Included by kernel.c alone. */
#ifndef NLC_MODEL_START_H
#define NLC_MODEL_START_H

#include "place.h"

#include <string.h>

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

#endif
