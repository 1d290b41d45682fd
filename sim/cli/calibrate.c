#include "load.h"

#include "calibration.h"
#include "design.h"
#include "estimate.h"
#include "folder.h"
#include "posterior.h"
#include "progress.h"
#include "runs.h"
#include "stream.h"
#include "study.h"
#include "unknowns.h"
#include "words.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHECK_BINS = 20, CHECK_DRAWS = 99, NOISE = 0x6e6f69 };

/* A calibration on its way from its folder to its results. */
typedef struct {
    const cli_arguments *arguments;
    nlc_study study;
    const nlc_scenario *folder; /* the study's one scenario */
    nlc_points points;
    nlc_targets targets;
    char hash[CLI_HASH_LENGTH + 1];
    bool *use; /* [targets.num], owned */
    nlc_text out, command, title;
    cli_progress progress;
    nlc_calibration_options options;
    nlc_abc abc;
    uint32_t num_draws, num_checks, num_short;
    uint32_t *chosen;              /* [num_draws], owned */
    double *cube, *draws;          /* [num_draws][unknowns], owned: as probabilities, and as values */
    nlc_unknown *unknowns;         /* [unknowns], owned */
    nlc_prediction *predictions;   /* [targets.num], owned */
    nlc_calibration_check *checks; /* [num_checks], owned */
} calibration;

/* ---- What is asked --------------------------------------------------------------------------------- */

static double value_at(const void *context, uint32_t address, double probability)
{
    const calibration *self = context;
    return nlc_factor_at(&self->study.factor[address], probability);
}

static bool tell_progress(void *context, uint32_t done, uint32_t total)
{
    calibration *self = context;
    return cli_progress_tick(&self->progress, done, total);
}

static nlc_error hash_make(calibration *self, nlc_problems *problems)
{
    const nlc_settings nothing = {0};
    nlc_text text = {0};
    const nlc_error error = nlc_scenario_write(self->folder, &nothing, &text, problems);
    if (error == NLC_OK)
        nlc_resolved_hash(text.data, text.length, self->hash);
    nlc_text_free(&text);
    return error;
}

/* Reads --until into the last calendar month whose counts are fitted. */
static bool until_read(const calibration *self, int32_t *until)
{
    const char *text = cli_value(self->arguments, "until");
    unsigned year, month;
    char rest;
    *until = INT32_MAX;
    if (text == NULL)
        return true;
    if (sscanf(text, "%4u-%2u%c", &year, &month, &rest) != 2 || month < 1 || month > 12)
        return false;
    *until = (int32_t)(year * 12 + month - 1);
    return true;
}

static nlc_error targets_make(calibration *self, int32_t until, nlc_problems *problems)
{
    uint32_t num_fitted = 0;
    nlc_error error = nlc_targets_init(&self->targets, self->folder, &self->points.scenario, problems);
    self->use = calloc(self->targets.num + (size_t)1, sizeof *self->use);
    if (error != NLC_OK || self->use == NULL)
        return error != NLC_OK ? error : NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < self->targets.num; k++) {
        self->use[k] = self->folder->observation[self->targets.target[k].row].date <= until;
        num_fitted += self->use[k];
    }
    if (num_fitted == 0) {
        nlc_problems_add(problems, (nlc_where){self->study.label, 0, 0},
                         "the scenario has no count in its months that could be fitted; observed.csv gives them");
        return NLC_ERROR_INPUT;
    }
    if (num_fitted < 2)
        nlc_problems_note(problems, (nlc_where){self->study.label, 0, 0},
                          "one count alone is fitted: too few points to say much of anything");
    return NLC_OK;
}

static nlc_error folder_load(calibration *self, int32_t until, nlc_problems *problems)
{
    nlc_error error = nlc_study_load(&self->study, self->arguments->operands[0], nlc_models(), problems);
    if (error != NLC_OK)
        return error;
    self->folder = &self->study.variant[0].scenario;
    error = cli_unknowns_make(&self->points, &self->study, problems);
    if (error == NLC_OK)
        error = hash_make(self, problems);
    return error == NLC_OK ? targets_make(self, until, problems) : error;
}

