/* Which choice to make: robustness over the unknowns, cost against the output, value of information. */
#include "analyse.h"

#include "load.h"
#include "pareto.h"
#include "robust.h"
#include "voi.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { FEW_RESAMPLES = 100, FEWEST_WORLDS = 2 };

/* Choices (lever settings) against worlds (settings of the unknowns). */
typedef struct {
    cli_data *data;
    cli_parts choices, worlds;
    double sign;    /* -1 where low outputs are better */
    double *payoff; /* [num_choices][num_worlds], owned: mean output, times the sign; NaN where there is none */
} table;

static uint32_t num_of(const cli_data *data, bool levers)
{
    uint32_t num = 0;
    for (uint32_t f = 0; f < data->num_factors; f++)
        num += data->factor[f].is_lever == levers;
    return num;
}

static nlc_error payoffs_find(table *self)
{
    const cli_data *data = self->data;
    const size_t num = (size_t)self->choices.num * self->worlds.num;
    double *count = calloc(num + 1, sizeof *count);
    self->payoff = calloc(num + 1, sizeof *self->payoff);
    for (uint32_t i = 0; i < data->num_runs && self->payoff && count; i++) {
        const uint32_t choice = self->choices.of[data->point[i]], world = self->worlds.of[data->point[i]];
        if (isnan(data->output[i]) || choice == NLC_NONE || world == NLC_NONE)
            continue;
        self->payoff[(size_t)choice * self->worlds.num + world] += self->sign * data->output[i];
        count[(size_t)choice * self->worlds.num + world] += 1;
    }
    for (size_t k = 0; k < num && self->payoff && count; k++)
        self->payoff[k] /= count[k];
    const bool has_room = self->payoff && count;
    free(count);
    return has_room ? NLC_OK : NLC_ERROR_MEMORY;
}

static int table_init(table *self, cli_data *data)
{
    *self = (table){.data = data, .sign = cli_data_low_is_better(data) ? -1 : 1};
    if (num_of(data, true) == 0 || num_of(data, false) == 0)
        return cli_data_refuse(data, "%s needs levers and unknowns: all inputs are %s; say with --levers which can be chosen",
                               data->arguments->operands[0], num_of(data, true) == 0 ? "unknowns" : "levers");
    nlc_error error = cli_data_part(data, true, &self->choices);
    if (!error)
        error = cli_data_part(data, false, &self->worlds);
    if (!error)
        error = payoffs_find(self);
    if (!error && self->choices.num < 2)
        return cli_data_refuse(data, "there is one lever setting only: nothing to choose between");
    return cli_fail(data->arguments, error, data->points.path);
}

static void table_free(table *self)
{
    cli_parts_free(&self->choices);
    cli_parts_free(&self->worlds);
    free(self->payoff);
}

/* Regret compares choices in one state of the world: there must be states in which each of them was tried, whatever
 * came of it. */
static int crossing_check(const table *self)
{
    const size_t num = (size_t)self->choices.num * self->worlds.num;
    bool *is_tried = calloc(num + 1, sizeof *is_tried);
    uint32_t num_whole = 0;
    if (is_tried == NULL)
        return cli_fail(self->data->arguments, NLC_ERROR_MEMORY, self->data->points.path);
    for (uint32_t p = 0; p < self->data->num_points; p++)
        if (self->choices.of[p] != NLC_NONE && self->worlds.of[p] != NLC_NONE)
            is_tried[(size_t)self->choices.of[p] * self->worlds.num + self->worlds.of[p]] = true;
    for (uint32_t w = 0; w < self->worlds.num; w++) {
        uint32_t num_tried = 0;
        for (uint32_t c = 0; c < self->choices.num; c++)
            num_tried += is_tried[(size_t)c * self->worlds.num + w];
        num_whole += num_tried == self->choices.num;
    }
    free(is_tried);
    if (num_whole >= FEWEST_WORLDS)
        return CLI_DONE;
    return cli_data_refuse(self->data,
                           "%u of %u states of the world were tried with every lever setting, and this needs at least %d: settings "
                           "are compared in the same states (design=crossed)",
                           num_whole, self->worlds.num, FEWEST_WORLDS);
}

/* Pairs of a choice and a world that have a payoff. */
static void table_cover(const table *self)
{
    const uint32_t num = self->choices.num * self->worlds.num;
    uint32_t num_given = 0;
    for (uint32_t k = 0; k < num; k++)
        num_given += !isnan(self->payoff[k]);
    cli_data_cover(self->data, num_given, num, "pairs of a lever setting and a state of the world");
}

