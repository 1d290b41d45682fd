/* Adopted and functioning over time, the gap between them, and the same by country, tier and wave. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "page.h"

/* One measure as it is drawn everywhere. */
typedef struct {
    const char *measure, *colour;
    double width;
    nlc_string name;
} line;

static const line adopted = {"adopted", NLC_ADOPTED, 1.8, NLC_TEXT(adopted)};
static const line functioning = {"functioning", NLC_FUNCTIONING, 2.2, NLC_TEXT(functioning)};
static const line gap = {"paper_plan_gap", NLC_GAP, 1.8, NLC_TEXT(gap)};

static void draw(nlc_html *drawing, const nlc_frame *frame, const nlc_course *course, const line *line)
{
    if (course != NULL) {
        nlc_svg_band(drawing, frame, course->statistic[NLC_P05], course->statistic[NLC_P95], line->colour);
        nlc_svg_course(drawing, frame, course->statistic[NLC_MEDIAN], (nlc_pen){line->colour, line->width, NULL});
    }
}

/* The counts that this course is compared with. */
static void draw_counted(nlc_page *self, const nlc_frame *frame, const nlc_course *course)
{
    const nlc_material *material = self->material;
    for (size_t k = 0; k < material->num_observed && course != NULL; k++) {
        const nlc_observed_row *row = &material->observed[k];
        double values[3];
        if (row->month >= 1 && row->month <= (int32_t)material->num_months && nlc_observed_course(material, row) == course) {
            nlc_observed_values(material, row, values);
            nlc_svg_whisker(&self->drawing, frame, row->month, values);
        }
    }
}

static double higher(double one, double other)
{
    return other > one ? other : one;
}

/* The top of an axis for these parts: above all bands and counts, so that small shares can be read. */
static double top_of(const nlc_page *self, nlc_by by, const char *measure)
{
    const nlc_material *material = self->material;
    double top = 0.1;
    for (size_t k = 0; k < material->num_courses; k++) {
        const nlc_course *course = &material->courses[k];
        for (uint32_t t = 0; t < material->num_months && course->by == by && strcmp(course->measure, measure) == 0; t++) {
            top = higher(top, course->statistic[NLC_P95][t]);
        }
    }
    for (size_t k = 0; k < material->num_observed; k++) {
        double values[3];
        const nlc_course *course = nlc_observed_course(material, &material->observed[k]);
        nlc_observed_values(material, &material->observed[k], values);
        top = course != NULL && course->by == by && strcmp(course->measure, measure) == 0 ? higher(top, values[2]) : top;
    }
    return nlc_round_top(top);
}

/* The last value of a course that has one; NaN for none. */
static double last_of(const nlc_course *course, uint32_t num_months)
{
    double last = NAN;
    for (uint32_t t = 0; t < num_months && course != NULL; t++) {
        last = isnan(course->statistic[NLC_MEDIAN][t]) ? last : course->statistic[NLC_MEDIAN][t];
    }
    return last;
}

/* A curve's name and last value to the right of where it ends. */
static void draw_name(nlc_page *self, const nlc_frame *frame, const line *line, double y, double value)
{
    const nlc_spot at = {frame->box.x + frame->box.width + 8, y};
    const nlc_type name = {12, NLC_START, line->colour, true};
    const nlc_type small = {11, NLC_START, NLC_SOFT, false};
    nlc_svg_words(&self->drawing, at, name, nlc_string_text(self->html.language, line->name));
    nlc_svg_words(&self->drawing, (nlc_spot){at.x, at.y + 14}, small, nlc_percent_word(self->html.language, value, 0).text);
}

