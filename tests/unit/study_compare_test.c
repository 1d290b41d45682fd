/* All differences at once, when to stop, and the choice of the best, on runs of the tiny scenario. */
#include <string.h>

#include "best.h"
#include "compare.h"
#include "selection.h"
#include "suite.h"
#include "tiny.h"

static const nlc_precision precision = {.confidence = 0.95, .width = 0.1, .is_relative = true, .first = 2};

/* The tiny scenario, and with far fewer meetings. */
typedef struct {
    tiny a, b;
    const nlc_resolved *both[2];
    nlc_paired paired;
} setting;

static void set_up(setting *self)
{
    tiny_read(&self->a, NULL);
    tiny_read_with(&self->b, "3\tmeetings\t1\t40\t12", "3\tmeetings\t1\t40\t1");
    self->both[0] = &self->a.scenario;
    self->both[1] = &self->b.scenario;
    ck_assert_int_eq(nlc_paired_init(&self->paired, self->both, 2, 0), NLC_OK);
}

static void tear_down(setting *self)
{
    nlc_paired_free(&self->paired);
    tiny_free(&self->a);
    tiny_free(&self->b);
}

static const nlc_ensemble_options how = {.threads = 2, .seed = 7};

static uint32_t outcome_of(const char *name)
{
    const nlc_model *model = nlc_models()[0];
    for (uint32_t k = 0; k < model->num_outcomes; k++)
        if (strcmp(model->outcomes[k].name, name) == 0)
            return k;
    ck_abort_msg("no outcome %s", name);
    return 0;
}

START_TEST(every_outcome_has_its_rows)
{
    setting self;
    nlc_comparison comparison;
    set_up(&self);
    ck_assert_int_eq(nlc_paired_extend(&self.paired, 40, &how), NLC_OK);
    ck_assert_int_eq(nlc_comparison_init(&comparison, &self.paired, &precision), NLC_OK);
    const nlc_model *model = nlc_models()[0];
    uint32_t expected = 0;
    for (uint32_t k = 0; k < model->num_outcomes; k++) {
        const bool has_reach = model->outcomes[k].kind == NLC_OUTCOME_MONTHS_TO;
        ck_assert_ptr_nonnull(nlc_comparison_row(&comparison, 0, 1, k, false));
        ck_assert(has_reach == (nlc_comparison_row(&comparison, 0, 1, k, true) != NULL));
        expected += has_reach ? 2 : 1;
    }
    ck_assert_str_eq(nlc_paired_outcome(&self.paired, model->num_outcomes)->name, "service_area");
    ck_assert_ptr_nonnull(nlc_comparison_row(&comparison, 0, 1, model->num_outcomes, false));
    ck_assert_uint_eq(comparison.num_rows, expected + 1);
    ck_assert_ptr_null(nlc_comparison_row(&comparison, 1, 0, 0, false));
    const uint32_t area = outcome_of("adopted_area");
    const nlc_difference direct =
        nlc_difference_of(nlc_paired_values(&self.paired, 0, area), nlc_paired_values(&self.paired, 1, area), 40, &precision);
    ck_assert(nlc_comparison_row(&comparison, 0, 1, area, false)->difference.difference.low == direct.difference.low);
    nlc_comparison_free(&comparison);
    tear_down(&self);
}
END_TEST

START_TEST(it_stops_at_the_first_number_that_is_enough)
{
    setting self;
    bool enough;
    set_up(&self);
    const nlc_stop stop = {
        .outcome = outcome_of("adopted_area"), .most = 2000, .precision = {.confidence = 0.95, .width = 0.003, .first = 5}};
    ck_assert_int_eq(nlc_paired_run_until(&self.paired, &stop, &how, &enough), NLC_OK);
    ck_assert(enough);
    const uint32_t n = self.paired.num_runs;
    ck_assert_uint_gt(n, 5);
    double differences[2000];
    for (uint32_t r = 0; r < n; r++)
        differences[r] = nlc_paired_values(&self.paired, 1, stop.outcome)[r] - nlc_paired_values(&self.paired, 0, stop.outcome)[r];
    nlc_moments at;
    ck_assert_uint_eq(nlc_precision_reach(&stop.precision, differences, n, &at), n);
    ck_assert_uint_eq(nlc_paired_enough(&self.paired, &stop), n);
    tear_down(&self);
}
END_TEST

