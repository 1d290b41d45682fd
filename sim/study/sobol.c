/* Every index is a ratio of sums over the rows. The sums of each row are formed once, and a resampled
 * index is made from the sums of the rows drawn. */
#include "sobol.h"

#include "stream.h"

#include <math.h>
#include <stdlib.h>

/* What a row adds: first these, then three sums for each input. */
enum { N, SUM, SQUARES, A_B, WITHIN, FREEDOM, NUM_COMMON };
enum { B_AB_A, A_AB, B_AB, NUM_EACH };

typedef struct {
    const nlc_sobol_input *input;
    size_t size;         /* of the sums of a row */
    double *sums;        /* [num_rows][size], owned */
    double *drawn;       /* [size], owned */
    double centre, unit; /* of all runs that are used */
} table;

static const double *cells(const nlc_sobol_input *input, const double *of, uint32_t row)
{
    return of + (size_t)row * input->num_replicates;
}

static const double *cells_ab(const nlc_sobol_input *input, uint32_t factor, uint32_t row)
{
    return cells(input, input->ab + (size_t)factor * input->num_rows * input->num_replicates, row);
}

static bool is_complete(const nlc_sobol_input *input, uint32_t row, uint32_t r)
{
    bool missing = isnan(cells(input, input->a, row)[r]) || isnan(cells(input, input->b, row)[r]);
    for (uint32_t f = 0; f < input->num_factors && !missing; f++)
        missing = isnan(cells_ab(input, f, row)[r]);
    return !missing;
}

/* Calls `add` with every output that is used. */
static void each_output(const nlc_sobol_input *input, void (*add)(double *sums, double value), double *sums)
{
    for (uint32_t row = 0; row < input->num_rows; row++)
        for (uint32_t r = 0; r < input->num_replicates; r++) {
            if (!is_complete(input, row, r))
                continue;
            add(sums, cells(input, input->a, row)[r]);
            add(sums, cells(input, input->b, row)[r]);
            for (uint32_t f = 0; f < input->num_factors; f++)
                add(sums, cells_ab(input, f, row)[r]);
        }
}

static void add_value(double *sums, double value)
{
    sums[0] += 1;
    sums[1] += value;
}

static void add_square(double *sums, double value)
{
    sums[2] += (value - sums[1]) * (value - sums[1]);
}

/* False where there is nothing to scale by. */
static bool find_scale(table *self)
{
    double sums[3] = {0, 0, 0};
    each_output(self->input, add_value, sums);
    sums[1] /= sums[0];
    each_output(self->input, add_square, sums);
    self->centre = sums[1];
    self->unit = sqrt(sums[2] / sums[0]);
    return self->unit > 1e-14 * fabs(self->centre);
}

static void add_pair(const table *self, uint32_t row, uint32_t r, double *sums)
{
    const nlc_sobol_input *input = self->input;
    const double a = (cells(input, input->a, row)[r] - self->centre) / self->unit;
    const double b = (cells(input, input->b, row)[r] - self->centre) / self->unit;
    sums[N] += 1;
    sums[SUM] += a + b;
    sums[SQUARES] += a * a + b * b;
    sums[A_B] += a * b;
    for (uint32_t f = 0; f < input->num_factors; f++) {
        const double ab = (cells_ab(input, f, row)[r] - self->centre) / self->unit;
        double *each = sums + NUM_COMMON + (size_t)f * NUM_EACH;
        each[B_AB_A] += b * (ab - a);
        each[A_AB] += (a - ab) * (a - ab);
        each[B_AB] += (b - ab) * (b - ab);
    }
}

/* Squares about the point's own mean, over the replicates that are used. */
static void add_within(const table *self, uint32_t row, const double *outputs, double *sums)
{
    double sum = 0, squares = 0;
    uint32_t num = 0;
    for (uint32_t r = 0; r < self->input->num_replicates; r++)
        if (is_complete(self->input, row, r)) {
            sum += outputs[r];
            num++;
        }
    for (uint32_t r = 0; r < self->input->num_replicates; r++)
        if (is_complete(self->input, row, r))
            squares += (outputs[r] - sum / num) * (outputs[r] - sum / num);
    sums[WITHIN] += squares / (self->unit * self->unit);
    sums[FREEDOM] += num > 1 ? num - 1 : 0;
}

static void fill(table *self)
{
    const nlc_sobol_input *input = self->input;
    for (uint32_t row = 0; row < input->num_rows; row++) {
        double *sums = self->sums + row * self->size;
        for (uint32_t r = 0; r < input->num_replicates; r++)
            if (is_complete(input, row, r))
                add_pair(self, row, r, sums);
        add_within(self, row, cells(input, input->a, row), sums);
        add_within(self, row, cells(input, input->b, row), sums);
    }
}

/* Adds up the rows that `which` names (NULL: all). */
static void draw(table *self, const uint32_t *which)
{
    for (size_t k = 0; k < self->size; k++)
        self->drawn[k] = 0;
    for (uint32_t row = 0; row < self->input->num_rows; row++) {
        const double *sums = self->sums + (which ? which[row] : row) * self->size;
        for (size_t k = 0; k < self->size; k++)
            self->drawn[k] += sums[k];
    }
}

