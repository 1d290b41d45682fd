/* Cases about approximate Bayesian computation and simulation-based calibration. */
#include "kinds.h"

#include "abc.h"
#include "rows.h"
#include "sbc.h"
#include "store.h"
#include "stream.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTICLES = 4000, BATCH = 64, SEED = 2, MOST_SIMULATIONS = 50000000 };

/* ---- Weighted samples ---------------------------------------------------------------------------- */

typedef struct {
    double value, weight;
} weighted;

static int compare_values(const void *a, const void *b)
{
    const double x = ((const weighted *)a)->value, y = ((const weighted *)b)->value;
    return (x > y) - (x < y);
}

/* The particles in order of their values; NULL where there is no memory left. */
static weighted *particles_sorted(const nlc_abc *abc, double (*value_of)(const void *context, double point), const void *context)
{
    weighted *sample = malloc(abc->num_particles * sizeof *sample);
    for (uint32_t i = 0; sample != NULL && i < abc->num_particles; i++)
        sample[i] = (weighted){value_of(context, abc->points[i]), abc->weights[i]};
    if (sample != NULL)
        qsort(sample, abc->num_particles, sizeof *sample, compare_values);
    return sample;
}

static double weight_between(const weighted *sample, uint32_t num, double low, double high)
{
    double sum = 0;
    for (uint32_t i = 0; i < num; i++)
        sum += sample[i].value > low && sample[i].value <= high ? sample[i].weight : 0;
    return sum;
}

/* The weight below each quantile of the case, within the distance that holds for all of them at once. */
static void quantiles_check(nlc_case *self, const json_t *quantiles, const weighted *sample, const nlc_abc *abc)
{
    const char *key;
    json_t *value, *all = (json_t *)(uintptr_t)quantiles; /* iterating takes no const, and changes nothing */
    const double limit = 2.23 / sqrt(nlc_abc_effective(abc));
    json_object_foreach(all, key, value)
    {
        char what[64];
        snprintf(what, sizeof what, "weight below the %.16s quantile", key);
        nlc_case_expect(self, what, weight_between(sample, abc->num_particles, -INFINITY, json_number_value(value)),
                        strtod(key, NULL), limit);
    }
}

/* ---- A count, with a beta prior ------------------------------------------------------------------ */

typedef struct {
    double n, k, alpha, beta; /* successes k of n; the prior's shapes */
} binomial;

static double binomial_value(const void *context, double point)
{
    const binomial *self = context;
    return gsl_cdf_beta_Pinv(point, self->alpha, self->beta);
}

static nlc_error binomial_simulate(void *context, const double *points, uint32_t num, uint64_t first, double *distances)
{
    const binomial *self = context;
    for (uint32_t i = 0; i < num; i++) {
        nlc_stream stream = nlc_stream_for(SEED, 1, first + i);
        const gsl_rng rng = nlc_stream_rng(&stream);
        distances[i] = fabs((double)gsl_ran_binomial(&rng, binomial_value(self, points[i]), (unsigned)self->n) - self->k);
    }
    return NLC_OK;
}

static nlc_error binomial_read(nlc_case *self, binomial *model)
{
    const json_t *params, *prior;
    nlc_error error = nlc_case_member(self, self->root, "params", JSON_OBJECT, &params);
    if (error == NLC_OK)
        error = nlc_case_number(self, params, "n", &model->n);
    if (error == NLC_OK)
        error = nlc_case_number(self, params, "k", &model->k);
    if (error == NLC_OK)
        error = nlc_case_member(self, params, "prior", JSON_STRING, &prior);
    if (error == NLC_OK && sscanf(json_string_value(prior), "Beta(%lf,%lf)", &model->alpha, &model->beta) != 2) {
        nlc_case_say(self, "the prior is '%s': expected Beta(A,B)", json_string_value(prior));
        error = NLC_ERROR_INPUT;
    }
    return error;
}

static double distance_to_beta(const weighted *sample, uint32_t num, double alpha, double beta)
{
    double sum = 0, most = 0;
    for (uint32_t i = 0; i < num; i++) {
        const double exact = gsl_cdf_beta_P(sample[i].value, alpha, beta);
        most = fmax(most, fabs(exact - sum));
        sum += sample[i].weight;
        most = fmax(most, fabs(exact - sum));
    }
    return most;
}

