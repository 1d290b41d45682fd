/* A case's graph as a scenario: an ordinary folder of CSV files, read and resolved as any other, and run
 * as `nlcsim run` runs it. Where a case is kept the folder stays, and `nlcsim run` on it gives the same
 * counts; else it is removed.
 *
 *     nlc_world world;
 *     nlc_world_begin(&world, one, "contagion", "external,dropout");
 *     nlc_world_place(&world, "place", NLC_NONE, true, ",0.01,0.1");
 *     nlc_world_channel(&world, 0, 1, 0.3);
 *     nlc_world_parameter(&world, "transmission", 1);
 *     nlc_error error = nlc_world_run(&world, NULL, num_months, replicates, take, context);
 *     nlc_world_free(&world);
 */
#ifndef NLC_VERIFY_WORLD_H
#define NLC_VERIFY_WORLD_H

#include "case.h"
#include "ensemble.h"

/* The first places, as many as this, each have results of their own, as a group of one. */
#define NLC_WORLD_MOST_NODES 256

typedef struct {
    nlc_case *one; /* borrowed */
    const char *model;
    nlc_text nodes, channels, parameters, tiers; /* owned; the tables as they grow, tiers with | between them */
    uint32_t num_nodes, num_channels;
    uint32_t *of_node; /* [num_nodes], owned once resolved: where each stands among the nodes of `scenario` */
    nlc_resolved scenario;
    void *memory;    /* owned; the scenario's */
    nlc_text text;   /* owned; resolved */
    nlc_error error; /* of what was added: once set, nothing more is done */
} nlc_world;

/* `columns`: the attributes that nodes.csv gives, with a comma between them, or "". */
void nlc_world_begin(nlc_world *self, nlc_case *one, const char *model, const char *columns);

/* Adds the next place, 0 first, to a tier; `parent` is one that has been added, or NLC_NONE for the lead.
 * `cells`, as for printf, hold a comma and a value for each of the columns. */
void nlc_world_place(nlc_world *self, const char *tier, uint32_t parent, bool has_adopted, const char *cells, ...);

/* Adds a channel on which `to` hears `from`; one of weight 0 is left out. */
void nlc_world_channel(nlc_world *self, uint32_t from, uint32_t to, double weight);

void nlc_world_parameter(nlc_world *self, const char *name, double value);

/* Resolves the scenario and runs it in pieces, each of which `take` sees. `name` is the folder's in what
 * is kept, NULL where a case has one scenario. NLC_ERROR_INPUT where the case makes no valid scenario,
 * which is said. */
nlc_error nlc_world_run(nlc_world *self, const char *name, uint32_t num_months, uint32_t replicates,
                        nlc_error (*take)(void *context, const nlc_ensemble *ensemble), void *context);

/* The split that is a node's own, the whole or a tier; NLC_NONE where there is none. */
uint32_t nlc_world_split_of_node(const nlc_world *self, const nlc_ensemble *ensemble, uint32_t node);
uint32_t nlc_world_split_of_tier(const nlc_world *self, const nlc_ensemble *ensemble, const char *tier);

void nlc_world_free(nlc_world *self);

#endif
