/* The choice of the best scenario with a stated probability, where a comparison was asked for it. */
#include <math.h>
#include <string.h>

#include "page.h"

enum { LEFT = 190, RIGHT = 30, TOP = 6, ROW_HEIGHT = 22, LABEL_LENGTH = 24 };

static bool is_share(const nlc_page *self)
{
    return strcmp(nlc_material_unit(self->material, self->material->selection[0].outcome), "share") == 0;
}

static nlc_scale scale_of(const nlc_material *material)
{
    nlc_scale scale = {INFINITY, -INFINITY, LEFT, NLC_PAGE_WIDTH - RIGHT};
    for (size_t k = 0; k < material->num_selection; k++) {
        for (uint32_t e = 0; e < 3; e++) {
            const double value = material->selection[k].mean[e];
            scale.low = value < scale.low ? value : scale.low;
            scale.high = value > scale.high ? value : scale.high;
        }
    }
    if (!(scale.high > scale.low)) {
        const double middle = isfinite(scale.low) ? scale.low : 0;
        scale.low = middle - 1;
        scale.high = middle + 1;
    }
    return scale;
}

static void draw_row(nlc_page *self, const nlc_selection_row *row, nlc_scale x, double y)
{
    const char *colour = row->is_best ? NLC_FUNCTIONING : NLC_SOFT;
    nlc_svg_words(&self->drawing, (nlc_spot){LEFT - 12, y + 4}, (nlc_type){11.5, NLC_END, NLC_INK, row->is_best},
                  nlc_short_word(nlc_word_of(row->scenario), LABEL_LENGTH).text);
    if (isnan(row->mean[0])) {
        return;
    }
    if (isfinite(row->mean[1]) && isfinite(row->mean[2])) {
        nlc_svg_line(&self->drawing, (nlc_spot){nlc_scale_at(x, row->mean[1]), y}, (nlc_spot){nlc_scale_at(x, row->mean[2]), y},
                     (nlc_pen){colour, 2.2, NULL});
    }
    nlc_svg_dot(&self->drawing, (nlc_spot){nlc_scale_at(x, row->mean[0]), y}, 4.4, colour);
}

static void draw(nlc_page *self)
{
    const nlc_material *material = self->material;
    const double bottom = TOP + (double)material->num_selection * ROW_HEIGHT;
    const nlc_scale x = scale_of(material);
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, NLC_PAGE_WIDTH, bottom + 24, nlc_string_text(self->html.language, NLC_TEXT(selection_caption)));
    nlc_svg_across_axis(drawing, x, is_share(self), TOP, bottom);
    for (size_t k = 0; k < material->num_selection; k++) {
        draw_row(self, &material->selection[k], x, TOP + ((double)k + 0.5) * ROW_HEIGHT);
    }
    nlc_svg_end(drawing);
    nlc_page_figure(self, "selection", NLC_TEXT(selection_caption));
}

static void row_write(nlc_page *self, const nlc_selection_row *row)
{
    nlc_html_markup(&self->html, "<tr><th scope=\"row\">");
    nlc_html_text(&self->html, row->scenario);
    nlc_html_markup(&self->html, "</th>");
    nlc_page_band_cell(self, row->mean, is_share(self) ? NLC_AS_SHARE : NLC_AS_TENTHS);
    nlc_page_cell(self, row->num_runs, NLC_AS_WHOLE);
    nlc_html_markup(&self->html, "<td>");
    if (row->is_best) {
        nlc_html_say(&self->html, NLC_TEXT(selection_chosen));
    }
    nlc_html_markup(&self->html, "</td></tr>\n");
}

void nlc_section_selection(nlc_page *self)
{
    const nlc_material *material = self->material;
    if (material->num_selection == 0) {
        return;
    }
    const nlc_selection_row *first = &material->selection[0];
    const nlc_language language = self->html.language;
    const nlc_word outcome = nlc_named_word(self, "outcome", first->outcome);
    const nlc_word sure = nlc_percent_word(language, first->probability, 0);
    const nlc_word same = is_share(self) ? nlc_percent_word(language, first->indifference, 1)
                                         : nlc_number_word(language, first->indifference, nlc_decimals_of(first->indifference, 3));
    nlc_page_section(self, "selection", NLC_TEXT(selection_title));
    nlc_html_markup(&self->html, "<p>");
    nlc_html_fill(&self->html, NLC_TEXT(selection_text), outcome.text, sure.text, same.text, NULL);
    nlc_html_markup(&self->html, "</p>\n");
    draw(self);
    nlc_html_markup(&self->html, "<table id=\"selection-table\"><thead><tr>");
    nlc_page_head(self, NLC_TEXT(differences_scenario), false);
    nlc_page_head(self, NLC_TEXT(differences_mean), true);
    nlc_page_head(self, NLC_TEXT(runs), true);
    nlc_page_head(self, NLC_TEXT(selection_head), false);
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    for (size_t k = 0; k < material->num_selection; k++) {
        row_write(self, &material->selection[k]);
    }
    nlc_html_markup(&self->html, "</tbody></table>\n");
    nlc_page_section_end(self);
}
