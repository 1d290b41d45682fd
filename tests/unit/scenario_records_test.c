#include "records.h"

#include "scenario_fixture.h"

static nlc_error count_records(void *context, const nlc_record *record)
{
    uint32_t *num = context;
    num[0]++;
    num[1] += record->bad;
    if (!record->bad)
        ck_assert_str_eq(nlc_record_text(record, NLC_WAVE_START), "7");
    return NLC_OK;
}

/* Reads a waves.csv. */
static void expect_table(const char *data, uint32_t num_rows, uint32_t num_bad, const char *said, nlc_error expected)
{
    nlc_problems problems = {0};
    nlc_text found = {0};
    uint32_t num[2] = {0, 0};
    put_file("waves.csv", data);
    const nlc_error error = nlc_table_read(NLC_TABLE_WAVES, nlc_models()[0], "waves.csv", (nlc_where){"waves.csv", 0, 0}, &problems,
                                           count_records, num);
    ck_assert_int_eq(nlc_problems_write(&problems, &found), NLC_OK);
    ck_assert_str_eq(found.data ? found.data : "", said);
    ck_assert_int_eq(error, expected);
    ck_assert_uint_eq(num[0], num_rows);
    ck_assert_uint_eq(num[1], num_bad);
    nlc_text_free(&found);
    nlc_problems_free(&problems);
}

START_TEST(tables_are_read_by_the_names_of_their_columns)
{
    scratch_begin();
    expect_table("start,wave\n7,one\n", 1, 0, "", NLC_OK);
    expect_table("wave,start,label\none,7,\"a\nb\"\ntwo,x,\n", 2, 1,
                 "waves.csv:4: start is 'x', expected a month such as 2023-07, or a month number from 1\n", NLC_OK);
    expect_table("wave,start\none,7\n\ntwo,7,1\n", 2, 1, "waves.csv:4: the row has 3 cells where the header has 2\n", NLC_OK);
    expect_table("wave,start,labl,religion,start,\none,7,,,,\n", 1, 0,
                 "waves.csv:1: 'labl' is not a column of waves.csv; did you mean 'label'?\n"
                 "waves.csv:1: 'religion' is not a column of waves.csv; nothing is ignored, and the format has no place for "
                 "individuals, communities or risk\n"
                 "waves.csv:1: the column 'start' stands twice\nwaves.csv:1: column 6 has no name\n",
                 NLC_OK);
    expect_table("wave,label\none,x\n", 0, 0, "waves.csv:1: the column 'start' is missing: first month of the wave\n",
                 NLC_ERROR_INPUT);
    expect_table("", 0, 0, "waves.csv: the file is empty; it begins with a header line such as wave,start\n", NLC_ERROR_INPUT);
    expect_table("wave,start\n", 0, 0, "", NLC_OK);
    scratch_end();
}
END_TEST

RUN_SUITE("scenario records", tables_are_read_by_the_names_of_their_columns)
