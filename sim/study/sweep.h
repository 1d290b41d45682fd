/* Running a study: design points times replicates, in batches whose lanes hold points of one network.
 *
 * Runs are given to a sink as they are finished and asked of it beforehand, so a sink that remembers makes
 * a study that can be stopped at any moment. Nothing that is put depends on threads, lanes, shards or
 * on what had been found; and memory does not grow with the number of points. */
#ifndef NLC_STUDY_SWEEP_H
#define NLC_STUDY_SWEEP_H

#include "design.h"
#include "outcomes.h"
#include "precision.h"

/* A design point as it is about to be run. */
typedef struct {
    uint64_t point;       /* from 0 */
    uint64_t block;       /* base sample, trajectory, or setting of the levers that it belongs to */
    const double *values; /* [num_factors] */
    const nlc_settings *settings;
    const nlc_model *model;
    const char *hash;    /* of the resolved scenario; NULL where the point cannot be run */
    const char *problem; /* why it cannot, or NULL */
} nlc_sweep_point;

/* A finished run. */
typedef struct {
    int64_t input;
    uint32_t replicate, num_months;
    const double *outcomes; /* [num_columns] */
    const double *series;   /* [num_months][num_measures], or NULL without options.series */
} nlc_sweep_result;

/* Where runs go. Calls come one at a time, from any thread. An error ends the study and is returned. */
typedef struct {
    void *context;
    /* Takes a point, and gives the number under which its runs stand: the same for points that come to
     * the same resolved scenario. */
    nlc_error (*point)(void *context, const nlc_sweep_point *point, int64_t *input);
    /* Which of the replicates from `first` are there already: found[num]. */
    nlc_error (*find)(void *context, int64_t input, uint32_t first, uint32_t num, bool *found);
    nlc_error (*put)(void *context, const nlc_sweep_result *result);
    /* Some runs have been put: a good moment to make them last. */
    nlc_error (*flush)(void *context);
    /* With options.precision, else not called. The values of its outcome in the replicates from `first`, all of which
     * are there: values[num], NaN where it has none. And the end of a point: its results are those of its first
     * `runs` replicates. */
    nlc_error (*values)(void *context, int64_t input, uint32_t first, uint32_t num, double *values);
    nlc_error (*end)(void *context, uint64_t point, uint32_t runs, bool is_enough);
} nlc_sink;

typedef struct {
    uint32_t threads, lanes;    /* lanes 0: the CPU's best */
    uint32_t shard, num_shards; /* from 0; 1 for all */
    const char *const *columns; /* [num_columns]: outcomes by name; without meaning where a scenario lacks the part */
    uint32_t num_columns;
    bool series;
    /* Each point is run until the mean of one outcome, which the sink knows, is known so well, or `most` times: by the
     * values in the order of their replicates, so that nothing else decides where it ends. Values that are NaN are
     * left out, and precision.first counts the others. NULL: the study's replicates, no more. Borrowed. */
    const nlc_precision *precision;
    uint32_t most;
    bool (*progress)(void *context, uint32_t done, uint32_t total); /* false asks to stop; may be NULL */
    void *context;
} nlc_sweep_options;

typedef struct {
    uint64_t runs, computed, found, failed; /* of this shard; failed: runs of points that cannot be run */
    uint64_t failed_points;
    uint64_t enough, not_reached; /* points, with options.precision */
} nlc_sweep_counts;

/* NLC_ERROR_MEMORY, NLC_ERROR_INTERRUPTED, or what the sink returned. A point that makes no sense as a
 * whole does not stop the others: the sink is told why. */
nlc_error nlc_sweep_run(const nlc_study *study, const nlc_sink *sink, const nlc_sweep_options *options, nlc_sweep_counts *counts);

#endif
