/* Reads a resolved scenario into flat arrays. The text comes from our own writer or from a page; it
 * may have been cut or edited, so every number and name is checked. */
#include "batch.h"
#include "resolved_text.h"

#include <string.h>

/* What the sections share while they are read. The result's arrays are const for everybody else,
 * so the pointers that are written through stand here. */
typedef struct {
    nlc_lines lines;
    nlc_resolved *out;
    nlc_resolved_counts counts;
    nlc_resolved_problem *problem;
    char *base; /* NULL while only the size is asked */
    size_t used;

    nlc_country *countries;
    const char **agency_id, **agency_name, **id, **name;
    uint64_t *agency_key, *key;
    uint32_t *agency_country, *agency_schedule, *country, *parent, *tier, *group, *first_child, *child;
    nlc_sector *agency_sector;
    float *agency_weight, *agency_lat, *agency_lon, *lat, *lon, *line_weight, *parameters, *levers;
    double *attributes;
    uint8_t *size, *elected, *start_stage, *placed, *tier_adopts;
    double *population;
    const char **tier_label, **wave_label, **group_label;
    nlc_class *classes;
    nlc_draw *draws;
    uint32_t *schedule, *class_of, *wave; /* [num_draws][num_nodes] */
    uint32_t *first_channel;              /* [num_draws][2][num_nodes + 1] */
    uint32_t *channel_from;               /* [num_channels] */
    double *channel_weight;
    uint16_t *segment_of_month;
    uint32_t *slots; /* hash table of ids, then of classes: [num_slots] */
    uint32_t num_slots;
    char *strings;
    size_t strings_used, channels_used;
} reader;

static bool fail(reader *self, const char *message)
{
    self->problem->line = self->lines.line;
    self->problem->message = message;
    return false;
}

static void *take(reader *self, size_t num, size_t size)
{
    void *result = self->base ? self->base + self->used : NULL;
    self->used += (num * size + 63) / 64 * 64;
    return result;
}

#define TAKE(member, num) (self->member = take(self, (num), sizeof *self->member))

static void lay_out_nodes(reader *self)
{
    size_t nodes = self->counts.num_nodes, agencies = self->counts.num_agencies;
    TAKE(countries, agencies);
    TAKE(agency_id, agencies), TAKE(agency_name, agencies), TAKE(agency_key, agencies), TAKE(agency_country, agencies);
    TAKE(agency_schedule, agencies), TAKE(agency_sector, agencies), TAKE(agency_weight, agencies);
    TAKE(agency_lat, agencies), TAKE(agency_lon, agencies);
    TAKE(id, nodes), TAKE(name, nodes), TAKE(key, nodes), TAKE(country, nodes), TAKE(parent, nodes), TAKE(tier, nodes);
    TAKE(group, nodes), TAKE(first_child, nodes + 1), TAKE(child, nodes), TAKE(size, nodes), TAKE(elected, nodes);
    TAKE(start_stage, nodes), TAKE(placed, nodes), TAKE(population, nodes), TAKE(lat, nodes), TAKE(lon, nodes);
    TAKE(line_weight, nodes), TAKE(attributes, nodes * self->counts.model->num_attributes);
}

static void lay_out(reader *self)
{
    const nlc_resolved_counts *counts = &self->counts;
    size_t nodes = counts->num_nodes, draws = counts->num_draws;
    lay_out_nodes(self);
    TAKE(tier_label, NLC_MAX_TIERS), TAKE(wave_label, NLC_MAX_LABELS), TAKE(group_label, NLC_MAX_LABELS);
    TAKE(tier_adopts, NLC_MAX_TIERS);
    size_t classes = nodes * draws < NLC_MAX_CLASSES ? nodes * draws : NLC_MAX_CLASSES;
    TAKE(classes, classes), TAKE(draws, draws), TAKE(schedule, draws * nodes), TAKE(class_of, draws * nodes);
    TAKE(wave, draws * nodes), TAKE(first_channel, draws * 2 * (nodes + 1));
    TAKE(channel_from, counts->num_channels), TAKE(channel_weight, counts->num_channels);
    TAKE(parameters, counts->model->num_parameters), TAKE(segment_of_month, counts->num_months + 1);
    TAKE(levers, (size_t)counts->num_segments * counts->num_schedules * counts->model->num_levers);
    self->num_slots = 64;
    size_t keys = nodes > NLC_MAX_CLASSES ? nodes : NLC_MAX_CLASSES;
    while (self->num_slots < 2 * keys)
        self->num_slots *= 2;
    TAKE(slots, self->num_slots), TAKE(strings, counts->text_bytes + 1);
}

