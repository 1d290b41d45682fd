/* Names that another model knows; see others.h. */
#include "others.h"

#include <string.h>

static bool has_column(const nlc_model *model, const char *name)
{
    for (uint32_t l = 0; l < model->num_levers; l++)
        if (model->levers[l].attribute && strcmp(model->levers[l].attribute, name) == 0)
            return true;
    return nlc_model_attribute(model, name) != NLC_NONE;
}

static bool has_name(const nlc_model *model, nlc_name_kind kind, const char *name)
{
    switch (kind) {
    case NLC_NAME_LEVER:
        return nlc_model_lever(model, name) != NLC_NONE;
    case NLC_NAME_PARAMETER:
        return nlc_model_parameter(model, name) != NLC_NONE;
    case NLC_NAME_COLUMN:
        return has_column(model, name);
    case NLC_NAME_MEASURE:
        break;
    }
    return nlc_model_measure(model, name) != NLC_NONE;
}

const nlc_model *nlc_others_find(const nlc_model *model, nlc_name_kind kind, const char *name)
{
    for (const nlc_model *const *other = nlc_models(); *other; other++)
        if (*other != model && has_name(*other, kind, name))
            return *other;
    return NULL;
}

bool nlc_others_count(nlc_others *self, const nlc_model *model, nlc_name_kind kind, const char *name, nlc_where where)
{
    const nlc_model *other = nlc_others_find(model, kind, name);
    if (other && self->num == 0) {
        self->where = where;
        self->name = other->name;
    }
    self->num += other ? 1 : 0;
    return other != NULL;
}

void nlc_others_note(const nlc_others *self, const nlc_model *model, const char *what, nlc_problems *problems)
{
    if (self->num > 0)
        nlc_problems_note(problems, self->where,
                          "this row and %lu more name %s of other models (%s); the model '%s' passes over them",
                          (unsigned long)self->num - 1, what, self->name, model->name);
}
