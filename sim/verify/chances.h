/* Checks of counts that chance made against exact laws. A check is set so that it fails wrongly about once
 * in 150,000 times, as 4.5 standard errors of a normal law do. */
#ifndef NLC_VERIFY_CHANCES_H
#define NLC_VERIFY_CHANCES_H

#include "case.h"
#include "world.h"

/* How many runs show an error of one percentage point in a share, for a scenario of this size: 4.5
 * standard errors of a share of a half are at most 0.8 points, and half a point where it costs little. */
uint32_t nlc_chance_replicates(uint32_t num_nodes, uint32_t num_months);

/* `count` of `num` runs, against the chance p. A chance of 0 or 1 must be met exactly, and what is no chance
 * fails. */
void nlc_chance_check_share(nlc_case *self, const char *what, double count, double num, double p);

/* The mean of `num` runs, against a law's mean and variance. */
void nlc_chance_check_mean(nlc_case *self, const char *what, double found, double num, double mean, double variance);

/* The variance of `num` values, whose fourth central moment is given too, against a law's. */
void nlc_chance_check_variance(nlc_case *self, const char *what, double found, double fourth, double num, double variance);

/* Chi-square of counts[num_values] in all against a law: cells that expect less than five are joined to
 * the next; p must be at least 1e-5; what cannot be must not have been met. */
void nlc_chance_check_law(nlc_case *self, const char *what, const double *counts, const double *law, size_t num_values);

/* What is counted of places that have adopted. Month 0 is the start. */
typedef struct {
    const nlc_world *world; /* borrowed */
    uint32_t num_months, num_nodes, num_runs;
    const bool *starts; /* [num_nodes], borrowed: adopted at the start */
    bool by_node;       /* `node` is wanted */
    double *node;       /* [num_months + 1][num_nodes], owned: runs in which a place had adopted */
    double *number;     /* [num_months + 1][num_nodes + 1], owned: runs in which so many had */
    nlc_error (*also)(void *context, const nlc_ensemble *ensemble); /* sees each piece too; may be NULL */
    void *context;
    float *values; /* [num_runs of a piece], owned */
    uint32_t num_values;
} nlc_counts;

/* Runs a world and counts. The caller frees the counts in any case. */
nlc_error nlc_counts_run(nlc_counts *self, nlc_world *world, const char *name, uint32_t replicates);
void nlc_counts_free(nlc_counts *self);

/* The mean number of adopters at the end of a month. */
double nlc_counts_mean(const nlc_counts *self, uint32_t month);

/* That number's mean and variance against a law's. The variance is judged by the fourth moment that was met. */
void nlc_counts_check(const nlc_counts *self, nlc_case *one, const char *what, uint32_t month, double mean, double variance);

#endif
