/* A study: what it varies, how its design points rank in each outcome, and how outcomes go with factors. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "section_study.h"

enum { MAX_RANKED = 12, MAX_PANELS = 12, MAX_DOTS = 400, MAX_FACTORS = 6, NAME_LENGTH = 64 };

/* The design points in an outcome, sorted. */
typedef struct {
    const char *column;              /* borrowed; as in the table */
    char outcome[NAME_LENGTH];       /* as in the model, without the part of the places */
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
    self->column = column;
    snprintf(self->outcome, sizeof self->outcome, "%.*s", (int)strcspn(column, "."), column);
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

bool nlc_study_is_share(const nlc_material *material, const char *column)
{
    return strcmp(nlc_material_unit(material, column), "share") == 0;
}

static bool is_share(const nlc_page *self, const ranking *ranking)
{
    return nlc_study_is_share(self->material, ranking->column);
}

void nlc_study_figure_name(const char *kind, const char *column, char name[NLC_FIGURE_NAME])
{
    const size_t length = strlen(column);
    const bool of_all = length > 4 && strcmp(column + length - 4, ".all") == 0;
    snprintf(name, NLC_FIGURE_NAME, "%s-%.*s", kind, (int)(of_all ? length - 4 : length), column);
    for (char *at = name; *at != '\0'; at++) {
        const bool is_plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9') || *at == '_';
        *at = is_plain ? *at : '-';
    }
}

/* From the least to the largest mean, for an axis. */
static void range_of(const ranking *self, double low_high[2])
{
    low_high[0] = INFINITY;
    low_high[1] = -INFINITY;
    for (size_t k = 0; k < self->num; k++) {
        const double mean = self->point[k]->mean;
        low_high[0] = mean < low_high[0] ? mean : low_high[0];
        low_high[1] = mean > low_high[1] ? mean : low_high[1];
    }
    if (!(low_high[1] > low_high[0])) {
        low_high[0] -= 1;
        low_high[1] += 1;
    }
}

/* ---- Ranking --------------------------------------------------------------------------------------- */

static nlc_word point_word(const nlc_page *self, uint32_t number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", (unsigned)number);
    return nlc_filled_word(self->html.language, NLC_TEXT(study_point), digits);
}

static void draw_ranking(nlc_page *self, const ranking *ranking, nlc_boxes *boxes)
{
    enum { LEFT = 110, ROW_HEIGHT = 20, TOP = 8, RIGHT = 30 };
    const size_t num = ranking->num < MAX_RANKED ? ranking->num : MAX_RANKED;
    const double bottom = TOP + (double)num * ROW_HEIGHT;
    char name[NLC_FIGURE_NAME];
    nlc_box_plot plot[MAX_RANKED];
    for (size_t k = 0; k < num; k++) {
        plot[k] = nlc_boxes_of_point(boxes, ranking->point[k]->point - 1);
    }
    const nlc_scale x = nlc_boxes_scale(plot, (uint32_t)num, LEFT, NLC_PAGE_WIDTH - RIGHT);
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, NLC_PAGE_WIDTH, bottom + 24, nlc_string_text(self->html.language, NLC_TEXT(ranking_caption)));
    nlc_svg_across_axis(drawing, x, is_share(self, ranking), TOP, bottom);
    for (size_t k = 0; k < num; k++) {
        const double y = TOP + ((double)k + 0.5) * ROW_HEIGHT;
        nlc_svg_words(drawing, (nlc_spot){LEFT - 12, y + 4}, (nlc_type){11.5, NLC_END, NLC_INK, k == 0},
                      point_word(self, ranking->point[k]->point).text);
        nlc_svg_box_plot(drawing, &plot[k], x, y);
    }
    nlc_svg_end(drawing);
    nlc_study_figure_name("ranking", ranking->column, name);
    nlc_page_figure(self, name, NLC_TEXT(ranking_caption));
}

