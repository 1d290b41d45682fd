/* Orders of places. */
#ifndef NLC_NETWORK_RANK_H
#define NLC_NETWORK_RANK_H

#include <stddef.h>
#include <stdint.h>

/* A place in an order: by `major`, then by key, then by index. */
typedef struct {
    uint64_t major, key;
    uint32_t index;
} nlc_rank;

void nlc_rank_sort(nlc_rank *self, size_t num);

/* How many from the first on have the same `major`. */
size_t nlc_rank_run(const nlc_rank *self, size_t num);

/* A `major` that puts higher values first and NaN last. Values that agree to 36 binary digits are
 * equal: a sum taken in another order must not break a tie. */
uint64_t nlc_rank_descending(double value);

#endif
