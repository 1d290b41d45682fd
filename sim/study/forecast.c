#include "forecast.h"

#include "course.h"
#include "stream.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ANYTHING 0.01

/* Draws from a prior, and steps of its fit. Time is scaled so that the training periods are ten long:
 * curves of long and short series can then have one prior. */
enum { NUM_DRAWS = 1024, NUM_FITS = 6, NUM_GRID = 101, EMPIRICAL = 0x656266 };
#define TRAINING_LENGTH 10.0

/* The model's months to a tenth of the training: each run of it is taken at several paces. */
enum { NUM_PACES = 4, PACE = 0x706163 };
#define SLOWEST 1.0
#define FASTEST 12.0

/* Draws with less than this of the weight are left out. */
#define NEGLIGIBLE 1e-7

typedef struct {
    double mean[NLC_GROWTH_FREE], sd[NLC_GROWTH_FREE];
} growth_prior;

static const growth_prior first_priors[NLC_NUM_GROWTHS] = {
    [NLC_GROWTH_BASS] = {{-3.9, -1.6, 1.4}, {1.2, 1.2, 1.5}},
    [NLC_GROWTH_LOGISTIC] = {{-1.2, 10, 1.4}, {0.8, 8, 1.5}},
    [NLC_GROWTH_GOMPERTZ] = {{-1.6, 8, 1.4}, {0.8, 8, 1.5}},
};

/* What one series is forecast with. Cells are probabilities of counts, [most_test][most_places + 1]. Draws
 * fall into groups; what a group gave is kept apart, so that each can be left out. In empirical Bayes each group
 * also has a prior of its own, so that leaving it out shows what chance did to the prior. */
typedef struct {
    const nlc_curves *curves;          /* borrowed; NULL without a model */
    double (*normal)[NLC_GROWTH_FREE]; /* [NLC_FORECAST_GROUPS * NUM_DRAWS], owned: standard normal */
    double (*pace)[2];                 /* [runs][NUM_PACES], owned: months to a tenth of the training; part of a period that
                                        * the first adoption stands before its end */
    double *weight;                    /* [NUM_DRAWS or runs * NUM_PACES], owned */
    double effective;                  /* draws of the method at hand, as if all had the same weight */
    double *cells;                     /* owned */
    double *part;                      /* [NLC_FORECAST_GROUPS][most cells], owned: of each group of draws */
    double *pool, *pool_part;          /* likewise, of the pool */
    double *room;                      /* [most cells], owned */
    size_t most;                       /* cells */
    double part_weight[NLC_FORECAST_GROUPS];
    growth_prior *prior; /* [kinds of series][growths][NLC_FORECAST_GROUPS], owned */
} forecaster;

const char *nlc_forecast_name(nlc_forecast_method method)
{
    static const char *const names[] = {"persistence",
                                        "constant hazard",
                                        "bass, least squares",
                                        "logistic, least squares",
                                        "gompertz, least squares",
                                        "bass, empirical Bayes",
                                        "logistic, empirical Bayes",
                                        "gompertz, empirical Bayes",
                                        "linear pool",
                                        "model"};
    return names[method];
}

/* ---- Chance of the places, given a curve ------------------------------------------------------------- */

static uint32_t count_at(const nlc_series *series, uint32_t period)
{
    return series->count[period - 1];
}

static double *cells_of(const forecaster *self, const nlc_series *series, uint32_t test)
{
    return self->cells + (size_t)test * (series->num_places + 1);
}

/* ---- Methods ----------------------------------------------------------------------------------------- */

static void forecast_persistence(const forecaster *self, const nlc_series *series)
{
    for (uint32_t test = 0; test < series->num_test; test++)
        cells_of(self, series, test)[count_at(series, series->num_train)] = 1;
}

/* The posterior of the probability, beta with these shapes, on a grid of its log odds: weights[NUM_GRID]
 * that sum to 1. */
