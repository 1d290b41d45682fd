/* Reads waves.csv, levers.csv and parameters.csv. */
#include "tables.h"
#include "others.h"

#include <math.h>
#include <string.h>

typedef struct {
    nlc_scenario *scenario;
    nlc_problems *problems;
    uint32_t folder;
    nlc_index seen; /* what stands in this file already: name -> line */
    nlc_others others;
} reading_type;

static const char *kept(reading_type *self, const char *text)
{
    return nlc_arena_text(&self->scenario->arena, text, strlen(text));
}

/* A second row for the same thing would silently win or lose. */
static nlc_error check_twice(reading_type *self, const char *what, const char *name, nlc_where where, bool *twice)
{
    const uint32_t line = nlc_index_find(&self->seen, name);
    *twice = line != NLC_NONE;
    if (*twice) {
        nlc_problems_add(self->problems, where, "the %s '%s' stands twice, first in line %lu", what, name, (unsigned long)line);
        return NLC_OK;
    }
    const char *copy = kept(self, name);
    return copy ? nlc_index_add(&self->seen, copy, where.line) : NLC_ERROR_MEMORY;
}

/* Reads a table in one folder; the rest goes on after a file that could not be read to its end. */
static nlc_error read_table(reading_type *self, nlc_table table, nlc_error (*record)(void *context, const nlc_record *record))
{
    const uint32_t counts = self->scenario->table_folder[table];
    self->scenario->table_folder[table] = self->folder;
    const nlc_error error = nlc_scenario_read(self->scenario, table, self->problems, record, self);
    self->scenario->table_folder[table] = counts;
    nlc_index_free(&self->seen);
    return error == NLC_ERROR_INPUT ? NLC_OK : error;
}

/* Reads a table that merges or appends in every folder that has it, inherited ones first. */
static nlc_error read_all(reading_type *self, nlc_table table, nlc_error (*record)(void *context, const nlc_record *record))
{
    for (uint32_t f = self->scenario->num_folders; f-- > 0;) {
        self->folder = f;
        if (!self->scenario->folder[f].file[table])
            continue;
        const nlc_error error = read_table(self, table, record);
        if (error)
            return error;
    }
    return NLC_OK;
}

/* ---- Waves ------------------------------------------------------------------------------------- */

