#include "study.h"

#include "scenario_fixture.h"

#include <math.h>

#define STUDY   "key,value\nscenario,../W\ndesign,factorial\n"
#define FACTORS "name,role,kind,low,high,levels,distribution,scale\n"

static void put_study(const char *study, const char *factors)
{
    ck_assert(mkdir("S", 0777) == 0 || true);
    put_file("S/study.csv", study);
    put_file("S/factors.csv", factors);
}

static void expect_study(const char *study, const char *factors, const char *expected)
{
    nlc_study loaded;
    nlc_problems problems = {0};
    nlc_text text = {0};
    put_study(study, factors);
    const nlc_error error = nlc_study_load(&loaded, "S", nlc_models(), &problems);
    ck_assert_int_eq(nlc_problems_write(&problems, &text), NLC_OK);
    ck_assert_str_eq(text.data ? text.data : "", expected);
    ck_assert_int_eq(error, NLC_ERROR_INPUT);
    nlc_text_free(&text);
    nlc_problems_free(&problems);
    nlc_study_free(&loaded);
}

START_TEST(problems_of_study_csv)
{
    static const char factors[] = FACTORS "resourcing,lever,real,,,1|2,,\n";
    scratch_begin();
    put_world();
    expect_study("key,value\nscenario,../W\ndesing,lhs\n", factors,
                 "S/study.csv: the key 'design' is missing: how design points are chosen\n"
                 "S/study.csv:3: 'desing' is not a key of study.csv; did you mean 'design'?\n");
    expect_study(
        "key,value\nscenario,../W\ndesign,lsh\n", factors,
        "S/study.csv:3: design is 'lsh', expected factorial, one-at-a-time, list, lhs, sobol, saltelli, morris or crossed; "
        "did you mean 'lhs'?\n");
    expect_study("key,value\nscenario,../W\ndesign,lhs\n", factors,
                 "S/study.csv:3: the design 'lhs' needs the key 'points': how many: points of lhs and sobol, base samples of "
                 "saltelli, trajectories of morris, samples of the uncertainties of crossed\n");
    expect_study(STUDY "points,10\n", factors,
                 "S/study.csv:4: the number of points of a factorial design follows from its factors; remove the key 'points'\n");
    expect_study(STUDY "candidates,10\n", factors,
                 "S/study.csv:4: only the design morris chooses among candidates; remove the key 'candidates'\n");
    expect_study("key,value\nscenario,../W\ndesign,morris\npoints,11\ncandidates,10\n", factors,
                 "S/study.csv:5: 10 candidates are fewer than the 11 trajectories of the key 'points'; 0 is no choice\n");
    expect_study("key,value\nscenario,../W\ndesign,morris\npoints,11\ncandidates,2001\n", factors,
                 "S/study.csv:5: candidates is '2001', expected a whole number from 0 to 2000\n");
    expect_study(STUDY "sample,posterior.csv\n", factors,
                 "S/study.csv:4: only the design crossed takes a sample of the uncertainties; remove the key 'sample'\n");
    expect_study("key,value\ndesign,factorial\n", factors,
                 "S/study.csv: the key 'scenario' is missing: path of the scenario folder that is varied, from here; or let a "
                 "factor of the kind scenario name folders\n");
    expect_study("key,value\nscenario,../V\ndesign,factorial\n", factors,
                 "S/study.csv:2: the folder 'V' cannot be read: No such file or directory\n");
    scratch_end();
}
END_TEST

static uint64_t candidates_of(const char *study)
{
    nlc_study loaded;
    nlc_problems problems = {0};
    put_study(study, FACTORS "resourcing,lever,real,1,2,,,\n");
    ck_assert_int_eq(nlc_study_load(&loaded, "S", nlc_models(), &problems), NLC_OK);
    const uint64_t num = loaded.candidates;
    nlc_problems_free(&problems);
    nlc_study_free(&loaded);
    return num;
}

START_TEST(candidates_of_morris)
{
    scratch_begin();
    put_world();
    ck_assert_uint_eq(candidates_of("key,value\nscenario,../W\ndesign,morris\npoints,11\n"), 110);
    ck_assert_uint_eq(candidates_of("key,value\nscenario,../W\ndesign,morris\npoints,51\n"), 500);
    ck_assert_uint_eq(candidates_of("key,value\nscenario,../W\ndesign,morris\npoints,500\n"), 0);
    ck_assert_uint_eq(candidates_of("key,value\nscenario,../W\ndesign,morris\npoints,11\ncandidates,237\n"), 237);
    ck_assert_uint_eq(candidates_of("key,value\nscenario,../W\ndesign,morris\npoints,11\ncandidates,11\n"), 0);
    ck_assert_uint_eq(candidates_of("key,value\nscenario,../W\ndesign,morris\npoints,11\ncandidates,0\n"), 0);
    ck_assert_uint_eq(candidates_of("key,value\nscenario,../W\ndesign,lhs\npoints,11\n"), 0);
    scratch_end();
}
END_TEST