/* Names that would touch stand apart, in the order of the values. */
static void draw_names(nlc_page *self, const nlc_frame *frame, double upper, double lower)
{
    enum { APART = 34 };
    double above = isnan(upper) ? 0 : nlc_scale_at(frame->y, upper);
    double below = isnan(lower) ? 0 : nlc_scale_at(frame->y, lower);
    const double bottom = frame->box.y + frame->box.height - 14;
    below = below > bottom ? bottom : below;
    if (below - above < APART) {
        below = above + APART > bottom ? bottom : above + APART;
        above = below - APART < above ? below - APART : above;
    }
    if (!isnan(upper)) {
        draw_name(self, frame, &adopted, above, upper);
    }
    if (!isnan(lower)) {
        draw_name(self, frame, &functioning, below, lower);
    }
}

static const nlc_course *course_of(const nlc_page *self, const line *line, nlc_by by, const char *label)
{
    return nlc_material_course(self->material, by, label, line->measure);
}

static void draw_main(nlc_page *self)
{
    enum { TOP_HEIGHT = 240, GAP_TOP = 312, GAP_HEIGHT = 70, HEIGHT = 412, LEFT = 48, WIDTH = 476 };
    const nlc_material *material = self->material;
    const nlc_course *plans = course_of(self, &adopted, NLC_BY_ALL, "all");
    const nlc_course *works = course_of(self, &functioning, NLC_BY_ALL, "all");
    const nlc_course *paper = course_of(self, &gap, NLC_BY_ALL, "all");
    const int32_t start = material->resolved.start;
    const double top = top_of(self, NLC_BY_ALL, adopted.measure);
    const nlc_frame above = nlc_frame_of((nlc_box){LEFT, 12, WIDTH, TOP_HEIGHT}, material->num_months, start, 0, top);
    const nlc_frame below = nlc_frame_of((nlc_box){LEFT, GAP_TOP, WIDTH, GAP_HEIGHT}, material->num_months, start, 0,
                                         top_of(self, NLC_BY_ALL, gap.measure));
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, NLC_PAGE_WIDTH, HEIGHT, nlc_string_text(self->html.language, NLC_TEXT(curves_caption)));
    nlc_svg_value_axis(drawing, &above, true, NLC_ROUND_TICKS);
    draw(drawing, &above, plans, &adopted);
    draw(drawing, &above, works, &functioning);
    draw_counted(self, &above, plans);
    draw_counted(self, &above, works);
    nlc_svg_time_axis(drawing, &above);
    draw_names(self, &above, last_of(plans, material->num_months), last_of(works, material->num_months));
    nlc_svg_value_axis(drawing, &below, true, 4);
    draw(drawing, &below, paper, &gap);
    draw_counted(self, &below, paper);
    nlc_svg_time_axis(drawing, &below);
    const double last = last_of(paper, material->num_months);
    if (!isnan(last)) {
        const double y = nlc_scale_at(below.y, last);
        draw_name(self, &below, &gap, y > GAP_TOP + GAP_HEIGHT - 14 ? GAP_TOP + GAP_HEIGHT - 14 : y, last);
    }
    nlc_svg_end(drawing);
    nlc_page_figure(self, "curves", NLC_TEXT(curves_caption));
}

/* ---- Parts of the places --------------------------------------------------------------------------- */

enum { PANELS_ACROSS = 3, MAX_PANELS = 12, PANEL_WIDTH = 228, PANEL_HEIGHT = 168 };

static void draw_panel(nlc_page *self, const nlc_course *part, uint32_t number, double top)
{
    const nlc_material *material = self->material;
    const nlc_by by = part->by;
    const char *label = part->label;
    const nlc_spot at = {number % PANELS_ACROSS * PANEL_WIDTH, number / PANELS_ACROSS * PANEL_HEIGHT};
    const nlc_frame frame =
        nlc_frame_of((nlc_box){at.x + 42, at.y + 26, 172, 108}, material->num_months, material->resolved.start, 0, top);
    const nlc_course *plans = course_of(self, &adopted, by, label);
    const nlc_course *works = course_of(self, &functioning, by, label);
    nlc_svg_words(&self->drawing, (nlc_spot){frame.box.x, at.y + 14}, (nlc_type){12, NLC_START, NLC_INK, true},
                  nlc_part_word(self, by, label).text);
    nlc_svg_value_axis(&self->drawing, &frame, true, NLC_ROUND_TICKS);
    draw(&self->drawing, &frame, plans, &adopted);
    draw(&self->drawing, &frame, works, &functioning);
    draw_counted(self, &frame, plans);
    draw_counted(self, &frame, works);
    nlc_svg_time_axis(&self->drawing, &frame);
}