/* Points are numbered from 1 in their order. */
static const nlc_point_row *point_of(const nlc_material *material, uint32_t number)
{
    const bool is_there = number >= 1 && number <= material->num_points && material->points[number - 1].number == number;
    return is_there ? &material->points[number - 1] : NULL;
}

nlc_word nlc_study_value_word(const nlc_page *self, const nlc_factor_row *factor, const char *text)
{
    char *end;
    const double value = strtod(text, &end);
    const char *slash = strcmp(factor->kind, "scenario") == 0 ? strrchr(text, '/') : NULL;
    return text[0] != '\0' && *end == '\0' && isfinite(value)
               ? nlc_number_word(self->html.language, value, nlc_decimals_of(value, 3))
               : nlc_word_of(slash != NULL ? slash + 1 : text);
}

/* With the number behind it where it is one. */
static void factor_cell(nlc_page *self, const nlc_factor_row *factor, const char *text)
{
    char *end;
    const double value = strtod(text, &end);
    nlc_html_markup(&self->html, "<td class=\"n\">");
    if (text[0] != '\0' && *end == '\0' && isfinite(value)) {
        nlc_html_number(&self->html, value, nlc_decimals_of(value, 3));
    } else {
        nlc_html_text(&self->html, nlc_study_value_word(self, factor, text).text);
    }
    nlc_html_markup(&self->html, "</td>");
}

static void ranking_row(nlc_page *self, const ranking *ranking, size_t rank)
{
    const nlc_point_outcome *outcome = ranking->point[rank];
    const nlc_point_row *point = point_of(self->material, outcome->point);
    const double band[3] = {outcome->median, outcome->p05, outcome->p95};
    const nlc_as as = is_share(self, ranking) ? NLC_AS_SHARE : NLC_AS_TENTHS;
    nlc_html_markup(&self->html, "<tr data-point=\"%u\"><th scope=\"row\">", (unsigned)outcome->point);
    nlc_html_text(&self->html, point_word(self, outcome->point).text);
    nlc_html_markup(&self->html, "</th>");
    nlc_page_cell(self, outcome->mean, as);
    nlc_page_band_cell(self, band, as);
    for (size_t k = 0; k < self->material->num_factors && k < MAX_FACTORS && point != NULL; k++) {
        factor_cell(self, &self->material->factors[k], point->value[k]);
    }
    nlc_html_markup(&self->html, "</tr>\n");
}

