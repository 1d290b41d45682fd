/* The tables of a scenario folder: one list of files, columns and keys. Reading, checking,
 * `describe columns`, datapackage.json and the tests of broken input are all driven by it. What
 * belongs to a model (attributes of places, levers with a base value) is taken from the model's own
 * tables. */
#ifndef NLC_SCENARIO_COLUMNS_H
#define NLC_SCENARIO_COLUMNS_H

#include "nlcsim.h"

/* What a cell may hold. */
typedef enum {
    NLC_COLUMN_ID,     /* a name for a machine: at most 255 bytes, no control characters */
    NLC_COLUMN_TEXT,   /* free text; line breaks and tabs in it become spaces */
    NLC_COLUMN_CHOICE, /* one of a few words */
    NLC_COLUMN_NUMBER, /* a real number, as the engine holds it */
    NLC_COLUMN_WHOLE,  /* a whole number */
    NLC_COLUMN_VALUE,  /* a real number, or `unlimited` */
    NLC_COLUMN_MONTH,  /* YYYY-MM */
    NLC_COLUMN_START,  /* YYYY-MM, or a month number from 1 */
    NLC_COLUMN_WHEN,   /* YYYY-MM, a month number from 1, or w+N */
    NLC_COLUMN_DATE,   /* YYYY-MM-DD or YYYY-MM */
} nlc_column_type;

/* "string", "number", "integer", "yearmonth" or "date": the types of Frictionless table schemas.
 * What has several forms (a month number, `unlimited`) is a string there. */
const char *nlc_column_type_name(nlc_column_type type);

typedef struct {
    const char *name, *unit;
    nlc_column_type type;
    bool required;       /* the column must stand in the header; the key in scenario.csv */
    bool filled;         /* its cells must not be empty */
    double low, high;    /* bounds of numbers, both included; infinite where there are none */
    const char *choices; /* the words, with | between them; NULL where there is no choice */
    const char *empty;   /* what an empty cell means */
    const char *meaning;
    uint32_t field; /* which of the table's fixed columns, or one of the two ranges below */
} nlc_column;

/* Columns that the model brings: field = range + index in the model's table. */
#define NLC_FIELD_ATTRIBUTE 1000U
#define NLC_FIELD_LEVER     2000U

typedef enum {
    NLC_TABLE_SCENARIO,
    NLC_TABLE_NODES,
    NLC_TABLE_AGENCIES,
    NLC_TABLE_CHANNELS,
    NLC_TABLE_WAVES,
    NLC_TABLE_LEVERS,
    NLC_TABLE_PARAMETERS,
    NLC_TABLE_OBSERVED,
    NLC_NUM_TABLES, /* of a scenario folder; those of a study folder follow */
    NLC_TABLE_STUDY = NLC_NUM_TABLES,
    NLC_TABLE_FACTORS,
    NLC_NUM_ALL_TABLES
} nlc_table;

/* "nodes.csv". */
const char *nlc_table_file(nlc_table table);
const char *nlc_table_meaning(nlc_table table);

/* Fixed columns of each table, in the order of its list. */
enum { NLC_SCENARIO_KEY, NLC_SCENARIO_VALUE };
enum {
    NLC_NODE_ID,
    NLC_NODE_NAME,
    NLC_NODE_TIER,
    NLC_NODE_PARENT,
    NLC_NODE_POPULATION,
    NLC_NODE_LAT,
    NLC_NODE_LON,
    NLC_NODE_SOURCE,
    NLC_NODE_HEAD,
    NLC_NODE_WAVE,
    NLC_NODE_GROUP,
    NLC_NODE_START_STAGE
};
enum { NLC_AGENCY_ID, NLC_AGENCY_NAME, NLC_AGENCY_COUNTRY, NLC_AGENCY_SECTOR, NLC_AGENCY_WEIGHT };
enum { NLC_CHANNEL_FROM, NLC_CHANNEL_TO, NLC_CHANNEL_KIND, NLC_CHANNEL_WEIGHT, NLC_CHANNEL_BOTH };
enum { NLC_WAVE_WAVE, NLC_WAVE_START, NLC_WAVE_LABEL };
enum {
    NLC_ROW_LEVER,
    NLC_ROW_FROM,
    NLC_ROW_TO,
    NLC_ROW_UNDER,
    NLC_ROW_TIER,
    NLC_ROW_WAVE,
    NLC_ROW_GROUP,
    NLC_ROW_HOW,
    NLC_ROW_VALUE,
    NLC_ROW_NOTE
};
enum { NLC_PARAMETER_NAME, NLC_PARAMETER_VALUE, NLC_PARAMETER_EVIDENCE, NLC_PARAMETER_SOURCE };
enum {
    NLC_OBSERVED_DATE,
    NLC_OBSERVED_UNDER,
    NLC_OBSERVED_TIER,
    NLC_OBSERVED_GROUP,
    NLC_OBSERVED_MEASURE,
    NLC_OBSERVED_VALUE,
    NLC_OBSERVED_TOTAL,
    NLC_OBSERVED_ERROR,
    NLC_OBSERVED_SOURCE,
    NLC_NUM_OBSERVED_COLUMNS
};
enum { NLC_STUDY_NAME, NLC_STUDY_VALUE };
enum {
    NLC_FACTOR_NAME,
    NLC_FACTOR_ROLE,
    NLC_FACTOR_KIND,
    NLC_FACTOR_LOW,
    NLC_FACTOR_HIGH,
    NLC_FACTOR_LEVELS,
    NLC_FACTOR_DISTRIBUTION,
    NLC_FACTOR_SCALE
};
#define NLC_MAX_FIELDS 16

