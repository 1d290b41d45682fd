/* The parameters, how well each is known, and how much of the whole is assumption. */
#include <math.h>
#include <string.h>

#include "page.h"

/* From what is known best; what none of these is stands last. */
static const char *const classes[] = {"calibrated", "literature", "tuned", "assumption", "not stated"};
static const char *const colours[] = {NLC_FUNCTIONING, "#5aa5b1", "#a7d0d5", "#f2cf9a", "#e1e6e7"};
enum { NUM_CLASSES = sizeof classes / sizeof classes[0] };

static uint32_t class_of_name(const char *evidence)
{
    uint32_t k = 0;
    while (k + 1 < NUM_CLASSES && strcmp(evidence, classes[k]) != 0) {
        k++;
    }
    return k;
}

static uint32_t class_of(const json_t *parameter)
{
    return class_of_name(nlc_member_text(parameter, "evidence"));
}

static void counts_find(const json_t *parameters, uint32_t count[NUM_CLASSES])
{
    memset(count, 0, NUM_CLASSES * sizeof *count);
    for (size_t k = 0; k < json_array_size(parameters); k++) {
        count[class_of(json_array_get(parameters, k))]++;
    }
}

/* "not stated" has a key without the space. */
static const char *class_key(uint32_t class)
{
    return class + 1 == NUM_CLASSES ? "not_stated" : classes[class];
}

static void draw(nlc_page *self, const uint32_t count[NUM_CLASSES], size_t num)
{
    enum { BAR_WIDTH = 660, BAR_LEFT = 10 };
    double x = BAR_LEFT;
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, NLC_PAGE_WIDTH, 66, nlc_string_text(self->html.language, NLC_TEXT(evidence_caption)));
    for (uint32_t k = 0; k < NUM_CLASSES; k++) {
        const double width = (double)BAR_WIDTH * count[k] / (double)num;
        if (count[k] > 0) {
            const char *ink = k == 0 ? "#ffffff" : NLC_INK;
            nlc_svg_box(drawing, (nlc_box){x, 4, width - 1.5, 26}, colours[k], 1);
            nlc_svg_words(drawing, (nlc_spot){x + 7, 21.5}, (nlc_type){12, NLC_START, ink, true},
                          nlc_number_word(self->html.language, count[k], 0).text);
            nlc_svg_words(drawing, (nlc_spot){x, k % 2 == 0 ? 46 : 60}, (nlc_type){11, NLC_START, NLC_SOFT, false},
                          nlc_named_word(self, "evidence", class_key(k)).text);
        }
        x += width;
    }
    nlc_svg_end(drawing);
    nlc_page_figure(self, "evidence", NLC_TEXT(evidence_caption));
}

static void number_cell(nlc_page *self, double value)
{
    nlc_html_markup(&self->html, "<td class=\"n\">");
    nlc_html_number(&self->html, value, nlc_decimals_of(value, 6));
    nlc_html_markup(&self->html, "</td>");
}

static void row_write(nlc_page *self, const json_t *parameter)
{
    const double value = nlc_member_number(parameter, "value");
    const bool is_changed = value != nlc_member_number(parameter, "default");
    const char *name = nlc_member_text(parameter, "name");
    nlc_html_markup(&self->html, is_changed ? "<tr class=\"changed\"><th scope=\"row\">" : "<tr><th scope=\"row\">");
    nlc_html_name(&self->html, "parameter", name);
    nlc_html_markup(&self->html, " <code>");
    nlc_html_text(&self->html, name);
    nlc_html_markup(&self->html, "</code><br><span class=\"about\">");
    nlc_html_about(&self->html, "parameter", name, nlc_member_text(parameter, "meaning"));
    nlc_html_markup(&self->html, "</span></th>");
    number_cell(self, value);
    number_cell(self, nlc_member_number(parameter, "default"));
    nlc_html_markup(&self->html, "<td class=\"unit\">");
    nlc_html_text(&self->html, nlc_named_word(self, "unit", nlc_member_text(parameter, "unit")).text);
    nlc_html_markup(&self->html, "</td><td>");
    nlc_html_text(&self->html, nlc_named_word(self, "evidence", class_key(class_of(parameter))).text);
    nlc_html_markup(&self->html, "</td><td class=\"source\" lang=\"en\">");
    nlc_html_text(&self->html, nlc_member_text(parameter, "source"));
    nlc_html_markup(&self->html, "</td></tr>\n");
}

