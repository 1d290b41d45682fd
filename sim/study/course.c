#include "course.h"

#include <gsl/gsl_randist.h>
#include <math.h>

/* Of a place: keeps a run that stands still, or is over, from being certain of it. */
#define A_PLACE 0.05

static double growth_at(const nlc_course *self, double period)
{
    return nlc_growth_at(&self->growth, self->start + self->scale * period);
}

static double run_at(const nlc_course *self, double period)
{
    return nlc_curves_at(self->curves, self->run, self->start + self->scale * period);
}

nlc_course nlc_course_of_growth(const nlc_growth_curve *growth, double scale)
{
    return (nlc_course){.at = growth_at, .growth = *growth, .scale = scale};
}

nlc_course nlc_course_of_run(const nlc_curves *curves, uint32_t run, double start, double scale)
{
    return (nlc_course){.at = run_at, .curves = curves, .run = run, .start = start, .scale = scale};
}

/* The probability that a place which had not adopted when a share of `before` had does so until `after` have. */
static double chance_between(const nlc_course *self, double before, double after)
{
    if (self->curves != NULL) {
        const double places = self->curves->num_places;
        return ((after - before) * places + A_PLACE) / ((1 - before) * places + 2 * A_PLACE);
    }
    return before >= 1 ? 0 : (after - before) / (1 - before);
}

double nlc_course_likelihood(const nlc_course *self, const nlc_series *series)
{
    double sum = 0, before = self->at(self, 1);
    for (uint32_t t = 2; t <= series->num_train; t++) {
        const uint32_t had = series->count[t - 2], new = series->count[t - 1] - had, rest = series->num_places - had - new;
        const double after = self->at(self, t), chance = fmin(fmax(chance_between(self, before, after), 1e-12), 1 - 1e-12);
        sum += new *log(chance) + rest *log1p(-chance);
        before = after;
    }
    return sum;
}

void nlc_course_foretell(const nlc_course *self, const nlc_series *series, double weight, double *cells)
{
    const uint32_t now = series->count[series->num_train - 1];
    const double before = self->at(self, series->num_train);
    for (uint32_t test = 0; test < series->num_test; test++)
        nlc_binomial_add(cells + (size_t)test * (series->num_places + 1), now, series->num_places - now,
                         chance_between(self, before, self->at(self, series->num_train + test + 1)), weight);
}

/* Terms are computed from the most likely one, so
 * that nothing underflows on the way. */
void nlc_binomial_add(double *cells, uint32_t offset, uint32_t n, double p, double weight)
{
    p = p < 0 ? 0 : p > 1 ? 1 : p;
    const uint32_t mode = (uint32_t)fmin(n, floor((n + 1.0) * p));
    if (p == 0 || p == 1) {
        cells[offset + mode] += weight;
        return;
    }
    const double top = weight * gsl_ran_binomial_pdf(mode, p, n), odds = p / (1 - p);
    double term = top;
    for (uint32_t k = mode; term > 0 && k <= n; k++) {
        cells[offset + k] += term;
        term *= (n - (double)k) / (k + 1.0) * odds;
    }
    term = top;
    for (uint32_t k = mode; term > 0 && k > 0; k--) {
        term *= k / (n - k + 1.0) / odds;
        cells[offset + k - 1] += term;
    }
}
