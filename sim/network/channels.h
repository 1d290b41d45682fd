/* All channels of a resolved scenario, of every kind, as one table; and the network written out. */
#ifndef NLC_NETWORK_CHANNELS_H
#define NLC_NETWORK_CHANNELS_H

#include "nlcsim.h"

#include <stdio.h>

typedef enum {
    NLC_CHANNEL_PEER,
    NLC_CHANNEL_REGIONAL,
    NLC_CHANNEL_DIRECT,
    NLC_CHANNEL_LINE,
    NLC_CHANNEL_OVERSIGHT,
    NLC_NUM_CHANNEL_KINDS
} nlc_channel_kind;

/* "peer", "regional", "direct", "line", "oversight". */
const char *nlc_channel_kind_name(nlc_channel_kind kind);

/* The kind of that name; false if there is none. */
bool nlc_channel_kind_read(const char *name, nlc_channel_kind *kind);

/* `to` hears `from`. Vertices are the places, and after them the agencies. */
typedef struct {
    uint32_t to, from;
    float weight; /* in (0, 1] */
    nlc_channel_kind kind;
} nlc_channel;

typedef struct {
    nlc_channel *channel; /* [num], owned; by to, kind, from */
    size_t num;
} nlc_channel_table;

/* The channels of a network draw, each direction by itself. Line channels join a place with its
 * parent or the lead; oversight channels join a lead with the other agencies of its country. A
 * direct channel joins a place that has a parent with the lead, where the lever direct_channel is
 * above 0 in some month; its weight is the lever's largest value. NLC_ERROR_MEMORY. */
nlc_error nlc_channel_table_init(nlc_channel_table *self, const nlc_resolved *scenario, uint32_t draw);
void nlc_channel_table_free(nlc_channel_table *self);

/* By to, kind, from. */
void nlc_channel_table_sort(nlc_channel_table *self);

/* The channel of that kind between these two in a sorted table, or NULL. */
const nlc_channel *nlc_channel_table_find(const nlc_channel_table *self, uint32_t to, nlc_channel_kind kind, uint32_t from);

/* The id of a vertex. */
const char *nlc_vertex_id(const nlc_resolved *scenario, uint32_t vertex);

/* Writes the columns of channels.csv: from,to,kind,weight,both. Two directions with the same weight
 * are one row with `both` yes, so that a scenario can read the file again. NLC_ERROR_IO. */
nlc_error nlc_channel_table_write_csv(const nlc_channel_table *self, const nlc_resolved *scenario, FILE *file);

/* What a comment at the start of such a file says. */
#define NLC_GRAPHML_MARK "written by nlcsim network"

/* Writes GraphML: a directed graph with the vertices' ids, and their name, tier ("national" for
 * agencies), country, population, lat and lon where known; the channels' kind and weight.
 * NLC_ERROR_IO. */
nlc_error nlc_channel_table_write_graphml(const nlc_channel_table *self, const nlc_resolved *scenario, FILE *file);

#endif
