/* A foreign table of places, on its way to becoming a nodes.csv. Private to `new`. */
#ifndef NLC_SCENARIO_FOREIGN_H
#define NLC_SCENARIO_FOREIGN_H

#include "scenario.h"

/* The columns that are recognised by the names that such tables use. */
enum {
    NLC_FOREIGN_ID,
    NLC_FOREIGN_NAME,
    NLC_FOREIGN_TIER,
    NLC_FOREIGN_PARENT,
    NLC_FOREIGN_POPULATION,
    NLC_FOREIGN_LAT,
    NLC_FOREIGN_LON,
    NLC_FOREIGN_SOURCE,
    NLC_NUM_FOREIGN
};

typedef struct {
    const char *cell[NLC_NUM_FOREIGN]; /* in the arena; "" where not given */
    const char **more;                 /* [num_more], owned: cells of the other columns that are kept */
    uint32_t line;                     /* of the foreign table */
    uint32_t parent;                   /* index into nodes, or NLC_NONE */
    bool has_child, shares_name;
} nlc_foreign_node;

typedef struct {
    const char *table;          /* borrowed: the path, as the user gave it */
    const nlc_columns *columns; /* borrowed: those of nodes.csv */
    nlc_problems *problems;     /* borrowed */
    nlc_arena arena;
    uint32_t *column_of; /* [num_cells], owned: NLC_FOREIGN_..., or NLC_NUM_FOREIGN + index into more, or NLC_NONE */
    size_t num_cells;
    bool seen[NLC_NUM_FOREIGN];
    uint32_t *more; /* [num_more], owned: columns of nodes.csv that the table has by their own names */
    uint32_t num_more;
    nlc_foreign_node *node; /* [num_nodes], owned */
    uint32_t num_nodes;
    size_t capacity;
    nlc_index ids, names;
    bool has_header, has_middle, has_coordinates;
    const char *lead; /* id of the lead that is put above a table without one, or NULL */
} nlc_foreign;

/* Reads the table, notes the columns that are dropped or go by another name, and completes what is missing: parents, tiers,
 * a lead. NLC_ERROR_INPUT with the problems added. Free in any case. */
nlc_error nlc_foreign_read(nlc_foreign *self, const char *table, const nlc_columns *columns, nlc_problems *problems);
void nlc_foreign_free(nlc_foreign *self);

#endif
