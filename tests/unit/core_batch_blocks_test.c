/* Batches of more places than a block holds, in floats and in doubles: tallies add up to the state in every
 * month, memory and saved states are as large as they say, and each draw is its own network. */
#include "batch.h"
#include "suite.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NODES = 3000, CLASSES = 5, FIRST = 1024, MONTHS = 5, GUARD = 256, LANES = 8 };

typedef struct {
    char *text;
    void *memory, *batch_memory;
    size_t batch_size;
    nlc_resolved scenario;
    nlc_point point;
    nlc_batch *batch;
} setting;

static const char *const models[] = {"nlc", "degroot", "cascade"};
static const char *const quantities[][2] = {{"awareness", "awareness_sum"}, {"opinion", "sum"}, {NULL, NULL}};

static const nlc_model *model_of(int k)
{
    for (const nlc_model *const *model = nlc_models(); *model; model++)
        if (strcmp((*model)->name, models[k]) == 0)
            return *model;
    return NULL;
}

/* The first country ends with a block; the places' start values differ. */
static char *put_nodes(char *at, const nlc_model *model)
{
    for (uint32_t i = 0; i < NODES; i++) {
        const char *country = i < FIRST ? "A" : "B";
        at += sprintf(at, "%s%04u\t%s\t%s\t%s\t\t\telected\t\t\t\t\tno\t1", country, (unsigned)i, country, country,
                      i % 7 ? "city" : "town");
        for (uint32_t k = 0; k < model->num_attributes; k++) {
            bool given = strcmp(model->attributes[k].name, "start_opinion") == 0 ||
                         strcmp(model->attributes[k].name, "start_awareness") == 0;
            at += given ? sprintf(at, "\t0.%03u", (unsigned)(nlc_mix(i) % 1000)) : sprintf(at, "\t");
        }
        at += sprintf(at, "\n");
    }
    return at;
}

/* On the second draw each place hears the one before, in another country too; towns of the first country
 * are of another wave in each draw. */
static char *put_draws(char *at)
{
    for (unsigned draw = 0; draw < 2; draw++) {
        at += sprintf(at, "[places draw=%u]\nwave\tschedule\n", draw);
        for (uint32_t i = 0; i < NODES; i++)
            at += sprintf(at, "%s\t%u\n", i % 7 || i >= FIRST ? "" : draw ? "late" : "early", i < FIRST ? 0 : 1);
        at += sprintf(at, "[channels draw=%u]\nto\tkind\tfrom\tweight\n", draw);
        for (uint32_t i = 1; draw == 1 && i < NODES; i++)
            at += sprintf(at, "%s%04u\tpeer\t%s%04u\t0.237\n", i < FIRST ? "A" : "B", (unsigned)i, i - 1 < FIRST ? "A" : "B",
                          (unsigned)i - 1);
    }
    return at;
}

static void write_text(setting *self, const nlc_model *model)
{
    char *at = self->text = malloc(1000000), value[NLC_NUMBER_LENGTH + 1];
    at += sprintf(
        at, "nlcsim-resolved\t1\n[scenario]\nmodel\t%s\t%u\nstart\t2023-07\nmonths\t%u\nadopting\tcity\nnames\tno\ndraws\t2\n",
        model->name, (unsigned)model->code_version, (unsigned)MONTHS);
    at += sprintf(at, "[parameters]\n");
    for (uint32_t k = 0; k < model->num_parameters; k++) {
        value[nlc_number_write(model->parameters[k].value, value)] = '\0';
        at += sprintf(at, "%s\t%s\n", model->parameters[k].name, value);
    }
    at += sprintf(at, "[agencies]\nid\tcountry\tsector\tweight\tschedule\tlat\tlon\nA\tA\tlead\t1\t0\t\t\nB\tB\tlead\t1\t1\t\t\n");
    at += sprintf(at,
                  "[nodes]\nid\tcountry\tparent\ttier\tgroup\tsize\thead\tstart_stage\tpopulation\tlat\tlon\tplaced\tline_weight");
    for (uint32_t k = 0; k < model->num_attributes; k++)
        at += sprintf(at, "\t%s", model->attributes[k].name);
    at = put_nodes(at + sprintf(at, "\n"), model);
    at = put_draws(at);
    at += sprintf(at, "[levers]\nschedule\tlever\tfrom\tto\tvalue\n");
    if (strcmp(model->name, "nlc") == 0)
        at += sprintf(at, "0\tbriefings\t1\t5\t6\n0\tslots\t1\t5\tunlimited\n1\tbriefings\t2\t3\t9\n1\tslots\t1\t5\tunlimited\n");
    at += sprintf(at, "[run]\ntitle\tx\nseed\t7\nreplicates\t9\n[names]\nid\tname\nA\tA\nB\tB\n");
    for (uint32_t i = 0; i < NODES; i++)
        at += sprintf(at, "%s%04u\tx\n", i < FIRST ? "A" : "B", (unsigned)i);
}