static nlc_error label_of(const cli_data *data, const cli_parts *choices, uint32_t choice, nlc_text *label)
{
    return cli_data_label(data, choices->first[choice], label);
}

/* ---- Robustness -------------------------------------------------------------------------------- */

/* Payoffs as outputs. */
static nlc_estimate signed_as(const table *self, nlc_estimate of)
{
    return self->sign > 0 ? of : (nlc_estimate){-of.value, of.error, -of.high, -of.low};
}

static nlc_error robust_add(const table *self, const nlc_robust_estimates *robust, cli_findings *findings)
{
    nlc_text label = {0};
    nlc_error error = NLC_OK;
    for (uint32_t c = 0; c < self->choices.num && !error; c++) {
        error = label_of(self->data, &self->choices, c, &label);
        if (error)
            break;
        const double n = robust[c].num_worlds;
        findings->number = cli_data_number(self->data, self->choices.first[c]);
        cli_findings_add(findings, label.data, "max_regret", robust[c].max_regret, n);
        cli_findings_add(findings, label.data, "regret_p90", robust[c].quantile_regret, n);
        cli_findings_add(findings, label.data, "satisficing", robust[c].satisficing, n);
        cli_findings_add(findings, label.data, "worst", signed_as(self, robust[c].worst), n);
        cli_findings_add(findings, label.data, "mean", signed_as(self, robust[c].mean), n);
        cli_findings_add(findings, label.data, "hurwicz_0.5", signed_as(self, robust[c].hurwicz), n);
    }
    nlc_text_free(&label);
    return error;
}

int cli_analyse_robust(cli_data *data, cli_findings *findings)
{
    static const char *const measures[] = {"max_regret", "worst", "mean", "satisficing"};
    table self;
    bool is_wrong = false;
    double threshold = NAN;
    cli_real(data->arguments, "threshold", &threshold, &is_wrong);
    if (is_wrong)
        return CLI_WRONG;
    int code = table_init(&self, data);
    code = code == CLI_DONE ? crossing_check(&self) : code;
    nlc_robust_estimates *robust = malloc((self.choices.num + (size_t)1) * sizeof *robust);
    if (code == CLI_DONE) {
        const nlc_robust_input input = {self.choices.num, self.worlds.num, self.payoff, self.sign * threshold, 0.9, 0.5};
        nlc_error error = robust ? nlc_robust_estimate(&input, cli_resampling(data, FEW_RESAMPLES), robust) : NLC_ERROR_MEMORY;
        if (!error)
            error = robust_add(&self, robust, findings);
        code = cli_fail(data->arguments, error, data->points.path);
    }
    if (code == CLI_DONE) {
        table_cover(&self);
        if (cli_is_shown(data)) {
            cli_title_print(data, "%u lever settings in %u states of the world; %s values are better; smallest regret first",
                            self.choices.num, self.worlds.num, self.sign < 0 ? "low" : "high");
            cli_findings_print(findings, &(cli_layout){"lever setting", measures, isnan(threshold) ? 3 : 4, true, true, false});
        }
    }
    free(robust);
    table_free(&self);
    return code;
}

/* ---- Value of information ---------------------------------------------------------------------- */

/* The worlds in which every choice has a payoff. */
typedef struct {
    double *payoff, *x; /* owned */
    uint32_t num_worlds;
} complete;

static bool is_complete(const table *self, uint32_t world)
{
    for (uint32_t c = 0; c < self->choices.num; c++)
        if (isnan(self->payoff[(size_t)c * self->worlds.num + world]))
            return false;
    return true;
}

static nlc_error complete_init(complete *self, const table *of)
{
    const cli_data *data = of->data;
    const uint32_t num_unknowns = num_of(data, false);
    uint32_t num = 0;
    for (uint32_t w = 0; w < of->worlds.num; w++)
        num += is_complete(of, w);
    *self = (complete){malloc(((size_t)of->choices.num * num + 1) * sizeof *self->payoff),
                       malloc(((size_t)num_unknowns * num + 1) * sizeof *self->x), 0};
    if (!self->payoff || !self->x)
        return NLC_ERROR_MEMORY;
    for (uint32_t w = 0; w < of->worlds.num; w++) {
        uint32_t u = 0;
        if (!is_complete(of, w))
            continue;
        for (uint32_t c = 0; c < of->choices.num; c++)
            self->payoff[(size_t)c * num + self->num_worlds] = of->payoff[(size_t)c * of->worlds.num + w];
        for (uint32_t f = 0; f < data->num_factors; f++)
            if (!data->factor[f].is_lever)
                self->x[(size_t)self->num_worlds * num_unknowns + u++] = data->factor[f].value[of->worlds.first[w]];
        self->num_worlds++;
    }
    return NLC_OK;
}