/* Numbers of the choices, in the order of the lists. */
enum { NLC_KIND_PEER, NLC_KIND_REGIONAL, NLC_KIND_DIRECT, NLC_KIND_LINE, NLC_KIND_OVERSIGHT };
enum { NLC_HEAD_ELECTED, NLC_HEAD_APPOINTED };
enum { NLC_UNIT_BLOCK, NLC_UNIT_PLACE };

/* The columns of a table for a model. */
typedef struct {
    nlc_table table;
    nlc_column *column; /* [num], owned, in the order in which a table is best written */
    uint32_t num;
    char *stages;                /* owned: the choices of start_stage */
    uint32_t at[NLC_MAX_FIELDS]; /* index of each fixed column */
} nlc_columns;

nlc_error nlc_columns_init(nlc_columns *self, nlc_table table, const nlc_model *model);
void nlc_columns_free(nlc_columns *self);

/* The column of levers.csv with this field, NLC_ROW_FROM or another. */
const nlc_column *nlc_row_column(uint32_t field);

/* The keys of scenario.csv. */
typedef enum {
    NLC_KEY_FORMAT,
    NLC_KEY_TITLE,
    NLC_KEY_MODEL,
    NLC_KEY_EXTENDS,
    NLC_KEY_START,
    NLC_KEY_MONTHS,
    NLC_KEY_REPLICATES,
    NLC_KEY_SEED,
    NLC_KEY_NETWORKS,
    NLC_KEY_ADOPTING,
    NLC_KEY_PEERS,
    NLC_KEY_REGIONAL,
    NLC_KEY_WAVES,
    NLC_KEY_WAVES_UNIT,
    NLC_KEY_WAVES_NUMBER,
    NLC_KEY_WAVES_START,
    NLC_KEY_WAVES_GAP,
    NLC_KEY_NAMES,
    NLC_NUM_KEYS
} nlc_key;

/* Described as columns are; `empty` is the default as it would be written, or "". */
const nlc_column *nlc_key_column(nlc_key key);

/* The key of that name, or NLC_NUM_KEYS. */
nlc_key nlc_key_find(const char *name);

/* Trajectories that a Morris design may choose from: all their distances are held. */
enum { NLC_MOST_CANDIDATES = 2000 };

/* The keys of study.csv, described likewise. */
typedef enum {
    NLC_STUDY_KEY_TITLE,
    NLC_STUDY_KEY_SCENARIO,
    NLC_STUDY_KEY_DESIGN,
    NLC_STUDY_KEY_POINTS,
    NLC_STUDY_KEY_CANDIDATES,
    NLC_STUDY_KEY_SAMPLE,
    NLC_STUDY_KEY_REPLICATES,
    NLC_STUDY_KEY_SEED,
    NLC_STUDY_KEY_OUTCOMES,
    NLC_STUDY_KEY_STOP,
    NLC_NUM_STUDY_KEYS
} nlc_study_key;
const nlc_column *nlc_study_key_column(nlc_study_key key);
nlc_study_key nlc_study_key_find(const char *name);

/* The index of a word in a list with | between the words, or NLC_NONE. */
uint32_t nlc_choice_find(const char *choices, const char *word);

/* The i-th word of such a list, cut to `size` with its terminator; false beyond the last. */
bool nlc_choice_at(const char *choices, uint32_t i, char *word, size_t size);

#endif
