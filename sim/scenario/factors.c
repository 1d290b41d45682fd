/* Reads factors.csv of a study folder. */
#include "study.h"

#include "rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A grid over a range has as many steps where the table does not say. */
enum { STANDARD_STEPS = 4, MOST_LEVELS = 10000 };

typedef struct {
    nlc_study *study;
    nlc_problems *problems;
    nlc_where where;
} reading_type;

/* ---- Cells of factors.csv ---------------------------------------------------------------------- */

static const char *kept(reading_type *self, const char *text, size_t length)
{
    const char *copy = nlc_arena_text(&self->study->arena, text, length);
    if (!copy)
        self->problems->out_of_memory = true;
    return copy;
}

/* Cuts a list at its bars, without the blanks around each level. */
static nlc_error split_levels(reading_type *self, nlc_factor *factor, const char *text)
{
    uint32_t most = 1;
    for (const char *bar = strchr(text, '|'); bar; bar = strchr(bar + 1, '|'))
        most++;
    factor->level = malloc(most * sizeof *factor->level);
    if (!factor->level)
        return NLC_ERROR_MEMORY;
    for (const char *at = text; at;) {
        const size_t length = strcspn(at, "|"), lead = strspn(at, " ");
        size_t end = length;
        while (end > lead && at[end - 1] == ' ')
            end--;
        const char *level = kept(self, at + (lead < end ? lead : end), lead < end ? end - lead : 0);
        if (!level)
            return NLC_ERROR_MEMORY;
        if (level[0] == '\0')
            nlc_problems_add(self->problems, factor->where, "levels has an empty level; write the values with one | between them");
        for (uint32_t k = 0; k < factor->num_levels; k++)
            if (level[0] != '\0' && strcmp(factor->level[k], level) == 0)
                nlc_problems_add(self->problems, factor->where, "the level '%s' stands twice", level);
        factor->level[factor->num_levels++] = level;
        at = at[length] ? at + length + 1 : NULL;
    }
    return NLC_OK;
}

static bool is_count(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789")] == '\0';
}

bool nlc_factor_is_number(const nlc_factor *factor)
{
    return factor->kind == NLC_FACTOR_KIND_REAL || factor->kind == NLC_FACTOR_KIND_INTEGER;
}

static void read_range(reading_type *self, nlc_factor *factor, const nlc_value *low, const nlc_value *high, const char *levels)
{
    factor->low = low->number;
    factor->high = high->number;
    factor->num_steps = STANDARD_STEPS;
    if (factor->kind == NLC_FACTOR_KIND_INTEGER && factor->high >= factor->low && factor->high - factor->low + 1 < STANDARD_STEPS)
        factor->num_steps = (uint32_t)(factor->high - factor->low) + 1;
    const unsigned long steps = levels[0] ? strtoul(levels, NULL, 10) : factor->num_steps;
    if (low->bad || high->bad)
        return;
    if (!nlc_factor_is_number(factor))
        nlc_problems_add(self->problems, factor->where, "low and high are for the kinds real and integer; list the levels instead");
    else if (!low->given || !high->given)
        nlc_problems_add(self->problems, factor->where, "%s is missing beside %s", low->given ? "high" : "low",
                         low->given ? "low" : "high");
    else if (!(low->number < high->number))
        nlc_problems_add(self->problems, factor->where, "low is not below high");
    else if (levels[0] && (!is_count(levels) || steps < 2 || steps > MOST_LEVELS))
        nlc_problems_add(self->problems, factor->where,
                         "levels is '%s', expected the number of steps between low and high, from 2 to %d; or remove low and high "
                         "and list the values with | between them",
                         levels, MOST_LEVELS);
    else if (factor->is_log && low->number <= 0.0)
        nlc_problems_add(self->problems, factor->where, "low is not above 0, which has no logarithm");
    else if (factor->kind == NLC_FACTOR_KIND_INTEGER && (floor(low->number) != low->number || floor(high->number) != high->number))
        nlc_problems_add(self->problems, factor->where, "low and high of an integer are whole numbers");
    else
        factor->num_steps = (uint32_t)steps;
}

