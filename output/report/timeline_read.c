/* timeline.csv: what the curves are drawn from. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "material.h"
#include "store.h"

enum { MONTH, COUNTRY, TIER, WAVE, GROUP, SIZE, MEASURE, FIRST_STATISTIC, NUM_COLUMNS = FIRST_STATISTIC + NLC_NUM_STATISTICS };

static const char *const columns[NUM_COLUMNS] = {"month",   "country", "tier", "wave", "group", "size",
                                                 "measure", "median",  "p05",  "p95",  "mean",  "mcse"};

/* The part of the places that a row is about. */
static nlc_by by_of(const nlc_cells *cells, const char **label)
{
    for (uint32_t k = COUNTRY; k <= SIZE; k++) {
        if (strcmp(cells->cell[k], "all") != 0) {
            *label = cells->cell[k];
            return (nlc_by)(NLC_BY_COUNTRY + (k - COUNTRY));
        }
    }
    *label = "all";
    return NLC_BY_ALL;
}

/* Splits have many measures, of which the pictures need three. */
static bool is_wanted(nlc_by by, const char *measure)
{
    static const char *const wanted[] = {"adopted", "functioning", "paper_plan_gap"};
    bool found = by == NLC_BY_ALL;
    for (size_t k = 0; k < sizeof wanted / sizeof wanted[0]; k++) {
        found = found || strcmp(measure, wanted[k]) == 0;
    }
    return found;
}

static bool is_it(const nlc_course *course, nlc_by by, const char *label, const char *measure)
{
    return course->by == by && strcmp(course->measure, measure) == 0 && strcmp(course->label, label) == 0;
}

const nlc_course *nlc_material_course(const nlc_material *self, nlc_by by, const char *label, const char *measure)
{
    for (size_t k = 0; k < self->num_courses; k++) {
        if (is_it(&self->courses[k], by, label, measure)) {
            return &self->courses[k];
        }
    }
    return NULL;
}

static nlc_course *course_add(nlc_material *self, nlc_by by, const char *label, const char *measure)
{
    nlc_course *grown = nlc_grown(self->courses, &self->course_capacity, self->num_courses + 1, sizeof *grown);
    if (grown == NULL) {
        return NULL;
    }
    self->courses = grown;
    nlc_course *added = &self->courses[self->num_courses++];
    *added = (nlc_course){.by = by, .label = nlc_copy(label), .measure = nlc_copy(measure)};
    double *values = malloc((size_t)NLC_NUM_STATISTICS * self->num_months * sizeof *values);
    added->statistic[0] = values;
    if (values == NULL || added->label == NULL || added->measure == NULL) {
        return NULL;
    }
    for (size_t k = 0; k < (size_t)NLC_NUM_STATISTICS * self->num_months; k++) {
        values[k] = NAN;
    }
    for (uint32_t k = 1; k < NLC_NUM_STATISTICS; k++) {
        added->statistic[k] = values + (size_t)k * self->num_months;
    }
    return added;
}

/* The rows of a course stand together, so the last one mostly is it. */
static nlc_course *course_for(nlc_material *self, nlc_by by, const char *label, const char *measure)
{
    nlc_course *last = self->num_courses > 0 ? &self->courses[self->num_courses - 1] : NULL;
    if (last != NULL && is_it(last, by, label, measure)) {
        return last;
    }
    for (size_t k = 0; k < self->num_courses; k++) {
        if (is_it(&self->courses[k], by, label, measure)) {
            return &self->courses[k];
        }
    }
    return course_add(self, by, label, measure);
}

static nlc_error take(void *context, const nlc_cells *cells)
{
    nlc_material *self = context;
    const char *label;
    const nlc_by by = by_of(cells, &label);
    const uint32_t month = nlc_cells_whole(cells, MONTH, self->num_months);
    if (!is_wanted(by, cells->cell[MEASURE]) || month == 0) {
        return NLC_OK;
    }
    nlc_course *course = course_for(self, by, label, cells->cell[MEASURE]);
    if (course == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t k = 0; k < NLC_NUM_STATISTICS; k++) {
        course->statistic[k][month - 1] = nlc_cells_number(cells, FIRST_STATISTIC + k);
    }
    return NLC_OK;
}

nlc_error nlc_material_read_timeline(nlc_material *self)
{
    return nlc_reader_read(self->reader, &(nlc_reading){"timeline.csv", columns, NUM_COLUMNS, take, self, 0});
}
