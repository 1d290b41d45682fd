#include "histories.h"

#include "ensemble.h"
#include "sample.h"
#include "stream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ANYTHING 0.01

enum { BATCHES = 20, HISTORY = 0x686973 };

/* Covariates as they stand, for all places. */
typedef struct {
    const nlc_histories *histories;
    uint32_t num_adopted;
    bool *has; /* [num_places], owned */
} standing;

typedef struct {
    const nlc_histories *histories; /* borrowed */
    nlc_histories_options options;
    standing now;
    uint32_t num_scored;
    uint32_t *scored; /* [num_scored], owned: places */
    double *x;        /* [rows][covariates], owned: of the fit */
    bool *happened;   /* [rows], owned */
    double *ahead;    /* [NLC_NUM_RIVALS][num_scored], owned: -log P */
    double *who;      /* likewise */
    double *whole;    /* likewise */
    double *chance;   /* [NLC_NUM_RIVALS][BATCHES][num_scored], owned: of what each place did, mean over the batch */
    double *finals;   /* [replicates], owned */
    double *left;     /* [num_places], owned: what a place still stands of rate before it adopts */
    double *rate;     /* [num_places], owned: of channels alone */
} judge;

/* ---- Rivals ------------------------------------------------------------------------------------------ */

const char *nlc_rival_name(uint32_t rival)
{
    static const char *const names[NLC_NUM_RIVALS] = {
        "no channels", "share of all",        "peers",           "share of all, peers",
        "tiers",       "share of all, tiers", "peers and tiers", "share of all, peers and tiers"};
    return names[rival];
}

uint32_t nlc_rival_covariates(uint32_t rival, const char **names)
{
    uint32_t num = 0;
    names[num++] = "constant";
    if (rival & NLC_RIVAL_SHARE)
        names[num++] = "share of all";
    if (rival & NLC_RIVAL_PEERS)
        names[num++] = "peers";
    if (rival & NLC_RIVAL_TIERS) {
        names[num++] = "above";
        names[num++] = "below";
    }
    return num;
}

static double share_of(const standing *self, const nlc_heard *heard, uint32_t place)
{
    const uint32_t first = heard->first[place], end = heard->first[place + 1];
    uint32_t num = 0;
    for (uint32_t k = first; k < end; k++)
        num += self->has[heard->from[k]];
    return end > first ? (double)num / (end - first) : 0;
}

/* The covariates of a rival, in the order of their names. The share of all places stands second where it is. */
static uint32_t covariates_fill(const standing *self, uint32_t rival, uint32_t place, double *x)
{
    const nlc_histories *histories = self->histories;
    uint32_t num = 0;
    x[num++] = 1;
    if (rival & NLC_RIVAL_SHARE)
        x[num++] = (double)self->num_adopted / histories->num_places;
    if (rival & NLC_RIVAL_PEERS)
        x[num++] = share_of(self, &histories->peers, place);
    if (rival & NLC_RIVAL_TIERS) {
        x[num++] = share_of(self, &histories->above, place);
        x[num++] = share_of(self, &histories->below, place);
    }
    return num;
}

/* As it was at the end of a period. */
static void standing_at(standing *self, uint32_t period)
{
    const nlc_histories *histories = self->histories;
    self->num_adopted = 0;
    for (uint32_t i = 0; i < histories->num_places; i++) {
        self->has[i] = histories->adopted[i] > 0 && histories->adopted[i] <= period;
        self->num_adopted += self->has[i];
    }
}

/* ---- Fit, and the period ahead --------------------------------------------------------------------------- */

static nlc_error rival_fit(judge *self, uint32_t rival, nlc_hazard *fit)
{
    const nlc_histories *histories = self->histories;
    const char *names[NLC_HAZARD_COVARIATES];
    const uint32_t num = nlc_rival_covariates(rival, names);
    uint32_t rows = 0;
    for (uint32_t t = 2; t <= self->options.num_train; t++) {
        standing_at(&self->now, t - 1);
        for (uint32_t i = 0; i < histories->num_places; i++) {
            if (self->now.has[i])
                continue;
            covariates_fill(&self->now, rival, i, self->x + (size_t)rows * num);
            self->happened[rows++] = histories->adopted[i] == t;
        }
    }
    return nlc_hazard_fit(fit, self->x, self->happened, rows, num);
}

