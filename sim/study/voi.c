#include "voi.h"

#include "stream.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_VALUES = 8, FEWEST_WORLDS = 10, NUM_TERMS = 4 };

typedef struct {
    const nlc_voi_input *input;
    uint32_t *world;    /* [num_worlds], owned: those that are looked at, with repetition */
    uint32_t *order;    /* [num_worlds], owned: the unknown that does nothing */
    uint32_t *class_of; /* [num_worlds], owned */
    nlc_placed *room;   /* [num_worlds], owned */
    double *basis;      /* [NUM_TERMS][num_worlds], owned: orthonormal over the worlds looked at */
    double *best;       /* [num_worlds], owned: the best payoff to expect */
    double *again;      /* [num_unknowns + 2][resamples], owned */
} work;

static double payoff(const work *self, uint32_t choice, uint32_t k)
{
    return self->input->payoff[(size_t)choice * self->input->num_worlds + self->world[k]];
}

static double mean_of(const work *self, uint32_t choice)
{
    const uint32_t num = self->input->num_worlds;
    double sum = 0;
    for (uint32_t k = 0; k < num; k++)
        sum += payoff(self, choice, k);
    return sum / num;
}

static double best_mean(const work *self, uint32_t *best)
{
    double most = -INFINITY;
    for (uint32_t c = 0; c < self->input->num_choices; c++) {
        const double mean = mean_of(self, c);
        *best = mean > most ? c : *best;
        most = fmax(most, mean);
    }
    return most;
}

/* What knowing gains; less than the rounding of the means is nothing. */
static double gain(double knowing, double without)
{
    const double difference = knowing - without;
    return fabs(difference) > 1e-12 * fabs(without) ? difference : 0;
}

static double perfect(const work *self)
{
    const uint32_t num = self->input->num_worlds;
    uint32_t unused = 0;
    double sum = 0;
    for (uint32_t k = 0; k < num; k++) {
        double most = -INFINITY;
        for (uint32_t c = 0; c < self->input->num_choices; c++)
            most = fmax(most, payoff(self, c, k));
        sum += most;
    }
    return gain(sum / num, best_mean(self, &unused));
}

/* The value of an unknown in the k-th world; the last unknown does nothing. */
static double unknown(const work *self, uint32_t u, uint32_t k)
{
    const nlc_voi_input *input = self->input;
    return u < input->num_unknowns ? input->x[(size_t)self->world[k] * input->num_unknowns + u] : self->order[self->world[k]];
}

/* Mid-ranks from -1 to 1 into the first term of the basis; returns the number of distinct values, and
 * numbers them in class_of. */
static uint32_t rank_unknown(work *self, uint32_t u)
{
    const uint32_t num = self->input->num_worlds;
    uint32_t num_values = 0;
    for (uint32_t k = 0; k < num; k++)
        self->room[k] = (nlc_placed){unknown(self, u, k), k};
    nlc_placed_sort(self->room, num);
    for (uint32_t first = 0, end = 0; first < num; first = end, num_values++) {
        while (end < num && self->room[end].value == self->room[first].value)
            end++;
        for (uint32_t k = first; k < end; k++) {
            self->class_of[self->room[k].index] = num_values;
            self->basis[num + self->room[k].index] = ((double)first + end) / num - 1;
        }
    }
    return num_values;
}

static double product(const double *a, const double *b, uint32_t num)
{
    double sum = 0;
    for (uint32_t k = 0; k < num; k++)
        sum += a[k] * b[k];
    return sum;
}

/* 1, z, z^2, z^3 made orthonormal one after the other. */
static void make_basis(work *self)
{
    const uint32_t num = self->input->num_worlds;
    double *basis = self->basis;
    for (uint32_t k = 0; k < num; k++) {
        const double z = basis[num + k];
        basis[k] = 1;
        basis[2 * (size_t)num + k] = z * z;
        basis[3 * (size_t)num + k] = z * z * z;
    }
    for (uint32_t a = 0; a < NUM_TERMS; a++) {
        double *own = basis + (size_t)a * num;
        for (uint32_t b = 0; b < a; b++) {
            const double *other = basis + (size_t)b * num, part = product(own, other, num);
            for (uint32_t k = 0; k < num; k++)
                own[k] -= part * other[k];
        }
        const double length = sqrt(product(own, own, num));
        for (uint32_t k = 0; k < num; k++)
            own[k] = length > 1e-9 ? own[k] / length : 0;
    }
}