/* The command without what cannot change the results. */
static nlc_error texts_make(calibration *self)
{
    static const char *const options[] = {"until", "particles", "simulations", "tolerance", "sbc-runs"};
    const cli_arguments *arguments = self->arguments;
    char *name = cli_folder_name(arguments->operands[0]);
    const char *out = cli_value(arguments, "out");
    nlc_error error = name == NULL ? NLC_ERROR_IO : nlc_text_print(&self->command, "nlcsim calibrate %s", name);
    for (size_t k = 0; k < sizeof options / sizeof *options && error == NLC_OK; k++)
        if (cli_is_given(arguments, options[k]))
            error = nlc_text_print(&self->command, " --%s %s", options[k], cli_value(arguments, options[k]));
    if (error == NLC_OK && cli_is_given(arguments, "sbc"))
        error = nlc_text_print(&self->command, " --sbc");
    if (error == NLC_OK)
        error = out != NULL ? nlc_text_print(&self->out, "%s", out) : nlc_text_print(&self->out, "%s-posterior", name);
    if (error == NLC_OK)
        error = nlc_text_print(&self->title, "%s", self->study.title[0] != '\0' ? self->study.title : name);
    free(name);
    return error;
}

static int prepare(calibration *self)
{
    const cli_arguments *arguments = self->arguments;
    nlc_problems problems = {0};
    nlc_text text = {0};
    int32_t until;
    errno = 0;
    if (!until_read(self, &until)) {
        cli_complain(arguments->command, "--until '%s': expected a month, YYYY-MM", cli_value(arguments, "until"));
        return CLI_WRONG;
    }
    const nlc_error error = folder_load(self, until, &problems);
    int code = cli_tell(arguments, error, &problems, arguments->operands[0]);
    if (code == CLI_DONE)
        code = cli_fail(arguments, texts_make(self), arguments->operands[0]);
    return code == CLI_DONE ? cli_fail_with(arguments, nlc_folder_check(self->out.data, &text), &text) : code;
}

static bool options_read(calibration *self)
{
    const cli_arguments *arguments = self->arguments;
    const char *tolerance = cli_value(arguments, "tolerance");
    char *end = NULL;
    self->options = (nlc_calibration_options){
        .targets = &self->targets,
        .points = &self->points,
        .use = self->use,
        .value = value_at,
        .progress = tell_progress,
        .context = self,
        .num_particles = (uint32_t)cli_number(arguments, "particles", 500),
        .threads = (uint32_t)cli_number(arguments, "threads", cli_num_processors()),
        .seed = self->study.seed,
        .most_simulations = cli_number(arguments, "simulations", 100000),
        .tolerance = tolerance != NULL ? strtod(tolerance, &end) : 1,
    };
    self->num_draws = self->options.num_particles;
    if (tolerance == NULL || (*end == '\0' && end != tolerance && self->options.tolerance > 0))
        return true;
    cli_complain(arguments->command, "--tolerance '%s': expected a number above 0", tolerance);
    return false;
}

/* ---- What follows from the fit --------------------------------------------------------------------- */

static nlc_error draws_make(calibration *self)
{
    const size_t num = self->points.num, size = self->num_draws * num + 1;
    self->chosen = malloc((self->num_draws + (size_t)1) * sizeof *self->chosen);
    self->cube = malloc(size * sizeof *self->cube);
    self->draws = malloc(size * sizeof *self->draws);
    if (!self->chosen || !self->cube || !self->draws)
        return NLC_ERROR_MEMORY;
    nlc_abc_resample(&self->abc, self->study.seed, self->chosen, self->num_draws);
    for (uint32_t r = 0; r < self->num_draws; r++)
        for (uint32_t j = 0; j < num; j++) {
            self->cube[r * num + j] = self->abc.points[self->chosen[r] * num + j];
            self->draws[r * num + j] = value_at(self, j, self->cube[r * num + j]);
        }
    return NLC_OK;
}

static nlc_error unknowns_make(calibration *self)
{
    const uint32_t num = self->points.num;
    nlc_identification *found = malloc((num + (size_t)1) * sizeof *found);
    double *sample = malloc((self->num_draws + (size_t)1) * sizeof *sample);
    self->unknowns = malloc((num + (size_t)1) * sizeof *self->unknowns);
    const bool good = found && sample && self->unknowns;
    if (good)
        nlc_identify(self->cube, self->num_draws, num, found);
    for (uint32_t j = 0; good && j < num; j++) {
        for (uint32_t r = 0; r < self->num_draws; r++)
            sample[r] = self->draws[(size_t)r * num + j];
        const nlc_summary posterior = nlc_summary_of(sample, self->num_draws);
        self->unknowns[j] = (nlc_unknown){self->study.factor[j].name,
                                          value_at(self, j, 0.05),
                                          value_at(self, j, 0.5),
                                          value_at(self, j, 0.95),
                                          posterior.p05,
                                          posterior.median,
                                          posterior.p95,
                                          found[j]};
    }
    free(found);
    free(sample);
    return good ? NLC_OK : NLC_ERROR_MEMORY;
}

