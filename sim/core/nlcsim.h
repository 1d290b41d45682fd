/* nlcsim: a simulator of national-local cooperation. This header is the manual of the library.
 *
 * The way of the data: a scenario folder is read into the *resolved scenario*, a canonical text of
 * flat numbers and an explicit network (nlc_scenario_resolve). The core reads that text
 * (nlc_resolved_read) and steps *batches* of replicates over it, one replicate in each lane of a
 * vector (nlc_batch_*). After each month the caller reads the tallies of that month and does with
 * them what it likes; nothing is kept.
 *
 * The core allocates nothing, reads no clock and no file, has no globals, and computes with
 * + - * / and sqrt alone, so that the same resolved scenario gives the same bits on every machine.
 *
 * Words: a *node* is a place (province or local government); an *agency* is national, and one
 * agency of each country is its lead. A *schedule* is the course of all levers over the months
 * that a set of nodes or agencies shares. A *class* is a set of places with the same country,
 * tier, wave, group and size: what is counted, is counted for each class. A *draw* is one network
 * where the network is made by chance; replicate r runs on draw r mod num_draws.
 */
#ifndef NLCSIM_H
#define NLCSIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NLC_VERSION "0.1.0"

/* ---- Errors ---------------------------------------------------------------------------------- */

/* What can go wrong for a user. What only a programmer can get wrong is an assertion. */
typedef enum {
    NLC_OK = 0,
    NLC_ERROR_MEMORY,      /* no memory left */
    NLC_ERROR_INPUT,       /* the input is wrong; the problems have been reported */
    NLC_ERROR_IO,          /* a file could not be read or written; errno says why */
    NLC_ERROR_INTERRUPTED, /* the caller asked to stop */
} nlc_error;

/* One short English sentence without a full stop; never NULL. */
const char *nlc_error_text(nlc_error error);

/* ---- Models: what a coordination mechanism declares -------------------------------------------- */

/* How well a coefficient is known. */
typedef enum {
    NLC_CALIBRATED, /* fitted to observed counts */
    NLC_LITERATURE, /* a published value or range */
    NLC_TUNED,      /* set by hand so that known patterns come out together */
    NLC_ASSUMPTION, /* nobody has measured it */
} nlc_evidence;

/* "calibrated", "literature", "tuned", "assumption". */
const char *nlc_evidence_name(nlc_evidence evidence);

typedef struct {
    const char *name, *symbol, *unit;
    float value, low, high; /* the default and its bounds, both included */
    nlc_evidence evidence;
    const char *source; /* may be "" */
    const char *meaning;
} nlc_parameter;

/* Who a lever acts on. */
typedef enum {
    NLC_LEVER_PLACE,   /* provinces and local governments */
    NLC_LEVER_ANY,     /* places and agencies (slots) */
    NLC_LEVER_COUNTRY, /* a country as a whole: read from the schedule of its lead */
} nlc_lever_scope;

/* Which dial multiplies a lever. */
typedef enum { NLC_DIAL_NONE, NLC_DIAL_RESOURCING, NLC_DIAL_ENGAGEMENT, NLC_DIAL_CAPACITY_BUILDING, NLC_NUM_DIALS } nlc_dial;

/* "", "resourcing", "engagement", "capacity_building". */
const char *nlc_dial_name(nlc_dial dial);

typedef struct {
    const char *name, *unit;
    float value, low, high; /* default and bounds; a value outside is an error, nothing is clipped */
    nlc_lever_scope scope;
    nlc_dial dial;
    bool waits_for_wave; /* 0 until the place's wave has begun */
    bool is_switch;      /* 0 or 1 */
    bool may_be_unlimited;
    const char *attribute; /* the node or agency column that gives its base value, or NULL */
    const char *meaning;
} nlc_lever;

/* A number that belongs to a place: a column of nodes.csv. An empty cell is a NaN in the core; the
 * model then uses `parameter` (by name), or 0 where that is NULL. */
