/* What two scenarios differ by, from runs in pairs on common random numbers, and whether that is more than
 * chance. */
#ifndef NLC_STUDY_DIFFERENCE_H
#define NLC_STUDY_DIFFERENCE_H

#include "precision.h"

/* A number with its interval; NaN where it cannot be said. */
typedef struct {
    double value, low, high;
} nlc_interval;

typedef enum {
    NLC_VERDICT_REAL,    /* the interval of the difference leaves out 0 */
    NLC_VERDICT_UNTOLD,  /* it does not, or there are fewer than two pairs */
    NLC_VERDICT_THE_SAME /* no pair differs */
} nlc_verdict;

/* "real", "cannot be told", "the same" */
const char *nlc_verdict_text(nlc_verdict verdict);

typedef struct {
    uint32_t n, left_out;       /* pairs with both values, and others: nothing is said of those */
    nlc_interval first, second; /* means over the n pairs; Student's intervals */
    nlc_interval difference;    /* mean of second less first; its Student's interval from the differences of pairs */
    double sd;                  /* of the differences */
    /* Variance of the difference of independent runs with these variances, over that of the pairs: as many
     * times more runs would be needed without common random numbers. The interval is that of the delta
     * method for its logarithm. Infinite where the pairs differ by a constant, NaN where nothing varies. */
    nlc_interval reduction;
    /* Pairs needed for the precision, and for the ends of the chi-squared interval of sd; NaN where it cannot
     * be said. */
    nlc_interval needed;
    nlc_verdict verdict;
} nlc_difference;

/* Of an outcome in `num` pairs of runs; a pair without either value is left out. */
nlc_difference nlc_difference_of(const double *first, const double *second, uint32_t num, const nlc_precision *precision);

/* Of the share of runs that reach an outcome at all: that have a value. The interval of the difference is
 * that of Bonett and Price (2012, Statistical Methods in Medical Research 21:411) for paired shares, and those of the
 * shares Agresti and Coull's: both hold where none or all of the runs reach it. `reduction` and `needed` are as above. */
nlc_difference nlc_difference_of_reach(const double *first, const double *second, uint32_t num, const nlc_precision *precision);

#endif
