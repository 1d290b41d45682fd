/* Runs an ensemble: batches on threads, each result in a place of its own. */
#include "ensemble.h"
#include "ensemble_parts.h"
#include "sums.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* ---- Work shared by the threads --------------------------------------------------------------------- */

typedef struct {
    nlc_ensemble *ensemble;
    const nlc_ensemble_options *options;
    const nlc_kernel *kernel;
    const nlc_sums *arithmetic;
    nlc_point point;
    uint32_t *first_class; /* [num_parts + 1], of each part's classes in the list below */
    uint32_t *class_of_part;
    uint32_t *first_row_of_kind; /* [4] */
    uint32_t *row_of_wave, *row_of_node;
    atomic_uint next_batch, done;
    atomic_bool stop;
    atomic_int error;
} work;

/* One thread's own memory. */
typedef struct {
    work *shared;
    bool leads; /* reports progress */
    void *memory;
    nlc_batch *batch;
    double *sums;        /* [num_tallies][lanes] */
    uint32_t *histogram; /* [num_rows][num_months + 1], counts of months, 0: never */
    uint32_t *members;   /* [num_rows] */
    bool *adopting;      /* [num_rows]: only places of adopting tiers count */
} worker;

/* The b-th batch: replicates of one draw, as many as there are lanes, NLC_NONE where there are no
 * more. Draw d has the replicates d, d + K, d + 2K, ... */
static uint32_t lanes_of_batch(const work *self, uint32_t b, uint32_t *draw, uint32_t *replicates)
{
    uint32_t num_draws = self->ensemble->scenario->num_draws, lanes = nlc_kernel_lanes(self->kernel);
    uint32_t total = self->ensemble->num_replicates;
    for (uint32_t l = 0; l < lanes; l++)
        replicates[l] = NLC_NONE;
    for (*draw = 0; *draw < num_draws; (*draw)++) {
        uint32_t runs = total > *draw ? (total - *draw - 1) / num_draws + 1 : 0, batches = (runs + lanes - 1) / lanes;
        if (b >= batches) {
            b -= batches;
            continue;
        }
        uint32_t num = runs - b * lanes < lanes ? runs - b * lanes : lanes;
        for (uint32_t l = 0; l < num; l++)
            replicates[l] = *draw + (b * lanes + l) * num_draws;
        return num;
    }
    return 0;
}

static uint32_t count_batches(const work *self)
{
    uint32_t num_draws = self->ensemble->scenario->num_draws, lanes = nlc_kernel_lanes(self->kernel), num = 0;
    for (uint32_t d = 0; d < num_draws; d++) {
        uint32_t runs = self->ensemble->num_replicates > d ? (self->ensemble->num_replicates - d - 1) / num_draws + 1 : 0;
        num += (runs + lanes - 1) / lanes;
    }
    return num;
}

/* ---- What is kept of a month ------------------------------------------------------------------------- */

/* Sums over the classes of a part, all lanes at once. Most parts of a small scenario are one class. */
static const double *sum_part(worker *self, uint32_t part, size_t num)
{
    const work *shared = self->shared;
    const uint32_t *classes = shared->class_of_part + shared->first_class[part];
    uint32_t num_classes = shared->first_class[part + 1] - shared->first_class[part];
    size_t stride;
    const double *first = nlc_batch_tallies(self->batch, classes[0], 0, &stride);
    for (uint32_t k = 1; k < num_classes; k++) {
        const double *tallies = nlc_batch_tallies(self->batch, classes[k], 0, &stride);
        if (k == 1)
            shared->arithmetic->add_two(self->sums, first, tallies, num);
        else
            shared->arithmetic->add(self->sums, tallies, num);
    }
    return num_classes == 1 ? first : self->sums;
}