static void beta_grid(double alpha, double beta, double *hazards, double *weights)
{
    const double centre = log(alpha / beta), sd = sqrt(1 / alpha + 1 / beta), reach = 8;
    double most = -INFINITY, sum = 0;
    for (uint32_t q = 0; q < NUM_GRID; q++) {
        const double odds = exp(centre + sd * reach * (2.0 * q / (NUM_GRID - 1) - 1));
        hazards[q] = odds / (1 + odds);
        weights[q] = alpha * log(hazards[q]) - beta * log1p(odds);
        most = fmax(most, weights[q]);
    }
    for (uint32_t q = 0; q < NUM_GRID; q++) {
        weights[q] = exp(weights[q] - most);
        sum += weights[q];
    }
    for (uint32_t q = 0; q < NUM_GRID; q++)
        weights[q] /= sum;
}

static void forecast_hazard(const forecaster *self, const nlc_series *series)
{
    double adopted = 0, waited = 0, hazards[NUM_GRID], weights[NUM_GRID];
    const uint32_t now = count_at(series, series->num_train);
    for (uint32_t t = 2; t <= series->num_train; t++) {
        adopted += count_at(series, t) - count_at(series, t - 1);
        waited += series->num_places - count_at(series, t);
    }
    beta_grid(adopted + 0.5, waited + 0.5, hazards, weights);
    for (uint32_t q = 0; q < NUM_GRID; q++)
        for (uint32_t test = 0; test < series->num_test; test++)
            nlc_binomial_add(cells_of(self, series, test), now, series->num_places - now, -expm1((test + 1.0) * log1p(-hazards[q])),
                             weights[q]);
}

/* Too short a series is left to the constant hazard. */
static nlc_error forecast_least_squares(const forecaster *self, const nlc_series *series, nlc_growth growth)
{
    double *t = malloc(series->num_train * sizeof *t), *y = malloc(series->num_train * sizeof *y), sse;
    nlc_growth_curve curve;
    nlc_error error = t != NULL && y != NULL ? NLC_OK : NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < series->num_train && error == NLC_OK; k++) {
        t[k] = k + 1;
        y[k] = (double)series->count[k] / series->num_places;
    }
    if (error == NLC_OK)
        error = nlc_growth_fit(&curve, growth, t, y, series->num_train, 1, &sse);
    if (error == NLC_OK) {
        const nlc_course course = nlc_course_of_growth(&curve, 1);
        nlc_course_foretell(&course, series, 1, self->cells);
    }
    free(t);
    free(y);
    if (error == NLC_ERROR_INPUT) {
        forecast_hazard(self, series);
        return NLC_OK;
    }
    return error;
}

/* ---- Draws, weighted by what they say of the training periods ----------------------------------------- */

static nlc_course growth_course(const forecaster *self, const nlc_series *series, nlc_growth growth, const growth_prior *prior,
                                uint32_t draw)
{
    double values[NLC_GROWTH_FREE];
    for (uint32_t j = 0; j < NLC_GROWTH_FREE; j++)
        values[j] = prior->mean[j] + prior->sd[j] * self->normal[draw][j];
    const nlc_growth_curve curve = nlc_growth_of(growth, values, 1);
    return nlc_course_of_growth(&curve, TRAINING_LENGTH / series->num_train);
}

/* False where nobody ever adopts in the run. The first adoption of the run, in a set of places as large as that of
 * the series, falls into its first period. */
static bool model_course(const forecaster *self, const nlc_series *series, uint32_t draw, nlc_course *course)
{
    const uint32_t run = draw / NUM_PACES, begin = nlc_curves_reach(self->curves, run, 1.0 / series->num_places);
    const double months = self->pace[draw][0] * TRAINING_LENGTH / series->num_train;
    *course = nlc_course_of_run(self->curves, run, begin + (self->pace[draw][1] - 1) * months, months);
    return begin != NLC_NONE;
}

