#include "load.h"

#include "comparison.h"
#include "estimate.h"
#include "folder.h"
#include "problems.h"
#include "progress.h"
#include "runs.h"
#include "save.h"
#include "words.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A comparison on its way from its options to its results. */
typedef struct {
    const cli_arguments *arguments;
    uint32_t num;
    cli_scenario scenario[NLC_MOST_COMPARED];
    const nlc_resolved *resolved[NLC_MOST_COMPARED];
    nlc_compared_scenario named[NLC_MOST_COMPARED];
    nlc_text name[NLC_MOST_COMPARED]; /* owned */
    nlc_text command, out, problems;  /* owned */
    uint32_t branch_at;
    nlc_stop stop;
    nlc_selection_options choice;
    bool is_sequential, is_enough, chooses;
    nlc_paired paired;
    nlc_comparison comparison;
    nlc_selection selection;
} compare;

/* ---- Options ---------------------------------------------------------------------------------------- */

/* A positive number, with a percent sign where `is_relative` is not NULL and wants to know. */
static bool amount_read(const compare *self, const char *option, double *amount, bool *is_relative)
{
    const char *text = cli_value(self->arguments, option);
    char *end = NULL;
    *amount = strtod(text, &end);
    const bool has_percent = is_relative != NULL && *end == '%';
    if (has_percent) {
        *amount /= 100;
        *is_relative = true;
        end++;
    }
    if (end != text && *end == 0 && *amount > 0 && isfinite(*amount))
        return true;
    cli_complain(self->arguments->command, "--%s '%s': expected a number above 0%s", option, text,
                 is_relative != NULL ? ", such as 0.02 in the unit of the outcome, or 10% of the difference" : ", such as 0.02");
    return false;
}

static const char *outcome_name(const void *context, uint32_t k)
{
    return ((const nlc_model *)context)->outcomes[k].name;
}

static bool outcome_find(compare *self, uint32_t *outcome)
{
    const nlc_model *model = self->resolved[0]->model;
    const char *name = cli_value(self->arguments, "outcome");
    const char *wanted = name != NULL ? name : "functioning_end";
    char hint[NLC_HINT_LENGTH];
    for (*outcome = 0; *outcome < model->num_outcomes; (*outcome)++)
        if (strcmp(model->outcomes[*outcome].name, wanted) == 0)
            return true;
    *outcome = 0;
    if (name == NULL)
        return true;
    const char *nearest = nlc_nearest(name, outcome_name, model, model->num_outcomes);
    cli_complain(self->arguments->command, "--outcome '%s': the model has no such outcome%s", name,
                 nearest != NULL ? nlc_hint(hint, nearest) : "; 'nlcsim describe outcomes' lists them");
    return false;
}

/* How precisely the difference is wanted, and until when to run for that. */
static bool stop_read(compare *self)
{
    const cli_arguments *arguments = self->arguments;
    const uint32_t replicates = self->resolved[0]->replicates;
    self->is_sequential = cli_is_given(arguments, "precision");
    self->stop = (nlc_stop){
        .most = (uint32_t)cli_number(arguments, "most", 100 * (uint64_t)replicates < 10000 ? 10000 : 100 * (uint64_t)replicates),
        .precision = {.confidence = (double)cli_number(arguments, "confidence", 95) / 100,
                      .width = 0.1,
                      .is_relative = !self->is_sequential,
                      .first = replicates < 2 ? 2 : replicates},
    };
    if (self->stop.most < self->stop.precision.first)
        self->stop.most = self->stop.precision.first;
    return outcome_find(self, &self->stop.outcome) &&
           (!self->is_sequential || amount_read(self, "precision", &self->stop.precision.width, &self->stop.precision.is_relative));
}

static bool choice_read(compare *self)
{
    const cli_arguments *arguments = self->arguments;
    self->chooses = cli_is_given(arguments, "best");
    if (self->chooses != cli_is_given(arguments, "indifference")) {
        cli_complain(arguments->command, "--best and --indifference go together: how surely, and from what difference on");
        return false;
    }
    if (!self->chooses)
        return true;
    const char *better = cli_value(arguments, "better");
    self->choice = (nlc_selection_options){
        .outcome = self->stop.outcome,
        .smallest = better != NULL ? strcmp(better, "smallest") == 0
                                   : nlc_outcome_is_better_small(&self->resolved[0]->model->outcomes[self->stop.outcome]),
        .probability = (double)cli_number(arguments, "best", 95) / 100,
        .first = self->stop.precision.first,
        .most = self->stop.most,
        .confidence = self->stop.precision.confidence,
    };
    if (self->choice.probability * self->num <= 1) {
        cli_complain(arguments->command, "--best %" PRIu64 ": one of %" PRIu32 " is right as often by chance; expected more",
                     cli_number(arguments, "best", 95), self->num);
        return false;
    }
    return amount_read(self, "indifference", &self->choice.indifference, NULL);
}

