/* The shape of a network in numbers. */
#ifndef NLC_NETWORK_STRUCTURE_H
#define NLC_NETWORK_STRUCTURE_H

#include "network.h"

/* In larger networks paths are measured from a sample of vertices: those of the largest component
 * with the smallest keys. */
#define NLC_MAX_EXACT_PATHS  5000
#define NLC_NUM_PATH_SOURCES 200

/* Which quantiles of the degree are given (type 7). */
#define NLC_NUM_DEGREE_QUANTILES 7
extern const double nlc_degree_quantiles[NLC_NUM_DEGREE_QUANTILES]; /* 0, 0.05, 0.25, 0.5, 0.75, 0.95, 1 */

/* Of the undirected network without weights. What has no meaning is NaN. */
typedef struct {
    uint32_t num_vertices;
    size_t num_edges;
    double mean_degree;
    double degree[NLC_NUM_DEGREE_QUANTILES];
    uint32_t num_isolates, num_components, largest_component; /* the latter in vertices */
    uint32_t num_path_sources;                                /* vertices of the largest component that paths were measured from */
    bool paths_sampled;                                       /* then max_path is a lower bound */
    double mean_path;                                         /* steps between two different vertices of the largest component */
    uint32_t max_path;
    double clustering;   /* mean over vertices with two neighbours or more (Watts and Strogatz 1998) */
    double transitivity; /* triangles over connected triples */
} nlc_structure;

/* Measures the network that `links` make, in either direction, between vertices with these keys;
 * sorts `links` and adds the missing directions. igraph is used: one thread at a time.
 * NLC_ERROR_MEMORY. */
nlc_error nlc_structure_measure(nlc_structure *self, const uint64_t *key, uint32_t num_vertices, nlc_links *links);

#endif
