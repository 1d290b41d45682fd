#include "page.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

nlc_html *nlc_page_draw(nlc_page *self)
{
    nlc_html_free(&self->drawing);
    self->drawing = (nlc_html){.language = self->html.language, .error = self->html.error};
    return &self->drawing;
}

static nlc_error figure_keep(nlc_report *report, const char *name, const nlc_text *svg)
{
    nlc_figure *grown = realloc(report->figures, (report->num_figures + (size_t)1) * sizeof *grown);
    if (grown == NULL) {
        return NLC_ERROR_MEMORY;
    }
    report->figures = grown;
    nlc_figure *figure = &report->figures[report->num_figures++];
    *figure = (nlc_figure){0};
    snprintf(figure->name, sizeof figure->name, "%s", name);
    nlc_error error = nlc_text_add(&figure->svg, svg->data, svg->length);
    return error == NLC_OK ? nlc_text_add(&figure->svg, "\n", 1) : error;
}

void nlc_page_place(nlc_page *self, const char *name)
{
    const nlc_text *svg = &self->drawing.text;
    self->html.error = self->html.error == NLC_OK ? self->drawing.error : self->html.error;
    if (self->html.error == NLC_OK) {
        self->html.error = figure_keep(self->report, name, svg);
    }
    if (self->html.error == NLC_OK) {
        self->html.error = nlc_text_add(&self->html.text, svg->data, svg->length);
    }
}

void nlc_page_bare_figure(nlc_page *self, const char *name)
{
    nlc_html_markup(&self->html, "<figure>");
    nlc_page_place(self, name);
    nlc_html_markup(&self->html, "</figure>\n");
}

void nlc_page_figure(nlc_page *self, const char *name, nlc_string caption)
{
    nlc_html_markup(&self->html, "<figure>");
    nlc_page_place(self, name);
    nlc_html_markup(&self->html, "\n<figcaption>");
    nlc_html_say(&self->html, caption);
    nlc_html_markup(&self->html, "</figcaption></figure>\n");
}

void nlc_page_section(nlc_page *self, const char *id, nlc_string title)
{
    nlc_html_markup(&self->html, "<section id=\"%s\">\n", id);
    nlc_html_heading(&self->html, "h2", title);
}

void nlc_page_section_end(nlc_page *self)
{
    nlc_html_markup(&self->html, "</section>\n");
}

void nlc_page_paragraph(nlc_page *self, nlc_string string)
{
    nlc_html_heading(&self->html, "p", string);
}

/* ---- Tables ---------------------------------------------------------------------------------------- */

