#include "folding.h"

#include <stdlib.h>
#include <string.h>

bool folding_init(folding *self, const nlc_resolved *scenario, uint32_t num_replicates)
{
    self->scenario = scenario;
    self->num_replicates = num_replicates;
    self->hash = calloc((size_t)(scenario->num_countries + 1) * num_replicates, sizeof *self->hash);
    self->tallies = calloc(num_replicates, sizeof *self->tallies);
    self->views = calloc(num_replicates, sizeof *self->views);
    return self->hash && self->tallies && self->views;
}

void folding_free(folding *self)
{
    free(self->hash);
    free(self->tallies);
    free(self->views);
    memset(self, 0, sizeof *self);
}

static void add(uint64_t *hash, uint64_t value)
{
    *hash = nlc_mix(*hash ^ value);
}

static void add_states(folding *self, const nlc_batch *batch, uint32_t lane, uint32_t replicate)
{
    uint32_t num_countries = self->scenario->num_countries;
    uint64_t sum = 0;
    for (uint32_t c = 0; c < num_countries; c++) {
        uint64_t hash = nlc_batch_hash(batch, c, lane);
        add(&self->hash[(size_t)c * self->num_replicates + replicate], hash);
        sum += hash;
    }
    add(&self->hash[(size_t)num_countries * self->num_replicates + replicate], sum);
}

/* Which of its many patterns a NaN has is not fixed by any standard, so that all count as one. */
static void add_tallies(folding *self, const nlc_batch *batch, uint32_t lane, uint32_t replicate)
{
    for (uint32_t c = 0; c < self->scenario->num_classes; c++) {
        size_t stride;
        const double *tallies = nlc_batch_tallies(batch, c, lane, &stride);
        for (uint32_t k = 0; k < self->scenario->model->num_tallies; k++) {
            double value = tallies[k * stride];
            uint64_t bits = 0;
            if (value == value)
                memcpy(&bits, &value, sizeof bits);
            add(&self->tallies[replicate], bits);
        }
    }
}

static void add_views(folding *self, const nlc_batch *batch, uint32_t lane, uint32_t replicate)
{
    const nlc_model *model = self->scenario->model;
    for (uint32_t i = 0; i < self->scenario->num_nodes; i++)
        for (uint32_t v = 0; v < model->num_views; v++)
            add(&self->views[replicate], nlc_batch_view(batch, &model->views[v], i, lane));
}

static void run_batch(folding *self, nlc_batch *batch, const nlc_lane *lanes, uint32_t num)
{
    for (uint32_t l = 0; l < num; l++)
        add_states(self, batch, l, lanes[l].replicate);
    for (uint32_t month = 1; month <= self->scenario->num_months; month++) {
        if (!nlc_batch_is_done(batch))
            nlc_batch_step(batch);
        for (uint32_t l = 0; l < num; l++) {
            add_states(self, batch, l, lanes[l].replicate);
            add_tallies(self, batch, l, lanes[l].replicate);
        }
    }
    for (uint32_t l = 0; l < num; l++)
        add_views(self, batch, l, lanes[l].replicate);
}

bool folding_run(folding *self, const nlc_kernel *kernel, uint64_t seed)
{
    const nlc_resolved *scenario = self->scenario;
    const nlc_point point = {scenario->parameters, scenario->levers};
    void *memory = aligned_alloc(64, nlc_batch_size(scenario, kernel));
    if (!memory)
        return false;
    nlc_batch *batch = nlc_batch_init(memory, scenario, kernel);
    for (uint32_t draw = 0; draw < scenario->num_draws; draw++) {
        for (uint32_t next = draw; next < self->num_replicates;) {
            nlc_lane lanes[16];
            uint32_t num = 0;
            for (; num < nlc_kernel_lanes(kernel) && next < self->num_replicates; next += scenario->num_draws)
                lanes[num++] = (nlc_lane){&point, next};
            nlc_batch_reset(batch, draw, seed, lanes, num);
            run_batch(self, batch, lanes, num);
        }
    }
    free(memory);
    return true;
}

uint64_t folding_bytes(const uint64_t *values, uint32_t num)
{
    size_t length = (size_t)num * 8;
    char *bytes = malloc(length + 1);
    if (!bytes)
        abort();
    for (size_t k = 0; k < length; k++)
        bytes[k] = (char)(unsigned char)(values[k / 8] >> (8 * (k % 8)) & 0xFF);
    uint64_t hash = nlc_hash(bytes, length);
    free(bytes);
    return hash;
}
