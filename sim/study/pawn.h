/* PAWN: how far an input moves the whole distribution of an output (Pianosi & Wagener 2015, EMS 67:1;
 * from any sample: 2018, EMS 108:197). The rows are parted by the value of an input into classes of
 * equal size; in each the distance of Kolmogorov and Smirnov is measured between the output there and
 * the output of all rows. */
#ifndef NLC_STUDY_PAWN_H
#define NLC_STUDY_PAWN_H

#include "sample.h"

/* Over the classes of one input: the median, the mean and the largest distance. */
typedef struct {
    nlc_estimate median, mean, max;
    uint32_t num_classes;
} nlc_pawn;

/* Into pawn[num_factors + 1]: the last one is that of an input that does nothing (the rows in random
 * order): what is not above it cannot be told from nothing. `num_classes` is the number wanted, 10 is
 * usual. NLC_ERROR_INPUT where there are fewer than five rows a class; NLC_ERROR_MEMORY. */
nlc_error nlc_pawn_of(const nlc_sample *sample, uint32_t num_classes, nlc_resampling resampling, nlc_pawn *pawn);

/* The largest distance of the distributions of two sorted samples, either not empty. */
double nlc_ks_distance(const double *a, uint32_t num_a, const double *b, uint32_t num_b);

#endif
