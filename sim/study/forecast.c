#include "forecast.h"

#include "scores.h"
#include "stream.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ANYTHING 0.01

/* Draws from a prior, and steps of its fit. Time is scaled so that the training periods are ten long:
 * curves of long and short series can then have one prior. */
enum { NUM_DRAWS = 1500, NUM_FITS = 6, NUM_GRID = 101, NUM_RESAMPLED = 200, EMPIRICAL = 0x656266 };
#define TRAINING_LENGTH 10.0

typedef struct {
    double mean[NLC_GROWTH_FREE], sd[NLC_GROWTH_FREE];
} growth_prior;

static const growth_prior first_priors[NLC_NUM_GROWTHS] = {
    [NLC_GROWTH_BASS] = {{-3.9, -1.6, 1.4}, {1.2, 1.2, 1.5}},
    [NLC_GROWTH_LOGISTIC] = {{-1.2, 10, 1.4}, {0.8, 8, 1.5}},
    [NLC_GROWTH_GOMPERTZ] = {{-1.6, 8, 1.4}, {0.8, 8, 1.5}},
};

/* What one series is forecast with. */
typedef struct {
    double (*normal)[NLC_GROWTH_FREE]; /* [NUM_DRAWS], owned: standard normal */
    double *weight;                    /* [NUM_DRAWS], owned */
    double *cells;                     /* [most_test][most_places + 1], owned: probabilities of counts */
    double *pool;                      /* likewise */
    growth_prior *prior;               /* [num_groups][growths], owned */
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
                                        "linear pool"};
    return names[method];
}

/* ---- Chance of the places, given a curve ------------------------------------------------------------- */

static uint32_t count_at(const nlc_series *series, uint32_t period)
{
    return series->count[period - 1];
}

/* Adds weight * P(k of n adopt) to cells[k + offset]. Terms are computed from the most likely one, so
 * that nothing underflows on the way. */
static void add_binomial(double *cells, uint32_t offset, uint32_t n, double p, double weight)
{
    p = p < 0 ? 0 : p > 1 ? 1 : p;
    const uint32_t mode = (uint32_t)fmin(n, floor((n + 1.0) * p));
    if (p == 0 || p == 1) {
        cells[offset + mode] += weight;
        return;
    }
    const double top = weight * gsl_ran_binomial_pdf(mode, p, n), odds = p / (1 - p);
    double term = top;
    for (uint32_t k = mode; term > 0 && k <= n; k++) {
        cells[offset + k] += term;
        term *= (n - (double)k) / (k + 1.0) * odds;
    }
    term = top;
    for (uint32_t k = mode; term > 0 && k > 0; k--) {
        term *= k / (n - k + 1.0) / odds;
        cells[offset + k - 1] += term;
    }
}

static double *cells_of(const forecaster *self, const nlc_series *series, uint32_t test)
{
    return self->cells + (size_t)test * (series->num_places + 1);
}

/* The probability that a place which had not adopted at time `from` has at time `to`. */
static double share_between(const nlc_growth_curve *curve, double from, double to)
{
    const double before = nlc_growth_at(curve, from), after = nlc_growth_at(curve, to);
    return before >= 1 ? 0 : (after - before) / (1 - before);
}

