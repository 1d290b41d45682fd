/* All builds of the kernel in one program give the same states, tallies and views; a flipped bit of any
 * field is seen by the hash; and the kernel in doubles agrees with the one in floats but for rounding. */
#include "batch.h"
#include "folding.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const nlc_kernel nlc_kernel_emulated, nlc_kernel_double;

#define RUNS 20

typedef struct {
    nlc_text text;
    void *memory;
    nlc_resolved scenario;
} setting;

/* `adopting` is a setting, or NULL for the tiers that the scenario names. */
static void open_setting(setting *self, const char *name, const char *months, const char *adopting)
{
    char path[4096];
    const char *settings[] = {months, adopting};
    nlc_text problems = {0};
    nlc_resolved_problem problem;
    memset(self, 0, sizeof *self);
    snprintf(path, sizeof path, "%s/%s", getenv("NLCSIM_SCENARIOS"), name);
    ck_assert_int_eq(nlc_scenario_resolve(path, settings, adopting ? 2 : 1, &self->text, &problems), NLC_OK);
    nlc_text_free(&problems);
    size_t size = nlc_resolved_size(self->text.data, self->text.length, nlc_models());
    self->memory = aligned_alloc(64, (size + 63) / 64 * 64);
    ck_assert_int_eq(nlc_resolved_read(self->text.data, self->text.length, nlc_models(), self->memory, &self->scenario, &problem),
                     NLC_OK);
}

static void close_setting(setting *self)
{
    nlc_text_free(&self->text);
    free(self->memory);
}

static folding fold(const nlc_resolved *scenario, const nlc_kernel *kernel)
{
    folding run = {0};
    ck_assert(folding_init(&run, scenario, RUNS));
    ck_assert(folding_run(&run, kernel, scenario->seed));
    return run;
}

static void compare(const nlc_resolved *scenario, const folding *expected, const nlc_kernel *kernel, const char *name)
{
    folding found = fold(scenario, kernel);
    size_t num = (scenario->num_countries + (size_t)1) * RUNS;
    ck_assert_msg(memcmp(found.hash, expected->hash, num * sizeof *found.hash) == 0, "%s: another state", name);
    ck_assert_msg(memcmp(found.tallies, expected->tallies, RUNS * sizeof *found.tallies) == 0, "%s: other tallies", name);
    ck_assert_msg(memcmp(found.views, expected->views, RUNS * sizeof *found.views) == 0, "%s: other views", name);
    folding_free(&found);
}

START_TEST(every_kernel_gives_the_same)
{
    /* Elections, and four waves, fall into the first two years of the large one. In the last, the places
     * of one country and the lower tiers of another adopt no plans. */
    static const char *const cases[][3] = {
        {"first-steps", "scenario.months=48", NULL},
        {"manila-follow-through", "scenario.months=48", NULL},
        {"kenya-2016-2020", "scenario.months=48", NULL},
        {"southeast-asia", "scenario.months=24", NULL},
        {"southeast-asia", "scenario.months=12", "scenario.adopting=province|regency_city"},
    };
    setting self;
    open_setting(&self, cases[_i][0], cases[_i][1], cases[_i][2]);
    const nlc_model *model = self.scenario.model;
    folding expected = fold(&self.scenario, nlc_kernel_for(model, 4));
    /* Each width's best, and all plain builds: they stand last in the list. */
    for (uint32_t lanes = 4; lanes <= 16; lanes *= 2)
        compare(&self.scenario, &expected, nlc_kernel_for(model, lanes), nlc_kernel_isa(nlc_kernel_for(model, lanes)));
    for (const nlc_kernel *const *kernel = model->kernels; *kernel; kernel++)
        if (strcmp((*kernel)->isa, "plain") == 0)
            compare(&self.scenario, &expected, *kernel, "plain");
    compare(&self.scenario, &expected, &nlc_kernel_emulated, "avx512 as emulated");
    folding_free(&expected);
    close_setting(&self);
}
END_TEST

static nlc_batch *start(const setting *self, const nlc_kernel *kernel, void **memory, nlc_point *point)
{
    nlc_lane lanes[16];
    *point = (nlc_point){self->scenario.parameters, self->scenario.levers};
    *memory = aligned_alloc(64, nlc_batch_size(&self->scenario, kernel));
    nlc_batch *batch = nlc_batch_init(*memory, &self->scenario, kernel);
    for (uint32_t l = 0; l < kernel->lanes; l++)
        lanes[l] = (nlc_lane){point, l};
    nlc_batch_reset(batch, 0, self->scenario.seed, lanes, kernel->lanes);
    return batch;
}