static bool read_numbers(const char *text, uint32_t num, double *first, double *second)
{
    float a, b = 0.0F;
    const size_t length = strcspn(text, ":");
    const char *rest = text[length] ? text + length + 1 : NULL;
    if ((rest != NULL) != (num == 2) || !nlc_number_read(text, length, &a) || !isfinite(a))
        return false;
    if (rest && (!nlc_number_read(rest, strlen(rest), &b) || !isfinite(b)))
        return false;
    *first = (double)a;
    *second = (double)b;
    return true;
}

static bool is_sound(const nlc_factor *factor)
{
    switch (factor->distribution) {
    case NLC_DISTRIBUTION_TRIANGULAR:
        return factor->first >= factor->low && factor->first <= factor->high;
    case NLC_DISTRIBUTION_NORMAL:
        return factor->second > 0.0;
    case NLC_DISTRIBUTION_BETA:
        return factor->first > 0.0 && factor->second > 0.0;
    default:
        return true;
    }
}

static void read_distribution(reading_type *self, nlc_factor *factor, const char *text)
{
    static const struct {
        const char *name;
        uint32_t num;
    } form[] = {{"uniform", 0}, {"loguniform", 0}, {"triangular", 1}, {"normal", 2}, {"beta", 2}};
    if (text[0] == '\0')
        return;
    const size_t length = strcspn(text, ":");
    for (uint32_t k = 0; k < sizeof form / sizeof *form; k++) {
        if (strlen(form[k].name) != length || memcmp(text, form[k].name, length) != 0)
            continue;
        factor->distribution = (nlc_distribution)k;
        const bool is_read =
            form[k].num == 0 ? text[length] == '\0'
                             : text[length] == ':' && read_numbers(text + length + 1, form[k].num, &factor->first, &factor->second);
        if (factor->num_levels > 0)
            nlc_problems_add(self->problems, factor->where, "levels are equally likely; a distribution needs low and high");
        else if (is_read && is_sound(factor) && (k != NLC_DISTRIBUTION_LOGUNIFORM || factor->low > 0.0))
            return;
        else
            break;
        return;
    }
    nlc_problems_add(self->problems, factor->where,
                     "distribution is '%s', expected uniform, loguniform (low above 0), triangular:MODE (between low and high), "
                     "normal:MEAN:SD or beta:A:B (SD, A and B above 0)",
                     text);
}

static nlc_error read_levels(reading_type *self, nlc_factor *factor, const nlc_record *record)
{
    const nlc_value *low = nlc_record_get(record, NLC_FACTOR_LOW), *high = nlc_record_get(record, NLC_FACTOR_HIGH);
    const char *levels = nlc_record_text(record, NLC_FACTOR_LEVELS);
    if (low->given || high->given) {
        read_range(self, factor, low, high, levels);
        return NLC_OK;
    }
    if (levels[0] != '\0')
        return split_levels(self, factor, levels);
    if (factor->kind == NLC_FACTOR_KIND_SWITCH)
        return split_levels(self, factor, "0|1");
    /* What nobody knows may be anything that its table allows, unless the study says better. */
    const bool is_open = factor->role == NLC_ROLE_UNCERTAINTY && nlc_factor_is_number(factor);
    if (self->study->design != NLC_DESIGN_LIST && !is_open)
        nlc_problems_add(self->problems, factor->where, "has neither low and high nor levels, so nobody knows how far it varies");
    return NLC_OK;
}

static void note_variant_factor(reading_type *self, uint32_t k)
{
    nlc_study *study = self->study;
    const nlc_factor *factor = &study->factor[k];
    if (nlc_factor_is_setting(factor))
        return;
    uint32_t *slot = factor->kind == NLC_FACTOR_KIND_SCENARIO ? &study->scenario_factor : &study->model_factor;
    if (*slot != NLC_NONE)
        nlc_problems_add(self->problems, factor->where, "'%s' is of that kind already; one factor can name them",
                         study->factor[*slot].name);
    else
        *slot = k;
}

