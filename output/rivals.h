/* What forecast leaves behind for places and channels: the scores of rival hazards, and their coefficients. No row is
 * about a single place. */
#ifndef NLC_OUTPUT_RIVALS_H
#define NLC_OUTPUT_RIVALS_H

#include "dictionary.h"
#include "histories.h"
#include "problems.h"

/* Everything is borrowed. */
typedef struct {
    const char *command, *source; /* `source`: the name of the data (sources.h) */
    uint64_t seed;
    uint32_t replicates;
    uint32_t num_places, num_left_out, num_without_peers, num_without_tiers;
    uint32_t first, until, last; /* periods of the table: the first adoption, the last that is fitted, the last that is scored */
    uint32_t num_train, num_scored, final;
    const nlc_rival_score *scores; /* [NLC_NUM_RIVALS] */
} nlc_rivals;

/* The columns of its tables: what header lines, datapackage.json and `describe columns` are made from. */
enum { NLC_NUM_RIVAL_TABLES = 2 };
extern const nlc_result_table nlc_rival_tables[NLC_NUM_RIVAL_TABLES];

/* Writes channels.csv, coefficients.csv and datapackage.json. Errors as for nlc_results_write. */
nlc_error nlc_rivals_write(const nlc_rivals *what, const char *folder, nlc_text *problems);

/* The tables for the terminal. */
nlc_error nlc_rivals_summarise(const nlc_rivals *what, nlc_text *text);

#endif
