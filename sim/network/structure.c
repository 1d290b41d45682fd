#include "structure.h"
#include "graph.h"
#include "rank.h"

#include <math.h>
#include <stdlib.h>

const double nlc_degree_quantiles[NLC_NUM_DEGREE_QUANTILES] = {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};

/* ---- Degrees ----------------------------------------------------------------------------------------- */

static int compare(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static double quantile(const uint32_t *sorted, uint32_t num, double probability)
{
    const double place = probability * (num - 1);
    const uint32_t below = (uint32_t)place, above = below + 1 < num ? below + 1 : below;
    return sorted[below] + (place - below) * ((double)sorted[above] - sorted[below]);
}

static void measure_degrees(nlc_structure *self, const nlc_graph *graph, uint32_t *scratch)
{
    const uint32_t num = graph->num_vertices;
    for (uint32_t i = 0; i < num; i++) {
        scratch[i] = (uint32_t)(graph->first[i + 1] - graph->first[i]);
        self->num_isolates += scratch[i] == 0;
    }
    qsort(scratch, num, sizeof *scratch, compare);
    for (int q = 0; q < NLC_NUM_DEGREE_QUANTILES; q++) {
        self->degree[q] = quantile(scratch, num, nlc_degree_quantiles[q]);
    }
    self->mean_degree = 2 * (double)graph->num_edges / num;
}

/* ---- Components ---------------------------------------------------------------------------------------- */

/* Gives every vertex the number of its component; returns the largest one (of equal ones the first). */
static uint32_t find_components(nlc_structure *self, const nlc_graph *graph, uint32_t *component, uint32_t *queue)
{
    uint32_t largest = 0;
    for (uint32_t i = 0; i < graph->num_vertices; i++) {
        component[i] = UINT32_MAX;
    }
    for (uint32_t i = 0; i < graph->num_vertices; i++) {
        if (component[i] != UINT32_MAX) {
            continue;
        }
        uint32_t num_reached = 1;
        queue[0] = i;
        component[i] = self->num_components;
        for (uint32_t done = 0; done < num_reached; done++) {
            for (size_t j = graph->first[queue[done]]; j < graph->first[queue[done] + 1]; j++) {
                if (component[graph->neighbour[j]] == UINT32_MAX) {
                    component[graph->neighbour[j]] = self->num_components;
                    queue[num_reached++] = graph->neighbour[j];
                }
            }
        }
        if (num_reached > self->largest_component) {
            self->largest_component = num_reached;
            largest = self->num_components;
        }
        self->num_components++;
    }
    return largest;
}

/* ---- Paths ----------------------------------------------------------------------------------------------- */

static uint32_t list_sources(const uint64_t *key, const uint32_t *component, uint32_t largest, uint32_t num, nlc_rank *source)
{
    uint32_t num_sources = 0;
    for (uint32_t i = 0; i < num; i++) {
        if (component[i] == largest) {
            source[num_sources++] = (nlc_rank){.major = 0, .key = key[i], .index = i};
        }
    }
    nlc_rank_sort(source, num_sources);
    return num_sources;
}

/* Path lengths are whole numbers, so their sum is exact in whatever order the sources come. */
static void measure_paths(nlc_structure *self, const nlc_graph *graph, const nlc_rank *source, uint32_t *distance, uint32_t *queue)
{
    uint64_t sum = 0;
    for (uint32_t k = 0; k < self->num_path_sources; k++) {
        const uint32_t num_reached = nlc_graph_distances(graph, source[k].index, distance, queue);
        for (uint32_t q = 0; q < num_reached; q++) {
            sum += distance[queue[q]];
        }
        const uint32_t farthest = distance[queue[num_reached - 1]];
        self->max_path = farthest > self->max_path ? farthest : self->max_path;
    }
    const double num_pairs = (double)self->num_path_sources * ((double)self->largest_component - 1);
    self->mean_path = num_pairs > 0 ? (double)sum / num_pairs : NAN;
}

static nlc_error measure_connections(nlc_structure *self, const nlc_graph *graph, const uint64_t *key)
{
    const uint32_t num = graph->num_vertices;
    uint32_t *component = calloc(num, sizeof *component), *queue = calloc(num, sizeof *queue);
    nlc_rank *source = calloc(num, sizeof *source);
    const bool has_memory = component != NULL && queue != NULL && source != NULL;
    if (has_memory) {
        measure_degrees(self, graph, queue);
        const uint32_t largest = find_components(self, graph, component, queue);
        const uint32_t num_sources = list_sources(key, component, largest, num, source);
        self->paths_sampled = num_sources > NLC_MAX_EXACT_PATHS;
        self->num_path_sources = self->paths_sampled ? NLC_NUM_PATH_SOURCES : num_sources;
        measure_paths(self, graph, source, component, queue);
    }
    free(source);
    free(queue);
    free(component);
    return has_memory ? NLC_OK : NLC_ERROR_MEMORY;
}

/* ---- Triangles ------------------------------------------------------------------------------------------- */

static nlc_error measure_triangles(nlc_structure *self, const nlc_graph *graph)
{
    igraph_t copy;
    const nlc_error error = nlc_graph_to_igraph(graph, &copy);
    if (error != NLC_OK) {
        return error;
    }
    igraph_error_t failed = igraph_transitivity_avglocal_undirected(&copy, &self->clustering, IGRAPH_TRANSITIVITY_NAN);
    if (failed == IGRAPH_SUCCESS) {
        failed = igraph_transitivity_undirected(&copy, &self->transitivity, IGRAPH_TRANSITIVITY_NAN);
    }
    igraph_destroy(&copy);
    return nlc_igraph_error(failed);
}

nlc_error nlc_structure_measure(nlc_structure *self, const uint64_t *key, uint32_t num_vertices, nlc_links *links)
{
    *self =
        (nlc_structure){.num_vertices = num_vertices, .mean_degree = NAN, .mean_path = NAN, .clustering = NAN, .transitivity = NAN};
    if (num_vertices == 0) {
        for (int q = 0; q < NLC_NUM_DEGREE_QUANTILES; q++) {
            self->degree[q] = NAN;
        }
        return NLC_OK;
    }
    nlc_graph graph;
    nlc_error error = nlc_graph_init(&graph, num_vertices, links);
    self->num_edges = graph.num_edges;
    if (error == NLC_OK) {
        error = measure_connections(self, &graph, key);
    }
    if (error == NLC_OK) {
        error = measure_triangles(self, &graph);
    }
    nlc_graph_free(&graph);
    return error;
}
