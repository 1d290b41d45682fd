/* What theory says of diffusion, in doubles, for checks of the models. */
#ifndef NLC_STUDY_DIFFUSION_H
#define NLC_STUDY_DIFFUSION_H

#include "nlcsim.h"

/* Bass's curve: the share that has adopted at time t >= 0 with innovation p > 0 and imitation q >= 0, in
 * closed form (Bass 1969, Management Science 15:215). */
double nlc_bass_share(double p, double q, double t);

/* The same by integrating dF/dt = (p + q F)(1 - F) from F(0) = 0 over times[num], which do not fall, to
 * 1e-12. NLC_ERROR_MEMORY. */
nlc_error nlc_bass_integrate(double p, double q, const double *times, size_t num, double *shares);

/* The time at which the rate of adoption is highest, where q > p; 0 otherwise. */
double nlc_bass_peak(double p, double q);

/* Mean degrees between which single seeds can set off global cascades on a Poisson random graph with the
 * threshold phi in (0, 1]: where the vulnerable, of degree at most 1 / phi, hang together (Watts 2002,
 * PNAS 99:5766, eq. 5). False where there is no such window. */
bool nlc_cascade_window(double phi, double *low, double *high);

/* The share that is active in the end when one node of a Poisson random graph of mean degree z sets off and
 * every other follows once phi of its neighbours are active. `seed` and `run` make the graph.
 * NLC_ERROR_MEMORY. */
nlc_error nlc_cascade_share(uint32_t num_nodes, double z, double phi, uint64_t seed, uint32_t run, double *share);

#endif
