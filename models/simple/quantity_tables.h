/* The descriptor of a model in which a place holds one number. Included by the model's one source file,
 * behind its header, which also defines MODEL (its name), MODEL_TITLE and MODEL_IS_DOUBLE. */
#ifndef NLC_MODELS_QUANTITY_TABLES_H
#define NLC_MODELS_QUANTITY_TABLES_H

#include "kernels.h"

#include <math.h>

#define ROW_PARAMETER(name, symbol, unit, value, low, high, evidence, source, meaning) \
    {#name, symbol, unit, value, low, high, evidence, source, meaning},
static const nlc_parameter parameters[] = {MODEL_PARAMETERS(ROW_PARAMETER)};

#define ROW_ATTRIBUTE(name, unit, low, high, parameter, meaning) {#name, unit, low, high, parameter, meaning},
static const nlc_attribute attributes[] = {MODEL_ATTRIBUTES(ROW_ATTRIBUTE)};

#define ROW_FIELD(name, unit, shared, meaning) {#name, unit, meaning, shared, false},
static const nlc_field fields[] = {MODEL_FIELDS(ROW_FIELD)};

#define ROW_TALLY(name, unit, meaning) {#name, unit, meaning},
static const nlc_tally tallies[] = {NLC_QUANTITY_TALLIES(ROW_TALLY)};

#define ROW_STAGE(name) #name,
static const char *const stages[] = {NLC_STAGES(ROW_STAGE)};

#define NOW(name) (t->month[TALLY_##name * NLC_BLOCK_RUNS + r])

static inline double spread_in(const nlc_tallies *t, uint32_t r)
{
    double mean = NOW(sum) / NOW(places), variance = NOW(sum_of_squares) / NOW(places) - mean * mean;
    return variance > 0 || isnan(variance) ? sqrt(variance) : 0;
}

#define FILL_MEASURE(name, value) \
    static void fill_##name(const nlc_tallies *t, double *restrict values) \
    { \
        for (uint32_t r = 0; r < NLC_BLOCK_RUNS; r++) \
            values[r] = value; \
    }
FILL_MEASURE(mean, NOW(sum) / NOW(places))
FILL_MEASURE(spread, spread_in(t, r))
FILL_MEASURE(places, NOW(places))
FILL_MEASURE(adopting_places, NOW(adopting_places))

#define TEXT_OF(name)       TEXT_OF_NAMED(name)
#define TEXT_OF_NAMED(name) #name

static const nlc_measure measures[] = {
    {TEXT_OF(MODEL_QUANTITY), "1", MODEL_QUANTITY_MEANING ", mean over places", 6, fill_mean},
    {TEXT_OF(MODEL_QUANTITY) "_spread", "1", MODEL_QUANTITY_MEANING ", standard deviation over places", 6, fill_spread},
    {"places", "places", "places counted here", 0, fill_places},
    {"adopting_places", "places", "places of tiers that adopt local plans", 0, fill_adopting_places},
};

static const nlc_outcome outcomes[] = {
    {TEXT_OF(MODEL_QUANTITY) "_end", "1", MODEL_QUANTITY_MEANING ", mean in the last month", 6, NLC_OUTCOME_AT_END,
     TEXT_OF(MODEL_QUANTITY), 0},
    {TEXT_OF(MODEL_QUANTITY) "_area", "1", MODEL_QUANTITY_MEANING ", mean over places and months", 6, NLC_OUTCOME_AREA,
     TEXT_OF(MODEL_QUANTITY), 0},
    {TEXT_OF(MODEL_QUANTITY) "_spread_end", "1", MODEL_QUANTITY_MEANING ", standard deviation over places in the last month", 6,
     NLC_OUTCOME_AT_END, TEXT_OF(MODEL_QUANTITY) "_spread", 0},
};

#define DEFINE_MODEL(name, title_) DEFINE_NAMED(name, title_)
#define NUM(table)                 (sizeof table / sizeof table[0])
#define DEFINE_NAMED(name_, title_) \
    NLC_KERNELS(name_) \
    const nlc_model nlc_model_##name_ = { \
        .name = TEXT_OF(name_), \
        .title = title_, \
        .code_version = 1, \
        .is_double = MODEL_IS_DOUBLE, \
        .num_parameters = NUM(parameters), \
        .num_attributes = NUM(attributes), \
        .num_fields = NUM(fields), \
        .num_tallies = NUM(tallies), \
        .num_measures = NUM(measures), \
        .num_outcomes = NUM(outcomes), \
        .num_stages = NUM(stages), \
        .num_common_stages = NUM(stages), \
        .parameters = parameters, \
        .attributes = attributes, \
        .fields = fields, \
        .tallies = tallies, \
        .measures = measures, \
        .outcomes = outcomes, \
        .stages = stages, \
        .kernels = nlc_model_##name_##_kernels, \
    };

#endif
