/* A small model and an ensemble of it, filled by hand, for the tests of the output. */
#ifndef NLC_TEST_OUTPUT_FIXTURE_H
#define NLC_TEST_OUTPUT_FIXTURE_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results.h"

enum {
    FIXTURE_places,
    FIXTURE_adopted,
    FIXTURE_functioning,
    FIXTURE_asked,
    FIXTURE_delivered,
    FIXTURE_asked_national,
    FIXTURE_delivered_national,
    FIXTURE_reports,
    FIXTURE_replies,
    FIXTURE_cost,
    FIXTURE_NUM_TALLIES
};

enum { FIXTURE_MONTHS = 12, FIXTURE_NODES = 7, FIXTURE_SPLITS = 14, FIXTURE_MILESTONES = 2, FIXTURE_ROWS = 10 };

static const nlc_parameter fixture_parameters[] = {
    {"gain", "g", "1/event", 0.25F, 0, 1, NLC_LITERATURE, "Doe, \"A study\" 2021", "gain of one event"},
    {"loss", "l", "1/month", 0.125F, 0, 1, NLC_ASSUMPTION, "", "loss in a month"},
};
static const nlc_lever fixture_levers[] = {
    {"meetings", "place-events/year", 0, 0, 1000, NLC_LEVER_PLACE, NLC_DIAL_ENGAGEMENT, true, false, false, NULL, "meetings"},
    {"slots", "place-events/month", 0, 0, 1e9F, NLC_LEVER_ANY, NLC_DIAL_RESOURCING, false, false, true, "slots", "slots"},
    {"mandate", "1", 0, 0, 1, NLC_LEVER_PLACE, NLC_DIAL_NONE, false, false, false, NULL, "mandate"},
};
static const nlc_attribute fixture_attributes[] = {
    {"legacy", "1", 0, 1, NULL, "an existing mechanism"},
    {"income", "1", 0, 1, NULL, "own funding strength"},
};
static const nlc_tally fixture_tallies[FIXTURE_NUM_TALLIES] = {
    {"places", "places", ""},
    {"adopted", "places", ""},
    {"functioning", "places", ""},
    {"asked", "place-events", ""},
    {"delivered", "place-events", ""},
    {"asked_national", "place-events", ""},
    {"delivered_national", "place-events", ""},
    {"reports", "reports", ""},
    {"replies", "replies", ""},
    {"cost", "coordinator-months", ""},
};

#define NOW(name)    (t->month[FIXTURE_##name * NLC_BLOCK_RUNS + r])
#define SO_FAR(name) (t->total[FIXTURE_##name * NLC_BLOCK_RUNS + r])
#define FILL(name, value) \
    static void fixture_fill_##name(const nlc_tallies *t, double *values) \
    { \
        for (uint32_t r = 0; r < NLC_BLOCK_RUNS; r++) \
            values[r] = value; \
    }
FILL(adopted, NOW(adopted) / NOW(places))
FILL(functioning, NOW(functioning) / NOW(places))
FILL(gap, NOW(adopted) / NOW(places) - NOW(functioning) / NOW(places))
FILL(service, NOW(asked) > 0 ? NOW(delivered) / NOW(asked) : NAN)
FILL(asked, NOW(asked))
FILL(delivered, NOW(delivered))
FILL(reports, NOW(reports))
FILL(replies, NOW(replies))
FILL(cost, SO_FAR(cost))
#undef NOW
#undef SO_FAR
#undef FILL

static const nlc_measure fixture_measures[] = {
    {"adopted", "share", "places with a plan", 4, fixture_fill_adopted},
    {"functioning", "share", "places whose plan functions", 4, fixture_fill_functioning},
    {"paper_plan_gap", "share", "places whose plan does not function", 4, fixture_fill_gap},
    {"service", "share", "share of what is asked for", 4, fixture_fill_service},
    {"events_asked", "place-events", "events asked for", 2, fixture_fill_asked},
    {"events_delivered", "place-events", "events held", 2, fixture_fill_delivered},
    {"reports_sent", "reports", "reports", 0, fixture_fill_reports},
    {"reports_replied", "reports", "reports with a reply", 0, fixture_fill_replies},
    {"cost_so_far", "coordinator-months", "cost", 1, fixture_fill_cost},
};
enum { FIXTURE_NUM_MEASURES = sizeof fixture_measures / sizeof fixture_measures[0] };

