/* What is said of a sample: quantiles, mean and Monte Carlo error. A results folder needs some
 * hundred thousand of these, so order statistics are selected, not sorted: only six of them are
 * looked at. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "ensemble.h"
#include "sums.h"

/* Up to this many values sorting is faster than partitioning. */
#define FEW_VALUES 8

/* Where a quantile lies: between the order statistics `below` and `below + 1`, `part` of the way. */
typedef struct {
    uint32_t below;
    double part;
} position;

/* Hyndman and Fan (1996), type 7: h = (n - 1) p. */
static position position_of(uint32_t num_values, double probability)
{
    double place = (double)(num_values - 1) * probability;
    position result = {(uint32_t)place, 0};
    result.part = place - (double)result.below;
    return result;
}

static double quantile_at(const double *values, position at)
{
    double below = values[at.below];
    if (at.part == 0) {
        return below;
    }
    return below + at.part * (values[at.below + 1] - below);
}

double nlc_quantile(const double *sorted, uint32_t num_values, double probability)
{
    assert(probability >= 0 && probability <= 1);
    if (num_values == 0) {
        return NAN;
    }
    return quantile_at(sorted, position_of(num_values, probability));
}

/* Sorts at most FEW_VALUES values by counting how many stand before each: no jump depends on the
 * data, and a mispredicted jump costs more than ten comparisons. */
static void sort_few(double *values, uint32_t num_values)
{
    double sorted[FEW_VALUES];
    for (uint32_t i = 0; i < num_values; i++) {
        double value = values[i];
        uint32_t rank = 0;
        for (uint32_t k = 0; k < i; k++) {
            rank += values[k] <= value;
        }
        for (uint32_t k = i + 1; k < num_values; k++) {
            rank += values[k] < value;
        }
        sorted[rank] = value;
    }
    memcpy(values, sorted, num_values * sizeof *values);
}

