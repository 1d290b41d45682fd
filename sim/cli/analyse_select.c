/* The cheapest choice that reaches a target often enough: targets.csv. */
#include "analyse.h"

#include "analyse_columns.h"

#include "load.h"
#include "select.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Before the share. */
#define FUNCTIONING "months_to_functioning_"

const nlc_column cli_target_columns[CLI_NUM_TARGET_COLUMNS] = {
    {.name = "functioning",
     .unit = "% of places",
     .type = NLC_COLUMN_NUMBER,
     .low = 0,
     .high = 100,
     .empty = "the row names an outcome",
     .meaning = "so many are to function: the outcome months_to_functioning_X, as 80"},
    {.name = "month",
     .unit = "months",
     .type = NLC_COLUMN_NUMBER,
     .low = 0,
     .high = INFINITY,
     .empty = "the row names an outcome",
     .meaning = "by which they are to function; beyond the last month of the runs counts as missed"},
    {.name = "probability",
     .unit = "1",
     .type = NLC_COLUMN_NUMBER,
     .required = true,
     .filled = true,
     .low = 0,
     .high = 1,
     .empty = "",
     .meaning = "with which the target is to be reached, above 0"},
    {.name = "outcome",
     .unit = "",
     .type = NLC_COLUMN_TEXT,
     .low = -INFINITY,
     .high = INFINITY,
     .empty = "the one of --output",
     .meaning = "column of runs.csv that is to reach at_least or at_most"},
    {.name = "at_least",
     .unit = "of the outcome",
     .type = NLC_COLUMN_NUMBER,
     .low = -INFINITY,
     .high = INFINITY,
     .empty = "no lower limit",
     .meaning = "the outcome is to be this, or more"},
    {.name = "at_most",
     .unit = "of the outcome",
     .type = NLC_COLUMN_NUMBER,
     .low = -INFINITY,
     .high = INFINITY,
     .empty = "no upper limit",
     .meaning = "the outcome is to be this, or less"},
    {.name = "label",
     .unit = "",
     .type = NLC_COLUMN_TEXT,
     .low = -INFINITY,
     .high = INFINITY,
     .empty = "the target in its own words",
     .meaning = "what the target is called"},
};

/* A row of the table: what is to be reached, by which column of the runs (NLC_NONE where that is wrong). */
typedef struct {
    nlc_target target;
    uint32_t column;
} wanted;

typedef struct {
    cli_data *data;
    nlc_sheet sheet;
    wanted *wanted;                          /* [sheet.num_rows], owned */
    nlc_text path;                           /* owned */
    uint32_t column[CLI_NUM_TARGET_COLUMNS]; /* of the sheet, or NLC_NONE */
    cli_parts choices;
    uint32_t *choice; /* [num_runs], owned; NLC_NONE for runs of models without the outcome */
    double *outcome;  /* [num_runs], owned */
    double *room;     /* [num_runs], owned */
    nlc_selection *selections;
} targets;

static const char *column_name(const void *context, uint32_t i)
{
    (void)context;
    return cli_target_columns[i].name;
}

static void header_check(targets *self)
{
    char hint[NLC_HINT_LENGTH];
    nlc_problems *problems = &self->data->problems;
    for (uint32_t k = 0; k < CLI_NUM_TARGET_COLUMNS; k++)
        self->column[k] = nlc_sheet_find(&self->sheet, cli_target_columns[k].name);
    for (uint32_t c = 0; c < self->sheet.num_columns; c++) {
        bool is_known = false;
        for (uint32_t k = 0; k < CLI_NUM_TARGET_COLUMNS; k++)
            is_known = is_known || self->column[k] == c;
        if (!is_known)
            nlc_problems_add(problems, (nlc_where){self->sheet.path, 1, 0}, "'%s' is not a column%s", self->sheet.name[c],
                             nlc_hint(hint, nlc_nearest(self->sheet.name[c], column_name, NULL, CLI_NUM_TARGET_COLUMNS)));
    }
    if (self->column[CLI_TARGET_PROBABILITY] == NLC_NONE)
        nlc_problems_add(problems, (nlc_where){self->sheet.path, 1, 0}, "there is no column 'probability'");
    if (self->column[CLI_TARGET_FUNCTIONING] == NLC_NONE && self->column[CLI_TARGET_OUTCOME] == NLC_NONE &&
        self->column[CLI_TARGET_AT_LEAST] == NLC_NONE && self->column[CLI_TARGET_AT_MOST] == NLC_NONE)
        nlc_problems_add(problems, (nlc_where){self->sheet.path, 1, 0},
                         "nothing says what is to be reached: functioning and month, or outcome with at_least or at_most");
}

/* ---- The rows ---------------------------------------------------------------------------------- */