static const nlc_outcome fixture_outcomes[] = {
    {"months_to_adopted_50", "months", "first month with at least 50 % adopted", 0, NLC_OUTCOME_MONTHS_TO, "adopted", 0.5},
    {"adopted_end", "share", "adopted in the last month", 3, NLC_OUTCOME_AT_END, "adopted", 0},
    {"spread", "share", "largest less smallest wave", 3, NLC_OUTCOME_SPREAD_WAVES, "adopted", 0},
};
static const nlc_flow fixture_flows[] = {
    {"meeting", "down", FIXTURE_asked, FIXTURE_delivered, FIXTURE_asked_national, FIXTURE_delivered_national, "meetings"},
    {"report", "up", NLC_NONE, FIXTURE_reports, NLC_NONE, NLC_NONE, "reports"},
};
static const char *const fixture_stages[] = {"unaware", "aware", "adopted"};
static const nlc_view fixture_milestones[FIXTURE_MILESTONES] = {{"aware", 0, 0, 1, ""}, {"adopted", 0, 0, 1, ""}};

static const nlc_model fixture_model = {
    .name = "fake",
    .title = "A model for tests",
    .code_version = 7,
    .num_parameters = 2,
    .num_levers = 3,
    .num_attributes = 2,
    .num_tallies = FIXTURE_NUM_TALLIES,
    .num_measures = FIXTURE_NUM_MEASURES,
    .num_outcomes = 3,
    .num_flows = 2,
    .num_stages = 3,
    .num_milestones = FIXTURE_MILESTONES,
    .parameters = fixture_parameters,
    .levers = fixture_levers,
    .attributes = fixture_attributes,
    .tallies = fixture_tallies,
    .measures = fixture_measures,
    .outcomes = fixture_outcomes,
    .flows = fixture_flows,
    .stages = fixture_stages,
    .milestones = fixture_milestones,
};

/* Two countries. AA: province AA.1 with the cities AA.11 and AA.12, and AA.2 straight under the lead.
 * BB: province BB.1 with the cities BB.11 and BB.12. */
static const char *const fixture_id[] = {"AA.1", "AA.11", "AA.12", "AA.2", "BB.1", "BB.11", "BB.12"};
static const char *const fixture_name[] = {"North",      "Mu\xC3\xB1oz, City of", "Old \"Fort\"", "Port; South", "-", " Lead",
                                           "Line\nbreak"};
static const uint32_t fixture_country[] = {0, 0, 0, 0, 1, 1, 1};
static const uint32_t fixture_parent[] = {NLC_NO_PARENT, 0, 0, NLC_NO_PARENT, NLC_NO_PARENT, 4, 4};
static const uint32_t fixture_tier[] = {1, 0, 0, 0, 1, 0, 0};
static const uint32_t fixture_group[] = {0, 1, 0, 0, 0, 1, 1};
static const uint8_t fixture_size[] = {0, 1, 2, 2, 0, 1, 1};
static const uint8_t fixture_elected[] = {0, 1, 1, 1, 0, 1, 1};
static const uint8_t fixture_start_stage[] = {0, 2, 0, 0, 0, 3, 0};
static const uint8_t fixture_placed[] = {1, 0, 0, 0, 0, 0, 1};
static const uint64_t fixture_key[] = {50, 90, 10, 70, 20, 30, 80};
static const double fixture_population[] = {NAN, 12345, 1e6, 999999.5, NAN, 1, 2};
static const float fixture_lat[] = {0.5F, -1.25F, NAN, 12.5F, 3.5F, 4.5F, 5.5F};
static const float fixture_lon[] = {100.5F, 101.25F, NAN, 102.5F, 103.5F, 104.5F, 179.99999F};
static const float fixture_line_weight[] = {1, 0.5F, 1, 1, 1, 0.237F, 1};
static const double fixture_attribute_values[] = {NAN, 0.237, 0, 1, NAN, 0.5, 0.25, 0.1, 0.2, NAN, 0.4, 0.5, 0.6, 0.7};
static const uint32_t fixture_first_child[] = {0, 2, 2, 2, 2, 4, 4, 4};
static const uint32_t fixture_child[] = {1, 2, 5, 6};
static const char *const fixture_tiers[] = {"city", "province"};
static const char *const fixture_waves[] = {"", "first", "late, last"};
static const char *const fixture_groups[] = {"", "coast"};
static const nlc_country fixture_countries[] = {{0, 4, 0, 2}, {4, 3, 2, 1}};
static const char *const fixture_agency_id[] = {"AA", "AA-police", "BB"};
static const char *const fixture_agency_name[] = {"Lead of AA", "Police", "Lead, BB"};
static const uint32_t fixture_peer_first[] = {0, 0, 1, 2, 2, 2, 3, 4};
static const uint32_t fixture_peer_from[] = {2, 1, 6, 5};
static const double fixture_peer_weight[] = {1, 1, 1, 1};
static const uint32_t fixture_none_first[] = {0, 0, 0, 0, 0, 0, 0, 0};
static const uint32_t fixture_wave_0[] = {1, 1, 1, 2, 2, 2, 2};
static const uint32_t fixture_wave_1[] = {1, 1, 2, 2, 2, 2, 2};
static const nlc_draw fixture_draws[] = {
    {.peer = {fixture_peer_first, fixture_peer_from, fixture_peer_weight},
     .regional = {fixture_none_first, fixture_peer_from, fixture_peer_weight},
     .wave = fixture_wave_0},
    {.peer = {fixture_none_first, fixture_peer_from, fixture_peer_weight},
     .regional = {fixture_none_first, fixture_peer_from, fixture_peer_weight},
     .wave = fixture_wave_1},
};
static const float fixture_parameter_values[] = {0.25F, 0.237F};
/* Two segments of one schedule. */
static const float fixture_lever_values[] = {0, INFINITY, 0, 2.5F, 12, 0};

