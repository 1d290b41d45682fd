/* Where adoption data come from, and what may be done with them: the notes that stand beside what was computed
 * from data that are not the user's own. */
#ifndef NLC_OUTPUT_SOURCES_H
#define NLC_OUTPUT_SOURCES_H

#include "json.h"
#include "problems.h"

typedef struct {
    const char *name; /* of the data set, or of its file */
    const char *title, *licence, *note;
} nlc_source;

/* What is known of a data set. Of one that is not in the list, with `name` borrowed: that its licence is not known
 * here. */
nlc_source nlc_source_of(const char *name);

/* Writes the member "sources" for these names. */
void nlc_sources_write(const char *const *names, uint32_t num, nlc_json *json);

/* A line for each of them. NLC_ERROR_MEMORY. */
nlc_error nlc_sources_summarise(const char *const *names, uint32_t num, nlc_text *text);

#endif
