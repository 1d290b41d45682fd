/* The plain program:
 *
 *   plain FILE RUNS [hash]
 *
 * prints seconds and millions of agent-steps a second; with `hash`, the hash of all runs instead. */
#include "plain.h"
#include "timing.h"

#include <inttypes.h>

int main(int argc, char **argv)
{
    plain run;
    if (argc < 3) {
        fprintf(stderr, "usage: plain FILE RUNS [hash]\n");
        return 2;
    }
    nlc_resolved scenario = timing_scenario(argv[1]);
    uint32_t runs = (uint32_t)atoi(argv[2]);
    if (plain_init(&run, &scenario) != NLC_OK)
        return 1;
    uint64_t all = 0;
    double start = timing_now();
    for (uint32_t r = 0; r < runs; r++) {
        if (argc > 3) {
            all = nlc_mix(all ^ plain_run_hash(&run, scenario.seed, r));
            continue;
        }
        plain_reset(&run, scenario.seed, r);
        while (run.month < scenario.num_months)
            plain_step(&run);
    }
    double seconds = timing_now() - start;
    if (argc > 3)
        printf("%016" PRIx64 "\n", all);
    else
        timing_print(&scenario, runs, seconds, "plain");
    plain_free(&run);
    return 0;
}
