#include "abc.h"

#include "stream.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Purposes of streams. */
enum { PROPOSAL = 0x616263, RESAMPLING = 0x616264 };

/* A generation in the making, beside the one before it in `last`. */
typedef struct {
    const nlc_abc_options *options;
    nlc_abc *last;
    nlc_abc next;
    uint32_t number, num_kept;
    double tolerance;
    uint64_t num_tried;
    double *sd;         /* [num_parameters], of the kernel */
    double *cumulative; /* [num_particles], of the weights before */
    double *inside;     /* [num_particles]: the share of a particle's kernel inside the cube, as a product */
    double *proposals;  /* [batch][num_parameters] */
    double *distances;  /* [batch] */
} generation;

static nlc_error particles_init(nlc_abc *self, const nlc_abc_options *options)
{
    const size_t num = options->num_particles;
    *self = (nlc_abc){.num_particles = options->num_particles, .num_parameters = options->num_parameters};
    self->points = malloc(num * options->num_parameters * sizeof *self->points);
    self->weights = malloc(num * sizeof *self->weights);
    self->distances = malloc(num * sizeof *self->distances);
    return self->points && self->weights && self->distances ? NLC_OK : NLC_ERROR_MEMORY;
}

void nlc_abc_free(nlc_abc *self)
{
    free(self->points);
    free(self->weights);
    free(self->distances);
    *self = (nlc_abc){0};
}

static nlc_error generation_init(generation *self, const nlc_abc_options *options, nlc_abc *last)
{
    *self = (generation){.options = options, .last = last};
    self->sd = malloc(options->num_parameters * sizeof *self->sd);
    self->cumulative = malloc(options->num_particles * sizeof *self->cumulative);
    self->inside = malloc(options->num_particles * sizeof *self->inside);
    self->proposals = malloc((size_t)options->batch * options->num_parameters * sizeof *self->proposals);
    self->distances = malloc(options->batch * sizeof *self->distances);
    if (!self->sd || !self->cumulative || !self->inside || !self->proposals || !self->distances)
        return NLC_ERROR_MEMORY;
    return particles_init(&self->next, options);
}

static void generation_free(generation *self)
{
    free(self->sd);
    free(self->cumulative);
    free(self->inside);
    free(self->proposals);
    free(self->distances);
    nlc_abc_free(&self->next);
}

/* ---- The kernel -------------------------------------------------------------------------------- */

static double kernel_sd(const nlc_abc *last, uint32_t parameter)
{
    enum { FACTOR = 2 };
    double mean = 0, variance = 0;
    for (uint32_t i = 0; i < last->num_particles; i++)
        mean += last->weights[i] * last->points[(size_t)i * last->num_parameters + parameter];
    for (uint32_t i = 0; i < last->num_particles; i++) {
        const double away = last->points[(size_t)i * last->num_parameters + parameter] - mean;
        variance += last->weights[i] * away * away;
    }
    /* Particles that have run together still move a little. */
    return sqrt(FACTOR * variance) + 1e-9;
}

static double share_inside(double centre, double sd)
{
    return gsl_cdf_ugaussian_P((1 - centre) / sd) - gsl_cdf_ugaussian_P(-centre / sd);
}

static void kernel_prepare(generation *self)
{
    const nlc_abc *last = self->last;
    double sum = 0;
    for (uint32_t j = 0; j < last->num_parameters; j++)
        self->sd[j] = kernel_sd(last, j);
    for (uint32_t i = 0; i < last->num_particles; i++) {
        sum += last->weights[i];
        self->cumulative[i] = sum;
        self->inside[i] = 1;
        for (uint32_t j = 0; j < last->num_parameters; j++)
            self->inside[i] *= share_inside(last->points[(size_t)i * last->num_parameters + j], self->sd[j]);
    }
}

