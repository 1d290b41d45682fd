#include "comparison.h"

#include "folder.h"
#include "json.h"
#include "number.h"
#include "results.h"
#include "writers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT   NLC_RESULT_TYPE_TEXT
#define WHOLE  NLC_RESULT_TYPE_WHOLE
#define NUMBER NLC_RESULT_TYPE_NUMBER
#define SWITCH NLC_RESULT_TYPE_SWITCH
#define KEY    NLC_RESULT_ROLE_KEY
#define FULL   NLC_RESULT_ROLE_FULL
#define MAYBE  NLC_RESULT_ROLE_OPTIONAL

static const nlc_result_column differences_columns[] = {
    {"baseline", TEXT, KEY, "", "the scenario that the other one is compared with"},
    {"scenario", TEXT, KEY, "", "the other scenario"},
    {"outcome", TEXT, KEY, "", "outcome of a run, of all places together; `nlcsim describe outcomes` has the meanings"},
    {"statistic", TEXT, KEY, "", "`value`: the outcome; `reached`: the share of runs that have one"},
    {"unit", TEXT, FULL, "", "unit of means and differences"},
    {"n", WHOLE, FULL, "pairs", "pairs of runs with a value in both scenarios"},
    {"left_out", WHOLE, FULL, "pairs", "pairs in which one scenario or both did not reach the outcome: of those nothing is said"},
    {"baseline_mean", NUMBER, MAYBE, "of the outcome", "mean of the baseline over the n pairs"},
    {"baseline_low", NUMBER, MAYBE, "of the outcome", "lower end of its interval"},
    {"baseline_high", NUMBER, MAYBE, "of the outcome", "upper end of its interval"},
    {"scenario_mean", NUMBER, MAYBE, "of the outcome", "mean of the other scenario over the n pairs"},
    {"scenario_low", NUMBER, MAYBE, "of the outcome", "lower end of its interval"},
    {"scenario_high", NUMBER, MAYBE, "of the outcome", "upper end of its interval"},
    {"difference", NUMBER, MAYBE, "of the outcome", "mean of the differences of pairs, scenario less baseline"},
    {"difference_low", NUMBER, MAYBE, "of the outcome", "lower end of its interval"},
    {"difference_high", NUMBER, MAYBE, "of the outcome", "upper end of its interval"},
    {"confidence", NUMBER, FULL, "1", "probability with which an interval, taken by itself, covers the truth"},
    {"sd", NUMBER, MAYBE, "of the outcome", "standard deviation of the differences"},
    {"variance_reduction", NUMBER, MAYBE, "1",
     "variance of the difference of independent runs over that of the pairs: as many times more runs would be needed without "
     "common random numbers"},
    {"variance_reduction_low", NUMBER, MAYBE, "1", "lower end of its interval"},
    {"variance_reduction_high", NUMBER, MAYBE, "1", "upper end of its interval"},
    {"needed", NUMBER, MAYBE, "pairs",
     "pairs needed for the precision that nlcsim.precision in datapackage.json states; INF: more than a thousand million"},
    {"needed_low", NUMBER, MAYBE, "pairs", "lower end of its interval"},
    {"needed_high", NUMBER, MAYBE, "pairs", "upper end of its interval"},
    {"verdict", TEXT, FULL, "",
     "`real`: the interval of the difference leaves out 0; `cannot be told`; `the same`: no pair differs"},
};

static const nlc_result_column scenarios_columns[] = {
    {"scenario", TEXT, KEY, "", "name of the scenario's folder; the first row is the baseline"},
    {"title", TEXT, MAYBE, "", "its title"},
    {"file", TEXT, FULL, "", "the resolved scenario beside this table"},
    {"sha256", TEXT, FULL, "", "hash that names the resolved scenario"},
    {"shared_months", WHOLE, FULL, "months",
     "months at the start that it shares with the first scenario and that were computed once"},
};