static void keep_month(worker *self, uint32_t month, uint32_t b)
{
    const work *shared = self->shared;
    const nlc_ensemble *ensemble = shared->ensemble;
    const nlc_resolved *scenario = ensemble->scenario;
    size_t of_part = (size_t)scenario->model->num_tallies * ensemble->lanes;
    size_t at = ((size_t)b * scenario->num_months + month - 1) * ensemble->num_parts * of_part;
    for (uint32_t p = 0; p < ensemble->num_parts; p++, at += of_part) {
        const double *sums = sum_part(self, p, of_part);
        if (scenario->model->is_double)
            memcpy((double *)ensemble->tallies + at, sums, of_part * sizeof *sums);
        else
            shared->arithmetic->narrow((float *)ensemble->tallies + at, sums, of_part);
    }
}

static void keep_hash(worker *self, uint32_t lane, uint32_t replicate)
{
    nlc_ensemble *ensemble = self->shared->ensemble;
    uint32_t num_countries = ensemble->scenario->num_countries;
    uint64_t sum = 0;
    for (uint32_t c = 0; c <= num_countries; c++) {
        uint64_t hash = c < num_countries ? nlc_batch_hash(self->batch, c, lane) : sum;
        uint64_t *at = &ensemble->hash[(size_t)c * ensemble->num_replicates + replicate];
        *at = nlc_mix(*at ^ hash);
        sum += hash;
    }
}

/* ---- Roadmap ------------------------------------------------------------------------------------------ */

static void count_reach(worker *self, uint32_t row, bool adopts, uint32_t month)
{
    if (self->adopting[row] && !adopts)
        return;
    self->histogram[(size_t)row * (self->shared->ensemble->scenario->num_months + 1) + month]++;
    self->members[row]++;
}

/* A place counts in the rows of its wave, country and tier, and of itself and all above it. */
static void visit_rows(worker *self, const nlc_draw *draw, uint32_t node, uint32_t month, bool counting_adopters)
{
    const work *shared = self->shared;
    const nlc_resolved *scenario = shared->ensemble->scenario;
    bool adopts = scenario->tier_adopts[scenario->tier[node]];
    uint32_t rows[3] = {shared->row_of_wave[draw->wave[node]],
                        shared->first_row_of_kind[NLC_ROADMAP_COUNTRY] + scenario->country[node],
                        shared->first_row_of_kind[NLC_ROADMAP_TIER] + scenario->tier[node]};
    for (uint32_t k = 0; k < 3; k++) {
        if (rows[k] == NLC_NONE)
            continue;
        if (counting_adopters)
            self->adopting[rows[k]] |= adopts;
        else
            count_reach(self, rows[k], adopts, month);
    }
    for (uint32_t up = node; up != NLC_NO_PARENT; up = scenario->parent[up]) {
        uint32_t row = shared->row_of_node[up];
        if (row == NLC_NONE)
            continue;
        if (counting_adopters)
            self->adopting[row] |= adopts;
        else
            count_reach(self, row, adopts, month);
    }
}

static uint16_t month_of_half(const uint32_t *histogram, uint32_t num_months, uint32_t members)
{
    uint32_t seen = 0;
    for (uint32_t t = 1; t <= num_months && members > 0; t++) {
        seen += histogram[t];
        if (2 * seen >= members)
            return (uint16_t)t;
    }
    return 0;
}

static void keep_roadmap(worker *self, const nlc_draw *draw, uint32_t lane, uint32_t replicate)
{
    nlc_ensemble *ensemble = self->shared->ensemble;
    const nlc_resolved *scenario = ensemble->scenario;
    const nlc_model *model = scenario->model;
    size_t months = (size_t)scenario->num_months + 1;
    memset(self->adopting, 0, ensemble->num_rows * sizeof *self->adopting);
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        visit_rows(self, draw, i, 0, true);
    for (uint32_t m = 0; m < model->num_milestones; m++) {
        memset(self->histogram, 0, ensemble->num_rows * months * sizeof *self->histogram);
        memset(self->members, 0, ensemble->num_rows * sizeof *self->members);
        for (uint32_t i = 0; i < scenario->num_nodes; i++)
            visit_rows(self, draw, i, nlc_batch_view(self->batch, &model->milestones[m], i, lane), false);
        for (uint32_t row = 0; row < ensemble->num_rows; row++)
            ensemble->reached[((size_t)row * model->num_milestones + m) * ensemble->num_replicates + replicate] =
                month_of_half(self->histogram + row * months, scenario->num_months, self->members[row]);
    }
}

