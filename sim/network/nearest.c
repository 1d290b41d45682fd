#include "nearest.h"
#include "kdtree.h"
#include "sphere.h"

#include <stdlib.h>

nlc_error nlc_peers_join(nlc_links *links, uint32_t a, uint32_t b)
{
    const nlc_error error = nlc_links_add(links, (nlc_link){.to = a, .from = b, .weight = 1});
    return error != NLC_OK ? error : nlc_links_add(links, (nlc_link){.to = b, .from = a, .weight = 1});
}

static bool has_position(const nlc_places *places, uint32_t i)
{
    return places->lat[i] == places->lat[i] && places->lon[i] == places->lon[i];
}

/* ---- Places with coordinates ------------------------------------------------------------------- */

static nlc_error join_each_with_nearest(const nlc_kdtree *tree, uint32_t num_neighbours, nlc_neighbour *nearest, nlc_links *links)
{
    for (uint32_t i = 0; i < tree->num_points; i++) {
        const uint32_t num_found = nlc_kdtree_nearest(tree, &tree->points[i], num_neighbours, nearest);
        for (uint32_t k = 0; k < num_found; k++) {
            const nlc_error error = nlc_peers_join(links, tree->points[i].index, nearest[k].index);
            if (error != NLC_OK) {
                return error;
            }
        }
    }
    return NLC_OK;
}

static uint32_t collect_positions(const nlc_places *places, const nlc_rank *member, uint32_t num, nlc_point3 *points)
{
    uint32_t num_points = 0;
    for (uint32_t m = 0; m < num; m++) {
        const uint32_t i = member[m].index;
        if (has_position(places, i)) {
            nlc_point3 *point = &points[num_points++];
            *point = (nlc_point3){.key = places->key[i], .index = i};
            nlc_sphere_position(places->lat[i], places->lon[i], point->position);
        }
    }
    return num_points;
}

static nlc_error join_by_distance(const nlc_places *places, const nlc_rank *member, uint32_t num, uint32_t num_neighbours,
                                  nlc_links *links)
{
    nlc_kdtree tree = {0};
    nlc_point3 *points = calloc(num, sizeof *points);
    nlc_neighbour *nearest = calloc(num_neighbours, sizeof *nearest);
    nlc_error error = points != NULL && nearest != NULL ? NLC_OK : NLC_ERROR_MEMORY;
    if (error == NLC_OK) {
        error = nlc_kdtree_init(&tree, points, collect_positions(places, member, num, points));
    }
    if (error == NLC_OK) {
        error = join_each_with_nearest(&tree, num_neighbours, nearest, links);
    }
    nlc_kdtree_free(&tree);
    free(nearest);
    free(points);
    return error;
}

/* ---- Places without coordinates: siblings, then cousins, ... -------------------------------------- */

/* A member of the tier, and how far the search upwards has come. */
typedef struct {
    uint32_t place;
    uint32_t ancestor, ancestor_below; /* under which it looks now, and has looked before */
    uint32_t num_missing;              /* peers that it still looks for */
} seeker;

static seeker *make_seekers(const nlc_places *places, const nlc_rank *member, uint32_t num, uint32_t num_neighbours)
{
    seeker *seekers = calloc(num, sizeof *seekers);
    for (uint32_t m = 0; seekers != NULL && m < num; m++) {
        const uint32_t i = member[m].index;
        seekers[m] = (seeker){
            .place = i,
            .ancestor = places->parent[i],
            .ancestor_below = i,
            .num_missing = has_position(places, i) ? 0 : num_neighbours,
        };
    }
    return seekers;
}

/* Joins seeker `at` of the ring with the next ones on either side that it did not meet lower down. */
static nlc_error look_around(seeker *seekers, const nlc_rank *ring, size_t length, size_t at, nlc_links *links)
{
    seeker *self = &seekers[ring[at].index];
    for (size_t step = 2; self->num_missing > 0; step++) {
        const size_t distance = step / 2;
        const bool is_behind = step % 2 == 1;
        if (2 * distance > length || (is_behind && 2 * distance == length)) {
            break;
        }
        const seeker *other = &seekers[ring[(is_behind ? at + length - distance : at + distance) % length].index];
        if (other->ancestor_below == self->ancestor_below) {
            continue;
        }
        const nlc_error error = nlc_peers_join(links, self->place, other->place);
        if (error != NLC_OK) {
            return error;
        }
        self->num_missing--;
    }
    return NLC_OK;
}

static nlc_error look_under_ancestors(seeker *seekers, nlc_rank *ring, uint32_t num, nlc_links *links)
{
    for (size_t first = 0, length; first < num; first += length) {
        length = nlc_rank_run(ring + first, num - first);
        for (size_t at = 0; at < length; at++) {
            const nlc_error error = look_around(seekers, ring + first, length, at, links);
            if (error != NLC_OK) {
                return error;
            }
        }
    }
    return NLC_OK;
}

static bool is_anyone_missing(const seeker *seekers, uint32_t num)
{
    for (uint32_t m = 0; m < num; m++) {
        if (seekers[m].num_missing > 0) {
            return true;
        }
    }
    return false;
}

/* Moves everybody one tier up; false when all had come to the lead before. */
static bool go_up(const nlc_places *places, seeker *seekers, uint32_t num)
{
    bool has_moved = false;
    for (uint32_t m = 0; m < num; m++) {
        seeker *self = &seekers[m];
        has_moved = has_moved || self->ancestor != NLC_NO_PARENT;
        self->ancestor_below = self->ancestor;
        self->ancestor = self->ancestor != NLC_NO_PARENT ? places->parent[self->ancestor] : NLC_NO_PARENT;
    }
    return has_moved;
}

static nlc_error join_by_hierarchy(const nlc_places *places, seeker *seekers, nlc_rank *ring, uint32_t num, nlc_links *links)
{
    nlc_error error = NLC_OK;
    bool may_go_on = true;
    while (error == NLC_OK && may_go_on && is_anyone_missing(seekers, num)) {
        for (uint32_t m = 0; m < num; m++) {
            ring[m] = (nlc_rank){.major = seekers[m].ancestor, .key = places->key[seekers[m].place], .index = m};
        }
        nlc_rank_sort(ring, num);
        error = look_under_ancestors(seekers, ring, num, links);
        may_go_on = go_up(places, seekers, num);
    }
    return error;
}

nlc_error nlc_peers_nearest(const nlc_places *places, const nlc_rank *member, uint32_t num, uint32_t num_neighbours,
                            nlc_links *links)
{
    nlc_error error = join_by_distance(places, member, num, num_neighbours, links);
    if (error != NLC_OK) {
        return error;
    }
    seeker *seekers = make_seekers(places, member, num, num_neighbours);
    nlc_rank *ring = calloc(num, sizeof *ring);
    error = seekers != NULL && ring != NULL ? join_by_hierarchy(places, seekers, ring, num, links) : NLC_ERROR_MEMORY;
    free(ring);
    free(seekers);
    return error;
}