static nlc_error binomial_posterior_check(nlc_case *self, const binomial *model, const nlc_abc *abc, const char *how)
{
    const json_t *posterior, *quantiles;
    double alpha, beta, mean, sd, found = 0;
    nlc_error error = nlc_case_member(self, self->root, "posterior", JSON_OBJECT, &posterior);
    if (error == NLC_OK)
        error = nlc_case_number(self, posterior, "alpha", &alpha);
    if (error == NLC_OK)
        error = nlc_case_number(self, posterior, "beta", &beta);
    if (error == NLC_OK)
        error = nlc_case_number(self, posterior, "mean", &mean);
    if (error == NLC_OK)
        error = nlc_case_number(self, posterior, "sd", &sd);
    if (error == NLC_OK)
        error = nlc_case_member(self, posterior, "quantiles", JSON_OBJECT, &quantiles);
    weighted *sample = error == NLC_OK ? particles_sorted(abc, binomial_value, model) : NULL;
    if (sample == NULL)
        return error == NLC_OK ? NLC_ERROR_MEMORY : error;
    for (uint32_t i = 0; i < abc->num_particles; i++)
        found += sample[i].weight * sample[i].value;
    const double effective = nlc_abc_effective(abc), distance = distance_to_beta(sample, abc->num_particles, alpha, beta);
    nlc_case_expect(self, "standard deviation of the posterior", sqrt(alpha * beta / (alpha + beta + 1)) / (alpha + beta), sd,
                    1e-9);
    nlc_case_expect(self, "posterior mean", found, mean, 4.5 * sd / sqrt(effective));
    nlc_case_require(self, "Kolmogorov distance to the posterior", distance <= 2.23 / sqrt(effective));
    quantiles_check(self, quantiles, sample, abc);
    nlc_case_say(self, "%s: mean %.4f against %.4f, distance %.4f of at most %.4f, %.0f effective particles", how, found, mean,
                 distance, 2.23 / sqrt(effective), effective);
    free(sample);
    return NLC_OK;
}

/* By rejection and in sequence; the tolerance ends at 0 in both. */
nlc_error nlc_verify_abc_binomial(nlc_case *self)
{
    static const double exact[] = {0};
    binomial model;
    nlc_error error = binomial_read(self, &model);
    const json_t *acceptance = json_object_get(self->root, "acceptance_prob");
    for (int sequential = 0; sequential < 2 && error == NLC_OK; sequential++) {
        const nlc_abc_options options = {.num_parameters = 1,
                                         .num_particles = PARTICLES,
                                         .batch = BATCH,
                                         .seed = SEED,
                                         .most_simulations = MOST_SIMULATIONS,
                                         .schedule = sequential ? NULL : exact,
                                         .num_schedule = 1,
                                         .quantile = 0.5,
                                         .simulate = binomial_simulate,
                                         .context = &model};
        nlc_abc abc;
        error = nlc_abc_run(&abc, &options);
        if (error == NLC_OK) {
            nlc_case_require(self, "the tolerance reaches 0", abc.tolerance == 0);
            error = binomial_posterior_check(self, &model, &abc, sequential ? "in sequence" : "rejection");
        }
        if (error == NLC_OK && !sequential && json_is_number(acceptance)) {
            const double p = json_number_value(acceptance);
            nlc_case_expect(self, "share accepted", abc.acceptance, p, 4.5 * p * sqrt((1 - p) / PARTICLES));
        }
        nlc_abc_free(&abc);
    }
    return error;
}

/* ---- The mixture of Sisson et al. ------------------------------------------------------------------ */

/* Sisson, Fan and Tanaka 2007, PNAS 104:1760: theta uniform on (-10, 10), x from a half-and-half mixture
 * of N(theta, 1) and N(theta, 1/100), and 0 observed. The case gives what follows from it. */
static double mixture_value(const void *context, double point)
{
    (void)context;
    return 20 * point - 10;
}

static nlc_error mixture_simulate(void *context, const double *points, uint32_t num, uint64_t first, double *distances)
{
    for (uint32_t i = 0; i < num; i++) {
        nlc_stream stream = nlc_stream_for(SEED, 2, first + i);
        const double sd = nlc_stream_unit(&stream) < 0.5 ? 1 : 0.1;
        distances[i] = fabs(mixture_value(context, points[i]) + sd * nlc_stream_normal(&stream));
    }
    return NLC_OK;
}