/* ---- Small readers ---------------------------------------------------------------------------- */

static bool next(reader *self, uint32_t num_cells)
{
    if (!nlc_lines_next(&self->lines))
        return fail(self, "the text ends too early, or a line is broken");
    if (num_cells && self->lines.num_cells != num_cells)
        return fail(self, "this line has another number of cells than its section asks for");
    return true;
}

static bool section(reader *self, const char *title)
{
    return next(self, 1) && (nlc_cell_is(&self->lines.cell[0], title) || fail(self, "another section was expected here"));
}

static bool numbered_section(reader *self, const char *before, uint32_t number)
{
    if (!next(self, 1))
        return false;
    const nlc_cell *cell = &self->lines.cell[0];
    size_t length = strlen(before);
    uint64_t value;
    if (cell->length < length + 2 || memcmp(cell->text, before, length) != 0 || cell->text[cell->length - 1] != ']')
        return fail(self, "another section was expected here");
    nlc_cell digits = {cell->text + length, cell->length - length - 1};
    return (nlc_cell_whole(&digits, number, number, &value)) || fail(self, "network draws must be numbered in order");
}

static bool key_value(reader *self, const char *key)
{
    return next(self, 0) &&
           ((self->lines.num_cells >= 2 && nlc_cell_is(&self->lines.cell[0], key)) || fail(self, "another key was expected here"));
}

static bool number(reader *self, const nlc_cell *cell, float *value)
{
    return nlc_number_read(cell->text, cell->length, value) || fail(self, "this is not a number");
}

static bool number_in(reader *self, const nlc_cell *cell, float low, float high, float *value)
{
    if (!number(self, cell, value))
        return false;
    return (*value >= low && *value <= high) || fail(self, "a number is outside its bounds");
}

static bool number_or_none(reader *self, const nlc_cell *cell, float low, float high, float *value)
{
    if (cell->length > 0)
        return number_in(self, cell, low, high, value);
    return number(self, cell, value);
}

/* A number of a place or channel: as written for a model that computes in doubles, else as a float. */
static bool real_in(reader *self, const nlc_cell *cell, double low, double high, double *value)
{
    if (!nlc_real_read(cell->text, cell->length, value))
        return fail(self, "this is not a number");
    if (!self->out->model->is_double)
        *value = (double)(float)*value;
    return cell->length == 0 || (*value >= low && *value <= high) || fail(self, "a number is outside its bounds");
}

static const char *string(reader *self, const nlc_cell *cell)
{
    char *copy = self->strings + self->strings_used;
    memcpy(copy, cell->text, cell->length);
    copy[cell->length] = '\0';
    self->strings_used += cell->length + 1;
    return copy;
}

static uint32_t *slot_of_id(reader *self, const char *text, size_t length)
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

static bool find_node(reader *self, const nlc_cell *cell, uint32_t *node)
{
    uint32_t slot = *slot_of_id(self, cell->text, cell->length);
    *node = slot - 1;
    return slot != 0 || fail(self, "no place has this id");
}

/* Labels are collected in the order met and put in order later. */
static bool label(reader *self, nlc_labels *labels, const char **text, uint32_t most, const nlc_cell *cell, uint32_t *index)
{
    for (uint32_t k = 0; k < labels->num; k++) {
        if (nlc_cell_is(cell, text[k])) {
            *index = k;
            return true;
        }
    }
    if (labels->num == most || cell->length >= NLC_LABEL_ROOM)
        return fail(self, "a label is longer than 63 bytes, or there are too many different labels");
    char *copy = take(self, NLC_LABEL_ROOM, 1);
    memcpy(copy, cell->text, cell->length);
    copy[cell->length] = '\0';
    *index = labels->num;
    text[labels->num++] = copy;
    return true;
}

static bool whole_number(const char *text)
{
    for (const char *c = text; *c; c++)
        if (*c < '0' || *c > '9')
            return false;
    return *text != '\0';
}

