/* The rows of the data, arranged as the methods take them. */
#include "data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PLAIN_LENGTH = 64 };

nlc_error cli_data_means(const cli_data *self, double *mean)
{
    uint32_t *num = calloc(self->num_points + (size_t)1, sizeof *num);
    if (num == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t p = 0; p < self->num_points; p++)
        mean[p] = 0;
    for (uint32_t i = 0; i < self->num_runs; i++)
        if (!isnan(self->output[i])) {
            mean[self->point[i]] += self->output[i];
            num[self->point[i]]++;
        }
    for (uint32_t p = 0; p < self->num_points; p++)
        mean[p] = num[p] > 0 ? mean[p] / num[p] : NAN;
    free(num);
    return NLC_OK;
}

int cli_data_values_check(cli_data *self, bool all)
{
    for (uint32_t f = 0; f < self->num_factors && self->is_study; f++) {
        uint32_t num_empty = 0;
        for (uint32_t p = 0; p < self->num_points; p++)
            num_empty += isnan(self->factor[f].value[p]);
        if (num_empty > 0 && (all || !self->factor[f].is_lever))
            nlc_problems_add(&self->problems, (nlc_where){self->points.path, 0, 0},
                             "%s has no value in %u of %u points: there it is as in the scenario, which is no single number or "
                             "word; give it a value in each point (design=list), or leave it out and name the others with --inputs",
                             self->factor[f].name, num_empty, self->num_points);
    }
    return cli_data_tell(self);
}

static bool is_complete(const cli_data *self, uint32_t point)
{
    for (uint32_t f = 0; f < self->num_factors; f++)
        if (isnan(self->factor[f].value[point]))
            return false;
    return true;
}

static bool varies(const nlc_sample *sample)
{
    for (uint32_t i = 1; i < sample->num_rows; i++)
        if (sample->y[i] != sample->y[0])
            return true;
    return false;
}

static int sample_check(cli_data *self, const nlc_sample *sample, uint32_t fewest)
{
    if (sample->num_rows < fewest)
        return cli_data_refuse(self, "%u complete %s, and this needs at least %u", sample->num_rows,
                               sample->num_rows == 1 ? "row" : "rows", fewest);
    if (!varies(sample))
        return cli_data_refuse(self, "%s is %g in every row: there is nothing to explain", self->output_name, sample->y[0]);
    return CLI_DONE;
}

int cli_data_sample(cli_data *self, bool by_run, uint32_t fewest, nlc_sample *sample)
{
    const uint32_t num_all = by_run ? self->num_runs : self->num_points;
    double *x = malloc(((size_t)num_all * self->num_factors + 1) * sizeof *x), *y = malloc((num_all + (size_t)1) * sizeof *y);
    double *mean = malloc((self->num_points + (size_t)1) * sizeof *mean);
    *sample = (nlc_sample){0, self->num_factors, x, y};
    if (x == NULL || y == NULL || mean == NULL || cli_data_means(self, mean) != NLC_OK) {
        free(mean);
        cli_complain(self->arguments->command, "no memory left");
        return CLI_FAILED;
    }
    for (uint32_t i = 0; i < num_all; i++) {
        const uint32_t point = by_run ? self->point[i] : i;
        const double output = by_run ? self->output[i] : mean[i];
        if (isnan(output) || !is_complete(self, point))
            continue;
        for (uint32_t f = 0; f < self->num_factors; f++)
            x[(size_t)sample->num_rows * self->num_factors + f] = self->factor[f].value[point];
        y[sample->num_rows++] = output;
    }
    free(mean);
    cli_data_cover(self, sample->num_rows, num_all, by_run ? "runs" : "points");
    return sample_check(self, sample, fewest);
}

/* No other value has this number. */
enum { AS_IN_THE_SCENARIO = INT32_MAX };

/* Numbers the distinct values of a factor; a missing one is `empty`. */
static void number_values(const cli_factor *factor, uint32_t num, uint32_t empty, nlc_placed *room, uint32_t *code, uint32_t stride)
{
    uint32_t num_given = 0, next = 0;
    for (uint32_t p = 0; p < num; p++) {
        code[(size_t)p * stride] = empty;
        if (!isnan(factor->value[p]))
            room[num_given++] = (nlc_placed){factor->value[p], p};
    }
    nlc_placed_sort(room, num_given);
    for (uint32_t k = 0; k < num_given; k++) {
        next += k > 0 && room[k].value != room[k - 1].value;
        code[(size_t)room[k].index * stride] = next;
    }
}

