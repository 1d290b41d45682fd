/* What `nlcsim analyse` found in a study: a picture with intervals and a table for each method. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "section_study.h"

enum { MAX_ITEMS = 40, MAX_DRAWN = 20, MAX_MEASURES = 6, ITEM_LENGTH = 256, LEFT = 300, RIGHT = 30, TOP = 6, ROW_HEIGHT = 20 };
enum { LABEL_LENGTH = 40 };

/* A method, the measure that its picture shows, whether the largest stand first, and whether its table has all outcomes, of which
 * the report shows those of the study's own section, each by itself. */
typedef struct {
    const char *name, *measure;
    bool is_ranked, has_all;
} method;

static const method methods[] = {
    {"select", "probability", false, false}, {"robust", "max_regret", false, false}, {"pareto", "output", false, false},
    {"voi", "evppi", true, false},           {"prim", "coverage", false, false},     {"oat", "difference", true, true},
    {"rank", "rank", true, false},           {"morris", "mu_star", true, false},     {"sobol", "total", true, false},
    {"pawn", "median", true, false},         {"delta", "delta", true, false},
};

/* The rows of a method in the material, and what stands in them, each once. */
typedef struct {
    const method *method;
    const nlc_finding_row *row; /* [num], borrowed */
    size_t num;
    const char *item[MAX_ITEMS], *measure[MAX_MEASURES]; /* borrowed */
    uint32_t num_items, num_measures;
} analysis;

static void add_once(const char **list, uint32_t *num, uint32_t most, const char *text)
{
    for (uint32_t k = 0; k < *num; k++) {
        if (strcmp(list[k], text) == 0) {
            return;
        }
    }
    if (*num < most) {
        list[(*num)++] = text;
    }
}

static const nlc_finding_row *row_of(const analysis *self, const char *item, const char *measure)
{
    for (size_t k = 0; k < self->num; k++) {
        if (strcmp(self->row[k].item, item) == 0 && strcmp(self->row[k].measure, measure) == 0) {
            return &self->row[k];
        }
    }
    return NULL;
}

static double size_of(const analysis *self, const char *item)
{
    const nlc_finding_row *row = row_of(self, item, self->method->measure);
    return row == NULL || isnan(row->value) ? -1 : fabs(row->value);
}

/* The largest first, those alike in the order of the table. */
static void items_rank(analysis *self)
{
    for (uint32_t k = 1; k < self->num_items; k++) {
        const char *item = self->item[k];
        uint32_t at = k;
        for (; at > 0 && size_of(self, self->item[at - 1]) < size_of(self, item); at--) {
            self->item[at] = self->item[at - 1];
        }
        self->item[at] = item;
    }
}

static bool belongs(const analysis *self, const nlc_finding_row *row)
{
    return row->method == self->row[0].method && (!self->method->has_all || strcmp(row->output, self->row[0].output) == 0);
}

static bool is_shown(const analysis *self, const nlc_material *material)
{
    bool is_shown = !self->method->has_all;
    for (uint32_t k = 0; k < material->num_shown; k++) {
        is_shown = is_shown || strcmp(material->shown[k], self->row[0].output) == 0;
    }
    return is_shown;
}

static void analysis_find(analysis *self, const nlc_material *material, size_t first)
{
    *self = (analysis){.row = &material->findings[first], .method = &methods[0]};
    for (size_t k = 0; k < sizeof methods / sizeof methods[0]; k++) {
        self->method = strcmp(methods[k].name, self->row[0].method) == 0 ? &methods[k] : self->method;
    }
    while (first + self->num < material->num_findings && belongs(self, &material->findings[first + self->num])) {
        add_once(self->item, &self->num_items, MAX_ITEMS, self->row[self->num].item);
        add_once(self->measure, &self->num_measures, MAX_MEASURES, self->row[self->num].measure);
        self->num++;
    }
    if (self->method->is_ranked) {
        items_rank(self);
    }
}

/* ---- What is found of what ------------------------------------------------------------------------- */

static void append(char text[ITEM_LENGTH], const char *more, size_t length)
{
    const size_t used = strlen(text);
    snprintf(text + used, ITEM_LENGTH - used, "%.*s", (int)length, more);
}

/* One piece, `address=value`, `address: value` or an address: names for addresses, and no paths. */
static void piece_append(const nlc_page *self, char text[ITEM_LENGTH], const char *piece, size_t length)
{
    char address[ITEM_LENGTH] = "";
    append(address, piece, length);
    char *sign = strpbrk(address, "=:");
    const char *value = sign == NULL ? "" : sign + 1 + strspn(sign + 1, " ");
    const char *slash = strrchr(value, '/');
    const char between[] = {sign == NULL ? '\0' : *sign, ' ', '\0'};
    const bool is_equal = between[0] == '=';
    if (sign != NULL) {
        *sign = '\0';
    }
    const nlc_word name = nlc_address_word(self, address);
    append(text, name.text, strlen(name.text));
    append(text, is_equal ? " " : between, sign == NULL ? 0 : strlen(is_equal ? " " : between));
    append(text, slash != NULL ? slash + 1 : value, ITEM_LENGTH);
}

