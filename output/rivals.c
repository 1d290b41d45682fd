#include "rivals.h"

#include <math.h>

#include "csv.h"
#include "folder.h"
#include "json.h"
#include "sources.h"

/* Without the share of all places first, then with it. */
static const uint32_t order[NLC_NUM_RIVALS] = {0,
                                               NLC_RIVAL_PEERS,
                                               NLC_RIVAL_TIERS,
                                               NLC_RIVAL_PEERS | NLC_RIVAL_TIERS,
                                               NLC_RIVAL_SHARE,
                                               NLC_RIVAL_SHARE | NLC_RIVAL_PEERS,
                                               NLC_RIVAL_SHARE | NLC_RIVAL_TIERS,
                                               NLC_RIVAL_SHARE | NLC_RIVAL_PEERS | NLC_RIVAL_TIERS};

/* ---- Tables ---- */

typedef struct {
    const char *name, *unit, *meaning;
} column;

static const column score_columns[] = {
    {"rival", "", "what the hazard knows"},
    {"places", "places", "places scored: those that had not adopted by the last period fitted"},
    {"periods", "periods", "later periods scored"},
    {"ahead", "nats/place", "mean log score, each period foretold from the one before it as it was"},
    {"ahead_difference", "nats/place", "less the same without channels; below 0 is better, above 0 is a loss"},
    {"ahead_error", "nats/place", "its standard error, paired by place"},
    {"who", "nats/place", "mean log score of who adopts, as many as did in each period being given"},
    {"who_difference", "nats/place", "less the same without channels"},
    {"who_error", "nats/place", "its standard error, paired by place"},
    {"whole", "nats/place", "mean log score, all later periods foretold from the last one fitted"},
    {"whole_mcse", "nats/place", "its Monte Carlo standard error"},
    {"whole_difference", "nats/place", "less the same without channels"},
    {"whole_error", "nats/place", "its standard error, paired by place"},
    {"whole_difference_mcse", "nats/place", "its Monte Carlo standard error"},
    {"final_observed", "places", "places that had adopted by the last period"},
    {"final_p05", "places", "5 % quantile of what was foretold of it"},
    {"final_median", "places", "median of it"},
    {"final_p95", "places", "95 % quantile of it"},
};

static const column coefficient_columns[] = {
    {"rival", "", "what the hazard knows"},
    {"covariate", "", "what stood so at the end of the period before"},
    {"coefficient", "", "on the scale of the complementary log-log: the logarithm of a ratio of hazards"},
    {"error", "", "standard error; empty where the data say nothing of it"},
    {"rows", "place-periods", "place-periods fitted"},
    {"adoptions", "places", "adoptions among them"},
};

static void write_header(const column *columns, size_t num, nlc_csv *csv)
{
    for (size_t k = 0; k < num; k++) {
        nlc_csv_text(csv, columns[k].name);
    }
    nlc_csv_end_row(csv);
}

static void write_scores(const nlc_rivals *what, nlc_csv *csv)
{
    write_header(score_columns, sizeof score_columns / sizeof *score_columns, csv);
    for (uint32_t k = 0; k < NLC_NUM_RIVALS; k++) {
        const nlc_rival_score *score = &what->scores[order[k]];
        const double numbers[] = {score->ahead,
                                  score->ahead_gain.mean,
                                  score->ahead_gain.error,
                                  score->who,
                                  score->who_gain.mean,
                                  score->who_gain.error,
                                  score->whole,
                                  score->whole_error,
                                  score->whole_gain.mean,
                                  score->whole_gain.error,
                                  score->gain_error};
        nlc_csv_text(csv, nlc_rival_name(order[k]));
        nlc_csv_whole(csv, what->num_scored);
        nlc_csv_whole(csv, what->last - what->until);
        for (size_t j = 0; j < sizeof numbers / sizeof *numbers; j++) {
            nlc_csv_number(csv, numbers[j], 5);
        }
        nlc_csv_whole(csv, what->final);
        nlc_csv_number(csv, score->final_low, 0);
        nlc_csv_number(csv, score->final_median, 0);
        nlc_csv_number(csv, score->final_high, 0);
        nlc_csv_end_row(csv);
    }
}

static void write_coefficients(const nlc_rivals *what, nlc_csv *csv)
{
    write_header(coefficient_columns, sizeof coefficient_columns / sizeof *coefficient_columns, csv);
    for (uint32_t k = 0; k < NLC_NUM_RIVALS; k++) {
        const nlc_hazard *fit = &what->scores[order[k]].fit;
        const char *names[NLC_HAZARD_COVARIATES];
        const uint32_t num = nlc_rival_covariates(order[k], names);
        for (uint32_t j = 0; j < num; j++) {
            nlc_csv_text(csv, nlc_rival_name(order[k]));
            nlc_csv_text(csv, names[j]);
            nlc_csv_number(csv, fit->coefficient[j], 4);
            nlc_csv_number(csv, fit->error[j], 4);
            nlc_csv_whole(csv, fit->num_rows);
            nlc_csv_whole(csv, fit->num_events);
            nlc_csv_end_row(csv);
        }
    }
}

