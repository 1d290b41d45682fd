/* The reference models: known values after one month, the same bits at every width, and what ends a run. */
#include "suite.h"

#include "nlcsim.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Four places in a tier that adopts: `a` above `b` and `c`, `d` alone; who hears whom is the test's. */
typedef struct {
    char *text;
    void *memory, *batch_memory;
    nlc_resolved scenario;
    nlc_point point;
    nlc_batch *batch;
} setting;

typedef struct {
    const char *model, *parameters[6]; /* "name\tvalue" */
    const char *stages[4], *cells[4];  /* cells: what nodes.csv gives, each with a tab before it */
    const char *channels;
} world;

static const nlc_model *model_named(const char *name)
{
    for (const nlc_model *const *model = nlc_models(); *model; model++)
        if (strcmp((*model)->name, name) == 0)
            return *model;
    ck_abort_msg("no model '%s'", name);
    return NULL;
}

static char *put_parameters(char *at, const nlc_model *model, const world *given)
{
    for (uint32_t k = 0; k < model->num_parameters; k++) {
        const char *name = model->parameters[k].name, *line = NULL;
        for (size_t p = 0; p < 6 && given->parameters[p]; p++)
            if (strncmp(given->parameters[p], name, strlen(name)) == 0 && given->parameters[p][strlen(name)] == '\t')
                line = given->parameters[p];
        char value[NLC_NUMBER_LENGTH + 1];
        value[nlc_number_write(model->parameters[k].value, value)] = '\0';
        at += line ? sprintf(at, "%s\n", line) : sprintf(at, "%s\t%s\n", name, value);
    }
    return at;
}

static void write_text(setting *self, const nlc_model *model, const world *given)
{
    static const char *const parents[4] = {"L", "a", "a", "L"};
    char *at = self->text = malloc(20000);
    at += sprintf(
        at, "nlcsim-resolved\t1\n[scenario]\nmodel\t%s\t%u\nstart\t2023-07\nmonths\t24\nadopting\tplace\nnames\tno\ndraws\t1\n",
        model->name, model->code_version);
    at += sprintf(at, "[parameters]\n");
    at = put_parameters(at, model, given);
    at += sprintf(at,
                  "[agencies]\nid\tcountry\tsector\tweight\tschedule\tlat\tlon\nL\tL\tlead\t1\t0\t\t\n"
                  "[nodes]\nid\tcountry\tparent\ttier\tgroup\tsize\thead\tstart_stage\tpopulation\tlat\tlon\tplaced\tline_weight");
    for (uint32_t k = 0; k < model->num_attributes; k++)
        at += sprintf(at, "\t%s", model->attributes[k].name);
    for (uint32_t i = 0; i < 4; i++) {
        at += sprintf(at, "\n%c\tL\t%s\tplace\t\t\telected\t%s\t\t\t\tno\t1%s", 'a' + (char)i, parents[i],
                      given->stages[i] ? given->stages[i] : "", given->cells[i] ? given->cells[i] : "");
        for (uint32_t k = 0; !given->cells[i] && k < model->num_attributes; k++)
            at += sprintf(at, "\t");
    }
    sprintf(at,
            "\n[places draw=0]\nwave\tschedule\n\t0\n\t0\n\t0\n\t0\n[channels draw=0]\nto\tkind\tfrom\tweight\n%s[levers]\n"
            "schedule\tlever\tfrom\tto\tvalue\n[run]\ntitle\tx\nseed\t7\nreplicates\t9\n[names]"
            "\nid\tname\nL\tL\na\ta\nb\tb\nc\tc\nd\td\n",
            given->channels ? given->channels : "");
}

static void set_up(setting *self, const world *given, uint32_t lanes)
{
    nlc_resolved_problem problem = {0, ""};
    const nlc_model *model = model_named(given->model);
    write_text(self, model, given);
    const size_t length = strlen(self->text);
    self->memory = aligned_alloc(64, (nlc_resolved_size(self->text, length, nlc_models()) + 64) / 64 * 64);
    ck_assert_msg(nlc_resolved_read(self->text, length, nlc_models(), self->memory, &self->scenario, &problem) == NLC_OK,
                  "line %u: %s", problem.line, problem.message);
    const nlc_kernel *kernel = nlc_kernel_for(model, lanes);
    ck_assert_ptr_nonnull(kernel);
    self->point = (nlc_point){self->scenario.parameters, self->scenario.levers};
    self->batch_memory = aligned_alloc(64, (nlc_batch_size(&self->scenario, kernel) + 64) / 64 * 64);
    self->batch = nlc_batch_init(self->batch_memory, &self->scenario, kernel);
    nlc_lane lane[16];
    for (uint32_t l = 0; l < lanes; l++)
        lane[l] = (nlc_lane){&self->point, l};
    nlc_batch_reset(self->batch, 0, 7, lane, lanes);
}

