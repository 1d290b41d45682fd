/* What it costs, and what it changes in the offices themselves. */
#include <math.h>

#include "page.h"

/* ---- Cost ------------------------------------------------------------------------------------------ */

/* The months that are drawn: all, or those in which at least one in twenty places functions, before
 * which the cost for each is out of proportion. */
static uint32_t first_shown(const nlc_page *self, bool is_each)
{
    const nlc_course *works = nlc_material_course(self->material, NLC_BY_ALL, "all", "functioning");
    uint32_t first = 0;
    while (is_each && works != NULL && first < self->material->num_months && !(works->statistic[NLC_MEDIAN][first] >= 0.05)) {
        first++;
    }
    return first;
}

static double top_of(const nlc_course *course, uint32_t first, uint32_t num)
{
    double top = 0;
    for (uint32_t t = first; t < num; t++) {
        top = course->statistic[NLC_P95][t] > top ? course->statistic[NLC_P95][t] : top;
    }
    return nlc_round_top(top);
}

/* A frame's part from a month on, for courses that begin there. */
static nlc_frame frame_from(const nlc_frame *frame, uint32_t first)
{
    nlc_frame part = *frame;
    part.x.low -= first;
    part.x.high -= first;
    part.num_months -= first;
    return part;
}

static void draw_panel(nlc_page *self, const nlc_course *course, nlc_box box, nlc_string title)
{
    const nlc_material *material = self->material;
    const uint32_t num = material->num_months;
    const uint32_t first = first_shown(self, title == NLC_TEXT(cost_each));
    const nlc_frame frame = nlc_frame_of(box, num, material->resolved.start, 0, top_of(course, first, num));
    const nlc_frame part = frame_from(&frame, first);
    nlc_svg_words(&self->drawing, (nlc_spot){box.x, box.y - 12}, (nlc_type){12, NLC_START, NLC_INK, true},
                  nlc_string_text(self->html.language, title));
    nlc_svg_value_axis(&self->drawing, &frame, false, NLC_ROUND_TICKS);
    nlc_svg_band(&self->drawing, &part, course->statistic[NLC_P05] + first, course->statistic[NLC_P95] + first, NLC_FUNCTIONING);
    nlc_svg_course(&self->drawing, &part, course->statistic[NLC_MEDIAN] + first, (nlc_pen){NLC_FUNCTIONING, 2, NULL});
    nlc_svg_time_axis(&self->drawing, &frame);
}

static void cost_row(nlc_page *self, const nlc_course *const courses[3], uint32_t month)
{
    static const nlc_as as[3] = {NLC_AS_WHOLE, NLC_AS_TENTHS, NLC_AS_WHOLE};
    nlc_html_markup(&self->html, "<tr><th scope=\"row\">");
    nlc_html_text(&self->html, nlc_month_word(self->html.language, self->material->resolved.start + (int32_t)month).text);
    nlc_html_markup(&self->html, "</th>");
    for (uint32_t k = 0; k < 3; k++) {
        double band[3];
        nlc_course_band(courses[k], month, band);
        nlc_page_band_cell(self, band, as[k]);
    }
    nlc_html_markup(&self->html, "</tr>\n");
}

static void cost_table(nlc_page *self, const nlc_course *const courses[3])
{
    nlc_html_markup(&self->html, "<table id=\"cost-table\"><thead><tr>");
    nlc_page_head(self, NLC_TEXT(month), false);
    nlc_page_head(self, NLC_TEXT(cost_so_far), true);
    nlc_page_head(self, NLC_TEXT(cost_each), true);
    nlc_page_head(self, NLC_TEXT(cost_grants), true);
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    for (uint32_t t = 0; t < self->material->num_months; t++) {
        if (nlc_page_shows_month(self, t)) {
            cost_row(self, courses, t);
        }
    }
    nlc_html_markup(&self->html, "</tbody></table>\n");
}

