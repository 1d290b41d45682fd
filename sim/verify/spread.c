/* Cases of yes/no diffusion on a graph: independent cascade, thresholds, and the chain with exposure, push
 * and drop-out. Each is run as a scenario of the model of that name, and what becomes of each node is
 * compared with the exact law. */
#include "chances.h"
#include "graph.h"
#include "kinds.h"

#include <stdlib.h>
#include <string.h>

/* ---- What cascades and random thresholds have in common: who is active in the end ------------------- */

static nlc_error check_end(nlc_case *one, const char *name, const json_t *in, const nlc_counts *counts)
{
    char label[128];
    double *chance, *law;
    size_t num;
    const size_t month = counts->num_months;
    nlc_error error = nlc_case_numbers(one, in, "activation_prob", &chance, &num);
    if (error == NLC_OK && num != counts->num_nodes) {
        nlc_case_say(one, "activation_prob has another length than n");
        error = NLC_ERROR_INPUT;
    }
    for (uint32_t i = 0; error == NLC_OK && counts->by_node && i < counts->num_nodes; i++)
        nlc_chance_check_share(one, nlc_case_label(label, name, "node", i, NLC_NONE), counts->node[month * num + i],
                               counts->num_runs, chance[i]);
    free(chance);
    if (error != NLC_OK || json_object_get(in, "final_size_pmf") == NULL)
        return error;
    error = nlc_case_numbers(one, in, "final_size_pmf", &law, &num);
    if (error == NLC_OK && num != counts->num_nodes + (size_t)1) {
        nlc_case_say(one, "final_size_pmf has another length than n and one");
        error = NLC_ERROR_INPUT;
    }
    if (error == NLC_OK)
        nlc_chance_check_law(one, nlc_case_label(label, name, "law of the size", NLC_NONE, NLC_NONE), counts->number + month * num,
                             law, num);
    free(law);
    return error;
}

static void say_runs(nlc_case *one, const char *name, const nlc_counts *counts)
{
    if (one->num_failed == 0)
        nlc_case_say(one, "%s%s%u runs of %u nodes over %u months agree within 4.5 standard errors", name != NULL ? name : "",
                     name != NULL ? ": " : "", counts->num_runs, counts->num_nodes, counts->num_months);
}

static nlc_error run_to_end(nlc_case *one, const char *name, const json_t *in, nlc_world *world, const nlc_case_graph *graph)
{
    /* A chain of activations is at most as long as there are nodes. */
    nlc_counts counts = {.num_months = graph->num_nodes, .num_nodes = graph->num_nodes, .starts = graph->starts, .by_node = true};
    nlc_error error = nlc_counts_run(&counts, world, name, nlc_chance_replicates(graph->num_nodes, graph->num_nodes));
    if (error == NLC_OK)
        error = check_end(one, name, in, &counts);
    if (error == NLC_OK)
        say_runs(one, name, &counts);
    nlc_counts_free(&counts);
    return error;
}

/* ---- Independent cascade --------------------------------------------------------------------------- */

static nlc_error check_cascade(nlc_case *one, const char *name, const json_t *in)
{
    nlc_case_graph graph;
    nlc_world world;
    nlc_error error = nlc_case_graph_read(&graph, one, in, "seeds", NLC_TWICE_EITHER);
    nlc_world_begin(&world, one, "cascade", "", true);
    for (uint32_t i = 0; error == NLC_OK && i < graph.num_nodes; i++)
        nlc_world_place(&world, "place", NLC_NONE, graph.starts[i], "%s", "");
    nlc_world_parameter(&world, "transmission", 1);
    if (error == NLC_OK)
        nlc_case_graph_add(&graph, &world);
    if (error == NLC_OK)
        error = run_to_end(one, name, in, &world, &graph);
    nlc_world_free(&world);
    nlc_case_graph_free(&graph);
    return error;
}

nlc_error nlc_verify_cascade(nlc_case *self)
{
    return nlc_case_graphs(self, check_cascade);
}

/* ---- Thresholds ------------------------------------------------------------------------------------- */

