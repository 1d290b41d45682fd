/* The hierarchy of the nodes: parents, countries, and the order of the places. */
#include "tables.h"

#include <stdlib.h>
#include <string.h>

#define UNSEEN  NLC_NONE
#define ON_PATH (NLC_NONE - 1)
#define NOWHERE (NLC_NONE - 2) /* below a circle or a parent that does not exist */

static nlc_where node_where(const nlc_scenario *self, uint32_t line)
{
    return nlc_scenario_where(self, self->table_folder[NLC_TABLE_NODES], NLC_TABLE_NODES, line);
}

/* ---- Parents ----------------------------------------------------------------------------------- */

static void find_parent(nlc_scenario *self, nlc_node *node, bool *lost, nlc_problems *problems)
{
    char hint[NLC_HINT_LENGTH];
    *lost = node->parent_id == NULL;
    if (!node->parent_id || node->parent_id[0] == '\0')
        return;
    node->parent = nlc_index_find(&self->nodes, node->parent_id);
    if (node->parent == NLC_NONE) {
        nlc_problems_add(problems, node_where(self, node->line), "parent_id '%s' is not a node%s", node->parent_id,
                         nlc_node_hint(self, problems, node->parent_id, hint));
        *lost = true;
        return;
    }
    self->node[node->parent].num_children++;
}

static void report_circle(const nlc_scenario *self, uint32_t first, nlc_problems *problems)
{
    char ids[200] = "";
    uint32_t i = first, num = 0, top = first;
    do {
        top = self->node[i].line < self->node[top].line ? i : top;
        i = self->node[i].parent;
    } while (i != first);
    i = top;
    do {
        if (num++ < 4) {
            strncat(ids, num > 1 ? " -> " : "", sizeof ids - strlen(ids) - 1);
            strncat(ids, self->node[i].id, sizeof ids - strlen(ids) - 1);
        }
        i = self->node[i].parent;
    } while (i != top);
    nlc_problems_add(problems, node_where(self, self->node[top].line), "the parents run in a circle: %s%s -> %s", ids,
                     num > 4 ? " -> ..." : "", self->node[top].id);
}

/* Follows the parents of node i to a node whose country is known, and gives it to all on the way.
 * Every node is on a path once, so this takes linear time however deep the tree is. */
static void find_country(nlc_scenario *self, uint32_t start, uint32_t *country, nlc_problems *problems)
{
    uint32_t i = start;
    while (country[i] == UNSEEN && self->node[i].parent != NLC_NONE) {
        country[i] = ON_PATH;
        i = self->node[i].parent;
    }
    if (country[i] == ON_PATH)
        report_circle(self, i, problems);
    const uint32_t found = country[i] == ON_PATH || country[i] == UNSEEN ? NOWHERE : country[i];
    for (i = start; country[i] == ON_PATH || country[i] == UNSEEN; i = self->node[i].parent) {
        country[i] = found;
        if (self->node[i].parent == NLC_NONE)
            break;
    }
}

/* ---- Countries --------------------------------------------------------------------------------- */

typedef struct {
    const char *id;
    uint32_t node;
} lead_type;

static int compare_leads(const void *left, const void *right)
{
    return strcmp(((const lead_type *)left)->id, ((const lead_type *)right)->id);
}

static nlc_error list_leads(nlc_scenario *self, const bool *lost)
{
    uint32_t num = 0;
    for (uint32_t i = 0; i < self->num_nodes; i++)
        num += self->node[i].parent == NLC_NONE && !lost[i];
    lead_type *lead = malloc((num + 1) * sizeof *lead);
    self->country = calloc(num + 1, sizeof *self->country);
    if (!lead || !self->country) {
        free(lead);
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < self->num_nodes; i++)
        if (self->node[i].parent == NLC_NONE && !lost[i])
            lead[self->num_countries++] = (lead_type){self->node[i].id, i};
    if (num > 0)
        qsort(lead, num, sizeof *lead, compare_leads);
    for (uint32_t k = 0; k < num; k++)
        self->country[k].lead = lead[k].node;
    free(lead);
    return NLC_OK;
}

