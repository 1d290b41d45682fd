#include "posterior.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "folder.h"
#include "json.h"
#include "problems.h"

/* ---- What is said ---- */

nlc_error nlc_unknown_said(const nlc_posterior *of, uint32_t unknown, nlc_text *text)
{
    const nlc_unknown *self = &of->unknowns[unknown];
    const nlc_identification *found = &self->identification;
    const bool has_partner = found->partner != NLC_NONE && fabs(found->correlation) > 0.5;
    nlc_error error = NLC_OK;
    if (found->identified == NLC_NOT_IDENTIFIED) {
        error = nlc_text_print(text, "published counts do not identify %s: its posterior is as wide as its prior", self->name);
    } else if (found->identified == NLC_WEAKLY) {
        error = nlc_text_print(text, "published counts say little of %s: its posterior is %.0f %% as wide as its prior%s",
                               self->name, 100 * found->ratio,
                               fabs(found->shift) < 0.3 ? ""
                               : found->shift > 0       ? ", and higher"
                                                        : ", and lower");
    } else {
        error = nlc_text_print(text, "published counts place %s between %.3g and %.3g (90 %%)", self->name, self->low, self->high);
    }
    if (error == NLC_OK && has_partner) {
        error = nlc_text_print(text, "; it goes together with %s (correlation %.2f)", of->unknowns[found->partner].name,
                               found->correlation);
    }
    return error;
}

bool nlc_prediction_holds(const nlc_prediction *self)
{
    return self->observed >= self->predicted.p05 && self->observed <= self->predicted.p95;
}

double nlc_prediction_distance(const nlc_prediction *self)
{
    double away = self->observed < self->predicted.p05   ? self->predicted.p05 - self->observed
                  : self->observed > self->predicted.p95 ? self->observed - self->predicted.p95
                                                         : 0;
    return away / self->error;
}

/* ---- Tables ---- */

typedef struct {
    const char *name, *type, *meaning;
} column;

static const column unknown_columns[] = {
    {"address", "string", "what is unknown: an address as for --set"},
    {"prior_p05", "number", "5 % quantile of the prior"},
    {"prior_median", "number", "median of the prior"},
    {"prior_p95", "number", "95 % quantile of the prior"},
    {"p05", "number", "5 % quantile of the posterior"},
    {"median", "number", "median of the posterior"},
    {"p95", "number", "95 % quantile of the posterior"},
    {"spread", "number", "posterior over prior standard deviation, in the scale of prior probabilities; 1: nothing learnt"},
    {"shift", "number", "posterior minus prior mean, in prior standard deviations"},
    {"partner", "string", "the unknown that goes together with it most"},
    {"correlation", "number", "with that, over the posterior"},
    {"said", "string", "the same as a sentence"},
};

static const column prediction_columns[] = {
    {"date", "string", "date of the observation"},
    {"month", "integer", "month of the run that it is compared with: the last whole one before the date"},
    {"under", "string", "id of a lead: its country"},
    {"tier", "string", "tier of government"},
    {"group", "string", "group of places that the scenario names"},
    {"measure", "string", "what was observed"},
    {"observed", "number", "what was published"},
    {"total", "number", "number of places that it is about"},
    {"error", "number", "observation error"},
    {"use", "string", "`fit`: the posterior has seen it; `predict`: it has not"},
    {"p05", "number", "5 % quantile of what would be published, that is with the observation error"},
    {"median", "number", "median of it"},
    {"p95", "number", "95 % quantile of it"},
    {"mean", "number", "mean of it"},
    {"inside", "boolean", "`yes` where what was published lies between the two quantiles"},
    {"distance", "number", "how far outside, in observation errors; 0 inside"},
};

static const column check_columns[] = {
    {"address", "string", "what is unknown"},
    {"fault", "string", "the fault that was planted into the posterior; `none`: as it is"},
    {"chi2", "number", "chi-square of the ranks against equal counts in 20 bins"},
    {"p", "number", "its probability if ranks are uniform"},
    {"mean_rank", "number", "mean rank of the truth; half the number of draws is expected"},
    {"uniform", "boolean", "`no` where p is below 0.0001"},
};

static void write_posterior_header(const nlc_posterior *what, nlc_csv *csv)
{
    for (uint32_t k = 0; k < what->num_unknowns; k++) {
        nlc_csv_text(csv, what->unknowns[k].name);
    }
    nlc_csv_end_row(csv);
}

static void write_float(nlc_csv *csv, double value)
{
    char text[NLC_NUMBER_LENGTH + 1];
    text[nlc_number_write((float)value, text)] = '\0';
    nlc_csv_number_text(csv, text);
}

