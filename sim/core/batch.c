/* A batch: memory, the month, and what is counted. The rules of a month are the kernel's. */
#include "batch.h"

#include <assert.h>
#include <string.h>

static size_t aligned(size_t size)
{
    return (size + 63) / 64 * 64;
}

/* Hands out aligned pieces of one memory; with a NULL base it only counts. */
typedef struct {
    char *base;
    size_t used;
} arena;

static void *piece(arena *self, size_t size)
{
    void *result = self->base ? self->base + self->used : NULL;
    self->used += aligned(size);
    return result;
}

static uint32_t count_shared(const nlc_model *model)
{
    uint32_t num = 0;
    while (num < model->num_fields && model->fields[num].shared)
        num++;
    return num;
}

/* One place decides the layout: called with a NULL base to learn the size, and again to set it. */
static size_t lay_out(nlc_batch *self, char *memory, const nlc_resolved *scenario, const nlc_kernel *kernel)
{
    const nlc_model *model = scenario->model;
    size_t vector = (size_t)kernel->lanes * kernel->real_size;
    arena memory_of = {memory, aligned(sizeof(nlc_batch))};
    self->num_shared = count_shared(model);
    self->shared_stride = self->num_shared * vector;
    self->private_stride = (model->num_fields - self->num_shared) * vector;
    self->agency_stride = model->num_agency_fields * vector;
    self->class_stride = model->num_tallies * vector;
    self->replicate = piece(&memory_of, vector);
    self->parameters = piece(&memory_of, model->num_parameters * vector);
    self->levers = piece(&memory_of, (size_t)scenario->num_schedules * model->num_levers * vector);
    self->agencies = piece(&memory_of, scenario->num_agencies * self->agency_stride);
    self->block_tallies = piece(&memory_of, scenario->num_classes * self->class_stride);
    self->block_touched = piece(&memory_of, scenario->num_classes);
    self->counted = piece(&memory_of, scenario->num_classes);
    self->tallies = piece(&memory_of, (size_t)scenario->num_classes * model->num_tallies * kernel->lanes * sizeof(double));
    self->scratch = piece(&memory_of, kernel->scratch_size(scenario));
    self->shared_now = piece(&memory_of, scenario->num_nodes * self->shared_stride);
    self->shared_next = piece(&memory_of, scenario->num_nodes * self->shared_stride);
    self->private = piece(&memory_of, scenario->num_nodes * self->private_stride);
    return memory_of.used;
}

size_t nlc_batch_size(const nlc_resolved *scenario, const nlc_kernel *kernel)
{
    nlc_batch unused;
    return lay_out(&unused, NULL, scenario, kernel);
}

nlc_batch *nlc_batch_init(void *memory, const nlc_resolved *scenario, const nlc_kernel *kernel)
{
    nlc_batch *self = memory;
    memset(self, 0, sizeof *self);
    lay_out(self, memory, scenario, kernel);
    self->scenario = scenario;
    self->kernel = kernel;
    self->sums = nlc_sums_for_cpu();
    return self;
}

static void put_real(const nlc_batch *self, void *vectors, size_t index, uint32_t lane, double value)
{
    size_t at = index * self->kernel->lanes + lane;
    if (self->kernel->real_size == 8)
        ((double *)vectors)[at] = value;
    else
        ((float *)vectors)[at] = (float)value;
}

static double get_real(const nlc_batch *self, const void *vectors, size_t index, uint32_t lane)
{
    size_t at = index * self->kernel->lanes + lane;
    return self->kernel->real_size == 8 ? ((const double *)vectors)[at] : (double)((const float *)vectors)[at];
}

static uint64_t get_word(const nlc_batch *self, const void *vectors, size_t index, uint32_t lane)
{
    size_t at = index * self->kernel->lanes + lane;
    return self->kernel->real_size == 8 ? ((const uint64_t *)vectors)[at] : ((const uint32_t *)vectors)[at];
}

static void fill_levers(nlc_batch *self)
{
    const nlc_resolved *scenario = self->scenario;
    size_t num = (size_t)scenario->num_schedules * scenario->model->num_levers;
    size_t segment = scenario->segment_of_month[self->month];
    for (uint32_t l = 0; l < self->kernel->lanes; l++) {
        const float *levers = self->lane[l].point->levers + segment * num;
        for (size_t k = 0; k < num; k++)
            put_real(self, self->levers, k, l, levers[k]);
    }
}