/* A region whose parent was forgotten would silently become a country of its own. */
static nlc_error check_leads(const nlc_scenario *self, nlc_problems *problems)
{
    uint32_t *below = calloc(self->tiers.num, sizeof *below);
    if (!below)
        return NLC_ERROR_MEMORY;
    for (uint32_t i = 0; i < self->num_nodes; i++)
        below[self->node[i].tier] += self->node[i].parent != NLC_NONE;
    for (uint32_t k = 0; k < self->num_countries; k++) {
        const nlc_node *lead = &self->node[self->country[k].lead];
        if (below[lead->tier] > 0 && lead->tier > 0)
            nlc_problems_add(
                problems, node_where(self, lead->line),
                "'%s' has no parent_id and so leads a country, but other nodes of its tier '%s' have parents; give it one, "
                "since a tree has one lead",
                lead->id, self->tiers.text[lead->tier]);
        else if (lead->num_children == 0)
            nlc_problems_add(problems, node_where(self, lead->line),
                             "'%s' has no parent_id and so leads a country, but no place stands below it", lead->id);
    }
    free(below);
    return NLC_OK;
}

/* ---- Order ------------------------------------------------------------------------------------- */

/* The first bytes of the id as numbers spare most comparisons a walk through memory. */
typedef struct {
    uint32_t country, node;
    uint64_t begin[2];
    const char *id;
} rank_type;

static void begin_of(const char *id, uint64_t *begin)
{
    for (uint32_t part = 0; part < 2; part++) {
        begin[part] = 0;
        for (uint32_t i = 0; i < 8; i++) {
            begin[part] = begin[part] << 8 | (unsigned char)*id;
            id += *id ? 1 : 0;
        }
    }
}

static int compare_ranks(const void *left, const void *right)
{
    const rank_type *a = left, *b = right;
    if (a->country != b->country)
        return a->country < b->country ? -1 : 1;
    for (uint32_t part = 0; part < 2; part++)
        if (a->begin[part] != b->begin[part])
            return a->begin[part] < b->begin[part] ? -1 : 1;
    return strcmp(a->id, b->id);
}

static nlc_error order_places(nlc_scenario *self)
{
    rank_type *rank = malloc(((size_t)self->num_nodes + 1) * sizeof *rank);
    self->place = malloc(((size_t)self->num_nodes + 1) * sizeof *self->place);
    if (!rank || !self->place) {
        free(rank);
        return NLC_ERROR_MEMORY;
    }
    uint32_t num = 0;
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        const nlc_node *node = &self->node[i];
        if (node->parent == NLC_NONE || node->country == NLC_NONE)
            continue;
        rank[num] = (rank_type){.country = node->country, .node = i, .id = node->id};
        begin_of(node->id, rank[num++].begin);
    }
    if (num > 0)
        qsort(rank, num, sizeof *rank, compare_ranks);
    for (uint32_t p = 0; p < num; p++) {
        self->place[p] = rank[p].node;
        self->node[rank[p].node].place = p;
        self->country[rank[p].country].num_places++;
    }
    self->num_places = num;
    for (uint32_t k = 1; k < self->num_countries; k++)
        self->country[k].first_place = self->country[k - 1].first_place + self->country[k - 1].num_places;
    free(rank);
    return NLC_OK;
}

static nlc_error build(nlc_scenario *self, uint32_t *country, bool *lost, nlc_problems *problems)
{
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        country[i] = UNSEEN;
        find_parent(self, &self->node[i], &lost[i], problems);
    }
    nlc_error error = list_leads(self, lost);
    if (error)
        return error;
    for (uint32_t k = 0; k < self->num_countries; k++)
        country[self->country[k].lead] = k;
    for (uint32_t i = 0; i < self->num_nodes; i++)
        find_country(self, i, country, problems);
    for (uint32_t i = 0; i < self->num_nodes; i++)
        self->node[i].country = country[i] == NOWHERE ? NLC_NONE : country[i];
    error = check_leads(self, problems);
    return error ? error : order_places(self);
}

nlc_error nlc_tree_build(nlc_scenario *self, nlc_problems *problems)
{
    uint32_t *country = malloc(((size_t)self->num_nodes + 1) * sizeof *country);
    bool *lost = calloc((size_t)self->num_nodes + 1, sizeof *lost);
    const nlc_error error = country && lost ? build(self, country, lost, problems) : NLC_ERROR_MEMORY;
    free(country);
    free(lost);
    return error;
}
