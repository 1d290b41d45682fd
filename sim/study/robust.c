#include "robust.h"

#include "ensemble.h"
#include "stream.h"

#include <math.h>
#include <stdlib.h>

static double best_of(const nlc_robust_input *input, uint32_t world)
{
    double best = NAN;
    for (uint32_t c = 0; c < input->num_choices; c++)
        best = fmax(best, input->payoff[(size_t)c * input->num_worlds + world]);
    return best;
}

static void find_regret(const nlc_robust_input *input, double *regret)
{
    for (uint32_t w = 0; w < input->num_worlds; w++) {
        const double best = best_of(input, w);
        for (uint32_t c = 0; c < input->num_choices; c++) {
            const size_t at = (size_t)c * input->num_worlds + w;
            regret[at] = best - input->payoff[at];
        }
    }
}

/* `payoff` and `regret` of one choice; `room` [num_worlds] takes its regrets in order. */
static nlc_robust measure(const nlc_robust_input *input, const double *payoff, const double *regret, double *room)
{
    double sum = 0, best = NAN, worst = NAN;
    uint32_t num = 0, num_good = 0;
    for (uint32_t w = 0; w < input->num_worlds; w++) {
        if (isnan(payoff[w]))
            continue;
        sum += payoff[w];
        best = fmax(best, payoff[w]);
        worst = fmin(worst, payoff[w]);
        num_good += payoff[w] >= input->threshold;
        room[num++] = regret[w];
    }
    nlc_sort(room, num);
    return (nlc_robust){.num_worlds = num,
                        .max_regret = num > 0 ? room[num - 1] : NAN,
                        .quantile_regret = nlc_quantile(room, num, input->quantile),
                        .satisficing = num > 0 && !isnan(input->threshold) ? (double)num_good / num : NAN,
                        .worst = worst,
                        .mean = num > 0 ? sum / num : NAN,
                        .hurwicz = input->optimism * best + (1 - input->optimism) * worst};
}

nlc_error nlc_robust_of(const nlc_robust_input *input, double *regret, nlc_robust *robust)
{
    const size_t num = (size_t)input->num_choices * input->num_worlds;
    double *own = regret ? NULL : malloc((num + 1) * sizeof *own);
    double *room = malloc((input->num_worlds + (size_t)1) * sizeof *room);
    const bool has_room = (regret || own) && room;
    regret = regret ? regret : own;
    if (has_room)
        find_regret(input, regret);
    for (uint32_t c = 0; has_room && c < input->num_choices; c++) {
        const size_t first = (size_t)c * input->num_worlds;
        robust[c] = measure(input, input->payoff + first, regret + first, room);
    }
    free(own);
    free(room);
    return has_room ? NLC_OK : NLC_ERROR_MEMORY;
}

/* ---- Intervals --------------------------------------------------------------------------------- */

enum { MAX_REGRET, QUANTILE_REGRET, SATISFICING, WORST, MEAN, HURWICZ, NUM_FIGURES };

typedef struct {
    const nlc_robust_input *input;
    nlc_robust *robust; /* [num_choices], owned */
    double *payoff;     /* [num_choices][num_worlds], owned: of the worlds that were drawn */
    uint32_t *world;    /* [num_worlds], owned */
    double *again;      /* [num_choices][NUM_FIGURES][resamples], owned */
} resampled;

static void figures_of(const nlc_robust *of, double figures[NUM_FIGURES])
{
    figures[MAX_REGRET] = of->max_regret;
    figures[QUANTILE_REGRET] = of->quantile_regret;
    figures[SATISFICING] = of->satisficing;
    figures[WORST] = of->worst;
    figures[MEAN] = of->mean;
    figures[HURWICZ] = of->hurwicz;
}

static nlc_error draw_again(resampled *self, nlc_resampling resampling)
{
    nlc_robust_input drawn = *self->input;
    nlc_stream stream = nlc_stream_of(resampling.seed, 0);
    const uint32_t num_choices = drawn.num_choices, num_worlds = drawn.num_worlds;
    nlc_error error = NLC_OK;
    drawn.payoff = self->payoff;
    for (uint32_t s = 0; s < resampling.num && !error; s++) {
        for (uint32_t w = 0; w < num_worlds; w++)
            self->world[w] = nlc_stream_below(&stream, num_worlds);
        for (uint32_t c = 0; c < num_choices; c++)
            for (uint32_t w = 0; w < num_worlds; w++)
                self->payoff[(size_t)c * num_worlds + w] = self->input->payoff[(size_t)c * num_worlds + self->world[w]];
        error = nlc_robust_of(&drawn, NULL, self->robust);
        for (uint32_t c = 0; c < num_choices && !error; c++) {
            double figures[NUM_FIGURES];
            figures_of(&self->robust[c], figures);
            for (uint32_t k = 0; k < NUM_FIGURES; k++)
                self->again[((size_t)c * NUM_FIGURES + k) * resampling.num + s] = figures[k];
        }
    }
    return error;
}

static void estimate(const resampled *self, uint32_t num, nlc_robust_estimates *estimates)
{
    for (uint32_t c = 0; c < self->input->num_choices; c++) {
        const double *again = self->again + (size_t)c * NUM_FIGURES * num;
        nlc_robust_estimates *to = &estimates[c];
        nlc_estimate *const figure[NUM_FIGURES] = {&to->max_regret, &to->quantile_regret, &to->satisficing, &to->worst,
                                                   &to->mean,       &to->hurwicz};
        double figures[NUM_FIGURES];
        figures_of(&self->robust[c], figures);
        to->num_worlds = self->robust[c].num_worlds;
        for (uint32_t k = 0; k < NUM_FIGURES; k++)
            *figure[k] = nlc_estimate_of(figures[k], again + (size_t)k * num, num);
    }
}

nlc_error nlc_robust_estimate(const nlc_robust_input *input, nlc_resampling resampling, nlc_robust_estimates *estimates)
{
    const size_t num_choices = input->num_choices, num_worlds = input->num_worlds;
    resampled self = {.input = input,
                      .robust = malloc((num_choices + 1) * sizeof *self.robust),
                      .payoff = malloc((num_choices * num_worlds + 1) * sizeof *self.payoff),
                      .world = malloc((num_worlds + 1) * sizeof *self.world),
                      .again = malloc((num_choices * NUM_FIGURES * resampling.num + 1) * sizeof *self.again)};
    nlc_error error = self.robust && self.payoff && self.world && self.again ? NLC_OK : NLC_ERROR_MEMORY;
    if (!error)
        error = draw_again(&self, resampling);
    if (!error)
        error = nlc_robust_of(input, NULL, self.robust);
    if (!error)
        estimate(&self, resampling.num, estimates);
    free(self.robust);
    free(self.payoff);
    free(self.world);
    free(self.again);
    return error;
}