static nlc_error write_draws(const nlc_posterior *what, nlc_csv *csv)
{
    write_posterior_header(what, csv);
    for (uint32_t r = 0; r < what->num_draws; r++) {
        for (uint32_t k = 0; k < what->num_unknowns; k++) {
            write_float(csv, what->draws[(size_t)r * what->num_unknowns + k]);
        }
        nlc_csv_end_row(csv);
    }
    return NLC_OK;
}

static void write_header(const column *columns, size_t num, nlc_csv *csv)
{
    for (size_t k = 0; k < num; k++) {
        nlc_csv_text(csv, columns[k].name);
    }
    nlc_csv_end_row(csv);
}

static nlc_error write_unknowns(const nlc_posterior *what, nlc_csv *csv)
{
    nlc_error error = NLC_OK;
    write_header(unknown_columns, sizeof unknown_columns / sizeof *unknown_columns, csv);
    for (uint32_t k = 0; k < what->num_unknowns && error == NLC_OK; k++) {
        const nlc_unknown *unknown = &what->unknowns[k];
        const nlc_identification *found = &unknown->identification;
        const double quantiles[] = {unknown->prior_low, unknown->prior_median, unknown->prior_high,
                                    unknown->low,       unknown->median,       unknown->high};
        nlc_text said = {0};
        nlc_csv_text(csv, unknown->name);
        for (size_t q = 0; q < sizeof quantiles / sizeof *quantiles; q++) {
            write_float(csv, quantiles[q]);
        }
        nlc_csv_number(csv, found->ratio, 3);
        nlc_csv_number(csv, found->shift, 3);
        nlc_csv_text(csv, found->partner == NLC_NONE ? NULL : what->unknowns[found->partner].name);
        nlc_csv_number(csv, found->partner == NLC_NONE ? NAN : found->correlation, 3);
        error = nlc_unknown_said(what, k, &said);
        nlc_csv_text(csv, said.data);
        nlc_csv_end_row(csv);
        nlc_text_free(&said);
    }
    return error;
}

static nlc_error write_predictions(const nlc_posterior *what, nlc_csv *csv)
{
    write_header(prediction_columns, sizeof prediction_columns / sizeof *prediction_columns, csv);
    for (uint32_t k = 0; k < what->num_predictions; k++) {
        const nlc_prediction *row = &what->predictions[k];
        nlc_csv_text(csv, row->date);
        nlc_csv_whole(csv, row->month);
        nlc_csv_text(csv, row->under);
        nlc_csv_text(csv, row->tier);
        nlc_csv_text(csv, row->group);
        nlc_csv_text(csv, row->measure);
        write_float(csv, row->observed);
        write_float(csv, row->total);
        write_float(csv, row->error);
        nlc_csv_text(csv, row->is_fitted ? "fit" : "predict");
        write_float(csv, row->predicted.p05);
        write_float(csv, row->predicted.median);
        write_float(csv, row->predicted.p95);
        write_float(csv, row->predicted.mean);
        nlc_csv_text(csv, nlc_prediction_holds(row) ? "yes" : "no");
        nlc_csv_number(csv, nlc_prediction_distance(row), 2);
        nlc_csv_end_row(csv);
    }
    return NLC_OK;
}

static nlc_error write_checks(const nlc_posterior *what, nlc_csv *csv)
{
    write_header(check_columns, sizeof check_columns / sizeof *check_columns, csv);
    for (uint32_t k = 0; k < what->num_checks; k++) {
        const nlc_calibration_check *row = &what->checks[k];
        nlc_csv_text(csv, row->unknown);
        nlc_csv_text(csv, nlc_fault_name(row->fault));
        nlc_csv_number(csv, row->uniformity.chi2, 2);
        write_float(csv, row->uniformity.p);
        nlc_csv_number(csv, row->uniformity.mean_rank, 2);
        nlc_csv_text(csv, row->uniformity.p >= NLC_SBC_CRITICAL ? "yes" : "no");
        nlc_csv_end_row(csv);
    }
    return NLC_OK;
}

/* The files; the first has a column for each unknown. */
static const struct {
    const char *file, *meaning;
    nlc_error (*write)(const nlc_posterior *what, nlc_csv *csv);
    const column *columns; /* [num_columns] */
    size_t num_columns;
} tables[] = {
    {"posterior.csv", "A sample of the unknowns with equal weights, as `run --parameters` takes it.", write_draws, NULL, 0},
    {"identifiability.csv", "What the counts say of each unknown.", write_unknowns, unknown_columns,
     sizeof unknown_columns / sizeof *unknown_columns},
    {"predictive.csv", "What the sample predicts for each observation.", write_predictions, prediction_columns,
     sizeof prediction_columns / sizeof *prediction_columns},
    {"sbc.csv", "Simulation-based calibration: ranks of truths drawn from the prior.", write_checks, check_columns,
     sizeof check_columns / sizeof *check_columns},
};