/* What would be published: what a run gives, with an error as large as the table says. */
static void prediction_make(calibration *self, uint32_t k, const double *values, double *sample)
{
    const nlc_target *target = &self->targets.target[k];
    const nlc_observation *row = &self->folder->observation[target->row];
    for (uint32_t r = 0; r < self->num_draws; r++) {
        nlc_stream stream = nlc_stream_for(self->study.seed, NOISE, (uint64_t)k << 32 | r);
        sample[r] = fmax(0, values[(size_t)r * self->targets.num + k] + target->error * (2 * nlc_stream_unit(&stream) - 1));
    }
    self->predictions[k] = (nlc_prediction){
        .date = row->text[NLC_OBSERVED_DATE],
        .under = row->text[NLC_OBSERVED_UNDER],
        .tier = row->text[NLC_OBSERVED_TIER],
        .group = row->text[NLC_OBSERVED_GROUP],
        .measure = row->text[NLC_OBSERVED_MEASURE],
        .month = target->month,
        .observed = target->observed,
        .total = row->total,
        .error = target->error,
        .is_fitted = self->use[k],
        .predicted = nlc_summary_of(sample, self->num_draws),
    };
}

static nlc_error predictions_make(calibration *self)
{
    double *values = malloc((self->num_draws * (size_t)self->targets.num + 1) * sizeof *values);
    double *sample = malloc((self->num_draws + (size_t)1) * sizeof *sample);
    self->predictions = malloc((self->targets.num + (size_t)1) * sizeof *self->predictions);
    nlc_error error = values && sample && self->predictions ? NLC_OK : NLC_ERROR_MEMORY;
    if (error == NLC_OK)
        error = nlc_calibration_predict(&self->abc, &self->options, self->chosen, self->num_draws, values);
    for (uint32_t k = 0; k < self->targets.num && error == NLC_OK; k++)
        prediction_make(self, k, values, sample);
    free(values);
    free(sample);
    return error;
}

/* At the tolerance that the fit has reached. */
static nlc_error checks_make(calibration *self)
{
    const uint32_t num = self->points.num, runs = (uint32_t)cli_number(self->arguments, "sbc-runs", 200);
    if (!cli_is_given(self->arguments, "sbc"))
        return NLC_OK;
    uint32_t *ranks = malloc(((size_t)NLC_NUM_FAULTS * num * runs + 1) * sizeof *ranks);
    self->checks = malloc(((size_t)NLC_NUM_FAULTS * num + 1) * sizeof *self->checks);
    nlc_calibration_options options = self->options;
    options.tolerance = self->abc.tolerance;
    nlc_error error = ranks && self->checks ? NLC_OK : NLC_ERROR_MEMORY;
    if (error == NLC_OK)
        error = nlc_calibration_ranks(&options, runs, CHECK_DRAWS, ranks, &self->num_short);
    for (uint32_t j = 0; j < num && error == NLC_OK; j++)
        for (nlc_fault fault = 0; fault < NLC_NUM_FAULTS; fault++)
            self->checks[self->num_checks++] = (nlc_calibration_check){
                self->study.factor[j].name, fault,
                nlc_ranks_uniformity(ranks + ((size_t)fault * num + j) * runs, runs, CHECK_DRAWS, CHECK_BINS)};
    free(ranks);
    return error;
}

static int compute(calibration *self)
{
    cli_progress_init(&self->progress, self->arguments);
    nlc_error error = nlc_calibrate(&self->abc, &self->options);
    if (error == NLC_ERROR_INPUT)
        cli_complain(self->arguments->command, "no %u runs gave the observed measures a meaning within %" PRIu64 " runs",
                     self->options.num_particles, self->options.most_simulations);
    if (error == NLC_OK)
        error = draws_make(self);
    if (error == NLC_OK)
        error = unknowns_make(self);
    if (error == NLC_OK)
        error = predictions_make(self);
    if (error == NLC_OK)
        error = checks_make(self);
    cli_progress_end(&self->progress);
    if (error == NLC_ERROR_INTERRUPTED)
        cli_complain(self->arguments->command, "interrupted; nothing was written, the same command starts anew");
    return cli_fail(self->arguments, error, self->arguments->operands[0]);
}

/* ---- The whole ------------------------------------------------------------------------------------- */

