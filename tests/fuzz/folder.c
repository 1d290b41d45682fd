#include "folder.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool begins(const char *file, const char *line, size_t length)
{
    return length == strlen(file) + 1 && line[0] == '@' && memcmp(line + 1, file, length - 1) == 0;
}

static FILE *open_file(const char *folder, const char *file)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    return fopen(path, "wb");
}

void fuzz_folder_write(const char *folder, const char *const *files, size_t num, const char *text, size_t size)
{
    FILE *out = NULL;
    for (size_t k = 0; k < num; k++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, files[k]);
        unlink(path);
    }
    while (size > 0) {
        const char *end = memchr(text, '\n', size);
        const size_t length = end ? (size_t)(end - text) : size, whole = end ? length + 1 : length;
        size_t k = 0;
        while (k < num && !begins(files[k], text, length))
            k++;
        if (k < num) {
            if (out)
                fclose(out);
            out = open_file(folder, files[k]);
        } else if (out) {
            fwrite(text, 1, whole, out);
        }
        text += whole;
        size -= whole;
    }
    if (out)
        fclose(out);
}