/* Gives each point the number of its tuple of codes. */
static nlc_error tuples_number(const uint32_t *codes, uint32_t num, uint32_t width, cli_parts *parts)
{
    nlc_tuples tuples;
    nlc_error error = NLC_OK;
    nlc_tuples_init(&tuples, width);
    for (uint32_t p = 0; p < num && !error; p++) {
        bool is_missing = false;
        for (uint32_t k = 0; k < width; k++)
            is_missing = is_missing || codes[(size_t)p * width + k] == NLC_NONE;
        parts->of[p] = NLC_NONE;
        if (is_missing)
            continue;
        error = nlc_tuples_add(&tuples, codes + (size_t)p * width, &parts->of[p]);
        if (!error && parts->of[p] == parts->num)
            parts->first[parts->num++] = p;
    }
    nlc_tuples_free(&tuples);
    return error;
}

nlc_error cli_data_part(const cli_data *self, bool levers, cli_parts *parts)
{
    const uint32_t num = self->num_points;
    uint32_t width = 0, k = 0;
    for (uint32_t f = 0; f < self->num_factors; f++)
        width += self->factor[f].is_lever == levers;
    width += width == 0;
    *parts =
        (cli_parts){.of = malloc((num + (size_t)1) * sizeof *parts->of), .first = malloc((num + (size_t)1) * sizeof *parts->first)};
    uint32_t *codes = calloc((size_t)num * width + 1, sizeof *codes);
    nlc_placed *room = malloc((num + (size_t)1) * sizeof *room);
    nlc_error error = parts->of && parts->first && codes && room ? NLC_OK : NLC_ERROR_MEMORY;
    for (uint32_t f = 0; f < self->num_factors && !error; f++)
        if (self->factor[f].is_lever == levers)
            number_values(&self->factor[f], num, self->is_study ? AS_IN_THE_SCENARIO : NLC_NONE, room, codes + k++, width);
    if (!error)
        error = tuples_number(codes, num, width, parts);
    free(codes);
    free(room);
    return error;
}

void cli_parts_free(cli_parts *self)
{
    free(self->of);
    free(self->first);
    *self = (cli_parts){0};
}

/* As --set takes it: a number with a decimal point, whatever the table has. */
static const char *plain_cell(const cli_data *self, uint32_t point, uint32_t column, char plain[PLAIN_LENGTH])
{
    const char *cell = nlc_sheet_cell(&self->points, point, column);
    double value;
    if (!self->points.decimal_comma || strlen(cell) >= PLAIN_LENGTH || !nlc_sheet_number(&self->points, cell, &value))
        return cell;
    strcpy(plain, cell);
    plain[strcspn(plain, ",")] = strchr(plain, ',') != NULL ? '.' : '\0';
    return plain;
}

const char *cli_data_number(const cli_data *self, uint32_t point)
{
    return self->is_study ? nlc_sheet_cell(&self->points, point, nlc_sheet_find(&self->points, "point")) : NULL;
}

nlc_error cli_data_setting(const cli_data *self, uint32_t point, uint32_t factor, nlc_text *text)
{
    char plain[PLAIN_LENGTH];
    const char *cell = plain_cell(self, point, self->factor[factor].column, plain);
    return nlc_text_print(text, "%s=%s", self->factor[factor].name,
                          cell[0] == '\0' && self->is_study ? "as in the scenario" : cell);
}

nlc_error cli_data_label(const cli_data *self, uint32_t point, nlc_text *label)
{
    bool has_lever = false;
    nlc_error error = NLC_OK;
    for (uint32_t f = 0; f < self->num_factors; f++)
        has_lever = has_lever || self->factor[f].is_lever;
    label->length = 0;
    for (uint32_t f = 0; f < self->num_factors && !error; f++) {
        if (has_lever && !self->factor[f].is_lever)
            continue;
        error = label->length > 0 ? nlc_text_print(label, ", ") : NLC_OK;
        if (!error)
            error = cli_data_setting(self, point, f, label);
    }
    return error;
}
