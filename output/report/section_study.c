/* A study: what it varies, how its design points rank in each outcome, and how outcomes go with factors. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page.h"

enum { MAX_RANKED = 15, MAX_OUTCOMES = 6, MAX_PANELS = 12, MAX_DOTS = 400, MAX_FACTORS = 6, NAME_LENGTH = 64 };

/* The design points in an outcome, sorted. */
typedef struct {
    char outcome[NAME_LENGTH];       /* as in the model, without the part of the places */
    char column[NAME_LENGTH];        /* as in the table */
    const nlc_point_outcome **point; /* [num], owned; those with a value, the best first */
    size_t num;
} ranking;

/* Outcomes of which less is better. */
static bool is_less_better(const char *outcome)
{
    static const char *const starts[] = {"months_to_", "cost", "paper_plan_gap"};
    bool found = false;
    for (size_t k = 0; k < sizeof starts / sizeof starts[0]; k++) {
        found = found || strncmp(outcome, starts[k], strlen(starts[k])) == 0;
    }
    return found;
}

static int compare_up(const void *a, const void *b)
{
    const nlc_point_outcome *x = *(const nlc_point_outcome *const *)a;
    const nlc_point_outcome *y = *(const nlc_point_outcome *const *)b;
    if (x->mean != y->mean) {
        return x->mean < y->mean ? -1 : 1;
    }
    return x->point < y->point ? -1 : x->point > y->point;
}

static int compare_down(const void *a, const void *b)
{
    const nlc_point_outcome *x = *(const nlc_point_outcome *const *)a;
    const nlc_point_outcome *y = *(const nlc_point_outcome *const *)b;
    return x->mean != y->mean ? compare_up(b, a) : compare_up(a, b);
}

static bool ranking_init(ranking *self, const nlc_material *material, const char *column)
{
    *self = (ranking){.num = 0};
    snprintf(self->column, sizeof self->column, "%s", column);
    snprintf(self->outcome, sizeof self->outcome, "%.*s", (int)strcspn(self->column, "."), self->column);
    self->point = malloc((material->num_outcomes + 1) * sizeof *self->point);
    for (size_t k = 0; k < material->num_outcomes && self->point != NULL; k++) {
        if (strcmp(material->outcomes[k].outcome, column) == 0 && !isnan(material->outcomes[k].mean)) {
            self->point[self->num++] = &material->outcomes[k];
        }
    }
    if (self->num > 1) {
        qsort(self->point, self->num, sizeof(const nlc_point_outcome *), is_less_better(self->outcome) ? compare_up : compare_down);
    }
    return self->point != NULL;
}

static bool is_share(const ranking *self)
{
    const char *outcome = self->outcome;
    return strncmp(outcome, "months_to_", 10) != 0 && strncmp(outcome, "cost", 4) != 0;
}

/* From the least to the largest end of the bands, or mean, for an axis. */
static void range_of(const ranking *self, size_t num, bool of_bands, double low_high[2])
{
    low_high[0] = INFINITY;
    low_high[1] = -INFINITY;
    for (size_t k = 0; k < num; k++) {
        const nlc_point_outcome *point = self->point[k];
        const double low = of_bands ? point->p05 : point->mean;
        const double high = of_bands ? point->p95 : point->mean;
        low_high[0] = low < low_high[0] ? low : low_high[0];
        low_high[1] = high > low_high[1] ? high : low_high[1];
    }
    if (!(low_high[1] > low_high[0])) {
        low_high[0] -= 1;
        low_high[1] += 1;
    }
}

static nlc_word value_word(const nlc_page *self, const ranking *ranking, double value, uint32_t decimals)
{
    return is_share(ranking) ? nlc_percent_word(self->html.language, value, decimals > 2 ? decimals - 2 : 0)
                             : nlc_number_word(self->html.language, value, decimals);
}

/* ---- Ranking --------------------------------------------------------------------------------------- */

static nlc_word point_word(const nlc_page *self, uint32_t number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", (unsigned)number);
    return nlc_filled_word(self->html.language, NLC_TEXT(study_point), digits);
}

