#include "best.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

/* One of the sizes that GSL has exact tables for. */
enum { NUM_POINTS = 128 };

/* Points and weights of the law of S = sqrt(X), X chi-squared: its density has no pole at 0 whatever the
 * degrees of freedom. */
typedef struct {
    double square[NUM_POINTS]; /* S^2 */
    double weight[NUM_POINTS]; /* they sum to 1 but for the tails */
    double freedom;
} chi_law;

static double density(double s, double freedom)
{
    const double log_density = (1 - freedom / 2) * M_LN2 - gsl_sf_lngamma(freedom / 2) + (freedom - 1) * log(s) - s * s / 2;
    return exp(log_density);
}

static nlc_error chi_law_init(chi_law *self, double freedom)
{
    const double tail = 1e-12;
    const double low = sqrt(gsl_cdf_chisq_Pinv(tail, freedom)), high = sqrt(gsl_cdf_chisq_Qinv(tail, freedom));
    gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(NUM_POINTS);
    if (table == NULL)
        return NLC_ERROR_MEMORY;
    self->freedom = freedom;
    for (size_t k = 0; k < NUM_POINTS; k++) {
        double s, weight;
        gsl_integration_glfixed_point(low, high, k, &s, &weight, table);
        self->square[k] = s * s;
        self->weight[k] = weight * density(s, freedom);
    }
    gsl_integration_glfixed_table_free(table);
    return NLC_OK;
}

static double probability_of(const chi_law *law, double h, uint32_t num_systems)
{
    double sum = 0;
    for (uint32_t y = 0; y < NUM_POINTS; y++) {
        double inner = 0;
        for (uint32_t x = 0; x < NUM_POINTS; x++)
            inner += law->weight[x] * gsl_cdf_ugaussian_P(h / sqrt(law->freedom * (1 / law->square[x] + 1 / law->square[y])));
        sum += law->weight[y] * pow(inner, num_systems - 1);
    }
    return sum;
}

nlc_error nlc_rinott_constant(uint32_t num_systems, uint32_t first, double probability, double *h)
{
    chi_law law;
    double low = 0, high = 1;
    const nlc_error error = chi_law_init(&law, first - 1.0);
    if (error != NLC_OK)
        return error;
    while (probability_of(&law, high, num_systems) < probability && high < 1e12)
        high *= 2;
    while (high - low > 1e-9 * high) {
        const double middle = low + (high - low) / 2;
        if (probability_of(&law, middle, num_systems) < probability)
            low = middle;
        else
            high = middle;
    }
    *h = high;
    return NLC_OK;
}

uint32_t nlc_rinott_runs(double h, double sd, double indifference, uint32_t first)
{
    const double runs = ceil(h * sd / indifference * (h * sd / indifference));
    return runs > 1e9 ? UINT32_MAX : runs > first ? (uint32_t)runs : first;
}
