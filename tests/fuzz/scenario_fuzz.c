/* A scenario folder of any bytes is refused with problems, or resolved into a text that can be read.
 * The input is the files one after the other, each begun by a line "@name". */
#include "nlcsim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const files[] = {"scenario.csv", "nodes.csv",  "agencies.csv",   "channels.csv",
                                    "waves.csv",    "levers.csv", "parameters.csv", "observed.csv"};
#define NUM_FILES (sizeof files / sizeof files[0])

static char folder[64];

static void path_of(size_t k, char *path, size_t room)
{
    snprintf(path, room, "%s/%s", folder, files[k]);
}

static size_t file_of_line(const char *line, size_t length)
{
    for (size_t k = 0; k < NUM_FILES; k++)
        if (length == strlen(files[k]) + 1 && line[0] == '@' && memcmp(line + 1, files[k], length - 1) == 0)
            return k;
    return NUM_FILES;
}

static void write_folder(const char *text, size_t size)
{
    char path[128];
    FILE *out = NULL;
    while (size > 0) {
        const char *end = memchr(text, '\n', size);
        size_t length = end ? (size_t)(end - text) : size, whole = end ? length + 1 : length;
        size_t k = file_of_line(text, length);
        if (k < NUM_FILES) {
            if (out)
                fclose(out);
            path_of(k, path, sizeof path);
            out = fopen(path, "wb");
        } else if (out) {
            fwrite(text, 1, whole, out);
        }
        text += whole;
        size -= whole;
    }
    if (out)
        fclose(out);
}

static void read_back(const nlc_text *resolved)
{
    size_t needed = nlc_resolved_size(resolved->data, resolved->length, nlc_models());
    void *memory = aligned_alloc(64, (needed + 63) / 64 * 64);
    nlc_resolved scenario;
    nlc_resolved_problem problem;
    if (needed == 0 || nlc_resolved_read(resolved->data, resolved->length, nlc_models(), memory, &scenario, &problem) != NLC_OK)
        abort();
    free(memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!folder[0]) {
        strcpy(folder, "/tmp/nlcsim-fuzz-XXXXXX");
        if (!mkdtemp(folder))
            abort();
    }
    char path[128];
    for (size_t k = 0; k < NUM_FILES; k++) {
        path_of(k, path, sizeof path);
        unlink(path);
    }
    write_folder((const char *)data, size);
    nlc_text resolved = {0}, problems = {0};
    nlc_error error = nlc_scenario_resolve(folder, NULL, 0, &resolved, &problems);
    if (error == NLC_OK)
        read_back(&resolved);
    else if (error == NLC_ERROR_INPUT && problems.length == 0)
        abort();
    nlc_text_free(&resolved);
    nlc_text_free(&problems);
    return 0;
}
