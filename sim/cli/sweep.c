/* For realpath. */
#define _XOPEN_SOURCE 700

#include "load.h"

#include "base.h"
#include "estimate.h"
#include "folder.h"
#include "progress.h"
#include "runs.h"
#include "save.h"
#include "study_load.h"
#include "study_tables.h"
#include "words.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    const cli_arguments *arguments;
    cli_study study;
    nlc_store store;
    nlc_text out;      /* owned; the path of the results folder */
    char *name;        /* owned; of the study's folder */
    const char **base; /* [num_factors], owned: as for the store; NULL where a design moves every factor */
    nlc_text command;  /* owned; that runs the study, without what it says of series and of how tables are written */
    nlc_text problems; /* owned; what the store and the tables have to say */
    uint32_t shard, num_shards;
    uint64_t num_points;
    nlc_precision precision; /* of the key `stop` */
} sweep;

/* ---- Options ----------------------------------------------------------------------------------- */

/* Reads --shard K/N. */
static int shard_read(sweep *self)
{
    const char *text = cli_value(self->arguments, "shard");
    self->num_shards = 1;
    if (text == NULL)
        return CLI_DONE;
    char *end;
    const unsigned long k = strtoul(text, &end, 10);
    const unsigned long n = *end == '/' ? strtoul(end + 1, &end, 10) : 0;
    if (*end != '\0' || k < 1 || k > n || n > 1000000) {
        cli_complain(self->arguments->command, "--shard '%s': expected K/N with K from 1 to N, such as 2/4", text);
        return CLI_WRONG;
    }
    self->shard = (uint32_t)(k - 1);
    self->num_shards = (uint32_t)n;
    return CLI_DONE;
}

/* NAME-results, and for a shard NAME-results-K-of-N, so that tasks of a cluster do not meet. */
static nlc_error out_find(sweep *self)
{
    const char *out = cli_value(self->arguments, "out");
    if (out != NULL)
        return nlc_text_print(&self->out, "%s", out);
    char *real = realpath(self->arguments->operands[0], NULL);
    const char *slash = real == NULL ? NULL : strrchr(real, '/');
    nlc_error error = slash == NULL ? NLC_ERROR_IO : nlc_text_print(&self->out, "%s-results", slash + 1);
    if (error == NLC_OK && self->num_shards > 1)
        error = nlc_text_print(&self->out, "-%" PRIu32 "-of-%" PRIu32, self->shard + 1, self->num_shards);
    free(real);
    return error;
}

/* Without what cannot change the results: where they go, shards, threads, lanes, what is shown. */
static nlc_error command_write(sweep *self)
{
    self->name = cli_folder_name(self->arguments->operands[0]);
    const nlc_error error = self->name == NULL ? NLC_ERROR_IO : nlc_text_print(&self->command, "nlcsim sweep");
    return error == NLC_OK ? cli_word_add(&self->command, self->name) : error;
}

static uint32_t num_threads(const sweep *self)
{
    return (uint32_t)cli_number(self->arguments, "threads", cli_num_processors());
}

static nlc_sweep_options options_make(const sweep *self, uint32_t threads)
{
    const char *lanes = cli_value(self->arguments, "lanes");
    return (nlc_sweep_options){.threads = threads,
                               .lanes = lanes == NULL ? 0 : (uint32_t)strtoul(lanes, NULL, 10),
                               .shard = self->shard,
                               .num_shards = self->num_shards,
                               .columns = self->study.columns,
                               .num_columns = self->study.num_columns,
                               .series = cli_is_given(self->arguments, "series")};
}

/* ---- What it will cost ------------------------------------------------------------------------- */

static nlc_error take_point(void *context, const nlc_sweep_point *point, int64_t *input)
{
    int64_t *next = context;
    (void)point;
    *input = (*next)++;
    return NLC_OK;
}

static nlc_error find_none(void *context, int64_t input, uint32_t first, uint32_t num, bool *found)
{
    (void)context, (void)input, (void)first;
    memset(found, 0, num * sizeof *found);
    return NLC_OK;
}

static nlc_error put_nowhere(void *context, const nlc_sweep_result *result)
{
    (void)context, (void)result;
    return NLC_OK;
}

static nlc_error flush_nothing(void *context)
{
    (void)context;
    return NLC_OK;
}