void nlc_batch_reset(nlc_batch *self, uint32_t draw, uint64_t seed, const nlc_lane *lanes, uint32_t num_lanes)
{
    const nlc_resolved *scenario = self->scenario;
    assert(num_lanes >= 1 && num_lanes <= self->kernel->lanes && draw < scenario->num_draws);
    self->draw = &scenario->draws[draw];
    self->draw_index = draw;
    self->seed = seed;
    self->num_lanes = num_lanes;
    self->month = 0;
    self->finished = false;
    self->is_continued = false;
    for (uint32_t l = 0; l < self->kernel->lanes; l++) {
        self->lane[l] = lanes[l < num_lanes ? l : num_lanes - 1];
        if (self->kernel->real_size == 8)
            ((uint64_t *)self->replicate)[l] = self->lane[l].replicate;
        else
            ((uint32_t *)self->replicate)[l] = self->lane[l].replicate;
        for (uint32_t k = 0; k < scenario->model->num_parameters; k++)
            put_real(self, self->parameters, k, l, self->lane[l].point->parameters[k]);
    }
    memset(self->block_tallies, 0, scenario->num_classes * self->class_stride);
    memset(self->block_touched, 0, scenario->num_classes);
    self->kernel->reset(self);
}

/* Moves a block's tallies into the doubles and empties them. A class's first block of the month
 * replaces what the month before left. */
static void fold_doubles(double *restrict into, double *restrict block, size_t num, bool first)
{
    for (size_t i = 0; i < num; i++) {
        into[i] = first ? block[i] : into[i] + block[i];
        block[i] = 0;
    }
}

static void fold_tallies(nlc_batch *self)
{
    size_t num = (size_t)self->scenario->model->num_tallies * self->kernel->lanes;
    for (uint32_t k = 0; k < self->scenario->num_classes; k++) {
        if (!self->block_touched[k])
            continue;
        void *block = self->block_tallies + k * self->class_stride;
        if (self->kernel->real_size == 8)
            fold_doubles(self->tallies + k * num, block, num, !self->counted[k]);
        else
            self->sums->fold(self->tallies + k * num, block, num, !self->counted[k]);
        self->block_touched[k] = 0;
        self->counted[k] = 1;
    }
}

/* A class may have no place in a network draw. */
static void clear_uncounted(nlc_batch *self)
{
    size_t num = (size_t)self->scenario->model->num_tallies * self->kernel->lanes;
    for (uint32_t k = 0; k < self->scenario->num_classes; k++) {
        if (!self->counted[k])
            memset(self->tallies + k * num, 0, num * sizeof *self->tallies);
        self->counted[k] = 1;
    }
}

void nlc_batch_step(nlc_batch *self)
{
    const nlc_resolved *scenario = self->scenario;
    assert(!nlc_batch_is_done(self));
    self->month++;
    bool changed = self->month == 1 || self->is_continued ||
                   scenario->segment_of_month[self->month] != scenario->segment_of_month[self->month - 1];
    self->is_continued = false;
    if (changed)
        fill_levers(self);
    memset(self->counted, 0, scenario->num_classes);
    self->kernel->begin_month(self, changed);
    for (uint32_t c = 0; c < scenario->num_countries; c++) {
        uint32_t end = scenario->countries[c].first_node + scenario->countries[c].num_nodes;
        for (uint32_t begin = scenario->countries[c].first_node; begin < end; begin += NLC_BLOCK_NODES) {
            self->kernel->step_nodes(self, begin, end - begin < NLC_BLOCK_NODES ? end : begin + NLC_BLOCK_NODES);
            fold_tallies(self);
        }
    }
    clear_uncounted(self);
    self->kernel->end_month(self);
    fold_tallies(self);
    char *next = self->shared_next;
    self->shared_next = self->shared_now;
    self->shared_now = next;
}

/* What stands at the head of a saved state; shared and private fields and agencies follow. Whether the
 * run had finished is not kept: one month more changes nothing, and its tallies are wanted. */
typedef struct {
    uint32_t month;
} saved;

static size_t shared_size(const nlc_batch *self)
{
    return self->scenario->num_nodes * self->shared_stride;
}

