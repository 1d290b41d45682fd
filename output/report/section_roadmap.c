/* The roadmap: when half of the places of each wave, country, tier and top-tier node have reached
 * each stage, from P10 to P90 with a mark at P50. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "page.h"

enum {
    MAX_STAGES = 8,
    MAX_ROWS = 72,
    MAX_TOP_NODES = 512,
    PICTURE_ROWS = 18,
    LEFT = 196,
    RIGHT = 14,
    TOP = 44,
    LANE = 6,
    ROW_GAP = 9,
    LABEL_LENGTH = 24
};

/* Before there is a plan, while one is written and kept, and where it works. */
static const struct {
    const char *stage, *colour;
} colours[] = {{"aware", "#8b9ab2"},
               {"engaged", "#586a8a"},
               {"drafting", "#e3a54c"},
               {"adopted", "#b96d14"},
               {"functioning", NLC_FUNCTIONING}};

static const char *colour_of(const char *stage)
{
    const char *found = NLC_SOFT;
    for (size_t k = 0; k < sizeof colours / sizeof colours[0]; k++) {
        found = strcmp(colours[k].stage, stage) == 0 ? colours[k].colour : found;
    }
    return found;
}

/* What the picture shows: entries [num_rows][num_stages] of the roadmap. */
typedef struct {
    const nlc_material *material;
    uint32_t num_stages, num_rows, num_left_out;
    uint32_t num_top_nodes, top_node[MAX_TOP_NODES];
    const nlc_roadmap_entry *row[MAX_ROWS]; /* the first stage of each row; the others follow it */
} roadmap;

/* Places that adopt, of a node and all below it. */
static uint32_t num_adopting(const nlc_resolved *scenario, uint32_t top)
{
    uint32_t num = 0;
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        uint32_t above = i;
        while (above != top && above != NLC_NO_PARENT) {
            above = scenario->parent[above];
        }
        num += above == top && scenario->tier_adopts[scenario->tier[i]];
    }
    return num;
}

/* Nodes right below the lead; rows of others would be too many. Of few places no dates are named: a
 * row is not to be about a single government. */
static void top_nodes_find(roadmap *self)
{
    enum { FEWEST = 5 };
    const nlc_resolved *scenario = &self->material->resolved;
    for (uint32_t i = 0; i < scenario->num_nodes && self->num_top_nodes < MAX_TOP_NODES; i++) {
        const bool is_top = scenario->parent[i] == NLC_NO_PARENT && scenario->first_child[i] < scenario->first_child[i + 1];
        if (is_top && num_adopting(scenario, i) >= FEWEST) {
            self->top_node[self->num_top_nodes++] = i;
        }
    }
}

static bool is_top_node(const roadmap *self, const nlc_roadmap_entry *entry)
{
    bool found = false;
    for (uint32_t k = 0; k < self->num_top_nodes; k++) {
        found = found || strcmp(self->material->resolved.id[self->top_node[k]], entry->place) == 0;
    }
    return found;
}

/* Tiers that never adopt have empty rows. */
static bool is_empty(const nlc_roadmap_entry *first, uint32_t num_stages)
{
    bool found = false;
    for (uint32_t k = 0; k < num_stages; k++) {
        found = found || first[k].p10 >= 0;
    }
    return !found;
}

static void rows_find(roadmap *self, const char *kind)
{
    const nlc_material *material = self->material;
    const bool is_node = strcmp(kind, "node") == 0;
    for (size_t k = 0; k + self->num_stages <= material->num_roadmap; k += self->num_stages) {
        const nlc_roadmap_entry *entry = &material->roadmap[k];
        if (strcmp(entry->kind, kind) != 0 || is_empty(entry, self->num_stages)) {
            continue;
        }
        if (is_node && !is_top_node(self, entry)) {
            continue;
        }
        if (self->num_rows < MAX_ROWS) {
            self->row[self->num_rows++] = entry;
        } else {
            self->num_left_out++;
        }
    }
}