/* The first, the middle and the last point, with as many replicates as fill the lanes of a usual scenario. */
static nlc_error three_run(const sweep *self, double *seconds, uint64_t *runs)
{
    enum { POINTS = 3, REPLICATES = 40 };
    nlc_study sample = self->study.study;
    nlc_design design = {0};
    nlc_sweep_counts counts;
    int64_t next = 1;
    const nlc_sink sink = {.context = &next, .point = take_point, .find = find_none, .put = put_nowhere, .flush = flush_nothing};
    sample.listed = malloc((POINTS * (size_t)sample.num_factors + 1) * sizeof *sample.listed);
    nlc_error error = sample.listed == NULL ? NLC_ERROR_MEMORY : nlc_design_init(&design, &self->study.study);
    for (uint64_t k = 0; k < POINTS && error == NLC_OK; k++)
        nlc_design_point(&design, k * (design.num_points - 1) / (POINTS - 1), sample.listed + k * sample.num_factors);
    nlc_design_free(&design);
    sample.design = NLC_DESIGN_LIST;
    sample.num_listed = POINTS;
    sample.replicates = sample.replicates < REPLICATES ? sample.replicates : REPLICATES;
    nlc_sweep_options options = options_make(self, 1);
    options.shard = 0;
    options.num_shards = 1;
    const double started = cli_seconds_now();
    if (error == NLC_OK)
        error = nlc_sweep_run(&sample, &sink, &options, &counts);
    *seconds = cli_seconds_now() - started;
    *runs = error == NLC_OK ? counts.computed : 0;
    free(sample.listed);
    return error;
}

/* Bytes of a run in the store and in runs.csv. */
static double bytes_of_run(const sweep *self)
{
    enum { KEY = 24, CELL = 9, SERIES_CELL = 17 };
    const nlc_study *study = &self->study.study;
    const nlc_scenario *scenario = &study->variant[0].scenario;
    double bytes = 2.0 * KEY + (double)CELL * (self->study.num_columns + self->study.num_chosen);
    if (cli_is_given(self->arguments, "series"))
        bytes += (double)scenario->key[NLC_KEY_MONTHS].value.whole * scenario->model->num_measures * SERIES_CELL;
    return bytes;
}

/* Bytes of a point in the store, as columns and as settings, in points.csv and in summary.csv. */
static double bytes_of_point(const sweep *self)
{
    enum { HASHES = 300, VALUE = 28, SUMMARY = 74 };
    const nlc_study *study = &self->study.study;
    double bytes = HASHES + (double)SUMMARY * self->study.num_chosen;
    for (uint32_t k = 0; k < study->num_factors; k++)
        bytes += (double)strlen(study->factor[k].name) + VALUE;
    return bytes;
}

/* Bytes of the scenario folders, which the store keeps, and of what describes the tables. */
static double bytes_of_folders(const sweep *self)
{
    enum { FIXED = 60000, PLACE = 110 };
    double bytes = FIXED;
    for (uint32_t v = 0; v < self->study.study.num_variants; v++)
        bytes += (double)PLACE * self->study.study.variant[v].scenario.num_nodes;
    return bytes;
}

/* Runs that are still to be computed: all of them where there is no store yet. */
static int missing_find(sweep *self, double runs, double *missing)
{
    nlc_text file = {0};
    uint64_t num = 0;
    nlc_error error = nlc_text_print(&file, "%s/" NLC_STORE_FILE, self->out.data);
    *missing = runs;
    if (!error && access(file.data, F_OK) == 0) {
        const nlc_sweep_options options = options_make(self, num_threads(self));
        error = nlc_store_missing(self->out.data, &self->study.study, &options, &num, &self->problems);
        *missing = (double)num;
    }
    nlc_text_free(&file);
    return cli_fail_with(self->arguments, error, &self->problems);
}

static double bytes_of_rest(const sweep *self, double runs, double missing)
{
    const double points = (double)self->num_points / self->num_shards * bytes_of_point(self);
    const double bytes = missing * bytes_of_run(self) + missing / runs * points;
    return missing < runs ? bytes : bytes + bytes_of_folders(self);
}

static void bytes_write(double bytes, char *text, size_t size)
{
    if (bytes < 1e6)
        snprintf(text, size, "%.0f kB", bytes == 0 ? 0 : bytes < 1e3 ? 1.0 : bytes / 1e3);
    else if (bytes < 1e9)
        snprintf(text, size, bytes < 1e7 ? "%.1f MB" : "%.0f MB", bytes / 1e6);
    else
        snprintf(text, size, "%.1f GB", bytes / 1e9);
}

