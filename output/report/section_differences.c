/* A comparison: what the other scenarios differ by from the first one, outcome by outcome. */
#include <math.h>
#include <string.h>

#include "page.h"

enum { LEFT = 190, PLOT_WIDTH = 250, NUMBERS = 470, ROW_HEIGHT = 22, OUTCOME_GAP = 34, LABEL_LENGTH = 24, TOP = 8 };

/* The outcomes of the picture; the table has all. */
static const char *const chief[] = {"adopted_end", "functioning_end",         "paper_plan_gap_end", "months_to_functioning_50",
                                    "cost_end",    "cost_per_functioning_end"};
enum { NUM_CHIEF = sizeof chief / sizeof chief[0] };

static bool is_value(const nlc_difference_row *row)
{
    return strcmp(row->statistic, "value") == 0;
}

/* A row of the picture: of this outcome, against the first scenario of all, with a difference. */
static bool is_drawn(const nlc_material *material, const nlc_difference_row *row, const char *outcome)
{
    return is_value(row) && strcmp(row->outcome, outcome) == 0 && !isnan(row->difference[0]) &&
           strcmp(row->baseline, material->differences[0].baseline) == 0;
}

static uint32_t num_drawn(const nlc_material *material, const char *outcome)
{
    uint32_t num = 0;
    for (size_t k = 0; k < material->num_differences; k++) {
        num += is_drawn(material, &material->differences[k], outcome);
    }
    return num;
}

static bool is_share(const nlc_difference_row *row)
{
    return strcmp(row->unit, "share") == 0;
}

static nlc_word unit_word(const nlc_page *self, const nlc_difference_row *row)
{
    return nlc_named_word(self, "unit", is_share(row) ? "points" : row->unit);
}

/* From the lowest to the highest end of an interval, with 0 in it. */
static nlc_scale scale_of(const nlc_material *material, const char *outcome)
{
    nlc_scale scale = {0, 0, LEFT, LEFT + PLOT_WIDTH};
    for (size_t k = 0; k < material->num_differences; k++) {
        const nlc_difference_row *row = &material->differences[k];
        for (uint32_t e = 0; e < 3 && is_drawn(material, row, outcome); e++) {
            scale.low = row->difference[e] < scale.low ? row->difference[e] : scale.low;
            scale.high = row->difference[e] > scale.high ? row->difference[e] : scale.high;
        }
    }
    const double room = scale.high > scale.low ? 0.06 * (scale.high - scale.low) : 1;
    scale.low -= room;
    scale.high += room;
    return scale;
}

/* A difference as it is written: shares in percentage points. */
static nlc_word number_word(const nlc_page *self, const nlc_difference_row *row, double value)
{
    const double shown = is_share(row) ? 100 * value : value;
    return nlc_number_word(self->html.language, shown, fabs(shown) < 100 ? 1 : 0);
}

static nlc_word interval_word(const nlc_page *self, const nlc_difference_row *row)
{
    nlc_word word = number_word(self, row, row->difference[0]);
    const nlc_word low = number_word(self, row, row->difference[1]);
    const nlc_word high = number_word(self, row, row->difference[2]);
    const char *const parts[] = {" (", low.text, " \xE2\x80\xA6 ", high.text, ")"};
    for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
        strncat(word.text, parts[k], sizeof word.text - 1 - strlen(word.text));
    }
    return word;
}

static void draw_row(nlc_page *self, const nlc_difference_row *row, nlc_scale scale, double y)
{
    const bool is_real = strcmp(row->verdict, "real") == 0;
    const char *colour = is_real ? NLC_FUNCTIONING : NLC_SOFT;
    const nlc_spot at = {nlc_scale_at(scale, row->difference[0]), y};
    const double low = nlc_scale_at(scale, isnan(row->difference[1]) ? row->difference[0] : row->difference[1]);
    const double high = nlc_scale_at(scale, isnan(row->difference[2]) ? row->difference[0] : row->difference[2]);
    nlc_svg_words(&self->drawing, (nlc_spot){LEFT - 14, y + 4}, (nlc_type){11.5, NLC_END, NLC_INK, false},
                  nlc_short_word(nlc_word_of(row->scenario), LABEL_LENGTH).text);
    nlc_svg_line(&self->drawing, (nlc_spot){low, y}, (nlc_spot){high, y}, (nlc_pen){colour, 2.2, NULL});
    nlc_svg_dot(&self->drawing, at, 4.4, colour);
    if (!is_real) {
        nlc_svg_dot(&self->drawing, at, 2.8, "#ffffff");
    }
    nlc_svg_words(&self->drawing, (nlc_spot){NUMBERS, y + 4}, (nlc_type){11.5, NLC_START, NLC_INK, is_real},
                  interval_word(self, row).text);
}

