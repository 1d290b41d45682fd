/* Cases about how long things take: the relay down a tree, the voter model until all agree, and capacity
 * that is gained by chance and leaks away. */
#include "chances.h"
#include "graph.h"
#include "kinds.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_MONTHS 1200
#define MOST_LEVELS 8

static nlc_error complain(nlc_case *one, const char *what)
{
    nlc_case_say(one, "%s", what);
    return NLC_ERROR_INPUT;
}

/* ---- Relay ---------------------------------------------------------------------------------------------- */

typedef struct {
    nlc_case *one;
    uint32_t num_levels, branching[MOST_LEVELS];
    double chance[MOST_LEVELS];
    uint32_t num_nodes, num_leaves, num_months;
    double *leaves; /* [num_months + 1], owned: leaves told, over all runs */
    float *values;
} tree;

static nlc_error tree_read(tree *self)
{
    const json_t *params;
    double *chances = NULL, *branches = NULL;
    size_t num = 0, num_branches = 0;
    nlc_error error = nlc_case_member(self->one, self->one->root, "params", JSON_OBJECT, &params);
    if (error == NLC_OK)
        error = nlc_case_numbers(self->one, params, "per_step_prob_by_level", &chances, &num);
    if (error == NLC_OK)
        error = nlc_case_numbers(self->one, params, "branching_by_level", &branches, &num_branches);
    if (error == NLC_OK && (num == 0 || num > MOST_LEVELS || num != num_branches))
        error = complain(self->one, "there are no levels, more than 8, or not as many chances as branchings");
    double nodes = 0, level = 1;
    for (size_t k = 0; k < num && error == NLC_OK; k++) {
        self->chance[k] = chances[k];
        self->branching[k] = (uint32_t)branches[k];
        level *= self->branching[k];
        nodes += level;
        if (!(branches[k] >= 1) || nodes > 100000)
            error = complain(self->one, "the tree has no branches, or more than 100000 nodes");
    }
    self->num_levels = (uint32_t)num, self->num_nodes = (uint32_t)nodes, self->num_leaves = (uint32_t)level;
    free(chances), free(branches);
    return error;
}

/* Level by level, so that the parents of a level are the places just before it. */
static void tree_grow(const tree *self, nlc_world *world)
{
    uint32_t first = 0, num = 1;
    char tier[16];
    for (uint32_t k = 0; k < self->num_levels; k++) {
        const uint32_t above = first;
        first = world->num_nodes;
        snprintf(tier, sizeof tier, "level%u", k + 1);
        for (uint32_t i = 0; i < num * self->branching[k]; i++)
            nlc_world_place(world, tier, k == 0 ? NLC_NONE : above + i / self->branching[k], false, ",%.17g", self->chance[k]);
        num *= self->branching[k];
    }
}

static nlc_error take_leaves(void *context, const nlc_ensemble *ensemble)
{
    tree *self = context;
    const nlc_resolved *scenario = ensemble->scenario;
    const uint32_t adopted = nlc_model_tally(scenario->model, "adopted"), runs = ensemble->num_replicates;
    uint32_t split = NLC_NONE;
    char tier[16];
    snprintf(tier, sizeof tier, "level%u", self->num_levels);
    for (uint32_t s = 0; s < ensemble->num_splits; s++)
        if (ensemble->splits[s].tier != NLC_NONE && ensemble->splits[s].country == NLC_NONE &&
            strcmp(scenario->tiers.text[ensemble->splits[s].tier], tier) == 0)
            split = s;
    float *values = malloc(runs * sizeof *values);
    if (values == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t month = 1; month <= self->num_months; month++) {
        nlc_ensemble_tally(ensemble, month, split, adopted, values);
        for (uint32_t r = 0; r < runs; r++)
            self->leaves[month] += (double)values[r];
    }
    free(values);
    return NLC_OK;
}

static void check_full(nlc_case *one, const nlc_counts *counts, double mean, double deviation)
{
    double found = 0, square = 0, fourth = 0, before = 0;
    const double *number = counts->number + counts->num_nodes;
    const size_t width = counts->num_nodes + (size_t)1;
    for (uint32_t month = 0; month <= counts->num_months; month++)
        found += 1 - number[month * width] / counts->num_runs;
    for (uint32_t month = 0; month <= counts->num_months; month++) {
        const double late = month - found, share = number[month * width] / counts->num_runs;
        square += late * late * (share - before);
        fourth += late * late * late * late * (share - before);
        before = share;
    }
    nlc_chance_check_variance(one, "months until all are told", square, fourth, counts->num_runs, deviation * deviation);
    nlc_chance_check_mean(one, "months until all are told", found, counts->num_runs, mean, deviation * deviation);
}