static const nlc_result_column runs_columns[] = {
    {"scenario", TEXT, KEY, "", "name of the scenario's folder"},
    {"run", WHOLE, KEY, "", "number of the run, from 1; runs of the same number are a pair"},
    {"seed", WHOLE, FULL, "", "seed of all draws"},
    {"replicate", WHOLE, FULL, "", "replicate, from 0: keys the draws of the run"},
    {"network", WHOLE, FULL, "", "network draw, from 0, that the run stands on"},
};

static const nlc_result_column selection_columns[] = {
    {"scenario", TEXT, KEY, "", "name of the scenario's folder"},
    {"outcome", TEXT, FULL, "", "what the choice is about"},
    {"better", TEXT, FULL, "", "`smallest` or `largest`"},
    {"probability", NUMBER, FULL, "1", "of choosing the best where it is better than the others by the indifference or more"},
    {"indifference", NUMBER, FULL, "of the outcome", "smaller differences do not matter to the user"},
    {"h", NUMBER, FULL, "1", "Rinott's constant"},
    {"seed", WHOLE, FULL, "", "seed of this scenario's runs, which are independent of those of the others"},
    {"first_stage", WHOLE, FULL, "runs", "runs of the first stage"},
    {"sd", NUMBER, MAYBE, "of the outcome", "standard deviation over the first stage"},
    {"needed", NUMBER, FULL, "runs", "runs of both stages that the procedure asks for; INF: more than a thousand million"},
    {"runs", WHOLE, FULL, "runs", "runs that were run"},
    {"missing", WHOLE, FULL, "runs", "runs that did not reach the outcome; where there are any, nothing is chosen"},
    {"mean", NUMBER, MAYBE, "of the outcome", "mean over the runs with a value"},
    {"low", NUMBER, MAYBE, "of the outcome", "lower end of its interval"},
    {"high", NUMBER, MAYBE, "of the outcome", "upper end of its interval"},
    {"best", SWITCH, FULL, "", "`yes` for the scenario that is chosen"},
};

#define TABLE(name, meaning, more) \
    { \
#name, #name ".csv", meaning, name##_columns, sizeof name##_columns / sizeof name##_columns[0], more \
    }

const nlc_result_table nlc_compare_tables[NLC_NUM_COMPARE_TABLES] = {
    TABLE(differences, "What each two scenarios differ by in every outcome, from pairs of runs on common random numbers.", NULL),
    TABLE(scenarios, "The scenarios that are compared.", NULL),
    TABLE(runs, "Every run of every scenario; an empty cell is an outcome that was not reached within the horizon.",
          "a column for each outcome"),
    TABLE(selection, "The choice of the best scenario with a stated probability, by Rinott's two stages.", NULL),
};

/* ---- Rows ------------------------------------------------------------------------------------------- */

static void write_estimate(nlc_csv *csv, nlc_interval estimate)
{
    nlc_csv_number(csv, estimate.value, NLC_MAX_DECIMALS);
    nlc_csv_number(csv, estimate.low, NLC_MAX_DECIMALS);
    nlc_csv_number(csv, estimate.high, NLC_MAX_DECIMALS);
}

static void write_difference(const nlc_compare_results *results, nlc_csv *csv, const nlc_compared *row)
{
    const nlc_outcome *outcome = nlc_paired_outcome(results->paired, row->outcome);
    const nlc_difference *difference = &row->difference;
    nlc_csv_text(csv, results->scenario[row->first].name);
    nlc_csv_text(csv, results->scenario[row->second].name);
    nlc_csv_text(csv, outcome->name);
    nlc_csv_text(csv, row->of_reach ? "reached" : "value");
    nlc_csv_text(csv, row->of_reach ? "share" : outcome->unit);
    nlc_csv_whole(csv, difference->n);
    nlc_csv_whole(csv, difference->left_out);
    write_estimate(csv, difference->first);
    write_estimate(csv, difference->second);
    write_estimate(csv, difference->difference);
    nlc_csv_number(csv, results->stop->precision.confidence, 2);
    nlc_csv_number(csv, difference->sd, NLC_MAX_DECIMALS);
    write_estimate(csv, difference->reduction);
    nlc_csv_number(csv, difference->needed.value, 0);
    nlc_csv_number(csv, difference->needed.low, 0);
    nlc_csv_number(csv, difference->needed.high, 0);
    nlc_csv_text(csv, nlc_verdict_text(difference->verdict));
    nlc_csv_end_row(csv);
}