/* ---- Scenarios -------------------------------------------------------------------------------------- */

/* The same name twice gets numbers. */
static nlc_error name_find(compare *self, uint32_t s)
{
    char *name = cli_folder_name(self->arguments->operands[s]);
    if (name == NULL)
        return errno == ENOMEM ? NLC_ERROR_MEMORY : NLC_ERROR_IO;
    nlc_error error = nlc_text_print(&self->name[s], "%s", name);
    for (uint32_t other = 0, number = 2; other < s && error == NLC_OK; other++) {
        if (strcmp(self->name[other].data, self->name[s].data) != 0)
            continue;
        self->name[s].length = 0;
        error = nlc_text_print(&self->name[s], "%s-%" PRIu32, name, number++);
        other = UINT32_MAX;
    }
    free(name);
    return error;
}

static bool is_comparable(const compare *self, uint32_t s)
{
    const nlc_resolved *first = self->resolved[0], *other = self->resolved[s];
    const char *path = self->arguments->operands[s];
    const cli_command *command = self->arguments->command;
    if (first->model != other->model)
        cli_complain(command, "%s: the model is %s, and that of the first scenario is %s", path, other->model->name,
                     first->model->name);
    else if (first->num_months != other->num_months)
        cli_complain(command,
                     "%s: %" PRIu32 " months, and the first scenario has %" PRIu32 "; --set scenario.months=%" PRIu32
                     " gives both the same",
                     path, other->num_months, first->num_months, first->num_months);
    else if (first->seed != other->seed)
        cli_complain(command,
                     "%s: seed %" PRIu64 ", and the first scenario has %" PRIu64 "; --seed %" PRIu64 " gives both the same", path,
                     other->seed, first->seed, first->seed);
    else
        return true;
    return false;
}

/* The settings of the command go for each scenario. */
static int scenario_load(compare *self, uint32_t s)
{
    cli_arguments alone = *self->arguments;
    alone.operands += s;
    alone.num_operands = 1;
    const int code = cli_scenario_load(&self->scenario[s], &alone);
    if (code != CLI_DONE)
        return code;
    const nlc_error error = name_find(self, s);
    if (error != NLC_OK)
        return cli_fail(self->arguments, error, self->arguments->operands[s]);
    self->resolved[s] = &self->scenario[s].resolved;
    self->named[s] = (nlc_compared_scenario){self->name[s].data, self->scenario[s].text.data, self->scenario[s].text.length,
                                             self->scenario[s].hash};
    return is_comparable(self, s) ? CLI_DONE : CLI_WRONG;
}

/* Whatever is wrong with any of them is told. */
static int scenarios_load(compare *self)
{
    int code = CLI_DONE;
    for (self->num = 0; self->num < self->arguments->num_operands; self->num++) {
        const int one = scenario_load(self, self->num);
        if (one != CLI_DONE && one != CLI_WRONG)
            return one;
        code = one == CLI_DONE ? code : one;
        if (code != CLI_DONE && self->num == 0)
            return code;
    }
    return code;
}

/* Scenarios that were said to part at a month, and are different before it. */
static int past_check(const compare *self)
{
    int code = CLI_DONE;
    for (uint32_t s = 1; s < self->num && self->branch_at > 0; s++) {
        if (self->paired.shared_months[s] >= self->branch_at)
            continue;
        cli_complain(self->arguments->command,
                     "%s: --branch-at %" PRIu32 ", but it shares only its first %" PRIu32 " months with the first scenario",
                     self->arguments->operands[s], self->branch_at, self->paired.shared_months[s]);
        code = CLI_WRONG;
    }
    return code;
}

/* ---- The command that gives these results again ---------------------------------------------------- */

