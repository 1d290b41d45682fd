/* What a run will cost, measured on the spot. */
#ifndef NLC_CLI_ESTIMATE_H
#define NLC_CLI_ESTIMATE_H

#include "nlcsim.h"

typedef struct {
    double seconds; /* of stepping all replicates on `threads` threads, and of writing the results */
    size_t memory;  /* bytes held at the same time, beside the scenario */
    uint32_t threads, lanes;
    const char *isa;
} cli_estimate;

/* Steps one full batch for a few months, and sums up one sample. NLC_ERROR_MEMORY. */
nlc_error cli_estimate_make(cli_estimate *self, const nlc_resolved *scenario);

/* Processors that this machine offers. */
uint32_t cli_num_processors(void);

#endif
