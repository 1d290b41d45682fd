#include "treatment.h"

#include <string.h>

static size_t aligned(size_t size)
{
    return (size + 7) / 8 * 8;
}

/* Hands out aligned pieces of one memory; with a NULL base it only counts. */
static void *piece(char *base, size_t *used, size_t size)
{
    void *result = base ? base + *used : NULL;
    *used += aligned(size);
    return result;
}

static size_t most_treatments(const nlc_resolved *resolved)
{
    const size_t pairs = (size_t)resolved->num_schedules * resolved->num_classes,
                 places = (size_t)resolved->num_draws * resolved->num_nodes;
    return (pairs < places ? pairs : places) + resolved->num_agencies;
}

/* Called with a NULL memory to learn the size, and again to set it. */
static size_t lay_out(nlc_treatments *self, const nlc_resolved *resolved, char *memory)
{
    size_t used = 0;
    self->treatment = piece(memory, &used, most_treatments(resolved) * sizeof *self->treatment);
    self->number = piece(memory, &used, (size_t)resolved->num_schedules * resolved->num_classes * sizeof *self->number);
    self->segment_of_month = piece(memory, &used, ((size_t)resolved->num_months + 1) * sizeof *self->segment_of_month);
    nlc_draw *draws = piece(memory, &used, resolved->num_draws * sizeof *draws);
    uint32_t *agency_schedule = piece(memory, &used, resolved->num_agencies * sizeof *agency_schedule);
    self->scenario.draws = draws;
    self->scenario.agency_schedule = agency_schedule;
    for (uint32_t d = 0; d < resolved->num_draws; d++) {
        uint32_t *schedule = piece(memory, &used, resolved->num_nodes * sizeof *schedule);
        if (!memory)
            continue;
        draws[d] = resolved->draws[d];
        draws[d].schedule = schedule;
    }
    return used;
}

size_t nlc_treatments_size(const nlc_resolved *resolved)
{
    nlc_treatments unused;
    return lay_out(&unused, resolved, NULL);
}

static nlc_who who_is(nlc_sector sector)
{
    return sector == NLC_SECTOR_LEAD ? NLC_WHO_LEAD : sector == NLC_SECTOR_SECURITY ? NLC_WHO_SECURITY : NLC_WHO_SERVICE;
}

static void add_agencies(nlc_treatments *self, uint32_t *schedule)
{
    const nlc_resolved *resolved = self->resolved;
    for (uint32_t a = 0; a < resolved->num_agencies; a++) {
        self->treatment[self->num] = (nlc_treatment){resolved->agency_schedule[a], NLC_NONE, resolved->agency_country[a],
                                                     who_is(resolved->agency_sector[a]), 0};
        schedule[a] = self->num++;
    }
}

static void add_places(nlc_treatments *self, const nlc_draw *draw, uint32_t *schedule)
{
    const nlc_resolved *resolved = self->resolved;
    for (uint32_t i = 0; i < resolved->num_nodes; i++) {
        const uint32_t class = draw->class_of[i];
        uint32_t *number = &self->number[(size_t)draw->schedule[i] * resolved->num_classes + class];
        if (*number == 0) {
            self->treatment[self->num] =
                (nlc_treatment){draw->schedule[i], class, resolved->country[i], NLC_WHO_PLACE, draw->wave[i]};
            *number = ++self->num;
        }
        schedule[i] = *number - 1;
    }
}

void nlc_treatments_init(nlc_treatments *self, const nlc_resolved *resolved, const int32_t *wave_start, void *memory)
{
    *self = (nlc_treatments){.scenario = *resolved, .resolved = resolved, .wave_start = wave_start};
    lay_out(self, resolved, memory);
    memset(self->number, 0, (size_t)resolved->num_schedules * resolved->num_classes * sizeof *self->number);
    /* The arrays behind the const pointers are this memory's own. */
    add_agencies(self, (uint32_t *)self->scenario.agency_schedule);
    for (uint32_t d = 0; d < resolved->num_draws; d++)
        add_places(self, &resolved->draws[d], (uint32_t *)self->scenario.draws[d].schedule);
    self->scenario.num_schedules = self->num;
    self->scenario.segment_of_month = self->segment_of_month;
}