static size_t size_of_tally(const nlc_resolved *scenario)
{
    return scenario->model->is_double ? sizeof(double) : sizeof(float);
}

/* ---- Threads ------------------------------------------------------------------------------------------ */

static void tell_progress(worker *self)
{
    work *shared = self->shared;
    const nlc_ensemble_options *options = shared->options;
    if (self->leads && options->progress &&
        !options->progress(options->context, atomic_load(&shared->done), shared->ensemble->num_replicates))
        atomic_store(&shared->stop, true);
}

static const nlc_point *point_of(const work *self, uint32_t replicate)
{
    const nlc_ensemble *ensemble = self->ensemble;
    return ensemble->points != NULL ? &ensemble->points[replicate % ensemble->num_points] : &self->point;
}

/* The months that need not be stepped, since they stand in the past. */
static uint32_t take_past(worker *self, uint32_t b)
{
    const nlc_ensemble *ensemble = self->shared->ensemble, *past = self->shared->options->past;
    if (!past)
        return 0;
    size_t of_month =
        (size_t)ensemble->num_parts * ensemble->scenario->model->num_tallies * ensemble->lanes * size_of_tally(ensemble->scenario);
    size_t months = self->shared->options->shared_months, first = (size_t)b * ensemble->scenario->num_months * of_month;
    memcpy((char *)ensemble->tallies + first, (const char *)past->tallies + first, months * of_month);
    nlc_batch_restore(self->batch, past->states + b * past->state_size);
    return self->shared->options->shared_months;
}

static void run_batch(worker *self, uint32_t b)
{
    work *shared = self->shared;
    const nlc_resolved *scenario = shared->ensemble->scenario;
    uint32_t *replicates = shared->ensemble->runs + (size_t)b * shared->ensemble->lanes;
    uint32_t draw, num = lanes_of_batch(shared, b, &draw, replicates);
    nlc_lane lanes[16];
    for (uint32_t l = 0; l < num; l++)
        lanes[l] = (nlc_lane){point_of(shared, replicates[l]), shared->options->first + replicates[l]};
    nlc_batch_reset(self->batch, draw, shared->options->seed, lanes, num);
    for (uint32_t l = 0; shared->options->hash && l < num; l++)
        keep_hash(self, l, replicates[l]);
    for (uint32_t month = take_past(self, b) + 1; month <= scenario->num_months; month++) {
        if (atomic_load(&shared->stop))
            return;
        if (!nlc_batch_is_done(self->batch))
            nlc_batch_step(self->batch);
        keep_month(self, month, b);
        if (shared->ensemble->states && month == shared->options->shared_months)
            nlc_batch_save(self->batch, shared->ensemble->states + b * shared->ensemble->state_size);
        for (uint32_t l = 0; shared->options->hash && l < num; l++)
            keep_hash(self, l, replicates[l]);
        tell_progress(self);
    }
    for (uint32_t l = 0; l < num; l++)
        keep_roadmap(self, &scenario->draws[draw], l, replicates[l]);
    atomic_fetch_add(&shared->done, num);
}

static bool prepare_worker(worker *self)
{
    const nlc_ensemble *ensemble = self->shared->ensemble;
    const nlc_resolved *scenario = ensemble->scenario;
    size_t size = nlc_batch_size(scenario, self->shared->kernel);
    self->memory = aligned_alloc(64, (size + 63) / 64 * 64);
    self->sums = malloc(scenario->model->num_tallies * (size_t)ensemble->lanes * sizeof *self->sums);
    self->histogram = malloc(ensemble->num_rows * ((size_t)scenario->num_months + 1) * sizeof *self->histogram);
    self->members = malloc(ensemble->num_rows * sizeof *self->members);
    self->adopting = malloc(ensemble->num_rows * sizeof *self->adopting);
    if (!self->memory || !self->sums || !self->histogram || !self->members || !self->adopting)
        return false;
    self->batch = nlc_batch_init(self->memory, scenario, self->shared->kernel);
    return true;
}