enum { NUM_TABLES = sizeof tables / sizeof *tables, CHECKS = NUM_TABLES - 1 };

/* ---- The folder ---- */

static void write_field(nlc_json *json, const char *name, const char *type, const char *meaning)
{
    nlc_json_open(json, NULL, '{');
    nlc_json_text(json, "name", name);
    nlc_json_text(json, "type", type);
    nlc_json_text(json, "description", meaning);
    if (strcmp(type, "boolean") == 0) {
        nlc_json_open(json, "trueValues", '[');
        nlc_json_text(json, NULL, "yes");
        nlc_json_close(json, ']');
        nlc_json_open(json, "falseValues", '[');
        nlc_json_text(json, NULL, "no");
        nlc_json_close(json, ']');
    }
    nlc_json_close(json, '}');
}

static void write_resource(nlc_json *json, const nlc_posterior *what, uint32_t table)
{
    nlc_json_open(json, NULL, '{');
    nlc_json_text(json, "profile", "tabular-data-resource");
    nlc_json_text(json, "path", tables[table].file);
    nlc_json_text(json, "description", tables[table].meaning);
    nlc_json_text(json, "encoding", "utf-8");
    nlc_json_open(json, "schema", '{');
    nlc_json_open(json, "fields", '[');
    for (uint32_t k = 0; k < what->num_unknowns && tables[table].columns == NULL; k++) {
        write_field(json, what->unknowns[k].name, "number", "value of the unknown behind this address");
    }
    for (size_t k = 0; k < tables[table].num_columns; k++) {
        write_field(json, tables[table].columns[k].name, tables[table].columns[k].type, tables[table].columns[k].meaning);
    }
    nlc_json_close(json, ']');
    nlc_json_close(json, '}');
    nlc_json_close(json, '}');
}

static void write_provenance(nlc_json *json, const nlc_posterior *what)
{
    nlc_json_open(json, "nlcsim", '{');
    nlc_json_text(json, "version", NLC_VERSION);
    nlc_json_text(json, "command", what->command);
    nlc_json_text(json, "scenario_sha256", what->resolved_hash);
    nlc_json_whole(json, "seed", what->seed);
    nlc_json_text(json, "fitted_until", what->until);
    nlc_json_float(json, "tolerance_in_observation_errors", (float)what->tolerance);
    nlc_json_float(json, "tolerance_asked_for", (float)what->wanted);
    nlc_json_whole(json, "simulations", what->num_simulations);
    nlc_json_whole(json, "generations", what->num_generations);
    nlc_json_float(json, "accepted_in_the_last_generation", (float)what->acceptance);
    nlc_json_float(json, "effective_particles", (float)what->effective);
    nlc_json_text(json, "purpose",
                  "Explores how a coordination design could behave under stated assumptions. It does not predict violence, assess "
                  "threats, score places or people, or forecast a named government.");
    nlc_json_close(json, '}');
}

static nlc_error write_package(const nlc_posterior *what, nlc_folder *folder)
{
    nlc_file *file;
    nlc_json json;
    nlc_error error = nlc_folder_open(folder, NLC_FOLDER_MARK, &file);
    if (error != NLC_OK) {
        return error;
    }
    nlc_json_begin(&json, file);
    nlc_json_open(&json, NULL, '{');
    nlc_json_text(&json, "profile", "data-package");
    nlc_json_text(&json, "name", "nlcsim-posterior");
    nlc_json_text(&json, "title", what->title);
    write_provenance(&json, what);
    nlc_json_open(&json, "resources", '[');
    for (uint32_t k = 0; k < NUM_TABLES; k++) {
        if (k != CHECKS || what->num_checks > 0) {
            write_resource(&json, what, k);
        }
    }
    nlc_json_close(&json, ']');
    nlc_json_close(&json, '}');
    nlc_json_end(&json);
    return nlc_folder_close(folder);
}

static nlc_error write_all(const nlc_posterior *what, nlc_folder *folder)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < NUM_TABLES && error == NLC_OK; k++) {
        nlc_file *file;
        nlc_csv csv;
        if (k == CHECKS && what->num_checks == 0) {
            continue;
        }
        error = nlc_folder_open(folder, tables[k].file, &file);
        if (error == NLC_OK) {
            nlc_csv_begin(&csv, file, NLC_CSV_PLAIN);
            error = tables[k].write(what, &csv);
        }
        if (error == NLC_OK) {
            error = nlc_folder_close(folder);
        }
    }
    return error == NLC_OK ? write_package(what, folder) : error;
}

