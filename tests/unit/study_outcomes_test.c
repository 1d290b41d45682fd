/* Outcomes taken while a batch runs are the very ones of an ensemble. */
#include "outcomes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"
#include "tiny.h"

enum { REPLICATES = 9, MOST = 600, MOST_LANES = 16 };

static bool found(const tiny *self, const char *name)
{
    nlc_outcome_column column;
    return nlc_outcome_column_find(&column, &self->scenario, name);
}

START_TEST(columns_by_name)
{
    tiny self;
    nlc_outcome_column column;
    tiny_read(&self, NULL);
    ck_assert(nlc_outcome_column_find(&column, &self.scenario, "cost_end.tier.city"));
    ck_assert_str_eq(self.scenario.model->outcomes[column.outcome].name, "cost_end");
    ck_assert_str_eq(self.scenario.tiers.text[column.split.tier], "city");
    ck_assert_uint_eq(column.split.country, NLC_NONE);
    ck_assert(found(&self, "cost_end") && found(&self, "cost_end.all") && found(&self, "cost_end.country.BB"));
    ck_assert(found(&self, "cost_end.wave.10") && found(&self, "cost_end.group.south") && found(&self, "cost_end.size.large"));
    ck_assert(found(&self, "functioning_spread_waves") && found(&self, "functioning_spread_sizes.all"));
    ck_assert(!found(&self, "cost") && !found(&self, "cost_end.tier.town") && !found(&self, "cost_end.city"));
    ck_assert(!found(&self, "cost_end.wave.") && !found(&self, "cost_end.size.huge") && !found(&self, "cost_end.country.CC"));
    ck_assert(!found(&self, "functioning_spread_waves.tier.city"));
    tiny_free(&self);
}
END_TEST

/* Every outcome for every split of the ensemble; spreads for all places alone. */
static uint32_t list_columns(const nlc_ensemble *ensemble, nlc_outcome_column *columns, uint32_t *split_of)
{
    const nlc_model *model = ensemble->scenario->model;
    uint32_t num = 0;
    for (uint32_t o = 0; o < model->num_outcomes; o++) {
        const bool is_spread =
            model->outcomes[o].kind == NLC_OUTCOME_SPREAD_WAVES || model->outcomes[o].kind == NLC_OUTCOME_SPREAD_SIZES;
        for (uint32_t s = 0; s < (is_spread ? 1 : ensemble->num_splits); s++) {
            ck_assert_uint_lt(num, MOST);
            split_of[num] = s;
            columns[num++] = (nlc_outcome_column){model->outcomes[o].name, o, ensemble->splits[s]};
        }
    }
    return num;
}

static void run_batch(const tiny *self, nlc_outcomes *outcomes, const nlc_kernel *kernel, uint32_t first, uint32_t num)
{
    const nlc_resolved *scenario = &self->scenario;
    const nlc_point point = {scenario->parameters, scenario->levers};
    nlc_lane lanes[MOST_LANES];
    void *memory = aligned_alloc(64, (nlc_batch_size(scenario, kernel) + 63) / 64 * 64);
    nlc_batch *batch = nlc_batch_init(memory, scenario, kernel);
    for (uint32_t l = 0; l < num; l++)
        lanes[l] = (nlc_lane){&point, first + l};
    nlc_batch_reset(batch, 0, scenario->seed, lanes, num);
    nlc_outcomes_reset(outcomes);
    for (uint32_t month = 1; month <= scenario->num_months; month++) {
        if (!nlc_batch_is_done(batch))
            nlc_batch_step(batch);
        nlc_outcomes_month(outcomes, batch, lanes, num, month);
    }
    free(memory);
}

static void expect_same(double value, double expected, const char *name, uint32_t split, uint32_t replicate)
{
    ck_assert_msg((isnan(value) && isnan(expected)) || value == expected, "%s of split %u, replicate %u: %.17g instead of %.17g",
                  name, split, replicate, value, expected);
}