/* Log-likelihoods weight[num] become weights that sum to 1; as many equally weighted draws are they worth. */
static double weights_normalise(double *weight, uint32_t num)
{
    double most = -INFINITY, sum = 0, squares = 0;
    for (uint32_t draw = 0; draw < num; draw++)
        most = fmax(most, weight[draw]);
    for (uint32_t draw = 0; draw < num; draw++) {
        weight[draw] = exp(weight[draw] - most);
        sum += weight[draw];
    }
    for (uint32_t draw = 0; draw < num; draw++) {
        weight[draw] /= sum;
        squares += weight[draw] * weight[draw];
    }
    return 1 / squares;
}

/* The posterior as weights of the draws of one group from its prior: weight[NUM_DRAWS]. */
static double weights_find(forecaster *self, const nlc_series *series, nlc_growth growth, const growth_prior *prior, uint32_t group)
{
    for (uint32_t draw = 0; draw < NUM_DRAWS; draw++) {
        const nlc_course course = growth_course(self, series, growth, prior, group * NUM_DRAWS + draw);
        self->weight[draw] = nlc_course_likelihood(&course, series);
    }
    return weights_normalise(self->weight, NUM_DRAWS);
}

/* Adds a draw to its group. */
static void add_draw(forecaster *self, const nlc_series *series, const nlc_course *course, uint32_t group, double weight)
{
    nlc_course_foretell(course, series, weight, self->part + group * self->most);
    self->part_weight[group] += weight;
}

/* ---- Empirical Bayes --------------------------------------------------------------------------------- */

static growth_prior *prior_of(const forecaster *self, uint32_t kind, nlc_growth growth, uint32_t group)
{
    return &self->prior[(kind * NLC_NUM_GROWTHS + growth) * NLC_FORECAST_GROUPS + group];
}

/* One step of expectation and maximisation: prior `index` takes the mean and the spread of the posteriors. */
static void prior_step(forecaster *self, const nlc_series *series, uint32_t num, uint32_t index)
{
    const uint32_t group = index % NLC_FORECAST_GROUPS, kind = index / NLC_FORECAST_GROUPS / NLC_NUM_GROWTHS;
    const nlc_growth growth = (nlc_growth)(index / NLC_FORECAST_GROUPS % NLC_NUM_GROWTHS);
    growth_prior *const prior = &self->prior[index];
    double mean[NLC_GROWTH_FREE] = {0}, square[NLC_GROWTH_FREE] = {0}, members = 0;
    for (uint32_t k = 0; k < num; k++) {
        if (series[k].group != kind)
            continue;
        weights_find(self, &series[k], growth, prior, group);
        members++;
        for (uint32_t draw = 0; draw < NUM_DRAWS; draw++)
            for (uint32_t j = 0; j < NLC_GROWTH_FREE; j++) {
                const double value = prior->mean[j] + prior->sd[j] * self->normal[group * NUM_DRAWS + draw][j];
                mean[j] += self->weight[draw] * value;
                square[j] += self->weight[draw] * value * value;
            }
    }
    /* Two series are not enough to say how far series differ. */
    for (uint32_t j = 0; j < NLC_GROWTH_FREE && members > 2; j++) {
        prior->mean[j] = mean[j] / members;
        prior->sd[j] = sqrt(fmax(square[j] / members - prior->mean[j] * prior->mean[j], 0.01));
    }
}

static void forecast_empirical_bayes(forecaster *self, const nlc_series *series, nlc_growth growth)
{
    for (uint32_t group = 0; group < NLC_FORECAST_GROUPS; group++) {
        const growth_prior *prior = prior_of(self, series->group, growth, group);
        self->effective += weights_find(self, series, growth, prior, group);
        for (uint32_t draw = 0; draw < NUM_DRAWS; draw++) {
            const nlc_course course = growth_course(self, series, growth, prior, group * NUM_DRAWS + draw);
            if (self->weight[draw] > NEGLIGIBLE)
                add_draw(self, series, &course, group, self->weight[draw]);
        }
    }
}

/* ---- A model ------------------------------------------------------------------------------------------- */

