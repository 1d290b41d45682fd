#include "report.h"
#include "rank.h"

#include <math.h>
#include <stdlib.h>

static uint32_t row_of(const nlc_network_report *self, const nlc_resolved *scenario, uint32_t vertex)
{
    return vertex < scenario->num_nodes ? scenario->tier[vertex] : self->num_tiers;
}

static nlc_error count(nlc_network_report *self, const nlc_resolved *scenario, const nlc_channel_table *channels)
{
    const size_t num_rows = (size_t)self->num_tiers + 1;
    self->nodes = calloc(num_rows, sizeof *self->nodes);
    self->channels = calloc(num_rows * NLC_NUM_CHANNEL_KINDS, sizeof *self->channels);
    if (self->nodes == NULL || self->channels == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t v = 0; v < scenario->num_nodes + scenario->num_agencies; v++) {
        self->nodes[row_of(self, scenario, v)]++;
    }
    for (size_t j = 0; j < channels->num; j++) {
        const nlc_channel *channel = &channels->channel[j];
        self->channels[(size_t)row_of(self, scenario, channel->to) * NLC_NUM_CHANNEL_KINDS + channel->kind]++;
    }
    return NLC_OK;
}

/* ---- Structure --------------------------------------------------------------------------------------- */

static uint64_t key_of(const nlc_resolved *scenario, uint32_t vertex)
{
    return vertex < scenario->num_nodes ? scenario->key[vertex] : scenario->agency_key[vertex - scenario->num_nodes];
}

/* Adds the channels whose kind is a member of the set `kinds`, a bit for each kind. */
static nlc_error add_links(const nlc_channel_table *channels, unsigned kinds, nlc_links *links)
{
    for (size_t j = 0; j < channels->num; j++) {
        const nlc_channel *channel = &channels->channel[j];
        if ((kinds >> channel->kind & 1) != 0) {
            const nlc_error error = nlc_links_add(links, (nlc_link){channel->to, channel->from, channel->weight});
            if (error != NLC_OK) {
                return error;
            }
        }
    }
    return NLC_OK;
}

static nlc_error measure(nlc_structure *self, const uint64_t *key, uint32_t num_vertices, const nlc_channel_table *channels,
                         unsigned kinds)
{
    nlc_links links = {0};
    nlc_error error = add_links(channels, kinds, &links);
    if (error == NLC_OK) {
        error = nlc_structure_measure(self, key, num_vertices, &links);
    }
    nlc_links_free(&links);
    return error;
}

static nlc_error measure_structures(nlc_network_report *self, const nlc_resolved *scenario, const nlc_channel_table *channels)
{
    const uint32_t num_nodes = scenario->num_nodes, num_vertices = num_nodes + scenario->num_agencies;
    const unsigned across = 1u << NLC_CHANNEL_PEER | 1u << NLC_CHANNEL_REGIONAL, all = (1u << NLC_NUM_CHANNEL_KINDS) - 1;
    uint64_t *key = calloc((size_t)num_vertices + 1, sizeof *key);
    if (key == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t v = 0; v < num_vertices; v++) {
        key[v] = key_of(scenario, v);
    }
    nlc_error error = measure(&self->across, key, num_nodes, channels, across);
    if (error == NLC_OK) {
        error = measure(&self->all, key, num_vertices, channels, all);
    }
    free(key);
    return error;
}

/* ---- Betweenness -------------------------------------------------------------------------------------- */

static nlc_error measure_betweenness(nlc_network_report *self, const nlc_resolved *scenario, const nlc_channel_table *channels)
{
    const nlc_places places = {
        .num_places = scenario->num_nodes,
        .num_countries = scenario->num_countries,
        .id = scenario->id,
        .key = scenario->key,
        .country = scenario->country,
        .parent = scenario->parent,
        .tier = scenario->tier,
    };
    nlc_links peers = {0};
    self->betweenness = calloc((size_t)scenario->num_nodes + scenario->num_countries + 1, sizeof *self->betweenness);
    nlc_error error = self->betweenness != NULL ? add_links(channels, 1u << NLC_CHANNEL_PEER, &peers) : NLC_ERROR_MEMORY;
    if (error == NLC_OK) {
        nlc_links_sort(&peers);
        error = nlc_network_betweenness(&places, &peers, self->betweenness);
    }
    nlc_links_free(&peers);
    for (uint32_t c = 0; c < scenario->num_countries; c++) {
        self->betweenness_sampled |= scenario->countries[c].num_nodes > NLC_MAX_EXACT_BETWEENNESS;
    }
    return error;
}

static nlc_leader leader_at(const nlc_network_report *self, const nlc_resolved *scenario, uint32_t index)
{
    const bool is_place = index < scenario->num_nodes;
    const nlc_country *country = &scenario->countries[is_place ? scenario->country[index] : index - scenario->num_nodes];
    const double num_others = country->num_nodes; /* the country's places and its lead, less the vertex itself */
    const double num_pairs = num_others * (num_others - 1) / 2;
    return (nlc_leader){
        .vertex = is_place ? index : scenario->num_nodes + country->first_agency,
        .betweenness = self->betweenness[index],
        .share = num_pairs > 0 ? self->betweenness[index] / num_pairs : NAN,
    };
}

static nlc_error find_leaders(nlc_network_report *self, const nlc_resolved *scenario)
{
    const uint32_t num = scenario->num_nodes + scenario->num_countries;
    nlc_rank *order = calloc((size_t)num + 1, sizeof *order);
    if (order == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t v = 0; v < num; v++) {
        const bool is_place = v < scenario->num_nodes;
        const uint32_t vertex = is_place ? v : scenario->num_nodes + scenario->countries[v - scenario->num_nodes].first_agency;
        order[v] = (nlc_rank){nlc_rank_descending(self->betweenness[v]), key_of(scenario, vertex), v};
    }
    nlc_rank_sort(order, num);
    for (uint32_t k = 0; k < num && k < NLC_MAX_LEADERS && self->betweenness[order[k].index] > 0; k++) {
        self->leader[self->num_leaders++] = leader_at(self, scenario, order[k].index);
    }
    free(order);
    return NLC_OK;
}

nlc_error nlc_network_report_init(nlc_network_report *self, const nlc_resolved *scenario, const nlc_channel_table *channels)
{
    *self = (nlc_network_report){.num_tiers = scenario->num_tiers};
    nlc_error error = count(self, scenario, channels);
    if (error == NLC_OK) {
        error = measure_structures(self, scenario, channels);
    }
    if (error == NLC_OK) {
        error = measure_betweenness(self, scenario, channels);
    }
    if (error == NLC_OK) {
        error = find_leaders(self, scenario);
    }
    return error;
}

void nlc_network_report_free(nlc_network_report *self)
{
    free(self->nodes);
    free(self->channels);
    free(self->betweenness);
    *self = (nlc_network_report){0};
}