static double variance_drawn(const table *self)
{
    const double *sums = self->drawn, mean = sums[SUM] / (2 * sums[N]);
    return sums[SQUARES] / (2 * sums[N]) - mean * mean;
}

/* The indices of the rows drawn, in this order: three of each input, then the two of the seed. */
static void indices_drawn(const table *self, double *index)
{
    const nlc_sobol_chance chance = self->input->chance;
    const double *sums = self->drawn, n = sums[N], variance = variance_drawn(self), mean = sums[SUM] / (2 * n);
    const double within = chance != NLC_SOBOL_NO_CHANCE ? sums[WITHIN] / sums[FREEDOM] / variance : NAN;
    const double shared = chance == NLC_SOBOL_SHARED_SEEDS ? (sums[A_B] / n - mean * mean) / variance : NAN;
    const double off_first = isnan(shared) ? 0 : shared;
    const double off_total = chance != NLC_SOBOL_OWN_SEEDS || isnan(within) ? 0 : within;
    for (uint32_t f = 0; f < self->input->num_factors; f++) {
        const double *each = sums + NUM_COMMON + (size_t)f * NUM_EACH;
        *index++ = each[B_AB_A] / n / variance;
        *index++ = 1 - each[B_AB] / (2 * n) / variance - off_first;
        *index++ = each[A_AB] / (2 * n) / variance - off_total;
    }
    *index++ = shared;
    *index = within;
}

/* Draws the rows again and again; again[index][stride] takes what comes of it. */
static void resample(table *self, nlc_resampling resampling, uint32_t *which, double *index, double *again)
{
    const uint32_t num_rows = self->input->num_rows;
    const size_t num = 3 * (size_t)self->input->num_factors + 2, stride = resampling.num + (size_t)1;
    nlc_stream stream = nlc_stream_of(resampling.seed, 0);
    for (uint32_t s = 0; s < resampling.num; s++) {
        for (uint32_t row = 0; row < num_rows; row++)
            which[row] = nlc_stream_below(&stream, num_rows);
        draw(self, which);
        indices_drawn(self, index);
        for (size_t k = 0; k < num; k++)
            again[k * stride + s] = index[k];
    }
}

static void summarise(const table *self, nlc_sobol_summary *summary)
{
    const double *sums = self->drawn;
    summary->num_used = (uint32_t)sums[N];
    summary->mean = self->centre + self->unit * sums[SUM] / (2 * sums[N]);
    summary->variance = self->unit * self->unit * variance_drawn(self);
}

static nlc_error estimate(table *self, nlc_resampling resampling, nlc_sobol *indices, nlc_sobol_summary *summary)
{
    const uint32_t num_factors = self->input->num_factors;
    const size_t num = 3 * (size_t)num_factors + 2, stride = resampling.num + (size_t)1;
    double *index = malloc(num * sizeof *index), *again = malloc(num * stride * sizeof *again);
    uint32_t *which = malloc(self->input->num_rows * sizeof *which);
    const bool has_room = index && again && which;
    if (has_room) {
        resample(self, resampling, which, index, again);
        draw(self, NULL);
        indices_drawn(self, index);
        summarise(self, summary);
        const double *value = index, *drawn = again;
        for (uint32_t f = 0; f <= num_factors; f++) {
            nlc_estimate *into[] = {f < num_factors ? &indices[f].first : &summary->seed_first,
                                    f < num_factors ? &indices[f].first_jansen : &summary->seed_total,
                                    f < num_factors ? &indices[f].total : NULL};
            for (uint32_t k = 0; k < 3 && into[k]; k++, drawn += stride)
                *into[k] = nlc_estimate_of(*value++, drawn, resampling.num);
        }
    }
    free(index);
    free(again);
    free(which);
    return has_room ? NLC_OK : NLC_ERROR_MEMORY;
}

nlc_error nlc_sobol_of(const nlc_sobol_input *input, nlc_resampling resampling, nlc_sobol *indices, nlc_sobol_summary *summary)
{
    table self = {.input = input, .size = NUM_COMMON + (size_t)input->num_factors * NUM_EACH};
    *summary = (nlc_sobol_summary){0};
    uint32_t num_complete = 0;
    for (uint32_t row = 0; row < input->num_rows; row++)
        for (uint32_t r = 0; r < input->num_replicates; r++)
            num_complete += is_complete(input, row, r);
    if (num_complete < 2 || !find_scale(&self))
        return NLC_ERROR_INPUT;
    self.sums = calloc(input->num_rows * self.size, sizeof *self.sums);
    self.drawn = malloc(self.size * sizeof *self.drawn);
    nlc_error error = NLC_ERROR_MEMORY;
    if (self.sums && self.drawn) {
        fill(&self);
        error = estimate(&self, resampling, indices, summary);
    }
    free(self.sums);
    free(self.drawn);
    return error;
}