typedef struct {
    const char *name, *unit;
    float low, high;
    const char *parameter;
    const char *meaning;
} nlc_attribute;

/* A field of a node's state. Shared fields are read by other nodes as they stood at the start of
 * the month and are stored twice; private ones are not. Words hold bits, the others reals. */
typedef struct {
    const char *name, *unit, *meaning;
    bool shared, is_word;
} nlc_field;

/* A part of a word field: (word >> shift) & mask. */
typedef struct {
    const char *name;
    uint32_t field, shift, mask;
    const char *meaning;
} nlc_view;

/* What the kernel adds up over the nodes of a class in a month. */
typedef struct {
    const char *name, *unit, *meaning;
} nlc_tally;

/* What a measure is computed from, for a block of runs at once: the tallies of one month over any
 * union of classes, and their running totals since month 1. */
#define NLC_BLOCK_RUNS 16
typedef struct {
    const double *month;            /* [num_tallies][NLC_BLOCK_RUNS] */
    const double *total;            /* [num_tallies][NLC_BLOCK_RUNS] */
    const float *const *parameters; /* [NLC_BLOCK_RUNS]: those of each run */
} nlc_tallies;

/* A column of results, computed from tallies; NaN where it has no meaning (an empty cell). */
typedef struct {
    const char *name, *unit, *meaning;
    uint32_t decimals;
    void (*fill)(const nlc_tallies *tallies, double *values); /* values[NLC_BLOCK_RUNS] */
} nlc_measure;

/* How an outcome of a whole run follows from a measure's months. */
typedef enum {
    NLC_OUTCOME_MONTHS_TO,    /* first month in which the measure is at least `level`; NaN if never */
    NLC_OUTCOME_AT_END,       /* the measure in the last month */
    NLC_OUTCOME_AREA,         /* mean of the measure over all months */
    NLC_OUTCOME_SPREAD_WAVES, /* largest minus smallest wave in the last month */
    NLC_OUTCOME_SPREAD_SIZES, /* large minus small places in the last month */
} nlc_outcome_kind;

typedef struct {
    const char *name, *unit, *meaning;
    uint32_t decimals;
    nlc_outcome_kind kind;
    const char *measure;
    double level;
} nlc_outcome;

/* One kind of information or support that moves between tiers. Tallies by index; NLC_NONE where a
 * flow has no such count. */
typedef struct {
    const char *kind, *direction; /* direction: "down", "up" or "across" */
    uint32_t asked, delivered, asked_national, delivered_national;
    const char *meaning;
} nlc_flow;

#define NLC_NONE UINT32_MAX

/* A kernel: the model compiled for one vector width. See batch.h. */
typedef struct nlc_kernel nlc_kernel;
typedef struct nlc_batch nlc_batch;

typedef struct nlc_model {
    const char *name, *title;
    uint32_t code_version; /* raised whenever a result moves: old stored results are then not reused */
    bool is_double;        /* it computes in doubles: its kernels have reals of 8 bytes, and the weights of channels and the
                            * attributes of places come to it as written; for other models each is the value of a float */
    uint32_t num_parameters, num_levers, num_attributes, num_fields, num_agency_fields, num_views, num_tallies, num_measures,
        num_outcomes, num_flows, num_stages, num_milestones;
    const nlc_parameter *parameters;
    const nlc_lever *levers;
    const nlc_attribute *attributes;
    const nlc_field *fields; /* shared fields first */
    const nlc_field *agency_fields;
    const nlc_view *views;
    const nlc_tally *tallies;
    const nlc_measure *measures;
    const nlc_outcome *outcomes;
    const nlc_flow *flows;
    const char *const *stages;        /* names in order; start_stage in nodes.csv is one of these */
    uint32_t num_common_stages;       /* the first of them are open to places of every tier; the others need a tier that adopts */
    const nlc_view *milestones;       /* first month of each stage that a roadmap shows; 0 = not reached */
    const char *lever_ahead;          /* the lever whose last month above 0 runs know from their start, or NULL */
    const nlc_kernel *const *kernels; /* ends with NULL; the widest that the CPU runs comes first */
} nlc_model;