static int finish(calibration *self)
{
    const char *until = cli_value(self->arguments, "until");
    const nlc_posterior what = {
        .command = self->command.data,
        .resolved_hash = self->hash,
        .title = self->title.data,
        .until = until != NULL ? until : "the last",
        .seed = self->study.seed,
        .num_simulations = self->abc.num_simulations,
        .tolerance = self->abc.tolerance,
        .wanted = self->options.tolerance,
        .acceptance = self->abc.acceptance,
        .effective = nlc_abc_effective(&self->abc),
        .num_generations = self->abc.num_generations,
        .num_unknowns = self->points.num,
        .num_draws = self->num_draws,
        .num_predictions = self->targets.num,
        .num_checks = self->num_checks,
        .unknowns = self->unknowns,
        .draws = self->draws,
        .predictions = self->predictions,
        .checks = self->checks,
        .num_check_runs = (uint32_t)cli_number(self->arguments, "sbc-runs", 200),
        .num_check_draws = CHECK_DRAWS,
        .num_short = self->num_short,
    };
    nlc_text problems = {0}, text = {0};
    int code = cli_fail_with(self->arguments, nlc_posterior_write(&what, self->out.data, &problems), &problems);
    if (code != CLI_DONE || cli_is_given(self->arguments, "quiet"))
        return code;
    code = cli_fail(self->arguments, nlc_posterior_summarise(&what, &text), self->out.data);
    if (code == CLI_DONE)
        printf("%s\nposterior: %s\n", text.data, self->out.data);
    nlc_text_free(&text);
    return code;
}

static int calibrate(const cli_arguments *arguments)
{
    calibration self = {.arguments = arguments};
    int code = prepare(&self);
    if (code == CLI_DONE && !options_read(&self))
        code = CLI_WRONG;
    if (code == CLI_DONE)
        code = compute(&self);
    if (code == CLI_DONE)
        code = finish(&self);
    nlc_abc_free(&self.abc);
    nlc_targets_free(&self.targets);
    nlc_points_free(&self.points);
    nlc_study_free(&self.study);
    free(self.use);
    free(self.chosen);
    free(self.cube);
    free(self.draws);
    free(self.unknowns);
    free(self.predictions);
    free(self.checks);
    nlc_text_free(&self.out);
    nlc_text_free(&self.command);
    nlc_text_free(&self.title);
    return code;
}

static const cli_option options[] = {
    {.name = "out",
     .letter = 'o',
     .kind = CLI_FOLDER,
     .argument = "DIR",
     .standard = "NAME-posterior where you are, NAME being that of the study",
     .meaning = "The folder for the posterior. An older one in it is replaced and other files stay as they are; a folder that "
                "holds files but no results is refused."},
    {.name = "until",
     .kind = CLI_TEXT,
     .argument = "YYYY-MM",
     .meaning = "Fit the counts up to this month alone, and predict the later ones."},
    {.name = "particles",
     .kind = CLI_NUMBER,
     .argument = "N",
     .low = 20,
     .high = 100000,
     .standard = "500",
     .meaning = "How many draws the posterior has."},
    {.name = "simulations",
     .kind = CLI_NUMBER,
     .argument = "N",
     .low = 100,
     .high = 1000000000,
     .standard = "100000",
     .meaning = "How many runs may be spent; where they end before the tolerance is reached, what was reached is reported."},
    {.name = "tolerance",
     .kind = CLI_TEXT,
     .argument = "E",
     .standard = "1",
     .meaning = "How far from every count a run may be, in observation errors."},
    {.name = "sbc",
     .kind = CLI_SWITCH,
     .meaning = "Check the calibration by simulation too: draw truths from the prior, fit counts simulated from them, and see "
                "whether the truths rank evenly among the draws; and whether three planted faults are rejected. It is slow."},
    {.name = "sbc-runs",
     .kind = CLI_NUMBER,
     .argument = "N",
     .low = 40,
     .high = 100000,
     .standard = "200",
     .meaning = "How many truths --sbc draws."},
    CLI_OPTION_THREADS,
    CLI_OPTION_QUIET,
    CLI_OPTION_PROGRESS,
};

const cli_command cli_calibrate = {
    .name = "calibrate",
    .operands = "STUDY",
    .operand_kind = CLI_FOLDER,
    .min_operands = 1,
    .max_operands = 1,
    .summary = "fit the unknowns of a scenario to what was observed",
    .description =
        "Fits the factors of the study folder STUDY to the observed.csv of its scenario by sequential approximate Bayesian "
        "computation: factors.csv gives the prior of each unknown (an uncertainty without low and high: between the bounds of its "
        "table), "
        "observed.csv the counts with their errors. Writes a sample that run --parameters takes, what the counts say of each "
        "unknown (often: nothing), and what the sample predicts for every count, fitted or later. Of "
        "study.csv it takes the title, the scenario and the seed; design, points, replicates, stop and outcomes are for sweep.\n"
        "The fit is to published totals alone. That it fits does not make it true: other mechanisms may fit as well.",
    .example = "nlcsim calibrate studies/flanders-wallonia --until 2017-05 -o posterior",
    .example_means = "Fits the counts up to May 2017 and predicts the later ones.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = calibrate,
};
