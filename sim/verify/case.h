/* A case with a known answer, and what an adapter needs to check the program against it.
 *
 * A case is a JSON object with an id; its schema is that of its kind. An adapter reads everything
 * from there, computes the answers with the functions that the commands use, and compares. */
#ifndef NLC_VERIFY_CASE_H
#define NLC_VERIFY_CASE_H

#include "nlcsim.h"

#include <jansson.h>

typedef struct nlc_case {
    const char *id;     /* borrowed, as the file gives it */
    const json_t *root; /* borrowed: the whole case */
    const char *folder; /* borrowed: where the case's file stands, for CSV files beside it */
    const char *keep;   /* borrowed, or NULL: a path, free in an existing folder, to which an adapter that
                         * makes scenarios writes them as an ordinary folder */
    uint32_t threads;   /* at least 1 */
    uint32_t num_checks, num_failed;
    nlc_text said; /* owned by the harness: short lines on what was compared; failures are added as they
                    * are met, the first NLC_CASE_SHOWN of them */
} nlc_case;

#define NLC_CASE_SHOWN 20

/* Counts a check, which holds where |found - expected| <= tolerance; NaN fails. Says what failed. */
bool nlc_case_expect(nlc_case *self, const char *what, double found, double expected, double tolerance);

/* Counts a check that holds or not. Says what failed. */
bool nlc_case_require(nlc_case *self, const char *what, bool holds);

/* A line of `said`, as with printf; it should say how many were compared, and within what. Where
 * memory is out the line is lost. */
void nlc_case_say(nlc_case *self, const char *format, ...);

/* Members of a JSON object. NLC_ERROR_INPUT, with a line in `said`, where the member is missing or of
 * another type; NLC_ERROR_MEMORY. */
nlc_error nlc_case_number(nlc_case *self, const json_t *in, const char *key, double *value);
/* Values are owned by the caller, and NULL after an error; an empty array gives *num = 0. */
nlc_error nlc_case_numbers(nlc_case *self, const json_t *in, const char *key, double **values, size_t *num);
/* The member itself, of the type asked for; borrowed. */
nlc_error nlc_case_member(nlc_case *self, const json_t *in, const char *key, json_type type, const json_t **value);

/* NLC_ERROR_INPUT where the case is not as its kind wants, which is said; a case without any check
 * fails too. Other errors are of the machine. */
typedef nlc_error (*nlc_case_run)(nlc_case *self);

#endif
