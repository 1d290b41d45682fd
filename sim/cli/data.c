#include "data.h"

#include "load.h"
#include "scenario.h"
#include "study_tables.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Columns that say which run it is, and are no inputs. */
static const char *const bookkeeping[] = {"id", "run", "point", "replicate", "seed", "network"};

static nlc_where whole(const nlc_sheet *sheet)
{
    return (nlc_where){sheet->path, 0, 0};
}

const nlc_sheet *cli_data_runs(const cli_data *self)
{
    return self->is_study ? &self->runs : &self->points;
}

int cli_data_tell(cli_data *self)
{
    const nlc_error error = nlc_problems_error(&self->problems);
    return error ? cli_tell(self->arguments, error, &self->problems, self->points.path) : CLI_DONE;
}

int cli_data_refuse(cli_data *self, const char *format, ...)
{
    char message[512];
    va_list details;
    va_start(details, format);
    vsnprintf(message, sizeof message, format, details);
    va_end(details);
    nlc_problems_add(&self->problems, whole(cli_data_runs(self)), "%s", message);
    return cli_data_tell(self);
}

bool cli_real(const cli_arguments *arguments, const char *name, double *value, bool *is_wrong)
{
    const char *text = cli_value(arguments, name);
    char *end;
    if (text == NULL)
        return false;
    *value = strtod(text, &end);
    if (end > text && *end == 0 && isfinite(*value))
        return true;
    cli_complain(arguments->command, "--%s '%s': expected a number with a decimal point", name, text);
    *is_wrong = true;
    return false;
}

/* ---- Names ------------------------------------------------------------------------------------- */

