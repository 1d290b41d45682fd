/* A GraphML file of any bytes is refused or read. */
#include "graphml.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    FILE *file = fmemopen((void *)(uintptr_t)data, size, "rb");
    if (!file)
        return 0;
    nlc_graphml graph = {0};
    nlc_text problems = {0};
    nlc_graphml_read(&graph, file, "fuzz.graphml", &problems);
    nlc_graphml_free(&graph);
    free(problems.data);
    fclose(file);
    return 0;
}
