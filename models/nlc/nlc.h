/* The nlc model: how the localisation of a national action plan spreads when national and local
 * governments cooperate. The equations stand in kernel.c, in the order of a month; ODD.md says what
 * they mean and where they come from. */
#ifndef NLC_MODEL_NLC_H
#define NLC_MODEL_NLC_H

#include "nlcsim.h"
#include "parameters.def.h"
#include "stages.h"

extern const nlc_model nlc_model_nlc;
extern const nlc_kernel *const nlc_model_nlc_kernels[];

#define NLC_NAME_PARAMETER(name, symbol, unit, value, low, high, evidence, source, meaning) PARAMETER_##name,
enum { NLC_PARAMETERS(NLC_NAME_PARAMETER) NUM_PARAMETERS };

/* X(name, unit, default, low, high, scope, dial, waits for wave, switch, may be unlimited, base column, meaning) */
#define NLC_LEVERS(X) \
    X(briefings, "place-events/year", 0, 0, 1000, NLC_LEVER_PLACE, NLC_DIAL_NONE, true, false, false, NULL, \
      "briefings on the national approach and who delivers it") \
    X(meetings, "place-events/year", 0, 0, 1000, NLC_LEVER_PLACE, NLC_DIAL_ENGAGEMENT, true, false, false, NULL, \
      "meetings of the formal coordination mechanism") \
    X(dialogues, "place-events/year", 0, 0, 1000, NLC_LEVER_PLACE, NLC_DIAL_ENGAGEMENT, true, false, false, NULL, \
      "dialogues in which a national counterpart recognises the local role") \
    X(trainings, "place-events/year", 0, 0, 1000, NLC_LEVER_PLACE, NLC_DIAL_CAPACITY_BUILDING, true, false, false, NULL, \
      "trainings of the staff who draft and run the local plan") \
    X(peer_exchanges, "place-events/year", 0, 0, 1000, NLC_LEVER_PLACE, NLC_DIAL_ENGAGEMENT, true, false, false, NULL, \
      "exchanges with local governments of the same country") \
    X(regional_exchanges, "place-events/year", 0, 0, 1000, NLC_LEVER_PLACE, NLC_DIAL_ENGAGEMENT, true, false, false, NULL, \
      "exchanges with local governments of other countries") \
    X(security_channel, "reports/year", 0, 0, 1000, NLC_LEVER_PLACE, NLC_DIAL_NONE, false, false, false, NULL, \
      "reports on the place that reach the national level through the security channel") \
    X(two_way, "1", 0.5F, 0, 1, NLC_LEVER_PLACE, NLC_DIAL_NONE, false, false, false, NULL, "share of a meeting that is dialogue") \
    X(direct_channel, "1", 0, 0, 1, NLC_LEVER_PLACE, NLC_DIAL_NONE, false, false, false, NULL, \
      "share of contact that goes straight between the lead and the place") \
    X(drafting_support, "1", 0, 0, 1, NLC_LEVER_PLACE, NLC_DIAL_NONE, true, false, false, NULL, \
      "share of a drafting place's work that facilitators offer to carry") \
    X(slots, "place-events/month", 0, 0, 1e9F, NLC_LEVER_ANY, NLC_DIAL_RESOURCING, false, false, true, "slots", \
      "places that can be served with one event in a month") \
    X(responsiveness, "1", 0.5F, 0, 1, NLC_LEVER_PLACE, NLC_DIAL_NONE, false, false, false, NULL, \
      "share of reports that get a reply when there is service") \
    X(grant, "coordinator-months/month", 0, 0, 100, NLC_LEVER_PLACE, NLC_DIAL_NONE, true, false, false, NULL, \
      "grant to each place awarded") \
    X(grant_budget, "coordinator-months/month", 0, 0, 1e9F, NLC_LEVER_COUNTRY, NLC_DIAL_RESOURCING, false, false, true, NULL, \
      "grants that a country can pay in all") \
    X(mandate, "1", 0, 0, 1, NLC_LEVER_PLACE, NLC_DIAL_NONE, false, false, false, NULL, \
      "legal force of the duty to plan: 0 none, 0.5 encouraged, 1 statutory") \
    X(mandate_clarity, "1", 1, 0, 1, NLC_LEVER_PLACE, NLC_DIAL_NONE, false, false, false, NULL, \
      "how clear the mandate is about who does what") \
    X(deadline, "switch", 0, 0, 1, NLC_LEVER_PLACE, NLC_DIAL_NONE, false, true, false, NULL, \
      "on from the month after the statutory date") \
    X(nap_active, "1", 1, 0, 1, NLC_LEVER_PLACE, NLC_DIAL_NONE, false, false, false, NULL, \
      "national action plan: 0 forthcoming or lapsed, 1 in force, between: running out") \
    X(election, "1", 0, 0, 1, NLC_LEVER_PLACE, NLC_DIAL_NONE, false, false, false, NULL, \
      "share of elected heads that are replaced in this month") \
    X(staff_turnover, "1/month", 0.02F, 0, 1, NLC_LEVER_PLACE, NLC_DIAL_NONE, false, false, false, NULL, \
      "share of focal points that leave in a month") \
    X(plan_effort, "1", 1, 0.01F, 100, NLC_LEVER_PLACE, NLC_DIAL_NONE, false, false, false, NULL, \
      "work in this kind of plan, relative to a full action plan")

