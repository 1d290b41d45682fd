#include "boxes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ensemble.h"

bool nlc_boxes_init(nlc_boxes *self, const nlc_material *material, uint32_t shown)
{
    *self = (nlc_boxes){.material = material, .shown = shown};
    self->picked = malloc((material->num_study_runs + 1) * sizeof *self->picked);
    self->is_chosen = malloc((material->num_points + 1) * sizeof *self->is_chosen);
    return self->picked != NULL && self->is_chosen != NULL;
}

void nlc_boxes_free(nlc_boxes *self)
{
    free(self->picked);
    free(self->is_chosen);
    *self = (nlc_boxes){0};
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

nlc_box_plot nlc_boxes_of_chosen(nlc_boxes *self)
{
    const nlc_material *material = self->material;
    uint32_t num = 0;
    for (size_t k = 0; k < material->num_study_runs; k++) {
        const nlc_study_run *run = &material->study_runs[k];
        const bool is_known = run->point >= 1 && run->point <= material->num_points;
        if (is_known && self->is_chosen[run->point - 1] && !isnan(run->value[self->shown])) {
            self->picked[num++] = run->value[self->shown];
        }
    }
    if (num == 0) {
        return (nlc_box_plot){NAN, NAN, NAN, NAN, NAN, 0};
    }
    qsort(self->picked, num, sizeof *self->picked, compare);
    return (nlc_box_plot){nlc_quantile(self->picked, num, 0.05), nlc_quantile(self->picked, num, 0.25),
                          nlc_quantile(self->picked, num, 0.5),  nlc_quantile(self->picked, num, 0.75),
                          nlc_quantile(self->picked, num, 0.95), num};
}

nlc_box_plot nlc_boxes_of_point(nlc_boxes *self, size_t index)
{
    memset(self->is_chosen, 0, self->material->num_points * sizeof *self->is_chosen);
    if (index < self->material->num_points) {
        self->is_chosen[index] = true;
    }
    return nlc_boxes_of_chosen(self);
}

void nlc_svg_box_plot(nlc_html *self, const nlc_box_plot *plot, nlc_scale x, double y)
{
    enum { HALF = 6, CAP = 3 };
    const nlc_pen pen = {NLC_FUNCTIONING, 1.2, NULL};
    if (plot->num == 0) {
        return;
    }
    const double low = nlc_scale_at(x, plot->p05), high = nlc_scale_at(x, plot->p95);
    const double left = nlc_scale_at(x, plot->p25), right = nlc_scale_at(x, plot->p75);
    const double middle = nlc_scale_at(x, plot->p50);
    nlc_svg_line(self, (nlc_spot){low, y}, (nlc_spot){high, y}, pen);
    nlc_svg_line(self, (nlc_spot){low, y - CAP}, (nlc_spot){low, y + CAP}, pen);
    nlc_svg_line(self, (nlc_spot){high, y - CAP}, (nlc_spot){high, y + CAP}, pen);
    nlc_svg_box(self, (nlc_box){left, y - HALF, right - left, 2 * HALF}, "#a7d0d5", 1);
    nlc_svg_box(self, (nlc_box){middle - 1.2, y - HALF - 1, 2.4, 2 * HALF + 2}, NLC_FUNCTIONING, 1);
}
