/* What a design point changes of a frame: schedules, courses of levers, and the hash of the text that is not written. */
#include "frame.h"
#include "write.h"

#include <stdlib.h>
#include <string.h>

/* Asks for the schedules in the order in which the whole text does, which is what numbers them. */
static nlc_error list_schedules(nlc_writer *self, const nlc_frame *frame, uint32_t *schedule)
{
    const nlc_scenario *scenario = self->plan->scenario;
    const uint32_t num_nodes = frame->resolved.num_nodes;
    nlc_error error = NLC_OK;
    for (uint32_t k = 0, a = 0; k < scenario->num_countries && !error; k++) {
        error = nlc_courses_of_lead(&self->courses, scenario->country[k].lead, schedule++);
        for (; a < scenario->num_agencies && scenario->agency[self->agency[a]].country == k && !error; a++)
            error = nlc_courses_of_agency(&self->courses, self->agency[a], schedule++);
    }
    for (uint32_t d = 0; d < frame->resolved.num_draws && !error; d++, schedule += num_nodes) {
        const uint32_t *wave = frame->wave + (size_t)d * num_nodes;
        if (d > 0 && memcmp(wave, wave - num_nodes, num_nodes * sizeof *wave) == 0) {
            memcpy(schedule, schedule - num_nodes, num_nodes * sizeof *schedule);
            continue;
        }
        for (uint32_t p = 0; p < num_nodes && !error; p++)
            error = nlc_courses_of_place(&self->courses, scenario->place[p], wave[p], &schedule[p]);
    }
    return error;
}

/* Hashes what has been written, and empties the text. */
static void hash_section(nlc_writer *self, char hex[NLC_HASH_LENGTH + 1])
{
    size_t at = 0;
    const size_t length = nlc_section_find(self->text->data, self->text->length, &at);
    nlc_section_hash(self->text->data + at, length, hex);
    self->text->length = 0;
}

/* The order of the sections: scenario, parameters, agencies, nodes, places and channels of each draw,
 * levers. Those that number schedules change only where the numbers do. */
static nlc_error hash_sections(nlc_writer *self, const nlc_frame *frame, const uint32_t *schedule,
                               char (*section)[NLC_HASH_LENGTH + 1])
{
    const nlc_resolved *resolved = &frame->resolved;
    const size_t num_nodes = resolved->num_nodes, num_agencies = resolved->num_agencies;
    memcpy(section, frame->section, frame->num_sections * sizeof *section);
    nlc_writer_put_parameters(self);
    hash_section(self, section[1]);
    if (memcmp(schedule, frame->schedule, num_agencies * sizeof *schedule) != 0) {
        if (nlc_writer_put_agencies(self))
            return NLC_ERROR_MEMORY;
        hash_section(self, section[2]);
    }
    for (uint32_t d = 0; d < resolved->num_draws; d++) {
        const size_t first = num_agencies + d * num_nodes;
        if (memcmp(schedule + first, frame->schedule + first, num_nodes * sizeof *schedule) == 0)
            continue;
        self->draws.wave = frame->wave + d * num_nodes;
        if (nlc_writer_put_places(self, d))
            return NLC_ERROR_MEMORY;
        hash_section(self, section[4 + 2 * d]);
    }
    nlc_writer_put_levers(self);
    hash_section(self, section[frame->num_sections - 1]);
    return self->out_of_memory ? NLC_ERROR_MEMORY : NLC_OK;
}

/* Of a model without levers there is nothing, at no address. */
static void copy(void *into, const void *from, size_t size)
{
    if (size > 0)
        memcpy(into, from, size);
}

static nlc_error keep_courses(const nlc_writer *self, nlc_variation *out)
{
    const nlc_courses *courses = &self->courses;
    const nlc_model *model = self->plan->scenario->model;
    const size_t num_bits = (size_t)courses->courses.num * self->plan->num_months,
                 num_of = (size_t)courses->schedules.num * model->num_levers;
    out->num_schedules = courses->schedules.num;
    out->num_courses = courses->courses.num;
    out->parameters = malloc((model->num_parameters + 1) * sizeof *out->parameters);
    out->course_of = malloc((num_of + 1) * sizeof *out->course_of);
    out->course = malloc((num_bits + 1) * sizeof *out->course);
    if (!out->parameters || !out->course_of || !out->course)
        return NLC_ERROR_MEMORY;
    copy(out->parameters, self->plan->parameter, model->num_parameters * sizeof *out->parameters);
    copy(out->course_of, courses->schedules.data, num_of * sizeof *out->course_of);
    copy(out->course, courses->courses.data, num_bits * sizeof *out->course);
    return NLC_OK;
}

static nlc_error vary(nlc_writer *self, const nlc_frame *frame, nlc_variation *out)
{
    const nlc_resolved *resolved = &frame->resolved;
    const size_t num = resolved->num_agencies + (size_t)resolved->num_draws * resolved->num_nodes;
    char(*section)[NLC_HASH_LENGTH + 1] = malloc(frame->num_sections * sizeof *section);
    out->schedule = malloc((num + 1) * sizeof *out->schedule);
    nlc_error error = section && out->schedule ? list_schedules(self, frame, out->schedule) : NLC_ERROR_MEMORY;
    if (!error)
        nlc_courses_check(&self->courses);
    if (!error)
        error = nlc_problems_error(self->plan->problems);
    if (!error)
        error = hash_sections(self, frame, out->schedule, section);
    if (!error) {
        nlc_sections_hash((const char(*)[NLC_HASH_LENGTH + 1]) section, frame->num_sections, out->hash);
        error = keep_courses(self, out);
    }
    free(section);
    return error;
}

nlc_error nlc_variation_init(nlc_variation *self, const nlc_frame *frame, const nlc_settings *settings, nlc_problems *problems)
{
    nlc_plan plan;
    nlc_text text = {0};
    nlc_writer writer = {0};
    *self = (nlc_variation){0};
    nlc_error error = nlc_plan_init(&plan, frame->scenario, settings, problems);
    if (!error)
        error = nlc_problems_error(problems);
    if (!error)
        error = nlc_writer_init(&writer, &text, &plan);
    if (!error)
        error = vary(&writer, frame, self);
    nlc_writer_free(&writer);
    nlc_plan_free(&plan);
    nlc_text_free(&text);
    return error;
}

void nlc_variation_free(nlc_variation *self)
{
    free(self->parameters);
    free(self->schedule);
    free(self->course_of);
    free(self->course);
    *self = (nlc_variation){0};
}
