#include "graph.h"
#include "graphml.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PROBLEMS 200

/* ---- Problems ------------------------------------------------------------------------------------ */

typedef struct {
    nlc_text *text;   /* borrowed */
    const char *name; /* borrowed: the file's */
    size_t num;
    nlc_error error; /* NLC_ERROR_INPUT once there is a problem, NLC_ERROR_MEMORY where none is left */
} problem_list;

static nlc_error make_room(nlc_text *text, size_t length)
{
    if (text->length + length < text->capacity) {
        return NLC_OK;
    }
    const size_t capacity = 2 * (text->length + length + 1);
    char *data = realloc(text->data, capacity);
    if (data == NULL) {
        return NLC_ERROR_MEMORY;
    }
    text->data = data;
    text->capacity = capacity;
    return NLC_OK;
}

static void append(problem_list *self, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0 || make_room(self->text, (size_t)length) != NLC_OK) {
        self->error = NLC_ERROR_MEMORY;
        return;
    }
    vsnprintf(self->text->data + self->text->length, (size_t)length + 1, format, arguments);
    self->text->length += (size_t)length;
}

static void add_text(problem_list *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    append(self, format, arguments);
    va_end(arguments);
}

static void add_problem(problem_list *self, const char *format, ...)
{
    self->error = self->error == NLC_OK ? NLC_ERROR_INPUT : self->error;
    if (self->error == NLC_ERROR_MEMORY || ++self->num > MAX_PROBLEMS) {
        return;
    }
    add_text(self, "%s: ", self->name);
    va_list arguments;
    va_start(arguments, format);
    append(self, format, arguments);
    va_end(arguments);
    add_text(self, "\n");
}

static nlc_error finish_problems(problem_list *self)
{
    if (self->num > MAX_PROBLEMS && self->error != NLC_ERROR_MEMORY) {
        add_text(self, "%s: and %zu more problems\n", self->name, self->num - MAX_PROBLEMS);
    }
    return self->error;
}

/* ---- Attributes ------------------------------------------------------------------------------------- */

/* An attribute that may be there. */
typedef struct {
    const igraph_t *graph; /* borrowed */
    const char *name;      /* NULL where the file has none */
} attribute;

/* The attribute, if the file has it with the type that is expected. */
static attribute find(const igraph_t *graph, igraph_attribute_elemtype_t element, const char *name,
                      igraph_attribute_type_t expected, problem_list *problems)
{
    igraph_attribute_type_t type;
    if (!igraph_cattribute_has_attr(graph, element, name)) {
        return (attribute){graph, NULL};
    }
    if (igraph_cattribute_table.gettype(graph, &type, element, name) != IGRAPH_SUCCESS || type != expected) {
        add_problem(problems, "the attribute '%s' of %s has another type than expected; give it attr.type=\"%s\"", name,
                    element == IGRAPH_ATTRIBUTE_VERTEX ? "nodes" : "edges",
                    expected == IGRAPH_ATTRIBUTE_STRING ? "string" : "double");
        return (attribute){graph, NULL};
    }
    return (attribute){graph, name};
}

static const char *node_text(attribute self, igraph_integer_t i)
{
    return self.name != NULL ? igraph_cattribute_VAS(self.graph, self.name, i) : "";
}

static double node_number(attribute self, igraph_integer_t i)
{
    return self.name != NULL ? igraph_cattribute_VAN(self.graph, self.name, i) : NAN;
}

/* libxml2 hands an ampersand in an XML id over as "&#38;", and igraph takes it for the text. */
static char *copy_id(const char *text)
{
    char *copy = calloc(strlen(text) + 1, 1);
    for (char *c = copy; copy != NULL && *text != '\0'; c++) {
        *c = *text;
        text += strncmp(text, "&#38;", 5) == 0 ? 5 : 1;
    }
    return copy;
}

static char *copy_text(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy != NULL ? memcpy(copy, text, size) : NULL;
}

/* ---- Nodes ------------------------------------------------------------------------------------------- */

typedef struct {
    attribute id, name, tier, country, population, lat, lon;
} node_attributes;

