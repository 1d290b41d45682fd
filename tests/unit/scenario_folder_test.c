#include "scenario_fixture.h"

static void put_child(const char *name, const char *extends)
{
    char path[64], text[128];
    ck_assert_int_eq(mkdir(name, 0777), 0);
    snprintf(path, sizeof path, "%s/scenario.csv", name);
    snprintf(text, sizeof text, "key,value\nextends,%s\n", extends);
    put_file(path, text);
}

START_TEST(keys_and_parameters_merge_levers_append_other_tables_replace)
{
    scratch_begin();
    put_world();
    put_file("W/levers.csv", "lever,value\nslots,9\nmeetings,6\n");
    put_file("W/parameters.csv", "name,value\nreport_noise,0.6\nmisfit,0.237\n");
    put_file("W/channels.csv", "from,to,kind\nA-11,A-12,peer\n");
    put_child("V", "../W");
    put_file("V/scenario.csv", "key,value\nextends,../W\ntitle,Child\nmonths,9\npeers,\n");
    put_file("V/levers.csv", "lever,how,value\nmeetings,scale,0.5\n");
    put_file("V/parameters.csv", "name,value\nreport_noise,0.4\n");
    put_child("U", "../V/");
    put_file("U/channels.csv", "from,to,kind,weight\nA-11,A-2,peer,0.5\n");
    char *text = resolved("U", NULL);
    ck_assert(has_line(text, "months\t9"));
    ck_assert(has_line(text, "title\tChild"));
    ck_assert(has_line(text, "report_noise\t0.4"));
    ck_assert(has_line(text, "misfit\t0.237"));
    ck_assert(has_line(text, "A-2\tpeer\tA-11\t0.5"));
    ck_assert(!has_line(text, "A-12\tpeer\tA-11\t1"));
    expect_levers(text, "A-11", "meetings\t1\t9\t3\nslots\t1\t9\t9\n");
    free(text);
    scratch_end();
}
END_TEST

START_TEST(a_chain_that_breaks_is_reported_where_it_breaks)
{
    scratch_begin();
    put_child("B", "../C");
    put_child("C", "../D");
    expect_problems("B", NULL, "C/scenario.csv:2: the folder 'D' cannot be read: No such file or directory\n");
    put_child("D", "../B");
    expect_problems("B", NULL, "D/scenario.csv:2: extends runs in a circle: 'B' is extended already\n");
    put_file("D/scenario.csv", "key,value\nextends,../c\n");
    expect_problems("B", NULL, "D/scenario.csv:2: the folder 'c' cannot be read: No such file or directory; did you mean 'C'?\n");
    put_file("D/scenario.csv", "key,value\nextends,..\\E\n");
    expect_problems("B", NULL,
                    "D/scenario.csv:2: the folder 'D/..\\E' does not exist; write / and not \\ between the names of folders\n");
    put_file("D/scenario.csv", "key,value\nextends,../C/scenario.csv\n");
    expect_problems("B", NULL, "D/scenario.csv:2: 'C/scenario.csv' is a file; a scenario is the folder that holds scenario.csv\n");
    scratch_end();
}
END_TEST

START_TEST(a_path_that_is_no_scenario_is_reported)
{
    scratch_begin();
    put_world();
    expect_problems("nowhere", NULL, "nowhere: the folder 'nowhere' cannot be read: No such file or directory\n");
    expect_problems("w", NULL, "w: the folder 'w' cannot be read: No such file or directory; did you mean 'W'?\n");
    expect_problems("W/nodes.csv", NULL,
                    "W/nodes.csv: 'W/nodes.csv' is a file; a scenario is the folder that holds scenario.csv\n");
    ck_assert_int_eq(mkdir("E", 0777), 0);
    expect_problems("./E/", NULL,
                    "E/scenario.csv: is missing; a scenario folder needs it\n"
                    "E/nodes.csv: is missing; a scenario needs its places, or `extends` in scenario.csv\n");
    scratch_end();
}
END_TEST

START_TEST(labels_are_what_a_user_would_write)
{
    scratch_begin();
    put_world();
    put_file("W/levers.csv", "lever,value\nmeetngs,6\n");
    expect_problems("./W//", NULL, "W/levers.csv:2: 'meetngs' is not a lever; did you mean 'meetings'?\n");
    expect_problems("W/../W/.", NULL, "W/levers.csv:2: 'meetngs' is not a lever; did you mean 'meetings'?\n");
    char path[128], said[256];
    snprintf(path, sizeof path, "%s/./W", scratch);
    snprintf(said, sizeof said, "%s/W/levers.csv:2: 'meetngs' is not a lever; did you mean 'meetings'?\n", scratch);
    expect_problems(path, NULL, said);
    ck_assert_int_eq(chdir("W"), 0);
    expect_problems(".", NULL, "./levers.csv:2: 'meetngs' is not a lever; did you mean 'meetings'?\n");
    expect_problems("../W", NULL, "../W/levers.csv:2: 'meetngs' is not a lever; did you mean 'meetings'?\n");
    scratch_end();
}
END_TEST

START_TEST(tables_under_a_wrong_name_are_not_passed_over)
{
    scratch_begin();
    put_world();
    put_file("W/README.md", "not a table");
    put_file("W/results-of-2020.csv", "not a table of ours");
    char *text = resolved("W", NULL);
    free(text);
    put_file("W/Levers.CSV", "lever,value\n");
    put_file("W/agency.csv", "id\n");
    expect_problems("W", NULL,
                    "W/Levers.CSV: is not read: rename it to 'levers.csv', in small letters\n"
                    "W/agency.csv: is not a table of a scenario and is not read; did you mean 'agencies.csv'?\n");
    scratch_end();
}
END_TEST

START_TEST(keys_are_checked)
{
    scratch_begin();
    put_world();
    expect_file("scenario.csv", "key,value\nstart,2024-01\nmonths,12\nadopting,city\nmonths,13\nsed,3\nmonth,4\nreligion,x\n,5\n",
                "W/scenario.csv:5: the key 'months' stands twice, first in line 3\n"
                "W/scenario.csv:6: 'sed' is not a key of scenario.csv; did you mean 'seed'?\n"
                "W/scenario.csv:7: 'month' is not a key of scenario.csv; did you mean 'months'?\n"
                "W/scenario.csv:8: 'religion' is not a key of scenario.csv\n"
                "W/scenario.csv:9: key is empty\n");
    expect_file("scenario.csv", "key,value\nformat,2\nmodel,ncl\n",
                "W/scenario.csv: the key 'start' is missing: calendar month of month 1\n"
                "W/scenario.csv: the key 'months' is missing: length of a run\n"
                "W/scenario.csv: the key 'adopting' is missing: tiers that adopt local plans, with | between them\n"
                "W/scenario.csv:2: format is '2', expected a whole number from 1 to 1\n"
                "W/scenario.csv:3: 'ncl' is not a model; did you mean 'nlc'?\n");
    scratch_end();
}
END_TEST

RUN_SUITE("scenario folder", keys_and_parameters_merge_levers_append_other_tables_replace,
          a_chain_that_breaks_is_reported_where_it_breaks, a_path_that_is_no_scenario_is_reported,
          labels_are_what_a_user_would_write, tables_under_a_wrong_name_are_not_passed_over, keys_are_checked)