static const struct {
    const char *file, *meaning;
    const column *columns;
    size_t num_columns;
    void (*write)(const nlc_rivals *what, nlc_csv *csv);
} tables[] = {
    {"channels.csv", "What peers and tiers are worth for telling which places adopt when: mean log scores of rival hazards.",
     score_columns, sizeof score_columns / sizeof *score_columns, write_scores},
    {"coefficients.csv", "The hazards as they were fitted to the first periods.", coefficient_columns,
     sizeof coefficient_columns / sizeof *coefficient_columns, write_coefficients},
};

enum { NUM_TABLES = sizeof tables / sizeof *tables };

/* ---- The folder ---- */

static void write_resource(size_t table, nlc_json *json)
{
    nlc_json_open(json, NULL, '{');
    nlc_json_text(json, "profile", "tabular-data-resource");
    nlc_json_text(json, "path", tables[table].file);
    nlc_json_text(json, "description", tables[table].meaning);
    nlc_json_open(json, "schema", '{');
    nlc_json_open(json, "fields", '[');
    for (size_t k = 0; k < tables[table].num_columns; k++) {
        const column *self = &tables[table].columns[k];
        nlc_json_open(json, NULL, '{');
        nlc_json_text(json, "name", self->name);
        nlc_json_text(json, "type", k < 1 || (tables[table].columns == coefficient_columns && k < 2) ? "string" : "number");
        nlc_json_text(json, "unit", self->unit);
        nlc_json_text(json, "description", self->meaning);
        nlc_json_close(json, '}');
    }
    nlc_json_close(json, ']');
    nlc_json_close(json, '}');
    nlc_json_close(json, '}');
}

static nlc_error write_package(const nlc_rivals *what, nlc_folder *folder)
{
    nlc_file *file;
    nlc_json json;
    const nlc_error error = nlc_folder_open(folder, NLC_FOLDER_MARK, &file);
    if (error != NLC_OK) {
        return error;
    }
    nlc_json_begin(&json, file);
    nlc_json_open(&json, NULL, '{');
    nlc_json_text(&json, "profile", "data-package");
    nlc_json_text(&json, "name", "nlcsim-forecast-places");
    nlc_json_open(&json, "nlcsim", '{');
    nlc_json_text(&json, "version", NLC_VERSION);
    nlc_json_text(&json, "command", what->command);
    nlc_json_whole(&json, "seed", what->seed);
    nlc_json_whole(&json, "runs", what->replicates);
    nlc_json_whole(&json, "places_left_out", what->num_left_out);
    nlc_json_whole(&json, "places_without_peers", what->num_without_peers);
    nlc_json_whole(&json, "places_without_tiers", what->num_without_tiers);
    nlc_json_close(&json, '}');
    nlc_sources_write(&what->source, 1, &json);
    nlc_json_open(&json, "resources", '[');
    for (size_t k = 0; k < NUM_TABLES; k++) {
        write_resource(k, &json);
    }
    nlc_json_close(&json, ']');
    nlc_json_close(&json, '}');
    nlc_json_end(&json);
    return nlc_folder_close(folder);
}

static nlc_error write_all(const nlc_rivals *what, nlc_folder *folder)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < NUM_TABLES && error == NLC_OK; k++) {
        nlc_file *file;
        nlc_csv csv;
        error = nlc_folder_open(folder, tables[k].file, &file);
        if (error == NLC_OK) {
            nlc_csv_begin(&csv, file, NLC_CSV_PLAIN);
            tables[k].write(what, &csv);
            error = nlc_folder_close(folder);
        }
    }
    return error == NLC_OK ? write_package(what, folder) : error;
}

nlc_error nlc_rivals_write(const nlc_rivals *what, const char *path, nlc_text *problems)
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

/* ---- The tables for the terminal ---- */

static const char *verdict(const nlc_skill *skill)
{
    if (!(fabs(skill->mean) > 2 * skill->error)) {
        return "";
    }
    return skill->mean < 0 ? "better" : "loss";
}

static nlc_error summarise_line(const char *name, double mean, const nlc_skill *gain, nlc_text *text)
{
    return nlc_text_print(text, "%-30s %10.3f   %+.3f (%.3f) %-6s", name, mean, gain->mean, 2 * gain->error, verdict(gain));
}

