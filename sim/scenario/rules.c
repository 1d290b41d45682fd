/* The rules of scenario.csv: peers, regional channels, waves. */
#include "plan.h"

#include "resolved_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_CENTRAL 1000U

/* What is wrong has been reported, and says nothing of what else is. */
static bool is_wrong(const nlc_plan *self, nlc_key key)
{
    return self->key[key].folder == NLC_NONE && self->key[key].value.bad;
}

static bool is_given(const nlc_plan *self, nlc_key key)
{
    return self->key[key].folder != NLC_NONE;
}

static nlc_where table_where(const nlc_plan *self, nlc_table table, uint32_t line)
{
    return nlc_scenario_where(self->scenario, self->scenario->table_folder[table], table, line);
}

/* Rows that a key makes idle: a mistake, unless the key was set over them on purpose. */
static void report_idle(const nlc_plan *self, nlc_key key, nlc_table table, uint32_t line, const char *what)
{
    const char *value = is_given(self, key) ? self->key[key].value.text : nlc_key_column(key)->empty;
    if (nlc_plan_overrides(self, key, table))
        nlc_problems_note(self->problems, table_where(self, table, line), "%s not read, because %s is '%s'", what,
                          nlc_key_column(key)->name, value);
    else
        nlc_problems_add(self->problems, table_where(self, table, line), "%s not read, because %s is '%s'; remove one or the other",
                         what, nlc_key_column(key)->name, value);
}

/* ---- Channels ---------------------------------------------------------------------------------- */

static void check_file(const nlc_plan *self, nlc_key key, const nlc_scenario_channels *list, bool from_file, const char *what)
{
    if (from_file && list->num == 0 && !self->scenario->is_flawed[NLC_TABLE_CHANNELS])
        nlc_problems_add(self->problems, self->key[key].where, "%s is 'file', but %s has no such rows", nlc_key_column(key)->name,
                         nlc_table_file(NLC_TABLE_CHANNELS));
    if (from_file || list->num == 0)
        return;
    uint32_t first = list->channel[0].line;
    for (size_t j = 1; j < list->num; j++)
        first = list->channel[j].line < first ? list->channel[j].line : first;
    report_idle(self, key, NLC_TABLE_CHANNELS, first, what);
}

/* A cap that nobody asked for is not to pass unseen. */
static void note_large_families(const nlc_plan *self)
{
    const nlc_scenario *scenario = self->scenario;
    uint32_t largest = 0;
    for (uint32_t i = 1; i < scenario->num_nodes; i++)
        largest = scenario->node[i].num_children > scenario->node[largest].num_children ? i : largest;
    if (scenario->num_nodes > 0 && scenario->node[largest].num_children > NLC_MAX_SIBLINGS + 1)
        nlc_problems_note(
            self->problems, self->key[NLC_KEY_PEERS].where,
            "'%s' has %lu places right below it: with peers=parent a place has at most %d siblings of its tier as peers",
            scenario->node[largest].id, (unsigned long)scenario->node[largest].num_children, NLC_MAX_SIBLINGS);
}

static void read_peers(nlc_plan *self)
{
    self->peers = (nlc_peer_rule){.kind = self->scenario->peers.num > 0 ? NLC_PEERS_FILE : NLC_PEERS_NONE};
    if (!is_given(self, NLC_KEY_PEERS))
        return;
    const char *text = self->key[NLC_KEY_PEERS].value.text, *wrong = nlc_peer_rule_read(text, &self->peers);
    if (wrong)
        nlc_problems_add(self->problems, self->key[NLC_KEY_PEERS].where, "peers is '%s', %s", text, wrong);
    else
        check_file(self, NLC_KEY_PEERS, &self->scenario->peers, self->peers.kind == NLC_PEERS_FILE, "peer rows are");
    if (!wrong && self->peers.kind == NLC_PEERS_PARENT)
        note_large_families(self);
}

static bool read_central(const char *text, uint32_t *number)
{
    static const char before[] = "central:";
    const size_t length = sizeof before - 1;
    *number = 0;
    if (strncmp(text, before, length) != 0 || strlen(text) > length + 4)
        return false;
    for (text += length; *text >= '0' && *text <= '9'; text++)
        *number = *number * 10 + (uint32_t)(*text - '0');
    return *text == '\0' && *number >= 1 && *number <= MOST_CENTRAL;
}

