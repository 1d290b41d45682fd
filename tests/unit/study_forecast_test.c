/* Forecasts of adoption series, against scores worked out by hand. */
#include <math.h>

#include "forecast.h"
#include "suite.h"

enum { PLACES = 20, TRAIN = 6, TEST = 3, SERIES = 6 };

static nlc_forecast_score scores[SERIES][NLC_NUM_FORECASTS];

static void score_all(const nlc_series *series, uint32_t num)
{
    ck_assert_int_eq(nlc_forecasts_score(series, num, &(nlc_forecast_options){.seed = 1}, scores[0]), NLC_OK);
}

START_TEST(test_persistence_and_hazard)
{
    static const uint32_t count[TRAIN + 1] = {1, 1, 2, 2, 3, 4, 4};
    const nlc_series series = {"one", 0, PLACES, TRAIN, 1, count};
    score_all(&series, 1);
    /* 4 of 20 now: one part in a hundred over the 17 counts from 4 to 20. */
    const double at_4 = 0.99 + 0.01 / 17;
    double crps = 0;
    for (int k = 4; k < 20; k++)
        crps += pow(1 - at_4 - (k - 4) * 0.01 / 17, 2);
    ck_assert_double_eq_tol(scores[0][NLC_FORECAST_PERSISTENCE].log_score, -log(at_4), 1e-12);
    ck_assert_double_eq_tol(scores[0][NLC_FORECAST_PERSISTENCE].crps, 100 * crps / PLACES, 1e-12);
    ck_assert_double_eq_tol(scores[0][NLC_FORECAST_PERSISTENCE].coverage, 1, 1e-12);
    /* 3 adoptions in periods 2 to 6, in which 19 + 18 + 18 + 17 + 16 stayed out: a beta-binomial. */
    const double a = 3.5, b = 88.5;
    const double none = exp(lgamma(a + b) - lgamma(b) + lgamma(b + 16) - lgamma(a + b + 16));
    ck_assert_double_eq_tol(scores[0][NLC_FORECAST_HAZARD].log_score, -log(0.99 * none + 0.01 / 17), 1e-4);
}
END_TEST

/* A series that makes its mind up: what came first is rising ever faster. */
START_TEST(test_curves_follow_a_curve)
{
    static uint32_t count[SERIES][12];
    nlc_series series[SERIES];
    for (uint32_t k = 0; k < SERIES; k++) {
        const nlc_growth_curve curve = {NLC_GROWTH_LOGISTIC, 0.7 + 0.05 * k, 6, 0.9};
        for (uint32_t t = 0; t < 12; t++)
            count[k][t] = (uint32_t)(500 * nlc_growth_at(&curve, t + 1.0) + 0.5);
        series[k] = (nlc_series){"curve", 0, 500, 8, 4, count[k]};
    }
    score_all(series, SERIES);
    for (uint32_t k = 0; k < SERIES; k++) {
        ck_assert_double_lt(scores[k][NLC_FORECAST_LOGISTIC].crps, 0.25 * scores[k][NLC_FORECAST_HAZARD].crps);
        ck_assert_double_lt(scores[k][NLC_FORECAST_LOGISTIC_EB].crps, 0.5 * scores[k][NLC_FORECAST_HAZARD].crps);
        ck_assert_double_eq_tol(scores[k][NLC_FORECAST_LOGISTIC].final_median, count[k][11], 12);
        ck_assert_double_lt(scores[k][NLC_FORECAST_POOL].log_score, scores[k][NLC_FORECAST_PERSISTENCE].log_score);
    }
}
END_TEST

/* A curve that is already known is worth more than eight points of noise: series of one kind help each other. */
START_TEST(test_a_prior_from_others_helps)
{
    static uint32_t count[SERIES][20];
    nlc_series series[SERIES];
    for (uint32_t k = 0; k < SERIES; k++) {
        const nlc_growth_curve curve = {NLC_GROWTH_BASS, 0.01, 0.4, 0.8};
        const uint32_t num = k == 0 ? 4 : 16;
        for (uint32_t t = 0; t < 20; t++)
            count[k][t] = (uint32_t)(300 * nlc_growth_at(&curve, (t + 1) * (k == 0 ? 3.0 : 1.0)) + 0.5);
        series[k] = (nlc_series){"bass", 0, 300, num, 2, count[k]};
    }
    score_all(series, SERIES);
    const nlc_forecast_score with_others = scores[0][NLC_FORECAST_BASS_EB];
    score_all(series, 1);
    ck_assert_double_lt(with_others.log_score, scores[0][NLC_FORECAST_BASS_EB].log_score);
}
END_TEST

/* A library of two kinds of runs: those like the series, and those that stand still. What comes first tells them
 * apart, and what comes later is then known. */
enum { LIBRARY = 40, MONTHS = 60 };

