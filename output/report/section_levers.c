/* The levers: what the scenario sets, for whom, and how it goes over the months. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page.h"

/* Who holds a lever: the places of a tier, or the national offices, which come last. */
typedef struct {
    const nlc_resolved *scenario;
    uint32_t num_holders;
    double *weight; /* [num_holders][num_schedules], owned: how many of the holders follow a schedule */
    double *num;    /* [num_holders], owned: of places, or of leads */
    double *course; /* [num_holders][NUM_LINES][num_months], owned: of the lever in work */
} levers;

enum { MEAN, LOW, HIGH, NUM_LINES };

static double *course_of(const levers *self, uint32_t holder, uint32_t line)
{
    return self->course + ((size_t)holder * NUM_LINES + line) * self->scenario->num_months;
}

static bool levers_init(levers *self, const nlc_resolved *scenario)
{
    *self = (levers){.scenario = scenario, .num_holders = scenario->num_tiers + 1};
    self->weight = calloc((size_t)self->num_holders * scenario->num_schedules, sizeof(double));
    self->num = calloc(self->num_holders, sizeof(double));
    self->course = calloc((size_t)self->num_holders * NUM_LINES * scenario->num_months, sizeof(double));
    if (self->weight == NULL || self->num == NULL || self->course == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        self->weight[(size_t)scenario->tier[i] * scenario->num_schedules + scenario->draws[0].schedule[i]] += 1;
    }
    for (uint32_t a = 0; a < scenario->num_agencies; a++) {
        if (scenario->agency_sector[a] == NLC_SECTOR_LEAD) {
            self->weight[(size_t)scenario->num_tiers * scenario->num_schedules + scenario->agency_schedule[a]] += 1;
        }
    }
    for (size_t k = 0; k < (size_t)self->num_holders * scenario->num_schedules; k++) {
        self->num[k / scenario->num_schedules] += self->weight[k];
    }
    return true;
}

static void levers_free(levers *self)
{
    free(self->weight);
    free(self->num);
    free(self->course);
}