static void roadmap_find(roadmap *self, const nlc_material *material)
{
    static const char *const kinds[] = {"wave", "country", "tier", "node"};
    *self = (roadmap){.material = material};
    top_nodes_find(self);
    while (self->num_stages < material->num_roadmap &&
           strcmp(material->roadmap[self->num_stages].place, material->roadmap[0].place) == 0 &&
           strcmp(material->roadmap[self->num_stages].kind, material->roadmap[0].kind) == 0) {
        self->num_stages++;
    }
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0] && self->num_stages > 0 && self->num_stages <= MAX_STAGES; k++) {
        rows_find(self, kinds[k]);
    }
}

static nlc_word label_of(const nlc_page *self, const nlc_roadmap_entry *entry)
{
    if (strcmp(entry->kind, "wave") == 0) {
        return nlc_filled_word(self->html.language, NLC_TEXT(wave), entry->label);
    }
    return strcmp(entry->kind, "tier") == 0 ? nlc_tier_word(self, entry->label) : nlc_word_of(entry->label);
}

static double month_at(const nlc_frame *frame, int32_t month)
{
    return nlc_scale_at(frame->x, month - frame->start + 1.0);
}

/* From P10 to P90; where fewer than 90 % of the runs come so far, the bar runs out at the horizon. */
static void draw_stage(nlc_html *drawing, const nlc_frame *frame, const nlc_roadmap_entry *entry, nlc_spot at, const char *colour)
{
    const double horizon = frame->box.x + frame->box.width;
    if (entry->p10 < 0) {
        return;
    }
    const double from = month_at(frame, entry->p10);
    const double to = entry->p90 < 0 ? horizon : month_at(frame, entry->p90);
    const double width = to - from < 2.5 ? 2.5 : to - from;
    nlc_svg_box(drawing, (nlc_box){from - (width > to - from ? 1.25 : 0), at.y, width, LANE - 1}, colour, 1);
    if (entry->p90 < 0) {
        nlc_html_markup(drawing, "<path d=\"M%.1f %.1fl5 %.1fl-5 %.1fZ\" fill=\"%s\"/>\n", horizon, at.y - 1, (LANE + 1) / 2.0,
                        (LANE + 1) / 2.0, colour);
    }
    if (entry->p50 >= 0) {
        const double middle = month_at(frame, entry->p50);
        nlc_svg_box(drawing, (nlc_box){middle - 1.6, at.y - 1.5, 3.2, LANE + 2}, "#ffffff", 1);
        nlc_svg_box(drawing, (nlc_box){middle - 0.9, at.y - 1.5, 1.8, LANE + 2}, NLC_INK, 1);
    }
}

/* As far apart as their names need; five of the longest fill the width. */
static void draw_legend(nlc_page *self, const roadmap *roadmap)
{
    const double letter = 6.7, gap = 33;
    double x = 0;
    for (uint32_t k = 0; k < roadmap->num_stages; k++) {
        const nlc_word name = nlc_named_word(self, "milestone", roadmap->row[0][k].stage);
        nlc_svg_box(&self->drawing, (nlc_box){x, 6, 14, 8}, colour_of(roadmap->row[0][k].stage), 1);
        nlc_svg_words(&self->drawing, (nlc_spot){x + 19, 14}, (nlc_type){11.5, NLC_START, NLC_INK, false}, name.text);
        x += gap + letter * nlc_word_length(name);
    }
}

/* In two lines where it is long, parted at a space. */
static void draw_label(nlc_page *self, nlc_word label, nlc_type type, double y)
{
    char *space = nlc_word_length(label) > LABEL_LENGTH ? strchr(label.text, ' ') : NULL;
    for (char *next = space; next != NULL && next - label.text <= LABEL_LENGTH; next = strchr(next + 1, ' ')) {
        space = next;
    }
    if (space != NULL) {
        const nlc_word second = nlc_word_of(space + 1);
        *space = '\0';
        nlc_svg_words(&self->drawing, (nlc_spot){LEFT - 12, y + 7}, type, nlc_short_word(second, LABEL_LENGTH).text);
        y -= 6;
    }
    nlc_svg_words(&self->drawing, (nlc_spot){LEFT - 12, y}, type, nlc_short_word(label, LABEL_LENGTH).text);
}

