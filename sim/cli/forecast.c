#include "load.h"

#include "folder.h"
#include "forecast_model.h"
#include "forecast_places.h"
#include "forecast_tasks.h"
#include "progress.h"
#include "rivals.h"
#include "runs.h"
#include "skill.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORECAST_SEED = 1, RUNS = 2000 };

/* The last part of a path. */
static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* ---- Series of counts ---------------------------------------------------------------------------------- */

typedef struct {
    const cli_arguments *arguments;
    cli_tasks tasks;
    cli_forecast_model model;
    nlc_forecast_score *scores; /* [num_tasks][NLC_NUM_FORECASTS], owned */
    cli_progress progress;
} forecasting;

static int print(const cli_arguments *arguments, nlc_error error, nlc_text *text)
{
    const int code = cli_fail(arguments, error, arguments->operands[0]);
    if (code == CLI_DONE)
        fwrite(text->data, 1, text->length, stdout);
    nlc_text_free(text);
    return code;
}

static nlc_error series_command(const cli_arguments *arguments, nlc_text *command)
{
    nlc_error error = nlc_text_print(command, "nlcsim forecast %s", file_name(arguments->operands[0]));
    if (error == NLC_OK && cli_is_given(arguments, "model"))
        error = nlc_text_print(command, " --model %s", file_name(cli_value(arguments, "model")));
    if (error == NLC_OK && cli_is_given(arguments, "draws"))
        error = nlc_text_print(command, " --draws %s", cli_value(arguments, "draws"));
    return error;
}

static int finish(forecasting *self)
{
    const cli_arguments *arguments = self->arguments;
    const char *out = cli_value(arguments, "out"), *path = arguments->operands[0];
    nlc_text command = {0}, text = {0}, problems = {0};
    const nlc_error error = series_command(arguments, &command);
    const nlc_skills what = {.command = command.data,
                             .seed = FORECAST_SEED,
                             .num_series = self->tasks.num_tasks,
                             .num_groups = self->tasks.groups.num,
                             .num_datasets = self->tasks.datasets.num,
                             .series = self->tasks.series,
                             .groups = self->tasks.groups.text,
                             .datasets = self->tasks.datasets.text,
                             .model = self->model.model,
                             .num_runs = self->model.curves.num_runs,
                             .num_model_places = self->model.curves.num_places,
                             .scores = self->scores};
    int code = cli_fail(arguments, error, path);
    if (code == CLI_DONE && out != NULL)
        code = cli_fail_with(arguments, nlc_skills_write(&what, out, &problems), &problems);
    if (code == CLI_DONE && !cli_is_given(arguments, "quiet"))
        code = print(arguments, nlc_skills_summarise(&what, &text), &text);
    nlc_text_free(&command);
    return code;
}

static int out_check(const cli_arguments *arguments)
{
    const char *out = cli_value(arguments, "out");
    nlc_text text = {0};
    return out != NULL ? cli_fail_with(arguments, nlc_folder_check(out, &text), &text) : CLI_DONE;
}

static int forecast_with(forecasting *self)
{
    const cli_arguments *arguments = self->arguments;
    errno = 0;
    const nlc_error read = cli_tasks_read(&self->tasks, arguments->operands[0]);
    int code = cli_tell(arguments, read, &self->tasks.problems, arguments->operands[0]);
    if (code == CLI_DONE)
        code = out_check(arguments);
    if (code != CLI_DONE)
        return code;
    self->scores = malloc((self->tasks.num_tasks * (size_t)NLC_NUM_FORECASTS + 1) * sizeof *self->scores);
    cli_progress_init(&self->progress, arguments);
    code = cli_forecast_model_init(&self->model, arguments, cli_progress_tick, &self->progress);
    const nlc_forecast_options options = {FORECAST_SEED, &self->model.curves, cli_progress_tick, &self->progress};
    if (code == CLI_DONE)
        code =
            cli_fail(arguments,
                     self->scores == NULL ? NLC_ERROR_MEMORY
                                          : nlc_forecasts_score(self->tasks.series, self->tasks.num_tasks, &options, self->scores),
                     arguments->operands[0]);
    cli_progress_end(&self->progress);
    return code == CLI_DONE ? finish(self) : code;
}