/* The largest distance between the two laws, where the case gives its own. */
static void check_distance(nlc_case *one, const nlc_counts *counts, const json_t *law)
{
    double distance = 0;
    for (size_t k = 0; k < json_array_size(law); k++) {
        const double t = json_number_value(json_object_get(json_array_get(law, k), "t"));
        const double expected = json_number_value(json_object_get(json_array_get(law, k), "cdf"));
        const size_t month = t < counts->num_months ? (size_t)t : counts->num_months;
        const double found = counts->number[month * (counts->num_nodes + (size_t)1) + counts->num_nodes] / counts->num_runs;
        distance = fmax(distance, fabs(found - expected));
    }
    if (json_array_size(law) > 0)
        nlc_case_expect(one, "Kolmogorov distance of the months until all are told", distance, 0, 2.23 / sqrt(counts->num_runs));
}

/* Leaves of one run go together, so a share of them has at most the variance of one. */
static void check_coverage(const tree *self, const nlc_counts *counts)
{
    char label[128];
    const json_t *coverage = json_object_get(self->one->root, "expected_leaf_coverage");
    for (uint32_t month = 0; month < json_array_size(coverage) && month <= self->num_months; month++) {
        const double p = json_number_value(json_array_get(coverage, month));
        nlc_chance_check_mean(self->one, nlc_case_label(label, NULL, "share of the lowest tier told", NLC_NONE, month),
                              self->leaves[month] / self->num_leaves / counts->num_runs, counts->num_runs, p, p * (1 - p));
    }
}

static nlc_error relay_run(tree *self, nlc_world *world)
{
    const json_t *time = json_object_get(self->one->root, "all_informed_time");
    double mean, deviation;
    nlc_error error = nlc_case_number(self->one, time, "mean", &mean);
    if (error == NLC_OK)
        error = nlc_case_number(self->one, time, "sd", &deviation);
    if (error != NLC_OK)
        return error;
    self->num_months = (uint32_t)fmin(fmax(ceil(mean + 15 * deviation), self->num_levels), MOST_MONTHS);
    self->leaves = calloc(self->num_months + (size_t)1, sizeof *self->leaves);
    bool *starts = calloc(self->num_nodes, sizeof *starts);
    nlc_counts counts = {
        .num_months = self->num_months, .num_nodes = self->num_nodes, .starts = starts, .also = take_leaves, .context = self};
    error = self->leaves != NULL && starts != NULL
                ? nlc_counts_run(&counts, world, NULL, nlc_chance_replicates(self->num_nodes, self->num_months))
                : NLC_ERROR_MEMORY;
    if (error == NLC_OK) {
        check_full(self->one, &counts, mean, deviation);
        check_distance(self->one, &counts, json_object_get(self->one->root, "all_informed_cdf"));
        check_coverage(self, &counts);
        if (self->one->num_failed == 0)
            nlc_case_say(self->one, "%u runs of %u nodes over %u months agree", counts.num_runs, counts.num_nodes,
                         counts.num_months);
    }
    nlc_counts_free(&counts);
    free(starts);
    return error;
}

nlc_error nlc_verify_relay(nlc_case *one)
{
    tree self = {.one = one};
    nlc_world world;
    nlc_error error = tree_read(&self);
    nlc_world_begin(&world, one, "relay", "hand_down", false);
    if (error == NLC_OK) {
        tree_grow(&self, &world);
        error = relay_run(&self, &world);
    }
    nlc_world_free(&world);
    free(self.leaves);
    return error;
}

/* ---- Voter ------------------------------------------------------------------------------------------------ */

/* The share of adopters weighted by degree, the weight of all that a node hears. Where both ends of every edge hear each
 * other equally its mean over the runs never moves, and is the share of runs that end with all adopted, however many are
 * still open (Sood & Redner 2005). */
typedef struct {
    const nlc_case_graph *graph;
    const nlc_world *world;
    double *degree; /* [num_nodes], owned */
    double all;     /* degrees */
    uint32_t num_months;
    bool is_mutual;
    double start, end; /* of the start; sum over the runs at the end */
} voters;

static nlc_error take_end(void *context, const nlc_ensemble *ensemble)
{
    voters *self = context;
    const uint32_t adopted = nlc_model_tally(ensemble->scenario->model, "adopted"), runs = ensemble->num_replicates;
    float *values = malloc(runs * sizeof *values);
    if (values == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t i = 0; i < self->graph->num_nodes; i++) {
        nlc_ensemble_tally(ensemble, self->num_months, nlc_world_split_of_node(self->world, ensemble, i), adopted, values);
        for (uint32_t r = 0; r < runs; r++)
            self->end += (double)values[r] * self->degree[i] / self->all;
    }
    free(values);
    return NLC_OK;
}