static void tear_down(setting *self)
{
    free(self->text);
    free(self->memory);
    free(self->batch_memory);
}

/* Lanes of 16 in which a place has adopted. */
static uint32_t adopted(const setting *self, uint32_t node)
{
    const nlc_model *model = self->scenario.model;
    uint32_t num = 0;
    for (uint32_t l = 0; l < 16; l++)
        num += nlc_batch_view(self->batch, &model->views[nlc_model_view(model, "has")], node, l);
    return num;
}

static double tally(const setting *self, const char *name, uint32_t lane)
{
    size_t stride;
    const double *tallies = nlc_batch_tallies(self->batch, 0, lane, &stride);
    return tallies[nlc_model_tally(self->scenario.model, name) * stride];
}

/* A chain of certain channels: each adopts a month after the one it hears; then the run ends. */
START_TEST(cascade_runs_down_a_chain)
{
    setting self;
    const world given = {.model = "cascade",
                         .parameters = {"transmission\t1"},
                         .stages = {"functioning"},
                         .channels = "b\tpeer\ta\t1\nc\tpeer\tb\t1\nc\tpeer\td\t1\n"};
    set_up(&self, &given, 16);
    ck_assert_uint_eq(adopted(&self, 0), 16);
    nlc_batch_step(self.batch);
    ck_assert_uint_eq(adopted(&self, 1), 16);
    ck_assert_uint_eq(adopted(&self, 2), 0);
    ck_assert_double_eq(tally(&self, "new_adoptions", 3), 1);
    nlc_batch_step(self.batch);
    ck_assert_uint_eq(adopted(&self, 2), 16);
    ck_assert_uint_eq(adopted(&self, 3), 0);
    ck_assert(!nlc_batch_is_done(self.batch));
    nlc_batch_step(self.batch);
    ck_assert_double_eq(tally(&self, "new_adoptions", 3), 0);
    ck_assert_double_eq(tally(&self, "adopted", 15), 3);
    ck_assert_double_eq(tally(&self, "adopting_places", 15), 4);
    ck_assert(nlc_batch_is_done(self.batch));
    tear_down(&self);
}
END_TEST

/* A channel is tried once: what did not happen in the first month never will. */
START_TEST(cascade_tries_once)
{
    setting self;
    const world given = {
        .model = "cascade", .parameters = {"transmission\t0.5"}, .stages = {"adopted"}, .channels = "b\tpeer\ta\t1\n"};
    set_up(&self, &given, 16);
    nlc_batch_step(self.batch);
    const uint32_t first = adopted(&self, 1);
    ck_assert(first > 2 && first < 14);
    while (!nlc_batch_is_done(self.batch))
        nlc_batch_step(self.batch);
    ck_assert_uint_eq(adopted(&self, 1), first);
    tear_down(&self);
}
END_TEST

/* A third of three is a third, at the threshold and just above it; unequal weights are added up. */
START_TEST(thresholds_are_met_exactly)
{
    setting self;
    world given = {.model = "threshold",
                   .stages = {"adopted"},
                   .cells = {"\t", "\t0.3333333333333333", "\t0.3333333333333334", "\t0.3"},
                   .channels = "b\tpeer\ta\t1\nb\tpeer\tc\t1\nb\tpeer\td\t1\nc\tpeer\ta\t1\nc\tpeer\tb\t1\nc\tpeer\td\t1\n"
                               "d\tpeer\ta\t0.1\nd\tpeer\tb\t0.2\n"};
    set_up(&self, &given, 16);
    nlc_batch_step(self.batch);
    ck_assert_uint_eq(adopted(&self, 1), 16);
    ck_assert_uint_eq(adopted(&self, 2), 0);
    ck_assert_uint_eq(adopted(&self, 3), 0);
    nlc_batch_step(self.batch);
    ck_assert_uint_eq(adopted(&self, 2), 16);
    ck_assert_uint_eq(adopted(&self, 3), 16);
    tear_down(&self);
}
END_TEST

