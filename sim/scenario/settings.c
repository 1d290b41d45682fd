/* Addresses and settings: [parameter.|lever.|dial.|scenario.]NAME[@under=X,...,from=M,to=M] = VALUE. */
#include "scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The parts of a setting, each terminated, in one copy of its text. */
typedef struct {
    char *copy; /* owned */
    char *prefix, *name, *selectors, *value;
    nlc_change change;
} parts_type;

typedef struct {
    nlc_scenario *scenario;
    nlc_problems *problems;
    nlc_where where;
} reading_type;

/* ---- Parts ------------------------------------------------------------------------------------- */

/* Cuts at the operator, which is the first `=` that is not inside the selectors: there each word
 * before a `,` is word=word, so the operator is the second `=` since the last comma. */
static char *find_operator(char *text)
{
    bool in_selectors = false, has_key = false;
    for (; *text; text++) {
        if (*text == '@' && !in_selectors)
            in_selectors = true;
        else if (*text == ',' && in_selectors)
            has_key = false;
        else if (*text == '=' && (!in_selectors || has_key))
            return text;
        else if (*text == '=')
            has_key = true;
    }
    return NULL;
}

static void cut_operator(parts_type *self)
{
    char *at = find_operator(self->copy);
    self->change = NLC_CHANGE_NONE;
    if (!at)
        return;
    self->value = at + 1;
    self->change = NLC_CHANGE_SET;
    if (at > self->copy && (at[-1] == '*' || at[-1] == '+')) {
        at--;
        self->change = *at == '*' ? NLC_CHANGE_SCALE : NLC_CHANGE_ADD;
    }
    *at = '\0';
}

static void trim(char **text)
{
    *text += strspn(*text, " ");
    for (size_t length = strlen(*text); length > 0 && (*text)[length - 1] == ' '; length--)
        (*text)[length - 1] = '\0';
}

static bool is_prefix(const char *text)
{
    return strcmp(text, "parameter") == 0 || strcmp(text, "lever") == 0 || strcmp(text, "dial") == 0 ||
           strcmp(text, "scenario") == 0;
}

static nlc_error part(parts_type *self, const char *text)
{
    *self = (parts_type){.copy = malloc(strlen(text) + 1)};
    if (!self->copy)
        return NLC_ERROR_MEMORY;
    strcpy(self->copy, text);
    static char nothing[1];
    self->prefix = self->selectors = self->value = nothing;
    self->name = self->copy;
    cut_operator(self);
    char *at = strchr(self->copy, '@');
    if (at) {
        *at = '\0';
        self->selectors = at + 1;
    }
    char *dot = strchr(self->name, '.');
    if (dot) {
        *dot = '\0';
        self->prefix = self->copy;
        self->name = dot + 1;
    }
    trim(&self->prefix);
    trim(&self->name);
    trim(&self->value);
    return NLC_OK;
}

/* ---- Names ------------------------------------------------------------------------------------- */

static uint32_t find_dial(const char *name)
{
    for (uint32_t dial = NLC_DIAL_NONE + 1; dial < NLC_NUM_DIALS; dial++)
        if (strcmp(nlc_dial_name((nlc_dial)dial), name) == 0)
            return dial;
    return NLC_NONE;
}

static uint32_t find_in(const nlc_model *model, nlc_setting_kind kind, const char *name)
{
    switch (kind) {
    case NLC_SETTING_PARAMETER:
        return nlc_model_parameter(model, name);
    case NLC_SETTING_LEVER:
        return nlc_model_lever(model, name);
    case NLC_SETTING_DIAL:
        return find_dial(name);
    case NLC_SETTING_SCENARIO:
        break;
    }
    const nlc_key key = nlc_key_find(name);
    return key == NLC_NUM_KEYS ? NLC_NONE : (uint32_t)key;
}

/* All names that an address may have, one kind after the other. */
static const char *name_of(const void *context, uint32_t i)
{
    const nlc_model *model = context;
    if (i < model->num_levers)
        return model->levers[i].name;
    i -= model->num_levers;
    if (i < model->num_parameters)
        return model->parameters[i].name;
    i -= model->num_parameters;
    return i < NLC_NUM_DIALS - 1 ? nlc_dial_name((nlc_dial)(i + 1)) : nlc_key_column((nlc_key)(i - (NLC_NUM_DIALS - 1)))->name;
}

