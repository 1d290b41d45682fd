#include "problems.h"
#include "suite.h"

#include <string.h>

START_TEST(problems_come_in_the_order_of_files_and_lines)
{
    nlc_problems problems = {0};
    nlc_text text = {0};
    ck_assert_int_eq(nlc_problems_error(&problems), NLC_OK);
    nlc_problems_add(&problems, (nlc_where){"b.csv", 7, 2}, "later");
    nlc_problems_add(&problems, (nlc_where){"a.csv", 9, 1}, "the %s of %d", "second", 9);
    nlc_problems_add(&problems, (nlc_where){"a.csv", 9, 1}, "the third");
    nlc_problems_add(&problems, (nlc_where){"a.csv", 0, 1}, "the whole file");
    nlc_problems_note(&problems, (nlc_where){"a.csv", 1, 1}, "a note, which nobody needs now");
    ck_assert_int_eq(nlc_problems_error(&problems), NLC_ERROR_INPUT);
    ck_assert_int_eq(nlc_problems_write(&problems, &text), NLC_OK);
    ck_assert_str_eq(text.data, "a.csv: the whole file\na.csv:9: the second of 9\na.csv:9: the third\nb.csv:7: later\n");
    nlc_text_free(&text);
    nlc_problems_free(&problems);
    nlc_problems_free(&problems);
}
END_TEST

START_TEST(notes_are_said_where_nothing_is_wrong)
{
    nlc_problems problems = {0};
    nlc_text text = {0};
    nlc_problems_note(&problems, (nlc_where){"a.csv", 3, 1}, "worth saying");
    ck_assert_int_eq(nlc_problems_error(&problems), NLC_OK);
    ck_assert_int_eq(nlc_problems_write(&problems, &text), NLC_OK);
    ck_assert_str_eq(text.data, "a.csv:3: note: worth saying\n");
    nlc_text_free(&text);
    nlc_problems_free(&problems);
}
END_TEST

START_TEST(the_first_200_are_shown_and_all_are_counted)
{
    nlc_problems problems = {0};
    nlc_text text = {0};
    for (uint32_t line = 1; line <= 237; line++)
        nlc_problems_add(&problems, (nlc_where){"a.csv", line, 1}, "wrong");
    ck_assert_uint_eq(problems.num_problems, 237);
    ck_assert_int_eq(nlc_problems_write(&problems, &text), NLC_OK);
    ck_assert_ptr_nonnull(strstr(text.data, "a.csv:200: wrong\nThe first 200 of 237 problems are shown.\n"));
    ck_assert_ptr_null(strstr(text.data, "a.csv:201:"));
    nlc_text_free(&text);
    nlc_problems_free(&problems);
}
END_TEST

START_TEST(a_problem_stays_on_its_line)
{
    nlc_problems problems = {0};
    nlc_text text = {0};
    nlc_problems_add(&problems, (nlc_where){"a.csv", 3, 1}, "'%s' is odd", "x\ty\nz\x7F");
    ck_assert_int_eq(nlc_problems_write(&problems, &text), NLC_OK);
    ck_assert_str_eq(text.data, "a.csv:3: 'x?y?z?' is odd\n");
    nlc_text_free(&text);
    nlc_problems_free(&problems);
}
END_TEST

static const char *name_at(const void *context, uint32_t i)
{
    return ((const char *const *)context)[i];
}

START_TEST(the_nearest_name_is_found)
{
    static const char *const names[] = {"meetings", "dialogues", "two_way", "grant", "grant_budget", "", "id", "Ñuñoa"};
    static const struct {
        const char *word, *near;
    } cases[] = {
        {"meetngs", "meetings"},
        {"meetinsg", "meetings"},
        {"MEETINGS", "meetings"},
        {"metings", "meetings"},
        {"dialog", "dialogues"},
        {"grants", "grant"},
        {"grantbudget", "grant_budget"},
        {"di", "id"},
        {"briefings", NULL},
        {"xyz", NULL},
        {"", NULL},
        {"x", NULL},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const char *near = nlc_nearest(cases[k].word, name_at, names, sizeof names / sizeof *names);
        if (cases[k].near)
            ck_assert_msg(near && strcmp(near, cases[k].near) == 0, "%s: %s", cases[k].word, near ? near : "none");
        else
            ck_assert_msg(!near, "%s: %s", cases[k].word, near);
    }
    char hint[NLC_HINT_LENGTH], word[400];
    ck_assert_str_eq(nlc_hint(hint, "meetings"), "; did you mean 'meetings'?");
    ck_assert_str_eq(nlc_hint(hint, NULL), "");
    memset(word, 'm', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    ck_assert_ptr_null(nlc_nearest(word, name_at, names, sizeof names / sizeof *names));
}
END_TEST

RUN_SUITE("scenario problems", problems_come_in_the_order_of_files_and_lines, notes_are_said_where_nothing_is_wrong,
          the_first_200_are_shown_and_all_are_counted, a_problem_stays_on_its_line, the_nearest_name_is_found)