/* Labels that are whole numbers go by size, before the others, which go by bytes; "" is first. */
static bool label_before(const char *a, const char *b)
{
    bool numbers = whole_number(a) && whole_number(b);
    if (numbers && strlen(a) != strlen(b))
        return strlen(a) < strlen(b);
    if (whole_number(a) != whole_number(b) && *a && *b)
        return whole_number(a);
    return strcmp(a, b) < 0;
}

/* Sorts the labels and renumbers the indices that point to them. */
static void sort_labels(nlc_labels *labels, const char **text, uint32_t *indices, size_t num_indices)
{
    uint32_t rank[NLC_MAX_LABELS];
    const char *sorted[NLC_MAX_LABELS];
    for (uint32_t k = 0; k < labels->num; k++) {
        rank[k] = 0;
        for (uint32_t other = 0; other < labels->num; other++)
            rank[k] += label_before(text[other], text[k]);
    }
    for (uint32_t k = 0; k < labels->num; k++)
        sorted[rank[k]] = text[k];
    for (uint32_t k = 0; k < labels->num; k++)
        text[k] = sorted[k];
    for (size_t i = 0; i < num_indices; i++)
        indices[i] = rank[indices[i]];
    labels->text = text;
}

static bool one_of(reader *self, const nlc_cell *cell, const char *const *words, uint32_t num, uint32_t *index)
{
    for (*index = 0; *index < num; (*index)++)
        if (nlc_cell_is(cell, words[*index]))
            return true;
    return fail(self, "this word is not known here");
}

/* ---- Sections --------------------------------------------------------------------------------- */

static bool read_start(reader *self)
{
    const nlc_cell *cell = &self->lines.cell[1];
    uint64_t year, month;
    if (cell->length != 7 || cell->text[4] != '-')
        return fail(self, "the start must be written YYYY-MM");
    nlc_cell parts[2] = {{cell->text, 4}, {cell->text + 5, 2}};
    if (!nlc_cell_whole(&parts[0], 1, 9999, &year) || !nlc_cell_whole(&parts[1], 1, 12, &month))
        return fail(self, "the start must be written YYYY-MM");
    self->out->start = (int32_t)(year * 12 + month - 1);
    return true;
}

static bool read_scenario(reader *self, nlc_cell *adopting, uint32_t *num_adopting)
{
    static const char *const no_yes[] = {"no", "yes"};
    uint64_t value;
    uint32_t word;
    if (!section(self, "[scenario]") || !key_value(self, "model") || !key_value(self, "start") || !read_start(self))
        return false;
    if (!key_value(self, "months") || !nlc_cell_whole(&self->lines.cell[1], 1, NLC_MAX_MONTHS, &value))
        return fail(self, "months must be a whole number from 1 to 2400");
    self->out->num_months = (uint32_t)value;
    if (!key_value(self, "adopting") || self->lines.num_cells > NLC_MAX_TIERS)
        return false;
    *num_adopting = self->lines.num_cells - 1;
    memcpy(adopting, self->lines.cell + 1, *num_adopting * sizeof *adopting);
    if (!key_value(self, "names") || !one_of(self, &self->lines.cell[1], no_yes, 2, &word))
        return false;
    self->out->names = word == 1;
    if (!key_value(self, "draws") || !nlc_cell_whole(&self->lines.cell[1], 1, NLC_MAX_DRAWS, &value))
        return fail(self, "draws must be a whole number from 1 to 1024");
    self->out->num_draws = (uint32_t)value;
    return value == self->counts.num_draws || fail(self, "the number of network draws is not the number of their sections");
}

static bool read_parameters(reader *self)
{
    const nlc_model *model = self->out->model;
    if (!section(self, "[parameters]"))
        return false;
    for (uint32_t k = 0; k < model->num_parameters; k++) {
        const nlc_parameter *row = &model->parameters[k];
        if (!key_value(self, row->name) || !number_in(self, &self->lines.cell[1], row->low, row->high, &self->parameters[k]))
            return false;
    }
    return true;
}

