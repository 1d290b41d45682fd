#include "base.h"

#include "frame.h"

#include <math.h>
#include <string.h>

typedef struct {
    const nlc_study *study;
    const nlc_variant *variant;
    nlc_frame frame;
    nlc_variation plain; /* no setting is given */
    nlc_arena *arena;
} reading;

/* NLC_ERROR_INPUT where the setting makes no sense. */
static nlc_error vary(const reading *self, nlc_setting *setting, nlc_variation *out)
{
    nlc_problems problems = {0};
    const nlc_error error = nlc_variation_init(out, &self->frame, &(nlc_settings){setting, setting != NULL}, &problems);
    nlc_problems_free(&problems);
    return error;
}

/* ---- Levers ------------------------------------------------------------------------------------ */

/* The course of a lever in place or agency `i`: [num_months]. */
static const float *course_of(const reading *self, const nlc_variation *of, uint32_t lever, size_t i)
{
    const size_t at = (size_t)of->schedule[i] * self->frame.resolved.model->num_levers + lever;
    return of->course + (size_t)of->course_of[at] * self->frame.resolved.num_months;
}

/* Adds what a lever is in the months that an address reaches: those in which low and high differ. False where it
 * is not one value. */
static bool take_course(const float *plain, const float *low, const float *high, uint32_t num_months, float *value)
{
    for (uint32_t t = 0; t < num_months; t++) {
        if (low[t] == high[t])
            continue;
        if (!isnan(*value) && plain[t] != *value)
            return false;
        *value = plain[t];
    }
    return true;
}

/* NaN where it is not one value. Most places share their courses with the one before. */
static float one_value(const reading *self, uint32_t lever, const nlc_variation *low, const nlc_variation *high)
{
    const nlc_resolved *resolved = &self->frame.resolved;
    const size_t num = resolved->num_agencies + (size_t)resolved->num_draws * resolved->num_nodes;
    const float *last[3] = {NULL, NULL, NULL};
    float value = NAN;
    for (size_t i = 0; i < num; i++) {
        const float *const now[3] = {course_of(self, &self->plain, lever, i), course_of(self, low, lever, i),
                                     course_of(self, high, lever, i)};
        if (memcmp(now, last, sizeof last) == 0)
            continue;
        memcpy(last, now, sizeof last);
        if (!take_course(now[0], now[1], now[2], resolved->num_months, &value))
            return NAN;
    }
    return value;
}

/* Setting the lever to the ends of its bounds shows what the address reaches. */
static nlc_error lever_read(const reading *self, uint32_t k, float *value)
{
    nlc_setting setting = self->variant->setting[k];
    const nlc_lever *lever = &self->variant->scenario.model->levers[setting.index];
    nlc_variation low = {0}, high = {0};
    setting.change = NLC_CHANGE_SET;
    setting.number = lever->low;
    nlc_error error = vary(self, &setting, &low);
    setting.number = lever->high;
    if (!error)
        error = vary(self, &setting, &high);
    *value = error ? NAN : one_value(self, setting.index, &low, &high);
    nlc_variation_free(&low);
    nlc_variation_free(&high);
    return error == NLC_ERROR_INPUT ? NLC_OK : error;
}

/* ---- Texts ------------------------------------------------------------------------------------- */

/* As a level is written, where it is one. */
static nlc_error number_keep(const reading *self, const nlc_factor *factor, float value, const char **text)
{
    char number[NLC_NUMBER_LENGTH];
    if (isnan(value) || (isinf(value) && factor->num_levels == 0))
        return NLC_OK;
    for (uint32_t k = 0; k < factor->num_levels; k++)
        if ((float)factor->number[k] == value) {
            *text = factor->level[k];
            return NLC_OK;
        }
    const char *kept = nlc_arena_text(self->arena, number, nlc_number_write(value, number));
    *text = kept != NULL ? kept : "";
    return kept != NULL ? NLC_OK : NLC_ERROR_MEMORY;
}

/* Channels that no rule was given for are those of the file. */
static const char *key_text(const reading *self, nlc_key key)
{
    const nlc_key_value *given = &self->variant->scenario.key[key];
    const nlc_resolved *resolved = &self->frame.resolved;
    const nlc_channels *channels = key == NLC_KEY_PEERS      ? &resolved->draws[0].peer
                                   : key == NLC_KEY_REGIONAL ? &resolved->draws[0].regional
                                                             : NULL;
    if (given->folder != NLC_NONE)
        return given->value.text;
    return channels != NULL && channels->first[resolved->num_nodes] > 0 ? "file" : nlc_key_column(key)->empty;
}

static nlc_error factor_read(const reading *self, uint32_t k, const char **text)
{
    const nlc_factor *factor = &self->study->factor[k];
    const nlc_setting *setting = &self->variant->setting[k];
    float value = NAN;
    nlc_error error = NLC_OK;
    *text = "";
    if (!nlc_factor_is_setting(factor))
        return NLC_OK;
    switch (setting->kind) {
    case NLC_SETTING_SCENARIO:
        *text = key_text(self, (nlc_key)setting->index);
        return NLC_OK;
    case NLC_SETTING_DIAL:
        value = 1.0F;
        break;
    case NLC_SETTING_PARAMETER:
        value = self->plain.parameters[setting->index];
        break;
    case NLC_SETTING_LEVER:
        error = lever_read(self, k, &value);
        break;
    }
    return error ? error : number_keep(self, factor, value, text);
}

nlc_error nlc_study_base(const nlc_study *self, uint32_t variant, nlc_arena *arena, const char **text)
{
    reading reading = {.study = self, .variant = &self->variant[variant], .arena = arena};
    const nlc_settings none = {0};
    nlc_problems problems = {0};
    for (uint32_t k = 0; k < self->num_factors; k++)
        text[k] = "";
    nlc_error error = nlc_frame_init(&reading.frame, &reading.variant->scenario, &none, &problems);
    if (!error)
        error = vary(&reading, NULL, &reading.plain);
    for (uint32_t k = 0; k < self->num_factors && !error; k++)
        error = factor_read(&reading, k, &text[k]);
    nlc_variation_free(&reading.plain);
    nlc_frame_free(&reading.frame);
    nlc_problems_free(&problems);
    return error == NLC_ERROR_INPUT ? NLC_OK : error;
}
