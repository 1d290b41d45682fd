/* Densities are taken on a grid: the outputs are shared out between the two grid points beside them,
 * and the counts smoothed by the kernel. That is exact enough (the grid is far finer than the kernel)
 * and some hundred times faster than a kernel for each output. One width, the mean of what Silverman's rule gives the classes,
 * serves all densities: with widths of their own, the density of all rows would differ from those of the classes by its smoothing
 * alone, badly so where the output falls into several parts. */
#include "delta.h"

#include "stream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GRID = 256, FEWEST_ROWS = 20 };

/* A kernel ends here, in widths. */
static const double reach = 4;

uint32_t nlc_delta_num_classes(uint32_t num_rows)
{
    const double n = num_rows, classes = ceil(pow(n, 2 / (7 + tanh((1500 - n) / 500))));
    return classes < 48 ? (uint32_t)classes : 48;
}

/* The rows of a class, on the grid. */
typedef struct {
    double count[GRID];
    double num, sum, squares;
} heap;

typedef struct {
    const nlc_sample *sample;
    double first, step; /* of the grid */
    uint32_t num_classes, most_classes;
    uint32_t *class_of; /* [num_rows], owned */
    nlc_placed *room;   /* [num_rows], owned */
    heap *heaps;        /* [most_classes + 1], owned; the last one is of all rows */
    double *again;      /* [resamples], owned */
} work;

static void pile(const work *self, heap *into, double y)
{
    const double place = (y - self->first) / self->step;
    uint32_t below = (uint32_t)place;
    below = below < GRID - 1 ? below : GRID - 2;
    into->count[below] += 1 - (place - below);
    into->count[below + 1] += place - below;
    into->num += 1;
    into->sum += place;
    into->squares += place * place;
}

/* Silverman's width, in grid steps, and never less than one. */
static double width_of(const heap *self)
{
    const double variance = self->num > 1 ? (self->squares - self->sum * self->sum / self->num) / (self->num - 1) : 0;
    const double width = sqrt(variance > 0 ? variance : 0) * pow(0.75 * self->num, -0.2);
    return width > 1 ? width : 1;
}

static void smooth(const heap *self, double width, double density[GRID])
{
    double kernel[GRID], sum = 0;
    const int num = (int)fmin(ceil(reach * width), GRID - 1);
    for (int k = 0; k <= num; k++) {
        kernel[k] = exp(-0.5 * (k / width) * (k / width));
        sum += k == 0 ? kernel[k] : 2 * kernel[k];
    }
    memset(density, 0, GRID * sizeof *density);
    for (int g = 0; g < GRID; g++) {
        const double share = self->count[g] / (self->num * sum);
        if (share == 0)
            continue;
        const int low = g < num ? -g : -num, high = GRID - 1 - g < num ? GRID - 1 - g : num;
        for (int k = low; k <= high; k++)
            density[g + k] += share * kernel[abs(k)];
    }
}

/* Delta of the rows drawn by `stream`, or of all rows for NULL. */
static double measure(work *self, nlc_stream *stream)
{
    const uint32_t num = self->sample->num_rows;
    heap *all = self->heaps + self->num_classes;
    double density[GRID], conditional[GRID], delta = 0, width = 0;
    memset(self->heaps, 0, (self->num_classes + 1) * sizeof *self->heaps);
    for (uint32_t i = 0; i < num; i++) {
        const uint32_t row = stream ? nlc_stream_below(stream, num) : i;
        pile(self, &self->heaps[self->class_of[row]], self->sample->y[row]);
        pile(self, all, self->sample->y[row]);
    }
    for (uint32_t c = 0; c < self->num_classes; c++)
        width += self->heaps[c].num > 0 ? width_of(&self->heaps[c]) * self->heaps[c].num / num : 0;
    smooth(all, width, density);
    for (uint32_t c = 0; c < self->num_classes; c++) {
        double area = 0;
        if (self->heaps[c].num == 0)
            continue;
        smooth(&self->heaps[c], width, conditional);
        for (int g = 0; g < GRID; g++)
            area += fabs(density[g] - conditional[g]);
        delta += 0.5 * area * self->heaps[c].num / num;
    }
    return delta;
}

static nlc_estimate estimate(work *self, nlc_resampling resampling)
{
    const double found = measure(self, NULL);
    double sum = 0;
    nlc_stream stream = nlc_stream_of(resampling.seed, 0);
    for (uint32_t s = 0; s < resampling.num; s++) {
        self->again[s] = measure(self, &stream);
        sum += self->again[s];
    }
    return nlc_estimate_of(resampling.num > 0 ? 2 * found - sum / resampling.num : found, self->again, resampling.num);
}

/* The grid holds all outputs and the reach of the widest kernel. False where the output does not vary. */
static bool lay_grid(work *self)
{
    const nlc_sample *sample = self->sample;
    double low = sample->y[0], high = low, sum = 0, squares = 0;
    for (uint32_t i = 0; i < sample->num_rows; i++) {
        low = fmin(low, sample->y[i]);
        high = fmax(high, sample->y[i]);
        sum += sample->y[i] / sample->num_rows;
    }
    for (uint32_t i = 0; i < sample->num_rows; i++)
        squares += (sample->y[i] - sum) * (sample->y[i] - sum);
    const double margin = 3 * sqrt(squares / (sample->num_rows - 1)) * pow(0.75 * sample->num_rows, -0.2);
    self->first = low - margin;
    self->step = (high - low + 2 * margin) / (GRID - 1);
    return high > low;
}

nlc_error nlc_delta_of(const nlc_sample *sample, nlc_resampling resampling, nlc_estimate *deltas)
{
    work self = {.sample = sample};
    if (sample->num_rows < FEWEST_ROWS || !lay_grid(&self))
        return NLC_ERROR_INPUT;
    self.most_classes = nlc_delta_num_classes(sample->num_rows);
    self.class_of = malloc(sample->num_rows * sizeof *self.class_of);
    self.room = malloc(sample->num_rows * sizeof *self.room);
    self.heaps = malloc((self.most_classes + (size_t)1) * sizeof *self.heaps);
    self.again = malloc((resampling.num + (size_t)1) * sizeof *self.again);
    const bool has_room = self.class_of && self.room && self.heaps && self.again;
    for (uint32_t f = 0; has_room && f <= sample->num_factors; f++) {
        if (f < sample->num_factors)
            self.num_classes = nlc_classes_of(sample, f, self.most_classes, self.room, self.class_of);
        else
            self.num_classes = nlc_classes_of_nothing(sample->num_rows, self.most_classes, resampling.seed, self.class_of);
        deltas[f] = estimate(&self, resampling);
    }
    free(self.class_of);
    free(self.room);
    free(self.heaps);
    free(self.again);
    return has_room ? NLC_OK : NLC_ERROR_MEMORY;
}
