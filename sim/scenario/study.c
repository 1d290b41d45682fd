/* Reads study folders: study.csv, the variants, and what the tables mean together. */
#include "study.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A file of the study is reported before those of the scenarios that it names. */
enum { ORDER_STUDY = 1, ORDER_FACTORS = 2, ORDER_LISTED = 3 };

/* Trajectories to choose from where the study does not say: for each that is run, and at most. */
enum { CANDIDATES_OF_ONE = 10, USUAL_CANDIDATES = 500 };

/* Of one point, as for the key `replicates`. */
enum { MOST_RUNS = 1000000 };

typedef struct {
    nlc_study *study;
    nlc_problems *problems;
    uint32_t line[NLC_NUM_STUDY_KEYS];
    nlc_value value[NLC_NUM_STUDY_KEYS];
    nlc_where where[NLC_NUM_STUDY_KEYS], file;
} reading_type;

/* ---- Keys -------------------------------------------------------------------------------------- */

static const char *key_name(const void *context, uint32_t i)
{
    (void)context;
    return nlc_study_key_column((nlc_study_key)i)->name;
}

static nlc_error keep_key(reading_type *self, nlc_study_key key, const nlc_record *record)
{
    const char *text = nlc_record_get(record, NLC_STUDY_VALUE)->text;
    text = nlc_arena_text(&self->study->arena, text, strlen(text));
    if (!text)
        return NLC_ERROR_MEMORY;
    self->where[key] = record->where;
    if (text[0] != '\0')
        self->value[key] = nlc_value_read(nlc_study_key_column(key), text, record->decimal_comma, record->where, self->problems);
    return NLC_OK;
}

static nlc_error on_key(void *context, const nlc_record *record)
{
    reading_type *self = context;
    char hint[NLC_HINT_LENGTH];
    const nlc_value *name = nlc_record_get(record, NLC_STUDY_NAME);
    if (name->bad || nlc_record_get(record, NLC_STUDY_VALUE)->bad)
        return NLC_OK;
    const nlc_study_key key = nlc_study_key_find(name->text);
    if (key == NLC_NUM_STUDY_KEYS) {
        nlc_problems_add(self->problems, record->where, "'%s' is not a key of study.csv%s", name->text,
                         nlc_hint(hint, nlc_nearest(name->text, key_name, NULL, NLC_NUM_STUDY_KEYS)));
        return NLC_OK;
    }
    if (self->line[key] > 0) {
        nlc_problems_add(self->problems, record->where, "the key '%s' stands twice, first in line %lu", name->text,
                         (unsigned long)self->line[key]);
        return NLC_OK;
    }
    self->line[key] = record->where.line;
    return keep_key(self, key, record);
}

static bool is_given(const reading_type *self, nlc_study_key key)
{
    return self->value[key].given && !self->value[key].bad;
}

static nlc_error read_outcomes(reading_type *self)
{
    nlc_study *study = self->study;
    const char *at = is_given(self, NLC_STUDY_KEY_OUTCOMES) ? self->value[NLC_STUDY_KEY_OUTCOMES].text : NULL;
    size_t most = 1;
    study->outcome_where = self->where[NLC_STUDY_KEY_OUTCOMES];
    for (const char *bar = at; bar; bar = strchr(bar + 1, '|'))
        most++;
    study->outcome = malloc(most * sizeof *study->outcome);
    if (!study->outcome)
        return NLC_ERROR_MEMORY;
    while (at) {
        const size_t length = strcspn(at, "|");
        study->outcome[study->num_outcomes] = nlc_arena_text(&study->arena, at, length);
        if (!study->outcome[study->num_outcomes++])
            return NLC_ERROR_MEMORY;
        at = at[length] ? at + length + 1 : NULL;
    }
    return NLC_OK;
}

