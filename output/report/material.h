/* What a report is made of: a results folder as read. */
#ifndef NLC_OUTPUT_MATERIAL_H
#define NLC_OUTPUT_MATERIAL_H

#include <jansson.h>

#include "nlcsim.h"
#include "reader.h"

/* What a results folder is about. */
typedef enum { NLC_OF_RUN, NLC_OF_COMPARISON, NLC_OF_STUDY } nlc_material_kind;

/* By what a part of the places was split off; with the label of the part. */
typedef enum { NLC_BY_ALL, NLC_BY_COUNTRY, NLC_BY_TIER, NLC_BY_WAVE, NLC_BY_GROUP, NLC_BY_SIZE, NLC_NUM_BYS } nlc_by;

typedef enum { NLC_MEDIAN, NLC_P05, NLC_P95, NLC_MEAN, NLC_MCSE, NLC_NUM_STATISTICS } nlc_statistic;

/* A measure of a part of the places over the months; NaN where it has no meaning. */
typedef struct {
    nlc_by by;
    char *label, *measure;                 /* owned; label is "all" for all places */
    double *statistic[NLC_NUM_STATISTICS]; /* [num_months] each, in one piece that the first one owns */
} nlc_course;

typedef struct {
    char *place, *label, *kind, *stage; /* owned */
    int32_t p10, p50, p90;              /* calendar months; -1 where not reached by so many runs */
    double reached;
} nlc_roadmap_entry;

/* What was asked and delivered, over the months; NaN where a flow has no such count. */
typedef struct {
    char *tier, *direction, *kind, *pool; /* owned */
    double *asked, *delivered;            /* [num_months] each, in one piece that the first one owns */
} nlc_flow_course;

typedef struct {
    char *date, *under, *tier, *group, *measure, *source; /* owned */
    int32_t month;                                        /* of the run, from 1, at whose end it is compared; may lie outside */
    double value, total, error;                           /* NaN where not given */
} nlc_observed_row;

/* Months that each run needed until a level, sorted, NaN (never) last; NULL where runs.csv has none. */
enum { NLC_NUM_LEVELS = 3 };
typedef struct {
    double *adopted[NLC_NUM_LEVELS], *functioning[NLC_NUM_LEVELS]; /* [num_runs] each, owned; for 25, 50 and 75 % */
    uint32_t num_runs;
} nlc_waits;

/* What a scenario differs by from another one in an outcome, over pairs of runs. NaN where nothing is known. */
typedef struct {
    char *baseline, *scenario, *outcome, *statistic, *unit, *verdict; /* owned */
    double num_pairs, left_out, baseline_mean, scenario_mean;
    double difference[3]; /* {mean, low, high} */
    double confidence;
} nlc_difference_row;

typedef struct {
    char *name, *title, *hash; /* owned */
} nlc_compared_row;

/* What a study varies. */
typedef struct {
    char *name, *role, *kind, *levels, *unit; /* owned */
    double low, high;                         /* NaN where it has levels */
} nlc_factor_row;

/* A design point: its values of the factors, as texts. */
enum { NLC_MOST_FACTORS = NLC_READER_COLUMNS - 1 };
typedef struct {
    uint32_t number;
    char *value[NLC_MOST_FACTORS]; /* [num_factors], owned; empty: as the scenario has it */
} nlc_point_row;

/* An outcome of a point over its runs. */
typedef struct {
    uint32_t point; /* its number */
    char *outcome;  /* owned */
    double median, p05, p95, mean;
} nlc_point_outcome;

/* A run of a study. */
enum { NLC_MOST_SHOWN = 6 };
typedef struct {
    uint32_t point;               /* its number */
    double value[NLC_MOST_SHOWN]; /* [num_shown]; NaN where it has none */
} nlc_study_run;

/* A figure that an analysis found, with its interval where it has one. */
typedef struct {
    const char *method;            /* as the table is called */
    char *output, *item, *measure; /* owned */
    double value, low, high, num;  /* num: what it rests on */
} nlc_finding_row;

/* A scenario in the choice of the best one. */
typedef struct {
    char *scenario, *outcome; /* owned */
    double probability, indifference, num_runs;
    double mean[3]; /* {mean, low, high} */
    bool is_best;
} nlc_selection_row;

