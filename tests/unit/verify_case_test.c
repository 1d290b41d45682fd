/* What a case counts and says, and which kind it is. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kinds.h"
#include "suite.h"

static json_t *parsed(const char *text)
{
    json_t *root = json_loads(text, 0, NULL);
    ck_assert_ptr_nonnull(root);
    return root;
}

START_TEST(a_difference_within_the_tolerance_holds)
{
    nlc_case one = {.id = "x"};
    ck_assert(nlc_case_expect(&one, "half", 0.237, 0.239, 0.0021));
    ck_assert(nlc_case_expect(&one, "exact", 0.237, 0.237, 0));
    ck_assert(nlc_case_expect(&one, "endless", INFINITY, INFINITY, 0));
    ck_assert_uint_eq(one.num_checks, 3);
    ck_assert_uint_eq(one.num_failed, 0);
    ck_assert_uint_eq(one.said.length, 0);
}
END_TEST

START_TEST(what_fails_is_named)
{
    nlc_case one = {.id = "x"};
    ck_assert(!nlc_case_expect(&one, "mean", 0.237, 0.239, 0.0019));
    ck_assert_str_eq(one.said.data, "mean: found 0.237, expected 0.239 within 0.0019\n");
    ck_assert(!nlc_case_expect(&one, "empty", NAN, 0.239, 100));
    ck_assert(!nlc_case_expect(&one, "unknown", 0.239, NAN, 100));
    ck_assert(!nlc_case_require(&one, "order", false));
    ck_assert(nlc_case_require(&one, "sum", true));
    ck_assert_uint_eq(one.num_checks, 5);
    ck_assert_uint_eq(one.num_failed, 4);
    ck_assert_ptr_nonnull(strstr(one.said.data, "order: does not hold\n"));
    nlc_text_free(&one.said);
}
END_TEST

START_TEST(many_failures_are_counted_but_not_all_said)
{
    nlc_case one = {.id = "x"};
    for (int k = 0; k < 300; k++)
        nlc_case_require(&one, "it", false);
    ck_assert_uint_eq(one.num_failed, 300);
    size_t lines = 0;
    for (const char *at = one.said.data; (at = strchr(at, '\n')) != NULL; at++)
        lines++;
    ck_assert_uint_eq(lines, NLC_CASE_SHOWN + 1);
    nlc_text_free(&one.said);
}
END_TEST

START_TEST(members_are_read)
{
    json_t *root = parsed("{\"a\": 3, \"b\": [1, 2.5], \"c\": []}");
    nlc_case one = {.id = "x", .root = root};
    double a, *values;
    size_t num;
    ck_assert_int_eq(nlc_case_number(&one, root, "a", &a), NLC_OK);
    ck_assert(a == 3);
    ck_assert_int_eq(nlc_case_numbers(&one, root, "b", &values, &num), NLC_OK);
    ck_assert_uint_eq(num, 2);
    ck_assert(values[0] == 1 && values[1] == 2.5);
    free(values);
    ck_assert_int_eq(nlc_case_numbers(&one, root, "c", &values, &num), NLC_OK);
    ck_assert_uint_eq(num, 0);
    free(values);
    json_decref(root);
}
END_TEST

START_TEST(a_member_of_another_type_is_said)
{
    json_t *root = parsed("{\"a\": \"3\", \"b\": [1, null], \"c\": {}}");
    nlc_case one = {.id = "x", .root = root};
    const json_t *member;
    double a, *values;
    size_t num;
    ck_assert_int_eq(nlc_case_number(&one, root, "a", &a), NLC_ERROR_INPUT);
    ck_assert_int_eq(nlc_case_number(&one, root, "d", &a), NLC_ERROR_INPUT);
    ck_assert_int_eq(nlc_case_numbers(&one, root, "b", &values, &num), NLC_ERROR_INPUT);
    ck_assert_ptr_null(values);
    ck_assert_int_eq(nlc_case_member(&one, root, "c", JSON_ARRAY, &member), NLC_ERROR_INPUT);
    ck_assert_str_eq(one.said.data, "'a' is a text: expected a number\nthe case has no 'd': expected a number\n"
                                    "'b' is true, false or null: expected numbers alone\n'c' is an object: expected an array\n");
    nlc_text_free(&one.said);
    json_decref(root);
}
END_TEST

START_TEST(the_longest_prefix_is_the_kind)
{
    static const nlc_case_kind kinds[] = {{"sobol_", NULL}, {"sobol_stochastic_", NULL}, {"relay_", NULL}};
    ck_assert_ptr_eq(nlc_case_kind_in(kinds, 3, "sobol_ishigami_b"), &kinds[0]);
    ck_assert_ptr_eq(nlc_case_kind_in(kinds, 3, "sobol_stochastic_noise_b"), &kinds[1]);
    ck_assert_ptr_null(nlc_case_kind_in(kinds, 3, "sobo"));
    ck_assert_ptr_null(nlc_case_kind_in(kinds, 3, "gp_sobol_"));
    ck_assert_ptr_null(nlc_case_kind_of("nothing_known"));
    ck_assert_str_eq(nlc_case_kind_of("replication_stopping_b")->prefix, "replication_stopping_");
}
END_TEST

RUN_SUITE("verify/case", a_difference_within_the_tolerance_holds, what_fails_is_named, many_failures_are_counted_but_not_all_said,
          members_are_read, a_member_of_another_type_is_said, the_longest_prefix_is_the_kind)
