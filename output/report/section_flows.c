/* Information and support: what was asked for and what was delivered, down, across and up. */
#include <math.h>
#include <string.h>

#include "page.h"
#include "service.h"

enum { PANELS_ACROSS = 3, PANEL_WIDTH = 228, PANEL_HEIGHT = 150, LEGEND_HEIGHT = 24 };

static const nlc_pen asked_pen = {NLC_GAP, 1.4, "4 2.5"};
static const nlc_pen delivered_pen = {NLC_FUNCTIONING, 2, NULL};

static double sum_of(const double *values, uint32_t num)
{
    double sum = NAN;
    for (uint32_t t = 0; t < num && values != NULL; t++) {
        if (!isnan(values[t])) {
            sum = isnan(sum) ? values[t] : sum + values[t];
        }
    }
    return sum;
}

static double largest_of(const double *values, uint32_t num, double largest)
{
    for (uint32_t t = 0; t < num; t++) {
        largest = values[t] > largest ? values[t] : largest;
    }
    return largest;
}

/* A flow of all places through all pools, in which anything moves. */
static bool is_shown(const nlc_flow_course *flow, uint32_t num_months)
{
    const bool is_whole = strcmp(flow->tier, "all") == 0 && strcmp(flow->pool, "all") == 0;
    return is_whole && (sum_of(flow->asked, num_months) > 0 || sum_of(flow->delivered, num_months) > 0);
}

/* The directions in the order of the picture, and the arrows that stand for them. */
static const char *const directions[] = {"down", "across", "up"};
static const char *const arrows[] = {"\xE2\x86\x93 ", "\xE2\x86\x94 ", "\xE2\x86\x91 "};
enum { NUM_DIRECTIONS = sizeof directions / sizeof directions[0] };

static void draw_title(nlc_page *self, nlc_spot at, const char *arrow, const char *kind)
{
    nlc_word title = nlc_word_of(arrow);
    const nlc_word name = nlc_named_word(self, "flow", kind);
    strncat(title.text, name.text, sizeof title.text - 1 - strlen(title.text));
    nlc_svg_words(&self->drawing, at, (nlc_type){12, NLC_START, NLC_INK, true}, title.text);
}

static void draw_panel(nlc_page *self, const nlc_flow_course *flow, const char *arrow, uint32_t number)
{
    const nlc_material *material = self->material;
    const uint32_t num = material->num_months;
    const double top = nlc_round_top(largest_of(flow->delivered, num, largest_of(flow->asked, num, 0)));
    const nlc_spot at = {number % PANELS_ACROSS * PANEL_WIDTH, LEGEND_HEIGHT + number / PANELS_ACROSS * PANEL_HEIGHT};
    const nlc_frame frame = nlc_frame_of((nlc_box){at.x + 42, at.y + 26, 172, 90}, num, material->resolved.start, 0, top);
    draw_title(self, (nlc_spot){frame.box.x, at.y + 14}, arrow, flow->kind);
    nlc_svg_value_axis(&self->drawing, &frame, false, NLC_ROUND_TICKS);
    nlc_svg_course(&self->drawing, &frame, flow->asked, asked_pen);
    nlc_svg_course(&self->drawing, &frame, flow->delivered, delivered_pen);
    nlc_svg_time_axis(&self->drawing, &frame);
}

static void draw_legend(nlc_page *self)
{
    const nlc_type type = {11.5, NLC_START, NLC_INK, false};
    const nlc_language language = self->html.language;
    nlc_svg_line(&self->drawing, (nlc_spot){42, 10}, (nlc_spot){70, 10}, asked_pen);
    nlc_svg_words(&self->drawing, (nlc_spot){76, 14}, type, nlc_string_text(language, NLC_TEXT(flow_asked)));
    nlc_svg_line(&self->drawing, (nlc_spot){270, 10}, (nlc_spot){298, 10}, delivered_pen);
    nlc_svg_words(&self->drawing, (nlc_spot){304, 14}, type, nlc_string_text(language, NLC_TEXT(flow_delivered)));
}

static uint32_t num_shown(const nlc_material *material)
{
    uint32_t num = 0;
    for (size_t k = 0; k < material->num_flows; k++) {
        num += is_shown(&material->flows[k], material->num_months);
    }
    return num;
}

static void draw(nlc_page *self)
{
    const nlc_material *material = self->material;
    uint32_t num = num_shown(material);
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, NLC_PAGE_WIDTH, LEGEND_HEIGHT + (num + PANELS_ACROSS - 1) / PANELS_ACROSS * PANEL_HEIGHT,
                  nlc_string_text(self->html.language, NLC_TEXT(flows_caption)));
    draw_legend(self);
    num = 0;
    for (uint32_t d = 0; d < NUM_DIRECTIONS; d++) {
        for (size_t k = 0; k < material->num_flows; k++) {
            const nlc_flow_course *flow = &material->flows[k];
            if (is_shown(flow, material->num_months) && strcmp(flow->direction, directions[d]) == 0) {
                draw_panel(self, flow, arrows[d], num++);
            }
        }
    }
    nlc_svg_end(drawing);
    nlc_page_figure(self, "flows", NLC_TEXT(flows_caption));
}

