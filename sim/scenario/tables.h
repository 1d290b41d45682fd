/* A scenario folder as it was read: the merged tables, each row with its place in the files. */
#ifndef NLC_SCENARIO_TABLES_H
#define NLC_SCENARIO_TABLES_H

#include "course.h"
#include "network.h"
#include "records.h"
#include "store.h"

/* Settings from outside are reported after all files. */
#define NLC_ORDER_OF_SETTINGS 1000000U

/* A folder of the chain of `extends`; the first is the one that was asked for. */
typedef struct {
    const char *path, *label;         /* to open it, and as the user would name it; in the arena */
    const char *file[NLC_NUM_TABLES]; /* labels of its tables; NULL where it has none; in the arena */
} nlc_scenario_folder;

/* A key of scenario.csv. The value's text is in the arena. */
typedef struct {
    nlc_value value;
    nlc_where where;
    uint32_t folder; /* which folder gives it; NLC_NONE where none does (the default) or it is wrong, 0 also for --set */
} nlc_key_value;

/* Which nodes are meant; NLC_NONE where a member does not select. */
typedef struct {
    uint32_t under;             /* index into nodes */
    uint32_t agency;            /* index into agencies: this agency alone */
    uint32_t tier, wave, group; /* words */
} nlc_selector;

typedef struct {
    const char *id, *name;      /* in the arena */
    const char *parent_id;      /* in the arena; "" for a lead */
    uint32_t parent;            /* index into nodes; NLC_NONE for a lead */
    uint32_t country;           /* index into countries */
    uint32_t place;             /* rank among the places, or NLC_NONE for a lead */
    uint32_t tier, wave, group; /* words; wave and group are 0 where not given */
    uint32_t line;
    uint32_t num_children;
    uint8_t head, start_stage; /* start_stage: index into the model's stages + 1; 0 = not given */
    float lat, lon;            /* NaN where not given */
    double population;         /* NaN where not given */
    float line_weight;         /* of the channel to the parent; 1 where not given */
    uint32_t line_weight_line; /* the row of channels.csv, or 0 */
    float direct_weight;       /* default of direct_channel; NaN where not given */
    uint32_t direct_line;      /* the row of channels.csv, or 0 */
} nlc_node;

typedef struct {
    const char *id, *name; /* in the arena */
    uint32_t country;      /* index into countries; NLC_NONE where the row was wrong */
    nlc_sector sector;     /* never the lead, which is a node */
    float weight;          /* NaN where not given */
    nlc_where where;
    uint32_t oversight_line; /* the row of channels.csv that gives the weight, or 0 */
} nlc_agency;

/* A peer or regional channel between places, as a row of channels.csv gives it. */
typedef struct {
    uint32_t to, from; /* nodes while reading, places once sorted */
    double weight;
    uint32_t line;
    bool reversed; /* the way back of a row with both=yes */
} nlc_scenario_channel;

typedef struct {
    nlc_scenario_channel *channel; /* [num], owned, by (to, from) */
    size_t num, capacity;
} nlc_scenario_channels;

typedef struct {
    uint32_t wave; /* word */
    nlc_when start;
    const char *label; /* in the arena */
    nlc_where where;
} nlc_wave_row;

typedef struct {
    uint32_t lever;
    nlc_when from, to;
    nlc_selector selector;
    uint32_t how; /* NLC_HOW_... */
    float value;
    nlc_where where;
    uint32_t folder; /* as for keys */
} nlc_lever_row;

/* Where the value of a parameter comes from, as its row says (an assumption where it does not); NULL: not said. In the arena or
 * constant. */
typedef struct {
    const char *evidence, *source;
} nlc_parameter_origin;

/* A row of observed.csv. The texts, in the order of the columns, are what output writes again. */
typedef struct {
    const char *text[NLC_NUM_OBSERVED_COLUMNS]; /* in the arena; numbers with a decimal point */
    int32_t date;                               /* calendar month that the count falls in: year * 12 + month - 1 */
    nlc_selector selector;
    uint32_t measure;           /* index into the model's table */
    double value, total, error; /* NaN where not given */
    nlc_where where;
} nlc_observation;

/* A country, in the order of the ids of the leads. */
typedef struct {
    uint32_t lead; /* index into nodes */
    uint32_t first_place, num_places;
} nlc_scenario_country;

