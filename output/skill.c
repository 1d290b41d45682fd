#include "skill.h"

#include <math.h>
#include <stdlib.h>

#include "ensemble.h"
#include "package.h"
#include "sample.h"
#include "sources.h"

/* All series count where the group is NLC_NONE. */
static bool is_in(const nlc_skills *what, uint32_t series, uint32_t group)
{
    return group == NLC_NONE || what->series[series].group == group;
}

static const nlc_forecast_score *score_of(const nlc_skills *what, uint32_t series, uint32_t method)
{
    return &what->scores[(size_t)series * NLC_NUM_FORECASTS + method];
}

/* The means of a method over a group, and its difference in CRPS and log score from the constant hazard. */
typedef struct {
    uint32_t num;
    double crps, log_score, coverage;
    nlc_skill crps_skill, log_skill;
    double crps_error, log_error; /* Monte Carlo standard errors; 0 for a method without draws */
} means;

static const char *method_name(const nlc_skills *what, uint32_t method)
{
    return method == NLC_FORECAST_MODEL ? what->model : nlc_forecast_name((nlc_forecast_method)method);
}

/* Series share their draws, so that the error of a mean is that of the mean without each group of draws. */
static void errors_find(means *self, const nlc_skills *what, uint32_t group, uint32_t method)
{
    double crps[NLC_FORECAST_GROUPS] = {0}, logs[NLC_FORECAST_GROUPS] = {0};
    for (uint32_t k = 0; k < what->num_series; k++) {
        for (uint32_t g = 0; is_in(what, k, group) && g < NLC_FORECAST_GROUPS; g++) {
            crps[g] += score_of(what, k, method)->crps_without[g] / self->num;
            logs[g] += score_of(what, k, method)->log_without[g] / self->num;
        }
    }
    self->crps_error = nlc_jackknife(crps, NLC_FORECAST_GROUPS);
    self->log_error = nlc_jackknife(logs, NLC_FORECAST_GROUPS);
}

static nlc_error means_find(means *self, const nlc_skills *what, uint32_t group, uint32_t method)
{
    double *values = malloc((4 * (size_t)what->num_series + 1) * sizeof *values);
    double *crps = values, *others = values + what->num_series, *logs = others + what->num_series,
           *other_logs = logs + what->num_series;
    *self = (means){0};
    if (values == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t k = 0; k < what->num_series; k++) {
        if (is_in(what, k, group)) {
            crps[self->num] = score_of(what, k, method)->crps;
            others[self->num] = score_of(what, k, NLC_FORECAST_HAZARD)->crps;
            logs[self->num] = score_of(what, k, method)->log_score;
            other_logs[self->num] = score_of(what, k, NLC_FORECAST_HAZARD)->log_score;
            self->coverage += score_of(what, k, method)->coverage;
            self->crps += crps[self->num];
            self->log_score += logs[self->num++];
        }
    }
    self->crps /= self->num;
    self->log_score /= self->num;
    self->coverage /= self->num;
    self->crps_skill = nlc_skill_of(crps, others, self->num);
    self->log_skill = nlc_skill_of(logs, other_logs, self->num);
    errors_find(self, what, group, method);
    free(values);
    return NLC_OK;
}

static const char *group_name(const nlc_skills *what, uint32_t group)
{
    return group == NLC_NONE ? "all" : what->groups[group];
}

/* ---- Tables ---- */

