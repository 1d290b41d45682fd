/* Reads observed.csv: what was counted, to be drawn over the results. */
#include "others.h"
#include "tables.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    nlc_scenario *scenario;
    nlc_problems *problems;
    nlc_others others;
} reading_type;

static const char *measure_name(const void *context, uint32_t i)
{
    return ((const nlc_model *)context)->measures[i].name;
}

static uint32_t find_measure(reading_type *self, const nlc_record *record)
{
    const nlc_model *model = self->scenario->model;
    const nlc_value *name = nlc_record_get(record, NLC_OBSERVED_MEASURE);
    char hint[NLC_HINT_LENGTH];
    if (!name->given || name->bad)
        return NLC_NONE;
    const uint32_t k = nlc_model_measure(model, name->text);
    if (k == NLC_NONE && !nlc_others_count(&self->others, model, NLC_NAME_MEASURE, name->text, record->where))
        nlc_problems_add(self->problems, record->where, "'%s' is not a measure%s", name->text,
                         nlc_hint(hint, nlc_nearest(name->text, measure_name, model, model->num_measures)));
    return k;
}

/* Texts for the output, with decimal points whatever the file writes. */
static nlc_error keep_texts(reading_type *self, const nlc_record *record, nlc_observation *row)
{
    for (uint32_t c = 0; c < NLC_NUM_OBSERVED_COLUMNS; c++) {
        char plain[256];
        const nlc_value *value = nlc_record_get(record, c);
        const char *text = value->text;
        const bool is_number = c == NLC_OBSERVED_VALUE || c == NLC_OBSERVED_ERROR;
        if (is_number && record->decimal_comma && strlen(text) < sizeof plain) {
            strcpy(plain, text);
            plain[strcspn(plain, ",")] = strchr(plain, ',') ? '.' : '\0';
            text = plain;
        }
        row->text[c] = nlc_arena_text(&self->scenario->arena, text, strlen(text));
        if (!row->text[c])
            return NLC_ERROR_MEMORY;
    }
    return NLC_OK;
}

static nlc_error on_observation(void *context, const nlc_record *record)
{
    reading_type *self = context;
    nlc_scenario *scenario = self->scenario;
    const nlc_value *value = nlc_record_get(record, NLC_OBSERVED_VALUE), *total = nlc_record_get(record, NLC_OBSERVED_TOTAL);
    nlc_observation row = {.date = nlc_record_get(record, NLC_OBSERVED_DATE)->when.value,
                           .value = value->number,
                           .total = total->number,
                           .error = nlc_record_get(record, NLC_OBSERVED_ERROR)->number,
                           .where = record->where};
    const nlc_selector_text text = {nlc_record_text(record, NLC_OBSERVED_UNDER), nlc_record_text(record, NLC_OBSERVED_TIER), "",
                                    nlc_record_text(record, NLC_OBSERVED_GROUP)};
    const bool selects = nlc_selector_read(scenario, text, record->where, &row.selector, self->problems);
    row.measure = find_measure(self, record);
    if (record->bad || !selects || row.measure == NLC_NONE)
        return NLC_OK;
    if (total->given && (value->number < 0.0 || value->number > total->number)) {
        nlc_problems_add(self->problems, record->where, "value is '%s', expected a number from 0 to the total, %s", value->text,
                         total->text);
        return NLC_OK;
    }
    if (!total->given && strcmp(scenario->model->measures[row.measure].unit, "share") == 0 &&
        !(value->number >= 0.0 && value->number <= 1.0)) {
        nlc_problems_add(self->problems, record->where,
                         "value is '%s', expected a share from 0 to 1; with a total it is a number of places", value->text);
        return NLC_OK;
    }
    if (row.selector.agency != NLC_NONE) {
        nlc_problems_add(self->problems, record->where, "under '%s' is an agency; places are observed", text.under);
        return NLC_OK;
    }
    nlc_observation *grown =
        nlc_grown(scenario->observation, &scenario->observation_capacity, (size_t)scenario->num_observations + 1, sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    scenario->observation = grown;
    if (keep_texts(self, record, &row))
        return NLC_ERROR_MEMORY;
    grown[scenario->num_observations++] = row;
    return NLC_OK;
}

/* ---- Who was observed -------------------------------------------------------------------------- */

enum { UNDER, TIER, GROUP, NUM_SELECTORS };

/* Marks what a place is part of: with and without its tier and group. */
static void mark(const nlc_tuples *selectors, const nlc_node *node, uint32_t under, bool *matched)
{
    for (uint32_t mask = 0; mask < 4; mask++) {
        const uint32_t tuple[NUM_SELECTORS] = {under, mask & 1U ? node->tier : NLC_NONE, mask & 2U ? node->group : NLC_NONE};
        const uint32_t number = nlc_tuples_find(selectors, tuple);
        if (number != NLC_NONE)
            matched[number] = true;
    }
}

static void mark_places(const nlc_scenario *self, const nlc_tuples *selectors, const bool *is_named, bool *matched)
{
    for (uint32_t p = 0; p < self->num_places; p++) {
        const nlc_node *node = &self->node[self->place[p]];
        mark(selectors, node, NLC_NONE, matched);
        for (uint32_t up = self->place[p]; up != NLC_NONE; up = self->node[up].parent)
            if (is_named[up])
                mark(selectors, node, up, matched);
    }
}

static nlc_error list_selectors(const nlc_scenario *self, nlc_tuples *selectors, uint32_t *number, bool *is_named)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < self->num_observations && !error; k++) {
        const nlc_selector *selector = &self->observation[k].selector;
        const uint32_t tuple[NUM_SELECTORS] = {selector->under, selector->tier, selector->group};
        if (selector->under != NLC_NONE)
            is_named[selector->under] = true;
        error = nlc_tuples_add(selectors, tuple, &number[k]);
    }
    return error;
}

/* A row about no place would be drawn over nothing. */
static nlc_error check_selectors(const nlc_scenario *self, nlc_problems *problems)
{
    nlc_tuples selectors;
    nlc_tuples_init(&selectors, NUM_SELECTORS);
    uint32_t *number = malloc(((size_t)self->num_observations + 1) * sizeof *number);
    bool *matched = calloc((size_t)self->num_observations + 1, sizeof *matched);
    bool *is_named = calloc((size_t)self->num_nodes + 1, sizeof *is_named);
    nlc_error error = number && matched && is_named ? list_selectors(self, &selectors, number, is_named) : NLC_ERROR_MEMORY;
    if (!error)
        mark_places(self, &selectors, is_named, matched);
    for (uint32_t k = 0; k < self->num_observations && !error; k++)
        if (!matched[number[k]])
            nlc_problems_add(problems, self->observation[k].where, "no place fits what is selected, so the row is about nobody");
    free(number);
    free(matched);
    free(is_named);
    nlc_tuples_free(&selectors);
    return error;
}

nlc_error nlc_observed_read(nlc_scenario *self, nlc_problems *problems)
{
    reading_type reading = {.scenario = self, .problems = problems};
    if (self->table_folder[NLC_TABLE_OBSERVED] == NLC_NONE)
        return NLC_OK;
    const nlc_error error = nlc_scenario_read(self, NLC_TABLE_OBSERVED, problems, on_observation, &reading);
    nlc_others_note(&reading.others, self->model, "measures", problems);
    if (error || self->num_observations == 0 || self->is_flawed[NLC_TABLE_NODES])
        return error;
    return check_selectors(self, problems);
}
