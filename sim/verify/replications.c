/* Cases about how many runs are needed, which scenario is the best, and common random numbers. */
/* For M_PI. */
#define _XOPEN_SOURCE 700

#include "kinds.h"

#include "best.h"
#include "chance.h"
#include "difference.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The number behind `label` in the title: some cases say their settings nowhere else. */
static double title_number(const char *title, const char *label, double standard)
{
    const char *at = title == NULL ? NULL : strstr(title, label);
    return at == NULL ? standard : strtod(at + strlen(label), NULL);
}

/* The number before a percent sign in the title. */
static double title_percentage(const char *title, double standard)
{
    const char *end = title == NULL ? NULL : strchr(title, '%');
    const char *at = end;
    while (at != NULL && at > title && strchr("0123456789.", at[-1]) != NULL)
        at--;
    return at == end ? standard : strtod(at, NULL);
}

static double setting(const json_t *root, const char *key, double standard)
{
    const json_t *given = json_object_get(json_object_get(root, "params"), key);
    given = given == NULL ? json_object_get(root, key) : given;
    return json_is_number(given) ? json_number_value(given) : standard;
}

static nlc_precision precision_read(const json_t *root, const char *width)
{
    const char *title = json_string_value(json_object_get(root, "title"));
    return (nlc_precision){
        .confidence = setting(root, "confidence", title_percentage(title, 95) / 100),
        .width = strtod(width, NULL),
        .is_relative = true,
        .first = (uint32_t)setting(root, "n0", title_number(title, "n0=", 10)),
    };
}

/* Where the values are not enough, the answer is that of all of them, or n is null. `n` is 0 then. */
static nlc_error stopping_check(nlc_case *self, const nlc_precision *precision, const json_t *answer, const nlc_moments *at,
                                uint32_t n)
{
    double expected_n, mean, half_width;
    const double found = nlc_moments_half_width(at, precision->confidence);
    if (json_is_null(json_object_get(answer, "n"))) {
        nlc_case_expect(self, "n", n, 0, 0);
        return NLC_OK;
    }
    nlc_error error = nlc_case_number(self, answer, "n", &expected_n);
    if (error == NLC_OK)
        error = nlc_case_number(self, answer, "mean", &mean);
    if (error == NLC_OK)
        error = nlc_case_number(self, answer, "half_width", &half_width);
    if (error != NLC_OK)
        return error;
    nlc_case_expect(self, "n", at->n, expected_n, 0);
    nlc_case_require(self, "reached", (n > 0) == (half_width / fabs(mean) <= precision->width / (1 + precision->width)));
    nlc_case_expect(self, "mean", at->mean, mean, 1e-9 * fabs(mean));
    if (json_is_number(json_object_get(answer, "adjusted_gamma")))
        nlc_case_expect(self, "adjusted precision", precision->width / (1 + precision->width),
                        json_number_value(json_object_get(answer, "adjusted_gamma")), 1e-12);
    /* Where the values hardly differ, what the mean is rounded by shows in the half-width. */
    nlc_case_expect(self, "half-width", found, half_width, 1e-9 * fabs(half_width) + 1e-14 * fabs(mean));
    return NLC_OK;
}

nlc_error nlc_verify_replication_stopping(nlc_case *self)
{
    const json_t *result;
    double *x;
    size_t num;
    nlc_error error = nlc_case_member(self, self->root, "result", JSON_OBJECT, &result);
    if (error == NLC_OK)
        error = nlc_case_numbers(self, self->root, "x", &x, &num);
    if (error != NLC_OK)
        return error;
    json_t *answers = (json_t *)result; /* iterating takes no const, and changes nothing */
    const char *width;
    json_t *answer;
    json_object_foreach(answers, width, answer)
    {
        const nlc_precision precision = precision_read(self->root, width);
        nlc_moments at;
        const uint32_t n = nlc_precision_reach(&precision, x, (uint32_t)num, &at);
        error = error == NLC_OK ? stopping_check(self, &precision, answer, &at, n) : error;
    }
    free(x);
    nlc_case_say(self, "%zu precisions: n exact, half-width within 1e-9 of itself", json_object_size(result));
    return error;
}

/* ---- Choosing the best ------------------------------------------------------------------------------ */

enum { MACRO_RUNS = 2000 };

/* As many runs of a system as a trial can afford in the mean. */
static const double most_runs = 400;

/* A normal variate, by Box and Muller. */
static double normal(nlc_chance *chance)
{
    return sqrt(-2 * log(1 - nlc_chance_unit(chance))) * cos(2 * M_PI * nlc_chance_unit(chance));
}

/* The mean of both stages of a system with sd 1 around `mean`. The first stage alone gives sd. */
static double two_stage_mean(nlc_chance *chance, double mean, double h, double indifference, uint32_t first)
{
    nlc_moments sample = {0};
    while (sample.n < first)
        nlc_moments_add(&sample, mean + normal(chance));
    const uint32_t runs = nlc_rinott_runs(h, nlc_moments_sd(&sample), indifference, first);
    while (sample.n < runs)
        nlc_moments_add(&sample, mean + normal(chance));
    return sample.mean;
}

/* How often the best is chosen where it is better than all others by no more than the indifference. */
static double share_of_right_choices(double h, uint32_t num_systems, uint32_t first)
{
    /* The probability holds for any indifference, and runs go with the square of the constant over it. */
    const double indifference = fmax(0.5, h / sqrt(most_runs));
    uint32_t num_right = 0;
    for (uint32_t r = 0; r < MACRO_RUNS; r++) {
        nlc_chance chance = nlc_chance_of(num_systems, first, r, 0);
        const double best = two_stage_mean(&chance, indifference, h, indifference, first);
        bool is_right = true;
        for (uint32_t k = 1; k < num_systems; k++)
            is_right = two_stage_mean(&chance, 0, h, indifference, first) < best && is_right;
        num_right += is_right;
    }
    return (double)num_right / MACRO_RUNS;
}

