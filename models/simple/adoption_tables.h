/* The descriptor of a model of places that have adopted or have not. Included by the model's one source
 * file, behind its header, which also defines MODEL (its name), MODEL_TITLE and, for doubles,
 * MODEL_IS_DOUBLE. */
#ifndef NLC_MODELS_ADOPTION_TABLES_H
#define NLC_MODELS_ADOPTION_TABLES_H

#include "kernels.h"

#define ROW_PARAMETER(name, symbol, unit, value, low, high, evidence, source, meaning) \
    {#name, symbol, unit, value, low, high, evidence, source, meaning},
static const nlc_parameter parameters[] = {MODEL_PARAMETERS(ROW_PARAMETER)};

#ifdef MODEL_HAS_NO_ATTRIBUTES
#define ATTRIBUTES NULL
#else
#define ROW_ATTRIBUTE(name, unit, low, high, parameter, meaning) {#name, unit, low, high, parameter, meaning},
static const nlc_attribute attributes[] = {MODEL_ATTRIBUTES(ROW_ATTRIBUTE)};
#define ATTRIBUTES                                               attributes
#endif

#define ROW_FIELD(name, unit, meaning) {#name, unit, meaning, false, false},
static const nlc_field fields[] = {{"word", "bits", "stage and marks; see the views", true, true},
                                   {"reached", "bits", "first month: adopted", false, true},
                                   MODEL_FIELDS(ROW_FIELD)};

static const nlc_view views[] = {
    {"stage", FIELD_word, 0, MASK_STAGE,
     "stage: unaware, adopted or dormant; aware where a tier that does not adopt has been told"},
    {"has", FIELD_word, SHIFT_HAS, 1, "has adopted, or has been told"},
    {"fresh", FIELD_word, SHIFT_FRESH, 1, "has since this month"},
};

static const nlc_view milestones[] = {{"adopted", FIELD_reached, 0, 0xFFFF, "first month in which the place had adopted"}};

#define ROW_TALLY(name, unit, meaning) {#name, unit, meaning},
static const nlc_tally tallies[] = {NLC_ADOPTION_TALLIES(ROW_TALLY)};

#define ROW_STAGE(name) #name,
static const char *const stages[] = {NLC_STAGES(ROW_STAGE)};

#define NOW(name) (t->month[TALLY_##name * NLC_BLOCK_RUNS + r])

/* X(name, unit, decimals, value in run r, meaning) */
#define NLC_ADOPTION_MEASURES(X) \
    X(adopted, "share", 6, NOW(adopted) / NOW(adopting_places), "places that have adopted, of places in tiers that adopt") \
    X(adopted_population, "share", 6, NOW(plan_population) / NOW(population), "adopted, weighted by population") \
    X(places, "places", 0, NOW(places), "places counted here") \
    X(adopting_places, "places", 0, NOW(adopting_places), "places of tiers that adopt local plans") \
    X(stage_adopted, "places", 3, NOW(adopted), "places at this stage") \
    X(new_adoptions, "places", 3, NOW(new_adoptions), "places that adopt this month") \
    X(lapses, "places", 3, NOW(lapses), "places that drop out this month")

#define FILL_MEASURE(name, unit, decimals, value, meaning) \
    static void fill_##name(const nlc_tallies *t, double *restrict values) \
    { \
        for (uint32_t r = 0; r < NLC_BLOCK_RUNS; r++) \
            values[r] = value; \
    }
NLC_ADOPTION_MEASURES(FILL_MEASURE)

#define ROW_MEASURE(name, unit, decimals, value, meaning) {#name, unit, meaning, decimals, fill_##name},
static const nlc_measure measures[] = {NLC_ADOPTION_MEASURES(ROW_MEASURE)};

#define MONTHS_TO(percent) \
    { \
        "months_to_adopted_" #percent, "months", "first month with at least " #percent " % adopted; empty if never", 0, \
            NLC_OUTCOME_MONTHS_TO, "adopted", percent / 100.0 \
    }

static const nlc_outcome outcomes[] = {
    MONTHS_TO(25),
    MONTHS_TO(50),
    MONTHS_TO(75),
    MONTHS_TO(100),
    {"adopted_end", "share", "adopted in the last month", 6, NLC_OUTCOME_AT_END, "adopted", 0},
    {"adopted_area", "share", "adopted, mean over all months", 6, NLC_OUTCOME_AREA, "adopted", 0},
    {"adopted_spread_waves", "share", "adopted in the last month: largest less smallest wave", 6, NLC_OUTCOME_SPREAD_WAVES,
     "adopted", 0},
    {"adopted_spread_sizes", "share", "adopted in the last month: large less small places", 6, NLC_OUTCOME_SPREAD_SIZES, "adopted",
     0},
};

#ifndef MODEL_IS_DOUBLE
#define MODEL_IS_DOUBLE false
#endif

#define TEXT_OF(name)              #name
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
        .num_attributes = NUM_ATTRIBUTES, \
        .num_fields = NUM(fields), \
        .num_views = NUM(views), \
        .num_tallies = NUM(tallies), \
        .num_measures = NUM(measures), \
        .num_outcomes = NUM(outcomes), \
        .num_stages = NUM(stages), \
        .num_common_stages = STAGE_engaged + 1, \
        .num_milestones = NUM(milestones), \
        .parameters = parameters, \
        .attributes = ATTRIBUTES, \
        .fields = fields, \
        .views = views, \
        .tallies = tallies, \
        .measures = measures, \
        .outcomes = outcomes, \
        .stages = stages, \
        .milestones = milestones, \
        .kernels = nlc_model_##name_##_kernels, \
    };

#endif