static void read_regional(nlc_plan *self)
{
    self->regional_file = self->scenario->regional.num > 0;
    if (!is_given(self, NLC_KEY_REGIONAL))
        return;
    const char *text = self->key[NLC_KEY_REGIONAL].value.text;
    self->regional_file = strcmp(text, "file") == 0;
    if (!self->regional_file && strcmp(text, "none") != 0 && !read_central(text, &self->num_central))
        nlc_problems_add(self->problems, self->key[NLC_KEY_REGIONAL].where,
                         "regional is '%s', expected none, file or central:N with a whole number N from 1 to %u, as in central:3",
                         text, MOST_CENTRAL);
    else if (self->num_central > 0 && self->scenario->num_countries < 2)
        nlc_problems_add(self->problems, self->key[NLC_KEY_REGIONAL].where, "regional is '%s', but there is only one country",
                         text);
    else
        check_file(self, NLC_KEY_REGIONAL, &self->scenario->regional, self->regional_file, "regional rows are");
}

/* ---- Waves ------------------------------------------------------------------------------------- */

static nlc_error reserve_waves(nlc_plan *self, uint32_t num)
{
    self->num_waves = num;
    self->wave_text = calloc(num, sizeof *self->wave_text);
    self->wave_name = calloc(num, sizeof *self->wave_name);
    self->wave_start = calloc(num, sizeof *self->wave_start);
    self->wave_of_word = malloc(self->scenario->waves.num * sizeof *self->wave_of_word);
    if (!self->wave_text || !self->wave_name || !self->wave_start || !self->wave_of_word)
        return NLC_ERROR_MEMORY;
    self->wave_text[0] = "";
    self->wave_start[0] = 1;
    for (uint32_t w = 0; w < self->scenario->waves.num; w++)
        self->wave_of_word[w] = w == 0 ? 0 : NLC_NONE;
    return NLC_OK;
}

/* A place in a wave that never begins, and a wave without places, are both slips of the pen. */
static nlc_error list_waves(nlc_plan *self)
{
    const nlc_scenario *scenario = self->scenario;
    uint32_t *line = calloc(scenario->waves.num, sizeof *line);
    nlc_error error = reserve_waves(self, scenario->waves.num);
    if (!line || error) {
        free(line);
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t i = scenario->num_nodes; i-- > 0;)
        line[scenario->node[i].wave] = scenario->node[i].line;
    for (uint32_t k = 0; k < scenario->num_wave_rows; k++) {
        const nlc_wave_row *row = &scenario->wave_row[k];
        self->wave_of_word[row->wave] = row->wave;
        self->wave_start[row->wave] = nlc_when_month(row->start, self->start, 0, 1);
        if (line[row->wave] == 0 && !scenario->is_flawed[NLC_TABLE_NODES])
            nlc_problems_add(self->problems, row->where, "no place is in the wave '%s'", scenario->waves.text[row->wave]);
    }
    for (uint32_t w = 1; w < scenario->waves.num; w++) {
        self->wave_text[w] = scenario->waves.text[w];
        if (line[w] > 0 && self->wave_of_word[w] == NLC_NONE && !scenario->is_flawed[NLC_TABLE_WAVES])
            nlc_problems_add(self->problems, table_where(self, NLC_TABLE_NODES, line[w]), "the wave '%s' has no row in %s",
                             scenario->waves.text[w], nlc_table_file(NLC_TABLE_WAVES));
        self->wave_of_word[w] = line[w] > 0 ? w : NLC_NONE;
    }
    free(line);
    return NLC_OK;
}

static void check_idle_waves(nlc_plan *self)
{
    const nlc_scenario *scenario = self->scenario;
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        if (scenario->node[i].wave > 0) {
            report_idle(self, NLC_KEY_WAVES, NLC_TABLE_NODES, scenario->node[i].line, "the column wave is");
            break;
        }
    }
    if (scenario->num_wave_rows > 0)
        report_idle(self, NLC_KEY_WAVES, NLC_TABLE_WAVES, scenario->wave_row[0].where.line, "the waves are");
}