static void ahead_find(judge *self, uint32_t rival, const nlc_hazard *fit)
{
    double *scores = self->ahead + (size_t)rival * self->num_scored;
    memset(scores, 0, self->num_scored * sizeof *scores);
    for (uint32_t t = self->options.num_train + 1; t <= self->histories->num_periods; t++) {
        standing_at(&self->now, t - 1);
        for (uint32_t k = 0; k < self->num_scored; k++) {
            double x[NLC_HAZARD_COVARIATES];
            if (self->now.has[self->scored[k]])
                continue;
            covariates_fill(&self->now, rival, self->scored[k], x);
            scores[k] -= nlc_hazard_log_chance(nlc_hazard_rate(fit, x), self->histories->adopted[self->scored[k]] == t);
        }
    }
}

/* ---- Who, when it is given how many --------------------------------------------------------------------- */

/* The rate that a place has of its channels: what the share of all places adds is the same for all. */
static double channel_rate(const judge *self, uint32_t rival, const nlc_hazard *fit, uint32_t place)
{
    double x[NLC_HAZARD_COVARIATES];
    covariates_fill(&self->now, rival, place, x);
    if (rival & NLC_RIVAL_SHARE)
        x[1] = 0;
    return nlc_hazard_rate(fit, x);
}

/* Rates of the places that have not adopted, as it stands; 0 for the others. */
static void rates_find(judge *self, uint32_t rival, const nlc_hazard *fit)
{
    for (uint32_t k = 0; k < self->num_scored; k++)
        self->rate[k] = self->now.has[self->scored[k]] ? 0 : channel_rate(self, rival, fit, self->scored[k]);
}

static double expected(const judge *self, double level)
{
    double sum = 0;
    for (uint32_t k = 0; k < self->num_scored; k++)
        sum -= expm1(-exp(level) * self->rate[k]);
    return sum;
}

/* The logarithm of what rates are multiplied with so that as many adopt as did; there are some, and not all. */
static double level_find(const judge *self, uint32_t num)
{
    double low = -60, high = 60;
    for (uint32_t halving = 0; halving < 60; halving++) {
        const double middle = (low + high) / 2;
        *(expected(self, middle) < num ? &low : &high) = middle;
    }
    return (low + high) / 2;
}

/* Where none or all adopt, nothing is to be told. */
static void who_find(judge *self, uint32_t rival, const nlc_hazard *fit)
{
    const uint32_t *adopted = self->histories->adopted;
    double *scores = self->who + (size_t)rival * self->num_scored;
    memset(scores, 0, self->num_scored * sizeof *scores);
    for (uint32_t t = self->options.num_train + 1; t <= self->histories->num_periods; t++) {
        uint32_t num = 0, waiting = 0;
        standing_at(&self->now, t - 1);
        rates_find(self, rival, fit);
        for (uint32_t k = 0; k < self->num_scored; k++) {
            waiting += !self->now.has[self->scored[k]];
            num += adopted[self->scored[k]] == t;
        }
        if (num == 0 || num == waiting)
            continue;
        const double level = exp(level_find(self, num));
        for (uint32_t k = 0; k < self->num_scored; k++)
            if (!self->now.has[self->scored[k]])
                scores[k] -= nlc_hazard_log_chance(level * self->rate[k], adopted[self->scored[k]] == t);
    }
}

/* ---- All later periods from the first ones ----------------------------------------------------------------- */

/* One period: a place adopts when the rates since the start have used up its exponential threshold. The chance
 * of what the place really did is added where the run has come to that point. */
static uint32_t period_run(judge *self, uint32_t period, double all, double *chance)
{
    const uint32_t *adopted = self->histories->adopted, last = self->histories->num_periods;
    uint32_t num = 0;
    for (uint32_t k = 0; k < self->num_scored; k++) {
        const uint32_t place = self->scored[k];
        if (self->left[k] <= 0)
            continue;
        const double rate = self->rate[k] * all;
        if (adopted[place] == period)
            chance[k] -= expm1(-rate);
        else if (adopted[place] == 0 && period == last)
            chance[k] += exp(-rate);
        self->left[k] -= rate;
        num += self->left[k] <= 0;
    }
    for (uint32_t k = 0; k < self->num_scored && num > 0; k++)
        self->now.has[self->scored[k]] = self->left[k] <= 0;
    return num;
}