static const char *cell(const targets *self, uint32_t row, uint32_t k)
{
    return self->column[k] == NLC_NONE ? "" : nlc_sheet_cell(&self->sheet, row, self->column[k]);
}

static nlc_where where_of(const targets *self, uint32_t row)
{
    return (nlc_where){self->sheet.path, self->sheet.line[row], 0};
}

/* The number in a cell, within the bounds of its column; NaN where it is empty. */
static double number(targets *self, uint32_t row, uint32_t k)
{
    const char *text = cell(self, row, k);
    char plain[64], bounds[64] = "", *end;
    if (text[0] == 0)
        return NAN;
    snprintf(plain, sizeof plain, "%s", text);
    char *comma = self->sheet.decimal_comma ? strchr(plain, ',') : NULL;
    if (comma != NULL)
        *comma = '.';
    const double value = strtod(plain, &end);
    const double low = cli_target_columns[k].low, high = cli_target_columns[k].high;
    const bool is_probability = k == CLI_TARGET_PROBABILITY;
    if (*end == 0 && isfinite(value) && value >= low && value <= high && !(is_probability && value == 0))
        return value;
    if (is_probability)
        snprintf(bounds, sizeof bounds, " above 0 and up to 1");
    else if (isfinite(low) && isfinite(high))
        snprintf(bounds, sizeof bounds, " from %g to %g", low, high);
    else if (isfinite(low))
        snprintf(bounds, sizeof bounds, " from %g on", low);
    nlc_problems_add(&self->data->problems, where_of(self, row), "%s is '%s', expected a number%s", cli_target_columns[k].name,
                     text, bounds);
    return NAN;
}

/* Adds the shares of which the runs have the months: the X of months_to_functioning_X. */
static void shares_list(const nlc_sheet *runs, nlc_text *list)
{
    const size_t length = strlen(FUNCTIONING);
    for (uint32_t c = 0; c < runs->num_columns; c++) {
        const char *share = runs->name[c] + length;
        if (strncmp(runs->name[c], FUNCTIONING, length) != 0 ||
            (strchr(share, '.') != NULL && strcmp(strchr(share, '.'), ".all") != 0))
            continue;
        nlc_text_print(list, "%s%.*s", list->length > 0 ? ", " : "", (int)strcspn(share, "."), share);
    }
}

/* X % functioning is the outcome months_to_functioning_X, of all places. */
static uint32_t functioning_find(targets *self, uint32_t row, double functioning)
{
    const nlc_sheet *runs = cli_data_runs(self->data);
    char name[64];
    nlc_text shares = {0};
    snprintf(name, sizeof name, FUNCTIONING "%g.all", functioning);
    uint32_t column = nlc_sheet_find(runs, name);
    snprintf(name, sizeof name, FUNCTIONING "%g", functioning);
    column = column == NLC_NONE ? nlc_sheet_find(runs, name) : column;
    if (column != NLC_NONE)
        return column;
    shares_list(runs, &shares);
    nlc_problems_add(&self->data->problems, where_of(self, row), "functioning is '%s', and %s has no %s; %s%s",
                     cell(self, row, CLI_TARGET_FUNCTIONING), runs->path, name,
                     shares.length > 0 ? "the shares that can be asked for: " : "it has none of " FUNCTIONING "X",
                     shares.length > 0 ? shares.data : "");
    nlc_text_free(&shares);
    return NLC_NONE;
}

static uint32_t outcome_find(targets *self, uint32_t row)
{
    const nlc_sheet *runs = cli_data_runs(self->data);
    const char *given = cell(self, row, CLI_TARGET_OUTCOME), *name = given[0] != 0 ? given : self->data->output_name;
    char hint[NLC_HINT_LENGTH];
    const uint32_t column = nlc_sheet_find(runs, name);
    if (column == NLC_NONE)
        nlc_problems_add(&self->data->problems, where_of(self, row), "outcome is '%s', which is no column of %s%s", name,
                         runs->path, nlc_hint(hint, nlc_sheet_nearest(runs, name)));
    return column;
}

static void row_read(targets *self, uint32_t row, wanted *into)
{
    const double functioning = number(self, row, CLI_TARGET_FUNCTIONING), month = number(self, row, CLI_TARGET_MONTH);
    nlc_target *target = &into->target;
    *target = (nlc_target){number(self, row, CLI_TARGET_AT_LEAST), number(self, row, CLI_TARGET_AT_MOST),
                           number(self, row, CLI_TARGET_PROBABILITY)};
    if (cell(self, row, CLI_TARGET_PROBABILITY)[0] == 0)
        nlc_problems_add(&self->data->problems, where_of(self, row), "probability is '%s', expected a number above 0 and up to 1",
                         cell(self, row, CLI_TARGET_PROBABILITY));
    if (!isnan(functioning) && (cell(self, row, CLI_TARGET_OUTCOME)[0] != 0 || !isnan(target->at_least) || !isnan(target->at_most)))
        nlc_problems_add(&self->data->problems, where_of(self, row),
                         "the row gives functioning, and outcome, at_least or at_most as well; make two rows of it");
    target->at_most = isnan(functioning) ? target->at_most : month;
    into->column = isnan(functioning) ? outcome_find(self, row) : functioning_find(self, row, functioning);
    if (isnan(target->at_most) && isnan(target->at_least))
        nlc_problems_add(&self->data->problems, where_of(self, row), "the row says no %s",
                         isnan(functioning) ? "at_least and no at_most" : "month by which it is to be reached");
}

