/* A results folder that is a few tables and the data package that describes them: what calibrate and
 * forecast leave behind. */
#ifndef NLC_OUTPUT_PACKAGE_H
#define NLC_OUTPUT_PACKAGE_H

#include "csv.h"
#include "dictionary.h"
#include "json.h"

typedef struct {
    const nlc_result_table *about; /* borrowed: file, meaning and columns */
    /* Writes the rows below the header. */
    nlc_error (*write)(const void *results, nlc_csv *csv);
    /* The columns of these results, where `about` has none: sets `column` (malloc, NULL where memory is out) and
     * `num`. NULL else. */
    void (*columns)(const void *results, nlc_result_columns *columns);
} nlc_package_table;

typedef struct {
    const char *name, *title;        /* borrowed; title may be NULL */
    const nlc_package_table *tables; /* [num_known], borrowed */
    uint32_t num_known;              /* all that results of this kind may have */
    uint32_t num_tables;             /* the first of them, which these results have */
    /* Writes the members of the package that say where the results come from. */
    void (*describe)(const void *results, nlc_json *json);
    const void *results; /* for these functions */
} nlc_package;

/* Writes the tables and datapackage.json; tables that these results do not have are removed. Errors as for
 * nlc_results_write. */
nlc_error nlc_package_write(const nlc_package *self, const char *folder, nlc_text *problems);

#endif
