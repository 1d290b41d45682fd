#include "rows.h"

#include "scenario_fixture.h"

/* Everything that the reader says of a file, as text: "line: cell|cell\n". */
static nlc_error collect(void *context, const nlc_row *row)
{
    nlc_text *text = context;
    ck_assert_int_eq(nlc_text_print(text, "%lu%s", (unsigned long)row->line, row->is_damaged ? "!" : ""), NLC_OK);
    for (size_t c = 0; c < row->num; c++)
        ck_assert_int_eq(nlc_text_print(text, "%s%s", c == 0 ? ":" : "|", row->cell[c]), NLC_OK);
    return nlc_text_print(text, row->decimal_comma ? ";\n" : "\n");
}

static void expect(const char *data, size_t length, const char *rows, const char *said, nlc_error expected)
{
    nlc_problems problems = {0};
    nlc_text found = {0}, messages = {0};
    put_bytes("t.csv", data, length);
    const nlc_error error = nlc_rows_read("t.csv", (nlc_where){"t.csv", 0, 0}, &problems, collect, &found);
    ck_assert_int_eq(nlc_problems_write(&problems, &messages), NLC_OK);
    ck_assert_str_eq(messages.data ? messages.data : "", said);
    if (rows)
        ck_assert_str_eq(found.data ? found.data : "", rows);
    ck_assert_int_eq(error, expected);
    nlc_text_free(&found);
    nlc_text_free(&messages);
    nlc_problems_free(&problems);
}

#define GOOD(data, rows)           expect(data, sizeof(data) - 1, rows, "", NLC_OK)
#define REPORTED(data, rows, said) expect(data, sizeof(data) - 1, rows, said, NLC_OK)
#define REFUSED(data, said)        expect(data, sizeof(data) - 1, NULL, said, NLC_ERROR_INPUT)

START_TEST(what_spreadsheets_write_is_read)
{
    scratch_begin();
    GOOD("a,b\n1,2\n", "1:a|b\n2:1|2\n");
    GOOD("a,b\n1,2", "1:a|b\n2:1|2\n");
    GOOD("\xEF\xBB\xBF"
         "a,b\r\n1,2\r\n",
         "1:a|b\n2:1|2\n");
    GOOD("a,b\r1,2\r", "1:a|b\n2:1|2\n");
    GOOD("\n\na,b\n\n  \n1,2\n,\n3,4\n", "3:a|b\n6:1|2\n8:3|4\n");
    GOOD("a;b\n0,5;\"x;y\"\n", "1:a|b;\n2:0,5|x;y;\n");
    GOOD("sep=;\r\na;b\r\n1;2\r\n", "2:a|b;\n3:1|2;\n");
    GOOD("sep=,\na,b\n1,2\n", "2:a|b\n3:1|2\n");
    GOOD("a,b\n\"x, \"\"y\"\"\",  padded\t\n", "1:a|b\n2:x, \"y\"|padded\n");
    GOOD("a,b\n\"one\n\ntwo\",2\n3,4\n", "1:a|b\n2:one\n\ntwo|2\n5:3|4\n");
    GOOD("a,b\n1\n1,2,3\n", "1:a|b\n2:1\n3:1|2|3\n");
    GOOD("a,b\nDasmari\xC3\xB1"
         "as,\xF0\x9F\x8F\x99\n",
         "1:a|b\n2:Dasmari\xC3\xB1"
         "as|\xF0\x9F\x8F\x99\n");
    GOOD("", "");
    GOOD("one\n2\n", "1:one\n2:2\n");
    scratch_end();
}
END_TEST

START_TEST(bytes_that_cannot_stand_in_a_table_are_reported)
{
    scratch_begin();
    REPORTED("a,b\nx\0y,2\n3,4\n", "1:a|b\n2!:x?y|2\n3:3|4\n",
             "t.csv:2: byte 2 of the line is a NUL, which cannot stand in a table; remove it\n");
    REPORTED("a,b\n1,\x07\x08\n", "1:a|b\n2!:1|??\n",
             "t.csv:2: byte 3 of the line is a control character, which cannot stand in a table; remove it\n");
    static const char *const wrong[] = {"\xD1", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF0\x80\x80\xAF", "\xF4\x90\x80\x80",
                                        "\xF8", "\xC3"};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        char data[32], said[160];
        const int length = snprintf(data, sizeof data, "a,b\n1,%s\n", wrong[k]);
        snprintf(said, sizeof said, "t.csv:2: byte 3 of the line (0x%02X) is not UTF-8; save the file as 'CSV UTF-8'\n",
                 (unsigned char)wrong[k][0]);
        expect(data, (size_t)length, NULL, said, NLC_OK);
    }
    scratch_end();
}
END_TEST

