#include "draws.h"

#include "folder.h"
#include "problems.h"
#include "results.h"
#include "runs.h"
#include "save.h"
#include "scenario.h"
#include "summary.h"
#include "words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A run on its way from its options to its results. */
typedef struct {
    const cli_arguments *arguments;
    cli_scenario scenario;
    cli_draws draws;
    nlc_ensemble ensemble;
    char *name;                /* owned; of the scenario's folder */
    nlc_text out;              /* owned; the path of the results folder */
    nlc_text command;          /* owned; what makes these results again */
    nlc_text problems;         /* owned; what the writing of results has to say */
    nlc_parameter_note *notes; /* [num_parameters], owned; the texts are the scenario's */
} run;

static nlc_error names_find(run *self)
{
    const char *out = cli_value(self->arguments, "out");
    self->name = cli_folder_name(self->arguments->operands[0]);
    if (self->name == NULL)
        return errno == ENOMEM ? NLC_ERROR_MEMORY : NLC_ERROR_IO;
    return out != NULL ? nlc_text_print(&self->out, "%s", out) : nlc_text_print(&self->out, "%s-results", self->name);
}

static nlc_error options_add(const run *self, nlc_text *command)
{
    static const char *const switches[] = {"series", "places"};
    const char *style = cli_value(self->arguments, "csv");
    const nlc_resolved *scenario = &self->scenario.resolved;
    nlc_error error = nlc_text_print(command, " --replicates %" PRIu32 " --seed %" PRIu64, scenario->replicates, scenario->seed);
    for (size_t k = 0; k < sizeof switches / sizeof switches[0] && error == NLC_OK; k++)
        if (cli_is_given(self->arguments, switches[k]))
            error = nlc_text_print(command, " --%s", switches[k]);
    if (error == NLC_OK && cli_is_given(self->arguments, "parameters"))
        error = nlc_text_print(command, " --parameters");
    if (error == NLC_OK && cli_is_given(self->arguments, "parameters"))
        error = cli_word_add(command, cli_value(self->arguments, "parameters"));
    if (error == NLC_OK && style != NULL && strcmp(style, "plain") != 0)
        error = nlc_text_print(command, " --csv %s", style);
    return error;
}

/* The command without what cannot change the results: where they go, threads, lanes, what is shown. */
static nlc_error command_write(run *self)
{
    size_t num_settings;
    const char *const *settings = cli_values(self->arguments, "set", &num_settings);
    nlc_error error = nlc_text_print(&self->command, "nlcsim run");
    if (error == NLC_OK)
        error = cli_word_add(&self->command, self->name);
    for (size_t k = 0; k < num_settings && error == NLC_OK; k++) {
        error = nlc_text_print(&self->command, " --set");
        if (error == NLC_OK)
            error = cli_word_add(&self->command, settings[k]);
    }
    return error == NLC_OK ? options_add(self, &self->command) : error;
}

/* One number for the states of all replicates, taken as bytes from the lowest on whatever the machine. */
static nlc_error hash_print(const char *what, const uint64_t *hashes, uint32_t num)
{
    char *bytes = malloc((size_t)num * 8 + 1);
    if (bytes == NULL)
        return NLC_ERROR_MEMORY;
    for (size_t k = 0; k < (size_t)num * 8; k++)
        bytes[k] = (char)(unsigned char)(hashes[k / 8] >> (8 * (k % 8)) & 0xff);
    printf("%s %016" PRIx64 "\n", what, nlc_hash(bytes, (size_t)num * 8));
    free(bytes);
    return NLC_OK;
}

static nlc_error hashes_print(const run *self)
{
    const nlc_ensemble *ensemble = &self->ensemble;
    const nlc_resolved *scenario = ensemble->scenario;
    const size_t num = ensemble->num_replicates;
    nlc_error error = hash_print("state", ensemble->hash + scenario->num_countries * num, ensemble->num_replicates);
    for (uint32_t k = 0; k < scenario->num_countries && error == NLC_OK; k++) {
        printf("country %s", scenario->agency_id[scenario->countries[k].first_agency]);
        error = hash_print("", ensemble->hash + k * num, ensemble->num_replicates);
    }
    return error;
}

/* Where the values come from: the folder says it of its own, and those of --set are assumptions. */
static nlc_error notes_find(run *self)
{
    const nlc_resolved *resolved = &self->scenario.resolved;
    const nlc_scenario *folder = self->scenario.folder;
    self->notes = calloc(resolved->model->num_parameters + (size_t)1, sizeof *self->notes);
    if (self->notes == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < resolved->model->num_parameters; k++) {
        if (resolved->parameters[k] != folder->parameter[k])
            self->notes[k] = (nlc_parameter_note){"assumption", "set on the command line"};
        else
            self->notes[k] = (nlc_parameter_note){folder->parameter_origin[k].evidence, folder->parameter_origin[k].source};
    }
    return NLC_OK;
}

/* Writing is asked about before the work, so that nobody waits for results that have no place. */
static int prepare(run *self)
{
    const cli_arguments *arguments = self->arguments;
    int code = cli_scenario_load(&self->scenario, arguments);
    nlc_error error = NLC_OK;
    if (code == CLI_DONE)
        error = names_find(self);
    if (code == CLI_DONE && error == NLC_OK)
        error = command_write(self);
    if (code == CLI_DONE && error == NLC_OK)
        error = notes_find(self);
    if (code == CLI_DONE && error != NLC_OK)
        return cli_fail(arguments, error, arguments->operands[0]);
    return code == CLI_DONE ? cli_fail_with(arguments, nlc_folder_check(self->out.data, &self->problems), &self->problems) : code;
}

