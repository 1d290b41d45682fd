/* Cases in which all nodes are alike and the number of adopters says everything: Bass's diffusion in
 * discrete and in continuous time, the final size of a cascade on a complete graph, and training that
 * wears off in two states. */
#include "chances.h"
#include "graph.h"
#include "kinds.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_MONTHS 1200

typedef struct {
    nlc_case *one;
    const json_t *params;
    uint32_t num_nodes, num_starts;
    nlc_world world;
    nlc_counts counts;
    bool *starts;
} crowd;

static nlc_error complain(nlc_case *one, const char *what)
{
    nlc_case_say(one, "%s", what);
    return NLC_ERROR_INPUT;
}

/* Adds the places, of which the first have adopted. */
static nlc_error crowd_begin(crowd *self, nlc_case *one, const char *model, const char *size_key, const char *starts_key)
{
    double size, starts = 0;
    *self = (crowd){.one = one};
    nlc_error error = nlc_case_member(one, one->root, "params", JSON_OBJECT, &self->params);
    if (error == NLC_OK)
        error = nlc_case_number(one, self->params, size_key, &size);
    if (error == NLC_OK && json_object_get(self->params, starts_key) != NULL)
        error = nlc_case_number(one, self->params, starts_key, &starts);
    if (error == NLC_OK && !(size >= 1 && size <= 100000 && starts >= 0 && starts <= size))
        error = complain(one, "the number of nodes, or of those that begin, is not a number that can be");
    if (error != NLC_OK)
        return error;
    self->num_nodes = (uint32_t)size, self->num_starts = (uint32_t)starts;
    self->starts = calloc(self->num_nodes, sizeof *self->starts);
    if (self->starts == NULL)
        return NLC_ERROR_MEMORY;
    nlc_world_begin(&self->world, one, model, "", false);
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        self->starts[i] = i < self->num_starts;
        nlc_world_place(&self->world, "place", NLC_NONE, self->starts[i], "%s", "");
    }
    return NLC_OK;
}

static nlc_error crowd_run(crowd *self, uint32_t num_months)
{
    self->counts = (nlc_counts){.num_months = num_months, .num_nodes = self->num_nodes, .starts = self->starts};
    return nlc_counts_run(&self->counts, &self->world, NULL, nlc_chance_replicates(self->num_nodes, num_months));
}

static void crowd_free(crowd *self)
{
    nlc_counts_free(&self->counts);
    nlc_world_free(&self->world);
    free(self->starts);
}

static const double *numbers_at(const crowd *self, uint32_t month)
{
    return self->counts.number + month * ((size_t)self->num_nodes + 1);
}

static void crowd_say(const crowd *self, const char *more)
{
    if (self->one->num_failed == 0)
        nlc_case_say(self->one, "%u runs of %u nodes over %u months agree within 4.5 standard errors%s", self->counts.num_runs,
                     self->num_nodes, self->counts.num_months, more);
}

static nlc_error check_law(crowd *self, const char *key, uint32_t month)
{
    double *law;
    size_t num;
    nlc_error error = nlc_case_numbers(self->one, self->one->root, key, &law, &num);
    if (error == NLC_OK && num != self->num_nodes + (size_t)1)
        error = complain(self->one, "a law has another length than the number of nodes and one");
    if (error == NLC_OK)
        nlc_chance_check_law(self->one, key, numbers_at(self, month), law, num);
    free(law);
    return error;
}

/* ---- The final size of a cascade ---------------------------------------------------------------------- */

static nlc_error check_size(crowd *self)
{
    double mean, variance;
    nlc_error error = nlc_case_number(self->one, self->one->root, "mean", &mean);
    if (error == NLC_OK)
        error = nlc_case_number(self->one, self->one->root, "var", &variance);
    if (error != NLC_OK)
        return error;
    nlc_counts_check(&self->counts, self->one, "final size", self->counts.num_months, mean, variance);
    return check_law(self, "pmf", self->counts.num_months);
}

