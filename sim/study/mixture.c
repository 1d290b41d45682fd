#include "mixture.h"

#include "store.h"

#include <stdlib.h>
#include <string.h>

/* What `nlc_mixture_init` works with. */
typedef struct {
    nlc_mixture *mixture;
    const nlc_frame *frame;
    const nlc_variation *const *variations;
    uint32_t num_points;
    nlc_tuples schedules; /* a schedule of each point */
} work;

static nlc_error join_schedules(work *self)
{
    const nlc_resolved *resolved = &self->frame->resolved;
    const size_t num = resolved->num_agencies + (size_t)resolved->num_draws * resolved->num_nodes;
    uint32_t tuple[NLC_MIXTURE_POINTS];
    self->mixture->schedule = malloc((num + 1) * sizeof *self->mixture->schedule);
    if (!self->mixture->schedule)
        return NLC_ERROR_MEMORY;
    for (size_t k = 0; k < num; k++) {
        for (uint32_t p = 0; p < self->num_points; p++)
            tuple[p] = self->variations[p]->schedule[k];
        if (nlc_tuples_add(&self->schedules, tuple, &self->mixture->schedule[k]))
            return NLC_ERROR_MEMORY;
    }
    return NLC_OK;
}

static bool changes_in(const nlc_variation *variation, uint32_t month, uint32_t num_months)
{
    for (uint32_t c = 0; c < variation->num_courses; c++) {
        const float *course = variation->course + (size_t)c * num_months;
        if (memcmp(&course[month - 1], &course[month - 2], sizeof *course) != 0)
            return true;
    }
    return false;
}

static nlc_error join_segments(work *self)
{
    nlc_mixture *mixture = self->mixture;
    const uint32_t num_months = self->frame->resolved.num_months;
    mixture->segment_of_month = calloc((size_t)num_months + 1, sizeof *mixture->segment_of_month);
    if (!mixture->segment_of_month)
        return NLC_ERROR_MEMORY;
    uint16_t segment = 0;
    for (uint32_t t = 2; t <= num_months; t++) {
        bool changes = false;
        for (uint32_t p = 0; p < self->num_points && !changes; p++)
            changes = changes_in(self->variations[p], t, num_months);
        segment = (uint16_t)(segment + changes);
        mixture->segment_of_month[t] = segment;
    }
    mixture->resolved.num_segments = segment + 1U;
    mixture->resolved.segment_of_month = mixture->segment_of_month;
    return NLC_OK;
}

static void fill_point(const work *self, uint32_t p, float *levers)
{
    const nlc_resolved *resolved = &self->mixture->resolved;
    const nlc_variation *variation = self->variations[p];
    const uint32_t num_levers = resolved->model->num_levers;
    for (uint32_t t = 1, last = UINT32_MAX; t <= resolved->num_months; t++) {
        if (resolved->segment_of_month[t] == last)
            continue;
        last = resolved->segment_of_month[t];
        for (uint32_t s = 0; s < self->schedules.num; s++) {
            const uint32_t *course_of = variation->course_of + (size_t)nlc_tuples_at(&self->schedules, s)[p] * num_levers;
            for (uint32_t l = 0; l < num_levers; l++)
                *levers++ = variation->course[(size_t)course_of[l] * resolved->num_months + t - 1];
        }
    }
}

static nlc_error fill_points(work *self)
{
    nlc_mixture *mixture = self->mixture;
    nlc_resolved *resolved = &mixture->resolved;
    const size_t size = (size_t)resolved->num_segments * self->schedules.num * resolved->model->num_levers;
    mixture->levers = malloc((size * self->num_points + 1) * sizeof *mixture->levers);
    if (!mixture->levers)
        return NLC_ERROR_MEMORY;
    for (uint32_t p = 0; p < self->num_points; p++) {
        fill_point(self, p, mixture->levers + p * size);
        mixture->point[p] = (nlc_point){self->variations[p]->parameters, mixture->levers + p * size};
    }
    resolved->num_schedules = self->schedules.num;
    resolved->levers = mixture->levers;
    return NLC_OK;
}

static nlc_error copy_draws(work *self)
{
    nlc_mixture *mixture = self->mixture;
    nlc_resolved *resolved = &mixture->resolved;
    mixture->draw = malloc(resolved->num_draws * sizeof *mixture->draw);
    if (!mixture->draw)
        return NLC_ERROR_MEMORY;
    memcpy(mixture->draw, resolved->draws, resolved->num_draws * sizeof *mixture->draw);
    for (uint32_t d = 0; d < resolved->num_draws; d++)
        mixture->draw[d].schedule = mixture->schedule + resolved->num_agencies + (size_t)d * resolved->num_nodes;
    resolved->draws = mixture->draw;
    resolved->agency_schedule = mixture->schedule;
    return NLC_OK;
}

nlc_error nlc_mixture_init(nlc_mixture *self, const nlc_frame *frame, const nlc_variation *const *variations, uint32_t num_points)
{
    *self = (nlc_mixture){.resolved = frame->resolved, .num_points = num_points};
    work work = {.mixture = self, .frame = frame, .variations = variations, .num_points = num_points};
    nlc_tuples_init(&work.schedules, num_points);
    nlc_error error = join_schedules(&work);
    if (error == NLC_OK)
        error = join_segments(&work);
    if (error == NLC_OK)
        error = fill_points(&work);
    if (error == NLC_OK)
        error = copy_draws(&work);
    nlc_tuples_free(&work.schedules);
    return error;
}

void nlc_mixture_free(nlc_mixture *self)
{
    free(self->draw);
    free(self->schedule);
    free(self->segment_of_month);
    free(self->levers);
    *self = (nlc_mixture){0};
}