static nlc_study_stop stop_of(const char *text, uint32_t *replicates)
{
    nlc_study study;
    nlc_problems problems = {0};
    char keys[200];
    snprintf(keys, sizeof keys, STUDY "replicates,%u\nstop,%s\n", (unsigned)*replicates, text);
    put_study(keys, FACTORS "resourcing,lever,real,,,1|2,,\n");
    ck_assert_int_eq(nlc_study_load(&study, "S", nlc_models(), &problems), NLC_OK);
    const nlc_study_stop stop = study.stop;
    ck_assert_str_eq(stop.text, text);
    ck_assert_str_eq(stop.outcome, "cost_end");
    *replicates = study.replicates;
    ck_assert_uint_eq(nlc_study_most(&study), stop.most);
    nlc_study_free(&study);
    nlc_problems_free(&problems);
    return stop;
}

START_TEST(when_a_point_stops)
{
    scratch_begin();
    put_world();
    uint32_t replicates = 1;
    nlc_study_stop stop = stop_of("cost_end:2.5", &replicates);
    ck_assert_uint_eq(replicates, 2);
    ck_assert_double_eq(stop.width, 2.5);
    ck_assert(!stop.is_relative);
    ck_assert_uint_eq(stop.most, 10000);
    ck_assert_double_eq(stop.confidence, 0.95);
    replicates = 237;
    stop = stop_of("cost_end:7%", &replicates);
    ck_assert_uint_eq(replicates, 237);
    ck_assert_double_eq(stop.width, 0.07);
    ck_assert(stop.is_relative);
    ck_assert_uint_eq(stop.most, 23700);
    stop = stop_of("cost_end:7%:237:81", &replicates);
    ck_assert_uint_eq(stop.most, 237);
    ck_assert_double_eq(stop.confidence, 0.81);
    scratch_end();
}
END_TEST

START_TEST(problems_of_a_stop)
{
    static const char *const wrong[] = {"cost_end",          ":1",
                                        "cost_end:",         "cost_end:0",
                                        "cost_end:-1",       "cost_end:nan",
                                        "cost_end:1e99",     "cost_end:1:22",
                                        "cost_end:1:2.5",    "cost_end:1%%",
                                        "cost_end:1:50:49",  "cost_end:1:50:",
                                        "cost_end:1:50:95:", "cost_end:1 :50"};
    scratch_begin();
    put_world();
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        char keys[200], expected[400];
        snprintf(keys, sizeof keys, STUDY "replicates,23\nstop,%s\n", wrong[k]);
        snprintf(expected, sizeof expected,
                 "S/study.csv:5: stop is '%s', expected OUTCOME:WIDTH[:MOST[:CONFIDENCE]] such as functioning_end:0.02:2300:95 or "
                 "cost_end:5%%: the width above 0, MOST from the replicates (23) to 1000000, CONFIDENCE from 50 to 99\n",
                 wrong[k]);
        expect_study(keys, FACTORS "resourcing,lever,real,,,1|2,,\n", expected);
    }
    scratch_end();
}
END_TEST

START_TEST(problems_of_factors_csv)
{
    scratch_begin();
    put_world();
    expect_study(STUDY, FACTORS "resorcing,lever,real,,,1|2,,\nmeetings@tier=town,lever,real,0,5,,,\n",
                 "S/factors.csv:2: 'resorcing' is not a lever, parameter, dial or key of scenario.csv; did you mean 'resourcing'?\n"
                 "S/factors.csv:3: 'town' is not a tier of nodes.csv\n");
    expect_study(STUDY, FACTORS "meetings,lever,real,5,2,,,\ntrainings,lever,real,,,,,\ngrant,lver,real,0,1,,,\n",
                 "S/factors.csv:2: low is not below high\n"
                 "S/factors.csv:3: has neither low and high nor levels, so nobody knows how far it varies\n"
                 "S/factors.csv:4: role is 'lver', expected lever or uncertainty; did you mean 'lever'?\n");
    expect_study(STUDY, FACTORS "drafting_support,lever,real,0,2,,,\nmandate,lever,real,,,0|1.5,,\n",
                 "S/factors.csv:2: low and high of 'drafting_support' lie outside its bounds, 0 to 1\n"
                 "S/factors.csv:3: the level '1.5' of 'mandate' is not a number from 0 to 1\n");
    expect_study(
        STUDY, FACTORS "meetings,lever,real,0,5,,normal:3,\nmeetings,lever,real,0,5,,,log\n",
        "S/factors.csv:2: distribution is 'normal:3', expected uniform, loguniform (low above 0), triangular:MODE (between "
        "low and high), normal:MEAN:SD or beta:A:B (SD, A and B above 0)\n"
        "S/factors.csv:3: the factor 'meetings' stands twice, first in line 2\n"
        "S/factors.csv:3: low is not above 0, which has no logarithm\n");
    expect_study(STUDY, FACTORS "scenario.seed,lever,integer,1,5,,,\nscenario.peers,lever,category,,,none|nerest:2,,\n",
                 "S/factors.csv:2: 'scenario.seed' cannot be a factor: it is a key of study.csv\n");
    scratch_end();
}
END_TEST

