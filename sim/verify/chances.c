#include "chances.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT 4.5
/* Below this many expected events a share is judged by the binomial law itself. */
#define FEW 50.0
/* What 4.5 standard errors leave on each side of a normal law. */
#define TAIL 3.4e-6
/* Laws are given to about 1e-12. */
#define ROUNDING 1e-9

uint32_t nlc_chance_replicates(uint32_t num_nodes, uint32_t num_months)
{
    const double affordable = 1e8 / ((double)num_nodes * num_months);
    return affordable > 162000 ? 162000 : affordable < 81000 ? 81000 : (uint32_t)affordable;
}

void nlc_chance_check_share(nlc_case *self, const char *what, double count, double num, double p)
{
    if (!(p >= ROUNDING && p <= 1 - ROUNDING)) {
        nlc_case_expect(self, what, count / num, fabs(p) < ROUNDING ? 0 : fabs(p - 1) < ROUNDING ? 1 : p, 0);
        return;
    }
    if (num * fmin(p, 1 - p) >= FEW) {
        nlc_case_expect(self, what, count / num, p, LIMIT * sqrt(p * (1 - p) / num));
        return;
    }
    const double below = gsl_cdf_binomial_P((unsigned)count, p, (unsigned)num);
    const double above = count > 0 ? gsl_cdf_binomial_Q((unsigned)count - 1, p, (unsigned)num) : 1;
    nlc_case_expect(self, what, count / num, p, below >= TAIL && above >= TAIL ? INFINITY : 0);
}

void nlc_chance_check_mean(nlc_case *self, const char *what, double found, double num, double mean, double variance)
{
    nlc_case_expect(self, what, found, mean, LIMIT * sqrt(fmax(variance, 0) / num) + ROUNDING * (1 + fabs(mean)));
}

void nlc_chance_check_variance(nlc_case *self, const char *what, double found, double fourth, double num, double variance)
{
    char label[160];
    snprintf(label, sizeof label, "variance of the %s", what);
    nlc_case_expect(self, label, found, variance,
                    LIMIT * sqrt(fmax(fourth - found * found, 0) / num) + ROUNDING * (1 + fabs(variance)));
}

void nlc_chance_check_law(nlc_case *self, const char *what, const double *counts, const double *law, size_t num_values)
{
    double total = 0, seen = 0, expected = 0, last_seen = 0, last_expected = 0, sum = 0, impossible = 0;
    unsigned cells = 0;
    for (size_t k = 0; k < num_values; k++)
        total += counts[k];
    for (size_t k = 0; k < num_values; k++) {
        seen += counts[k], expected += total * law[k];
        impossible += law[k] <= 0 ? counts[k] : 0;
        if (expected < 5 && k + 1 < num_values)
            continue;
        if (expected < 5 && cells > 0) {
            sum -= (last_seen - last_expected) * (last_seen - last_expected) / last_expected;
            seen += last_seen, expected += last_expected;
            cells--;
        }
        if (expected > 0) {
            sum += (seen - expected) * (seen - expected) / expected;
            cells++;
        }
        last_seen = seen, last_expected = expected;
        seen = expected = 0;
    }
    const double p = cells > 1 ? gsl_cdf_chisq_Q(sum, cells - 1) : 1;
    nlc_case_require(self, "nothing was met that the law makes impossible", impossible == 0);
    if (!nlc_case_require(self, what, p >= 1e-5))
        nlc_case_say(self, "%s: chi-square %.6g with %u cells, p = %.3g, expected at least 1e-5", what, sum, cells, p);
}

/* ---- Counting ---------------------------------------------------------------------------------- */

static void count_start(nlc_counts *self, uint32_t runs)
{
    uint32_t starts = 0;
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        starts += self->starts[i];
        self->node[i] += self->starts[i] ? runs : 0;
    }
    self->number[starts] += runs;
}

static void count_month(nlc_counts *self, const nlc_ensemble *ensemble, uint32_t month)
{
    const uint32_t adopted = nlc_model_tally(ensemble->scenario->model, "adopted"), runs = ensemble->num_replicates;
    double *number = self->number + month * ((size_t)self->num_nodes + 1);
    nlc_ensemble_tally(ensemble, month, 0, adopted, self->values);
    for (uint32_t r = 0; r < runs; r++)
        number[(size_t)self->values[r]]++;
    for (uint32_t i = 0; self->by_node && i < self->num_nodes; i++) {
        nlc_ensemble_tally(ensemble, month, nlc_world_split_of_node(self->world, ensemble, i), adopted, self->values);
        for (uint32_t r = 0; r < runs; r++)
            self->node[month * (size_t)self->num_nodes + i] += (double)self->values[r];
    }
}

static nlc_error take(void *context, const nlc_ensemble *ensemble)
{
    nlc_counts *self = context;
    if (self->num_values < ensemble->num_replicates) {
        free(self->values);
        self->values = malloc(ensemble->num_replicates * sizeof *self->values);
        self->num_values = self->values != NULL ? ensemble->num_replicates : 0;
        if (self->values == NULL)
            return NLC_ERROR_MEMORY;
    }
    self->num_runs += ensemble->num_replicates;
    count_start(self, ensemble->num_replicates);
    for (uint32_t month = 1; month <= self->num_months; month++)
        count_month(self, ensemble, month);
    return self->also != NULL ? self->also(self->context, ensemble) : NLC_OK;
}

nlc_error nlc_counts_run(nlc_counts *self, nlc_world *world, const char *name, uint32_t replicates)
{
    const size_t months = self->num_months + (size_t)1;
    self->world = world;
    self->by_node = self->by_node && self->num_nodes <= NLC_WORLD_MOST_NODES;
    self->node = calloc(months * self->num_nodes, sizeof *self->node);
    self->number = calloc(months * (self->num_nodes + (size_t)1), sizeof *self->number);
    if (self->node == NULL || self->number == NULL)
        return NLC_ERROR_MEMORY;
    return nlc_world_run(world, name, self->num_months, replicates, take, self);
}

void nlc_counts_free(nlc_counts *self)
{
    free(self->node);
    free(self->number);
    free(self->values);
    self->node = self->number = NULL;
    self->values = NULL;
}

double nlc_counts_mean(const nlc_counts *self, uint32_t month)
{
    const double *number = self->number + month * ((size_t)self->num_nodes + 1);
    double sum = 0;
    for (uint32_t k = 0; k <= self->num_nodes; k++)
        sum += k * number[k];
    return sum / self->num_runs;
}

void nlc_counts_check(const nlc_counts *self, nlc_case *one, const char *what, uint32_t month, double mean, double variance)
{
    const double *number = self->number + month * ((size_t)self->num_nodes + 1), found = nlc_counts_mean(self, month);
    double square = 0, fourth = 0;
    for (uint32_t k = 0; k <= self->num_nodes; k++) {
        square += (k - found) * (k - found) * number[k] / self->num_runs;
        fourth += (k - found) * (k - found) * (k - found) * (k - found) * number[k] / self->num_runs;
    }
    nlc_chance_check_mean(one, what, found, self->num_runs, mean, variance);
    nlc_chance_check_variance(one, what, square, fourth, self->num_runs, variance);
}
