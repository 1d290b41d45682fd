/* Common random numbers on three shipped pairs of scenarios: the 95 % interval of the difference covers the
 * truth in 93 to 97 % of 1,000 repetitions. What `compare` prints is looked at in reduction_test.py.
 *
 * The truth is the mean over all pairs of the repetitions, which is known thirty times better than one
 * of them knows it.
 *
 * usage: crn_test SCENARIOS */
#include "compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REPETITIONS = 1000, PAIRS = 10, ALL = REPETITIONS * PAIRS };

typedef struct {
    const char *first, *second;
    const char *months; /* a shorter horizon costs less and is as good a test */
    const char *outcome;
} pair;

static const pair pairs[] = {
    {"manila-workshop", "manila-follow-through", "scenario.months=36", "adopted_end"},
    {"donor-cliff", "donor-taper", "scenario.months=84", "functioning_area"},
    {"philippines-roadmap", "sceptic", "scenario.months=20", "adopted_area"},
};

static const nlc_precision precision = {.confidence = 0.95, .width = 0.1, .is_relative = true, .first = 2};

typedef struct {
    nlc_text text;
    void *memory;
    nlc_resolved resolved;
} scenario;

static void scenario_open(scenario *self, const char *folder, const char *name, const char *months)
{
    char path[1024];
    nlc_text problems = {0};
    nlc_resolved_problem problem;
    memset(self, 0, sizeof *self);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (nlc_scenario_resolve(path, &months, 1, &self->text, &problems) != NLC_OK) {
        fprintf(stderr, "%s", problems.data == NULL ? path : problems.data);
        exit(1);
    }
    nlc_text_free(&problems);
    const size_t size = nlc_resolved_size(self->text.data, self->text.length, nlc_models());
    self->memory = aligned_alloc(64, (size + 63) / 64 * 64);
    if (nlc_resolved_read(self->text.data, self->text.length, nlc_models(), self->memory, &self->resolved, &problem) != NLC_OK)
        exit(1);
}

static void scenario_free(scenario *self)
{
    nlc_text_free(&self->text);
    free(self->memory);
}

static uint32_t outcome_of(const nlc_model *model, const char *name)
{
    uint32_t k = 0;
    while (strcmp(model->outcomes[k].name, name) != 0)
        k++;
    return k;
}

static void run(nlc_paired *self, const nlc_resolved *const *scenarios, uint32_t num_scenarios, uint32_t num_runs, uint64_t seed)
{
    const nlc_ensemble_options options = {.threads = 2, .seed = seed};
    if (nlc_paired_init(self, scenarios, num_scenarios, 0) != NLC_OK || nlc_paired_extend(self, num_runs, &options) != NLC_OK)
        exit(1);
}

/* How many of the repetitions' intervals cover the mean over all of them. */
static uint32_t count_covering(const double *first, const double *second)
{
    double truth = 0;
    uint32_t num = 0;
    for (uint32_t k = 0; k < ALL; k++)
        truth += (second[k] - first[k]) / ALL;
    for (uint32_t k = 0; k < REPETITIONS; k++) {
        const nlc_difference one = nlc_difference_of(first + k * PAIRS, second + k * PAIRS, PAIRS, &precision);
        num += one.difference.low <= truth && truth <= one.difference.high;
    }
    return num;
}

/* What the interval does not cover can be due to chance in 1,000 repetitions: the limits are part of the
 * task, 2.9 standard errors. */
static int pair_check(const char *folder, const pair *which)
{
    scenario a, b;
    nlc_paired paired;
    scenario_open(&a, folder, which->first, which->months);
    scenario_open(&b, folder, which->second, which->months);
    const nlc_resolved *const both[] = {&a.resolved, &b.resolved};
    const uint32_t outcome = outcome_of(a.resolved.model, which->outcome);
    run(&paired, both, 2, ALL, 1);
    const double *first = nlc_paired_values(&paired, 0, outcome), *second = nlc_paired_values(&paired, 1, outcome);
    const uint32_t covering = count_covering(first, second);
    const bool holds = covering >= 930 && covering <= 970;
    printf("%s %s less %s, %s, %s: %u of %d intervals cover\n", holds ? "ok    " : "FAILED", which->second, which->first,
           which->outcome, which->months, covering, REPETITIONS);
    nlc_paired_free(&paired);
    scenario_free(&a);
    scenario_free(&b);
    return holds ? 0 : 1;
}

int main(int argc, char **argv)
{
    int failed = 0;
    if (argc != 2) {
        fprintf(stderr, "usage: crn_test SCENARIOS\n");
        return 2;
    }
    for (size_t k = 0; k < sizeof pairs / sizeof pairs[0]; k++)
        failed += pair_check(argv[1], &pairs[k]);
    return failed > 0;
}
