/* The CSV and JSON writers, and the file below them. */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "csv.h"
#include "json.h"
#include "suite.h"

static char written[1 << 20];

typedef struct {
    FILE *stream;
    nlc_file file;
} target;

static void target_open(target *self)
{
    self->stream = tmpfile();
    ck_assert_ptr_nonnull(self->stream);
    ck_assert_int_eq(nlc_file_init(&self->file, fileno(self->stream)), NLC_OK);
}

/* Finishes the file and leaves what it holds in `written`. */
static size_t target_close(target *self)
{
    ck_assert_int_eq(nlc_file_finish(&self->file), NLC_OK);
    rewind(self->stream);
    size_t length = fread(written, 1, sizeof written - 1, self->stream);
    written[length] = '\0';
    ck_assert_uint_eq(length, self->file.bytes);
    nlc_file_free(&self->file);
    fclose(self->stream);
    return length;
}

static void write_cells(nlc_csv *csv)
{
    nlc_csv_text(csv, "plain");
    nlc_csv_text(csv, "a,b");
    nlc_csv_text(csv, "a;b");
    nlc_csv_text(csv, "say \"no\"");
    nlc_csv_text(csv, "two\nlines");
    nlc_csv_text(csv, "return\r");
    nlc_csv_text(csv, "");
    nlc_csv_end_row(csv);
    nlc_csv_text(csv, NULL);
    nlc_csv_text(csv, " space");
    nlc_csv_text(csv, "space ");
    nlc_csv_number(csv, -0.237, 2);
    nlc_csv_number(csv, NAN, 2);
    nlc_csv_whole(csv, 18446744073709551615U);
    nlc_csv_month(csv, 2023 * 12 + 11);
    nlc_csv_end_row(csv);
    nlc_csv_number(csv, 12.5, 0);
    nlc_csv_number(csv, -INFINITY, 4);
    nlc_csv_number(csv, INFINITY, 2);
    nlc_csv_number_text(csv, "0.125");
    nlc_csv_text(csv, "1.5");
    nlc_csv_text(csv, "not so");
    nlc_csv_text(csv, "\"");
    nlc_csv_end_row(csv);
}

START_TEST(cells_are_quoted_where_they_must_be)
{
    target target;
    nlc_csv csv;
    target_open(&target);
    nlc_csv_begin(&csv, &target.file, NLC_CSV_PLAIN);
    write_cells(&csv);
    target_close(&target);
    ck_assert_str_eq(written, "plain,\"a,b\",a;b,\"say \"\"no\"\"\",\"two\nlines\",\"return\r\",\r\n"
                              ",\" space\",\"space \",-0.24,,18446744073709551615,2023-12\r\n"
                              "12,-INF,INF,0.125,1.5,not so,\"\"\"\"\r\n");
}
END_TEST

START_TEST(excel_id_has_semicolons_and_decimal_commas)
{
    target target;
    nlc_csv csv;
    target_open(&target);
    nlc_csv_begin(&csv, &target.file, NLC_CSV_EXCEL_ID);
    write_cells(&csv);
    target_close(&target);
    ck_assert_str_eq(written, "\xEF\xBB\xBFplain;a,b;\"a;b\";\"say \"\"no\"\"\";\"two\nlines\";\"return\r\";\r\n"
                              ";\" space\";\"space \";-0,24;;18446744073709551615;2023-12\r\n"
                              "12;-INF;INF;0,125;1.5;not so;\"\"\"\"\r\n");
}
END_TEST