static bool is_named(const char *list, const char *name)
{
    const size_t length = strlen(name);
    for (const char *at = list; at != NULL; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
        if (strcspn(at, ",") == length && memcmp(at, name, length) == 0)
            return true;
    return false;
}

/* Every name of a list must be a column. */
static void names_check(cli_data *self, const char *list)
{
    char name[256];
    for (const char *at = list; at != NULL; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        snprintf(name, sizeof name, "%.*s", (int)strcspn(at, ","), at);
        nlc_sheet_column(&self->points, name, &self->problems);
    }
}

bool cli_data_is_bookkeeping(const char *name)
{
    for (size_t k = 0; k < sizeof bookkeeping / sizeof bookkeeping[0]; k++)
        if (strcmp(bookkeeping[k], name) == 0)
            return true;
    return name[0] == 0;
}

/* Behind the factors of a study that stops its points by itself. */
static bool says_when_it_stopped(const cli_data *self, const char *name)
{
    for (uint32_t k = 0; k < NLC_NUM_STOP_COLUMNS && self->is_study; k++)
        if (strcmp(nlc_stop_columns[k].name, name) == 0)
            return true;
    return false;
}

/* "row", where it does nothing but count: 0, 1, 2 or 1, 2, 3. */
static bool numbers_rows(const cli_data *self, const char *name)
{
    const uint32_t column = strcmp(name, "row") == 0 ? nlc_sheet_find(&self->points, name) : NLC_NONE;
    double first = NAN, value;
    for (uint32_t row = 0; row < self->points.num_rows && column != NLC_NONE; row++) {
        if (!nlc_sheet_number(&self->points, nlc_sheet_cell(&self->points, row, column), &value))
            return false;
        first = row == 0 ? value : first;
        if ((first != 0 && first != 1) || value != first + row)
            return false;
    }
    return column != NLC_NONE;
}

/* Whether a column of the points is an input. */
static bool is_input(const cli_data *self, const char *name)
{
    const char *inputs = cli_value(self->arguments, "inputs");
    if (inputs != NULL)
        return is_named(inputs, name);
    const bool is_output = self->output_name != NULL && strcmp(name, self->output_name) == 0;
    const bool is_cost = self->cost_name != NULL && strcmp(name, self->cost_name) == 0;
    /* Of a study that stops by itself, points.csv says how its points ended. */
    const bool is_end = strcmp(name, "runs") == 0 || strcmp(name, "precision") == 0;
    return !cli_data_is_bookkeeping(name) && !numbers_rows(self, name) && !says_when_it_stopped(self, name) &&
           (self->is_study ? !is_end : !is_output && !is_cost);
}

/* In the results of a study: functioning at the end, or else the first outcome. */
static const char *output_choose(cli_data *self)
{
    const char *given = cli_value(self->arguments, "output");
    const nlc_sheet *runs = cli_data_runs(self);
    if (given != NULL || !self->is_study)
        return given;
    for (uint32_t c = 0; c < runs->num_columns; c++)
        if (strncmp(runs->name[c], "functioning_end", 15) == 0)
            return runs->name[c];
    for (uint32_t c = 0; c < runs->num_columns; c++)
        if (!cli_data_is_bookkeeping(runs->name[c]))
            return runs->name[c];
    return NULL;
}

static const char *cost_choose(cli_data *self)
{
    const char *given = cli_value(self->arguments, "cost");
    const nlc_sheet *runs = cli_data_runs(self);
    for (uint32_t c = 0; given == NULL && c < runs->num_columns; c++)
        if (strcmp(runs->name[c], "cost_end") == 0 || strcmp(runs->name[c], "cost_end.all") == 0)
            return runs->name[c];
    return given;
}

/* ---- Columns ----------------------------------------------------------------------------------- */

bool cli_data_column(cli_data *self, const char *name, double *values)
{
    const nlc_sheet *runs = cli_data_runs(self);
    const uint32_t column = nlc_sheet_column(runs, name, &self->problems);
    return column != NLC_NONE && nlc_sheet_numbers(runs, column, values, &self->problems) == NLC_OK;
}

static nlc_error outputs_read(cli_data *self)
{
    self->output = malloc((self->num_runs + (size_t)1) * sizeof *self->output);
    self->cost = self->cost_name ? malloc((self->num_runs + (size_t)1) * sizeof *self->cost) : NULL;
    if (!self->output || (self->cost_name && !self->cost))
        return NLC_ERROR_MEMORY;
    cli_data_column(self, self->output_name, self->output);
    if (self->cost)
        cli_data_column(self, self->cost_name, self->cost);
    return NLC_OK;
}

static bool is_whole(const double *values, uint32_t num)
{
    for (uint32_t i = 0; i < num; i++)
        if (!isnan(values[i]) && values[i] != floor(values[i]))
            return false;
    return true;
}

static nlc_error factor_read(cli_data *self, cli_factor *factor, uint32_t column)
{
    const char *levers = cli_value(self->arguments, "levers");
    *factor = (cli_factor){.name = self->points.name[column], .column = column, .low = NAN, .high = NAN};
    factor->is_lever = is_named(levers, factor->name);
    factor->value = malloc((self->num_points + (size_t)1) * sizeof *factor->value);
    if (!factor->value)
        return NLC_ERROR_MEMORY;
    const nlc_error error = nlc_sheet_factor(&self->points, column, factor->value, &factor->words);
    factor->kind = is_whole(factor->value, self->num_points) ? NLC_PRIM_WHOLE : NLC_PRIM_REAL;
    if (factor->words.num > 0)
        factor->kind = NLC_PRIM_CATEGORY;
    return error;
}

static nlc_error factors_read(cli_data *self)
{
    nlc_error error = NLC_OK;
    names_check(self, cli_value(self->arguments, "inputs"));
    names_check(self, cli_value(self->arguments, "levers"));
    self->factor = calloc(self->points.num_columns + (size_t)1, sizeof *self->factor);
    if (!self->factor)
        return NLC_ERROR_MEMORY;
    for (uint32_t c = 0; c < self->points.num_columns && !error; c++)
        if (is_input(self, self->points.name[c]))
            error = factor_read(self, &self->factor[self->num_factors++], c);
    if (!error && self->num_factors == 0)
        nlc_problems_add(&self->problems, whole(&self->points), "no column is left as an input; name them with --inputs");
    return error;
}

/* ---- A study's results ------------------------------------------------------------------------- */

static double number_at(const nlc_sheet *sheet, uint32_t row, uint32_t column)
{
    double value = NAN;
    if (column != NLC_NONE && !nlc_sheet_number(sheet, nlc_sheet_cell(sheet, row, column), &value))
        return NAN;
    return value;
}

/* The role and the range of a factor stand in its row of factors.csv. */
static void role_read(cli_data *self, const uint32_t column[5], uint32_t row)
{
    const nlc_sheet *sheet = &self->factors;
    for (uint32_t f = 0; f < self->num_factors; f++) {
        cli_factor *factor = &self->factor[f];
        if (strcmp(factor->name, nlc_sheet_cell(sheet, row, column[0])) != 0)
            continue;
        if (cli_value(self->arguments, "levers") == NULL && column[1] != NLC_NONE)
            factor->is_lever = strcmp(nlc_sheet_cell(sheet, row, column[1]), "lever") == 0;
        factor->low = number_at(sheet, row, column[2]);
        factor->high = number_at(sheet, row, column[3]);
        const char *kind = column[4] == NLC_NONE ? "" : nlc_sheet_cell(sheet, row, column[4]);
        if (factor->kind == NLC_PRIM_WHOLE && strcmp(kind, "real") == 0)
            factor->kind = NLC_PRIM_REAL;
        if (strcmp(kind, "model") == 0)
            self->model_column = factor->column;
    }
}

static nlc_error roles_read(cli_data *self)
{
    static const char *const names[] = {"name", "role", "low", "high", "kind"};
    uint32_t column[5];
    const nlc_error error = nlc_sheet_read(&self->factors, self->path[2].data, &self->problems);
    if (error)
        return error;
    for (int k = 0; k < 5; k++)
        column[k] = k == 0 ? nlc_sheet_column(&self->factors, names[k], &self->problems) : nlc_sheet_find(&self->factors, names[k]);
    for (uint32_t row = 0; row < self->factors.num_rows && column[0] != NLC_NONE; row++)
        role_read(self, column, row);
    return NLC_OK;
}

/* Which point each run belongs to, by the text of the column `point`. */
static nlc_error points_join(cli_data *self)
{
    const uint32_t of_points = nlc_sheet_column(&self->points, "point", &self->problems);
    const uint32_t of_runs = nlc_sheet_column(&self->runs, "point", &self->problems);
    nlc_index index = {0};
    nlc_error error = of_points == NLC_NONE || of_runs == NLC_NONE ? NLC_ERROR_INPUT : NLC_OK;
    for (uint32_t row = 0; row < self->points.num_rows && !error; row++) {
        const char *id = nlc_sheet_cell(&self->points, row, of_points);
        if (nlc_index_find(&index, id) == NLC_NONE)
            error = nlc_index_add(&index, id, row);
        else
            nlc_problems_add(&self->problems, (nlc_where){self->points.path, self->points.line[row], 0}, "point %s is there twice",
                             id);
    }
    for (uint32_t row = 0; row < self->runs.num_rows && !error; row++) {
        self->point[row] = nlc_index_find(&index, nlc_sheet_cell(&self->runs, row, of_runs));
        if (self->point[row] == NLC_NONE)
            nlc_problems_add(&self->problems, (nlc_where){self->runs.path, self->runs.line[row], 0}, "there is no point %s in %s",
                             nlc_sheet_cell(&self->runs, row, of_runs), self->points.path);
    }
    nlc_index_free(&index);
    return error;
}

static nlc_error sheets_read(cli_data *self)
{
    static const char *const files[] = {"points.csv", "runs.csv", "factors.csv"};
    const char *from = cli_value(self->arguments, "from"), *folder = self->arguments->operands[1];
    self->is_study = from == NULL;
    for (int k = 0; k < 3; k++) {
        const nlc_error error =
            from != NULL ? nlc_text_print(&self->path[k], "%s", from) : nlc_text_print(&self->path[k], "%s/%s", folder, files[k]);
        if (error)
            return error;
    }
    nlc_error error = nlc_sheet_read(&self->points, self->path[0].data, &self->problems);
    if (!error && self->is_study)
        error = nlc_sheet_read(&self->runs, self->path[1].data, &self->problems);
    if (!error && self->is_study)
        error = nlc_study_mark_read(folder, self->mark);
    return error;
}

static nlc_error load(cli_data *self)
{
    nlc_error error = sheets_read(self);
    if (error)
        return error;
    const nlc_sheet *runs = cli_data_runs(self);
    self->num_points = self->points.num_rows;
    self->num_runs = runs->num_rows;
    self->seed_column = nlc_sheet_find(runs, "seed");
    self->replicate_column = nlc_sheet_find(runs, "replicate");
    self->output_name = output_choose(self);
    self->cost_name = cost_choose(self);
    self->point = malloc((self->num_runs + (size_t)1) * sizeof *self->point);
    if (!self->point)
        return NLC_ERROR_MEMORY;
    for (uint32_t row = 0; row < self->num_runs; row++)
        self->point[row] = row;
    if (self->is_study)
        error = points_join(self);
    if (!error && self->output_name == NULL)
        nlc_problems_add(&self->problems, whole(runs), "there is no outcome; name the column with --output");
    else if (!error)
        error = outputs_read(self);
    if (!error)
        error = factors_read(self);
    return !error && self->is_study ? roles_read(self) : error;
}

/* What must be given, and what cannot be given together. */
static int usage_check(const cli_arguments *arguments)
{
    const bool has_table = cli_is_given(arguments, "from"), has_folder = arguments->num_operands > 1;
    if (has_table == has_folder) {
        cli_complain(arguments->command, has_table ? "a results folder and --from cannot be given together"
                                                   : "name a results folder, or a table with --from");
        return CLI_WRONG;
    }
    if (!has_table || cli_is_given(arguments, "output"))
        return CLI_DONE;
    cli_complain(arguments->command, "--from needs --output: which column is to be explained");
    return CLI_WRONG;
}

static int empty_read(cli_data *self)
{
    double empty;
    bool is_wrong = false;
    if (cli_real(self->arguments, "empty", &empty, &is_wrong))
        cli_data_fill_empty(self, empty);
    return is_wrong ? CLI_WRONG : CLI_DONE;
}

int cli_data_load(cli_data *self, const cli_arguments *arguments, bool needs_cost)
{
    *self = (cli_data){.arguments = arguments, .model_column = NLC_NONE};
    int code = usage_check(arguments);
    if (code != CLI_DONE)
        return code;
    nlc_error error = load(self);
    if (!error && needs_cost && self->cost_name == NULL)
        nlc_problems_add(&self->problems, whole(cli_data_runs(self)), "there is no column cost_end; name the cost with --cost");
    code = cli_data_tell(self);
    if (code == CLI_DONE)
        code = cli_fail(arguments, error, self->path[0].data);
    return code == CLI_DONE ? empty_read(self) : code;
}

void cli_data_free(cli_data *self)
{
    for (uint32_t f = 0; f < self->num_factors; f++) {
        nlc_words_free(&self->factor[f].words);
        free(self->factor[f].value);
    }
    free(self->factor);
    free(self->point);
    free(self->output);
    free(self->cost);
    nlc_sheet_free(&self->points);
    nlc_sheet_free(&self->runs);
    nlc_sheet_free(&self->factors);
    for (int k = 0; k < 3; k++)
        nlc_text_free(&self->path[k]);
    nlc_problems_free(&self->problems);
    *self = (cli_data){0};
}

/* ---- What is said of the output ---------------------------------------------------------------- */

bool cli_data_low_is_better(const cli_data *self)
{
    const char *given = cli_value(self->arguments, "better");
    if (given != NULL)
        return strcmp(given, "low") == 0;
    return strncmp(self->output_name, "months_to", 9) == 0 || strncmp(self->output_name, "cost", 4) == 0 ||
           strstr(self->output_name, "_gap") != NULL;
}

const char *cli_data_unit(const cli_data *self)
{
    const size_t length = strcspn(self->output_name, ".");
    if (!self->is_study)
        return "";
    for (const nlc_model *const *model = nlc_models(); *model != NULL; model++)
        for (uint32_t k = 0; k < (*model)->num_outcomes; k++) {
            const nlc_outcome *outcome = &(*model)->outcomes[k];
            if (strlen(outcome->name) == length && memcmp(outcome->name, self->output_name, length) == 0)
                return outcome->unit;
        }
    return "";
}

void cli_data_cover(const cli_data *self, uint32_t used, uint32_t all, const char *what)
{
    if (used < all && !cli_is_given(self->arguments, "quiet"))
        cli_complain(self->arguments->command, "warning: %u of %u %s are complete (%.1f %%); the others are left out", used, all,
                     what, 100.0 * used / all);
}