static void forecast_model(forecaster *self, const nlc_series *series)
{
    const uint32_t num = self->curves->num_runs * NUM_PACES;
    nlc_course course;
    for (uint32_t draw = 0; draw < num; draw++)
        self->weight[draw] = model_course(self, series, draw, &course) ? nlc_course_likelihood(&course, series) : -1e9;
    self->effective = weights_normalise(self->weight, num);
    for (uint32_t draw = 0; draw < num; draw++)
        if (self->weight[draw] > NEGLIGIBLE && model_course(self, series, draw, &course))
            add_draw(self, series, &course, draw / NUM_PACES % NLC_FORECAST_GROUPS, self->weight[draw]);
}

/* ---- Scores ------------------------------------------------------------------------------------------ */

static size_t num_cells(const nlc_series *series)
{
    return (size_t)series->num_test * (series->num_places + 1);
}

/* Cells of all groups of draws, or of all but one; those of a method without draws are the same either way. A group
 * that holds all the weight cannot be left out. */
static void cells_make(forecaster *self, const nlc_series *series, uint32_t without, double *cells)
{
    double weight = 0;
    for (uint32_t group = 0; group < NLC_FORECAST_GROUPS; group++)
        weight += group == without ? 0 : self->part_weight[group];
    if (weight < NEGLIGIBLE)
        without = NLC_NONE;
    memset(cells, 0, num_cells(series) * sizeof *cells);
    for (uint32_t group = 0; group < NLC_FORECAST_GROUPS; group++)
        for (size_t k = 0; group != without && k < num_cells(series); k++)
            cells[k] += self->part[group * self->most + k];
    for (size_t k = 0; k < num_cells(series); k++)
        cells[k] /= weight < NEGLIGIBLE ? 1 : weight;
}

static bool has_draws(nlc_forecast_method method)
{
    return (method >= NLC_FORECAST_BASS_EB && method <= NLC_FORECAST_GOMPERTZ_EB) || method == NLC_FORECAST_MODEL;
}

static nlc_error forecast(forecaster *self, const nlc_series *series, nlc_forecast_method method)
{
    memset(self->cells, 0, num_cells(series) * sizeof *self->cells);
    memset(self->part_weight, 0, sizeof self->part_weight);
    self->effective = 0;
    for (uint32_t group = 0; has_draws(method) && group < NLC_FORECAST_GROUPS; group++)
        memset(self->part + group * self->most, 0, num_cells(series) * sizeof *self->part);
    switch (method) {
    case NLC_FORECAST_PERSISTENCE:
        forecast_persistence(self, series);
        break;
    case NLC_FORECAST_HAZARD:
        forecast_hazard(self, series);
        break;
    case NLC_FORECAST_BASS:
    case NLC_FORECAST_LOGISTIC:
    case NLC_FORECAST_GOMPERTZ:
        return forecast_least_squares(self, series, (nlc_growth)(method - NLC_FORECAST_BASS));
    case NLC_FORECAST_BASS_EB:
    case NLC_FORECAST_LOGISTIC_EB:
    case NLC_FORECAST_GOMPERTZ_EB:
        forecast_empirical_bayes(self, series, (nlc_growth)(method - NLC_FORECAST_BASS_EB));
        break;
    case NLC_FORECAST_MODEL:
        forecast_model(self, series);
        break;
    default:
        break;
    }
    return NLC_OK;
}

/* One part in a hundred for anything from now to all. */
static void loosen(const nlc_series *series, double *cells)
{
    const uint32_t now = count_at(series, series->num_train), num = series->num_places - now + 1;
    for (uint32_t test = 0; test < series->num_test; test++)
        for (uint32_t k = now; k <= series->num_places; k++) {
            double *cell = &cells[(size_t)test * (series->num_places + 1) + k];
            *cell = (1 - ANYTHING) * *cell + ANYTHING / num;
        }
}

