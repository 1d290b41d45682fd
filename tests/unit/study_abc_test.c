/* Approximate Bayesian computation, against posteriors known exactly. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "abc.h"
#include "stream.h"
#include "suite.h"

/* k of n successes, with a uniform prior on the probability; the second parameter does nothing. */
static nlc_error simulate_binomial(void *context, const double *points, uint32_t num, uint64_t first, double *distances)
{
    enum { N = 20, K = 7 };
    (void)context;
    for (uint32_t i = 0; i < num; i++) {
        nlc_stream stream = nlc_stream_for(5, 0, first + i);
        const gsl_rng rng = nlc_stream_rng(&stream);
        distances[i] = fabs((double)gsl_ran_binomial(&rng, points[2 * i], N) - K);
    }
    return NLC_OK;
}

/* Sisson, Fan and Tanaka 2007: theta uniform on (-10, 10), x from N(theta, 1) or N(theta, 1/100). */
static nlc_error simulate_mixture(void *context, const double *points, uint32_t num, uint64_t first, double *distances)
{
    (void)context;
    for (uint32_t i = 0; i < num; i++) {
        nlc_stream stream = nlc_stream_for(6, 0, first + i);
        const double sd = nlc_stream_unit(&stream) < 0.5 ? 1 : 0.1;
        distances[i] = fabs(20 * points[i] - 10 + sd * nlc_stream_normal(&stream));
    }
    return NLC_OK;
}

/* The primitive of the normal distribution function. */
static double integral_of_cdf(double z)
{
    return z * gsl_cdf_ugaussian_P(z) + gsl_ran_ugaussian_pdf(z);
}

/* The exact distribution function of theta given |x| <= tolerance, far from the walls. */
static double mixture_cdf(double theta, double tolerance)
{
    double sum = 0;
    const double sds[] = {1, 0.1};
    for (int k = 0; k < 2; k++)
        sum += 0.5 * sds[k] * (integral_of_cdf((theta + tolerance) / sds[k]) - integral_of_cdf((theta - tolerance) / sds[k]));
    return sum / (2 * tolerance);
}

static const nlc_abc *sorted_by;
static uint32_t sorted_parameter;

static int compare_points(const void *a, const void *b)
{
    const uint32_t n = sorted_by->num_parameters;
    const double x = sorted_by->points[*(const uint32_t *)a * n + sorted_parameter];
    const double y = sorted_by->points[*(const uint32_t *)b * n + sorted_parameter];
    return (x > y) - (x < y);
}

/* Largest distance between the weighted distribution of a parameter and the exact one. */
static double distance_to(const nlc_abc *self, uint32_t parameter, double (*cdf)(double point))
{
    uint32_t *order = malloc(self->num_particles * sizeof *order);
    double sum = 0, most = 0;
    for (uint32_t i = 0; i < self->num_particles; i++)
        order[i] = i;
    sorted_by = self;
    sorted_parameter = parameter;
    qsort(order, self->num_particles, sizeof *order, compare_points);
    for (uint32_t i = 0; i < self->num_particles; i++) {
        const double exact = cdf(self->points[order[i] * self->num_parameters + parameter]);
        most = fmax(most, fabs(exact - sum));
        sum += self->weights[order[i]];
        most = fmax(most, fabs(exact - sum));
    }
    free(order);
    return most;
}

static double beta_cdf(double point)
{
    return gsl_cdf_beta_P(point, 8, 14);
}

static double uniform_cdf(double point)
{
    return point;
}

static double final_mixture_cdf(double point)
{
    return mixture_cdf(20 * point - 10, 0.025);
}

static double limit_of(const nlc_abc *self)
{
    return 2.23 / sqrt(nlc_abc_effective(self));
}

START_TEST(test_rejection_is_exact_for_a_sufficient_count)
{
    const double exact[] = {0};
    const nlc_abc_options options = {.num_parameters = 2,
                                     .num_particles = 4000,
                                     .batch = 64,
                                     .seed = 237,
                                     .most_simulations = 1000000,
                                     .schedule = exact,
                                     .num_schedule = 1,
                                     .simulate = simulate_binomial};
    nlc_abc self;
    ck_assert_int_eq(nlc_abc_run(&self, &options), NLC_OK);
    ck_assert_uint_eq(self.num_generations, 1);
    ck_assert_double_eq_tol(nlc_abc_effective(&self), 4000, 1e-6);
    ck_assert_double_le(distance_to(&self, 0, beta_cdf), limit_of(&self));
    ck_assert_double_le(distance_to(&self, 1, uniform_cdf), limit_of(&self));
    /* Every count from 0 to 20 is as likely before the data: one in 21 is kept. */
    ck_assert_double_eq_tol(self.acceptance, 1.0 / 21, 4.5 / 21 / sqrt(4000));
    nlc_abc_free(&self);
    nlc_abc_free(&self);
}
END_TEST