static void set_up(setting *self, int model)
{
    nlc_resolved_problem problem = {0, ""};
    write_text(self, model_of(model));
    const size_t length = strlen(self->text);
    self->memory = aligned_alloc(64, (nlc_resolved_size(self->text, length, nlc_models()) + 63) / 64 * 64);
    ck_assert_msg(nlc_resolved_read(self->text, length, nlc_models(), self->memory, &self->scenario, &problem) == NLC_OK,
                  "line %u: %s", problem.line, problem.message);
    const nlc_kernel *kernel = nlc_kernel_for(self->scenario.model, LANES);
    self->point = (nlc_point){self->scenario.parameters, self->scenario.levers};
    self->batch_size = nlc_batch_size(&self->scenario, kernel);
    self->batch_memory = aligned_alloc(64, (self->batch_size + GUARD + 63) / 64 * 64);
    memset(self->batch_memory, 0xA5, self->batch_size + GUARD);
    self->batch = nlc_batch_init(self->batch_memory, &self->scenario, kernel);
}

static void start(setting *self, uint32_t draw, uint32_t num_lanes)
{
    nlc_lane lanes[LANES];
    for (uint32_t l = 0; l < num_lanes; l++)
        lanes[l] = (nlc_lane){&self->point, 10 + l};
    nlc_batch_reset(self->batch, draw, 7, lanes, num_lanes);
}

static void tear_down(setting *self)
{
    free(self->text);
    free(self->memory);
    free(self->batch_memory);
}

static uint32_t field_named(const nlc_model *model, const char *name)
{
    uint32_t k = 0;
    while (strcmp(model->fields[k].name, name) != 0)
        k++;
    return k;
}

static double tally(const setting *self, const char *name, uint32_t class, uint32_t lane)
{
    size_t stride;
    const double *tallies = nlc_batch_tallies(self->batch, class, lane, &stride);
    return tallies[nlc_model_tally(self->scenario.model, name) * stride];
}

static void check_class(const setting *self, int model, uint32_t class, uint32_t lane)
{
    const nlc_resolved *s = &self->scenario;
    double sum = 0, places = 0;
    for (uint32_t i = 0; i < NODES; i++) {
        if (s->draws[1].class_of[i] != class)
            continue;
        places += 1;
        sum += quantities[model][0] ? nlc_batch_field(self->batch, i, field_named(s->model, quantities[model][0]), lane) : 0;
    }
    ck_assert_double_eq(tally(self, "places", class, lane), places);
    if (quantities[model][0])
        ck_assert_double_eq_tol(tally(self, quantities[model][1], class, lane), sum, s->model->is_double ? 1e-9 : 1e-2);
}

START_TEST(tallies_add_up_in_every_month)
{
    for (int model = 0; model < 3; model++) {
        setting self;
        set_up(&self, model);
        ck_assert_uint_eq(self.scenario.num_classes, CLASSES);
        start(&self, 1, LANES);
        for (uint32_t month = 1; month <= 3 && !nlc_batch_is_done(self.batch); month++) {
            nlc_batch_step(self.batch);
            ck_assert_uint_eq(nlc_batch_month(self.batch), month);
            for (uint32_t class = 0; class < CLASSES; class ++)
                for (uint32_t lane = 0; lane < LANES; lane += 3)
                    check_class(&self, model, class, lane);
        }
        tear_down(&self);
    }
}
END_TEST

static void check_guard(const void *memory, size_t size)
{
    const unsigned char *behind = (const unsigned char *)memory + size;
    for (size_t k = 0; k < GUARD; k++)
        ck_assert_msg(behind[k] == 0xA5, "byte %u behind the memory is written", (unsigned)k);
}

START_TEST(stays_within_its_memory)
{
    for (int model = 0; model < 3; model++) {
        setting self;
        set_up(&self, model);
        const nlc_resolved *s = &self.scenario;
        const size_t state_size = nlc_batch_state_size(s, nlc_kernel_for(s->model, LANES));
        unsigned char *state = aligned_alloc(64, (state_size + GUARD + 63) / 64 * 64);
        memset(state, 0xA5, state_size + GUARD);
        start(&self, 1, LANES);
        nlc_batch_step(self.batch);
        nlc_batch_save(self.batch, state);
        const uint64_t hash = nlc_batch_hash(self.batch, NLC_NONE, 5);
        const double places = tally(&self, "places", 2, 5);
        check_guard(state, state_size);
        while (!nlc_batch_is_done(self.batch))
            nlc_batch_step(self.batch);
        const uint64_t last = nlc_batch_hash(self.batch, NLC_NONE, 5);
        start(&self, 1, LANES);
        nlc_batch_restore(self.batch, state);
        ck_assert_uint_eq(nlc_batch_hash(self.batch, NLC_NONE, 5), hash);
        ck_assert_double_eq(tally(&self, "places", 2, 5), places);
        while (!nlc_batch_is_done(self.batch))
            nlc_batch_step(self.batch);
        ck_assert_uint_eq(nlc_batch_hash(self.batch, NLC_NONE, 5), last);
        check_guard(self.batch_memory, self.batch_size);
        /* The fields, the shared ones twice; beside them little. */
        const size_t vector = LANES * (size_t)(s->model->is_double ? 8 : 4), shared = self.batch->num_shared;
        ck_assert_uint_eq(self.batch->shared_stride, shared * vector);
        ck_assert_uint_eq(self.batch->private_stride, (s->model->num_fields - shared) * vector);
        ck_assert_uint_lt(self.batch_size, NODES * vector * (s->model->num_fields + shared) + 200000);
        ck_assert_uint_lt(state_size, self.batch_size);
        free(state);
        tear_down(&self);
    }
}
END_TEST