void nlc_resolved_name(uint32_t scenario, char name[NLC_RESOLVED_NAME_LENGTH])
{
    snprintf(name, NLC_RESOLVED_NAME_LENGTH, "scenario-%u.resolved.txt", scenario + 1);
}

static void write_scenario(const nlc_compare_results *results, nlc_csv *csv, uint32_t s)
{
    char file[40];
    nlc_resolved_name(s, file);
    nlc_csv_text(csv, results->scenario[s].name);
    nlc_csv_text(csv, results->paired->scenarios[s]->title);
    nlc_csv_text(csv, file);
    nlc_csv_text(csv, results->scenario[s].resolved_hash);
    nlc_csv_whole(csv, results->paired->shared_months[s]);
    nlc_csv_end_row(csv);
}

static void write_run(const nlc_compare_results *results, nlc_csv *csv, uint32_t s, uint32_t r)
{
    const nlc_paired *paired = results->paired;
    nlc_csv_text(csv, results->scenario[s].name);
    nlc_csv_whole(csv, r + 1);
    nlc_csv_whole(csv, results->seed);
    nlc_csv_whole(csv, r);
    nlc_csv_whole(csv, r % paired->scenarios[s]->num_draws);
    for (uint32_t k = 0; k < paired->num_outcomes; k++)
        nlc_csv_number(csv, nlc_paired_values(paired, s, k)[r], nlc_paired_outcome(paired, k)->decimals);
    nlc_csv_end_row(csv);
}

static void write_candidate(const nlc_compare_results *results, nlc_csv *csv, uint32_t s)
{
    const nlc_selection_options *choice = results->choice;
    const nlc_candidate *candidate = &results->selection->candidate[s];
    nlc_csv_text(csv, results->scenario[s].name);
    nlc_csv_text(csv, results->paired->scenarios[0]->model->outcomes[choice->outcome].name);
    nlc_csv_text(csv, choice->smallest ? "smallest" : "largest");
    nlc_csv_number(csv, choice->probability, 2);
    nlc_csv_number(csv, choice->indifference, NLC_MAX_DECIMALS);
    nlc_csv_number(csv, results->selection->h, NLC_MAX_DECIMALS);
    nlc_csv_whole(csv, candidate->seed);
    nlc_csv_whole(csv, choice->first);
    nlc_csv_number(csv, candidate->sd, NLC_MAX_DECIMALS);
    nlc_csv_number(csv, candidate->needed == UINT32_MAX ? HUGE_VAL : candidate->needed, 0);
    nlc_csv_whole(csv, candidate->runs);
    nlc_csv_whole(csv, candidate->missing);
    write_estimate(csv, (nlc_interval){candidate->mean, candidate->low, candidate->high});
    nlc_csv_text(csv, results->selection->best == s ? "yes" : "no");
    nlc_csv_end_row(csv);
}

static void write_rows(const nlc_compare_results *results, nlc_compare_table_id table, nlc_csv *csv)
{
    if (table == NLC_COMPARE_DIFFERENCES)
        for (uint32_t k = 0; k < results->comparison->num_rows; k++)
            write_difference(results, csv, &results->comparison->row[k]);
    for (uint32_t s = 0; s < results->paired->num_scenarios; s++) {
        if (table == NLC_COMPARE_SCENARIOS)
            write_scenario(results, csv, s);
        if (table == NLC_COMPARE_SELECTION)
            write_candidate(results, csv, s);
        for (uint32_t r = 0; table == NLC_COMPARE_RUNS && r < results->paired->num_runs; r++)
            write_run(results, csv, s, r);
    }
}

/* ---- Tables ----------------------------------------------------------------------------------------- */