START_TEST(test_sequential_with_tolerances_that_fall_by_themselves)
{
    const nlc_abc_options options = {.num_parameters = 2,
                                     .num_particles = 3000,
                                     .batch = 16,
                                     .seed = 1,
                                     .quantile = 0.5,
                                     .most_simulations = 1000000,
                                     .simulate = simulate_binomial};
    nlc_abc self;
    ck_assert_int_eq(nlc_abc_run(&self, &options), NLC_OK);
    ck_assert_uint_ge(self.num_generations, 3);
    ck_assert_double_eq(self.tolerance, 0);
    ck_assert_double_le(distance_to(&self, 0, beta_cdf), limit_of(&self));
    ck_assert_double_le(distance_to(&self, 1, uniform_cdf), limit_of(&self));
    nlc_abc_free(&self);
}
END_TEST

/* Without the weights the second distance is far beyond the limit: the error of Sisson et al. 2007. */
START_TEST(test_sequential_needs_its_weights)
{
    const double schedule[] = {2, 0.5, 0.025};
    const nlc_abc_options options = {.num_parameters = 1,
                                     .num_particles = 3000,
                                     .batch = 16,
                                     .seed = 7,
                                     .most_simulations = 10000000,
                                     .schedule = schedule,
                                     .num_schedule = 3,
                                     .simulate = simulate_mixture};
    nlc_abc self;
    ck_assert_int_eq(nlc_abc_run(&self, &options), NLC_OK);
    ck_assert_double_le(distance_to(&self, 0, final_mixture_cdf), limit_of(&self));
    for (uint32_t i = 0; i < self.num_particles; i++)
        self.weights[i] = 1.0 / self.num_particles;
    ck_assert_double_ge(distance_to(&self, 0, final_mixture_cdf), 2.23 / sqrt(3000));
    nlc_abc_free(&self);
}
END_TEST

START_TEST(test_batches_do_not_matter)
{
    nlc_abc_options options = {.num_parameters = 2,
                               .num_particles = 200,
                               .batch = 1,
                               .seed = 3,
                               .quantile = 0.5,
                               .most_simulations = 100000,
                               .simulate = simulate_binomial};
    nlc_abc one, many;
    ck_assert_int_eq(nlc_abc_run(&one, &options), NLC_OK);
    options.batch = 37;
    ck_assert_int_eq(nlc_abc_run(&many, &options), NLC_OK);
    ck_assert_uint_eq(one.num_simulations, many.num_simulations);
    ck_assert_mem_eq(one.points, many.points, 400 * sizeof(double));
    ck_assert_mem_eq(one.weights, many.weights, 200 * sizeof(double));
    nlc_abc_free(&one);
    nlc_abc_free(&many);
}
END_TEST

START_TEST(test_simulations_run_out)
{
    nlc_abc_options options = {.num_parameters = 2,
                               .num_particles = 500,
                               .batch = 10,
                               .seed = 3,
                               .quantile = 0.2,
                               .most_simulations = 1500,
                               .simulate = simulate_binomial};
    nlc_abc self;
    ck_assert_int_eq(nlc_abc_run(&self, &options), NLC_OK);
    ck_assert_double_gt(self.tolerance, 0);
    ck_assert_uint_le(self.num_simulations, 1500);
    nlc_abc_free(&self);
    options.most_simulations = 499;
    ck_assert_int_eq(nlc_abc_run(&self, &options), NLC_ERROR_INPUT);
    nlc_abc_free(&self);
}
END_TEST

START_TEST(test_resampling_follows_the_weights)
{
    double weights[] = {0.5, 0.05, 0.2, 0.25};
    const nlc_abc self = {.num_particles = 4, .num_parameters = 1, .weights = weights};
    uint32_t chosen[10], count[4] = {0};
    nlc_abc_resample(&self, 9, chosen, 10);
    for (int k = 0; k < 10; k++)
        count[chosen[k]]++;
    ck_assert_uint_eq(count[0], 5);
    ck_assert(count[1] <= 1 && count[2] == 2 && count[3] >= 2 && count[3] <= 3);
    ck_assert_double_eq_tol(nlc_abc_effective(&self), 1 / (0.25 + 0.0025 + 0.04 + 0.0625), 1e-12);
}
END_TEST

RUN_SUITE("study abc", test_rejection_is_exact_for_a_sufficient_count, test_sequential_with_tolerances_that_fall_by_themselves,
          test_sequential_needs_its_weights, test_batches_do_not_matter, test_simulations_run_out,
          test_resampling_follows_the_weights)