static void check_design(reading_type *self)
{
    const nlc_study *study = self->study;
    const bool counts =
        study->design != NLC_DESIGN_FACTORIAL && study->design != NLC_DESIGN_ONE_AT_A_TIME && study->design != NLC_DESIGN_LIST;
    const nlc_value *points = &self->value[NLC_STUDY_KEY_POINTS];
    if (self->line[NLC_STUDY_KEY_DESIGN] == 0)
        nlc_problems_add(self->problems, self->file, "the key 'design' is missing: how design points are chosen");
    else if (is_given(self, NLC_STUDY_KEY_DESIGN) && counts && !points->given && !points->bad &&
             !self->value[NLC_STUDY_KEY_SAMPLE].given)
        nlc_problems_add(self->problems, self->where[NLC_STUDY_KEY_DESIGN], "the design '%s' needs the key 'points': %s",
                         self->value[NLC_STUDY_KEY_DESIGN].text, nlc_study_key_column(NLC_STUDY_KEY_POINTS)->meaning);
    else if (is_given(self, NLC_STUDY_KEY_DESIGN) && !counts && points->given)
        nlc_problems_add(self->problems, self->where[NLC_STUDY_KEY_POINTS],
                         "the number of points of a %s design follows from its %s; remove the key 'points'",
                         self->value[NLC_STUDY_KEY_DESIGN].text, study->design == NLC_DESIGN_LIST ? "points.csv" : "factors");
}

static void check_candidates(reading_type *self)
{
    const nlc_study *study = self->study;
    const nlc_value *candidates = &self->value[NLC_STUDY_KEY_CANDIDATES];
    if (!is_given(self, NLC_STUDY_KEY_CANDIDATES) || !is_given(self, NLC_STUDY_KEY_DESIGN))
        return;
    if (study->design != NLC_DESIGN_MORRIS)
        nlc_problems_add(self->problems, self->where[NLC_STUDY_KEY_CANDIDATES],
                         "only the design morris chooses among candidates; remove the key 'candidates'");
    else if (candidates->whole > 0 && candidates->whole < study->points)
        nlc_problems_add(self->problems, self->where[NLC_STUDY_KEY_CANDIDATES],
                         "%llu candidates are fewer than the %llu trajectories of the key 'points'; 0 is no choice",
                         (unsigned long long)candidates->whole, (unsigned long long)study->points);
}

/* As many as are run are no choice. */
static uint64_t num_candidates(const reading_type *self)
{
    const nlc_study *study = self->study;
    uint64_t num = study->points < USUAL_CANDIDATES ? CANDIDATES_OF_ONE * study->points : 0;
    num = num < USUAL_CANDIDATES ? num : USUAL_CANDIDATES;
    if (is_given(self, NLC_STUDY_KEY_CANDIDATES))
        num = self->value[NLC_STUDY_KEY_CANDIDATES].whole;
    return study->design == NLC_DESIGN_MORRIS && num > study->points ? num : 0;
}

static void check_sample(reading_type *self)
{
    if (is_given(self, NLC_STUDY_KEY_SAMPLE) && is_given(self, NLC_STUDY_KEY_DESIGN) && self->study->design != NLC_DESIGN_CROSSED)
        nlc_problems_add(self->problems, self->where[NLC_STUDY_KEY_SAMPLE],
                         "only the design crossed takes a sample of the uncertainties; remove the key 'sample'");
}

static nlc_error read_keys(reading_type *self, const char *path)
{
    nlc_study *study = self->study;
    const nlc_error error =
        nlc_table_read(NLC_TABLE_STUDY, study->variant[0].scenario.model, path, self->file, self->problems, on_key, self);
    if (error)
        return error;
    study->title = is_given(self, NLC_STUDY_KEY_TITLE) ? self->value[NLC_STUDY_KEY_TITLE].text : "";
    study->points = is_given(self, NLC_STUDY_KEY_POINTS) ? self->value[NLC_STUDY_KEY_POINTS].whole : 0;
    if (is_given(self, NLC_STUDY_KEY_DESIGN))
        study->design = (nlc_design_kind)self->value[NLC_STUDY_KEY_DESIGN].choice;
    check_design(self);
    check_candidates(self);
    check_sample(self);
    study->candidates = num_candidates(self);
    return read_outcomes(self);
}

/* ---- Variants ---------------------------------------------------------------------------------- */

static const char *joined(nlc_arena *arena, const char *folder, const char *name)
{
    nlc_text text = {0};
    const char *path = NULL;
    if (!nlc_text_print(&text, name[0] == '/' ? "%.0s%s" : "%s/%s", folder, name))
        path = nlc_arena_text(arena, text.data, text.length);
    nlc_text_free(&text);
    return path;
}