/* Index of a name in the model's table, or NLC_NONE. */
uint32_t nlc_model_parameter(const nlc_model *self, const char *name);
uint32_t nlc_model_lever(const nlc_model *self, const char *name);
uint32_t nlc_model_attribute(const nlc_model *self, const char *name);
uint32_t nlc_model_view(const nlc_model *self, const char *name);
uint32_t nlc_model_measure(const nlc_model *self, const char *name);
uint32_t nlc_model_tally(const nlc_model *self, const char *name);

/* ---- The resolved scenario -------------------------------------------------------------------- */

#define NLC_NO_PARENT UINT32_MAX /* the place hangs straight from the lead */

/* Channels of one kind by the node that hears them, each list in the order of the senders. */
typedef struct {
    const uint32_t *first; /* [num_nodes + 1] */
    const uint32_t *from;  /* [first[num_nodes]] */
    const double *weight;  /* [first[num_nodes]], in (0, 1] */
} nlc_channels;

typedef enum { NLC_SIZE_UNKNOWN, NLC_SIZE_SMALL, NLC_SIZE_LARGE } nlc_size;

/* A set of places that are counted together. `wave` and `group` index the label lists; 0 is "". */
typedef struct {
    uint32_t country, tier, wave, group;
    nlc_size size;
} nlc_class;

/* One network draw. */
typedef struct {
    nlc_channels peer, regional;
    const uint32_t *schedule; /* [num_nodes] */
    const uint32_t *class_of; /* [num_nodes], index into classes */
    const uint32_t *wave;     /* [num_nodes], index into waves */
} nlc_draw;

/* A country: its places stand together in the node order, its agencies likewise, the lead first. */
typedef struct {
    uint32_t first_node, num_nodes, first_agency, num_agencies;
} nlc_country;

typedef enum { NLC_SECTOR_LEAD, NLC_SECTOR_SECURITY, NLC_SECTOR_SERVICE } nlc_sector;

/* A list of distinct texts, in the memory of the resolved scenario. */
typedef struct {
    uint32_t num;
    const char *const *text; /* [num] */
} nlc_labels;

/* Everything that a run reads; const while it runs. Nodes are in the order of (id of the lead, own
 * id), as bytes. All pointers point into the memory given to nlc_resolved_read. */
