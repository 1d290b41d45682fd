#include "graph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static nlc_error complain(nlc_case *one, const char *what)
{
    nlc_case_say(one, "%s", what);
    return NLC_ERROR_INPUT;
}

static bool is_node(const json_t *value, uint32_t num_nodes)
{
    return json_is_integer(value) && json_integer_value(value) >= 0 && json_integer_value(value) < (json_int_t)num_nodes;
}

/* A pair that is there already takes the second weight as the law of the model has it. */
static void add_edge(nlc_case_graph *self, nlc_case_edge edge, nlc_case_twice twice)
{
    for (size_t k = 0; k < self->num_edges; k++) {
        nlc_case_edge *other = &self->edge[k];
        if (other->from != edge.from || other->to != edge.to)
            continue;
        const double sum = other->weight + edge.weight;
        other->weight = twice == NLC_TWICE_LAST ? edge.weight : twice == NLC_TWICE_SUM ? sum : sum - other->weight * edge.weight;
        return;
    }
    if (edge.from != edge.to)
        self->edge[self->num_edges++] = edge;
}

static nlc_error read_edges(nlc_case_graph *self, nlc_case *one, const json_t *in, nlc_case_twice twice)
{
    const bool is_undirected = json_object_get(in, "edges") == NULL && json_object_get(in, "undirected_edges") != NULL;
    const json_t *list;
    const nlc_error error = nlc_case_member(one, in, is_undirected ? "undirected_edges" : "edges", JSON_ARRAY, &list);
    if (error != NLC_OK)
        return error;
    self->edge = malloc((2 * json_array_size(list) + 1) * sizeof *self->edge);
    if (self->edge == NULL)
        return NLC_ERROR_MEMORY;
    for (size_t k = 0; k < json_array_size(list); k++) {
        const json_t *row = json_array_get(list, k), *weight = json_array_get(row, 2);
        if (!is_node(json_array_get(row, 0), self->num_nodes) || !is_node(json_array_get(row, 1), self->num_nodes))
            return complain(one, "an edge does not join two nodes of 0 to n - 1");
        nlc_case_edge edge = {(uint32_t)json_integer_value(json_array_get(row, 0)),
                              (uint32_t)json_integer_value(json_array_get(row, 1)), weight ? json_number_value(weight) : 1};
        add_edge(self, edge, twice);
        if (is_undirected)
            add_edge(self, (nlc_case_edge){edge.to, edge.from, edge.weight}, twice);
    }
    return NLC_OK;
}

static nlc_error read_starts(nlc_case_graph *self, nlc_case *one, const json_t *in, const char *key)
{
    const json_t *list;
    const nlc_error error = nlc_case_member(one, in, key, JSON_ARRAY, &list);
    self->starts = calloc(self->num_nodes, sizeof *self->starts);
    if (error != NLC_OK)
        return error;
    if (self->starts == NULL)
        return NLC_ERROR_MEMORY;
    for (size_t k = 0; k < json_array_size(list); k++) {
        if (!is_node(json_array_get(list, k), self->num_nodes))
            return complain(one, "the start names a node that is not one of 0 to n - 1");
        self->starts[json_integer_value(json_array_get(list, k))] = true;
    }
    return NLC_OK;
}

nlc_error nlc_case_graph_read(nlc_case_graph *self, nlc_case *one, const json_t *in, const char *start_key, nlc_case_twice twice)
{
    double num;
    *self = (nlc_case_graph){0};
    nlc_error error = nlc_case_number(one, in, "n", &num);
    if (error == NLC_OK && !(num >= 1 && num <= 100000))
        error = complain(one, "n is not a number of nodes from 1 to 100000");
    if (error != NLC_OK)
        return error;
    self->num_nodes = (uint32_t)num;
    error = read_edges(self, one, in, twice);
    return error == NLC_OK ? read_starts(self, one, in, start_key) : error;
}

void nlc_case_graph_free(nlc_case_graph *self)
{
    free(self->edge);
    free(self->starts);
    *self = (nlc_case_graph){0};
}

void nlc_case_graph_add(const nlc_case_graph *self, nlc_world *world)
{
    for (size_t k = 0; k < self->num_edges; k++)
        nlc_world_channel(world, self->edge[k].from, self->edge[k].to, self->edge[k].weight);
}

nlc_error nlc_case_by_node(nlc_case *one, const json_t *in, const char *key, uint32_t num_nodes, double standard, double **values)
{
    const json_t *member = json_object_get(in, key);
    size_t num;
    if (json_is_array(member)) {
        const nlc_error error = nlc_case_numbers(one, in, key, values, &num);
        if (error == NLC_OK && num != num_nodes)
            return complain(one, "a list of numbers by node has another length than n");
        return error;
    }
    *values = malloc(num_nodes * sizeof **values);
    if (*values == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t i = 0; i < num_nodes; i++)
        (*values)[i] = json_is_number(member) ? json_number_value(member) : standard;
    return NLC_OK;
}

nlc_error nlc_case_graphs(nlc_case *one, nlc_error (*check)(nlc_case *one, const char *name, const json_t *in))
{
    json_t *graphs = json_object_get(one->root, "graphs");
    const char *name;
    json_t *in;
    nlc_error error = NLC_OK;
    if (!json_is_object(graphs))
        return check(one, NULL, one->root);
    json_object_foreach(graphs, name, in)
    {
        if (error == NLC_OK)
            error = check(one, name, in);
    }
    return error;
}

const char *nlc_case_label(char *text, const char *name, const char *what, uint32_t index, uint32_t step)
{
    int at = snprintf(text, 128, "%.60s%s%.30s", name != NULL ? name : "", name != NULL ? ": " : "", what);
    if (index != NLC_NONE)
        at += snprintf(text + at, 128 - (size_t)at, " %u", index);
    if (step != NLC_NONE)
        snprintf(text + at, 128 - (size_t)at, " at step %u", step);
    return text;
}
