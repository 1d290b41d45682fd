/* The problems of a scenario folder, collected so that a user sees all of them at once, and the
 * notes: what is not wrong but worth saying. */
#ifndef NLC_SCENARIO_PROBLEMS_H
#define NLC_SCENARIO_PROBLEMS_H

#include "nlcsim.h"

/* As many problems are written out; the others are counted. */
#define NLC_PROBLEMS_SHOWN 200

/* Where something stands: a file as the user would name it, or "--set ADDRESS=VALUE". */
typedef struct {
    const char *file; /* borrowed, must outlive the problems */
    uint32_t line;    /* from 1; 0 for the file as a whole */
    uint32_t order;   /* files are reported in this order */
} nlc_where;

/* Zeroed to begin with; free with nlc_problems_free (legal twice). */
typedef struct {
    struct nlc_problem *problem; /* [num], owned */
    size_t num, capacity;
    size_t num_problems, num_notes; /* all of them, written out or not */
    bool out_of_memory;             /* a problem could not be kept */
} nlc_problems;

/* Adds a problem, with a message as for printf. Control characters in it are shown as `?`, so that
 * a problem stays on its line. */
void nlc_problems_add(nlc_problems *self, nlc_where where, const char *format, ...);

/* Adds a note likewise. */
void nlc_problems_note(nlc_problems *self, nlc_where where, const char *format, ...);

/* NLC_OK, NLC_ERROR_INPUT where there is a problem, or NLC_ERROR_MEMORY. */
nlc_error nlc_problems_error(const nlc_problems *self);

/* Appends the problems, or the notes where there are no problems, to `text`: one a line, in the
 * order of files and lines, with a last line that counts them where not all are shown. NLC_ERROR_MEMORY
 * also where one of them could not be kept: those that were are written. */
nlc_error nlc_problems_write(nlc_problems *self, nlc_text *text);
void nlc_problems_free(nlc_problems *self);

/* A name out of `num` that `word` may have meant, or NULL: few enough slips (a letter too many, too
 * few, wrong, or two swapped), whatever the case. `name(context, i)` gives the i-th name. */
const char *nlc_nearest(const char *word, const char *(*name)(const void *context, uint32_t i), const void *context, uint32_t num);

/* "; did you mean 'meetings'?" in `buffer`, or "" where `near` is NULL. */
#define NLC_HINT_LENGTH 320
const char *nlc_hint(char *buffer, const char *near);

/* Appends to a text as printf would; NLC_ERROR_MEMORY. */
nlc_error nlc_text_add(nlc_text *self, const char *data, size_t length);
nlc_error nlc_text_print(nlc_text *self, const char *format, ...);

#endif