#define NLC_NAME_LEVER(name, ...) LEVER_##name,
enum { NLC_LEVERS(NLC_NAME_LEVER) NUM_LEVERS };

/* X(name, unit, low, high, parameter, meaning) */
#define NLC_ATTRIBUTES(X) \
    X(legacy, "1", 0, 1, NULL, "an existing coordination mechanism that can be leveraged") \
    X(income, "1", 0, 1, NULL, "own funding strength") \
    X(start_awareness, "1", 0, 1, "start_awareness", "awareness at the start") \
    X(start_role, "1", 0, 1, "start_role", "mean role at the start, before the spread over places") \
    X(start_capacity, "1", 0, 1, "start_capacity", "capacity at the start") \
    X(start_trust, "1", 0, 1, "start_trust", "trust in the national counterpart at the start") \
    X(start_formalisation, "1", 0, 1, NULL, "formalisation at the start") \
    X(start_funds, "coordinator-months", 0, 120, NULL, "funds in hand at the start") \
    X(start_reliance, "1", 0, 1, "start_reliance", "security reliance at the start")

#define NLC_NAME_ATTRIBUTE(name, ...) ATTRIBUTE_##name,
enum { NLC_ATTRIBUTES(NLC_NAME_ATTRIBUTE) NUM_ATTRIBUTES };

/* X(name, unit, shared, word, meaning) */
#define NLC_FIELDS(X) \
    X(awareness, "1", true, false, "A: knows the national approach and who delivers it") \
    X(role, "1", true, false, "R: recognises prevention as part of this office's own remit") \
    X(capacity, "1", true, false, "C: share of the skills and staff that a local plan needs, in post") \
    X(word, "bits", true, true, "stage, clocks and marks; see the views") \
    X(trust, "1", false, false, "T: trust in the national counterpart") \
    X(formalisation, "1", false, false, "Z: how far coordination lives in institutions, not persons") \
    X(funds, "coordinator-months", false, false, "F: coordinator-months in hand") \
    X(draft, "1", false, false, "W: share of the plan drafted") \
    X(functionality, "1", false, false, "Q: running audit score") \
    X(blind_spot, "1", false, false, "V: error variance of the national picture of this place") \
    X(blind_spot_without, "1", false, false, "V without the reports of the mayors") \
    X(reliance, "1", false, false, "S: share of the picture that rests on the security channel") \
    X(disposition, "1", false, false, "x: disposition of the head in office") \
    X(attention, "1", false, false, "y: where the place stands in the spread of awareness thresholds") \
    X(reached_first, "bits", false, true, "first months: aware (low half), engaged (high half)") \
    X(reached_second, "bits", false, true, "first months: drafting (low half), adopted (high half)") \
    X(reached_third, "bits", false, true, "first month: functioning (low half)")

#define NLC_NAME_FIELD(name, ...) FIELD_##name,
enum { NLC_FIELDS(NLC_NAME_FIELD) NUM_FIELDS };
#define NUM_SHARED FIELD_trust

enum { AGENCY_regard, NUM_AGENCY_FIELDS };

/* The word: clocks count months since an event and stop at CLOCK_NEVER. */
#define CLOCK_NEVER 15
/* X(name, shift, mask, meaning) */
#define NLC_VIEWS(X) \
    X(stage, 0, 7, "stage: unaware, aware, engaged, drafting, adopted, functioning, dormant") \
    X(meeting_clock, 3, 15, "months since the last meeting; 15: longer ago, or never") \
    X(report_clock, 7, 15, "months since the last report that got through") \
    X(reply_clock, 11, 15, "months since the last reply") \
    X(guidance_clock, 15, 15, "months since the last briefing, meeting, dialogue or training") \
    X(contact_clock, 19, 15, "months since the last meeting, dialogue or exchange") \
    X(briefed, 23, 1, "has ever been briefed") \
    X(met, 24, 1, "has ever met another place in an exchange") \
    X(cohort, 25, 1, "had a plan when its grants ended") \
    X(best, 26, 7, "furthest stage reached so far, functioning at most")

#define NLC_NAME_VIEW(name, shift, mask, meaning) SHIFT_##name = shift, MASK_##name = mask,
enum { NLC_VIEWS(NLC_NAME_VIEW) };

#define NUM_MILESTONES 5

/* Kinds of request for facilitation, in the order of their draws; support is the last. */
enum {
    KIND_briefing,
    KIND_meeting,
    KIND_dialogue,
    KIND_training,
    KIND_peer,
    KIND_regional,
    NUM_EVENT_KINDS,
    KIND_support = NUM_EVENT_KINDS,
    NUM_KINDS
};