static void add_places(nlc_world *world, const nlc_case_graph *graph, const double *threshold)
{
    for (uint32_t i = 0; i < graph->num_nodes; i++) {
        if (threshold != NULL)
            nlc_world_place(world, "place", NLC_NONE, graph->starts[i], ",%.17g", threshold[i]);
        else
            nlc_world_place(world, "place", NLC_NONE, graph->starts[i], ",");
    }
    nlc_world_parameter(world, "threshold", 0.5);
    nlc_world_parameter(world, "spread", 0.5);
    nlc_case_graph_add(graph, world);
}

static bool lists_node(const json_t *set, uint32_t node)
{
    for (size_t k = 0; k < json_array_size(set); k++)
        if (json_integer_value(json_array_get(set, k)) == (json_int_t)node)
            return true;
    return false;
}

/* After the last step that is given nothing changes any more. */
static void check_steps(nlc_case *one, const char *name, const json_t *steps, const nlc_counts *counts)
{
    char label[128];
    const size_t last = json_array_size(steps) - 1;
    for (uint32_t month = 0; month <= counts->num_months; month++) {
        const json_t *set = json_array_get(steps, month < last ? month : last);
        for (uint32_t i = 0; i < counts->num_nodes; i++)
            nlc_case_expect(one, nlc_case_label(label, name, "node", i, month),
                            counts->node[month * (size_t)counts->num_nodes + i] / counts->num_runs, lists_node(set, i), 0);
    }
}

static nlc_error run_steps(nlc_case *one, const char *name, const json_t *in, nlc_world *world, const nlc_case_graph *graph)
{
    const json_t *steps;
    nlc_error error = nlc_case_member(one, in, "active_after_each_step", JSON_ARRAY, &steps);
    if (error == NLC_OK && (json_array_size(steps) == 0 || graph->num_nodes > NLC_WORLD_MOST_NODES)) {
        nlc_case_say(one, "there are no steps, or more than %d nodes", NLC_WORLD_MOST_NODES);
        error = NLC_ERROR_INPUT;
    }
    if (error != NLC_OK)
        return error;
    nlc_counts counts = {
        .num_months = (uint32_t)json_array_size(steps), .num_nodes = graph->num_nodes, .starts = graph->starts, .by_node = true};
    error = nlc_counts_run(&counts, world, name, 1);
    if (error == NLC_OK)
        check_steps(one, name, steps, &counts);
    if (error == NLC_OK && one->num_failed == 0)
        nlc_case_say(one, "%s%s%u steps of %u nodes are the same sets", name != NULL ? name : "", name != NULL ? ": " : "",
                     counts.num_months, counts.num_nodes);
    nlc_counts_free(&counts);
    return error;
}

static nlc_error check_threshold(nlc_case *one, const char *name, const json_t *in)
{
    nlc_case_graph graph;
    nlc_world world;
    double *threshold = NULL;
    const bool is_given = json_object_get(in, "thresholds") != NULL;
    nlc_error error = nlc_case_graph_read(&graph, one, in, "seeds", NLC_TWICE_SUM);
    if (error == NLC_OK && is_given)
        error = nlc_case_by_node(one, in, "thresholds", graph.num_nodes, 0, &threshold);
    nlc_world_begin(&world, one, "threshold", "threshold", true);
    if (error == NLC_OK)
        add_places(&world, &graph, threshold);
    if (error == NLC_OK)
        error = is_given ? run_steps(one, name, in, &world, &graph) : run_to_end(one, name, in, &world, &graph);
    free(threshold);
    nlc_world_free(&world);
    nlc_case_graph_free(&graph);
    return error;
}

nlc_error nlc_verify_threshold(nlc_case *self)
{
    return nlc_case_graphs(self, check_threshold);
}

/* ---- The chain with exposure, push and drop-out -------------------------------------------------------- */

static nlc_error check_marginals(nlc_case *one, const char *name, const json_t *marginals, const nlc_counts *counts)
{
    char label[128];
    for (uint32_t month = 0; month <= counts->num_months; month++) {
        const json_t *row = json_array_get(marginals, month);
        if (json_array_size(row) != counts->num_nodes) {
            nlc_case_say(one, "a row of marginals_by_t has another length than n");
            return NLC_ERROR_INPUT;
        }
        for (uint32_t i = 0; counts->by_node && i < counts->num_nodes; i++)
            nlc_chance_check_share(one, nlc_case_label(label, name, "node", i, month),
                                   counts->node[month * (size_t)counts->num_nodes + i], counts->num_runs,
                                   json_number_value(json_array_get(row, i)));
    }
    return NLC_OK;
}

