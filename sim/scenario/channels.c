/* Reads channels.csv. Peer and regional rows make channels; direct, line and oversight rows give a
 * weight to a channel that the hierarchy has anyway. */
#include "others.h"
#include "tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    nlc_scenario *scenario;
    nlc_problems *problems;
    bool has_direct; /* the model has a lever for it */
} reading_type;

/* One end of a row: a node or an agency. */
typedef struct {
    uint32_t node, agency;
} end_type;

typedef struct {
    const char *from_id, *to_id;
    end_type from, to;
    double weight;
    bool both;
    nlc_where where;
} row_type;

static bool find_end(reading_type *self, const nlc_record *record, uint32_t field, end_type *end)
{
    char hint[NLC_HINT_LENGTH];
    const nlc_value *id = nlc_record_get(record, field);
    if (!id->given || id->bad)
        return false;
    end->node = nlc_index_find(&self->scenario->nodes, id->text);
    end->agency = end->node == NLC_NONE ? nlc_index_find(&self->scenario->agencies, id->text) : NLC_NONE;
    if (end->node == NLC_NONE && end->agency == NLC_NONE)
        nlc_problems_add(self->problems, record->where, "%s '%s' is not a node or an agency%s",
                         record->columns->column[record->columns->at[field]].name, id->text,
                         nlc_node_hint(self->scenario, self->problems, id->text, hint));
    return end->node != NLC_NONE || end->agency != NLC_NONE;
}

static bool is_place(const nlc_scenario *self, end_type end)
{
    return end.node != NLC_NONE && self->node[end.node].parent != NLC_NONE;
}

/* Below a circle or a lost parent a node has no country; that has been reported. */
static bool is_lost(const nlc_scenario *self, end_type end)
{
    return end.node != NLC_NONE && self->node[end.node].country == NLC_NONE;
}