/* A lead opens its country; other agencies stand below it. */
static bool read_agency(reader *self, uint32_t a)
{
    static const char *const sectors[] = {"lead", "security", "service"};
    nlc_resolved *out = self->out;
    const nlc_cell *cell = self->lines.cell;
    uint32_t sector;
    uint64_t schedule;
    if (!one_of(self, &cell[2], sectors, 3, &sector) || !number_in(self, &cell[3], 0.0F, 1.0F, &self->agency_weight[a]))
        return false;
    if (!nlc_cell_whole(&cell[4], 0, self->counts.num_schedules - 1, &schedule))
        return fail(self, "a schedule has no number");
    self->agency_id[a] = self->agency_name[a] = string(self, &cell[0]);
    self->agency_key[a] = nlc_hash(cell[0].text, cell[0].length);
    self->agency_sector[a] = (nlc_sector)sector;
    self->agency_schedule[a] = (uint32_t)schedule;
    if (sector == NLC_SECTOR_LEAD)
        self->countries[out->num_countries++] = (nlc_country){0, 0, a, 0};
    if (out->num_countries == 0 || !nlc_cell_is(&cell[1], self->agency_id[self->countries[out->num_countries - 1].first_agency]))
        return fail(self, "an agency must stand below the lead of its country");
    self->agency_country[a] = out->num_countries - 1;
    self->countries[out->num_countries - 1].num_agencies++;
    return number_or_none(self, &cell[5], -90.0F, 90.0F, &self->agency_lat[a]) &&
           number_or_none(self, &cell[6], -180.0F, 180.0F, &self->agency_lon[a]);
}

static bool read_agencies(reader *self)
{
    if (!section(self, "[agencies]") || !next(self, 7))
        return false;
    while (!nlc_lines_at_section(&self->lines))
        if (!next(self, 7) || !read_agency(self, self->out->num_agencies++))
            return false;
    return self->out->num_countries > 0 || fail(self, "there is no lead agency");
}

static bool country_of(reader *self, const nlc_cell *cell, uint32_t *country)
{
    uint32_t last = self->out->num_nodes > 0 ? self->country[self->out->num_nodes - 1] : 0;
    for (*country = last; *country < self->out->num_countries; (*country)++)
        if (nlc_cell_is(cell, self->agency_id[self->countries[*country].first_agency]))
            return true;
    return fail(self, "places must stand in the order of their countries, and a country needs its lead");
}

static bool read_node_words(reader *self, uint32_t i)
{
    static const char *const heads[] = {"appointed", "elected"}, *const no_yes[] = {"no", "yes"},
                             *const sizes[] = {"", "small", "large"};
    nlc_resolved *out = self->out;
    const nlc_cell *cell = self->lines.cell;
    uint32_t word, stage = 0;
    if (!label(self, &out->tiers, self->tier_label, NLC_MAX_TIERS, &cell[3], &self->tier[i]) ||
        !label(self, &out->groups, self->group_label, NLC_MAX_LABELS, &cell[4], &self->group[i]))
        return false;
    if (!one_of(self, &cell[5], sizes, 3, &word))
        return false;
    self->size[i] = (uint8_t)word;
    if (!one_of(self, &cell[6], heads, 2, &word))
        return false;
    self->elected[i] = (uint8_t)word;
    if (cell[7].length > 0 && (!one_of(self, &cell[7], out->model->stages, out->model->num_stages, &stage)))
        return false;
    self->start_stage[i] = cell[7].length > 0 ? (uint8_t)(stage + 1) : 0;
    if (!one_of(self, &cell[11], no_yes, 2, &word))
        return false;
    self->placed[i] = (uint8_t)word;
    return true;
}

static bool read_node_numbers(reader *self, uint32_t i)
{
    const nlc_model *model = self->out->model;
    const nlc_cell *cell = self->lines.cell;
    float none;
    nlc_number_read("", 0, &none);
    self->population[i] = none;
    if (cell[8].length > 0 && !nlc_decimal_read(cell[8].text, cell[8].length, &self->population[i]))
        return fail(self, "this is not a population");
    if (!number_or_none(self, &cell[9], -90.0F, 90.0F, &self->lat[i]) ||
        !number_or_none(self, &cell[10], -180.0F, 180.0F, &self->lon[i]) ||
        !number_in(self, &cell[12], 0.0F, 1.0F, &self->line_weight[i]))
        return false;
    for (uint32_t k = 0; k < model->num_attributes; k++) {
        double *value = &self->attributes[(size_t)k * self->counts.num_nodes + i];
        if (!real_in(self, &cell[13 + k], (double)model->attributes[k].low, (double)model->attributes[k].high, value))
            return false;
    }
    return true;
}

