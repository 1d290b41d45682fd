/* The network draws: channels and waves, by the rules of the network code. */
#include "plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { IDS, KEYS, COUNTRIES, COUNTRY_KEYS, PARENTS, TIERS, LATS, LONS, POPULATIONS, LEGACIES, READINESS, NUM_ARRAYS };

static void *array(nlc_draws *self, uint32_t which, size_t num, size_t size)
{
    self->memory[which] = malloc((num + 1) * size);
    return self->memory[which];
}

/* An attribute, and what the model uses where it is not given. */
typedef struct {
    uint32_t index;
    float otherwise;
} attribute_type;

static attribute_type attribute_named(const nlc_plan *plan, const char *name)
{
    const nlc_model *model = plan->scenario->model;
    attribute_type attribute = {nlc_model_attribute(model, name), 0.0F};
    const char *parameter = attribute.index == NLC_NONE ? NULL : model->attributes[attribute.index].parameter;
    const uint32_t k = parameter ? nlc_model_parameter(model, parameter) : NLC_NONE;
    attribute.otherwise = k == NLC_NONE ? 0.0F : plan->parameter[k];
    return attribute;
}

static float value_of(const nlc_scenario *scenario, uint32_t node, attribute_type attribute)
{
    if (attribute.index == NLC_NONE)
        return 0.0F;
    const float given = (float)scenario->attribute[(size_t)node * scenario->model->num_attributes + attribute.index];
    return isnan(given) ? attribute.otherwise : given;
}

typedef struct {
    const char **id;
    uint64_t *key, *country_key;
    uint32_t *country, *parent, *tier;
    float *lat, *lon, *legacy, *ready;
    double *population;
} arrays_type;

/* Where a place stands only by its siblings, distance means nothing and the hierarchy is used. */
static void fill(const nlc_plan *plan, const arrays_type *arrays)
{
    const nlc_scenario *scenario = plan->scenario;
    const attribute_type legacy = attribute_named(plan, "legacy"), capacity = attribute_named(plan, "start_capacity"),
                         role = attribute_named(plan, "start_role");
    for (uint32_t p = 0; p < scenario->num_places; p++) {
        const uint32_t i = scenario->place[p];
        const nlc_node *node = &scenario->node[i];
        arrays->id[p] = node->id;
        arrays->key[p] = nlc_hash(node->id, strlen(node->id));
        arrays->country[p] = node->country;
        arrays->parent[p] = scenario->node[node->parent].parent == NLC_NONE ? NLC_NO_PARENT : scenario->node[node->parent].place;
        arrays->tier[p] = node->tier;
        arrays->lat[p] = plan->beside[p] ? NAN : plan->lat[p];
        arrays->lon[p] = plan->beside[p] ? NAN : plan->lon[p];
        arrays->population[p] = node->population;
        arrays->legacy[p] = value_of(scenario, i, legacy);
        arrays->ready[p] = value_of(scenario, i, capacity) + value_of(scenario, i, role);
    }
    for (uint32_t k = 0; k < scenario->num_countries; k++) {
        const char *id = scenario->node[scenario->country[k].lead].id;
        arrays->country_key[k] = nlc_hash(id, strlen(id));
    }
}