static node_attributes find_node_attributes(const igraph_t *graph, problem_list *problems)
{
    const igraph_attribute_elemtype_t nodes = IGRAPH_ATTRIBUTE_VERTEX;
    return (node_attributes){
        .id = find(graph, nodes, "id", IGRAPH_ATTRIBUTE_STRING, problems),
        .name = find(graph, nodes, "name", IGRAPH_ATTRIBUTE_STRING, problems),
        .tier = find(graph, nodes, "tier", IGRAPH_ATTRIBUTE_STRING, problems),
        .country = find(graph, nodes, "country", IGRAPH_ATTRIBUTE_STRING, problems),
        .population = find(graph, nodes, "population", IGRAPH_ATTRIBUTE_NUMERIC, problems),
        .lat = find(graph, nodes, "lat", IGRAPH_ATTRIBUTE_NUMERIC, problems),
        .lon = find(graph, nodes, "lon", IGRAPH_ATTRIBUTE_NUMERIC, problems),
    };
}

static nlc_error read_node(const node_attributes *attributes, igraph_integer_t i, nlc_graphml_node *node)
{
    *node = (nlc_graphml_node){
        .id = copy_id(node_text(attributes->id, i)),
        .name = copy_text(node_text(attributes->name, i)),
        .tier = copy_text(node_text(attributes->tier, i)),
        .country = copy_text(node_text(attributes->country, i)),
        .population = node_number(attributes->population, i),
        .lat = node_number(attributes->lat, i),
        .lon = node_number(attributes->lon, i),
    };
    const bool is_complete = node->id != NULL && node->name != NULL && node->tier != NULL && node->country != NULL;
    return is_complete ? NLC_OK : NLC_ERROR_MEMORY;
}

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static nlc_error check_ids(const nlc_graphml *self, problem_list *problems)
{
    char **id = calloc((size_t)self->num_nodes + 1, sizeof *id);
    if (id == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        id[i] = self->node[i].id;
        if (id[i][0] == '\0') {
            add_problem(problems, "node %u has no id", i + 1);
        }
    }
    qsort(id, self->num_nodes, sizeof *id, compare_texts);
    for (uint32_t i = 1; i < self->num_nodes; i++) {
        if (strcmp(id[i], id[i - 1]) == 0 && id[i][0] != '\0') {
            add_problem(problems, "two nodes have the id '%s'; each needs its own", id[i]);
        }
    }
    free(id);
    return NLC_OK;
}

static nlc_error read_nodes(nlc_graphml *self, const igraph_t *graph, problem_list *problems)
{
    const igraph_integer_t num = igraph_vcount(graph);
    if (num > (igraph_integer_t)UINT32_MAX - 1) {
        return NLC_ERROR_MEMORY;
    }
    self->node = calloc((size_t)num + 1, sizeof *self->node);
    if (self->node == NULL) {
        return NLC_ERROR_MEMORY;
    }
    const node_attributes attributes = find_node_attributes(graph, problems);
    self->num_nodes = (uint32_t)num;
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        const nlc_error error = read_node(&attributes, i, &self->node[i]);
        if (error != NLC_OK) {
            return error;
        }
    }
    return attributes.id.name != NULL ? check_ids(self, problems) : NLC_OK;
}

/* ---- Edges ------------------------------------------------------------------------------------------- */

typedef struct {
    attribute kind, weight;
} edge_attributes;

/* Adds the channel of an edge, unless something is wrong with it. */
static void read_edge(nlc_graphml *self, const edge_attributes *attributes, igraph_integer_t e, problem_list *problems)
{
    const igraph_t *graph = attributes->kind.graph;
    const char *kind_text = attributes->kind.name != NULL ? igraph_cattribute_EAS(graph, attributes->kind.name, e) : "";
    const double given = attributes->weight.name != NULL ? igraph_cattribute_EAN(graph, attributes->weight.name, e) : NAN;
    const double weight = isnan(given) ? 1 : given;
    const uint32_t from = (uint32_t)IGRAPH_FROM(graph, e), to = (uint32_t)IGRAPH_TO(graph, e);
    const char *from_id = self->node[from].id, *to_id = self->node[to].id;
    nlc_channel_kind kind = NLC_CHANNEL_PEER;
    bool is_good = true;
    if (kind_text[0] != '\0' && !nlc_channel_kind_read(kind_text, &kind)) {
        add_problem(problems, "the edge from '%s' to '%s' has the kind '%s', expected peer, regional, direct, line or oversight",
                    from_id, to_id, kind_text);
        is_good = false;
    }
    if (!(weight > 0 && weight <= 1)) {
        add_problem(problems, "the edge from '%s' to '%s' has the weight %g, expected above 0 and at most 1", from_id, to_id,
                    weight);
        is_good = false;
    }
    if (from == to) {
        add_problem(problems, "an edge joins '%s' with itself, expected two different nodes", from_id);
        is_good = false;
    }
    if (is_good) {
        nlc_channel_table *table = &self->channels;
        table->channel[table->num++] = (nlc_channel){to, from, (float)weight, kind};
        if (!igraph_is_directed(graph)) {
            table->channel[table->num++] = (nlc_channel){from, to, (float)weight, kind};
        }
    }
}

