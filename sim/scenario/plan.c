/* Applies settings to a scenario: keys, parameters, and lever rows. */
#include "plan.h"

#include "resolved_text.h"

#include <stdlib.h>
#include <string.h>

/* ---- Keys -------------------------------------------------------------------------------------- */

bool nlc_plan_overrides(const nlc_plan *self, nlc_key key, nlc_table table)
{
    const nlc_key_value *value = &self->key[key];
    return value->where.order >= NLC_ORDER_OF_SETTINGS ||
           (value->folder != NLC_NONE && value->folder < self->scenario->table_folder[table]);
}

static void apply_keys(nlc_plan *self, const nlc_settings *settings)
{
    memcpy(self->key, self->scenario->key, sizeof self->key);
    for (uint32_t i = 0; i < settings->num; i++) {
        const nlc_setting *setting = &settings->setting[i];
        if (setting->kind == NLC_SETTING_SCENARIO)
            self->key[setting->index] = (nlc_key_value){setting->value, setting->where, 0};
    }
}

static void check_required(const nlc_plan *self)
{
    const nlc_where whole = nlc_scenario_where(self->scenario, 0, NLC_TABLE_SCENARIO, 0);
    const bool is_hidden = self->scenario->is_flawed[NLC_TABLE_SCENARIO] || self->scenario->is_cut;
    for (uint32_t k = 0; k < NLC_NUM_KEYS; k++) {
        const nlc_column *column = nlc_key_column((nlc_key)k);
        const nlc_where where = self->key[k].where.line > 0 ? self->key[k].where : whole;
        if (column->required && self->key[k].folder == NLC_NONE && !self->key[k].value.bad && !is_hidden)
            nlc_problems_add(self->problems, where, "the key '%s' is missing: %s", column->name, column->meaning);
    }
}

/* The whole number of a key, or the default of the list of keys. */
static uint64_t whole_of(const nlc_plan *self, nlc_key key)
{
    if (self->key[key].folder != NLC_NONE)
        return self->key[key].value.whole;
    return nlc_value_read(nlc_key_column(key), nlc_key_column(key)->empty, false, (nlc_where){"", 0, 0}, self->problems).whole;
}

/* ---- Tiers that adopt -------------------------------------------------------------------------- */

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static nlc_error add_adopting(nlc_plan *self, const char *word, size_t length, const uint32_t *num_places)
{
    const nlc_where where = self->key[NLC_KEY_ADOPTING].where;
    char text[256], hint[NLC_HINT_LENGTH];
    length = length < sizeof text ? length : sizeof text - 1;
    memcpy(text, word, length);
    text[length] = '\0';
    const uint32_t tier = nlc_words_find(&self->scenario->tiers, text);
    if (length == 0)
        nlc_problems_add(self->problems, where, "adopting names an empty tier; write tiers with one | between them");
    else if (tier == NLC_NONE)
        nlc_problems_add(self->problems, where, "adopting: '%s' is not a tier of %s%s", text, nlc_table_file(NLC_TABLE_NODES),
                         nlc_words_hint(&self->scenario->tiers, self->problems, text, hint));
    else if (self->adopts[tier])
        nlc_problems_add(self->problems, where, "adopting names '%s' twice", text);
    else if (num_places[tier] == 0)
        nlc_problems_add(self->problems, where, "adopting: '%s' is the tier of a lead, and leads adopt no local plan", text);
    else {
        self->adopts[tier] = true;
        self->adopting[self->num_adopting++] = self->scenario->tiers.text[tier];
    }
    return NLC_OK;
}

static nlc_error read_adopting(nlc_plan *self)
{
    const nlc_scenario *scenario = self->scenario;
    uint32_t *num_places = calloc(scenario->tiers.num, sizeof *num_places);
    if (!num_places)
        return NLC_ERROR_MEMORY;
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        num_places[scenario->node[i].tier] += scenario->node[i].parent != NLC_NONE;
    const char *at = self->key[NLC_KEY_ADOPTING].folder == NLC_NONE ? NULL : self->key[NLC_KEY_ADOPTING].value.text;
    while (at) {
        const size_t length = strcspn(at, "|"), lead = strspn(at, " ");
        size_t end = length;
        while (end > lead && at[end - 1] == ' ')
            end--;
        add_adopting(self, at + (lead < end ? lead : end), lead < end ? end - lead : 0, num_places);
        at = at[length] ? at + length + 1 : NULL;
    }
    free(num_places);
    if (self->num_adopting > 0)
        qsort(self->adopting, self->num_adopting, sizeof *self->adopting, compare_texts);
    return NLC_OK;
}