/* All of them with their outcomes, so that what is wrong is said before anything is printed. */
static nlc_error rows_read(targets *self)
{
    const nlc_sheet *runs = cli_data_runs(self->data);
    double *values = malloc((runs->num_rows + (size_t)1) * sizeof *values);
    self->wanted = malloc((self->sheet.num_rows + (size_t)1) * sizeof *self->wanted);
    const nlc_error error = values && self->wanted ? NLC_OK : NLC_ERROR_MEMORY;
    for (uint32_t row = 0; row < self->sheet.num_rows && !error; row++) {
        row_read(self, row, &self->wanted[row]);
        if (self->wanted[row].column != NLC_NONE)
            cli_data_column(self->data, runs->name[self->wanted[row].column], values);
    }
    free(values);
    return error;
}

/* ---- The whole --------------------------------------------------------------------------------- */

static int targets_init(targets *self, cli_data *data)
{
    const char *given = cli_value(data->arguments, "targets");
    const nlc_sheet *runs = cli_data_runs(data);
    bool has_lever = false;
    *self = (targets){.data = data};
    if (given == NULL && !data->is_study) {
        cli_complain(data->arguments->command, "select with --from needs --targets: a table of what is to be reached");
        return CLI_WRONG;
    }
    nlc_error error = given != NULL ? nlc_text_print(&self->path, "%s", given)
                                    : nlc_text_print(&self->path, "%s/" CLI_TARGETS_FILE, data->arguments->operands[1]);
    if (!error && given == NULL && access(self->path.data, F_OK) != 0)
        nlc_problems_add(&data->problems, (nlc_where){self->path.data, 0, 0},
                         "is not there; select needs a table of what is to be reached: name it with --targets FILE");
    else if (!error)
        error = nlc_sheet_read(&self->sheet, self->path.data, &data->problems);
    if (!error && self->sheet.num_columns > 0)
        header_check(self);
    int code = cli_data_tell(data);
    if (code == CLI_DONE && !error)
        error = rows_read(self);
    if (code == CLI_DONE)
        code = cli_data_tell(data);
    if (code != CLI_DONE || error)
        return code != CLI_DONE ? code : cli_fail(data->arguments, error, data->points.path);
    for (uint32_t f = 0; f < data->num_factors; f++)
        has_lever = has_lever || data->factor[f].is_lever;
    error = cli_data_part(data, has_lever, &self->choices);
    self->choice = malloc((runs->num_rows + (size_t)1) * sizeof *self->choice);
    self->outcome = malloc((runs->num_rows + (size_t)1) * sizeof *self->outcome);
    self->room = malloc((runs->num_rows + (size_t)1) * sizeof *self->room);
    self->selections = malloc((self->choices.num + (size_t)1) * sizeof *self->selections);
    if (!self->choice || !self->outcome || !self->room || !self->selections)
        error = NLC_ERROR_MEMORY;
    return cli_fail(data->arguments, error, data->points.path);
}

static void targets_free(targets *self)
{
    nlc_sheet_free(&self->sheet);
    free(self->wanted);
    nlc_text_free(&self->path);
    cli_parts_free(&self->choices);
    free(self->choice);
    free(self->outcome);
    free(self->room);
    free(self->selections);
}

/* ---- One target -------------------------------------------------------------------------------- */

static nlc_error findings_add(const targets *self, const char *prefix, cli_findings *findings)
{
    nlc_text label = {0}, item = {0};
    nlc_error error = NLC_OK;
    for (uint32_t c = 0; c < self->choices.num && !error; c++) {
        const nlc_selection *found = &self->selections[c];
        error = cli_data_label(self->data, self->choices.first[c], &label);
        item.length = 0;
        if (!error)
            error = nlc_text_print(&item, "%s%s%s", prefix, prefix[0] != 0 ? ": " : "", label.data);
        if (error)
            break;
        cli_findings_add(findings, item.data, "probability", (nlc_estimate){found->share, NAN, found->low, found->high},
                         found->num_runs);
        cli_findings_plain(findings, item.data, "cost", found->mean_cost, found->num_runs);
        cli_findings_plain(findings, item.data, "reached_by", found->reached_by, found->num_runs);
    }
    nlc_text_free(&label);
    nlc_text_free(&item);
    return error;
}