static nlc_error generation_check(nlc_case *self, const json_t *expected, const nlc_abc *abc)
{
    const json_t *quantiles;
    double near;
    nlc_error error = nlc_case_member(self, expected, "quantiles", JSON_OBJECT, &quantiles);
    if (error == NLC_OK)
        error = nlc_case_number(self, expected, "P_abs_lt_0p1", &near);
    weighted *sample = error == NLC_OK ? particles_sorted(abc, mixture_value, NULL) : NULL;
    if (sample == NULL)
        return error == NLC_OK ? NLC_ERROR_MEMORY : error;
    const double effective = nlc_abc_effective(abc), found = weight_between(sample, abc->num_particles, -0.1, 0.1);
    quantiles_check(self, quantiles, sample, abc);
    nlc_case_expect(self, "P(|theta| < 0.1)", found, near, 4.5 * sqrt(near * (1 - near) / effective));
    nlc_case_say(self, "tolerance %g: P(|theta| < 0.1) %.4f against %.4f, %.0f effective particles", abc->tolerance, found, near,
                 effective);
    free(sample);
    return NLC_OK;
}

/* Every tolerance of the schedule is once the last one. */
nlc_error nlc_verify_abc_smc(nlc_case *self)
{
    const json_t *schedule;
    nlc_error error = nlc_case_member(self, self->root, "schedule", JSON_ARRAY, &schedule);
    const size_t num = error == NLC_OK ? json_array_size(schedule) : 0;
    double *tolerances = malloc((num + 1) * sizeof *tolerances);
    if (error == NLC_OK && tolerances == NULL)
        error = NLC_ERROR_MEMORY;
    for (size_t k = 0; k < num && error == NLC_OK; k++)
        error = nlc_case_number(self, json_array_get(schedule, k), "eps", &tolerances[k]);
    for (size_t k = 0; k < num && error == NLC_OK; k++) {
        const nlc_abc_options options = {.num_parameters = 1,
                                         .num_particles = PARTICLES,
                                         .batch = BATCH,
                                         .seed = SEED,
                                         .most_simulations = MOST_SIMULATIONS,
                                         .schedule = tolerances,
                                         .num_schedule = (uint32_t)k + 1,
                                         .simulate = mixture_simulate};
        nlc_abc abc;
        error = nlc_abc_run(&abc, &options);
        if (error == NLC_OK)
            error = generation_check(self, json_array_get(schedule, k), &abc);
        nlc_abc_free(&abc);
    }
    free(tolerances);
    return error;
}

/* ---- Ranks ----------------------------------------------------------------------------------------- */

/* One column of a table of ranks. */
typedef struct {
    const char *name;
    uint32_t column, num;
    size_t capacity;
    uint32_t *ranks; /* [num], owned */
    bool has_header;
} rank_column;

static nlc_error on_row(void *context, const nlc_row *row)
{
    rank_column *self = context;
    if (!self->has_header) {
        self->has_header = true;
        while (self->column < row->num && strcmp(row->cell[self->column], self->name) != 0)
            self->column++;
        return self->column < row->num ? NLC_OK : NLC_ERROR_INPUT;
    }
    uint32_t *grown = nlc_grown(self->ranks, &self->capacity, self->num + (size_t)1, sizeof *grown);
    if (grown == NULL)
        return NLC_ERROR_MEMORY;
    self->ranks = grown;
    self->ranks[self->num++] = self->column < row->num ? (uint32_t)strtoul(row->cell[self->column], NULL, 10) : 0;
    return NLC_OK;
}

static nlc_error ranks_read(nlc_case *self, const char *name, rank_column *column)
{
    const json_t *file;
    nlc_text path = {0};
    nlc_problems problems = {0};
    *column = (rank_column){.name = name};
    nlc_error error = nlc_case_member(self, self->root, "csv", JSON_STRING, &file);
    if (error == NLC_OK)
        error = nlc_text_print(&path, "%s/%s", self->folder, json_string_value(file));
    if (error == NLC_OK)
        error = nlc_rows_read(path.data, (nlc_where){path.data, 0, 0}, &problems, on_row, column);
    if (error == NLC_ERROR_INPUT)
        nlc_case_say(self, "the ranks of '%s' could not be read", name);
    nlc_problems_free(&problems);
    nlc_text_free(&path);
    return error;
}

typedef struct {
    double num_draws, num_ranks, num_bins;
} rank_sizes;

