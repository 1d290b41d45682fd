#include "morris.h"

#include "stream.h"

#include <math.h>
#include <stdlib.h>

/* The only input that changed between two rows, or NLC_NONE. */
static uint32_t changed(const double *before, const double *after, uint32_t num_factors)
{
    uint32_t found = NLC_NONE;
    for (uint32_t f = 0; f < num_factors; f++) {
        if (before[f] == after[f])
            continue;
        if (found != NLC_NONE)
            return NLC_NONE;
        found = f;
    }
    return found;
}

static double effect_of(const nlc_morris_input *input, uint32_t row, uint32_t factor)
{
    const double *after = input->x + (size_t)row * input->num_factors, *before = after - input->num_factors;
    const double range = input->range ? input->range[factor] : 1;
    const double change = input->y[row] - input->y[row - 1];
    return range == 0 ? change : change / ((after[factor] - before[factor]) / range);
}

/* Each input once: `met` says which have been, since the effect itself may be NaN. */
static bool read_trajectory(const nlc_morris_input *input, uint32_t first_row, double *effects, bool *met, uint32_t *bad_row)
{
    const uint32_t num = input->num_factors;
    for (uint32_t f = 0; f < num; f++)
        met[f] = false;
    for (uint32_t row = first_row + 1; row <= first_row + num; row++) {
        const double *after = input->x + (size_t)row * num;
        const uint32_t factor = changed(after - num, after, num);
        if (factor == NLC_NONE || met[factor]) {
            *bad_row = row;
            return false;
        }
        met[factor] = true;
        effects[factor] = effect_of(input, row, factor);
    }
    return true;
}

nlc_error nlc_morris_effects(const nlc_morris_input *input, double *effects, uint32_t *bad_row)
{
    bool *met = malloc((input->num_factors + (size_t)1) * sizeof *met);
    if (!met)
        return NLC_ERROR_MEMORY;
    bool good = true;
    for (uint32_t t = 0; t < input->num_trajectories && good; t++)
        good = read_trajectory(input, t * (input->num_factors + 1), effects + (size_t)t * input->num_factors, met, bad_row);
    free(met);
    return good ? NLC_OK : NLC_ERROR_INPUT;
}

typedef struct {
    double mu, mu_star, sigma;
    uint32_t num;
} moments;

/* Of the effects of one input, `stride` apart, in the trajectories that `which` names (NULL: all). */
static moments moments_of(const double *effects, size_t stride, const uint32_t *which, uint32_t num)
{
    moments result = {0, 0, 0, 0};
    for (uint32_t k = 0; k < num; k++) {
        const double effect = effects[(which ? which[k] : k) * stride];
        if (isnan(effect))
            continue;
        result.mu += effect;
        result.mu_star += fabs(effect);
        result.num++;
    }
    result.mu /= result.num;
    result.mu_star /= result.num;
    for (uint32_t k = 0; k < num; k++) {
        const double deviation = effects[(which ? which[k] : k) * stride] - result.mu;
        result.sigma += isnan(deviation) ? 0 : deviation * deviation;
    }
    result.sigma = sqrt(result.sigma / ((double)result.num - 1));
    return result;
}

/* `room` [3][resampling.num], `which` [num_trajectories]. */
static nlc_morris summarise(const double *effects, uint32_t num_trajectories, size_t stride, nlc_resampling resampling,
                            double *room, uint32_t *which)
{
    const moments all = moments_of(effects, stride, NULL, num_trajectories);
    nlc_stream stream = nlc_stream_of(resampling.seed, 0);
    double *mu = room, *mu_star = room + resampling.num, *sigma = mu_star + resampling.num;
    for (uint32_t s = 0; s < resampling.num; s++) {
        for (uint32_t t = 0; t < num_trajectories; t++)
            which[t] = nlc_stream_below(&stream, num_trajectories);
        const moments again = moments_of(effects, stride, which, num_trajectories);
        mu[s] = again.mu;
        mu_star[s] = again.mu_star;
        sigma[s] = again.sigma;
    }
    return (nlc_morris){nlc_estimate_of(all.mu, mu, resampling.num), nlc_estimate_of(all.mu_star, mu_star, resampling.num),
                        nlc_estimate_of(all.sigma, sigma, resampling.num), all.num};
}

nlc_error nlc_morris_of(const double *effects, uint32_t num_trajectories, uint32_t num_factors, nlc_resampling resampling,
                        nlc_morris *morris)
{
    double *room = malloc((3 * (size_t)resampling.num + 1) * sizeof *room);
    uint32_t *which = malloc((num_trajectories + (size_t)1) * sizeof *which);
    const bool has_room = room && which;
    for (uint32_t f = 0; has_room && f < num_factors; f++)
        morris[f] = summarise(effects + f, num_trajectories, num_factors, resampling, room, which);
    free(room);
    free(which);
    return has_room ? NLC_OK : NLC_ERROR_MEMORY;
}
