/* Proper scores of probabilistic forecasts, and what is said of calibration. All scores are penalties:
 * smaller is better. Sources: Gneiting and Raftery 2007 (JASA 102:359), Ferro 2014 (QJRMS 140:1917) for
 * the fair CRPS, Dawid and Sebastiani 1999 (Ann. Stat. 27:65). */
#ifndef NLC_STUDY_SCORES_H
#define NLC_STUDY_SCORES_H

#include <stdbool.h>
#include <stdint.h>

/* Continuous ranked probability score of an ensemble taken as an empirical distribution, in the unit
 * of the values; `sorted`[num], num > 0, rising. */
double nlc_crps_sample(const double *sorted, uint32_t num, double observed);

/* Likewise, but fair: unbiased for the distribution that the members were drawn from. NaN for num < 2. */
double nlc_crps_fair(const double *sorted, uint32_t num, double observed);

/* CRPS of a distribution over the counts 0 to num - 1 with these probabilities, which sum to 1. */
double nlc_crps_counts(const double *probability, uint32_t num, double observed);

/* Of a normal distribution; sd > 0. */
double nlc_crps_normal(double mean, double sd, double observed);
double nlc_log_score_normal(double mean, double sd, double observed);

/* Dawid-Sebastiani score, from the first two moments alone. */
double nlc_dawid_sebastiani(double mean, double sd, double observed);

/* Of a central interval that holds 1 - alpha. */
double nlc_interval_score(double lower, double upper, double alpha, double observed);

/* Of a probability for something that happened or did not. */
double nlc_brier(double probability, bool happened);
double nlc_log_score(double probability, bool happened);

/* Probability integral transform in a distribution over counts, spread evenly over the jump at the
 * observation by `u` in [0, 1]: uniform where forecasts are calibrated (Czado et al. 2009). */
double nlc_pit_counts(const double *probability, uint32_t num, uint32_t observed, double u);

/* The smallest count k with P(X <= k) >= p. */
uint32_t nlc_count_quantile(const double *probability, uint32_t num, double p);

/* The standard error of a figure whose values without each of `num` groups are values[num] (Efron's jackknife). */
double nlc_jackknife(const double *values, uint32_t num);

/* A paired difference of mean scores, method minus another, over `num` series, with its standard error. */
typedef struct {
    double mean, error;
} nlc_skill;
nlc_skill nlc_skill_of(const double *scores, const double *others, uint32_t num);

#endif
