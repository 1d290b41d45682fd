#include "sample.h"

#include "stream.h"

#include <math.h>
#include <stdlib.h>

/* Half the width of a 95 % interval, in standard errors. */
static const double standard_errors = 1.959963984540054;

nlc_estimate nlc_estimate_of(double value, const double *resampled, uint32_t num)
{
    double sum = 0, squares = 0;
    uint32_t n = 0;
    for (uint32_t k = 0; k < num; k++)
        if (!isnan(resampled[k])) {
            sum += resampled[k];
            n++;
        }
    for (uint32_t k = 0; k < num; k++)
        if (!isnan(resampled[k]))
            squares += (resampled[k] - sum / n) * (resampled[k] - sum / n);
    const double error = n > 1 ? sqrt(squares / (n - 1)) : NAN;
    return (nlc_estimate){value, error, value - standard_errors * error, value + standard_errors * error};
}

static int compare_placed(const void *left, const void *right)
{
    const nlc_placed *a = left, *b = right;
    if (a->value != b->value)
        return a->value < b->value ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

void nlc_placed_sort(nlc_placed *placed, uint32_t num)
{
    if (num > 1)
        qsort(placed, num, sizeof *placed, compare_placed);
}

static uint32_t num_distinct(const nlc_placed *placed, uint32_t num)
{
    uint32_t distinct = num > 0;
    for (uint32_t i = 1; i < num; i++)
        distinct += placed[i].value != placed[i - 1].value;
    return distinct;
}

uint32_t nlc_classes_of(const nlc_sample *sample, uint32_t factor, uint32_t wanted, nlc_placed *room, uint32_t *class_of)
{
    const uint32_t num = sample->num_rows;
    for (uint32_t i = 0; i < num; i++)
        room[i] = (nlc_placed){sample->x[(size_t)i * sample->num_factors + factor], i};
    nlc_placed_sort(room, num);
    const bool one_each = num_distinct(room, num) <= wanted;
    uint32_t num_classes = 0, last = 0;
    for (uint32_t i = 0; i < num; i++) {
        const bool is_new = i == 0 || room[i].value != room[i - 1].value;
        const uint32_t slice = (uint32_t)((uint64_t)i * wanted / num);
        if (i == 0 || (is_new && (one_each || slice != last))) {
            num_classes++;
            last = slice;
        }
        class_of[room[i].index] = num_classes - 1;
    }
    return num_classes;
}

uint32_t nlc_classes_of_nothing(uint32_t num_rows, uint32_t num_classes, uint64_t seed, uint32_t *class_of)
{
    nlc_stream stream = nlc_stream_of(seed, 1);
    for (uint32_t i = 0; i < num_rows; i++)
        class_of[i] = (uint32_t)((uint64_t)i * num_classes / num_rows);
    nlc_stream_shuffle(&stream, class_of, num_rows);
    return num_classes;
}

static int compare(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

void nlc_sort(double *values, uint32_t num)
{
    if (num > 1)
        qsort(values, num, sizeof *values, compare);
}
