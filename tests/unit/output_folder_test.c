/* Results folders: nothing half-written, nothing of the user's lost. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "folder.h"
#include "suite.h"

static const char mark[] = "{\"nlcsim\": 1}\n";

/* A new folder for one test, and a path in it that is still free. */
static char base[64], path[128];

static void make_base(void)
{
    strcpy(base, "/tmp/nlcsim-folder-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(base));
    snprintf(path, sizeof path, "%s/out", base);
}

static void remove_base(void)
{
    char command[256];
    snprintf(command, sizeof command, "rm -r '%s'", base);
    ck_assert_int_eq(system(command), 0);
}

static void put(const char *name, const char *text)
{
    char file_path[256];
    snprintf(file_path, sizeof file_path, "%s/%s", path, name);
    FILE *file = fopen(file_path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static bool holds(const char *name, const char *text)
{
    char file_path[256];
    char found[1024];
    snprintf(file_path, sizeof file_path, "%s/%s", path, name);
    FILE *file = fopen(file_path, "rb");
    ck_assert_ptr_nonnull(file);
    size_t length = fread(found, 1, sizeof found, file);
    fclose(file);
    return length == strlen(text) && memcmp(found, text, length) == 0;
}

static uint32_t count_files(const char *folder)
{
    DIR *entries = opendir(folder);
    uint32_t num = 0;
    ck_assert_ptr_nonnull(entries);
    for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        num += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(entries);
    return num;
}

static nlc_error write_file(nlc_folder *folder, const char *name, const char *text)
{
    nlc_file *file;
    nlc_error error = nlc_folder_open(folder, name, &file);
    if (error != NLC_OK) {
        return error;
    }
    nlc_file_write(file, text, strlen(text));
    return nlc_folder_close(folder);
}

/* Writes a table and the mark, and stops at the first error. */
static nlc_error write_results(const char *text, nlc_text *problems)
{
    static const char *const names[] = {"timeline.csv", "series.csv"};
    nlc_folder folder;
    nlc_error error = nlc_folder_init(&folder, path, problems);
    error = error == NLC_OK ? write_file(&folder, "timeline.csv", text) : error;
    error = error == NLC_OK ? write_file(&folder, NLC_FOLDER_MARK, mark) : error;
    error = error == NLC_OK ? nlc_folder_commit(&folder, names, 2) : error;
    nlc_folder_free(&folder);
    nlc_folder_free(&folder);
    return error;
}

static void check_refused(const char *message)
{
    nlc_text problems = {0};
    char expected[512];
    snprintf(expected, sizeof expected, "%s: %s\n", path, message);
    ck_assert_int_eq(nlc_folder_check(path, &problems), NLC_ERROR_IO);
    ck_assert_str_eq(problems.data, expected);
    nlc_text_free(&problems);
    ck_assert_int_eq(write_results("a\r\n", &problems), NLC_ERROR_IO);
    ck_assert_str_eq(problems.data, expected);
    nlc_text_free(&problems);
}

START_TEST(a_new_folder_is_made)
{
    nlc_text problems = {0};
    make_base();
    ck_assert_int_eq(nlc_folder_check(path, &problems), NLC_OK);
    ck_assert_uint_eq(count_files(base), 0);
    ck_assert_int_eq(write_results("a\r\n", &problems), NLC_OK);
    ck_assert_ptr_null(problems.data);
    ck_assert(holds("timeline.csv", "a\r\n"));
    ck_assert(holds(NLC_FOLDER_MARK, mark));
    ck_assert_uint_eq(count_files(path), 2);
    remove_base();
}
END_TEST

START_TEST(results_are_replaced_file_by_file)
{
    nlc_text problems = {0};
    make_base();
    ck_assert_int_eq(write_results("a\r\n", &problems), NLC_OK);
    put("series.csv", "of an older run");
    put("notes.txt", "mine");
    ck_assert_int_eq(nlc_folder_check(path, &problems), NLC_OK);
    ck_assert_int_eq(write_results("b\r\n", &problems), NLC_OK);
    ck_assert(holds("timeline.csv", "b\r\n"));
    ck_assert(holds("notes.txt", "mine"));
    ck_assert_uint_eq(count_files(path), 3);
    remove_base();
}
END_TEST

START_TEST(what_a_killed_program_left_is_no_obstacle)
{
    nlc_text problems = {0};
    make_base();
    ck_assert_int_eq(mkdir(path, 0777), 0);
    put(".timeline.csv.part", "half");
    put(".series.csv.part", "half");
    put(".datapackage.json.part", "a much longer text than the one that takes its place, which must not show through");
    ck_assert_int_eq(nlc_folder_check(path, &problems), NLC_OK);
    ck_assert_int_eq(write_results("a\r\n", &problems), NLC_OK);
    ck_assert(holds(NLC_FOLDER_MARK, mark));
    ck_assert_uint_eq(count_files(path), 2);
    remove_base();
}
END_TEST

START_TEST(files_that_had_their_names_when_the_program_was_killed_are_ours)
{
    nlc_text problems = {0};
    make_base();
    ck_assert_int_eq(mkdir(path, 0777), 0);
    put("timeline.csv", "whole");
    check_refused("this folder is not empty and holds no nlcsim results; name another folder, or a new one");
    put(".datapackage.json.part", mark);
    ck_assert_int_eq(nlc_folder_check(path, &problems), NLC_OK);
    ck_assert_int_eq(write_results("a\r\n", &problems), NLC_OK);
    ck_assert(holds("timeline.csv", "a\r\n"));
    ck_assert(holds(NLC_FOLDER_MARK, mark));
    ck_assert_uint_eq(count_files(path), 2);
    remove_base();
}
END_TEST

START_TEST(what_is_not_ours_is_refused)
{
    make_base();
    ck_assert_int_eq(mkdir(path, 0777), 0);
    put("thesis.doc", "years of work");
    put("datapackage.json", "{\"name\": \"someone else's\"}");
    check_refused("this folder is not empty and holds no nlcsim results; name another folder, or a new one");
    ck_assert_uint_eq(count_files(path), 2);
    snprintf(path, sizeof path, "%s/out/thesis.doc", base);
    nlc_text problems = {0};
    ck_assert_int_eq(nlc_folder_check(path, &problems), NLC_ERROR_IO);
    ck_assert_ptr_nonnull(strstr(problems.data, "thesis.doc: cannot write results here: Not a directory"));
    nlc_text_free(&problems);
    ck_assert_int_eq(write_results("a\r\n", &problems), NLC_ERROR_IO);
    nlc_text_free(&problems);
    snprintf(path, sizeof path, "%s/nowhere/out", base);
    check_refused("cannot make the folder: No such file or directory");
    remove_base();
}
END_TEST

START_TEST(a_folder_in_the_place_of_a_file_is_refused)
{
    nlc_text problems = {0};
    char expected[256];
    make_base();
    ck_assert_int_eq(mkdir(path, 0777), 0);
    put("datapackage.json", mark);
    snprintf(expected, sizeof expected, "%s/timeline.csv", path);
    ck_assert_int_eq(mkdir(expected, 0777), 0);
    ck_assert_int_eq(write_results("a\r\n", &problems), NLC_ERROR_IO);
    snprintf(expected, sizeof expected, "%s: cannot write timeline.csv: Is a directory\n", path);
    ck_assert_str_eq(problems.data, expected);
    ck_assert_uint_eq(count_files(path), 2);
    nlc_text_free(&problems);
    remove_base();
}
END_TEST

/* A limit on the size of files stands in for a full disk. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit = {bytes, RLIM_INFINITY};
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

START_TEST(a_full_disk_leaves_a_new_folder_unmade)
{
    nlc_text problems = {0};
    char expected[256];
    make_base();
    limit_files(5);
    ck_assert_int_eq(write_results("0123456789\r\n", &problems), NLC_ERROR_IO);
    snprintf(expected, sizeof expected, "%s: cannot write timeline.csv: %s\n", path, strerror(EFBIG));
    ck_assert_str_eq(problems.data, expected);
    ck_assert_uint_eq(count_files(base), 0);
    nlc_text_free(&problems);
    remove_base();
}
END_TEST

START_TEST(a_full_disk_leaves_older_results_as_they_were)
{
    nlc_text problems = {0};
    make_base();
    ck_assert_int_eq(write_results("a\r\n", &problems), NLC_OK);
    limit_files(13);
    ck_assert_int_eq(write_results("b\r\n", &problems), NLC_ERROR_IO);
    ck_assert_ptr_nonnull(strstr(problems.data, "cannot write datapackage.json: "));
    ck_assert(holds("timeline.csv", "a\r\n"));
    ck_assert(holds(NLC_FOLDER_MARK, mark));
    ck_assert_uint_eq(count_files(path), 2);
    nlc_text_free(&problems);
    remove_base();
}
END_TEST

/* Tries to write from another process, which is how locks work. */
static int try_in_another_process(void)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        nlc_text problems = {0};
        nlc_error error = write_results("c\r\n", &problems);
        bool is_told = problems.data != NULL && strstr(problems.data, "another nlcsim is writing to this folder") != NULL;
        _exit(error == NLC_OK ? 0 : error == NLC_ERROR_IO && is_told ? 1 : 2);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WEXITSTATUS(status);
}

START_TEST(two_programs_do_not_write_at_once)
{
    nlc_text problems = {0};
    nlc_folder folder;
    make_base();
    ck_assert_int_eq(nlc_folder_init(&folder, path, &problems), NLC_OK);
    ck_assert_int_eq(try_in_another_process(), 1);
    ck_assert_int_eq(write_file(&folder, "timeline.csv", "a\r\n"), NLC_OK);
    ck_assert_int_eq(write_file(&folder, NLC_FOLDER_MARK, mark), NLC_OK);
    ck_assert_int_eq(try_in_another_process(), 1);
    ck_assert_int_eq(nlc_folder_commit(&folder, NULL, 0), NLC_OK);
    nlc_folder_free(&folder);
    ck_assert(holds("timeline.csv", "a\r\n"));
    ck_assert_int_eq(try_in_another_process(), 0);
    ck_assert(holds("timeline.csv", "c\r\n"));
    remove_base();
}
END_TEST

START_TEST(bytes_and_hashes_are_kept)
{
    nlc_text problems = {0};
    nlc_folder folder;
    make_base();
    ck_assert_int_eq(nlc_folder_init(&folder, path, &problems), NLC_OK);
    ck_assert_int_eq(write_file(&folder, "a.csv", "abc"), NLC_OK);
    ck_assert_uint_eq(folder.num_files, 2);
    ck_assert_str_eq(folder.files[1].name, "a.csv");
    ck_assert_uint_eq(folder.files[1].bytes, 3);
    ck_assert_str_eq(folder.files[1].hash, "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                                           "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    nlc_folder_free(&folder);
    ck_assert_uint_eq(count_files(base), 0);
    remove_base();
}
END_TEST

RUN_SUITE("output_folder", a_new_folder_is_made, results_are_replaced_file_by_file, what_a_killed_program_left_is_no_obstacle,
          files_that_had_their_names_when_the_program_was_killed_are_ours, what_is_not_ours_is_refused,
          a_folder_in_the_place_of_a_file_is_refused, a_full_disk_leaves_a_new_folder_unmade,
          a_full_disk_leaves_older_results_as_they_were, two_programs_do_not_write_at_once, bytes_and_hashes_are_kept)
