/* What calibrate leaves behind: a folder with a posterior sample, what the counts say of each unknown,
 * and what the sample predicts. */
#ifndef NLC_OUTPUT_POSTERIOR_H
#define NLC_OUTPUT_POSTERIOR_H

#include "dictionary.h"
#include "identify.h"
#include "results.h"
#include "sbc.h"

typedef struct {
    const char *name;
    double prior_low, prior_median, prior_high; /* 5, 50 and 95 % quantiles of the prior */
    double low, median, high;                   /* of the posterior */
    nlc_identification identification;
} nlc_unknown;

/* An observation, and what is predicted for it: quantiles of the published count, that is of the count of
 * the runs with an observation error. */
typedef struct {
    const char *date, *under, *tier, *group, *measure; /* as the table of observations has them */
    uint32_t month;
    double observed, total, error; /* total NaN where it is not given */
    bool is_fitted;
    nlc_summary predicted;
} nlc_prediction;

typedef struct {
    const char *unknown; /* its name */
    nlc_fault fault;
    nlc_uniformity uniformity;
} nlc_calibration_check;

/* Everything is borrowed. */
typedef struct {
    const char *command, *resolved_hash, *title, *until;
    uint64_t seed, num_simulations;
    double tolerance, wanted, acceptance, effective;
    uint32_t num_generations, num_unknowns, num_draws, num_predictions, num_checks;
    const nlc_unknown *unknowns;         /* [num_unknowns] */
    const double *draws;                 /* [num_draws][num_unknowns]: values with equal weights */
    const nlc_prediction *predictions;   /* [num_predictions] */
    const nlc_calibration_check *checks; /* [num_checks]; 0 without --sbc */
    uint32_t num_check_runs, num_check_draws, num_short;
} nlc_posterior;

/* One sentence that says what the counts say of an unknown, without a full stop. */
nlc_error nlc_unknown_said(const nlc_posterior *of, uint32_t unknown, nlc_text *text);

/* True where what was observed lies inside the 5 to 95 % band. */
bool nlc_prediction_holds(const nlc_prediction *self);

/* How far outside the band, in observation errors; 0 inside. */
double nlc_prediction_distance(const nlc_prediction *self);

/* The columns of its tables: what header lines, datapackage.json and `describe columns` are made from. */
enum { NLC_NUM_POSTERIOR_TABLES = 4 };
extern const nlc_result_table nlc_posterior_tables[NLC_NUM_POSTERIOR_TABLES];

/* Writes posterior.csv, identifiability.csv, predictive.csv, with checks sbc.csv, and datapackage.json.
 * Errors as for nlc_results_write. */
nlc_error nlc_posterior_write(const nlc_posterior *what, const char *folder, nlc_text *problems);

/* The same as a page of text for the terminal. */
nlc_error nlc_posterior_summarise(const nlc_posterior *what, nlc_text *text);

#endif
