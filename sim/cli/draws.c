#include "draws.h"

#include "prior.h"
#include "rows.h"
#include "scenario.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- The table --------------------------------------------------------------------------------- */

typedef struct {
    cli_draws *self;
    nlc_where where;
    nlc_problems *problems;
    uint32_t most_rows;  /* as many as there are runs */
    uint32_t run_column; /* NLC_NONE, or the number of the run, which is not drawn */
    size_t value_capacity;
} reading;

static nlc_error header_read(reading *read, const nlc_row *row)
{
    cli_draws *self = read->self;
    self->names = calloc(row->num + 1, sizeof *self->names);
    if (self->names == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < row->num; k++) {
        if (strcmp(row->cell[k], "run") == 0 && read->run_column == NLC_NONE) {
            read->run_column = k;
            continue;
        }
        self->names[self->num_columns] = strdup(row->cell[k]);
        if (self->names[self->num_columns++] == NULL)
            return NLC_ERROR_MEMORY;
    }
    return NLC_OK;
}

static bool number_read(const char *cell, bool decimal_comma, double *value)
{
    char text[64], *end;
    if (strlen(cell) >= sizeof text || cell[0] == '\0')
        return false;
    strcpy(text, cell);
    if (decimal_comma && strchr(text, ',') != NULL)
        *strchr(text, ',') = '.';
    *value = strtod(text, &end);
    return *end == '\0' && isfinite(*value);
}

static nlc_error values_read(reading *read, const nlc_row *row)
{
    cli_draws *self = read->self;
    const nlc_where where = {read->where.file, row->line, read->where.order};
    const size_t before = (size_t)self->num * self->num_columns;
    double *grown = nlc_grown(self->values, &read->value_capacity, before + self->num_columns + 1, sizeof *grown);
    if (grown == NULL)
        return NLC_ERROR_MEMORY;
    self->values = grown;
    for (uint32_t k = 0, column = 0; k < row->num; k++) {
        if (k == read->run_column)
            continue;
        if (!number_read(row->cell[k], row->decimal_comma, &self->values[before + column]))
            nlc_problems_add(read->problems, where, "%s is '%s', expected a number", self->names[column], row->cell[k]);
        column++;
    }
    self->num++;
    return NLC_OK;
}

static nlc_error on_row(void *context, const nlc_row *row)
{
    reading *read = context;
    if (read->self->names == NULL)
        return header_read(read, row);
    const size_t num = read->self->num_columns + (size_t)(read->run_column != NLC_NONE);
    if (row->num != num) {
        const nlc_where where = {read->where.file, row->line, read->where.order};
        nlc_problems_add(read->problems, where, "%zu cells, expected %zu as in the header", row->num, num);
        return NLC_OK;
    }
    return read->self->num < read->most_rows ? values_read(read, row) : NLC_OK;
}

static nlc_error table_read(cli_draws *self, nlc_where where, uint32_t most_rows, nlc_problems *problems)
{
    reading read = {self, where, problems, most_rows, NLC_NONE, 0};
    const nlc_error error = nlc_rows_read(where.file, where, problems, on_row, &read);
    if (error == NLC_OK && (self->num == 0 || self->num_columns == 0) && nlc_problems_error(problems) == NLC_OK)
        nlc_problems_add(problems, where, "expected a header of addresses and at least one row of values");
    return error == NLC_OK ? nlc_problems_error(problems) : error;
}

/* ---- Points ------------------------------------------------------------------------------------ */

static nlc_error points_room(cli_draws *self, size_t num_levers)
{
    const size_t num_parameters = self->resolved->model->num_parameters;
    self->parameters = malloc((self->num * num_parameters + 1) * sizeof *self->parameters);
    self->lever_values = malloc((self->num * num_levers + 1) * sizeof *self->lever_values);
    self->points = malloc((self->num + (size_t)1) * sizeof *self->points);
    if (!self->parameters || !self->lever_values || !self->points)
        return NLC_ERROR_MEMORY;
    for (uint32_t r = 0; r < self->num; r++) {
        self->points[r].parameters = self->parameters + r * num_parameters;
        self->points[r].levers = num_levers > 0 ? self->lever_values + r * num_levers : self->resolved->levers;
        memcpy(self->parameters + r * num_parameters, self->resolved->parameters, num_parameters * sizeof *self->parameters);
    }
    return NLC_OK;
}

