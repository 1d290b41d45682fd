/* The methods of `analyse`: the one list that the command, its table and `describe columns` are made from. */
#include "analyse.h"

#include "analyse_columns.h"

#include <stdio.h>
#include <string.h>

#define OF_CHOICE "lever setting, as LEVER=VALUE, LEVER=VALUE"
#define OF_INPUT  "input"
#define OF_BASE   "(the base point): the scenario as it is"
#define OR_NOTHING \
    "input; " CLI_NOTHING ": what chance makes of an input without any effect, below which nothing can be told from nothing"

const cli_method cli_methods[CLI_NUM_METHODS] = {
    {.name = "morris",
     .item = OF_INPUT,
     .measures = "mu_star: mean size of the effect of its whole range, in the output's unit; mu: mean effect; sigma: standard "
                 "deviation of the effects",
     .needs_values = true,
     .run = cli_analyse_morris},
    {.name = "sobol",
     .item = "input, or (the seed)",
     .measures = "total: share of the output's variance that would be left if all else were known; first: share that goes if it "
                 "alone were known; first_jansen: the same by Jansen's estimator",
     .needs_values = true,
     .run = cli_analyse_sobol},
    {.name = "pawn",
     .item = OR_NOTHING,
     .measures = "median, mean, max: distance, 0 to 1, of the distribution of the output in the slices of its values from that of "
                 "all runs",
     .needs_values = true,
     .run = cli_analyse_pawn},
    {.name = "delta",
     .item = OR_NOTHING,
     .measures = "delta: share of the density of the output that moves when it is known, 0 to 1 (Borgonovo)",
     .needs_values = true,
     .run = cli_analyse_delta},
    {.name = "rank",
     .item = OF_INPUT,
     .measures = "rank: rank correlation (Spearman); partial: the same with the part of the other inputs taken out; rank_p, "
                 "partial_p: how often chance alone would give as much",
     .needs_values = true,
     .run = cli_analyse_rank},
    {.name = "oat",
     .item = "factor and value, as FACTOR=VALUE; " OF_BASE,
     .measures =
         "difference: mean difference from the base point, over pairs of runs on the same seed; mcse: its Monte Carlo standard "
         "error; left_out: pairs in which one of the two has no value; mean: of the base point",
     .names_outputs = true,
     .run = cli_analyse_oat},
    {.name = "prim",
     .item = "limit of the chosen box, as INPUT >= VALUE; box: the chosen one; peel N, paste N: the boxes on the way to it",
     .measures = "of a limit quasi_p: how often chance alone would give it; low, high: its ends; reproduced_by_coverage, "
                 "reproduced_by_density: share of repetitions that limit the input too; of a box coverage: share of what is of "
                 "interest that lies in it; density: share of it that is of interest; mass: share of all runs; inputs_limited: how "
                 "many inputs it limits",
     .counts_empty = true,
     .needs_values = true,
     .run = cli_analyse_prim},
    {.name = "robust",
     .item = OF_CHOICE,
     .measures =
         "over the states of the world, in the output's unit: max_regret: most by which it falls short of the best setting; "
         "regret_p90: 90 % quantile of that; worst, mean: of its outputs; hurwicz_0.5: half way between best and worst; "
         "satisficing: share of the states in which it meets --threshold",
     .run = cli_analyse_robust},
    {.name = "pareto",
     .item = OF_CHOICE "; (the front): all of those that no other beats in both",
     .measures = "cost, output: means; on_front: 1 where no other choice is as good in both; hypervolume: share of the box between "
                 "best and worst cost and output that the front dominates",
     .needs_cost = true,
     .run = cli_analyse_pareto},
    {.name = "voi",
     .item = "unknown; (all unknowns); (an unknown that does nothing): what chance makes of one that does not matter",
     .measures = "in the output's unit: evppi: what knowing it before choosing gains; evpi: what knowing everything gains",
     .run = cli_analyse_voi},
    {.name = "select",
     .item = "TARGET: " OF_CHOICE,
     .measures =
         "probability: share of the runs that reach the target; cost: mean; reached_by: smallest value of the outcome that the "
         "target's probability of the runs are at or below, such as a month; empty where too few have one",
     .needs_cost = true,
     .names_outputs = true,
     .run = cli_analyse_select},
};

/* What the tables of all methods have besides, but that which looks at several outputs. */
#define LEFT_OUT_ITEMS \
    "; (runs that did not reach it), (runs without it), (runs of models without it): what was left out, or counted as --empty " \
    "says"
#define LEFT_OUT_MEASURES "; share: of all runs"

void cli_analysis_columns(void (*take)(void *context, const char *file, const nlc_result_column *column), void *context)
{
    char file[40], item[1024], measure[1024];
    for (uint32_t m = 0; m < CLI_NUM_METHODS; m++) {
        const cli_method *method = &cli_methods[m];
        snprintf(file, sizeof file, "%s.csv", method->name);
        snprintf(item, sizeof item, "%s%s", method->item, method->names_outputs ? "" : LEFT_OUT_ITEMS);
        snprintf(measure, sizeof measure, "%s%s", method->measures, method->names_outputs ? "" : LEFT_OUT_MEASURES);
        for (uint32_t k = 0; k < CLI_NUM_FINDING_COLUMNS; k++) {
            nlc_result_column column = cli_finding_columns[k];
            if (strcmp(column.name, "item") == 0)
                column.meaning = item;
            if (strcmp(column.name, "measure") == 0)
                column.meaning = measure;
            take(context, file, &column);
        }
    }
}