nlc_error nlc_posterior_write(const nlc_posterior *what, const char *path, nlc_text *problems)
{
    const char *names[NUM_TABLES];
    nlc_folder folder;
    for (uint32_t k = 0; k < NUM_TABLES; k++) {
        names[k] = tables[k].file;
    }
    nlc_error error = nlc_folder_init(&folder, path, problems);
    if (error == NLC_OK) {
        error = write_all(what, &folder);
    }
    if (error == NLC_OK) {
        error = nlc_folder_commit(&folder, names, NUM_TABLES);
    }
    nlc_folder_free(&folder);
    return error;
}

/* ---- The page of text ---- */

static nlc_error summarise_fit(const nlc_posterior *what, nlc_text *text)
{
    nlc_error error = nlc_text_print(text,
                                     "%s\nfitted to the counts up to %s: all within %.2f observation errors (asked for: %.2f), "
                                     "%u generations, %llu runs, %.0f effective of %u draws\n\n",
                                     what->title, what->until, what->tolerance, what->wanted, (unsigned)what->num_generations,
                                     (unsigned long long)what->num_simulations, what->effective, (unsigned)what->num_draws);
    for (uint32_t k = 0; k < what->num_unknowns && error == NLC_OK; k++) {
        error = nlc_unknown_said(what, k, text);
        if (error == NLC_OK) {
            error = nlc_text_print(text, ".\n");
        }
    }
    return error;
}

static nlc_error summarise_predictions(const nlc_posterior *what, nlc_text *text)
{
    uint32_t num[2] = {0, 0}, held[2] = {0, 0};
    nlc_error error =
        nlc_text_print(text, "\n%-11s %-24s %-8s %10s %24s %7s\n", "date", "of", "", "published", "predicted (5-95 %)", "inside");
    for (uint32_t k = 0; k < what->num_predictions && error == NLC_OK; k++) {
        const nlc_prediction *row = &what->predictions[k];
        char of[64], band[64];
        snprintf(of, sizeof of, "%s %s %s", row->under, row->tier, row->group);
        snprintf(band, sizeof band, "%.0f (%.0f-%.0f)", row->predicted.median, row->predicted.p05, row->predicted.p95);
        error = nlc_text_print(text, "%-11s %-24s %-8s %10.4g %24s %7s\n", row->date, of, row->is_fitted ? "fitted" : "later",
                               row->observed, band, nlc_prediction_holds(row) ? "yes" : "no");
        num[!row->is_fitted]++;
        held[!row->is_fitted] += nlc_prediction_holds(row);
    }
    if (error == NLC_OK) {
        error =
            nlc_text_print(text, "inside the 90 %% band: %u of %u fitted counts, %u of %u later counts%s\n", (unsigned)held[0],
                           (unsigned)num[0], (unsigned)held[1], (unsigned)num[1], num[1] > 0 ? ", which the fit has not seen" : "");
    }
    return error;
}

static nlc_error summarise_checks(const nlc_posterior *what, nlc_text *text)
{
    nlc_error error =
        nlc_text_print(text,
                       "\nsimulation-based calibration, p of %u ranks among %u draws (%u fits ended above the "
                       "tolerance); below 0.0001 is rejected\n%-40s",
                       (unsigned)what->num_check_runs, (unsigned)what->num_check_draws, (unsigned)what->num_short, "");
    for (nlc_fault fault = 0; fault < NLC_NUM_FAULTS && error == NLC_OK; fault++) {
        error = nlc_text_print(text, " %11s", fault == NLC_FAULT_NONE ? "as it is" : nlc_fault_name(fault));
    }
    for (uint32_t k = 0; k < what->num_checks && error == NLC_OK; k++) {
        if (what->checks[k].fault == NLC_FAULT_NONE) {
            error = nlc_text_print(text, "\n%-40s", what->checks[k].unknown);
        }
        if (error == NLC_OK) {
            error = nlc_text_print(text, " %11.2g", what->checks[k].uniformity.p);
        }
    }
    return error == NLC_OK ? nlc_text_print(text, "\n") : error;
}

nlc_error nlc_posterior_summarise(const nlc_posterior *what, nlc_text *text)
{
    nlc_error error = summarise_fit(what, text);
    if (error == NLC_OK) {
        error = summarise_predictions(what, text);
    }
    if (error == NLC_OK && what->num_checks > 0) {
        error = summarise_checks(what, text);
    }
    return error;
}
