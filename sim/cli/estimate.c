#include "estimate.h"

#include "ensemble.h"
#include "progress.h"

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

nlc_error cli_estimate_make(cli_estimate *self, const nlc_resolved *scenario)
{
    enum { ALIGNMENT = 64 };
    const nlc_kernel *kernel = nlc_kernel_for(scenario->model, 0);
    const size_t size = (nlc_batch_size(scenario, kernel) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    void *memory = aligned_alloc(ALIGNMENT, size);
    if (memory == NULL)
        return NLC_ERROR_MEMORY;
    const uint32_t batches = num_batches(scenario, nlc_kernel_lanes(kernel));
    const uint32_t processors = cli_num_processors();
    const uint32_t threads = processors < batches ? processors : batches;
    const uint32_t rounds = threads == 0 ? 0 : (batches + threads - 1) / threads;
    const nlc_ensemble_options options = {.replicates = scenario->replicates, .threads = threads, .seed = scenario->seed};
    *self = (cli_estimate){.threads = threads, .lanes = nlc_kernel_lanes(kernel), .isa = nlc_kernel_isa(kernel)};
    self->seconds = seconds_of_month(scenario, kernel, memory) * scenario->num_months * rounds;
    self->memory = nlc_ensemble_memory(scenario, &options) + threads * size;
    free(memory);
    return NLC_OK;
}
