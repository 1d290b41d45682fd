/* The nearest of many points on the globe, exactly. */
#ifndef NLC_NETWORK_KDTREE_H
#define NLC_NETWORK_KDTREE_H

#include "nlcsim.h"

typedef struct {
    double position[3]; /* a unit vector */
    uint64_t key;
    uint32_t index; /* whatever the caller knows the point by */
} nlc_point3;

/* A part of the points: all that lie in the box. */
typedef struct {
    double low[3], high[3];
    uint64_t smallest_key, largest_key;
} nlc_kdtree_node;

typedef struct {
    nlc_point3 *points; /* [num_points], borrowed; put into the tree's order */
    uint32_t num_points;
    nlc_kdtree_node *node; /* owned; the root is 1, the halves of n are 2n and 2n + 1 */
} nlc_kdtree;

/* `points` must outlive the tree. NLC_ERROR_MEMORY. */
nlc_error nlc_kdtree_init(nlc_kdtree *self, nlc_point3 *points, uint32_t num_points);
void nlc_kdtree_free(nlc_kdtree *self);

/* Points at the same distance go in the order of their keys, beginning with the key after that of
 * the point whose neighbours they are and going round: the smallest keys first would give places
 * that stand at one position all the same few neighbours. */
typedef struct {
    double distance; /* the square of the chord */
    uint64_t turn;   /* key of the neighbour less own key, modulo 2^64 */
    uint32_t index;
} nlc_neighbour;

/* The `num_wanted` points nearest to `point`, itself left out, nearest first, ties by turn, then by
 * index. Returns how many there are: num_wanted, or all others. */
uint32_t nlc_kdtree_nearest(const nlc_kdtree *self, const nlc_point3 *point, uint32_t num_wanted, nlc_neighbour *nearest);

#endif