static bool read_node(reader *self, uint32_t i)
{
    const nlc_cell *cell = self->lines.cell;
    if (!country_of(self, &cell[1], &self->country[i]))
        return false;
    uint32_t *slot = slot_of_id(self, cell[0].text, cell[0].length);
    if (*slot != 0)
        return fail(self, "two places have this id");
    *slot = i + 1;
    self->id[i] = self->name[i] = string(self, &cell[0]);
    self->key[i] = nlc_hash(cell[0].text, cell[0].length);
    nlc_country *country = &self->countries[self->country[i]];
    if (country->num_nodes == 0)
        country->first_node = i;
    country->num_nodes++;
    return read_node_words(self, i) && read_node_numbers(self, i);
}

/* Parents may stand behind their children, so they are found in a second pass over the lines. A
 * walk up from any place must end at the lead. */
static bool read_parents(reader *self, nlc_lines lines)
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
            return fail(self, "a parent must belong to the same country");
    }
    self->lines = after;
    for (uint32_t i = 0; i < self->out->num_nodes; i++) {
        uint32_t steps = 0;
        for (uint32_t up = self->parent[i]; up != NLC_NO_PARENT && steps <= NLC_MAX_TIERS; up = self->parent[up])
            steps++;
        if (steps > NLC_MAX_TIERS)
            return fail(self, "places hang from each other in a circle, or too deep");
    }
    return true;
}

static void list_children(reader *self)
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

static bool read_nodes(reader *self, const nlc_cell *adopting, uint32_t num_adopting)
{
    nlc_resolved *out = self->out;
    uint32_t num_cells = 13 + out->model->num_attributes;
    nlc_cell none = {"", 0};
    uint32_t first;
    if (!section(self, "[nodes]") || !next(self, num_cells) ||
        !label(self, &out->groups, self->group_label, NLC_MAX_LABELS, &none, &first))
        return false;
    nlc_lines lines = self->lines;
    for (; !nlc_lines_at_section(&self->lines); out->num_nodes++)
        if (!next(self, num_cells) || !read_node(self, out->num_nodes))
            return false;
    if (!read_parents(self, lines))
        return false;
    sort_labels(&out->tiers, self->tier_label, self->tier, out->num_nodes);
    sort_labels(&out->groups, self->group_label, self->group, out->num_nodes);
    out->num_tiers = out->tiers.num;
    for (uint32_t k = 0; k < out->num_tiers; k++) {
        self->tier_adopts[k] = 0;
        for (uint32_t a = 0; a < num_adopting; a++)
            self->tier_adopts[k] |= nlc_cell_is(&adopting[a], self->tier_label[k]);
    }
    list_children(self);
    return true;
}

static bool read_places(reader *self, uint32_t d)
{
    uint64_t schedule;
    if (!numbered_section(self, "[places draw=", d) || !next(self, 2))
        return false;
    for (uint32_t i = 0; i < self->out->num_nodes; i++) {
        size_t at = (size_t)d * self->out->num_nodes + i;
        if (!next(self, 2) ||
            !label(self, &self->out->waves, self->wave_label, NLC_MAX_LABELS, &self->lines.cell[0], &self->wave[at]))
            return false;
        if (!nlc_cell_whole(&self->lines.cell[1], 0, self->counts.num_schedules - 1, &schedule))
            return fail(self, "a schedule has no number");
        self->schedule[at] = (uint32_t)schedule;
    }
    return true;
}

/* Channels come sorted by receiver, then kind, then sender; each kind becomes its own list. The
 * peer channels of a draw are kept first, then its regional ones. */
