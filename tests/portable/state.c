/* Prints the hashes of a resolved scenario from the core and the models alone, for machines that have
 * nothing but a C compiler, and as the native side of what the WebAssembly module prints:
 *
 *   state FILE REPLICATES
 *
 * prints the state of every month, the same for each country, all tallies, and the views at the end. */
#include "folding.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static char *file_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t room = 1 << 20, used = 0, got = file ? 1 : 0;
    while (got > 0) {
        char *more = realloc(text, room *= 2);
        if (!more) {
            free(text);
            fclose(file);
            return NULL;
        }
        text = more;
        got = fread(text + used, 1, room - used, file);
        used += got;
    }
    if (file)
        fclose(file);
    *length = used;
    return text;
}

static void line_print(const char *what, const uint64_t *values, uint32_t num)
{
    printf("%s %016" PRIx64 "\n", what, folding_bytes(values, num));
}

static void folding_print(const folding *self)
{
    const nlc_resolved *scenario = self->scenario;
    uint32_t num = self->num_replicates;
    line_print("state", self->hash + (size_t)scenario->num_countries * num, num);
    for (uint32_t c = 0; c < scenario->num_countries; c++) {
        printf("country %s", scenario->agency_id[scenario->countries[c].first_agency]);
        line_print("", self->hash + (size_t)c * num, num);
    }
    line_print("tallies", self->tallies, num);
    line_print("views", self->views, num);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: state FILE REPLICATES\n");
        return 2;
    }
    size_t length = 0;
    char *text = file_read(argv[1], &length);
    size_t size = text ? nlc_resolved_size(text, length, nlc_models()) : 0;
    void *memory = size ? aligned_alloc(64, (size + 63) / 64 * 64) : NULL;
    nlc_resolved scenario;
    nlc_resolved_problem problem = {0, "the file cannot be read, or is not a resolved scenario"};
    folding run = {0};
    bool done = false;
    if (memory && nlc_resolved_read(text, length, nlc_models(), memory, &scenario, &problem) == NLC_OK)
        done = folding_init(&run, &scenario, (uint32_t)strtoul(argv[2], NULL, 10)) &&
               folding_run(&run, nlc_kernel_for(scenario.model, 0), scenario.seed);
    if (done)
        folding_print(&run);
    else
        fprintf(stderr, "%s:%" PRIu32 ": %s\n", argv[1], problem.line, problem.message ? problem.message : "no memory left");
    folding_free(&run);
    free(memory);
    free(text);
    return done ? 0 : 1;
}