static void draw_axis(nlc_page *self, const ranking *ranking, nlc_scale x, double bottom)
{
    const nlc_ticks ticks = nlc_ticks_of(x.low, x.high, 7);
    const nlc_type type = {11, NLC_MIDDLE, NLC_SOFT, false};
    for (uint32_t k = 0; k < ticks.num; k++) {
        const double value = ticks.first + k * ticks.step;
        const double at = nlc_scale_at(x, value);
        nlc_svg_line(&self->drawing, (nlc_spot){at, 4}, (nlc_spot){at, bottom}, (nlc_pen){NLC_RULE, 1, NULL});
        nlc_svg_words(&self->drawing, (nlc_spot){at, bottom + 16}, type, value_word(self, ranking, value, ticks.decimals).text);
    }
}

static void draw_ranking(nlc_page *self, const ranking *ranking)
{
    enum { LEFT = 110, ROW_HEIGHT = 20, TOP = 8, RIGHT = 30 };
    const size_t num = ranking->num < MAX_RANKED ? ranking->num : MAX_RANKED;
    const double bottom = TOP + (double)num * ROW_HEIGHT;
    char name[NAME_LENGTH + 16];
    double range[2];
    range_of(ranking, num, true, range);
    const nlc_scale x = {range[0], range[1], LEFT, NLC_PAGE_WIDTH - RIGHT};
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, NLC_PAGE_WIDTH, bottom + 24, nlc_string_text(self->html.language, NLC_TEXT(ranking_caption)));
    draw_axis(self, ranking, x, bottom);
    for (size_t k = 0; k < num; k++) {
        const nlc_point_outcome *point = ranking->point[k];
        const double y = TOP + ((double)k + 0.5) * ROW_HEIGHT;
        const double from = nlc_scale_at(x, point->p05);
        const double middle = nlc_scale_at(x, point->median);
        nlc_svg_words(drawing, (nlc_spot){LEFT - 12, y + 4}, (nlc_type){11.5, NLC_END, NLC_INK, k == 0},
                      point_word(self, point->point).text);
        nlc_svg_box(drawing, (nlc_box){from, y - 5, nlc_scale_at(x, point->p95) - from, 10}, NLC_ADOPTED, 0.55);
        nlc_svg_box(drawing, (nlc_box){middle - 1.2, y - 7, 2.4, 14}, NLC_FUNCTIONING, 1);
    }
    nlc_svg_end(drawing);
    snprintf(name, sizeof name, "ranking-%s", ranking->outcome);
    nlc_page_figure(self, name, NLC_TEXT(ranking_caption));
}

/* Points are numbered from 1 in their order. */
static const nlc_point_row *point_of(const nlc_material *material, uint32_t number)
{
    const bool is_there = number >= 1 && number <= material->num_points && material->points[number - 1].number == number;
    return is_there ? &material->points[number - 1] : NULL;
}

/* A value as the table has it, with the language's decimal sign where it is a number. */
static void factor_cell(nlc_page *self, const char *text)
{
    char *end;
    const double value = strtod(text, &end);
    nlc_html_markup(&self->html, "<td class=\"n\">");
    if (text[0] != '\0' && *end == '\0' && isfinite(value)) {
        nlc_html_number(&self->html, value, nlc_decimals_of(value, 3));
    } else {
        nlc_html_text(&self->html, text);
    }
    nlc_html_markup(&self->html, "</td>");
}

static void ranking_row(nlc_page *self, const ranking *ranking, size_t rank)
{
    const nlc_point_outcome *outcome = ranking->point[rank];
    const nlc_point_row *point = point_of(self->material, outcome->point);
    const double band[3] = {outcome->median, outcome->p05, outcome->p95};
    const nlc_as as = is_share(ranking) ? NLC_AS_SHARE : NLC_AS_TENTHS;
    nlc_html_markup(&self->html, "<tr data-point=\"%u\"><th scope=\"row\">", (unsigned)outcome->point);
    nlc_html_text(&self->html, point_word(self, outcome->point).text);
    nlc_html_markup(&self->html, "</th>");
    nlc_page_cell(self, outcome->mean, as);
    nlc_page_band_cell(self, band, as);
    for (size_t k = 0; k < self->material->num_factors && k < MAX_FACTORS && point != NULL; k++) {
        factor_cell(self, point->value[k]);
    }
    nlc_html_markup(&self->html, "</tr>\n");
}