static nlc_error on_wave(void *context, const nlc_record *record)
{
    reading_type *self = context;
    nlc_scenario *scenario = self->scenario;
    const nlc_value *wave = nlc_record_get(record, NLC_WAVE_WAVE), *start = nlc_record_get(record, NLC_WAVE_START);
    const nlc_value *label = nlc_record_get(record, NLC_WAVE_LABEL);
    bool twice;
    if (!wave->given || wave->bad)
        return NLC_OK;
    const nlc_error error = check_twice(self, "wave", wave->text, record->where, &twice);
    if (error || twice)
        return error;
    nlc_wave_row *grown =
        nlc_grown(scenario->wave_row, &scenario->wave_row_capacity, (size_t)scenario->num_wave_rows + 1, sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    scenario->wave_row = grown;
    nlc_wave_row row = {.start = start->when, .label = kept(self, label->given ? label->text : wave->text), .where = record->where};
    if (!start->given)
        row.start = (nlc_when){NLC_WHEN_NUMBER, 1};
    if (!row.label || nlc_words_add(&scenario->waves, &scenario->arena, wave->text, &row.wave))
        return NLC_ERROR_MEMORY;
    grown[scenario->num_wave_rows++] = row;
    return NLC_OK;
}

nlc_error nlc_waves_read(nlc_scenario *self, nlc_problems *problems)
{
    reading_type reading = {.scenario = self, .problems = problems, .folder = self->table_folder[NLC_TABLE_WAVES]};
    return reading.folder == NLC_NONE ? NLC_OK : read_table(&reading, NLC_TABLE_WAVES, on_wave);
}

/* ---- Levers ------------------------------------------------------------------------------------ */

static bool fits_value(reading_type *self, const nlc_record *record, const nlc_lever *lever)
{
    const nlc_value *value = nlc_record_get(record, NLC_ROW_VALUE);
    const nlc_value *how = nlc_record_get(record, NLC_ROW_HOW);
    if (!isinf(value->number))
        return true;
    if (!lever->may_be_unlimited)
        nlc_problems_add(self->problems, record->where, "%s cannot be unlimited", lever->name);
    else if (how->given && how->choice != NLC_HOW_SET)
        nlc_problems_add(self->problems, record->where, "unlimited can be set, but not used to %s", how->text);
    return lever->may_be_unlimited && !(how->given && how->choice != NLC_HOW_SET);
}

static nlc_error on_lever(void *context, const nlc_record *record)
{
    reading_type *self = context;
    nlc_scenario *scenario = self->scenario;
    char hint[NLC_HINT_LENGTH];
    const nlc_value *name = nlc_record_get(record, NLC_ROW_LEVER), *how = nlc_record_get(record, NLC_ROW_HOW);
    nlc_lever_row row = {.where = record->where, .folder = self->folder, .lever = NLC_NONE};
    if (name->given && !name->bad) {
        row.lever = nlc_model_lever(scenario->model, name->text);
        if (row.lever == NLC_NONE && !nlc_others_count(&self->others, scenario->model, NLC_NAME_LEVER, name->text, record->where))
            nlc_problems_add(self->problems, record->where, "'%s' is not a lever%s", name->text,
                             nlc_lever_hint(scenario->model, name->text, hint));
    }
    const nlc_selector_text text = {nlc_record_text(record, NLC_ROW_UNDER), nlc_record_text(record, NLC_ROW_TIER),
                                    nlc_record_text(record, NLC_ROW_WAVE), nlc_record_text(record, NLC_ROW_GROUP)};
    const bool selects = nlc_selector_read(scenario, text, record->where, &row.selector, self->problems);
    if (record->bad || row.lever == NLC_NONE || !selects)
        return NLC_OK;
    const nlc_lever *lever = &scenario->model->levers[row.lever];
    const bool fits = nlc_selector_fits(scenario, row.lever, &row.selector, record->where, self->problems);
    const bool fits_months = nlc_months_fit(lever, nlc_record_get(record, NLC_ROW_FROM), nlc_record_get(record, NLC_ROW_TO),
                                            record->where, self->problems);
    if (!fits_value(self, record, lever) || !fits || !fits_months)
        return NLC_OK;
    nlc_lever_row *grown =
        nlc_grown(scenario->lever_row, &scenario->lever_row_capacity, (size_t)scenario->num_lever_rows + 1, sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    scenario->lever_row = grown;
    row.from = nlc_record_get(record, NLC_ROW_FROM)->when;
    row.to = nlc_record_get(record, NLC_ROW_TO)->when;
    row.how = how->given ? how->choice : NLC_HOW_SET;
    row.value = (float)nlc_record_get(record, NLC_ROW_VALUE)->number;
    grown[scenario->num_lever_rows++] = row;
    return NLC_OK;
}

nlc_error nlc_levers_read(nlc_scenario *self, nlc_problems *problems)
{
    reading_type reading = {.scenario = self, .problems = problems};
    const nlc_error error = read_all(&reading, NLC_TABLE_LEVERS, on_lever);
    nlc_others_note(&reading.others, self->model, "levers", problems);
    return error;
}

/* ---- Parameters -------------------------------------------------------------------------------- */

bool nlc_parameter_check(const nlc_parameter *parameter, double value, nlc_where where, nlc_problems *problems)
{
    if (value >= (double)parameter->low && value <= (double)parameter->high)
        return true;
    nlc_problems_add(problems, where, "%s is %.7g, expected a number from %.7g to %.7g", parameter->name, value,
                     (double)parameter->low, (double)parameter->high);
    return false;
}

/* A copy of a cell's text in the arena; NULL where the cell is empty, or memory is out. */
static nlc_error keep_text(nlc_arena *arena, const nlc_record *record, uint32_t field, const char **kept)
{
    const char *text = nlc_record_text(record, field);
    *kept = text[0] ? nlc_arena_text(arena, text, strlen(text)) : NULL;
    return text[0] && !*kept ? NLC_ERROR_MEMORY : NLC_OK;
}

static nlc_error on_parameter(void *context, const nlc_record *record)
{
    reading_type *self = context;
    nlc_scenario *scenario = self->scenario;
    char hint[NLC_HINT_LENGTH];
    const nlc_value *name = nlc_record_get(record, NLC_PARAMETER_NAME), *value = nlc_record_get(record, NLC_PARAMETER_VALUE);
    bool twice;
    if (!name->given || name->bad)
        return NLC_OK;
    const uint32_t k = nlc_model_parameter(scenario->model, name->text);
    if (k == NLC_NONE && nlc_others_count(&self->others, scenario->model, NLC_NAME_PARAMETER, name->text, record->where))
        return NLC_OK;
    if (k == NLC_NONE) {
        nlc_problems_add(self->problems, record->where, "'%s' is not a parameter%s", name->text,
                         nlc_parameter_hint(scenario->model, name->text, hint));
        return NLC_OK;
    }
    const nlc_error error = check_twice(self, "parameter", name->text, record->where, &twice);
    if (error || twice || !value->given)
        return error;
    if (!nlc_parameter_check(&scenario->model->parameters[k], value->number, record->where, self->problems))
        return NLC_OK;
    scenario->parameter[k] = (float)value->number;
    scenario->parameter_where[k] = record->where;
    nlc_parameter_origin *origin = &scenario->parameter_origin[k];
    const nlc_error kept = keep_text(&scenario->arena, record, NLC_PARAMETER_EVIDENCE, &origin->evidence);
    if (!kept && !origin->evidence)
        origin->evidence = "assumption";
    return kept ? kept : keep_text(&scenario->arena, record, NLC_PARAMETER_SOURCE, &origin->source);
}

nlc_error nlc_parameters_read(nlc_scenario *self, nlc_problems *problems)
{
    reading_type reading = {.scenario = self, .problems = problems};
    const nlc_error error = read_all(&reading, NLC_TABLE_PARAMETERS, on_parameter);
    nlc_others_note(&reading.others, self->model, "parameters", problems);
    return error;
}
