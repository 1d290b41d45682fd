/* What a month of a place adds to the tallies of its class. Included by kernel.c alone. */
#ifndef NLC_MODEL_RECORD_H
#define NLC_MODEL_RECORD_H

#include "place.h"

INLINE void add(nlc_real *tallies, uint32_t tally, real_lanes value)
{
    nlc_real *at = tallies + (size_t)tally * NLC_LANES;
    store(at, load(at) + value);
}

INLINE void count(nlc_real *tallies, uint32_t tally, mask_lanes mask)
{
    add(tallies, tally, keep(mask, all_lanes(ONE)));
}

INLINE void record_stage(const place_inputs *in, const place *self, nlc_real *tallies)
{
    for (uint32_t stage = 0; stage < NUM_STAGES; stage++)
        count(tallies, TALLY_unaware + stage, equal_words(self->stage, stage));
    mask_lanes plan = has_plan(self->stage);
    if (!any(either(plan, self->had_plan)))
        return;
    real_lanes population = all_lanes((nlc_real)in->scenario->population[in->node]);
    add(tallies, TALLY_plan_population, keep(plan, population));
    add(tallies, TALLY_functioning_population, keep(equal_words(self->stage, STAGE_functioning), population));
    count(tallies, TALLY_new_adoptions, only(plan, self->had_plan));
    count(tallies, TALLY_lapses, both(self->had_plan, equal_words(self->stage, STAGE_dormant)));
}

INLINE void record_state(const place_inputs *in, const place *self, nlc_real *tallies)
{
    count(tallies, TALLY_role_places, at_least(self->role, P(role_threshold)));
    add(tallies, TALLY_briefed_places, to_real(self->briefed));
    add(tallies, TALLY_met_places, to_real(self->met));
    count(tallies, TALLY_guided_places, words_below(self->guidance_clock, 12));
    add(tallies, TALLY_awareness_sum, self->awareness);
    add(tallies, TALLY_role_sum, self->role);
    add(tallies, TALLY_capacity_sum, self->capacity);
    add(tallies, TALLY_trust_sum, self->trust);
    add(tallies, TALLY_formalisation_sum, self->formalisation);
    add(tallies, TALLY_functionality_sum, self->functionality);
    add(tallies, TALLY_reliance_sum, self->reliance);
    add(tallies, TALLY_blind_spot_sum, self->blind_spot);
    add(tallies, TALLY_blind_spot_without_sum, self->blind_spot_without);
}

/* An event counts for the two pools in proportion to the service they give. */
INLINE void record_flows(const place_inputs *in, const place *self, nlc_real *tallies)
{
    real_lanes national = pick(less(all_lanes(0), self->service), self->service_national / self->service, all_lanes(0));
    if (in->flags & FLAG_events) {
        for (uint32_t k = 0; k < NUM_EVENT_KINDS; k++) {
            if (!any(self->held[k]))
                continue;
            count(tallies, TALLY_briefings + k, self->held[k]);
            add(tallies, TALLY_national_briefings + k, keep(self->held[k], national));
        }
    }
    add(tallies, TALLY_service_sum, self->service);
    if (any(self->reported)) {
        count(tallies, TALLY_reports, self->reported);
        count(tallies, TALLY_replies, self->replied);
    }
    count(tallies, TALLY_security_reports, self->security_reported);
}

/* `drafting`: lanes in which the place was drafting when the month began. */
INLINE void record_support(const place_inputs *in, const place *self, mask_lanes drafting, nlc_real *tallies)
{
    if (!any(drafting))
        return;
    add(tallies, TALLY_asked_support, keep(drafting, PLAN(support)));
    add(tallies, TALLY_asked_national_support, keep(drafting, in->direct * PLAN(support)));
    add(tallies, TALLY_support, keep(drafting, self->support));
    add(tallies, TALLY_national_support, keep(drafting, PLAN(support) * self->service_national));
    add(tallies, TALLY_support_landed, keep(drafting, self->support * self->fit));
}

INLINE void record_money(const place_inputs *in, const place *self, mask_lanes engaged, nlc_real *tallies)
{
    count(tallies, TALLY_coordinators, self->paid);
    if (!any(engaged))
        return;
    add(tallies, TALLY_own_income, self->income);
    if (in->flags & FLAG_grant) {
        count(tallies, TALLY_grants_asked, both(engaged, less(all_lanes(0), PLAN(grant))));
        count(tallies, TALLY_grants, self->granted);
        add(tallies, TALLY_grants_paid, keep(self->granted, PLAN(grant)));
    }
}

/* Plans that stood when their place's grants ended are followed for two years. */
INLINE void record_cohort(place *self, const nlc_word *grants_end, uint32_t month, nlc_real *tallies)
{
    word_lanes end = load_words(grants_end);
    mask_lanes plan = has_plan(self->stage), given = words_above(end, all_words(0));
    word_lanes since = all_words(month) - end;
    mask_lanes ends = both(given, equal_words(since, 0)), cohort = equal_words(self->cohort, 1);
    if (LIKELY(!any(either(ends, both(given, either(equal_words(since, 12), equal_words(since, 24)))))))
        return;
    self->cohort = self->cohort | keep_words(both(ends, plan), all_words(1));
    mask_lanes after_12 = both(both(given, equal_words(since, 12)), cohort),
               after_24 = both(both(given, equal_words(since, 24)), cohort);
    count(tallies, TALLY_cohort_12, after_12);
    count(tallies, TALLY_kept_12, both(after_12, plan));
    count(tallies, TALLY_cohort_24, after_24);
    count(tallies, TALLY_kept_24, both(after_24, plan));
}

#endif