/* True where any place of the part can adopt: the others have no curve. */
static bool is_part(const nlc_course *course, nlc_by by, uint32_t num_months)
{
    return course->by == by && strcmp(course->measure, adopted.measure) == 0 && !isnan(last_of(course, num_months));
}

static uint32_t num_parts(const nlc_material *material, nlc_by by)
{
    uint32_t num = 0;
    for (size_t k = 0; k < material->num_courses; k++) {
        num += is_part(&material->courses[k], by, material->num_months);
    }
    return num;
}

static void draw_parts(nlc_page *self, nlc_by by, const char *name, nlc_string caption)
{
    const nlc_material *material = self->material;
    const uint32_t found = num_parts(material, by);
    const uint32_t num = found < MAX_PANELS ? found : MAX_PANELS;
    uint32_t drawn = 0;
    if (num < 2) {
        return;
    }
    const double top = top_of(self, by, adopted.measure);
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, NLC_PAGE_WIDTH, (num + PANELS_ACROSS - 1) / PANELS_ACROSS * PANEL_HEIGHT,
                  nlc_string_text(self->html.language, caption));
    for (size_t k = 0; k < material->num_courses && drawn < num; k++) {
        if (is_part(&material->courses[k], by, material->num_months)) {
            draw_panel(self, &material->courses[k], drawn++, top);
        }
    }
    nlc_svg_end(drawing);
    nlc_page_figure(self, name, caption);
    if (num < found) {
        const nlc_word shown = nlc_number_word(self->html.language, num, 0);
        const nlc_word all = nlc_number_word(self->html.language, found, 0);
        nlc_html_markup(&self->html, "<p class=\"note\">");
        nlc_html_fill(&self->html, NLC_TEXT(not_all_shown), shown.text, all.text, NULL);
        nlc_html_markup(&self->html, "</p>\n");
    }
}

/* ---- Tables ---------------------------------------------------------------------------------------- */

static void month_row(nlc_page *self, uint32_t month)
{
    static const line *const lines[] = {&adopted, &functioning, &gap};
    const nlc_material *material = self->material;
    nlc_html_markup(&self->html, "<tr data-month=\"%u\"><th scope=\"row\">", (unsigned)month + 1);
    nlc_html_text(&self->html, nlc_month_word(self->html.language, material->resolved.start + (int32_t)month).text);
    nlc_html_markup(&self->html, "</th>");
    for (size_t k = 0; k < sizeof lines / sizeof lines[0]; k++) {
        double band[3];
        const nlc_course *course = course_of(self, lines[k], NLC_BY_ALL, "all");
        nlc_course_band(course, month, band);
        nlc_page_band_cell(self, band, NLC_AS_SHARE);
    }
    nlc_html_markup(&self->html, "</tr>\n");
}

/* The largest Monte Carlo error of the two curves, of which the table says it once. */
static double largest_error(const nlc_page *self)
{
    static const line *const lines[] = {&adopted, &functioning};
    double largest = NAN;
    for (size_t k = 0; k < sizeof lines / sizeof lines[0]; k++) {
        const nlc_course *course = course_of(self, lines[k], NLC_BY_ALL, "all");
        for (uint32_t t = 0; t < self->material->num_months && course != NULL; t++) {
            const double error = course->statistic[NLC_MCSE][t];
            largest = isnan(largest) || error > largest ? error : largest;
        }
    }
    return largest;
}

