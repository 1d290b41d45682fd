#include "material.h"

#include <stdlib.h>

nlc_error nlc_material_read(nlc_material *self)
{
    static nlc_error (*const parts[])(nlc_material *) = {
        nlc_material_read_package, nlc_material_read_resolved_file, nlc_material_read_timeline, nlc_material_read_roadmap,
        nlc_material_read_flows,   nlc_material_read_observed,      nlc_material_read_waits,
    };
    nlc_error error = NLC_OK;
    for (size_t k = 0; k < sizeof parts / sizeof parts[0] && error == NLC_OK; k++) {
        error = parts[k](self);
    }
    return error;
}

static void courses_free(nlc_material *self)
{
    for (size_t k = 0; k < self->num_courses; k++) {
        free(self->courses[k].label);
        free(self->courses[k].measure);
        free(self->courses[k].statistic[0]);
    }
    free(self->courses);
}

static void roadmap_free(nlc_material *self)
{
    for (size_t k = 0; k < self->num_roadmap; k++) {
        free(self->roadmap[k].place);
        free(self->roadmap[k].label);
        free(self->roadmap[k].kind);
        free(self->roadmap[k].stage);
    }
    free(self->roadmap);
}

static void flows_free(nlc_material *self)
{
    for (size_t k = 0; k < self->num_flows; k++) {
        free(self->flows[k].tier);
        free(self->flows[k].direction);
        free(self->flows[k].kind);
        free(self->flows[k].pool);
        free(self->flows[k].asked);
    }
    free(self->flows);
}

static void observed_free(nlc_material *self)
{
    for (size_t k = 0; k < self->num_observed; k++) {
        free(self->observed[k].date);
        free(self->observed[k].under);
        free(self->observed[k].tier);
        free(self->observed[k].group);
        free(self->observed[k].measure);
        free(self->observed[k].source);
    }
    free(self->observed);
}

void nlc_material_free(nlc_material *self)
{
    courses_free(self);
    roadmap_free(self);
    flows_free(self);
    observed_free(self);
    for (uint32_t k = 0; k < NLC_NUM_LEVELS; k++) {
        free(self->waits.adopted[k]);
        free(self->waits.functioning[k]);
    }
    free(self->memory);
    nlc_text_free(&self->resolved_text);
    json_decref(self->package);
    *self = (nlc_material){0};
}
