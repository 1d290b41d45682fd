/* What an ensemble gives results for. Private to ensemble*.c. */
#ifndef NLC_STUDY_ENSEMBLE_PARTS_H
#define NLC_STUDY_ENSEMBLE_PARTS_H

#include "ensemble.h"

/* Each fills its array of the ensemble, which has its scenario already; parts need the splits. With `places` the roadmap
 * has rows for leaf places too. NLC_ERROR_MEMORY. */
nlc_error nlc_ensemble_list_splits(nlc_ensemble *self);
nlc_error nlc_ensemble_list_parts(nlc_ensemble *self);
nlc_error nlc_ensemble_list_rows(nlc_ensemble *self, bool places);

#endif
