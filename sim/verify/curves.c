/* Closed forms of diffusion: Bass's curve, and Watts's window of global cascades. */
#include "kinds.h"

#include "diffusion.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define CLOSE     1e-9
#define NUM_NODES 10000
#define NUM_RUNS  200
#define GLOBAL    0.1
/* On a graph of this size a few runs become global close outside the window too. */
#define STRAY 0.05

static nlc_error complain(nlc_case *one, const char *what)
{
    nlc_case_say(one, "%s", what);
    return NLC_ERROR_INPUT;
}

/* ---- Bass ------------------------------------------------------------------------------------------------ */

static nlc_error check_curve(nlc_case *one, double p, double q, const double *t, const double *share, size_t num)
{
    char label[64];
    double *found = malloc((num + 1) * sizeof *found);
    const nlc_error error = found != NULL ? nlc_bass_integrate(p, q, t, num, found) : NLC_ERROR_MEMORY;
    for (size_t k = 0; error == NLC_OK && k < num; k++) {
        snprintf(label, sizeof label, "share at %g, closed form", t[k]);
        nlc_case_expect(one, label, nlc_bass_share(p, q, t[k]), share[k], CLOSE);
        snprintf(label, sizeof label, "share at %g, integrated", t[k]);
        nlc_case_expect(one, label, found[k], share[k], CLOSE);
    }
    free(found);
    return error;
}

/* Where q is below p the rate falls from the start, and the peak is there; a case may instead give the top of the curve
 * that Bass's formula puts before the start. */
static void check_peak(nlc_case *one, double p, double q)
{
    const json_t *time = json_object_get(one->root, "peak_time"), *rate = json_object_get(one->root, "peak_rate");
    const bool before = json_is_number(time) && json_number_value(time) < 0 && q > 0;
    const double peak = before ? log(q / p) / (p + q) : nlc_bass_peak(p, q), share = nlc_bass_share(p, q, peak);
    if (json_is_number(time))
        nlc_case_expect(one, "time of the peak", peak, json_number_value(time), CLOSE);
    if (json_is_number(rate))
        nlc_case_expect(one, "rate at the peak", (p + q * share) * (1 - share), json_number_value(rate), CLOSE);
}

nlc_error nlc_verify_bass_curve(nlc_case *one)
{
    const json_t *params;
    double p = 0, q = 0, *t = NULL, *share = NULL;
    size_t num = 0, num_shares = 0;
    nlc_error error = nlc_case_member(one, one->root, "params", JSON_OBJECT, &params);
    if (error == NLC_OK)
        error = nlc_case_number(one, params, "p", &p);
    if (error == NLC_OK)
        error = nlc_case_number(one, params, "q", &q);
    if (error == NLC_OK)
        error = nlc_case_numbers(one, one->root, "t", &t, &num);
    if (error == NLC_OK)
        error = nlc_case_numbers(one, one->root, "F", &share, &num_shares);
    if (error == NLC_OK && (num != num_shares || !(p > 0)))
        error = complain(one, "t and F have different lengths, or p is not above 0");
    if (error == NLC_OK)
        error = check_curve(one, p, q, t, share, num);
    if (error == NLC_OK)
        check_peak(one, p, q);
    if (error == NLC_OK && one->num_failed == 0)
        nlc_case_say(one, "%u numbers within %g, by the closed form and by integration", one->num_checks, CLOSE);
    free(t), free(share);
    return error;
}

/* ---- Watts's window --------------------------------------------------------------------------------------- */

/* The share of runs that became global. */
static nlc_error share_global(double z, double phi, double *found)
{
    nlc_error error = NLC_OK;
    *found = 0;
    for (uint32_t run = 0; run < NUM_RUNS && error == NLC_OK; run++) {
        double share = 0;
        error = nlc_cascade_share(NUM_NODES, z, phi, 1, run, &share);
        *found += share > GLOBAL ? 1.0 / NUM_RUNS : 0;
    }
    return error;
}

static nlc_error check_phase(nlc_case *one, double phi, double z, bool expected)
{
    char label[96];
    double found = 0;
    const nlc_error error = share_global(z, phi, &found);
    snprintf(label, sizeof label, "threshold %g, mean degree %g: share of runs that become global", phi, z);
    if (error == NLC_OK && expected)
        nlc_case_expect(one, label, found, 1, 1 - 1.5 * STRAY);
    if (error == NLC_OK && !expected)
        nlc_case_expect(one, label, found, 0, STRAY);
    return error;
}

static nlc_error check_window(nlc_case *one, double phi, const json_t *bounds)
{
    char label[64];
    double low = NAN, high = NAN;
    const double expected[] = {json_number_value(json_array_get(bounds, 0)), json_number_value(json_array_get(bounds, 1))};
    if ((json_array_size(bounds) != 2 && json_array_size(bounds) != 0) || !(phi > 0 && phi <= 1))
        return complain(one, "a threshold is not in (0, 1], or has no two boundaries");
    const bool is_open = nlc_cascade_window(phi, &low, &high);
    if (json_array_size(bounds) == 0) {
        snprintf(label, sizeof label, "threshold %g: no window", phi);
        nlc_case_require(one, label, !is_open);
        return check_phase(one, phi, 2, false);
    }
    snprintf(label, sizeof label, "threshold %g: lower boundary", phi);
    nlc_case_expect(one, label, low, expected[0], CLOSE);
    snprintf(label, sizeof label, "threshold %g: upper boundary", phi);
    nlc_case_expect(one, label, high, expected[1], CLOSE);
    nlc_error error = check_phase(one, phi, 0.9, false);
    if (error == NLC_OK)
        error = check_phase(one, phi, (expected[0] + expected[1]) / 2, true);
    /* Where the upper boundary is far out, 1 beyond it is still close to it, and on a graph of this size many runs get across
     * by nodes that two neighbours convince. */
    return error == NLC_OK ? check_phase(one, phi, expected[1] + fmax(1, 0.2 * expected[1] - 2), false) : error;
}

nlc_error nlc_verify_cascade_window(nlc_case *one)
{
    const json_t *windows;
    const char *phi;
    json_t *bounds;
    nlc_error error = nlc_case_member(one, one->root, "phi_to_z_boundaries", JSON_OBJECT, &windows);
    if (error != NLC_OK)
        return error;
    json_object_foreach((json_t *)windows, phi, bounds)
    {
        if (error == NLC_OK)
            error = check_window(one, strtod(phi, NULL), bounds);
    }
    if (error == NLC_OK && one->num_failed == 0)
        nlc_case_say(one, "boundaries within %g; phases by %d runs on %d nodes each: outside at most %g of them global", CLOSE,
                     NUM_RUNS, NUM_NODES, STRAY);
    return error;
}