static const nlc_result_column score_columns[] = {
    {"group", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_KEY, "", "what the series belongs to"},
    {"series", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_KEY, "", "which policy, and where"},
    {"method", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_KEY, "", "what foretold it"},
    {"places", NLC_RESULT_TYPE_WHOLE, NLC_RESULT_ROLE_FULL, "places", "places that could adopt"},
    {"train_periods", NLC_RESULT_TYPE_WHOLE, NLC_RESULT_ROLE_FULL, "periods", "periods that were known"},
    {"test_periods", NLC_RESULT_TYPE_WHOLE, NLC_RESULT_ROLE_FULL, "periods", "later periods, which were foretold"},
    {"crps", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "% places",
     "mean continuous ranked probability score over the later periods"},
    {"log_score", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats", "mean log score"},
    {"coverage", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "", "share of the later periods inside the 5 to 95 % interval"},
    {"final_observed", NLC_RESULT_TYPE_WHOLE, NLC_RESULT_ROLE_FULL, "places", "places that had adopted by the last period"},
    {"final_p05", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "places", "5 % quantile of what was foretold of it"},
    {"final_median", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "places", "median of it"},
    {"final_p95", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "places", "95 % quantile of it"},
    {"effective_draws", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "draws",
     "runs that the forecast rests on, weighted by the first part of the series; empty without draws"},
};

static const nlc_result_column skill_columns[] = {
    {"group", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_KEY, "", "the series that are meant; `all`: every one"},
    {"method", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_KEY, "", "what foretold them"},
    {"series", NLC_RESULT_TYPE_WHOLE, NLC_RESULT_ROLE_FULL, "series", "how many they are"},
    {"crps", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "% places", "mean continuous ranked probability score"},
    {"log_score", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats", "mean log score"},
    {"coverage", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "", "share of the later periods inside the 5 to 95 % interval"},
    {"crps_difference", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "% places",
     "less that of the constant hazard; below 0 is better, above 0 is a loss"},
    {"crps_error", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "% places", "its standard error, paired by series"},
    {"log_score_difference", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats", "less that of the constant hazard"},
    {"log_score_error", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats", "its standard error, paired by series"},
    {"crps_mcse", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "% places",
     "Monte Carlo standard error of crps, by the jackknife over five groups of draws"},
    {"log_score_mcse", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats", "Monte Carlo standard error of log_score"},
};

static nlc_error write_scores(const void *results, nlc_csv *csv)
{
    const nlc_skills *what = results;
    for (uint32_t k = 0; k < what->num_series; k++) {
        for (uint32_t method = 0; method < NLC_NUM_FORECASTS; method++) {
            const nlc_series *series = &what->series[k];
            const nlc_forecast_score *score = score_of(what, k, method);
            nlc_csv_text(csv, what->groups[series->group]);
            nlc_csv_text(csv, series->name);
            nlc_csv_text(csv, method_name(what, method));
            nlc_csv_whole(csv, series->num_places);
            nlc_csv_whole(csv, series->num_train);
            nlc_csv_whole(csv, series->num_test);
            nlc_csv_number(csv, score->crps, 4);
            nlc_csv_number(csv, score->log_score, 4);
            nlc_csv_number(csv, score->coverage, 3);
            nlc_csv_whole(csv, series->count[series->num_train + series->num_test - 1]);
            nlc_csv_number(csv, score->final_low, 0);
            nlc_csv_number(csv, score->final_median, 0);
            nlc_csv_number(csv, score->final_high, 0);
            nlc_csv_number(csv, score->effective, 1);
            nlc_csv_end_row(csv);
        }
    }
    return NLC_OK;
}

static nlc_error write_skill_row(const nlc_skills *what, uint32_t group, uint32_t method, nlc_csv *csv)
{
    means mean;
    const nlc_error error = means_find(&mean, what, group, method);
    nlc_csv_text(csv, group_name(what, group));
    nlc_csv_text(csv, method_name(what, method));
    nlc_csv_whole(csv, mean.num);
    nlc_csv_number(csv, mean.crps, 4);
    nlc_csv_number(csv, mean.log_score, 4);
    nlc_csv_number(csv, mean.coverage, 3);
    nlc_csv_number(csv, mean.crps_skill.mean, 4);
    nlc_csv_number(csv, mean.crps_skill.error, 4);
    nlc_csv_number(csv, mean.log_skill.mean, 4);
    nlc_csv_number(csv, mean.log_skill.error, 4);
    nlc_csv_number(csv, mean.crps_error, 4);
    nlc_csv_number(csv, mean.log_error, 4);
    nlc_csv_end_row(csv);
    return error;
}

/* The groups, then all; a single group is all. */
static uint32_t first_group(const nlc_skills *what)
{
    return what->num_groups > 1 ? 0 : NLC_NONE;
}

static uint32_t next_group(const nlc_skills *what, uint32_t group)
{
    return group + 1 < what->num_groups ? group + 1 : NLC_NONE;
}

static nlc_error write_skills(const void *results, nlc_csv *csv)
{
    const nlc_skills *what = results;
    nlc_error error = NLC_OK;
    for (uint32_t group = first_group(what);; group = next_group(what, group)) {
        for (uint32_t method = 0; method < NLC_NUM_FORECASTS && error == NLC_OK; method++) {
            error = write_skill_row(what, group, method, csv);
        }
        if (group == NLC_NONE) {
            return error;
        }
    }
}

const nlc_result_table nlc_skill_tables[NLC_NUM_SKILL_TABLES] = {
    {"scores", "scores.csv",
     "Each method on each series: mean CRPS over the later periods in percent of the places, mean log score in nats, share of "
     "the later periods inside the 5 to 95 % interval, and the last period.",
     score_columns, sizeof score_columns / sizeof *score_columns, NULL},
    {"skill", "skill.csv",
     "Means over series, and the paired difference from the constant hazard with its standard error; below 0 is better than the "
     "constant hazard, above 0 is a loss. mcse: Monte Carlo standard error, by the jackknife over five groups of draws.",
     skill_columns, sizeof skill_columns / sizeof *skill_columns, NULL},
};

static const nlc_package_table tables[NLC_NUM_SKILL_TABLES] = {
    {&nlc_skill_tables[0], write_scores, NULL},
    {&nlc_skill_tables[1], write_skills, NULL},
};

/* ---- The folder ---- */

static void describe(const void *results, nlc_json *json)
{
    const nlc_skills *what = results;
    nlc_json_open(json, "nlcsim", '{');
    nlc_json_text(json, "version", NLC_VERSION);
    nlc_json_text(json, "command", what->command);
    nlc_json_whole(json, "seed", what->seed);
    nlc_json_close(json, '}');
    nlc_sources_write(what->datasets, what->num_datasets, json);
}

nlc_error nlc_skills_write(const nlc_skills *what, const char *path, nlc_text *problems)
{
    const nlc_package package = {
        .name = "nlcsim-forecast",
        .tables = tables,
        .num_known = NLC_NUM_SKILL_TABLES,
        .num_tables = NLC_NUM_SKILL_TABLES,
        .describe = describe,
        .results = what,
    };
    return nlc_package_write(&package, path, problems);
}

/* ---- The table for the terminal ---- */

const char *nlc_skill_verdict(const nlc_skill *skill)
{
    if (!(fabs(skill->mean) > 2 * skill->error)) {
        return "";
    }
    return skill->mean < 0 ? "better" : "loss";
}

static nlc_error summarise_method(const nlc_skills *what, uint32_t group, uint32_t method, nlc_text *text)
{
    means mean;
    nlc_error error = means_find(&mean, what, group, method);
    if (error == NLC_OK && method == 0) {
        error = nlc_text_print(text, "%s, %u series\n%-28s %9s %9s %10s   %-26s %s\n%-28s %9s %9s %10s   %-26s %s\n",
                               group_name(what, group), (unsigned)mean.num, "", "CRPS", "log score", "inside the",
                               "CRPS beside the constant", "Monte Carlo error of", "method", "% places", "nats", "90 % band",
                               "hazard (2 standard errors)", "CRPS, log score");
    }
    if (error == NLC_OK) {
        error = nlc_text_print(text, "%-28s %9.2f %9.3f %8.0f %%   %+.2f (%.2f) %-12s", method_name(what, method), mean.crps,
                               mean.log_score, 100 * mean.coverage, mean.crps_skill.mean, 2 * mean.crps_skill.error,
                               nlc_skill_verdict(&mean.crps_skill));
    }
    if (error == NLC_OK) {
        error = mean.crps_error > 1e-9 ? nlc_text_print(text, "  %.3f, %.3f\n", mean.crps_error, mean.log_error)
                                       : nlc_text_print(text, "  none\n");
    }
    return error;
}

/* Of the other methods, the one with the smallest mean CRPS: known only afterwards. */
static nlc_error best_find(const nlc_skills *what, uint32_t group, uint32_t *best)
{
    double least = INFINITY;
    nlc_error error = NLC_OK;
    for (uint32_t method = 0; method < NLC_FORECAST_MODEL && error == NLC_OK; method++) {
        means mean;
        error = means_find(&mean, what, group, method);
        *best = mean.crps < least ? method : *best;
        least = fmin(least, mean.crps);
    }
    return error;
}

static nlc_error summarise_model(const nlc_skills *what, uint32_t group, nlc_text *text)
{
    double *values = malloc((what->num_series + (size_t)1) * sizeof *values);
    double *others = malloc((what->num_series + (size_t)1) * sizeof *others);
    uint32_t best = 0, num = 0;
    nlc_error error = values == NULL || others == NULL ? NLC_ERROR_MEMORY : best_find(what, group, &best);
    for (uint32_t k = 0; error == NLC_OK && k < what->num_series; k++) {
        if (is_in(what, k, group)) {
            values[num] = score_of(what, k, NLC_FORECAST_MODEL)->crps;
            others[num++] = score_of(what, k, best)->crps;
        }
    }
    if (error == NLC_OK) {
        const nlc_skill skill = nlc_skill_of(values, others, num);
        error = nlc_text_print(text, "%s beside the best of the others, %s: CRPS %+.2f (%.2f) %s\n\n", what->model,
                               method_name(what, best), skill.mean, 2 * skill.error, nlc_skill_verdict(&skill));
    }
    free(values);
    free(others);
    return error;
}

/* What the model's forecasts are made of; few effective draws say that hardly a run is like the series. */
static nlc_error summarise_runs(const nlc_skills *what, nlc_text *text)
{
    double *effective = malloc((what->num_series + (size_t)1) * sizeof *effective);
    if (effective == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t k = 0; k < what->num_series; k++) {
        effective[k] = score_of(what, k, NLC_FORECAST_MODEL)->effective;
    }
    nlc_sort(effective, what->num_series);
    const nlc_error error = nlc_text_print(
        text,
        "%s: %u runs with unknowns drawn from their priors, weighted by the first part of each series; scaled from %u places to "
        "those of the series; effective draws: median %.0f, least %.0f\n",
        what->model, what->num_runs, what->num_model_places, nlc_quantile(effective, what->num_series, 0.5), effective[0]);
    free(effective);
    return error;
}

nlc_error nlc_skills_summarise(const nlc_skills *what, nlc_text *text)
{
    nlc_error error = NLC_OK;
    for (uint32_t group = first_group(what); error == NLC_OK; group = next_group(what, group)) {
        for (uint32_t method = 0; method < NLC_NUM_FORECASTS && error == NLC_OK; method++) {
            error = summarise_method(what, group, method, text);
        }
        if (error == NLC_OK) {
            error = summarise_model(what, group, text);
        }
        if (group == NLC_NONE) {
            break;
        }
    }
    if (error == NLC_OK) {
        error = summarise_runs(what, text);
    }
    return error == NLC_OK ? nlc_sources_summarise(what->datasets, what->num_datasets, text) : error;
}