static bool find_name(reading_type *self, const parts_type *parts, nlc_setting *setting)
{
    static const char *const kind_name[] = {"parameter", "lever", "dial", "scenario"};
    static const char *const what[] = {"a parameter", "a lever", "a dial", "a key of scenario.csv"};
    const nlc_model *model = self->scenario->model;
    char hint[NLC_HINT_LENGTH];
    const bool has_prefix = parts->prefix[0] != '\0';
    if (has_prefix && !is_prefix(parts->prefix)) {
        nlc_problems_add(self->problems, self->where,
                         "'%s.' is not a kind of name, expected parameter., lever., dial. or scenario.", parts->prefix);
        return false;
    }
    for (uint32_t kind = NLC_SETTING_PARAMETER; kind <= NLC_SETTING_SCENARIO; kind++) {
        if (has_prefix && strcmp(parts->prefix, kind_name[kind]) != 0)
            continue;
        setting->kind = (nlc_setting_kind)kind;
        setting->index = find_in(model, setting->kind, parts->name);
        if (setting->index != NLC_NONE)
            return true;
    }
    nlc_problems_add(self->problems, self->where, "'%s' is not %s%s", parts->name,
                     has_prefix ? what[setting->kind] : "a lever, parameter, dial or key of scenario.csv",
                     nlc_hint(hint, nlc_nearest(parts->name, name_of, model,
                                                model->num_levers + model->num_parameters + NLC_NUM_DIALS - 1 + NLC_NUM_KEYS)));
    return false;
}

/* ---- Selectors --------------------------------------------------------------------------------- */

/* What stands behind @; "" where it does not. */
typedef struct {
    nlc_selector_text selector;
    const char *from, *to;
} behind_type;

static bool keep_selector(reading_type *self, char *pair, behind_type *text)
{
    static const char *const name[] = {"under", "tier", "wave", "group", "from", "to"};
    const char **slot[] = {&text->selector.under, &text->selector.tier, &text->selector.wave,
                           &text->selector.group, &text->from,          &text->to};
    char *value = strchr(pair, '=');
    if (value)
        *value++ = '\0';
    trim(&pair);
    for (size_t i = 0; value && i < sizeof name / sizeof *name; i++) {
        if (strcmp(pair, name[i]) != 0)
            continue;
        trim(&value);
        if ((*slot[i])[0] != '\0' || value[0] == '\0') {
            nlc_problems_add(self->problems, self->where, value[0] ? "'%s' stands twice behind @" : "'%s' has no value behind @",
                             pair);
            return false;
        }
        *slot[i] = value;
        return true;
    }
    nlc_problems_add(self->problems, self->where,
                     "'%s' cannot stand behind @, expected under=, tier=, wave=, group=, from= or to=", pair);
    return false;
}

static bool read_months(reading_type *self, const behind_type *text, nlc_setting *setting)
{
    const nlc_value from = nlc_value_read(nlc_row_column(NLC_ROW_FROM), text->from, false, self->where, self->problems),
                    to = nlc_value_read(nlc_row_column(NLC_ROW_TO), text->to, false, self->where, self->problems);
    setting->from = from.when;
    setting->to = to.when;
    const nlc_lever *lever = setting->kind == NLC_SETTING_LEVER ? &self->scenario->model->levers[setting->index] : NULL;
    return !from.bad && !to.bad && nlc_months_fit(lever, &from, &to, self->where, self->problems);
}

static bool read_selectors(reading_type *self, const parts_type *parts, nlc_setting *setting)
{
    behind_type text = {{"", "", "", ""}, "", ""};
    setting->selector = (nlc_selector){NLC_NONE, NLC_NONE, NLC_NONE, NLC_NONE, NLC_NONE};
    setting->selects = parts->selectors[0] != '\0';
    if (!setting->selects)
        return true;
    if (setting->kind == NLC_SETTING_PARAMETER || setting->kind == NLC_SETTING_SCENARIO) {
        nlc_problems_add(self->problems, self->where, "'%s' is one for the whole scenario: remove what stands behind @",
                         parts->name);
        return false;
    }
    bool good = true;
    for (char *pair = parts->selectors; pair && good;) {
        char *next = strchr(pair, ',');
        if (next)
            *next++ = '\0';
        good = keep_selector(self, pair, &text);
        pair = next;
    }
    good = good && nlc_selector_read(self->scenario, text.selector, self->where, &setting->selector, self->problems) &&
           read_months(self, &text, setting);
    return good && (setting->kind != NLC_SETTING_LEVER ||
                    nlc_selector_fits(self->scenario, setting->index, &setting->selector, self->where, self->problems));
}

/* ---- Values ------------------------------------------------------------------------------------ */