static void table(nlc_page *self, const json_t *parameters)
{
    nlc_html_markup(&self->html, "<table id=\"parameters-table\" class=\"dense\"><thead><tr>");
    nlc_page_head(self, NLC_TEXT(parameter), false);
    nlc_page_head(self, NLC_TEXT(value), true);
    nlc_page_head(self, NLC_TEXT(standard), true);
    nlc_page_head(self, NLC_TEXT(unit), false);
    nlc_page_head(self, NLC_TEXT(evidence), false);
    nlc_page_head(self, NLC_TEXT(source), false);
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    for (size_t k = 0; k < json_array_size(parameters); k++) {
        row_write(self, json_array_get(parameters, k));
    }
    nlc_html_markup(&self->html, "</tbody></table>\n");
}

/* The models of a comparison or a study: the data package names one, or several with | between them. */
static void model_write(nlc_page *self, const nlc_model *model)
{
    uint32_t count[NUM_CLASSES] = {0};
    for (uint32_t k = 0; k < model->num_parameters; k++) {
        count[class_of_name(nlc_evidence_name(model->parameters[k].evidence))]++;
    }
    const nlc_language language = self->html.language;
    const nlc_word all = nlc_number_word(language, model->num_parameters, 0);
    const nlc_word assumed = nlc_number_word(language, count[3], 0);
    const nlc_word share = nlc_percent_word(language, (double)count[3] / model->num_parameters, 0);
    nlc_html_markup(&self->html, "<p>");
    nlc_html_fill(&self->html, NLC_TEXT(assumed_text), model->name, all.text, assumed.text, share.text, NULL);
    nlc_html_markup(&self->html, "</p>\n");
    draw(self, count, model->num_parameters);
}

void nlc_section_assumptions(nlc_page *self)
{
    const json_t *about = self->material->about;
    const char *one = nlc_member_text(json_object_get(about, "model"), "name");
    const char *name = one[0] != '\0' ? one : nlc_member_text(about, "models");
    if (name[0] == '\0') {
        return;
    }
    nlc_page_section(self, "assumptions", NLC_TEXT(parameters_title));
    for (const nlc_model *const *model = nlc_models(); *model != NULL; model++) {
        const char *found = strstr(name, (*model)->name);
        const size_t length = strlen((*model)->name);
        const bool is_whole =
            found != NULL && (found == name || found[-1] == '|') && (found[length] == '\0' || found[length] == '|');
        if (is_whole && (*model)->num_parameters > 0) {
            model_write(self, *model);
        }
    }
    nlc_page_section_end(self);
}

void nlc_section_parameters(nlc_page *self)
{
    const json_t *parameters = json_object_get(self->material->about, "parameters");
    const size_t num = json_array_size(parameters);
    uint32_t count[NUM_CLASSES];
    if (num == 0) {
        return;
    }
    counts_find(parameters, count);
    nlc_page_section(self, "parameters", NLC_TEXT(parameters_title));
    const nlc_word all = nlc_number_word(self->html.language, (double)num, 0);
    const nlc_word assumed = nlc_number_word(self->html.language, count[3], 0);
    const nlc_word share = nlc_percent_word(self->html.language, (double)count[3] / (double)num, 0);
    nlc_html_markup(&self->html, "<p>");
    nlc_html_fill(&self->html, NLC_TEXT(parameters_text), all.text, assumed.text, share.text, NULL);
    nlc_html_markup(&self->html, "</p>\n");
    draw(self, count, num);
    table(self, parameters);
    nlc_page_section_end(self);
}