static int cost_print(sweep *self)
{
    const nlc_study *study = &self->study.study;
    const double runs = (double)self->num_points * study->replicates / self->num_shards;
    const bool stops = study->stop.text != NULL;
    double seconds, missing;
    uint64_t measured;
    const int code = missing_find(self, runs, &missing);
    const nlc_error error = code == CLI_DONE ? three_run(self, &seconds, &measured) : NLC_OK;
    if (code != CLI_DONE || error != NLC_OK)
        return code != CLI_DONE ? code : cli_fail(self->arguments, error, self->arguments->operands[0]);
    char time[40], disk[32];
    bytes_write(bytes_of_rest(self, runs, missing), disk, sizeof disk);
    printf("points    %" PRIu64 " of %" PRIu32 " factors\n", self->num_points, study->num_factors);
    printf("runs      %s%.0f: %" PRIu32 " replicates of each point%s\n", stops ? "at least " : "", runs, study->replicates,
           self->num_shards > 1 ? ", in this shard" : "");
    if (stops)
        printf("          at most %.0f: each point until %s, or %" PRIu32 " replicates; time and disk are for the fewest\n",
               runs / study->replicates * nlc_study_most(study), study->stop.text, nlc_study_most(study));
    if (missing < runs)
        printf("          %.0f of them are stored in %s already; time and disk are for the other %.0f\n", runs - missing,
               self->out.data, missing);
    if (measured > 0) {
        cli_duration_write(seconds / (double)measured * missing / num_threads(self), time, sizeof time);
        printf("time      about %s on %" PRIu32 " threads, as three of the points took (%.3g ms a run on one)\n", time,
               num_threads(self), 1e3 * seconds / (double)measured);
    } else {
        puts("time      unknown: none of the three points that were tried can be run");
    }
    printf("disk      about %s in %s\n", disk, self->out.data);
    return CLI_DONE;
}

/* ---- Running ----------------------------------------------------------------------------------- */

/* What is not moved is as in the scenario, of which a design one at a time has but one. */
static nlc_error base_find(sweep *self)
{
    nlc_study *study = &self->study.study;
    if (study->design != NLC_DESIGN_ONE_AT_A_TIME)
        return NLC_OK;
    self->base = calloc((size_t)study->num_factors + 1, sizeof *self->base);
    return self->base == NULL ? NLC_ERROR_MEMORY : nlc_study_base(study, 0, &study->arena, self->base);
}

static int store_begin(sweep *self)
{
    nlc_error error = base_find(self);
    const nlc_store_options options = {.columns = self->study.columns,
                                       .num_columns = self->study.num_columns,
                                       .chosen = self->study.chosen,
                                       .num_chosen = self->study.num_chosen,
                                       .series = cli_is_given(self->arguments, "series"),
                                       .precise = self->study.precise == NLC_NONE ? NULL : self->study.columns[self->study.precise],
                                       .cache = cli_value(self->arguments, "cache"),
                                       .base = self->base,
                                       .name = self->name,
                                       .command = self->command.data};
    if (error == NLC_OK)
        error = nlc_folder_check(self->out.data, &self->problems);
    if (error == NLC_OK)
        error = nlc_store_init(&self->store, &self->study.study, self->out.data, &options, &self->problems);
    return cli_fail_with(self->arguments, error, &self->problems);
}

static void counts_print(const sweep *self, const nlc_sweep_counts *counts)
{
    printf("points    %" PRIu64 "\n", self->num_points);
    printf("runs      %" PRIu64 ": %" PRIu64 " computed, %" PRIu64 " found", counts->runs, counts->computed, counts->found);
    if (counts->failed > 0)
        printf(", %" PRIu64 " failed with design points that cannot be run (failures.csv)", counts->failed);
    putchar('\n');
    if (self->study.study.stop.text != NULL)
        printf("precision enough in %" PRIu64 " points, not reached in %" PRIu64 " (points.csv)\n", counts->enough,
               counts->not_reached);
    if (self->num_shards > 1)
        printf("shard     %" PRIu32 " of %" PRIu32 "; when all are done: nlcsim merge DIR... -o RESULTS\n", self->shard + 1,
               self->num_shards);
    printf("results   %s\n", self->out.data);
}

static int runs_make(sweep *self, nlc_sweep_counts *counts)
{
    cli_progress progress;
    cli_progress_init(&progress, self->arguments);
    nlc_sweep_options options = options_make(self, num_threads(self));
    options.precision = self->study.study.stop.text != NULL ? &self->precision : NULL;
    options.most = nlc_study_most(&self->study.study);
    options.progress = cli_progress_tick;
    options.context = &progress;
    const nlc_sink sink = nlc_store_sink(&self->store);
    nlc_error error = nlc_sweep_run(&self->study.study, &sink, &options, counts);
    if (error == NLC_OK || error == NLC_ERROR_INTERRUPTED) {
        const nlc_error committed = nlc_store_commit(&self->store);
        error = committed != NLC_OK ? committed : error;
    }
    cli_progress_end(&progress);
    if (error == NLC_ERROR_INTERRUPTED)
        cli_complain(self->arguments->command,
                     "interrupted after %" PRIu32 " of %" PRIu32 " runs; give the same command again: it goes on where it was",
                     progress.done, progress.total);
    return cli_fail_with(self->arguments, error, &self->problems);
}

