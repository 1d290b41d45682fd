/* What channels are worth, against closed forms and against histories made with and without channels. */
#include <math.h>
#include <string.h>

#include "histories.h"
#include "stream.h"
#include "suite.h"

enum { PLACES = 900, PERIODS = 24, TRAIN = 12, PAIR = PLACES / 2 };

static uint32_t adopted[PLACES], nobody[PLACES + 1], first[PLACES + 1], from[2 * PLACES];
static nlc_rival_score scores[NLC_NUM_RIVALS];
static uint32_t num_scored, final;

static nlc_error score_all(const nlc_histories *histories, uint32_t num_train)
{
    const nlc_histories_options options = {
        .num_train = num_train, .replicates = histories->num_places > 100 ? 200 : 2000, .seed = 1};
    return nlc_histories_score(histories, &options, scores, &num_scored, &final);
}

/* Ten places, five periods: one in the first, two in the second, one in the third, then one and none; the last
 * two never. The fitted chance is 3 of 9 + 7. */
START_TEST(test_no_channels)
{
    static const uint32_t when[] = {1, 2, 2, 3, 4, 0, 0, 0, 0, 0};
    const nlc_histories histories = {10, 5, when, {nobody, NULL}, {nobody, NULL}, {nobody, NULL}};
    ck_assert_int_eq(score_all(&histories, 3), NLC_OK);
    const double chance = 3.0 / 16, stay = 1 - chance;
    const double mean = -(log(chance) + 5 * 2 * log(stay)) / 6;
    const nlc_rival_score *found = &scores[0];
    ck_assert_uint_eq(num_scored, 6);
    ck_assert_uint_eq(final, 5);
    ck_assert_double_eq_tol(found->ahead, mean, 1e-6);
    /* One of six in period 4, none in period 5. */
    ck_assert_double_eq_tol(found->who, -(log(1.0 / 6) + 5 * log(5.0 / 6)) / 6, 1e-9);
    const double mixed = -(log(0.99 * chance + 0.01 / 3) + 5 * log(0.99 * stay * stay + 0.01 / 3)) / 6;
    ck_assert_double_gt(found->whole_error, 0);
    ck_assert_double_lt(found->whole_error, 0.01);
    ck_assert_double_eq_tol(found->whole, mixed, 4.5 * found->whole_error);
    ck_assert_double_eq_tol(found->final_median, 4 + 2, 1);
    /* Channels that nobody has change nothing. */
    for (uint32_t rival = 2; rival < NLC_NUM_RIVALS; rival += 2) {
        ck_assert_double_eq_tol(scores[rival].ahead, found->ahead, 1e-6);
        ck_assert_double_eq_tol(scores[rival].whole_gain.mean, 0, 1e-6);
    }
}
END_TEST

/* Ten of eleven adopt in period 2, so that the last one should follow soon; after six periods it has not. What is left
 * is one part in a hundred, shared by the seven things that might have happened. */
START_TEST(test_surprise)
{
    static const uint32_t when[] = {1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0};
    const nlc_histories histories = {12, 8, when, {nobody, NULL}, {nobody, NULL}, {nobody, NULL}};
    ck_assert_int_eq(score_all(&histories, 2), NLC_OK);
    ck_assert_double_eq_tol(scores[0].whole, -log(0.99 * pow(1.0 / 11, 6) + 0.01 / 7), 0.02);
    ck_assert_double_eq_tol(scores[0].ahead, 6 * log(11), 1e-6);
    ck_assert_double_eq(scores[0].who, 0);
}
END_TEST

/* A history in which the last half of the places hears the first half, one by one: `push` is the logarithm of the
 * ratio of hazards. The first half hears nobody. */
