#include "robust.h"

#include "ensemble.h"
#include "sample.h"

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