static bool read_kind(reader *self, uint32_t d, const char *kind, nlc_lines lines, nlc_channels *channels)
{
    uint32_t num = self->out->num_nodes, last_to = 0, last_from = NLC_NONE;
    uint32_t *first = self->first_channel + ((size_t)d * 2 + (channels == &self->draws[d].regional)) * (num + 1);
    uint32_t *from = self->channel_from + self->channels_used, count = 0, to;
    double *weight = self->channel_weight + self->channels_used;
    self->lines = lines;
    memset(first, 0, (num + 1) * sizeof *first);
    while (!nlc_lines_at_section(&self->lines)) {
        if (!next(self, 4))
            return false;
        const nlc_cell *cell = self->lines.cell;
        if (!nlc_cell_is(&cell[1], kind)) {
            if (!nlc_cell_is(&cell[1], "peer") && !nlc_cell_is(&cell[1], "regional"))
                return fail(self, "a channel here is peer or regional");
            continue;
        }
        if (!find_node(self, &cell[0], &to) || !find_node(self, &cell[2], &from[count]) ||
            !real_in(self, &cell[3], 0.0, 1.0, &weight[count]))
            return false;
        bool behind = to < last_to || (to == last_to && last_from != NLC_NONE && from[count] <= last_from);
        if (behind || to == from[count] || !(weight[count] > 0.0))
            return fail(self, "channels must stand in order, join two places, and have a weight above 0");
        first[to + 1]++;
        last_to = to, last_from = from[count++];
    }
    for (uint32_t i = 0; i < num; i++)
        first[i + 1] += first[i];
    *channels = (nlc_channels){first, from, weight};
    self->channels_used += count;
    return true;
}

static bool read_channels(reader *self, uint32_t d)
{
    if (!numbered_section(self, "[channels draw=", d) || !next(self, 4))
        return false;
    nlc_lines lines = self->lines;
    return read_kind(self, d, "peer", lines, &self->draws[d].peer) &&
           read_kind(self, d, "regional", lines, &self->draws[d].regional);
}

static void number_segments(reader *self)
{
    uint16_t segment = 0;
    self->segment_of_month[0] = 0;
    for (uint32_t t = 1; t <= self->out->num_months; t++) {
        segment = (uint16_t)(segment + (t > 1 && self->counts.breaks[t]));
        self->segment_of_month[t] = segment;
    }
}

static bool read_lever_line(reader *self)
{
    const nlc_resolved *out = self->out;
    const nlc_cell *cell = self->lines.cell;
    uint64_t schedule, from, to;
    float value;
    if (!nlc_cell_whole(&cell[0], 0, self->counts.num_schedules - 1, &schedule))
        return fail(self, "a schedule has no number");
    uint32_t lever = 0;
    while (lever < out->model->num_levers && !nlc_cell_is(&cell[1], out->model->levers[lever].name))
        lever++;
    if (lever == out->model->num_levers)
        return fail(self, "the model has no such lever");
    if (!nlc_cell_whole(&cell[2], 1, out->num_months, &from) || !nlc_cell_whole(&cell[3], from, out->num_months, &to))
        return fail(self, "months must lie within the run, the first not behind the last");
    const nlc_lever *row = &out->model->levers[lever];
    if (!number(self, &cell[4], &value) || !(value >= row->low && (value <= row->high || row->may_be_unlimited)))
        return fail(self, "a lever is outside its bounds");
    for (uint32_t s = self->segment_of_month[from]; s <= self->segment_of_month[to]; s++)
        self->levers[((size_t)s * out->num_schedules + schedule) * out->model->num_levers + lever] = value;
    return true;
}

static bool read_levers(reader *self)
{
    const nlc_model *model = self->out->model;
    if (!section(self, "[levers]") || !next(self, 5))
        return false;
    number_segments(self);
    size_t num = (size_t)self->counts.num_segments * self->counts.num_schedules;
    for (size_t k = 0; k < num; k++)
        for (uint32_t lever = 0; lever < model->num_levers; lever++)
            self->levers[k * model->num_levers + lever] = model->levers[lever].value;
    while (!nlc_lines_at_section(&self->lines))
        if (!next(self, 5) || !read_lever_line(self))
            return false;
    return true;
}

static bool read_run(reader *self)
{
    uint64_t value;
    if (!section(self, "[run]") || !key_value(self, "title"))
        return false;
    self->out->title = string(self, &self->lines.cell[1]);
    if (!key_value(self, "seed") || !nlc_cell_whole(&self->lines.cell[1], 0, UINT64_MAX, &self->out->seed))
        return fail(self, "the seed must be a whole number");
    if (!key_value(self, "replicates") || !nlc_cell_whole(&self->lines.cell[1], 1, UINT32_MAX / 2, &value))
        return fail(self, "replicates must be a whole number above 0");
    self->out->replicates = (uint32_t)value;
    return true;
}