typedef struct {
    const nlc_model *model;
    uint32_t num_months;
    int32_t start; /* calendar month of month 1: year * 12 + (month - 1) */
    uint64_t seed;
    uint32_t replicates;
    const char *title;

    uint32_t num_countries, num_agencies, num_nodes, num_tiers, num_draws, num_schedules, num_segments, num_classes;
    const nlc_country *countries;

    /* agencies */
    const char *const *agency_id;         /* [num_agencies] */
    const char *const *agency_name;       /* [num_agencies] */
    const uint64_t *agency_key;           /* [num_agencies] */
    const uint32_t *agency_country;       /* [num_agencies] */
    const nlc_sector *agency_sector;      /* [num_agencies] */
    const float *agency_weight;           /* [num_agencies], w in (0, 1] */
    const uint32_t *agency_schedule;      /* [num_agencies] */
    const float *agency_lat, *agency_lon; /* [num_agencies], degrees; NaN if unknown (sector agencies) */

    /* places */
    const char *const *id;       /* [num_nodes] */
    const char *const *name;     /* [num_nodes], as the source writes it */
    const uint64_t *key;         /* [num_nodes], nlc_hash of the id */
    const uint32_t *country;     /* [num_nodes] */
    const uint32_t *parent;      /* [num_nodes], or NLC_NO_PARENT */
    const uint32_t *tier;        /* [num_nodes], index into tiers */
    const uint32_t *group;       /* [num_nodes], index into groups */
    const uint8_t *size;         /* [num_nodes], nlc_size */
    const uint8_t *elected;      /* [num_nodes], 1 if the head is elected */
    const uint8_t *start_stage;  /* [num_nodes], index into the model's stages + 1; 0 = not given */
    const uint8_t *placed;       /* [num_nodes], 1 where the position was inferred */
    const double *population;    /* [num_nodes]; NaN if unknown */
    const float *lat, *lon;      /* [num_nodes], degrees; NaN if unknown */
    const float *line_weight;    /* [num_nodes], weight of the channel to the parent */
    const double *attributes;    /* [num_attributes][num_nodes]; NaN = not given */
    const uint32_t *first_child; /* [num_nodes + 1] */
    const uint32_t *child;       /* [first_child[num_nodes]], in node order */

    nlc_labels tiers, waves, groups;
    const uint8_t *tier_adopts; /* [num_tiers] */
    bool names;                 /* results may name leaf places */

    const nlc_class *classes; /* [num_classes], in the order of their members */
    const nlc_draw *draws;    /* [num_draws] */

    const float *parameters;          /* [num_parameters] */
    const uint16_t *segment_of_month; /* [num_months + 1]; entry 0 is not used */
    const float *levers;              /* [num_segments][num_schedules][num_levers]; +inf = unlimited */
} nlc_resolved;

/* What is wrong with a resolved text: its line, from 1, and why. */
typedef struct {
    uint32_t line;
    const char *message; /* static */
} nlc_resolved_problem;

/* How much memory reading this text can need, in bytes; 0 if it is not a resolved scenario of one of
 * these models (the list ends with NULL). */
size_t nlc_resolved_size(const char *text, size_t length, const nlc_model *const *models);

/* Reads a resolved scenario. `models` ends with NULL. `memory` must be aligned to 64 bytes, hold
 * nlc_resolved_size() bytes, and outlive `resolved`. The text itself is not referred to later.
 * NLC_ERROR_INPUT with `problem` filled where the text is not canonical or not complete. */
nlc_error nlc_resolved_read(const char *text, size_t length, const nlc_model *const *models, void *memory, nlc_resolved *resolved,
                            nlc_resolved_problem *problem);

/* 64-bit hash of an id: keys the random numbers of a node. FNV-1a, then a finalising mix. */
uint64_t nlc_hash(const char *text, size_t length);

/* Splitmix64's finaliser: every bit of the result depends on every bit of x. */
uint64_t nlc_mix(uint64_t x);

/* Writes the shortest decimals that nlc_number_read turns back into this float ("unlimited" for
 * +inf, "" for NaN); returns the length, at most NLC_NUMBER_LENGTH, not terminated. */
#define NLC_NUMBER_LENGTH 24
size_t nlc_number_write(float value, char *text);

/* Reads a decimal number, or "unlimited", or "" (NaN). False if the text is anything else. */
bool nlc_number_read(const char *text, size_t length, float *value);

/* The same to a double: the nearest one where the text has at most 18 digits, 22 of them at most behind
 * the point, and no exponent. */
bool nlc_real_read(const char *text, size_t length, double *value);

/* ---- Running ---------------------------------------------------------------------------------- */

/* Parameters and levers of one design point; lanes of a batch may hold different ones. */
typedef struct {
    const float *parameters; /* [num_parameters], borrowed */
    const float *levers;     /* [num_segments][num_schedules][num_levers], borrowed */
} nlc_point;

/* What a lane runs. */
typedef struct {
    const nlc_point *point;
    uint32_t replicate;
} nlc_lane;

/* The kernel for a number of lanes (4, 8 or 16; 0 for the CPU's best). Never NULL for those: a
 * plain build of each width serves CPUs whose registers are narrower. */