static double median_of_three(double a, double b, double c)
{
    double low = a < b ? a : b;
    double high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/* Moves the values below `pivot` to the front and says how many they are. Every value is swapped,
 * wanted or not, so that no jump depends on the data. */
static uint32_t move_below(double *values, uint32_t num_values, double pivot)
{
    uint32_t num_below = 0;
    for (uint32_t i = 0; i < num_values; i++) {
        double value = values[i];
        values[i] = values[num_below];
        values[num_below] = value;
        num_below += value < pivot;
    }
    return num_below;
}

/* Like move_below, for the values not above the pivot. */
static uint32_t move_up_to(double *values, uint32_t num_values, double pivot)
{
    uint32_t num_up_to = 0;
    for (uint32_t i = 0; i < num_values; i++) {
        double value = values[i];
        values[i] = values[num_up_to];
        values[num_up_to] = value;
        num_up_to += value <= pivot;
    }
    return num_up_to;
}

/* Puts the order statistic `wanted` of values[first .. last - 1] in its place, with nothing larger
 * before it and nothing smaller after it. */
static void select_one(double *values, uint32_t first, uint32_t last, uint32_t wanted)
{
    while (last - first > FEW_VALUES) {
        double pivot = median_of_three(values[first], values[first + (last - first) / 2], values[last - 1]);
        uint32_t middle = first + move_below(values + first, last - first, pivot);
        if (wanted < middle) {
            last = middle;
            continue;
        }
        if (middle > first) {
            first = middle;
            continue;
        }
        /* The pivot is the smallest value. */
        first += move_up_to(values + first, last - first, pivot);
        if (wanted < first) {
            return;
        }
    }
    sort_few(values + first, last - first);
}

/* ---- Order statistics by bins ---- */

#define MOST_BINS 64
#define NUM_RANKS 6 /* two for each quantile */

/* The range of a sample, cut into bins of equal width. Where all values of a bin are the same, as in
 * the many samples of small counts, that value is what a rank asks for. */
typedef struct {
    double low, scale; /* bin = (value - low) * scale, which rounding leaves monotone */
    uint32_t num;
    uint32_t count[MOST_BINS];
    uint32_t changes[MOST_BINS]; /* how often a value came that was not, bit by bit, the one before; the first counts */
    uint64_t kept[MOST_BINS];    /* the bits of the last one */
    uint32_t wanted[MOST_BINS];  /* 1 where order statistics have to be selected within the bin */
} bins;

static uint32_t bin_of(const bins *self, double value)
{
    return (uint32_t)(int32_t)((value - self->low) * self->scale);
}

/* False where the range cannot be cut: it is infinite, or so small that its inverse is. */
static bool bins_fill(bins *self, const double *values, uint32_t num_values)
{
    double high;
    nlc_sums_for_cpu()->range(values, num_values, &self->low, &high);
    double range = high - self->low;
    self->num = num_values / 2 < MOST_BINS ? num_values / 2 : MOST_BINS;
    self->scale = (self->num - 1) / range;
    if (!(range < INFINITY && self->scale < INFINITY)) {
        return false;
    }
    memset(self->count, 0, sizeof self->count);
    memset(self->changes, 0, sizeof self->changes);
    memset(self->wanted, 0, sizeof self->wanted);
    memset(self->kept, 0xFF, sizeof self->kept); /* a NaN, which no value is */
    for (uint32_t i = 0; i < num_values; i++) {
        uint64_t bits;
        uint32_t bin = bin_of(self, values[i]);
        memcpy(&bits, &values[i], sizeof bits);
        self->count[bin]++;
        self->changes[bin] += self->kept[bin] != bits;
        self->kept[bin] = bits;
    }
    return true;
}

/* Moves the values of the wanted bins to the front, and says how many they are. */
static uint32_t move_wanted(const bins *self, double *values, uint32_t num_values)
{
    uint32_t num_wanted = 0;
    for (uint32_t i = 0; i < num_values; i++) {
        double value = values[i];
        values[i] = values[num_wanted];
        values[num_wanted] = value;
        num_wanted += self->wanted[bin_of(self, value)];
    }
    return num_wanted;
}

/* Finds the bins of rising `ranks`. Where one value is all there is in a bin, it is found; the other
 * bins are wanted, and `among` is the rank among the values of these; else it is NLC_NONE. */
static bool find_in_bins(bins *self, const uint32_t ranks[NUM_RANKS], uint32_t among[NUM_RANKS], double found[NUM_RANKS])
{
    uint32_t below = 0;
    uint32_t wanted_below = 0;
    uint32_t bin = 0;
    bool any_wanted = false;
    for (uint32_t k = 0; k < NUM_RANKS; k++) {
        while (ranks[k] - below >= self->count[bin]) {
            below += self->count[bin];
            wanted_below += self->wanted[bin] * self->count[bin];
            bin++;
        }
        bool is_wanted = self->changes[bin] > 1;
        self->wanted[bin] = is_wanted;
        any_wanted |= is_wanted;
        among[k] = is_wanted ? wanted_below + ranks[k] - below : NLC_NONE;
        memcpy(&found[k], &self->kept[bin], sizeof found[k]);
    }
    return any_wanted;
}

/* The order statistics of rising `ranks`, all but those that are NLC_NONE. */
static void select_ranks(double *values, uint32_t num_values, const uint32_t ranks[NUM_RANKS], double found[NUM_RANKS])
{
    uint32_t first = 0;
    if (num_values <= FEW_VALUES) {
        sort_few(values, num_values);
        first = num_values;
    }
    for (uint32_t k = 0; k < NUM_RANKS; k++) {
        if (ranks[k] == NLC_NONE) {
            continue;
        }
        if (ranks[k] >= first) {
            select_one(values, first, num_values, ranks[k]);
            first = ranks[k] + 1;
        }
        found[k] = values[ranks[k]];
    }
}

static void find_ranks(double *values, uint32_t num_values, const uint32_t ranks[NUM_RANKS], double found[NUM_RANKS])
{
    bins cut;
    uint32_t among[NUM_RANKS];
    if (num_values <= FEW_VALUES || !bins_fill(&cut, values, num_values)) {
        select_ranks(values, num_values, ranks, found);
    } else if (find_in_bins(&cut, ranks, among, found)) {
        select_ranks(values, move_wanted(&cut, values, num_values), among, found);
    }
}

static double quantile_between(const double found[2], position at)
{
    return at.part == 0 ? found[0] : found[0] + at.part * (found[1] - found[0]);
}

static void summarise_quantiles(nlc_summary *self, double *values, uint32_t num_values)
{
    const position low = position_of(num_values, 0.05);
    const position middle = position_of(num_values, 0.5);
    const position high = position_of(num_values, 0.95);
    const uint32_t last = num_values - 1;
    const uint32_t ranks[NUM_RANKS] = {low.below,    low.below < last ? low.below + 1 : last,
                                       middle.below, middle.below < last ? middle.below + 1 : last,
                                       high.below,   high.below < last ? high.below + 1 : last};
    double found[NUM_RANKS];
    find_ranks(values, num_values, ranks, found);
    self->p05 = quantile_between(found, low);
    self->median = quantile_between(found + 2, middle);
    self->p95 = quantile_between(found + 4, high);
}

/* Leaves out what is NaN, keeping the order; mostly there is nothing to leave out. */
static uint32_t drop_missing(double *values, uint32_t num_values)
{
    uint32_t num_missing = 0;
    for (uint32_t i = 0; i < num_values; i++) {
        num_missing += values[i] != values[i];
    }
    if (num_missing == 0) {
        return num_values;
    }
    uint32_t num_kept = 0;
    for (uint32_t i = 0; i < num_values; i++) {
        if (!isnan(values[i])) {
            values[num_kept++] = values[i];
        }
    }
    return num_kept;
}

/* All are the same number: each equals the next one, bit by bit. */
static bool all_equal(const double *values, uint32_t num_values)
{
    return memcmp(values, values + 1, (num_values - 1) * sizeof *values) == 0;
}

/* Sum and sum of squared deviations, each in the order of the values; what does not depend on an
 * order is done four at a time. */
static double sum_of(const double *values, uint32_t num_values)
{
    double sum = 0;
    uint32_t i = 0;
    for (; i + 4 <= num_values; i += 4) {
        sum = sum + values[i] + values[i + 1] + values[i + 2] + values[i + 3];
    }
    for (; i < num_values; i++) {
        sum += values[i];
    }
    return sum;
}

static double squares_of(const double *values, uint32_t num_values, double mean)
{
    double sum = 0;
    uint32_t i = 0;
    for (; i + 4 <= num_values; i += 4) {
        double squares[4];
        for (uint32_t k = 0; k < 4; k++) {
            squares[k] = (values[i + k] - mean) * (values[i + k] - mean);
        }
        sum = sum + squares[0] + squares[1] + squares[2] + squares[3];
    }
    for (; i < num_values; i++) {
        sum += (values[i] - mean) * (values[i] - mean);
    }
    return sum;
}

/* Mean and its standard error. */
static void summarise_mean(nlc_summary *self, const double *values, uint32_t num_values)
{
    self->mean = sum_of(values, num_values) / num_values;
    self->mcse = num_values > 1 ? sqrt(squares_of(values, num_values, self->mean) / (num_values - 1) / num_values) : NAN;
}

nlc_summary nlc_summary_of(double *values, uint32_t num_values)
{
    nlc_summary result = {num_values, NAN, NAN, NAN, NAN, NAN};
    if (num_values > 0 && all_equal(values, num_values)) {
        /* The sum of equal values is not always their multiple: their mean is known exactly. */
        result.median = result.p05 = result.p95 = result.mean = values[0];
        result.mcse = num_values > 1 && !isnan(values[0]) ? 0 : NAN;
        result.n = isnan(values[0]) ? 0 : num_values;
        return result;
    }
    summarise_mean(&result, values, num_values);
    if (isnan(result.mean)) {
        result.n = drop_missing(values, num_values);
        if (result.n < num_values) {
            return nlc_summary_of(values, result.n);
        }
    }
    if (num_values > 0) {
        summarise_quantiles(&result, values, num_values);
    }
    return result;
}

/* The first month by which `wanted` runs have reached; 0 if they never do. A month less one, as an
 * unsigned 16-bit number, puts "never" after everything, and its bits are found from the top by
 * counting, which needs no memory and no order. */
static uint32_t month_reached_by(const uint16_t *months, uint32_t num_values, uint32_t wanted)
{
    uint32_t found = 0;
    for (uint32_t bit = 32768; bit > 0; bit >>= 1) {
        uint32_t limit = found + bit;
        uint32_t num_below = 0;
        for (uint32_t r = 0; r < num_values; r++) {
            num_below += (uint16_t)(months[r] - 1) < limit;
        }
        found = num_below < wanted ? limit : found;
    }
    return found == UINT16_MAX ? 0 : found + 1;
}

/* The number of runs that make up a share of them in percent, rounded up. */
static uint32_t runs_in(uint32_t num_values, uint32_t percent)
{
    return (uint32_t)(((uint64_t)num_values * percent + 99) / 100);
}

nlc_reach nlc_reach_of(const uint16_t *months, uint32_t num_values)
{
    nlc_reach result = {num_values, 0, 0, 0, 0};
    if (num_values == 0) {
        return result;
    }
    for (uint32_t r = 0; r < num_values; r++) {
        result.reached += months[r] != 0;
    }
    result.p10 = month_reached_by(months, num_values, runs_in(num_values, 10));
    result.p50 = month_reached_by(months, num_values, runs_in(num_values, 50));
    result.p90 = month_reached_by(months, num_values, runs_in(num_values, 90));
    return result;
}