static void draw_row(nlc_page *self, const nlc_frame *frame, const nlc_roadmap_entry *row, uint32_t num_stages, double y)
{
    const nlc_type type = {11.5, NLC_END, NLC_INK, strcmp(row->kind, "node") != 0};
    draw_label(self, label_of(self, row), type, y + num_stages * LANE / 2.0 + 4);
    for (uint32_t k = 0; k < num_stages; k++) {
        draw_stage(&self->drawing, frame, &row[k], (nlc_spot){0, y + k * (double)LANE}, colour_of(row[k].stage));
    }
}

static void draw_years(nlc_html *drawing, const nlc_frame *frame)
{
    for (uint32_t t = 0; t < frame->num_months; t++) {
        if ((frame->start + (int32_t)t) % 12 == 0) {
            const double x = nlc_scale_at(frame->x, t + 1.0);
            nlc_svg_line(drawing, (nlc_spot){x, frame->box.y}, (nlc_spot){x, frame->box.y + frame->box.height},
                         (nlc_pen){NLC_RULE, 1, NULL});
        }
    }
}

/* A line between waves, countries and tiers. */
static void draw_rows(nlc_page *self, const roadmap *roadmap, const nlc_frame *frame, const uint32_t rows[2])
{
    const double row_height = roadmap->num_stages * (double)LANE + ROW_GAP;
    for (uint32_t k = rows[0]; k < rows[1]; k++) {
        const double y = TOP + (k - rows[0]) * row_height;
        if (k > rows[0] && strcmp(roadmap->row[k]->kind, roadmap->row[k - 1]->kind) != 0) {
            const double between = y - ROW_GAP / 2.0;
            nlc_svg_line(&self->drawing, (nlc_spot){0, between}, (nlc_spot){NLC_PAGE_WIDTH - RIGHT, between},
                         (nlc_pen){NLC_SOFT, 0.8, NULL});
        }
        draw_row(self, frame, roadmap->row[k], roadmap->num_stages, y);
    }
}

/* Rows from rows[0] up to rows[1], as many as a page holds. */
static void draw(nlc_page *self, const roadmap *roadmap, const uint32_t rows[2], const char *name)
{
    const nlc_material *material = self->material;
    const double height = (rows[1] - rows[0]) * (roadmap->num_stages * (double)LANE + ROW_GAP);
    const nlc_box box = {LEFT, TOP - ROW_GAP, NLC_PAGE_WIDTH - LEFT - RIGHT, height + ROW_GAP};
    const nlc_frame frame = nlc_frame_of(box, material->num_months, material->resolved.start, 0, 1);
    nlc_html *drawing = nlc_page_draw(self);
    nlc_svg_begin(drawing, NLC_PAGE_WIDTH, TOP + height + 26, nlc_string_text(self->html.language, NLC_TEXT(roadmap_caption)));
    draw_legend(self, roadmap);
    draw_years(drawing, &frame);
    draw_rows(self, roadmap, &frame, rows);
    nlc_svg_time_axis(drawing, &frame);
    nlc_svg_end(drawing);
    if (rows[1] < roadmap->num_rows) {
        nlc_page_bare_figure(self, name);
    } else {
        nlc_page_figure(self, name, NLC_TEXT(roadmap_caption));
    }
}

/* Where a picture ends that begins at a row: nodes have pictures of their own. */
static uint32_t picture_end(const roadmap *roadmap, uint32_t row)
{
    const bool is_node = strcmp(roadmap->row[row]->kind, "node") == 0;
    uint32_t end = row + 1;
    while (end < roadmap->num_rows && end < row + PICTURE_ROWS && (strcmp(roadmap->row[end]->kind, "node") == 0) == is_node) {
        end++;
    }
    return end;
}