nlc_error nlc_verify_cascade_complete(nlc_case *one)
{
    crowd self;
    double chance = 0;
    nlc_error error = crowd_begin(&self, one, "cascade", "N", "seeds");
    if (error == NLC_OK)
        error = nlc_case_number(one, self.params, "p", &chance);
    for (uint32_t i = 0; error == NLC_OK && i < self.num_nodes; i++)
        for (uint32_t j = 0; j < self.num_nodes; j++)
            if (i != j)
                nlc_world_channel(&self.world, i, j, chance);
    nlc_world_parameter(&self.world, "transmission", 1);
    if (error == NLC_OK)
        error = crowd_run(&self, self.num_nodes);
    if (error == NLC_OK)
        error = check_size(&self);
    if (error == NLC_OK)
        crowd_say(&self, "");
    crowd_free(&self);
    return error;
}

/* ---- Bass in discrete time ------------------------------------------------------------------------------ */

/* Months until all have adopted: the sum of the chances that not all have. */
static void check_full(crowd *self, double expected)
{
    double mean = 0, square = 0;
    for (uint32_t month = 0; month <= self->counts.num_months; month++) {
        const double open = 1 - numbers_at(self, month)[self->num_nodes] / self->counts.num_runs;
        mean += open;
        square += (2.0 * month + 1) * open;
    }
    nlc_chance_check_mean(self->one, "months until all have adopted", mean, self->counts.num_runs, expected, square - mean * mean);
}

/* pmf_at_T stands for the last month, pmf_at_4 for month 4. */
static nlc_error check_laws(crowd *self, uint32_t last)
{
    nlc_error error = NLC_OK;
    for (void *at = json_object_iter((json_t *)self->one->root); at != NULL && error == NLC_OK;
         at = json_object_iter_next((json_t *)self->one->root, at)) {
        const char *key = json_object_iter_key(at);
        if (strncmp(key, "pmf_at_", 7) != 0)
            continue;
        const unsigned long month = strcmp(key + 7, "T") == 0 ? last : strtoul(key + 7, NULL, 10);
        error = month <= last ? check_law(self, key, (uint32_t)month) : complain(self->one, "a law is for a month beyond the last");
    }
    return error;
}

/* t, mean and variance stand side by side. */
static nlc_error read_path(nlc_case *one, double **t, double **mean, double **variance, size_t *num)
{
    size_t num_means = 0, num_variances = 0;
    nlc_error error = nlc_case_numbers(one, one->root, "t", t, num);
    if (error == NLC_OK)
        error = nlc_case_numbers(one, one->root, "mean", mean, &num_means);
    if (error == NLC_OK)
        error = nlc_case_numbers(one, one->root, "var", variance, &num_variances);
    if (error == NLC_OK && (*num == 0 || num_means != *num || num_variances != *num))
        error = complain(one, "t, mean and var have different lengths");
    for (size_t k = 0; error == NLC_OK && k < *num; k++)
        if (!((*t)[k] >= (k > 0 ? (*t)[k - 1] : 0)))
            error = complain(one, "t does not rise from 0 on");
    return error;
}

static nlc_error set_rates(crowd *self, double step)
{
    double p, q;
    nlc_error error = nlc_case_number(self->one, self->params, "p", &p);
    if (error == NLC_OK)
        error = nlc_case_number(self->one, self->params, "q", &q);
    if (error != NLC_OK)
        return error;
    nlc_world_parameter(&self->world, "innovation", p * step);
    nlc_world_parameter(&self->world, "imitation", q * step);
    return NLC_OK;
}

static void check_path(crowd *self, const double *t, const double *mean, const double *variance, size_t num, double step)
{
    char label[128];
    for (size_t k = 0; k < num; k++) {
        const uint32_t month = (uint32_t)(t[k] / step + 0.5);
        snprintf(label, sizeof label, "number of adopters at %g", t[k]);
        nlc_counts_check(&self->counts, self->one, label, month, mean[k], variance[k]);
    }
}