/* ---- Limits of the engine ---------------------------------------------------------------------- */

static void check_labels(nlc_plan *self, const nlc_words *words, const char *what, uint32_t most)
{
    const nlc_where where = nlc_scenario_where(self->scenario, self->scenario->table_folder[NLC_TABLE_NODES], NLC_TABLE_NODES, 0);
    if (words->num - 1 > most)
        nlc_problems_add(self->problems, where, "there are %lu different words for %s, at most %lu are possible",
                         (unsigned long)words->num - 1, what, (unsigned long)most);
    for (uint32_t i = 0; i < words->num; i++)
        if (strlen(words->text[i]) >= NLC_LABEL_ROOM)
            nlc_problems_add(self->problems, where, "the %s '%s' is longer than %d bytes", what, words->text[i],
                             NLC_LABEL_ROOM - 1);
}

/* False, and a problem, where the tree is too deep: what follows takes a walk up from every place. */
static bool check_depth(nlc_plan *self)
{
    const nlc_scenario *scenario = self->scenario;
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        if (scenario->node[i].country == NLC_NONE)
            continue;
        uint32_t depth = 0;
        for (uint32_t up = i; depth <= NLC_MAX_TIERS && scenario->node[up].parent != NLC_NONE; up = scenario->node[up].parent)
            depth++;
        if (depth <= NLC_MAX_TIERS)
            continue;
        nlc_problems_add(
            self->problems,
            nlc_scenario_where(scenario, scenario->table_folder[NLC_TABLE_NODES], NLC_TABLE_NODES, scenario->node[i].line),
            "'%s' stands more than %d levels below its lead", scenario->node[i].id, NLC_MAX_TIERS);
        return false;
    }
    return true;
}

/* ---- Parameters -------------------------------------------------------------------------------- */

static void apply_parameters(nlc_plan *self, const nlc_settings *settings)
{
    const nlc_model *model = self->scenario->model;
    memcpy(self->parameter, self->scenario->parameter, model->num_parameters * sizeof *self->parameter);
    for (uint32_t i = 0; i < settings->num; i++) {
        const nlc_setting *setting = &settings->setting[i];
        if (setting->kind != NLC_SETTING_PARAMETER)
            continue;
        const double now = (double)self->parameter[setting->index], number = (double)setting->number;
        const double value = setting->change == NLC_CHANGE_SCALE ? now * number
                             : setting->change == NLC_CHANGE_ADD ? now + number
                                                                 : number;
        if (nlc_parameter_check(&model->parameters[setting->index], value, setting->where, self->problems))
            self->parameter[setting->index] = (float)value;
    }
}

/* ---- Lever rows -------------------------------------------------------------------------------- */

static nlc_lever_row row_of(const nlc_setting *setting, uint32_t lever, uint32_t how, float value)
{
    return (nlc_lever_row){.lever = lever,
                           .from = setting->from,
                           .to = setting->to,
                           .selector = setting->selector,
                           .how = how,
                           .value = value,
                           .where = setting->where};
}

static bool is_same_month(nlc_when a, nlc_when b)
{
    return a.kind == b.kind && a.value == b.value;
}

static bool is_same_dial(const nlc_setting *a, const nlc_setting *b)
{
    return a->kind == b->kind && a->index == b->index && memcmp(&a->selector, &b->selector, sizeof a->selector) == 0 &&
           is_same_month(a->from, b->from) && is_same_month(a->to, b->to);
}

/* A country lever is multiplied only by a dial for everybody or for the whole country; a country has no
 * wave to wait for. */
static bool dial_reaches(const nlc_plan *self, const nlc_setting *setting, const nlc_lever *lever)
{
    const nlc_selector *selector = &setting->selector;
    const bool narrowed = selector->tier != NLC_NONE || selector->wave != NLC_NONE || selector->group != NLC_NONE ||
                          setting->from.kind == NLC_WHEN_WAVE || setting->to.kind == NLC_WHEN_WAVE;
    const bool is_lead = selector->under == NLC_NONE || self->scenario->node[selector->under].parent == NLC_NONE;
    if (selector->agency != NLC_NONE)
        return lever->scope == NLC_LEVER_ANY;
    return lever->scope != NLC_LEVER_COUNTRY || (!narrowed && is_lead);
}