static int study_run(sweep *self)
{
    nlc_sweep_counts counts;
    int code = store_begin(self);
    if (code == CLI_DONE)
        code = runs_make(self, &counts);
    if (code == CLI_DONE && self->num_shards == 1)
        code =
            cli_fail_with(self->arguments, nlc_study_tables_write(&self->store, cli_csv_style(self->arguments)), &self->problems);
    if (code == CLI_DONE && !cli_is_given(self->arguments, "quiet"))
        counts_print(self, &counts);
    if (code == CLI_DONE && counts.failed > 0)
        cli_complain(self->arguments->command,
                     "warning: %" PRIu64 " of %" PRIu64 " runs failed with design points that cannot be run; %s", counts.failed,
                     counts.runs, self->num_shards > 1 ? "merge lists them in failures.csv" : "failures.csv lists them");
    return code;
}

static bool has_two_models(const nlc_study *study)
{
    return study->model_factor != NLC_NONE && study->factor[study->model_factor].num_levels > 1;
}

/* As `nlcsim compare --precision`. */
static void precision_take(sweep *self)
{
    const nlc_study *study = &self->study.study;
    self->precision = (nlc_precision){.confidence = study->stop.confidence,
                                      .width = study->stop.width,
                                      .is_relative = study->stop.is_relative,
                                      .first = study->replicates};
}

static int prepare(sweep *self)
{
    int code = shard_read(self);
    if (code == CLI_DONE)
        code = cli_study_load(&self->study, self->arguments);
    if (code != CLI_DONE)
        return code;
    if (has_two_models(&self->study.study) && cli_is_given(self->arguments, "series")) {
        cli_complain(self->arguments->command, "--series: the models of this study have different measures; series need one model");
        return CLI_WRONG;
    }
    precision_take(self);
    nlc_design design;
    nlc_error error = nlc_design_init(&design, &self->study.study);
    self->num_points = design.num_points;
    nlc_design_free(&design);
    if (error == NLC_OK)
        error = out_find(self);
    if (error == NLC_OK)
        error = command_write(self);
    return cli_fail(self->arguments, error, self->arguments->operands[0]);
}

static int sweep_run(const cli_arguments *arguments)
{
    sweep self = {.arguments = arguments};
    int code = prepare(&self);
    if (code == CLI_DONE)
        code = cli_is_given(arguments, "dry-run") ? cost_print(&self) : study_run(&self);
    nlc_store_free(&self.store);
    cli_study_free(&self.study);
    nlc_text_free(&self.out);
    nlc_text_free(&self.command);
    free(self.name);
    free(self.base);
    nlc_text_free(&self.problems);
    return code;
}

static const cli_option options[] = {
    {.name = "out",
     .letter = 'o',
     .kind = CLI_FOLDER,
     .argument = "DIR",
     .standard = "NAME-results where you are, NAME being that of the study",
     .meaning = "The folder for the results. The same command with the same folder goes on where it was stopped, and runs that "
                "are there already are not computed again."},
    {.name = "shard",
     .kind = CLI_TEXT,
     .argument = "K/N",
     .standard = "all of it",
     .meaning = "Run only the K-th of N parts, each into a folder of its own; `nlcsim merge` then makes one study of them."},
    {.name = "dry-run", .kind = CLI_SWITCH, .meaning = "Say how many runs there are and what they cost, measured on three points."},
    {.name = "cache",
     .kind = CLI_FOLDER,
     .argument = "DIR",
     .meaning = "Results of another study: runs with the same inputs are copied from there instead of computed."},
    {.name = "series", .kind = CLI_SWITCH, .meaning = "Keep each run month by month too, in series.csv. It is large."},
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

const cli_command cli_sweep = {
    .name = "sweep",
    .operands = "STUDY",
    .operand_kind = CLI_FOLDER,
    .min_operands = 1,
    .max_operands = 1,
    .summary = "run a study: many design points, each many times",
    .description =
        "Runs the study folder STUDY (study.csv, factors.csv): the scenario with its factors varied by the design. Every run goes "
        "into study.db, a SQLite database in the results folder, as soon as it is finished: the program may be killed at any "
        "moment, and the same command goes on. With the key `stop` of study.csv each point is run until the mean of an outcome is "
        "known well enough, and points.csv says `enough` or `not reached`. At the end points.csv, runs.csv, summary.csv and "
        "factors.csv are written, with a "
        "datapackage.json that explains every column. They are the same bytes whatever the threads, the interruptions and the "
        "shards.\n"
        "A design point that makes no sense as a whole is recorded in failures.csv and does not stop the others.",
    .example = "nlcsim sweep scenarios/studies/resourcing-x-engagement-x-capacity --dry-run",
    .example_means = "Says how many runs the study has, how long they take and how much disk they need.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = sweep_run,
};
