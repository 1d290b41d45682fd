/* An ensemble: one scenario run many times, and what is kept of it.
 *
 * Replicates are grouped into batches by network draw and run on threads; what is kept goes to a
 * place of its own for each replicate, so nothing depends on threads, lanes or order. */
#ifndef NLC_STUDY_ENSEMBLE_H
#define NLC_STUDY_ENSEMBLE_H

#include "nlcsim.h"

/* A part of the places that results are given for. NLC_NONE in a member means "not split". */
typedef struct {
    uint32_t country, tier, wave, group;
    uint32_t size; /* nlc_size, or NLC_NONE */
} nlc_split;

/* True where the places of a class belong to the part. */
bool nlc_split_has(const nlc_split *split, const nlc_class *class);

/* What a roadmap row stands for. */
typedef enum { NLC_ROADMAP_WAVE, NLC_ROADMAP_COUNTRY, NLC_ROADMAP_TIER, NLC_ROADMAP_NODE } nlc_roadmap_kind;

typedef struct {
    nlc_roadmap_kind kind;
    uint32_t index; /* wave, country, tier, or node */
} nlc_roadmap_row;

typedef struct {
    uint32_t replicates, threads, lanes; /* lanes 0: the CPU's best */
    uint32_t first;                      /* the first replicate, a multiple of the scenario's network draws */
    uint64_t seed;
    /* What replicate r, counted from `first`, runs is points[r mod num_points]; NULL: the scenario as it stands. Borrowed, and to
     * outlive the ensemble. */
    const nlc_point *points;
    uint32_t num_points;
    bool places; /* roadmap rows for leaf places too */
    bool hash;   /* hash the state of every month (slow) */
    /* Months at the start that others share: after them the states of all batches are kept, or they are
     * taken, with what was tallied until then, from `past`, which must hold the same replicates. Not
     * with `hash`. 0 for none. */
    uint32_t shared_months;
    const struct nlc_ensemble *past; /* borrowed, or NULL */
    /* Called now and then from one thread with runs done so far; false asks to stop. May be NULL. */
    bool (*progress)(void *context, uint32_t done, uint32_t total);
    void *context;
} nlc_ensemble_options;

/* Splits come in the order: all; each country; each tier; each wave; each group; each size; and,
 * with several countries, each country and tier together. A label "" (no wave, no group) is no
 * split. Waves come in the order of the labels. */
typedef struct nlc_ensemble {
    const nlc_resolved *scenario; /* borrowed */
    uint32_t num_replicates, num_splits, num_parts, num_batches, num_rows, num_points;
    const nlc_point *points; /* [num_points], borrowed; NULL: the scenario as it stands */
    nlc_split *splits;       /* [num_splits], owned */
    uint32_t *part;          /* [num_splits], owned: splits that hold the same classes are one part of the places, whose
                              * numbers are kept once; parts are numbered in the order of their first splits */
    uint32_t lanes;          /* of a batch: 4, 8 or 16 */
    uint32_t *runs;          /* [num_batches][lanes], owned: the run in each lane, which is the replicate less `first`;
                              * NLC_NONE in an idle one */
    void *tallies;           /* [num_batches][num_months][num_parts][num_tallies][lanes], owned; month 1 first: what a
                              * batch keeps lies together; floats, or doubles where the model computes in doubles */
    nlc_roadmap_row *rows;   /* [num_rows], owned */
    uint16_t *reached;       /* [num_rows][num_milestones][num_replicates], owned: month in which half of the
                              * adopting places of the row first reached the stage; 0 if never */
    uint64_t *hash;          /* [num_countries + 1][num_replicates], owned; NULL without options.hash; the last
                              * row is the whole scenario */
    char *states;            /* [num_batches][state_size], owned; NULL without shared months, or with a past */
    size_t state_size;
} nlc_ensemble;

nlc_error nlc_ensemble_run(nlc_ensemble *self, const nlc_resolved *scenario, const nlc_ensemble_options *options);
void nlc_ensemble_free(nlc_ensemble *self);

/* Bytes that an ensemble of this many replicates will hold. NLC_ERROR_MEMORY. */
nlc_error nlc_ensemble_memory(const nlc_resolved *scenario, const nlc_ensemble_options *options, size_t *bytes);

/* One tally of a month (from 1) and split, one value a replicate, into values[num_replicates]. */
void nlc_ensemble_tally(const nlc_ensemble *self, uint32_t month, uint32_t split, uint32_t tally, float *values);

/* All measures of one split in every month: values[num_months][num_measures][num_replicates], NaN
 * where a measure has no meaning. */
void nlc_ensemble_measures(const nlc_ensemble *self, uint32_t split, double *values);

/* All outcomes: values[num_outcomes][num_splits][num_replicates], NaN where not reached or without
 * meaning (a spread is given for the split `all` alone). */
nlc_error nlc_ensemble_outcomes(const nlc_ensemble *self, double *values);

/* The same in steps, for who has the measures at hand: first the outcomes of each split from what
 * nlc_ensemble_measures gave for it, then the spreads from those of the single splits. */
void nlc_ensemble_outcomes_of(const nlc_ensemble *self, uint32_t split, const double *measures, double *values);
void nlc_ensemble_spreads(const nlc_ensemble *self, double *values);

/* What is said of a sample. Quantiles are of type 7; values that are NaN are left out of everything
 * and n says how many were left. mcse is the standard error of the mean. */
typedef struct {
    uint32_t n;
    double median, p05, p95, mean, mcse;
} nlc_summary;

/* Summarises `values`, and leaves them in another order. */
nlc_summary nlc_summary_of(double *values, uint32_t num_values);

/* Quantile of type 7 of sorted values; NaN for none. */
double nlc_quantile(const double *sorted, uint32_t num_values, double probability);

/* Like nlc_summary for months reached: `reached` counts those that did; quantiles treat "never" as
 * later than everything, and are 0 where the quantile is never. */
typedef struct {
    uint32_t n, reached;
    uint32_t p10, p50, p90;
} nlc_reach;
nlc_reach nlc_reach_of(const uint16_t *months, uint32_t num_values);

#endif
