/* Networks from other programs. */
#ifndef NLC_NETWORK_GRAPHML_H
#define NLC_NETWORK_GRAPHML_H

#include "channels.h"

typedef struct {
    char *id, *name, *tier, *country; /* owned; "" where the file says nothing, except for the id */
    double population, lat, lon;      /* NaN where the file says nothing */
} nlc_graphml_node;

/* A network as a file gives it; owned, free with nlc_graphml_free (legal when zeroed, and twice). */
typedef struct {
    nlc_graphml_node *node; /* [num_nodes], in the order of the file */
    uint32_t num_nodes;
    nlc_channel_table channels; /* `to` and `from` index the nodes */
} nlc_graphml;

/* Reads the first graph of a GraphML file. Nodes have the attributes id (else their XML id counts),
 * name, tier, country, population, lat and lon; edges have kind (else peer) and weight (else 1).
 * Other attributes are ignored. An edge is a channel from its source to its target, or a channel in
 * each direction where the graph is undirected. On NLC_ERROR_INPUT `problems` holds one problem a
 * line, "name: message", the first 200 and the count of the rest; it is owned by the caller, who frees
 * its data. NLC_ERROR_IO where the file cannot be read. igraph does the parsing: one thread at a time. */
nlc_error nlc_graphml_read(nlc_graphml *self, FILE *file, const char *name, nlc_text *problems);
void nlc_graphml_free(nlc_graphml *self);

#endif
