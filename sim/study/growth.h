/* Curves of growth, and their least squares fits: what a diffusion study fits first. */
#ifndef NLC_STUDY_GROWTH_H
#define NLC_STUDY_GROWTH_H

#include "nlcsim.h"

typedef enum {
    NLC_GROWTH_BASS,     /* m (1 - e^-(p+q)t) / (1 + q/p e^-(p+q)t); first = p, second = q (Bass 1969) */
    NLC_GROWTH_LOGISTIC, /* m / (1 + e^-k(t-t0)); first = k, second = t0 */
    NLC_GROWTH_GOMPERTZ, /* m e^-e^-k(t-t0); first = k, second = t0 */
    NLC_NUM_GROWTHS
} nlc_growth;

/* "bass", "logistic", "gompertz". */
const char *nlc_growth_name(nlc_growth growth);

typedef struct {
    nlc_growth growth;
    double first, second; /* p, q and k are rates a period, above 0; t0 is a time in periods */
    double m;             /* where growth ends, above 0 and below `most` */
} nlc_growth_curve;

/* The level at time t, in periods. */
double nlc_growth_at(const nlc_growth_curve *self, double t);

/* A curve has three numbers that may be anything: log p, log q, logit(m/most) of Bass; log k, t0,
 * logit(m/most) of the others. In these it is fitted, and priors on them are normal. */
enum { NLC_GROWTH_FREE = 3 };
nlc_growth_curve nlc_growth_of(nlc_growth growth, const double free[NLC_GROWTH_FREE], double most);

/* Ordinary least squares of y[num] at t[num], by Levenberg-Marquardt from several starts; num at least
 * 3, t rising and above 0, most above 0. `sse` is the sum of squared errors. Where the data ask for a
 * limit (m at `most`, q at 0) the curve comes as near to it as makes no difference.
 * NLC_ERROR_INPUT for less than 3 points. */
nlc_error nlc_growth_fit(nlc_growth_curve *self, nlc_growth growth, const double *t, const double *y, uint32_t num, double most,
                         double *sse);

#endif