static nlc_error voters_init(voters *self)
{
    const size_t num_nodes = self->graph->num_nodes, num_edges = self->graph->num_edges;
    double *heard = calloc(num_nodes * num_nodes, sizeof *heard); /* [to][from]: its weight */
    self->degree = calloc(num_nodes, sizeof *self->degree);
    self->is_mutual = true;
    const nlc_error error = self->degree && heard ? NLC_OK : NLC_ERROR_MEMORY;
    for (size_t k = 0; k < num_edges && !error; k++) {
        const nlc_case_edge *edge = &self->graph->edge[k];
        heard[edge->to * num_nodes + edge->from] = edge->weight;
        self->degree[edge->to] += edge->weight;
        self->all += edge->weight;
        self->start += self->graph->starts[edge->to] ? edge->weight : 0;
    }
    for (size_t k = 0; k < num_edges && !error; k++) {
        const nlc_case_edge *edge = &self->graph->edge[k];
        self->is_mutual = self->is_mutual && heard[edge->from * num_nodes + edge->to] == edge->weight;
    }
    self->start /= self->all;
    free(heard);
    return error;
}

/* More runs open at the end than these leave the time to a law that the second half does not show. */
#define MOST_OPEN 0.05

/* Months until all agree: the sum of the chances that they do not yet; what is left at the end goes on to
 * fall as it did in the second half. */
static void check_agreement(nlc_case *one, const char *name, const nlc_counts *counts, double time)
{
    char label[128];
    const size_t width = counts->num_nodes + (size_t)1;
    double mean = 0, square = 0, open = 1, half = 1;
    for (uint32_t month = 0; month <= counts->num_months; month++) {
        const double *number = counts->number + month * width;
        open = 1 - (number[0] + number[counts->num_nodes]) / counts->num_runs;
        half = month == counts->num_months / 2 ? open : half;
        mean += open;
        square += (2.0 * month + 1) * open;
    }
    const double fall = open > 0 ? pow(open / half, 2.0 / counts->num_months) : 0;
    const double late = open > 0 && fall < 1 ? open * fall / (1 - fall) : 0;
    const double error = sqrt(fmax(square - mean * mean, 0) / counts->num_runs);
    nlc_case_label(label, name, "months until all agree", NLC_NONE, NLC_NONE);
    if (open <= MOST_OPEN)
        nlc_chance_check_mean(one, label, mean + late, counts->num_runs, time, square - mean * mean);
    else if (nlc_case_require(one, label, time >= mean - 4.5 * error))
        nlc_case_say(one, "%s: %.0f %% of the runs go on after month %u: more than %.4g, not compared further", label, 100 * open,
                     counts->num_months, mean);
}

/* Where an edge goes one way, of the runs that have ended, so that hardly any may still be open. */
static void check_ended(nlc_case *one, const char *name, const nlc_counts *counts, double fixation)
{
    char label[128];
    const double *number = counts->number + counts->num_months * (counts->num_nodes + (size_t)1), runs = counts->num_runs;
    const double all = number[counts->num_nodes] / runs, open = 1 - all - number[0] / runs;
    nlc_case_require(one, nlc_case_label(label, name, "hardly any run is still open", NLC_NONE, NLC_NONE), open <= MOST_OPEN);
    nlc_case_expect(one, nlc_case_label(label, name, "share that all adopt", NLC_NONE, NLC_NONE), all + open / 2, fixation,
                    4.5 * sqrt(fixation * (1 - fixation) / runs) + open / 2 + 1e-9);
}

/* The variance is at most that of a run that has ended. */
static nlc_error check_fixation(nlc_case *one, const char *name, const json_t *in, const voters *self, const nlc_counts *counts)
{
    char label[128];
    const double runs = counts->num_runs;
    double fixation, weighted;
    nlc_error error = nlc_case_number(one, in, "fixation_prob", &fixation);
    if (error == NLC_OK && self->is_mutual)
        nlc_case_expect(one, nlc_case_label(label, name, "share that all adopt", NLC_NONE, NLC_NONE), self->end / runs, fixation,
                        4.5 * sqrt(fixation * (1 - fixation) / runs) + 1e-9);
    else if (error == NLC_OK)
        check_ended(one, name, counts, fixation);
    if (error != NLC_OK || json_object_get(in, "degree_weighted_fraction") == NULL)
        return error;
    error = nlc_case_number(one, in, "degree_weighted_fraction", &weighted);
    if (error == NLC_OK)
        nlc_case_expect(one, nlc_case_label(label, name, "weighted start", NLC_NONE, NLC_NONE), self->start, weighted, 1e-9);
    return error;
}