void nlc_section_cost(nlc_page *self)
{
    const nlc_course *const courses[3] = {
        nlc_material_course(self->material, NLC_BY_ALL, "all", "cost_so_far"),
        nlc_material_course(self->material, NLC_BY_ALL, "all", "cost_per_functioning"),
        nlc_material_course(self->material, NLC_BY_ALL, "all", "grants_paid"),
    };
    if (courses[0] == NULL || courses[1] == NULL) {
        return;
    }
    nlc_page_section(self, "cost", NLC_TEXT(cost_title));
    nlc_page_paragraph(self, NLC_TEXT(cost_text));
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, NLC_PAGE_WIDTH, 220, nlc_string_text(self->html.language, NLC_TEXT(cost_caption)));
    draw_panel(self, courses[0], (nlc_box){56, 30, 262, 150}, NLC_TEXT(cost_so_far));
    draw_panel(self, courses[1], (nlc_box){402, 30, 262, 150}, NLC_TEXT(cost_each));
    nlc_svg_end(drawing);
    nlc_page_figure(self, "cost", NLC_TEXT(cost_caption));
    cost_table(self, courses);
    nlc_page_section_end(self);
}

/* ---- Before and after ------------------------------------------------------------------------------- */

static const char *const states[] = {"awareness", "role", "capacity", "trust", "formalisation", "security_reliance"};
enum { NUM_STATES = sizeof states / sizeof states[0], STATE_LEFT = 292, STATE_ROW = 30, STATE_TOP = 26 };

static void draw_state(nlc_page *self, const nlc_course *course, nlc_scale x, double y)
{
    const uint32_t last = self->material->num_months - 1;
    double first_band[3], last_band[3];
    nlc_course_band(course, 0, first_band);
    nlc_course_band(course, last, last_band);
    const nlc_spot from = {nlc_scale_at(x, first_band[0]), y};
    const nlc_spot to = {nlc_scale_at(x, last_band[0]), y};
    nlc_svg_words(&self->drawing, (nlc_spot){STATE_LEFT - 14, y + 4}, (nlc_type){12, NLC_END, NLC_INK, false},
                  nlc_named_word(self, "measure", course->measure).text);
    nlc_svg_line(&self->drawing, (nlc_spot){x.from, y}, (nlc_spot){x.to, y}, (nlc_pen){NLC_RULE, 1, NULL});
    nlc_svg_line(&self->drawing, from, to, (nlc_pen){NLC_ADOPTED, 2, NULL});
    const double low = nlc_scale_at(x, last_band[1]);
    nlc_svg_box(&self->drawing, (nlc_box){low, y - 5, nlc_scale_at(x, last_band[2]) - low, 10}, NLC_FUNCTIONING, 0.3);
    nlc_svg_dot(&self->drawing, from, 4.5, NLC_FUNCTIONING);
    nlc_svg_dot(&self->drawing, from, 3, "#ffffff");
    nlc_svg_dot(&self->drawing, to, 4.5, NLC_FUNCTIONING);
}

static void draw_states(nlc_page *self)
{
    const nlc_scale x = {0, 1, STATE_LEFT, NLC_PAGE_WIDTH - 30};
    const nlc_type type = {11, NLC_MIDDLE, NLC_SOFT, false};
    const double bottom = STATE_TOP + NUM_STATES * STATE_ROW;
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, NLC_PAGE_WIDTH, bottom + 24, nlc_string_text(self->html.language, NLC_TEXT(change_caption)));
    for (uint32_t k = 0; k <= 4; k++) {
        const double at = nlc_scale_at(x, k / 4.0);
        nlc_svg_line(drawing, (nlc_spot){at, STATE_TOP - 10}, (nlc_spot){at, bottom}, (nlc_pen){NLC_RULE, 1, NULL});
        nlc_svg_words(drawing, (nlc_spot){at, bottom + 14}, type,
                      nlc_number_word(self->html.language, k / 4.0, k % 4 == 0 ? 0 : 2).text);
    }
    for (uint32_t k = 0; k < NUM_STATES; k++) {
        const nlc_course *course = nlc_material_course(self->material, NLC_BY_ALL, "all", states[k]);
        if (course != NULL) {
            draw_state(self, course, x, STATE_TOP + k * (double)STATE_ROW + 6);
        }
    }
    nlc_svg_end(drawing);
    nlc_page_figure(self, "change", NLC_TEXT(change_caption));
}

void nlc_section_change(nlc_page *self)
{
    if (nlc_material_course(self->material, NLC_BY_ALL, "all", states[0]) == NULL) {
        return;
    }
    nlc_page_section(self, "change", NLC_TEXT(change_title));
    nlc_page_paragraph(self, NLC_TEXT(change_text));
    draw_states(self);
    nlc_page_section_end(self);
}
