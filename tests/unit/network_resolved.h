/* A resolved scenario made by hand for the tests of reports and files.
 *
 * Two countries, leads "LA" and "LB". LA has the agency "SA" (security, weight 0.3). Places of LA:
 * 0 "P, 1" (province), 1 "C<2>" and 2 "C&3" (cities under it), 3 "C4" (a city under the lead);
 * of LB: 4 "D\"5\"" (a city under the lead). Cities 1 and 2, and 2 and 3, are peers, the latter
 * heard in one direction at another weight; 3 and 4 are regional. Place 1 has a direct channel of
 * 0.75 in the first months and 0.25 later; so has place 3, where it means nothing. */
#ifndef NETWORK_RESOLVED_H
#define NETWORK_RESOLVED_H

#include "nlcsim.h"

#include <math.h>

static const nlc_lever made_levers[] = {{.name = "meetings"}, {.name = "direct_channel"}};
static const nlc_model made_model = {.name = "made", .num_levers = 2, .levers = made_levers};
static const nlc_country made_countries[] = {{0, 4, 0, 2}, {4, 1, 2, 1}};
static const char *const made_agency_id[] = {"LA", "SA", "LB"};
static const char *const made_agency_name[] = {"Lead of A", "Police of A", "Lead of B"};
static const uint64_t made_agency_key[] = {101, 102, 103};
static const uint32_t made_agency_country[] = {0, 0, 1};
static const nlc_sector made_agency_sector[] = {NLC_SECTOR_LEAD, NLC_SECTOR_SECURITY, NLC_SECTOR_LEAD};
static const float made_agency_weight[] = {1, 0.3f, 1};
static const float made_agency_lat[] = {14.5f, NAN, NAN}, made_agency_lon[] = {121.0f, NAN, NAN};
static const char *const made_id[] = {"P, 1", "C<2>", "C&3", "C4", "D\"5\""};
static const char *const made_name[] = {"Province", "Sto. Ni\xc3\xb1o & Co", "City <3>", "", "City"};
static const uint64_t made_key[] = {11, 12, 13, 14, 15};
static const uint32_t made_country[] = {0, 0, 0, 0, 1};
static const uint32_t made_parent[] = {NLC_NO_PARENT, 0, 0, NLC_NO_PARENT, NLC_NO_PARENT};
static const uint32_t made_tier[] = {1, 0, 0, 0, 0};
static const double made_population[] = {1234567, 0.5, NAN, 8419000, NAN};
static const float made_lat[] = {1.5f, -2.237f, NAN, NAN, 4}, made_lon[] = {100, 101.5f, NAN, NAN, 102};
static const float made_line_weight[] = {1, 0.9f, 1, 1, 0.7f};
static const char *const made_tier_names[] = {"city", "province"};
static const uint32_t made_peer_first[] = {0, 0, 1, 3, 4, 4}, made_peer_from[] = {2, 1, 3, 2};
static const double made_peer_weight[] = {1, 1, 0.5, (double)0.4f};
static const uint32_t made_regional_first[] = {0, 0, 0, 0, 1, 2}, made_regional_from[] = {4, 3};
static const double made_regional_weight[] = {(double)0.8f, (double)0.8f};
static const uint32_t made_schedule[] = {0, 1, 0, 1, 0};
static const float made_lever_values[] = {3, 0, 3, 0.75f, 3, 0, 3, 0.25f}; /* [segment][schedule][lever] */
static const nlc_draw made_draws[] = {{.peer = {made_peer_first, made_peer_from, made_peer_weight},
                                       .regional = {made_regional_first, made_regional_from, made_regional_weight},
                                       .schedule = made_schedule}};
static const nlc_resolved made_scenario = {
    .model = &made_model,
    .num_countries = 2,
    .num_agencies = 3,
    .num_nodes = 5,
    .num_tiers = 2,
    .num_draws = 1,
    .num_schedules = 2,
    .num_segments = 2,
    .countries = made_countries,
    .agency_id = made_agency_id,
    .agency_name = made_agency_name,
    .agency_key = made_agency_key,
    .agency_country = made_agency_country,
    .agency_sector = made_agency_sector,
    .agency_weight = made_agency_weight,
    .agency_lat = made_agency_lat,
    .agency_lon = made_agency_lon,
    .id = made_id,
    .name = made_name,
    .key = made_key,
    .country = made_country,
    .parent = made_parent,
    .tier = made_tier,
    .population = made_population,
    .lat = made_lat,
    .lon = made_lon,
    .line_weight = made_line_weight,
    .tiers = {2, made_tier_names},
    .draws = made_draws,
    .levers = made_lever_values,
};

#endif
