#include "compare.h"

#include <math.h>
#include <stdlib.h>

/* ---- All differences -------------------------------------------------------------------------------- */

static bool may_be_missed(const nlc_outcome *outcome)
{
    return outcome->kind == NLC_OUTCOME_MONTHS_TO;
}

static void add_row(nlc_comparison *self, const nlc_paired *paired, nlc_compared row, const nlc_precision *precision)
{
    const double *first = nlc_paired_values(paired, row.first, row.outcome);
    const double *second = nlc_paired_values(paired, row.second, row.outcome);
    row.difference = row.of_reach ? nlc_difference_of_reach(first, second, paired->num_runs, precision)
                                  : nlc_difference_of(first, second, paired->num_runs, precision);
    self->row[self->num_rows++] = row;
}

static void add_pair(nlc_comparison *self, const nlc_paired *paired, nlc_compared row, const nlc_precision *precision)
{
    for (row.outcome = 0; row.outcome < paired->num_outcomes; row.outcome++) {
        row.of_reach = false;
        add_row(self, paired, row, precision);
        row.of_reach = true;
        if (may_be_missed(nlc_paired_outcome(paired, row.outcome)))
            add_row(self, paired, row, precision);
    }
}

nlc_error nlc_comparison_init(nlc_comparison *self, const nlc_paired *paired, const nlc_precision *precision)
{
    const uint32_t num = paired->num_scenarios;
    nlc_precision wanted = *precision;
    wanted.first = 2; /* how many are needed, not how many are run at least */
    *self = (nlc_comparison){0};
    self->row = malloc(((size_t)num * (num - 1) * paired->num_outcomes + 1) * sizeof *self->row);
    if (self->row == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t first = 0; first < num; first++)
        for (uint32_t second = first + 1; second < num; second++)
            add_pair(self, paired, (nlc_compared){.first = first, .second = second}, &wanted);
    return NLC_OK;
}

void nlc_comparison_free(nlc_comparison *self)
{
    free(self->row);
    *self = (nlc_comparison){0};
}

const nlc_compared *nlc_comparison_row(const nlc_comparison *self, uint32_t first, uint32_t second, uint32_t outcome, bool of_reach)
{
    for (uint32_t k = 0; k < self->num_rows; k++) {
        const nlc_compared *row = &self->row[k];
        if (row->first == first && row->second == second && row->outcome == outcome && row->of_reach == of_reach)
            return row;
    }
    return NULL;
}

/* ---- How many runs --------------------------------------------------------------------------------- */

/* A difference from the first scenario as the runs come in. */
static bool is_known(nlc_moments *moments, const nlc_paired *of, uint32_t scenario, const nlc_stop *stop, uint32_t r)
{
    const double first = nlc_paired_values(of, 0, stop->outcome)[r];
    const double second = nlc_paired_values(of, scenario, stop->outcome)[r];
    if (!isnan(first) && !isnan(second))
        nlc_moments_add(moments, second - first);
    return nlc_precision_is_met(&stop->precision, moments);
}

/* The smallest number of runs, or 0; `moments` is how the differences then stand. */
static uint32_t find_enough(const nlc_paired *self, const nlc_stop *stop, nlc_moments moments[NLC_MOST_COMPARED])
{
    for (uint32_t s = 0; s < self->num_scenarios; s++)
        moments[s] = (nlc_moments){0};
    for (uint32_t r = 0; r < self->num_runs; r++) {
        bool all_known = true;
        for (uint32_t s = 1; s < self->num_scenarios; s++)
            all_known = is_known(&moments[s], self, s, stop, r) && all_known;
        if (all_known)
            return r + 1;
    }
    return 0;
}

uint32_t nlc_paired_enough(const nlc_paired *self, const nlc_stop *stop)
{
    nlc_moments moments[NLC_MOST_COMPARED];
    return find_enough(self, stop, moments);
}

/* As many as are likely to be enough, and some more: at least half as many again, at most twice. */
static uint32_t next_num(const nlc_paired *self, const nlc_stop *stop, const nlc_moments *moments)
{
    const uint32_t least = self->num_runs + self->num_runs / 2, twice = 2 * self->num_runs;
    uint32_t num = stop->precision.first;
    for (uint32_t s = 1; s < self->num_scenarios; s++) {
        const uint32_t needed = nlc_precision_needed(&stop->precision, &moments[s]);
        num = needed > num ? needed : num;
    }
    num = num < least ? least : num > twice ? twice : num;
    num = num < stop->precision.first ? stop->precision.first : num;
    return num < stop->most ? num : stop->most;
}

nlc_error nlc_paired_run_until(nlc_paired *self, const nlc_stop *stop, const nlc_ensemble_options *options, bool *enough)
{
    nlc_moments moments[NLC_MOST_COMPARED] = {{0}};
    nlc_error error = NLC_OK;
    uint32_t num = 0;
    while (num == 0 && self->num_runs < stop->most && error == NLC_OK) {
        error = nlc_paired_extend(self, next_num(self, stop, moments), options);
        num = find_enough(self, stop, moments);
    }
    *enough = num > 0;
    self->num_runs = num > 0 ? num : self->num_runs;
    return error;
}
