/* Runs all cases of a folder: every *.json in it, in the order of the names. A file holds one case,
 * or an array of them. */
#ifndef NLC_VERIFY_VERIFY_H
#define NLC_VERIFY_VERIFY_H

#include "nlcsim.h"

typedef struct {
    const char *folder; /* borrowed */
    const char *keep;   /* borrowed, or NULL: an existing folder; a case gets keep/ID */
    uint32_t threads;
    /* Called after each case with what is to be printed, lines with their ends; false asks to stop. */
    bool (*said)(void *context, const char *text);
    void *context;
} nlc_verify_options;

typedef struct {
    uint32_t passed, failed, skipped;
} nlc_verify_counts;

/* NLC_OK whatever the cases gave. NLC_ERROR_INPUT where a file is not JSON or holds no cases, with a
 * line each in `problems`, "file:line:column: message"; the other files are gone through all the
 * same. NLC_ERROR_IO where the folder cannot be read, with errno set; NLC_ERROR_INTERRUPTED. */
nlc_error nlc_verify(const nlc_verify_options *options, nlc_verify_counts *counts, nlc_text *problems);

#endif