/* Mean, least and largest value over the holders in a month, from 0; NaN where nobody holds it. */
static void month_find(const levers *self, uint32_t lever, uint32_t holder, uint32_t month)
{
    const nlc_resolved *scenario = self->scenario;
    const size_t segment = scenario->segment_of_month[month + 1];
    double sum = 0, num = 0, low = INFINITY, high = -INFINITY;
    for (uint32_t s = 0; s < scenario->num_schedules; s++) {
        const double weight = self->weight[(size_t)holder * scenario->num_schedules + s];
        if (weight > 0) {
            const double value =
                (double)scenario->levers[(segment * scenario->num_schedules + s) * scenario->model->num_levers + lever];
            sum += weight * value;
            num += weight;
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
    }
    course_of(self, holder, MEAN)[month] = num > 0 ? sum / num : NAN;
    course_of(self, holder, LOW)[month] = low;
    course_of(self, holder, HIGH)[month] = high;
}

static bool may_hold(const levers *self, nlc_lever_scope scope, uint32_t holder)
{
    const bool is_national = holder == self->scenario->num_tiers;
    return scope == NLC_LEVER_ANY || (scope == NLC_LEVER_COUNTRY) == is_national;
}

/* Fills the courses of a lever. */
static void lever_find(const levers *self, uint32_t lever)
{
    for (uint32_t holder = 0; holder < self->num_holders; holder++) {
        for (uint32_t t = 0; t < self->scenario->num_months; t++) {
            month_find(self, lever, holder, t);
        }
    }
}

/* Holders that have the lever at anything but its default. */
static bool is_used(const levers *self, uint32_t lever, uint32_t holder)
{
    const double standard = (double)self->scenario->model->levers[lever].value;
    bool found = false;
    for (uint32_t t = 0; t < self->scenario->num_months; t++) {
        const bool is_held = !isnan(course_of(self, holder, MEAN)[t]);
        found = found || (is_held && (course_of(self, holder, LOW)[t] != standard || course_of(self, holder, HIGH)[t] != standard));
    }
    return found && may_hold(self, self->scenario->model->levers[lever].scope, holder);
}

/* Tiers whose places span the same values in every month share a row. */
static bool is_same(const levers *self, uint32_t one, uint32_t other)
{
    const size_t size = self->scenario->num_months * sizeof(double);
    return memcmp(course_of(self, one, LOW), course_of(self, other, LOW), size) == 0 &&
           memcmp(course_of(self, one, HIGH), course_of(self, other, HIGH), size) == 0;
}

/* ---- The table ------------------------------------------------------------------------------------- */

static double largest(const double *values, uint32_t num)
{
    double found = 0;
    for (uint32_t t = 0; t < num; t++) {
        found = isfinite(values[t]) && values[t] > found ? values[t] : found;
    }
    return found;
}

/* A small picture: the mean as steps, and what places differ by as a band. */
static void draw(nlc_page *self, const levers *levers, uint32_t holder)
{
    enum { WIDTH = 150, HEIGHT = 30 };
    const nlc_resolved *scenario = levers->scenario;
    const uint32_t num = scenario->num_months;
    const double top = largest(course_of(levers, holder, HIGH), num);
    nlc_frame frame = nlc_frame_of((nlc_box){2, 4, WIDTH - 4, HEIGHT - 8}, num, scenario->start, 0, top > 0 ? top : 1);
    frame.x.high = num + 1.0;
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, WIDTH, HEIGHT, nlc_string_text(self->html.language, NLC_TEXT(lever_picture)));
    nlc_svg_line(drawing, (nlc_spot){2, HEIGHT - 4}, (nlc_spot){WIDTH - 2, HEIGHT - 4}, (nlc_pen){NLC_RULE, 1, NULL});
    for (uint32_t t = 0; t < num; t++) {
        for (uint32_t line = 0; line < NUM_LINES; line++) {
            double *value = &course_of(levers, holder, line)[t];
            *value = isinf(*value) ? frame.y.high : *value;
        }
    }
    nlc_svg_band(drawing, &frame, course_of(levers, holder, LOW), course_of(levers, holder, HIGH), NLC_SOFT);
    nlc_svg_steps(drawing, &frame, course_of(levers, holder, MEAN), (nlc_pen){NLC_INK, 1.6, NULL});
    nlc_svg_end(drawing);
}

static void value_cell(nlc_page *self, double value)
{
    nlc_html_markup(&self->html, "<td class=\"n\">");
    if (isinf(value)) {
        nlc_html_say(&self->html, NLC_TEXT(unlimited));
    } else {
        nlc_html_number(&self->html, value, nlc_decimals_of(value, 2));
    }
    nlc_html_markup(&self->html, "</td>");
}

static double highest(const double *values, uint32_t num)
{
    double found = values[0];
    for (uint32_t t = 1; t < num; t++) {
        found = values[t] > found ? values[t] : found;
    }
    return found;
}

/* The holders that share this course: the first of them gets the row. */
static void holders_write(nlc_page *self, const levers *levers, uint32_t lever, uint32_t holder)
{
    const nlc_resolved *scenario = levers->scenario;
    bool is_first = true;
    for (uint32_t k = holder; k < levers->num_holders; k++) {
        if (!is_used(levers, lever, k) || !is_same(levers, holder, k)) {
            continue;
        }
        nlc_html_text(&self->html, is_first ? "" : ", ");
        is_first = false;
        if (k == scenario->num_tiers) {
            nlc_html_say(&self->html, NLC_TEXT(national));
        } else {
            nlc_html_text(&self->html, nlc_tier_word(self, scenario->tiers.text[k]).text);
        }
    }
}

/* The mean over all that share the row, in place of that of its first holder. */
static void mean_join(const levers *self, uint32_t lever, uint32_t holder)
{
    for (uint32_t t = 0; t < self->scenario->num_months; t++) {
        double sum = 0, num = 0;
        for (uint32_t k = holder; k < self->num_holders; k++) {
            if (is_used(self, lever, k) && is_same(self, holder, k)) {
                sum += self->num[k] * course_of(self, k, MEAN)[t];
                num += self->num[k];
            }
        }
        course_of(self, holder, MEAN)[t] = sum / num;
    }
}