/* Two batches after each other, so that what the first one leaves is seen. */
START_TEST(the_same_as_an_ensemble)
{
    static const uint32_t widths[] = {4, 8, 16};
    tiny self;
    nlc_ensemble ensemble;
    nlc_outcome_column columns[MOST];
    uint32_t split_of[MOST];
    tiny_read(&self, NULL);
    const nlc_ensemble_options options = {.replicates = REPLICATES, .threads = 1, .seed = self.scenario.seed};
    ck_assert_int_eq(nlc_ensemble_run(&ensemble, &self.scenario, &options), NLC_OK);
    const uint32_t num = list_columns(&ensemble, columns, split_of), num_splits = ensemble.num_splits;
    double *expected = malloc(sizeof(double) * self.scenario.model->num_outcomes * num_splits * REPLICATES);
    ck_assert_int_eq(nlc_ensemble_outcomes(&ensemble, expected), NLC_OK);
    uint32_t num_values = 0;
    for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
        const nlc_kernel *kernel = nlc_kernel_for(self.scenario.model, widths[w]);
        const uint32_t lanes = nlc_kernel_lanes(kernel);
        nlc_outcomes outcomes;
        ck_assert_int_eq(nlc_outcomes_init(&outcomes, &self.scenario, lanes, columns, num), NLC_OK);
        for (uint32_t first = 0; first < REPLICATES; first += 3) {
            run_batch(&self, &outcomes, kernel, first, 3);
            for (uint32_t k = 0; k < num; k++)
                for (uint32_t l = 0; l < 3; l++) {
                    const double wanted =
                        expected[((size_t)columns[k].outcome * num_splits + split_of[k]) * REPLICATES + first + l];
                    expect_same(nlc_outcomes_value(&outcomes, k, l), wanted, columns[k].name, split_of[k], first + l);
                    num_values += !isnan(wanted) && wanted != 0;
                }
        }
        nlc_outcomes_free(&outcomes);
    }
    ck_assert_uint_gt(num_values, 1000);
    free(expected);
    nlc_ensemble_free(&ensemble);
    tiny_free(&self);
}
END_TEST

START_TEST(measures_of_the_last_month)
{
    tiny self;
    nlc_ensemble ensemble;
    nlc_outcomes outcomes;
    tiny_read(&self, NULL);
    const nlc_model *model = self.scenario.model;
    const uint32_t num = model->num_measures, num_months = self.scenario.num_months;
    const nlc_ensemble_options options = {.replicates = REPLICATES, .threads = 1, .seed = self.scenario.seed};
    ck_assert_int_eq(nlc_ensemble_run(&ensemble, &self.scenario, &options), NLC_OK);
    double *expected = malloc(sizeof(double) * num_months * num * REPLICATES), *values = malloc(sizeof(double) * num);
    nlc_ensemble_measures(&ensemble, 0, expected);
    const nlc_kernel *kernel = nlc_kernel_for(model, 0);
    ck_assert_int_eq(nlc_outcomes_init(&outcomes, &self.scenario, nlc_kernel_lanes(kernel), NULL, 0), NLC_OK);
    run_batch(&self, &outcomes, kernel, 0, 4);
    const nlc_point point = {self.scenario.parameters, self.scenario.levers};
    const nlc_lane lane = {&point, 3};
    nlc_outcomes_measures(&outcomes, &lane, 3, values);
    for (uint32_t m = 0; m < num; m++)
        expect_same(values[m], expected[((size_t)(num_months - 1) * num + m) * REPLICATES + 3], model->measures[m].name, 0, 3);
    nlc_outcomes_free(&outcomes);
    nlc_ensemble_free(&ensemble);
    free(expected);
    free(values);
    tiny_free(&self);
}
END_TEST

RUN_SUITE("study/outcomes", columns_by_name, the_same_as_an_ensemble, measures_of_the_last_month)