static nlc_error voi_add(const table *self, const nlc_voi *voi, const nlc_estimate *partial, double n, cli_findings *findings)
{
    uint32_t u = 0;
    for (uint32_t f = 0; f < self->data->num_factors; f++)
        if (!self->data->factor[f].is_lever)
            cli_findings_add(findings, self->data->factor[f].name, "evppi", partial[u++], n);
    cli_findings_add(findings, "(an unknown that does nothing)", "evppi", partial[u], n);
    cli_findings_add(findings, "(all unknowns)", "evpi", voi->perfect, n);
    return NLC_OK;
}

static nlc_error voi_print(const table *self, const nlc_voi *voi, cli_findings *findings)
{
    static const char *const measures[] = {"evppi"};
    nlc_text label = {0};
    const nlc_error error = label_of(self->data, &self->choices, voi->best, &label);
    if (!error) {
        cli_title_print(self->data, "%u lever settings in %u states of the world; %s values are better", self->choices.num,
                        self->worlds.num, self->sign < 0 ? "low" : "high");
        printf("best without knowing more: %s, mean %.4g\nknowing everything gains %.3g [%.3g, %.3g]; knowing one unknown, in the "
               "output's unit:\n\n",
               label.data, self->sign * voi->best_mean, voi->perfect.value, voi->perfect.low, voi->perfect.high);
        cli_findings_print(findings, &(cli_layout){"unknown", measures, 1, false, true, false});
    }
    nlc_text_free(&label);
    return error;
}

int cli_analyse_voi(cli_data *data, cli_findings *findings)
{
    table self = {0};
    complete worlds = {0};
    nlc_voi voi;
    int code = cli_data_values_check(data, false);
    code = code == CLI_DONE ? table_init(&self, data) : code;
    const uint32_t num_unknowns = num_of(data, false);
    nlc_estimate *partial = malloc((num_unknowns + (size_t)1) * sizeof *partial);
    nlc_error error = code != CLI_DONE ? NLC_OK : partial ? complete_init(&worlds, &self) : NLC_ERROR_MEMORY;
    if (code == CLI_DONE && !error) {
        const nlc_voi_input input = {self.choices.num, worlds.num_worlds, num_unknowns, worlds.payoff, worlds.x};
        cli_data_cover(data, worlds.num_worlds, self.worlds.num, "states of the world");
        error = nlc_voi_of(&input, cli_resampling(data, FEW_RESAMPLES), &voi, partial);
        if (error == NLC_ERROR_INPUT)
            code = cli_data_refuse(data, "%u states of the world have a value of every lever setting, and this needs at least 10",
                                   worlds.num_worlds);
    }
    if (code == CLI_DONE && !error)
        error = voi_add(&self, &voi, partial, worlds.num_worlds, findings);
    if (code == CLI_DONE && !error && cli_is_shown(data))
        error = voi_print(&self, &voi, findings);
    free(partial);
    free(worlds.payoff);
    free(worlds.x);
    table_free(&self);
    return code != CLI_DONE ? code : cli_fail(data->arguments, error, data->points.path);
}

/* ---- Cost against the output ------------------------------------------------------------------- */

/* Mean and standard error of the runs of each choice. */
typedef struct {
    double n, sum, squares;
} moments;

static nlc_estimate mean_of(const moments *self)
{
    const double mean = self->sum / self->n;
    const double variance = (self->squares - self->sum * mean) / (self->n - 1);
    const double error = self->n > 1 ? sqrt(fmax(variance, 0) / self->n) : NAN;
    return (nlc_estimate){mean, error, mean - 1.959963984540054 * error, mean + 1.959963984540054 * error};
}

static void take(moments *self, double value)
{
    self->n += 1;
    self->sum += value;
    self->squares += value * value;
}

/* Costs, then outputs, of each choice. Runs without either are left out. */
static void moments_find(const cli_data *data, const cli_parts *choices, moments *cost, moments *output)
{
    uint32_t num_used = 0;
    for (uint32_t i = 0; i < data->num_runs; i++) {
        const uint32_t choice = choices->of[data->point[i]];
        if (choice == NLC_NONE || isnan(data->cost[i]) || isnan(data->output[i]))
            continue;
        take(&cost[choice], data->cost[i]);
        take(&output[choice], data->output[i]);
        num_used++;
    }
    cli_data_cover(data, num_used, data->num_runs, "runs");
}

