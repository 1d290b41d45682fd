/* The classes that places fall into, in their order; the tallies of the engine are counted by class. */
#include "resolved_parser.h"

#include <string.h>

static bool same_class(const nlc_class *a, const nlc_class *b)
{
    return a->country == b->country && a->tier == b->tier && a->wave == b->wave && a->group == b->group && a->size == b->size;
}

static bool class_before(const nlc_class *a, const nlc_class *b)
{
    if (a->country != b->country)
        return a->country < b->country;
    if (a->tier != b->tier)
        return a->tier < b->tier;
    if (a->wave != b->wave)
        return a->wave < b->wave;
    if (a->group != b->group)
        return a->group < b->group;
    return a->size < b->size;
}

static bool find_class(nlc_parser *self, const nlc_class *wanted, uint32_t *index)
{
    uint64_t key = nlc_mix(wanted->country | (uint64_t)wanted->tier << 32) ^
                   nlc_mix(wanted->wave | (uint64_t)wanted->group << 32 | (uint64_t)wanted->size << 60);
    uint32_t at = (uint32_t)key & (self->num_slots - 1);
    for (; self->slots[at] != 0; at = (at + 1) & (self->num_slots - 1)) {
        *index = self->slots[at] - 1;
        if (same_class(&self->classes[*index], wanted))
            return true;
    }
    if (self->out->num_classes == NLC_MAX_CLASSES)
        return nlc_parser_fail(self, "there are more than 16384 sets of country, tier, wave, group and size");
    *index = self->out->num_classes++;
    self->slots[at] = *index + 1;
    self->classes[*index] = *wanted;
    return true;
}

/* Shell sort: few classes, no library. `order` holds old indices, and its inverse is returned in
 * `rank`; both lie in the table of slots, which is free by now. */
static void sort_classes(nlc_parser *self, uint32_t *order, uint32_t *rank)
{
    uint32_t num = self->out->num_classes;
    for (uint32_t k = 0; k < num; k++)
        order[k] = k;
    for (uint32_t gap = num / 2; gap > 0; gap /= 2) {
        for (uint32_t k = gap; k < num; k++) {
            nlc_class moving = self->classes[k];
            uint32_t old = order[k], j = k;
            for (; j >= gap && class_before(&moving, &self->classes[j - gap]); j -= gap) {
                self->classes[j] = self->classes[j - gap];
                order[j] = order[j - gap];
            }
            self->classes[j] = moving;
            order[j] = old;
        }
    }
    for (uint32_t k = 0; k < num; k++)
        rank[order[k]] = k;
}

bool nlc_parser_make_classes(nlc_parser *self)
{
    nlc_resolved *out = self->out;
    size_t num = (size_t)out->num_draws * out->num_nodes;
    out->waves = nlc_label_list_sort(&self->waves, self->wave, num);
    memset(self->slots, 0, self->num_slots * sizeof *self->slots);
    for (size_t k = 0; k < num; k++) {
        uint32_t i = (uint32_t)(k % out->num_nodes);
        nlc_class class = {self->country[i], self->tier[i], self->wave[k], self->group[i], (nlc_size)self->size[i]};
        if (!find_class(self, &class, &self->class_of[k]))
            return false;
    }
    sort_classes(self, self->slots, self->slots + NLC_MAX_CLASSES);
    for (size_t k = 0; k < num; k++)
        self->class_of[k] = self->slots[NLC_MAX_CLASSES + self->class_of[k]];
    for (uint32_t d = 0; d < out->num_draws; d++) {
        size_t at = (size_t)d * out->num_nodes;
        self->draws[d].schedule = self->schedule + at;
        self->draws[d].class_of = self->class_of + at;
        self->draws[d].wave = self->wave + at;
    }
    return true;
}
