#include "channels.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[NLC_NUM_CHANNEL_KINDS] = {"peer", "regional", "direct", "line", "oversight"};

const char *nlc_channel_kind_name(nlc_channel_kind kind)
{
    return kind_names[kind];
}

bool nlc_channel_kind_read(const char *name, nlc_channel_kind *kind)
{
    for (int k = 0; k < NLC_NUM_CHANNEL_KINDS; k++) {
        if (strcmp(name, kind_names[k]) == 0) {
            *kind = (nlc_channel_kind)k;
            return true;
        }
    }
    return false;
}

const char *nlc_vertex_id(const nlc_resolved *scenario, uint32_t vertex)
{
    return vertex < scenario->num_nodes ? scenario->id[vertex] : scenario->agency_id[vertex - scenario->num_nodes];
}

/* ---- Collecting ------------------------------------------------------------------------------------ */

static void add(nlc_channel_table *self, nlc_channel channel)
{
    self->channel[self->num++] = channel;
}

static void add_both(nlc_channel_table *self, nlc_channel channel)
{
    add(self, channel);
    add(self, (nlc_channel){.to = channel.from, .from = channel.to, .weight = channel.weight, .kind = channel.kind});
}

static void add_listed(nlc_channel_table *self, const nlc_channels *channels, uint32_t num_nodes, nlc_channel_kind kind)
{
    for (uint32_t i = 0; i < num_nodes; i++) {
        for (uint32_t j = channels->first[i]; j < channels->first[i + 1]; j++) {
            add(self, (nlc_channel){.to = i, .from = channels->from[j], .weight = (float)channels->weight[j], .kind = kind});
        }
    }
}

static uint32_t lead_of(const nlc_resolved *scenario, uint32_t country)
{
    return scenario->num_nodes + scenario->countries[country].first_agency;
}

static void add_lines(nlc_channel_table *self, const nlc_resolved *scenario)
{
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        const uint32_t parent = scenario->parent[i];
        const uint32_t above = parent == NLC_NO_PARENT ? lead_of(scenario, scenario->country[i]) : parent;
        add_both(self, (nlc_channel){.to = i, .from = above, .weight = scenario->line_weight[i], .kind = NLC_CHANNEL_LINE});
    }
}

static uint32_t find_lever(const nlc_model *model, const char *name)
{
    for (uint32_t k = 0; k < model->num_levers; k++) {
        if (strcmp(model->levers[k].name, name) == 0) {
            return k;
        }
    }
    return NLC_NONE;
}

static float largest_value(const nlc_resolved *scenario, uint32_t schedule, uint32_t lever)
{
    const size_t num_levers = scenario->model->num_levers;
    float largest = 0;
    for (uint32_t s = 0; s < scenario->num_segments; s++) {
        const float value = scenario->levers[((size_t)s * scenario->num_schedules + schedule) * num_levers + lever];
        largest = value > largest ? value : largest;
    }
    return largest;
}

static void add_direct(nlc_channel_table *self, const nlc_resolved *scenario, const nlc_draw *draw)
{
    const uint32_t lever = find_lever(scenario->model, "direct_channel");
    for (uint32_t i = 0; lever != NLC_NONE && i < scenario->num_nodes; i++) {
        const float weight = largest_value(scenario, draw->schedule[i], lever);
        if (scenario->parent[i] != NLC_NO_PARENT && weight > 0) {
            const uint32_t lead = lead_of(scenario, scenario->country[i]);
            add_both(self, (nlc_channel){.to = i, .from = lead, .weight = weight, .kind = NLC_CHANNEL_DIRECT});
        }
    }
}

static void add_oversight(nlc_channel_table *self, const nlc_resolved *scenario)
{
    for (uint32_t a = 0; a < scenario->num_agencies; a++) {
        const uint32_t lead = lead_of(scenario, scenario->agency_country[a]), agency = scenario->num_nodes + a;
        if (agency != lead) {
            const float weight = scenario->agency_weight[a];
            add_both(self, (nlc_channel){.to = agency, .from = lead, .weight = weight, .kind = NLC_CHANNEL_OVERSIGHT});
        }
    }
}

static int compare(const void *left, const void *right)
{
    const nlc_channel *a = left, *b = right;
    if (a->to != b->to) {
        return a->to < b->to ? -1 : 1;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    return (a->from > b->from) - (a->from < b->from);
}

void nlc_channel_table_sort(nlc_channel_table *self)
{
    if (self->num > 0) {
        qsort(self->channel, self->num, sizeof *self->channel, compare);
    }
}

const nlc_channel *nlc_channel_table_find(const nlc_channel_table *self, uint32_t to, nlc_channel_kind kind, uint32_t from)
{
    const nlc_channel wanted = {.to = to, .from = from, .kind = kind};
    return self->num > 0 ? bsearch(&wanted, self->channel, self->num, sizeof wanted, compare) : NULL;
}

nlc_error nlc_channel_table_init(nlc_channel_table *self, const nlc_resolved *scenario, uint32_t draw_number)
{
    assert(draw_number < scenario->num_draws);
    const nlc_draw *draw = &scenario->draws[draw_number];
    const size_t num_nodes = scenario->num_nodes;
    const size_t num_listed = (size_t)draw->peer.first[num_nodes] + draw->regional.first[num_nodes];
    const size_t num_lines_and_direct = 4 * num_nodes, num_oversight = 2 * (size_t)scenario->num_agencies;
    *self = (nlc_channel_table){0};
    self->channel = calloc(num_listed + num_lines_and_direct + num_oversight + 1, sizeof *self->channel);
    if (self->channel == NULL) {
        return NLC_ERROR_MEMORY;
    }
    add_listed(self, &draw->peer, scenario->num_nodes, NLC_CHANNEL_PEER);
    add_listed(self, &draw->regional, scenario->num_nodes, NLC_CHANNEL_REGIONAL);
    add_direct(self, scenario, draw);
    add_lines(self, scenario);
    add_oversight(self, scenario);
    nlc_channel_table_sort(self);
    return NLC_OK;
}

void nlc_channel_table_free(nlc_channel_table *self)
{
    free(self->channel);
    *self = (nlc_channel_table){0};
}