static nlc_forecast_score score(const nlc_series *series, const double *all)
{
    const uint32_t num = series->num_places + 1;
    nlc_forecast_score result = {.effective = NAN};
    for (uint32_t test = 0; test < series->num_test; test++) {
        const double *cells = all + (size_t)test * num;
        const uint32_t found = count_at(series, series->num_train + test + 1);
        const uint32_t low = nlc_count_quantile(cells, num, 0.05), high = nlc_count_quantile(cells, num, 0.95);
        result.crps += 100 * nlc_crps_counts(cells, num, found) / series->num_places / series->num_test;
        result.log_score -= log(cells[found]) / series->num_test;
        result.coverage += found >= low && found <= high ? 1.0 / series->num_test : 0;
        result.final_low = low;
        result.final_median = nlc_count_quantile(cells, num, 0.5);
        result.final_high = high;
    }
    return result;
}

/* The cells of a method, all or without a group of draws; the pool gathers those of the methods before it. */
static void cells_take(forecaster *self, const nlc_series *series, nlc_forecast_method method, uint32_t without)
{
    double *pool = without == NLC_NONE ? self->pool : self->pool_part + without * self->most;
    if (has_draws(method))
        cells_make(self, series, without, self->room);
    else
        memcpy(self->room, method == NLC_FORECAST_POOL ? pool : self->cells, num_cells(series) * sizeof *self->room);
    for (size_t k = 0; method < NLC_FORECAST_POOL && k < num_cells(series); k++)
        pool[k] += self->room[k] / NLC_FORECAST_POOL;
    loosen(series, self->room);
}

static nlc_error method_score(forecaster *self, const nlc_series *series, nlc_forecast_method method, nlc_forecast_score *result)
{
    const nlc_error error = forecast(self, series, method);
    if (error != NLC_OK)
        return error;
    cells_take(self, series, method, NLC_NONE);
    *result = score(series, self->room);
    result->effective = has_draws(method) ? self->effective : (double)NAN;
    for (uint32_t group = 0; group < NLC_FORECAST_GROUPS; group++) {
        cells_take(self, series, method, group);
        const nlc_forecast_score without = score(series, self->room);
        result->crps_without[group] = without.crps;
        result->log_without[group] = without.log_score;
    }
    return NLC_OK;
}

static nlc_error series_score(forecaster *self, const nlc_series *series, nlc_forecast_score *scores)
{
    nlc_error error = NLC_OK;
    memset(self->pool, 0, num_cells(series) * sizeof *self->pool);
    for (uint32_t group = 0; group < NLC_FORECAST_GROUPS; group++)
        memset(self->pool_part + group * self->most, 0, num_cells(series) * sizeof *self->pool_part);
    for (nlc_forecast_method method = 0; method < NLC_NUM_FORECASTS && error == NLC_OK; method++) {
        if (method != NLC_FORECAST_MODEL || self->curves != NULL)
            error = method_score(self, series, method, &scores[method]);
        else
            scores[method] = (nlc_forecast_score){.crps = NAN, .log_score = NAN, .coverage = NAN, .effective = NAN};
    }
    return error;
}

/* ---- The whole --------------------------------------------------------------------------------------- */

/* A Sobol' sequence under a random shift (Cranley and Patterson 1976): another one for each group. */
static nlc_error normals_draw(forecaster *self, uint64_t seed)
{
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, NLC_GROWTH_FREE);
    for (uint32_t group = 0; sequence != NULL && group < NLC_FORECAST_GROUPS; group++) {
        double shift[NLC_GROWTH_FREE], point[NLC_GROWTH_FREE];
        nlc_stream stream = nlc_stream_for(seed, EMPIRICAL, group);
        for (uint32_t j = 0; j < NLC_GROWTH_FREE; j++)
            shift[j] = nlc_stream_unit(&stream);
        gsl_qrng_init(sequence);
        for (uint32_t draw = 0; draw < NUM_DRAWS; draw++) {
            gsl_qrng_get(sequence, point);
            for (uint32_t j = 0; j < NLC_GROWTH_FREE; j++) {
                const double unit = point[j] + shift[j] - floor(point[j] + shift[j]);
                self->normal[group * NUM_DRAWS + draw][j] = gsl_cdf_ugaussian_Pinv(fmin(fmax(unit, 1e-9), 1 - 1e-9));
            }
        }
    }
    gsl_qrng_free(sequence);
    return sequence != NULL ? NLC_OK : NLC_ERROR_MEMORY;
}