START_TEST(files_that_are_no_table_are_refused)
{
    scratch_begin();
    REFUSED("\xFF\xFE"
            "a\0,\0",
            "t.csv:1: the file is UTF-16; save it as 'CSV UTF-8'\n");
    REFUSED("\xFE\xFF"
            "\0a\0,",
            "t.csv:1: the file is UTF-16; save it as 'CSV UTF-8'\n");
    REFUSED("a\tb\n1\t2\n", "t.csv:1: the cells are separated by tabs; save the file as CSV, with , or ; between them\n");
    REFUSED("a,b\n1,2\n3,\"x\n4,5\n", "t.csv:3: a quote (\") is opened in this row and never closed\n");
    nlc_problems problems = {0};
    nlc_text found = {0}, said = {0};
    ck_assert_int_eq(mkdir("d.csv", 0777), 0);
    ck_assert_int_eq(mkfifo("p.csv", 0666), 0);
    ck_assert_int_eq(nlc_rows_read("d.csv", (nlc_where){"d.csv", 0, 1}, &problems, collect, &found), NLC_ERROR_INPUT);
    ck_assert_int_eq(nlc_rows_read("p.csv", (nlc_where){"p.csv", 0, 2}, &problems, collect, &found), NLC_ERROR_INPUT);
    ck_assert_int_eq(nlc_rows_read("q.csv", (nlc_where){"q.csv", 0, 3}, &problems, collect, &found), NLC_ERROR_INPUT);
    ck_assert_int_eq(nlc_problems_write(&problems, &said), NLC_OK);
    ck_assert_str_eq(said.data, "d.csv: is a folder, not a file\np.csv: is a device or a pipe, not a file\n"
                                "q.csv: cannot be read: No such file or directory\n");
    nlc_text_free(&said);
    nlc_problems_free(&problems);
    scratch_end();
}
END_TEST

START_TEST(a_row_without_end_is_refused_in_bounded_memory)
{
    scratch_begin();
    const size_t length = 3 * NLC_ROW_LENGTH;
    char *data = malloc(length);
    memset(data, 'x', length);
    memcpy(data, "a,b\n", 4);
    expect(data, length, NULL, "t.csv:2: the row is longer than 1048576 bytes; is a quote (\") not closed?\n", NLC_ERROR_INPUT);
    for (size_t i = 4; i < length; i++)
        data[i] = i % 100 ? 'x' : '\n';
    data[4] = '"';
    expect(data, length, NULL, "t.csv:2: the row is longer than 1048576 bytes; is a quote (\") not closed?\n", NLC_ERROR_INPUT);
    free(data);
    scratch_end();
}
END_TEST

static nlc_error stop_at_second(void *context, const nlc_row *row)
{
    ++*(int *)context;
    return row->line == 2 ? NLC_ERROR_MEMORY : NLC_OK;
}

START_TEST(the_first_error_of_the_caller_ends_the_reading)
{
    scratch_begin();
    nlc_problems problems = {0};
    int num = 0;
    put_file("t.csv", "a\n1\n2\n3\n");
    ck_assert_int_eq(nlc_rows_read("t.csv", (nlc_where){"t.csv", 0, 0}, &problems, stop_at_second, &num), NLC_ERROR_MEMORY);
    ck_assert_int_eq(num, 2);
    scratch_end();
}
END_TEST

RUN_SUITE("scenario rows", what_spreadsheets_write_is_read, bytes_that_cannot_stand_in_a_table_are_reported,
          files_that_are_no_table_are_refused, a_row_without_end_is_refused_in_bounded_memory,
          the_first_error_of_the_caller_ends_the_reading)
