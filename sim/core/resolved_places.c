/* The sections of a resolved text that hold places and what joins them: nodes, then places and channels of each draw. */
#include "resolved_parser.h"

#include "batch.h"

#include <string.h>

static uint32_t *slot_of_id(nlc_parser *self, const char *text, size_t length)
{
    uint32_t at = (uint32_t)nlc_hash(text, length) & (self->num_slots - 1);
    while (self->slots[at] != 0) {
        const char *id = self->id[self->slots[at] - 1];
        if (strlen(id) == length && memcmp(id, text, length) == 0)
            break;
        at = (at + 1) & (self->num_slots - 1);
    }
    return &self->slots[at];
}

static bool find_node(nlc_parser *self, const nlc_cell *cell, uint32_t *node)
{
    uint32_t slot = *slot_of_id(self, cell->text, cell->length);
    *node = slot - 1;
    return slot != 0 || nlc_parser_fail(self, "no place has this id");
}

static bool country_of(nlc_parser *self, const nlc_cell *cell, uint32_t *country)
{
    uint32_t last = self->out->num_nodes > 0 ? self->country[self->out->num_nodes - 1] : 0;
    for (*country = last; *country < self->out->num_countries; (*country)++)
        if (nlc_cell_is(cell, self->agency_id[self->countries[*country].first_agency]))
            return true;
    return nlc_parser_fail(self, "places must stand in the order of their countries, and a country needs its lead");
}

static bool read_node_words(nlc_parser *self, uint32_t i)
{
    static const char *const heads[] = {"appointed", "elected"}, *const no_yes[] = {"no", "yes"},
                             *const sizes[] = {"", "small", "large"};
    nlc_resolved *out = self->out;
    const nlc_cell *cell = self->lines.cell;
    uint32_t word, stage = 0;
    if (!nlc_parser_label(self, &self->tiers, &cell[3], &self->tier[i]) ||
        !nlc_parser_label(self, &self->groups, &cell[4], &self->group[i]))
        return false;
    if (!nlc_parser_one_of(self, &cell[5], sizes, 3, &word))
        return false;
    self->size[i] = (uint8_t)word;
    if (!nlc_parser_one_of(self, &cell[6], heads, 2, &word))
        return false;
    self->elected[i] = (uint8_t)word;
    if (cell[7].length > 0 && (!nlc_parser_one_of(self, &cell[7], out->model->stages, out->model->num_stages, &stage)))
        return false;
    self->start_stage[i] = cell[7].length > 0 ? (uint8_t)(stage + 1) : 0;
    if (!nlc_parser_one_of(self, &cell[11], no_yes, 2, &word))
        return false;
    self->placed[i] = (uint8_t)word;
    return true;
}

static bool read_node_numbers(nlc_parser *self, uint32_t i)
{
    const nlc_model *model = self->out->model;
    const nlc_cell *cell = self->lines.cell;
    float none;
    nlc_number_read("", 0, &none);
    self->population[i] = none;
    if (cell[8].length > 0 && !nlc_decimal_read(cell[8].text, cell[8].length, &self->population[i]))
        return nlc_parser_fail(self, "this is not a population");
    if (!nlc_parser_number_or_none(self, &cell[9], -90.0F, 90.0F, &self->lat[i]) ||
        !nlc_parser_number_or_none(self, &cell[10], -180.0F, 180.0F, &self->lon[i]) ||
        !nlc_parser_number_in(self, &cell[12], 0.0F, 1.0F, &self->line_weight[i]))
        return false;
    for (uint32_t k = 0; k < model->num_attributes; k++) {
        double *value = &self->attributes[(size_t)k * self->counts.num_nodes + i];
        if (!nlc_parser_real_in(self, &cell[13 + k], (double)model->attributes[k].low, (double)model->attributes[k].high, value))
            return false;
    }
    return true;
}

static bool read_node(nlc_parser *self, uint32_t i)
{
    const nlc_cell *cell = self->lines.cell;
    if (!country_of(self, &cell[1], &self->country[i]))
        return false;
    uint32_t *slot = slot_of_id(self, cell[0].text, cell[0].length);
    if (*slot != 0)
        return nlc_parser_fail(self, "two places have this id");
    *slot = i + 1;
    self->id[i] = self->name[i] = nlc_parser_string(self, &cell[0]);
    self->key[i] = nlc_hash(cell[0].text, cell[0].length);
    nlc_country *country = &self->countries[self->country[i]];
    if (country->num_nodes == 0)
        country->first_node = i;
    country->num_nodes++;
    return read_node_words(self, i) && read_node_numbers(self, i);
}

/* Parents may stand behind their children, so they are found in a second pass over the lines. A
 * walk up from any place must end at the lead. */
static bool read_parents(nlc_parser *self, nlc_lines lines)
{
    nlc_lines after = self->lines;
    self->lines = lines;
    for (uint32_t i = 0; i < self->out->num_nodes; i++) {
        nlc_lines_next(&self->lines);
        const nlc_cell *cell = self->lines.cell;
        const char *lead = self->agency_id[self->countries[self->country[i]].first_agency];
        self->parent[i] = NLC_NO_PARENT;
        if (!nlc_cell_is(&cell[2], lead) && !find_node(self, &cell[2], &self->parent[i]))
            return false;
        if (self->parent[i] != NLC_NO_PARENT && self->country[self->parent[i]] != self->country[i])
            return nlc_parser_fail(self, "a parent must belong to the same country");
    }
    self->lines = after;
    for (uint32_t i = 0; i < self->out->num_nodes; i++) {
        uint32_t steps = 0;
        for (uint32_t up = self->parent[i]; up != NLC_NO_PARENT && steps <= NLC_MAX_TIERS; up = self->parent[up])
            steps++;
        if (steps > NLC_MAX_TIERS)
            return nlc_parser_fail(self, "places hang from each other in a circle, or too deep");
    }
    return true;
}