static void replicate_run(judge *self, uint32_t rival, const nlc_hazard *fit, uint32_t replicate, double *chance)
{
    const uint32_t first = self->options.num_train + 1, num_places = self->histories->num_places;
    nlc_stream stream = nlc_stream_for(self->options.seed, HISTORY, replicate);
    standing_at(&self->now, first - 1);
    for (uint32_t k = 0; k < self->num_scored; k++)
        self->left[k] = -log(nlc_stream_unit(&stream));
    rates_find(self, rival, fit);
    for (uint32_t t = first; t <= self->histories->num_periods; t++) {
        const double share = (double)self->now.num_adopted / num_places;
        const double all = rival & NLC_RIVAL_SHARE ? exp(fmin(fit->coefficient[1] * share, 30)) : 1;
        const uint32_t num = period_run(self, t, all, chance);
        self->now.num_adopted += num;
        if (num > 0 && rival > NLC_RIVAL_SHARE)
            rates_find(self, rival, fit);
    }
    self->finals[replicate] = self->now.num_adopted;
}

static double *chances_of(const judge *self, uint32_t rival, uint32_t batch)
{
    return self->chance + ((size_t)rival * BATCHES + batch) * self->num_scored;
}

static void whole_find(judge *self, uint32_t rival, const nlc_hazard *fit, nlc_rival_score *score)
{
    const uint32_t size = self->options.replicates / BATCHES;
    for (uint32_t batch = 0; batch < BATCHES; batch++) {
        double *chance = chances_of(self, rival, batch);
        memset(chance, 0, self->num_scored * sizeof *chance);
        for (uint32_t r = 0; r < size; r++)
            replicate_run(self, rival, fit, batch * size + r, chance);
        for (uint32_t k = 0; k < self->num_scored; k++)
            chance[k] /= size;
    }
    nlc_sort(self->finals, self->options.replicates);
    score->final_low = nlc_quantile(self->finals, self->options.replicates, 0.05);
    score->final_median = nlc_quantile(self->finals, self->options.replicates, 0.5);
    score->final_high = nlc_quantile(self->finals, self->options.replicates, 0.95);
}

/* -log P of what place k did, over all batches but one; NLC_NONE leaves none out. */
static double whole_score(const judge *self, uint32_t rival, uint32_t k, uint32_t without)
{
    const uint32_t outcomes = self->histories->num_periods - self->options.num_train + 1;
    double sum = 0;
    for (uint32_t batch = 0; batch < BATCHES; batch++)
        if (batch != without)
            sum += chances_of(self, rival, batch)[k];
    return -log((1 - ANYTHING) * sum / (without == NLC_NONE ? BATCHES : BATCHES - 1) + ANYTHING / outcomes);
}

static double whole_mean(const judge *self, uint32_t rival, uint32_t without)
{
    double sum = 0;
    for (uint32_t k = 0; k < self->num_scored; k++)
        sum += whole_score(self, rival, k, without);
    return sum / self->num_scored;
}

/* The jackknife's standard error of the mean score, less that of another rival where there is one. */
static double jackknife(const judge *self, uint32_t rival, uint32_t other)
{
    double values[BATCHES];
    for (uint32_t batch = 0; batch < BATCHES; batch++)
        values[batch] = whole_mean(self, rival, batch) - (other == NLC_NONE ? 0 : whole_mean(self, other, batch));
    return nlc_jackknife(values, BATCHES);
}

/* ---- The whole ------------------------------------------------------------------------------------------- */