const nlc_kernel *nlc_kernel_for(const nlc_model *model, uint32_t lanes);
uint32_t nlc_kernel_lanes(const nlc_kernel *self);
/* "sse2", "avx2", "avx512", "simd128" or "plain". */
const char *nlc_kernel_isa(const nlc_kernel *self);

/* Bytes of memory that a batch needs on any draw of this scenario. */
size_t nlc_batch_size(const nlc_resolved *scenario, const nlc_kernel *kernel);

/* A batch in `memory` (aligned to 64 bytes, nlc_batch_size() bytes, owned by the caller and in use
 * until the caller is done with the batch). Not yet started. */
nlc_batch *nlc_batch_init(void *memory, const nlc_resolved *scenario, const nlc_kernel *kernel);

/* Puts every lane at the start (month 0) of its run on network draw `draw`. num_lanes from 1 to the
 * kernel's lanes; unused lanes repeat the last one and are not counted. All lanes share draw and seed. */
void nlc_batch_reset(nlc_batch *self, uint32_t draw, uint64_t seed, const nlc_lane *lanes, uint32_t num_lanes);

/* Advances every lane by one month. */
void nlc_batch_step(nlc_batch *self);

/* True when the last month has been stepped, or when the model says that nothing can change. */
bool nlc_batch_is_done(const nlc_batch *self);

/* The month that the state stands at the end of; 0 after reset. */
uint32_t nlc_batch_month(const nlc_batch *self);

/* The state of a batch as it stands, to be gone on with by another batch of the same kernel: of a
 * scenario with the same agencies and nodes, in the same order, and on the same draw, which may have
 * other levers from then on. `state` is the caller's: nlc_batch_state_size() bytes, aligned to 64. */
size_t nlc_batch_state_size(const nlc_resolved *scenario, const nlc_kernel *kernel);
void nlc_batch_save(const nlc_batch *self, void *state);

/* Puts a batch that has been reset, with the seed and lanes of the batch that was saved, into that
 * state. Its tallies are not valid before the next step. */
void nlc_batch_restore(nlc_batch *self, const void *state);

/* Tallies of the last month of one lane and class: num_tallies doubles, `stride` apart:
 * tally k is at result[k * stride]. Valid until the next step. */
const double *nlc_batch_tallies(const nlc_batch *self, uint32_t class, uint32_t lane, size_t *stride);

/* State of one node in one lane, for pictures and tests. */
double nlc_batch_field(const nlc_batch *self, uint32_t node, uint32_t field, uint32_t lane);
uint32_t nlc_batch_view(const nlc_batch *self, const nlc_view *view, uint32_t node, uint32_t lane);
double nlc_batch_agency_field(const nlc_batch *self, uint32_t agency, uint32_t field, uint32_t lane);

/* Hash of every bit of the state of a lane, as it stands: the sum over nodes and agencies of a
 * mix of key and fields, so that it does not depend on their order. With country < num_countries
 * only that country's. */
uint64_t nlc_batch_hash(const nlc_batch *self, uint32_t country, uint32_t lane);

/* ---- Scenario folders (not in the WebAssembly build) --------------------------------------------- */

/* A text that grows; free with nlc_text_free. */
typedef struct {
    char *data; /* owned; terminated when not NULL */
    size_t length, capacity;
} nlc_text;
void nlc_text_free(nlc_text *self);

/* The models built in, ending with NULL. */
const nlc_model *const *nlc_models(void);

/* Reads the scenario folder at `path`, applies `settings` (each as for --set, in order), and writes
 * the resolved scenario into `resolved`. On NLC_ERROR_INPUT `problems` holds one problem a line,
 * "file:line: message"; on success it holds the notes and warnings, if any. Both may be passed
 * zeroed and are owned by the caller. */
nlc_error nlc_scenario_resolve(const char *path, const char *const *settings, size_t num_settings, nlc_text *resolved,
                               nlc_text *problems);

#ifdef __cplusplus
}
#endif
#endif
