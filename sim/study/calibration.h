/* Calibration: which values of the unknowns bring a scenario's runs close to what was observed, by
 * sequential ABC (abc.h), and whether that procedure can be believed, by simulation (sbc.h).
 *
 * A point is as far from the observations as the worst of them, in observation errors. Taking the
 * points within a tolerance is exact inference where the published count is the true one plus an
 * error that is uniform within tolerance times the error of the table (Wilkinson 2013, Stat. Appl.
 * Genet. Mol. Biol. 12:129). */
#ifndef NLC_STUDY_CALIBRATION_H
#define NLC_STUDY_CALIBRATION_H

#include "abc.h"
#include "points.h"
#include "sbc.h"
#include "targets.h"

typedef struct {
    const nlc_targets *targets; /* borrowed; of points->scenario */
    const nlc_points *points;   /* borrowed: what the unknowns are */
    const bool *use;            /* [targets], borrowed: the observations that are fitted */
    /* The value of an unknown at a probability, from its prior. */
    double (*value)(const void *context, uint32_t address, double probability);
    /* Called now and then; false asks to stop. May be NULL. */
    bool (*progress)(void *context, uint32_t done, uint32_t total);
    void *context;
    uint32_t num_particles, threads, lanes;
    uint64_t seed, most_simulations;
    double tolerance; /* to be reached, in observation errors */
} nlc_calibration_options;

/* Fits the observations. NLC_ERROR_INTERRUPTED; NLC_ERROR_MEMORY; NLC_ERROR_INPUT where no run at all
 * gives the measures a meaning. Free the result with nlc_abc_free. */
nlc_error nlc_calibrate(nlc_abc *self, const nlc_calibration_options *options);

/* What runs from the particles `chosen`[num] give for all targets: values[num][targets]; the replicates
 * are others than those of the fit. */
nlc_error nlc_calibration_predict(const nlc_abc *self, const nlc_calibration_options *options, const uint32_t *chosen, uint32_t num,
                                  double *values);

/* Simulation-based calibration of nlc_calibrate at this tolerance: `num_runs` times a truth is drawn from the
 * prior, counts are simulated from it with errors, and ranks[fault][address][run] says how many of
 * `num_draws` draws of the posterior are below the truth, after a fault has been planted. `num_short` counts
 * the runs in which the tolerance was not reached. */
nlc_error nlc_calibration_ranks(const nlc_calibration_options *options, uint32_t num_runs, uint32_t num_draws, uint32_t *ranks,
                                uint32_t *num_short);

#endif