/* The part of the box between the best and the worst of all choices that the front dominates. A choice without
 * a value stands at infinity, outside the box. */
static nlc_error volume_of(const double *points, uint32_t num, double *share)
{
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY}, volume;
    for (uint32_t k = 0; k < 2 * num; k++) {
        if (isinf(points[k]))
            continue;
        low[k % 2] = fmin(low[k % 2], points[k]);
        high[k % 2] = fmax(high[k % 2], points[k]);
    }
    const nlc_error error = nlc_hypervolume(&(nlc_front){num, 2, points}, high, &volume);
    const double box = (high[0] - low[0]) * (high[1] - low[1]);
    *share = box > 0 ? volume / box : NAN;
    return error;
}

static int pareto_show(cli_data *data, const cli_parts *choices, double share, cli_findings *front)
{
    static const char *const measures[] = {"cost", "output"};
    if (!cli_is_shown(data))
        return CLI_DONE;
    cli_title_print(data, "against %s, %u choices; %s values are better; the front, cheapest first", data->cost_name, choices->num,
                    cli_data_low_is_better(data) ? "low" : "high");
    cli_findings_print(front, &(cli_layout){"choice", measures, 2, true, true, false});
    if (isnan(share))
        printf("\nno hypervolume: all choices have the same cost, or the same output\n");
    else
        printf("\nhypervolume: %.4g of the box between the best and the worst cost and output of all choices\n", share);
    return CLI_DONE;
}

static nlc_error front_add(const cli_data *data, const cli_parts *choices, const moments *of, const bool *is_front,
                           cli_findings *into[2])
{
    nlc_text label = {0};
    nlc_error error = NLC_OK;
    for (uint32_t c = 0; c < choices->num && !error; c++) {
        error = label_of(data, choices, c, &label);
        for (int k = 0; k < 2 && !error; k++) {
            if (k == 1 && !is_front[c])
                continue;
            into[k]->number = cli_data_number(data, choices->first[c]);
            cli_findings_add(into[k], label.data, "cost", mean_of(&of[c]), of[c].n);
            cli_findings_add(into[k], label.data, "output", mean_of(&of[choices->num + c]), of[c].n);
            cli_findings_plain(into[k], label.data, "on_front", is_front[c], of[c].n);
        }
    }
    nlc_text_free(&label);
    return error;
}

static int pareto(cli_data *data, cli_parts *choices, cli_findings *findings)
{
    const size_t num = choices->num;
    const double sign = cli_data_low_is_better(data) ? 1 : -1;
    moments *of = calloc(2 * num + 1, sizeof *of);
    double *points = malloc((2 * num + 1) * sizeof *points), share = NAN;
    bool *is_front = calloc(num + 1, sizeof *is_front);
    cli_findings front = {0}, *into[2] = {findings, &front};
    nlc_error error = of && points && is_front ? NLC_OK : NLC_ERROR_MEMORY;
    if (!error) {
        moments_find(data, choices, of, of + num);
        for (size_t c = 0; c < num; c++) {
            points[2 * c] = of[c].n > 0 ? mean_of(&of[c]).value : INFINITY;
            points[2 * c + 1] = of[c].n > 0 ? sign * mean_of(&of[num + c]).value : INFINITY;
        }
        nlc_pareto_mark(&(nlc_front){(uint32_t)num, 2, points}, is_front);
        error = volume_of(points, (uint32_t)num, &share);
    }
    if (!error)
        error = front_add(data, choices, of, is_front, into);
    findings->number = NULL;
    cli_findings_plain(findings, "(the front)", "hypervolume", share, (double)num);
    int code = cli_fail(data->arguments, error, data->points.path);
    if (code == CLI_DONE)
        code = pareto_show(data, choices, share, &front);
    findings->is_broken = findings->is_broken || front.is_broken;
    cli_findings_free(&front);
    free(of);
    free(points);
    free(is_front);
    return code;
}

int cli_analyse_pareto(cli_data *data, cli_findings *findings)
{
    cli_parts choices;
    const bool levers = num_of(data, true) > 0;
    const nlc_error error = cli_data_part(data, levers, &choices);
    int code = cli_fail(data->arguments, error, data->points.path);
    if (code == CLI_DONE && choices.num < 2)
        code = cli_data_refuse(data, "there is one choice only: nothing to compare");
    if (code == CLI_DONE)
        code = pareto(data, &choices, findings);
    cli_parts_free(&choices);
    return code;
}