static void list_children(nlc_parser *self)
{
    uint32_t num = self->out->num_nodes;
    memset(self->first_child, 0, (num + 1) * sizeof *self->first_child);
    for (uint32_t i = 0; i < num; i++)
        if (self->parent[i] != NLC_NO_PARENT)
            self->first_child[self->parent[i] + 1]++;
    for (uint32_t i = 0; i < num; i++)
        self->first_child[i + 1] += self->first_child[i];
    for (uint32_t i = 0; i < num; i++)
        if (self->parent[i] != NLC_NO_PARENT)
            self->child[self->first_child[self->parent[i]]++] = i;
    for (uint32_t i = num; i > 0; i--)
        self->first_child[i] = self->first_child[i - 1];
    self->first_child[0] = 0;
}

bool nlc_parser_read_nodes(nlc_parser *self)
{
    nlc_resolved *out = self->out;
    uint32_t num_cells = 13 + out->model->num_attributes;
    nlc_cell none = {"", 0};
    uint32_t first;
    if (!nlc_parser_open(self, "[nodes]") || !nlc_parser_next(self, num_cells) ||
        !nlc_parser_label(self, &self->groups, &none, &first))
        return false;
    nlc_lines lines = self->lines;
    for (; !nlc_lines_at_section(&self->lines); out->num_nodes++)
        if (!nlc_parser_next(self, num_cells) || !read_node(self, out->num_nodes))
            return false;
    if (!read_parents(self, lines))
        return false;
    out->tiers = nlc_label_list_sort(&self->tiers, self->tier, out->num_nodes);
    out->groups = nlc_label_list_sort(&self->groups, self->group, out->num_nodes);
    out->num_tiers = out->tiers.num;
    for (uint32_t k = 0; k < out->num_tiers; k++) {
        self->tier_adopts[k] = 0;
        for (uint32_t a = 0; a < self->num_adopting; a++)
            self->tier_adopts[k] |= nlc_cell_is(&self->adopting[a], self->tiers.text[k]);
    }
    list_children(self);
    return true;
}

bool nlc_parser_read_places(nlc_parser *self, uint32_t d)
{
    uint64_t schedule;
    if (!nlc_parser_open_draw(self, "[places draw=", d) || !nlc_parser_next(self, 2))
        return false;
    for (uint32_t i = 0; i < self->out->num_nodes; i++) {
        size_t at = (size_t)d * self->out->num_nodes + i;
        if (!nlc_parser_next(self, 2) || !nlc_parser_label(self, &self->waves, &self->lines.cell[0], &self->wave[at]))
            return false;
        if (!nlc_cell_whole(&self->lines.cell[1], 0, self->counts.num_schedules - 1, &schedule))
            return nlc_parser_fail(self, "a schedule has no number");
        self->schedule[at] = (uint32_t)schedule;
    }
    return true;
}

/* Channels come sorted by receiver, then kind, then sender; each kind becomes its own list. The
 * peer channels of a draw are kept first, then its regional ones. */
static bool read_kind(nlc_parser *self, uint32_t d, const char *kind, nlc_lines lines, nlc_channels *channels)
{
    uint32_t num = self->out->num_nodes, last_to = 0, last_from = NLC_NONE;
    uint32_t *first = self->first_channel + ((size_t)d * 2 + (channels == &self->draws[d].regional)) * (num + 1);
    uint32_t *from = self->channel_from + self->channels_used, count = 0, to;
    double *weight = self->channel_weight + self->channels_used;
    self->lines = lines;
    memset(first, 0, (num + 1) * sizeof *first);
    while (!nlc_lines_at_section(&self->lines)) {
        if (!nlc_parser_next(self, 4))
            return false;
        const nlc_cell *cell = self->lines.cell;
        if (!nlc_cell_is(&cell[1], kind)) {
            if (!nlc_cell_is(&cell[1], "peer") && !nlc_cell_is(&cell[1], "regional"))
                return nlc_parser_fail(self, "a channel here is peer or regional");
            continue;
        }
        if (!find_node(self, &cell[0], &to) || !find_node(self, &cell[2], &from[count]) ||
            !nlc_parser_real_in(self, &cell[3], 0.0, 1.0, &weight[count]))
            return false;
        bool behind = to < last_to || (to == last_to && last_from != NLC_NONE && from[count] <= last_from);
        if (behind || to == from[count] || !(weight[count] > 0.0))
            return nlc_parser_fail(self, "channels must stand in order, join two places, and have a weight above 0");
        first[to + 1]++;
        last_to = to, last_from = from[count++];
    }
    for (uint32_t i = 0; i < num; i++)
        first[i + 1] += first[i];
    *channels = (nlc_channels){first, from, weight};
    self->channels_used += count;
    return true;
}

bool nlc_parser_read_channels(nlc_parser *self, uint32_t d)
{
    if (!nlc_parser_open_draw(self, "[channels draw=", d) || !nlc_parser_next(self, 4))
        return false;
    nlc_lines lines = self->lines;
    return read_kind(self, d, "peer", lines, &self->draws[d].peer) &&
           read_kind(self, d, "regional", lines, &self->draws[d].regional);
}
