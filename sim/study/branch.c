#include "branch.h"

#include <stdlib.h>
#include <string.h>

/* ---- What does not change over the months -------------------------------------------------------- */

static bool same(const void *a, const void *b, size_t num, size_t size)
{
    return num == 0 || memcmp(a, b, num * size) == 0;
}

static bool same_texts(const char *const *a, const char *const *b, uint32_t num)
{
    uint32_t k = 0;
    while (k < num && strcmp(a[k], b[k]) == 0)
        k++;
    return k == num;
}

static bool same_labels(const nlc_labels *a, const nlc_labels *b)
{
    return a->num == b->num && same_texts(a->text, b->text, a->num);
}

static bool same_channels(const nlc_channels *a, const nlc_channels *b, uint32_t num_nodes)
{
    return same(a->first, b->first, num_nodes + (size_t)1, sizeof *a->first) &&
           same(a->from, b->from, a->first[num_nodes], sizeof *a->from) &&
           same(a->weight, b->weight, a->first[num_nodes], sizeof *a->weight);
}

static bool same_counts(const nlc_resolved *a, const nlc_resolved *b)
{
    return a->model == b->model && a->num_months == b->num_months && a->start == b->start && a->num_countries == b->num_countries &&
           a->num_agencies == b->num_agencies && a->num_nodes == b->num_nodes && a->num_tiers == b->num_tiers &&
           a->num_draws == b->num_draws && a->num_classes == b->num_classes;
}

static bool same_agencies(const nlc_resolved *a, const nlc_resolved *b)
{
    const size_t num = a->num_agencies;
    return same(a->agency_key, b->agency_key, num, sizeof *a->agency_key) &&
           same(a->agency_country, b->agency_country, num, sizeof *a->agency_country) &&
           same(a->agency_sector, b->agency_sector, num, sizeof *a->agency_sector) &&
           same(a->agency_weight, b->agency_weight, num, sizeof *a->agency_weight);
}

static bool same_places(const nlc_resolved *a, const nlc_resolved *b)
{
    const size_t num = a->num_nodes;
    return same(a->key, b->key, num, sizeof *a->key) && same(a->country, b->country, num, sizeof *a->country) &&
           same(a->parent, b->parent, num, sizeof *a->parent) && same(a->tier, b->tier, num, sizeof *a->tier) &&
           same(a->group, b->group, num, sizeof *a->group) && same(a->size, b->size, num, sizeof *a->size) &&
           same(a->elected, b->elected, num, sizeof *a->elected) &&
           same(a->start_stage, b->start_stage, num, sizeof *a->start_stage) &&
           same(a->population, b->population, num, sizeof *a->population) &&
           same(a->line_weight, b->line_weight, num, sizeof *a->line_weight) &&
           same(a->attributes, b->attributes, num * a->model->num_attributes, sizeof *a->attributes);
}

/* The same member by member: between them there may be bytes that say nothing. */
static bool same_classes(const nlc_resolved *a, const nlc_resolved *b)
{
    uint32_t k = 0;
    for (; k < a->num_classes; k++) {
        const nlc_class *left = &a->classes[k], *right = &b->classes[k];
        if (left->country != right->country || left->tier != right->tier || left->wave != right->wave ||
            left->group != right->group || left->size != right->size)
            break;
    }
    return k == a->num_classes;
}

static bool same_draws(const nlc_resolved *a, const nlc_resolved *b)
{
    uint32_t k = 0;
    for (; k < a->num_draws; k++) {
        const nlc_draw *left = &a->draws[k], *right = &b->draws[k];
        if (!same_channels(&left->peer, &right->peer, a->num_nodes) ||
            !same_channels(&left->regional, &right->regional, a->num_nodes) ||
            !same(left->class_of, right->class_of, a->num_nodes, sizeof *left->class_of) ||
            !same(left->wave, right->wave, a->num_nodes, sizeof *left->wave))
            break;
    }
    return k == a->num_draws;
}