/* The first particle whose cumulative weight is above u. */
static uint32_t ancestor_of(const generation *self, double u)
{
    uint32_t low = 0, high = self->last->num_particles - 1;
    const double wanted = u * self->cumulative[high];
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (self->cumulative[middle] > wanted)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* A normal number inside (0, 1), by inversion. */
static double step_inside(double centre, double sd, double u)
{
    const double low = gsl_cdf_ugaussian_P(-centre / sd), high = gsl_cdf_ugaussian_P((1 - centre) / sd);
    const double point = centre + sd * gsl_cdf_ugaussian_Pinv(low + u * (high - low));
    return point < 0 ? 0 : point > 1 ? 1 : point;
}

static void propose(const generation *self, uint64_t number, double *point)
{
    const uint32_t num = self->options->num_parameters;
    nlc_stream stream = nlc_stream_for(self->options->seed, PROPOSAL, (uint64_t)self->number << 40 | number);
    if (self->number == 0) {
        for (uint32_t j = 0; j < num; j++)
            point[j] = nlc_stream_unit(&stream);
        return;
    }
    const double *centre = self->last->points + (size_t)ancestor_of(self, nlc_stream_unit(&stream)) * num;
    for (uint32_t j = 0; j < num; j++)
        point[j] = step_inside(centre[j], self->sd[j], nlc_stream_unit(&stream));
}

/* Prior over proposal density, up to a factor; the prior is 1 in the cube. */
static double weight_of(const generation *self, const double *point)
{
    const nlc_abc *last = self->last;
    double density = 0;
    for (uint32_t i = 0; i < last->num_particles; i++) {
        double squares = 0;
        for (uint32_t j = 0; j < last->num_parameters; j++) {
            const double z = (point[j] - last->points[(size_t)i * last->num_parameters + j]) / self->sd[j];
            squares += z * z;
        }
        density += last->weights[i] * exp(-0.5 * squares) / self->inside[i];
    }
    return 1 / density;
}

/* ---- Generations ------------------------------------------------------------------------------- */

static void keep(generation *self, uint32_t proposal)
{
    const size_t num = self->options->num_parameters, size = num * sizeof(double);
    const double *point = self->proposals + proposal * num;
    memcpy(self->next.points + self->num_kept * num, point, size);
    self->next.distances[self->num_kept] = self->distances[proposal];
    self->next.weights[self->num_kept] = self->number == 0 ? 1 : weight_of(self, point);
    self->num_kept++;
}

static void weights_normalise(nlc_abc *self)
{
    double sum = 0;
    for (uint32_t i = 0; i < self->num_particles; i++)
        sum += self->weights[i];
    for (uint32_t i = 0; i < self->num_particles; i++)
        self->weights[i] /= sum;
}

/* Proposals count in their order, so that what is simulated beyond the last one kept is as if it had
 * not been. */
static nlc_error generation_fill(generation *self)
{
    const nlc_abc_options *options = self->options;
    const uint64_t before = self->last->num_simulations;
    while (self->num_kept < options->num_particles) {
        const uint32_t num = options->batch;
        if (before + self->num_tried + num > options->most_simulations)
            return NLC_ERROR_INPUT;
        for (uint32_t k = 0; k < num; k++)
            propose(self, self->num_tried + k, self->proposals + (size_t)k * options->num_parameters);
        const nlc_error error =
            options->simulate(options->context, self->proposals, num, before + self->num_tried, self->distances);
        if (error != NLC_OK)
            return error;
        for (uint32_t k = 0; k < num && self->num_kept < options->num_particles; k++) {
            self->num_tried++;
            if (self->distances[k] <= self->tolerance && isfinite(self->distances[k]))
                keep(self, k);
        }
    }
    return NLC_OK;
}

/* The new generation takes the place of the one before. */
static void generation_end(generation *self)
{
    nlc_abc *last = self->last, before = *last;
    weights_normalise(&self->next);
    *last = self->next;
    last->num_generations = self->number + 1;
    last->tolerance = self->tolerance;
    last->acceptance = (double)self->num_kept / (double)self->num_tried;
    last->num_simulations = before.num_simulations + self->num_tried;
    self->next = (nlc_abc){.points = before.points, .weights = before.weights, .distances = before.distances};
    self->next.num_particles = self->options->num_particles;
    self->next.num_parameters = self->options->num_parameters;
    if (self->options->generation != NULL)
        self->options->generation(self->options->context, self->number, self->tolerance, last->num_simulations);
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The next tolerance: a quantile of the distances kept, or where that brings nothing (distances are
 * often whole numbers) the largest below; false where there is none. */
static bool tolerance_falls(generation *self)
{
    const nlc_abc_options *options = self->options;
    const uint32_t num = options->num_particles;
    double *sorted = self->next.distances;
    memcpy(sorted, self->last->distances, num * sizeof *sorted);
    qsort(sorted, num, sizeof *sorted, compare_doubles);
    uint32_t at = (uint32_t)(options->quantile * (num - 1));
    while (at > 0 && sorted[at] >= self->tolerance)
        at--;
    if (sorted[at] >= self->tolerance)
        return false;
    self->tolerance = sorted[at] > options->last ? sorted[at] : options->last;
    return true;
}

static bool goes_on(generation *self)
{
    const nlc_abc_options *options = self->options;
    if (options->schedule != NULL) {
        if (self->number >= options->num_schedule)
            return false;
        self->tolerance = options->schedule[self->number];
        return true;
    }
    if (self->number == 0) {
        self->tolerance = INFINITY;
        return true;
    }
    return self->tolerance > options->last && tolerance_falls(self);
}

nlc_error nlc_abc_run(nlc_abc *self, const nlc_abc_options *options)
{
    generation step;
    nlc_error error = particles_init(self, options);
    if (error == NLC_OK)
        error = generation_init(&step, options, self);
    else
        return error;
    while (error == NLC_OK && goes_on(&step)) {
        if (step.number > 0)
            kernel_prepare(&step);
        error = generation_fill(&step);
        if (error == NLC_OK)
            generation_end(&step);
        step.number++;
        step.num_kept = 0;
        step.num_tried = 0;
    }
    generation_free(&step);
    /* What was reached before the simulations ran out stands. */
    return error == NLC_ERROR_INPUT && self->num_generations > 0 ? NLC_OK : error;
}

double nlc_abc_effective(const nlc_abc *self)
{
    double squares = 0;
    for (uint32_t i = 0; i < self->num_particles; i++)
        squares += self->weights[i] * self->weights[i];
    return 1 / squares;
}

void nlc_abc_resample(const nlc_abc *self, uint64_t seed, uint32_t *chosen, uint32_t num)
{
    nlc_stream stream = nlc_stream_for(seed, RESAMPLING, 0);
    const double offset = nlc_stream_unit(&stream);
    double sum = self->weights[0];
    uint32_t i = 0;
    for (uint32_t k = 0; k < num; k++) {
        while (i + 1 < self->num_particles && sum * num < k + offset)
            sum += self->weights[++i];
        chosen[k] = i;
    }
}