static nlc_error load_variant(reading_type *self, nlc_variant *variant, const char *label, const char *model)
{
    nlc_study *study = self->study;
    variant->label = label;
    variant->model = model;
    variant->path = joined(&study->arena, study->path, label);
    variant->setting = calloc((size_t)study->num_factors + 1, sizeof *variant->setting);
    if (!variant->path || !variant->setting)
        return NLC_ERROR_MEMORY;
    const nlc_where where = study->scenario_factor == NLC_NONE ? self->where[NLC_STUDY_KEY_SCENARIO]
                                                               : study->factor[study->scenario_factor].where;
    const nlc_error error =
        nlc_scenario_load_as(&variant->scenario, variant->path, nlc_models(), &(nlc_naming){where, model}, self->problems);
    return error ? error : nlc_variant_bind(study, variant, self->problems);
}

static uint32_t num_levels_of(const nlc_study *self, uint32_t factor)
{
    return factor == NLC_NONE ? 1 : self->factor[factor].num_levels;
}

static bool check_scenario(reading_type *self)
{
    const nlc_study *study = self->study;
    const bool is_named = self->value[NLC_STUDY_KEY_SCENARIO].given;
    if (!is_named && study->scenario_factor == NLC_NONE)
        nlc_problems_add(self->problems, self->file,
                         "the key 'scenario' is missing: %s; or let a factor of the kind scenario name folders",
                         nlc_study_key_column(NLC_STUDY_KEY_SCENARIO)->meaning);
    else if (is_named && study->scenario_factor != NLC_NONE)
        nlc_problems_add(self->problems, self->where[NLC_STUDY_KEY_SCENARIO],
                         "the levels of the factor '%s' name the scenarios; remove the key 'scenario'",
                         study->factor[study->scenario_factor].name);
    return is_named != (study->scenario_factor != NLC_NONE);
}

static nlc_error load_variants(reading_type *self)
{
    nlc_study *study = self->study;
    const uint32_t num_models = num_levels_of(study, study->model_factor);
    const uint32_t num = num_levels_of(study, study->scenario_factor) * num_models;
    if (!check_scenario(self))
        return NLC_ERROR_INPUT;
    free(study->variant);
    study->variant = calloc(num, sizeof *study->variant);
    if (!study->variant)
        return NLC_ERROR_MEMORY;
    nlc_error error = NLC_OK;
    for (uint32_t v = 0; v < num && (!error || error == NLC_ERROR_INPUT); v++) {
        const char *label = study->scenario_factor == NLC_NONE ? self->value[NLC_STUDY_KEY_SCENARIO].text
                                                               : study->factor[study->scenario_factor].level[v / num_models];
        const char *model = study->model_factor == NLC_NONE ? NULL : study->factor[study->model_factor].level[v % num_models];
        const nlc_error loaded = load_variant(self, &study->variant[study->num_variants++], label, model);
        error = loaded ? loaded : error;
    }
    return error;
}

uint32_t nlc_study_variant(const nlc_study *self, const double *values)
{
    const uint32_t scenario = self->scenario_factor == NLC_NONE ? 0 : (uint32_t)values[self->scenario_factor];
    const uint32_t model = self->model_factor == NLC_NONE ? 0 : (uint32_t)values[self->model_factor];
    return scenario * num_levels_of(self, self->model_factor) + model;
}

/* ---- The whole --------------------------------------------------------------------------------- */

static uint64_t whole_or(const reading_type *self, nlc_study_key key, nlc_key otherwise)
{
    const nlc_scenario *scenario = &self->study->variant[0].scenario;
    nlc_problems none = {0};
    if (is_given(self, key))
        return self->value[key].whole;
    if (scenario->key[otherwise].folder != NLC_NONE)
        return scenario->key[otherwise].value.whole;
    const nlc_column *column = nlc_key_column(otherwise);
    return nlc_value_read(column, column->empty, false, (nlc_where){"", 0, 0}, &none).whole;
}

/* One of the parts between colons, a number within bounds; `otherwise` where there is none. */
static bool read_part(const char **at, double low, double high, double otherwise, double *number)
{
    char *end = NULL;
    *number = otherwise;
    if (**at == '\0')
        return true;
    *number = strtod(*at + 1, &end);
    const bool is_number = end != *at + 1 && *number >= low && *number <= high && (*end == '\0' || *end == ':');
    *at = end;
    return is_number;
}