size_t nlc_treatments_levers_size(const nlc_treatments *self)
{
    return (size_t)self->resolved->num_months * self->num * self->resolved->model->num_levers * sizeof *self->levers;
}

static bool is_meant(const nlc_treatments *self, const nlc_treatment *treatment, const nlc_treatment_row *row)
{
    if (row->country != NLC_NONE && row->country != treatment->country)
        return false;
    if (treatment->class == NLC_NONE)
        return row->tier == NLC_NONE && row->wave == NLC_NONE && row->group == NLC_NONE;
    const nlc_class *class = &self->resolved->classes[treatment->class];
    return (row->tier == NLC_NONE || row->tier == class->tier) && (row->wave == NLC_NONE || row->wave == treatment->wave) &&
           (row->group == NLC_NONE || row->group == class->group);
}

static bool is_now(const nlc_treatment_row *row, int32_t month, int32_t wave_start)
{
    const int32_t since = month - wave_start;
    return (row->from_wave ? since : month) >= row->from && (row->to_wave ? since : month) <= row->to;
}

/* The levers of a treatment in a month, where the resolved ones stand already. */
static uint32_t change(const nlc_treatments *self, const nlc_treatment *treatment, int32_t month, const nlc_treatment_row *row,
                       float *levers)
{
    const nlc_lever *lever = &self->resolved->model->levers[row->lever];
    const int32_t wave_start = self->wave_start[treatment->wave];
    if (!is_now(row, month, wave_start) || !nlc_lever_acts_on(lever, treatment->who) || !is_meant(self, treatment, row))
        return NLC_NONE;
    const bool waits = lever->waits_for_wave && month < wave_start;
    const float value = nlc_lever_changed(levers[row->lever], row->how, row->value);
    /* Adding 0 turns a negative zero into the zero that it equals. */
    levers[row->lever] = waits ? 0.0F : value + 0.0F;
    return nlc_lever_holds(lever, value) ? NLC_NONE : row->lever;
}

static uint32_t fill_month(const nlc_treatments *self, uint32_t month, const nlc_treatment_row *rows, uint32_t num_rows,
                           float *levers)
{
    const nlc_resolved *resolved = self->resolved;
    const uint32_t num_levers = resolved->model->num_levers;
    const float *from = resolved->levers + (size_t)resolved->segment_of_month[month] * resolved->num_schedules * num_levers;
    uint32_t wrong = NLC_NONE;
    for (uint32_t k = 0; k < self->num; k++) {
        float *own = levers + (size_t)k * num_levers;
        memcpy(own, from + (size_t)self->treatment[k].schedule * num_levers, num_levers * sizeof *own);
        for (uint32_t r = 0; r < num_rows; r++) {
            const uint32_t found = change(self, &self->treatment[k], (int32_t)month, &rows[r], own);
            wrong = found == NLC_NONE ? wrong : found;
        }
    }
    return wrong;
}

uint32_t nlc_treatments_apply(nlc_treatments *self, const nlc_treatment_row *rows, uint32_t num_rows)
{
    const nlc_resolved *resolved = self->resolved;
    const size_t num = (size_t)self->num * resolved->model->num_levers;
    uint32_t wrong = NLC_NONE, segment = 0;
    self->segment_of_month[0] = 0;
    for (uint32_t month = 1; month <= resolved->num_months; month++) {
        float *levers = self->levers + segment * num;
        const uint32_t found = fill_month(self, month, rows, num_rows, levers);
        wrong = found == NLC_NONE ? wrong : found;
        if (month > 1 && memcmp(levers - num, levers, num * sizeof *levers) == 0)
            self->segment_of_month[month] = (uint16_t)(segment - 1);
        else
            self->segment_of_month[month] = (uint16_t)segment++;
    }
    self->scenario.num_segments = segment;
    self->scenario.levers = self->levers;
    return wrong;
}
