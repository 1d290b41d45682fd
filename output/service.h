/* Service, where tables and pages show it: the share delivered of what was asked for. One definition for all of them. */
#ifndef NLC_OUTPUT_SERVICE_H
#define NLC_OUTPUT_SERVICE_H

#include <math.h>

/* The share delivered of what was asked for, at most 1; NaN where nothing was asked for, or either is not known. A pool that
 * serves everything has service 1 (MODEL.md, section 6: min(1, slots/asked)), but its events happen by
 * chance, each with the probability that was asked for, so that a few more or fewer of them are held
 * than were asked for on average. What exceeds the asking is that chance, and no service. */
static inline double nlc_service(double delivered, double asked)
{
    return !(asked > 0) ? NAN : delivered > asked ? 1 : delivered / asked;
}

#endif
