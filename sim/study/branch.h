/* Scenarios that are the same up to a month, so that their past need be computed only once. */
#ifndef NLC_STUDY_BRANCH_H
#define NLC_STUDY_BRANCH_H

#include "nlcsim.h"

/* How many months at the start of both are the same: the same places, agencies, channels, parameters and
 * months, and in those months the same levers everywhere. Runs with one seed then stand in the same
 * state at the end of them, to the bit. 0 where they differ from the start on; num_months where they do
 * not differ at all. */
nlc_error nlc_shared_months(const nlc_resolved *a, const nlc_resolved *b, uint32_t *num_months);

#endif
