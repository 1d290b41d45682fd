/* Which nodes a row means, and the nearest known names. */
#include "tables.h"

#include <string.h>

/* Looking for a near id takes a walk over all of them. */
#define MOST_HINTED 50000U

static const char *lever_name(const void *context, uint32_t i)
{
    return ((const nlc_model *)context)->levers[i].name;
}

static const char *parameter_name(const void *context, uint32_t i)
{
    return ((const nlc_model *)context)->parameters[i].name;
}

static const char *word_name(const void *context, uint32_t i)
{
    return ((const nlc_words *)context)->text[i];
}

static const char *node_name(const void *context, uint32_t i)
{
    const nlc_scenario *self = context;
    return i < self->num_nodes ? self->node[i].id : self->agency[i - self->num_nodes].id;
}

const char *nlc_lever_hint(const nlc_model *model, const char *name, char *buffer)
{
    return nlc_hint(buffer, nlc_nearest(name, lever_name, model, model->num_levers));
}

const char *nlc_parameter_hint(const nlc_model *model, const char *name, char *buffer)
{
    return nlc_hint(buffer, nlc_nearest(name, parameter_name, model, model->num_parameters));
}

const char *nlc_words_hint(const nlc_words *words, const nlc_problems *problems, const char *word, char *buffer)
{
    const bool seek = words->num <= MOST_HINTED && problems->num_problems < NLC_PROBLEMS_SHOWN;
    return nlc_hint(buffer, seek ? nlc_nearest(word, word_name, words, words->num) : NULL);
}

const char *nlc_node_hint(const nlc_scenario *self, const nlc_problems *problems, const char *id, char *buffer)
{
    const uint32_t num = self->num_nodes + self->num_agencies;
    const bool seek = num <= MOST_HINTED && problems->num_problems < NLC_PROBLEMS_SHOWN;
    return nlc_hint(buffer, seek ? nlc_nearest(id, node_name, self, num) : NULL);
}

static bool find_word(const nlc_words *words, const char *what, const char *text, nlc_where where, uint32_t *word,
                      nlc_problems *problems)
{
    char hint[NLC_HINT_LENGTH];
    *word = NLC_NONE;
    if (text[0] == '\0')
        return true;
    *word = nlc_words_find(words, text);
    if (*word == NLC_NONE)
        nlc_problems_add(problems, where, "'%s' is not a %s of %s%s", text, what, nlc_table_file(NLC_TABLE_NODES),
                         nlc_words_hint(words, problems, text, hint));
    return *word != NLC_NONE;
}

bool nlc_selector_read(nlc_scenario *self, nlc_selector_text text, nlc_where where, nlc_selector *selector, nlc_problems *problems)
{
    char hint[NLC_HINT_LENGTH];
    *selector = (nlc_selector){NLC_NONE, NLC_NONE, NLC_NONE, NLC_NONE, NLC_NONE};
    bool good = true;
    if (text.under[0] != '\0') {
        selector->under = nlc_index_find(&self->nodes, text.under);
        selector->agency = nlc_index_find(&self->agencies, text.under);
        good = selector->under != NLC_NONE || selector->agency != NLC_NONE;
        if (!good)
            nlc_problems_add(problems, where, "under '%s' is not a node%s", text.under,
                             nlc_node_hint(self, problems, text.under, hint));
    }
    good = find_word(&self->tiers, "tier", text.tier, where, &selector->tier, problems) && good;
    if (text.wave[0] != '\0' && nlc_words_add(&self->waves, &self->arena, text.wave, &selector->wave))
        problems->out_of_memory = true;
    return find_word(&self->groups, "group", text.group, where, &selector->group, problems) && good;
}

bool nlc_months_fit(const nlc_lever *lever, const nlc_value *from, const nlc_value *to, nlc_where where, nlc_problems *problems)
{
    const bool waits = from->when.kind == NLC_WHEN_WAVE || to->when.kind == NLC_WHEN_WAVE;
    if (lever && lever->scope == NLC_LEVER_COUNTRY && waits) {
        nlc_problems_add(problems, where, "%s belongs to a country as a whole, which has no wave: w+N cannot be used", lever->name);
        return false;
    }
    if (from->when.kind == to->when.kind && from->when.kind != NLC_WHEN_OPEN && from->when.value > to->when.value) {
        nlc_problems_add(problems, where, "from %s comes after to %s", from->text, to->text);
        return false;
    }
    return true;
}

bool nlc_selector_fits(const nlc_scenario *self, uint32_t l, const nlc_selector *selector, nlc_where where, nlc_problems *problems)
{
    const nlc_lever *lever = &self->model->levers[l];
    const bool narrowed = selector->tier != NLC_NONE || selector->wave != NLC_NONE || selector->group != NLC_NONE;
    if (lever->scope == NLC_LEVER_COUNTRY && narrowed) {
        nlc_problems_add(problems, where, "%s belongs to a country as a whole: tier, wave and group must be empty", lever->name);
        return false;
    }
    const bool is_lead = selector->under != NLC_NONE && self->node[selector->under].parent == NLC_NONE;
    if (lever->scope == NLC_LEVER_COUNTRY && (selector->agency != NLC_NONE || (selector->under != NLC_NONE && !is_lead))) {
        nlc_problems_add(problems, where, "%s belongs to a country as a whole: under must be the id of its lead, or empty",
                         lever->name);
        return false;
    }
    if (selector->agency == NLC_NONE)
        return true;
    const nlc_agency *agency = &self->agency[selector->agency];
    if (lever->scope != NLC_LEVER_ANY)
        nlc_problems_add(problems, where, "%s acts on places, and '%s' is an agency", lever->name, agency->id);
    else if (agency->sector == NLC_SECTOR_SECURITY)
        nlc_problems_add(problems, where, "%s acts on agencies with slots, and '%s' is a security agency", lever->name, agency->id);
    else if (narrowed)
        nlc_problems_add(problems, where, "'%s' is an agency, which has no tier, wave or group", agency->id);
    return lever->scope == NLC_LEVER_ANY && agency->sector != NLC_SECTOR_SECURITY && !narrowed;
}
