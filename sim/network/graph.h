/* An undirected network without weights, for measuring. */
#ifndef NLC_NETWORK_GRAPH_H
#define NLC_NETWORK_GRAPH_H

#include "network.h"

#include <igraph.h>

typedef struct {
    uint32_t num_vertices;
    size_t num_edges;
    size_t *first;       /* [num_vertices + 1], owned */
    uint32_t *neighbour; /* [2 * num_edges], owned; each list ascending */
} nlc_graph;

/* Two vertices are joined where there is a link in either direction; links from a vertex to itself
 * are left out. Sorts `links`, and adds the directions that are missing. NLC_ERROR_MEMORY. */
nlc_error nlc_graph_init(nlc_graph *self, uint32_t num_vertices, nlc_links *links);
void nlc_graph_free(nlc_graph *self);

/* Steps from `source` to every vertex, UINT32_MAX where there is no way: distance[num_vertices].
 * `queue` is scratch of the same length. Returns how many vertices were reached, itself included;
 * they stand at the front of `queue`, nearest first. */
uint32_t nlc_graph_distances(const nlc_graph *self, uint32_t source, uint32_t *distance, uint32_t *queue);

/* The same network for igraph; igraph_destroy it where this returns NLC_OK. */
nlc_error nlc_graph_to_igraph(const nlc_graph *self, igraph_t *graph);

/* Makes igraph return its errors instead of ending the program, and keep attributes. To be called
 * before each use; calling it again changes nothing. */
void nlc_igraph_setup(void);

/* What igraph's error means here. */
nlc_error nlc_igraph_error(igraph_error_t error);

/* Why igraph failed, since the last setup, or "". */
const char *nlc_igraph_reason(void);

#endif
