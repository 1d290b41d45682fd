/* A scenario with its settings applied, on the way to the resolved text. Private to the reader. */
#ifndef NLC_SCENARIO_PLAN_H
#define NLC_SCENARIO_PLAN_H

#include "scenario.h"

typedef struct {
    const nlc_scenario *scenario; /* borrowed */
    nlc_problems *problems;       /* borrowed */

    nlc_key_value key[NLC_NUM_KEYS];
    float *parameter;   /* [num_parameters], owned */
    nlc_lever_row *row; /* [num_rows], owned: the rows of levers.csv, then the settings */
    bool *matched;      /* [num_rows], owned: the row changes something */
    bool *reported;     /* [num_rows], owned: a problem of it has been added */
    uint32_t num_rows;
    uint32_t num_months, num_draws;
    uint64_t seed, replicates;
    int32_t start;
    bool names;
    bool *adopts;          /* [tiers.num], owned */
    const char **adopting; /* [num_adopting], owned, in byte order */
    uint32_t num_adopting;

    nlc_peer_rule peers;
    bool regional_file;
    uint32_t num_central; /* of regional=central:N; 0 for none and file */
    nlc_wave_rule waves;
    uint32_t num_waves;     /* with wave 0, which is none */
    const char **wave_text; /* [num_waves], owned; the texts are in the arena or in wave_name */
    char (*wave_name)[12];  /* [num_waves], owned: names of waves that a rule makes */
    int32_t *wave_start;    /* [num_waves], owned: month, may lie outside the run */
    uint32_t *wave_of_word; /* [waves.num], owned: NLC_NONE for a word that is no wave here */

    /* By place, once nlc_plan_places has been called. */
    float *lat, *lon;           /* [num_places], owned; NaN where unknown */
    bool *placed;               /* [num_places], owned */
    bool *beside;               /* [num_places], owned: placed by siblings, which says nothing of distance */
    float *lead_lat, *lead_lon; /* [num_countries], owned */
    nlc_size *size;             /* [num_places], owned */
} nlc_plan;

/* Applies the settings and reads the keys. NLC_ERROR_INPUT where so much is wrong that no schedule can
 * be made; other problems are only added. Free in any case. */
nlc_error nlc_plan_init(nlc_plan *self, const nlc_scenario *scenario, const nlc_settings *settings, nlc_problems *problems);
void nlc_plan_free(nlc_plan *self);

/* True where a key is set from outside, or by a folder that extends the one of the table: rows that
 * it makes idle are then meant to be. */
bool nlc_plan_overrides(const nlc_plan *self, nlc_key key, nlc_table table);

/* Peers, regional channels and waves. */
nlc_error nlc_plan_rules(nlc_plan *self);

/* Reports rows that name a wave which the rule does not make. */
void nlc_plan_check_waves(nlc_plan *self);

/* Rows of levers.csv and the settings on levers and dials, in order. */
nlc_error nlc_plan_rows(nlc_plan *self, const nlc_settings *settings);

/* Makes every schedule, for the problems that this shows. */
nlc_error nlc_plan_check_rows(nlc_plan *self);

/* Positions, and sizes: for the text and the networks alone, and no setting changes them. */
nlc_error nlc_plan_places(nlc_plan *self);

/* Peer and regional channels and waves of one draw after the other. */
typedef struct {
    nlc_links peers, regional;
    uint32_t *wave; /* [num_places], owned */
    /* What the network code reads. */
    nlc_places places;
    void *memory[12]; /* owned: the arrays of `places` */
} nlc_draws;

nlc_error nlc_draws_init(nlc_draws *self, const nlc_plan *plan);

/* Makes draw `draw`; draws are made in order. */
nlc_error nlc_draws_make(nlc_draws *self, const nlc_plan *plan, uint32_t draw);
void nlc_draws_free(nlc_draws *self);

/* Courses of levers over the months, and schedules: one course for each lever. */
typedef struct {
    nlc_plan *plan; /* borrowed */
    uint32_t num_bases;
    uint32_t *base_lever;  /* [num_bases], owned: levers with a base value of the node's own */
    uint32_t *anchor;      /* [num_nodes], owned: the nearest node at or above that a row names */
    nlc_tuples selectors;  /* (under, agency, tier, wave, group) of the rows */
    uint32_t *first_row;   /* [selectors.num + 1], owned */
    uint32_t *row_of;      /* [num_rows], owned: rows by selector */
    nlc_tuples kinds;      /* what a row can tell apart: (anchor, agency, tier, wave, group, who) */
    uint32_t *kind_course; /* [kinds.num][num_levers], owned: courses without own base values */
    size_t kind_capacity;
    nlc_tuples based;         /* (kind, base values): nodes with the same schedule */
    uint32_t *based_schedule; /* [based.num], owned */
    size_t based_capacity;
    uint32_t last_kind[6], last_key[65]; /* what was asked for last, since neighbours in a list are often alike */
    uint32_t last_schedule;              /* NLC_NONE before the first */
    uint32_t *plain_course;              /* [num_levers], owned: of a lever that nothing touches; NLC_NONE where not made yet */
    nlc_tuples courses;   /* bits of a float for each month */
    nlc_tuples schedules; /* a course for each lever */
    float *month;         /* [num_months], owned */
    uint32_t *cause;      /* [num_months], owned: the row that last touched a month */
    uint32_t *list;       /* [num_rows], owned: the rows of one kind */
    uint32_t num_listed;
    uint32_t *tuple; /* owned: room for any of the tuples */
} nlc_courses;

nlc_error nlc_courses_init(nlc_courses *self, nlc_plan *plan);
void nlc_courses_free(nlc_courses *self);

/* The schedule of a place in a wave, of a lead, or of another agency; schedules are numbered as they
 * are first asked for. */
nlc_error nlc_courses_of_place(nlc_courses *self, uint32_t node, uint32_t wave, uint32_t *schedule);
nlc_error nlc_courses_of_lead(nlc_courses *self, uint32_t node, uint32_t *schedule);
nlc_error nlc_courses_of_agency(nlc_courses *self, uint32_t agency, uint32_t *schedule);

/* Reports rows that changed nothing because they mean no node; of a setting only where all of its
 * rows do. */
void nlc_courses_check(const nlc_courses *self);

#endif
