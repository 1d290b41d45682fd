/* The engine as a WebAssembly module, for a page or a script: no imports, one exported memory.
 *
 * An instance holds one scenario and one batch of it, so that the caller passes numbers alone; the
 * state of the instance stands in this file, and the core below it keeps none. In order:
 *   nlc_module_open(length)   room for a resolved text, which the caller fills in
 *   nlc_module_read()         reads it, and makes room for a batch
 *   nlc_module_reset(...)     puts the lanes at the start of their runs
 *   nlc_module_step()         one month, until nlc_module_is_done()
 * and after reset and each step the tallies, views and hashes of the month. Addresses are offsets
 * into the exported memory, which may have moved for the caller whenever open, read or room was called. */
#include "module.h"

#include "batch.h"

#include <string.h>

#define PAGE ((size_t)65536)

/* The linker puts this where its own data ends; all memory from there on is handed out here. */
extern unsigned char __heap_base;

typedef struct {
    uintptr_t used; /* address of the first free byte */
    char *text;
    size_t length;
    nlc_resolved scenario;
    nlc_resolved_problem problem;
    nlc_point point;
    nlc_batch *batch; /* NULL until a text has been read */
} instance;

static instance self;

static bool grow(uintptr_t end)
{
    size_t have = __builtin_wasm_memory_size(0) * PAGE;
    return end <= have || __builtin_wasm_memory_grow(0, (end - have + PAGE - 1) / PAGE) != SIZE_MAX;
}

void *nlc_module_room(size_t size)
{
    uintptr_t start = (self.used + 63) / 64 * 64;
    if (size > UINTPTR_MAX - start || !grow(start + size))
        return NULL;
    self.used = start + size;
    return (void *)start;
}

/* Forgets what was there, and returns the address where `length` bytes of text belong; 0 when memory is out. */
char *nlc_module_open(size_t length)
{
    memset(&self, 0, sizeof self);
    self.used = (uintptr_t)&__heap_base;
    self.length = length;
    self.text = nlc_module_room(length);
    return self.text;
}

/* Returns an nlc_error; on NLC_ERROR_INPUT the problem and its line say why. */
nlc_error nlc_module_read(void)
{
    const nlc_model *const *models = nlc_models();
    size_t size = nlc_resolved_size(self.text, self.length, models);
    void *memory = nlc_module_room(size);
    if (!memory)
        return NLC_ERROR_MEMORY;
    nlc_error error = nlc_resolved_read(self.text, self.length, models, memory, &self.scenario, &self.problem);
    if (error != NLC_OK)
        return error;
    const nlc_kernel *kernel = nlc_kernel_for(self.scenario.model, 0);
    memory = nlc_module_room(nlc_batch_size(&self.scenario, kernel));
    if (!memory)
        return NLC_ERROR_MEMORY;
    self.point = (nlc_point){self.scenario.parameters, self.scenario.levers};
    self.batch = nlc_batch_init(memory, &self.scenario, kernel);
    return NLC_OK;
}

const nlc_resolved *nlc_module_scenario(void)
{
    return &self.scenario;
}

const char *nlc_module_problem(void)
{
    return self.problem.message;
}

uint32_t nlc_module_problem_line(void)
{
    return self.problem.line;
}

uint32_t nlc_module_lanes(void)
{
    return nlc_kernel_lanes(nlc_kernel_for(self.scenario.model, 0));
}

uint32_t nlc_module_num_draws(void)
{
    return self.scenario.num_draws;
}

uint32_t nlc_module_num_months(void)
{
    return self.scenario.num_months;
}

uint32_t nlc_module_num_nodes(void)
{
    return self.scenario.num_nodes;
}

uint32_t nlc_module_num_countries(void)
{
    return self.scenario.num_countries;
}

uint32_t nlc_module_num_classes(void)
{
    return self.scenario.num_classes;
}

uint32_t nlc_module_num_tallies(void)
{
    return self.scenario.model->num_tallies;
}

uint32_t nlc_module_num_views(void)
{
    return self.scenario.model->num_views;
}

uint32_t nlc_module_replicates(void)
{
    return self.scenario.replicates;
}

uint64_t nlc_module_seed(void)
{
    return self.scenario.seed;
}

/* The id of the lead of a country; ends with a zero byte. */
const char *nlc_module_country(uint32_t country)
{
    return self.scenario.agency_id[self.scenario.countries[country].first_agency];
}

/* Starts the replicates `first`, `first` + K, `first` + 2K, ... in the first `num` lanes, where K is the
 * number of network draws: those that share a draw. */
void nlc_module_reset(uint64_t seed, uint32_t first, uint32_t num)
{
    nlc_lane lanes[NLC_MAX_LANES];
    for (uint32_t l = 0; l < num; l++)
        lanes[l] = (nlc_lane){&self.point, first + l * self.scenario.num_draws};
    nlc_batch_reset(self.batch, first % self.scenario.num_draws, seed, lanes, num);
}

void nlc_module_step(void)
{
    nlc_batch_step(self.batch);
}

bool nlc_module_is_done(void)
{
    return nlc_batch_is_done(self.batch);
}

/* The address of the doubles of one class and lane; tally k is `lanes` * k doubles further. */
const double *nlc_module_tallies(uint32_t class, uint32_t lane)
{
    size_t stride;
    return nlc_batch_tallies(self.batch, class, lane, &stride);
}

uint32_t nlc_module_view(uint32_t view, uint32_t node, uint32_t lane)
{
    return nlc_batch_view(self.batch, &self.scenario.model->views[view], node, lane);
}

uint64_t nlc_module_hash(uint32_t country, uint32_t lane)
{
    return nlc_batch_hash(self.batch, country, lane);
}
