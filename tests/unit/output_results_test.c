/* A results folder as a whole, read back by other code than wrote it. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dictionary.h"
#include "output_fixture.h"
#include "output_reader.h"
#include "suite.h"

#define REPLICATES 40

static char base[64], path[128];

static void make_base(void)
{
    strcpy(base, "/tmp/nlcsim-results-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(base));
    snprintf(path, sizeof path, "%s/out", base);
}

static void remove_base(void)
{
    char command[256];
    snprintf(command, sizeof command, "rm -r '%s'", base);
    ck_assert_int_eq(system(command), 0);
}

static void write_to(const nlc_results *results, const char *folder)
{
    nlc_text problems = {0};
    nlc_error error = nlc_results_write(results, folder, &problems);
    ck_assert_msg(error == NLC_OK, "%s", problems.data == NULL ? nlc_error_text(error) : problems.data);
    ck_assert_ptr_null(problems.data);
}

/* Writes the fixture's results to `path`. */
static void write_fixture(nlc_csv_style style)
{
    nlc_ensemble ensemble = fixture_ensemble(REPLICATES);
    nlc_results results = fixture_results(&ensemble);
    results.style = style;
    make_base();
    write_to(&results, path);
    fixture_ensemble_free(&ensemble);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(const double *sorted, uint32_t n, double p)
{
    double h = (n - 1) * p;
    uint32_t j = (uint32_t)h;
    return j + 1 < n ? sorted[j] + (h - j) * (sorted[j + 1] - sorted[j]) : sorted[j];
}

static void check_number(const char *cell, double expected, int decimals)
{
    char text[64];
    snprintf(text, sizeof text, "%.*f", decimals, expected);
    ck_assert_msg(strlen(cell) == strlen(text), "'%s' should have the form of '%s'", cell, text);
    ck_assert_double_eq_tol(strtod(cell, NULL), expected, 0.5000001 * pow(10, -decimals) + 1e-9);
}

START_TEST(timeline_holds_the_quantiles)
{
    write_fixture(NLC_CSV_PLAIN);
    table timeline = table_read(path, "timeline.csv", ',');
    ck_assert_uint_eq(timeline.num_rows - 1, 10 * FIXTURE_NUM_MEASURES * FIXTURE_MONTHS);
    const struct {
        const char *words;
        uint32_t split;
    } splits[] = {
        {"country=all tier=all wave=all group=all size=all", 0},   {"country=BB tier=all wave=all group=all size=all", 2},
        {"country=all tier=city wave=all group=all size=all", 3},  {"country=all tier=all wave=first group=all size=all", 5},
        {"country=all tier=all wave=all group=coast size=all", 7}, {"country=all tier=all wave=all group=all size=large", 9}};
    for (size_t k = 0; k < sizeof splits / sizeof splits[0]; k++) {
        char words[256];
        double values[REPLICATES];
        double sum = 0;
        double squares = 0;
        for (uint32_t r = 0; r < REPLICATES; r++) {
            values[r] = (double)fixture_tally(6, splits[k].split, FIXTURE_adopted, r) /
                        (double)fixture_tally(6, splits[k].split, FIXTURE_places, r);
            sum += values[r];
        }
        for (uint32_t r = 0; r < REPLICATES; r++) {
            squares += (values[r] - sum / REPLICATES) * (values[r] - sum / REPLICATES);
        }
        qsort(values, REPLICATES, sizeof *values, compare_doubles);
        snprintf(words, sizeof words, "month=7 date=2024-01 measure=adopted %s", splits[k].words);
        size_t row = find_row(&timeline, 1, words);
        ck_assert_uint_gt(row, 0);
        check_number(cell_at(&timeline, row, "median"), quantile(values, REPLICATES, 0.5), 4);
        check_number(cell_at(&timeline, row, "p05"), quantile(values, REPLICATES, 0.05), 4);
        check_number(cell_at(&timeline, row, "p95"), quantile(values, REPLICATES, 0.95), 4);
        check_number(cell_at(&timeline, row, "mean"), sum / REPLICATES, 4);
        check_number(cell_at(&timeline, row, "mcse"), sqrt(squares / (REPLICATES - 1) / REPLICATES), 6);
        ck_assert_str_eq(cell_at(&timeline, row, "n"), "40");
        ck_assert_uint_eq(find_row(&timeline, row + 1, words), 0);
    }
    size_t row = find_row(&timeline, 1, "month=1 measure=service");
    ck_assert_str_eq(cell_at(&timeline, row, "median"), "");
    ck_assert_str_eq(cell_at(&timeline, row, "mcse"), "");
    ck_assert_str_eq(cell_at(&timeline, row, "n"), "0");
    table_free(&timeline);
    remove_base();
}
END_TEST

START_TEST(runs_have_a_column_for_each_outcome_and_split)
{
    write_fixture(NLC_CSV_PLAIN);
    table runs = table_read(path, "runs.csv", ',');
    ck_assert_uint_eq(runs.num_rows - 1, REPLICATES);
    ck_assert_uint_eq(runs.num_columns, 4 + 10 + 10 + 1);
    ck_assert_str_eq(cell_at(&runs, 6, "run"), "6");
    ck_assert_str_eq(cell_at(&runs, 6, "seed"), "41");
    ck_assert_str_eq(cell_at(&runs, 6, "replicate"), "5");
    ck_assert_str_eq(cell_at(&runs, 6, "network"), "1");
    for (uint32_t r = 0; r < REPLICATES; r++) {
        const struct {
            const char *column;
            uint32_t split;
        } ends[] = {{"adopted_end.all", 0},
                    {"adopted_end.country.AA", 1},
                    {"adopted_end.wave.late, last", 6},
                    {"adopted_end.group.coast", 7},
                    {"adopted_end.size.small", 8}};
        for (size_t k = 0; k < sizeof ends / sizeof ends[0]; k++) {
            double end = (double)fixture_tally(FIXTURE_MONTHS - 1, ends[k].split, FIXTURE_adopted, r) /
                         (double)fixture_tally(FIXTURE_MONTHS - 1, ends[k].split, FIXTURE_places, r);
            check_number(cell_at(&runs, r + 1, ends[k].column), end, 3);
        }
        uint32_t month = 0;
        for (uint32_t t = FIXTURE_MONTHS; t > 0; t--) {
            if ((double)fixture_tally(t - 1, 3, FIXTURE_adopted, r) / (double)fixture_tally(t - 1, 3, FIXTURE_places, r) >= 0.5) {
                month = t;
            }
        }
        const char *cell = cell_at(&runs, r + 1, "months_to_adopted_50.tier.city");
        ck_assert_uint_eq(month, month == 0 && cell[0] == '\0' ? 0 : strtoul(cell, NULL, 10));
    }
    table_free(&runs);
    remove_base();
}
END_TEST

START_TEST(series_holds_every_run)
{
    write_fixture(NLC_CSV_PLAIN);
    table series = table_read(path, "series.csv", ',');
    ck_assert_uint_eq(series.num_rows - 1, (size_t)10 * FIXTURE_NUM_MEASURES * FIXTURE_MONTHS * REPLICATES);
    size_t row = find_row(&series, 1, "run=17 month=9 country=AA measure=events_delivered");
    check_number(cell_at(&series, row, "value"), (double)fixture_tally(8, 1, FIXTURE_delivered, 16), 2);
    table_free(&series);
    remove_base();
}
END_TEST

/* The date of a quantile, by sorting with never last. */
static void reached_by(uint32_t row, uint32_t milestone, uint32_t rank, char *date)
{
    double months[REPLICATES];
    for (uint32_t r = 0; r < REPLICATES; r++) {
        months[r] = fixture_reached(row, milestone, r) == 0 ? 1000 : fixture_reached(row, milestone, r);
    }
    qsort(months, REPLICATES, sizeof *months, compare_doubles);
    int month = (int)months[rank - 1] + 5;
    date[0] = '\0';
    if (month < 1000) {
        sprintf(date, "%04d-%02d", 2023 + month / 12, month % 12 + 1);
    }
}

START_TEST(roadmap_gives_dates)
{
    static const char *const words[FIXTURE_ROWS] = {"place=first kind=wave", NULL,
                                                    "place=AA kind=country", "place=BB kind=country",
                                                    "place=city kind=tier",  "place=AA.1 kind=node",
                                                    "place=BB.1 kind=node"};
    write_fixture(NLC_CSV_PLAIN);
    table roadmap = table_read(path, "roadmap.csv", ',');
    ck_assert_uint_eq(roadmap.num_rows - 1, FIXTURE_ROWS * FIXTURE_MILESTONES);
    for (uint32_t row = 0; row < FIXTURE_ROWS; row++) {
        char date[32];
        size_t found = words[row] == NULL ? 0 : find_row(&roadmap, 1, words[row]);
        if (words[row] == NULL) {
            continue;
        }
        ck_assert_uint_gt(found, 0);
        ck_assert_str_eq(cell_at(&roadmap, found, "stage"), "aware");
        ck_assert_str_eq(cell_at(&roadmap, found + 1, "stage"), "adopted");
        reached_by(row, 1, 4, date);
        ck_assert_str_eq(cell_at(&roadmap, found + 1, "p10"), date);
        reached_by(row, 1, 20, date);
        ck_assert_str_eq(cell_at(&roadmap, found + 1, "p50"), date);
        reached_by(row, 1, 36, date);
        ck_assert_str_eq(cell_at(&roadmap, found + 1, "p90"), date);
        uint32_t reached = 0;
        for (uint32_t r = 0; r < REPLICATES; r++) {
            reached += fixture_reached(row, 1, r) > 0;
        }
        check_number(cell_at(&roadmap, found + 1, "reached"), (double)reached / REPLICATES, 4);
    }
    ck_assert_str_eq(cell_at(&roadmap, find_row(&roadmap, 1, "place=BB"), "label"), "Lead, BB");
    ck_assert_str_eq(cell_at(&roadmap, find_row(&roadmap, 1, "place=AA.1"), "label"), "North");
    table_free(&roadmap);
    remove_base();
}
END_TEST

/* Rows 7, 8 and 9 are the leaves AA.11, AA.12 and AA.2, whose keys are 90, 10 and 70. */
START_TEST(leaf_places_are_not_named)
{
    write_fixture(NLC_CSV_PLAIN);
    table roadmap = table_read(path, "roadmap.csv", ',');
    const struct {
        const char *place;
        uint32_t row;
    } places[] = {{"P0001", 8}, {"P0002", 9}, {"P0003", 7}};
    for (size_t k = 0; k < 3; k++) {
        char date[32];
        size_t row = 1 + (FIXTURE_ROWS - 3 + k) * FIXTURE_MILESTONES;
        ck_assert_str_eq(cell_at(&roadmap, row, "place"), places[k].place);
        ck_assert_str_eq(cell_at(&roadmap, row, "label"), places[k].place);
        reached_by(places[k].row, 0, 20, date);
        ck_assert_str_eq(cell_at(&roadmap, row, "p50"), date);
    }
    for (size_t row = 1; row < roadmap.num_rows; row++) {
        for (uint32_t i = 1; i < 4; i++) {
            ck_assert_str_ne(cell_at(&roadmap, row, "place"), fixture_id[i]);
            ck_assert_str_ne(cell_at(&roadmap, row, "label"), fixture_name[i]);
        }
    }
    table_free(&roadmap);
    remove_base();
}
END_TEST

START_TEST(leaf_places_are_named_where_the_scenario_allows_it)
{
    nlc_ensemble ensemble = fixture_ensemble(REPLICATES);
    nlc_resolved scenario = fixture_scenario;
    scenario.names = true;
    ensemble.scenario = &scenario;
    nlc_results results = fixture_results(&ensemble);
    make_base();
    write_to(&results, path);
    table roadmap = table_read(path, "roadmap.csv", ',');
    size_t row = find_row(&roadmap, 1, "place=AA.12");
    ck_assert_str_eq(cell_at(&roadmap, row, "label"), "Old \"Fort\"");
    ck_assert_uint_eq(find_row(&roadmap, 1, "place=P0001"), 0);
    table_free(&roadmap);
    fixture_ensemble_free(&ensemble);
    remove_base();
}
END_TEST

static double mean_of(uint32_t month, uint32_t split, uint32_t tally)
{
    double sum = 0;
    for (uint32_t r = 0; r < REPLICATES; r++) {
        sum += (double)fixture_tally(month, split, tally, r);
    }
    return sum / REPLICATES;
}

/* The jackknife is another way to the standard error of a ratio; both agree to first order. */
static double jackknife_ratio(uint32_t month, uint32_t split, uint32_t above, uint32_t below)
{
    double ratios[REPLICATES];
    double sum = 0;
    double squares = 0;
    for (uint32_t r = 0; r < REPLICATES; r++) {
        double a = mean_of(month, split, above) * REPLICATES - (double)fixture_tally(month, split, above, r);
        double b = mean_of(month, split, below) * REPLICATES - (double)fixture_tally(month, split, below, r);
        ratios[r] = a / b;
        sum += ratios[r];
    }
    for (uint32_t r = 0; r < REPLICATES; r++) {
        squares += (ratios[r] - sum / REPLICATES) * (ratios[r] - sum / REPLICATES);
    }
    return sqrt(squares * (REPLICATES - 1) / REPLICATES);
}

START_TEST(flows_add_up_over_pools)
{
    write_fixture(NLC_CSV_PLAIN);
    table flows = table_read(path, "flows.csv", ',');
    ck_assert_uint_eq(flows.num_rows - 1, (1 + 2 + 2 + 4) * (3 + 1) * FIXTURE_MONTHS);
    const char *split = "month=5 date=2023-11 country=BB tier=city kind=meeting direction=down pool=";
    char words[128];
    size_t rows[3];
    for (uint32_t k = 0; k < 3; k++) {
        static const char *const pools[] = {"all", "national", "parent"};
        snprintf(words, sizeof words, "%s%s", split, pools[k]);
        rows[k] = find_row(&flows, 1, words);
        ck_assert_uint_gt(rows[k], 0);
    }
    check_number(cell_at(&flows, rows[0], "asked"), mean_of(4, 12, FIXTURE_asked), 3);
    check_number(cell_at(&flows, rows[1], "delivered"), mean_of(4, 12, FIXTURE_delivered_national), 3);
    check_number(cell_at(&flows, rows[2], "delivered"),
                 mean_of(4, 12, FIXTURE_delivered) - mean_of(4, 12, FIXTURE_delivered_national), 3);
    check_number(cell_at(&flows, rows[1], "service"),
                 mean_of(4, 12, FIXTURE_delivered_national) / mean_of(4, 12, FIXTURE_asked_national), 4);
    ck_assert_double_eq_tol(strtod(cell_at(&flows, rows[0], "service_mcse"), NULL),
                            jackknife_ratio(4, 12, FIXTURE_delivered, FIXTURE_asked), 2e-4);
    ck_assert_str_eq(cell_at(&flows, rows[0], "asked_mcse"), "0.0000");
    ck_assert_str_eq(cell_at(&flows, find_row(&flows, 1, "month=1 pool=parent"), "service"), "");
    size_t report = find_row(&flows, 1, "month=5 country=all tier=all kind=report direction=up pool=all");
    ck_assert_str_eq(cell_at(&flows, report, "asked"), "");
    check_number(cell_at(&flows, report, "delivered"), mean_of(4, 0, FIXTURE_reports), 3);
    table_free(&flows);
    remove_base();
}
END_TEST

START_TEST(nodes_hold_inputs)
{
    write_fixture(NLC_CSV_PLAIN);
    table nodes = table_read(path, "nodes.csv", ',');
    ck_assert_uint_eq(nodes.num_rows - 1, FIXTURE_NODES);
    /* The leaves have rows in the roadmap, and are not to be named. */
    for (uint32_t i = 0, leaves = 0; i < FIXTURE_NODES; i++) {
        char hidden[16];
        const bool is_leaf = fixture_scenario.first_child[i] == fixture_scenario.first_child[i + 1];
        snprintf(hidden, sizeof hidden, "L%04u", leaves += is_leaf);
        ck_assert_str_eq(cell_at(&nodes, i + 1, "id"), is_leaf ? hidden : fixture_id[i]);
        ck_assert_str_eq(cell_at(&nodes, i + 1, "name"), is_leaf ? "" : fixture_name[i]);
    }
    static const char *const second[][2] = {{"country", "AA"},           {"parent_id", "AA.1"},    {"tier", "city"},
                                            {"wave", "first"},           {"group", "coast"},       {"size", "small"},
                                            {"head", "elected"},         {"start_stage", "aware"}, {"population", "12345"},
                                            {"lat", "-1.25000"},         {"lon", "101.25000"},     {"placed", "no"},
                                            {"line_weight", "0.500000"}, {"children", "0"},        {"peers", "0.500"},
                                            {"regional_peers", "0.000"}, {"legacy", "0.237000"},   {"income", "0.200000"}};
    for (size_t k = 0; k < sizeof second / sizeof second[0]; k++) {
        ck_assert_str_eq(cell_at(&nodes, 2, second[k][0]), second[k][1]);
    }
    ck_assert_str_eq(cell_at(&nodes, 3, "wave"), "varies");
    ck_assert_str_eq(cell_at(&nodes, 3, "lat"), "");
    ck_assert_str_eq(cell_at(&nodes, 4, "parent_id"), "AA");
    ck_assert_str_eq(cell_at(&nodes, 1, "children"), "2");
    ck_assert_str_eq(cell_at(&nodes, 1, "placed"), "yes");
    table_free(&nodes);
    remove_base();
}
END_TEST

START_TEST(observations_are_copied)
{
    write_fixture(NLC_CSV_PLAIN);
    table observed = table_read(path, "observed.csv", ',');
    ck_assert_uint_eq(observed.num_rows, 3);
    for (uint32_t k = 0; k < 2 * NLC_OBSERVED_COLUMNS; k++) {
        ck_assert_str_eq(observed.cells[NLC_OBSERVED_COLUMNS + k], fixture_observed[k]);
    }
    table_free(&observed);
    remove_base();
}
END_TEST

/* The checks of the standard are written in Python, beside this file. */
static int check_package(const char *folder)
{
    char command[1024];
    const char *slash = strrchr(__FILE__, '/');
    snprintf(command, sizeof command, "python3 '%.*s/output_datapackage_check.py' '%s'",
             slash == NULL ? 1 : (int)(slash - __FILE__), slash == NULL ? "." : __FILE__, folder);
    return system(command);
}

START_TEST(the_data_package_is_valid)
{
    write_fixture(NLC_CSV_PLAIN);
    ck_assert_int_eq(check_package(path), 0);
    remove_base();
}
END_TEST

START_TEST(the_data_package_says_what_excel_gets)
{
    write_fixture(NLC_CSV_EXCEL_ID);
    ck_assert_int_eq(check_package(path), 0);
    table timeline = table_read(path, "timeline.csv", ';');
    const char *mean = cell_at(&timeline, find_row(&timeline, 1, "month=7 measure=adopted"), "mean");
    ck_assert_msg(mean[0] == '0' && mean[1] == ',' && strlen(mean) == 6, "%s", mean);
    table_free(&timeline);
    table observed = table_read(path, "observed.csv", ';');
    ck_assert_str_eq(cell_at(&observed, 2, "error"), "0,1");
    table_free(&observed);
    size_t length;
    char *package = file_text(path, "datapackage.json", &length);
    ck_assert_ptr_nonnull(strstr(package, "\"delimiter\": \";\""));
    ck_assert_ptr_nonnull(strstr(package, "\"decimalChar\": \",\""));
    free(package);
    remove_base();
}
END_TEST

START_TEST(provenance_is_complete)
{
    nlc_ensemble ensemble = fixture_ensemble(REPLICATES);
    nlc_results results = fixture_results(&ensemble);
    const nlc_parameter_note notes[] = {{NULL, NULL}, {"calibrated", "a survey"}};
    static const char *const expected[] = {
        "\"version\": \"" NLC_VERSION "\"",
        "\"command\": \"nlcsim run 'a folder' --set resourcing=0.5\"",
        "\"scenario_sha256\": \"0123456789abcdef",
        "\"code_version\": 7",
        "\"seed\": 41",
        "\"replicates\": 40",
        "\"grant*=2\"",
        "Bands are chance alone",
        "It does not predict violence, assess threats, score places or people, or forecast a named government.",
        "\"evidence\": \"literature\",\n        \"source\": \"Doe, \\\"A study\\\" 2021\"",
        "\"value\": 0.237,\n        \"default\": 0.125",
        "\"lowest\": 0,\n        \"highest\": 2.5",
        "\"highest\": \"unlimited\"",
        "\"title\": \"A \\\"fixture\\\" for tests, w\xC3\xADth every quirk\"",
    };
    size_t length;
    make_base();
    write_to(&results, path);
    char *package = file_text(path, "datapackage.json", &length);
    for (size_t k = 0; k < sizeof expected / sizeof expected[0]; k++) {
        ck_assert_msg(strstr(package, expected[k]) != NULL, "no %s", expected[k]);
    }
    ck_assert_ptr_nonnull(strstr(package, "\"evidence\": \"not stated\""));
    ck_assert_ptr_null(strstr(package, "\"name\": \"mandate\""));
    free(package);
    results.parameter_notes = notes;
    write_to(&results, path);
    package = file_text(path, "datapackage.json", &length);
    ck_assert_ptr_nonnull(strstr(package, "\"evidence\": \"calibrated\",\n        \"source\": \"a survey\""));
    free(package);
    char *resolved = file_text(path, "scenario.resolved.txt", &length);
    ck_assert_str_eq(resolved, fixture_resolved);
    free(resolved);
    fixture_ensemble_free(&ensemble);
    remove_base();
}
END_TEST

START_TEST(same_results_same_bytes)
{
    char command[512];
    nlc_ensemble ensemble = fixture_ensemble(REPLICATES);
    nlc_results results = fixture_results(&ensemble);
    make_base();
    write_to(&results, path);
    snprintf(command, sizeof command, "%s/again", base);
    write_to(&results, command);
    snprintf(command, sizeof command, "diff -r '%s' '%s/again'", path, base);
    ck_assert_int_eq(system(command), 0);
    /* What is not asked for any more goes. */
    results.series = false;
    results.observed = NULL;
    write_to(&results, path);
    snprintf(command, sizeof command, "diff -r '%s' '%s/again' | grep -c '^Only in.*: .*s.*\\.csv' | grep -qx 2", path, base);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(check_package(path), 0);
    fixture_ensemble_free(&ensemble);
    remove_base();
}
END_TEST

START_TEST(headers_are_those_of_the_dictionary)
{
    nlc_ensemble ensemble = fixture_ensemble(REPLICATES);
    nlc_results results = fixture_results(&ensemble);
    static const char *const names[] = {"dialogue_role", "meetings@tier=city*"};
    static const double values[] = {0.237, 1.5, 0.7, 0.5};
    results.bands = NLC_BANDS_SAMPLE;
    results.draws = (nlc_draws_table){names, values, 2, 2};
    make_base();
    write_to(&results, path);
    ck_assert_int_eq(check_package(path), 0);
    table draws = table_read(path, "draws.csv", ',');
    ck_assert_str_eq(cell_at(&draws, find_row(&draws, 1, "run=3"), "dialogue_role"), "0.237");
    ck_assert_str_eq(cell_at(&draws, find_row(&draws, 1, "run=4"), "meetings@tier=city*"), "0.5");
    table_free(&draws);
    for (uint32_t k = 0; k < NLC_NUM_RESULT_TABLES; k++) {
        nlc_result_columns columns;
        ck_assert_int_eq(nlc_result_columns_init(&columns, (nlc_result_table_id)k, &results), NLC_OK);
        table written = table_read(path, nlc_result_tables[k].file, ',');
        ck_assert_uint_eq(written.num_columns, columns.num);
        for (uint32_t c = 0; c < columns.num; c++) {
            ck_assert_str_eq(written.cells[c], columns.column[c].name);
            ck_assert_uint_gt(strlen(columns.column[c].meaning), 0);
        }
        table_free(&written);
        nlc_result_columns_free(&columns);
        nlc_result_columns_free(&columns);
    }
    fixture_ensemble_free(&ensemble);
    remove_base();
}
END_TEST

START_TEST(one_run_has_no_monte_carlo_error)
{
    nlc_ensemble ensemble = fixture_ensemble(1);
    nlc_results results = fixture_results(&ensemble);
    make_base();
    write_to(&results, path);
    ck_assert_int_eq(check_package(path), 0);
    table timeline = table_read(path, "timeline.csv", ',');
    size_t row = find_row(&timeline, 1, "month=7 measure=adopted");
    ck_assert_str_eq(cell_at(&timeline, row, "mcse"), "");
    ck_assert_str_eq(cell_at(&timeline, row, "p05"), cell_at(&timeline, row, "p95"));
    table_free(&timeline);
    fixture_ensemble_free(&ensemble);
    remove_base();
}
END_TEST

RUN_SUITE("output_results", timeline_holds_the_quantiles, runs_have_a_column_for_each_outcome_and_split, series_holds_every_run,
          roadmap_gives_dates, leaf_places_are_not_named, leaf_places_are_named_where_the_scenario_allows_it,
          flows_add_up_over_pools, nodes_hold_inputs, observations_are_copied, the_data_package_is_valid,
          the_data_package_says_what_excel_gets, provenance_is_complete, same_results_same_bytes,
          headers_are_those_of_the_dictionary, one_run_has_no_monte_carlo_error)
