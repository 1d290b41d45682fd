/* Which results of a study something was made from: the first digits of a hash of the scenarios, seeds
 * and runs of its points and of its factors. A study that is run again after a change has another; one
 * that was interrupted, sharded or written in another style has the same. */
#ifndef NLC_OUTPUT_STUDY_MARK_H
#define NLC_OUTPUT_STUDY_MARK_H

#include "store.h"

#include <jansson.h>

#define NLC_STUDY_MARK_LENGTH 16

/* The mark of what the store holds, for datapackage.json. NLC_ERROR_MEMORY or NLC_ERROR_IO. */
nlc_error nlc_study_mark_make(nlc_store *store, char mark[NLC_STUDY_MARK_LENGTH + 1]);

/* The mark that a study's datapackage.json has; "" where it has none. */
void nlc_study_mark(const json_t *package, char mark[NLC_STUDY_MARK_LENGTH + 1]);

/* Likewise of the results folder at this path; "" where it has no such description. NLC_ERROR_MEMORY. */
nlc_error nlc_study_mark_read(const char *folder, char mark[NLC_STUDY_MARK_LENGTH + 1]);

#endif