/* OUTCOME:WIDTH[%][:MOST[:CONFIDENCE]], as `nlcsim compare` takes them apart. */
static bool parse_stop(nlc_study_stop *self, const char *text, uint32_t fewest)
{
    char *end = NULL;
    const char *at = strchr(text, ':');
    double most, confidence;
    if (!at || at == text)
        return false;
    self->width = strtod(at + 1, &end);
    self->is_relative = *end == '%';
    if (end == at + 1 || !(self->width > 0 && self->width < 1e30) ||
        (end[self->is_relative] != '\0' && end[self->is_relative] != ':'))
        return false;
    self->width /= self->is_relative ? 100 : 1;
    at = end + self->is_relative;
    const double usual = 100.0 * fewest < 10000 ? 10000 : 100.0 * fewest;
    if (!read_part(&at, fewest, MOST_RUNS, usual < MOST_RUNS ? usual : MOST_RUNS, &most) ||
        !read_part(&at, 50, 99, 95, &confidence))
        return false;
    self->most = (uint32_t)most;
    self->confidence = confidence / 100;
    return *at == '\0' && most == self->most;
}

static nlc_error read_stop(reading_type *self)
{
    nlc_study *study = self->study;
    if (!is_given(self, NLC_STUDY_KEY_STOP))
        return NLC_OK;
    study->replicates = study->replicates < 2 ? 2 : study->replicates;
    study->stop.text = self->value[NLC_STUDY_KEY_STOP].text;
    study->stop.where = self->where[NLC_STUDY_KEY_STOP];
    study->stop.outcome = nlc_arena_text(&study->arena, study->stop.text, strcspn(study->stop.text, ":"));
    if (!study->stop.outcome)
        return NLC_ERROR_MEMORY;
    if (!parse_stop(&study->stop, study->stop.text, study->replicates))
        nlc_problems_add(self->problems, self->where[NLC_STUDY_KEY_STOP],
                         "stop is '%s', expected OUTCOME:WIDTH[:MOST[:CONFIDENCE]] such as functioning_end:0.02:%lu:95 or "
                         "cost_end:5%%: the width above 0, MOST from the replicates (%lu) to %lu, CONFIDENCE from 50 to 99",
                         study->stop.text, 100UL * study->replicates, (unsigned long)study->replicates, (unsigned long)MOST_RUNS);
    return NLC_OK;
}

uint32_t nlc_study_most(const nlc_study *self)
{
    return self->stop.text ? self->stop.most : self->replicates;
}

/* The first rows of a sample, as many as `points` says, or all. */
static void take_sample(reading_type *self)
{
    nlc_study *study = self->study;
    if (study->points > study->num_listed)
        nlc_problems_add(self->problems, self->where[NLC_STUDY_KEY_POINTS], "points is %llu, and the sample has %lu rows",
                         (unsigned long long)study->points, (unsigned long)study->num_listed);
    study->points = study->points > 0 ? study->points : study->num_listed;
}

static nlc_error read_table(reading_type *self, const char *name, uint32_t order,
                            nlc_error (*read)(nlc_study *, const char *, nlc_where, nlc_problems *))
{
    const char *path = joined(&self->study->arena, self->study->path, name);
    if (!path)
        return NLC_ERROR_MEMORY;
    return read(self->study, path, (nlc_where){path, 0, order}, self->problems);
}

/* What is wrong in one file does not keep the others from being read, so that all of it comes out. */
static nlc_error read_folder(reading_type *self)
{
    nlc_study *study = self->study;
    nlc_error error = read_keys(self, self->file.file);
    if (error && error != NLC_ERROR_INPUT)
        return error;
    error = read_table(self, nlc_table_file(NLC_TABLE_FACTORS), ORDER_FACTORS, nlc_factors_read);
    if (!error)
        error = load_variants(self);
    if (!error && study->design == NLC_DESIGN_LIST)
        error = read_table(self, "points.csv", ORDER_LISTED, nlc_listed_read);
    if (!error && study->design == NLC_DESIGN_CROSSED && is_given(self, NLC_STUDY_KEY_SAMPLE)) {
        error = read_table(self, self->value[NLC_STUDY_KEY_SAMPLE].text, ORDER_LISTED, nlc_listed_read);
        if (!error)
            take_sample(self);
    }
    if (error && error != NLC_ERROR_INPUT)
        return error;
    if (!error) {
        study->replicates = (uint32_t)whole_or(self, NLC_STUDY_KEY_REPLICATES, NLC_KEY_REPLICATES);
        study->seed = whole_or(self, NLC_STUDY_KEY_SEED, NLC_KEY_SEED);
        if (read_stop(self))
            return NLC_ERROR_MEMORY;
    }
    return nlc_problems_error(self->problems);
}