/* The fixed columns, and for runs one for each outcome. */
static nlc_error columns_init(nlc_result_columns *self, nlc_compare_table_id table, const nlc_paired *paired)
{
    const nlc_result_table *fixed = &nlc_compare_tables[table];
    const uint32_t num_more = table == NLC_COMPARE_RUNS ? paired->num_outcomes : 0;
    *self = (nlc_result_columns){.num = fixed->num_columns + num_more};
    self->column = malloc(self->num * sizeof *self->column);
    if (self->column == NULL)
        return NLC_ERROR_MEMORY;
    memcpy(self->column, fixed->columns, fixed->num_columns * sizeof *self->column);
    for (uint32_t k = 0; k < num_more; k++) {
        const nlc_outcome *outcome = nlc_paired_outcome(paired, k);
        self->column[fixed->num_columns + k] = (nlc_result_column){outcome->name, NUMBER, MAYBE, outcome->unit, outcome->meaning};
    }
    return NLC_OK;
}

static nlc_error write_table(const nlc_compare_results *results, nlc_compare_table_id table, nlc_folder *folder)
{
    nlc_file *file;
    nlc_csv csv;
    nlc_result_columns columns;
    nlc_error error = columns_init(&columns, table, results->paired);
    if (error == NLC_OK)
        error = nlc_folder_open(folder, nlc_compare_tables[table].file, &file);
    if (error == NLC_OK) {
        nlc_csv_begin(&csv, file, results->style);
        for (uint32_t k = 0; k < columns.num; k++)
            nlc_csv_text(&csv, columns.column[k].name);
        nlc_csv_end_row(&csv);
        write_rows(results, table, &csv);
        error = nlc_folder_close(folder);
    }
    nlc_result_columns_free(&columns);
    return error;
}

/* The names stay with the caller: the folder borrows them. */
static nlc_error write_resolved(const nlc_compare_results *results, nlc_folder *folder, uint32_t s, char name[40])
{
    nlc_file *file;
    nlc_resolved_name(s, name);
    const nlc_error error = nlc_folder_open(folder, name, &file);
    if (error != NLC_OK)
        return error;
    nlc_file_write(file, results->scenario[s].resolved, results->scenario[s].resolved_length);
    return nlc_folder_close(folder);
}

/* ---- datapackage.json ------------------------------------------------------------------------------- */

static const char intervals[] =
    "Intervals are chance alone: how far the mean over endless runs of these scenarios may be from the one over these runs. Each "
    "covers the truth with the stated confidence taken by itself. They say nothing of how far the assumptions may be wrong.";

static void write_number(nlc_json *json, const char *key, double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.9g", value);
    nlc_json_text(json, key, text);
}

static void write_precision(nlc_json *json, const nlc_compare_results *results)
{
    const nlc_stop *stop = results->stop;
    nlc_json_open(json, "precision", '{');
    nlc_json_text(json, "outcome", results->paired->scenarios[0]->model->outcomes[stop->outcome].name);
    write_number(json, "half_width", stop->precision.width);
    nlc_json_text(json, "of", stop->precision.is_relative ? "the difference" : "the unit of the outcome");
    write_number(json, "confidence", stop->precision.confidence);
    nlc_json_text(json, "stopping",
                  !results->is_sequential ? "fixed number of runs"
                  : results->is_enough    ? "enough"
                                          : "not reached");
    nlc_json_close(json, '}');
}

static void write_provenance(nlc_json *json, const nlc_compare_results *results)
{
    const nlc_model *model = results->paired->scenarios[0]->model;
    nlc_json_open(json, "nlcsim", '{');
    nlc_json_whole(json, "results_format", 1);
    nlc_json_text(json, "kind", "comparison");
    nlc_json_text(json, "version", NLC_VERSION);
    nlc_json_text(json, "command", results->command);
    nlc_json_open(json, "model", '{');
    nlc_json_text(json, "name", model->name);
    nlc_json_text(json, "title", model->title);
    nlc_json_whole(json, "code_version", model->code_version);
    nlc_json_close(json, '}');
    nlc_json_whole(json, "seed", results->seed);
    nlc_json_whole(json, "replicates", results->paired->num_runs);
    nlc_json_whole(json, "months", results->paired->scenarios[0]->num_months);
    nlc_json_text(json, "intervals", intervals);
    write_precision(json, results);
    nlc_json_close(json, '}');
}