static nlc_error check_means(nlc_case *one, const char *name, const json_t *in, const nlc_counts *counts)
{
    char label[128];
    const json_t *mean = json_object_get(in, "count_mean"), *variance = json_object_get(in, "count_var");
    double *law;
    size_t num;
    for (uint32_t month = 0; month <= counts->num_months && month < json_array_size(mean) && month < json_array_size(variance);
         month++)
        nlc_counts_check(counts, one, nlc_case_label(label, name, "number of adopters", NLC_NONE, month), month,
                         json_number_value(json_array_get(mean, month)), json_number_value(json_array_get(variance, month)));
    if (json_object_get(in, "count_pmf_at_T") == NULL)
        return NLC_OK;
    nlc_error error = nlc_case_numbers(one, in, "count_pmf_at_T", &law, &num);
    if (error == NLC_OK && num != counts->num_nodes + (size_t)1) {
        nlc_case_say(one, "count_pmf_at_T has another length than n and one");
        error = NLC_ERROR_INPUT;
    }
    if (error == NLC_OK)
        nlc_chance_check_law(one, nlc_case_label(label, name, "law of the number at the end", NLC_NONE, NLC_NONE),
                             counts->number + counts->num_months * num, law, num);
    free(law);
    return error;
}

static nlc_error run_chain(nlc_case *one, const char *name, const json_t *in, nlc_world *world, const nlc_case_graph *graph)
{
    const json_t *marginals;
    nlc_error error = nlc_case_member(one, in, "marginals_by_t", JSON_ARRAY, &marginals);
    if (error == NLC_OK && json_array_size(marginals) < 2) {
        nlc_case_say(one, "marginals_by_t has no step");
        error = NLC_ERROR_INPUT;
    }
    if (error != NLC_OK)
        return error;
    nlc_counts counts = {.num_months = (uint32_t)json_array_size(marginals) - 1,
                         .num_nodes = graph->num_nodes,
                         .starts = graph->starts,
                         .by_node = true};
    error = nlc_counts_run(&counts, world, name, nlc_chance_replicates(counts.num_nodes, counts.num_months));
    if (error == NLC_OK)
        error = check_marginals(one, name, marginals, &counts);
    if (error == NLC_OK)
        error = check_means(one, name, in, &counts);
    if (error == NLC_OK)
        say_runs(one, name, &counts);
    nlc_counts_free(&counts);
    return error;
}

static nlc_error check_chain(nlc_case *one, const char *name, const json_t *in)
{
    nlc_case_graph graph;
    nlc_world world;
    double *external = NULL, *dropout = NULL;
    nlc_error error = nlc_case_graph_read(&graph, one, in, "initially_adopted", NLC_TWICE_LAST);
    if (error == NLC_OK)
        error = nlc_case_by_node(one, in, "external", graph.num_nodes, 0, &external);
    if (error == NLC_OK)
        error = nlc_case_by_node(one, in, "dropout", graph.num_nodes, 0, &dropout);
    nlc_world_begin(&world, one, "contagion", "external,dropout", true);
    for (uint32_t i = 0; error == NLC_OK && i < graph.num_nodes; i++)
        nlc_world_place(&world, "place", NLC_NONE, graph.starts[i], ",%.17g,%.17g", external[i], dropout[i]);
    nlc_world_parameter(&world, "transmission", 1);
    if (error == NLC_OK)
        nlc_case_graph_add(&graph, &world);
    if (error == NLC_OK)
        error = run_chain(one, name, in, &world, &graph);
    free(external);
    free(dropout);
    nlc_world_free(&world);
    nlc_case_graph_free(&graph);
    return error;
}

nlc_error nlc_verify_chain(nlc_case *self)
{
    return nlc_case_graphs(self, check_chain);
}
