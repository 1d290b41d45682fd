/* What stands first: the title, what the page is not, and the results in four numbers; then what was
 * asked. */
#include <math.h>
#include <string.h>

#include "page.h"

static void card(nlc_page *self, const char *measure, nlc_string title, nlc_as as)
{
    double band[3];
    const nlc_course *course = nlc_material_course(self->material, NLC_BY_ALL, "all", measure);
    nlc_course_band(course, self->material->num_months - 1, band);
    if (course == NULL) {
        return;
    }
    nlc_html_markup(&self->html, "<div><dt>");
    nlc_html_say(&self->html, title);
    nlc_html_markup(&self->html, "</dt><dd data-measure=\"%s\">", measure);
    nlc_page_band(self, band, as);
    nlc_html_markup(&self->html, "</dd></div>\n");
}

/* The folder says in English what its bands are; the usual sentence has its translation. */
static void bands_say(nlc_page *self)
{
    const char *said = nlc_member_text(self->material->about, "bands");
    const char *usual = nlc_string_text(NLC_LANGUAGE_EN, NLC_TEXT(bands));
    nlc_html_markup(&self->html, "<p class=\"note\">");
    if (said[0] == '\0' || strcmp(said, usual) == 0) {
        nlc_html_say(&self->html, NLC_TEXT(bands));
    } else {
        nlc_html_markup(&self->html, "<span lang=\"en\">");
        nlc_html_text(&self->html, said);
        nlc_html_markup(&self->html, "</span>");
    }
    nlc_html_markup(&self->html, "</p>\n");
}

static nlc_word month_of(const nlc_page *self, uint32_t month)
{
    return nlc_month_word(self->html.language, self->material->resolved.start + (int32_t)month);
}

/* A comparison is called by its scenarios, in any language. */
static void title_write(nlc_page *self)
{
    const nlc_material *material = self->material;
    for (size_t k = 0; k < material->num_compared; k++) {
        nlc_html_text(&self->html, material->compared[k].name);
        nlc_html_markup(&self->html, k + 1 < material->num_compared ? " &#8211; " : "");
    }
    if (material->num_compared == 0) {
        nlc_html_text(&self->html, nlc_member_text(material->package, "title"));
    }
}

void nlc_section_title(nlc_page *self)
{
    const nlc_material *material = self->material;
    static const nlc_string kinds[] = {
        [NLC_OF_RUN] = NLC_TEXT(kind), [NLC_OF_COMPARISON] = NLC_TEXT(kind_comparison), [NLC_OF_STUDY] = NLC_TEXT(kind_study)};
    const bool is_run = material->kind == NLC_OF_RUN;
    nlc_html *html = &self->html;
    nlc_html_markup(html, "<header><p class=\"kind\">");
    nlc_html_say(html, kinds[material->kind]);
    nlc_html_markup(html, "</p><h1>");
    title_write(self);
    nlc_html_markup(html, "</h1>\n");
    if (is_run) {
        nlc_html_markup(html, "<p class=\"span\">");
        nlc_html_fill(html, NLC_TEXT(span), month_of(self, 0).text, month_of(self, material->num_months - 1).text, NULL);
        nlc_html_markup(html, "</p>\n");
    }
    nlc_html_markup(html, "<p class=\"warning\">");
    nlc_html_say(html, NLC_TEXT(what_it_is_not));
    nlc_html_markup(html, "</p></header>\n");
}

void nlc_section_summary(nlc_page *self)
{
    nlc_html *html = &self->html;
    nlc_html_markup(html, "<section id=\"summary\">\n<h2>");
    nlc_html_fill(html, NLC_TEXT(at_the_end), month_of(self, self->material->num_months - 1).text, NULL);
    nlc_html_markup(html, "</h2>\n<dl class=\"cards\">\n");
    card(self, "adopted", NLC_TEXT(adopted), NLC_AS_SHARE);
    card(self, "functioning", NLC_TEXT(functioning), NLC_AS_SHARE);
    card(self, "paper_plan_gap", NLC_TEXT(gap), NLC_AS_SHARE);
    card(self, "cost_so_far", NLC_TEXT(cost_card), NLC_AS_WHOLE);
    nlc_html_markup(html, "</dl>\n");
    bands_say(self);
    nlc_page_section_end(self);
}

/* ---- What was asked -------------------------------------------------------------------------------- */

static void row_begin(nlc_page *self, nlc_string title)
{
    nlc_html_markup(&self->html, "<tr><th scope=\"row\">");
    nlc_html_say(&self->html, title);
    nlc_html_markup(&self->html, "</th><td>");
}

static void row_end(nlc_page *self)
{
    nlc_html_markup(&self->html, "</td></tr>\n");
}

/* A number that the data package gives, if it does. */
static void number_row(nlc_page *self, nlc_string title, const char *key)
{
    const double value = nlc_member_number(self->material->about, key);
    if (!isnan(value)) {
        row_begin(self, title);
        nlc_html_number(&self->html, value, 0);
        row_end(self);
    }
}

static void settings_row(nlc_page *self)
{
    const json_t *settings = json_object_get(self->material->about, "settings");
    if (settings == NULL) {
        return;
    }
    row_begin(self, NLC_TEXT(settings));
    for (size_t k = 0; k < json_array_size(settings); k++) {
        const char *setting = json_string_value(json_array_get(settings, k));
        const char *name = nlc_address_name(self, setting);
        nlc_html_text(&self->html, name != NULL ? name : "");
        nlc_html_markup(&self->html, " <code>");
        nlc_html_text(&self->html, setting);
        nlc_html_markup(&self->html, k + 1 < json_array_size(settings) ? "</code><br>" : "</code>");
    }
    if (json_array_size(settings) == 0) {
        nlc_html_say(&self->html, NLC_TEXT(no_settings));
    }
    row_end(self);
}

static void places_row(nlc_page *self)
{
    const json_t *countries = json_object_get(self->material->about, "countries");
    if (countries == NULL) {
        return;
    }
    row_begin(self, NLC_TEXT(places));
    for (size_t k = 0; k < json_array_size(countries); k++) {
        const json_t *country = json_array_get(countries, k);
        nlc_html_text(&self->html, k > 0 ? "; " : "");
        nlc_html_text(&self->html, nlc_member_text(country, "name"));
        nlc_html_markup(&self->html, " ");
        nlc_html_number(&self->html, nlc_member_number(country, "places"), 0);
    }
    row_end(self);
}

void nlc_section_asked(nlc_page *self)
{
    const nlc_material *material = self->material;
    nlc_page_section(self, "asked", NLC_TEXT(asked_title));
    if (nlc_member_text(material->about, "command")[0] != '\0') {
        nlc_html_markup(&self->html, "<pre><code>");
        nlc_html_text(&self->html, nlc_member_text(material->about, "command"));
        nlc_html_markup(&self->html, "</code></pre>\n");
    }
    nlc_html_markup(&self->html, "<table class=\"facts\"><tbody>\n");
    settings_row(self);
    places_row(self);
    number_row(self, NLC_TEXT(months), "months");
    number_row(self, NLC_TEXT(study_points), "points");
    number_row(self, material->kind == NLC_OF_STUDY ? NLC_TEXT(study_runs) : NLC_TEXT(runs), "replicates");
    number_row(self, NLC_TEXT(networks), "network_draws");
    nlc_html_markup(&self->html, "</tbody></table>\n");
    nlc_page_section_end(self);
}
