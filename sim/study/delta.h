/* Borgonovo's delta (2007, RESS 92:771): half the area between the density of the output and its
 * density where an input is known, in the mean over that input; 0 for an input that does nothing, 1 at
 * most. Estimated from any sample as Plischke, Borgonovo & Smith (2013, EJOR 226:536) do: classes of
 * equal size, densities by Gaussian kernels, all of one width (the mean of Silverman's of the classes). */
#ifndef NLC_STUDY_DELTA_H
#define NLC_STUDY_DELTA_H

#include "sample.h"

/* The number of classes that Plischke and others take for so many rows. */
uint32_t nlc_delta_num_classes(uint32_t num_rows);

/* Into deltas[num_factors + 1]: the last one is that of an input that does nothing (the rows in random
 * order): what is not above it cannot be told from nothing. With resampling the bias that it shows is
 * taken off (twice the estimate less the mean of the resampled ones). NLC_ERROR_INPUT where there are
 * fewer than 20 rows or the output does not vary; NLC_ERROR_MEMORY. */
nlc_error nlc_delta_of(const nlc_sample *sample, nlc_resampling resampling, nlc_estimate *deltas);

#endif
