/* The screen after a run. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output_fixture.h"
#include "suite.h"
#include "summary.h"

#define REPLICATES 40

static nlc_text screen_of(const nlc_resolved *scenario, uint32_t replicates, bool utf8)
{
    nlc_text text = {0};
    nlc_ensemble ensemble = fixture_ensemble(replicates);
    ensemble.scenario = scenario;
    nlc_results results = fixture_results(&ensemble);
    ck_assert_int_eq(nlc_results_summarise(&results, utf8, &text), NLC_OK);
    fixture_ensemble_free(&ensemble);
    return text;
}

static void check_size(const char *text)
{
    uint32_t num_lines = 0;
    while (*text != '\0') {
        uint32_t columns = 0;
        for (; *text != '\n'; text++) {
            columns += ((unsigned char)*text & 0xC0) != 0x80;
        }
        ck_assert_uint_le(columns, 80);
        num_lines++;
        text++;
    }
    ck_assert_uint_le(num_lines, 24);
    ck_assert_uint_ge(num_lines, 15);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(const double *sorted, double p)
{
    double h = (REPLICATES - 1) * p;
    uint32_t j = (uint32_t)h;
    return sorted[j] + (h - j) * (sorted[j + 1] - sorted[j]);
}

/* The percentage with its band of one tally in another, for all places together in a month (from 0). */
static void expected_percent(uint32_t month, uint32_t above, uint32_t below, char *text)
{
    double values[REPLICATES];
    for (uint32_t r = 0; r < REPLICATES; r++) {
        values[r] = (double)fixture_tally(month, 0, above, r) / (double)fixture_tally(month, 0, below, r);
    }
    qsort(values, REPLICATES, sizeof *values, compare_doubles);
    sprintf(text, "%.0f %% (%.0f-%.0f)", 100 * quantile(values, 0.5), 100 * quantile(values, 0.05), 100 * quantile(values, 0.95));
}

/* The line that starts with a label, cut out. */
static void line_of(const char *text, const char *label, char *line)
{
    char start[64];
    sprintf(start, "\n%s", label);
    const char *at = strstr(text, start);
    ck_assert_msg(at != NULL, "no line '%s' in:\n%s", label, text);
    sprintf(line, "%.*s", (int)strcspn(at + 1, "\n"), at + 1);
}

START_TEST(everything_fits_on_one_screen)
{
    static const uint32_t replicates[] = {1, 2, REPLICATES};
    for (uint32_t k = 0; k < 6; k++) {
        nlc_text text = screen_of(&fixture_scenario, replicates[k / 2], k % 2 == 0);
        check_size(text.data);
        nlc_text_free(&text);
    }
}
END_TEST

START_TEST(levels_carry_their_bands)
{
    /* A quarter of the twelve months, half, and the end. */
    static const uint32_t months[] = {2, 5, 11};
    char adopted[160], functioning[160], service[160];
    nlc_text text = screen_of(&fixture_scenario, REPLICATES, true);
    line_of(text.data, "adopted (has a plan)", adopted);
    line_of(text.data, "functioning (plan works)", functioning);
    line_of(text.data, "service", service);
    for (uint32_t k = 0; k < 3; k++) {
        char expected[64];
        expected_percent(months[k], FIXTURE_adopted, FIXTURE_places, expected);
        ck_assert_msg(strstr(adopted, expected) != NULL, "%s: %s", expected, adopted);
        expected_percent(months[k], FIXTURE_functioning, FIXTURE_places, expected);
        ck_assert_msg(strstr(functioning, expected) != NULL, "%s: %s", expected, functioning);
        expected_percent(months[k], FIXTURE_delivered, FIXTURE_asked, expected);
        ck_assert_msg(strstr(service, expected) != NULL, "%s: %s", expected, service);
    }
    ck_assert_ptr_nonnull(strstr(text.data, "end of 2023-09    end of 2023-12    end of 2024-06\n"));
    nlc_text_free(&text);
}
END_TEST

/* Adopted is (month/12)(0.4 + 0.6 chance), so that the first month at half differs from run to run. */
START_TEST(months_until_count_runs_that_never_come)
{
    double months[REPLICATES];
    uint32_t num_75 = 0;
    for (uint32_t r = 0; r < REPLICATES; r++) {
        months[r] = 1000;
        for (uint32_t t = FIXTURE_MONTHS; t > 0; t--) {
            double share = (double)fixture_tally(t - 1, 0, FIXTURE_adopted, r) / (double)fixture_tally(t - 1, 0, FIXTURE_places, r);
            months[r] = share >= 0.5 ? t : months[r];
            num_75 += t == FIXTURE_MONTHS && share >= 0.75;
        }
    }
    qsort(months, REPLICATES, sizeof *months, compare_doubles);
    ck_assert_double_lt(months[19], 1000);
    ck_assert_double_gt(months[37], 999);
    ck_assert_uint_gt(num_75, 0);
    ck_assert_uint_lt(num_75, REPLICATES / 2);
    char line[160], expected[64];
    nlc_text text = screen_of(&fixture_scenario, REPLICATES, true);
    line_of(text.data, "  adopted", line);
    sprintf(expected, "%.0f (%.0f-never)", months[19], months[1]);
    ck_assert_msg(strstr(line, expected) != NULL, "%s: %s", expected, line);
    sprintf(expected, "in %.0f %% of runs", 100.0 * num_75 / REPLICATES);
    ck_assert_msg(strstr(line, expected) != NULL, "%s: %s", expected, line);
    nlc_text_free(&text);
}
END_TEST