nlc_error nlc_verify_bass_steps(nlc_case *one)
{
    crowd self;
    double *t = NULL, *mean = NULL, *variance = NULL, full = 0;
    size_t num = 0;
    nlc_error error = crowd_begin(&self, one, "bass", "N", "n0");
    if (error == NLC_OK)
        error = set_rates(&self, 1);
    if (error == NLC_OK)
        error = read_path(one, &t, &mean, &variance, &num);
    if (error == NLC_OK && json_is_number(json_object_get(one->root, "mean_steps_to_full_from_zero")) && self.num_starts == 0)
        error = nlc_case_number(one, one->root, "mean_steps_to_full_from_zero", &full);
    const uint32_t last = num > 0 ? (uint32_t)t[num - 1] : 0;
    if (error == NLC_OK)
        error = crowd_run(&self, full > 0 ? (uint32_t)fmin(fmax(20 * full, last), MOST_MONTHS) : last);
    if (error == NLC_OK) {
        check_path(&self, t, mean, variance, num, 1);
        error = check_laws(&self, last);
    }
    if (error == NLC_OK && full > 0)
        check_full(&self, full);
    if (error == NLC_OK)
        crowd_say(&self, "");
    free(t), free(mean), free(variance);
    crowd_free(&self);
    return error;
}

/* ---- Bass in continuous time ------------------------------------------------------------------------------ */

/* The finest step of which all times are multiples, with at most as many steps as a run has months. */
static double step_of(const double *t, size_t num)
{
    for (uint32_t steps = MOST_MONTHS; steps > 0; steps--) {
        const double step = t[num - 1] / steps;
        bool fits = true;
        for (size_t k = 0; k < num && fits; k++)
            fits = fabs(t[k] / step - floor(t[k] / step + 0.5)) < 1e-6;
        if (fits)
            return step;
    }
    return t[num - 1];
}

static nlc_error check_laws_by_time(crowd *self, const double *t, size_t num, double step)
{
    const json_t *laws = json_object_get(self->one->root, "pmf");
    char label[128];
    for (size_t k = 0; k < num && json_is_array(laws); k++) {
        const json_t *row = json_array_get(laws, k);
        const size_t length = json_array_size(row);
        double *law = malloc((length + 1) * sizeof *law);
        if (law == NULL)
            return NLC_ERROR_MEMORY;
        for (size_t n = 0; n < length; n++)
            law[n] = json_number_value(json_array_get(row, n));
        snprintf(label, sizeof label, "law of the number at %g", t[k]);
        if (length == self->num_nodes + (size_t)1)
            nlc_chance_check_law(self->one, label, numbers_at(self, (uint32_t)(t[k] / step + 0.5)), law, length);
        free(law);
        if (length != self->num_nodes + (size_t)1)
            return complain(self->one, "a law has another length than the number of nodes and one");
    }
    return NLC_OK;
}

nlc_error nlc_verify_bass_time(nlc_case *one)
{
    crowd self;
    char more[64];
    double *t = NULL, *mean = NULL, *variance = NULL;
    size_t num = 0;
    nlc_error error = crowd_begin(&self, one, "bass", "N", "n0");
    if (error == NLC_OK)
        error = read_path(one, &t, &mean, &variance, &num);
    if (error == NLC_OK && !(t[num - 1] > 0))
        error = complain(one, "there is no time above 0");
    const double step = error == NLC_OK ? step_of(t, num) : 1;
    if (error == NLC_OK)
        error = set_rates(&self, step);
    if (error == NLC_OK)
        error = crowd_run(&self, (uint32_t)(t[num - 1] / step + 0.5));
    if (error == NLC_OK) {
        check_path(&self, t, mean, variance, num, step);
        error = check_laws_by_time(&self, t, num, step);
    }
    snprintf(more, sizeof more, ", in steps of %.4g of the case's unit of time", step);
    if (error == NLC_OK)
        crowd_say(&self, more);
    free(t), free(mean), free(variance);
    crowd_free(&self);
    return error;
}

/* ---- Two states ------------------------------------------------------------------------------------------- */

