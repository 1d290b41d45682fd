#include "estimate.h"

#include "ensemble.h"
#include "progress.h"
#include "writes.h"

#include <stdlib.h>
#include <unistd.h>

/* As many months tell the time of one, and are over before a user notices. */
enum { MONTHS_MEASURED = 6, MAX_LANES = 16 };

uint32_t cli_num_processors(void)
{
    const long num = sysconf(_SC_NPROCESSORS_ONLN);
    return num < 1 ? 1 : (uint32_t)num;
}

/* Batches that the replicates make: those of one draw go together. */
static uint32_t num_batches(const nlc_resolved *scenario, uint32_t lanes)
{
    uint32_t num = 0;
    for (uint32_t draw = 0; draw < scenario->num_draws; draw++) {
        const uint32_t runs = (scenario->replicates + scenario->num_draws - 1 - draw) / scenario->num_draws;
        num += (runs + lanes - 1) / lanes;
    }
    return num;
}

/* Seconds that one month of a full batch takes. */
static double seconds_of_month(const nlc_resolved *scenario, const nlc_kernel *kernel, void *memory)
{
    const nlc_point point = {scenario->parameters, scenario->levers};
    const uint32_t num_lanes = nlc_kernel_lanes(kernel);
    nlc_lane lanes[MAX_LANES];
    for (uint32_t l = 0; l < num_lanes; l++)
        lanes[l] = (nlc_lane){&point, l * scenario->num_draws};
    nlc_batch *batch = nlc_batch_init(memory, scenario, kernel);
    nlc_batch_reset(batch, 0, scenario->seed, lanes, num_lanes);
    const double started = cli_seconds_now();
    while (!nlc_batch_is_done(batch) && nlc_batch_month(batch) < MONTHS_MEASURED)
        nlc_batch_step(batch);
    const uint32_t months = nlc_batch_month(batch);
    return months == 0 ? 0.0 : (cli_seconds_now() - started) / months;
}

/* Seconds that summing up `num` values takes. */
static double seconds_of_summary(double *values, uint32_t num)
{
    enum { TIMES = 4 };
    double started = 0.0;
    for (uint32_t time = 0; time <= TIMES; time++) {
        /* The first time fills the caches and is not counted. */
        started = time == 1 ? cli_seconds_now() : started;
        for (uint32_t r = 0; r < num; r++)
            values[r] = (double)(r * UINT32_C(2654435761) >> 8);
        nlc_summary_of(values, num);
    }
    return (cli_seconds_now() - started) / TIMES;
}

/* Writing reads the tallies, sums them up for each point of a curve, and prints that. Summing up is what can
 * be measured beforehand; with the Philippine scenario it is about a quarter of the whole. */
static nlc_error seconds_of_writing(const nlc_resolved *scenario, double *seconds)
{
    enum { PARTS = 4, MAX_SAMPLE = 100000 };
    const uint32_t num = scenario->replicates < MAX_SAMPLE ? scenario->replicates : MAX_SAMPLE;
    uint64_t points;
    nlc_error error = cli_num_curve_points(scenario, &points);
    double *values = malloc(((size_t)num + 1) * sizeof *values);
    if (values == NULL)
        error = NLC_ERROR_MEMORY;
    if (error == NLC_OK)
        *seconds = seconds_of_summary(values, num) / num * scenario->replicates * (double)points * PARTS;
    free(values);
    return error;
}

/* The values of all measures of one part of the places, which writing holds at a time. */
static size_t memory_of_writing(const nlc_resolved *scenario)
{
    return (size_t)scenario->num_months * scenario->model->num_measures * scenario->replicates * sizeof(double);
}

nlc_error cli_estimate_make(cli_estimate *self, const nlc_resolved *scenario)
{
    enum { ALIGNMENT = 64 };
    const nlc_kernel *kernel = nlc_kernel_for(scenario->model, 0);
    const size_t size = (nlc_batch_size(scenario, kernel) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    const uint32_t batches = num_batches(scenario, nlc_kernel_lanes(kernel));
    const uint32_t processors = cli_num_processors();
    const uint32_t threads = processors < batches ? processors : batches;
    const uint32_t rounds = threads == 0 ? 0 : (batches + threads - 1) / threads;
    const nlc_ensemble_options options = {.replicates = scenario->replicates, .threads = threads, .seed = scenario->seed};
    *self = (cli_estimate){.threads = threads, .lanes = nlc_kernel_lanes(kernel), .isa = nlc_kernel_isa(kernel)};
    size_t of_ensemble;
    nlc_error error = nlc_ensemble_memory(scenario, &options, &of_ensemble);
    void *memory = error == NLC_OK ? aligned_alloc(ALIGNMENT, size) : NULL;
    if (memory == NULL)
        return NLC_ERROR_MEMORY;
    self->memory = of_ensemble + threads * size + memory_of_writing(scenario);
    const double stepping = seconds_of_month(scenario, kernel, memory) * scenario->num_months * rounds;
    double writing = 0.0;
    free(memory);
    error = seconds_of_writing(scenario, &writing);
    self->seconds = stepping + writing;
    return error;
}
