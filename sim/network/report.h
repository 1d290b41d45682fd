/* What `nlcsim network` says of a network. */
#ifndef NLC_NETWORK_REPORT_H
#define NLC_NETWORK_REPORT_H

#include "channels.h"
#include "structure.h"

#define NLC_MAX_LEADERS 10

/* A vertex through which many shortest paths go. */
typedef struct {
    uint32_t vertex;    /* a place, or num_nodes + the agency that is a lead */
    double betweenness; /* pairs of vertices of its country whose shortest paths pass here */
    double share;       /* of all pairs of others in its country; NaN where there are none */
} nlc_leader;

typedef struct {
    uint32_t num_tiers;
    uint32_t *nodes;          /* [num_tiers + 1], owned: places by tier, then agencies */
    size_t *channels;         /* [num_tiers + 1][NLC_NUM_CHANNEL_KINDS], owned: by the tier that hears */
    nlc_structure across;     /* places, joined by peer and regional channels */
    nlc_structure all;        /* places and agencies, joined by channels of every kind */
    double *betweenness;      /* [num_nodes + num_countries], owned: as nlc_network_betweenness gives it */
    bool betweenness_sampled; /* an estimate in at least one country */
    uint32_t num_leaders;
    nlc_leader leader[NLC_MAX_LEADERS]; /* highest betweenness first, ties by key; none with 0 */
} nlc_network_report;

/* Measures one network draw of a scenario, whose channels the caller has made into a table. igraph is
 * used: one thread at a time. NLC_ERROR_MEMORY. */
nlc_error nlc_network_report_init(nlc_network_report *self, const nlc_resolved *scenario, const nlc_channel_table *channels);
void nlc_network_report_free(nlc_network_report *self);

#endif