static bool read_key(reading_type *self, const parts_type *parts, nlc_setting *setting)
{
    const nlc_key key = (nlc_key)setting->index;
    if (key == NLC_KEY_FORMAT || key == NLC_KEY_MODEL || key == NLC_KEY_EXTENDS) {
        nlc_problems_add(self->problems, self->where,
                         "'%s' decides how the folder is read; set it in a scenario.csv that extends this one", parts->name);
        return false;
    }
    if (setting->change == NLC_CHANGE_SCALE || setting->change == NLC_CHANGE_ADD) {
        nlc_problems_add(self->problems, self->where, "'%s' of scenario.csv can only be set with =", parts->name);
        return false;
    }
    if (setting->change == NLC_CHANGE_NONE)
        return true;
    setting->value = nlc_value_read(nlc_key_column(key), parts->value, false, self->where, self->problems);
    setting->value.text = nlc_arena_text(&self->scenario->arena, parts->value, strlen(parts->value));
    if (!setting->value.text)
        self->problems->out_of_memory = true;
    return !setting->value.bad && setting->value.text;
}

static bool read_number(reading_type *self, const parts_type *parts, nlc_setting *setting)
{
    if (setting->kind == NLC_SETTING_DIAL && setting->change == NLC_CHANGE_ADD) {
        nlc_problems_add(self->problems, self->where, "a dial multiplies: set it with = or *=");
        return false;
    }
    if (setting->change == NLC_CHANGE_NONE)
        return true;
    float number;
    if (parts->value[0] == '\0' || !nlc_number_read(parts->value, strlen(parts->value), &number)) {
        nlc_problems_add(self->problems, self->where, "the value is '%s', expected a number with a decimal point", parts->value);
        return false;
    }
    setting->number = number;
    const bool may_be_unlimited = setting->kind == NLC_SETTING_LEVER && setting->change == NLC_CHANGE_SET &&
                                  self->scenario->model->levers[setting->index].may_be_unlimited;
    if (isinf(number) && !may_be_unlimited)
        nlc_problems_add(self->problems, self->where, "'%s' cannot be %s", parts->name, "unlimited");
    else if (setting->kind == NLC_SETTING_DIAL && number < 0.0F)
        nlc_problems_add(self->problems, self->where, "the dial '%s' is '%s', expected a number of at least 0", parts->name,
                         parts->value);
    else
        return true;
    return false;
}

static nlc_error read_setting(reading_type *self, const char *text, bool has_value, nlc_setting *setting)
{
    parts_type parts;
    *setting = (nlc_setting){.where = self->where};
    if (part(&parts, text))
        return NLC_ERROR_MEMORY;
    setting->change = parts.change;
    bool good = find_name(self, &parts, setting) && read_selectors(self, &parts, setting);
    if (good && has_value != (parts.change != NLC_CHANGE_NONE)) {
        nlc_problems_add(self->problems, self->where,
                         has_value ? "has no value, expected NAME=VALUE, NAME*=VALUE or NAME+=VALUE"
                                   : "expected an address without a value");
        good = false;
    }
    good = good && (setting->kind == NLC_SETTING_SCENARIO ? read_key(self, &parts, setting) : read_number(self, &parts, setting));
    free(parts.copy);
    if (self->problems->out_of_memory)
        return NLC_ERROR_MEMORY;
    return good ? NLC_OK : NLC_ERROR_INPUT;
}

nlc_error nlc_address_read(nlc_setting *self, nlc_scenario *scenario, const char *text, nlc_where where, nlc_problems *problems)
{
    reading_type reading = {scenario, problems, where};
    return read_setting(&reading, text, false, self);
}

nlc_error nlc_settings_read(nlc_settings *self, nlc_scenario *scenario, const char *const *text, size_t num, nlc_problems *problems)
{
    *self = (nlc_settings){.setting = malloc((num + 1) * sizeof *self->setting)};
    if (!self->setting)
        return NLC_ERROR_MEMORY;
    bool good = true;
    for (size_t i = 0; i < num; i++) {
        nlc_text label = {0};
        if (nlc_text_print(&label, "--set %s", text[i]))
            return NLC_ERROR_MEMORY;
        const char *file = nlc_arena_text(&scenario->arena, label.data, label.length);
        nlc_text_free(&label);
        if (!file)
            return NLC_ERROR_MEMORY;
        reading_type reading = {scenario, problems, {file, 0, NLC_ORDER_OF_SETTINGS + (uint32_t)i}};
        const nlc_error error = read_setting(&reading, text[i], true, &self->setting[self->num++]);
        if (error && error != NLC_ERROR_INPUT)
            return error;
        good = good && !error;
    }
    return good ? NLC_OK : NLC_ERROR_INPUT;
}

void nlc_settings_free(nlc_settings *self)
{
    free(self->setting);
    *self = (nlc_settings){0};
}
