/* A scenario resolved once, and what of it design points share. */
#include "frame.h"
#include "plan.h"

#include <stdlib.h>
#include <string.h>

static nlc_error read_text(nlc_frame *self)
{
    nlc_resolved_problem problem;
    const size_t size = nlc_resolved_size(self->text.data, self->text.length, nlc_models());
    self->memory = size > 0 ? aligned_alloc(64, (size + 63) / 64 * 64) : NULL;
    if (!self->memory)
        return NLC_ERROR_MEMORY;
    return nlc_resolved_read(self->text.data, self->text.length, nlc_models(), self->memory, &self->resolved, &problem);
}

static nlc_error hash_sections(nlc_frame *self)
{
    size_t at = 0, length;
    self->section = malloc((5 + 2 * (size_t)self->resolved.num_draws) * sizeof *self->section);
    if (!self->section)
        return NLC_ERROR_MEMORY;
    while ((length = nlc_section_find(self->text.data, self->text.length, &at)) > 0) {
        nlc_section_hash(self->text.data + at, length, self->section[self->num_sections++]);
        at += length;
    }
    return NLC_OK;
}

static nlc_error list_schedules(nlc_frame *self)
{
    const nlc_resolved *resolved = &self->resolved;
    const size_t num_nodes = resolved->num_nodes;
    self->schedule = malloc((resolved->num_agencies + resolved->num_draws * num_nodes + 1) * sizeof *self->schedule);
    if (!self->schedule)
        return NLC_ERROR_MEMORY;
    memcpy(self->schedule, resolved->agency_schedule, resolved->num_agencies * sizeof *self->schedule);
    for (uint32_t d = 0; d < resolved->num_draws; d++)
        memcpy(self->schedule + resolved->num_agencies + d * num_nodes, resolved->draws[d].schedule,
               num_nodes * sizeof *self->schedule);
    return NLC_OK;
}

static uint32_t wave_named(const nlc_plan *plan, const char *label)
{
    uint32_t wave = 0;
    while (wave + 1 < plan->num_waves && strcmp(plan->wave_text[wave], label) != 0)
        wave++;
    return wave;
}

/* The text names waves; schedules are asked for by their numbers. */
static nlc_error list_waves(nlc_frame *self, const nlc_settings *settings)
{
    const nlc_resolved *resolved = &self->resolved;
    nlc_plan plan;
    nlc_problems said = {0}; /* when the text was written */
    uint32_t *number = malloc(((size_t)resolved->waves.num + 1) * sizeof *number);
    self->wave = malloc(((size_t)resolved->num_draws * resolved->num_nodes + 1) * sizeof *self->wave);
    nlc_error error = nlc_plan_init(&plan, self->scenario, settings, &said);
    if (!number || !self->wave)
        error = NLC_ERROR_MEMORY;
    for (uint32_t w = 0; w < resolved->waves.num && !error; w++)
        number[w] = wave_named(&plan, resolved->waves.text[w]);
    for (uint32_t d = 0; d < resolved->num_draws && !error; d++)
        for (uint32_t i = 0; i < resolved->num_nodes; i++)
            self->wave[(size_t)d * resolved->num_nodes + i] = number[resolved->draws[d].wave[i]];
    nlc_plan_free(&plan);
    nlc_problems_free(&said);
    free(number);
    return error;
}

nlc_error nlc_frame_init(nlc_frame *self, const nlc_scenario *scenario, const nlc_settings *settings, nlc_problems *problems)
{
    *self = (nlc_frame){.scenario = scenario};
    nlc_error error = nlc_scenario_write(scenario, settings, &self->text, problems);
    if (!error)
        error = read_text(self);
    if (!error)
        error = hash_sections(self);
    if (!error)
        error = list_schedules(self);
    return error ? error : list_waves(self, settings);
}

void nlc_frame_free(nlc_frame *self)
{
    nlc_text_free(&self->text);
    free(self->memory);
    free(self->section);
    free(self->wave);
    free(self->schedule);
    *self = (nlc_frame){0};
}

/* The rule `ready` orders places by what they start with, which is a parameter where no row says it. */
static bool is_read_by_waves(const nlc_model *model, uint32_t parameter)
{
    static const char *const name[] = {"start_capacity", "start_role"};
    for (uint32_t k = 0; k < 2; k++) {
        const uint32_t attribute = nlc_model_attribute(model, name[k]);
        const char *from = attribute == NLC_NONE ? NULL : model->attributes[attribute].parameter;
        if (from && nlc_model_parameter(model, from) == parameter)
            return true;
    }
    return false;
}

bool nlc_setting_makes_frames(const nlc_setting *self, const nlc_scenario *scenario, bool waves_vary)
{
    const nlc_key_value *waves = &scenario->key[NLC_KEY_WAVES];
    const bool may_be_ready = waves_vary || (waves->folder != NLC_NONE && strcmp(waves->value.text, "ready") == 0);
    return self->kind == NLC_SETTING_SCENARIO ||
           (self->kind == NLC_SETTING_PARAMETER && may_be_ready && is_read_by_waves(scenario->model, self->index));
}
