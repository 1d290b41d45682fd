/* What a user sees after a comparison: one screen. */
#include "comparison.h"
#include "problems.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MOST_ROWS = 14, FEWEST_ROWS = 2, MOST_OUTCOMES = 16 };

typedef struct {
    const nlc_compare_results *results;
    const nlc_model *model;
    nlc_text *text;
    nlc_error error; /* the first one */
} screen;

static void say(screen *self, const char *format, ...)
{
    char line[512];
    va_list details;
    va_start(details, format);
    vsnprintf(line, sizeof line, format, details);
    va_end(details);
    if (self->error == NLC_OK)
        self->error = nlc_text_add(self->text, line, strlen(line));
}

/* ---- Numbers ---------------------------------------------------------------------------------------- */

/* Shares in whole percentages; months, and what is small, with a decimal. */
typedef struct {
    double scale;
    int decimals;
    const char *unit;
} style;

/* NaN is no size. */
static style style_of(const nlc_outcome *outcome, bool of_reach, double size_1, double size_2)
{
    if (of_reach || strcmp(outcome->unit, "share") == 0)
        return (style){100, 0, " %"};
    const bool is_large = fabs(size_1) >= 100 || fabs(size_2) >= 100;
    return (style){1, strcmp(outcome->unit, "months") == 0 || !is_large ? 1 : 0, ""};
}

/* -0 would be a difference of nothing with a direction. */
static double rounded(double value, style as)
{
    const double step = as.decimals == 0 ? 1 : 10, result = round(value * as.scale * step) / step;
    return result == 0 ? 0 : result;
}

/* "12 % (11-13)" */
static void write_mean(nlc_interval mean, style as, char text[48])
{
    if (isnan(mean.value))
        snprintf(text, 48, "-");
    else
        snprintf(text, 48, "%.*f%s (%.*f%s%.*f)", as.decimals, rounded(mean.value, as), as.unit, as.decimals, rounded(mean.low, as),
                 rounded(mean.low, as) < 0 ? " to " : "-", as.decimals, rounded(mean.high, as));
}

/* "+12 % (+11 to +13)" */
static void write_change(nlc_interval change, style as, char text[48])
{
    if (isnan(change.value))
        snprintf(text, 48, "-");
    else
        snprintf(text, 48, "%+.*f%s (%+.*f to %+.*f)", as.decimals, rounded(change.value, as), as.unit, as.decimals,
                 rounded(change.low, as), as.decimals, rounded(change.high, as));
}

/* "45 (39-52)"; numbers of runs that cannot be said, or are endless, in words. */
static void write_needed(nlc_interval needed, char text[64])
{
    if (isnan(needed.value))
        snprintf(text, 64, "it cannot be said how many pairs");
    else if (isinf(needed.value))
        snprintf(text, 64, "more than a thousand million pairs");
    else if (isinf(needed.high))
        snprintf(text, 64, "%.0f (%.0f or more) pairs", needed.value, needed.low);
    else
        snprintf(text, 64, "%.0f (%.0f-%.0f) pairs", needed.value, needed.low, needed.high);
}

/* ---- Rows ------------------------------------------------------------------------------------------- */

static void write_row(screen *self, const nlc_compared *row)
{
    const nlc_outcome *outcome = nlc_paired_outcome(self->results->paired, row->outcome);
    const nlc_difference *difference = &row->difference;
    const style as = style_of(outcome, row->of_reach, difference->first.value, difference->second.value);
    char label[40], first[48], second[48], change[48];
    snprintf(label, sizeof label, "%s", row->of_reach ? "  runs that get there" : outcome->name);
    write_mean(difference->first, as, first);
    write_mean(difference->second, as, second);
    write_change(difference->difference, as, change);
    say(self, "%-24.30s %16s %16s %22s %5u  %s\n", label, first, second, change, difference->n,
        nlc_verdict_text(difference->verdict));
}

static void write_outcome(screen *self, uint32_t scenario, uint32_t outcome)
{
    const nlc_comparison *comparison = self->results->comparison;
    const nlc_compared *value = nlc_comparison_row(comparison, 0, scenario, outcome, false);
    const nlc_compared *reach = nlc_comparison_row(comparison, 0, scenario, outcome, true);
    if (value->difference.n > 0 || reach != NULL)
        write_row(self, value);
    if (reach != NULL && value->difference.left_out > 0)
        write_row(self, reach);
}

static uint32_t add_outcome(uint32_t *order, uint32_t num, uint32_t outcome)
{
    for (uint32_t k = 0; k < num; k++)
        if (order[k] == outcome)
            return num;
    order[num] = outcome;
    return num + 1;
}

/* The outcomes in the order in which they are shown: the one that the user named, then the chief ones, or
 * some of a model that has none of these. */
static uint32_t order_outcomes(const screen *self, uint32_t order[MOST_OUTCOMES])
{
    static const char *const chief[] = {"functioning_end",          "adopted_end",   "cost_end",
                                        "months_to_functioning_50", "plans_kept_24", "paper_plan_gap_end"};
    uint32_t num = add_outcome(order, 0, self->results->stop->outcome);
    for (size_t c = 0; c < sizeof chief / sizeof chief[0]; c++)
        for (uint32_t k = 0; k < self->model->num_outcomes; k++)
            if (strcmp(self->model->outcomes[k].name, chief[c]) == 0)
                num = add_outcome(order, num, k);
    for (uint32_t k = 0; num < FEWEST_ROWS && k < self->model->num_outcomes; k++)
        num = add_outcome(order, num, k);
    return num;
}