static nlc_error add_channel(nlc_scenario_channels *list, const row_type *row)
{
    nlc_scenario_channel *grown = nlc_grown(list->channel, &list->capacity, list->num + 2, sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    list->channel = grown;
    grown[list->num++] = (nlc_scenario_channel){row->to.node, row->from.node, row->weight, row->where.line, false};
    if (row->both)
        grown[list->num++] = (nlc_scenario_channel){row->from.node, row->to.node, row->weight, row->where.line, true};
    return NLC_OK;
}

/* Peers are of one country, regional channels cross borders. */
static nlc_error read_exchange(reading_type *self, const row_type *row, bool across)
{
    nlc_scenario *scenario = self->scenario;
    const char *kind = across ? "regional" : "peer";
    if (!is_place(scenario, row->from) || !is_place(scenario, row->to)) {
        nlc_problems_add(self->problems, row->where, "a %s channel joins two places, and '%s' is none", kind,
                         is_place(scenario, row->from) ? row->to_id : row->from_id);
        return NLC_OK;
    }
    if (row->from.node == row->to.node) {
        nlc_problems_add(self->problems, row->where, "'%s' cannot have a channel to itself", row->from_id);
        return NLC_OK;
    }
    if (is_lost(scenario, row->from) || is_lost(scenario, row->to))
        return NLC_OK;
    const bool differs = scenario->node[row->from.node].country != scenario->node[row->to.node].country;
    if (differs != across) {
        nlc_problems_add(self->problems, row->where,
                         across ? "a regional channel crosses a border, and '%s' and '%s' are in one country; use peer"
                                : "a peer channel stays in one country, and '%s' and '%s' are in two; use regional",
                         row->from_id, row->to_id);
        return NLC_OK;
    }
    return add_channel(across ? &scenario->regional : &scenario->peers, row);
}

/* Keeps the one weight of a channel of the hierarchy. */
static void keep_weight(reading_type *self, const row_type *row, float *weight, uint32_t *line)
{
    if (*line > 0)
        nlc_problems_add(self->problems, row->where, "the weight between '%s' and '%s' is given twice, first in line %lu",
                         row->from_id, row->to_id, (unsigned long)*line);
    else if (!row->both)
        nlc_problems_add(self->problems, row->where,
                         "both is 'no', but this kind of channel has one weight for both ways; leave it empty");
    *weight = (float)row->weight;
    *line = row->where.line;
}

static void read_direct(reading_type *self, const row_type *row)
{
    nlc_scenario *scenario = self->scenario;
    const bool down = is_place(scenario, row->to);
    const end_type place = down ? row->to : row->from, lead = down ? row->from : row->to;
    const bool fits = is_place(scenario, place) && lead.node != NLC_NONE && !is_place(scenario, lead);
    if (is_lost(scenario, row->to) || is_lost(scenario, row->from))
        return;
    if (!fits || scenario->country[scenario->node[place.node].country].lead != lead.node) {
        nlc_problems_add(self->problems, row->where,
                         "a direct channel joins the lead of a country and a place of it, not '%s' and '%s'", row->from_id,
                         row->to_id);
        return;
    }
    nlc_node *node = &scenario->node[place.node];
    if (node->parent == lead.node)
        nlc_problems_add(self->problems, row->where,
                         "'%s' stands straight under '%s', so all its contact is direct; remove the row", node->id,
                         scenario->node[lead.node].id);
    else if (!self->has_direct && !nlc_others_find(scenario->model, NLC_NAME_LEVER, "direct_channel"))
        nlc_problems_add(self->problems, row->where, "the model '%s' has no direct channels", scenario->model->name);
    else if (self->has_direct)
        keep_weight(self, row, &node->direct_weight, &node->direct_line);
}

static void read_line(reading_type *self, const row_type *row)
{
    nlc_scenario *scenario = self->scenario;
    const uint32_t from = row->from.node, to = row->to.node;
    const bool down = to != NLC_NONE && from != NLC_NONE && scenario->node[to].parent == from;
    const bool up = to != NLC_NONE && from != NLC_NONE && scenario->node[from].parent == to;
    if (!down && !up) {
        nlc_problems_add(
            self->problems, row->where,
            "a line row gives the weight between a node and its parent, and neither of '%s' and '%s' is the other's parent",
            row->from_id, row->to_id);
        return;
    }
    nlc_node *child = &scenario->node[down ? to : from];
    keep_weight(self, row, &child->line_weight, &child->line_weight_line);
}

static void read_oversight(reading_type *self, const row_type *row)
{
    nlc_scenario *scenario = self->scenario;
    const end_type agency = row->from.agency != NLC_NONE ? row->from : row->to,
                   lead = row->from.agency != NLC_NONE ? row->to : row->from;
    if (agency.agency == NLC_NONE || lead.node == NLC_NONE ||
        (scenario->agency[agency.agency].country != NLC_NONE &&
         scenario->country[scenario->agency[agency.agency].country].lead != lead.node)) {
        nlc_problems_add(self->problems, row->where,
                         "an oversight channel joins an agency and the lead of its country, not '%s' and '%s'", row->from_id,
                         row->to_id);
        return;
    }
    nlc_agency *node = &scenario->agency[agency.agency];
    /* `network -o` writes the weight as a row, and agencies.csv may go on giving the same one. */
    if (!isnan(node->weight) && node->oversight_line == 0 && node->weight != (float)row->weight)
        nlc_problems_add(self->problems, row->where, "the weight of '%s' is %g here and %g in %s; give it once", node->id,
                         row->weight, (double)node->weight, nlc_table_file(NLC_TABLE_AGENCIES));
    keep_weight(self, row, &node->weight, &node->oversight_line);
}

static nlc_error on_channel(void *context, const nlc_record *record)
{
    reading_type *self = context;
    const nlc_value *kind = nlc_record_get(record, NLC_CHANNEL_KIND), *weight = nlc_record_get(record, NLC_CHANNEL_WEIGHT);
    row_type row = {.from_id = nlc_record_get(record, NLC_CHANNEL_FROM)->text,
                    .to_id = nlc_record_get(record, NLC_CHANNEL_TO)->text,
                    .weight = !weight->given                     ? 1.0
                              : self->scenario->model->is_double ? weight->exact
                                                                 : weight->number,
                    .both = nlc_record_get(record, NLC_CHANNEL_BOTH)->choice != 1,
                    .where = record->where};
    const bool from = find_end(self, record, NLC_CHANNEL_FROM, &row.from), to = find_end(self, record, NLC_CHANNEL_TO, &row.to);
    if (weight->given && !(row.weight > 0.0 && row.weight <= 1.0))
        nlc_problems_add(self->problems, record->where, "weight is '%s', expected a number above 0 and at most 1", weight->text);
    if (!from || !to || !kind->given)
        return NLC_OK;
    switch (kind->choice) {
    case NLC_KIND_PEER:
    case NLC_KIND_REGIONAL:
        return read_exchange(self, &row, kind->choice == NLC_KIND_REGIONAL);
    case NLC_KIND_DIRECT:
        read_direct(self, &row);
        break;
    case NLC_KIND_LINE:
        read_line(self, &row);
        break;
    default:
        read_oversight(self, &row);
    }
    return NLC_OK;
}

/* ---- Order ------------------------------------------------------------------------------------- */

static int compare(const void *left, const void *right)
{
    const nlc_scenario_channel *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->reversed != b->reversed)
        return a->reversed ? 1 : -1;
    return a->line < b->line ? -1 : a->line > b->line;
}

