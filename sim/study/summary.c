/* What is said of a sample: quantiles, mean and Monte Carlo error. A results folder needs some
 * hundred thousand of these, so order statistics are selected, not sorted: only six of them are
 * looked at. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "ensemble.h"

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

/* A quantile whose order statistics are known to lie in values[first .. last - 1]. */
static double select_quantile(double *values, uint32_t first, uint32_t last, position at)
{
    select_one(values, first, last, at.below);
    if (at.part != 0) {
        uint32_t smallest = at.below + 1;
        for (uint32_t i = smallest + 1; i < last; i++) {
            smallest = values[i] < values[smallest] ? i : smallest;
        }
        double value = values[smallest];
        values[smallest] = values[at.below + 1];
        values[at.below + 1] = value;
    }
    return quantile_at(values, at);
}

/* Selecting the median parts the values, so that each outer quantile is looked for in one half. */
static void summarise_quantiles(nlc_summary *self, double *values, uint32_t num_values)
{
    if (num_values <= FEW_VALUES) {
        sort_few(values, num_values);
        self->median = nlc_quantile(values, num_values, 0.5);
        self->p05 = nlc_quantile(values, num_values, 0.05);
        self->p95 = nlc_quantile(values, num_values, 0.95);
        return;
    }
    position middle = position_of(num_values, 0.5);
    self->median = select_quantile(values, 0, num_values, middle);
    self->p05 = select_quantile(values, 0, middle.below, position_of(num_values, 0.05));
    self->p95 = select_quantile(values, middle.below + 1, num_values, position_of(num_values, 0.95));
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

static bool all_equal(const double *values, uint32_t num_values)
{
    uint32_t i = 1;
    while (i < num_values && values[i] == values[0]) {
        i++;
    }
    return i >= num_values;
}

/* Mean and its standard error, summed in the order of the values. */
static void summarise_mean(nlc_summary *self, const double *values, uint32_t num_values)
{
    double sum = 0;
    for (uint32_t i = 0; i < num_values; i++) {
        sum += values[i];
    }
    self->mean = sum / num_values;
    double squares = 0;
    for (uint32_t i = 0; i < num_values; i++) {
        double deviation = values[i] - self->mean;
        squares += deviation * deviation;
    }
    self->mcse = num_values > 1 ? sqrt(squares / (num_values - 1) / num_values) : NAN;
}

nlc_summary nlc_summary_of(double *values, uint32_t num_values)
{
    uint32_t num = drop_missing(values, num_values);
    nlc_summary result = {num, NAN, NAN, NAN, NAN, NAN};
    if (num == 0) {
        return result;
    }
    if (all_equal(values, num)) {
        /* The sum of equal values is not always their multiple: their mean is known exactly. */
        result.median = result.p05 = result.p95 = result.mean = values[0];
        result.mcse = num > 1 ? 0 : NAN;
        return result;
    }
    summarise_mean(&result, values, num);
    summarise_quantiles(&result, values, num);
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
