#include "load.h"

#include "estimate.h"
#include "progress.h"
#include "rows.h"
#include "runs.h"
#include "scenario.h"
#include "table.h"
#include "targets.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How the number of a row follows from runs. */
typedef enum {
    LEVEL,  /* the measure at the end of month `to` */
    CHANGE, /* from the end of month `from` to that of month `to` */
    RATIO,  /* of hazards between these months: with `set` over with `against`, run by run */
    FIRST,  /* the share of the group among the first `from` places for which the measure holds */
    NUM_KINDS
} kind;

enum { PATTERN, SCENARIO, SET, AGAINST, KIND, TIER, GROUP, MEASURE, FROM, TO, OBSERVED, ERROR, TOTAL, MUST, NOTE, NUM_COLUMNS };

static const char *const column_names[NUM_COLUMNS] = {"pattern",  "scenario", "set",     "against", "kind",
                                                      "tier",     "group",    "measure", "from",    "to",
                                                      "observed", "error",    "total",   "must",    "note"};

/* What goes through the table row by row. */
typedef struct {
    const cli_arguments *arguments;
    nlc_problems problems; /* of the table */
    nlc_text said;         /* what is wrong with its scenarios */
    nlc_arena arena;
    cli_table table;
    uint32_t at[NUM_COLUMNS];
    bool has_header;
    uint32_t replicates, num_rows, num_inside, num_missed;
} patterns;

/* One row, with its cells. */
typedef struct {
    const char *cell[NUM_COLUMNS];
    kind kind;
    double from, to, observed, error, total; /* NaN where not given */
    nlc_where where;
} pattern;

/* ---- Runs of a scenario with settings -------------------------------------------------------------- */

typedef struct {
    nlc_scenario folder;
    nlc_text text;
    void *memory;
    nlc_resolved resolved;
} setup;

static nlc_error settings_split(patterns *self, const char *text, const char **parts, size_t most, size_t *num)
{
    *num = 0;
    for (const char *at = text; *at != '\0' && *num < most;) {
        const size_t length = strcspn(at, "|");
        parts[*num] = nlc_arena_text(&self->arena, at, length);
        if (parts[(*num)++] == NULL)
            return NLC_ERROR_MEMORY;
        at += length + (at[length] == '|');
    }
    return NLC_OK;
}

static nlc_error setup_resolve(setup *self, patterns *all, const char *path, const char *settings_text, nlc_problems *problems)
{
    enum { MOST_SETTINGS = 16 };
    const char *parts[MOST_SETTINGS];
    size_t num;
    nlc_settings settings = {0};
    nlc_error error = nlc_scenario_load(&self->folder, path, nlc_models(), problems);
    if (error == NLC_OK)
        error = settings_split(all, settings_text, parts, MOST_SETTINGS, &num);
    if (error == NLC_OK)
        error = nlc_settings_read(&settings, &self->folder, parts, num, problems);
    if (error == NLC_OK)
        error = nlc_scenario_write(&self->folder, &settings, &self->text, problems);
    nlc_settings_free(&settings);
    return error;
}

/* Notes of a scenario are not about the patterns; its problems are kept as text, since they name files that
 * go with it. */