static void write_scenario(screen *self, uint32_t scenario)
{
    const nlc_compare_results *results = self->results;
    uint32_t order[MOST_OUTCOMES], num_rows = MOST_ROWS / 2 / (results->paired->num_scenarios - 1);
    const uint32_t num = order_outcomes(self, order);
    const uint32_t months = results->paired->shared_months[scenario];
    const char *first = results->scenario[0].name, *second = results->scenario[scenario].name;
    num_rows = num_rows < FEWEST_ROWS ? FEWEST_ROWS : num_rows;
    num_rows = num_rows > num ? num : num_rows;
    say(self, "\n%s less %s", second, first);
    if (months > 0)
        say(self, ": the past they share, to the end of month %u, was computed once", months);
    say(self, "\n%-24s %16.16s %16.16s %22s %5s\n", "", first, second, "difference", "pairs");
    for (uint32_t k = 0; k < num_rows; k++)
        write_outcome(self, scenario, order[k]);
    /* Whatever else there is room for: why a lever that helps may still do harm. */
    for (uint32_t k = self->model->num_outcomes; k < results->paired->num_outcomes; k++)
        write_outcome(self, scenario, k);
}

/* ---- How many runs, and the best --------------------------------------------------------------------- */

static void write_wanted(const nlc_precision *precision, char text[64])
{
    if (precision->is_relative)
        snprintf(text, 64, "within %.3g %% of the difference", 100 * precision->width);
    else
        snprintf(text, 64, "within %.3g", precision->width);
}

static void write_needs(screen *self)
{
    const nlc_compare_results *results = self->results;
    const char *outcome = self->model->outcomes[results->stop->outcome].name;
    char wanted[64], needed[64];
    write_wanted(&results->stop->precision, wanted);
    say(self, "\n%s: variance reduction by common random numbers; pairs needed to know it %s\n", outcome, wanted);
    for (uint32_t s = 1; s < results->paired->num_scenarios; s++) {
        const nlc_difference *difference =
            &nlc_comparison_row(results->comparison, 0, s, results->stop->outcome, false)->difference;
        const nlc_interval *reduction = &difference->reduction;
        write_needed(difference->needed, needed);
        if (isnan(reduction->value) || isinf(reduction->value))
            say(self, "  %-24.40s %s; %s (n %u)\n", results->scenario[s].name,
                isnan(reduction->value) ? "nothing varies" : "nothing is left of the variance", needed, difference->n);
        else
            say(self, "  %-24.40s %.2f (%.2f-%.2f); %s (n %u)\n", results->scenario[s].name, reduction->value, reduction->low,
                reduction->high, needed, difference->n);
    }
    if (results->is_sequential)
        say(self, "%s: %s is %s after %u pairs\n", results->is_enough ? "enough" : "not reached", wanted,
            results->is_enough ? "reached" : "not reached", results->paired->num_runs);
}

static void write_why_not(screen *self)
{
    const nlc_selection *selection = self->results->selection;
    for (uint32_t s = 0; s < selection->num; s++) {
        const nlc_candidate *one = &selection->candidate[s];
        const char *name = self->results->scenario[s].name;
        if (one->missing > 0)
            say(self, "  %s has no value in %u of %u runs\n", name, one->missing, one->runs);
        else if (one->needed == UINT32_MAX)
            say(self, "  %s needs more than a thousand million runs\n", name);
        else if (one->needed > one->runs)
            say(self, "  %s needs %u runs, and --most allows %u\n", name, one->needed, self->results->choice->most);
    }
}

static void write_best(screen *self)
{
    const nlc_selection *selection = self->results->selection;
    const nlc_selection_options *choice = self->results->choice;
    const nlc_outcome *outcome = &self->model->outcomes[choice->outcome];
    if (selection->best == NLC_NONE) {
        say(self, "\nthe best in %s cannot be chosen:\n", outcome->name);
        write_why_not(self);
        return;
    }
    say(self,
        "\nbest in %s (%s): %s, a right choice with probability %.0f %% or more\nwhere it is better by %.3g or more; runs of their "
        "own:",
        outcome->name, choice->smallest ? "smallest" : "largest", self->results->scenario[selection->best].name,
        100 * choice->probability, choice->indifference);
    for (uint32_t s = 0; s < selection->num; s++) {
        const nlc_candidate *one = &selection->candidate[s];
        char mean[48];
        write_mean((nlc_interval){one->mean, one->low, one->high}, style_of(outcome, false, one->mean, one->mean), mean);
        say(self, "%s %s %s n %u", s == 0 ? "" : ";", self->results->scenario[s].name, mean, one->runs);
    }
    say(self, "\n");
}

nlc_error nlc_compare_summarise(const nlc_compare_results *what, nlc_text *text)
{
    screen self = {.results = what, .model = what->paired->scenarios[0]->model, .text = text};
    const nlc_paired *paired = what->paired;
    say(&self, "%u scenarios of %u months, %u runs each in pairs on common random numbers, seed %llu\n", paired->num_scenarios,
        paired->scenarios[0]->num_months, paired->num_runs, (unsigned long long)what->seed);
    say(&self, "mean (%.0f %% interval, chance alone, each by itself); real: it leaves out 0\n",
        100 * what->stop->precision.confidence);
    for (uint32_t s = 1; s < paired->num_scenarios; s++)
        write_scenario(&self, s);
    write_needs(&self);
    if (what->selection != NULL)
        write_best(&self);
    return self.error;
}