/* The rows of an outcome below its name; returns where the next outcome begins. */
static double draw_outcome(nlc_page *self, const char *outcome, double y)
{
    const nlc_material *material = self->material;
    const nlc_scale scale = scale_of(material, outcome);
    const double zero = nlc_scale_at(scale, 0);
    const uint32_t num = num_drawn(material, outcome);
    nlc_word unit = {{0}};
    nlc_svg_words(&self->drawing, (nlc_spot){0, y + 12}, (nlc_type){12, NLC_START, NLC_INK, true},
                  nlc_named_word(self, "outcome", outcome).text);
    nlc_svg_line(&self->drawing, (nlc_spot){zero, y + 18}, (nlc_spot){zero, y + 20 + num * (double)ROW_HEIGHT},
                 (nlc_pen){NLC_SOFT, 1, "2 2"});
    nlc_svg_words(&self->drawing, (nlc_spot){zero, y + 14}, (nlc_type){11, NLC_MIDDLE, NLC_SOFT, false},
                  nlc_number_word(self->html.language, 0, 0).text);
    double row_y = y + 20 + ROW_HEIGHT / 2.0;
    for (size_t k = 0; k < material->num_differences; k++) {
        const nlc_difference_row *row = &material->differences[k];
        if (is_drawn(material, row, outcome)) {
            draw_row(self, row, scale, row_y);
            row_y += ROW_HEIGHT;
            unit = unit_word(self, row);
        }
    }
    nlc_svg_words(&self->drawing, (nlc_spot){NUMBERS, y + 12}, (nlc_type){11, NLC_START, NLC_SOFT, false}, unit.text);
    return y + num * (double)ROW_HEIGHT + OUTCOME_GAP;
}

static void draw(nlc_page *self)
{
    double height = TOP, y = TOP;
    for (uint32_t k = 0; k < NUM_CHIEF; k++) {
        const uint32_t num = num_drawn(self->material, chief[k]);
        height += num > 0 ? num * (double)ROW_HEIGHT + OUTCOME_GAP : 0;
    }
    if (height <= TOP) {
        return;
    }
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, NLC_PAGE_WIDTH, height, nlc_string_text(self->html.language, NLC_TEXT(differences_caption)));
    for (uint32_t k = 0; k < NUM_CHIEF; k++) {
        y = num_drawn(self->material, chief[k]) > 0 ? draw_outcome(self, chief[k], y) : y;
    }
    nlc_svg_end(drawing);
    nlc_page_figure(self, "differences", NLC_TEXT(differences_caption));
}

/* ---- The table ------------------------------------------------------------------------------------- */

static void value_cell(nlc_page *self, const nlc_difference_row *row, double value)
{
    const nlc_as as = is_share(row) ? NLC_AS_SHARE : fabs(value) < 100 ? NLC_AS_TENTHS : NLC_AS_WHOLE;
    nlc_page_cell(self, value, as);
}

static void difference_cell(nlc_page *self, const nlc_difference_row *row)
{
    static const char *const before[] = {"", " <span class=\"band\">(", " &#8230; "};
    const uint32_t num = isnan(row->difference[1]) || isnan(row->difference[2]) ? 1 : 3;
    nlc_html_markup(&self->html, "<td class=\"n\">");
    for (uint32_t k = 0; k < num; k++) {
        const bool is_known = !isnan(row->difference[k]);
        nlc_html_markup(&self->html, "%s", before[k]);
        nlc_html_markup(&self->html, is_known ? "<data value=\"%.12g\">" : "", row->difference[k]);
        nlc_html_text(&self->html, number_word(self, row, row->difference[k]).text);
        nlc_html_markup(&self->html, is_known ? "</data>" : "");
    }
    nlc_html_markup(&self->html, num == 3 ? ")</span></td>" : "</td>");
}

static nlc_word verdict_word(const nlc_page *self, const char *verdict)
{
    char key[32] = "";
    strncat(key, verdict, sizeof key - 1);
    for (char *at = key; *at != '\0'; at++) {
        *at = *at == ' ' ? '_' : *at;
    }
    const char *known = nlc_string_named(self->html.language, "verdict", key);
    return nlc_word_of(known != NULL ? known : verdict);
}

