/* Simulation-based calibration of a posterior known exactly, and of the planted faults. */
#include <math.h>

#include "sbc.h"
#include "stream.h"
#include "suite.h"

enum { DRAWS = 99, RUNS = 1000, BINS = 20, DATA = 5 };

/* theta from N(0, 1), five observations of N(theta, 1): the posterior is N(sum/6, 1/6). */
static uint32_t rank_of_run(uint32_t run, nlc_fault fault)
{
    nlc_stream stream = nlc_stream_for(237, 1, run);
    const double theta = nlc_stream_normal(&stream);
    double sum = 0, draws[DRAWS];
    for (int k = 0; k < DATA; k++)
        sum += theta + nlc_stream_normal(&stream);
    for (int k = 0; k < DRAWS; k++)
        draws[k] = sum / (DATA + 1) + nlc_stream_normal(&stream) / sqrt(DATA + 1);
    nlc_fault_plant(fault, draws, DRAWS);
    return nlc_rank(draws, DRAWS, theta);
}

START_TEST(test_uniform_without_a_fault_alone)
{
    uint32_t ranks[RUNS];
    for (nlc_fault fault = NLC_FAULT_NONE; fault < NLC_NUM_FAULTS; fault++) {
        for (uint32_t run = 0; run < RUNS; run++)
            ranks[run] = rank_of_run(run, fault);
        const nlc_uniformity found = nlc_ranks_uniformity(ranks, RUNS, DRAWS, BINS);
        ck_assert_msg((found.p >= NLC_SBC_CRITICAL) == (fault == NLC_FAULT_NONE), "%s: p = %g", nlc_fault_name(fault), found.p);
    }
}
END_TEST

START_TEST(test_counts_in_bins)
{
    /* Ranks 0 to 4 in two bins: three values in the first, two in the second. */
    const uint32_t ranks[] = {0, 1, 2, 2, 1, 3};
    const nlc_uniformity found = nlc_ranks_uniformity(ranks, 6, 4, 2);
    ck_assert_double_eq_tol(found.chi2, (5 - 3.6) * (5 - 3.6) / 3.6 + (1 - 2.4) * (1 - 2.4) / 2.4, 1e-12);
    ck_assert_double_eq_tol(found.mean_rank, 1.5, 1e-12);
    /* Chi-square with one degree of freedom. */
    ck_assert_double_eq_tol(found.p, erfc(sqrt(found.chi2 / 2)), 1e-12);
}
END_TEST

START_TEST(test_ranks_and_faults)
{
    double draws[] = {0.1, 0.3, 0.8};
    ck_assert_uint_eq(nlc_rank(draws, 3, 0.237), 1);
    nlc_fault_plant(NLC_FAULT_TOO_WIDE, draws, 3);
    ck_assert_double_eq_tol(draws[0], 0.4 - 0.6, 1e-15);
    nlc_fault_plant(NLC_FAULT_SHIFTED, draws, 3);
    ck_assert_double_eq_tol(draws[1], 0.2 + 0.75 * 2 * sqrt((0.09 + 0.01 + 0.16) / 3), 1e-15);
    nlc_fault_plant(NLC_FAULT_NONE, draws, 3);
    ck_assert_uint_eq(nlc_rank(draws, 3, 10), 3);
}
END_TEST

RUN_SUITE("study sbc", test_uniform_without_a_fault_alone, test_counts_in_bins, test_ranks_and_faults)
