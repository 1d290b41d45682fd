/* Rank correlation, whole and partial, of an output with each input: the direction and strength of
 * what rises or falls throughout. */
#ifndef NLC_STUDY_CORRELATION_H
#define NLC_STUDY_CORRELATION_H

#include "sample.h"

typedef struct {
    /* Spearman's; equal values share their mean rank. The interval is that of Bonett & Wright (2000,
     * Psychometrika 65:23): Fisher's z with variance (1 + r^2 / 2) / (n - 3). */
    nlc_estimate rank;
    /* With the other inputs' part taken out (PRCC; Marino et al. 2008, J Theor Biol 254:178). Fisher's z
     * with variance 1 / (n - k - 2), k being the number of inputs. NaN where the inputs' ranks determine
     * one another, or rows are too few. */
    nlc_estimate partial;
    double rank_p, partial_p; /* two-sided, by Student's t: how often chance alone would give as much */
} nlc_correlation;

/* Into correlations[num_factors]. An input that does not vary gets NaN. NLC_ERROR_INPUT where there are
 * fewer than four rows or the output does not vary; NLC_ERROR_MEMORY. */
nlc_error nlc_correlation_of(const nlc_sample *sample, nlc_correlation *correlations);

#endif