static void ranking_table(nlc_page *self, const ranking *ranking)
{
    char name[NLC_FIGURE_NAME];
    nlc_study_figure_name("ranking", ranking->column, name);
    nlc_html_markup(&self->html, "<table id=\"%s\" class=\"dense\"><thead><tr>", name);
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

/* False also for a factor with few values, which has boxes. */
static bool factor_range(const nlc_material *material, size_t factor, double low_high[2])
{
    const char *level[NLC_MOST_LEVELS];
    low_high[0] = INFINITY;
    low_high[1] = -INFINITY;
    if (nlc_study_levels(material, factor, level) > 0) {
        return false;
    }
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
    range_of(ranking, up);
    const double bottom = box.y + box.height;
    const nlc_scale x = {across[0], across[1], box.x + 4, box.x + box.width - 4};
    const nlc_frame frame = {.box = box, .y = {up[0], up[1], bottom - 3, box.y + 3}};
    nlc_svg_words(&self->drawing, (nlc_spot){box.x, box.y - 10}, (nlc_type){12, NLC_START, NLC_INK, true},
                  nlc_short_word(nlc_address_word(self, material->factors[factor].name), 28).text);
    nlc_svg_value_axis(&self->drawing, &frame, is_share(self, ranking), NLC_ROUND_TICKS);
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
    char name[NLC_FIGURE_NAME];
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
    nlc_study_figure_name("factors", ranking->column, name);
    nlc_page_figure(self, name, NLC_TEXT(factors_caption));
}

/* ---- Sections -------------------------------------------------------------------------------------- */

/* a|b|c as words with commas between them. */
static void levels_write(nlc_page *self, const nlc_factor_row *factor)
{
    const char *at = factor->levels;
    while (*at != '\0') {
        const size_t length = strcspn(at, "|");
        char level[NAME_LENGTH];
        snprintf(level, sizeof level, "%.*s", (int)length, at);
        nlc_html_text(&self->html, nlc_study_value_word(self, factor, level).text);
        at += at[length] == '|' ? length + 1 : length;
        nlc_html_text(&self->html, *at != '\0' ? "; " : "");
    }
}

static void factor_row(nlc_page *self, const nlc_factor_row *factor)
{
    nlc_html_markup(&self->html, "<tr><th scope=\"row\">");
    nlc_page_address(self, factor->name);
    nlc_html_markup(&self->html, "</th><td>");
    nlc_html_name(&self->html, "role", factor->role);
    nlc_html_markup(&self->html, "</td><td>");
    if (isnan(factor->low)) {
        levels_write(self, factor);
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

/* Of which part of the places a column is, BY.LABEL. */
static nlc_word part_word(const nlc_page *self, const char *part)
{
    static const struct {
        const char *name;
        nlc_by by;
    } kinds[] = {{"country.", NLC_BY_COUNTRY},
                 {"tier.", NLC_BY_TIER},
                 {"wave.", NLC_BY_WAVE},
                 {"group.", NLC_BY_GROUP},
                 {"size.", NLC_BY_SIZE}};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        const size_t length = strlen(kinds[k].name);
        if (strncmp(part, kinds[k].name, length) == 0) {
            return nlc_part_word(self, kinds[k].by, part + length);
        }
    }
    return nlc_word_of(part);
}

/* The name of an outcome, of which part of the places, and its unit. */
static void outcome_heading(nlc_page *self, const ranking *ranking)
{
    const char *part = strchr(ranking->column, '.');
    const char *unit = nlc_material_unit(self->material, ranking->column);
    nlc_html_markup(&self->html, "<h3>");
    nlc_html_text(&self->html, nlc_named_word(self, "outcome", ranking->outcome).text);
    if (part != NULL && strcmp(part, ".all") != 0) {
        nlc_html_text(&self->html, ": ");
        nlc_html_text(&self->html, part_word(self, part + 1).text);
    }
    if (unit[0] != '\0' && strcmp(unit, "share") != 0 && strcmp(unit, "1") != 0) {
        nlc_html_markup(&self->html, " <span class=\"unit\">");
        nlc_html_text(&self->html, nlc_named_word(self, "unit", unit).text);
        nlc_html_markup(&self->html, "</span>");
    }
    nlc_html_markup(&self->html, "</h3>\n");
}

static void outcome_write(nlc_page *self, uint32_t shown)
{
    ranking ranking;
    nlc_boxes boxes;
    const bool is_ready = ranking_init(&ranking, self->material, self->material->shown[shown]);
    if (!nlc_boxes_init(&boxes, self->material, shown) || !is_ready) {
        self->html.error = NLC_ERROR_MEMORY;
    } else if (ranking.num > 0) {
        outcome_heading(self, &ranking);
        draw_ranking(self, &ranking, &boxes);
        ranking_table(self, &ranking);
        nlc_study_level_boxes(self, &boxes);
        draw_factors(self, &ranking);
    }
    nlc_boxes_free(&boxes);
    free(ranking.point);
}

void nlc_section_outcomes(nlc_page *self)
{
    nlc_page_section(self, "outcomes", NLC_TEXT(study_title));
    nlc_page_paragraph(self, NLC_TEXT(study_text));
    for (uint32_t k = 0; k < self->material->num_shown; k++) {
        outcome_write(self, k);
    }
    nlc_page_section_end(self);
}