static int forecast_series(const cli_arguments *arguments)
{
    forecasting self = {.arguments = arguments};
    const int code = forecast_with(&self);
    cli_tasks_free(&self.tasks);
    cli_forecast_model_free(&self.model);
    free(self.scores);
    return code;
}

/* ---- Places and channels ------------------------------------------------------------------------------- */

static nlc_error rivals_command(const cli_arguments *arguments, nlc_text *command)
{
    nlc_error error = nlc_text_print(command, "nlcsim forecast %s --channels %s", file_name(arguments->operands[0]),
                                     file_name(cli_value(arguments, "channels")));
    if (error == NLC_OK && cli_is_given(arguments, "until"))
        error = nlc_text_print(command, " --until %s", cli_value(arguments, "until"));
    if (error == NLC_OK && cli_is_given(arguments, "last"))
        error = nlc_text_print(command, " --last %s", cli_value(arguments, "last"));
    return error;
}

static int rivals_tell(const cli_arguments *arguments, const nlc_rivals *what)
{
    const char *out = cli_value(arguments, "out");
    nlc_text text = {0}, problems = {0};
    int code = CLI_DONE;
    if (out != NULL)
        code = cli_fail_with(arguments, nlc_rivals_write(what, out, &problems), &problems);
    if (code == CLI_DONE && !cli_is_given(arguments, "quiet"))
        code = print(arguments, nlc_rivals_summarise(what, &text), &text);
    return code;
}

/* The last period that is fitted, in the histories. False, with a word to the user, where it makes no sense. */
static bool train_read(const cli_arguments *arguments, const cli_places *places, uint32_t *num_train)
{
    const uint32_t standard = places->first + cli_places_half(places) - 1;
    const uint64_t until = cli_number(arguments, "until", standard);
    *num_train = (uint32_t)(until - places->first + 1);
    if (until > places->first && until < places->last)
        return true;
    cli_complain(arguments->command, "fitting until period %u leaves nothing to fit or to score: adoptions run from %u to %u",
                 (unsigned)until, places->first, places->last);
    return false;
}

static int rivals_score(const cli_arguments *arguments, const cli_places *places, nlc_text *command)
{
    nlc_rival_score scores[NLC_NUM_RIVALS];
    nlc_histories_options options = {.replicates = RUNS, .seed = FORECAST_SEED};
    nlc_rivals what = {.source = file_name(arguments->operands[0]),
                       .seed = FORECAST_SEED,
                       .replicates = RUNS,
                       .num_places = places->histories.num_places,
                       .num_left_out = places->num_left_out,
                       .num_without_peers = places->num_without_peers,
                       .num_without_tiers = places->num_without_tiers,
                       .first = places->first,
                       .last = places->last,
                       .scores = scores};
    if (!train_read(arguments, places, &options.num_train))
        return CLI_WRONG;
    what.num_train = options.num_train;
    what.until = places->first + options.num_train - 1;
    nlc_error error = nlc_histories_score(&places->histories, &options, scores, &what.num_scored, &what.final);
    if (error == NLC_ERROR_INPUT) {
        cli_complain(arguments->command, "nobody adopts after period %u and until period %u, or all have by then", places->first,
                     what.until);
        return CLI_WRONG;
    }
    if (error == NLC_OK)
        error = rivals_command(arguments, command);
    what.command = command->data;
    const int code = cli_fail(arguments, error, arguments->operands[0]);
    return code == CLI_DONE ? rivals_tell(arguments, &what) : code;
}

static int forecast_places(const cli_arguments *arguments)
{
    cli_places places = {0};
    nlc_text command = {0};
    errno = 0;
    const nlc_error read = cli_places_read(&places, arguments->operands[0], cli_value(arguments, "channels"),
                                           (uint32_t)cli_number(arguments, "last", 0));
    int code = cli_tell(arguments, read, &places.problems, arguments->operands[0]);
    if (code == CLI_DONE)
        code = out_check(arguments);
    if (code == CLI_DONE)
        code = rivals_score(arguments, &places, &command);
    nlc_text_free(&command);
    cli_places_free(&places);
    return code;
}

