#include "rivals.h"

#include <math.h>

#include "package.h"
#include "skill.h"
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

static const nlc_result_column score_columns[] = {
    {"rival", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_KEY, "", "what the hazard knows"},
    {"places", NLC_RESULT_TYPE_WHOLE, NLC_RESULT_ROLE_FULL, "places",
     "places scored: those that had not adopted by the last period fitted"},
    {"periods", NLC_RESULT_TYPE_WHOLE, NLC_RESULT_ROLE_FULL, "periods", "later periods scored"},
    {"ahead", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats/place",
     "mean log score, each period foretold from the one before it as it was"},
    {"ahead_difference", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats/place",
     "less the same without channels; below 0 is better, above 0 is a loss"},
    {"ahead_error", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats/place", "its standard error, paired by place"},
    {"who", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats/place",
     "mean log score of who adopts, as many as did in each period being given"},
    {"who_difference", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats/place", "less the same without channels"},
    {"who_error", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats/place", "its standard error, paired by place"},
    {"whole", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats/place",
     "mean log score, all later periods foretold from the last one fitted"},
    {"whole_mcse", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats/place", "its Monte Carlo standard error"},
    {"whole_difference", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats/place", "less the same without channels"},
    {"whole_error", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats/place", "its standard error, paired by place"},
    {"whole_difference_mcse", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "nats/place", "its Monte Carlo standard error"},
    {"final_observed", NLC_RESULT_TYPE_WHOLE, NLC_RESULT_ROLE_FULL, "places", "places that had adopted by the last period"},
    {"final_p05", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "places", "5 % quantile of what was foretold of it"},
    {"final_median", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "places", "median of it"},
    {"final_p95", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "places", "95 % quantile of it"},
};

static const nlc_result_column coefficient_columns[] = {
    {"rival", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_KEY, "", "what the hazard knows"},
    {"covariate", NLC_RESULT_TYPE_TEXT, NLC_RESULT_ROLE_KEY, "", "what stood so at the end of the period before"},
    {"coefficient", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "",
     "on the scale of the complementary log-log: the logarithm of a ratio of hazards"},
    {"error", NLC_RESULT_TYPE_NUMBER, NLC_RESULT_ROLE_OPTIONAL, "", "standard error; empty where the data say nothing of it"},
    {"rows", NLC_RESULT_TYPE_WHOLE, NLC_RESULT_ROLE_FULL, "place-periods", "place-periods fitted"},
    {"adoptions", NLC_RESULT_TYPE_WHOLE, NLC_RESULT_ROLE_FULL, "places", "adoptions among them"},
};

static nlc_error write_scores(const void *results, nlc_csv *csv)
{
    const nlc_rivals *what = results;
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
    return NLC_OK;
}

static nlc_error write_coefficients(const void *results, nlc_csv *csv)
{
    const nlc_rivals *what = results;
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
    return NLC_OK;
}

const nlc_result_table nlc_rival_tables[NLC_NUM_RIVAL_TABLES] = {
    {"channels", "channels.csv",
     "What peers and tiers are worth for telling which places adopt when: mean log scores of rival hazards.", score_columns,
     sizeof score_columns / sizeof *score_columns, NULL},
    {"coefficients", "coefficients.csv", "The hazards as they were fitted to the first periods.", coefficient_columns,
     sizeof coefficient_columns / sizeof *coefficient_columns, NULL},
};

static const nlc_package_table tables[NLC_NUM_RIVAL_TABLES] = {
    {&nlc_rival_tables[0], write_scores, NULL},
    {&nlc_rival_tables[1], write_coefficients, NULL},
};

/* ---- The folder ---- */

static void describe(const void *results, nlc_json *json)
{
    const nlc_rivals *what = results;
    nlc_json_open(json, "nlcsim", '{');
    nlc_json_text(json, "version", NLC_VERSION);
    nlc_json_text(json, "command", what->command);
    nlc_json_whole(json, "seed", what->seed);
    nlc_json_whole(json, "runs", what->replicates);
    nlc_json_whole(json, "places_left_out", what->num_left_out);
    nlc_json_whole(json, "places_without_peers", what->num_without_peers);
    nlc_json_whole(json, "places_without_tiers", what->num_without_tiers);
    nlc_json_close(json, '}');
    nlc_sources_write(&what->source, 1, json);
}

nlc_error nlc_rivals_write(const nlc_rivals *what, const char *path, nlc_text *problems)
{
    const nlc_package package = {
        .name = "nlcsim-forecast-places",
        .tables = tables,
        .num_known = NLC_NUM_RIVAL_TABLES,
        .num_tables = NLC_NUM_RIVAL_TABLES,
        .describe = describe,
        .results = what,
    };
    return nlc_package_write(&package, path, problems);
}

/* ---- The tables for the terminal ---- */

static nlc_error summarise_line(const char *name, double mean, const nlc_skill *gain, nlc_text *text)
{
    return nlc_text_print(text, "%-30s %10.3f   %+.3f (%.3f) %-6s", name, mean, gain->mean, 2 * gain->error,
                          nlc_skill_verdict(gain));
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