static const nlc_resolved fixture_scenario = {
    .model = &fixture_model,
    .num_months = FIXTURE_MONTHS,
    .start = 2023 * 12 + 6,
    .seed = 41,
    .replicates = 100,
    .title = "A \"fixture\" for tests, w\xC3\xADth every quirk",
    .num_countries = 2,
    .num_agencies = 3,
    .num_nodes = FIXTURE_NODES,
    .num_tiers = 2,
    .num_draws = 2,
    .num_schedules = 1,
    .num_segments = 2,
    .countries = fixture_countries,
    .agency_id = fixture_agency_id,
    .agency_name = fixture_agency_name,
    .id = fixture_id,
    .name = fixture_name,
    .key = fixture_key,
    .country = fixture_country,
    .parent = fixture_parent,
    .tier = fixture_tier,
    .group = fixture_group,
    .size = fixture_size,
    .elected = fixture_elected,
    .start_stage = fixture_start_stage,
    .placed = fixture_placed,
    .population = fixture_population,
    .lat = fixture_lat,
    .lon = fixture_lon,
    .line_weight = fixture_line_weight,
    .attributes = fixture_attribute_values,
    .first_child = fixture_first_child,
    .child = fixture_child,
    .tiers = {2, fixture_tiers},
    .waves = {3, fixture_waves},
    .groups = {2, fixture_groups},
    .draws = fixture_draws,
    .parameters = fixture_parameter_values,
    .levers = fixture_lever_values,
};

#define NONE NLC_NONE
static nlc_split fixture_splits[FIXTURE_SPLITS] = {
    {NONE, NONE, NONE, NONE, NONE},
    {0, NONE, NONE, NONE, NONE},
    {1, NONE, NONE, NONE, NONE},
    {NONE, 0, NONE, NONE, NONE},
    {NONE, 1, NONE, NONE, NONE},
    {NONE, NONE, 1, NONE, NONE},
    {NONE, NONE, 2, NONE, NONE},
    {NONE, NONE, NONE, 1, NONE},
    {NONE, NONE, NONE, NONE, NLC_SIZE_SMALL},
    {NONE, NONE, NONE, NONE, NLC_SIZE_LARGE},
    {0, 0, NONE, NONE, NONE},
    {0, 1, NONE, NONE, NONE},
    {1, 0, NONE, NONE, NONE},
    {1, 1, NONE, NONE, NONE},
};
#undef NONE

/* Waves, countries, tiers, nodes: the two provinces, and three leaves. */
static nlc_roadmap_row fixture_rows[FIXTURE_ROWS] = {
    {NLC_ROADMAP_WAVE, 1}, {NLC_ROADMAP_WAVE, 2}, {NLC_ROADMAP_COUNTRY, 0}, {NLC_ROADMAP_COUNTRY, 1}, {NLC_ROADMAP_TIER, 0},
    {NLC_ROADMAP_NODE, 0}, {NLC_ROADMAP_NODE, 4}, {NLC_ROADMAP_NODE, 1},    {NLC_ROADMAP_NODE, 2},    {NLC_ROADMAP_NODE, 3},
};

/* A tally in a month (from 0), split and replicate: smooth, different everywhere, and consistent. */
static float fixture_tally(uint32_t month, uint32_t split, uint32_t tally, uint32_t replicate)
{
    double chance = fmod(0.618034 * (replicate + 1) + 0.137 * split, 1.0);
    double share = (month + 1.0) / FIXTURE_MONTHS * (0.4 + 0.6 * chance);
    double places = 20 + split;
    switch (tally) {
    case FIXTURE_places:
        return (float)places;
    case FIXTURE_adopted:
        return (float)(share * places);
    case FIXTURE_functioning:
        return (float)(share * share * places);
    case FIXTURE_asked:
        return month == 0 ? 0.0F : (float)(places / 2);
    case FIXTURE_delivered:
        return month == 0 ? 0.0F : (float)(places / 2 * share);
    case FIXTURE_asked_national:
        return month == 0 ? 0.0F : (float)(places / 8);
    case FIXTURE_delivered_national:
        return month == 0 ? 0.0F : (float)(places / 8 * share * share);
    case FIXTURE_reports:
        return (float)floor(share * 10 * places);
    case FIXTURE_replies:
        return (float)floor(share * 4 * places);
    default:
        return (float)(1000 * share);
    }
}

