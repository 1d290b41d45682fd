#include "graph.h"
#include "network.h"
#include "rank.h"

#include <stdlib.h>

/* ---- Betweenness ------------------------------------------------------------------------------- */

/* The places of one country stand together; its lead is the vertex after them. */
typedef struct {
    uint32_t first, num;
} country_range;

static country_range range_of(const nlc_places *places, uint32_t first)
{
    country_range range = {.first = first, .num = 0};
    while (first + range.num < places->num_places && places->country[first + range.num] == places->country[first]) {
        range.num++;
    }
    return range;
}

static nlc_error add_lines(const nlc_places *places, country_range range, nlc_links *links)
{
    for (uint32_t i = 0; i < range.num; i++) {
        const uint32_t parent = places->parent[range.first + i];
        const uint32_t above = parent == NLC_NO_PARENT ? range.num : parent - range.first;
        const nlc_error error = nlc_links_add(links, (nlc_link){.to = i, .from = above, .weight = 1});
        if (error != NLC_OK) {
            return error;
        }
    }
    return NLC_OK;
}

static bool is_in(country_range range, uint32_t place)
{
    return place >= range.first && place - range.first < range.num;
}

/* Adds the peer links inside the country, and returns behind the last link that one of its places
 * hears: `peers` is sorted, so one pass serves all countries. */
static nlc_error add_peers(const nlc_links *peers, country_range range, size_t *next, nlc_links *links)
{
    for (; *next < peers->num && peers->link[*next].to < range.first + range.num; (*next)++) {
        const nlc_link peer = peers->link[*next];
        if (is_in(range, peer.to) && is_in(range, peer.from)) {
            const nlc_link local = {.to = peer.to - range.first, .from = peer.from - range.first, .weight = 1};
            const nlc_error error = nlc_links_add(links, local);
            if (error != NLC_OK) {
                return error;
            }
        }
    }
    return NLC_OK;
}

/* The vertices with the smallest keys: hashes, so in an order that has nothing to do with where they
 * stand in the network. */
static nlc_error choose_pivots(const nlc_places *places, country_range range, igraph_vector_int_t *pivots)
{
    nlc_rank *order = calloc(range.num, sizeof *order);
    if (order == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < range.num; i++) {
        order[i] = (nlc_rank){.major = 0, .key = places->key[range.first + i], .index = i};
    }
    nlc_rank_sort(order, range.num);
    for (uint32_t k = 0; k < NLC_NUM_PIVOTS; k++) {
        VECTOR(*pivots)[k] = order[k].index;
    }
    free(order);
    return NLC_OK;
}

/* Brandes and Pich (International Journal of Bifurcation and Chaos 17, 2007): paths from a sample of
 * sources, scaled up. A cutoff on the length of paths would not help here: through the lead
 * everybody is near to everybody. */
static nlc_error estimate(const nlc_places *places, country_range range, const igraph_t *graph, igraph_vector_t *result)
{
    igraph_vector_int_t pivots;
    const igraph_error_t failed = igraph_vector_int_init(&pivots, NLC_NUM_PIVOTS);
    if (failed != IGRAPH_SUCCESS) {
        return nlc_igraph_error(failed);
    }
    nlc_error error = choose_pivots(places, range, &pivots);
    if (error == NLC_OK) {
        error = nlc_igraph_error(igraph_betweenness_subset(graph, result, igraph_vss_all(), IGRAPH_UNDIRECTED,
                                                           igraph_vss_vector(&pivots), igraph_vss_all(), NULL));
    }
    if (error == NLC_OK) {
        igraph_vector_scale(result, (double)range.num / NLC_NUM_PIVOTS);
    }
    igraph_vector_int_destroy(&pivots);
    return error;
}

static nlc_error measure(const nlc_places *places, country_range range, const igraph_t *graph, double *betweenness)
{
    igraph_vector_t result;
    const igraph_error_t failed = igraph_vector_init(&result, 0);
    if (failed != IGRAPH_SUCCESS) {
        return nlc_igraph_error(failed);
    }
    const nlc_error error = range.num > NLC_MAX_EXACT_BETWEENNESS
                                ? estimate(places, range, graph, &result)
                                : nlc_igraph_error(igraph_betweenness(graph, &result, igraph_vss_all(), IGRAPH_UNDIRECTED, NULL));
    if (error == NLC_OK) {
        for (uint32_t i = 0; i < range.num; i++) {
            betweenness[range.first + i] = VECTOR(result)[i];
        }
        betweenness[places->num_places + places->country[range.first]] = VECTOR(result)[range.num];
    }
    igraph_vector_destroy(&result);
    return error;
}

