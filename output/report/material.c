#include "material.h"

#include <stdlib.h>

typedef nlc_error (*part)(nlc_material *);

/* The files of each kind of folder, which ends with NULL. */
static const part run_parts[] = {
    nlc_material_read_resolved_file,
    nlc_material_read_timeline,
    nlc_material_read_roadmap,
    nlc_material_read_flows,
    nlc_material_read_observed,
    nlc_material_read_waits,
    NULL,
};
static const part comparison_parts[] = {nlc_material_read_compared, nlc_material_read_differences, nlc_material_read_selection,
                                        NULL};
static const part study_parts[] = {nlc_material_read_factors,    nlc_material_read_points,   nlc_material_read_summary,
                                   nlc_material_read_study_runs, nlc_material_read_findings, NULL};

static const part *const parts_of[] = {
    [NLC_OF_RUN] = run_parts,
    [NLC_OF_COMPARISON] = comparison_parts,
    [NLC_OF_STUDY] = study_parts,
};

nlc_error nlc_material_read(nlc_material *self)
{
    nlc_error error = nlc_material_read_package(self);
    self->kind = nlc_reader_has(self->reader, "differences.csv") ? NLC_OF_COMPARISON
                 : nlc_reader_has(self->reader, "points.csv")    ? NLC_OF_STUDY
                                                                 : NLC_OF_RUN;
    for (const part *next = parts_of[self->kind]; *next != NULL && error == NLC_OK; next++) {
        error = (*next)(self);
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

static void differences_free(nlc_material *self)
{
    for (size_t k = 0; k < self->num_differences; k++) {
        free(self->differences[k].baseline);
        free(self->differences[k].scenario);
        free(self->differences[k].outcome);
        free(self->differences[k].statistic);
        free(self->differences[k].unit);
        free(self->differences[k].verdict);
    }
    free(self->differences);
    for (size_t k = 0; k < self->num_compared; k++) {
        free(self->compared[k].name);
        free(self->compared[k].title);
        free(self->compared[k].hash);
    }
    free(self->compared);
    for (size_t k = 0; k < self->num_selection; k++) {
        free(self->selection[k].scenario);
        free(self->selection[k].outcome);
    }
    free(self->selection);
}

static void study_free(nlc_material *self)
{
    for (size_t k = 0; k < self->num_factors; k++) {
        free(self->factors[k].name);
        free(self->factors[k].role);
        free(self->factors[k].kind);
        free(self->factors[k].levels);
        free(self->factors[k].unit);
    }
    for (size_t k = 0; k < self->num_points; k++) {
        for (size_t f = 0; f < NLC_MOST_FACTORS; f++) {
            free(self->points[k].value[f]);
        }
    }
    for (size_t k = 0; k < self->num_outcomes; k++) {
        free(self->outcomes[k].outcome);
    }
    free(self->factors);
    free(self->points);
    free(self->outcomes);
    free(self->study_runs);
    for (size_t k = 0; k < self->num_findings; k++) {
        free(self->findings[k].output);
        free(self->findings[k].item);
        free(self->findings[k].measure);
    }
    free(self->findings);
    nlc_text_free(&self->left_out);
}

void nlc_material_free(nlc_material *self)
{
    study_free(self);
    differences_free(self);
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
