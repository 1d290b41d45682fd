#include "posterior.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "package.h"
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

static const nlc_result_column unknown_columns[] = {
    {"address", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_FULL, "", "what is unknown: an address as for --set"},
    {"prior_p05", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "", "5 % quantile of the prior"},
    {"prior_median", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "", "median of the prior"},
    {"prior_p95", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "", "95 % quantile of the prior"},
    {"p05", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "", "5 % quantile of the posterior"},
    {"median", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "", "median of the posterior"},
    {"p95", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "", "95 % quantile of the posterior"},
    {"spread", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "",
     "posterior over prior standard deviation, in the scale of prior probabilities; 1: nothing learnt"},
    {"shift", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "", "posterior minus prior mean, in prior standard deviations"},
    {"partner", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_OPTIONAL, "", "the unknown that goes together with it most"},
    {"correlation", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "", "with that, over the posterior"},
    {"said", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_FULL, "", "the same as a sentence"},
};

static const nlc_result_column prediction_columns[] = {
    {"date", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_FULL, "", "date of the observation"},
    {"month", NLC_RESULT_TYPE_WHOLE, NLC_RESULT_ROLE_FULL, "months",
     "month of the run that it is compared with: the last whole one before the date"},
    {"under", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_OPTIONAL, "", "id of a lead: its country"},
    {"tier", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_OPTIONAL, "", "tier of government"},
    {"group", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_OPTIONAL, "", "group of places that the scenario names"},
    {"measure", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_FULL, "", "what was observed"},
    {"observed", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "", "what was published"},
    {"total", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "places", "number of places that it is about"},
    {"error", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "", "observation error"},
    {"use", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_FULL, "", "`fit`: the posterior has seen it; `predict`: it has not"},
    {"p05", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "",
     "5 % quantile of what would be published, that is with the observation error"},
    {"median", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "", "median of it"},
    {"p95", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "", "95 % quantile of it"},
    {"mean", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "", "mean of it"},
    {"inside", NLC_RESULT_TYPE_SWITCH, NLC_RESULT_ROLE_FULL, "", "`yes` where what was published lies between the two quantiles"},
    {"distance", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "", "how far outside, in observation errors; 0 inside"},
};

static const nlc_result_column check_columns[] = {
    {"address", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_FULL, "", "what is unknown"},
    {"fault", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_FULL, "", "the fault that was planted into the posterior; `none`: as it is"},
    {"chi2", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "", "chi-square of the ranks against equal counts in 20 bins"},
    {"p", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "", "its probability if ranks are uniform"},
    {"mean_rank", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL, "", "mean rank of the truth; half the number of draws is expected"},
    {"uniform", NLC_RESULT_TYPE_SWITCH, NLC_RESULT_ROLE_FULL, "", "`no` where p is below 0.0001"},
};

static void write_float(nlc_csv *csv, double value)
{
    char text[NLC_NUMBER_LENGTH + 1];
    text[nlc_number_write((float)value, text)] = '\0';
    nlc_csv_number_text(csv, text);
}

static nlc_error write_draws(const void *results, nlc_csv *csv)
{
    const nlc_posterior *what = results;
    for (uint32_t r = 0; r < what->num_draws; r++) {
        for (uint32_t k = 0; k < what->num_unknowns; k++) {
            write_float(csv, what->draws[(size_t)r * what->num_unknowns + k]);
        }
        nlc_csv_end_row(csv);
    }
    return NLC_OK;
}

static nlc_error write_unknowns(const void *results, nlc_csv *csv)
{
    const nlc_posterior *what = results;
    nlc_error error = NLC_OK;
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

static nlc_error write_predictions(const void *results, nlc_csv *csv)
{
    const nlc_posterior *what = results;
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

static nlc_error write_checks(const void *results, nlc_csv *csv)
{
    const nlc_posterior *what = results;
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

static void posterior_columns(const void *results, nlc_result_columns *columns)
{
    const nlc_posterior *what = results;
    columns->column = malloc((what->num_unknowns + (size_t)1) * sizeof *columns->column);
    for (uint32_t k = 0; columns->column != NULL && k < what->num_unknowns; k++) {
        columns->column[columns->num++] = (nlc_result_column){what->unknowns[k].name, NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_FULL,
                                                              "", "value of the unknown behind this address"};
    }
}

const nlc_result_table nlc_posterior_tables[NLC_NUM_POSTERIOR_TABLES] = {
    {"posterior", "posterior.csv", "A sample of the unknowns with equal weights, as `run --parameters` takes it.", NULL, 0,
     "a column for each unknown, under its address"},
    {"identifiability", "identifiability.csv", "What the counts say of each unknown.", unknown_columns,
     sizeof unknown_columns / sizeof *unknown_columns, NULL},
    {"predictive", "predictive.csv", "What the sample predicts for each observation.", prediction_columns,
     sizeof prediction_columns / sizeof *prediction_columns, NULL},
    {"sbc", "sbc.csv", "Simulation-based calibration: ranks of truths drawn from the prior.", check_columns,
     sizeof check_columns / sizeof *check_columns, NULL},
};

/* The last only where the fit was checked. */
static const nlc_package_table tables[NLC_NUM_POSTERIOR_TABLES] = {
    {&nlc_posterior_tables[0], write_draws, posterior_columns},
    {&nlc_posterior_tables[1], write_unknowns, NULL},
    {&nlc_posterior_tables[2], write_predictions, NULL},
    {&nlc_posterior_tables[3], write_checks, NULL},
};

/* ---- The folder ---- */

static void describe(const void *results, nlc_json *json)
{
    const nlc_posterior *what = results;
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

nlc_error nlc_posterior_write(const nlc_posterior *what, const char *path, nlc_text *problems)
{
    const nlc_package package = {
        .name = "nlcsim-posterior",
        .title = what->title,
        .tables = tables,
        .num_known = NLC_NUM_POSTERIOR_TABLES,
        .num_tables = NLC_NUM_POSTERIOR_TABLES - (what->num_checks == 0),
        .describe = describe,
        .results = what,
    };
    return nlc_package_write(&package, path, problems);
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