static nlc_error command_write(compare *self)
{
    static const char *const kept[] = {"outcome",      "precision", "most",      "confidence", "best",
                                       "indifference", "better",    "branch-at", "csv",        "set"};
    nlc_error error = nlc_text_print(&self->command, "nlcsim compare");
    for (uint32_t s = 0; s < self->num && error == NLC_OK; s++)
        error = cli_word_add(&self->command, self->name[s].data);
    if (error == NLC_OK)
        error = nlc_text_print(&self->command, " --replicates %" PRIu32 " --seed %" PRIu64, self->resolved[0]->replicates,
                               self->resolved[0]->seed);
    for (size_t k = 0; k < sizeof kept / sizeof kept[0]; k++) {
        size_t num;
        const char *const *values = cli_values(self->arguments, kept[k], &num);
        for (size_t v = 0; v < num && error == NLC_OK; v++) {
            error = nlc_text_print(&self->command, " --%s", kept[k]);
            error = error == NLC_OK ? cli_word_add(&self->command, values[v]) : error;
        }
    }
    return error;
}

static int prepare(compare *self)
{
    const cli_arguments *arguments = self->arguments;
    const char *out = cli_value(arguments, "out");
    int code = scenarios_load(self);
    if (code != CLI_DONE)
        return code;
    if (!stop_read(self) || !choice_read(self))
        return CLI_WRONG;
    self->branch_at = (uint32_t)cli_number(arguments, "branch-at", 0);
    nlc_error error = command_write(self);
    if (error == NLC_OK)
        error = nlc_text_print(&self->out, "%s", out != NULL ? out : "comparison-results");
    if (error == NLC_OK)
        error = nlc_folder_check(self->out.data, &self->problems);
    if (error != NLC_OK)
        return cli_fail_with(arguments, error, &self->problems);
    error = nlc_paired_init(&self->paired, self->resolved, self->num, self->branch_at);
    return error == NLC_OK ? past_check(self) : cli_fail(arguments, error, arguments->operands[0]);
}

/* ---- Runs and results ------------------------------------------------------------------------------ */

static nlc_error runs_make(compare *self, const nlc_ensemble_options *options)
{
    nlc_error error;
    if (self->is_sequential)
        error = nlc_paired_run_until(&self->paired, &self->stop, options, &self->is_enough);
    else
        error = nlc_paired_extend(&self->paired, self->resolved[0]->replicates, options);
    if (error == NLC_OK)
        error = nlc_comparison_init(&self->comparison, &self->paired, &self->stop.precision);
    if (error == NLC_OK && self->chooses)
        error = nlc_selection_run(&self->selection, self->resolved, self->num, &self->choice, options);
    return error;
}

static int runs(compare *self)
{
    const cli_arguments *arguments = self->arguments;
    cli_progress progress;
    cli_progress_init(&progress, arguments);
    const nlc_ensemble_options options = {
        .threads = (uint32_t)cli_number(arguments, "threads", cli_num_processors()),
        .lanes = (uint32_t)cli_number(arguments, "lanes", 0),
        .seed = self->resolved[0]->seed,
        .progress = cli_progress_tick,
        .context = &progress,
    };
    const nlc_error error = runs_make(self, &options);
    cli_progress_end(&progress);
    if (error == NLC_ERROR_INTERRUPTED)
        cli_complain(arguments->command, "interrupted; nothing was written; the same command starts anew");
    return cli_fail(arguments, error, arguments->operands[0]);
}

static int results_write(compare *self)
{
    const cli_arguments *arguments = self->arguments;
    const nlc_compare_results results = {
        .paired = &self->paired,
        .comparison = &self->comparison,
        .scenario = self->named,
        .stop = &self->stop,
        .is_sequential = self->is_sequential,
        .is_enough = self->is_enough,
        .selection = self->chooses ? &self->selection : NULL,
        .choice = &self->choice,
        .seed = self->resolved[0]->seed,
        .command = self->command.data,
        .style = cli_csv_style(arguments),
    };
    const int code = cli_fail_with(arguments, nlc_compare_write(&results, self->out.data, &self->problems), &self->problems);
    if (code != CLI_DONE || cli_is_given(arguments, "quiet"))
        return code;
    nlc_text text = {0};
    const nlc_error error = nlc_compare_summarise(&results, &text);
    if (error == NLC_OK)
        printf("%s\nresults: %s\n", text.data, self->out.data);
    nlc_text_free(&text);
    return cli_fail(arguments, error, self->out.data);
}

static void compare_free(compare *self)
{
    nlc_comparison_free(&self->comparison);
    nlc_paired_free(&self->paired);
    for (uint32_t s = 0; s < NLC_MOST_COMPARED; s++) {
        cli_scenario_free(&self->scenario[s]);
        nlc_text_free(&self->name[s]);
    }
    nlc_text_free(&self->command);
    nlc_text_free(&self->out);
    nlc_text_free(&self->problems);
}

