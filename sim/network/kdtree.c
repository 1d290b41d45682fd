#include "kdtree.h"

#include <stdlib.h>
#include <string.h>

#define LEAF_SIZE 8

/* By one coordinate, then by key, then by index: no two points are equal, so that halving also works
 * where thousands of places stand at the same position. */
static bool is_before(const nlc_point3 *a, const nlc_point3 *b, int axis)
{
    if (a->position[axis] != b->position[axis]) {
        return a->position[axis] < b->position[axis];
    }
    return a->key != b->key ? a->key < b->key : a->index < b->index;
}

static nlc_point3 middle_of_three(const nlc_point3 *points, uint32_t num_points, int axis)
{
    const nlc_point3 *a = &points[0], *b = &points[num_points / 2], *c = &points[num_points - 1];
    if (is_before(b, a, axis)) {
        const nlc_point3 *swap = a;
        a = b;
        b = swap;
    }
    if (is_before(c, b, axis)) {
        b = is_before(c, a, axis) ? a : c;
    }
    return *b;
}

/* Hoare's selection: afterwards no point before `middle` comes after any point from it on. */
static void select_middle(nlc_point3 *points, uint32_t num_points, uint32_t middle, int axis)
{
    while (num_points > 1) {
        const nlc_point3 pivot = middle_of_three(points, num_points, axis);
        int64_t i = 0, j = (int64_t)num_points - 1;
        while (i <= j) {
            while (is_before(&points[i], &pivot, axis)) {
                i++;
            }
            while (is_before(&pivot, &points[j], axis)) {
                j--;
            }
            if (i <= j) {
                const nlc_point3 swap = points[i];
                points[i++] = points[j];
                points[j--] = swap;
            }
        }
        if (middle <= j) {
            num_points = (uint32_t)j + 1;
        } else if (middle >= i) {
            points += i;
            num_points -= (uint32_t)i;
            middle -= (uint32_t)i;
        } else {
            return;
        }
    }
}

static void enclose(nlc_kdtree_node *node, const nlc_point3 *points, uint32_t num_points)
{
    memcpy(node->low, points[0].position, sizeof node->low);
    memcpy(node->high, points[0].position, sizeof node->high);
    node->smallest_key = node->largest_key = points[0].key;
    for (uint32_t i = 1; i < num_points; i++) {
        for (int axis = 0; axis < 3; axis++) {
            const double x = points[i].position[axis];
            node->low[axis] = x < node->low[axis] ? x : node->low[axis];
            node->high[axis] = x > node->high[axis] ? x : node->high[axis];
        }
        node->smallest_key = points[i].key < node->smallest_key ? points[i].key : node->smallest_key;
        node->largest_key = points[i].key > node->largest_key ? points[i].key : node->largest_key;
    }
}

static int longest_axis(const nlc_kdtree_node *node)
{
    int longest = 0;
    for (int axis = 1; axis < 3; axis++) {
        if (node->high[axis] - node->low[axis] > node->high[longest] - node->low[longest]) {
            longest = axis;
        }
    }
    return longest;
}

static void build(nlc_kdtree *self, size_t n, nlc_point3 *points, uint32_t num_points)
{
    enclose(&self->node[n], points, num_points);
    if (num_points > LEAF_SIZE) {
        const uint32_t half = num_points / 2;
        select_middle(points, num_points, half, longest_axis(&self->node[n]));
        build(self, 2 * n, points, half);
        build(self, 2 * n + 1, points + half, num_points - half);
    }
}

nlc_error nlc_kdtree_init(nlc_kdtree *self, nlc_point3 *points, uint32_t num_points)
{
    *self = (nlc_kdtree){.points = points, .num_points = num_points};
    size_t num_nodes = 2;
    for (size_t size = num_points; size > LEAF_SIZE; size = (size + 1) / 2) {
        num_nodes *= 2;
    }
    self->node = calloc(num_nodes, sizeof *self->node);
    if (self->node == NULL) {
        return NLC_ERROR_MEMORY;
    }
    if (num_points > 0) {
        build(self, 1, points, num_points);
    }
    return NLC_OK;
}

