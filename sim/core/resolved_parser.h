/* A resolved text while it is read, section by section; private to the reader. */
#ifndef NLC_CORE_RESOLVED_PARSER_H
#define NLC_CORE_RESOLVED_PARSER_H

#include "resolved_text.h"

/* Labels in the order met, until all are known and can be sorted. */
typedef struct {
    const char **text; /* [most] */
    uint32_t num, most;
} nlc_label_list;

/* What the sections share while they are read. The result's arrays are const for everybody else,
 * so the pointers that are written through stand here. */
typedef struct {
    nlc_lines lines;
    nlc_resolved *out;
    nlc_resolved_counts counts;
    nlc_resolved_problem *problem;
    char *base; /* NULL while only the size is asked */
    size_t used;

    nlc_cell adopting[NLC_MAX_TIERS]; /* [num_adopting]: the tiers that adopt, as the scenario names them */
    uint32_t num_adopting;
    nlc_country *countries;
    const char **agency_id, **agency_name, **id, **name;
    uint64_t *agency_key, *key;
    uint32_t *agency_country, *agency_schedule, *country, *parent, *tier, *group, *first_child, *child;
    nlc_sector *agency_sector;
    float *agency_weight, *agency_lat, *agency_lon, *lat, *lon, *line_weight, *parameters, *levers;
    double *attributes;
    uint8_t *size, *elected, *start_stage, *placed, *tier_adopts;
    double *population;
    nlc_label_list tiers, waves, groups;
    nlc_class *classes;
    nlc_draw *draws;
    uint32_t *schedule, *class_of, *wave; /* [num_draws][num_nodes] */
    uint32_t *first_channel;              /* [num_draws][2][num_nodes + 1] */
    uint32_t *channel_from;               /* [num_channels] */
    double *channel_weight;
    uint16_t *segment_of_month;
    uint32_t *slots; /* hash table of ids, then of classes: [num_slots] */
    uint32_t num_slots;
    char *strings;
    size_t strings_used, channels_used;
} nlc_parser;

/* False, with the problem at the line last read. */
bool nlc_parser_fail(nlc_parser *self, const char *message);

/* The next part of the memory, aligned; NULL while only the size is asked. */
void *nlc_parser_take(nlc_parser *self, size_t num, size_t size);

/* ---- The next line; each is false where a problem was set -------------------------------------- */

/* A line of `num_cells` cells, or of any number where that is 0. */
bool nlc_parser_next(nlc_parser *self, uint32_t num_cells);

/* The line "[title]", or `before`, the number of a draw and "]". */
bool nlc_parser_open(nlc_parser *self, const char *title);
bool nlc_parser_open_draw(nlc_parser *self, const char *before, uint32_t draw);

/* A line that begins with the key, and has a value. */
bool nlc_parser_key(nlc_parser *self, const char *key);

/* ---- One cell of it; each is false where a problem was set -------------------------------------- */

bool nlc_parser_number(nlc_parser *self, const nlc_cell *cell, float *value);
bool nlc_parser_number_in(nlc_parser *self, const nlc_cell *cell, float low, float high, float *value);

/* NaN where the cell is empty. */
bool nlc_parser_number_or_none(nlc_parser *self, const nlc_cell *cell, float low, float high, float *value);

/* A number of a place or channel: as written for a model that computes in doubles, else as a float. */
bool nlc_parser_real_in(nlc_parser *self, const nlc_cell *cell, double low, double high, double *value);

bool nlc_parser_one_of(nlc_parser *self, const nlc_cell *cell, const char *const *words, uint32_t num, uint32_t *index);

/* The label's place in the list, to which it is added where it is new. */
bool nlc_parser_label(nlc_parser *self, nlc_label_list *labels, const nlc_cell *cell, uint32_t *index);

/* A terminated copy of the cell. */
const char *nlc_parser_string(nlc_parser *self, const nlc_cell *cell);

/* Sorts the labels and renumbers the indices that point to them. */
nlc_labels nlc_label_list_sort(nlc_label_list *self, uint32_t *indices, size_t num_indices);

/* ---- Sections, and what follows from them; each is false where a problem was set ---------------- */

/* All places with their parents and children. */
bool nlc_parser_read_nodes(nlc_parser *self);

/* Waves, schedules and channels of the places in a draw. */
bool nlc_parser_read_places(nlc_parser *self, uint32_t draw);
bool nlc_parser_read_channels(nlc_parser *self, uint32_t draw);

/* Once all draws are read. */
bool nlc_parser_make_classes(nlc_parser *self);

#endif
