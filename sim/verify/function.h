/* The test functions that cases name: Ishigami's, Sobol's g-function, polynomials. */
#ifndef NLC_VERIFY_FUNCTION_H
#define NLC_VERIFY_FUNCTION_H

#include "case.h"

enum { NLC_FUNCTION_INPUTS = 20, NLC_FUNCTION_TERMS = 64 };

/* A factor times powers of the inputs. */
typedef struct {
    double factor;
    uint32_t power[NLC_FUNCTION_INPUTS];
} nlc_function_term;

typedef struct {
    enum { NLC_FUNCTION_ISHIGAMI, NLC_FUNCTION_G, NLC_FUNCTION_POLYNOMIAL } kind;
    uint32_t num_inputs, num_terms;
    double a[NLC_FUNCTION_INPUTS]; /* of Ishigami the first, of the g-function one an input */
    double b;
    nlc_function_term terms[NLC_FUNCTION_TERMS];
} nlc_case_function;

/* The function of a case with so many inputs: `params` with numbers a and b is Ishigami's, with a list a
 * the g-function; else the polynomial that stands behind "y=" in `function` or in the title, as in
 * y=3x1-2x2+4x2x3^2. NLC_ERROR_INPUT where it is none of these, which is said. */
nlc_error nlc_case_function_init(nlc_case_function *self, nlc_case *of, uint32_t num_inputs);

/* At a point u[num_inputs] of the unit cube; Ishigami's inputs reach from -pi to pi. */
double nlc_case_function_value(const nlc_case_function *self, const double *u);

#endif