static nlc_error check_voter(nlc_case *one, const char *name, const json_t *in)
{
    nlc_case_graph graph;
    nlc_world world;
    const json_t *given = json_object_get(in, "mean_updates_to_consensus");
    const double time = json_is_number(given) ? json_number_value(given) : -1;
    nlc_error error = nlc_case_graph_read(&graph, one, in, "initial_ones", NLC_TWICE_LAST);
    if (error == NLC_OK && (graph.num_nodes > NLC_WORLD_MOST_NODES || graph.num_edges == 0)) {
        nlc_case_say(one, "there are no edges, or more than %d nodes", NLC_WORLD_MOST_NODES);
        error = NLC_ERROR_INPUT;
    }
    nlc_world_begin(&world, one, "voter", "", true);
    for (uint32_t i = 0; error == NLC_OK && i < graph.num_nodes; i++)
        nlc_world_place(&world, "place", NLC_NONE, graph.starts[i], "%s", "");
    if (error == NLC_OK)
        nlc_case_graph_add(&graph, &world);
    voters self = {.graph = &graph, .world = &world};
    nlc_counts counts = {.num_months = (uint32_t)(time >= 0 ? fmin(ceil(20 * time) + 20, MOST_MONTHS) : MOST_MONTHS),
                         .num_nodes = graph.num_nodes,
                         .also = take_end,
                         .context = &self,
                         .starts = graph.starts};
    self.num_months = counts.num_months;
    if (error == NLC_OK)
        error = voters_init(&self);
    if (error == NLC_OK)
        error = nlc_counts_run(&counts, &world, name, 81000);
    if (error == NLC_OK)
        error = check_fixation(one, name, in, &self, &counts);
    if (error == NLC_OK && time >= 0)
        check_agreement(one, name, &counts, time);
    if (error == NLC_OK && one->num_failed == 0)
        nlc_case_say(one, "%s%s%u runs of %u nodes agree within 4.5 standard errors", name != NULL ? name : "",
                     name != NULL ? ": " : "", counts.num_runs, counts.num_nodes);
    free(self.degree);
    nlc_counts_free(&counts);
    nlc_world_free(&world);
    nlc_case_graph_free(&graph);
    return error;
}

nlc_error nlc_verify_voter(nlc_case *self)
{
    return nlc_case_graphs(self, check_voter);
}

/* ---- Leaking capacity --------------------------------------------------------------------------------------- */

/* Sums over runs, by month, of the capacity and its powers, and of its product with the month before. */
typedef struct {
    uint32_t num_months;
    double num, centre;                      /* sums are of the capacity less this */
    double *sum, *square, *fourth, *product; /* [num_months + 1], owned */
} moments;

static nlc_error take_moments(void *context, const nlc_ensemble *ensemble)
{
    moments *self = context;
    const nlc_model *model = ensemble->scenario->model;
    const size_t runs = ensemble->num_replicates, stride = model->num_measures * runs;
    double *values = malloc(self->num_months * stride * sizeof *values);
    if (values == NULL)
        return NLC_ERROR_MEMORY;
    nlc_ensemble_measures(ensemble, 0, values);
    const double *capacity = values + nlc_model_measure(model, "capacity") * runs;
    for (uint32_t month = 1; month <= self->num_months; month++) {
        for (size_t r = 0; r < runs; r++) {
            const double x = capacity[(month - 1) * stride + r] - self->centre;
            const double before = month > 1 ? capacity[(month - 2) * stride + r] - self->centre : 0;
            self->sum[month] += x;
            self->square[month] += x * x;
            self->fourth[month] += x * x * x * x;
            self->product[month] += x * before;
        }
    }
    self->num += (double)runs;
    free(values);
    return NLC_OK;
}

typedef struct {
    double gain, chance, decay, start;
} leak;

static nlc_error leak_read(nlc_case *one, leak *self)
{
    const json_t *params;
    nlc_error error = nlc_case_member(one, one->root, "params", JSON_OBJECT, &params);
    if (error == NLC_OK)
        error = nlc_case_number(one, params, "gain", &self->gain);
    if (error == NLC_OK)
        error = nlc_case_number(one, params, "train_prob", &self->chance);
    if (error == NLC_OK)
        error = nlc_case_number(one, params, "decay", &self->decay);
    if (error == NLC_OK && json_object_get(params, "c0") != NULL)
        error = nlc_case_number(one, params, "c0", &self->start);
    return error;
}