static nlc_error summarise_heading(const char *question, nlc_text *text)
{
    return nlc_text_print(text, "\n%s\n%-30s %10s   %s\n", question, "what the hazard knows", "nats/place",
                          "less no channels (2 standard errors)");
}

static nlc_error summarise_who(const nlc_rivals *what, nlc_text *text)
{
    nlc_error error = summarise_heading("who adopts, how many in each period being given (channels alone are judged)", text);
    for (uint32_t k = 0; k < NLC_NUM_RIVALS && error == NLC_OK; k++) {
        const nlc_rival_score *score = &what->scores[order[k]];
        error = summarise_line(nlc_rival_name(order[k]), score->who, &score->who_gain, text);
        if (error == NLC_OK) {
            error = nlc_text_print(text, "\n");
        }
    }
    return error;
}

static nlc_error summarise_ahead(const nlc_rivals *what, nlc_text *text)
{
    nlc_error error = summarise_heading("who adopts when, each period foretold from the one before it", text);
    for (uint32_t k = 0; k < NLC_NUM_RIVALS && error == NLC_OK; k++) {
        const nlc_rival_score *score = &what->scores[order[k]];
        error = summarise_line(nlc_rival_name(order[k]), score->ahead, &score->ahead_gain, text);
        if (error == NLC_OK) {
            error = nlc_text_print(text, "\n");
        }
    }
    return error;
}

static nlc_error summarise_whole(const nlc_rivals *what, nlc_text *text)
{
    nlc_error error =
        nlc_text_print(text,
                       "\nwho adopts when, all periods foretold from period %u (%u runs; mc: Monte Carlo standard error)\n"
                       "%-30s %10s   %-44s %s\n",
                       what->until, what->replicates, "what the hazard knows", "nats/place", "less no channels (2 standard errors)",
                       "adopted by the end, median (5-95 %)");
    for (uint32_t k = 0; k < NLC_NUM_RIVALS && error == NLC_OK; k++) {
        const nlc_rival_score *score = &what->scores[order[k]];
        error = summarise_line(nlc_rival_name(order[k]), score->whole, &score->whole_gain, text);
        if (error == NLC_OK) {
            error = nlc_text_print(text, "  mc %.3f, of difference %.3f  %.0f (%.0f-%.0f)\n", score->whole_error, score->gain_error,
                                   score->final_median, score->final_low, score->final_high);
        }
    }
    return error == NLC_OK
               ? nlc_text_print(text, "%-30s %u of %u\n\n", "adopted by the end, in truth", what->final, what->num_places)
               : error;
}

/* The hazard that knows everything. */
static nlc_error summarise_fit(const nlc_rivals *what, nlc_text *text)
{
    const uint32_t rival = NLC_NUM_RIVALS - 1;
    const nlc_hazard *fit = &what->scores[rival].fit;
    const char *names[NLC_HAZARD_COVARIATES];
    const uint32_t num = nlc_rival_covariates(rival, names);
    nlc_error error = nlc_text_print(text, "fitted, all of them (logarithm of a ratio of hazards, standard error):");
    for (uint32_t k = 0; k < num && error == NLC_OK; k++) {
        error = isnan(fit->error[k])
                    ? nlc_text_print(text, "%s %s not known", k > 0 ? "," : "", names[k])
                    : nlc_text_print(text, "%s %s %.2f (%.2f)", k > 0 ? "," : "", names[k], fit->coefficient[k], fit->error[k]);
    }
    return error == NLC_OK ? nlc_text_print(text, "\n") : error;
}

nlc_error nlc_rivals_summarise(const nlc_rivals *what, nlc_text *text)
{
    const nlc_hazard *fit = &what->scores[0].fit;
    nlc_error error = nlc_text_print(
        text,
        "%u places; fitted to periods %u to %u (%u adoptions in %u place-periods), scored on periods %u to %u: %u places that had "
        "not "
        "adopted, of which %u did\n"
        "left out: %u places of which it is not known whether or when; %u places have no peers, %u no tier above or below that "
        "could "
        "adopt: their exposure is 0\n"
        "log scores in nats a place, smaller is better; standard errors are paired by place and take places for independent, which "
        "a shock to all makes too small\n",
        what->num_places, what->first + 1, what->until, fit->num_events, fit->num_rows, what->until + 1, what->last,
        what->num_scored, what->final + what->num_scored - what->num_places, what->num_left_out, what->num_without_peers,
        what->num_without_tiers);
    if (error == NLC_OK) {
        error = summarise_who(what, text);
    }
    if (error == NLC_OK) {
        error = summarise_ahead(what, text);
    }
    if (error == NLC_OK) {
        error = summarise_whole(what, text);
    }
    if (error == NLC_OK) {
        error = summarise_fit(what, text);
    }
    return error == NLC_OK ? nlc_sources_summarise(&what->source, 1, text) : error;
}