void nlc_kdtree_free(nlc_kdtree *self)
{
    free(self->node);
    *self = (nlc_kdtree){0};
}

/* A search under way: the best so far, nearest first. */
typedef struct {
    const nlc_kdtree *tree;
    const nlc_point3 *point;
    uint32_t num_wanted, num_found;
    nlc_neighbour *nearest;
} search;

static bool is_nearer(const nlc_neighbour *a, const nlc_neighbour *b)
{
    if (a->distance != b->distance) {
        return a->distance < b->distance;
    }
    return a->turn != b->turn ? a->turn < b->turn : a->index < b->index;
}

/* The least that any point of the node can offer. It is computed in the steps of distance_to, each
 * of which keeps the order, so rounding cannot put it above the distance of a point inside. */
static nlc_neighbour promise(const nlc_kdtree_node *node, const nlc_point3 *point)
{
    double distance = 0;
    for (int axis = 0; axis < 3; axis++) {
        const double x = point->position[axis];
        const double gap = x < node->low[axis] ? node->low[axis] - x : x > node->high[axis] ? x - node->high[axis] : 0;
        distance += gap * gap;
    }
    const bool has_own_key = node->smallest_key <= point->key && point->key <= node->largest_key;
    return (nlc_neighbour){.distance = distance, .turn = has_own_key ? 0 : node->smallest_key - point->key, .index = 0};
}

static double distance_to(const nlc_point3 *a, const nlc_point3 *b)
{
    double distance = 0;
    for (int axis = 0; axis < 3; axis++) {
        const double gap = a->position[axis] - b->position[axis];
        distance += gap * gap;
    }
    return distance;
}

static bool is_worth_it(const search *self, const nlc_neighbour *candidate)
{
    return self->num_found < self->num_wanted || is_nearer(candidate, &self->nearest[self->num_found - 1]);
}

static void offer(search *self, const nlc_point3 *point)
{
    const nlc_neighbour candidate = {distance_to(point, self->point), point->key - self->point->key, point->index};
    if (point->index == self->point->index || !is_worth_it(self, &candidate)) {
        return;
    }
    uint32_t place = self->num_found < self->num_wanted ? self->num_found++ : self->num_found - 1;
    for (; place > 0 && is_nearer(&candidate, &self->nearest[place - 1]); place--) {
        self->nearest[place] = self->nearest[place - 1];
    }
    self->nearest[place] = candidate;
}

/* The more promising half goes first; the other one is then mostly not worth a visit. */
static void visit(search *self, size_t n, const nlc_point3 *points, uint32_t num_points)
{
    if (num_points <= LEAF_SIZE) {
        for (uint32_t i = 0; i < num_points; i++) {
            offer(self, &points[i]);
        }
        return;
    }
    const uint32_t half = num_points / 2;
    const nlc_neighbour left = promise(&self->tree->node[2 * n], self->point);
    const nlc_neighbour right = promise(&self->tree->node[2 * n + 1], self->point);
    const bool right_first = is_nearer(&right, &left);
    if (right_first && is_worth_it(self, &right)) {
        visit(self, 2 * n + 1, points + half, num_points - half);
    }
    if (is_worth_it(self, &left)) {
        visit(self, 2 * n, points, half);
    }
    if (!right_first && is_worth_it(self, &right)) {
        visit(self, 2 * n + 1, points + half, num_points - half);
    }
}

uint32_t nlc_kdtree_nearest(const nlc_kdtree *self, const nlc_point3 *point, uint32_t num_wanted, nlc_neighbour *nearest)
{
    search state = {.tree = self, .point = point, .num_wanted = num_wanted, .num_found = 0, .nearest = nearest};
    if (num_wanted > 0 && self->num_points > 0) {
        visit(&state, 1, self->points, self->num_points);
    }
    return state.num_found;
}
