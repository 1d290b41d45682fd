/* Loads a scenario folder: every table is read and checked, so that all problems come out at once. */
#include "scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *model_name(const void *context, uint32_t i)
{
    return ((const nlc_model *const *)context)[i]->name;
}

/* Which of the model's levers take their base value from a column. */
static nlc_error list_bases(nlc_scenario *self)
{
    self->base_lever = malloc((self->model->num_levers + 1) * sizeof *self->base_lever);
    if (!self->base_lever)
        return NLC_ERROR_MEMORY;
    for (uint32_t l = 0; l < self->model->num_levers; l++)
        if (self->model->levers[l].attribute)
            self->base_lever[self->num_bases++] = l;
    return NLC_OK;
}

static nlc_error list_parameters(nlc_scenario *self)
{
    const uint32_t num = self->model->num_parameters;
    self->parameter = malloc((num + 1) * sizeof *self->parameter);
    self->parameter_where = calloc(num + 1, sizeof *self->parameter_where);
    self->parameter_origin = calloc(num + 1, sizeof *self->parameter_origin);
    if (!self->parameter || !self->parameter_where || !self->parameter_origin)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < num; k++)
        self->parameter[k] = self->model->parameters[k].value;
    return NLC_OK;
}

/* The columns of the tables depend on the model, so it must be known before they are read. */
static nlc_error choose_model(nlc_scenario *self, const nlc_model *const *models, const char *model, nlc_problems *problems)
{
    const nlc_key_value *key = &self->key[NLC_KEY_MODEL];
    const char *name = model ? model : key->folder == NLC_NONE ? nlc_key_column(NLC_KEY_MODEL)->empty : key->value.text;
    char hint[NLC_HINT_LENGTH];
    uint32_t num = 0;
    const nlc_model *found = NULL;
    for (; models[num]; num++)
        found = strcmp(models[num]->name, name) == 0 ? models[num] : found;
    if (!found && key->folder != NLC_NONE)
        nlc_problems_add(problems, key->where, "'%s' is not a model%s", name,
                         nlc_hint(hint, nlc_nearest(name, model_name, models, num)));
    self->model = found ? found : models[0];
    const nlc_error error = list_bases(self);
    return error ? error : list_parameters(self);
}

static void choose_tables(nlc_scenario *self)
{
    for (uint32_t t = 0; t < NLC_NUM_TABLES; t++) {
        self->table_folder[t] = NLC_NONE;
        for (uint32_t f = self->num_folders; f-- > 0;)
            if (self->folder[f].file[t])
                self->table_folder[t] = f;
    }
}

static nlc_error add_first_words(nlc_scenario *self)
{
    uint32_t word;
    nlc_error error = nlc_words_add(&self->tiers, &self->arena, "", &word);
    if (!error)
        error = nlc_words_add(&self->waves, &self->arena, "", &word);
    return error ? error : nlc_words_add(&self->groups, &self->arena, "", &word);
}

/* Without nodes nothing else can be checked; any other table that cannot be read only hides its own
 * rows. */
static nlc_error read_tables(nlc_scenario *self, nlc_problems *problems)
{
    static const struct {
        nlc_table table;
        nlc_error (*read)(nlc_scenario *self, nlc_problems *problems);
    } step[] = {
        {NLC_TABLE_NODES, nlc_nodes_read},           {NLC_TABLE_NODES, nlc_tree_build},
        {NLC_TABLE_AGENCIES, nlc_agencies_read},     {NLC_TABLE_CHANNELS, nlc_channels_read},
        {NLC_TABLE_WAVES, nlc_waves_read},           {NLC_TABLE_LEVERS, nlc_levers_read},
        {NLC_TABLE_PARAMETERS, nlc_parameters_read}, {NLC_TABLE_OBSERVED, nlc_observed_read},
    };
    for (size_t i = 0; i < sizeof step / sizeof *step; i++) {
        const size_t before = problems->num_problems;
        const nlc_error error = step[i].read(self, problems);
        self->is_flawed[step[i].table] = self->is_flawed[step[i].table] || problems->num_problems > before;
        if (error && error != NLC_ERROR_INPUT)
            return error;
        if (error && i == 0)
            return nlc_parameters_read(self, problems);
    }
    return NLC_OK;
}

/* What the tables mean together is checked when the scenario is resolved. Where it will not be,
 * because something is wrong already, the rest is to be reported all the same. */
static nlc_error read_folder(nlc_scenario *self, const nlc_model *const *models, const char *model, nlc_problems *problems)
{
    nlc_error error = choose_model(self, models, model, problems);
    choose_tables(self);
    if (!error)
        error = read_tables(self, problems);
    if (!error && problems->num_problems > 0 && self->num_countries > 0)
        error = nlc_scenario_check(self, problems);
    return error;
}

nlc_error nlc_scenario_load(nlc_scenario *self, const char *path, const nlc_model *const *models, nlc_problems *problems)
{
    const nlc_naming nothing = {{"", 0, 0}, NULL};
    return nlc_scenario_load_as(self, path, models, &nothing, problems);
}

nlc_error nlc_scenario_load_as(nlc_scenario *self, const char *path, const nlc_model *const *models, const nlc_naming *naming,
                               nlc_problems *problems)
{
    *self = (nlc_scenario){.model = models[0]};
    for (uint32_t k = 0; k < NLC_NUM_KEYS; k++)
        self->key[k].folder = NLC_NONE;
    nlc_error error = add_first_words(self);
    if (!error)
        error = nlc_folders_read(self, path, naming->where, problems);
    if (self->num_folders > 0 && (!error || error == NLC_ERROR_INPUT))
        error = read_folder(self, models, naming->model, problems);
    return error && error != NLC_ERROR_INPUT ? error : nlc_problems_error(problems);
}

void nlc_scenario_free(nlc_scenario *self)
{
    free(self->folder);
    free(self->node);
    free(self->attribute);
    free(self->base_lever);
    free(self->node_base);
    free(self->agency);
    free(self->agency_base);
    free(self->country);
    free(self->place);
    free(self->peers.channel);
    free(self->regional.channel);
    free(self->wave_row);
    free(self->lever_row);
    free(self->parameter);
    free(self->parameter_where);
    free(self->parameter_origin);
    free(self->observation);
    nlc_index_free(&self->nodes);
    nlc_index_free(&self->agencies);
    nlc_words_free(&self->tiers);
    nlc_words_free(&self->waves);
    nlc_words_free(&self->groups);
    nlc_arena_free(&self->arena);
    *self = (nlc_scenario){0};
}