static nlc_error write_resources(nlc_json *json, const nlc_compare_results *results, const nlc_folder *folder)
{
    for (uint32_t k = 1; k < folder->num_files; k++) {
        const nlc_folder_file *file = &folder->files[k];
        uint32_t table = 0;
        while (table < NLC_NUM_COMPARE_TABLES && strcmp(nlc_compare_tables[table].file, file->name) != 0)
            table++;
        if (table == NLC_NUM_COMPARE_TABLES) {
            char name[40];
            snprintf(name, sizeof name, "%.*s", (int)strcspn(file->name, "."), file->name);
            nlc_datapackage_scenario(json, name, file);
            continue;
        }
        nlc_result_columns columns;
        const nlc_error error = columns_init(&columns, (nlc_compare_table_id)table, results->paired);
        if (error != NLC_OK)
            return error;
        nlc_datapackage_table(json, &nlc_compare_tables[table], &columns, results->style, file);
        nlc_result_columns_free(&columns);
    }
    return NLC_OK;
}

static nlc_error write_package(const nlc_compare_results *results, nlc_folder *folder)
{
    nlc_file *file;
    nlc_json json;
    nlc_error error = nlc_folder_open(folder, NLC_FOLDER_MARK, &file);
    if (error != NLC_OK)
        return error;
    nlc_json_begin(&json, file);
    nlc_json_open(&json, NULL, '{');
    nlc_json_text(&json, "profile", "data-package");
    nlc_json_text(&json, "name", "nlcsim-comparison");
    nlc_json_text(&json, "title", "Scenarios compared on common random numbers");
    write_provenance(&json, results);
    nlc_json_open(&json, "resources", '[');
    error = write_resources(&json, results, folder);
    if (error != NLC_OK)
        return error;
    nlc_json_close(&json, ']');
    nlc_json_close(&json, '}');
    nlc_json_end(&json);
    return nlc_folder_close(folder);
}

/* ---- The folder ------------------------------------------------------------------------------------- */

static nlc_error write_all(const nlc_compare_results *results, nlc_folder *folder, char names[][40])
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < NLC_NUM_COMPARE_TABLES && error == NLC_OK; k++)
        if (k != NLC_COMPARE_SELECTION || results->selection != NULL)
            error = write_table(results, (nlc_compare_table_id)k, folder);
    for (uint32_t s = 0; s < results->paired->num_scenarios && error == NLC_OK; s++)
        error = write_resolved(results, folder, s, names[s]);
    return error == NLC_OK ? write_package(results, folder) : error;
}

/* Files of other results, and of more scenarios, that may stand in the folder. */
static nlc_error commit(nlc_folder *folder, char names[][40])
{
    const char *retired[NLC_NUM_COMPARE_TABLES + NLC_NUM_RESULT_TABLES + NLC_MOST_COMPARED + 1];
    size_t num = 0;
    for (uint32_t k = 0; k < NLC_NUM_COMPARE_TABLES; k++)
        retired[num++] = nlc_compare_tables[k].file;
    for (uint32_t k = 0; k < NLC_NUM_RESULT_TABLES; k++)
        if (k != NLC_RESULT_RUNS)
            retired[num++] = nlc_result_tables[k].file;
    for (uint32_t s = 0; s < NLC_MOST_COMPARED; s++) {
        nlc_resolved_name(s, names[s]);
        retired[num++] = names[s];
    }
    retired[num++] = NLC_RESOLVED_FILE;
    return nlc_folder_commit(folder, retired, num);
}

nlc_error nlc_compare_write(const nlc_compare_results *what, const char *path, nlc_text *problems)
{
    char names[NLC_MOST_COMPARED][40];
    nlc_folder folder;
    nlc_error error = nlc_folder_init(&folder, path, problems);
    if (error == NLC_OK)
        error = write_all(what, &folder, names);
    if (error == NLC_OK)
        error = commit(&folder, names);
    nlc_folder_free(&folder);
    return error;
}
