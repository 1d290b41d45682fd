#include "correlation.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>

/* Ranks less their mean, over their root sum of squares: the product of two such columns is their
 * correlation. All zero where the column does not vary. */
static void rank_column(const double *values, size_t stride, uint32_t num, nlc_placed *room, double *ranks)
{
    double squares = 0;
    for (uint32_t i = 0; i < num; i++)
        room[i] = (nlc_placed){values[i * stride], i};
    nlc_placed_sort(room, num);
    for (uint32_t first = 0, end = 0; first < num; first = end) {
        while (end < num && room[end].value == room[first].value)
            end++;
        const double rank = 0.5 * ((double)first + (double)end - (double)num);
        for (uint32_t i = first; i < end; i++)
            ranks[room[i].index] = rank;
        squares += (end - first) * rank * rank;
    }
    for (uint32_t i = 0; i < num && squares > 0; i++)
        ranks[i] /= sqrt(squares);
}

static double product(const double *a, const double *b, uint32_t num)
{
    double sum = 0;
    for (uint32_t i = 0; i < num; i++)
        sum += a[i] * b[i];
    return sum;
}

static nlc_estimate estimate(double r, double variance)
{
    const double error = sqrt(variance), z = atanh(r), half = 1.959963984540054 * error;
    if (!(fabs(r) < 1))
        return (nlc_estimate){r, 0, r, r};
    return (nlc_estimate){r, error * (1 - r * r), tanh(z - half), tanh(z + half)};
}

static double p_value(double r, double freedom)
{
    if (!(freedom > 0) || isnan(r))
        return NAN;
    return fabs(r) < 1 ? 2 * gsl_cdf_tdist_Q(fabs(r) * sqrt(freedom / (1 - r * r)), freedom) : 0;
}

/* The inverse of the correlations of all columns gives the partial ones: -P_iy / sqrt(P_ii P_yy).
 * False where there is none. */
static bool invert(gsl_matrix *matrix)
{
    if (gsl_linalg_cholesky_decomp1(matrix) != GSL_SUCCESS)
        return false;
    for (size_t i = 0; i < matrix->size1; i++)
        if (!(gsl_matrix_get(matrix, i, i) > 1e-6))
            return false;
    return gsl_linalg_cholesky_invert(matrix) == GSL_SUCCESS;
}

/* Inputs that do not vary have no place in the matrix. */
static void partials(const double *ranks, uint32_t num_rows, uint32_t num_factors, gsl_matrix *room, nlc_correlation *correlations)
{
    uint32_t num = 0;
    for (uint32_t f = 0; f < num_factors; f++)
        num += !isnan(correlations[f].rank.value);
    gsl_matrix_view view = gsl_matrix_submatrix(room, 0, 0, num + 1, num + 1);
    for (uint32_t f = 0, row = 0; f <= num_factors; f++) {
        if (f < num_factors && isnan(correlations[f].rank.value))
            continue;
        for (uint32_t g = 0, column = 0; g <= num_factors; g++)
            if (g == num_factors || !isnan(correlations[g].rank.value))
                gsl_matrix_set(&view.matrix, row, column++,
                               f == g ? 1 : product(ranks + (size_t)f * num_rows, ranks + (size_t)g * num_rows, num_rows));
        row++;
    }
    const double freedom = (double)num_rows - num - 1;
    if (freedom < 2 || !invert(&view.matrix))
        return;
    for (uint32_t f = 0, row = 0; f < num_factors; f++) {
        if (isnan(correlations[f].rank.value))
            continue;
        const double own = gsl_matrix_get(&view.matrix, row, row), last = gsl_matrix_get(&view.matrix, num, num);
        const double r = -gsl_matrix_get(&view.matrix, row++, num) / sqrt(own * last);
        correlations[f].partial = estimate(r, 1 / (freedom - 1));
        correlations[f].partial_p = p_value(r, freedom);
    }
}

static nlc_error correlate(const nlc_sample *sample, double *ranks, nlc_placed *room, nlc_correlation *correlations)
{
    const uint32_t num = sample->num_rows, num_factors = sample->num_factors;
    const nlc_estimate nothing = {NAN, NAN, NAN, NAN};
    double *last = ranks + (size_t)num_factors * num;
    rank_column(sample->y, 1, num, room, last);
    if (num < 4 || product(last, last, num) == 0)
        return NLC_ERROR_INPUT;
    for (uint32_t f = 0; f < num_factors; f++) {
        double *own = ranks + (size_t)f * num;
        rank_column(sample->x + f, num_factors, num, room, own);
        const double r = product(own, last, num);
        correlations[f] = (nlc_correlation){nothing, nothing, NAN, NAN};
        if (product(own, own, num) == 0)
            continue;
        correlations[f].rank = estimate(r, (1 + r * r / 2) / ((double)num - 3));
        correlations[f].rank_p = p_value(r, (double)num - 2);
    }
    gsl_matrix *matrix = gsl_matrix_alloc(num_factors + 1, num_factors + 1);
    if (!matrix)
        return NLC_ERROR_MEMORY;
    partials(ranks, num, num_factors, matrix, correlations);
    gsl_matrix_free(matrix);
    return NLC_OK;
}

nlc_error nlc_correlation_of(const nlc_sample *sample, nlc_correlation *correlations)
{
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    double *ranks = malloc((sample->num_factors + (size_t)1) * (sample->num_rows + (size_t)1) * sizeof *ranks);
    nlc_placed *room = malloc((sample->num_rows + (size_t)1) * sizeof *room);
    const nlc_error error = ranks && room ? correlate(sample, ranks, room, correlations) : NLC_ERROR_MEMORY;
    free(ranks);
    free(room);
    gsl_set_error_handler(handler);
    return error;
}
