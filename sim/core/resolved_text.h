/* The resolved text as sections, lines and cells; private to the reader. */
#ifndef NLC_CORE_RESOLVED_TEXT_H
#define NLC_CORE_RESOLVED_TEXT_H

#include "nlcsim.h"

#define NLC_MAX_CELLS   64
#define NLC_MAX_MONTHS  2400
#define NLC_MAX_DRAWS   1024
#define NLC_MAX_TIERS   64
#define NLC_MAX_LABELS  1024 /* waves, and groups */
#define NLC_LABEL_ROOM  64   /* bytes of a label, with its end */
#define NLC_MAX_CLASSES 16384

typedef struct {
    const char *text; /* borrowed from the resolved text, not terminated */
    size_t length;
} nlc_cell;

/* Walks over lines. `cell` holds the line last read. */
typedef struct {
    const char *at, *end;
    uint32_t line; /* number of the line last read, from 1 */
    uint32_t num_cells;
    nlc_cell cell[NLC_MAX_CELLS];
} nlc_lines;

nlc_lines nlc_lines_of(const char *text, size_t length);

/* Reads the next line and splits it at tabs. False at the end, and for a line without LF, with a NUL or with
 * too many cells (then num_cells is 0 and at < end). */
bool nlc_lines_next(nlc_lines *self);

/* True when the next line begins a section or there is none. */
bool nlc_lines_at_section(const nlc_lines *self);

bool nlc_cell_is(const nlc_cell *self, const char *text);
bool nlc_cell_whole(const nlc_cell *self, uint64_t low, uint64_t high, uint64_t *value);

/* What a first pass learns: enough to size the memory. */
typedef struct {
    uint32_t num_agencies, num_nodes, num_draws, num_schedules, num_segments, num_months;
    size_t num_channels, text_bytes; /* of all draws; of ids, names and title */
    const nlc_model *model;
    bool breaks[NLC_MAX_MONTHS + 2]; /* a lever changes from the month before */
} nlc_resolved_counts;

bool nlc_resolved_count(const char *text, size_t length, nlc_resolved_counts *counts);

#endif
