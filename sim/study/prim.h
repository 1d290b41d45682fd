/* PRIM, the patient rule induction method (Friedman & Fisher 1999, Stat Comput 9:123) for scenario
 * discovery (Bryant & Lempert 2010, TFSC 77:34): a box of inputs in which most rows are of interest and
 * that holds most of those of interest. Peels, quantiles and ties follow the EMA workbench, so that its
 * trajectories come out again. */
#ifndef NLC_STUDY_PRIM_H
#define NLC_STUDY_PRIM_H

#include "sample.h"

typedef enum {
    NLC_PRIM_ORIGINAL, /* the peel that leaves the largest share of rows of interest */
    NLC_PRIM_LENIENT,  /* the peel that gains most of that share for each row it costs */
} nlc_prim_goal;

typedef enum {
    NLC_PRIM_REAL,
    NLC_PRIM_WHOLE,    /* peeled value by value */
    NLC_PRIM_CATEGORY, /* a number from 0 to 63; peeled category by category */
} nlc_prim_kind;

typedef struct {
    nlc_sample sample;         /* y is 1 for a row of interest, else 0 */
    const nlc_prim_kind *kind; /* [num_factors], borrowed; NULL: all real */
    nlc_prim_goal goal;
    double peel, paste; /* shares of the box that one peel or paste takes, as 0.05 */
    double least_mass;  /* no box holds less than this share of all rows, as 0.05 */
} nlc_prim_input;

/* What a box admits of one input. */
typedef struct {
    double low, high;    /* both included; not used for a category */
    uint64_t categories; /* bit c: category c is in the box */
} nlc_prim_limit;

typedef struct {
    uint32_t num_rows, num_hits, num_restricted; /* rows in the box, those of interest, inputs it limits */
    double coverage;                             /* share of all rows of interest that lie in the box */
    double density;                              /* share of its rows that are of interest */
    double mass;                                 /* share of all rows that lie in the box */
    bool is_pasted;                              /* came by pasting, not by peeling */
} nlc_prim_box;

/* The trajectory: box 0 holds everything, every other one is peeled from the one before, the last ones
 * pasted. */
typedef struct {
    uint32_t num_factors, num_boxes;
    nlc_prim_box *boxes;    /* [num_boxes], owned */
    nlc_prim_limit *limits; /* [num_boxes][num_factors], owned */
    size_t box_capacity, limit_capacity;
} nlc_prim;

/* NLC_ERROR_INPUT where no row, or every row, is of interest; NLC_ERROR_MEMORY. Free in any case. */
nlc_error nlc_prim_init(nlc_prim *self, const nlc_prim_input *input);
void nlc_prim_free(nlc_prim *self);

const nlc_prim_limit *nlc_prim_limits(const nlc_prim *self, uint32_t box);
bool nlc_prim_is_restricted(const nlc_prim *self, const nlc_prim_limit *limits, uint32_t factor);

/* The box with the largest harmonic mean of coverage and density (F1); the first of equals. */
uint32_t nlc_prim_best(const nlc_prim *self);

/* Counts what lies within limits[num_factors]; `num_restricted` is left 0. */
nlc_prim_box nlc_prim_measure(const nlc_prim_input *input, const nlc_prim_limit *limits);

/* How often chance alone would make the box as dense, were the limits of one input not there (Bryant &
 * Lempert's quasi-p): the upper tail of a binomial with the density of the box without them. */
typedef struct {
    double both, low, high; /* all limits of the input, each by itself; NaN where there is none */
} nlc_prim_quasi;

/* Into quasi[num_factors]; `limits` [num_factors] is as it was when the call returns. */
void nlc_prim_quasi_of(const nlc_prim *self, const nlc_prim_input *input, nlc_prim_limit *limits, nlc_prim_quasi *quasi);

/* Takes off the limits of inputs whose quasi-p is above `most`, the largest first, until none is. */
void nlc_prim_simplify(const nlc_prim *self, const nlc_prim_input *input, double most, nlc_prim_limit *limits);

/* PRIM again on half of the rows, drawn without repetition: in what share of the repetitions an input is
 * limited in the box whose coverage, or density, is nearest to that of `box`. Repetitions in whose half
 * nothing, or all, is of interest do not count. Arrays [num_factors]. NLC_ERROR_MEMORY. */
nlc_error nlc_prim_reproduce(const nlc_prim_input *input, const nlc_prim_box *box, nlc_resampling resampling, double *by_coverage,
                             double *by_density);

#endif