/* Parts the list by the places that hear (a counting sort), then sorts what each hears. */
static nlc_error sort_list(nlc_scenario *self, nlc_scenario_channels *list)
{
    size_t *first = calloc((size_t)self->num_places + 2, sizeof *first);
    nlc_scenario_channel *sorted = malloc((list->num + 1) * sizeof *sorted);
    if (!first || !sorted) {
        free(first);
        free(sorted);
        return NLC_ERROR_MEMORY;
    }
    for (size_t j = 0; j < list->num; j++) {
        nlc_scenario_channel *channel = &list->channel[j];
        channel->to = self->node[channel->to].place;
        channel->from = self->node[channel->from].place;
        first[channel->to + 2]++;
    }
    for (uint32_t i = 0; i < self->num_places; i++)
        first[i + 2] += first[i + 1];
    for (size_t j = 0; j < list->num; j++)
        sorted[first[list->channel[j].to + 1]++] = list->channel[j];
    for (uint32_t i = 0; i < self->num_places; i++)
        if (first[i + 1] - first[i] > 1)
            qsort(sorted + first[i], first[i + 1] - first[i], sizeof *sorted, compare);
    free(first);
    free(list->channel);
    list->channel = sorted;
    list->capacity = list->num + 1;
    return NLC_OK;
}

/* The second of two channels with the same ends: a row that stands twice is a problem; a way back
 * that another row spells out is none, if they agree. */
static void check_pair(const nlc_scenario *self, const nlc_scenario_channel *first, const nlc_scenario_channel *second,
                       const char *kind, nlc_problems *problems)
{
    const uint32_t f = self->table_folder[NLC_TABLE_CHANNELS];
    const char *from = self->node[self->place[first->from]].id, *to = self->node[self->place[first->to]].id;
    const uint32_t early = first->line < second->line ? first->line : second->line;
    const nlc_where where =
        nlc_scenario_where(self, f, NLC_TABLE_CHANNELS, first->line < second->line ? second->line : first->line);
    if (!second->reversed)
        nlc_problems_add(problems, where, "the %s channel from '%s' to '%s' stands twice, first in line %lu", kind, from, to,
                         (unsigned long)early);
    else if (!first->reversed && first->weight != second->weight)
        nlc_problems_add(
            problems, where,
            "the %s channel from '%s' to '%s' has another weight in line %lu; for a weight each way write both = no in both rows",
            kind, from, to, (unsigned long)early);
}

static void drop_doubles(const nlc_scenario *self, nlc_scenario_channels *list, const char *kind, nlc_problems *problems)
{
    size_t num = 0;
    for (size_t j = 0; j < list->num; j++) {
        const nlc_scenario_channel *channel = &list->channel[j];
        if (num > 0 && list->channel[num - 1].to == channel->to && list->channel[num - 1].from == channel->from)
            check_pair(self, &list->channel[num - 1], channel, kind, problems);
        else
            list->channel[num++] = *channel;
    }
    list->num = num;
}

nlc_error nlc_channels_read(nlc_scenario *self, nlc_problems *problems)
{
    reading_type reading = {self, problems, nlc_model_lever(self->model, "direct_channel") != NLC_NONE};
    if (self->table_folder[NLC_TABLE_CHANNELS] == NLC_NONE)
        return NLC_OK;
    nlc_error error = nlc_scenario_read(self, NLC_TABLE_CHANNELS, problems, on_channel, &reading);
    if (!error)
        error = sort_list(self, &self->peers);
    if (!error)
        error = sort_list(self, &self->regional);
    if (!error) {
        drop_doubles(self, &self->peers, "peer", problems);
        drop_doubles(self, &self->regional, "regional", problems);
    }
    return error;
}