START_TEST(contagion_pushes_and_drops)
{
    setting self;
    const world given = {.model = "contagion",
                         .parameters = {"transmission\t0", "external\t0", "dropout\t1"},
                         .stages = {"adopted"},
                         .cells = {"\t\t", "\t1\t0", "\t1\t", "\t\t"}};
    set_up(&self, &given, 16);
    nlc_batch_step(self.batch);
    ck_assert_uint_eq(adopted(&self, 0), 0);
    ck_assert_double_eq(tally(&self, "lapses", 2), 1);
    ck_assert_double_eq(tally(&self, "new_adoptions", 2), 2);
    nlc_batch_step(self.batch);
    ck_assert_uint_eq(adopted(&self, 1), 16);
    ck_assert_uint_eq(adopted(&self, 2), 0);
    ck_assert_uint_eq(adopted(&self, 3), 0);
    tear_down(&self);
}
END_TEST

/* One of four has adopted, so a third of the others: 0.25 + 0.75 * 1 / 3 = 0.5, and with 0.75 + 2.25 / 3 all. */
START_TEST(bass_counts_the_others)
{
    setting self;
    world given = {.model = "bass", .parameters = {"innovation\t0.25", "imitation\t0.75"}, .stages = {NULL, NULL, NULL, "adopted"}};
    set_up(&self, &given, 16);
    nlc_batch_step(self.batch);
    const uint32_t half = adopted(&self, 0) + adopted(&self, 1) + adopted(&self, 2);
    ck_assert(half > 12 && half < 36);
    tear_down(&self);
    given.parameters[0] = "innovation\t0.8", given.parameters[1] = "imitation\t0.61";
    set_up(&self, &given, 16);
    nlc_batch_step(self.batch);
    ck_assert_uint_eq(adopted(&self, 0) + adopted(&self, 1) + adopted(&self, 2), 48);
    tear_down(&self);
}
END_TEST

/* From the lead to a and d, from a to b and c a month later. */
START_TEST(relay_goes_tier_by_tier)
{
    setting self;
    const world given = {.model = "relay", .parameters = {"hand_down\t1"}, .cells = {"\t", "\t", "\t", "\t0"}};
    set_up(&self, &given, 16);
    nlc_batch_step(self.batch);
    ck_assert_uint_eq(adopted(&self, 0), 16);
    ck_assert_uint_eq(adopted(&self, 1), 0);
    nlc_batch_step(self.batch);
    ck_assert_uint_eq(adopted(&self, 1), 16);
    ck_assert_uint_eq(adopted(&self, 2), 16);
    ck_assert_uint_eq(adopted(&self, 3), 0);
    tear_down(&self);
}
END_TEST

/* 0.5 * 1 + 0.25 * 3 + 0.75 * 0.2, divided by 1.5; the stubborn keeps a quarter of its first opinion. */
START_TEST(degroot_averages_by_weight)
{
    setting self;
    const world given = {.model = "degroot",
                         .cells = {"\t1\t0.5\t0.25", "\t3\t1\t", "\t0.2\t1\t", "\t-2\t0\t"},
                         .channels = "a\tpeer\tb\t0.25\na\tpeer\tc\t0.75\n"};
    set_up(&self, &given, 16);
    nlc_batch_step(self.batch);
    const double mean = (0.5 + 0.75 + 0.15) / 1.5;
    ck_assert_double_eq_tol(nlc_batch_field(self.batch, 0, 0, 5), mean + 0.25 * (1 - mean), 1e-15);
    ck_assert_double_eq(nlc_batch_field(self.batch, 1, 0, 5), 3);
    ck_assert_double_eq(nlc_batch_field(self.batch, 3, 0, 5), -2);
    while (!nlc_batch_is_done(self.batch))
        nlc_batch_step(self.batch);
    /* 2/3 of the mean of the others is heard, 1/3 kept: x = 0.75 (x / 3 + 0.6) + 0.25 */
    ck_assert_double_eq_tol(nlc_batch_field(self.batch, 0, 0, 0), 0.7 / 0.75, 1e-9);
    tear_down(&self);
}
END_TEST

/* At most one place changes in a month, and only to what it hears; all agree in the end, and then it stops. */
START_TEST(voter_copies_one_at_a_time)
{
    setting self;
    const world given = {.model = "voter",
                         .stages = {"adopted"},
                         .channels = "a\tpeer\tb\t1\nb\tpeer\ta\t1\nb\tpeer\tc\t1\nc\tpeer\tb\t1\nc\tpeer\td\t1\nd\tpeer\tc\t1\n"};
    set_up(&self, &given, 16);
    double before[16];
    for (uint32_t l = 0; l < 16; l++)
        before[l] = 1;
    while (!nlc_batch_is_done(self.batch)) {
        nlc_batch_step(self.batch);
        for (uint32_t l = 0; l < 16; l++) {
            ck_assert_double_le(fabs(tally(&self, "adopted", l) - before[l]), 1);
            before[l] = tally(&self, "adopted", l);
        }
    }
    ck_assert_uint_eq(adopted(&self, 3) == 16, 0);
    tear_down(&self);
}
END_TEST

