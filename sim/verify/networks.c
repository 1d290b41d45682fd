/* Cases about networks made by rule, and about how they are measured. */
#include "kinds.h"

#include "chance.h"
#include "structure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One country of places without anything that would tell them apart but their keys. */
typedef struct {
    nlc_places places;
    uint64_t *key;
    uint32_t *zero, *parent;
    uint64_t country_key[1];
} world;

static nlc_error world_init(world *self, uint32_t num)
{
    *self = (world){.key = calloc(num, sizeof *self->key),
                    .zero = calloc(num, sizeof *self->zero),
                    .parent = malloc(num * sizeof *self->parent)};
    if (self->key == NULL || self->zero == NULL || self->parent == NULL)
        return NLC_ERROR_MEMORY;
    for (uint32_t i = 0; i < num; i++) {
        char id[16];
        self->key[i] = nlc_hash(id, (size_t)snprintf(id, sizeof id, "place%u", i));
        self->parent[i] = NLC_NO_PARENT;
    }
    self->places = (nlc_places){.num_places = num,
                                .num_countries = 1,
                                .key = self->key,
                                .country = self->zero,
                                .country_key = self->country_key,
                                .parent = self->parent,
                                .tier = self->zero};
    return NLC_OK;
}

static void world_free(world *self)
{
    free(self->key);
    free(self->zero);
    free(self->parent);
}

/* A network of the rule, measured as `nlcsim network` does. */
static nlc_error measure_draw(const world *self, const nlc_peer_rule *rule, uint32_t draw, nlc_links *links,
                              nlc_structure *structure)
{
    const nlc_error error = nlc_network_peers(&self->places, rule, 1, draw, links);
    return error == NLC_OK ? nlc_structure_measure(structure, self->key, self->places.num_places, links) : error;
}

/* ---- Small worlds --------------------------------------------------------------------------------- */

enum { SMALL_WORLDS = 20 };

static nlc_error small_world_mean(const world *self, const nlc_peer_rule *rule, nlc_structure *mean)
{
    nlc_error error = NLC_OK;
    *mean = (nlc_structure){0};
    for (uint32_t draw = 0; draw < SMALL_WORLDS && error == NLC_OK; draw++) {
        nlc_links links = {0};
        nlc_structure one;
        error = measure_draw(self, rule, draw, &links, &one);
        nlc_links_free(&links);
        if (error != NLC_OK)
            continue;
        mean->clustering += one.clustering / SMALL_WORLDS;
        mean->mean_path += one.mean_path / SMALL_WORLDS;
        mean->mean_degree += one.mean_degree / SMALL_WORLDS;
    }
    return error;
}

/* A ring that nobody was rewired in is exact; the rest is a mean over networks against the formula of
 * the model in which one end of an edge moves. */
static nlc_error small_world_check(nlc_case *self, const world *places, double neighbours, const json_t *row)
{
    double p, clustering, path;
    char what[64];
    nlc_structure mean;
    nlc_error error = nlc_case_number(self, row, "p", &p);
    if (error == NLC_OK)
        error = nlc_case_number(self, row, "formula_one_endpoint_WS", &clustering);
    if (error != NLC_OK)
        return error;
    const nlc_peer_rule rule = {.kind = NLC_PEERS_SMALL_WORLD, .neighbours = (uint32_t)neighbours, .rewiring = p};
    error = small_world_mean(places, &rule, &mean);
    if (error != NLC_OK)
        return error;
    snprintf(what, sizeof what, "clustering at p=%g", p);
    nlc_case_expect(self, what, mean.clustering, clustering, p == 0 ? 1e-12 : 0.015);
    nlc_case_expect(self, "mean degree", mean.mean_degree, neighbours, 1e-9);
    const json_t *exact = json_object_get(row, "L_exact_ring");
    if (json_is_number(exact)) {
        path = json_number_value(exact);
        nlc_case_expect(self, "path length of the ring", mean.mean_path, path, 1e-12 * path);
    }
    return NLC_OK;
}

nlc_error nlc_verify_watts_strogatz(nlc_case *self)
{
    const json_t *params, *rows;
    double num = 0, neighbours;
    world places = {0};
    nlc_error error = nlc_case_member(self, self->root, "params", JSON_OBJECT, &params);
    if (error == NLC_OK)
        error = nlc_case_number(self, params, "N", &num);
    if (error == NLC_OK)
        error = nlc_case_number(self, params, "K", &neighbours);
    if (error == NLC_OK)
        error = nlc_case_member(self, self->root, "rows", JSON_ARRAY, &rows);
    if (error != NLC_OK)
        return error;
    if (!nlc_case_require(self, "N above K, K even and at least 2",
                          num > neighbours && neighbours >= 2 && fmod(neighbours, 2) == 0))
        return NLC_ERROR_INPUT;
    error = world_init(&places, (uint32_t)num);
    for (size_t k = 0; k < json_array_size(rows) && error == NLC_OK; k++)
        error = small_world_check(self, &places, neighbours, json_array_get(rows, k));
    world_free(&places);
    nlc_case_say(self, "%zu probabilities, %d networks each: clustering within 0.015 of the one-end formula, ring exact",
                 json_array_size(rows), SMALL_WORLDS);
    return error;
}

/* ---- Random graphs, trees -------------------------------------------------------------------------- */

enum { RANDOM_GRAPHS = 400 };

/* Connected triples from the degrees; a third of those that are closed are triangles. */
static double triangles_of(const nlc_structure *structure, const nlc_links *links)
{
    double triples = 0;
    for (size_t begin = 0, end; begin < links->num; begin = end) {
        for (end = begin; end < links->num && links->link[end].to == links->link[begin].to; end++)
            ;
        triples += (double)(end - begin) * (double)(end - begin - 1) / 2;
    }
    return isnan(structure->transitivity) ? 0 : structure->transitivity * triples / 3;
}

