/* The tables of the nlc model, and how measures follow from tallies. */
#include "nlc.h"

#include "kernels.h"

NLC_KERNELS(nlc)

#define ROW_PARAMETER(name, symbol, unit, value, low, high, evidence, source, meaning) \
    {#name, symbol, unit, value, low, high, evidence, source, meaning},
static const nlc_parameter parameters[] = {NLC_PARAMETERS(ROW_PARAMETER)};

#define ROW_LEVER(name, unit, value, low, high, scope, dial, waits, is_switch, unlimited, attribute, meaning) \
    {#name, unit, value, low, high, scope, dial, waits, is_switch, unlimited, attribute, meaning},
static const nlc_lever levers[] = {NLC_LEVERS(ROW_LEVER)};

#define ROW_ATTRIBUTE(name, unit, low, high, parameter, meaning) {#name, unit, low, high, parameter, meaning},
static const nlc_attribute attributes[] = {NLC_ATTRIBUTES(ROW_ATTRIBUTE)};

#define ROW_FIELD(name, unit, shared, word, meaning) {#name, unit, meaning, shared, word},
static const nlc_field fields[] = {NLC_FIELDS(ROW_FIELD)};

static const nlc_field agency_fields[] = {
    {"regard", "1", "G: how far the agency treats local governments as partners", false, false},
};

#define ROW_VIEW(name, shift, mask, meaning) {#name, FIELD_word, shift, mask, meaning},
static const nlc_view views[] = {NLC_VIEWS(ROW_VIEW)};

static const nlc_view milestones[] = {
    {"aware", FIELD_reached_first, 0, 0xFFFF, "first month at this stage or further"},
    {"engaged", FIELD_reached_first, 16, 0xFFFF, "first month at this stage or further"},
    {"drafting", FIELD_reached_second, 0, 0xFFFF, "first month at this stage or further"},
    {"adopted", FIELD_reached_second, 16, 0xFFFF, "first month at this stage or further"},
    {"functioning", FIELD_reached_third, 0, 0xFFFF, "first month at this stage"},
};

#define ROW_TALLY(name, unit, meaning) {#name, unit, meaning},
static const nlc_tally tallies[] = {NLC_TALLIES(ROW_TALLY)};

#define ROW_STAGE(name) #name,
static const char *const stages[] = {NLC_STAGES(ROW_STAGE)};

/* ---- Measures: functions of tallies in run r; 0/0 is a NaN, an empty cell --------------------------- */

#define OF(tally, name) ((tally)[TALLY_##name * NLC_BLOCK_RUNS + r])
#define NOW(name)       OF(t->month, name)
#define SO_FAR(name)    OF(t->total, name)
#define PARAMETER(name) ((double)t->parameters[r][PARAMETER_##name])

/* The six kinds of event, which stand side by side from `first` on. */
static inline double events_of(const double *tally, uint32_t first, uint32_t r)
{
    double sum = 0;
    for (uint32_t k = 0; k < NUM_EVENT_KINDS; k++)
        sum += tally[(first + k) * NLC_BLOCK_RUNS + r];
    return sum;
}

static inline double cost_of(const nlc_tallies *t, const double *tally, uint32_t r)
{
    return OF(tally, grants_paid) + PARAMETER(cost_per_event) * events_of(tally, TALLY_briefings, r) +
           PARAMETER(cost_per_support) * OF(tally, support_landed);
}

/* X(name, unit, decimals, value in run r, meaning) */
#define NLC_MEASURES(X) \
    X(adopted, "share", 6, (NOW(adopted) + NOW(functioning)) / NOW(adopting_places), \
      "places with a plan, of places in tiers that adopt") \
    X(functioning, "share", 6, NOW(functioning) / NOW(adopting_places), \
      "places whose plan functions, of places in tiers that adopt") \
    X(paper_plan_gap, "share", 6, NOW(adopted) / NOW(adopting_places), \
      "places whose plan does not function, of places in tiers that adopt") \
    X(adopted_population, "share", 6, NOW(plan_population) / NOW(population), "adopted, weighted by population") \
    X(functioning_population, "share", 6, NOW(functioning_population) / NOW(population), "functioning, weighted by population") \
    X(paper_plan_gap_population, "share", 6, (NOW(plan_population) - NOW(functioning_population)) / NOW(population), \
      "paper-plan gap, weighted by population") \
    X(places, "places", 0, NOW(places), "places counted here") \
    X(adopting_places, "places", 0, NOW(adopting_places), "places of tiers that adopt local plans") \
    X(stage_unaware, "places", 3, NOW(unaware), "places at this stage") \
    X(stage_aware, "places", 3, NOW(aware), "places at this stage") \
    X(stage_engaged, "places", 3, NOW(engaged), "places at this stage") \
    X(stage_drafting, "places", 3, NOW(drafting), "places at this stage") \
    X(stage_adopted, "places", 3, NOW(adopted), "places with a plan that does not function") \
    X(stage_functioning, "places", 3, NOW(functioning), "places with a functioning plan") \
    X(stage_dormant, "places", 3, NOW(dormant), "places whose plan has lapsed") \
    X(role_recognised, "share", 6, NOW(role_places) / NOW(places), "places whose role is at least the role threshold") \
    X(ever_briefed, "share", 6, NOW(briefed_places) / NOW(places), "places ever briefed") \
    X(ever_met, "share", 6, NOW(met_places) / NOW(places), "places that ever met another place in an exchange") \
    X(awareness, "1", 6, NOW(awareness_sum) / NOW(places), "mean awareness") \
    X(role, "1", 6, NOW(role_sum) / NOW(places), "mean role") \
    X(capacity, "1", 6, NOW(capacity_sum) / NOW(places), "mean capacity") \
    X(trust, "1", 6, NOW(trust_sum) / NOW(places), "mean trust in the national counterpart") \
    X(formalisation, "1", 6, NOW(formalisation_sum) / NOW(places), "mean formalisation") \
    X(audit_score, "1", 6, NOW(functionality_sum) / NOW(places), "mean audit score") \
    X(security_reliance, "1", 6, NOW(reliance_sum) / NOW(places), "mean share of the picture that rests on the security channel") \
    X(picture_error, "1", 6, NOW(blind_spot_sum) / NOW(places), \
      "mean error variance of the national picture; 1: nothing is known") \
    X(picture_error_without, "1", 6, NOW(blind_spot_without_sum) / NOW(places), "the same without the reports of the mayors") \
    X(guidance_reach, "share", 6, NOW(guided_places) / NOW(places), "places guided within the last 12 months") \
    X(service, "share", 6, NOW(service_sum) / NOW(places), "mean share of what places ask for that facilitators can serve") \
    X(events_asked, "place-events", 3, events_of(t->month, TALLY_asked_briefings, r), "events asked for") \
    X(events_delivered, "place-events", 3, events_of(t->month, TALLY_briefings, r), "events held") \
    X(support_asked, "place-months", 3, NOW(asked_support), "drafting support asked for") \
    X(support_delivered, "place-months", 3, NOW(support), "drafting support supplied") \
    X(reports_sent, "reports", 3, NOW(reports), "reports of local governments that got through") \
    X(reports_replied, "reports", 3, NOW(replies), "reports that got a reply") \
    X(reports_unanswered, "reports", 3, NOW(reports) - NOW(replies), "reports that got none") \
    X(security_reports, "reports", 3, NOW(security_reports), "reports through the security channel") \
    X(grants_asked, "places", 3, NOW(grants_asked), "places that ask for a grant") \
    X(grants_awarded, "places", 3, NOW(grants), "places that get a grant") \
    X(grants_paid, "coordinator-months", 3, NOW(grants_paid), "grants paid") \
    X(own_income, "coordinator-months", 3, NOW(own_income), "own income of places; not part of the cost") \
    X(coordinators_paid, "share", 6, NOW(coordinators) / NOW(places), "places that can pay their coordinator this month") \
    X(new_adoptions, "places", 3, NOW(new_adoptions), "places that get a plan this month") \
    X(lapses, "places", 3, NOW(lapses), "places whose plan goes dormant this month") \
    X(cost, "coordinator-months", 3, cost_of(t, t->month, r), "grants paid, events and drafting support of this month") \
    X(cost_so_far, "coordinator-months", 3, cost_of(t, t->total, r), "cost since month 1") \
    X(cost_per_functioning, "coordinator-months/place", 3, \
      (NOW(functioning) > 0 ? cost_of(t, t->total, r) : 0.0) / NOW(functioning), \
      "cost since month 1 for each place functioning now; empty while there is none") \
    X(plans_kept_12, "share", 6, SO_FAR(kept_12) / SO_FAR(cohort_12), \
      "of the plans that stood when their place's grants ended, those that stood 12 months later") \
    X(plans_kept_24, "share", 6, SO_FAR(kept_24) / SO_FAR(cohort_24), "the same, 24 months later")

#define FILL_MEASURE(name, unit, decimals, value, meaning) \
    static void fill_##name(const nlc_tallies *t, double *restrict values) \
    { \
        for (uint32_t r = 0; r < NLC_BLOCK_RUNS; r++) \
            values[r] = value; \
    }
NLC_MEASURES(FILL_MEASURE)

#define ROW_MEASURE(name, unit, decimals, value, meaning) {#name, unit, meaning, decimals, fill_##name},
static const nlc_measure measures[] = {NLC_MEASURES(ROW_MEASURE)};

#define MONTHS_TO(name, percent) \
    { \
        "months_to_" #name "_" #percent, "months", "first month with at least " #percent " % " #name "; empty if never", 0, \
            NLC_OUTCOME_MONTHS_TO, #name, percent / 100.0 \
    }

static const nlc_outcome outcomes[] = {
    MONTHS_TO(adopted, 25),
    MONTHS_TO(adopted, 50),
    MONTHS_TO(adopted, 75),
    MONTHS_TO(functioning, 25),
    MONTHS_TO(functioning, 50),
    MONTHS_TO(functioning, 75),
    MONTHS_TO(functioning, 80),
    {"adopted_end", "share", "adopted in the last month", 6, NLC_OUTCOME_AT_END, "adopted", 0},
    {"functioning_end", "share", "functioning in the last month", 6, NLC_OUTCOME_AT_END, "functioning", 0},
    {"paper_plan_gap_end", "share", "paper-plan gap in the last month", 6, NLC_OUTCOME_AT_END, "paper_plan_gap", 0},
    {"adopted_area", "share", "adopted, mean over all months", 6, NLC_OUTCOME_AREA, "adopted", 0},
    {"functioning_area", "share", "functioning, mean over all months", 6, NLC_OUTCOME_AREA, "functioning", 0},
    {"cost_end", "coordinator-months", "cost of the whole run", 3, NLC_OUTCOME_AT_END, "cost_so_far", 0},
    {"cost_per_functioning_end", "coordinator-months/place", "cost of the whole run for each place functioning at its end", 3,
     NLC_OUTCOME_AT_END, "cost_per_functioning", 0},
    {"plans_kept_12", "share", "plans that stood 12 months after their place's grants ended", 6, NLC_OUTCOME_AT_END,
     "plans_kept_12", 0},
    {"plans_kept_24", "share", "plans that stood 24 months after their place's grants ended", 6, NLC_OUTCOME_AT_END,
     "plans_kept_24", 0},
    {"adopted_spread_waves", "share", "adopted in the last month: largest less smallest wave", 6, NLC_OUTCOME_SPREAD_WAVES,
     "adopted", 0},
    {"functioning_spread_waves", "share", "functioning in the last month: largest less smallest wave", 6, NLC_OUTCOME_SPREAD_WAVES,
     "functioning", 0},
    {"adopted_spread_sizes", "share", "adopted in the last month: large less small places", 6, NLC_OUTCOME_SPREAD_SIZES, "adopted",
     0},
    {"functioning_spread_sizes", "share", "functioning in the last month: large less small places", 6, NLC_OUTCOME_SPREAD_SIZES,
     "functioning", 0},
};

#define FLOW(kind, direction, name, meaning) \
    { \
#kind, direction, TALLY_asked_##name, TALLY_##name, TALLY_asked_national_##name, TALLY_national_##name, meaning \
    }

static const nlc_flow flows[] = {
    FLOW(briefing, "down", briefings, "briefings on the national approach"),
    FLOW(meeting, "down", meetings, "meetings of the coordination mechanism"),
    FLOW(dialogue, "down", dialogues, "dialogues that recognise the local role"),
    FLOW(training, "down", trainings, "trainings"),
    FLOW(drafting_support, "down", support, "drafting work carried by facilitators"),
    {"grant", "down", TALLY_grants_asked, TALLY_grants, NLC_NONE, NLC_NONE, "grants: places that ask, and places that get one"},
    FLOW(peer_exchange, "across", peer_exchanges, "exchanges within the country"),
    FLOW(regional_exchange, "across", regional_exchanges, "exchanges across borders"),
    {"report", "up", NLC_NONE, TALLY_reports, NLC_NONE, NLC_NONE, "reports of local governments that got through"},
    {"reply", "down", TALLY_reports, TALLY_replies, NLC_NONE, NLC_NONE, "replies, of the reports that got through"},
    {"security_report", "up", NLC_NONE, TALLY_security_reports, NLC_NONE, NLC_NONE, "reports through the security channel"},
};

#define NUM(table) (sizeof table / sizeof table[0])

const nlc_model nlc_model_nlc = {
    .name = "nlc",
    .title = "National-local cooperation on a national action plan",
    .code_version = 1,
    .lever_ahead = "grant",
    .num_parameters = NUM(parameters),
    .num_levers = NUM(levers),
    .num_attributes = NUM(attributes),
    .num_fields = NUM(fields),
    .num_agency_fields = NUM(agency_fields),
    .num_views = NUM(views),
    .num_tallies = NUM(tallies),
    .num_measures = NUM(measures),
    .num_outcomes = NUM(outcomes),
    .num_flows = NUM(flows),
    .num_stages = NUM(stages),
    .num_common_stages = STAGE_engaged + 1,
    .num_milestones = NUM(milestones),
    .parameters = parameters,
    .levers = levers,
    .attributes = attributes,
    .fields = fields,
    .agency_fields = agency_fields,
    .views = views,
    .tallies = tallies,
    .measures = measures,
    .outcomes = outcomes,
    .flows = flows,
    .stages = stages,
    .milestones = milestones,
    .kernels = nlc_model_nlc_kernels,
};
