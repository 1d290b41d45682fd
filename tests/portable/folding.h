/* The hash of whole runs, folded month by month and replicate by replicate as the program does it. */
#ifndef NLC_PORTABLE_FOLDING_H
#define NLC_PORTABLE_FOLDING_H

#include "nlcsim.h"

typedef struct {
    const nlc_resolved *scenario; /* borrowed */
    uint32_t num_replicates;
    uint64_t *hash;    /* [num_countries + 1][num_replicates], owned; the last row is the whole scenario */
    uint64_t *tallies; /* [num_replicates], owned: every tally of every month */
    uint64_t *views;   /* [num_replicates], owned: every view of every place at the end */
} folding;

/* False where memory is out; folding_free is legal then too. */
bool folding_init(folding *self, const nlc_resolved *scenario, uint32_t num_replicates);
void folding_free(folding *self);

/* Runs all replicates on a kernel, in as many batches as that takes. False where memory is out. */
bool folding_run(folding *self, const nlc_kernel *kernel, uint64_t seed);

/* One number for many, taken as bytes from the lowest on whatever the machine. */
uint64_t folding_bytes(const uint64_t *values, uint32_t num);

#endif