typedef struct {
    double n, p, mean_edges, var_edges, mean_triangles, var_triangles;
} random_graph;

static nlc_error random_graph_read(nlc_case *self, const json_t *gnp, random_graph *graph)
{
    const struct {
        const char *key;
        double *value;
    } members[] = {{"n", &graph->n},
                   {"p", &graph->p},
                   {"mean_edges", &graph->mean_edges},
                   {"var_edges", &graph->var_edges},
                   {"mean_triangles", &graph->mean_triangles},
                   {"var_triangles", &graph->var_triangles}};
    nlc_error error = NLC_OK;
    for (size_t k = 0; k < sizeof members / sizeof members[0] && error == NLC_OK; k++)
        error = nlc_case_number(self, gnp, members[k].key, members[k].value);
    return error;
}

/* Pairs and triples of nodes; two triangles with an edge in common go together. */
static void variances_check(nlc_case *self, const random_graph *graph)
{
    const double n = graph->n, p = graph->p, pairs = n * (n - 1) / 2, triples = pairs * (n - 2) / 3, fours = triples * (n - 3) / 4;
    const double edges = pairs * p * (1 - p);
    const double triangles = triples * (pow(p, 3) - pow(p, 6)) + 12 * fours * (pow(p, 5) - pow(p, 6));
    nlc_case_expect(self, "variance of the edges", edges, graph->var_edges, 1e-9 * edges);
    nlc_case_expect(self, "variance of the triangles", triangles, graph->var_triangles, 1e-9 * triangles);
}

static nlc_error random_graph_check(nlc_case *self, const random_graph *graph)
{
    const nlc_peer_rule rule = {.kind = NLC_PEERS_RANDOM, .degree = graph->p * (graph->n - 1)};
    double edges = 0, triangles = 0;
    world places;
    nlc_error error = world_init(&places, (uint32_t)graph->n);
    for (uint32_t draw = 0; draw < RANDOM_GRAPHS && error == NLC_OK; draw++) {
        nlc_links links = {0};
        nlc_structure structure;
        error = measure_draw(&places, &rule, draw, &links, &structure);
        if (error == NLC_OK) {
            edges += (double)structure.num_edges / RANDOM_GRAPHS;
            triangles += triangles_of(&structure, &links) / RANDOM_GRAPHS;
        }
        nlc_links_free(&links);
    }
    world_free(&places);
    if (error != NLC_OK)
        return error;
    variances_check(self, graph);
    nlc_case_expect(self, "edges", edges, graph->mean_edges, 4.5 * sqrt(graph->var_edges / RANDOM_GRAPHS));
    nlc_case_expect(self, "triangles", triangles, graph->mean_triangles, 4.5 * sqrt(graph->var_triangles / RANDOM_GRAPHS));
    return NLC_OK;
}

/* Nodes level by level, each with the branching of its level. */
static nlc_error tree_links(const double *branching, size_t num_levels, uint32_t *num_nodes, nlc_links *links)
{
    uint32_t first = 0, end = 1;
    nlc_error error = NLC_OK;
    for (size_t level = 0; level < num_levels; level++) {
        uint32_t next = end;
        for (uint32_t node = first; node < end; node++)
            for (uint32_t k = 0; k < (uint32_t)branching[level] && error == NLC_OK; k++)
                error = nlc_links_add(links, (nlc_link){.to = next++, .from = node, .weight = 1});
        first = end;
        end = next;
    }
    *num_nodes = end;
    return error;
}

static nlc_error tree_check(nlc_case *self, const json_t *tree)
{
    double *branching, nodes, edges;
    size_t num_levels;
    nlc_links links = {0};
    nlc_structure structure;
    world places = {0};
    uint32_t num_nodes;
    nlc_error error = nlc_case_numbers(self, tree, "b", &branching, &num_levels);
    if (error != NLC_OK)
        return error;
    error = tree_links(branching, num_levels, &num_nodes, &links);
    free(branching);
    if (error == NLC_OK)
        error = nlc_case_number(self, tree, "nodes", &nodes);
    if (error == NLC_OK)
        error = nlc_case_number(self, tree, "edges", &edges);
    if (error == NLC_OK)
        error = world_init(&places, num_nodes);
    if (error == NLC_OK)
        error = nlc_structure_measure(&structure, places.key, num_nodes, &links);
    if (error == NLC_OK) {
        nlc_case_expect(self, "nodes of the tree", structure.largest_component, nodes, 0);
        nlc_case_expect(self, "edges of the tree", (double)structure.num_edges, edges, 0);
    }
    world_free(&places);
    nlc_links_free(&links);
    return error;
}

nlc_error nlc_verify_graph_exact(nlc_case *self)
{
    const json_t *gnp = json_object_get(self->root, "gnp"), *tree = json_object_get(self->root, "tree_regular");
    random_graph graph;
    nlc_error error = NLC_OK;
    if (gnp != NULL)
        error = random_graph_read(self, gnp, &graph);
    if (gnp != NULL && error == NLC_OK)
        error = random_graph_check(self, &graph);
    if (tree != NULL && error == NLC_OK)
        error = tree_check(self, tree);
    nlc_case_say(self, "%d random networks: edges and triangles within 4.5 standard errors; the tree exact", RANDOM_GRAPHS);
    if (json_object_get(self->root, "ba_limit_degree_pmf") != NULL)
        nlc_case_say(self, "not compared: preferential attachment, which is no rule of this program");
    return error;
}
