/* An outcome for each value of each factor: what runs of all design points with this value have. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "section_study.h"

enum { LEFT = 190, RIGHT = 30, TOP = 6, ROW_HEIGHT = 20, HEAD_HEIGHT = 24, MAX_ROWS = 36, LABEL_LENGTH = 25 };

/* A row of the picture: the name of a factor, or one of its values with its box. */
typedef struct {
    size_t factor;
    const char *level; /* NULL: the factor's name */
    nlc_box_plot plot;
} row;

static int compare(const void *a, const void *b)
{
    const double x = strtod(*(const char *const *)a, NULL);
    const double y = strtod(*(const char *const *)b, NULL);
    return (x > y) - (x < y);
}

static bool is_number(const char *text)
{
    char *end;
    return isfinite(strtod(text, &end)) && text[0] != '\0' && *end == '\0';
}

uint32_t nlc_study_levels(const nlc_material *material, size_t factor, const char *level[NLC_MOST_LEVELS])
{
    uint32_t num = 0;
    bool are_numbers = true;
    for (size_t k = 0; k < material->num_points; k++) {
        const char *value = material->points[k].value[factor];
        bool is_new = true;
        for (uint32_t l = 0; l < num; l++) {
            is_new = is_new && strcmp(level[l], value) != 0;
        }
        if (is_new && num == NLC_MOST_LEVELS) {
            return 0;
        }
        if (is_new) {
            level[num++] = value;
            are_numbers = are_numbers && is_number(value);
        }
    }
    if (are_numbers && num > 1) {
        qsort(level, num, sizeof *level, compare);
    }
    return num > 1 ? num : 0;
}

nlc_scale nlc_boxes_scale(const nlc_box_plot *plot, uint32_t num, double from, double to)
{
    nlc_scale scale = {INFINITY, -INFINITY, from, to};
    for (uint32_t k = 0; k < num; k++) {
        if (plot[k].num > 0) {
            scale.low = plot[k].p05 < scale.low ? plot[k].p05 : scale.low;
            scale.high = plot[k].p95 > scale.high ? plot[k].p95 : scale.high;
        }
    }
    if (!(scale.high > scale.low)) {
        const double middle = isfinite(scale.low) ? scale.low : 0;
        scale.low = middle - 1;
        scale.high = middle + 1;
    }
    return scale;
}

static nlc_box_plot level_box(nlc_boxes *boxes, size_t factor, const char *level)
{
    for (size_t k = 0; k < boxes->material->num_points; k++) {
        boxes->is_chosen[k] = strcmp(boxes->material->points[k].value[factor], level) == 0;
    }
    return nlc_boxes_of_chosen(boxes);
}

/* Rows of the factor, if it has few values and there is room; the number of rows then. */
static uint32_t rows_add(nlc_boxes *boxes, size_t factor, row *rows, uint32_t num)
{
    const char *level[NLC_MOST_LEVELS];
    const uint32_t num_levels = nlc_study_levels(boxes->material, factor, level);
    if (num_levels == 0 || num + num_levels + 1 > MAX_ROWS) {
        return num;
    }
    rows[num++] = (row){.factor = factor};
    for (uint32_t k = 0; k < num_levels; k++) {
        rows[num++] = (row){factor, level[k], level_box(boxes, factor, level[k])};
    }
    return num;
}

static nlc_scale scale_of(const row *rows, uint32_t num)
{
    nlc_box_plot plot[MAX_ROWS];
    for (uint32_t k = 0; k < num; k++) {
        plot[k] = rows[k].plot;
    }
    return nlc_boxes_scale(plot, num, LEFT, NLC_PAGE_WIDTH - RIGHT);
}

static void rows_draw(nlc_page *self, const row *rows, uint32_t num, nlc_scale x)
{
    double y = TOP;
    for (uint32_t k = 0; k < num; k++) {
        const nlc_factor_row *factor = &self->material->factors[rows[k].factor];
        if (rows[k].level == NULL) {
            nlc_svg_words(&self->drawing, (nlc_spot){0, y + 17}, (nlc_type){12, NLC_START, NLC_INK, true},
                          nlc_address_word(self, factor->name).text);
            y += HEAD_HEIGHT;
            continue;
        }
        nlc_svg_words(&self->drawing, (nlc_spot){LEFT - 12, y + ROW_HEIGHT / 2.0 + 4}, (nlc_type){11.5, NLC_END, NLC_INK, false},
                      nlc_short_word(nlc_study_value_word(self, factor, rows[k].level), LABEL_LENGTH).text);
        nlc_svg_box_plot(&self->drawing, &rows[k].plot, x, y + ROW_HEIGHT / 2.0);
        y += ROW_HEIGHT;
    }
}

static void draw(nlc_page *self, const nlc_boxes *boxes, const row *rows, uint32_t num)
{
    const char *column = self->material->shown[boxes->shown];
    const nlc_scale x = scale_of(rows, num);
    char name[NLC_FIGURE_NAME];
    double bottom = TOP;
    for (uint32_t k = 0; k < num; k++) {
        bottom += rows[k].level == NULL ? HEAD_HEIGHT : ROW_HEIGHT;
    }
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, NLC_PAGE_WIDTH, bottom + 24, nlc_string_text(self->html.language, NLC_TEXT(boxes_caption)));
    nlc_svg_across_axis(drawing, x, nlc_study_is_share(self->material, column), TOP, bottom);
    rows_draw(self, rows, num, x);
    nlc_svg_end(drawing);
    nlc_study_figure_name("boxes", column, name);
    nlc_page_figure(self, name, NLC_TEXT(boxes_caption));
}

void nlc_study_level_boxes(nlc_page *self, nlc_boxes *boxes)
{
    row rows[MAX_ROWS];
    uint32_t num = 0;
    for (size_t k = 0; k < self->material->num_factors; k++) {
        num = rows_add(boxes, k, rows, num);
    }
    if (num > 0) {
        draw(self, boxes, rows, num);
    }
}
