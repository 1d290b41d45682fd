/* Whether the limits of a box mean something: quasi-p values, and PRIM again on halves of the rows. */
#include "prim.h"

#include "stream.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* With `limit` in the place of that of `factor`. */
static double quasi_p(const nlc_prim_input *input, nlc_prim_limit *limits, uint32_t factor, nlc_prim_limit limit)
{
    const nlc_prim_limit held = limits[factor];
    const nlc_prim_box box = nlc_prim_measure(input, limits);
    limits[factor] = limit;
    const nlc_prim_box wider = nlc_prim_measure(input, limits);
    limits[factor] = held;
    return box.num_hits == 0 ? 1 : gsl_cdf_binomial_Q(box.num_hits - 1, wider.density, box.num_rows);
}

static nlc_prim_quasi quasi_of(const nlc_prim *self, const nlc_prim_input *input, nlc_prim_limit *limits, uint32_t factor)
{
    nlc_prim_quasi quasi = {NAN, NAN, NAN};
    const nlc_prim_limit own = limits[factor], all = self->limits[factor];
    if (!nlc_prim_is_restricted(self, limits, factor))
        return quasi;
    quasi.both = quasi_p(input, limits, factor, all);
    if (own.low != all.low)
        quasi.low = quasi_p(input, limits, factor, (nlc_prim_limit){all.low, own.high, own.categories});
    if (own.high != all.high)
        quasi.high = quasi_p(input, limits, factor, (nlc_prim_limit){own.low, all.high, own.categories});
    return quasi;
}

void nlc_prim_quasi_of(const nlc_prim *self, const nlc_prim_input *input, nlc_prim_limit *limits, nlc_prim_quasi *quasi)
{
    for (uint32_t f = 0; f < self->num_factors; f++)
        quasi[f] = quasi_of(self, input, limits, f);
}

void nlc_prim_simplify(const nlc_prim *self, const nlc_prim_input *input, double most, nlc_prim_limit *limits)
{
    for (;;) {
        uint32_t weakest = NLC_NONE;
        double largest = most;
        for (uint32_t f = 0; f < self->num_factors; f++) {
            const double p = quasi_of(self, input, limits, f).both;
            weakest = p > largest ? f : weakest;
            largest = p > largest ? p : largest;
        }
        if (weakest == NLC_NONE)
            return;
        limits[weakest] = self->limits[weakest];
    }
}

/* The box whose coverage (or else density) is nearest: of equal coverage the last, which is the densest, of
 * equal density the first, which covers most. */
static uint32_t nearest(const nlc_prim *self, const nlc_prim_box *box, bool by_coverage)
{
    uint32_t found = 0;
    double least = INFINITY;
    for (uint32_t b = 0; b < self->num_boxes; b++) {
        const double distance = fabs(by_coverage ? self->boxes[b].coverage - box->coverage : self->boxes[b].density - box->density);
        found = distance < least || (by_coverage && distance == least) ? b : found;
        least = fmin(least, distance);
    }
    return found;
}

static void count_restricted(const nlc_prim *self, uint32_t box, double *count)
{
    for (uint32_t f = 0; f < self->num_factors; f++)
        count[f] += nlc_prim_is_restricted(self, nlc_prim_limits(self, box), f);
}

/* One repetition; `num` counts those with something to find. */
static nlc_error repeat(const nlc_prim_input *half, const nlc_prim_box *box, double *by_coverage, double *by_density, uint32_t *num)
{
    nlc_prim prim;
    const nlc_error error = nlc_prim_init(&prim, half);
    if (!error) {
        count_restricted(&prim, nearest(&prim, box, true), by_coverage);
        count_restricted(&prim, nearest(&prim, box, false), by_density);
        (*num)++;
    }
    nlc_prim_free(&prim);
    return error == NLC_ERROR_INPUT ? NLC_OK : error;
}

/* Half of the rows into x and y. */
static void halve(const nlc_sample *sample, nlc_stream *stream, uint32_t *order, double *x, double *y)
{
    for (uint32_t i = 0; i < sample->num_rows; i++)
        order[i] = i;
    nlc_stream_shuffle(stream, order, sample->num_rows);
    for (uint32_t i = 0; i < sample->num_rows / 2; i++) {
        memcpy(x + (size_t)i * sample->num_factors, sample->x + (size_t)order[i] * sample->num_factors,
               sample->num_factors * sizeof *x);
        y[i] = sample->y[order[i]];
    }
}

nlc_error nlc_prim_reproduce(const nlc_prim_input *input, const nlc_prim_box *box, nlc_resampling resampling, double *by_coverage,
                             double *by_density)
{
    const nlc_sample *sample = &input->sample;
    const size_t num_rows = sample->num_rows, num_factors = sample->num_factors;
    double *x = malloc((num_rows * num_factors + 1) * sizeof *x), *y = malloc((num_rows + 1) * sizeof *y);
    uint32_t *order = malloc((num_rows + 1) * sizeof *order), num = 0;
    nlc_error error = x && y && order ? NLC_OK : NLC_ERROR_MEMORY;
    nlc_prim_input half = *input;
    half.sample = (nlc_sample){sample->num_rows / 2, sample->num_factors, x, y};
    nlc_stream stream = nlc_stream_of(resampling.seed, 0);
    memset(by_coverage, 0, num_factors * sizeof *by_coverage);
    memset(by_density, 0, num_factors * sizeof *by_density);
    for (uint32_t s = 0; s < resampling.num && !error; s++) {
        halve(sample, &stream, order, x, y);
        error = repeat(&half, box, by_coverage, by_density, &num);
    }
    for (uint32_t f = 0; f < num_factors; f++) {
        by_coverage[f] /= num;
        by_density[f] /= num;
    }
    free(x);
    free(y);
    free(order);
    return error;
}