static void *work_through(void *argument)
{
    worker *self = argument;
    work *shared = self->shared;
    if (!prepare_worker(self)) {
        atomic_store(&shared->error, NLC_ERROR_MEMORY);
        atomic_store(&shared->stop, true);
    }
    while (!atomic_load(&shared->stop)) {
        uint32_t b = atomic_fetch_add(&shared->next_batch, 1);
        if (b >= shared->ensemble->num_batches)
            break;
        run_batch(self, b);
    }
    free(self->memory);
    free(self->sums);
    free(self->histogram);
    free(self->members);
    free(self->adopting);
    return NULL;
}

/* The thread that asked works too, and the others are only started where they can help. */
static nlc_error run_threads(work *shared)
{
    uint32_t most = shared->options->threads ? shared->options->threads : 1;
    uint32_t batches = shared->ensemble->num_batches, num = most < batches ? most : batches, started = 0;
    worker *workers = calloc(num, sizeof *workers);
    pthread_t *threads = calloc(num, sizeof *threads);
    if (!workers || !threads) {
        free(workers);
        free(threads);
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t k = 0; k < num; k++)
        workers[k].shared = shared;
    workers[0].leads = true;
    while (started + 1 < num && pthread_create(&threads[started], NULL, work_through, &workers[started + 1]) == 0)
        started++;
    work_through(&workers[0]);
    for (uint32_t k = 0; k < started; k++)
        pthread_join(threads[k], NULL);
    free(workers);
    free(threads);
    if (atomic_load(&shared->error) != NLC_OK)
        return (nlc_error)atomic_load(&shared->error);
    return atomic_load(&shared->stop) ? NLC_ERROR_INTERRUPTED : NLC_OK;
}

/* ---- The whole ------------------------------------------------------------------------------------------- */

/* The classes of each part, from those of its first split. */
static nlc_error index_parts(work *shared)
{
    const nlc_ensemble *ensemble = shared->ensemble;
    const nlc_resolved *scenario = ensemble->scenario;
    uint32_t num = 0, part = 0;
    shared->first_class = malloc((ensemble->num_parts + (size_t)1) * sizeof *shared->first_class);
    shared->class_of_part = malloc((size_t)ensemble->num_parts * scenario->num_classes * sizeof *shared->class_of_part);
    if (!shared->first_class || !shared->class_of_part)
        return NLC_ERROR_MEMORY;
    for (uint32_t s = 0; s < ensemble->num_splits; s++) {
        if (ensemble->part[s] < part)
            continue;
        shared->first_class[part++] = num;
        for (uint32_t k = 0; k < scenario->num_classes; k++)
            if (nlc_split_has(&ensemble->splits[s], &scenario->classes[k]))
                shared->class_of_part[num++] = k;
    }
    shared->first_class[part] = num;
    return NLC_OK;
}

static nlc_error index_rows(work *shared)
{
    const nlc_ensemble *ensemble = shared->ensemble;
    const nlc_resolved *scenario = ensemble->scenario;
    shared->first_row_of_kind = calloc(4, sizeof *shared->first_row_of_kind);
    shared->row_of_wave = malloc(scenario->waves.num * sizeof *shared->row_of_wave);
    shared->row_of_node = malloc(scenario->num_nodes * sizeof *shared->row_of_node);
    if (!shared->first_row_of_kind || !shared->row_of_wave || !shared->row_of_node)
        return NLC_ERROR_MEMORY;
    memset(shared->row_of_wave, 0xFF, scenario->waves.num * sizeof *shared->row_of_wave);
    memset(shared->row_of_node, 0xFF, scenario->num_nodes * sizeof *shared->row_of_node);
    for (uint32_t row = ensemble->num_rows; row > 0; row--) {
        const nlc_roadmap_row *of = &ensemble->rows[row - 1];
        shared->first_row_of_kind[of->kind] = row - 1;
        if (of->kind == NLC_ROADMAP_WAVE)
            shared->row_of_wave[of->index] = row - 1;
        if (of->kind == NLC_ROADMAP_NODE)
            shared->row_of_node[of->index] = row - 1;
    }
    return NLC_OK;
}