static size_t private_size(const nlc_batch *self)
{
    return self->scenario->num_nodes * self->private_stride;
}

static size_t agencies_size(const nlc_batch *self)
{
    return self->scenario->num_agencies * self->agency_stride;
}

size_t nlc_batch_state_size(const nlc_resolved *scenario, const nlc_kernel *kernel)
{
    nlc_batch unused = {.scenario = scenario};
    lay_out(&unused, NULL, scenario, kernel);
    return aligned(aligned(sizeof(saved)) + shared_size(&unused) + private_size(&unused) + agencies_size(&unused));
}

void nlc_batch_save(const nlc_batch *self, void *state)
{
    const saved head = {self->month};
    char *at = (char *)state + aligned(sizeof head);
    memcpy(state, &head, sizeof head);
    memcpy(at, self->shared_now, shared_size(self));
    memcpy(at + shared_size(self), self->private, private_size(self));
    memcpy(at + shared_size(self) + private_size(self), self->agencies, agencies_size(self));
}

void nlc_batch_restore(nlc_batch *self, const void *state)
{
    saved head;
    const char *at = (const char *)state + aligned(sizeof head);
    memcpy(&head, state, sizeof head);
    self->month = head.month;
    self->is_continued = true;
    memcpy(self->shared_now, at, shared_size(self));
    memcpy(self->private, at + shared_size(self), private_size(self));
    memcpy(self->agencies, at + shared_size(self) + private_size(self), agencies_size(self));
}

bool nlc_batch_is_done(const nlc_batch *self)
{
    return self->finished || self->month >= self->scenario->num_months;
}

uint32_t nlc_batch_month(const nlc_batch *self)
{
    return self->month;
}

const double *nlc_batch_tallies(const nlc_batch *self, uint32_t class, uint32_t lane, size_t *stride)
{
    *stride = self->kernel->lanes;
    return self->tallies + (size_t) class * self->scenario->model->num_tallies * self->kernel->lanes + lane;
}

/* Where a field of a node stands, as an index into vectors that starts at the result. */
static const void *field_vectors(const nlc_batch *self, uint32_t node, uint32_t field, uint32_t *index)
{
    uint32_t shared = self->num_shared;
    *index = field < shared ? field : field - shared;
    return field < shared ? self->shared_now + node * self->shared_stride : self->private + node * self->private_stride;
}

double nlc_batch_field(const nlc_batch *self, uint32_t node, uint32_t field, uint32_t lane)
{
    uint32_t index;
    const void *vectors = field_vectors(self, node, field, &index);
    return get_real(self, vectors, index, lane);
}

uint32_t nlc_batch_view(const nlc_batch *self, const nlc_view *view, uint32_t node, uint32_t lane)
{
    uint32_t index;
    const void *vectors = field_vectors(self, node, view->field, &index);
    return (uint32_t)(get_word(self, vectors, index, lane) >> view->shift) & view->mask;
}

double nlc_batch_agency_field(const nlc_batch *self, uint32_t agency, uint32_t field, uint32_t lane)
{
    return get_real(self, self->agencies + agency * self->agency_stride, field, lane);
}

uint64_t nlc_batch_hash(const nlc_batch *self, uint32_t country, uint32_t lane)
{
    const nlc_resolved *scenario = self->scenario;
    uint64_t sum = 0;
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        if (country < scenario->num_countries && scenario->country[i] != country)
            continue;
        uint64_t hash = nlc_mix(scenario->key[i]);
        for (uint32_t f = 0; f < scenario->model->num_fields; f++) {
            uint32_t index;
            const void *vectors = field_vectors(self, i, f, &index);
            hash = nlc_mix(hash ^ get_word(self, vectors, index, lane));
        }
        sum += hash;
    }
    for (uint32_t a = 0; a < scenario->num_agencies; a++) {
        if (country < scenario->num_countries && scenario->agency_country[a] != country)
            continue;
        uint64_t hash = nlc_mix(~scenario->agency_key[a]);
        for (uint32_t f = 0; f < scenario->model->num_agency_fields; f++)
            hash = nlc_mix(hash ^ get_word(self, self->agencies + a * self->agency_stride, f, lane));
        sum += hash;
    }
    return sum;
}