static nlc_error rinott_check(nlc_case *self, const char *key, const json_t *answer)
{
    unsigned num_systems, first;
    double probability, h;
    if (sscanf(key, "k=%u,n0=%u,P=%lf", &num_systems, &first, &probability) != 3 || num_systems < 2 || first < 2 ||
        !json_is_number(answer)) {
        nlc_case_say(self, "'%s': expected k=K,n0=N,P=P and a number", key);
        return NLC_ERROR_INPUT;
    }
    const nlc_error error = nlc_rinott_constant(num_systems, first, probability, &h);
    if (error != NLC_OK)
        return error;
    nlc_case_expect(self, key, h, json_number_value(answer), 1e-4);
    const double found = share_of_right_choices(h, num_systems, first);
    nlc_case_require(self, "right choices at least as often as stated",
                     found >= probability - 4.5 * sqrt(probability * (1 - probability) / MACRO_RUNS));
    return NLC_OK;
}

nlc_error nlc_verify_rinott(nlc_case *self)
{
    const json_t *answers;
    nlc_error error = nlc_case_member(self, self->root, "h", JSON_OBJECT, &answers);
    if (error != NLC_OK)
        return error;
    json_t *list = (json_t *)answers; /* iterating takes no const, and changes nothing */
    const char *key;
    json_t *answer;
    json_object_foreach(list, key, answer)
    {
        error = error == NLC_OK ? rinott_check(self, key, answer) : error;
    }
    nlc_case_say(self, "%zu constants within 1e-4; right choices in %d trials of each", json_object_size(answers), MACRO_RUNS);
    return error;
}

/* ---- Common random numbers ---------------------------------------------------------------------------- */

enum { CRN_PAIRS = 100000 };

typedef struct {
    double rate_1, rate_2;
    double *first, *second, *other; /* [CRN_PAIRS]; `other` is like `second`, with draws of its own */
} exponentials;

static void exponentials_draw(const exponentials *self)
{
    nlc_chance chance = nlc_chance_of(1, 0, 0, 0);
    for (uint32_t r = 0; r < CRN_PAIRS; r++) {
        const double u = -log(1 - nlc_chance_unit(&chance));
        self->first[r] = u / self->rate_1;
        self->second[r] = u / self->rate_2;
        self->other[r] = -log(1 - nlc_chance_unit(&chance)) / self->rate_2;
    }
}

/* Kurtosis of the difference of independent exponentials; with common random numbers the difference is
 * exponential itself, and that is 9. */
static double kurtosis_apart(const exponentials *self)
{
    const double a = 1 / (self->rate_1 * self->rate_1), b = 1 / (self->rate_2 * self->rate_2);
    return 3 + 6 * (a * a + b * b) / ((a + b) * (a + b));
}

static nlc_error crn_check(nlc_case *self, const exponentials *draws)
{
    const nlc_precision precision = {.confidence = 0.95, .width = 0.1, .is_relative = true, .first = 2};
    double apart, together, ratio;
    nlc_error error = nlc_case_number(self, self->root, "var_independent", &apart);
    if (error == NLC_OK)
        error = nlc_case_number(self, self->root, "var_crn", &together);
    if (error != NLC_OK)
        return error;
    const nlc_difference crn = nlc_difference_of(draws->first, draws->second, CRN_PAIRS, &precision);
    const nlc_difference own = nlc_difference_of(draws->first, draws->other, CRN_PAIRS, &precision);
    nlc_case_expect(self, "variance with common random numbers", crn.sd * crn.sd, together, together * 4.5 * sqrt(8.0 / CRN_PAIRS));
    nlc_case_expect(self, "variance of independent pairs", own.sd * own.sd, apart,
                    apart * 4.5 * sqrt((kurtosis_apart(draws) - 1) / CRN_PAIRS));
    if (!json_is_number(json_object_get(self->root, "ratio")))
        return NLC_OK;
    error = nlc_case_number(self, self->root, "ratio", &ratio);
    /* Both are multiples of one draw, so the ratio has no chance in it. */
    nlc_case_expect(self, "variance reduction", crn.reduction.value, ratio, 1e-6 * ratio);
    /* It is 1 / (1 - 2 cov / (v + w)), and two independent samples have a covariance of sd sqrt(v w / n). */
    const double v = 1 / (draws->rate_1 * draws->rate_1), w = 1 / (draws->rate_2 * draws->rate_2);
    nlc_case_expect(self, "variance reduction of independent pairs", own.reduction.value, 1,
                    4.5 * 2 * sqrt(v * w / CRN_PAIRS) / (v + w));
    return error;
}

nlc_error nlc_verify_crn(nlc_case *self)
{
    const json_t *params;
    exponentials draws = {0};
    nlc_error error = nlc_case_member(self, self->root, "params", JSON_OBJECT, &params);
    if (error == NLC_OK)
        error = nlc_case_number(self, params, "l1", &draws.rate_1);
    if (error == NLC_OK)
        error = nlc_case_number(self, params, "l2", &draws.rate_2);
    if (error != NLC_OK)
        return error;
    draws.first = malloc(3 * CRN_PAIRS * sizeof *draws.first);
    if (draws.first == NULL)
        return NLC_ERROR_MEMORY;
    draws.second = draws.first + CRN_PAIRS;
    draws.other = draws.second + CRN_PAIRS;
    exponentials_draw(&draws);
    error = crn_check(self, &draws);
    free(draws.first);
    nlc_case_say(self, "%d pairs: variances within 4.5 standard errors", CRN_PAIRS);
    return error;
}