typedef struct {
    nlc_reader *reader;  /* borrowed */
    json_t *package;     /* owned; datapackage.json */
    const json_t *about; /* its member "nlcsim" */
    nlc_material_kind kind;
    uint32_t num_months;
    nlc_course *courses; /* [num_courses], owned */
    size_t num_courses, course_capacity;
    nlc_roadmap_entry *roadmap; /* [num_roadmap], owned */
    size_t num_roadmap, roadmap_capacity;
    nlc_flow_course *flows; /* [num_flows], owned */
    size_t num_flows, flow_capacity;
    nlc_observed_row *observed; /* [num_observed], owned */
    size_t num_observed, observed_capacity;
    nlc_waits waits;
    nlc_difference_row *differences; /* [num_differences], owned; of a comparison */
    size_t num_differences, difference_capacity;
    nlc_factor_row *factors; /* [num_factors], owned; of a study, as what follows */
    size_t num_factors, factor_capacity;
    nlc_point_row *points; /* [num_points], owned; in the order of their numbers */
    size_t num_points, point_capacity;
    nlc_point_outcome *outcomes; /* [num_outcomes], owned */
    size_t num_outcomes, outcome_capacity;
    const char *shown[NLC_MOST_SHOWN]; /* [num_shown], borrowed from the outcomes: those that the report shows */
    uint32_t num_shown;
    nlc_study_run *study_runs; /* [num_study_runs], owned */
    size_t num_study_runs, study_run_capacity;
    nlc_finding_row *findings; /* [num_findings], owned; those of a method stand together */
    size_t num_findings, finding_capacity;
    nlc_text left_out;            /* owned: files of analyses of other results than these, "rank.csv, prim.csv" */
    nlc_selection_row *selection; /* [num_selection], owned; of a comparison that chose */
    size_t num_selection, selection_capacity;
    nlc_compared_row *compared; /* [num_compared], owned; the scenarios of a comparison, the baseline first */
    size_t num_compared, compared_capacity;
    nlc_text resolved_text; /* owned */
    void *memory;           /* owned; what `resolved` points into */
    nlc_resolved resolved;
} nlc_material;

/* Zeroed to begin with, with the reader set. NLC_ERROR_INPUT where the folder
 * holds no results or wrong ones, which are then among the problems. Free it in any case. */
nlc_error nlc_material_read(nlc_material *self);
void nlc_material_free(nlc_material *self);

/* Each reads one file; for nlc_material_read. */
nlc_error nlc_material_read_package(nlc_material *self);
nlc_error nlc_material_read_resolved_file(nlc_material *self);
nlc_error nlc_material_read_timeline(nlc_material *self);
nlc_error nlc_material_read_roadmap(nlc_material *self);
nlc_error nlc_material_read_flows(nlc_material *self);
nlc_error nlc_material_read_observed(nlc_material *self);
nlc_error nlc_material_read_waits(nlc_material *self);
nlc_error nlc_material_read_differences(nlc_material *self);
nlc_error nlc_material_read_compared(nlc_material *self);
nlc_error nlc_material_read_factors(nlc_material *self);
nlc_error nlc_material_read_points(nlc_material *self);
nlc_error nlc_material_read_summary(nlc_material *self);
nlc_error nlc_material_read_study_runs(nlc_material *self);
nlc_error nlc_material_read_findings(nlc_material *self);
nlc_error nlc_material_read_selection(nlc_material *self);

/* NULL where there is none. */
const nlc_course *nlc_material_course(const nlc_material *self, nlc_by by, const char *label, const char *measure);
const nlc_flow_course *nlc_material_flow(const nlc_material *self, const char *tier, const char *kind, const char *pool);

/* The course that an observation is to be compared with, or NULL where the results do not split the
 * places like that. A lead stands for its country, and for all places where it is the only one. */
const nlc_course *nlc_observed_course(const nlc_material *self, const nlc_observed_row *row);

/* What an observation says of the course: a count becomes a share of its total where the measure is a
 * share. {value less its error, value, value plus its error} */
void nlc_observed_values(const nlc_material *self, const nlc_observed_row *row, double low_value_high[3]);

/* The text or number of a member of an object; "" or NaN where there is none. */
const char *nlc_member_text(const json_t *object, const char *key);
double nlc_member_number(const json_t *object, const char *key);

/* The member called `name` of a list of objects with a member "name" (or another `key`), or NULL. */
const json_t *nlc_named_member(const json_t *list, const char *key, const char *name);

/* The unit of a column of runs.csv as the data package has it; "" where it says none. */
const char *nlc_material_unit(const nlc_material *self, const char *column);

/* The name of a country, from the id of its lead. */
const char *nlc_material_country(const nlc_material *self, const char *id);

#endif
