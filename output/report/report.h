/* A report: one static page on a results folder, that reads without any script and asks nothing of
 * any network. It is made from the folder alone, so that it can be made later and elsewhere. */
#ifndef NLC_OUTPUT_REPORT_H
#define NLC_OUTPUT_REPORT_H

#include "reader.h"
#include "words.h"

/* A picture of the page, as an SVG file of its own. */
typedef struct {
    char name[64]; /* part of a file name */
    nlc_text svg;  /* owned */
} nlc_figure;

/* Zeroed to begin with. */
typedef struct {
    nlc_text html;       /* owned */
    nlc_figure *figures; /* [num_figures], owned */
    uint32_t num_figures;
    nlc_reader reader; /* keeps the names of files that problems have */
} nlc_report;

/* Makes the report on the results folder at `path`. NLC_ERROR_INPUT where it holds no results, or
 * tables that cannot be read: `problems` has been told. The same folder gives the same bytes. Free it
 * in any case, after the problems have been written; `path` is borrowed until then. */
nlc_error nlc_report_make(nlc_report *self, const char *path, nlc_language language, nlc_problems *problems);
void nlc_report_free(nlc_report *self);

#endif