/* Raises best[] to what choice `c` lets one expect, by the regression on the basis. */
static void expect_smoothly(work *self, uint32_t c)
{
    const uint32_t num = self->input->num_worlds;
    double part[NUM_TERMS] = {0};
    for (uint32_t a = 0; a < NUM_TERMS; a++)
        for (uint32_t k = 0; k < num; k++)
            part[a] += self->basis[(size_t)a * num + k] * payoff(self, c, k);
    for (uint32_t k = 0; k < num; k++) {
        double expected = 0;
        for (uint32_t a = 0; a < NUM_TERMS; a++)
            expected += part[a] * self->basis[(size_t)a * num + k];
        self->best[k] = fmax(self->best[k], expected);
    }
}

/* Likewise by the mean of each value. */
static void expect_by_value(work *self, uint32_t c)
{
    const uint32_t num = self->input->num_worlds;
    double sum[MOST_VALUES] = {0}, count[MOST_VALUES] = {0};
    for (uint32_t k = 0; k < num; k++) {
        sum[self->class_of[k]] += payoff(self, c, k);
        count[self->class_of[k]] += 1;
    }
    for (uint32_t k = 0; k < num; k++)
        self->best[k] = fmax(self->best[k], sum[self->class_of[k]] / count[self->class_of[k]]);
}

static double partial_of(work *self, uint32_t u)
{
    const uint32_t num = self->input->num_worlds, num_values = rank_unknown(self, u);
    uint32_t unused = 0;
    double sum = 0;
    for (uint32_t k = 0; k < num; k++)
        self->best[k] = -INFINITY;
    if (num_values > MOST_VALUES)
        make_basis(self);
    for (uint32_t c = 0; c < self->input->num_choices; c++)
        if (num_values > MOST_VALUES)
            expect_smoothly(self, c);
        else
            expect_by_value(self, c);
    for (uint32_t k = 0; k < num; k++)
        sum += self->best[k];
    return gain(sum / num, best_mean(self, &unused));
}

static void estimate(work *self, nlc_resampling resampling, nlc_voi *voi, nlc_estimate *partial)
{
    const uint32_t num = self->input->num_worlds, last = self->input->num_unknowns;
    nlc_stream stream = nlc_stream_of(resampling.seed, 0);
    for (uint32_t s = 0; s < resampling.num; s++) {
        for (uint32_t k = 0; k < num; k++)
            self->world[k] = nlc_stream_below(&stream, num);
        for (uint32_t u = 0; u <= last; u++)
            self->again[(size_t)u * resampling.num + s] = partial_of(self, u);
        self->again[((size_t)last + 1) * resampling.num + s] = perfect(self);
    }
    for (uint32_t k = 0; k < num; k++)
        self->world[k] = k;
    for (uint32_t u = 0; u <= last; u++)
        partial[u] = nlc_estimate_of(partial_of(self, u), self->again + (size_t)u * resampling.num, resampling.num);
    voi->best_mean = best_mean(self, &voi->best);
    voi->perfect = nlc_estimate_of(perfect(self), self->again + ((size_t)last + 1) * resampling.num, resampling.num);
}

nlc_error nlc_voi_of(const nlc_voi_input *input, nlc_resampling resampling, nlc_voi *voi, nlc_estimate *partial)
{
    const size_t num = input->num_worlds;
    *voi = (nlc_voi){0};
    if (num < FEWEST_WORLDS || input->num_choices < 2)
        return NLC_ERROR_INPUT;
    work self = {.input = input,
                 .world = malloc(num * sizeof *self.world),
                 .order = malloc(num * sizeof *self.order),
                 .class_of = malloc(num * sizeof *self.class_of),
                 .room = malloc(num * sizeof *self.room),
                 .basis = malloc(NUM_TERMS * num * sizeof *self.basis),
                 .best = malloc(num * sizeof *self.best),
                 .again = malloc(((input->num_unknowns + (size_t)2) * resampling.num + 1) * sizeof *self.again)};
    const bool has_room = self.world && self.order && self.class_of && self.room && self.basis && self.best && self.again;
    if (has_room) {
        nlc_stream stream = nlc_stream_of(resampling.seed, 1);
        for (uint32_t k = 0; k < num; k++)
            self.order[k] = k;
        nlc_stream_shuffle(&stream, self.order, (uint32_t)num);
        estimate(&self, resampling, voi, partial);
    }
    free(self.world);
    free(self.order);
    free(self.class_of);
    free(self.room);
    free(self.basis);
    free(self.best);
    free(self.again);
    return has_room ? NLC_OK : NLC_ERROR_MEMORY;
}
