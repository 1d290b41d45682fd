/* Names of errors, classes and dials, and the tables of a model. */
#include "suite.h"

#include "nlcsim.h"

START_TEST(names_every_value)
{
    ck_assert_str_eq(nlc_error_text(NLC_OK), "no error");
    ck_assert_str_eq(nlc_error_text(NLC_ERROR_INTERRUPTED), "interrupted");
    ck_assert_str_eq(nlc_evidence_name(NLC_CALIBRATED), "calibrated");
    ck_assert_str_eq(nlc_evidence_name(NLC_ASSUMPTION), "assumption");
    ck_assert_str_eq(nlc_dial_name(NLC_DIAL_NONE), "");
    ck_assert_str_eq(nlc_dial_name(NLC_DIAL_CAPACITY_BUILDING), "capacity_building");
}
END_TEST

START_TEST(finds_every_row_of_every_table)
{
    for (const nlc_model *const *each = nlc_models(); *each; each++) {
        const nlc_model *model = *each;
        for (uint32_t k = 0; k < model->num_parameters; k++)
            ck_assert_uint_eq(nlc_model_parameter(model, model->parameters[k].name), k);
        for (uint32_t k = 0; k < model->num_levers; k++)
            ck_assert_uint_eq(nlc_model_lever(model, model->levers[k].name), k);
        for (uint32_t k = 0; k < model->num_attributes; k++)
            ck_assert_uint_eq(nlc_model_attribute(model, model->attributes[k].name), k);
        for (uint32_t k = 0; k < model->num_views; k++)
            ck_assert_uint_eq(nlc_model_view(model, model->views[k].name), k);
        for (uint32_t k = 0; k < model->num_measures; k++)
            ck_assert_uint_eq(nlc_model_measure(model, model->measures[k].name), k);
        for (uint32_t k = 0; k < model->num_tallies; k++)
            ck_assert_uint_eq(nlc_model_tally(model, model->tallies[k].name), k);
        ck_assert_uint_eq(nlc_model_tally(model, "nobody"), NLC_NONE);
        ck_assert_uint_eq(nlc_model_parameter(model, ""), NLC_NONE);
    }
}
END_TEST

/* The first of the model's list that this machine runs: the widest, and none that it does not. */
START_TEST(chooses_the_kernel_for_this_machine)
{
    const nlc_model *model = nlc_models()[0];
    ck_assert_ptr_null(nlc_kernel_for(model, 1));
    ck_assert_ptr_null(nlc_kernel_for(model, 32));
#if defined(__x86_64__)
    bool avx512 = __builtin_cpu_supports("avx512f"), avx2 = __builtin_cpu_supports("avx2");
    ck_assert_str_eq(nlc_kernel_isa(nlc_kernel_for(model, 16)), avx512 ? "avx512" : "plain");
    ck_assert_str_eq(nlc_kernel_isa(nlc_kernel_for(model, 8)), avx2 ? "avx2" : "plain");
    ck_assert_str_eq(nlc_kernel_isa(nlc_kernel_for(model, 4)), "sse2");
    ck_assert_uint_eq(nlc_kernel_lanes(nlc_kernel_for(model, 0)), avx512 ? 16 : avx2 ? 8 : 4);
#endif
}
END_TEST

RUN_SUITE("model", names_every_value, finds_every_row_of_every_table, chooses_the_kernel_for_this_machine)