static bool is_shared_with_earlier(const levers *levers, uint32_t lever, uint32_t holder)
{
    bool found = false;
    for (uint32_t k = 0; k < holder; k++) {
        found = found || (is_used(levers, lever, k) && is_same(levers, k, holder));
    }
    return found;
}

static void name_cell(nlc_page *self, const nlc_lever *lever, uint32_t num_rows)
{
    nlc_html_markup(&self->html, "<th scope=\"rowgroup\" rowspan=\"%u\">", (unsigned)num_rows);
    nlc_html_name(&self->html, "lever", lever->name);
    nlc_html_markup(&self->html, " <code>");
    nlc_html_text(&self->html, lever->name);
    nlc_html_markup(&self->html, "</code><br><span class=\"about\">");
    nlc_html_about(&self->html, "lever", lever->name, lever->meaning);
    nlc_html_markup(&self->html, "</span><br><span class=\"unit\">");
    nlc_html_text(&self->html, nlc_named_word(self, "unit", lever->unit).text);
    nlc_html_markup(&self->html, "</span></th>");
}

static void row_write(nlc_page *self, const levers *levers, uint32_t lever, uint32_t holder)
{
    const uint32_t num = levers->scenario->num_months;
    char name[64];
    mean_join(levers, lever, holder);
    nlc_html_markup(&self->html, "<td>");
    holders_write(self, levers, lever, holder);
    nlc_html_markup(&self->html, "</td>");
    value_cell(self, course_of(levers, holder, MEAN)[0]);
    value_cell(self, highest(course_of(levers, holder, HIGH), num));
    value_cell(self, course_of(levers, holder, MEAN)[num - 1]);
    nlc_html_markup(&self->html, "<td>");
    draw(self, levers, holder);
    snprintf(name, sizeof name, "lever-%.40s-%u", levers->scenario->model->levers[lever].name, (unsigned)holder + 1);
    nlc_page_place(self, name);
    nlc_html_markup(&self->html, "</td></tr>\n");
}

static void lever_write(nlc_page *self, const levers *levers, uint32_t lever)
{
    uint32_t first[64];
    uint32_t num = 0;
    lever_find(levers, lever);
    for (uint32_t k = 0; k < levers->num_holders && num < 64; k++) {
        if (is_used(levers, lever, k) && !is_shared_with_earlier(levers, lever, k)) {
            first[num++] = k;
        }
    }
    for (uint32_t k = 0; k < num; k++) {
        nlc_html_markup(&self->html, "<tr>");
        if (k == 0) {
            name_cell(self, &levers->scenario->model->levers[lever], num);
        }
        row_write(self, levers, lever, first[k]);
    }
}

void nlc_section_levers(nlc_page *self)
{
    const nlc_resolved *scenario = &self->material->resolved;
    levers levers;
    nlc_page_section(self, "levers", NLC_TEXT(levers_title));
    nlc_page_paragraph(self, NLC_TEXT(levers_text));
    nlc_html_markup(&self->html, "<table id=\"levers-table\" class=\"levers\"><thead><tr>");
    nlc_page_head(self, NLC_TEXT(lever), false);
    nlc_page_head(self, NLC_TEXT(lever_who), false);
    nlc_page_head(self, NLC_TEXT(lever_start), true);
    nlc_page_head(self, NLC_TEXT(lever_highest), true);
    nlc_page_head(self, NLC_TEXT(lever_end), true);
    nlc_page_head(self, NLC_TEXT(lever_over_time), false);
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    if (levers_init(&levers, scenario)) {
        for (uint32_t k = 0; k < scenario->model->num_levers; k++) {
            lever_write(self, &levers, k);
        }
    } else {
        self->html.error = NLC_ERROR_MEMORY;
    }
    levers_free(&levers);
    nlc_html_markup(&self->html, "</tbody></table>\n");
    nlc_page_section_end(self);
}