/* What the user's language settings say of the terminal, in the order in which they count. */
static bool is_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        const char *value = getenv(names[k]);
        if (value != NULL && value[0] != 0)
            return strstr(value, "UTF-8") != NULL || strstr(value, "utf8") != NULL;
    }
    return false;
}

static nlc_error summary_print(const nlc_results *results)
{
    nlc_text text = {0};
    const nlc_error error = nlc_results_summarise(results, is_utf8(), &text);
    if (error == NLC_OK)
        fwrite(text.data, 1, text.length, stdout);
    nlc_text_free(&text);
    return error;
}

/* Writes the folder, and then prints what there is to see. */
static int finish(run *self, const nlc_results *results)
{
    const cli_arguments *arguments = self->arguments;
    int code = cli_fail_with(arguments, nlc_results_write(results, self->out.data, &self->problems), &self->problems);
    nlc_error error = NLC_OK;
    if (code == CLI_DONE && !cli_is_given(arguments, "quiet")) {
        error = summary_print(results);
        printf("\nresults: %s\n", self->out.data);
    }
    if (code == CLI_DONE && error == NLC_OK && cli_is_given(arguments, "hash"))
        error = hashes_print(self);
    return code == CLI_DONE ? cli_fail(arguments, error, self->name) : code;
}

static int results_write(run *self)
{
    const cli_arguments *arguments = self->arguments;
    const cli_scenario *scenario = &self->scenario;
    size_t num_settings;
    const char *const *settings = cli_values(arguments, "set", &num_settings);
    const nlc_observations observed = {.num_rows = scenario->num_observed, .cells = scenario->observed};
    const nlc_results results = {
        .ensemble = &self->ensemble,
        .seed = scenario->resolved.seed,
        .resolved = scenario->text.data,
        .resolved_length = scenario->text.length,
        .resolved_hash = scenario->hash,
        .command = self->command.data,
        .settings = settings,
        .num_settings = num_settings,
        .parameter_notes = self->notes,
        .observed = &observed,
        .bands = self->draws.bands,
        .draws = cli_draws_table(&self->draws),
        .style = cli_csv_style(arguments),
        .series = cli_is_given(arguments, "series"),
    };
    return finish(self, &results);
}

static int run_scenario(const cli_arguments *arguments)
{
    run self = {.arguments = arguments};
    int code = prepare(&self);
    if (code == CLI_DONE)
        code = cli_draws_init(&self.draws, arguments, &self.scenario, self.scenario.resolved.replicates);
    if (code == CLI_DONE)
        code = cli_runs_drawn(&self.ensemble, &self.draws, arguments, self.scenario.resolved.replicates,
                              "nothing was written; the same command starts anew");
    if (code == CLI_DONE)
        code = results_write(&self);
    nlc_ensemble_free(&self.ensemble);
    cli_draws_free(&self.draws);
    cli_scenario_free(&self.scenario);
    free(self.name);
    free(self.notes);
    nlc_text_free(&self.out);
    nlc_text_free(&self.command);
    nlc_text_free(&self.problems);
    return code;
}

static const cli_option options[] = {
    {.name = "out",
     .letter = 'o',
     .kind = CLI_FOLDER,
     .argument = "DIR",
     .standard = "NAME-results where you are, NAME being that of the scenario",
     .meaning = "The folder for the results. Older results in it are replaced and other files stay as they are; a folder that "
                "holds files but no results is refused."},
    {.name = "replicates",
     .kind = CLI_NUMBER,
     .argument = "N",
     .low = 1,
     .high = 10000000,
     .standard = "as the scenario says",
     .meaning = "How many runs. More of them make the Monte Carlo error smaller, not the bands."},
    {.name = "seed",
     .kind = CLI_NUMBER,
     .argument = "S",
     .high = UINT64_MAX,
     .standard = "as the scenario says",
     .meaning = "Where chance begins. The same seed gives the same results."},
    CLI_OPTION_SET,
    CLI_OPTION_PARAMETERS,
    {.name = "series", .kind = CLI_SWITCH, .meaning = "Write series.csv too: each run month by month. It is large."},
    {.name = "places",
     .kind = CLI_SWITCH,
     .meaning = "Give leaf places rows in roadmap.csv too, under numbers unless the scenario says names=yes."},
    CLI_OPTION_CSV,
    {.name = "hash",
     .kind = CLI_SWITCH,
     .meaning = "Print a hash of the state of every place in every month and run, for all and for each country. It is slow."},
    CLI_OPTION_THREADS,
    {.name = "lanes",
     .kind = CLI_WORD,
     .argument = "4|8|16",
     .standard = "what suits the processor",
     .meaning = "How many runs a thread steps at once. It does not change any result."},
    CLI_OPTION_QUIET,
    CLI_OPTION_PROGRESS,
};

const cli_command cli_run = {
    .name = "run",
    .operands = "SCENARIO",
    .operand_kind = CLI_FOLDER,
    .min_operands = 1,
    .max_operands = 1,
    .summary = "run a scenario many times and write a folder of results",
    .description =
        "Runs the scenario folder SCENARIO as many times as it asks for, writes the results as CSV tables with a "
        "datapackage.json that explains every column, and prints a summary: adopted beside functioning, each with its 5 to 95 % "
        "band, service beside the levers, months to 25, 50 and 75 %, information down and up, and cost.\n"
        "The files appear only when all of them are complete. Ctrl-C ends the run and leaves older results as they were.",
    .example = "nlcsim run scenarios/philippines-roadmap --set resourcing=2 -o roadmap-doubled",
    .example_means = "Runs the Philippine roadmap with facilitation slots and grants doubled.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = run_scenario,
};