static void check_repeats(const nlc_graphml *self, bool is_directed, problem_list *problems)
{
    for (size_t j = 1; j < self->channels.num; j++) {
        const nlc_channel *a = &self->channels.channel[j - 1], *b = &self->channels.channel[j];
        if (a->to == b->to && a->from == b->from && a->kind == b->kind && (is_directed || a->from < a->to)) {
            add_problem(problems, "there is a second edge of the kind %s from '%s' to '%s'; keep one",
                        nlc_channel_kind_name(a->kind), self->node[a->from].id, self->node[a->to].id);
        }
    }
}

static nlc_error read_edges(nlc_graphml *self, const igraph_t *graph, problem_list *problems)
{
    const igraph_integer_t num = igraph_ecount(graph);
    self->channels.channel = calloc(2 * (size_t)num + 1, sizeof *self->channels.channel);
    if (self->channels.channel == NULL) {
        return NLC_ERROR_MEMORY;
    }
    const edge_attributes attributes = {
        .kind = find(graph, IGRAPH_ATTRIBUTE_EDGE, "kind", IGRAPH_ATTRIBUTE_STRING, problems),
        .weight = find(graph, IGRAPH_ATTRIBUTE_EDGE, "weight", IGRAPH_ATTRIBUTE_NUMERIC, problems),
    };
    for (igraph_integer_t e = 0; e < num; e++) {
        read_edge(self, &attributes, e, problems);
    }
    nlc_channel_table_sort(&self->channels);
    check_repeats(self, igraph_is_directed(graph), problems);
    return NLC_OK;
}

/* ---- Files ------------------------------------------------------------------------------------------- */

static nlc_error parse(FILE *file, igraph_t *graph, problem_list *problems)
{
    nlc_igraph_setup();
    const igraph_error_t failed = igraph_read_graph_graphml(graph, file, 0);
    if (failed == IGRAPH_EINVAL) {
        add_problem(problems, "there is no graph in this file, expected GraphML");
        return NLC_ERROR_INPUT;
    }
    const nlc_error error = nlc_igraph_error(failed);
    if (error == NLC_ERROR_INPUT) {
        add_problem(problems, "this is not GraphML: %s", nlc_igraph_reason());
    }
    return error;
}

nlc_error nlc_graphml_read(nlc_graphml *self, FILE *file, const char *name, nlc_text *text)
{
    *self = (nlc_graphml){0};
    problem_list problems = {.text = text, .name = name, .num = 0, .error = NLC_OK};
    igraph_t graph;
    nlc_error error = parse(file, &graph, &problems);
    if (error != NLC_OK) {
        return problems.error == NLC_ERROR_MEMORY ? NLC_ERROR_MEMORY : error;
    }
    error = read_nodes(self, &graph, &problems);
    if (error == NLC_OK) {
        error = read_edges(self, &graph, &problems);
    }
    igraph_destroy(&graph);
    if (error == NLC_OK) {
        error = finish_problems(&problems);
    }
    return error;
}

void nlc_graphml_free(nlc_graphml *self)
{
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        nlc_graphml_node *node = &self->node[i];
        free(node->id);
        free(node->name);
        free(node->tier);
        free(node->country);
    }
    free(self->node);
    nlc_channel_table_free(&self->channels);
    *self = (nlc_graphml){0};
}
