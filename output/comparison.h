/* What `nlcsim compare` leaves behind: a results folder with differences.csv, scenarios.csv, runs.csv,
 * selection.csv where a best scenario was looked for, and the resolved scenarios; and one screen. */
#ifndef NLC_OUTPUT_COMPARISON_H
#define NLC_OUTPUT_COMPARISON_H

#include "csv.h"
#include "dictionary.h"
#include "selection.h"

typedef struct {
    const char *name;     /* of its folder; no two are the same */
    const char *resolved; /* the text of the resolved scenario */
    size_t resolved_length;
    const char *resolved_hash; /* hexadecimal */
} nlc_compared_scenario;

/* Everything is borrowed. The same contents give the same bytes. */
typedef struct {
    const nlc_paired *paired;
    const nlc_comparison *comparison;
    const nlc_compared_scenario *scenario; /* [paired->num_scenarios] */
    const nlc_stop *stop;                  /* its precision is what `needed` is about */
    bool is_sequential, is_enough;         /* it ran until that was met; it was */
    const nlc_selection *selection;        /* or NULL */
    const nlc_selection_options *choice;   /* with a selection */
    uint64_t seed;
    const char *command; /* that gives these results again */
    nlc_csv_style style;
} nlc_compare_results;

typedef enum {
    NLC_COMPARE_DIFFERENCES,
    NLC_COMPARE_SCENARIOS,
    NLC_COMPARE_RUNS,
    NLC_COMPARE_SELECTION,
    NLC_NUM_COMPARE_TABLES
} nlc_compare_table_id;

extern const nlc_result_table nlc_compare_tables[NLC_NUM_COMPARE_TABLES];

/* What the resolved text of a scenario, from 0, is called beside the tables. */
#define NLC_RESOLVED_NAME_LENGTH 40
void nlc_resolved_name(uint32_t scenario, char name[NLC_RESOLVED_NAME_LENGTH]);

/* As nlc_results_write (results.h). */
nlc_error nlc_compare_write(const nlc_compare_results *what, const char *folder, nlc_text *problems);

/* Appends one screen of at most 100 columns: what the other scenarios differ from the first one by in the
 * chief outcomes, whether that is real, what common random numbers brought, how many runs are needed,
 * and which scenario is the best. */
nlc_error nlc_compare_summarise(const nlc_compare_results *what, nlc_text *text);

#endif