/* Months that are looked at once the start is forgotten, and runs: each has many nodes. */
#define LATE_MONTHS 100
#define LATE_RUNS   20000
#define MOST_BURN   600

/* How the number trained in one late month goes with that of months after it. */
typedef struct {
    uint32_t from, num_lags;
    double *product; /* [num_lags + 1]: sums over runs of the products of numbers */
    double *sum;     /* [num_lags + 1] */
} lags;

static nlc_error take_lags(void *context, const nlc_ensemble *ensemble)
{
    const lags *self = context;
    const uint32_t runs = ensemble->num_replicates, adopted = nlc_model_tally(ensemble->scenario->model, "adopted");
    float *values = malloc(2 * (size_t)runs * sizeof *values);
    if (values == NULL)
        return NLC_ERROR_MEMORY;
    nlc_ensemble_tally(ensemble, self->from, 0, adopted, values);
    for (uint32_t k = 0; k <= self->num_lags; k++) {
        nlc_ensemble_tally(ensemble, self->from + k, 0, adopted, values + runs);
        for (uint32_t r = 0; r < runs; r++) {
            self->product[k] += (double)values[r] * (double)values[runs + r];
            self->sum[k] += (double)values[runs + r];
        }
    }
    free(values);
    return NLC_OK;
}

/* The standard error of the slope of a later number trained on an earlier one, when a share p is trained of num_nodes:
 * its residual has a variance that goes with the number, as the trained and the untrained stay what they are with
 * different chances. */
static double slope_error(double slope, double p, double num_nodes, double num)
{
    const double stay = p + (1 - p) * slope, come = p * (1 - slope);
    const double uneven = (stay * (1 - stay) - come * (1 - come)) * (1 - 2 * p) / (num_nodes * p * (1 - p));
    return sqrt(fmax(1 - slope * slope + uneven, 0) / num);
}

static void check_lags(const crowd *self, const lags *with, const double *expected)
{
    char label[128];
    const double num = self->counts.num_runs, mean = with->sum[0] / num, variance = with->product[0] / num - mean * mean;
    for (uint32_t k = 0; expected != NULL && k <= with->num_lags; k++) {
        const double found = (with->product[k] / num - mean * with->sum[k] / num) / variance;
        nlc_case_expect(self->one, nlc_case_label(label, NULL, "autocorrelation at lag", k, NLC_NONE), found, expected[k],
                        4.5 * slope_error(expected[k], mean / self->num_nodes, self->num_nodes, num) + 1e-9);
    }
}

static void check_means(crowd *self, const double *path, size_t num, uint32_t late)
{
    char label[128];
    const double draws = (double)self->counts.num_runs * self->num_nodes;
    for (size_t month = 0; month < num && month <= self->counts.num_months; month++)
        nlc_chance_check_share(self->one, nlc_case_label(label, NULL, "share trained", NLC_NONE, (uint32_t)month),
                               nlc_counts_mean(&self->counts, (uint32_t)month) * self->counts.num_runs, draws, path[month]);
    const json_t *stationary = json_object_get(self->one->root, "stationary");
    const json_t *factor = json_object_get(self->one->root, "long_run_time_average_var_factor");
    double mean = 0;
    for (uint32_t month = late + 1; month <= late + LATE_MONTHS; month++)
        mean += nlc_counts_mean(&self->counts, month) / self->num_nodes / LATE_MONTHS;
    if (json_is_number(stationary) && json_is_number(factor))
        nlc_chance_check_mean(self->one, "share trained over the late months", mean, draws * LATE_MONTHS,
                              json_number_value(stationary), json_number_value(factor));
    if (json_is_number(stationary)) {
        const double p = json_number_value(stationary), count = nlc_counts_mean(&self->counts, late) * self->counts.num_runs;
        nlc_chance_check_share(self->one, "share trained in a late month", count, draws, p);
    }
}