static nlc_error choice_print(const targets *self, const char *what, double probability, uint32_t choice)
{
    nlc_text label = {0};
    nlc_error error = NLC_OK;
    if (choice == NLC_NONE)
        printf("  %s: none\n", what);
    else if ((error = cli_data_label(self->data, self->choices.first[choice], &label)) == NLC_OK) {
        const nlc_selection *found = &self->selections[choice];
        printf("  %s: %s\n    cost %.4g, probability %.3g [%.3g, %.3g] from %u runs", what, label.data, found->mean_cost,
               found->share, found->low, found->high, found->num_runs);
        if (!isnan(found->reached_by))
            printf("; with probability %g reached by %.4g", probability, found->reached_by);
        putchar('\n');
    }
    nlc_text_free(&label);
    return error;
}

/* Which choice each run counts for, and how many of those have no outcome. */
static uint32_t runs_assign(targets *self, const char *outcome)
{
    const cli_data *data = self->data;
    uint32_t num_empty = 0;
    for (uint32_t i = 0; i < data->num_runs; i++) {
        const bool has_one = cli_data_has_outcome(data, outcome, i);
        self->choice[i] = has_one ? self->choices.of[data->point[i]] : NLC_NONE;
        num_empty += has_one && isnan(self->outcome[i]);
    }
    return num_empty;
}

/* Of the runs that count, those that have no outcome. */
static void empty_print(const targets *self, uint32_t num_empty)
{
    uint32_t num_counted = 0;
    for (uint32_t i = 0; i < self->data->num_runs; i++)
        num_counted += self->choice[i] != NLC_NONE;
    if (num_empty > 0)
        printf("  %u of %u runs did not reach it within their months, or have none: they miss the target\n", num_empty,
               num_counted);
    if (num_counted < self->data->num_runs)
        printf("  %u of %u runs are of models without it and are left out\n", self->data->num_runs - num_counted,
               self->data->num_runs);
}

static nlc_error target_print(const targets *self, const nlc_target *target, const char *outcome, nlc_cheapest cheapest)
{
    const bool is_wait = strncmp(outcome, "months_to_", 10) == 0;
    printf("%s", outcome);
    if (!isnan(target->at_least))
        printf(" at least %g", target->at_least);
    if (!isnan(target->at_most))
        printf(" at most %g", target->at_most);
    printf(" with a probability of at least %g:\n", target->probability);
    nlc_error error = choice_print(self, "cheapest", target->probability, cheapest.by_share);
    if (!error)
        error =
            choice_print(self, "cheapest of which even the 95 % interval is above that", target->probability, cheapest.for_sure);
    if (!error && !isnan(target->at_most) && isnan(target->at_least))
        error = choice_print(self, is_wait ? "soonest, whatever the cost" : "smallest, whatever the cost", target->probability,
                             cheapest.soonest);
    return error;
}

static int target_select(targets *self, uint32_t row, cli_findings *findings)
{
    cli_data *data = self->data;
    const wanted *wanted = &self->wanted[row];
    const char *outcome = cli_data_runs(data)->name[wanted->column];
    nlc_text prefix = {0};
    if (!cli_data_column(data, outcome, self->outcome))
        return cli_data_tell(data);
    const uint32_t num_empty = runs_assign(self, outcome);
    const nlc_select_input input = {data->num_runs, self->choices.num, self->choice, self->outcome, data->cost, self->room};
    const nlc_cheapest cheapest = nlc_select(&input, &wanted->target, self->selections);
    nlc_error error = cell(self, row, CLI_TARGET_LABEL)[0] != 0 ? nlc_text_print(&prefix, "%s", cell(self, row, CLI_TARGET_LABEL))
                                                                : nlc_text_print(&prefix, "target %u", row + 1);
    findings->output = outcome;
    if (!error)
        error = findings_add(self, prefix.data, findings);
    if (!error && cli_is_shown(data))
        error = target_print(self, &wanted->target, outcome, cheapest);
    if (!error && cli_is_shown(data))
        empty_print(self, num_empty);
    nlc_text_free(&prefix);
    return cli_fail(data->arguments, error, data->points.path);
}

int cli_analyse_select(cli_data *data, cli_findings *findings)
{
    targets self;
    int code = targets_init(&self, data);
    if (code == CLI_DONE && cli_is_shown(data))
        printf("select: the cheapest of %u choices by %s; a run without the outcome by the end of its months misses the target\n\n",
               self.choices.num, data->cost_name);
    for (uint32_t row = 0; row < self.sheet.num_rows && code == CLI_DONE; row++)
        code = target_select(&self, row, findings);
    targets_free(&self);
    return code;
}