START_TEST(it_stops_at_the_most)
{
    setting self;
    bool enough;
    set_up(&self);
    const nlc_stop stop = {
        .outcome = outcome_of("adopted_area"), .most = 37, .precision = {.confidence = 0.95, .width = 1e-6, .first = 5}};
    ck_assert_int_eq(nlc_paired_run_until(&self.paired, &stop, &how, &enough), NLC_OK);
    ck_assert(!enough);
    ck_assert_uint_eq(self.paired.num_runs, 37);
    tear_down(&self);
}
END_TEST

static nlc_selection_options choice_of(const char *outcome, double indifference)
{
    return (nlc_selection_options){.outcome = outcome_of(outcome),
                                   .probability = 0.95,
                                   .indifference = indifference,
                                   .first = 20,
                                   .most = 500,
                                   .confidence = 0.95};
}

START_TEST(the_best_is_the_one_with_the_best_mean)
{
    setting self;
    nlc_selection selection;
    set_up(&self);
    nlc_selection_options choice = choice_of("adopted_area", 0.05);
    ck_assert_int_eq(nlc_selection_run(&selection, self.both, 2, &choice, &how), NLC_OK);
    double h;
    ck_assert_int_eq(nlc_rinott_constant(2, 20, 0.95, &h), NLC_OK);
    ck_assert(selection.h == h);
    for (uint32_t s = 0; s < 2; s++) {
        const nlc_candidate *one = &selection.candidate[s];
        ck_assert_uint_eq(one->runs, nlc_rinott_runs(h, one->sd, 0.05, 20));
    }
    const uint32_t larger = selection.candidate[0].mean > selection.candidate[1].mean ? 0 : 1;
    ck_assert_uint_eq(selection.best, larger);
    choice.smallest = true;
    ck_assert_int_eq(nlc_selection_run(&selection, self.both, 2, &choice, &how), NLC_OK);
    ck_assert_uint_eq(selection.best, 1 - larger);
    ck_assert_uint_ne(selection.candidate[0].seed, selection.candidate[1].seed);
    tear_down(&self);
}
END_TEST

START_TEST(without_enough_runs_or_values_nothing_is_chosen)
{
    setting self;
    nlc_selection selection;
    set_up(&self);
    nlc_selection_options choice = choice_of("adopted_area", 1e-4);
    ck_assert_int_eq(nlc_selection_run(&selection, self.both, 2, &choice, &how), NLC_OK);
    ck_assert_uint_eq(selection.best, NLC_NONE);
    ck_assert_uint_eq(selection.candidate[0].runs, 20);
    ck_assert_uint_gt(selection.candidate[0].needed, 500);
    choice = choice_of("months_to_functioning_75", 100);
    ck_assert_int_eq(nlc_selection_run(&selection, self.both, 2, &choice, &how), NLC_OK);
    ck_assert_uint_gt(selection.candidate[1].missing, 0);
    ck_assert_uint_eq(selection.best, NLC_NONE);
    tear_down(&self);
}
END_TEST

START_TEST(which_end_of_an_outcome_is_the_good_one)
{
    const nlc_outcome *outcomes = nlc_models()[0]->outcomes;
    ck_assert(nlc_outcome_is_better_small(&outcomes[outcome_of("months_to_adopted_50")]));
    ck_assert(nlc_outcome_is_better_small(&outcomes[outcome_of("cost_end")]));
    ck_assert(nlc_outcome_is_better_small(&outcomes[outcome_of("paper_plan_gap_end")]));
    ck_assert(!nlc_outcome_is_better_small(&outcomes[outcome_of("functioning_end")]));
}
END_TEST

RUN_SUITE("study/compare", every_outcome_has_its_rows, it_stops_at_the_first_number_that_is_enough, it_stops_at_the_most,
          the_best_is_the_one_with_the_best_mean, without_enough_runs_or_values_nothing_is_chosen,
          which_end_of_an_outcome_is_the_good_one)