static void ranking_table(nlc_page *self, const ranking *ranking)
{
    nlc_html_markup(&self->html, "<table id=\"ranking-%s\" class=\"dense\"><thead><tr>", ranking->outcome);
    nlc_page_head(self, NLC_TEXT(study_design_point), false);
    nlc_page_head(self, NLC_TEXT(differences_mean), true);
    nlc_page_head(self, NLC_TEXT(study_band), true);
    for (size_t k = 0; k < self->material->num_factors && k < MAX_FACTORS; k++) {
        nlc_html_markup(&self->html, "<th scope=\"col\" class=\"n\">");
        nlc_html_text(&self->html, nlc_address_word(self, self->material->factors[k].name).text);
        nlc_html_markup(&self->html, "</th>");
    }
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    for (size_t k = 0; k < ranking->num && k < MAX_RANKED; k++) {
        ranking_row(self, ranking, k);
    }
    nlc_html_markup(&self->html, "</tbody></table>\n");
}

/* ---- Outcome against factor ------------------------------------------------------------------------ */

/* Where a value of a factor stands across a panel: numbers on their scale. False for words. */
static bool number_of(const char *text, double *value)
{
    char *end;
    *value = strtod(text, &end);
    return text[0] != '\0' && *end == '\0' && isfinite(*value);
}

static bool factor_range(const nlc_material *material, size_t factor, double low_high[2])
{
    low_high[0] = INFINITY;
    low_high[1] = -INFINITY;
    for (size_t k = 0; k < material->num_points; k++) {
        double value;
        if (number_of(material->points[k].value[factor], &value)) {
            low_high[0] = value < low_high[0] ? value : low_high[0];
            low_high[1] = value > low_high[1] ? value : low_high[1];
        }
    }
    return low_high[1] > low_high[0];
}

static void draw_panel(nlc_page *self, const ranking *ranking, size_t factor, nlc_box box)
{
    const nlc_material *material = self->material;
    const nlc_type type = {11, NLC_MIDDLE, NLC_SOFT, false};
    double across[2], up[2];
    factor_range(material, factor, across);
    range_of(ranking, ranking->num, false, up);
    const double bottom = box.y + box.height;
    const nlc_scale x = {across[0], across[1], box.x + 4, box.x + box.width - 4};
    const nlc_frame frame = {.box = box, .y = {up[0], up[1], bottom - 3, box.y + 3}};
    nlc_svg_words(&self->drawing, (nlc_spot){box.x, box.y - 10}, (nlc_type){12, NLC_START, NLC_INK, true},
                  nlc_short_word(nlc_address_word(self, material->factors[factor].name), 28).text);
    nlc_svg_value_axis(&self->drawing, &frame, is_share(ranking), NLC_ROUND_TICKS);
    for (size_t k = 0; k < ranking->num; k += ranking->num / MAX_DOTS + 1) {
        const nlc_point_row *point = point_of(material, ranking->point[k]->point);
        double value;
        if (point != NULL && number_of(point->value[factor], &value)) {
            nlc_svg_dot(&self->drawing, (nlc_spot){nlc_scale_at(x, value), nlc_scale_at(frame.y, ranking->point[k]->mean)}, 2.4,
                        NLC_FUNCTIONING);
        }
    }
    nlc_svg_line(&self->drawing, (nlc_spot){box.x, bottom}, (nlc_spot){box.x + box.width, bottom}, (nlc_pen){NLC_SOFT, 1, NULL});
    const nlc_ticks ticks = nlc_ticks_of(x.low, x.high, 4);
    for (uint32_t k = 0; k < ticks.num; k++) {
        const double at = ticks.first + k * ticks.step;
        nlc_svg_words(&self->drawing, (nlc_spot){nlc_scale_at(x, at), bottom + 15}, type,
                      nlc_number_word(self->html.language, at, ticks.decimals).text);
    }
}

