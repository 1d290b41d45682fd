/* Any bytes are refused or read; what is read can be run. */
#include "nlcsim.h"

#include <stdlib.h>

#define MOST_MEMORY ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void run_a_little(const nlc_resolved *scenario)
{
    const nlc_kernel *kernel = nlc_kernel_for(scenario->model, 4);
    size_t size = nlc_batch_size(scenario, kernel);
    void *memory = size < MOST_MEMORY ? aligned_alloc(64, size) : NULL;
    if (!memory)
        return;
    nlc_batch *batch = nlc_batch_init(memory, scenario, kernel);
    nlc_point point = {scenario->parameters, scenario->levers};
    nlc_lane lane = {&point, 3};
    nlc_batch_reset(batch, scenario->num_draws - 1, scenario->seed, &lane, 1);
    for (uint32_t t = 0; t < 3 && !nlc_batch_is_done(batch); t++)
        nlc_batch_step(batch);
    free(memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    size_t needed = nlc_resolved_size(text, size, nlc_models());
    if (needed > MOST_MEMORY)
        return 0;
    void *memory = aligned_alloc(64, needed ? (needed + 63) / 64 * 64 : 64);
    nlc_resolved scenario;
    nlc_resolved_problem problem;
    if (nlc_resolved_read(text, size, nlc_models(), memory, &scenario, &problem) == NLC_OK)
        run_a_little(&scenario);
    free(memory);
    return 0;
}
