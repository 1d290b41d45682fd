/* What forecast leaves behind: scores of every method on every series, and their means. */
#ifndef NLC_OUTPUT_SKILL_H
#define NLC_OUTPUT_SKILL_H

#include "dictionary.h"
#include "forecast.h"
#include "problems.h"

/* Everything is borrowed. */
typedef struct {
    const char *command, *model; /* `model`: its name */
    uint64_t seed;
    uint32_t num_series, num_groups, num_datasets;
    uint32_t num_runs, num_model_places; /* of the model */
    const nlc_series *series;            /* [num_series] */
    const char *const *groups;           /* [num_groups] */
    const char *const *datasets;         /* [num_datasets]: names of the data (sources.h) */
    const nlc_forecast_score *scores;    /* [num_series][NLC_NUM_FORECASTS] */
} nlc_skills;

/* The columns of its tables: what header lines, datapackage.json and `describe columns` are made from. */
enum { NLC_NUM_SKILL_TABLES = 2 };
extern const nlc_result_table nlc_skill_tables[NLC_NUM_SKILL_TABLES];

/* Writes scores.csv, skill.csv and datapackage.json. Errors as for nlc_results_write. */
nlc_error nlc_skills_write(const nlc_skills *what, const char *folder, nlc_text *problems);

/* "better" or "loss" where a difference in scores is beyond two standard errors, or else "". */
const char *nlc_skill_verdict(const nlc_skill *skill);

/* The means as a table for the terminal: for each group of series and for all of them. */
nlc_error nlc_skills_summarise(const nlc_skills *what, nlc_text *text);

#endif
