/* Study folders: which scenarios are varied, by which factors, how far, and by which design.
 *
 * A factor is anything that a setting may change (a parameter, lever, dial or key of scenario.csv, by
 * its address), a whole scenario folder, or the model. Levers, which somebody can choose, and
 * uncertainties, which nobody knows, are told apart throughout.
 *
 * What varies a scenario as a whole makes a *variant*: one scenario folder read with one model. The
 * settings of the other factors are read against each variant, since nodes and tiers differ. */
#ifndef NLC_SCENARIO_STUDY_H
#define NLC_SCENARIO_STUDY_H

#include "scenario.h"

typedef enum {
    NLC_DESIGN_FACTORIAL,
    NLC_DESIGN_ONE_AT_A_TIME,
    NLC_DESIGN_LIST,
    NLC_DESIGN_LHS,
    NLC_DESIGN_SOBOL,
    NLC_DESIGN_SALTELLI,
    NLC_DESIGN_MORRIS,
    NLC_DESIGN_CROSSED
} nlc_design_kind;

typedef enum { NLC_ROLE_LEVER, NLC_ROLE_UNCERTAINTY } nlc_role;

typedef enum {
    NLC_FACTOR_KIND_REAL,
    NLC_FACTOR_KIND_INTEGER,
    NLC_FACTOR_KIND_CATEGORY,
    NLC_FACTOR_KIND_SWITCH,
    NLC_FACTOR_KIND_SCENARIO,
    NLC_FACTOR_KIND_MODEL
} nlc_factor_kind;

typedef enum {
    NLC_DISTRIBUTION_UNIFORM,
    NLC_DISTRIBUTION_LOGUNIFORM,
    NLC_DISTRIBUTION_TRIANGULAR, /* first: the mode */
    NLC_DISTRIBUTION_NORMAL,     /* first, second: mean and standard deviation before it is cut to low and high */
    NLC_DISTRIBUTION_BETA        /* first, second: the two shapes, between low and high */
} nlc_distribution;

/* A factor has either levels or a range. A value of one with levels is the index of a level; NaN stands
 * for "as the scenario has it". */
typedef struct {
    const char *name;
    nlc_role role;
    nlc_factor_kind kind;
    nlc_where where;
    uint32_t num_levels;
    const char **level; /* [num_levels], owned; the texts are in the arena */
    double *number;     /* [num_levels], owned: of a lever, dial or parameter; +inf for unlimited */
    nlc_value *value;   /* [num_levels], owned: of a key */
    double low, high;   /* where num_levels is 0; both included */
    bool is_log;
    uint32_t num_steps; /* of a grid over the range, at least 2 */
    nlc_distribution distribution;
    double first, second;
} nlc_factor;

typedef struct {
    const char *path;  /* of the scenario folder, in the arena */
    const char *label; /* as the study names it, in the arena */
    const char *model; /* NULL: the folder's own */
    nlc_scenario scenario;
    nlc_setting *setting; /* [num_factors], owned: the address of each factor, without a value; not set for
                           * factors of the kinds scenario and model */
} nlc_variant;

/* When enough runs of a point have been made: the key `stop` of study.csv. */
typedef struct {
    const char *text;    /* as it was given, in the arena; NULL: the replicates, no more and no fewer */
    nlc_where where;     /* of the key, where it was given */
    const char *outcome; /* as in the key `outcomes`, in the arena */
    double width;        /* half-width of the interval of its mean, in the unit of the outcome or as a part of the mean */
    bool is_relative;
    uint32_t most;     /* runs of a point, at least the study's replicates */
    double confidence; /* in (0, 1) */
} nlc_study_stop;

typedef struct {
    nlc_arena arena;
    const char *path, *label; /* in the arena */
    const char *title;        /* in the arena; "" where not given */
    nlc_design_kind design;
    uint64_t points;     /* 0 where not given */
    uint64_t candidates; /* trajectories of which a Morris design runs the `points` that lie furthest apart; 0: no choice */
    uint32_t replicates; /* of each point; with stop the fewest */
    nlc_study_stop stop;
    uint64_t seed;
    const char **outcome; /* [num_outcomes], owned; 0 where not given */
    uint32_t num_outcomes;
    nlc_where outcome_where; /* of the key, where it was given */

    nlc_factor *factor; /* [num_factors], owned, in the order of the file */
    uint32_t num_factors;
    size_t factor_capacity;
    double *listed; /* [num_listed][num_factors], owned: the points of points.csv; of a crossed design with a sample
                     * its rows, NaN for the levers */
    uint32_t num_listed;
    size_t listed_capacity;

    /* The factors of the kinds scenario and model, or NLC_NONE; variants by (scenario, model). */
    uint32_t scenario_factor, model_factor;
    bool waves_vary;      /* a factor chooses the rule of the waves */
    nlc_variant *variant; /* [num_variants], owned */
    uint32_t num_variants;
} nlc_study;

/* Reads the study folder at `path` with all its variants. NLC_ERROR_INPUT with the problems added.
 * Free it in any case. */
nlc_error nlc_study_load(nlc_study *self, const char *path, const nlc_model *const *models, nlc_problems *problems);
void nlc_study_free(nlc_study *self);

/* How many runs a point may have: what numbers them. */
uint32_t nlc_study_most(const nlc_study *self);

/* True if a factor changes a setting, false if it chooses the variant. */
bool nlc_factor_is_setting(const nlc_factor *self);

/* The variant of a design point: values[num_factors]. */
uint32_t nlc_study_variant(const nlc_study *self, const double *values);

/* A value as it is written in tables and settings; "" for NaN. `text` has room for a number. */
const char *nlc_factor_text(const nlc_factor *self, double value, char text[NLC_NUMBER_LENGTH + 1]);

/* The settings of a design point: fills setting[num_factors + 1] and text[num_factors] and gives how many
 * settings there are; the last one is the study's seed. What keys refer to stands in `text`. */
typedef struct {
    char text[NLC_NUMBER_LENGTH + 1];
} nlc_study_text;
nlc_settings nlc_study_settings(const nlc_study *self, const double *values, nlc_setting *setting, nlc_study_text *text);

/* Private to the reader: the tables. */
nlc_error nlc_factors_read(nlc_study *self, const char *path, nlc_where where, nlc_problems *problems);
nlc_error nlc_listed_read(nlc_study *self, const char *path, nlc_where where, nlc_problems *problems);
/* Of the kinds real and integer. */
bool nlc_factor_is_number(const nlc_factor *self);
/* The bounds of what a setting names, or false where it names a key. */
bool nlc_setting_bounds(const nlc_variant *variant, const nlc_setting *setting, double *low, double *high);

/* Reads the address of each factor against a variant, and on the first one the levels of keys and the
 * bounds of ranges. */
nlc_error nlc_variant_bind(nlc_study *self, nlc_variant *variant, nlc_problems *problems);

#endif
