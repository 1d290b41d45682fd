/* What the methods that look at a table of inputs and one output share. */
#ifndef NLC_STUDY_SAMPLE_H
#define NLC_STUDY_SAMPLE_H

#include "nlcsim.h"

/* Rows of inputs with their output; nothing in it is NaN: rows with something missing are left out
 * before. A category is its number, from 0. */
typedef struct {
    uint32_t num_rows, num_factors;
    const double *x; /* [num_rows][num_factors], borrowed */
    const double *y; /* [num_rows], borrowed */
} nlc_sample;

/* How often a sample is drawn again from itself, and from which seed. */
typedef struct {
    uint32_t num;
    uint64_t seed;
} nlc_resampling;

/* A figure with its 95 % interval: 1.96 standard errors (from resampling, unless said otherwise) to
 * either side. Where nothing was resampled the error and the interval are NaN. */
typedef struct {
    double value, error, low, high;
} nlc_estimate;

/* The estimate of `value` whose resampled values are resampled[num]; NaN among them are left out. */
nlc_estimate nlc_estimate_of(double value, const double *resampled, uint32_t num);

/* A pair of a number and where it stood. */
typedef struct {
    double value;
    uint32_t index;
} nlc_placed;

/* Sorts by value, then by index. */
void nlc_placed_sort(nlc_placed *placed, uint32_t num);

/* Parts the rows into at most `wanted` classes of about equal size by the value of factor `factor`;
 * equal values are never parted, so a category or a switch has a class for each of its values where
 * those are no more than `wanted`. Classes are numbered from 0 in the order of the values.
 * `class_of` [num_rows]; the return value is the number of classes. `room` [num_rows] is overwritten. */
uint32_t nlc_classes_of(const nlc_sample *sample, uint32_t factor, uint32_t wanted, nlc_placed *room, uint32_t *class_of);

/* Classes of equal size that have to do with nothing, as an input without effect would give. */
uint32_t nlc_classes_of_nothing(uint32_t num_rows, uint32_t num_classes, uint64_t seed, uint32_t *class_of);

/* Sorts numbers, rising. */
void nlc_sort(double *values, uint32_t num);

#endif