/* Names become columns of tables and of a database, where case does not tell them apart. */
static void check_name(reading_type *self, const char *name, nlc_where where)
{
    static const char *const taken[] = {"point", "block",   "run",     "runs",     "replicate", "seed",
                                        "input", "variant", "problem", "settings", "precision", "month"};
    const nlc_study *study = self->study;
    for (uint32_t k = 0; k < study->num_factors; k++)
        if (name[0] != '\0' && strcasecmp(study->factor[k].name, name) == 0)
            nlc_problems_add(self->problems, where, "the factor '%s' stands twice, first in line %lu", name,
                             (unsigned long)study->factor[k].where.line);
    for (size_t k = 0; k < sizeof taken / sizeof *taken; k++)
        if (strcasecmp(taken[k], name) == 0)
            nlc_problems_add(self->problems, where, "'%s' is a column of the results already; give the factor another name", name);
}

static nlc_error on_factor(void *context, const nlc_record *record)
{
    reading_type *self = context;
    nlc_study *study = self->study;
    nlc_factor *grown = nlc_grown(study->factor, &study->factor_capacity, (size_t)study->num_factors + 1, sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    study->factor = grown;
    nlc_factor *factor = &grown[study->num_factors];
    *factor = (nlc_factor){.where = record->where};
    const char *name = nlc_record_text(record, NLC_FACTOR_NAME);
    const nlc_value *role = nlc_record_get(record, NLC_FACTOR_ROLE), *kind = nlc_record_get(record, NLC_FACTOR_KIND);
    check_name(self, name, record->where);
    factor->name = kept(self, name, strlen(name));
    if (!factor->name)
        return NLC_ERROR_MEMORY;
    if (role->choice == NLC_NONE || kind->choice == NLC_NONE || name[0] == '\0')
        return NLC_OK;
    factor->role = (nlc_role)role->choice;
    factor->kind = (nlc_factor_kind)kind->choice;
    factor->is_log = nlc_record_get(record, NLC_FACTOR_SCALE)->choice == 1;
    study->num_factors++;
    const nlc_error error = read_levels(self, factor, record);
    if (error)
        return error;
    read_distribution(self, factor, nlc_record_text(record, NLC_FACTOR_DISTRIBUTION));
    note_variant_factor(self, study->num_factors - 1);
    return NLC_OK;
}

nlc_error nlc_factors_read(nlc_study *self, const char *path, nlc_where where, nlc_problems *problems)
{
    reading_type reading = {self, problems, where};
    const nlc_error error =
        nlc_table_read(NLC_TABLE_FACTORS, self->variant[0].scenario.model, path, where, problems, on_factor, &reading);
    if (!error && self->num_factors == 0 && problems->num_problems == 0)
        nlc_problems_add(problems, where, "names no factor, so there is nothing to vary");
    return error ? error : nlc_problems_error(problems);
}

/* ---- Against the scenarios --------------------------------------------------------------------- */

bool nlc_setting_bounds(const nlc_variant *variant, const nlc_setting *setting, double *low, double *high)
{
    const nlc_model *model = variant->scenario.model;
    switch (setting->kind) {
    case NLC_SETTING_PARAMETER:
        *low = (double)model->parameters[setting->index].low;
        *high = (double)model->parameters[setting->index].high;
        return true;
    case NLC_SETTING_LEVER:
        *low = (double)model->levers[setting->index].low;
        *high = (double)model->levers[setting->index].high;
        return true;
    case NLC_SETTING_DIAL:
        *low = 0.0;
        *high = INFINITY;
        return true;
    case NLC_SETTING_SCENARIO:
        break;
    }
    return false;
}

static bool may_be_unlimited(const nlc_variant *variant, const nlc_setting *setting)
{
    return setting->kind == NLC_SETTING_LEVER && variant->scenario.model->levers[setting->index].may_be_unlimited;
}

static nlc_error bind_key_levels(nlc_factor *factor, const nlc_setting *setting, nlc_problems *problems)
{
    const nlc_column *column = nlc_key_column((nlc_key)setting->index);
    factor->value = calloc((size_t)factor->num_levels + 1, sizeof *factor->value);
    if (!factor->value)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < factor->num_levels; k++)
        factor->value[k] = nlc_value_read(column, factor->level[k], false, factor->where, problems);
    const bool is_whole = column->type == NLC_COLUMN_WHOLE;
    if (factor->num_levels == 0 && factor->high > factor->low && (!is_whole || factor->kind != NLC_FACTOR_KIND_INTEGER))
        nlc_problems_add(problems, factor->where,
                         is_whole ? "'%s' is a whole number: give it the kind integer" : "'%s' takes no number: list its levels",
                         factor->name);
    else if (factor->num_levels == 0 && (factor->low < column->low || factor->high > column->high))
        nlc_problems_add(problems, factor->where, "low and high of '%s' lie outside what it may be, %.7g to %.7g", factor->name,
                         column->low, column->high);
    return NLC_OK;
}

