#include "function.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

/* ---- Polynomials ------------------------------------------------------------------------------- */

static const char *past_spaces(const char *text)
{
    return text + strspn(text, " ");
}

/* "x2^3" at `text`; NULL where there is none, or no such input. */
static const char *power_read(const char *text, uint32_t num_inputs, uint32_t *power)
{
    char *end;
    if (*text != 'x')
        return NULL;
    const unsigned long input = strtoul(text + 1, &end, 10);
    if (end == text + 1 || input < 1 || input > num_inputs)
        return NULL;
    power[input - 1] += *end == '^' ? (uint32_t)strtoul(end + 1, &end, 10) : 1;
    return end;
}

/* A sign, a number and powers, of which something must stand there. */
static const char *term_read(const char *text, uint32_t num_inputs, nlc_function_term *term)
{
    const char *at = text;
    const double sign = *at == '-' ? -1 : 1;
    char *end;
    *term = (nlc_function_term){.factor = sign};
    at = past_spaces(at + (*at == '-' || *at == '+'));
    const char *first = at;
    if (strchr("0123456789.", *at) && *at) {
        term->factor = sign * strtod(at, &end);
        at = end;
    }
    for (const char *next = at; next; next = power_read(at, num_inputs, term->power))
        at = next + (*next == '*');
    return at > first ? at : NULL;
}

static bool polynomial_read(nlc_case_function *self, const char *text)
{
    const char *spaced = text ? strstr(text, "y = ") : NULL, *at = text && !spaced ? strstr(text, "y=") : spaced;
    self->kind = NLC_FUNCTION_POLYNOMIAL;
    for (at = at ? past_spaces(at + (spaced ? 4 : 2)) : NULL; at && self->num_terms < NLC_FUNCTION_TERMS; self->num_terms++) {
        at = term_read(at, self->num_inputs, &self->terms[self->num_terms]);
        /* Spaces may stand around a sign; others end the function. */
        const char *next = at ? past_spaces(at) : NULL;
        at = next && (*next == '+' || *next == '-') ? next : at;
        if (at && *at != '+' && *at != '-') {
            self->num_terms++;
            return *at == '\0' || strchr(" :;,(", *at);
        }
    }
    return false;
}

static double polynomial(const nlc_case_function *self, const double *u)
{
    double sum = 0;
    for (uint32_t t = 0; t < self->num_terms; t++) {
        double product = self->terms[t].factor;
        for (uint32_t k = 0; k < self->num_inputs; k++)
            for (uint32_t p = 0; p < self->terms[t].power[k]; p++)
                product *= u[k];
        sum += product;
    }
    return sum;
}

/* ---- The others -------------------------------------------------------------------------------- */

static double ishigami(const nlc_case_function *self, const double *u)
{
    double x[3];
    for (int k = 0; k < 3; k++)
        x[k] = pi * (2 * u[k] - 1);
    return sin(x[0]) + self->a[0] * sin(x[1]) * sin(x[1]) + self->b * x[2] * x[2] * x[2] * x[2] * sin(x[0]);
}

static double g_function(const nlc_case_function *self, const double *u)
{
    double product = 1;
    for (uint32_t k = 0; k < self->num_inputs; k++)
        product *= (fabs(4 * u[k] - 2) + self->a[k]) / (1 + self->a[k]);
    return product;
}

static bool params_read(nlc_case_function *self, const json_t *params)
{
    const json_t *a = json_object_get(params, "a"), *b = json_object_get(params, "b");
    if (json_is_number(a) && json_is_number(b) && self->num_inputs == 3) {
        self->kind = NLC_FUNCTION_ISHIGAMI;
        self->a[0] = json_number_value(a);
        self->b = json_number_value(b);
        return true;
    }
    self->kind = NLC_FUNCTION_G;
    for (uint32_t k = 0; k < self->num_inputs; k++)
        self->a[k] = json_number_value(json_array_get(a, k));
    return json_array_size(a) == self->num_inputs;
}

nlc_error nlc_case_function_init(nlc_case_function *self, nlc_case *of, uint32_t num_inputs)
{
    const json_t *params = json_object_get(of->root, "params"), *function = json_object_get(of->root, "function");
    *self = (nlc_case_function){.num_inputs = num_inputs};
    bool good = num_inputs >= 1 && num_inputs <= NLC_FUNCTION_INPUTS;
    if (good && json_object_get(params, "a"))
        good = params_read(self, params);
    else if (good)
        good = polynomial_read(self, json_string_value(function ? function : json_object_get(of->root, "title")));
    if (good)
        return NLC_OK;
    nlc_case_say(of, "the case names no function of %u inputs that is known here", num_inputs);
    return NLC_ERROR_INPUT;
}

double nlc_case_function_value(const nlc_case_function *self, const double *u)
{
    switch (self->kind) {
    case NLC_FUNCTION_ISHIGAMI:
        return ishigami(self, u);
    case NLC_FUNCTION_G:
        return g_function(self, u);
    case NLC_FUNCTION_POLYNOMIAL:
        break;
    }
    return polynomial(self, u);
}