void nlc_page_head(nlc_page *self, nlc_string string, bool is_number)
{
    nlc_html_markup(&self->html, is_number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
    nlc_html_say(&self->html, string);
    nlc_html_markup(&self->html, "</th>");
}

static void number(nlc_page *self, double value, nlc_as as)
{
    if (as == NLC_AS_SHARE) {
        nlc_html_share(&self->html, value);
    } else {
        nlc_html_number(&self->html, value, as == NLC_AS_WHOLE ? 0 : 1);
    }
}

void nlc_page_cell(nlc_page *self, double value, nlc_as as)
{
    nlc_html_markup(&self->html, "<td class=\"n\">");
    number(self, value, as);
    nlc_html_markup(&self->html, "</td>");
}

static void band_number(nlc_page *self, double value, nlc_as as)
{
    if (as == NLC_AS_SHARE) {
        nlc_html_plain_share(&self->html, value);
    } else {
        number(self, value, as);
    }
}

static void band(nlc_page *self, const double value_low_high[3], nlc_as as)
{
    nlc_html_markup(&self->html, " <span class=\"band\">(");
    band_number(self, value_low_high[1], as);
    nlc_html_markup(&self->html, "&#8211;");
    band_number(self, value_low_high[2], as);
    nlc_html_markup(&self->html, ")</span>");
}

void nlc_page_band(nlc_page *self, const double value_low_high[3], nlc_as as)
{
    number(self, value_low_high[0], as);
    if (value_low_high[1] < value_low_high[2]) {
        band(self, value_low_high, as);
    }
}

void nlc_page_band_cell(nlc_page *self, const double value_low_high[3], nlc_as as)
{
    nlc_html_markup(&self->html, "<td class=\"n\">");
    nlc_page_band(self, value_low_high, as);
    nlc_html_markup(&self->html, "</td>");
}

void nlc_course_band(const nlc_course *course, uint32_t month, double value_low_high[3])
{
    value_low_high[0] = course == NULL ? NAN : course->statistic[NLC_MEDIAN][month];
    value_low_high[1] = course == NULL ? NAN : course->statistic[NLC_P05][month];
    value_low_high[2] = course == NULL ? NAN : course->statistic[NLC_P95][month];
}

bool nlc_page_shows_month(const nlc_page *self, uint32_t month)
{
    enum { MAX_ROWS = 12, YEAR = 12, QUARTER = 3 };
    const uint32_t num = self->material->num_months;
    uint32_t step = num < 2 * YEAR ? QUARTER : YEAR;
    while (num / step > MAX_ROWS) {
        step += YEAR;
    }
    const bool is_crowded = num - 1 - month < step / 2;
    return month + 1 == num || ((month + 1) % step == 0 && !is_crowded);
}

/* ---- Names ----------------------------------------------------------------------------------------- */

nlc_word nlc_named_word(const nlc_page *self, const char *kind, const char *name)
{
    const char *known = nlc_string_named(self->html.language, kind, name);
    nlc_word word = nlc_word_of(known != NULL ? known : name);
    for (char *at = word.text; *at != '\0' && known == NULL; at++) {
        *at = *at == '_' ? ' ' : *at;
    }
    return word;
}

/* NULL where the table does not know it. */
static const char *name_of_address(const nlc_page *self, const char *address)
{
    static const char *const kinds[] = {"dial", "lever", "parameter"};
    char name[64];
    const char *known = NULL;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0] && known == NULL; k++) {
        const size_t length = strlen(kinds[k]);
        const bool has_prefix = strncmp(address, kinds[k], length) == 0 && address[length] == '.';
        const char *plain = has_prefix ? address + length + 1 : address;
        snprintf(name, sizeof name, "%.*s", (int)strcspn(plain, "@"), plain);
        known = nlc_string_named(self->html.language, kinds[k], name);
    }
    return known;
}

nlc_word nlc_address_word(const nlc_page *self, const char *address)
{
    const char *known = name_of_address(self, address);
    return nlc_word_of(known != NULL ? known : address);
}

void nlc_page_address(nlc_page *self, const char *address)
{
    const char *known = name_of_address(self, address);
    if (known != NULL) {
        nlc_html_text(&self->html, known);
        nlc_html_markup(&self->html, " ");
    }
    nlc_html_markup(&self->html, "<code>");
    nlc_html_text(&self->html, address);
    nlc_html_markup(&self->html, "</code>");
}

nlc_word nlc_tier_word(const nlc_page *self, const char *tier)
{
    return nlc_named_word(self, "tier", tier);
}

nlc_word nlc_part_word(const nlc_page *self, nlc_by by, const char *label)
{
    const nlc_language language = self->html.language;
    switch (by) {
    case NLC_BY_COUNTRY:
        return nlc_word_of(nlc_material_country(self->material, label));
    case NLC_BY_TIER:
        return nlc_tier_word(self, label);
    case NLC_BY_WAVE:
        return nlc_filled_word(language, NLC_TEXT(wave), label);
    case NLC_BY_GROUP:
        return nlc_filled_word(language, NLC_TEXT(group), label);
    case NLC_BY_SIZE:
        return nlc_named_word(self, "size", label);
    default:
        return nlc_word_of(nlc_string_text(language, NLC_TEXT(all_places)));
    }
}