static void draw_factors(nlc_page *self, const ranking *ranking)
{
    enum { ACROSS = 3, WIDTH = 228, HEIGHT = 160 };
    uint32_t num = 0, drawn = 0;
    char name[NAME_LENGTH + 16];
    double range[2];
    for (size_t k = 0; k < self->material->num_factors && num < MAX_PANELS; k++) {
        num += factor_range(self->material, k, range);
    }
    if (num == 0) {
        return;
    }
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, NLC_PAGE_WIDTH, (num + ACROSS - 1) / ACROSS * HEIGHT,
                  nlc_string_text(self->html.language, NLC_TEXT(factors_caption)));
    for (size_t k = 0; k < self->material->num_factors && drawn < num; k++) {
        if (factor_range(self->material, k, range)) {
            const nlc_box box = {drawn % ACROSS * WIDTH + 46.0, drawn / ACROSS * HEIGHT + 26.0, 172, 104};
            draw_panel(self, ranking, k, box);
            drawn++;
        }
    }
    nlc_svg_end(drawing);
    snprintf(name, sizeof name, "factors-%s", ranking->outcome);
    nlc_page_figure(self, name, NLC_TEXT(factors_caption));
}

/* ---- Sections -------------------------------------------------------------------------------------- */

static void factor_row(nlc_page *self, const nlc_factor_row *factor)
{
    nlc_html_markup(&self->html, "<tr><th scope=\"row\">");
    nlc_page_address(self, factor->name);
    nlc_html_markup(&self->html, "</th><td>");
    nlc_html_name(&self->html, "role", factor->role);
    nlc_html_markup(&self->html, "</td><td>");
    if (isnan(factor->low)) {
        nlc_html_text(&self->html, factor->levels);
    } else {
        nlc_html_number(&self->html, factor->low, nlc_decimals_of(factor->low, 4));
        nlc_html_markup(&self->html, "&#8211;");
        nlc_html_number(&self->html, factor->high, nlc_decimals_of(factor->high, 4));
    }
    nlc_html_markup(&self->html, "</td><td class=\"unit\">");
    nlc_html_text(&self->html, nlc_named_word(self, "unit", factor->unit).text);
    nlc_html_markup(&self->html, "</td></tr>\n");
}

void nlc_section_factors(nlc_page *self)
{
    nlc_page_section(self, "factors", NLC_TEXT(factors_title));
    nlc_html_markup(&self->html, "<table id=\"factors-table\"><thead><tr>");
    nlc_page_head(self, NLC_TEXT(factor), false);
    nlc_page_head(self, NLC_TEXT(factor_role), false);
    nlc_page_head(self, NLC_TEXT(factor_range), false);
    nlc_page_head(self, NLC_TEXT(unit), false);
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    for (size_t k = 0; k < self->material->num_factors; k++) {
        factor_row(self, &self->material->factors[k]);
    }
    nlc_html_markup(&self->html, "</tbody></table>\n");
    nlc_page_section_end(self);
}

static void outcome_write(nlc_page *self, const char *column)
{
    ranking ranking;
    if (!ranking_init(&ranking, self->material, column)) {
        self->html.error = NLC_ERROR_MEMORY;
    }
    if (ranking.num > 0) {
        nlc_html_markup(&self->html, "<h3>");
        nlc_html_text(&self->html, nlc_named_word(self, "outcome", ranking.outcome).text);
        nlc_html_markup(&self->html, "</h3>\n");
        draw_ranking(self, &ranking);
        ranking_table(self, &ranking);
        draw_factors(self, &ranking);
    }
    free(ranking.point);
}

/* True for the first row of an outcome. */
static bool is_first(const nlc_material *material, size_t row)
{
    bool found = false;
    for (size_t k = 0; k < row && !found; k++) {
        found = strcmp(material->outcomes[k].outcome, material->outcomes[row].outcome) == 0;
    }
    return !found;
}

void nlc_section_outcomes(nlc_page *self)
{
    const nlc_material *material = self->material;
    uint32_t num = 0;
    nlc_page_section(self, "outcomes", NLC_TEXT(study_title));
    nlc_page_paragraph(self, NLC_TEXT(study_text));
    for (size_t k = 0; k < material->num_outcomes && material->outcomes[k].point == material->outcomes[0].point; k++) {
        if (num < MAX_OUTCOMES && is_first(material, k)) {
            outcome_write(self, material->outcomes[k].outcome);
            num++;
        }
    }
    nlc_page_section_end(self);
}