/* `largest` cannot rank what it does not know. */
static void check_populations(nlc_plan *self)
{
    const nlc_scenario *scenario = self->scenario;
    uint32_t first = 0, num = 0;
    for (uint32_t p = 0; p < scenario->num_places; p++) {
        const nlc_node *node = &scenario->node[scenario->place[p]];
        if (!isnan(node->population))
            continue;
        first = num == 0 || node->line < first ? node->line : first;
        num++;
    }
    if (num > 0 && !scenario->is_flawed[NLC_TABLE_NODES])
        nlc_problems_add(self->problems, table_where(self, NLC_TABLE_NODES, first),
                         "population is empty here%s, and waves=largest needs the column population for every place",
                         num > 1 ? " and in other rows" : "");
}

static void check_attribute(nlc_plan *self, const char *name)
{
    if (nlc_model_attribute(self->scenario->model, name) == NLC_NONE)
        nlc_problems_add(self->problems, self->key[NLC_KEY_WAVES].where, "the model '%s' has no attribute '%s' for waves to go by",
                         self->scenario->model->name, name);
}

static void name_waves(nlc_plan *self, int32_t start, int32_t gap)
{
    for (uint32_t w = 1; w < self->num_waves; w++) {
        snprintf(self->wave_name[w], sizeof *self->wave_name, "%lu", (unsigned long)w);
        self->wave_text[w] = self->wave_name[w];
        self->wave_start[w] = start + (int32_t)(w - 1) * gap;
        const uint32_t word = nlc_words_find(&self->scenario->waves, self->wave_text[w]);
        if (word != NLC_NONE)
            self->wave_of_word[word] = w;
    }
}

/* Waves beyond the last block or place have nobody in them. */
static void note_empty_waves(const nlc_plan *self)
{
    const nlc_scenario *scenario = self->scenario;
    uint32_t most = 0;
    for (uint32_t c = 0; c < scenario->num_countries; c++) {
        const uint32_t blocks = scenario->node[scenario->country[c].lead].num_children, places = scenario->country[c].num_places;
        const uint32_t units = self->waves.by_block ? blocks : places;
        most = units > most ? units : most;
    }
    if (is_given(self, NLC_KEY_WAVES_NUMBER) && most > 0 && self->waves.number > most)
        nlc_problems_note(self->problems, self->key[NLC_KEY_WAVES_NUMBER].where,
                          "waves_number is %lu, but no country has more than %lu %s; the waves after that are empty",
                          (unsigned long)self->waves.number, (unsigned long)most,
                          self->waves.by_block ? "blocks, each all places below one top-tier node" : "places");
}

static nlc_error make_waves(nlc_plan *self)
{
    const nlc_where where = self->key[NLC_KEY_WAVES].where;
    const char *rule = self->key[NLC_KEY_WAVES].value.text;
    self->waves.number = is_given(self, NLC_KEY_WAVES_NUMBER) ? (uint32_t)self->key[NLC_KEY_WAVES_NUMBER].value.whole : 1;
    self->waves.by_block = !is_given(self, NLC_KEY_WAVES_UNIT) || self->key[NLC_KEY_WAVES_UNIT].value.choice == NLC_UNIT_BLOCK;
    if (!is_given(self, NLC_KEY_WAVES_NUMBER) && !is_wrong(self, NLC_KEY_WAVES_NUMBER))
        nlc_problems_add(self->problems, where, "waves is '%s', which needs the key waves_number", rule);
    else if (self->waves.number > 1 && !is_given(self, NLC_KEY_WAVES_GAP) && !is_wrong(self, NLC_KEY_WAVES_GAP))
        nlc_problems_add(self->problems, where, "waves is '%s' with several waves, which needs the key waves_gap", rule);
    check_idle_waves(self);
    note_empty_waves(self);
    if (self->waves.kind == NLC_WAVES_LARGEST)
        check_populations(self);
    if (self->waves.kind == NLC_WAVES_LEGACY)
        check_attribute(self, "legacy");
    if (self->waves.kind == NLC_WAVES_READY) {
        check_attribute(self, "start_capacity");
        check_attribute(self, "start_role");
    }
    if (reserve_waves(self, self->waves.number + 1))
        return NLC_ERROR_MEMORY;
    const nlc_when first =
        is_given(self, NLC_KEY_WAVES_START) ? self->key[NLC_KEY_WAVES_START].value.when : (nlc_when){NLC_WHEN_NUMBER, 1};
    name_waves(self, nlc_when_month(first, self->start, 0, 1),
               is_given(self, NLC_KEY_WAVES_GAP) ? (int32_t)self->key[NLC_KEY_WAVES_GAP].value.whole : 0);
    return NLC_OK;
}

