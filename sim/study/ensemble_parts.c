/* The parts of the places that an ensemble gives results for, and the rows of its roadmap. */
#include "ensemble_parts.h"

#include <stdlib.h>

bool nlc_split_has(const nlc_split *split, const nlc_class *class)
{
    return (split->country == NLC_NONE || split->country == class->country) &&
           (split->tier == NLC_NONE || split->tier == class->tier) && (split->wave == NLC_NONE || split->wave == class->wave) &&
           (split->group == NLC_NONE || split->group == class->group) &&
           (split->size == NLC_NONE || split->size == (uint32_t) class->size);
}

static void add_split(nlc_ensemble *self, nlc_split split)
{
    bool used = false;
    for (uint32_t k = 0; k < self->scenario->num_classes && !used; k++)
        used = nlc_split_has(&split, &self->scenario->classes[k]);
    if (used)
        self->splits[self->num_splits++] = split;
}

/* The label "" is no split of its own. */
static bool is_named(const nlc_labels *labels, uint32_t k)
{
    return labels->text[k][0] != '\0';
}

nlc_error nlc_ensemble_list_splits(nlc_ensemble *self)
{
    const nlc_resolved *scenario = self->scenario;
    const nlc_split all = {NLC_NONE, NLC_NONE, NLC_NONE, NLC_NONE, NLC_NONE};
    size_t most = 3 + scenario->num_countries + scenario->num_tiers + scenario->waves.num + scenario->groups.num +
                  (size_t)scenario->num_countries * scenario->num_tiers;
    self->splits = malloc(most * sizeof *self->splits);
    if (!self->splits)
        return NLC_ERROR_MEMORY;
    add_split(self, all);
    nlc_split one = all;
    for (one.country = 0; one.country < scenario->num_countries; one.country++)
        add_split(self, one);
    one = all;
    for (one.tier = 0; one.tier < scenario->num_tiers; one.tier++)
        add_split(self, one);
    one = all;
    for (one.wave = 0; one.wave < scenario->waves.num; one.wave++)
        if (is_named(&scenario->waves, one.wave))
            add_split(self, one);
    one = all;
    for (one.group = 0; one.group < scenario->groups.num; one.group++)
        if (is_named(&scenario->groups, one.group))
            add_split(self, one);
    one = all;
    for (one.size = NLC_SIZE_SMALL; one.size <= NLC_SIZE_LARGE; one.size++)
        add_split(self, one);
    one = all;
    for (one.country = 0; scenario->num_countries > 1 && one.country < scenario->num_countries; one.country++)
        for (one.tier = 0; one.tier < scenario->num_tiers; one.tier++)
            add_split(self, one);
    return NLC_OK;
}

static bool same_classes(const nlc_ensemble *self, const nlc_split *a, const nlc_split *b)
{
    bool same = true;
    for (uint32_t k = 0; k < self->scenario->num_classes && same; k++)
        same = nlc_split_has(a, &self->scenario->classes[k]) == nlc_split_has(b, &self->scenario->classes[k]);
    return same;
}

nlc_error nlc_ensemble_list_parts(nlc_ensemble *self)
{
    self->part = malloc(self->num_splits * sizeof *self->part);
    if (!self->part)
        return NLC_ERROR_MEMORY;
    for (uint32_t s = 0; s < self->num_splits; s++) {
        uint32_t first = 0;
        while (!same_classes(self, &self->splits[first], &self->splits[s]))
            first++;
        self->part[s] = first < s ? self->part[first] : self->num_parts++;
    }
    return NLC_OK;
}

static bool has_children(const nlc_resolved *scenario, uint32_t node)
{
    return scenario->first_child[node + 1] > scenario->first_child[node];
}

nlc_error nlc_ensemble_list_rows(nlc_ensemble *self, bool places)
{
    const nlc_resolved *scenario = self->scenario;
    size_t most = (size_t)scenario->waves.num + scenario->num_countries + scenario->num_tiers + scenario->num_nodes;
    self->rows = malloc(most * sizeof *self->rows);
    if (!self->rows)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < scenario->waves.num; k++)
        if (is_named(&scenario->waves, k))
            self->rows[self->num_rows++] = (nlc_roadmap_row){NLC_ROADMAP_WAVE, k};
    for (uint32_t k = 0; k < scenario->num_countries; k++)
        self->rows[self->num_rows++] = (nlc_roadmap_row){NLC_ROADMAP_COUNTRY, k};
    for (uint32_t k = 0; k < scenario->num_tiers; k++)
        self->rows[self->num_rows++] = (nlc_roadmap_row){NLC_ROADMAP_TIER, k};
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        if (places || has_children(scenario, i))
            self->rows[self->num_rows++] = (nlc_roadmap_row){NLC_ROADMAP_NODE, i};
    return NLC_OK;
}
