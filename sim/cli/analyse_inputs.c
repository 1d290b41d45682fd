/* What each input does to the output: Morris, PAWN, delta, rank correlation. */
#include "analyse.h"

#include "correlation.h"
#include "delta.h"
#include "load.h"
#include "morris.h"
#include "pawn.h"

#include <math.h>
#include <stdlib.h>

enum { RESAMPLES = 1000, FEW_RESAMPLES = 100, SLICES = 10, FEWEST_ROWS = 10 };

/* ---- Morris ------------------------------------------------------------------------------------ */

/* The range of an input that effects are scaled by: as factors.csv has it, or what occurs. */
static double range_of(const cli_data *data, const cli_factor *factor)
{
    double low = factor->low, high = factor->high;
    if (factor->kind == NLC_PRIM_CATEGORY)
        return 0;
    for (uint32_t p = 0; p < data->num_points && !(factor->high > factor->low); p++) {
        low = fmin(low, factor->value[p]);
        high = fmax(high, factor->value[p]);
    }
    return high > low ? high - low : 1;
}

/* All points in their order, with what is missing left as it is. */
static nlc_error points_fill(const cli_data *data, double *x, double *y, double *range)
{
    for (uint32_t f = 0; f < data->num_factors; f++) {
        range[f] = range_of(data, &data->factor[f]);
        for (uint32_t p = 0; p < data->num_points; p++)
            x[(size_t)p * data->num_factors + f] = data->factor[f].value[p];
    }
    return cli_data_means(data, y);
}

static void morris_add(const cli_data *data, const nlc_morris *morris, cli_findings *findings)
{
    for (uint32_t f = 0; f < data->num_factors; f++) {
        const char *name = data->factor[f].name;
        const uint32_t n = morris[f].num_effects;
        cli_findings_add(findings, name, "mu_star", morris[f].mu_star, n);
        cli_findings_add(findings, name, "mu", morris[f].mu, n);
        cli_findings_add(findings, name, "sigma", morris[f].sigma, n);
    }
}

static void morris_print(const cli_data *data, cli_findings *findings)
{
    static const char *const measures[] = {"mu_star", "mu", "sigma"};
    cli_title_print(data, "%u inputs in %u trajectories; effect of an input's whole range, in the output's unit", data->num_factors,
                    data->num_points / (data->num_factors + 1));
    cli_findings_print(findings, &(cli_layout){"input", measures, 3, false, true, false});
}

static int effects_find(cli_data *data, const nlc_morris_input *input, double *effects)
{
    uint32_t bad_row, num_given = 0;
    const nlc_error error = nlc_morris_effects(input, effects, &bad_row);
    if (error == NLC_ERROR_INPUT) {
        nlc_problems_add(&data->problems, (nlc_where){data->points.path, data->points.line[bad_row], 0},
                         "the row is no step of a trajectory: one input, another each time, must differ from the row before");
        return cli_data_tell(data);
    }
    const uint32_t num = input->num_trajectories * input->num_factors;
    for (uint32_t k = 0; k < num; k++)
        num_given += !isnan(effects[k]);
    cli_data_cover(data, num_given, num, "effects");
    return cli_fail(data->arguments, error, data->points.path);
}

int cli_analyse_morris(cli_data *data, cli_findings *findings)
{
    const uint32_t num = data->num_factors, num_trajectories = data->num_points / (num + 1);
    nlc_sample checked;
    if (data->num_points % (num + 1) != 0)
        return cli_data_refuse(data, "%u points are not trajectories of %u inputs: expected a multiple of %u", data->num_points,
                               num, num + 1);
    int code = cli_data_sample(data, false, 2 * (num + 1), &checked);
    double *x = malloc(((size_t)data->num_points * num + 1) * sizeof *x), *y = malloc((data->num_points + (size_t)1) * sizeof *y);
    double *range = malloc(num * sizeof *range), *effects = malloc((size_t)num_trajectories * num * sizeof *effects + 1);
    nlc_morris *morris = malloc(num * sizeof *morris);
    nlc_error error = x && y && range && effects && morris ? NLC_OK : NLC_ERROR_MEMORY;
    if (code == CLI_DONE && !error)
        error = points_fill(data, x, y, range);
    if (code == CLI_DONE && !error)
        code = effects_find(data, &(nlc_morris_input){num_trajectories, num, x, y, range}, effects);
    if (code == CLI_DONE && !error)
        error = nlc_morris_of(effects, num_trajectories, num, cli_resampling(data, RESAMPLES), morris);
    if (code == CLI_DONE && !error) {
        morris_add(data, morris, findings);
        if (cli_is_shown(data))
            morris_print(data, findings);
    }
    free((void *)checked.x);
    free((void *)checked.y);
    free(x);
    free(y);
    free(range);
    free(effects);
    free(morris);
    return code != CLI_DONE ? code : cli_fail(data->arguments, error, data->points.path);
}