typedef struct nlc_scenario {
    const nlc_model *model; /* borrowed */
    nlc_arena arena;

    nlc_scenario_folder *folder; /* [num_folders], owned */
    uint32_t num_folders;
    size_t folder_capacity;
    nlc_key_value key[NLC_NUM_KEYS];
    uint32_t table_folder[NLC_NUM_TABLES]; /* the folder whose table counts; NLC_NONE where there is none */
    bool is_flawed[NLC_NUM_TABLES];        /* something in it is wrong, so what seems to be missing may be meant to be there */
    bool is_cut;                           /* a folder that it extends could not be read */

    nlc_words tiers, waves, groups; /* the first word is "" */

    nlc_node *node; /* [num_nodes], owned, in the order of nodes.csv; leads too */
    uint32_t num_nodes;
    size_t node_capacity;
    nlc_index nodes;   /* by id */
    double *attribute; /* [num_nodes][num_attributes], owned; NaN where not given */
    size_t attribute_capacity;
    uint32_t num_bases;
    uint32_t *base_lever; /* [num_bases], owned: the levers whose base value is a column */
    float *node_base;     /* [num_nodes][num_bases], owned; NaN where not given */
    size_t node_base_capacity;

    nlc_agency *agency; /* [num_agencies], owned, in the order of agencies.csv */
    uint32_t num_agencies;
    size_t agency_capacity;
    nlc_index agencies; /* by id */
    float *agency_base; /* [num_agencies][num_bases], owned */
    size_t agency_base_capacity;

    nlc_scenario_country *country; /* [num_countries], owned */
    uint32_t num_countries;
    uint32_t *place; /* [num_places], owned: places by (country, id), as indices into nodes */
    uint32_t num_places;

    nlc_scenario_channels peers, regional;

    nlc_wave_row *wave_row; /* [num_wave_rows], owned */
    uint32_t num_wave_rows;
    size_t wave_row_capacity;

    nlc_lever_row *lever_row; /* [num_lever_rows], owned, inherited ones first */
    uint32_t num_lever_rows;
    size_t lever_row_capacity;

    float *parameter;                       /* [num_parameters], owned */
    nlc_where *parameter_where;             /* [num_parameters], owned; file NULL for the model's default */
    nlc_parameter_origin *parameter_origin; /* [num_parameters], owned */

    nlc_observation *observation; /* [num_observations], owned */
    uint32_t num_observations;
    size_t observation_capacity;
} nlc_scenario;

/* ---- Steps of reading; each adds to `problems` and returns an error only where it cannot go on --- */

/* Where a row or a whole table (line 0) stands. */
nlc_where nlc_scenario_where(const nlc_scenario *self, uint32_t folder, nlc_table table, uint32_t line);

/* Reads the table that counts, which there must be. */
nlc_error nlc_scenario_read(nlc_scenario *self, nlc_table table, nlc_problems *problems,
                            nlc_error (*record)(void *context, const nlc_record *record), void *context);

nlc_error nlc_folders_read(nlc_scenario *self, const char *path, nlc_where where, nlc_problems *problems);
nlc_error nlc_nodes_read(nlc_scenario *self, nlc_problems *problems);
nlc_error nlc_agencies_read(nlc_scenario *self, nlc_problems *problems);

/* Parents, countries and the order of the places. */
nlc_error nlc_tree_build(nlc_scenario *self, nlc_problems *problems);
nlc_error nlc_channels_read(nlc_scenario *self, nlc_problems *problems);
nlc_error nlc_waves_read(nlc_scenario *self, nlc_problems *problems);
nlc_error nlc_levers_read(nlc_scenario *self, nlc_problems *problems);
nlc_error nlc_parameters_read(nlc_scenario *self, nlc_problems *problems);
nlc_error nlc_observed_read(nlc_scenario *self, nlc_problems *problems);

/* Checks a number against the bounds of a parameter; adds the problem where it lies outside. */
bool nlc_parameter_check(const nlc_parameter *parameter, double value, nlc_where where, nlc_problems *problems);

/* Reads a selector from its four texts ("" = not given). False where a problem was added. Whether a
 * wave exists depends on the rule that makes waves and is checked when the scenario is resolved. */
typedef struct {
    const char *under, *tier, *wave, *group;
} nlc_selector_text;
bool nlc_selector_read(nlc_scenario *self, nlc_selector_text text, nlc_where where, nlc_selector *selector, nlc_problems *problems);

/* Checks that a lever takes such a selector (a country lever takes none but its lead, an agency
 * takes only levers that act on agencies). False where a problem was added. */
bool nlc_selector_fits(const nlc_scenario *self, uint32_t lever, const nlc_selector *selector, nlc_where where,
                       nlc_problems *problems);

/* Checks that months go together: in order, and none of a wave for a country lever. `lever` is NULL for
 * a dial. False where a problem was added. */
bool nlc_months_fit(const nlc_lever *lever, const nlc_value *from, const nlc_value *to, nlc_where where, nlc_problems *problems);

/* Hints: the nearest of the model's levers, parameters or measures, of words, or of node ids. No hint is
 * sought for problems that are only counted, nor among very many nodes. */
const char *nlc_lever_hint(const nlc_model *model, const char *name, char *buffer);
const char *nlc_parameter_hint(const nlc_model *model, const char *name, char *buffer);
const char *nlc_words_hint(const nlc_words *words, const nlc_problems *problems, const char *word, char *buffer);
const char *nlc_node_hint(const nlc_scenario *self, const nlc_problems *problems, const char *id, char *buffer);

#endif
