/* The plain program and the engine, month by month:
 *
 *   agree FILE RUNS [LANES]
 *
 * runs both on network draw 0, at every width or the one given (0: the CPU's best), and fails at the first month in which a run's
 * state differs in any bit or a tally by more than rounding. */
#include "plain.h"
#include "timing.h"

#include <math.h>
#include <string.h>

/* Floats summed in another order, over the places of one class. */
#define TOLERANCE 1e-4

typedef struct {
    const nlc_resolved *scenario;
    nlc_batch *batch;
    plain *runs; /* [num_runs] */
    uint32_t num_runs;
} pair;

static bool same_state(const pair *self, uint32_t lane)
{
    if (plain_hash(&self->runs[lane]) == nlc_batch_hash(self->batch, NLC_NONE, lane))
        return true;
    fprintf(stderr, "run %u, month %u: the states differ\n", (unsigned)lane, (unsigned)nlc_batch_month(self->batch));
    return false;
}

static bool close_to(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= TOLERANCE * (fabs(a) + fabs(b)) + TOLERANCE;
}

static bool same_tallies(const pair *self, uint32_t lane)
{
    for (uint32_t k = 0; k < self->scenario->num_classes; k++) {
        size_t stride;
        const double *found = nlc_batch_tallies(self->batch, k, lane, &stride);
        const float *expected = self->runs[lane].tallies + (size_t)k * NUM_TALLIES;
        for (uint32_t t = 0; t < NUM_TALLIES; t++) {
            if (close_to((double)expected[t], found[t * stride]))
                continue;
            fprintf(stderr, "run %u, month %u, class %u: %s is %g, expected %g\n", (unsigned)lane,
                    (unsigned)nlc_batch_month(self->batch), (unsigned)k, self->scenario->model->tallies[t].name, found[t * stride],
                    (double)expected[t]);
            return false;
        }
    }
    return true;
}

/* One batch, with a plain run beside each lane. */
static bool agree(pair *self, uint32_t first)
{
    const nlc_point point = {self->scenario->parameters, self->scenario->levers};
    nlc_lane lanes[16];
    bool same = true;
    for (uint32_t l = 0; l < self->num_runs; l++) {
        lanes[l] = (nlc_lane){&point, (first + l) * self->scenario->num_draws};
        plain_reset(&self->runs[l], self->scenario->seed, lanes[l].replicate);
    }
    nlc_batch_reset(self->batch, 0, self->scenario->seed, lanes, self->num_runs);
    for (uint32_t l = 0; l < self->num_runs; l++)
        same = same && same_state(self, l);
    while (same && !nlc_batch_is_done(self->batch)) {
        nlc_batch_step(self->batch);
        for (uint32_t l = 0; l < self->num_runs; l++) {
            plain_step(&self->runs[l]);
            same = same && same_state(self, l) && same_tallies(self, l);
        }
    }
    return same;
}

static bool agree_at(pair *self, uint32_t lanes, uint32_t num_runs)
{
    const nlc_kernel *kernel = nlc_kernel_for(self->scenario->model, lanes);
    const uint32_t width = nlc_kernel_lanes(kernel);
    void *memory = aligned_alloc(64, nlc_batch_size(self->scenario, kernel));
    bool same = memory != NULL;
    if (same)
        self->batch = nlc_batch_init(memory, self->scenario, kernel);
    for (uint32_t first = 0; same && first < num_runs; first += width) {
        self->num_runs = num_runs - first < width ? num_runs - first : width;
        same = agree(self, first);
    }
    printf("%s: %u lanes (%s)\n", same ? "ok" : "FAILED", (unsigned)width, nlc_kernel_isa(kernel));
    free(memory);
    return same;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: agree FILE RUNS [LANES]\n");
        return 2;
    }
    nlc_resolved scenario = timing_scenario(argv[1]);
    plain runs[16];
    memset(runs, 0, sizeof runs);
    bool same = true;
    for (uint32_t l = 0; l < 16; l++)
        same = plain_init(&runs[l], &scenario) == NLC_OK && same;
    pair both = {.scenario = &scenario, .runs = runs};
    const uint32_t num_runs = (uint32_t)atoi(argv[2]);
    if (argc > 3)
        same = same && agree_at(&both, (uint32_t)atoi(argv[3]), num_runs);
    for (uint32_t lanes = 4; argc == 3 && lanes <= 16; lanes *= 2)
        same = same && agree_at(&both, lanes, num_runs);
    for (uint32_t l = 0; l < 16; l++)
        plain_free(&runs[l]);
    return same ? 0 : 1;
}