static nlc_error setup_init(setup *self, patterns *all, const char *path, const char *settings)
{
    enum { ALIGNMENT = 64 };
    nlc_problems problems = {0};
    nlc_resolved_problem problem;
    *self = (setup){0};
    nlc_error error = setup_resolve(self, all, path, settings, &problems);
    if (error != NLC_OK)
        (void)nlc_problems_write(&problems, &all->said);
    nlc_problems_free(&problems);
    if (error != NLC_OK)
        return error;
    const size_t size = nlc_resolved_size(self->text.data, self->text.length, nlc_models());
    self->memory = aligned_alloc(ALIGNMENT, (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    if (self->memory == NULL)
        return NLC_ERROR_MEMORY;
    return nlc_resolved_read(self->text.data, self->text.length, nlc_models(), self->memory, &self->resolved, &problem);
}

static void setup_free(setup *self)
{
    nlc_scenario_free(&self->folder);
    nlc_text_free(&self->text);
    free(self->memory);
}

static uint32_t label_find(const nlc_labels *labels, const char *text)
{
    for (uint32_t k = 0; k < labels->num; k++)
        if (text[0] != '\0' && strcmp(labels->text[k], text) == 0)
            return k;
    return NLC_NONE;
}

/* The measure of the row's places in these months, run by run: values[replicates][num]. `grouped` keeps
 * to the row's group. */
static nlc_error measure_run(patterns *all, const pattern *row, const nlc_resolved *scenario, bool grouped, uint32_t first,
                             uint32_t num, double *values)
{
    const nlc_targets_options options = {.threads = (uint32_t)cli_number(all->arguments, "threads", cli_num_processors()),
                                         .seed = scenario->seed};
    const nlc_split split = {NLC_NONE, label_find(&scenario->tiers, row->cell[TIER]), NLC_NONE,
                             grouped ? label_find(&scenario->groups, row->cell[GROUP]) : NLC_NONE, NLC_NONE};
    nlc_target *target = calloc(num + (size_t)1, sizeof *target);
    nlc_point *points = malloc((all->replicates + (size_t)1) * sizeof *points);
    nlc_error error = target != NULL && points != NULL ? NLC_OK : NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < num && error == NLC_OK; k++)
        target[k] = (nlc_target){.month = first + k,
                                 .measure = nlc_model_measure(scenario->model, row->cell[MEASURE]),
                                 .split = split,
                                 .scale = 1,
                                 .error = 1};
    for (uint32_t r = 0; r < all->replicates && error == NLC_OK; r++)
        points[r] = (nlc_point){scenario->parameters, scenario->levers};
    const nlc_targets targets = {.scenario = scenario, .target = target, .num = num};
    if (error == NLC_OK)
        error = nlc_targets_run(&targets, &options, points, 0, all->replicates, values);
    free(target);
    free(points);
    return error;
}

/* ---- Numbers of a row ------------------------------------------------------------------------------ */

static bool row_check(patterns *all, const pattern *row, const nlc_resolved *scenario)
{
    const char *group = row->cell[GROUP], *tier = row->cell[TIER];
    const bool good = (tier[0] == '\0' || label_find(&scenario->tiers, tier) != NLC_NONE) &&
                      (group[0] == '\0' || label_find(&scenario->groups, group) != NLC_NONE) &&
                      nlc_model_measure(scenario->model, row->cell[MEASURE]) != NLC_NONE &&
                      (row->kind == FIRST || (row->to >= 1 && row->to <= scenario->num_months)) &&
                      (row->kind == LEVEL || row->from >= 1);
    if (!good)
        nlc_problems_add(&all->problems, row->where, "its tier, group, measure or months are not those of its scenario");
    return good;
}

/* The measure at `from` and `to`: pairs[replicates][2]. */
static nlc_error pairs_run(patterns *all, const pattern *row, const char *path, const char *settings, double *pairs)
{
    setup with;
    nlc_error error = setup_init(&with, all, path, settings);
    if (error == NLC_OK && !row_check(all, row, &with.resolved))
        error = NLC_ERROR_INPUT;
    const uint32_t first = row->kind == LEVEL ? (uint32_t)row->to : (uint32_t)row->from, num = (uint32_t)row->to - first + 1;
    double *values = error == NLC_OK ? malloc((all->replicates * (size_t)num + 1) * sizeof *values) : NULL;
    if (error == NLC_OK && values == NULL)
        error = NLC_ERROR_MEMORY;
    if (error == NLC_OK)
        error = measure_run(all, row, &with.resolved, true, first, num, values);
    for (uint32_t r = 0; r < all->replicates && error == NLC_OK; r++) {
        pairs[2 * r] = values[(size_t)r * num];
        pairs[2 * r + 1] = values[(size_t)r * num + num - 1];
    }
    free(values);
    setup_free(&with);
    return error;
}

static double hazard_of(const double *pair)
{
    return log((1 - pair[0]) / (1 - pair[1]));
}

static nlc_error simple_make(patterns *all, const pattern *row, const char *path, double *sample)
{
    double *pairs = malloc((4 * (size_t)all->replicates + 1) * sizeof *pairs), *others = pairs + 2 * (size_t)all->replicates;
    const double scale = isnan(row->total) ? 1 : row->total;
    nlc_error error = pairs != NULL ? pairs_run(all, row, path, row->cell[SET], pairs) : NLC_ERROR_MEMORY;
    if (error == NLC_OK && row->kind == RATIO)
        error = pairs_run(all, row, path, row->cell[AGAINST], others);
    for (uint32_t r = 0; r < all->replicates && error == NLC_OK; r++) {
        const double *pair = pairs + 2 * (size_t)r;
        sample[r] = row->kind == RATIO    ? hazard_of(pair) / hazard_of(others + 2 * (size_t)r)
                    : row->kind == CHANGE ? scale * (pair[1] - pair[0])
                                          : scale * pair[1];
    }
    free(pairs);
    return error;
}

/* How much of the first places are of the group: both are counted in the first month in which there are so many. */
static nlc_error first_make(patterns *all, const pattern *row, const char *path, double *sample)
{
    setup with;
    nlc_error error = setup_init(&with, all, path, row->cell[SET]);
    if (error == NLC_OK && !row_check(all, row, &with.resolved))
        error = NLC_ERROR_INPUT;
    const uint32_t num = error == NLC_OK ? with.resolved.num_months : 1;
    double *values = malloc((2 * all->replicates * (size_t)num + 1) * sizeof *values),
           *grouped = values + all->replicates * (size_t)num;
    double members = 0;
    if (error == NLC_OK && values == NULL)
        error = NLC_ERROR_MEMORY;
    if (error == NLC_OK)
        error = measure_run(all, row, &with.resolved, false, 1, num, values);
    if (error == NLC_OK)
        error = measure_run(all, row, &with.resolved, true, 1, num, grouped);
    for (uint32_t i = 0; i < with.resolved.num_nodes && error == NLC_OK; i++)
        members += with.resolved.group[i] == label_find(&with.resolved.groups, row->cell[GROUP]);
    for (uint32_t r = 0; r < all->replicates && error == NLC_OK; r++) {
        sample[r] = NAN;
        for (uint32_t t = num; t-- > 0;)
            if (values[(size_t)r * num + t] * row->total >= row->from)
                sample[r] = grouped[(size_t)r * num + t] * members / (values[(size_t)r * num + t] * row->total);
    }
    free(values);
    setup_free(&with);
    return error;
}

/* ---- Rows ------------------------------------------------------------------------------------------ */

/* A number in so many digits as it is worth. */
static void number_add(cli_table *table, double value)
{
    char text[32];
    snprintf(text, sizeof text, fabs(value) >= 10 ? "%.0f" : "%.2f", value);
    cli_table_text(table, isnan(value) ? "-" : text);
}

static void row_add(patterns *self, const pattern *row, const nlc_summary *band)
{
    char places[160], months[64];
    const double low = row->observed - row->error, high = row->observed + row->error;
    const bool inside = low <= band->p95 && high >= band->p05, must = strcmp(row->cell[MUST], "yes") == 0;
    const double away = row->observed < band->p05   ? band->p05 - row->observed
                        : row->observed > band->p95 ? row->observed - band->p95
                                                    : 0;
    snprintf(places, sizeof places, "%s %s%s%s", row->cell[SCENARIO], row->cell[TIER], row->cell[GROUP][0] ? " " : "",
             row->cell[GROUP]);
    snprintf(months, sizeof months, row->kind == LEVEL || row->kind == FIRST ? "%s" : "%s-%s",
             row->kind == LEVEL ? row->cell[TO] : row->cell[FROM], row->cell[TO]);
    cli_table_text(&self->table, row->cell[PATTERN]);
    cli_table_text(&self->table, row->cell[NOTE]);
    cli_table_text(&self->table, places);
    cli_table_text(&self->table, months);
    number_add(&self->table, row->observed);
    number_add(&self->table, row->error);
    number_add(&self->table, band->median);
    number_add(&self->table, band->p05);
    number_add(&self->table, band->p95);
    cli_table_text(&self->table, inside ? "yes" : must ? "NO" : "no");
    number_add(&self->table, away / row->error);
    self->num_rows++;
    self->num_inside += inside;
    self->num_missed += must && !inside;
}

static nlc_error row_run(patterns *self, const pattern *row)
{
    const char *table = self->arguments->operands[0], *slash = strrchr(table, '/');
    nlc_text path = {0};
    double *sample = malloc((self->replicates + (size_t)1) * sizeof *sample);
    nlc_error error =
        sample != NULL ? nlc_text_print(&path, "%.*s%s", slash == NULL ? 0 : (int)(slash + 1 - table), table, row->cell[SCENARIO])
                       : NLC_ERROR_MEMORY;
    const char *kept = error == NLC_OK ? nlc_arena_text(&self->arena, path.data, path.length) : NULL;
    if (error == NLC_OK && kept == NULL)
        error = NLC_ERROR_MEMORY;
    if (error == NLC_OK)
        error = row->kind == FIRST ? first_make(self, row, kept, sample) : simple_make(self, row, kept, sample);
    if (error == NLC_OK) {
        const nlc_summary band = nlc_summary_of(sample, self->replicates);
        row_add(self, row, &band);
    }
    nlc_text_free(&path);
    free(sample);
    return error;
}

static double number_of(const char *text)
{
    char *end;
    const double value = strtod(text, &end);
    return text[0] == '\0' || *end != '\0' ? NAN : value;
}

static nlc_error row_read(patterns *self, const nlc_row *cells, nlc_where where)
{
    static const char kinds[] = "level|change|ratio|first";
    pattern row = {.where = where};
    for (uint32_t k = 0; k < NUM_COLUMNS; k++) {
        const char *cell = self->at[k] < cells->num ? cells->cell[self->at[k]] : "";
        row.cell[k] = nlc_arena_text(&self->arena, cell, strlen(cell));
        if (row.cell[k] == NULL)
            return NLC_ERROR_MEMORY;
    }
    const uint32_t choice = nlc_choice_find(kinds, row.cell[KIND]);
    row.kind = choice < NUM_KINDS ? (kind)choice : LEVEL;
    row.from = number_of(row.cell[FROM]);
    row.to = number_of(row.cell[TO]);
    row.observed = number_of(row.cell[OBSERVED]);
    row.error = number_of(row.cell[ERROR]);
    row.total = number_of(row.cell[TOTAL]);
    if (choice >= NUM_KINDS || isnan(row.observed) || !(row.error > 0)) {
        nlc_problems_add(&self->problems, where, "expected a kind (%s), and numbers in observed and error", kinds);
        return NLC_ERROR_INPUT;
    }
    return row_run(self, &row);
}

static nlc_error on_row(void *context, const nlc_row *row)
{
    patterns *self = context;
    const nlc_where where = {self->arguments->operands[0], row->line, 0};
    if (self->has_header)
        return row_read(self, row, where);
    self->has_header = true;
    for (uint32_t k = 0; k < NUM_COLUMNS; k++) {
        self->at[k] = 0;
        while (self->at[k] < row->num && strcmp(row->cell[self->at[k]], column_names[k]) != 0)
            self->at[k]++;
        if (self->at[k] == row->num)
            nlc_problems_add(&self->problems, where, "has no column %s", column_names[k]);
    }
    return nlc_problems_error(&self->problems);
}

/* ---- The whole ------------------------------------------------------------------------------------- */

static int print(const patterns *self)
{
    const char *format = cli_value(self->arguments, "format");
    const bool is_table = format == NULL || strcmp(format, "table") == 0;
    if (self->table.is_broken)
        return cli_fail(self->arguments, NLC_ERROR_MEMORY, self->arguments->operands[0]);
    cli_table_print(&self->table, format == NULL ? "table" : format, stdout);
    if (is_table)
        printf("\n%u of %u rows inside: what was observed, give or take its error, meets the 5 to 95 %% band of %u runs (chance "
               "alone);\n"
               "the distance is from the band, in errors; NO: a row that must hold does not.\n"
               "Nothing in this table is out of sample: levers and start values were set by hand with sight of every published "
               "count.\n"
               "calibrate --until predicts counts that it has not seen.\n",
               self->num_inside, self->num_rows, self->replicates);
    return self->num_missed > 0 ? CLI_FAILED : CLI_DONE;
}

static int show_patterns(const cli_arguments *arguments)
{
    static const char *const shown[] = {"pattern", "what", "scenario", "months", "observed", "error",
                                        "median",  "p05",  "p95",      "inside", "distance"};
    patterns self = {.arguments = arguments, .replicates = (uint32_t)cli_number(arguments, "replicates", 100)};
    const nlc_where where = {arguments->operands[0], 0, 0};
    cli_table_init(&self.table, shown, sizeof shown / sizeof *shown);
    errno = 0;
    const nlc_error error = nlc_rows_read(arguments->operands[0], where, &self.problems, on_row, &self);
    int code = cli_tell(arguments, error, &self.problems, arguments->operands[0]);
    if (code != CLI_DONE && self.said.length > 0)
        fwrite(self.said.data, 1, self.said.length, stderr);
    if (code == CLI_DONE)
        code = print(&self);
    nlc_text_free(&self.said);
    cli_table_free(&self.table);
    nlc_arena_free(&self.arena);
    return code;
}

static const cli_option options[] = {
    {.name = "replicates",
     .kind = CLI_NUMBER,
     .argument = "N",
     .low = 10,
     .high = 100000,
     .standard = "100",
     .meaning = "How many runs of each scenario."},
    {.name = "format",
     .kind = CLI_WORD,
     .argument = "table|csv|json|markdown",
     .standard = "table",
     .meaning = "How the table is written."},
    CLI_OPTION_THREADS,
};

const cli_command cli_patterns = {
    .name = "patterns",
    .operands = "TABLE",
    .operand_kind = CLI_FILE,
    .min_operands = 1,
    .max_operands = 1,
    .summary = "hold scenarios against what was published, row by row",
    .description =
        "For each row of TABLE (pattern, scenario, set, against, kind, tier, group, measure, from, to, observed, error, total, "
        "must, "
        "note) runs the scenario, a folder beside the table, and prints what was observed, its error, the band of the runs, "
        "whether "
        "they meet, and how far they are apart. kind: level at month `to`; change between months; ratio of the hazards with the "
        "settings `set` and those `against`, run by run; first: the share of the group among the first `from` places.\n"
        "Such a table shows what a model can produce. It does not test it: see calibrate --until. Exits with 1 where a row that "
        "must hold does not.",
    .example = "nlcsim patterns scenarios/patterns.csv",
    .example_means = "Holds the shipped scenarios against the published counts.",
    .options = options,
    .num_options = sizeof options / sizeof options[0],
    .run = show_patterns,
};