/* The parameter that a column sets, or NLC_NONE where it does anything else. */
static uint32_t plain_parameter(const nlc_model *model, const char *name)
{
    static const char prefix[] = "parameter.";
    return nlc_model_parameter(model, strncmp(name, prefix, sizeof prefix - 1) == 0 ? name + sizeof prefix - 1 : name);
}

static bool are_parameters(const cli_draws *self)
{
    bool good = true;
    for (uint32_t k = 0; k < self->num_columns && good; k++)
        good = plain_parameter(self->resolved->model, self->names[k]) != NLC_NONE;
    return good;
}

static nlc_error out_of_bounds(const cli_draws *self, nlc_where where, uint32_t row, uint32_t column, nlc_problems *problems)
{
    where.line = row + 2;
    nlc_problems_add(problems, where, "%s is %.9g, which is outside the bounds", self->names[column],
                     self->values[(size_t)row * self->num_columns + column]);
    return NLC_ERROR_INPUT;
}

static nlc_error parameters_fill(cli_draws *self, nlc_where where, nlc_problems *problems)
{
    const nlc_model *model = self->resolved->model;
    nlc_error error = points_room(self, 0);
    for (uint32_t r = 0; r < self->num && error == NLC_OK; r++)
        for (uint32_t k = 0; k < self->num_columns; k++) {
            const uint32_t p = plain_parameter(model, self->names[k]);
            const float value = (float)self->values[(size_t)r * self->num_columns + k];
            self->parameters[(size_t)r * model->num_parameters + p] = value;
            if (!(value >= model->parameters[p].low && value <= model->parameters[p].high))
                error = out_of_bounds(self, where, r, k, problems);
        }
    return error;
}

static nlc_error ranges_find(const cli_draws *self, double **low, double **high)
{
    *low = malloc((self->num_columns + (size_t)1) * sizeof **low);
    *high = malloc((self->num_columns + (size_t)1) * sizeof **high);
    if (*low == NULL || *high == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < self->num_columns; k++) {
        (*low)[k] = (*high)[k] = self->values[k];
        for (uint32_t r = 1; r < self->num; r++) {
            const double value = self->values[(size_t)r * self->num_columns + k];
            (*low)[k] = fmin((*low)[k], value);
            (*high)[k] = fmax((*high)[k], value);
        }
    }
    return NLC_OK;
}

/* Where columns move levers, the runs step on a scenario that tells all of those levers apart. */
static nlc_error levers_fill(cli_draws *self, const cli_arguments *arguments, nlc_scenario *folder, nlc_where where,
                             nlc_problems *problems)
{
    double *low = NULL, *high = NULL;
    nlc_settings settings = {0};
    size_t num_texts;
    const char *const *texts = cli_values(arguments, "set", &num_texts);
    nlc_error error = nlc_settings_read(&settings, folder, texts, num_texts, problems);
    if (error == NLC_OK)
        error = ranges_find(self, &low, &high);
    if (error == NLC_OK)
        error = nlc_points_init(&self->levers, folder, &settings, (const char *const *)self->names, low, high, self->num_columns,
                                where, problems);
    if (error == NLC_OK) {
        /* Seed and replicates are not what the points are about. */
        self->levers.scenario.seed = self->resolved->seed;
        self->levers.scenario.replicates = self->resolved->replicates;
        self->resolved = &self->levers.scenario;
        error = points_room(self, self->levers.num_levers);
    }
    for (uint32_t r = 0; r < self->num && error == NLC_OK; r++) {
        uint32_t column;
        if (!nlc_points_fill(&self->levers, self->values + (size_t)r * self->num_columns,
                             self->parameters + (size_t)r * self->resolved->model->num_parameters,
                             self->lever_values + (size_t)r * self->levers.num_levers, &column))
            error = out_of_bounds(self, where, r, column, problems);
    }
    nlc_settings_free(&settings);
    free(low);
    free(high);
    return error;
}

/* ---- The prior --------------------------------------------------------------------------------- */

/* What the folder or --set gives is not drawn. */
static nlc_error held_find(const cli_arguments *arguments, nlc_scenario *folder, bool *is_held, nlc_problems *problems)
{
    nlc_settings settings = {0};
    size_t num_texts;
    const char *const *texts = cli_values(arguments, "set", &num_texts);
    const nlc_error error = nlc_settings_read(&settings, folder, texts, num_texts, problems);
    for (uint32_t k = 0; k < folder->model->num_parameters; k++)
        is_held[k] = folder->parameter_where[k].file != NULL;
    for (uint32_t k = 0; k < settings.num && error == NLC_OK; k++)
        if (settings.setting[k].kind == NLC_SETTING_PARAMETER)
            is_held[settings.setting[k].index] = true;
    nlc_settings_free(&settings);
    return error;
}