/* Items that are no inputs and no choices. False for the others. */
static bool special_append(const nlc_page *self, const char *item, char text[ITEM_LENGTH])
{
    static const struct {
        const char *said;
        nlc_string string;
    } items[] = {{"(the front)", NLC_TEXT(item_front)},
                 {"(the base point)", NLC_TEXT(item_base)},
                 {"(an input that does nothing)", NLC_TEXT(item_nothing)},
                 {"box", NLC_TEXT(item_box)}};
    for (size_t k = 0; k < sizeof items / sizeof items[0]; k++) {
        if (strcmp(items[k].said, item) == 0) {
            append(text, nlc_string_text(self->html.language, items[k].string), ITEM_LENGTH);
            return true;
        }
    }
    if (strncmp(item, "peel ", 5) == 0) {
        append(text, nlc_filled_word(self->html.language, NLC_TEXT(item_peel), item + 5).text, ITEM_LENGTH);
        return true;
    }
    return false;
}

/* LABEL: piece, piece, ...; the label of a target is the user's own. */
static void item_text(const nlc_page *self, const char *item, char text[ITEM_LENGTH])
{
    const char *equal = strchr(item, '=');
    const char *label = strstr(item, ": ");
    text[0] = '\0';
    if (special_append(self, item, text)) {
        return;
    }
    if (equal != NULL && label != NULL && label < equal) {
        append(text, item, (size_t)(label - item) + 2);
        item = label + 2;
    }
    while (*item != '\0') {
        const char *end = strstr(item, ", ");
        const size_t length = end == NULL ? strlen(item) : (size_t)(end - item);
        piece_append(self, text, item, length);
        append(text, ", ", end == NULL ? 0 : 2);
        item += end == NULL ? length : length + 2;
    }
}

/* ---- Picture and table ----------------------------------------------------------------------------- */

static nlc_scale scale_of(const analysis *self)
{
    nlc_scale scale = {0, 0, LEFT, NLC_PAGE_WIDTH - RIGHT};
    for (size_t k = 0; k < self->num; k++) {
        const nlc_finding_row *row = &self->row[k];
        const double ends[] = {row->value, row->low, row->high};
        for (uint32_t e = 0; e < 3 && strcmp(row->measure, self->method->measure) == 0; e++) {
            scale.low = ends[e] < scale.low ? ends[e] : scale.low;
            scale.high = ends[e] > scale.high ? ends[e] : scale.high;
        }
    }
    scale.high = scale.high > scale.low ? scale.high : scale.low + 1;
    return scale;
}

static void draw_item(nlc_page *self, const analysis *analysis, const char *item, nlc_scale x, double y)
{
    const nlc_finding_row *row = row_of(analysis, item, analysis->method->measure);
    char text[ITEM_LENGTH];
    item_text(self, item, text);
    nlc_svg_words(&self->drawing, (nlc_spot){LEFT - 12, y + 4}, (nlc_type){11.5, NLC_END, NLC_INK, false},
                  nlc_short_word(nlc_word_of(text), LABEL_LENGTH).text);
    if (row == NULL || !isfinite(row->value)) {
        return;
    }
    if (isfinite(row->low) && isfinite(row->high)) {
        nlc_svg_line(&self->drawing, (nlc_spot){nlc_scale_at(x, row->low), y}, (nlc_spot){nlc_scale_at(x, row->high), y},
                     (nlc_pen){NLC_FUNCTIONING, 2.2, NULL});
    }
    nlc_svg_dot(&self->drawing, (nlc_spot){nlc_scale_at(x, row->value), y}, 4, NLC_FUNCTIONING);
}

/* Those at the end without a value have nothing to draw. */
static uint32_t num_drawn(const analysis *self)
{
    uint32_t num = self->num_items;
    while (num > 0 && row_of(self, self->item[num - 1], self->method->measure) == NULL) {
        num--;
    }
    return num < MAX_DRAWN ? num : MAX_DRAWN;
}

/* The name of its picture and table: of a method with several outcomes each has its own. */
static void name_write(const analysis *self, char name[NLC_FIGURE_NAME])
{
    char kind[32];
    snprintf(kind, sizeof kind, "analysis-%s", self->method->name);
    snprintf(name, NLC_FIGURE_NAME, "%s", kind);
    if (self->method->has_all) {
        nlc_study_figure_name(kind, self->row[0].output, name);
    }
}

