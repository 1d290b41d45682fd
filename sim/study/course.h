/* Courses: a curve of adoption beside a series of counts. How likely the counts are, and what they will be. Private to
 * forecast.c. */
#ifndef NLC_STUDY_COURSE_H
#define NLC_STUDY_COURSE_H

#include "forecast.h"

/* The share that has adopted by the end of a period of the series. */
typedef struct nlc_course {
    double (*at)(const struct nlc_course *self, double period);
    double start, scale;      /* time of the curve = start + scale * period */
    nlc_growth_curve growth;  /* a formula, or */
    const nlc_curves *curves; /* borrowed: a run, counted over so many places */
    uint32_t run;
} nlc_course;

nlc_course nlc_course_of_growth(const nlc_growth_curve *growth, double scale);
nlc_course nlc_course_of_run(const nlc_curves *curves, uint32_t run, double start, double scale);

/* Log-likelihood of the training periods: in each from the second on, each place that had not adopted does with the
 * probability that the curve has for one that had not. */
double nlc_course_likelihood(const nlc_course *self, const nlc_series *series);

/* Adds weight * P(count) in each later period to cells[num_test][num_places + 1], from the last training period on. */
void nlc_course_foretell(const nlc_course *self, const nlc_series *series, double weight, double *cells);

/* Adds weight * P(k of n adopt), each with probability p, to cells[offset + k]. */
void nlc_binomial_add(double *cells, uint32_t offset, uint32_t n, double p, double weight);

#endif
