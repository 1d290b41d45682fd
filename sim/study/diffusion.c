#include "diffusion.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>
#include <gsl/gsl_roots.h>
#include <math.h>
#include <stdlib.h>

/* ---- Bass ------------------------------------------------------------------------------------------------ */

double nlc_bass_share(double p, double q, double t)
{
    const double left = exp(-(p + q) * t);
    return (1 - left) / (1 + q / p * left);
}

double nlc_bass_peak(double p, double q)
{
    return q > p ? log(q / p) / (p + q) : 0;
}

static int bass_rate(double t, const double share[], double rate[], void *parameters)
{
    const double *pq = parameters;
    (void)t;
    rate[0] = (pq[0] + pq[1] * share[0]) * (1 - share[0]);
    return GSL_SUCCESS;
}

nlc_error nlc_bass_integrate(double p, double q, const double *times, size_t num, double *shares)
{
    double pq[] = {p, q}, t = 0, share = 0;
    gsl_odeiv2_system system = {bass_rate, NULL, 1, pq};
    gsl_odeiv2_driver *driver = gsl_odeiv2_driver_alloc_y_new(&system, gsl_odeiv2_step_rk8pd, 1e-3, 1e-12, 1e-12);
    if (driver == NULL)
        return NLC_ERROR_MEMORY;
    for (size_t k = 0; k < num; k++) {
        if (times[k] > t && gsl_odeiv2_driver_apply(driver, &t, times[k], &share) != GSL_SUCCESS)
            share = NAN;
        shares[k] = share;
    }
    gsl_odeiv2_driver_free(driver);
    return NLC_OK;
}

/* ---- Watts's window --------------------------------------------------------------------------------------- */

/* The sum of k (k - 1) p_k over the vulnerable degrees is z^2 P(N <= K - 2) with N of Poisson's law. */
static double excess(double z, void *largest)
{
    return z * gsl_cdf_poisson_P(*(const unsigned *)largest - 2, z) - 1;
}

static double root_between(unsigned largest, double low, double high)
{
    gsl_function function = {excess, &largest};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    double root = NAN;
    if (solver != NULL && gsl_root_fsolver_set(solver, &function, low, high) == GSL_SUCCESS) {
        for (int k = 0; k < 200 && gsl_root_fsolver_iterate(solver) == GSL_SUCCESS; k++) {
            root = gsl_root_fsolver_root(solver);
            if (gsl_root_test_interval(gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver), 1e-14, 0) == GSL_SUCCESS)
                break;
        }
    }
    gsl_root_fsolver_free(solver);
    return root;
}

bool nlc_cascade_window(double phi, double *low, double *high)
{
    unsigned largest = (unsigned)floor(1 / phi + 1e-9);
    double best = 0, most = -1;
    for (double z = 0.01; largest >= 2 && z < 2.0 * largest + 10; z += 0.01) {
        const double value = excess(z, &largest);
        best = value > most ? z : best;
        most = value > most ? value : most;
    }
    if (most <= 0)
        return false;
    *low = root_between(largest, 1e-6, best);
    *high = root_between(largest, best, 4.0 * largest + 40);
    return true;
}

/* ---- Cascades on random graphs ------------------------------------------------------------------------------ */

typedef struct {
    uint32_t num_nodes;
    uint64_t state; /* of the random numbers: a counter, mixed */
    uint32_t *end;  /* [2 * num_edges], owned */
    size_t num_ends, capacity;
    uint32_t *first, *neighbour;  /* [num_nodes + 1] and [2 * num_edges], owned */
    uint32_t *num_active, *queue; /* [num_nodes], owned */
} random_graph;

static double uniform(random_graph *self)
{
    self->state += UINT64_C(0x9E3779B97F4A7C15);
    return ((double)(nlc_mix(self->state) >> 11) + 0.5) / 9007199254740992.0;
}

static bool add_edge(random_graph *self, uint32_t a, uint32_t b)
{
    if (self->num_ends + 2 > self->capacity) {
        const size_t capacity = 2 * self->capacity + 1024;
        uint32_t *grown = realloc(self->end, capacity * sizeof *grown);
        if (grown == NULL)
            return false;
        self->end = grown;
        self->capacity = capacity;
    }
    self->end[self->num_ends++] = a;
    self->end[self->num_ends++] = b;
    return true;
}

/* Pairs in a row, from each that is joined to the next (Batagelj & Brandes 2005, Phys. Rev. E 71:036113). */
static bool draw_edges(random_graph *self, double chance)
{
    const double left = log(1 - chance);
    double a = 1, b = -1;
    while (chance > 0 && a < self->num_nodes) {
        b += 1 + floor(log(uniform(self)) / left);
        while (b >= a && a < self->num_nodes) {
            b -= a;
            a++;
        }
        if (a < self->num_nodes && !add_edge(self, (uint32_t)a, (uint32_t)b))
            return false;
    }
    return true;
}

static bool list_neighbours(random_graph *self)
{
    self->first = calloc(self->num_nodes + (size_t)2, sizeof *self->first);
    self->neighbour = malloc((self->num_ends + 1) * sizeof *self->neighbour);
    self->num_active = calloc(self->num_nodes, sizeof *self->num_active);
    self->queue = malloc(self->num_nodes * sizeof *self->queue);
    if (self->first == NULL || self->neighbour == NULL || self->num_active == NULL || self->queue == NULL)
        return false;
    for (size_t k = 0; k < self->num_ends; k++)
        self->first[self->end[k] + 2]++;
    for (uint32_t i = 0; i < self->num_nodes; i++)
        self->first[i + 2] += self->first[i + 1];
    for (size_t k = 0; k < self->num_ends; k++)
        self->neighbour[self->first[self->end[k] + 1]++] = self->end[k ^ 1];
    return true;
}

/* UINT32_MAX active neighbours mark a node that is active itself. */
static uint32_t spread(random_graph *self, uint32_t seed, double phi)
{
    uint32_t num = 1;
    self->queue[0] = seed;
    self->num_active[seed] = UINT32_MAX;
    for (uint32_t at = 0; at < num; at++) {
        for (uint32_t j = self->first[self->queue[at]]; j < self->first[self->queue[at] + 1]; j++) {
            const uint32_t i = self->neighbour[j];
            if (self->num_active[i] == UINT32_MAX)
                continue;
            self->num_active[i]++;
            if ((double)self->num_active[i] / (self->first[i + 1] - self->first[i]) < phi)
                continue;
            self->num_active[i] = UINT32_MAX;
            self->queue[num++] = i;
        }
    }
    return num;
}

nlc_error nlc_cascade_share(uint32_t num_nodes, double z, double phi, uint64_t seed, uint32_t run, double *share)
{
    random_graph self = {.num_nodes = num_nodes, .state = nlc_mix(seed ^ nlc_mix(run + UINT64_C(1)))};
    const bool is_made = draw_edges(&self, z / (num_nodes - 1)) && list_neighbours(&self);
    if (is_made)
        *share = (double)spread(&self, (uint32_t)(uniform(&self) * num_nodes), phi) / num_nodes;
    free(self.end), free(self.first), free(self.neighbour), free(self.num_active), free(self.queue);
    return is_made ? NLC_OK : NLC_ERROR_MEMORY;
}