/* The hash as the header has it, from the fields of a model that holds nothing but doubles. */
START_TEST(hashes_every_field)
{
    setting self;
    set_up(&self, 1);
    const nlc_resolved *s = &self.scenario;
    start(&self, 1, LANES);
    nlc_batch_step(self.batch);
    for (uint32_t country = 0; country < 2; country++) {
        uint64_t sum = 0;
        for (uint32_t i = country ? FIRST : 0; i < (country ? NODES : FIRST); i++) {
            uint64_t hash = nlc_mix(s->key[i]), bits;
            for (uint32_t f = 0; f < s->model->num_fields; f++) {
                const double value = nlc_batch_field(self.batch, i, f, 3);
                memcpy(&bits, &value, sizeof bits);
                hash = nlc_mix(hash ^ bits);
            }
            sum += hash;
        }
        ck_assert_uint_eq(s->model->num_agency_fields, 0);
        sum += nlc_mix(~s->agency_key[country]);
        ck_assert_uint_eq(nlc_batch_hash(self.batch, country, 3), sum);
    }
    tear_down(&self);
}
END_TEST

START_TEST(each_draw_is_a_network)
{
    setting self;
    set_up(&self, 1);
    start(&self, 0, LANES);
    const double before = nlc_batch_field(self.batch, 1700, 0, 2);
    ck_assert(!nlc_batch_is_done(self.batch));
    nlc_batch_step(self.batch);
    ck_assert_double_eq(nlc_batch_field(self.batch, 1700, 0, 2), before);
    /* Nobody hears anybody: nothing can change any more. */
    ck_assert(nlc_batch_is_done(self.batch));
    ck_assert_uint_eq(nlc_batch_month(self.batch), 1);
    start(&self, 1, LANES);
    ck_assert(!nlc_batch_is_done(self.batch));
    nlc_batch_step(self.batch);
    ck_assert_double_ne(nlc_batch_field(self.batch, 1700, 0, 2), before);
    tear_down(&self);
}
END_TEST

START_TEST(unused_lanes_repeat_the_last)
{
    setting self;
    set_up(&self, 0);
    start(&self, 1, 3);
    nlc_batch_step(self.batch);
    for (uint32_t lane = 3; lane < LANES; lane++)
        ck_assert_uint_eq(nlc_batch_hash(self.batch, NLC_NONE, lane), nlc_batch_hash(self.batch, NLC_NONE, 2));
    ck_assert_uint_ne(nlc_batch_hash(self.batch, NLC_NONE, 1), nlc_batch_hash(self.batch, NLC_NONE, 2));
    tear_down(&self);
}
END_TEST

static uint32_t places_of(const nlc_resolved *s, uint32_t draw, uint32_t class)
{
    uint32_t num = 0;
    for (uint32_t i = 0; i < NODES; i++)
        num += s->draws[draw].class_of[i] == class;
    return num;
}

/* What the draw before left in the memory does not count for a class that has no place in this one. */
START_TEST(counts_nothing_where_a_draw_has_no_place)
{
    for (int model = 0; model < 3; model++) {
        setting self;
        uint32_t empty = 0;
        set_up(&self, model);
        for (uint32_t draw = 0; draw < 2; draw++) {
            start(&self, draw, LANES);
            nlc_batch_step(self.batch);
            for (uint32_t class = 0; class < CLASSES; class ++) {
                size_t stride, num = self.scenario.model->num_tallies;
                if (places_of(&self.scenario, draw, class) > 0)
                    continue;
                empty++;
                const double *tallies = nlc_batch_tallies(self.batch, class, 0, &stride);
                for (size_t k = 0; k < num * stride; k++)
                    ck_assert_double_eq(tallies[k], 0);
            }
        }
        ck_assert_uint_eq(empty, 2);
        tear_down(&self);
    }
}
END_TEST

/* Words as wide as the model's reals, for its draws. */
START_TEST(each_lane_holds_its_replicate)
{
    for (int model = 0; model < 2; model++) {
        setting self;
        set_up(&self, model);
        start(&self, 1, LANES);
        for (uint32_t lane = 0; lane < LANES; lane++) {
            uint64_t wide = ((const uint64_t *)self.batch->replicate)[model == 1 ? lane : 0];
            uint32_t narrow = ((const uint32_t *)self.batch->replicate)[lane];
            ck_assert_uint_eq(model == 1 ? wide : narrow, 10 + lane);
        }
        tear_down(&self);
    }
}
END_TEST

RUN_SUITE("blocks", counts_nothing_where_a_draw_has_no_place, each_lane_holds_its_replicate, tallies_add_up_in_every_month,
          stays_within_its_memory, hashes_every_field, each_draw_is_a_network, unused_lanes_repeat_the_last)
