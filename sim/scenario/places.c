/* Where places stand, and which of them are large. Means and medians go over the places in their
 * canonical order, so that the order of the rows cannot move them. */
#include "plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sum of positions. Longitudes are taken relative to the first, so that a country on both sides of
 * the date line has its middle there. */
typedef struct {
    double lat, lon, first_lon;
    uint32_t num;
} sum_type;

static void add_position(sum_type *self, double lat, double lon)
{
    if (self->num == 0)
        self->first_lon = lon;
    if (lon - self->first_lon > 180.0)
        lon -= 360.0;
    if (lon - self->first_lon < -180.0)
        lon += 360.0;
    self->lat += lat;
    self->lon += lon;
    self->num++;
}

static void mean_position(const sum_type *self, float *lat, float *lon)
{
    const double mean = self->lon / self->num;
    *lat = (float)(self->lat / self->num);
    *lon = (float)(mean > 180.0 ? mean - 360.0 : mean < -180.0 ? mean + 360.0 : mean);
}

/* Every place with coordinates counts for all above it. */
static void add_descendants(const nlc_scenario *self, sum_type *below)
{
    for (uint32_t p = 0; p < self->num_places; p++) {
        const nlc_node *node = &self->node[self->place[p]];
        if (isnan(node->lat))
            continue;
        for (uint32_t up = node->parent; up != NLC_NONE; up = self->node[up].parent)
            add_position(&below[up], (double)node->lat, (double)node->lon);
    }
}

static void place_by_descendants(nlc_plan *self, const sum_type *below)
{
    const nlc_scenario *scenario = self->scenario;
    for (uint32_t p = 0; p < scenario->num_places; p++) {
        const uint32_t i = scenario->place[p];
        self->lat[p] = scenario->node[i].lat;
        self->lon[p] = scenario->node[i].lon;
        self->placed[p] = isnan(self->lat[p]) && below[i].num > 0;
        if (self->placed[p])
            mean_position(&below[i], &self->lat[p], &self->lon[p]);
    }
    for (uint32_t k = 0; k < scenario->num_countries; k++) {
        const uint32_t i = scenario->country[k].lead;
        self->lead_lat[k] = scenario->node[i].lat;
        self->lead_lon[k] = scenario->node[i].lon;
        if (isnan(self->lead_lat[k]) && below[i].num > 0)
            mean_position(&below[i], &self->lead_lat[k], &self->lead_lon[k]);
    }
}

static void place_by_siblings(nlc_plan *self, sum_type *beside)
{
    const nlc_scenario *scenario = self->scenario;
    memset(beside, 0, scenario->num_nodes * sizeof *beside);
    for (uint32_t p = 0; p < scenario->num_places; p++)
        if (!isnan(self->lat[p]))
            add_position(&beside[scenario->node[scenario->place[p]].parent], (double)self->lat[p], (double)self->lon[p]);
    for (uint32_t p = 0; p < scenario->num_places; p++) {
        const sum_type *sum = &beside[scenario->node[scenario->place[p]].parent];
        self->beside[p] = isnan(self->lat[p]) && sum->num > 0;
        self->placed[p] = self->placed[p] || self->beside[p];
        if (self->beside[p])
            mean_position(sum, &self->lat[p], &self->lon[p]);
    }
}

/* ---- Sizes ------------------------------------------------------------------------------------- */

typedef struct {
    uint32_t country, tier, place;
    double population;
} person_type;

static int compare(const void *left, const void *right)
{
    const person_type *a = left, *b = right;
    if (a->country != b->country)
        return a->country < b->country ? -1 : 1;
    if (a->tier != b->tier)
        return a->tier < b->tier ? -1 : 1;
    return a->population < b->population ? -1 : a->population > b->population;
}

/* Adopting places of one country and tier against their median: a tier that adopts no plan is not
 * parted, since nothing of it is reported by size. */
static nlc_error find_sizes(nlc_plan *self)
{
    const nlc_scenario *scenario = self->scenario;
    person_type *person = malloc(((size_t)scenario->num_places + 1) * sizeof *person);
    if (!person)
        return NLC_ERROR_MEMORY;
    uint32_t num = 0;
    for (uint32_t p = 0; p < scenario->num_places; p++) {
        const nlc_node *node = &scenario->node[scenario->place[p]];
        if (self->adopts[node->tier] && !isnan(node->population))
            person[num++] = (person_type){node->country, node->tier, p, node->population};
    }
    if (num > 0)
        qsort(person, num, sizeof *person, compare);
    for (uint32_t first = 0, end; first < num; first = end) {
        for (end = first; end < num && person[end].country == person[first].country && person[end].tier == person[first].tier;)
            end++;
        const uint32_t middle = first + (end - first) / 2;
        const double upper = person[middle].population;
        const double median = (end - first) % 2 == 1 ? upper : (person[middle - 1].population + upper) / 2.0;
        for (uint32_t i = first; i < end; i++)
            self->size[person[i].place] = person[i].population < median ? NLC_SIZE_SMALL : NLC_SIZE_LARGE;
    }
    free(person);
    return NLC_OK;
}

nlc_error nlc_plan_places(nlc_plan *self)
{
    const size_t num = (size_t)self->scenario->num_places + 1, num_countries = (size_t)self->scenario->num_countries + 1;
    self->lat = malloc(num * sizeof *self->lat);
    self->lon = malloc(num * sizeof *self->lon);
    self->placed = calloc(num, sizeof *self->placed);
    self->beside = calloc(num, sizeof *self->beside);
    self->lead_lat = malloc(num_countries * sizeof *self->lead_lat);
    self->lead_lon = malloc(num_countries * sizeof *self->lead_lon);
    self->size = calloc(num, sizeof *self->size);
    sum_type *sum = calloc((size_t)self->scenario->num_nodes + 1, sizeof *sum);
    if (!self->lat || !self->lon || !self->placed || !self->beside || !self->lead_lat || !self->lead_lon || !self->size || !sum) {
        free(sum);
        return NLC_ERROR_MEMORY;
    }
    add_descendants(self->scenario, sum);
    place_by_descendants(self, sum);
    place_by_siblings(self, sum);
    free(sum);
    return find_sizes(self);
}
