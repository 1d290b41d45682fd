/* What was counted in reality, beside what the runs have. */
#include <math.h>

#include "page.h"

static void place_write(nlc_page *self, const nlc_observed_row *row)
{
    const nlc_word tier = nlc_tier_word(self, row->tier);
    const char *const labels[] = {nlc_material_country(self->material, row->under), tier.text, row->group};
    bool is_first = true;
    for (size_t k = 0; k < sizeof labels / sizeof labels[0]; k++) {
        if (labels[k][0] != '\0') {
            nlc_html_text(&self->html, is_first ? "" : ", ");
            nlc_html_text(&self->html, labels[k]);
            is_first = false;
        }
    }
    if (is_first) {
        nlc_html_say(&self->html, NLC_TEXT(all_places));
    }
}

static void counted_write(nlc_page *self, const nlc_observed_row *row)
{
    nlc_html_markup(&self->html, "<td class=\"n\">");
    nlc_html_number(&self->html, row->value, row->value == floor(row->value) ? 0 : 3);
    if (!isnan(row->total)) {
        nlc_html_markup(&self->html, " / ");
        nlc_html_number(&self->html, row->total, 0);
    }
    if (!isnan(row->error)) {
        nlc_html_markup(&self->html, " &#177; ");
        nlc_html_number(&self->html, row->error, row->error == floor(row->error) ? 0 : 3);
    }
    nlc_html_markup(&self->html, "</td>");
}

static void row_write(nlc_page *self, const nlc_observed_row *row)
{
    const nlc_material *material = self->material;
    const nlc_course *course = nlc_observed_course(material, row);
    const bool is_inside = row->month >= 1 && row->month <= (int32_t)material->num_months;
    double values[3], band[3];
    nlc_observed_values(material, row, values);
    nlc_course_band(is_inside ? course : NULL, is_inside ? (uint32_t)row->month - 1 : 0, band);
    nlc_html_markup(&self->html, "<tr><th scope=\"row\">");
    nlc_html_text(&self->html, nlc_month_word(self->html.language, material->resolved.start + row->month - 1).text);
    nlc_html_markup(&self->html, "</th><td>");
    place_write(self, row);
    nlc_html_markup(&self->html, "</td><td>");
    nlc_html_name(&self->html, "measure", row->measure);
    nlc_html_markup(&self->html, "</td>");
    counted_write(self, row);
    const nlc_as as = values[1] <= 1 && !isnan(row->total) ? NLC_AS_SHARE : NLC_AS_TENTHS;
    nlc_page_cell(self, values[1], as);
    nlc_page_band_cell(self, band, as);
    nlc_html_markup(&self->html, "</tr>\n<tr class=\"source\"><td colspan=\"6\">");
    nlc_html_text(&self->html, row->source);
    nlc_html_markup(&self->html, "</td></tr>\n");
}

void nlc_section_counted(nlc_page *self)
{
    const nlc_material *material = self->material;
    if (material->num_observed == 0) {
        return;
    }
    nlc_page_section(self, "counted", NLC_TEXT(counted_title));
    nlc_page_paragraph(self, NLC_TEXT(counted_text));
    nlc_html_markup(&self->html, "<table id=\"counted-table\"><thead><tr>");
    nlc_page_head(self, NLC_TEXT(counted_month), false);
    nlc_page_head(self, NLC_TEXT(counted_place), false);
    nlc_page_head(self, NLC_TEXT(counted_measure), false);
    nlc_page_head(self, NLC_TEXT(counted_value), true);
    nlc_page_head(self, NLC_TEXT(counted_share), true);
    nlc_page_head(self, NLC_TEXT(counted_runs), true);
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    for (size_t k = 0; k < material->num_observed; k++) {
        row_write(self, &material->observed[k]);
    }
    nlc_html_markup(&self->html, "</tbody></table>\n");
    nlc_page_section_end(self);
}