static bool same_world(const nlc_resolved *a, const nlc_resolved *b)
{
    return same_counts(a, b) && same_labels(&a->tiers, &b->tiers) && same_labels(&a->waves, &b->waves) &&
           same_labels(&a->groups, &b->groups) && same(a->tier_adopts, b->tier_adopts, a->num_tiers, sizeof *a->tier_adopts) &&
           same(a->countries, b->countries, a->num_countries, sizeof *a->countries) &&
           same(a->parameters, b->parameters, a->model->num_parameters, sizeof *a->parameters) && same_agencies(a, b) &&
           same_places(a, b) && same_classes(a, b) && same_draws(a, b);
}

/* ---- Levers ------------------------------------------------------------------------------------- */

/* The schedules that a place or an agency has in both scenarios. */
typedef struct {
    uint32_t a, b;
} pair;

static int compare_pairs(const void *left, const void *right)
{
    const pair *x = left, *y = right;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* All pairs of schedules in use, each once. */
static pair *list_pairs(const nlc_resolved *a, const nlc_resolved *b, size_t *num)
{
    const size_t most = a->num_agencies + (size_t)a->num_nodes * a->num_draws;
    pair *list = malloc((most + 1) * sizeof *list);
    size_t used = 0;
    *num = 0;
    if (list == NULL)
        return NULL;
    for (uint32_t k = 0; k < a->num_agencies; k++)
        list[used++] = (pair){a->agency_schedule[k], b->agency_schedule[k]};
    for (uint32_t d = 0; d < a->num_draws; d++)
        for (uint32_t i = 0; i < a->num_nodes; i++)
            list[used++] = (pair){a->draws[d].schedule[i], b->draws[d].schedule[i]};
    qsort(list, used, sizeof *list, compare_pairs);
    for (size_t k = 0; k < used; k++)
        if (k == 0 || compare_pairs(&list[k], &list[k - 1]) != 0)
            list[(*num)++] = list[k];
    return list;
}

static const float *levers_of(const nlc_resolved *scenario, uint32_t schedule, uint32_t month)
{
    const size_t row = (size_t)scenario->segment_of_month[month] * scenario->num_schedules + schedule;
    return scenario->levers + row * scenario->model->num_levers;
}

/* The last month of a lever that ends; the last of all where it never ends, or never begins. */
static uint32_t end_of_lever(const nlc_resolved *scenario, uint32_t schedule, uint32_t lever)
{
    uint32_t t = scenario->num_months;
    while (t > 0 && !(levers_of(scenario, schedule, t)[lever] > 0))
        t--;
    return t == 0 ? scenario->num_months : t;
}

/* Runs know from the start when the lever ahead ends, and may count in that month: it must not tell the
 * two apart while they are one. */
static uint32_t months_unforeseen(const nlc_resolved *a, const nlc_resolved *b, pair schedules, uint32_t lever)
{
    const uint32_t end_a = end_of_lever(a, schedules.a, lever), end_b = end_of_lever(b, schedules.b, lever);
    return end_a == end_b ? a->num_months : (end_a < end_b ? end_a : end_b) - 1;
}

static uint32_t months_of_pair(const nlc_resolved *a, const nlc_resolved *b, pair schedules)
{
    const nlc_model *model = a->model;
    const uint32_t ahead = model->lever_ahead == NULL ? NLC_NONE : nlc_model_lever(model, model->lever_ahead);
    uint32_t t = 0;
    while (t < a->num_months &&
           same(levers_of(a, schedules.a, t + 1), levers_of(b, schedules.b, t + 1), model->num_levers, sizeof(float)))
        t++;
    const uint32_t unforeseen = ahead == NLC_NONE ? t : months_unforeseen(a, b, schedules, ahead);
    return t < unforeseen ? t : unforeseen;
}

nlc_error nlc_shared_months(const nlc_resolved *a, const nlc_resolved *b, uint32_t *num_months)
{
    *num_months = 0;
    if (!same_world(a, b))
        return NLC_OK;
    size_t num_pairs;
    pair *list = list_pairs(a, b, &num_pairs);
    if (list == NULL)
        return NLC_ERROR_MEMORY;
    *num_months = a->num_months;
    for (size_t k = 0; k < num_pairs; k++) {
        const uint32_t months = months_of_pair(a, b, list[k]);
        *num_months = months < *num_months ? months : *num_months;
    }
    free(list);
    return NLC_OK;
}