nlc_error nlc_draws_init(nlc_draws *self, const nlc_plan *plan)
{
    const uint32_t num = plan->scenario->num_places, num_countries = plan->scenario->num_countries;
    *self = (nlc_draws){.wave = calloc((size_t)num + 1, sizeof *self->wave)};
    const arrays_type arrays = {.id = array(self, IDS, num, sizeof *arrays.id),
                                .key = array(self, KEYS, num, sizeof *arrays.key),
                                .country = array(self, COUNTRIES, num, sizeof *arrays.country),
                                .country_key = array(self, COUNTRY_KEYS, num_countries, sizeof *arrays.country_key),
                                .parent = array(self, PARENTS, num, sizeof *arrays.parent),
                                .tier = array(self, TIERS, num, sizeof *arrays.tier),
                                .lat = array(self, LATS, num, sizeof *arrays.lat),
                                .lon = array(self, LONS, num, sizeof *arrays.lon),
                                .population = array(self, POPULATIONS, num, sizeof *arrays.population),
                                .legacy = array(self, LEGACIES, num, sizeof *arrays.legacy),
                                .ready = array(self, READINESS, num, sizeof *arrays.ready)};
    bool complete = self->wave != NULL;
    for (uint32_t i = 0; i < NUM_ARRAYS; i++)
        complete = complete && self->memory[i];
    if (!complete)
        return NLC_ERROR_MEMORY;
    fill(plan, &arrays);
    self->places = (nlc_places){.num_places = num,
                                .num_countries = num_countries,
                                .id = arrays.id,
                                .key = arrays.key,
                                .country = arrays.country,
                                .country_key = arrays.country_key,
                                .parent = arrays.parent,
                                .tier = arrays.tier,
                                .lat = arrays.lat,
                                .lon = arrays.lon,
                                .population = arrays.population,
                                .legacy = arrays.legacy,
                                .ready = arrays.ready};
    return NLC_OK;
}

static nlc_error copy_channels(nlc_links *links, const nlc_scenario_channels *list)
{
    nlc_error error = NLC_OK;
    for (size_t j = 0; j < list->num && !error; j++)
        error = nlc_links_add(links, (nlc_link){list->channel[j].to, list->channel[j].from, list->channel[j].weight});
    return error;
}

static nlc_error make_channels(nlc_draws *self, const nlc_plan *plan, uint32_t draw)
{
    nlc_links_free(&self->peers);
    nlc_links_free(&self->regional);
    nlc_error error = plan->peers.kind == NLC_PEERS_FILE
                          ? copy_channels(&self->peers, &plan->scenario->peers)
                          : nlc_network_peers(&self->places, &plan->peers, plan->seed, draw, &self->peers);
    if (!error && plan->regional_file)
        error = copy_channels(&self->regional, &plan->scenario->regional);
    else if (!error && plan->num_central > 0)
        error = nlc_network_regional(&self->places, &self->peers, plan->num_central, &self->regional);
    if (!error)
        nlc_links_sort(&self->regional);
    return error;
}

static nlc_error make_waves(nlc_draws *self, const nlc_plan *plan, uint32_t draw)
{
    const nlc_scenario *scenario = plan->scenario;
    if (plan->waves.kind == NLC_WAVES_LISTED) {
        for (uint32_t p = 0; p < scenario->num_places; p++)
            self->wave[p] = scenario->node[scenario->place[p]].wave;
        return NLC_OK;
    }
    const nlc_error error = nlc_network_waves(&self->places, &self->peers, &plan->waves, plan->seed, draw, self->wave);
    for (uint32_t p = 0; p < scenario->num_places && !error; p++)
        self->wave[p]++;
    return error;
}

/* What no chance moves is the same in every draw and made once. */
nlc_error nlc_draws_make(nlc_draws *self, const nlc_plan *plan, uint32_t draw)
{
    const bool new_peers = draw == 0 || nlc_peer_rule_is_random(&plan->peers);
    const bool new_waves =
        draw == 0 || plan->waves.kind == NLC_WAVES_RANDOM || (new_peers && plan->waves.kind == NLC_WAVES_CENTRAL);
    const nlc_error error = new_peers ? make_channels(self, plan, draw) : NLC_OK;
    return error || !new_waves ? error : make_waves(self, plan, draw);
}

void nlc_draws_free(nlc_draws *self)
{
    nlc_links_free(&self->peers);
    nlc_links_free(&self->regional);
    free(self->wave);
    for (uint32_t i = 0; i < NUM_ARRAYS; i++)
        free(self->memory[i]);
    *self = (nlc_draws){0};
}