/* The variance of a long mean follows from the stationary share and from what is kept from month to month. */
static void check_factor(nlc_case *one, double kept)
{
    const json_t *stationary = json_object_get(one->root, "stationary");
    const json_t *factor = json_object_get(one->root, "long_run_time_average_var_factor");
    const double p = json_number_value(stationary);
    if (json_is_number(stationary) && json_is_number(factor))
        nlc_case_expect(one, "factor of the variance of a long mean", p * (1 - p) * (1 + kept) / (1 - kept),
                        json_number_value(factor), 1e-9);
}

static nlc_error check_binomial(crowd *self, uint32_t late)
{
    const json_t *stationary = json_object_get(self->one->root, "stationary");
    double *law = malloc((self->num_nodes + (size_t)1) * sizeof *law);
    if (law == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t n = 0; n <= self->num_nodes; n++)
        law[n] = gsl_ran_binomial_pdf(n, json_number_value(stationary), self->num_nodes);
    if (json_is_number(stationary))
        nlc_chance_check_law(self->one, "law of the number trained in a late month", numbers_at(self, late), law,
                             self->num_nodes + (size_t)1);
    free(law);
    return NLC_OK;
}

/* How long the start is felt: until what is left of it is below 1e-9. */
static uint32_t burn_of(double kept)
{
    const double months = fabs(kept) > 0 ? ceil(log(1e-9) / log(fabs(kept))) : 1;
    return months < 1 ? 1 : months > MOST_BURN ? MOST_BURN : (uint32_t)months;
}

static nlc_error two_states_run(crowd *self, const double *path, size_t num, const double *correlation, size_t num_lags)
{
    double up, down;
    nlc_error error = nlc_case_number(self->one, self->params, "train_prob", &up);
    if (error == NLC_OK)
        error = nlc_case_number(self->one, self->params, "decay_prob", &down);
    if (error != NLC_OK)
        return error;
    nlc_world_parameter(&self->world, "external", up);
    nlc_world_parameter(&self->world, "dropout", down);
    uint32_t late = burn_of(1 - up - down), most = (uint32_t)(num_lags > LATE_MONTHS ? LATE_MONTHS : num_lags);
    late = late < num ? (uint32_t)num : late;
    lags with = {.from = late, .num_lags = most > 0 ? most - 1 : 0};
    with.product = calloc(with.num_lags + (size_t)1, sizeof *with.product);
    with.sum = calloc(with.num_lags + (size_t)1, sizeof *with.sum);
    self->counts = (nlc_counts){.num_months = late + LATE_MONTHS,
                                .num_nodes = self->num_nodes,
                                .starts = self->starts,
                                .also = take_lags,
                                .context = &with};
    error =
        with.product != NULL && with.sum != NULL ? nlc_counts_run(&self->counts, &self->world, NULL, LATE_RUNS) : NLC_ERROR_MEMORY;
    if (error == NLC_OK) {
        check_means(self, path, num, late);
        check_factor(self->one, 1 - up - down);
        check_lags(self, &with, correlation);
        error = check_binomial(self, late);
    }
    free(with.product), free(with.sum);
    return error;
}

nlc_error nlc_verify_two_states(nlc_case *one)
{
    crowd self;
    double *path = NULL, *correlation = NULL, initial = 0;
    size_t num = 0, num_lags = 0;
    const json_t *params = json_object_get(one->root, "params");
    if (json_is_number(json_object_get(params, "initial")))
        initial = json_number_value(json_object_get(params, "initial"));
    nlc_error error = crowd_begin(&self, one, "contagion", "nodes", initial >= 1 ? "nodes" : "initial");
    if (error == NLC_OK)
        error = nlc_case_numbers(one, one->root, "mean_path", &path, &num);
    if (error == NLC_OK && json_object_get(one->root, "autocorr") != NULL)
        error = nlc_case_numbers(one, one->root, "autocorr", &correlation, &num_lags);
    if (error == NLC_OK && num > MOST_BURN)
        error = complain(one, "mean_path is longer than a run");
    if (error == NLC_OK)
        error = two_states_run(&self, path, num, correlation, num_lags);
    if (error == NLC_OK)
        crowd_say(&self, "");
    free(path), free(correlation);
    crowd_free(&self);
    return error;
}