START_TEST(long_texts_cross_the_buffer)
{
    target target;
    nlc_csv csv;
    size_t length = 3 * NLC_FILE_BUFFER;
    char *text = malloc(length + 1);
    for (size_t k = 0; k < length; k++) {
        text[k] = (char)('a' + k % 23);
    }
    text[length] = '\0';
    target_open(&target);
    nlc_csv_begin(&csv, &target.file, NLC_CSV_PLAIN);
    for (size_t k = 0; k < 5; k++) {
        nlc_csv_text(&csv, text + 2 * NLC_FILE_BUFFER - 1000 * k * k);
        nlc_csv_number(&csv, 1e300, 9);
        nlc_csv_end_row(&csv);
    }
    size_t total = target_close(&target);
    char number[400];
    snprintf(number, sizeof number, ",%.9f\r\n", 1e300);
    const char *at = written;
    for (size_t k = 0; k < 5; k++) {
        size_t part = NLC_FILE_BUFFER + 1000 * k * k;
        ck_assert_mem_eq(at, text + length - part, part);
        ck_assert_mem_eq(at + part, number, strlen(number));
        at = strstr(at + part, "\r\n") + 2;
    }
    ck_assert_uint_eq((size_t)(at - written), total);
    free(text);
}
END_TEST

START_TEST(hash_is_that_of_the_bytes)
{
    target target;
    char hash[NLC_FILE_HASH_LENGTH];
    target_open(&target);
    nlc_file_write(&target.file, "a", 1);
    nlc_file_write(&target.file, "bc", 2);
    ck_assert_int_eq(nlc_file_finish(&target.file), NLC_OK);
    nlc_file_hash(&target.file, hash);
    ck_assert_str_eq(hash, "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                           "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    nlc_file_free(&target.file);
    fclose(target.stream);
}
END_TEST

START_TEST(the_first_error_sticks)
{
    nlc_file file;
    int full = open("/dev/full", O_WRONLY);
    ck_assert_int_ge(full, 0);
    ck_assert_int_eq(nlc_file_init(&file, full), NLC_OK);
    for (uint32_t k = 0; k < 100000; k++) {
        nlc_file_write(&file, "0123456789", 10);
    }
    ck_assert_int_eq(file.error, ENOSPC);
    close(full);
    ck_assert_int_eq(nlc_file_finish(&file), NLC_ERROR_IO);
    ck_assert_int_eq(file.error, ENOSPC);
    nlc_file_free(&file);
    nlc_file_free(&file);
}
END_TEST

START_TEST(json_is_indented_and_escaped)
{
    target target;
    nlc_json json;
    target_open(&target);
    nlc_json_begin(&json, &target.file);
    nlc_json_open(&json, NULL, '{');
    nlc_json_text(&json, "text", "a \"b\" \\ \n \x7F \xC3\xB1 \xE2\x82\xAC \xF0\x9F\x98\x80");
    nlc_json_text(&json, "broken", "\xC3 \x80 \xC0\xAF \xED\xA0\x80 \xF5 \xE2\x82");
    nlc_json_open(&json, "list", '[');
    nlc_json_whole(&json, NULL, 18446744073709551615U);
    nlc_json_float(&json, NULL, 0.1F);
    nlc_json_float(&json, NULL, INFINITY);
    nlc_json_float(&json, NULL, NAN);
    nlc_json_flag(&json, NULL, true);
    nlc_json_close(&json, ']');
    nlc_json_open(&json, "empty", '{');
    nlc_json_close(&json, '}');
    nlc_json_flag(&json, "flag", false);
    nlc_json_close(&json, '}');
    nlc_json_end(&json);
    target_close(&target);
#define BAD "\xEF\xBF\xBD"
    ck_assert_str_eq(written, "{\n"
                              "  \"text\": \"a \\\"b\\\" \\\\ \\u000a \\u007f \xC3\xB1 \xE2\x82\xAC \xF0\x9F\x98\x80\",\n"
                              "  \"broken\": \"" BAD " " BAD " " BAD BAD " " BAD BAD BAD " " BAD " " BAD BAD "\",\n"
                              "  \"list\": [\n"
                              "    18446744073709551615,\n"
                              "    0.1,\n"
                              "    \"unlimited\",\n"
                              "    null,\n"
                              "    true\n"
                              "  ],\n"
                              "  \"empty\": {},\n"
                              "  \"flag\": false\n"
                              "}\n");
}
END_TEST

RUN_SUITE("output_csv", cells_are_quoted_where_they_must_be, excel_id_has_semicolons_and_decimal_commas,
          long_texts_cross_the_buffer, hash_is_that_of_the_bytes, the_first_error_sticks, json_is_indented_and_escaped)
