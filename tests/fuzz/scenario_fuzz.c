/* A scenario folder of any bytes is refused with problems, or resolved into a text that can be read.
 * The input is files as folder.h has them. */
#include "folder.h"
#include "nlcsim.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const files[] = {"scenario.csv", "nodes.csv",  "agencies.csv",   "channels.csv",
                                    "waves.csv",    "levers.csv", "parameters.csv", "observed.csv"};
#define NUM_FILES (sizeof files / sizeof files[0])

static char folder[64];

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
    fuzz_folder_write(folder, files, NUM_FILES, (const char *)data, size);
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
