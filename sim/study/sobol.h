/* Sobol' indices from Saltelli's rows, for models with and without chance.
 *
 * Of each base row there are runs at a point A, at an independent point B, and for each input i at
 * AB_i: A with input i taken from B. With V the variance of all runs at A and B,
 *   first order   mean(B (AB_i - A)) / V      (Saltelli et al. 2010, CPC 181:259, table 2 (b))
 *                 1 - mean((B - AB_i)^2) / 2V (Jansen 1999, CPC 117:35), better where the index is large
 *   total order   mean((A - AB_i)^2) / 2V     (Jansen 1999)
 * The output is first centred and scaled by all runs together, as SALib does: the first of the three
 * depends on where zero lies.
 *
 * A stochastic model is a function of its inputs and of its seed. Where the runs of one row and
 * replicate share their seed, the seed cancels between A and AB_i, so that an inert input gets 0; the
 * indices are shares of the whole variance, of which the seed has its own:
 *   first order of the seed   cov(A, B) / V: A and B of a row have nothing but the seed in common
 *   total order of the seed   mean variance among replicates of a point, over V (two replicates or more)
 * (Jansen's first order, which would hold the seed's too, has it taken off.)
 * Where each run has a seed of its own, the total order of every input would hold the seed's variance;
 * with two replicates or more it is taken off again, with one it cannot be. */
#ifndef NLC_STUDY_SOBOL_H
#define NLC_STUDY_SOBOL_H

#include "sample.h"

typedef enum {
    NLC_SOBOL_NO_CHANCE,    /* the same inputs give the same output */
    NLC_SOBOL_SHARED_SEEDS, /* the runs of a row and replicate share their seed */
    NLC_SOBOL_OWN_SEEDS,    /* each run has a seed of its own */
} nlc_sobol_chance;

/* Outputs, NaN where missing: a row and replicate of which anything is missing is left out. */
typedef struct {
    uint32_t num_factors, num_rows, num_replicates;
    const double *a, *b; /* [num_rows][num_replicates], borrowed */
    const double *ab;    /* [num_factors][num_rows][num_replicates], borrowed */
    nlc_sobol_chance chance;
} nlc_sobol_input;

typedef struct {
    nlc_estimate first, first_jansen, total;
} nlc_sobol;

typedef struct {
    uint32_t num_used;       /* of num_rows * num_replicates */
    double mean, variance;   /* of the runs at A and B */
    nlc_estimate seed_first; /* NaN unless seeds are shared */
    nlc_estimate seed_total; /* NaN with one replicate, or without chance */
} nlc_sobol_summary;

/* Indices into indices[num_factors]; rows are resampled for the intervals. NLC_ERROR_INPUT where fewer
 * than two rows are complete or the output does not vary; NLC_ERROR_MEMORY. */
nlc_error nlc_sobol_of(const nlc_sobol_input *input, nlc_resampling resampling, nlc_sobol *indices, nlc_sobol_summary *summary);

#endif