nlc_error nlc_study_load(nlc_study *self, const char *path, const nlc_model *const *models, nlc_problems *problems)
{
    *self = (nlc_study){.title = "", .scenario_factor = NLC_NONE, .model_factor = NLC_NONE};
    self->path = nlc_arena_text(&self->arena, path, strlen(path));
    self->label = self->path;
    self->variant = calloc(1, sizeof *self->variant);
    if (!self->path || !self->variant)
        return NLC_ERROR_MEMORY;
    self->variant[0].scenario.model = models[0];
    reading_type reading = {.study = self, .problems = problems};
    reading.file = (nlc_where){joined(&self->arena, path, nlc_table_file(NLC_TABLE_STUDY)), 0, ORDER_STUDY};
    struct stat status;
    if (!reading.file.file)
        return NLC_ERROR_MEMORY;
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
        nlc_problems_add(problems, (nlc_where){self->path, 0, 0}, "is not a folder; a study is the folder that holds study.csv");
        return NLC_ERROR_INPUT;
    }
    if (stat(reading.file.file, &status) != 0) {
        nlc_problems_add(problems, reading.file, "cannot be read: %s; a study folder needs it", strerror(errno));
        return NLC_ERROR_INPUT;
    }
    return read_folder(&reading);
}

void nlc_study_free(nlc_study *self)
{
    for (uint32_t v = 0; v < self->num_variants; v++) {
        nlc_scenario_free(&self->variant[v].scenario);
        free(self->variant[v].setting);
    }
    for (uint32_t k = 0; k < self->num_factors; k++) {
        free(self->factor[k].level);
        free(self->factor[k].number);
        free(self->factor[k].value);
    }
    free(self->variant);
    free(self->factor);
    free(self->outcome);
    free(self->listed);
    nlc_arena_free(&self->arena);
    *self = (nlc_study){0};
}

/* ---- Settings of a design point ---------------------------------------------------------------- */

bool nlc_factor_is_setting(const nlc_factor *self)
{
    return self->kind != NLC_FACTOR_KIND_SCENARIO && self->kind != NLC_FACTOR_KIND_MODEL;
}

const char *nlc_factor_text(const nlc_factor *self, double value, char text[NLC_NUMBER_LENGTH + 1])
{
    if (value != value)
        return "";
    if (self->num_levels > 0)
        return self->level[(uint32_t)value];
    text[nlc_number_write((float)value, text)] = '\0';
    return text;
}

static void give_value(const nlc_factor *factor, double value, nlc_setting *setting, nlc_study_text *text)
{
    setting->change = NLC_CHANGE_SET;
    if (setting->kind != NLC_SETTING_SCENARIO) {
        setting->number = (float)(factor->num_levels > 0 ? factor->number[(uint32_t)value] : value);
    } else if (factor->num_levels > 0) {
        setting->value = factor->value[(uint32_t)value];
    } else {
        nlc_problems none = {0};
        nlc_factor_text(factor, value, text->text);
        setting->value = nlc_value_read(nlc_key_column((nlc_key)setting->index), text->text, false, setting->where, &none);
        nlc_problems_free(&none);
    }
}

nlc_settings nlc_study_settings(const nlc_study *self, const double *values, nlc_setting *setting, nlc_study_text *text)
{
    const nlc_variant *variant = &self->variant[nlc_study_variant(self, values)];
    nlc_settings settings = {setting, 0};
    for (uint32_t k = 0; k < self->num_factors; k++) {
        if (values[k] != values[k] || !nlc_factor_is_setting(&self->factor[k]))
            continue;
        setting[settings.num] = variant->setting[k];
        give_value(&self->factor[k], values[k], &setting[settings.num++], &text[k]);
    }
    setting[settings.num++] = (nlc_setting){.kind = NLC_SETTING_SCENARIO,
                                            .index = NLC_KEY_SEED,
                                            .change = NLC_CHANGE_SET,
                                            .value = {.text = "", .whole = self->seed, .given = true},
                                            .where = {"study.csv", 0, NLC_ORDER_OF_SETTINGS + self->num_factors}};
    return settings;
}
