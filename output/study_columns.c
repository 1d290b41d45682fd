/* The columns of a study's tables. */
#include "study_tables.h"

#define TEXT   NLC_RESULT_TYPE_TEXT
#define WHOLE  NLC_RESULT_TYPE_WHOLE
#define NUMBER NLC_RESULT_TYPE_NUMBER
#define KEY    NLC_RESULT_ROLE_KEY
#define FULL   NLC_RESULT_ROLE_FULL
#define MAYBE  NLC_RESULT_ROLE_OPTIONAL

static const nlc_result_column runs_columns[] = {
    {"run", WHOLE, KEY, "", "number of the run, from 1; `nlcsim replay` takes it"},
    {"point", WHOLE, FULL, "", "design point, as in points.csv"},
    {"replicate", WHOLE, FULL, "", "number of the replicate, from 0; the same one has the same chance in every point"},
    {"seed", TEXT, FULL, "", "seed of the study"},
};

static const nlc_result_column summary_columns[] = {
    {"point", WHOLE, KEY, "", "design point, as in points.csv"},
    {"outcome", TEXT, KEY, "", "column of runs.csv"},
    {"median", NUMBER, MAYBE, "of the outcome", "median over the runs that have a value; quantiles are of type 7"},
    {"p05", NUMBER, MAYBE, "of the outcome", "5 % quantile: chance alone"},
    {"p95", NUMBER, MAYBE, "of the outcome", "95 % quantile: chance alone"},
    {"mean", NUMBER, MAYBE, "of the outcome", "mean over the runs that have a value"},
    {"mcse", NUMBER, MAYBE, "of the outcome", "Monte Carlo standard error of the mean"},
    {"n", WHOLE, FULL, "runs", "runs that have a value; the others did not reach it, or it has no meaning in them"},
};

static const nlc_result_column points_columns[] = {
    {"point", WHOLE, KEY, "", "number of the design point, from 1"},
};

const nlc_result_column nlc_stop_columns[NLC_NUM_STOP_COLUMNS] = {
    {"runs", WHOLE, MAYBE, "runs", "runs of the point: the first of its replicates, as many as it took"},
    {"precision", TEXT, MAYBE, "",
     "enough: the mean is known as well as study.csv asks for; not reached: it is not after the most runs allowed"},
};

static const nlc_result_column factors_columns[] = {
    {"name", TEXT, KEY, "", "the factor: an address as for --set, or a word where it is a scenario or a model"},
    {"role", TEXT, FULL, "", "lever: somebody can choose it; uncertainty: nobody knows it"},
    {"kind", TEXT, FULL, "", "real, integer, category, switch, scenario or model"},
    {"low", NUMBER, MAYBE, "of the factor", "smallest value; empty where it has levels"},
    {"high", NUMBER, MAYBE, "of the factor", "largest value; empty where it has levels"},
    {"levels", TEXT, MAYBE, "", "its values with | between them; empty where it has a range"},
    {"steps", WHOLE, MAYBE, "", "steps of a grid over the range; empty where it has levels"},
    {"distribution", TEXT, MAYBE, "", "how values fall within the range"},
    {"scale", TEXT, MAYBE, "", "linear or log"},
    {"unit", TEXT, MAYBE, "", "unit of low, high and levels"},
    {"meaning", TEXT, MAYBE, "", "what it is"},
};

static const nlc_result_column series_columns[] = {
    {"run", WHOLE, KEY, "", "number of the run, as in runs.csv"},
    {"point", WHOLE, FULL, "", "design point, as in points.csv"},
    {"month", WHOLE, KEY, "months", "month of the run; 1 is the first, and a value is that of its end"},
};

static const nlc_result_column failures_columns[] = {
    {"point", WHOLE, KEY, "", "design point that could not be run, as in points.csv"},
    {"problem", TEXT, FULL, "", "why"},
};

#define TABLE(name, meaning, more) \
    { \
#name, #name ".csv", meaning, name##_columns, sizeof name##_columns / sizeof name##_columns[0], more \
    }

const nlc_result_table nlc_study_tables[NLC_NUM_STUDY_TABLES] = {
    TABLE(
        runs, "One row a run, with its outcomes; an empty cell was not reached, or has no meaning.",
        "a column for each outcome that study.csv names, OUTCOME.all or of a part of the places such as OUTCOME.tier.TIER; empty "
        "where the run did not reach it within its months, where it has no meaning, or where the run's model has no such outcome"),
    TABLE(summary, "Each outcome of each design point over its runs.", NULL),
    TABLE(points, "The design points: an empty cell is as the scenario has it.",
          "a column for each factor, named as in factors.csv; of one-at-a-time the scenario's own value where nothing moves it; "
          "empty: "
          "as the scenario has it, where that is no single number or word. With the key stop of study.csv then "
          "runs: how "
          "many it took; and precision: enough, or not reached"),
    TABLE(factors, "What the study varies, and how far.", NULL),
    TABLE(series, "Every measure of all places in every month of every run.", "a column for each measure of the model"),
    TABLE(failures, "Design points that could not be run.", NULL),
};