static void draw(nlc_page *self, const analysis *analysis)
{
    const uint32_t num = num_drawn(analysis);
    const double bottom = TOP + num * (double)ROW_HEIGHT;
    const nlc_scale x = scale_of(analysis);
    char name[NLC_FIGURE_NAME];
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, NLC_PAGE_WIDTH, bottom + 40, nlc_string_text(self->html.language, NLC_TEXT(findings_caption)));
    nlc_svg_across_axis(drawing, x, false, TOP, bottom);
    for (uint32_t k = 0; k < num; k++) {
        draw_item(self, analysis, analysis->item[k], x, TOP + (k + 0.5) * ROW_HEIGHT);
    }
    nlc_svg_words(drawing, (nlc_spot){(LEFT + NLC_PAGE_WIDTH - RIGHT) / 2.0, bottom + 34},
                  (nlc_type){11, NLC_MIDDLE, NLC_SOFT, false}, nlc_named_word(self, "finding", analysis->method->measure).text);
    nlc_svg_end(drawing);
    name_write(analysis, name);
    nlc_page_figure(self, name, NLC_TEXT(findings_caption));
}

static void number_write(nlc_page *self, double value)
{
    enum { MOST_DECIMALS = 9 };
    const double size = fabs(value);
    uint32_t decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    for (double least = 0.0005; size > 0 && size < least && decimals < MOST_DECIMALS; least /= 10) {
        decimals++;
    }
    nlc_html_number(&self->html, value, decimals);
}

static void cell(nlc_page *self, const nlc_finding_row *row)
{
    nlc_html_markup(&self->html, "<td class=\"n\">");
    if (row != NULL) {
        number_write(self, row->value);
        if (!isnan(row->low) && !isnan(row->high)) {
            nlc_html_markup(&self->html, " <span class=\"band\">(");
            number_write(self, row->low);
            nlc_html_markup(&self->html, " &#8230; ");
            number_write(self, row->high);
            nlc_html_markup(&self->html, ")</span>");
        }
    }
    nlc_html_markup(&self->html, "</td>");
}

static void table(nlc_page *self, const analysis *analysis)
{
    char text[ITEM_LENGTH], name[NLC_FIGURE_NAME];
    name_write(analysis, name);
    nlc_html_markup(&self->html, "<table id=\"%s\" class=\"dense\"><thead><tr>", name);
    nlc_page_head(self, NLC_TEXT(findings_item), false);
    for (uint32_t m = 0; m < analysis->num_measures; m++) {
        nlc_html_markup(&self->html, "<th scope=\"col\" class=\"n\">");
        nlc_html_text(&self->html, nlc_named_word(self, "finding", analysis->measure[m]).text);
        nlc_html_markup(&self->html, "</th>");
    }
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    for (uint32_t k = 0; k < analysis->num_items; k++) {
        item_text(self, analysis->item[k], text);
        nlc_html_markup(&self->html, "<tr><th scope=\"row\">");
        nlc_html_text(&self->html, text);
        nlc_html_markup(&self->html, "</th>");
        for (uint32_t m = 0; m < analysis->num_measures; m++) {
            cell(self, row_of(analysis, analysis->item[k], analysis->measure[m]));
        }
        nlc_html_markup(&self->html, "</tr>\n");
    }
    nlc_html_markup(&self->html, "</tbody></table>\n");
}

static void analysis_write(nlc_page *self, const analysis *analysis)
{
    char outcome[ITEM_LENGTH];
    snprintf(outcome, sizeof outcome, "%.*s", (int)strcspn(analysis->row[0].output, "."), analysis->row[0].output);
    nlc_html_markup(&self->html, "<h3>");
    nlc_html_text(&self->html, nlc_named_word(self, "method", analysis->method->name).text);
    nlc_html_markup(&self->html, "</h3>\n<p>");
    nlc_html_fill(&self->html, NLC_TEXT(findings_of), nlc_named_word(self, "outcome", outcome).text, NULL);
    nlc_html_markup(&self->html, " ");
    nlc_html_about(&self->html, "method", analysis->method->name, "");
    nlc_html_markup(&self->html, "</p>\n");
    draw(self, analysis);
    table(self, analysis);
}

void nlc_section_findings(nlc_page *self)
{
    const nlc_material *material = self->material;
    if (material->num_findings == 0 && material->left_out.length == 0) {
        return;
    }
    nlc_page_section(self, "findings", NLC_TEXT(findings_title));
    nlc_page_paragraph(self, NLC_TEXT(findings_text));
    if (material->left_out.length > 0) {
        nlc_html_markup(&self->html, "<p>");
        nlc_html_fill(&self->html, NLC_TEXT(findings_left_out), material->left_out.data);
        nlc_html_markup(&self->html, "</p>\n");
    }
    for (size_t first = 0; first < material->num_findings;) {
        analysis analysis;
        analysis_find(&analysis, material, first);
        if (is_shown(&analysis, material)) {
            analysis_write(self, &analysis);
        }
        first += analysis.num;
    }
    nlc_page_section_end(self);
}
