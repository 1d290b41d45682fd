/* Box plots of a study's runs: whiskers from 5 to 95 %, a box over the middle half, a line at the median. */
#ifndef NLC_OUTPUT_BOXES_H
#define NLC_OUTPUT_BOXES_H

#include "material.h"
#include "svg.h"

/* Quantiles of type 7 over the runs that have a value. */
typedef struct {
    double p05, p25, p50, p75, p95;
    uint32_t num; /* runs with a value; where it is 0 the rest is NaN */
} nlc_box_plot;

/* The runs of a study in one outcome, and room to pick some of them. */
typedef struct {
    const nlc_material *material; /* borrowed */
    uint32_t shown;               /* index of the outcome in material->shown */
    double *picked;               /* [material->num_study_runs], owned */
    bool *is_chosen;              /* [material->num_points], owned: points whose runs are picked */
} nlc_boxes;

/* False where memory is out; free it in any case. */
bool nlc_boxes_init(nlc_boxes *self, const nlc_material *material, uint32_t shown);
void nlc_boxes_free(nlc_boxes *self);

/* Over all runs of the points that is_chosen says. */
nlc_box_plot nlc_boxes_of_chosen(nlc_boxes *self);

/* Over the runs of the point at `index` in material->points, none where there is no such point; changes is_chosen. */
nlc_box_plot nlc_boxes_of_point(nlc_boxes *self, size_t index);

/* Draws one around the height y; nothing where no run has a value. */
void nlc_svg_box_plot(nlc_html *self, const nlc_box_plot *plot, nlc_scale x, double y);

#endif