/* A number below a million. */
static void with_commas(double value, char *text)
{
    unsigned whole = (unsigned)(value + 0.5);
    if (whole < 1000) {
        sprintf(text, "%u", whole);
    } else {
        sprintf(text, "%u,%03u", whole / 1000, whole % 1000);
    }
}

START_TEST(totals_go_down_and_up)
{
    double sent[REPLICATES];
    double delivered[REPLICATES];
    for (uint32_t r = 0; r < REPLICATES; r++) {
        double asked = 0;
        sent[r] = delivered[r] = 0;
        for (uint32_t t = 0; t < FIXTURE_MONTHS; t++) {
            sent[r] += (double)fixture_tally(t, 0, FIXTURE_reports, r);
            asked += (double)fixture_tally(t, 0, FIXTURE_asked, r);
            delivered[r] += (double)fixture_tally(t, 0, FIXTURE_delivered, r);
        }
        ck_assert_double_eq(asked, 110);
        delivered[r] /= asked;
    }
    qsort(sent, REPLICATES, sizeof *sent, compare_doubles);
    qsort(delivered, REPLICATES, sizeof *delivered, compare_doubles);
    char line[160], expected[128];
    nlc_text text = screen_of(&fixture_scenario, REPLICATES, true);
    line_of(text.data, "down", line);
    double middle = 100 * quantile(delivered, 0.5), low = 100 * quantile(delivered, 0.05), high = 100 * quantile(delivered, 0.95);
    sprintf(expected, "down        110 events asked, %.0f %% (%.0f-%.0f) delivered; service, %%:", middle, low, high);
    ck_assert_str_eq(line, expected);
    line_of(text.data, "  meeting", line);
    sprintf(expected, "  meeting %.0f (%.0f-%.0f)", middle, low, high);
    ck_assert_str_eq(line, expected);
    line_of(text.data, "up", line);
    char numbers[3][16];
    with_commas(quantile(sent, 0.5), numbers[0]);
    with_commas(quantile(sent, 0.05), numbers[1]);
    with_commas(quantile(sent, 0.95), numbers[2]);
    sprintf(expected, "up          %s (%s-%s) reports sent, ", numbers[0], numbers[1], numbers[2]);
    ck_assert_msg(strncmp(line, expected, strlen(expected)) == 0, "%s: %s", expected, line);
    line_of(text.data, "cost        4,", line);
    ck_assert_ptr_nonnull(strstr(line, "coordinator-months"));
    nlc_text_free(&text);
}
END_TEST

START_TEST(plain_screens_have_plain_letters)
{
    nlc_text text = screen_of(&fixture_scenario, REPLICATES, false);
    for (size_t k = 0; k < text.length; k++) {
        ck_assert_int_lt((unsigned char)text.data[k], 0x80);
    }
    ck_assert_mem_eq(text.data, "A \"fixture\" for tests, w?th every", 33);
    ck_assert_ptr_nonnull(strstr(text.data, ": 7 places, 12 months, 40 runs, seed 41\n"));
    nlc_text_free(&text);
    text = screen_of(&fixture_scenario, REPLICATES, true);
    ck_assert_mem_eq(text.data, "A \"fixture\" for tests, w\xC3\xADth", 28);
    nlc_text_free(&text);
}
END_TEST

START_TEST(measures_that_a_model_lacks_are_left_out)
{
    nlc_model model = fixture_model;
    nlc_resolved scenario = fixture_scenario;
    nlc_outcome outcomes[1] = {fixture_outcomes[1]};
    model.num_measures = 1;
    model.num_outcomes = 1;
    model.outcomes = outcomes;
    scenario.model = &model;
    scenario.title = "";
    nlc_text text = screen_of(&scenario, REPLICATES, true);
    ck_assert_ptr_nonnull(strstr(text.data, "\nadopted (has a plan)"));
    ck_assert_ptr_null(strstr(text.data, "functioning"));
    ck_assert_ptr_null(strstr(text.data, "down"));
    ck_assert_ptr_null(strstr(text.data, "cost"));
    ck_assert_mem_eq(text.data, "nlcsim: 7 places", 16);
    nlc_text_free(&text);
}
END_TEST

RUN_SUITE("output summary", everything_fits_on_one_screen, levels_carry_their_bands, months_until_count_runs_that_never_come,
          totals_go_down_and_up, plain_screens_have_plain_letters, measures_that_a_model_lacks_are_left_out)
