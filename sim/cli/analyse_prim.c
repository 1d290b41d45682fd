/* Scenario discovery: the box of inputs in which runs are of interest. */
#include "analyse.h"

#include "load.h"
#include "prim.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REPETITIONS = 20, FEWEST_RUNS = 20, LABEL_LENGTH = 64 };

static const double most_quasi_p = 0.05;

typedef struct {
    cli_data *data;
    nlc_sample sample; /* owned: y is made 0 and 1 */
    nlc_prim_kind *kind;
    nlc_prim_input input;
    nlc_prim prim;
    nlc_prim_limit *limits; /* [num_factors], owned: the best box without what chance may have limited */
    nlc_prim_quasi *quasi;  /* [num_factors], owned */
    double *shares;         /* [2][num_factors], owned: of repetitions, by coverage and by density */
    double threshold;
} study;

/* Which runs are of interest. */
static void mark(study *self)
{
    const bool is_worse = cli_is_given(self->data->arguments, "worse");
    const bool low = cli_data_low_is_better(self->data) != is_worse;
    double *y = (double *)self->sample.y;
    for (uint32_t i = 0; i < self->sample.num_rows; i++)
        y[i] = low ? y[i] <= self->threshold : y[i] >= self->threshold;
}

static int prepare(study *self)
{
    cli_data *data = self->data;
    bool is_wrong = false;
    if (!cli_real(data->arguments, "threshold", &self->threshold, &is_wrong)) {
        if (!is_wrong)
            cli_complain(data->arguments->command, "prim needs --threshold: which outputs are of interest");
        return CLI_WRONG;
    }
    const int code = cli_data_sample(data, true, FEWEST_RUNS, &self->sample);
    if (code != CLI_DONE)
        return code;
    const size_t num = data->num_factors;
    self->kind = malloc(num * sizeof *self->kind);
    self->limits = malloc(num * sizeof *self->limits);
    self->quasi = malloc(num * sizeof *self->quasi);
    self->shares = malloc(2 * num * sizeof *self->shares);
    if (!self->kind || !self->limits || !self->quasi || !self->shares)
        return cli_fail(data->arguments, NLC_ERROR_MEMORY, data->points.path);
    for (uint32_t f = 0; f < num; f++) {
        self->kind[f] = data->factor[f].kind;
        if (data->factor[f].words.num > 64)
            return cli_data_refuse(data, "%s has %u different words; prim takes at most 64", data->factor[f].name,
                                   data->factor[f].words.num);
    }
    mark(self);
    self->input = (nlc_prim_input){self->sample, self->kind, NLC_PRIM_LENIENT, 0.05, 0.05, 0.05};
    return CLI_DONE;
}

/* "x >= 0.2", "x <= 3", "0.2 <= x <= 3", "x: a|b". */
static void limit_write(const study *self, uint32_t f, nlc_text *text)
{
    const cli_factor *factor = &self->data->factor[f];
    const nlc_prim_limit *own = &self->limits[f], *all = &nlc_prim_limits(&self->prim, 0)[f];
    const char *separator = ": ";
    text->length = 0;
    if (factor->kind != NLC_PRIM_CATEGORY) {
        if (own->low != all->low && own->high != all->high)
            nlc_text_print(text, "%.4g <= %s <= %.4g", own->low, factor->name, own->high);
        else if (own->low != all->low)
            nlc_text_print(text, "%s >= %.4g", factor->name, own->low);
        else
            nlc_text_print(text, "%s <= %.4g", factor->name, own->high);
        return;
    }
    nlc_text_print(text, "%s", factor->name);
    for (uint32_t c = 0; c < factor->words.num; c++)
        if ((own->categories >> c & 1) != 0) {
            nlc_text_print(text, "%s%s", separator, factor->words.text[c]);
            separator = "|";
        }
}

static void box_add(cli_findings *findings, const char *item, const nlc_prim_box *box)
{
    cli_findings_plain(findings, item, "coverage", box->coverage, box->num_rows);
    cli_findings_plain(findings, item, "density", box->density, box->num_rows);
    cli_findings_plain(findings, item, "mass", box->mass, box->num_rows);
    cli_findings_plain(findings, item, "inputs_limited", box->num_restricted, box->num_rows);
}