static void table(nlc_page *self)
{
    nlc_html_markup(&self->html, "<table id=\"curves-table\"><thead><tr>");
    nlc_page_head(self, NLC_TEXT(month), false);
    nlc_page_head(self, adopted.name, true);
    nlc_page_head(self, functioning.name, true);
    nlc_page_head(self, gap.name, true);
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    for (uint32_t t = 0; t < self->material->num_months; t++) {
        if (nlc_page_shows_month(self, t)) {
            month_row(self, t);
        }
    }
    nlc_html_markup(&self->html, "</tbody></table>\n<p class=\"note\">");
    const double error = largest_error(self);
    const nlc_word words = nlc_number_word(self->html.language, 100 * error, 2);
    nlc_html_fill(&self->html, NLC_TEXT(curves_error), isnan(error) ? "\xE2\x80\x93" : words.text, NULL);
    nlc_html_markup(&self->html, "</p>\n");
}

/* The month by which this share of the runs have come; NaN where fewer ever do. */
static double wait_at(const double *months, uint32_t num, double probability)
{
    const uint32_t rank = (uint32_t)ceil(probability * num);
    return months[rank > 0 ? rank - 1 : 0];
}

static void wait_number(nlc_page *self, double value)
{
    if (isnan(value)) {
        nlc_html_say(&self->html, NLC_TEXT(never));
    } else {
        nlc_html_number(&self->html, value, 0);
    }
}

static void wait_write(nlc_page *self, const double *months, uint32_t num)
{
    const double low = wait_at(months, num, 0.05);
    nlc_html_markup(&self->html, "<td class=\"n\">");
    wait_number(self, wait_at(months, num, 0.5));
    if (!isnan(low)) {
        nlc_html_markup(&self->html, " <span class=\"band\">(");
        wait_number(self, low);
        nlc_html_markup(&self->html, "&#8211;");
        wait_number(self, wait_at(months, num, 0.95));
        nlc_html_markup(&self->html, ")</span>");
    }
    nlc_html_markup(&self->html, "</td>");
}

static void wait_row(nlc_page *self, const line *line, double *const months[NLC_NUM_LEVELS])
{
    nlc_html_markup(&self->html, "<tr><th scope=\"row\">");
    nlc_html_say(&self->html, line->name);
    nlc_html_markup(&self->html, "</th>");
    for (uint32_t k = 0; k < NLC_NUM_LEVELS; k++) {
        wait_write(self, months[k], self->material->waits.num_runs);
    }
    nlc_html_markup(&self->html, "</tr>\n");
}

static void waits(nlc_page *self)
{
    static const double levels[NLC_NUM_LEVELS] = {0.25, 0.5, 0.75};
    if (self->material->waits.num_runs == 0) {
        return;
    }
    nlc_html_heading(&self->html, "h3", NLC_TEXT(waits_title));
    nlc_html_markup(&self->html, "<table id=\"waits-table\"><thead><tr>");
    nlc_page_head(self, NLC_TEXT(waits_head), false);
    for (uint32_t k = 0; k < NLC_NUM_LEVELS; k++) {
        nlc_html_markup(&self->html, "<th scope=\"col\" class=\"n\">");
        nlc_html_text(&self->html, nlc_percent_word(self->html.language, levels[k], 0).text);
        nlc_html_markup(&self->html, "</th>");
    }
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    wait_row(self, &adopted, self->material->waits.adopted);
    wait_row(self, &functioning, self->material->waits.functioning);
    nlc_html_markup(&self->html, "</tbody></table>\n");
}

void nlc_section_curves(nlc_page *self)
{
    nlc_page_section(self, "curves", NLC_TEXT(curves_title));
    draw_main(self);
    table(self);
    waits(self);
    draw_parts(self, NLC_BY_COUNTRY, "curves-country", NLC_TEXT(country_caption));
    draw_parts(self, NLC_BY_TIER, "curves-tier", NLC_TEXT(tier_caption));
    draw_parts(self, NLC_BY_WAVE, "curves-wave", NLC_TEXT(wave_caption));
    draw_parts(self, NLC_BY_GROUP, "curves-group", NLC_TEXT(group_caption));
    nlc_page_section_end(self);
}