/* ---- Tables ---------------------------------------------------------------------------------------- */

static void total_row(nlc_page *self, const nlc_flow_course *flow)
{
    const uint32_t num = self->material->num_months;
    const double asked = sum_of(flow->asked, num);
    const double delivered = sum_of(flow->delivered, num);
    const nlc_flow_course *national = nlc_material_flow(self->material, "all", flow->kind, "national");
    const double lead = national == NULL ? NAN : sum_of(national->delivered, num);
    nlc_html_markup(&self->html, "<tr data-kind=\"%s\"><th scope=\"row\">", flow->kind);
    nlc_html_name(&self->html, "flow", flow->kind);
    nlc_html_markup(&self->html, "</th><td>");
    nlc_html_name(&self->html, "direction", flow->direction);
    nlc_html_markup(&self->html, "</td>");
    nlc_page_cell(self, asked, NLC_AS_WHOLE);
    nlc_page_cell(self, delivered, NLC_AS_WHOLE);
    nlc_page_cell(self, nlc_service(delivered, asked), NLC_AS_SHARE);
    nlc_page_cell(self, delivered > 0 ? lead / delivered : NAN, NLC_AS_SHARE);
    nlc_html_markup(&self->html, "</tr>\n");
}

static void total_table(nlc_page *self)
{
    const nlc_material *material = self->material;
    nlc_html_markup(&self->html, "<table id=\"flows-table\"><thead><tr>");
    nlc_page_head(self, NLC_TEXT(flow_kind), false);
    nlc_page_head(self, NLC_TEXT(flow_direction), false);
    nlc_page_head(self, NLC_TEXT(flow_asked), true);
    nlc_page_head(self, NLC_TEXT(flow_delivered), true);
    nlc_page_head(self, NLC_TEXT(flow_service), true);
    nlc_page_head(self, NLC_TEXT(flow_national), true);
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    for (size_t k = 0; k < material->num_flows; k++) {
        if (is_shown(&material->flows[k], material->num_months)) {
            total_row(self, &material->flows[k]);
        }
    }
    nlc_html_markup(&self->html, "</tbody></table>\n");
    nlc_html_markup(&self->html, "<p class=\"note\">");
    nlc_html_say(&self->html, NLC_TEXT(flow_note));
    nlc_html_markup(&self->html, "</p>\n");
}

static double service_of(const nlc_flow_course *flow, uint32_t num_months)
{
    return flow != NULL ? nlc_service(sum_of(flow->delivered, num_months), sum_of(flow->asked, num_months)) : NAN;
}

/* Service of each kind in each tier, of the kinds that facilitators serve. */
static void tier_table(nlc_page *self)
{
    const nlc_material *material = self->material;
    const nlc_labels *tiers = &material->resolved.tiers;
    nlc_html_heading(&self->html, "h3", NLC_TEXT(flow_by_tier));
    nlc_html_markup(&self->html, "<table id=\"service-table\"><thead><tr>");
    nlc_page_head(self, NLC_TEXT(flow_kind), false);
    for (uint32_t k = 0; k < tiers->num; k++) {
        nlc_html_markup(&self->html, "<th scope=\"col\" class=\"n\">");
        nlc_html_text(&self->html, nlc_tier_word(self, tiers->text[k]).text);
        nlc_html_markup(&self->html, "</th>");
    }
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    for (size_t k = 0; k < material->num_flows; k++) {
        const nlc_flow_course *flow = &material->flows[k];
        if (!is_shown(flow, material->num_months) || isnan(service_of(flow, material->num_months))) {
            continue;
        }
        nlc_html_markup(&self->html, "<tr><th scope=\"row\">");
        nlc_html_name(&self->html, "flow", flow->kind);
        nlc_html_markup(&self->html, "</th>");
        for (uint32_t t = 0; t < tiers->num; t++) {
            const nlc_flow_course *part = nlc_material_flow(material, tiers->text[t], flow->kind, "all");
            nlc_page_cell(self, service_of(part, material->num_months), NLC_AS_SHARE);
        }
        nlc_html_markup(&self->html, "</tr>\n");
    }
    nlc_html_markup(&self->html, "</tbody></table>\n");
}

void nlc_section_flows(nlc_page *self)
{
    if (num_shown(self->material) == 0) {
        return;
    }
    nlc_page_section(self, "flows", NLC_TEXT(flows_title));
    nlc_page_paragraph(self, NLC_TEXT(flows_text));
    draw(self);
    total_table(self);
    tier_table(self);
    nlc_page_section_end(self);
}
