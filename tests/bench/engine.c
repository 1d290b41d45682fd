/* The engine alone: batches of runs, stepped to the end, with the month's tallies made and left.
 *
 *   engine FILE RUNS LANES THREADS [hash]
 *
 * prints seconds, millions of agent-steps a second, the instruction set, and bytes an agent and lane; with
 * `hash`, the hash of all runs instead. */
#include "timing.h"

#include <inttypes.h>
#include <pthread.h>
#include <string.h>

typedef struct {
    const nlc_resolved *scenario;
    const nlc_kernel *kernel;
    uint32_t first, end; /* runs */
    uint64_t *hash;      /* [runs], or NULL */
    void *memory;
    pthread_t thread;
} share;

static void run_batch(share *self, nlc_batch *batch, const nlc_point *point, uint32_t first, uint32_t num)
{
    nlc_lane lanes[16];
    for (uint32_t l = 0; l < num; l++)
        lanes[l] = (nlc_lane){point, first + l};
    nlc_batch_reset(batch, 0, self->scenario->seed, lanes, num);
    for (bool more = true; more;) {
        for (uint32_t l = 0; self->hash && l < num; l++)
            self->hash[first + l] = nlc_mix(self->hash[first + l] ^ nlc_batch_hash(batch, NLC_NONE, l));
        more = !nlc_batch_is_done(batch);
        if (more)
            nlc_batch_step(batch);
    }
}

static void *run_share(void *argument)
{
    share *self = argument;
    nlc_batch *batch = nlc_batch_init(self->memory, self->scenario, self->kernel);
    nlc_point point = {self->scenario->parameters, self->scenario->levers};
    uint32_t lanes = nlc_kernel_lanes(self->kernel);
    for (uint32_t r = self->first; r < self->end; r += lanes)
        run_batch(self, batch, &point, r, self->end - r < lanes ? self->end - r : lanes);
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fprintf(stderr, "usage: engine FILE RUNS LANES THREADS [hash]\n");
        return 2;
    }
    nlc_resolved scenario = timing_scenario(argv[1]);
    uint32_t runs = (uint32_t)atoi(argv[2]), threads = (uint32_t)atoi(argv[4]);
    const nlc_kernel *kernel = nlc_kernel_for(scenario.model, (uint32_t)atoi(argv[3]));
    uint64_t *hash = argc > 5 ? calloc(runs, sizeof *hash) : NULL;
    size_t size = nlc_batch_size(&scenario, kernel);
    share shares[64];
    for (uint32_t k = 0; k < threads; k++) {
        shares[k] = (share){&scenario, kernel, runs * k / threads, runs * (k + 1) / threads, hash, aligned_alloc(64, size), 0};
        memset(shares[k].memory, 0, size);
    }
    double start = timing_now();
    for (uint32_t k = 1; k < threads; k++)
        pthread_create(&shares[k].thread, NULL, run_share, &shares[k]);
    run_share(&shares[0]);
    for (uint32_t k = 1; k < threads; k++)
        pthread_join(shares[k].thread, NULL);
    double seconds = timing_now() - start;
    uint64_t all = 0;
    for (uint32_t r = 0; hash && r < runs; r++)
        all = nlc_mix(all ^ hash[r]);
    char what[64];
    snprintf(what, sizeof what, "%s %.1f", nlc_kernel_isa(kernel),
             (double)size / scenario.num_nodes / nlc_kernel_lanes(kernel));
    if (hash)
        printf("%016" PRIx64 "\n", all);
    else
        timing_print(&scenario, runs, seconds, what);
    return 0;
}