static nlc_error judge_init(judge *self, const nlc_histories *histories, const nlc_histories_options *options)
{
    const size_t num = histories->num_places, rows = num * options->num_train + 1;
    *self = (judge){.histories = histories, .options = *options, .now = {.histories = histories}};
    self->now.has = malloc((num + 1) * sizeof *self->now.has);
    self->scored = malloc((num + 1) * sizeof *self->scored);
    self->x = malloc(rows * NLC_HAZARD_COVARIATES * sizeof *self->x);
    self->happened = malloc(rows * sizeof *self->happened);
    self->ahead = malloc((NLC_NUM_RIVALS * num + 1) * sizeof *self->ahead);
    self->who = malloc((NLC_NUM_RIVALS * num + 1) * sizeof *self->who);
    self->whole = malloc((NLC_NUM_RIVALS * num + 1) * sizeof *self->whole);
    self->chance = malloc((NLC_NUM_RIVALS * BATCHES * num + 1) * sizeof *self->chance);
    self->finals = malloc((options->replicates + (size_t)1) * sizeof *self->finals);
    self->left = malloc((num + 1) * sizeof *self->left);
    self->rate = malloc((num + 1) * sizeof *self->rate);
    if (!self->now.has || !self->scored || !self->x || !self->happened || !self->ahead || !self->who || !self->whole ||
        !self->chance || !self->finals || !self->left || !self->rate)
        return NLC_ERROR_MEMORY;
    for (uint32_t i = 0; i < histories->num_places; i++)
        if (histories->adopted[i] == 0 || histories->adopted[i] > options->num_train)
            self->scored[self->num_scored++] = i;
    return self->num_scored > 0 ? NLC_OK : NLC_ERROR_INPUT;
}

static void judge_free(judge *self)
{
    free(self->now.has);
    free(self->scored);
    free(self->x);
    free(self->happened);
    free(self->ahead);
    free(self->who);
    free(self->whole);
    free(self->chance);
    free(self->finals);
    free(self->left);
    free(self->rate);
}

static double mean_of(const double *values, uint32_t num)
{
    double sum = 0;
    for (uint32_t k = 0; k < num; k++)
        sum += values[k];
    return sum / num;
}

/* The rival without channels on the same footing. */
static uint32_t footing(uint32_t rival)
{
    return rival & NLC_RIVAL_SHARE;
}

static void compare(const judge *self, uint32_t rival, nlc_rival_score *score)
{
    const size_t num = self->num_scored;
    const double *ahead = self->ahead + rival * num, *who = self->who + rival * num, *whole = self->whole + rival * num;
    score->ahead = mean_of(ahead, self->num_scored);
    score->who = mean_of(who, self->num_scored);
    score->whole = mean_of(whole, self->num_scored);
    score->ahead_gain = nlc_skill_of(ahead, self->ahead + footing(rival) * num, self->num_scored);
    score->who_gain = nlc_skill_of(who, self->who + footing(rival) * num, self->num_scored);
    score->whole_gain = nlc_skill_of(whole, self->whole + footing(rival) * num, self->num_scored);
    score->whole_error = jackknife(self, rival, NLC_NONE);
    score->gain_error = jackknife(self, rival, footing(rival));
}

nlc_error nlc_histories_score(const nlc_histories *self, const nlc_histories_options *options, nlc_rival_score *scores,
                              uint32_t *num_scored, uint32_t *final)
{
    judge with;
    nlc_error error = judge_init(&with, self, options);
    for (uint32_t rival = 0; rival < NLC_NUM_RIVALS && error == NLC_OK; rival++) {
        error = rival_fit(&with, rival, &scores[rival].fit);
        if (error != NLC_OK)
            break;
        ahead_find(&with, rival, &scores[rival].fit);
        who_find(&with, rival, &scores[rival].fit);
        whole_find(&with, rival, &scores[rival].fit, &scores[rival]);
        for (uint32_t k = 0; k < with.num_scored; k++)
            with.whole[(size_t)rival * with.num_scored + k] = whole_score(&with, rival, k, NLC_NONE);
    }
    for (uint32_t rival = 0; rival < NLC_NUM_RIVALS && error == NLC_OK; rival++)
        compare(&with, rival, &scores[rival]);
    *num_scored = with.num_scored;
    *final = 0;
    for (uint32_t i = 0; i < self->num_places; i++)
        *final += self->adopted[i] > 0;
    judge_free(&with);
    return error;
}