/* Without a range of its own; a table without an upper bound gives none. */
static bool takes_bounds(const nlc_factor *factor, double high)
{
    return factor->role == NLC_ROLE_UNCERTAINTY && nlc_factor_is_number(factor) && isfinite(high);
}

static nlc_error bind_number_levels(nlc_factor *factor, const nlc_variant *variant, const nlc_setting *setting,
                                    nlc_problems *problems)
{
    double low = 0.0, high = 0.0;
    float number;
    factor->number = factor->number ? factor->number : calloc((size_t)factor->num_levels + 1, sizeof *factor->number);
    if (!factor->number)
        return NLC_ERROR_MEMORY;
    nlc_setting_bounds(variant, setting, &low, &high);
    if (factor->num_levels == 0 && !(factor->high > factor->low) && takes_bounds(factor, high)) {
        factor->low = low;
        factor->high = high;
        factor->num_steps = STANDARD_STEPS;
    }
    for (uint32_t k = 0; k < factor->num_levels; k++) {
        const char *text = factor->level[k];
        const bool is_number = nlc_number_read(text, strlen(text), &number) && text[0] != '\0';
        const bool is_inside =
            is_number && (double)number >= low && ((double)number <= high || (isinf(number) && may_be_unlimited(variant, setting)));
        if (!is_inside)
            nlc_problems_add(problems, factor->where, "the level '%s' of '%s' is not a number from %.7g to %.7g%s", text,
                             factor->name, low, high, may_be_unlimited(variant, setting) ? ", or unlimited" : "");
        factor->number[k] = is_number ? (double)number : 0.0;
    }
    if (factor->num_levels == 0 && factor->high > factor->low && (factor->low < low || factor->high > high))
        nlc_problems_add(problems, factor->where, "low and high of '%s' lie outside its bounds, %.7g to %.7g", factor->name, low,
                         high);
    return NLC_OK;
}

static nlc_error bind_factor(nlc_study *self, nlc_variant *variant, uint32_t k, nlc_problems *problems)
{
    nlc_factor *factor = &self->factor[k];
    nlc_setting *setting = &variant->setting[k];
    const nlc_error error = nlc_address_read(setting, &variant->scenario, factor->name, factor->where, problems);
    if (error)
        return error == NLC_ERROR_INPUT ? NLC_OK : error;
    setting->where.order = NLC_ORDER_OF_SETTINGS + k;
    self->waves_vary = self->waves_vary || (setting->kind == NLC_SETTING_SCENARIO && setting->index == NLC_KEY_WAVES);
    if (setting->kind != NLC_SETTING_SCENARIO)
        return bind_number_levels(factor, variant, setting, problems);
    if (setting->index == NLC_KEY_SEED || setting->index == NLC_KEY_REPLICATES || setting->index == NLC_KEY_TITLE ||
        setting->index == NLC_KEY_NAMES)
        nlc_problems_add(problems, factor->where, "'%s' cannot be a factor: %s", factor->name,
                         setting->index == NLC_KEY_TITLE || setting->index == NLC_KEY_NAMES ? "it changes no outcome"
                                                                                            : "it is a key of study.csv");
    return factor->value ? NLC_OK : bind_key_levels(factor, setting, problems);
}

nlc_error nlc_variant_bind(nlc_study *self, nlc_variant *variant, nlc_problems *problems)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < self->num_factors && !error; k++)
        if (nlc_factor_is_setting(&self->factor[k]))
            error = bind_factor(self, variant, k, problems);
    return error ? error : nlc_problems_error(problems);
}
