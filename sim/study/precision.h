/* How well a mean is known, and when it is known well enough.
 *
 * Intervals are Student's: mean +- t(n - 1, (1 + confidence) / 2) * sd / sqrt(n). */
#ifndef NLC_STUDY_PRECISION_H
#define NLC_STUDY_PRECISION_H

#include "nlcsim.h"

/* A mean with its interval. sd and half_width are NaN where n < 2, the mean where n = 0. Values are
 * added one by one (Welford 1962), so that it costs the same at any n. */
typedef struct {
    uint32_t n;
    double mean, squares; /* squares: sum of squared deviations from the mean */
} nlc_moments;

void nlc_moments_add(nlc_moments *self, double value);
double nlc_moments_sd(const nlc_moments *self);
double nlc_moments_half_width(const nlc_moments *self, double confidence);

/* What is wanted of a mean. */
typedef struct {
    double confidence; /* in (0, 1) */
    double width;      /* the half-width wanted, in the unit of the mean or as a part of it; > 0 */
    bool is_relative;
    uint32_t first; /* not asked before there are as many values; at least 2 */
} nlc_precision;

/* True where the half-width is small enough. Relative: half-width / |mean| <= width / (1 + width), so
 * that the error relative to the true mean is at most `width` (Law 2015, 9.4.1); never met by a mean of 0. */
bool nlc_precision_is_met(const nlc_precision *self, const nlc_moments *moments);

/* The sequential procedure: the smallest n >= first at which the first n values meet it, or 0 where all
 * `num` do not. `at` is how it then stands (after all of them where it is 0). */
uint32_t nlc_precision_reach(const nlc_precision *self, const double *values, uint32_t num, nlc_moments *at);

/* How many values would meet it if mean and sd stayed as they are: the smallest n for which the
 * half-width of an n-sample with this sd is small enough. 0 where it cannot be said (n < 2, or a
 * relative precision of a mean of 0), UINT32_MAX where it is more than a thousand million. */
uint32_t nlc_precision_needed(const nlc_precision *self, const nlc_moments *moments);

#endif