/* A dial stands at 1 until it is set; its last setting says where it is and when it applies. */
static void add_dial(nlc_plan *self, const nlc_settings *settings, uint32_t i)
{
    const nlc_model *model = self->scenario->model;
    const nlc_setting *setting = &settings->setting[i];
    float value = 1.0F;
    for (uint32_t k = 0; k < settings->num; k++) {
        if (!is_same_dial(&settings->setting[k], setting))
            continue;
        if (k > i)
            return;
        value = settings->setting[k].change == NLC_CHANGE_SET ? settings->setting[k].number : value * settings->setting[k].number;
    }
    for (uint32_t l = 0; l < model->num_levers; l++)
        if (model->levers[l].dial == (nlc_dial)setting->index && dial_reaches(self, setting, &model->levers[l]))
            self->row[self->num_rows++] = row_of(setting, l, NLC_HOW_SCALE, value);
}

nlc_error nlc_plan_rows(nlc_plan *self, const nlc_settings *settings)
{
    static const uint32_t how[] = {
        [NLC_CHANGE_SET] = NLC_HOW_SET, [NLC_CHANGE_SCALE] = NLC_HOW_SCALE, [NLC_CHANGE_ADD] = NLC_HOW_ADD};
    const nlc_scenario *scenario = self->scenario;
    const size_t most = scenario->num_lever_rows + (size_t)settings->num * scenario->model->num_levers + 1;
    self->row = malloc(most * sizeof *self->row);
    self->matched = calloc(most, sizeof *self->matched);
    self->reported = calloc(most, sizeof *self->reported);
    if (!self->row || !self->matched || !self->reported)
        return NLC_ERROR_MEMORY;
    if (scenario->num_lever_rows > 0)
        memcpy(self->row, scenario->lever_row, scenario->num_lever_rows * sizeof *self->row);
    self->num_rows = scenario->num_lever_rows;
    for (uint32_t i = 0; i < settings->num; i++) {
        const nlc_setting *setting = &settings->setting[i];
        if (setting->kind == NLC_SETTING_LEVER)
            self->row[self->num_rows++] = row_of(setting, setting->index, how[setting->change], setting->number);
        else if (setting->kind == NLC_SETTING_DIAL)
            add_dial(self, settings, i);
    }
    return NLC_OK;
}

/* Months in two forms can only be compared once the start is known; rows outside the run are worth
 * a word, but a shorter run is no mistake. */
static void check_months(nlc_plan *self)
{
    for (uint32_t r = 0; r < self->num_rows; r++) {
        const nlc_lever_row *row = &self->row[r];
        if (row->from.kind == NLC_WHEN_WAVE || row->to.kind == NLC_WHEN_WAVE)
            continue;
        const int32_t from = nlc_when_month(row->from, self->start, 0, INT32_MIN),
                      to = nlc_when_month(row->to, self->start, 0, INT32_MAX);
        if (from > to) {
            nlc_problems_add(self->problems, row->where, "from comes after to: months %ld and %ld of the run", (long)from,
                             (long)to);
            self->reported[r] = true;
        } else if (from > (int32_t)self->num_months || to < 1) {
            nlc_problems_note(self->problems, row->where, "lies wholly %s the run and changes nothing",
                              to < 1 ? "before" : "after");
        }
    }
}

/* An observation is compared with the end of the last whole month before it, the first of them with the start. */
static void check_observed(const nlc_plan *self)
{
    for (uint32_t k = 0; k < self->scenario->num_observations; k++) {
        const nlc_observation *row = &self->scenario->observation[k];
        const int32_t month = row->date - self->start;
        if (month < 0 || month > (int32_t)self->num_months)
            nlc_problems_note(self->problems, row->where, "lies %s the run and is compared with nothing",
                              month < 0 ? "before" : "after");
        else if (row->selector.tier != NLC_NONE && !self->adopts[row->selector.tier])
            nlc_problems_note(self->problems, row->where, "the tier '%s' adopts no plans, so there is nothing to compare it with",
                              self->scenario->tiers.text[row->selector.tier]);
    }
}