START_TEST(test_a_model_that_knows)
{
    static float share[LIBRARY][MONTHS + 1];
    static uint32_t count[12];
    const nlc_curves curves = {.num_runs = LIBRARY, .num_months = MONTHS, .num_places = 1000, .share = share[0]};
    for (uint32_t run = 0; run < LIBRARY; run++)
        for (uint32_t month = 1; month <= MONTHS; month++)
            share[run][month] = (float)(run % 2 == 0 ? fmin(0.9, 0.02 * month) : 0.03);
    for (uint32_t t = 0; t < 12; t++)
        count[t] = 1 + 8 * t;
    const nlc_series series = {"straight", 0, 100, 8, 4, count};
    const nlc_forecast_options options = {.seed = 1, .curves = &curves};
    ck_assert_int_eq(nlc_forecasts_score(&series, 1, &options, scores[0]), NLC_OK);
    const nlc_forecast_score *model = &scores[0][NLC_FORECAST_MODEL];
    ck_assert_double_lt(model->crps, 0.6 * scores[0][NLC_FORECAST_HAZARD].crps);
    ck_assert_double_eq_tol(model->final_median, 89, 4);
    ck_assert_double_eq(model->coverage, 1);
    ck_assert_double_gt(model->effective, 3);
    ck_assert_double_lt(model->effective, 2 * LIBRARY);
    ck_assert_double_eq_tol(nlc_jackknife(model->crps_without, NLC_FORECAST_GROUPS), 0, 1);
    /* The pool is of the methods before it alone, and does not know of the model. */
    const nlc_forecast_score pool = scores[0][NLC_FORECAST_POOL];
    score_all(&series, 1);
    ck_assert_double_eq(scores[0][NLC_FORECAST_POOL].crps, pool.crps);
    ck_assert_double_nan(scores[0][NLC_FORECAST_MODEL].crps);
}
END_TEST

/* Runs in which nobody ever adopts tell nothing of a series, which begins with an adoption; the others are alike here. */
START_TEST(test_runs_without_adoption)
{
    static float share[LIBRARY][MONTHS + 1];
    static const uint32_t count[] = {1, 1, 1, 1, 1};
    const nlc_curves curves = {.num_runs = LIBRARY, .num_months = MONTHS, .num_places = 1000, .share = share[0]};
    for (uint32_t run = 0; run < LIBRARY; run += 2)
        for (uint32_t month = 1; month <= MONTHS; month++)
            share[run][month] = 0.05f;
    const nlc_series series = {"still", 0, 20, 3, 2, count};
    const nlc_forecast_options options = {.seed = 1, .curves = &curves};
    ck_assert_int_eq(nlc_forecasts_score(&series, 1, &options, scores[0]), NLC_OK);
    ck_assert_double_ge(scores[0][NLC_FORECAST_MODEL].effective, LIBRARY / 2);
    ck_assert_double_le(scores[0][NLC_FORECAST_MODEL].effective, 4 * LIBRARY / 2 + 1e-6);
    ck_assert_double_eq(scores[0][NLC_FORECAST_MODEL].final_median, 1);
}
END_TEST

/* Leaving out one of n values moves their mean by (mean - value) / (n - 1): the jackknife is then the standard error. */
START_TEST(test_jackknife)
{
    const double value[] = {0.3, 0.7, 1.9, 2.3};
    double without[4];
    for (int k = 0; k < 4; k++)
        without[k] = (5.2 - value[k]) / 3;
    ck_assert_double_eq_tol(nlc_jackknife(without, 4), sqrt((1 + 0.36 + 0.36 + 1) / 3 / 4), 1e-12);
}
END_TEST

static bool refuse(void *context, uint32_t done, uint32_t total)
{
    (void)total;
    *(uint32_t *)context = done;
    return false;
}

START_TEST(test_stopping_and_differences)
{
    static const uint32_t count[] = {1, 1, 2, 2};
    const nlc_series series[] = {{"short", 0, PLACES, 2, 2, count}, {"short", 0, PLACES, 2, 2, count}};
    uint32_t done = 0;
    const nlc_forecast_options options = {.seed = 1, .progress = refuse, .context = &done};
    ck_assert_int_eq(nlc_forecasts_score(series, 2, &options, scores[0]), NLC_ERROR_INTERRUPTED);
    ck_assert_uint_eq(done, 1);
    score_all(series, 2);
    ck_assert_double_eq_tol(nlc_jackknife(scores[0][NLC_FORECAST_HAZARD].crps_without, NLC_FORECAST_GROUPS), 0, 1e-12);
    /* Two points are too few for a curve, which is then a constant hazard. */
    ck_assert_double_eq(scores[0][NLC_FORECAST_BASS].crps, scores[0][NLC_FORECAST_HAZARD].crps);
    const double one[] = {1, 2, 4.5}, other[] = {0.5, 2.5, 3};
    const nlc_skill skill = nlc_skill_of(one, other, 3);
    ck_assert_double_eq_tol(skill.mean, 0.5, 1e-15);
    ck_assert_double_eq_tol(skill.error, sqrt((0 + 1 + 1) / 2.0 / 3), 1e-15);
}
END_TEST

RUN_SUITE("study forecast", test_persistence_and_hazard, test_curves_follow_a_curve, test_a_prior_from_others_helps,
          test_a_model_that_knows, test_runs_without_adoption, test_jackknife, test_stopping_and_differences)
