#include "selection.h"

#include "best.h"

#include <math.h>
#include <string.h>

bool nlc_outcome_is_better_small(const nlc_outcome *outcome)
{
    return outcome->kind == NLC_OUTCOME_MONTHS_TO || outcome->kind == NLC_OUTCOME_SPREAD_WAVES ||
           outcome->kind == NLC_OUTCOME_SPREAD_SIZES || strncmp(outcome->measure, "cost", 4) == 0 ||
           strstr(outcome->measure, "_gap") != NULL;
}

/* The moments of the runs so far, and how many had no value. */
static nlc_moments moments_of(nlc_candidate *self, const nlc_paired *runs, uint32_t outcome)
{
    const double *values = nlc_paired_values(runs, 0, outcome);
    nlc_moments moments = {0};
    self->runs = runs->num_runs;
    self->missing = 0;
    for (uint32_t r = 0; r < runs->num_runs; r++) {
        if (isnan(values[r]))
            self->missing++;
        else
            nlc_moments_add(&moments, values[r]);
    }
    return moments;
}

static nlc_error candidate_run(nlc_candidate *self, nlc_paired *runs, double h, const nlc_selection_options *options,
                               const nlc_ensemble_options *how)
{
    nlc_error error = nlc_paired_extend(runs, options->first, how);
    if (error != NLC_OK)
        return error;
    nlc_moments moments = moments_of(self, runs, options->outcome);
    self->sd = nlc_moments_sd(&moments);
    self->needed = isnan(self->sd) ? UINT32_MAX : nlc_rinott_runs(h, self->sd, options->indifference, options->first);
    if (self->needed <= options->most && self->missing == 0)
        error = nlc_paired_extend(runs, self->needed, how);
    moments = moments_of(self, runs, options->outcome);
    const double half_width = nlc_moments_half_width(&moments, options->confidence);
    self->mean = moments.n == 0 ? NAN : moments.mean;
    self->low = self->mean - half_width;
    self->high = self->mean + half_width;
    return error;
}

static uint32_t choose(const nlc_selection *self, bool smallest)
{
    uint32_t best = 0;
    for (uint32_t s = 0; s < self->num; s++) {
        const nlc_candidate *one = &self->candidate[s];
        if (one->missing > 0 || one->runs < one->needed)
            return NLC_NONE;
        const double ahead = one->mean - self->candidate[best].mean;
        best = (smallest ? -ahead : ahead) > 0 ? s : best;
    }
    return best;
}

nlc_error nlc_selection_run(nlc_selection *self, const nlc_resolved *const *scenarios, uint32_t num_scenarios,
                            const nlc_selection_options *options, const nlc_ensemble_options *runs)
{
    *self = (nlc_selection){.num = num_scenarios, .best = NLC_NONE};
    nlc_error error = nlc_rinott_constant(num_scenarios, options->first, options->probability, &self->h);
    for (uint32_t s = 0; s < num_scenarios && error == NLC_OK; s++) {
        nlc_ensemble_options how = *runs;
        nlc_paired alone;
        how.seed = self->candidate[s].seed = nlc_mix(runs->seed ^ nlc_mix(s + 1));
        error = nlc_paired_init(&alone, &scenarios[s], 1, 0);
        if (error == NLC_OK)
            error = candidate_run(&self->candidate[s], &alone, self->h, options, &how);
        nlc_paired_free(&alone);
    }
    if (error == NLC_OK)
        self->best = choose(self, options->smallest);
    return error;
}