static nlc_heard history_make(double push, uint64_t seed)
{
    nlc_stream stream = nlc_stream_of(seed, 1);
    memset(adopted, 0, sizeof adopted);
    for (uint32_t i = 0; i <= PLACES; i++)
        first[i] = i < PAIR ? 0 : i - PAIR;
    for (uint32_t i = 0; i < PAIR; i++)
        from[i] = i;
    adopted[0] = 1;
    for (uint32_t t = 2; t <= PERIODS; t++)
        for (uint32_t i = 0; i < PLACES; i++) {
            const bool hears = i >= PAIR && adopted[i - PAIR] > 0 && adopted[i - PAIR] < t;
            const double u = nlc_stream_unit(&stream);
            if (adopted[i] == 0 && u < -expm1(-exp(-3.3 + (hears ? push : 0))))
                adopted[i] = t;
        }
    return (nlc_heard){first, from};
}

START_TEST(test_tiers_that_matter)
{
    const nlc_heard above = history_make(1.7, 11);
    const nlc_histories histories = {PLACES, PERIODS, adopted, {nobody, NULL}, above, {nobody, NULL}};
    ck_assert_int_eq(score_all(&histories, TRAIN), NLC_OK);
    const nlc_rival_score *tiers = &scores[NLC_RIVAL_TIERS], *both = &scores[NLC_RIVAL_SHARE | NLC_RIVAL_TIERS];
    ck_assert_double_eq_tol(tiers->fit.coefficient[1], 1.7, 4.5 * tiers->fit.error[1]);
    ck_assert_double_lt(tiers->fit.error[1], 0.25);
    for (uint32_t k = 0; k < 2; k++) {
        const nlc_rival_score *score = k == 0 ? tiers : both;
        ck_assert_double_lt(score->who_gain.mean, -4.5 * score->who_gain.error);
        ck_assert_double_lt(score->ahead_gain.mean, -4.5 * score->ahead_gain.error);
        ck_assert_double_lt(score->whole_gain.mean, -2 * score->whole_gain.error);
    }
    /* Who hears is above it, not a peer. */
    ck_assert_double_eq_tol(scores[NLC_RIVAL_PEERS].who_gain.mean, 0, 1e-9);
}
END_TEST

START_TEST(test_peers_that_do_not)
{
    const nlc_heard peers = history_make(0, 12);
    const nlc_histories histories = {PLACES, PERIODS, adopted, peers, {nobody, NULL}, {nobody, NULL}};
    ck_assert_int_eq(score_all(&histories, TRAIN), NLC_OK);
    const nlc_rival_score *score = &scores[NLC_RIVAL_PEERS];
    ck_assert_double_eq_tol(score->fit.coefficient[1], 0, 4.5 * score->fit.error[1]);
    ck_assert_double_gt(score->who_gain.mean, -4.5 * score->who_gain.error);
    ck_assert_double_lt(fabs(score->who_gain.mean), 0.02);
    ck_assert_double_ge(final, score->final_low - 40);
    ck_assert_double_le(final, score->final_high + 40);
}
END_TEST

START_TEST(test_nothing_to_fit)
{
    static const uint32_t late[] = {1, 1, 4, 0}, all[] = {1, 2, 2};
    const nlc_histories none = {4, 4, late, {nobody, NULL}, {nobody, NULL}, {nobody, NULL}};
    const nlc_histories over = {3, 4, all, {nobody, NULL}, {nobody, NULL}, {nobody, NULL}};
    ck_assert_int_eq(score_all(&none, 3), NLC_ERROR_INPUT);
    ck_assert_int_eq(score_all(&over, 2), NLC_ERROR_INPUT);
    const char *names[NLC_HAZARD_COVARIATES];
    ck_assert_uint_eq(nlc_rival_covariates(NLC_RIVAL_SHARE | NLC_RIVAL_TIERS, names), 4);
    ck_assert_str_eq(names[2], "above");
    ck_assert_str_eq(nlc_rival_name(NLC_RIVAL_PEERS | NLC_RIVAL_TIERS), "peers and tiers");
}
END_TEST

RUN_SUITE("study histories", test_no_channels, test_surprise, test_tiers_that_matter, test_peers_that_do_not, test_nothing_to_fit)