static nlc_error make_room(nlc_ensemble *self, const nlc_ensemble_options *options)
{
    const nlc_resolved *scenario = self->scenario;
    size_t replicates = self->num_replicates, slots = (size_t)self->num_batches * self->lanes;
    self->tallies = malloc(slots * scenario->num_months * self->num_parts * scenario->model->num_tallies * size_of_tally(scenario));
    self->runs = malloc(slots * sizeof *self->runs);
    self->reached = calloc(self->num_rows * (size_t)scenario->model->num_milestones * replicates, sizeof *self->reached);
    const bool saves = options->shared_months > 0 && !options->past;
    if (saves) {
        self->state_size = nlc_batch_state_size(scenario, nlc_kernel_for(scenario->model, self->lanes));
        self->states = aligned_alloc(64, self->num_batches * self->state_size);
    }
    if (options->hash)
        self->hash = calloc((scenario->num_countries + (size_t)1) * replicates, sizeof *self->hash);
    return self->tallies && self->runs && self->reached && (self->hash || !options->hash) && (self->states || !saves)
               ? NLC_OK
               : NLC_ERROR_MEMORY;
}

nlc_error nlc_ensemble_run(nlc_ensemble *self, const nlc_resolved *scenario, const nlc_ensemble_options *options)
{
    memset(self, 0, sizeof *self);
    self->scenario = scenario;
    self->num_replicates = options->replicates;
    self->points = options->points;
    self->num_points = options->num_points;
    work shared = {.ensemble = self, .options = options, .kernel = nlc_kernel_for(scenario->model, options->lanes)};
    shared.arithmetic = nlc_sums_for_cpu();
    shared.point = (nlc_point){scenario->parameters, scenario->levers};
    self->num_batches = count_batches(&shared);
    self->lanes = nlc_kernel_lanes(shared.kernel);
    nlc_error error = nlc_ensemble_list_splits(self);
    if (error == NLC_OK)
        error = nlc_ensemble_list_parts(self);
    if (error == NLC_OK)
        error = nlc_ensemble_list_rows(self, options->places);
    if (error == NLC_OK)
        error = make_room(self, options);
    if (error != NLC_OK)
        return error;
    error = index_parts(&shared);
    if (error == NLC_OK)
        error = index_rows(&shared);
    if (error == NLC_OK)
        error = run_threads(&shared);
    free(shared.first_class);
    free(shared.class_of_part);
    free(shared.first_row_of_kind);
    free(shared.row_of_wave);
    free(shared.row_of_node);
    return error;
}

void nlc_ensemble_free(nlc_ensemble *self)
{
    free(self->splits);
    free(self->part);
    free(self->tallies);
    free(self->runs);
    free(self->rows);
    free(self->reached);
    free(self->hash);
    free(self->states);
    memset(self, 0, sizeof *self);
}

nlc_error nlc_ensemble_memory(const nlc_resolved *scenario, const nlc_ensemble_options *options, size_t *bytes)
{
    nlc_ensemble self = {.scenario = scenario};
    nlc_error error = nlc_ensemble_list_splits(&self);
    if (error == NLC_OK)
        error = nlc_ensemble_list_parts(&self);
    if (error == NLC_OK)
        error = nlc_ensemble_list_rows(&self, options->places);
    *bytes = (size_t)options->replicates *
             ((size_t)scenario->num_months * self.num_parts * scenario->model->num_tallies * size_of_tally(scenario) +
              (size_t)self.num_rows * scenario->model->num_milestones * sizeof(uint16_t));
    nlc_ensemble_free(&self);
    return error;
}
