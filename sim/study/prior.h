/* Priors: what is thought of an unknown before it meets data. */
#ifndef NLC_STUDY_PRIOR_H
#define NLC_STUDY_PRIOR_H

#include "nlcsim.h"

/* Draw `number` of all parameters of a model from the prior: uniform between the bounds of the table,
 * both included, independent of each other, and of how many draws there are. What `is_held`
 * [num_parameters] says is kept as it stands in parameters[num_parameters]. */
void nlc_prior_draw(const nlc_model *model, uint64_t seed, uint64_t number, const bool *is_held, float *parameters);

#endif