/* The month in which a row reaches a milestone: later for later rows, whose last runs never do. */
static uint16_t fixture_reached(uint32_t row, uint32_t milestone, uint32_t replicate)
{
    uint32_t month = 1 + row + milestone + replicate * 7 % 6;
    return (uint16_t)(month > FIXTURE_MONTHS ? 0 : month);
}

/* In batches of four lanes, the last of which may be idle; every split is a part of its own. */
enum { FIXTURE_LANES = 4 };

static uint32_t fixture_run(const nlc_ensemble *ensemble, uint32_t slot)
{
    return slot < ensemble->num_replicates ? slot : NLC_NONE;
}

static void fixture_fill_tallies(nlc_ensemble *ensemble)
{
    float *tally = ensemble->tallies;
    for (uint32_t b = 0; b < ensemble->num_batches; b++)
        for (uint32_t t = 0; t < FIXTURE_MONTHS; t++)
            for (uint32_t s = 0; s < FIXTURE_SPLITS; s++)
                for (uint32_t k = 0; k < FIXTURE_NUM_TALLIES; k++)
                    for (uint32_t l = 0; l < FIXTURE_LANES; l++)
                        *tally++ = fixture_tally(t, s, k, b * FIXTURE_LANES + l);
}

static nlc_ensemble fixture_ensemble(uint32_t num_replicates)
{
    static uint32_t part[FIXTURE_SPLITS];
    nlc_ensemble ensemble = {.scenario = &fixture_scenario,
                             .num_replicates = num_replicates,
                             .num_splits = FIXTURE_SPLITS,
                             .num_parts = FIXTURE_SPLITS,
                             .num_batches = (num_replicates + FIXTURE_LANES - 1) / FIXTURE_LANES,
                             .num_rows = FIXTURE_ROWS,
                             .splits = fixture_splits,
                             .part = part,
                             .rows = fixture_rows,
                             .lanes = FIXTURE_LANES};
    size_t num_slots = (size_t)ensemble.num_batches * FIXTURE_LANES;
    ensemble.runs = malloc(num_slots * sizeof *ensemble.runs);
    for (uint32_t k = 0; k < num_slots; k++)
        ensemble.runs[k] = fixture_run(&ensemble, k);
    for (uint32_t s = 0; s < FIXTURE_SPLITS; s++)
        part[s] = s;
    ensemble.tallies = malloc(FIXTURE_MONTHS * FIXTURE_SPLITS * FIXTURE_NUM_TALLIES * num_slots * sizeof(float));
    fixture_fill_tallies(&ensemble);
    ensemble.reached = malloc((size_t)FIXTURE_ROWS * FIXTURE_MILESTONES * num_replicates * sizeof(uint16_t));
    uint16_t *reached = ensemble.reached;
    for (uint32_t row = 0; row < FIXTURE_ROWS; row++)
        for (uint32_t k = 0; k < FIXTURE_MILESTONES; k++)
            for (uint32_t r = 0; r < num_replicates; r++)
                *reached++ = fixture_reached(row, k, r);
    return ensemble;
}

static void fixture_ensemble_free(nlc_ensemble *ensemble)
{
    free(ensemble->tallies);
    free(ensemble->runs);
    free(ensemble->reached);
}

static const char fixture_resolved[] = "nlcsim-resolved\t1\n[scenario]\nmodel\tfake\t7\n";
static const char *const fixture_settings[] = {"resourcing=0.5", "grant*=2"};
static const char *const fixture_observed[] = {
    "2023-12-20", "",     "province", "", "adopted", "8",   "38", "",    "BNPT director, in public",
    "2024-01",    "AA.1", "",         "", "adopted", "0.5", "",   "0.1", "",
};
static const nlc_observations fixture_observations = {2, fixture_observed};

static nlc_results fixture_results(const nlc_ensemble *ensemble)
{
    return (nlc_results){.ensemble = ensemble,
                         .seed = 41,
                         .resolved = fixture_resolved,
                         .resolved_length = sizeof fixture_resolved - 1,
                         .resolved_hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                         .command = "nlcsim run 'a folder' --set resourcing=0.5",
                         .settings = fixture_settings,
                         .num_settings = 2,
                         .observed = &fixture_observations,
                         .series = true};
}

#endif
