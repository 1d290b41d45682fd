#include "rank.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *left, const void *right)
{
    const nlc_rank *a = left, *b = right;
    if (a->major != b->major) {
        return a->major < b->major ? -1 : 1;
    }
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

void nlc_rank_sort(nlc_rank *self, size_t num)
{
    if (num > 0) {
        qsort(self, num, sizeof *self, compare);
    }
}

size_t nlc_rank_run(const nlc_rank *self, size_t num)
{
    size_t length = 0;
    while (length < num && self[length].major == self[0].major) {
        length++;
    }
    return length;
}

/* The bits of an IEEE double, read as an integer, grow with its size, and a carry out of the
 * fraction goes to the exponent, so rounding and ordering need no arithmetic on the value. */
uint64_t nlc_rank_descending(double value)
{
    const uint64_t sign = UINT64_C(1) << 63, dropped = 0xffff;
    if (value != value) {
        return UINT64_MAX;
    }
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    const uint64_t size = ((bits & ~sign) + (dropped + 1) / 2) & ~dropped;
    return (bits & sign) != 0 ? sign + size : sign - size;
}
