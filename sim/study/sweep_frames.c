/* Scenarios resolved once for many design points, kept while there are tasks for them. */
#include "sweep_work.h"

#include <stdlib.h>
#include <string.h>

void nlc_sweep_frame_free(nlc_sweep_frame *self)
{
    free(self->values);
    nlc_frame_free(&self->frame);
    nlc_text_free(&self->problem);
    *self = (nlc_sweep_frame){0};
}

/* The settings of a point that make its frame. */
static nlc_settings frame_settings(const nlc_study *study, const double *values, nlc_sweep_state *state, nlc_setting *kept)
{
    const nlc_scenario *scenario = &study->variant[nlc_study_variant(study, values)].scenario;
    const nlc_settings all = nlc_study_settings(study, values, state->setting, state->text);
    nlc_settings settings = {kept, 0};
    for (uint32_t k = 0; k < all.num; k++)
        if (nlc_setting_makes_frames(&all.setting[k], scenario, study->waves_vary))
            kept[settings.num++] = all.setting[k];
    return settings;
}

static nlc_error slot_make(const nlc_study *study, const double *values, nlc_sweep_state *state, nlc_sweep_frame *slot)
{
    const size_t num = study->num_factors;
    nlc_problems problems = {0};
    nlc_setting *kept = malloc((num + 1) * sizeof *kept);
    slot->values = malloc((num + 1) * sizeof *slot->values);
    nlc_error error = NLC_ERROR_MEMORY;
    if (kept && slot->values) {
        memcpy(slot->values, values, num * sizeof *values);
        const nlc_settings settings = frame_settings(study, values, state, kept);
        error = nlc_frame_init(&slot->frame, &study->variant[nlc_study_variant(study, values)].scenario, &settings, &problems);
    }
    if (error == NLC_ERROR_INPUT)
        error = nlc_problems_write(&problems, &slot->problem);
    nlc_text_free(&slot->frame.text);
    nlc_problems_free(&problems);
    free(kept);
    return error;
}

static nlc_sweep_frame *slot_to_use(nlc_sweep_work *self)
{
    nlc_sweep_frame *oldest = NULL;
    for (uint32_t k = 0; k < self->num_frames; k++)
        if (self->frame[k].users == 0 && (!oldest || self->frame[k].used < oldest->used))
            oldest = &self->frame[k];
    return oldest;
}

nlc_error nlc_sweep_frame_take(nlc_sweep_worker *self)
{
    nlc_sweep_work *shared = self->shared;
    self->slot = NULL;
    for (uint32_t k = 0; k < shared->num_frames && !self->slot; k++)
        if (shared->frame[k].values && nlc_tasks_same_frame(shared->study, self->task.values, shared->frame[k].values))
            self->slot = &shared->frame[k];
    nlc_error error = NLC_OK;
    if (!self->slot) {
        self->slot = slot_to_use(shared);
        nlc_sweep_frame_free(self->slot);
        error = slot_make(shared->study, self->task.values, &self->point[0], self->slot);
    }
    self->slot->users++;
    self->slot->used = ++shared->clock;
    return error;
}