static void row_write(nlc_page *self, const nlc_difference_row *row)
{
    nlc_html_markup(&self->html, "<tr><th scope=\"row\">");
    nlc_html_name(&self->html, "outcome", row->outcome);
    nlc_html_markup(&self->html, "<br><span class=\"unit\">");
    nlc_html_text(&self->html,
                  is_value(row) ? unit_word(self, row).text : nlc_string_text(self->html.language, NLC_TEXT(differences_reached)));
    nlc_html_markup(&self->html, "</span></th><td>");
    nlc_html_text(&self->html, row->scenario);
    if (strcmp(row->baseline, self->material->differences[0].baseline) != 0) {
        nlc_html_markup(&self->html, "<br><span class=\"unit\">");
        nlc_html_fill(&self->html, NLC_TEXT(differences_against), row->baseline, NULL);
        nlc_html_markup(&self->html, "</span>");
    }
    nlc_html_markup(&self->html, "</td>");
    value_cell(self, row, row->baseline_mean);
    value_cell(self, row, row->scenario_mean);
    difference_cell(self, row);
    nlc_page_cell(self, row->num_pairs, NLC_AS_WHOLE);
    nlc_html_markup(&self->html, "<td>");
    nlc_html_text(&self->html, verdict_word(self, row->verdict).text);
    nlc_html_markup(&self->html, "</td></tr>\n");
}

/* Outcomes that no pair of runs reached have nothing to show. */
static void left_out_say(nlc_page *self, uint32_t num_shown)
{
    if (num_shown == self->material->num_differences) {
        return;
    }
    const nlc_word shown = nlc_number_word(self->html.language, num_shown, 0);
    const nlc_word all = nlc_number_word(self->html.language, (double)self->material->num_differences, 0);
    nlc_html_markup(&self->html, "<p class=\"note\">");
    nlc_html_fill(&self->html, NLC_TEXT(not_all_pairs), shown.text, all.text, NULL);
    nlc_html_markup(&self->html, "</p>\n");
}

void nlc_section_differences(nlc_page *self)
{
    const nlc_material *material = self->material;
    if (material->num_differences == 0) {
        return;
    }
    const nlc_word confidence = nlc_percent_word(self->html.language, material->differences[0].confidence, 0);
    nlc_page_section(self, "differences", NLC_TEXT(differences_title));
    nlc_html_markup(&self->html, "<p>");
    nlc_html_fill(&self->html, NLC_TEXT(differences_text), material->differences[0].baseline, confidence.text, NULL);
    nlc_html_markup(&self->html, "</p>\n");
    draw(self);
    nlc_html_markup(&self->html, "<table id=\"differences-table\" class=\"dense\"><thead><tr>");
    nlc_page_head(self, NLC_TEXT(differences_outcome), false);
    nlc_page_head(self, NLC_TEXT(differences_scenario), false);
    nlc_page_head(self, NLC_TEXT(differences_baseline_mean), true);
    nlc_page_head(self, NLC_TEXT(differences_mean), true);
    nlc_page_head(self, NLC_TEXT(differences_difference), true);
    nlc_page_head(self, NLC_TEXT(differences_pairs), true);
    nlc_page_head(self, NLC_TEXT(differences_verdict), false);
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    uint32_t num = 0;
    for (size_t k = 0; k < material->num_differences; k++) {
        if (material->differences[k].num_pairs > 0) {
            row_write(self, &material->differences[k]);
            num++;
        }
    }
    nlc_html_markup(&self->html, "</tbody></table>\n");
    left_out_say(self, num);
    nlc_page_section_end(self);
}

void nlc_section_scenarios(nlc_page *self)
{
    nlc_page_section(self, "scenarios", NLC_TEXT(scenarios_title));
    nlc_html_markup(&self->html, "<table id=\"scenarios-table\"><thead><tr>");
    nlc_page_head(self, NLC_TEXT(differences_scenario), false);
    nlc_page_head(self, NLC_TEXT(scenarios_about), false);
    nlc_page_head(self, NLC_TEXT(scenario_hash), false);
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    for (size_t k = 0; k < self->material->num_compared; k++) {
        const nlc_compared_row *row = &self->material->compared[k];
        nlc_html_markup(&self->html, "<tr><th scope=\"row\">");
        nlc_html_text(&self->html, row->name);
        nlc_html_markup(&self->html, "</th><td>");
        nlc_html_text(&self->html, row->title);
        nlc_html_markup(&self->html, "</td><td><code class=\"hash\">");
        nlc_html_text(&self->html, row->hash);
        nlc_html_markup(&self->html, "</code></td></tr>\n");
    }
    nlc_html_markup(&self->html, "</tbody></table>\n");
    nlc_page_section_end(self);
}