static nlc_error measure_links(const nlc_places *places, country_range range, nlc_links *links, double *betweenness)
{
    nlc_graph graph = {0};
    igraph_t copy;
    nlc_error error = nlc_graph_init(&graph, range.num + 1, links);
    if (error == NLC_OK) {
        error = nlc_graph_to_igraph(&graph, &copy);
    }
    nlc_graph_free(&graph);
    if (error == NLC_OK) {
        error = measure(places, range, &copy, betweenness);
        igraph_destroy(&copy);
    }
    return error;
}

nlc_error nlc_network_betweenness(const nlc_places *places, const nlc_links *peers, double *betweenness)
{
    nlc_error error = NLC_OK;
    size_t next = 0;
    for (uint32_t c = 0; c < places->num_countries; c++) {
        betweenness[places->num_places + c] = 0;
    }
    for (uint32_t first = 0; error == NLC_OK && first < places->num_places;) {
        const country_range range = range_of(places, first);
        nlc_links links = {0};
        error = add_lines(places, range, &links);
        if (error == NLC_OK) {
            error = add_peers(peers, range, &next, &links);
        }
        if (error == NLC_OK) {
            error = measure_links(places, range, &links, betweenness);
        }
        nlc_links_free(&links);
        first += range.num;
    }
    return error;
}

/* ---- Regional channels ----------------------------------------------------------------------------- */

/* All leaf places, by country, then the most central first; `num_leaves` says how many. */
static nlc_error rank_leaves(const nlc_places *places, const nlc_links *peers, nlc_rank *leaf, uint32_t *num_leaves)
{
    const uint32_t num = places->num_places;
    double *betweenness = calloc((size_t)num + places->num_countries, sizeof *betweenness);
    bool *has_children = calloc(num, sizeof *has_children);
    nlc_error error = betweenness != NULL && has_children != NULL ? NLC_OK : NLC_ERROR_MEMORY;
    if (error == NLC_OK) {
        error = nlc_network_betweenness(places, peers, betweenness);
    }
    *num_leaves = 0;
    for (uint32_t i = 0; error == NLC_OK && i < num; i++) {
        if (places->parent[i] != NLC_NO_PARENT) {
            has_children[places->parent[i]] = true;
        }
    }
    for (uint32_t i = 0; error == NLC_OK && i < num; i++) {
        if (!has_children[i]) {
            leaf[(*num_leaves)++] = (nlc_rank){nlc_rank_descending(betweenness[i]), places->key[i], i};
        }
    }
    free(has_children);
    free(betweenness);
    return error;
}

/* Puts the `num_central` first leaves of each country to the front of `leaf`; leaves stand by
 * country already, since places do. Returns how many there are. */
static uint32_t keep_most_central(const nlc_places *places, nlc_rank *leaf, uint32_t num_leaves, uint32_t num_central)
{
    uint32_t kept = 0;
    for (uint32_t first = 0, next; first < num_leaves; first = next) {
        const uint32_t country = places->country[leaf[first].index];
        for (next = first; next < num_leaves && places->country[leaf[next].index] == country; next++) {
        }
        nlc_rank_sort(leaf + first, next - first);
        for (uint32_t k = first; k < next && k - first < num_central; k++) {
            leaf[kept++] = leaf[k];
        }
    }
    return kept;
}

static nlc_error join_across_borders(const nlc_places *places, const nlc_rank *leaf, uint32_t num_leaves, nlc_links *links)
{
    for (uint32_t a = 0; a < num_leaves; a++) {
        for (uint32_t b = 0; b < num_leaves; b++) {
            if (places->country[leaf[a].index] == places->country[leaf[b].index]) {
                continue;
            }
            const nlc_error error = nlc_links_add(links, (nlc_link){.to = leaf[a].index, .from = leaf[b].index, .weight = 1});
            if (error != NLC_OK) {
                return error;
            }
        }
    }
    return NLC_OK;
}

nlc_error nlc_network_regional(const nlc_places *places, const nlc_links *peers, uint32_t num_central, nlc_links *links)
{
    if (places->num_countries < 2 || places->num_places == 0 || num_central == 0) {
        return NLC_OK;
    }
    nlc_rank *leaf = calloc(places->num_places, sizeof *leaf);
    if (leaf == NULL) {
        return NLC_ERROR_MEMORY;
    }
    uint32_t num_leaves;
    nlc_error error = rank_leaves(places, peers, leaf, &num_leaves);
    if (error == NLC_OK) {
        error = join_across_borders(places, leaf, keep_most_central(places, leaf, num_leaves, num_central), links);
    }
    free(leaf);
    nlc_links_sort(links);
    return error;
}