static void limits_add(const study *self, cli_findings *findings)
{
    const uint32_t num = self->prim.num_factors;
    nlc_text label = {0};
    for (uint32_t f = 0; f < num; f++) {
        if (!nlc_prim_is_restricted(&self->prim, self->limits, f))
            continue;
        limit_write(self, f, &label);
        const char *item = label.data != NULL ? label.data : self->data->factor[f].name;
        cli_findings_plain(findings, item, "quasi_p", self->quasi[f].both, NAN);
        if (self->kind[f] != NLC_PRIM_CATEGORY) {
            cli_findings_plain(findings, item, "low", self->limits[f].low, NAN);
            cli_findings_plain(findings, item, "high", self->limits[f].high, NAN);
        }
        cli_findings_plain(findings, item, "reproduced_by_coverage", self->shares[f], NAN);
        cli_findings_plain(findings, item, "reproduced_by_density", self->shares[num + f], NAN);
    }
    nlc_text_free(&label);
}

static void trajectory_add(const study *self, cli_findings *findings)
{
    char item[LABEL_LENGTH];
    for (uint32_t b = 0; b < self->prim.num_boxes; b++) {
        snprintf(item, sizeof item, "%s %u", self->prim.boxes[b].is_pasted ? "paste" : "peel", b);
        box_add(findings, item, &self->prim.boxes[b]);
    }
}

static void print(const study *self, const nlc_prim_box *box, uint32_t best, cli_findings *findings)
{
    static const char *const measures[] = {"quasi_p", "reproduced_by_coverage", "reproduced_by_density"};
    cli_title_print(self->data, "%u runs, of which %u are of interest; box %u of %u", self->sample.num_rows,
                    self->prim.boxes[0].num_hits, best, self->prim.num_boxes);
    printf("coverage %.1f %% of what is of interest, density %.1f %% of the box, mass %.1f %% of all runs\n\n", 100 * box->coverage,
           100 * box->density, 100 * box->mass);
    if (box->num_restricted == 0)
        fputs("no input limits it more than chance would\n", stdout);
    else
        cli_findings_print(findings, &(cli_layout){"limit", measures, 3, true, true, false});
}

static int conclude(study *self, cli_findings *findings)
{
    cli_data *data = self->data;
    const uint32_t best = nlc_prim_best(&self->prim), num = data->num_factors;
    memcpy(self->limits, nlc_prim_limits(&self->prim, best), num * sizeof *self->limits);
    nlc_prim_simplify(&self->prim, &self->input, most_quasi_p, self->limits);
    nlc_prim_quasi_of(&self->prim, &self->input, self->limits, self->quasi);
    nlc_prim_box box = nlc_prim_measure(&self->input, self->limits);
    for (uint32_t f = 0; f < num; f++)
        box.num_restricted += nlc_prim_is_restricted(&self->prim, self->limits, f);
    const nlc_error error =
        nlc_prim_reproduce(&self->input, &box, cli_resampling(data, REPETITIONS), self->shares, self->shares + num);
    if (error)
        return cli_fail(data->arguments, error, data->points.path);
    limits_add(self, findings);
    if (cli_is_shown(data))
        print(self, &box, best, findings);
    box_add(findings, "box", &box);
    trajectory_add(self, findings);
    return CLI_DONE;
}

int cli_analyse_prim(cli_data *data, cli_findings *findings)
{
    study self = {.data = data};
    int code = prepare(&self);
    const nlc_error error = code == CLI_DONE ? nlc_prim_init(&self.prim, &self.input) : NLC_OK;
    if (error == NLC_ERROR_INPUT)
        code = cli_data_refuse(data, "no run, or every run, is of interest with the threshold %g of %s", self.threshold,
                               data->output_name);
    else if (code == CLI_DONE)
        code = cli_fail(data->arguments, error, data->points.path);
    if (code == CLI_DONE)
        code = conclude(&self, findings);
    nlc_prim_free(&self.prim);
    free((void *)self.sample.x);
    free((void *)self.sample.y);
    free(self.kind);
    free(self.limits);
    free(self.quasi);
    free(self.shares);
    return code;
}
