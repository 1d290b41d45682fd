/* A folder may be run with one model and with another, so it holds names that only one of them knows.
 * Each model passes over the names of the others and says so; a name that no model knows is an error. */
#ifndef NLC_SCENARIO_OTHERS_H
#define NLC_SCENARIO_OTHERS_H

#include "problems.h"

typedef enum { NLC_NAME_LEVER, NLC_NAME_PARAMETER, NLC_NAME_COLUMN, NLC_NAME_MEASURE } nlc_name_kind;

/* A built-in model other than `model` that has such a name, or NULL. A column is an attribute, or the
 * base value of a lever. */
const nlc_model *nlc_others_find(const nlc_model *model, nlc_name_kind kind, const char *name);

/* The rows of a table that are another model's. */
typedef struct {
    nlc_where where; /* of the first such row */
    uint32_t num;
    const char *name; /* of the model whose name was met first */
} nlc_others;

/* Counts a row if its name is another model's; false if no model knows it. */
bool nlc_others_count(nlc_others *self, const nlc_model *model, nlc_name_kind kind, const char *name, nlc_where where);

/* Adds a note on what was counted, if anything was. `what`: "levers". */
void nlc_others_note(const nlc_others *self, const nlc_model *model, const char *what, nlc_problems *problems);

#endif