static void add_curve(const forecaster *self, const nlc_series *series, const nlc_growth_curve *curve, double scale, double weight)
{
    const uint32_t now = count_at(series, series->num_train);
    for (uint32_t test = 0; test < series->num_test; test++)
        add_binomial(cells_of(self, series, test), now, series->num_places - now,
                     share_between(curve, series->num_train * scale, (series->num_train + test + 1) * scale), weight);
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
            add_binomial(cells_of(self, series, test), now, series->num_places - now, -expm1((test + 1.0) * log1p(-hazards[q])),
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
    if (error == NLC_OK)
        add_curve(self, series, &curve, 1, 1);
    free(t);
    free(y);
    if (error == NLC_ERROR_INPUT) {
        forecast_hazard(self, series);
        return NLC_OK;
    }
    return error;
}

/* ---- Empirical Bayes --------------------------------------------------------------------------------- */

static nlc_growth_curve curve_of(const forecaster *self, nlc_growth growth, const growth_prior *prior, uint32_t draw)
{
    double values[NLC_GROWTH_FREE];
    for (uint32_t j = 0; j < NLC_GROWTH_FREE; j++)
        values[j] = prior->mean[j] + prior->sd[j] * self->normal[draw][j];
    return nlc_growth_of(growth, values, 1);
}

/* Log-likelihood of the training periods: in each, some of those that had not adopted do. */
static double likelihood(const nlc_series *series, const nlc_growth_curve *curve)
{
    const double scale = TRAINING_LENGTH / series->num_train;
    double sum = 0;
    for (uint32_t t = 2; t <= series->num_train; t++) {
        const uint32_t before = count_at(series, t - 1), new = count_at(series, t) - before,
                       rest = series->num_places - before - new;
        const double share = fmin(fmax(share_between(curve, (t - 1) * scale, t * scale), 1e-12), 1 - 1e-12);
        sum += new *log(share) + rest *log1p(-share);
    }
    return sum;
}

/* The posterior as weights of the prior's draws, which sum to 1. */
static void weights_find(forecaster *self, const nlc_series *series, nlc_growth growth, const growth_prior *prior)
{
    double most = -INFINITY, sum = 0;
    for (uint32_t draw = 0; draw < NUM_DRAWS; draw++) {
        const nlc_growth_curve curve = curve_of(self, growth, prior, draw);
        self->weight[draw] = likelihood(series, &curve);
        most = fmax(most, self->weight[draw]);
    }
    for (uint32_t draw = 0; draw < NUM_DRAWS; draw++) {
        self->weight[draw] = exp(self->weight[draw] - most);
        sum += self->weight[draw];
    }
    for (uint32_t draw = 0; draw < NUM_DRAWS; draw++)
        self->weight[draw] /= sum;
}

/* One step of expectation and maximisation: the prior takes the mean and the spread of the posteriors. */
static void prior_step(forecaster *self, const nlc_series *series, uint32_t num, uint32_t group, nlc_growth growth,
                       growth_prior *prior)
{
    double mean[NLC_GROWTH_FREE] = {0}, square[NLC_GROWTH_FREE] = {0}, members = 0;
    for (uint32_t k = 0; k < num; k++) {
        if (series[k].group != group)
            continue;
        weights_find(self, &series[k], growth, prior);
        members++;
        for (uint32_t draw = 0; draw < NUM_DRAWS; draw++)
            for (uint32_t j = 0; j < NLC_GROWTH_FREE; j++) {
                const double value = prior->mean[j] + prior->sd[j] * self->normal[draw][j];
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
    const growth_prior *prior = &self->prior[series->group * NLC_NUM_GROWTHS + growth];
    double sum = 0;
    uint32_t taken = 0;
    weights_find(self, series, growth, prior);
    for (uint32_t draw = 0; draw < NUM_DRAWS; draw++) {
        sum += self->weight[draw];
        const uint32_t until = (uint32_t)floor(sum * NUM_RESAMPLED + 0.5);
        if (until > taken) {
            const nlc_growth_curve curve = curve_of(self, growth, prior, draw);
            add_curve(self, series, &curve, TRAINING_LENGTH / series->num_train, (double)(until - taken) / NUM_RESAMPLED);
            taken = until;
        }
    }
}

/* ---- Scores ------------------------------------------------------------------------------------------ */

static nlc_error forecast(forecaster *self, const nlc_series *series, nlc_forecast_method method)
{
    const size_t num = (size_t)series->num_test * (series->num_places + 1);
    memset(self->cells, 0, num * sizeof *self->cells);
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
    default:
        for (size_t k = 0; k < num; k++)
            self->cells[k] = self->pool[k] / NLC_FORECAST_POOL;
    }
    return NLC_OK;
}

/* One part in a hundred for anything from now to all. */
static void loosen(const forecaster *self, const nlc_series *series)
{
    const uint32_t now = count_at(series, series->num_train), num = series->num_places - now + 1;
    for (uint32_t test = 0; test < series->num_test; test++)
        for (uint32_t k = now; k <= series->num_places; k++) {
            double *cell = &cells_of(self, series, test)[k];
            *cell = (1 - ANYTHING) * *cell + ANYTHING / num;
        }
}

static nlc_forecast_score score(const forecaster *self, const nlc_series *series)
{
    const uint32_t num = series->num_places + 1;
    nlc_forecast_score result = {0};
    for (uint32_t test = 0; test < series->num_test; test++) {
        const double *cells = cells_of(self, series, test);
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

static nlc_error series_score(forecaster *self, const nlc_series *series, nlc_forecast_score *scores)
{
    const size_t num = (size_t)series->num_test * (series->num_places + 1);
    nlc_error error = NLC_OK;
    memset(self->pool, 0, num * sizeof *self->pool);
    for (nlc_forecast_method method = 0; method < NLC_NUM_FORECASTS && error == NLC_OK; method++) {
        error = forecast(self, series, method);
        for (size_t k = 0; k < num && method < NLC_FORECAST_POOL; k++)
            self->pool[k] += self->cells[k];
        loosen(self, series);
        scores[method] = score(self, series);
    }
    return error;
}

/* ---- The whole --------------------------------------------------------------------------------------- */

static nlc_error forecaster_init(forecaster *self, const nlc_series *series, uint32_t num, uint64_t seed, uint32_t *num_groups)
{
    size_t most = 0;
    *num_groups = 0;
    for (uint32_t k = 0; k < num; k++) {
        const size_t size = (size_t)series[k].num_test * (series[k].num_places + 1);
        most = size > most ? size : most;
        *num_groups = series[k].group + 1 > *num_groups ? series[k].group + 1 : *num_groups;
    }
    *self = (forecaster){.normal = malloc(NUM_DRAWS * sizeof *self->normal), .weight = malloc(NUM_DRAWS * sizeof *self->weight)};
    self->cells = malloc((most + 1) * sizeof *self->cells);
    self->pool = malloc((most + 1) * sizeof *self->pool);
    self->prior = malloc((*num_groups * (size_t)NLC_NUM_GROWTHS + 1) * sizeof *self->prior);
    if (!self->normal || !self->weight || !self->cells || !self->pool || !self->prior)
        return NLC_ERROR_MEMORY;
    for (uint32_t draw = 0; draw < NUM_DRAWS; draw++) {
        nlc_stream stream = nlc_stream_for(seed, EMPIRICAL, draw);
        for (uint32_t j = 0; j < NLC_GROWTH_FREE; j++)
            self->normal[draw][j] = nlc_stream_normal(&stream);
    }
    return NLC_OK;
}

static void forecaster_free(forecaster *self)
{
    free(self->normal);
    free(self->weight);
    free(self->cells);
    free(self->pool);
    free(self->prior);
}

static void priors_fit(forecaster *self, const nlc_series *series, uint32_t num, uint32_t num_groups)
{
    for (uint32_t group = 0; group < num_groups; group++)
        for (nlc_growth growth = 0; growth < NLC_NUM_GROWTHS; growth++) {
            growth_prior *prior = &self->prior[group * NLC_NUM_GROWTHS + growth];
            *prior = first_priors[growth];
            for (uint32_t step = 0; step < NUM_FITS; step++)
                prior_step(self, series, num, group, growth, prior);
        }
}

nlc_error nlc_forecasts_score(const nlc_series *series, uint32_t num, uint64_t seed,
                              bool (*progress)(void *context, uint32_t done, uint32_t total), void *context,
                              nlc_forecast_score *scores)
{
    forecaster self;
    uint32_t num_groups;
    nlc_error error = forecaster_init(&self, series, num, seed, &num_groups);
    if (error == NLC_OK)
        priors_fit(&self, series, num, num_groups);
    for (uint32_t k = 0; k < num && error == NLC_OK; k++) {
        error = series_score(&self, &series[k], scores + (size_t)k * NLC_NUM_FORECASTS);
        if (error == NLC_OK && progress != NULL && !progress(context, k + 1, num))
            error = NLC_ERROR_INTERRUPTED;
    }
    forecaster_free(&self);
    return error;
}

nlc_skill nlc_skill_of(const double *scores, const double *others, uint32_t num)
{
    nlc_skill self = {0, 0};
    for (uint32_t k = 0; k < num; k++)
        self.mean += (scores[k] - others[k]) / num;
    for (uint32_t k = 0; k < num; k++) {
        const double away = scores[k] - others[k] - self.mean;
        self.error += away * away;
    }
    self.error = num > 1 ? sqrt(self.error / (num - 1) / num) : NAN;
    return self;
}