/* ---- From any rows ----------------------------------------------------------------------------- */

static void sample_free(nlc_sample *self)
{
    free((void *)self->x);
    free((void *)self->y);
}

static const char *input_name(const cli_data *data, uint32_t f)
{
    return f < data->num_factors ? data->factor[f].name : CLI_NOTHING;
}

int cli_analyse_pawn(cli_data *data, cli_findings *findings)
{
    static const char *const measures[] = {"median", "mean", "max"};
    nlc_sample sample;
    int code = cli_data_sample(data, true, 5 * SLICES, &sample);
    nlc_pawn *pawn = malloc((data->num_factors + (size_t)1) * sizeof *pawn);
    if (code == CLI_DONE)
        code = cli_fail(data->arguments,
                        pawn ? nlc_pawn_of(&sample, SLICES, cli_resampling(data, FEW_RESAMPLES), pawn) : NLC_ERROR_MEMORY,
                        data->points.path);
    for (uint32_t f = 0; f <= data->num_factors && code == CLI_DONE; f++) {
        cli_findings_add(findings, input_name(data, f), "median", pawn[f].median, sample.num_rows);
        cli_findings_add(findings, input_name(data, f), "mean", pawn[f].mean, sample.num_rows);
        cli_findings_add(findings, input_name(data, f), "max", pawn[f].max, sample.num_rows);
    }
    if (code == CLI_DONE && cli_is_shown(data)) {
        cli_title_print(data, "%u runs in %d slices of each input; distance of distributions, 0 to 1", sample.num_rows, SLICES);
        cli_findings_print(findings, &(cli_layout){"input", measures, 3, false, true, false});
    }
    free(pawn);
    sample_free(&sample);
    return code;
}

int cli_analyse_delta(cli_data *data, cli_findings *findings)
{
    static const char *const measures[] = {"delta"};
    nlc_sample sample;
    int code = cli_data_sample(data, true, 20, &sample);
    nlc_estimate *deltas = malloc((data->num_factors + (size_t)1) * sizeof *deltas);
    if (code == CLI_DONE)
        code = cli_fail(data->arguments,
                        deltas ? nlc_delta_of(&sample, cli_resampling(data, FEW_RESAMPLES), deltas) : NLC_ERROR_MEMORY,
                        data->points.path);
    for (uint32_t f = 0; f <= data->num_factors && code == CLI_DONE; f++)
        cli_findings_add(findings, input_name(data, f), "delta", deltas[f], sample.num_rows);
    if (code == CLI_DONE && cli_is_shown(data)) {
        cli_title_print(data, "%u runs; share of the density that moves, 0 to 1", sample.num_rows);
        cli_findings_print(findings, &(cli_layout){"input", measures, 1, false, true, false});
    }
    free(deltas);
    sample_free(&sample);
    return code;
}

static void correlation_add(const cli_data *data, const nlc_correlation *found, double n, cli_findings *findings)
{
    for (uint32_t f = 0; f < data->num_factors; f++) {
        const char *name = data->factor[f].name;
        cli_findings_add(findings, name, "rank", found[f].rank, n);
        cli_findings_plain(findings, name, "rank_p", found[f].rank_p, n);
        cli_findings_add(findings, name, "partial", found[f].partial, n);
        cli_findings_plain(findings, name, "partial_p", found[f].partial_p, n);
    }
}

int cli_analyse_rank(cli_data *data, cli_findings *findings)
{
    static const char *const measures[] = {"partial", "partial_p", "rank", "rank_p"}, *const whole[] = {"rank", "rank_p"};
    nlc_sample sample;
    int code = cli_data_sample(data, false, FEWEST_ROWS, &sample);
    nlc_correlation *found = malloc(data->num_factors * sizeof *found);
    if (code == CLI_DONE)
        code = cli_fail(data->arguments, found ? nlc_correlation_of(&sample, found) : NLC_ERROR_MEMORY, data->points.path);
    if (code == CLI_DONE)
        correlation_add(data, found, sample.num_rows, findings);
    bool has_partial = false;
    for (uint32_t f = 0; f < data->num_factors && code == CLI_DONE; f++)
        has_partial = has_partial || !isnan(found[f].partial.value);
    if (code == CLI_DONE && cli_is_shown(data)) {
        cli_title_print(data, "%u points; rank correlations, -1 to 1, by size%s", sample.num_rows,
                        has_partial ? "" : " (no partial ones: the inputs determine one another, or rows are too few)");
        cli_findings_print(findings, has_partial ? &(cli_layout){"input", measures, 4, false, true, true}
                                                 : &(cli_layout){"input", whole, 2, false, true, true});
    }
    free(found);
    sample_free(&sample);
    return code;
}