static void paces_draw(forecaster *self, uint64_t seed)
{
    for (uint32_t draw = 0; self->curves != NULL && draw < self->curves->num_runs * NUM_PACES; draw++) {
        nlc_stream stream = nlc_stream_for(seed, PACE, draw);
        self->pace[draw][0] = SLOWEST * pow(FASTEST / SLOWEST, nlc_stream_unit(&stream));
        self->pace[draw][1] = nlc_stream_unit(&stream);
    }
}

static nlc_error forecaster_init(forecaster *self, const nlc_series *series, uint32_t num, const nlc_forecast_options *options,
                                 uint32_t *num_groups)
{
    const size_t paces = options->curves != NULL ? options->curves->num_runs * (size_t)NUM_PACES : 0;
    *num_groups = 0;
    *self = (forecaster){.curves = options->curves, .normal = malloc(NLC_FORECAST_GROUPS * NUM_DRAWS * sizeof *self->normal)};
    for (uint32_t k = 0; k < num; k++) {
        self->most = num_cells(&series[k]) > self->most ? num_cells(&series[k]) : self->most;
        *num_groups = series[k].group + 1 > *num_groups ? series[k].group + 1 : *num_groups;
    }
    self->pace = malloc((paces + 1) * sizeof *self->pace);
    self->weight = malloc((paces > NUM_DRAWS ? paces : NUM_DRAWS) * sizeof *self->weight);
    self->cells = malloc((self->most + 1) * sizeof *self->cells);
    self->part = malloc((NLC_FORECAST_GROUPS * self->most + 1) * sizeof *self->part);
    self->pool = malloc((self->most + 1) * sizeof *self->pool);
    self->pool_part = malloc((NLC_FORECAST_GROUPS * self->most + 1) * sizeof *self->pool_part);
    self->room = malloc((self->most + 1) * sizeof *self->room);
    self->prior = malloc((*num_groups * (size_t)NLC_NUM_GROWTHS * NLC_FORECAST_GROUPS + 1) * sizeof *self->prior);
    if (!self->normal || !self->pace || !self->weight || !self->cells || !self->part || !self->pool || !self->pool_part ||
        !self->room || !self->prior)
        return NLC_ERROR_MEMORY;
    paces_draw(self, options->seed);
    return normals_draw(self, options->seed);
}

static void forecaster_free(forecaster *self)
{
    free(self->normal);
    free(self->pace);
    free(self->weight);
    free(self->cells);
    free(self->part);
    free(self->pool);
    free(self->pool_part);
    free(self->room);
    free(self->prior);
}

static void priors_fit(forecaster *self, const nlc_series *series, uint32_t num, uint32_t num_kinds)
{
    for (uint32_t k = 0; k < num_kinds * NLC_NUM_GROWTHS * NLC_FORECAST_GROUPS; k++) {
        self->prior[k] = first_priors[k / NLC_FORECAST_GROUPS % NLC_NUM_GROWTHS];
        for (uint32_t step = 0; step < NUM_FITS; step++)
            prior_step(self, series, num, k);
    }
}

nlc_error nlc_forecasts_score(const nlc_series *series, uint32_t num, const nlc_forecast_options *options,
                              nlc_forecast_score *scores)
{
    forecaster self;
    uint32_t num_groups;
    nlc_error error = forecaster_init(&self, series, num, options, &num_groups);
    if (error == NLC_OK)
        priors_fit(&self, series, num, num_groups);
    for (uint32_t k = 0; k < num && error == NLC_OK; k++) {
        error = series_score(&self, &series[k], scores + (size_t)k * NLC_NUM_FORECASTS);
        if (error == NLC_OK && options->progress != NULL && !options->progress(options->context, k + 1, num))
            error = NLC_ERROR_INTERRUPTED;
    }
    forecaster_free(&self);
    return error;
}
