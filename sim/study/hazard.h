/* A hazard in discrete time: what has not happened yet happens in a period with probability
 *     h = 1 - exp(-exp(eta)),   eta = sum over k of coefficient[k] * x[k],
 * the complementary log-log link. It is the proportional hazards model seen in whole periods, so that
 * exp(coefficient) is a ratio of hazards (Prentice and Gloeckler 1978, Biometrics 34:57); events of many
 * places stacked by period are how the adoption of policies is studied (Berry and Berry 1990, Am. Polit. Sci.
 * Rev. 84:395). */
#ifndef NLC_STUDY_HAZARD_H
#define NLC_STUDY_HAZARD_H

#include "nlcsim.h"

enum { NLC_HAZARD_COVARIATES = 6 };

typedef struct {
    uint32_t num_covariates, num_rows, num_events;
    double coefficient[NLC_HAZARD_COVARIATES];
    double error[NLC_HAZARD_COVARIATES]; /* standard errors, from the expected information; NaN where the rows say
                                          * nothing of a coefficient: it is then 0, or at its limit of +-15 */
    double log_likelihood;
} nlc_hazard;

/* Maximum likelihood from x[num_rows][num_covariates] and what happened in each row, by Fisher scoring with
 * halved steps; the likelihood has one maximum. num_covariates is at most NLC_HAZARD_COVARIATES; the constant, if
 * wanted, is a covariate that is always 1. NLC_ERROR_MEMORY; NLC_ERROR_INPUT where nothing happened in any row, or
 * something in all of them: such a hazard has no finite estimate. */
nlc_error nlc_hazard_fit(nlc_hazard *self, const double *x, const bool *happened, uint32_t num_rows, uint32_t num_covariates);

/* exp(eta), the hazard in the sense of rates. */
double nlc_hazard_rate(const nlc_hazard *self, const double *x);

/* log P of what happened in one period, from exp(eta). */
double nlc_hazard_log_chance(double rate, bool happened);

#endif
