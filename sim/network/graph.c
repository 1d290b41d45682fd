#include "graph.h"

#include <stdio.h>
#include <stdlib.h>

/* igraph's handlers are told nothing of who called, so the reason has to wait here. igraph itself
 * has such state and may be used by one thread at a time. Of the errors that one failure leaves
 * behind, the first is the cause. */
static char reason[256];

static void keep_reason(const char *text, const char *file, int line, igraph_error_t error)
{
    (void)file;
    (void)line;
    (void)error;
    if (reason[0] == '\0') {
        snprintf(reason, sizeof reason, "%s", text);
    }
    IGRAPH_FINALLY_FREE();
}

static void ignore_warning(const char *text, const char *file, int line)
{
    (void)text;
    (void)file;
    (void)line;
}

void nlc_igraph_setup(void)
{
    igraph_set_error_handler(keep_reason);
    igraph_set_warning_handler(ignore_warning);
    igraph_set_attribute_table(&igraph_cattribute_table);
    reason[0] = '\0';
}

const char *nlc_igraph_reason(void)
{
    return reason;
}

nlc_error nlc_igraph_error(igraph_error_t error)
{
    switch (error) {
    case IGRAPH_SUCCESS:
        return NLC_OK;
    case IGRAPH_PARSEERROR:
        return NLC_ERROR_INPUT;
    case IGRAPH_EFILE:
        return NLC_ERROR_IO;
    default:
        return NLC_ERROR_MEMORY;
    }
}

static nlc_error add_missing_directions(nlc_links *links)
{
    const size_t num = links->num;
    for (size_t j = 0; j < num; j++) {
        const nlc_link link = links->link[j];
        const nlc_error error = nlc_links_add(links, (nlc_link){.to = link.from, .from = link.to, .weight = link.weight});
        if (error != NLC_OK) {
            return error;
        }
    }
    nlc_links_sort(links);
    return NLC_OK;
}

nlc_error nlc_graph_init(nlc_graph *self, uint32_t num_vertices, nlc_links *links)
{
    *self = (nlc_graph){.num_vertices = num_vertices};
    const nlc_error error = add_missing_directions(links);
    if (error != NLC_OK) {
        return error;
    }
    self->first = calloc((size_t)num_vertices + 1, sizeof *self->first);
    self->neighbour = calloc(links->num + 1, sizeof *self->neighbour);
    if (self->first == NULL || self->neighbour == NULL) {
        return NLC_ERROR_MEMORY;
    }
    size_t num = 0, j = 0;
    for (uint32_t i = 0; i < num_vertices; i++) {
        self->first[i] = num;
        for (; j < links->num && links->link[j].to == i; j++) {
            if (links->link[j].from != i) {
                self->neighbour[num++] = links->link[j].from;
            }
        }
    }
    self->first[num_vertices] = num;
    self->num_edges = num / 2;
    return NLC_OK;
}

void nlc_graph_free(nlc_graph *self)
{
    free(self->first);
    free(self->neighbour);
    *self = (nlc_graph){0};
}

uint32_t nlc_graph_distances(const nlc_graph *self, uint32_t source, uint32_t *distance, uint32_t *queue)
{
    for (uint32_t i = 0; i < self->num_vertices; i++) {
        distance[i] = UINT32_MAX;
    }
    uint32_t num_reached = 1;
    queue[0] = source;
    distance[source] = 0;
    for (uint32_t done = 0; done < num_reached; done++) {
        const uint32_t i = queue[done];
        for (size_t j = self->first[i]; j < self->first[i + 1]; j++) {
            const uint32_t k = self->neighbour[j];
            if (distance[k] == UINT32_MAX) {
                distance[k] = distance[i] + 1;
                queue[num_reached++] = k;
            }
        }
    }
    return num_reached;
}

static void list_edges(const nlc_graph *self, igraph_vector_int_t *edges)
{
    igraph_integer_t num = 0;
    for (uint32_t i = 0; i < self->num_vertices; i++) {
        for (size_t j = self->first[i]; j < self->first[i + 1]; j++) {
            if (self->neighbour[j] > i) {
                VECTOR(*edges)[num++] = i;
                VECTOR(*edges)[num++] = self->neighbour[j];
            }
        }
    }
}

nlc_error nlc_graph_to_igraph(const nlc_graph *self, igraph_t *graph)
{
    nlc_igraph_setup();
    igraph_vector_int_t edges;
    igraph_error_t error = igraph_vector_int_init(&edges, (igraph_integer_t)(2 * self->num_edges));
    if (error != IGRAPH_SUCCESS) {
        return nlc_igraph_error(error);
    }
    list_edges(self, &edges);
    error = igraph_create(graph, &edges, self->num_vertices, IGRAPH_UNDIRECTED);
    igraph_vector_int_destroy(&edges);
    return nlc_igraph_error(error);
}