/* Bit `bit` of one field of one node in one lane. */
static void flip(nlc_batch *batch, uint32_t node, uint32_t field, uint32_t lane, uint32_t bit)
{
    bool shared = field < batch->num_shared;
    char *at = shared ? batch->shared_now + node * batch->shared_stride : batch->private + node * batch->private_stride;
    uint32_t *words = (uint32_t *)(void *)at;
    words[(shared ? field : field - batch->num_shared) * batch->kernel->lanes + lane] ^= UINT32_C(1) << bit;
}

START_TEST(the_hash_sees_every_bit)
{
    setting self;
    nlc_point point;
    void *memory;
    open_setting(&self, "first-steps", "scenario.months=48", NULL);
    nlc_batch *batch = start(&self, nlc_kernel_for(self.scenario.model, 8), &memory, &point);
    for (uint32_t t = 0; t < 17; t++)
        nlc_batch_step(batch);
    uint64_t before = nlc_batch_hash(batch, NLC_NONE, 5), other = nlc_batch_hash(batch, NLC_NONE, 4);
    for (uint32_t field = 0; field < self.scenario.model->num_fields; field++) {
        for (uint32_t bit = 0; bit < 32; bit++) {
            flip(batch, 11, field, 5, bit);
            ck_assert_msg(nlc_batch_hash(batch, NLC_NONE, 5) != before, "field %u, bit %u is not seen", field, bit);
            ck_assert(nlc_batch_hash(batch, NLC_NONE, 4) == other);
            flip(batch, 11, field, 5, bit);
        }
    }
    ck_assert(nlc_batch_hash(batch, NLC_NONE, 5) == before);
    ((uint32_t *)(void *)batch->agencies)[5] ^= 1;
    ck_assert_msg(nlc_batch_hash(batch, NLC_NONE, 5) != before, "an agency is not seen");
    free(memory);
    close_setting(&self);
}
END_TEST

static double mean_tally(const nlc_batch *batch, const nlc_resolved *scenario, const char *name)
{
    double sum = 0;
    size_t stride;
    for (uint32_t k = 0; k < scenario->num_classes; k++)
        for (uint32_t l = 0; l < batch->kernel->lanes; l++)
            sum += nlc_batch_tallies(batch, k, l, &stride)[nlc_model_tally(scenario->model, name) * stride];
    return sum / batch->kernel->lanes;
}

/* The same draws and rules: until a rounding decides an event the other way, all agrees closely. */
START_TEST(doubles_agree_with_floats)
{
    setting self;
    nlc_point points[2];
    void *memory[2];
    open_setting(&self, "first-steps", "scenario.months=48", NULL);
    nlc_batch *floats = start(&self, nlc_kernel_for(self.scenario.model, 4), &memory[0], &points[0]);
    nlc_batch *doubles = start(&self, &nlc_kernel_double, &memory[1], &points[1]);
    while (!nlc_batch_is_done(floats)) {
        nlc_batch_step(floats);
        nlc_batch_step(doubles);
        ck_assert_double_eq_tol(mean_tally(floats, &self.scenario, "awareness_sum"),
                                mean_tally(doubles, &self.scenario, "awareness_sum"), 1e-3);
        ck_assert_double_eq_tol(mean_tally(floats, &self.scenario, "blind_spot_sum"),
                                mean_tally(doubles, &self.scenario, "blind_spot_sum"), 1e-3);
        ck_assert_double_eq(mean_tally(floats, &self.scenario, "meetings"), mean_tally(doubles, &self.scenario, "meetings"));
    }
    ck_assert_double_eq(mean_tally(floats, &self.scenario, "adopted"), mean_tally(doubles, &self.scenario, "adopted"));
    ck_assert(nlc_batch_hash(doubles, NLC_NONE, 0) != 0);
    free(memory[0]);
    free(memory[1]);
    close_setting(&self);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kernels");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 240);
    tcase_add_loop_test(all, every_kernel_gives_the_same, 0, 5);
    tcase_add_test(all, the_hash_sees_every_bit);
    tcase_add_test(all, doubles_agree_with_floats);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