START_TEST(training_adds_and_leaks)
{
    setting self;
    const world given = {.model = "training",
                         .parameters = {"training_chance\t1", "training_gain\t0.125", "capacity_loss\t0.25"},
                         .cells = {"\t0.5", "\t", "\t", "\t"}};
    set_up(&self, &given, 16);
    nlc_batch_step(self.batch);
    ck_assert_double_eq(nlc_batch_field(self.batch, 0, 0, 9), 0.5);
    ck_assert_double_eq(nlc_batch_field(self.batch, 1, 0, 9), 0.125);
    ck_assert_double_eq(tally(&self, "sum", 9), 0.875);
    tear_down(&self);
}
END_TEST

static const char channels[] =
    "a\tpeer\tb\t0.3\nb\tpeer\ta\t0.6\nb\tpeer\tc\t0.237\nc\tpeer\tb\t0.4\nc\tpeer\td\t0.9\nd\tpeer\ta\t0.5\n";

/* Every width of a model's kernel gives the same states and tallies. */
static void compare_widths(const nlc_model *model)
{
    const world given = {.model = model->name,
                         .stages = {"adopted"},
                         .channels = channels,
                         .parameters = {"transmission\t0.5", "threshold\t0.5", "spread\t0.5", "start_opinion\t0.237"}};
    uint64_t expected[4] = {0};
    double expected_tally[4] = {0};
    for (uint32_t lanes = 4; lanes <= 16; lanes *= 2) {
        setting self;
        set_up(&self, &given, lanes);
        while (nlc_batch_month(self.batch) < 12 && !nlc_batch_is_done(self.batch)) {
            nlc_batch_step(self.batch);
        }
        ck_assert_uint_eq(nlc_kernel_lanes(nlc_kernel_for(model, lanes)), lanes);
        for (uint32_t l = 0; l < 4; l++) {
            size_t stride;
            const double *tallies = nlc_batch_tallies(self.batch, 0, l, &stride);
            expected[l] = lanes == 4 ? nlc_batch_hash(self.batch, NLC_NONE, l) : expected[l];
            expected_tally[l] = lanes == 4 ? tallies[3 * stride] : expected_tally[l];
            ck_assert_uint_eq(nlc_batch_hash(self.batch, NLC_NONE, l), expected[l]);
            ck_assert_double_eq(tallies[3 * stride], expected_tally[l]);
        }
        tear_down(&self);
    }
}

START_TEST(every_width_gives_the_same_bits)
{
    uint32_t num = 0;
    for (const nlc_model *const *model = nlc_models() + 1; *model; model++, num++)
        compare_widths(*model);
    ck_assert_uint_eq(num, 8);
}
END_TEST

/* What the tables must have for the rest of the program. */
static void check_tables(const nlc_model *model)
{
    for (uint32_t k = 0; k < model->num_outcomes; k++)
        ck_assert_uint_ne(nlc_model_measure(model, model->outcomes[k].measure), NLC_NONE);
    for (uint32_t k = 0; k < model->num_attributes; k++)
        if (model->attributes[k].parameter)
            ck_assert_uint_ne(nlc_model_parameter(model, model->attributes[k].parameter), NLC_NONE);
    for (uint32_t k = 0; k < model->num_parameters; k++) {
        const nlc_parameter *row = &model->parameters[k];
        ck_assert(row->low <= row->value && row->value <= row->high && row->meaning[0] && row->unit[0]);
        ck_assert(row->evidence != NLC_LITERATURE || row->source[0]);
    }
    ck_assert_uint_eq(model->num_stages, 7);
}

START_TEST(tables_are_whole)
{
    for (const nlc_model *const *model = nlc_models(); *model; model++)
        check_tables(*model);
}
END_TEST

RUN_SUITE("reference models", cascade_runs_down_a_chain, cascade_tries_once, thresholds_are_met_exactly, contagion_pushes_and_drops,
          bass_counts_the_others, relay_goes_tier_by_tier, degroot_averages_by_weight, voter_copies_one_at_a_time,
          training_adds_and_leaks, every_width_gives_the_same_bits, tables_are_whole)