/* What is added up over the places of a class in a month. X(name, unit, meaning) */
#define NLC_TALLIES(X) \
    X(places, "places", "places") \
    X(adopting_places, "places", "places of tiers that adopt local plans") \
    X(population, "persons", "population of places of tiers that adopt local plans; NaN where one is unknown") \
    X(unaware, "places", "places at this stage") \
    X(aware, "places", "places at this stage") \
    X(engaged, "places", "places at this stage") \
    X(drafting, "places", "places at this stage") \
    X(adopted, "places", "places with a plan that does not function") \
    X(functioning, "places", "places with a functioning plan") \
    X(dormant, "places", "places whose plan has lapsed") \
    X(plan_population, "persons", "population of the places that have a plan") \
    X(functioning_population, "persons", "population of the places whose plan functions") \
    X(role_places, "places", "places whose role is at least the role threshold") \
    X(briefed_places, "places", "places ever briefed") \
    X(met_places, "places", "places that ever met another place") \
    X(guided_places, "places", "places guided within the last 12 months") \
    X(awareness_sum, "1", "sum of awareness") \
    X(role_sum, "1", "sum of role") \
    X(capacity_sum, "1", "sum of capacity") \
    X(trust_sum, "1", "sum of trust") \
    X(formalisation_sum, "1", "sum of formalisation") \
    X(functionality_sum, "1", "sum of the audit score") \
    X(reliance_sum, "1", "sum of security reliance") \
    X(blind_spot_sum, "1", "sum of the error variance of the national picture") \
    X(blind_spot_without_sum, "1", "sum of the error variance without the mayors' reports") \
    X(asked_briefings, "place-events", "briefings asked for") \
    X(asked_meetings, "place-events", "meetings asked for") \
    X(asked_dialogues, "place-events", "dialogues asked for") \
    X(asked_trainings, "place-events", "trainings asked for") \
    X(asked_peer_exchanges, "place-events", "peer exchanges asked for") \
    X(asked_regional_exchanges, "place-events", "regional exchanges asked for") \
    X(asked_support, "place-months", "drafting support asked for") \
    X(asked_national_briefings, "place-events", "briefings asked of the national pool") \
    X(asked_national_meetings, "place-events", "meetings asked of the national pool") \
    X(asked_national_dialogues, "place-events", "dialogues asked of the national pool") \
    X(asked_national_trainings, "place-events", "trainings asked of the national pool") \
    X(asked_national_peer_exchanges, "place-events", "peer exchanges asked of the national pool") \
    X(asked_national_regional_exchanges, "place-events", "regional exchanges asked of the national pool") \
    X(asked_national_support, "place-months", "drafting support asked of the national pool") \
    X(briefings, "place-events", "briefings held") \
    X(meetings, "place-events", "meetings held") \
    X(dialogues, "place-events", "dialogues held") \
    X(trainings, "place-events", "trainings held") \
    X(peer_exchanges, "place-events", "peer exchanges held") \
    X(regional_exchanges, "place-events", "regional exchanges held") \
    X(support, "place-months", "drafting support supplied") \
    X(national_briefings, "place-events", "briefings held by the national pool") \
    X(national_meetings, "place-events", "meetings held by the national pool") \
    X(national_dialogues, "place-events", "dialogues held by the national pool") \
    X(national_trainings, "place-events", "trainings held by the national pool") \
    X(national_peer_exchanges, "place-events", "peer exchanges held by the national pool") \
    X(national_regional_exchanges, "place-events", "regional exchanges held by the national pool") \
    X(national_support, "place-months", "drafting support supplied by the national pool") \
    X(support_landed, "place-months", "drafting support supplied, times its fit") \
    X(service_sum, "1", "sum of the service that places get") \
    X(reports, "reports", "reports of local governments that got through") \
    X(replies, "replies", "reports that got a reply") \
    X(security_reports, "reports", "reports through the security channel") \
    X(grants_asked, "places", "places that ask for a grant") \
    X(grants, "places", "places that get a grant") \
    X(grants_paid, "coordinator-months", "grants paid") \
    X(own_income, "coordinator-months", "own income of places") \
    X(coordinators, "places", "places that can pay their coordinator") \
    X(new_adoptions, "places", "places that get a plan this month") \
    X(lapses, "places", "places whose plan goes dormant this month") \
    X(cohort_12, "places", "places with a plan when their grants ended, 12 months ago") \
    X(kept_12, "places", "of these, places that have a plan now") \
    X(cohort_24, "places", "places with a plan when their grants ended, 24 months ago") \
    X(kept_24, "places", "of these, places that have a plan now")

#define NLC_NAME_TALLY(name, unit, meaning) TALLY_##name,
enum { NLC_TALLIES(NLC_NAME_TALLY) NUM_TALLIES };

#endif
