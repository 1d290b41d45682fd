/* Reads a resolved scenario into flat arrays. The text comes from our own writer or from a page; it
 * may have been cut or edited, so every number and name is checked. */
#include "resolved_parser.h"

#include <string.h>

#define TAKE(member, num) (self->member = nlc_parser_take(self, (num), sizeof *self->member))

static void lay_out_nodes(nlc_parser *self)
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

static void lay_out_labels(nlc_parser *self, nlc_label_list *labels, uint32_t most)
{
    labels->text = nlc_parser_take(self, most, sizeof *labels->text);
    labels->most = most;
}

static void lay_out(nlc_parser *self)
{
    const nlc_resolved_counts *counts = &self->counts;
    size_t nodes = counts->num_nodes, draws = counts->num_draws;
    lay_out_nodes(self);
    lay_out_labels(self, &self->tiers, NLC_MAX_TIERS);
    lay_out_labels(self, &self->waves, NLC_MAX_LABELS);
    lay_out_labels(self, &self->groups, NLC_MAX_LABELS);
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

/* ---- Sections --------------------------------------------------------------------------------- */

static bool read_start(nlc_parser *self)
{
    const nlc_cell *cell = &self->lines.cell[1];
    uint64_t year, month;
    if (cell->length != 7 || cell->text[4] != '-')
        return nlc_parser_fail(self, "the start must be written YYYY-MM");
    nlc_cell parts[2] = {{cell->text, 4}, {cell->text + 5, 2}};
    if (!nlc_cell_whole(&parts[0], 1, 9999, &year) || !nlc_cell_whole(&parts[1], 1, 12, &month))
        return nlc_parser_fail(self, "the start must be written YYYY-MM");
    self->out->start = (int32_t)(year * 12 + month - 1);
    return true;
}

static bool read_scenario(nlc_parser *self)
{
    static const char *const no_yes[] = {"no", "yes"};
    uint64_t value;
    uint32_t word;
    if (!nlc_parser_open(self, "[scenario]") || !nlc_parser_key(self, "model") || !nlc_parser_key(self, "start") ||
        !read_start(self))
        return false;
    if (!nlc_parser_key(self, "months") || !nlc_cell_whole(&self->lines.cell[1], 1, NLC_MAX_MONTHS, &value))
        return nlc_parser_fail(self, "months must be a whole number from 1 to 2400");
    self->out->num_months = (uint32_t)value;
    if (!nlc_parser_key(self, "adopting") || self->lines.num_cells > NLC_MAX_TIERS)
        return false;
    self->num_adopting = self->lines.num_cells - 1;
    memcpy(self->adopting, self->lines.cell + 1, self->num_adopting * sizeof *self->adopting);
    if (!nlc_parser_key(self, "names") || !nlc_parser_one_of(self, &self->lines.cell[1], no_yes, 2, &word))
        return false;
    self->out->names = word == 1;
    if (!nlc_parser_key(self, "draws") || !nlc_cell_whole(&self->lines.cell[1], 1, NLC_MAX_DRAWS, &value))
        return nlc_parser_fail(self, "draws must be a whole number from 1 to 1024");
    self->out->num_draws = (uint32_t)value;
    return value == self->counts.num_draws ||
           nlc_parser_fail(self, "the number of network draws is not the number of their sections");
}

static bool read_parameters(nlc_parser *self)
{
    const nlc_model *model = self->out->model;
    if (!nlc_parser_open(self, "[parameters]"))
        return false;
    for (uint32_t k = 0; k < model->num_parameters; k++) {
        const nlc_parameter *row = &model->parameters[k];
        if (!nlc_parser_key(self, row->name) ||
            !nlc_parser_number_in(self, &self->lines.cell[1], row->low, row->high, &self->parameters[k]))
            return false;
    }
    return true;
}

/* A lead opens its country; other agencies stand below it. */
static bool read_agency(nlc_parser *self, uint32_t a)
{
    static const char *const sectors[] = {"lead", "security", "service"};
    nlc_resolved *out = self->out;
    const nlc_cell *cell = self->lines.cell;
    uint32_t sector;
    uint64_t schedule;
    if (!nlc_parser_one_of(self, &cell[2], sectors, 3, &sector) ||
        !nlc_parser_number_in(self, &cell[3], 0.0F, 1.0F, &self->agency_weight[a]))
        return false;
    if (!nlc_cell_whole(&cell[4], 0, self->counts.num_schedules - 1, &schedule))
        return nlc_parser_fail(self, "a schedule has no number");
    self->agency_id[a] = self->agency_name[a] = nlc_parser_string(self, &cell[0]);
    self->agency_key[a] = nlc_hash(cell[0].text, cell[0].length);
    self->agency_sector[a] = (nlc_sector)sector;
    self->agency_schedule[a] = (uint32_t)schedule;
    if (sector == NLC_SECTOR_LEAD)
        self->countries[out->num_countries++] = (nlc_country){0, 0, a, 0};
    if (out->num_countries == 0 || !nlc_cell_is(&cell[1], self->agency_id[self->countries[out->num_countries - 1].first_agency]))
        return nlc_parser_fail(self, "an agency must stand below the lead of its country");
    self->agency_country[a] = out->num_countries - 1;
    self->countries[out->num_countries - 1].num_agencies++;
    return nlc_parser_number_or_none(self, &cell[5], -90.0F, 90.0F, &self->agency_lat[a]) &&
           nlc_parser_number_or_none(self, &cell[6], -180.0F, 180.0F, &self->agency_lon[a]);
}

static bool read_agencies(nlc_parser *self)
{
    if (!nlc_parser_open(self, "[agencies]") || !nlc_parser_next(self, 7))
        return false;
    while (!nlc_lines_at_section(&self->lines))
        if (!nlc_parser_next(self, 7) || !read_agency(self, self->out->num_agencies++))
            return false;
    return self->out->num_countries > 0 || nlc_parser_fail(self, "there is no lead agency");
}

static void number_segments(nlc_parser *self)
{
    uint16_t segment = 0;
    self->segment_of_month[0] = 0;
    for (uint32_t t = 1; t <= self->out->num_months; t++) {
        segment = (uint16_t)(segment + (t > 1 && self->counts.breaks[t]));
        self->segment_of_month[t] = segment;
    }
}

static bool read_lever_line(nlc_parser *self)
{
    const nlc_resolved *out = self->out;
    const nlc_cell *cell = self->lines.cell;
    uint64_t schedule, from, to;
    float value;
    if (!nlc_cell_whole(&cell[0], 0, self->counts.num_schedules - 1, &schedule))
        return nlc_parser_fail(self, "a schedule has no number");
    uint32_t lever = 0;
    while (lever < out->model->num_levers && !nlc_cell_is(&cell[1], out->model->levers[lever].name))
        lever++;
    if (lever == out->model->num_levers)
        return nlc_parser_fail(self, "the model has no such lever");
    if (!nlc_cell_whole(&cell[2], 1, out->num_months, &from) || !nlc_cell_whole(&cell[3], from, out->num_months, &to))
        return nlc_parser_fail(self, "months must lie within the run, the first not behind the last");
    const nlc_lever *row = &out->model->levers[lever];
    if (!nlc_parser_number(self, &cell[4], &value) || !(value >= row->low && (value <= row->high || row->may_be_unlimited)))
        return nlc_parser_fail(self, "a lever is outside its bounds");
    for (uint32_t s = self->segment_of_month[from]; s <= self->segment_of_month[to]; s++)
        self->levers[((size_t)s * out->num_schedules + schedule) * out->model->num_levers + lever] = value;
    return true;
}

static bool read_levers(nlc_parser *self)
{
    const nlc_model *model = self->out->model;
    if (!nlc_parser_open(self, "[levers]") || !nlc_parser_next(self, 5))
        return false;
    number_segments(self);
    size_t num = (size_t)self->counts.num_segments * self->counts.num_schedules;
    for (size_t k = 0; k < num; k++)
        for (uint32_t lever = 0; lever < model->num_levers; lever++)
            self->levers[k * model->num_levers + lever] = model->levers[lever].value;
    while (!nlc_lines_at_section(&self->lines))
        if (!nlc_parser_next(self, 5) || !read_lever_line(self))
            return false;
    return true;
}

static bool read_run(nlc_parser *self)
{
    uint64_t value;
    if (!nlc_parser_open(self, "[run]") || !nlc_parser_key(self, "title"))
        return false;
    self->out->title = nlc_parser_string(self, &self->lines.cell[1]);
    if (!nlc_parser_key(self, "seed") || !nlc_cell_whole(&self->lines.cell[1], 0, UINT64_MAX, &self->out->seed))
        return nlc_parser_fail(self, "the seed must be a whole number");
    if (!nlc_parser_key(self, "replicates") || !nlc_cell_whole(&self->lines.cell[1], 1, UINT32_MAX / 2, &value))
        return nlc_parser_fail(self, "replicates must be a whole number above 0");
    self->out->replicates = (uint32_t)value;
    return true;
}

static bool read_names(nlc_parser *self)
{
    const nlc_resolved *out = self->out;
    if (!nlc_parser_open(self, "[names]") || !nlc_parser_next(self, 2))
        return false;
    for (uint32_t k = 0; k < out->num_agencies + out->num_nodes; k++) {
        const char **name = k < out->num_agencies ? &self->agency_name[k] : &self->name[k - out->num_agencies];
        if (!nlc_parser_next(self, 2) || !nlc_cell_is(&self->lines.cell[0], *name))
            return nlc_parser_fail(self, "names must stand in the order of agencies and places");
        *name = nlc_parser_string(self, &self->lines.cell[1]);
    }
    return self->lines.at == self->lines.end || nlc_parser_fail(self, "nothing may follow the names");
}

/* ---- The whole -------------------------------------------------------------------------------- */

static void publish_nodes(nlc_parser *self)
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

static bool read_all(nlc_parser *self)
{
    nlc_resolved *out = self->out;
    nlc_cell none = {"", 0};
    uint32_t first;
    memset(self->slots, 0, self->num_slots * sizeof *self->slots);
    if (!nlc_parser_next(self, 2) || !nlc_cell_is(&self->lines.cell[1], "1"))
        return nlc_parser_fail(self, "this is not format 1 of a resolved scenario");
    if (!read_scenario(self) || !read_parameters(self) || !read_agencies(self) || !nlc_parser_read_nodes(self))
        return false;
    if (out->num_nodes == 0)
        return nlc_parser_fail(self, "there are no places");
    if (!nlc_parser_label(self, &self->waves, &none, &first))
        return false;
    for (uint32_t d = 0; d < out->num_draws; d++)
        if (!nlc_parser_read_places(self, d) || !nlc_parser_read_channels(self, d))
            return false;
    if (!read_levers(self) || !read_run(self) || !read_names(self) || !nlc_parser_make_classes(self))
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
    nlc_parser self;
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
    nlc_parser self;
    memset(&self, 0, sizeof self);
    memset(resolved, 0, sizeof *resolved);
    self.problem = problem;
    self.out = resolved;
    if (!nlc_resolved_count(text, length, &self.counts)) {
        nlc_parser_fail(&self, "this is not a resolved scenario");
        return NLC_ERROR_INPUT;
    }
    self.counts.model = model_of(text, length, models, &self.lines);
    if (!self.counts.model) {
        nlc_parser_fail(&self, "the model, or this version of its code, is not known here");
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