/* Meetings across borders need somebody across the border. A dial moves this lever among others. */
static void check_exchanges(const nlc_plan *self)
{
    const uint32_t lever = nlc_model_lever(self->scenario->model, "regional_exchanges");
    const bool has_none = self->scenario->num_countries < 2 || (!self->regional_file && self->num_central == 0);
    for (uint32_t r = 0; has_none && lever != NLC_NONE && r < self->num_rows; r++) {
        const nlc_lever_row *row = &self->row[r];
        if (row->lever == lever && row->how != NLC_HOW_SCALE && row->value > 0)
            nlc_problems_note(self->problems, row->where,
                              "there is no regional channel, so regional_exchanges changes nothing; see the key regional");
    }
}

/* ---- The whole --------------------------------------------------------------------------------- */

static void read_numbers(nlc_plan *self)
{
    self->num_months = (uint32_t)whole_of(self, NLC_KEY_MONTHS);
    self->replicates = whole_of(self, NLC_KEY_REPLICATES);
    self->seed = whole_of(self, NLC_KEY_SEED);
    self->start = self->key[NLC_KEY_START].value.when.value;
    self->names = self->key[NLC_KEY_NAMES].folder != NLC_NONE && self->key[NLC_KEY_NAMES].value.choice == 1;
}

/* Places of tiers that adopt no plan cannot start with one, or drafting one. */
static void check_start_stages(const nlc_plan *self)
{
    const nlc_scenario *scenario = self->scenario;
    for (uint32_t i = 0; i < scenario->num_nodes && self->num_adopting > 0; i++) {
        const nlc_node *node = &scenario->node[i];
        if (node->start_stage <= scenario->model->num_common_stages || self->adopts[node->tier])
            continue;
        nlc_where where = nlc_scenario_where(scenario, scenario->table_folder[NLC_TABLE_NODES], NLC_TABLE_NODES, node->line);
        nlc_problems_add(self->problems, where,
                         "start_stage is '%s', but the tier '%s' adopts no plans; name it in adopting, or start earlier",
                         scenario->model->stages[node->start_stage - 1], scenario->tiers.text[node->tier]);
    }
}

nlc_error nlc_plan_init(nlc_plan *self, const nlc_scenario *scenario, const nlc_settings *settings, nlc_problems *problems)
{
    *self = (nlc_plan){.scenario = scenario, .problems = problems};
    self->parameter = malloc((scenario->model->num_parameters + 1) * sizeof *self->parameter);
    self->adopts = calloc(scenario->tiers.num, sizeof *self->adopts);
    self->adopting = malloc(scenario->tiers.num * sizeof *self->adopting);
    if (!self->parameter || !self->adopts || !self->adopting)
        return NLC_ERROR_MEMORY;
    apply_keys(self, settings);
    check_required(self);
    if (self->key[NLC_KEY_START].folder == NLC_NONE || self->key[NLC_KEY_MONTHS].folder == NLC_NONE)
        return NLC_ERROR_INPUT;
    read_numbers(self);
    apply_parameters(self, settings);
    check_labels(self, &scenario->tiers, "tier", NLC_MAX_TIERS);
    check_labels(self, &scenario->groups, "group", NLC_MAX_LABELS - 1);
    nlc_error error = read_adopting(self);
    if (!error)
        check_start_stages(self);
    if (!error)
        error = nlc_plan_rules(self);
    if (!error)
        error = nlc_plan_rows(self, settings);
    if (error)
        return error;
    nlc_plan_check_waves(self);
    check_months(self);
    check_observed(self);
    check_exchanges(self);
    return check_depth(self) ? NLC_OK : NLC_ERROR_INPUT;
}

void nlc_plan_free(nlc_plan *self)
{
    free(self->parameter);
    free(self->row);
    free(self->matched);
    free(self->reported);
    free(self->adopts);
    free(self->adopting);
    free(self->wave_text);
    free(self->wave_name);
    free(self->wave_start);
    free(self->wave_of_word);
    free(self->lat);
    free(self->lon);
    free(self->placed);
    free(self->beside);
    free(self->lead_lat);
    free(self->lead_lon);
    free(self->size);
    *self = (nlc_plan){0};
}
