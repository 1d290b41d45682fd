#include "suite.h"
#include "tiny.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    tiny tiny;
    nlc_point point;
    void *memory;
    nlc_batch *batch;
} setting;

static void set_up(setting *self, uint32_t lanes)
{
    tiny_read(&self->tiny, NULL);
    const nlc_resolved *scenario = &self->tiny.scenario;
    const nlc_kernel *kernel = nlc_kernel_for(scenario->model, lanes);
    self->point = (nlc_point){scenario->parameters, scenario->levers};
    self->memory = aligned_alloc(64, nlc_batch_size(scenario, kernel));
    self->batch = nlc_batch_init(self->memory, scenario, kernel);
}

static void tear_down(setting *self)
{
    free(self->memory);
    tiny_free(&self->tiny);
}

static void start(setting *self, uint32_t first, uint32_t num)
{
    nlc_lane lanes[16];
    for (uint32_t l = 0; l < num; l++)
        lanes[l] = (nlc_lane){&self->point, first + l};
    nlc_batch_reset(self->batch, 0, 7, lanes, num);
}

static uint64_t run_to_end(setting *self, uint32_t lane)
{
    uint64_t hash = 0;
    while (!nlc_batch_is_done(self->batch)) {
        nlc_batch_step(self->batch);
        hash = nlc_mix(hash ^ nlc_batch_hash(self->batch, NLC_NONE, lane));
    }
    return hash;
}

START_TEST(a_run_depends_on_seed_and_replicate_alone)
{
    setting self;
    set_up(&self, 8);
    start(&self, 3, 8);
    uint64_t whole = run_to_end(&self, 2);
    ck_assert_uint_eq(nlc_batch_month(self.batch), 40);
    start(&self, 5, 1);
    ck_assert_uint_eq(nlc_batch_month(self.batch), 0);
    ck_assert_uint_eq(run_to_end(&self, 0), whole);
    start(&self, 6, 1);
    ck_assert_uint_ne(run_to_end(&self, 0), whole);
    nlc_lane lane = {&self.point, 5};
    nlc_batch_reset(self.batch, 0, 8, &lane, 1);
    ck_assert_uint_ne(run_to_end(&self, 0), whole);
    tear_down(&self);
}
END_TEST

START_TEST(country_hashes_add_up)
{
    setting self;
    set_up(&self, 4);
    start(&self, 0, 4);
    nlc_batch_step(self.batch);
    uint64_t sum = nlc_batch_hash(self.batch, 0, 1) + nlc_batch_hash(self.batch, 1, 1);
    ck_assert_uint_eq(sum, nlc_batch_hash(self.batch, NLC_NONE, 1));
    tear_down(&self);
}
END_TEST

static double tally(const setting *self, const char *name, uint32_t class, uint32_t lane)
{
    size_t stride;
    const double *tallies = nlc_batch_tallies(self->batch, class, lane, &stride);
    return tallies[nlc_model_tally(self->tiny.scenario.model, name) * stride];
}

/* Stages of all classes sum to the places, and means agree with the state itself. */
START_TEST(tallies_count_the_state)
{
    setting self;
    set_up(&self, 4);
    const nlc_resolved *scenario = &self.tiny.scenario;
    const nlc_view *stage = &scenario->model->views[nlc_model_view(scenario->model, "stage")];
    start(&self, 0, 4);
    while (!nlc_batch_is_done(self.batch)) {
        nlc_batch_step(self.batch);
        for (uint32_t l = 0; l < 4; l++) {
            double places = 0, drafting = 0, role = 0, state_role = 0, state_drafting = 0;
            for (uint32_t k = 0; k < scenario->num_classes; k++) {
                places += tally(&self, "places", k, l);
                drafting += tally(&self, "drafting", k, l);
                role += tally(&self, "role_sum", k, l);
            }
            for (uint32_t i = 0; i < scenario->num_nodes; i++) {
                state_role += nlc_batch_field(self.batch, i, 1, l);
                state_drafting += nlc_batch_view(self.batch, stage, i, l) == 3;
            }
            ck_assert_double_eq(places, 5);
            ck_assert_double_eq(drafting, state_drafting);
            ck_assert_double_eq_tol(role, state_role, 1e-6);
        }
    }
    tear_down(&self);
}
END_TEST

