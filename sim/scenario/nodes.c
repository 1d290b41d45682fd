/* Reads nodes.csv and agencies.csv. */
#include "tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    nlc_scenario *scenario;
    nlc_problems *problems;
} reading_type;

static const char *kept(reading_type *self, const char *text)
{
    return nlc_arena_text(&self->scenario->arena, text, strlen(text));
}

static nlc_error add_attributes(nlc_scenario *self)
{
    const uint32_t width = self->model->num_attributes;
    double *grown = nlc_grown(self->attribute, &self->attribute_capacity, ((size_t)self->num_nodes + 1) * width + 1, sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    self->attribute = grown;
    for (uint32_t k = 0; k < width; k++)
        grown[(size_t)self->num_nodes * width + k] = NAN;
    return NLC_OK;
}

/* Adds a row of `width` NaN to an array that stands beside the nodes or agencies. */
static nlc_error add_gaps(float **array, size_t *capacity, uint32_t num, uint32_t width)
{
    float *grown = nlc_grown(*array, capacity, ((size_t)num + 1) * width + 1, sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    *array = grown;
    for (uint32_t i = 0; i < width; i++)
        grown[(size_t)num * width + i] = NAN;
    return NLC_OK;
}

/* Which of the base values a column holds, or NLC_NONE. */
static uint32_t base_of(const nlc_scenario *self, const nlc_column *column)
{
    for (uint32_t b = 0; b < self->num_bases; b++)
        if (column->field == NLC_FIELD_LEVER + self->base_lever[b])
            return b;
    return NLC_NONE;
}

static void fill_bases(const nlc_scenario *self, const nlc_record *record, float *base)
{
    for (uint32_t c = 0; c < record->columns->num; c++) {
        const uint32_t b = base_of(self, &record->columns->column[c]);
        if (b != NLC_NONE && record->value[c].given)
            base[b] = (float)record->value[c].number;
    }
}

/* ---- Nodes ------------------------------------------------------------------------------------- */

static nlc_error grow_nodes(nlc_scenario *self)
{
    nlc_node *grown = nlc_grown(self->node, &self->node_capacity, (size_t)self->num_nodes + 1, sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    self->node = grown;
    const nlc_error error = add_attributes(self);
    return error ? error : add_gaps(&self->node_base, &self->node_base_capacity, self->num_nodes, self->num_bases);
}

static void fill_attributes(nlc_scenario *self, const nlc_record *record)
{
    double *attribute = self->attribute + (size_t)self->num_nodes * self->model->num_attributes;
    for (uint32_t c = 0; c < record->columns->num; c++) {
        const uint32_t field = record->columns->column[c].field;
        if (field >= NLC_FIELD_ATTRIBUTE && field < NLC_FIELD_LEVER && record->value[c].given)
            attribute[field - NLC_FIELD_ATTRIBUTE] = self->model->is_double ? record->value[c].exact : record->value[c].number;
    }
}

static nlc_error fill_words(reading_type *self, const nlc_record *record, nlc_node *node)
{
    nlc_scenario *scenario = self->scenario;
    nlc_error error = nlc_words_add(&scenario->tiers, &scenario->arena, nlc_record_text(record, NLC_NODE_TIER), &node->tier);
    if (!error)
        error = nlc_words_add(&scenario->waves, &scenario->arena, nlc_record_text(record, NLC_NODE_WAVE), &node->wave);
    if (!error)
        error = nlc_words_add(&scenario->groups, &scenario->arena, nlc_record_text(record, NLC_NODE_GROUP), &node->group);
    return error;
}

static void check_place(reading_type *self, const nlc_record *record)
{
    const bool lat = nlc_record_get(record, NLC_NODE_LAT)->given, lon = nlc_record_get(record, NLC_NODE_LON)->given;
    if (lat != lon && !record->bad)
        nlc_problems_add(self->problems, record->where, "%s is given without %s; give both or neither", lat ? "lat" : "lon",
                         lat ? "lon" : "lat");
}

/* What only a place has moves nothing at the lead. */
static void check_lead(reading_type *self, const nlc_record *record)
{
    for (uint32_t c = 0; c < record->columns->num; c++) {
        const nlc_column *column = &record->columns->column[c];
        const bool of_place = column->field == NLC_NODE_HEAD || column->field == NLC_NODE_WAVE ||
                              column->field == NLC_NODE_START_STAGE ||
                              (column->field >= NLC_FIELD_ATTRIBUTE && column->field < NLC_FIELD_LEVER);
        if (of_place && record->value[c].given)
            nlc_problems_add(self->problems, record->where,
                             "%s is given for the lead of a country (its parent_id is empty), where it moves nothing",
                             column->name);
    }
}

static nlc_error on_node(void *context, const nlc_record *record)
{
    reading_type *self = context;
    nlc_scenario *scenario = self->scenario;
    const nlc_value *id = nlc_record_get(record, NLC_NODE_ID), *name = nlc_record_get(record, NLC_NODE_NAME);
    const nlc_value *population = nlc_record_get(record, NLC_NODE_POPULATION),
                    *stage = nlc_record_get(record, NLC_NODE_START_STAGE);
    const nlc_value *head = nlc_record_get(record, NLC_NODE_HEAD), *parent = nlc_record_get(record, NLC_NODE_PARENT);
    if (!id->given || id->bad)
        return NLC_OK;
    const uint32_t other = nlc_index_find(&scenario->nodes, id->text);
    if (other != NLC_NONE) {
        nlc_problems_add(self->problems, record->where, "the id '%s' stands twice, first in line %lu", id->text,
                         (unsigned long)scenario->node[other].line);
        return NLC_OK;
    }
    if (grow_nodes(scenario))
        return NLC_ERROR_MEMORY;
    nlc_node node = {.id = kept(self, id->text),
                     .parent_id = parent->bad ? NULL : kept(self, parent->text),
                     .parent = NLC_NONE,
                     .country = NLC_NONE,
                     .place = NLC_NONE,
                     .line = record->where.line,
                     .head = (uint8_t)(head->given ? head->choice : NLC_HEAD_ELECTED),
                     .start_stage = (uint8_t)(stage->given ? stage->choice + 1 : 0),
                     .lat = (float)nlc_record_get(record, NLC_NODE_LAT)->number,
                     .lon = (float)nlc_record_get(record, NLC_NODE_LON)->number,
                     .population = population->number,
                     .line_weight = 1.0F,
                     .direct_weight = NAN};
    node.name = name->given ? kept(self, name->text) : node.id;
    if (!node.id || !node.name || (!node.parent_id && !parent->bad) || fill_words(self, record, &node) ||
        nlc_index_add(&scenario->nodes, node.id, scenario->num_nodes))
        return NLC_ERROR_MEMORY;
    check_place(self, record);
    if (!parent->bad && !parent->given)
        check_lead(self, record);
    fill_attributes(scenario, record);
    fill_bases(scenario, record, scenario->node_base + (size_t)scenario->num_nodes * scenario->num_bases);
    scenario->node[scenario->num_nodes++] = node;
    return NLC_OK;
}

nlc_error nlc_nodes_read(nlc_scenario *self, nlc_problems *problems)
{
    reading_type reading = {self, problems};
    if (self->table_folder[NLC_TABLE_NODES] == NLC_NONE && self->is_cut)
        return NLC_ERROR_INPUT;
    if (self->table_folder[NLC_TABLE_NODES] == NLC_NONE) {
        nlc_text file = {0};
        if (nlc_text_print(&file, "%s/%s", self->folder[0].label, nlc_table_file(NLC_TABLE_NODES)))
            return NLC_ERROR_MEMORY;
        const char *label = nlc_arena_text(&self->arena, file.data, file.length);
        nlc_text_free(&file);
        if (!label)
            return NLC_ERROR_MEMORY;
        nlc_problems_add(problems, (nlc_where){label, 0, (uint32_t)NLC_TABLE_NODES * 1000},
                         "is missing; a scenario needs its places, or `extends` in scenario.csv");
        return NLC_ERROR_INPUT;
    }
    const nlc_error error = nlc_scenario_read(self, NLC_TABLE_NODES, problems, on_node, &reading);
    if (!error && self->num_nodes == 0)
        nlc_problems_add(problems, nlc_scenario_where(self, self->table_folder[NLC_TABLE_NODES], NLC_TABLE_NODES, 0),
                         "has a header and no rows; a scenario needs a lead and its places");
    return !error && self->num_nodes == 0 ? NLC_ERROR_INPUT : error;
}

/* ---- Agencies ---------------------------------------------------------------------------------- */

static nlc_error grow_agencies(nlc_scenario *self)
{
    nlc_agency *grown = nlc_grown(self->agency, &self->agency_capacity, (size_t)self->num_agencies + 1, sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    self->agency = grown;
    return add_gaps(&self->agency_base, &self->agency_base_capacity, self->num_agencies, self->num_bases);
}

/* A lead stands in nodes.csv; a row for it here gives the numbers that nodes.csv leaves out. */
static void read_lead(reading_type *self, const nlc_record *record, uint32_t lead)
{
    nlc_scenario *scenario = self->scenario;
    const char *id = nlc_record_get(record, NLC_AGENCY_ID)->text;
    const nlc_value *weight = nlc_record_get(record, NLC_AGENCY_WEIGHT);
    if (strcmp(scenario->node[lead].id, id) != 0) {
        nlc_problems_add(self->problems, record->where, "'%s' would be a second lead of '%s'; a country has one, in nodes.csv", id,
                         scenario->node[lead].id);
        return;
    }
    if (weight->given && weight->number < 1.0)
        nlc_problems_add(self->problems, record->where, "weight is '%s', but that of a lead is 1", weight->text);
    float *base = scenario->node_base + (size_t)lead * scenario->num_bases;
    for (uint32_t c = 0; c < record->columns->num; c++) {
        const uint32_t b = base_of(scenario, &record->columns->column[c]);
        if (b == NLC_NONE || !record->value[c].given)
            continue;
        if (!isnan(base[b]))
            nlc_problems_add(self->problems, record->where, "%s of the lead '%s' is also given in nodes.csv; give it once",
                             record->columns->column[c].name, id);
        base[b] = (float)record->value[c].number;
    }
}

/* The lead of the row's country, or NLC_NONE. */
static uint32_t read_country(reading_type *self, const nlc_record *record)
{
    const nlc_scenario *scenario = self->scenario;
    const nlc_value *country = nlc_record_get(record, NLC_AGENCY_COUNTRY);
    char hint[NLC_HINT_LENGTH];
    if (!country->given || country->bad)
        return NLC_NONE;
    const uint32_t lead = nlc_index_find(&scenario->nodes, country->text);
    if (lead == NLC_NONE)
        nlc_problems_add(self->problems, record->where, "country '%s' is not a node%s", country->text,
                         nlc_node_hint(scenario, self->problems, country->text, hint));
    else if (scenario->node[lead].parent != NLC_NONE)
        nlc_problems_add(self->problems, record->where, "country '%s' is not the lead of a country: it has a parent",
                         country->text);
    return lead != NLC_NONE && scenario->node[lead].parent == NLC_NONE ? lead : NLC_NONE;
}

static void check_agency(reading_type *self, const nlc_record *record, const nlc_agency *agency)
{
    const nlc_scenario *scenario = self->scenario;
    const float *base = scenario->agency_base + (size_t)scenario->num_agencies * scenario->num_bases;
    if (agency->weight <= 0.0F)
        nlc_problems_add(self->problems, record->where, "weight is 0, expected a number above 0 and at most 1");
    for (uint32_t b = 0; b < scenario->num_bases; b++)
        if (agency->sector == NLC_SECTOR_SECURITY && base[b] > 0.0F)
            nlc_problems_add(self->problems, record->where, "%s is given for a security agency, which has none; leave it empty",
                             scenario->model->levers[scenario->base_lever[b]].attribute);
}

/* An id keys random numbers, so no two nodes or agencies may share one. */
static bool is_taken(reading_type *self, const nlc_record *record, const char *id, bool is_lead)
{
    const nlc_scenario *scenario = self->scenario;
    const uint32_t agency = nlc_index_find(&scenario->agencies, id), node = nlc_index_find(&scenario->nodes, id);
    if (agency != NLC_NONE)
        nlc_problems_add(self->problems, record->where, "the id '%s' stands twice, first in line %lu", id,
                         (unsigned long)scenario->agency[agency].where.line);
    else if (node != NLC_NONE && !is_lead)
        nlc_problems_add(self->problems, record->where, "the id '%s' is that of a node; give the agency an id of its own", id);
    return agency != NLC_NONE || (node != NLC_NONE && !is_lead);
}

static nlc_error on_agency(void *context, const nlc_record *record)
{
    reading_type *self = context;
    nlc_scenario *scenario = self->scenario;
    const nlc_value *id = nlc_record_get(record, NLC_AGENCY_ID), *name = nlc_record_get(record, NLC_AGENCY_NAME);
    const nlc_value *sector = nlc_record_get(record, NLC_AGENCY_SECTOR);
    if (!id->given || id->bad)
        return NLC_OK;
    const bool is_lead = sector->given && sector->choice == NLC_SECTOR_LEAD;
    if (is_taken(self, record, id->text, is_lead))
        return NLC_OK;
    const uint32_t lead = read_country(self, record);
    if (is_lead) {
        if (lead != NLC_NONE)
            read_lead(self, record, lead);
        return NLC_OK;
    }
    if (grow_agencies(scenario))
        return NLC_ERROR_MEMORY;
    nlc_agency agency = {.id = kept(self, id->text),
                         .country = lead == NLC_NONE ? NLC_NONE : scenario->node[lead].country,
                         .sector = sector->given ? (nlc_sector)sector->choice : NLC_SECTOR_SERVICE,
                         .weight = (float)nlc_record_get(record, NLC_AGENCY_WEIGHT)->number,
                         .where = record->where};
    agency.name = name->given ? kept(self, name->text) : agency.id;
    if (!agency.id || !agency.name || nlc_index_add(&scenario->agencies, agency.id, scenario->num_agencies))
        return NLC_ERROR_MEMORY;
    fill_bases(scenario, record, scenario->agency_base + (size_t)scenario->num_agencies * scenario->num_bases);
    check_agency(self, record, &agency);
    scenario->agency[scenario->num_agencies++] = agency;
    return NLC_OK;
}

nlc_error nlc_agencies_read(nlc_scenario *self, nlc_problems *problems)
{
    reading_type reading = {self, problems};
    if (self->table_folder[NLC_TABLE_AGENCIES] == NLC_NONE)
        return NLC_OK;
    return nlc_scenario_read(self, NLC_TABLE_AGENCIES, problems, on_agency, &reading);
}