START_TEST(a_sample_gives_the_uncertainties)
{
    static const char factors[] = FACTORS "resourcing,lever,real,,,1|2,,\npeer_effect,uncertainty,real,0,0.5,,,\n"
                                          "engagement,uncertainty,real,0.5,2,,,\n";
    static const char study[] = "key,value\nscenario,../W\ndesign,crossed\nsample,s.csv\n";
    nlc_study loaded;
    nlc_problems problems = {0};
    scratch_begin();
    put_world();
    put_study(study, factors);
    put_file("S/s.csv", "peer_effect,resourcing\n0.1,1\n");
    expect_study(study, factors,
                 "S/s.csv:1: the column 'resourcing' is a lever; a sample gives the uncertainties alone\n"
                 "S/s.csv:1: the column 'engagement' is missing: an uncertainty of this study\n");
    put_file("S/s.csv", "engagement,peer_effect\n0.5,0.1\n2,0.237\n");
    expect_study("key,value\nscenario,../W\ndesign,crossed\nsample,s.csv\npoints,3\n", factors,
                 "S/study.csv:5: points is 3, and the sample has 2 rows\n");
    put_study(study, factors);
    ck_assert_int_eq(nlc_study_load(&loaded, "S", nlc_models(), &problems), NLC_OK);
    ck_assert_uint_eq(loaded.points, 2);
    ck_assert(isnan(loaded.listed[3]));
    ck_assert_double_eq_tol(loaded.listed[4], 0.237, 1e-7);
    ck_assert_double_eq(loaded.listed[5], 2);
    nlc_problems_free(&problems);
    nlc_study_free(&loaded);
    scratch_end();
}

START_TEST(problems_of_points_csv)
{
    static const char study[] = "key,value\nscenario,../W\ndesign,list\n";
    static const char factors[] = FACTORS "resourcing,lever,real,0.5,2,,,\nscenario.peers,lever,category,,,none|nearest:2,,\n";
    scratch_begin();
    put_world();
    put_study(study, factors);
    put_file("S/points.csv", "resourcing,peers\n1,none\n");
    expect_study(study, factors,
                 "S/points.csv:1: 'peers' is not a factor of this study\n"
                 "S/points.csv:1: the column 'scenario.peers' is missing: a factor of this study\n");
    put_file("S/points.csv", "resourcing,scenario.peers\n1,none\n3,nearest:3\nx,\n");
    expect_study(study, factors,
                 "S/points.csv:3: resourcing is '3', expected a number from 0.5 to 2, as factors.csv says\n"
                 "S/points.csv:3: scenario.peers is 'nearest:3', which is not one of its levels; did you mean 'nearest:2'?\n"
                 "S/points.csv:4: resourcing is 'x', expected a number from 0.5 to 2, as factors.csv says\n");
    scratch_end();
}
END_TEST

START_TEST(a_study_is_read_and_gives_settings)
{
    nlc_study study;
    nlc_problems problems = {0};
    nlc_setting setting[4];
    nlc_study_text text[3];
    scratch_begin();
    put_world();
    ck_assert_int_eq(mkdir("V", 0777), 0);
    put_file("V/scenario.csv", "key,value\nextends,../W\nmonths,7\n");
    put_study("key,value\ndesign,factorial\nreplicates,23\nseed,18446744073709551615\noutcomes,cost_end|functioning_end\n",
              FACTORS "folder,uncertainty,scenario,,,../W|../V,,\nmeetings@tier=city,lever,real,0,6,3,,\n"
                      "scenario.months,lever,integer,3,9,,,\n");
    ck_assert_int_eq(nlc_study_load(&study, "S", nlc_models(), &problems), NLC_OK);
    ck_assert_uint_eq(study.num_variants, 2);
    ck_assert_uint_eq(study.replicates, 23);
    ck_assert(study.seed == UINT64_MAX);
    ck_assert_uint_eq(study.num_outcomes, 2);
    ck_assert_str_eq(study.outcome[1], "functioning_end");
    ck_assert_uint_eq(study.factor[0].role, NLC_ROLE_UNCERTAINTY);
    ck_assert_uint_eq(study.factor[1].num_steps, 3);
    const double values[] = {1, 4.5, 8};
    ck_assert_uint_eq(nlc_study_variant(&study, values), 1);
    const nlc_settings settings = nlc_study_settings(&study, values, setting, text);
    ck_assert_uint_eq(settings.num, 3);
    ck_assert_float_eq(setting[0].number, 4.5F);
    ck_assert_uint_eq(setting[1].value.whole, 8);
    ck_assert(setting[2].value.whole == UINT64_MAX);
    const double open[] = {0, NAN, NAN};
    ck_assert_uint_eq(nlc_study_settings(&study, open, setting, text).num, 1);
    nlc_study_free(&study);
    nlc_problems_free(&problems);
    scratch_end();
}
END_TEST

RUN_SUITE("study", problems_of_study_csv, candidates_of_morris, when_a_point_stops, problems_of_a_stop, problems_of_factors_csv,
          problems_of_points_csv, a_sample_gives_the_uncertainties, a_study_is_read_and_gives_settings)
