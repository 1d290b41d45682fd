/* Tables read by the names of their columns, and what is wrong with them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/reader.h"
#include "suite.h"

static char folder[] = "/tmp/nlcsim-reader-XXXXXX";
static const char *const columns[] = {"value", "date", "name"};

typedef struct {
    double value;
    int32_t month;
    char name[32];
    unsigned num;
} last_row;

static nlc_error take(void *context, const nlc_cells *cells)
{
    last_row *row = context;
    row->value = nlc_cells_number(cells, 0);
    row->month = nlc_cells_month(cells, 1);
    snprintf(row->name, sizeof row->name, "%s", cells->cell[2]);
    row->num++;
    return NLC_OK;
}

/* Reads a table of this text; what is said of it goes to `said`. */
static nlc_error read_text(const char *text, last_row *row, char said[2048])
{
    char path[64];
    nlc_problems problems = {0};
    nlc_text written = {0};
    nlc_reader reader = {.folder = folder, .problems = &problems};
    const nlc_reading reading = {"t.csv", columns, 3, take, row, 0};
    snprintf(path, sizeof path, "%s/t.csv", folder);
    FILE *file = fopen(path, "wb");
    fputs(text, file);
    fclose(file);
    const nlc_error error = nlc_reader_read(&reader, &reading);
    ck_assert_int_eq(nlc_problems_write(&problems, &written), NLC_OK);
    snprintf(said, 2048, "%s",
             written.data == NULL ? "" : written.data + (written.length > strlen(folder) ? strlen(folder) + 1 : 0));
    nlc_text_free(&written);
    nlc_problems_free(&problems);
    nlc_reader_free(&reader);
    unlink(path);
    return error;
}

START_TEST(columns_go_by_name)
{
    last_row row = {0};
    char said[2048];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(read_text("name,more,date,value\r\nx,1,2024-03,0.25\r\n\"y, z\",2,2024-12-31,0.237\r\n", &row, said), NLC_OK);
    ck_assert_uint_eq(row.num, 2);
    ck_assert_double_eq(row.value, 0.237);
    ck_assert_int_eq(row.month, 2024 * 12 + 11);
    ck_assert_str_eq(row.name, "y, z");
    rmdir(folder);
}
END_TEST

START_TEST(decimal_commas)
{
    last_row row = {0};
    char said[2048];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(read_text("\xEF\xBB\xBFname;date;value\r\nx;;0,237\r\n", &row, said), NLC_OK);
    ck_assert_double_eq(row.value, 0.237);
    ck_assert_int_eq(row.month, -1);
    ck_assert_int_eq(read_text("name,date,value\r\nx,,\r\n", &row, said), NLC_OK);
    ck_assert(isnan(row.value));
    rmdir(folder);
}
END_TEST

START_TEST(problems_have_places)
{
    last_row row = {0};
    char said[2048];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(read_text("name,when,value\nx,1,2\n", &row, said), NLC_ERROR_INPUT);
    ck_assert_str_eq(said, "t.csv:1: there is no column 'date', which a results folder has\n");
    ck_assert_int_eq(read_text("name,date,value\nx,2024-13,2\ny,2024-01,two\nz\n", &row, said), NLC_ERROR_INPUT);
    ck_assert_ptr_nonnull(strstr(said, "t.csv:2: '2024-13' is not a month, expected YYYY-MM\n"));
    ck_assert_ptr_nonnull(strstr(said, "t.csv:3: 'two' is not a number\n"));
    ck_assert_ptr_nonnull(strstr(said, "t.csv:4: this row has 1 cells, expected 3 as in the header\n"));
    ck_assert_int_eq(read_text("", &row, said), NLC_ERROR_INPUT);
    ck_assert_str_eq(said, "t.csv: this table is empty\n");
    rmdir(folder);
}
END_TEST

START_TEST(files_that_are_not_there)
{
    nlc_problems problems = {0};
    nlc_reader reader = {.folder = "/nowhere/at-all/", .problems = &problems};
    const nlc_reading reading = {"t.csv", columns, 3, take, NULL, 0};
    nlc_text text = {0};
    ck_assert(!nlc_reader_has(&reader, "t.csv"));
    ck_assert_str_eq(nlc_reader_path(&reader, "t.csv"), "/nowhere/at-all/t.csv");
    ck_assert_ptr_eq(nlc_reader_path(&reader, "t.csv"), nlc_reader_path(&reader, "t.csv"));
    ck_assert_int_eq(nlc_reader_read(&reader, &reading), NLC_ERROR_INPUT);
    ck_assert_int_eq(nlc_reader_text(&reader, "t.csv", &text), NLC_ERROR_INPUT);
    ck_assert_uint_eq(problems.num_problems, 2);
    nlc_problems_free(&problems);
    nlc_reader_free(&reader);
}
END_TEST

RUN_SUITE("output_report_reader", columns_go_by_name, decimal_commas, problems_have_places, files_that_are_not_there)