/* Keys of a rule move nothing where waves are listed. */
static void check_idle_keys(nlc_plan *self)
{
    static const nlc_key of_rules[] = {NLC_KEY_WAVES_UNIT, NLC_KEY_WAVES_NUMBER, NLC_KEY_WAVES_START, NLC_KEY_WAVES_GAP};
    for (size_t i = 0; i < sizeof of_rules / sizeof *of_rules; i++) {
        const nlc_key_value *value = &self->key[of_rules[i]];
        const bool overridden = is_given(self, NLC_KEY_WAVES) && self->key[NLC_KEY_WAVES].folder < value->folder;
        const bool is_set = self->key[NLC_KEY_WAVES].where.order >= NLC_ORDER_OF_SETTINGS;
        if (value->folder != NLC_NONE && !overridden && !is_set && !is_wrong(self, NLC_KEY_WAVES))
            nlc_problems_add(self->problems, value->where, "%s is used only where waves is a rule, and waves is 'listed'",
                             nlc_key_column(of_rules[i])->name);
    }
}

/* Words that other rows use by mistake are no hints. */
static const char *wave_name(const void *context, uint32_t word)
{
    const nlc_plan *plan = context;
    return plan->wave_of_word[word] == NLC_NONE ? "" : plan->scenario->waves.text[word];
}

void nlc_plan_check_waves(nlc_plan *self)
{
    const nlc_scenario *scenario = self->scenario;
    char hint[NLC_HINT_LENGTH];
    for (uint32_t r = 0; r < self->num_rows; r++) {
        const nlc_lever_row *row = &self->row[r];
        if (row->selector.wave == NLC_NONE || self->wave_of_word[row->selector.wave] != NLC_NONE)
            continue;
        self->reported[r] = true;
        if (scenario->is_flawed[NLC_TABLE_NODES] || is_wrong(self, NLC_KEY_WAVES))
            continue;
        const char *text = scenario->waves.text[row->selector.wave];
        if (self->waves.kind == NLC_WAVES_LISTED)
            nlc_problems_add(self->problems, row->where, "'%s' is not a wave of %s%s", text, nlc_table_file(NLC_TABLE_NODES),
                             nlc_hint(hint, nlc_nearest(text, wave_name, self, scenario->waves.num)));
        else
            nlc_problems_add(self->problems, row->where, "'%s' is not a wave: waves=%s makes waves 1 to %lu", text,
                             self->key[NLC_KEY_WAVES].value.text, (unsigned long)self->waves.number);
    }
}

static nlc_error read_waves(nlc_plan *self)
{
    static const nlc_wave_kind kinds[] = {NLC_WAVES_LISTED,  NLC_WAVES_RANDOM, NLC_WAVES_LARGEST,
                                          NLC_WAVES_CENTRAL, NLC_WAVES_LEGACY, NLC_WAVES_READY};
    self->waves =
        (nlc_wave_rule){.kind = is_given(self, NLC_KEY_WAVES) ? kinds[self->key[NLC_KEY_WAVES].value.choice] : NLC_WAVES_LISTED};
    if (self->waves.kind != NLC_WAVES_LISTED)
        return make_waves(self);
    check_idle_keys(self);
    return list_waves(self);
}

nlc_error nlc_plan_rules(nlc_plan *self)
{
    read_peers(self);
    read_regional(self);
    const nlc_error error = read_waves(self);
    if (error)
        return error;
    const bool by_chance = nlc_peer_rule_is_random(&self->peers) || self->waves.kind == NLC_WAVES_RANDOM;
    const nlc_column *column = nlc_key_column(NLC_KEY_NETWORKS);
    const nlc_value value = is_given(self, NLC_KEY_NETWORKS)
                                ? self->key[NLC_KEY_NETWORKS].value
                                : nlc_value_read(column, column->empty, false, (nlc_where){"", 0, 0}, self->problems);
    self->num_draws = by_chance ? (uint32_t)value.whole : 1;
    if (self->num_waves > NLC_MAX_LABELS)
        nlc_problems_add(self->problems, table_where(self, NLC_TABLE_NODES, 0), "there are more than %d waves", NLC_MAX_LABELS - 1);
    return NLC_OK;
}
