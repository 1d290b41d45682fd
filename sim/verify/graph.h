/* The graph of a case: its nodes are 0 to n - 1. */
#ifndef NLC_VERIFY_GRAPH_H
#define NLC_VERIFY_GRAPH_H

#include "world.h"

typedef struct {
    uint32_t from, to;
    double weight; /* 1 where the case gives none */
} nlc_case_edge;

typedef struct {
    uint32_t num_nodes;
    nlc_case_edge *edge; /* [num_edges], owned; an undirected edge stands both ways; without loops */
    size_t num_edges;
    bool *starts; /* [num_nodes], owned: the seeds */
} nlc_case_graph;

/* Where a pair stands several times in a list of edges. */
typedef enum { NLC_TWICE_LAST, NLC_TWICE_SUM, NLC_TWICE_EITHER } nlc_case_twice;

/* Reads `n`, `edges` ([from, to, weight]) or `undirected_edges`, and the nodes that `start_key` lists. */
nlc_error nlc_case_graph_read(nlc_case_graph *self, nlc_case *one, const json_t *in, const char *start_key, nlc_case_twice twice);
void nlc_case_graph_free(nlc_case_graph *self);

/* All edges as channels. */
void nlc_case_graph_add(const nlc_case_graph *self, nlc_world *world);

/* A number for each node: an array, one number for all, or `standard` where the key is missing. Owned by
 * the caller. */
nlc_error nlc_case_by_node(nlc_case *one, const json_t *in, const char *key, uint32_t num_nodes, double standard, double **values);

/* Runs `check` on each of `graphs`, or on the case itself where it has none. `name` is NULL then. */
nlc_error nlc_case_graphs(nlc_case *one, nlc_error (*check)(nlc_case *one, const char *name, const json_t *in));

/* "path3: node 2 at step 4", in `text` of 128 bytes; index or step NLC_NONE are left out. */
const char *nlc_case_label(char *text, const char *name, const char *what, uint32_t index, uint32_t step);

#endif
