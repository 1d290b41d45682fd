/* A folder of files out of a fuzzer's bytes: the files one after the other, each begun by a line "@name". */
#ifndef TESTS_FUZZ_FOLDER_H
#define TESTS_FUZZ_FOLDER_H

#include <stddef.h>

/* Writes those of files[num] that the text has into the folder; the others are not there afterwards. */
void fuzz_folder_write(const char *folder, const char *const *files, size_t num, const char *text, size_t size);

#endif
