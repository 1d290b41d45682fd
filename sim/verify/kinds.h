/* The kinds of cases that the program checks itself against: the one list is in kinds.c, and each
 * family of kinds has a file of adapters. */
#ifndef NLC_VERIFY_KINDS_H
#define NLC_VERIFY_KINDS_H

#include "case.h"

typedef struct {
    const char *prefix; /* of the id of a case */
    nlc_case_run run;
} nlc_case_kind;

/* The kind whose prefix is the longest of those that the id begins with, or NULL. */
const nlc_case_kind *nlc_case_kind_in(const nlc_case_kind *kinds, uint32_t num_kinds, const char *id);

/* Likewise, of all kinds that there are. */
const nlc_case_kind *nlc_case_kind_of(const char *id);

/* spread.c: independent cascade, thresholds, and the chain with exposure, push and drop-out. */
nlc_error nlc_verify_cascade(nlc_case *self);
nlc_error nlc_verify_threshold(nlc_case *self);
nlc_error nlc_verify_chain(nlc_case *self);

/* complete.c: all nodes are alike. */
nlc_error nlc_verify_cascade_complete(nlc_case *self);
nlc_error nlc_verify_bass_steps(nlc_case *self);
nlc_error nlc_verify_bass_time(nlc_case *self);
nlc_error nlc_verify_two_states(nlc_case *self);

/* paths.c: what takes how long. */
nlc_error nlc_verify_relay(nlc_case *self);
nlc_error nlc_verify_voter(nlc_case *self);
nlc_error nlc_verify_leaky(nlc_case *self);

/* opinions.c: averaging. */
nlc_error nlc_verify_opinions(nlc_case *self);

/* curves.c: closed forms and random graphs. */
nlc_error nlc_verify_bass_curve(nlc_case *self);
nlc_error nlc_verify_cascade_window(nlc_case *self);

/* networks.c: networks made by rule, and how they are measured. */
nlc_error nlc_verify_graph_exact(nlc_case *self);
nlc_error nlc_verify_watts_strogatz(nlc_case *self);

/* replications.c: how many runs are needed, which scenario is the best, common random numbers. */
nlc_error nlc_verify_crn(nlc_case *self);
nlc_error nlc_verify_replication_stopping(nlc_case *self);
nlc_error nlc_verify_rinott(nlc_case *self);

/* sensitivity.c: tables of runs whose indices are known. indices.c: functions whose Sobol' indices are
 * known, without and with noise. densities.c: delta and PAWN. discovery.c: PRIM. robustness.c: choices
 * against states of the world, and hypervolumes. */
nlc_error nlc_verify_salib_sobol(nlc_case *self);
nlc_error nlc_verify_morris(nlc_case *self);
nlc_error nlc_verify_campolongo(nlc_case *self);
nlc_error nlc_verify_sobol(nlc_case *self);
nlc_error nlc_verify_sobol_stochastic_noise(nlc_case *self);
nlc_error nlc_verify_delta(nlc_case *self);
nlc_error nlc_verify_prim(nlc_case *self);
nlc_error nlc_verify_rdm_regret(nlc_case *self);
nlc_error nlc_verify_hypervolume(nlc_case *self);

/* scores.c: scores of forecasts, least squares fits, summaries of samples. */
nlc_error nlc_verify_scoring_rules(nlc_case *self);
nlc_error nlc_verify_nls(nlc_case *self);
nlc_error nlc_verify_summary_stats(nlc_case *self);

/* posteriors.c: approximate Bayesian computation, simulation-based calibration. */
nlc_error nlc_verify_abc_binomial(nlc_case *self);
nlc_error nlc_verify_abc_smc(nlc_case *self);
nlc_error nlc_verify_sbc(nlc_case *self);

#endif