static void draw_all(nlc_page *self, const roadmap *roadmap)
{
    uint32_t rows[2] = {0, 0};
    for (uint32_t number = 1; rows[0] < roadmap->num_rows; number++) {
        char name[32];
        snprintf(name, sizeof name, number == 1 ? "roadmap" : "roadmap-%u", (unsigned)number);
        rows[1] = picture_end(roadmap, rows[0]);
        draw(self, roadmap, rows, name);
        rows[0] = rows[1];
    }
}

/* ---- The table ------------------------------------------------------------------------------------- */

static void month_write(nlc_page *self, int32_t month, bool is_brief)
{
    if (month < 0) {
        nlc_html_markup(&self->html, is_brief ? "&#8230;" : "");
        nlc_html_text(&self->html, is_brief ? "" : nlc_string_text(self->html.language, NLC_TEXT(never)));
    } else {
        const nlc_word brief = nlc_brief_month_word(self->html.language, month);
        const nlc_word whole = nlc_short_month_word(self->html.language, month);
        nlc_html_markup(&self->html, "<time datetime=\"%04d-%02d\">", (int)(month / 12), (int)(month % 12) + 1);
        nlc_html_text(&self->html, is_brief ? brief.text : whole.text);
        nlc_html_markup(&self->html, "</time>");
    }
}

static void entry_write(nlc_page *self, const nlc_roadmap_entry *entry)
{
    nlc_html_markup(&self->html, "<td class=\"n\">");
    if (entry->p50 < 0 && entry->p10 < 0) {
        nlc_html_say(&self->html, NLC_TEXT(never));
    } else {
        month_write(self, entry->p50, false);
        nlc_html_markup(&self->html, "<br><span class=\"band\">(");
        month_write(self, entry->p10, true);
        nlc_html_markup(&self->html, "&#8211;");
        month_write(self, entry->p90, true);
        nlc_html_markup(&self->html, ")</span>");
    }
    nlc_html_markup(&self->html, "</td>");
}

static void table(nlc_page *self, const roadmap *roadmap)
{
    nlc_html_markup(&self->html, "<table id=\"roadmap-table\" class=\"dense\"><thead><tr>");
    nlc_page_head(self, NLC_TEXT(roadmap_place), false);
    for (uint32_t k = 0; k < roadmap->num_stages; k++) {
        nlc_html_markup(&self->html, "<th scope=\"col\" class=\"n\">");
        nlc_html_name(&self->html, "milestone", roadmap->row[0][k].stage);
        nlc_html_markup(&self->html, "</th>");
    }
    nlc_html_markup(&self->html, "</tr></thead><tbody>\n");
    for (uint32_t k = 0; k < roadmap->num_rows; k++) {
        nlc_html_markup(&self->html, "<tr><th scope=\"row\">");
        nlc_html_text(&self->html, label_of(self, roadmap->row[k]).text);
        nlc_html_markup(&self->html, "</th>");
        for (uint32_t s = 0; s < roadmap->num_stages; s++) {
            entry_write(self, &roadmap->row[k][s]);
        }
        nlc_html_markup(&self->html, "</tr>\n");
    }
    nlc_html_markup(&self->html, "</tbody></table>\n");
}

void nlc_section_roadmap(nlc_page *self)
{
    roadmap roadmap;
    roadmap_find(&roadmap, self->material);
    if (roadmap.num_rows == 0) {
        return;
    }
    nlc_page_section(self, "roadmap", NLC_TEXT(roadmap_title));
    nlc_page_paragraph(self, NLC_TEXT(roadmap_text));
    draw_all(self, &roadmap);
    table(self, &roadmap);
    if (roadmap.num_left_out > 0) {
        const nlc_word shown = nlc_number_word(self->html.language, roadmap.num_rows, 0);
        const nlc_word all = nlc_number_word(self->html.language, roadmap.num_rows + (double)roadmap.num_left_out, 0);
        nlc_html_markup(&self->html, "<p class=\"note\">");
        nlc_html_fill(&self->html, NLC_TEXT(not_all_shown), shown.text, all.text, NULL);
        nlc_html_markup(&self->html, "</p>\n");
    }
    nlc_page_section_end(self);
}