static int compare_scenarios(const cli_arguments *arguments)
{
    compare self = {.arguments = arguments};
    int code = prepare(&self);
    if (code == CLI_DONE)
        code = runs(&self);
    if (code == CLI_DONE)
        code = results_write(&self);
    compare_free(&self);
    return code;
}

static const cli_option options[] = {
    {.name = "out",
     .letter = 'o',
     .kind = CLI_FOLDER,
     .argument = "DIR",
     .standard = "comparison-results where you are",
     .meaning = "The folder for the results. Older results in it are replaced and other files stay as they are; a folder that "
                "holds files but no results is refused."},
    {.name = "replicates",
     .kind = CLI_NUMBER,
     .argument = "N",
     .low = 2,
     .high = 10000000,
     .standard = "as the first scenario says",
     .meaning = "How many pairs of runs; with --precision the fewest, with --best those of the first stage."},
    {.name = "seed",
     .kind = CLI_NUMBER,
     .argument = "S",
     .high = UINT64_MAX,
     .standard = "as the scenarios say, which must be the same",
     .meaning = "Where chance begins, for all of them."},
    CLI_OPTION_SET,
    {.name = "outcome",
     .kind = CLI_TEXT,
     .argument = "NAME",
     .standard = "functioning_end",
     .meaning = "The outcome that --precision and --best are about, and that is shown first."},
    {.name = "precision",
     .kind = CLI_TEXT,
     .argument = "WIDTH|PERCENT%",
     .standard = "a fixed number of runs; runs needed are told for 10% of the difference",
     .meaning = "Run until the differences from the first scenario are known within this half-width: a number in the unit of the "
                "outcome, or a percentage of the difference. It says `enough` or `not reached`."},
    {.name = "most",
     .kind = CLI_NUMBER,
     .argument = "N",
     .low = 2,
     .high = 10000000,
     .standard = "100 times the replicates, at least 10000",
     .meaning = "Run no more than this for --precision and --best."},
    {.name = "confidence",
     .kind = CLI_NUMBER,
     .argument = "PERCENT",
     .low = 50,
     .high = 99,
     .standard = "95",
     .meaning = "How surely an interval covers the truth, taken by itself."},
    {.name = "best",
     .kind = CLI_NUMBER,
     .argument = "PERCENT",
     .low = 20,
     .high = 99,
     .meaning = "Choose the best scenario, rightly with at least this probability wherever it is better than all others by the "
                "--indifference or more (Rinott's two stages, with independent runs)."},
    {.name = "indifference",
     .kind = CLI_TEXT,
     .argument = "WIDTH",
     .meaning = "For --best: smaller differences do not matter, in the unit of the outcome."},
    {.name = "better",
     .kind = CLI_WORD,
     .argument = "largest|smallest",
     .standard = "smallest for months, costs, gaps and spreads, else largest",
     .meaning = "For --best: which end of the outcome is the good one."},
    {.name = "branch-at",
     .kind = CLI_NUMBER,
     .argument = "MONTH",
     .low = 1,
     .high = 65535,
     .standard = "as late as the scenarios allow",
     .meaning = "The scenarios are the same to the end of this month, and it is an error if they are not. What they share at the "
                "start is computed once in any case; it does not change any result."},
    CLI_OPTION_CSV,
    CLI_OPTION_THREADS,
    {.name = "lanes",
     .kind = CLI_WORD,
     .argument = "4|8|16",
     .standard = "what suits the processor",
     .meaning = "How many runs a thread steps at once. It does not change any result."},
    CLI_OPTION_QUIET,
    CLI_OPTION_PROGRESS,
};

const cli_command cli_compare = {
    .name = "compare",
    .operands = "SCENARIO SCENARIO...",
    .operand_kind = CLI_FOLDER,
    .min_operands = 2,
    .max_operands = NLC_MOST_COMPARED,
    .summary = "say what scenarios differ by, and whether that is more than chance",
    .description =
        "Runs two to eight scenario folders on common random numbers: run number r of each has the same luck, so that the "
        "differences come from what the scenarios do. Each is compared with the first one, outcome by outcome: the difference, "
        "its interval, and whether it is real or cannot be told; what common random numbers brought, and how many runs are "
        "needed to know the difference as well as --precision says. All pairs of scenarios are in differences.csv.\n"
        "The scenarios have the same model, number of months and seed; --set goes for all of them. Intervals are chance alone: "
        "they say nothing of how far the assumptions may be wrong.",
    .example = "nlcsim compare scenarios/manila-workshop scenarios/manila-follow-through --precision 0.02",
    .example_means = "Runs both until the difference in the share of functioning plans is known within 2 percentage points.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = compare_scenarios,
};