static int forecast(const cli_arguments *arguments)
{
    if (cli_is_given(arguments, "channels"))
        return forecast_places(arguments);
    for (size_t k = 0; k < 2; k++) {
        static const char *const options[] = {"until", "last"};
        if (cli_is_given(arguments, options[k])) {
            cli_complain(arguments->command, "--%s goes with --channels: the table of tasks says what is fitted", options[k]);
            return CLI_WRONG;
        }
    }
    return forecast_series(arguments);
}

static const cli_option options[] = {
    {.name = "out",
     .letter = 'o',
     .kind = CLI_FOLDER,
     .argument = "DIR",
     .standard = "nothing is written",
     .meaning = "A folder for scores.csv (each method on each series) and skill.csv (means), or with --channels for "
                "channels.csv and coefficients.csv."},
    {.name = "model",
     .kind = CLI_FOLDER,
     .argument = "STUDY",
     .standard = "scenarios/any-series, as it came with the program",
     .meaning = "The study folder whose one scenario is run as the last method, with its factors as what is unknown: their ranges "
                "and distributions are the priors."},
    {.name = "draws",
     .kind = CLI_NUMBER,
     .argument = "N",
     .low = 20,
     .high = 1000000,
     .standard = "2000",
     .meaning = "How many runs of the model there are, each with values of its own."},
    {.name = "channels",
     .kind = CLI_FILE,
     .argument = "EDGES",
     .meaning = "TASKS is a table of places (node_id, parent_id, status, adoption_period), and this is one of channels between "
                "them (from, to, kind): say what peers and tiers are worth for telling which places adopt when."},
    {.name = "until",
     .kind = CLI_NUMBER,
     .argument = "PERIOD",
     .high = 1000000,
     .standard = "the period by whose end half of the adopters had adopted",
     .meaning = "With --channels: the last period that is fitted, as adoption_period counts."},
    {.name = "last",
     .kind = CLI_NUMBER,
     .argument = "PERIOD",
     .low = 1,
     .high = 1000000,
     .standard = "that of the last adoption",
     .meaning = "With --channels: the last period that is scored."},
    CLI_OPTION_THREADS,
    CLI_OPTION_QUIET,
    CLI_OPTION_PROGRESS,
};

const cli_command cli_forecast = {
    .name = "forecast",
    .operands = "TASKS",
    .operand_kind = CLI_FILE,
    .min_operands = 1,
    .max_operands = 1,
    .summary = "forecast the rest of adoption series from their first part, and score the forecasts",
    .description =
        "Reads TASKS, a table of adoption series (protocol, series, dataset, half, N, train_periods, test_periods, train_cum, "
        "final_cum) with the data beside it (spid_HALF.csv for SPID, netdiffuser_toa.csv for others), fits every method to the "
        "training periods, and scores what it says of the later ones: CRPS in percent of the places, log score in nats, and how "
        "often the 90 % interval holds. The methods: persistence; a constant hazard; Bass, logistic and Gompertz curves by "
        "least squares and by empirical Bayes; the mean of all of these; and, beside them, a coordination model. Means are given "
        "beside the constant hazard, with two standard errors of the paired difference; a loss is called a loss.\n"
        "Empirical Bayes learns its prior from the training periods of all series of a group, some of which are later in the "
        "calendar than the series at hand; it never sees the periods that are forecast. The model (nlc, unless --model says "
        "otherwise) is run with its unknowns drawn from their priors; its runs are weighted by the likelihood of the training "
        "periods, and scaled from its places to those of the series. What chance in these draws does to a mean is printed as "
        "its Monte Carlo error.\n"
        "With --channels, TASKS is a table of places instead. Rival hazards (discrete time, complementary log-log, maximum "
        "likelihood) with and without peers and tiers are fitted to the periods up to --until, and scored place by place on the "
        "later ones: who adopts where it is given how many do; who adopts when, a period ahead; and all of it from the last "
        "period fitted. Rivals with channels also win by knowing that time has passed, so each is judged with and without the "
        "share of all places. Nothing is printed of a single place.\n"
        "The licence of the data, as far as it is known here, stands below each table.",
    .example = "nlcsim forecast uk_councils_nodes.csv --channels uk_councils_edges.csv --until 8",
    .example_means =
        "Says what peers and tiers are worth for telling which councils adopt after period 8; nlcsim forecast TASKS.csv "
        "scores all methods on a table of series.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = forecast,
};