static bool read_names(reader *self)
{
    const nlc_resolved *out = self->out;
    if (!section(self, "[names]") || !next(self, 2))
        return false;
    for (uint32_t k = 0; k < out->num_agencies + out->num_nodes; k++) {
        const char **name = k < out->num_agencies ? &self->agency_name[k] : &self->name[k - out->num_agencies];
        if (!next(self, 2) || !nlc_cell_is(&self->lines.cell[0], *name))
            return fail(self, "names must stand in the order of agencies and places");
        *name = string(self, &self->lines.cell[1]);
    }
    return self->lines.at == self->lines.end || fail(self, "nothing may follow the names");
}

/* ---- Classes ---------------------------------------------------------------------------------- */

static bool same_class(const nlc_class *a, const nlc_class *b)
{
    return a->country == b->country && a->tier == b->tier && a->wave == b->wave && a->group == b->group && a->size == b->size;
}

static bool class_before(const nlc_class *a, const nlc_class *b)
{
    if (a->country != b->country)
        return a->country < b->country;
    if (a->tier != b->tier)
        return a->tier < b->tier;
    if (a->wave != b->wave)
        return a->wave < b->wave;
    if (a->group != b->group)
        return a->group < b->group;
    return a->size < b->size;
}

static bool find_class(reader *self, const nlc_class *wanted, uint32_t *index)
{
    uint64_t key = nlc_mix(wanted->country | (uint64_t)wanted->tier << 32) ^
                   nlc_mix(wanted->wave | (uint64_t)wanted->group << 32 | (uint64_t)wanted->size << 60);
    uint32_t at = (uint32_t)key & (self->num_slots - 1);
    for (; self->slots[at] != 0; at = (at + 1) & (self->num_slots - 1)) {
        *index = self->slots[at] - 1;
        if (same_class(&self->classes[*index], wanted))
            return true;
    }
    if (self->out->num_classes == NLC_MAX_CLASSES)
        return fail(self, "there are more than 16384 sets of country, tier, wave, group and size");
    *index = self->out->num_classes++;
    self->slots[at] = *index + 1;
    self->classes[*index] = *wanted;
    return true;
}

/* Shell sort: few classes, no library. `order` holds old indices, and its inverse is returned in
 * `rank`; both lie in the table of slots, which is free by now. */
static void sort_classes(reader *self, uint32_t *order, uint32_t *rank)
{
    uint32_t num = self->out->num_classes;
    for (uint32_t k = 0; k < num; k++)
        order[k] = k;
    for (uint32_t gap = num / 2; gap > 0; gap /= 2) {
        for (uint32_t k = gap; k < num; k++) {
            nlc_class moving = self->classes[k];
            uint32_t old = order[k], j = k;
            for (; j >= gap && class_before(&moving, &self->classes[j - gap]); j -= gap) {
                self->classes[j] = self->classes[j - gap];
                order[j] = order[j - gap];
            }
            self->classes[j] = moving;
            order[j] = old;
        }
    }
    for (uint32_t k = 0; k < num; k++)
        rank[order[k]] = k;
}

static bool make_classes(reader *self)
{
    nlc_resolved *out = self->out;
    size_t num = (size_t)out->num_draws * out->num_nodes;
    sort_labels(&out->waves, self->wave_label, self->wave, num);
    memset(self->slots, 0, self->num_slots * sizeof *self->slots);
    for (size_t k = 0; k < num; k++) {
        uint32_t i = (uint32_t)(k % out->num_nodes);
        nlc_class class = {self->country[i], self->tier[i], self->wave[k], self->group[i], (nlc_size)self->size[i]};
        if (!find_class(self, &class, &self->class_of[k]))
            return false;
    }
    sort_classes(self, self->slots, self->slots + NLC_MAX_CLASSES);
    for (size_t k = 0; k < num; k++)
        self->class_of[k] = self->slots[NLC_MAX_CLASSES + self->class_of[k]];
    for (uint32_t d = 0; d < out->num_draws; d++) {
        size_t at = (size_t)d * out->num_nodes;
        self->draws[d].schedule = self->schedule + at;
        self->draws[d].class_of = self->class_of + at;
        self->draws[d].wave = self->wave + at;
    }
    return true;
}

/* ---- The whole -------------------------------------------------------------------------------- */