START_TEST(starts_where_the_scenario_says)
{
    setting self;
    set_up(&self, 4);
    const nlc_resolved *scenario = &self.tiny.scenario;
    const nlc_view *stage = &scenario->model->views[nlc_model_view(scenario->model, "stage")];
    start(&self, 0, 4);
    ck_assert_uint_eq(nlc_batch_view(self.batch, stage, 1, 0), 2);
    ck_assert_uint_eq(nlc_batch_view(self.batch, stage, 2, 0), 5);
    ck_assert_float_eq((float)nlc_batch_field(self.batch, 1, 0, 0), 0.37F);
    ck_assert_float_eq((float)nlc_batch_agency_field(self.batch, 1, 0, 3), 0.4F);
    tear_down(&self);
}
END_TEST

/* Lanes of one batch may hold different parameters; each runs as it would alone. */
START_TEST(lanes_hold_their_own_points)
{
    setting self, other;
    set_up(&self, 4);
    set_up(&other, 4);
    tiny_free(&other.tiny);
    tiny_read(&other.tiny, "briefing_awareness\t0.1\ncapacity_half_life\t5\n");
    other.point = (nlc_point){other.tiny.scenario.parameters, other.tiny.scenario.levers};
    nlc_lane mixed[2] = {{&self.point, 1}, {&other.point, 1}}, alone = {&other.point, 1};
    nlc_batch_reset(self.batch, 0, 7, mixed, 2);
    uint64_t together = run_to_end(&self, 1);
    nlc_batch_reset(self.batch, 0, 7, &alone, 1);
    ck_assert_uint_eq(run_to_end(&self, 0), together);
    nlc_batch_reset(self.batch, 0, 7, mixed, 2);
    ck_assert_uint_ne(run_to_end(&self, 0), together);
    tear_down(&self);
    tear_down(&other);
}
END_TEST

START_TEST(a_saved_state_is_gone_on_with)
{
    setting self, other;
    set_up(&self, 4);
    set_up(&other, 4);
    const nlc_resolved *scenario = &self.tiny.scenario;
    void *state = aligned_alloc(64, nlc_batch_state_size(scenario, nlc_kernel_for(scenario->model, 4)));
    for (uint32_t month = 0; month <= 40; month += 13) {
        start(&self, 3, 4);
        while (nlc_batch_month(self.batch) < month)
            nlc_batch_step(self.batch);
        nlc_batch_save(self.batch, state);
        start(&other, 3, 4);
        nlc_batch_restore(other.batch, state);
        ck_assert_uint_eq(nlc_batch_month(other.batch), month);
        for (uint32_t lane = 0; lane < 4; lane++)
            ck_assert_uint_eq(nlc_batch_hash(other.batch, NLC_NONE, lane), nlc_batch_hash(self.batch, NLC_NONE, lane));
        ck_assert_uint_eq(run_to_end(&other, 2), run_to_end(&self, 2));
    }
    free(state);
    tear_down(&self);
    tear_down(&other);
}
END_TEST

START_TEST(every_name_is_found)
{
    const nlc_model *model = nlc_models()[0];
    for (uint32_t k = 0; k < model->num_parameters; k++)
        ck_assert_uint_eq(nlc_model_parameter(model, model->parameters[k].name), k);
    for (uint32_t k = 0; k < model->num_levers; k++)
        ck_assert_uint_eq(nlc_model_lever(model, model->levers[k].name), k);
    for (uint32_t k = 0; k < model->num_measures; k++)
        ck_assert_uint_eq(nlc_model_measure(model, model->measures[k].name), k);
    for (uint32_t k = 0; k < model->num_outcomes; k++)
        ck_assert_uint_ne(nlc_model_measure(model, model->outcomes[k].measure), NLC_NONE);
    ck_assert_uint_eq(nlc_model_attribute(model, "nobody"), NLC_NONE);
    ck_assert_str_eq(nlc_evidence_name(NLC_TUNED), "tuned");
    ck_assert_str_eq(nlc_dial_name(NLC_DIAL_ENGAGEMENT), "engagement");
    ck_assert_str_eq(nlc_error_text(NLC_ERROR_MEMORY), "not enough memory");
}
END_TEST

START_TEST(each_width_has_a_kernel)
{
    const nlc_model *model = nlc_models()[0];
    for (uint32_t lanes = 4; lanes <= 16; lanes *= 2)
        ck_assert_uint_eq(nlc_kernel_lanes(nlc_kernel_for(model, lanes)), lanes);
    ck_assert_ptr_null(nlc_kernel_for(model, 5));
    ck_assert_str_ne(nlc_kernel_isa(nlc_kernel_for(model, 0)), "");
}
END_TEST

RUN_SUITE("batch", a_run_depends_on_seed_and_replicate_alone, country_hashes_add_up, tallies_count_the_state,
          starts_where_the_scenario_says, lanes_hold_their_own_points, a_saved_state_is_gone_on_with, every_name_is_found,
          each_width_has_a_kernel)