static nlc_error column_check(nlc_case *self, const rank_sizes *sizes, const char *name, const json_t *expected)
{
    rank_column column;
    double chi2, p, mean;
    nlc_error error = nlc_case_number(self, expected, "chi2", &chi2);
    if (error == NLC_OK)
        error = nlc_case_number(self, expected, "p", &p);
    if (error == NLC_OK)
        error = nlc_case_number(self, expected, "mean_rank", &mean);
    if (error != NLC_OK)
        return error;
    error = ranks_read(self, name, &column);
    if (error == NLC_OK) {
        const nlc_uniformity found =
            nlc_ranks_uniformity(column.ranks, column.num, (uint32_t)sizes->num_draws, (uint32_t)sizes->num_bins);
        nlc_case_expect(self, "number of ranks", column.num, sizes->num_ranks, 0);
        nlc_case_expect(self, "chi-square", found.chi2, chi2, 1e-9 * fmax(1, chi2));
        nlc_case_expect(self, "p", found.p, p, 1e-6 * p + 1e-300);
        nlc_case_expect(self, "mean rank", found.mean_rank, mean, 1e-9);
        /* Few ranks in few bins need not give away every fault: the case's own p says which. */
        nlc_case_require(self, "the good ranks pass, and others as in the case",
                         (found.p >= NLC_SBC_CRITICAL) == (strcmp(name, "good") == 0 || p >= NLC_SBC_CRITICAL));
        nlc_case_say(self, "%s: chi-square %.2f, p %.3g", name, found.chi2, found.p);
    }
    free(column.ranks);
    return error;
}

/* The rank of one run of the case's model: theta from N(0, 1), five observations of N(theta, 1), and
 * draws from the posterior, which is known. */
static uint32_t own_rank(uint32_t run, nlc_fault fault, double *draws, uint32_t num)
{
    enum { DATA = 5 };
    nlc_stream stream = nlc_stream_for(SEED, 3, run);
    const double theta = nlc_stream_normal(&stream);
    double sum = 0;
    for (int k = 0; k < DATA; k++)
        sum += theta + nlc_stream_normal(&stream);
    for (uint32_t k = 0; k < num; k++)
        draws[k] = sum / (DATA + 1) + nlc_stream_normal(&stream) / sqrt(DATA + 1);
    nlc_fault_plant(fault, draws, num);
    return nlc_rank(draws, num, theta);
}

static nlc_error own_check(nlc_case *self, const rank_sizes *sizes)
{
    /* Each fault shows in so many ranks of so many draws; those of the case may be too few. */
    static const rank_sizes telling = {99, 1000, 20};
    double *draws = malloc((size_t)(fmax(sizes->num_draws, telling.num_draws) + 1) * sizeof *draws);
    uint32_t *ranks = malloc((size_t)(fmax(sizes->num_ranks, telling.num_ranks) + 1) * sizeof *ranks);
    for (nlc_fault fault = 0; draws != NULL && ranks != NULL && fault < NLC_NUM_FAULTS; fault++) {
        const rank_sizes *of = fault == NLC_FAULT_NONE ? sizes : &telling;
        const uint32_t num = (uint32_t)of->num_ranks, num_draws = (uint32_t)of->num_draws;
        for (uint32_t run = 0; run < num; run++)
            ranks[run] = own_rank(run, fault, draws, num_draws);
        const nlc_uniformity found = nlc_ranks_uniformity(ranks, num, num_draws, (uint32_t)of->num_bins);
        nlc_case_require(self, nlc_fault_name(fault), (found.p >= NLC_SBC_CRITICAL) == (fault == NLC_FAULT_NONE));
        nlc_case_say(self, "own ranks, planted fault %s: p %.3g", nlc_fault_name(fault), found.p);
    }
    free(ranks);
    free(draws);
    return draws != NULL && ranks != NULL ? NLC_OK : NLC_ERROR_MEMORY;
}

nlc_error nlc_verify_sbc(nlc_case *self)
{
    rank_sizes sizes;
    const json_t *result;
    nlc_error error = nlc_case_number(self, self->root, "L", &sizes.num_draws);
    if (error == NLC_OK)
        error = nlc_case_number(self, self->root, "R", &sizes.num_ranks);
    if (error == NLC_OK)
        error = nlc_case_number(self, self->root, "bins", &sizes.num_bins);
    if (error == NLC_OK)
        error = nlc_case_member(self, self->root, "result", JSON_OBJECT, &result);
    if (error != NLC_OK)
        return error;
    const char *name;
    json_t *expected, *all = (json_t *)(uintptr_t)result;
    json_object_foreach(all, name, expected)
    {
        error = column_check(self, &sizes, name, expected);
        if (error != NLC_OK)
            return error;
    }
    return own_check(self, &sizes);
}
