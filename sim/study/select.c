#include "select.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>

static bool is_hit(const nlc_target *target, double outcome)
{
    const bool high_enough = isnan(target->at_least) || outcome >= target->at_least;
    return !isnan(outcome) && high_enough && (isnan(target->at_most) || outcome <= target->at_most);
}

static void conclude(nlc_selection *self, double cost, uint32_t num_costs)
{
    const double hits = self->num_hits, misses = (double)self->num_runs - hits;
    self->mean_cost = num_costs > 0 ? cost / num_costs : NAN;
    self->share = self->num_runs > 0 ? hits / self->num_runs : NAN;
    self->low = self->num_hits > 0 ? gsl_cdf_beta_Pinv(0.025, hits, misses + 1) : 0;
    self->high = misses > 0 ? gsl_cdf_beta_Pinv(0.975, hits + 1, misses) : 1;
}

/* A share that comes to a whole number of runs but for rounding is that number. */
static double value_reached_by(const nlc_select_input *input, uint32_t num_given, const nlc_selection *self, double probability)
{
    const double wanted = ceil(probability * self->num_runs - 1e-9);
    if (wanted < 1 || wanted > num_given)
        return NAN;
    gsl_sort(input->room, 1, num_given);
    return input->room[(uint32_t)wanted - 1];
}

static nlc_selection measure(const nlc_select_input *input, const nlc_target *target, uint32_t choice)
{
    nlc_selection self = {0};
    double cost = 0;
    uint32_t num_costs = 0, num_given = 0;
    for (uint32_t i = 0; i < input->num_runs; i++) {
        if (input->choice[i] != choice)
            continue;
        self.num_runs++;
        self.num_hits += is_hit(target, input->outcome[i]);
        if (!isnan(input->outcome[i]))
            input->room[num_given++] = input->outcome[i];
        if (!isnan(input->cost[i])) {
            cost += input->cost[i];
            num_costs++;
        }
    }
    conclude(&self, cost, num_costs);
    self.reached_by = value_reached_by(input, num_given, &self, target->probability);
    return self;
}

static bool is_better(const nlc_selection *selections, uint32_t choice, uint32_t than)
{
    if (than == NLC_NONE || selections[choice].mean_cost < selections[than].mean_cost)
        return true;
    return selections[choice].mean_cost == selections[than].mean_cost && selections[choice].share > selections[than].share;
}

static bool is_sooner(const nlc_selection *selections, uint32_t choice, uint32_t than)
{
    const nlc_selection *self = &selections[choice];
    if (isnan(self->reached_by) || isnan(self->mean_cost))
        return false;
    if (than == NLC_NONE || self->reached_by != selections[than].reached_by)
        return than == NLC_NONE || self->reached_by < selections[than].reached_by;
    return self->mean_cost < selections[than].mean_cost;
}

nlc_cheapest nlc_select(const nlc_select_input *input, const nlc_target *target, nlc_selection *selections)
{
    nlc_cheapest result = {NLC_NONE, NLC_NONE, NLC_NONE};
    for (uint32_t c = 0; c < input->num_choices; c++) {
        selections[c] = measure(input, target, c);
        if (is_sooner(selections, c, result.soonest))
            result.soonest = c;
        if (isnan(selections[c].mean_cost) || !(selections[c].share >= target->probability))
            continue;
        if (is_better(selections, c, result.by_share))
            result.by_share = c;
        if (selections[c].low >= target->probability && is_better(selections, c, result.for_sure))
            result.for_sure = c;
    }
    return result;
}