static nlc_error drawn_list(cli_draws *self, const bool *is_held)
{
    const nlc_model *model = self->resolved->model;
    self->names = calloc(model->num_parameters + (size_t)1, sizeof *self->names);
    if (self->names == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < model->num_parameters; k++) {
        if (is_held[k])
            continue;
        self->names[self->num_columns] = strdup(model->parameters[k].name);
        if (self->names[self->num_columns++] == NULL)
            return NLC_ERROR_MEMORY;
    }
    self->values = malloc(((size_t)self->num * self->num_columns + 1) * sizeof *self->values);
    return self->values != NULL ? NLC_OK : NLC_ERROR_MEMORY;
}

static void prior_fill(cli_draws *self, const bool *is_held)
{
    const nlc_model *model = self->resolved->model;
    double *value = self->values;
    for (uint32_t r = 0; r < self->num; r++) {
        float *parameters = self->parameters + (size_t)r * model->num_parameters;
        nlc_prior_draw(model, self->resolved->seed, r, is_held, parameters);
        for (uint32_t k = 0; k < model->num_parameters; k++)
            if (!is_held[k])
                *value++ = (double)parameters[k];
    }
}

static nlc_error prior_make(cli_draws *self, const cli_arguments *arguments, nlc_scenario *folder, nlc_problems *problems)
{
    bool *is_held = calloc(folder->model->num_parameters + (size_t)1, sizeof *is_held);
    nlc_error error = is_held != NULL ? held_find(arguments, folder, is_held, problems) : NLC_ERROR_MEMORY;
    if (error == NLC_OK)
        error = drawn_list(self, is_held);
    if (error == NLC_OK)
        error = points_room(self, 0);
    if (error == NLC_OK)
        prior_fill(self, is_held);
    free(is_held);
    return error;
}

/* ---- The whole --------------------------------------------------------------------------------- */

int cli_draws_init(cli_draws *self, const cli_arguments *arguments, cli_scenario *scenario, uint32_t replicates)
{
    const char *from = cli_value(arguments, "parameters");
    const nlc_where where = {from, 0, 0};
    nlc_problems problems = {0};
    nlc_error error;
    *self = (cli_draws){.resolved = &scenario->resolved};
    if (from == NULL)
        return CLI_DONE;
    if (strcmp(from, "prior") == 0) {
        self->bands = NLC_BANDS_PRIOR;
        self->num = replicates;
        error = prior_make(self, arguments, scenario->folder, &problems);
    } else {
        self->bands = NLC_BANDS_SAMPLE;
        error = table_read(self, where, replicates, &problems);
        if (error == NLC_OK)
            error = are_parameters(self) ? parameters_fill(self, where, &problems)
                                         : levers_fill(self, arguments, scenario->folder, where, &problems);
    }
    return cli_tell(arguments, error, &problems, from);
}

int cli_draws_of_results(cli_draws *self, const cli_arguments *arguments, const nlc_resolved *resolved, const char *path)
{
    const nlc_where where = {path, 0, 0};
    nlc_problems problems = {0};
    *self = (cli_draws){.resolved = resolved, .bands = NLC_BANDS_SAMPLE};
    nlc_error error = table_read(self, where, UINT32_MAX, &problems);
    if (error == NLC_OK && !are_parameters(self)) {
        nlc_problems_add(&problems, where,
                         "these runs drew levers too, which the resolved scenario does not hold; "
                         "run the command of datapackage.json again instead");
        error = NLC_ERROR_INPUT;
    }
    if (error == NLC_OK)
        error = parameters_fill(self, where, &problems);
    return cli_tell(arguments, error, &problems, path);
}

nlc_draws_table cli_draws_table(const cli_draws *self)
{
    return (nlc_draws_table){(const char *const *)self->names, self->values, self->num_columns, self->num};
}

void cli_draws_free(cli_draws *self)
{
    for (uint32_t k = 0; k < self->num_columns; k++)
        free(self->names[k]);
    free(self->names);
    free(self->values);
    free(self->parameters);
    free(self->lever_values);
    free(self->points);
    nlc_points_free(&self->levers);
    *self = (cli_draws){0};
}