static void publish_nodes(reader *self)
{
    nlc_resolved *out = self->out;
    out->countries = self->countries;
    out->agency_id = self->agency_id, out->agency_name = self->agency_name, out->agency_key = self->agency_key;
    out->agency_country = self->agency_country, out->agency_sector = self->agency_sector;
    out->agency_weight = self->agency_weight, out->agency_schedule = self->agency_schedule;
    out->agency_lat = self->agency_lat, out->agency_lon = self->agency_lon;
    out->id = self->id, out->name = self->name, out->key = self->key, out->country = self->country, out->parent = self->parent;
    out->tier = self->tier, out->group = self->group, out->size = self->size, out->elected = self->elected;
    out->start_stage = self->start_stage, out->placed = self->placed, out->population = self->population;
    out->lat = self->lat, out->lon = self->lon, out->line_weight = self->line_weight, out->attributes = self->attributes;
    out->first_child = self->first_child, out->child = self->child;
}

static bool read_all(reader *self)
{
    nlc_resolved *out = self->out;
    nlc_cell adopting[NLC_MAX_TIERS], none = {"", 0};
    uint32_t num_adopting, first;
    memset(self->slots, 0, self->num_slots * sizeof *self->slots);
    if (!next(self, 2) || !nlc_cell_is(&self->lines.cell[1], "1"))
        return fail(self, "this is not format 1 of a resolved scenario");
    if (!read_scenario(self, adopting, &num_adopting) || !read_parameters(self) || !read_agencies(self) ||
        !read_nodes(self, adopting, num_adopting))
        return false;
    if (out->num_nodes == 0)
        return fail(self, "there are no places");
    if (!label(self, &out->waves, self->wave_label, NLC_MAX_LABELS, &none, &first))
        return false;
    for (uint32_t d = 0; d < out->num_draws; d++)
        if (!read_places(self, d) || !read_channels(self, d))
            return false;
    if (!read_levers(self) || !read_run(self) || !read_names(self) || !make_classes(self))
        return false;
    publish_nodes(self);
    out->tier_adopts = self->tier_adopts, out->classes = self->classes, out->draws = self->draws;
    out->parameters = self->parameters, out->segment_of_month = self->segment_of_month, out->levers = self->levers;
    return true;
}

/* The model is named in the third line; sizes depend on its tables. */
static const nlc_model *model_of(const char *text, size_t length, const nlc_model *const *models, nlc_lines *lines)
{
    *lines = nlc_lines_of(text, length);
    if (!nlc_lines_next(lines) || !nlc_lines_next(lines) || !nlc_lines_next(lines) || lines->num_cells != 3)
        return NULL;
    for (const nlc_model *const *model = models; *model; model++) {
        uint64_t version;
        if (nlc_cell_is(&lines->cell[1], (*model)->name) &&
            nlc_cell_whole(&lines->cell[2], (*model)->code_version, (*model)->code_version, &version))
            return *model;
    }
    return NULL;
}

size_t nlc_resolved_size(const char *text, size_t length, const nlc_model *const *models)
{
    reader self;
    memset(&self, 0, sizeof self);
    if (!nlc_resolved_count(text, length, &self.counts))
        return 0;
    self.counts.model = model_of(text, length, models, &self.lines);
    if (!self.counts.model)
        return 0;
    lay_out(&self);
    return self.used + (size_t)(NLC_MAX_TIERS + 2 * NLC_MAX_LABELS) * NLC_LABEL_ROOM;
}

nlc_error nlc_resolved_read(const char *text, size_t length, const nlc_model *const *models, void *memory, nlc_resolved *resolved,
                            nlc_resolved_problem *problem)
{
    reader self;
    memset(&self, 0, sizeof self);
    memset(resolved, 0, sizeof *resolved);
    self.problem = problem;
    self.out = resolved;
    if (!nlc_resolved_count(text, length, &self.counts)) {
        fail(&self, "this is not a resolved scenario");
        return NLC_ERROR_INPUT;
    }
    self.counts.model = model_of(text, length, models, &self.lines);
    if (!self.counts.model) {
        fail(&self, "the model, or this version of its code, is not known here");
        return NLC_ERROR_INPUT;
    }
    resolved->model = self.counts.model;
    resolved->num_schedules = self.counts.num_schedules;
    resolved->num_segments = self.counts.num_segments;
    self.base = memory;
    lay_out(&self);
    self.lines = nlc_lines_of(text, length);
    return read_all(&self) ? NLC_OK : NLC_ERROR_INPUT;
}