/* The variance of month t follows from that of the stationary law, which the case gives. The correlation is the slope
 * of a month on the one before: what is added in between does not depend on it, so its variance is (1 - slope^2) / runs. */
static void check_moments(nlc_case *one, const moments *self, const double *path, size_t num, const leak *leak)
{
    char label[128];
    double mean = 0, variance = 0, correlation = 0;
    nlc_case_expect(one, "capacity at the start", leak->start, path[0], 1e-9);
    const bool has_law = nlc_case_number(one, one->root, "stationary_mean", &mean) == NLC_OK &&
                         nlc_case_number(one, one->root, "stationary_var", &variance) == NLC_OK;
    for (uint32_t month = 1; month < num && month <= self->num_months; month++)
        nlc_chance_check_mean(one, nlc_case_label(label, NULL, "mean capacity", NLC_NONE, month),
                              self->sum[month] / self->num + self->centre, self->num, path[month],
                              variance * (1 - pow(1 - leak->decay, 2.0 * month)) + 1e-12);
    if (!has_law)
        return;
    const uint32_t last = self->num_months;
    const double found = self->sum[last] / self->num, spread = self->square[last] / self->num - found * found;
    const double before = self->sum[last - 1] / self->num, spread_before = self->square[last - 1] / self->num - before * before;
    nlc_chance_check_mean(one, "mean capacity once the start is forgotten", found + self->centre, self->num, mean, variance);
    nlc_case_expect(one, "variance once the start is forgotten", spread, variance,
                    4.5 * sqrt((self->fourth[last] / self->num - spread * spread) / self->num));
    if (!json_is_number(json_object_get(one->root, "autocorr_lag1")))
        return;
    correlation = json_number_value(json_object_get(one->root, "autocorr_lag1"));
    nlc_case_expect(one, "correlation with the month before", (self->product[last] / self->num - found * before) / spread_before,
                    correlation, 4.5 * sqrt(fmax(1 - correlation * correlation, 0) / self->num) + 1e-6);
}

static nlc_error leak_run(nlc_case *one, const leak *leak, moments *self, const double *path, size_t num)
{
    nlc_world world;
    nlc_world_begin(&world, one, "training", "", false);
    nlc_world_place(&world, "place", NLC_NONE, false, "%s", "");
    nlc_world_parameter(&world, "training_chance", leak->chance);
    nlc_world_parameter(&world, "training_gain", leak->gain);
    nlc_world_parameter(&world, "capacity_loss", leak->decay);
    nlc_world_parameter(&world, "start_capacity", leak->start);
    nlc_error error = nlc_world_run(&world, NULL, self->num_months, 202500, take_moments, self);
    nlc_world_free(&world);
    if (error == NLC_OK)
        check_moments(one, self, path, num, leak);
    if (error == NLC_OK && one->num_failed == 0)
        nlc_case_say(one, "%.0f runs over %u months agree within 4.5 standard errors", self->num, self->num_months);
    return error;
}

nlc_error nlc_verify_leaky(nlc_case *one)
{
    leak leak = {0};
    double *path = NULL;
    size_t num = 0;
    nlc_error error = leak_read(one, &leak);
    if (error == NLC_OK)
        error = nlc_case_numbers(one, one->root, "mean_path", &path, &num);
    if (error == NLC_OK && !(leak.decay > 0 && leak.decay <= 1 && num >= 2))
        error = complain(one, "decay is not above 0 and at most 1, or mean_path has no step");
    const double forgotten = error == NLC_OK && leak.decay < 1 ? log(1e-9) / log(1 - leak.decay) : 2;
    moments self = {.num_months = (uint32_t)fmin(fmax(fmax(forgotten, (double)num - 1), 2), MOST_MONTHS), .centre = 0};
    double *sums = calloc(4 * (self.num_months + (size_t)1), sizeof *sums);
    self.sum = sums, self.square = sums + (self.num_months + 1), self.fourth = sums + 2 * (self.num_months + (size_t)1);
    self.product = sums + 3 * (self.num_months + (size_t)1);
    if (error == NLC_OK)
        self.centre = leak.gain * leak.chance / leak.decay;
    if (error == NLC_OK)
        error = sums != NULL ? leak_run(one, &leak, &self, path, num) : NLC_ERROR_MEMORY;
    free(sums), free(path);
    return error;
}
