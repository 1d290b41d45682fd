#include "pawn.h"

#include "ensemble.h"
#include "stream.h"

#include <math.h>
#include <stdlib.h>

double nlc_ks_distance(const double *a, uint32_t num_a, const double *b, uint32_t num_b)
{
    double most = 0;
    for (uint32_t i = 0, k = 0; i < num_a && k < num_b;) {
        const double value = a[i] < b[k] ? a[i] : b[k];
        while (i < num_a && a[i] == value)
            i++;
        while (k < num_b && b[k] == value)
            k++;
        most = fmax(most, fabs((double)i / num_a - (double)k / num_b));
    }
    return most;
}

/* What is needed for one input. All but the sample is owned. */
typedef struct {
    const nlc_sample *sample;
    uint32_t wanted, num_classes;
    uint32_t *class_of; /* [num_rows] */
    nlc_placed *room;   /* [num_rows] */
    double *all;        /* [num_rows], sorted */
    double *part;       /* [num_rows] */
    double *distance;   /* [wanted] */
    double *again;      /* [3][resamples] */
} work;

typedef struct {
    double median, mean, max;
} distances;

/* Of rows drawn by `stream`, or of all rows for NULL: sorted once, they come class by class in order. */
static distances measure(work *self, nlc_stream *stream)
{
    const nlc_sample *sample = self->sample;
    const uint32_t num = sample->num_rows;
    distances result = {0, 0, 0};
    for (uint32_t i = 0; i < num; i++) {
        const uint32_t row = stream ? nlc_stream_below(stream, num) : i;
        self->room[i] = (nlc_placed){sample->y[row], row};
    }
    nlc_placed_sort(self->room, num);
    for (uint32_t i = 0; i < num; i++)
        self->all[i] = self->room[i].value;
    uint32_t met = 0;
    for (uint32_t c = 0; c < self->num_classes; c++) {
        uint32_t num_part = 0;
        for (uint32_t i = 0; i < num; i++)
            if (self->class_of[self->room[i].index] == c)
                self->part[num_part++] = self->all[i];
        if (num_part == 0)
            continue;
        self->distance[met] = nlc_ks_distance(self->part, num_part, self->all, num);
        result.mean += self->distance[met++];
    }
    result.mean /= met;
    nlc_sort(self->distance, met);
    result.median = nlc_quantile(self->distance, met, 0.5);
    result.max = self->distance[met - 1];
    return result;
}

static nlc_pawn summarise(work *self, nlc_resampling resampling)
{
    const distances found = measure(self, NULL);
    nlc_stream stream = nlc_stream_of(resampling.seed, 0);
    double *median = self->again, *mean = median + resampling.num, *max = mean + resampling.num;
    for (uint32_t s = 0; s < resampling.num; s++) {
        const distances again = measure(self, &stream);
        median[s] = again.median;
        mean[s] = again.mean;
        max[s] = again.max;
    }
    return (nlc_pawn){nlc_estimate_of(found.median, median, resampling.num), nlc_estimate_of(found.mean, mean, resampling.num),
                      nlc_estimate_of(found.max, max, resampling.num), self->num_classes};
}

nlc_error nlc_pawn_of(const nlc_sample *sample, uint32_t num_classes, nlc_resampling resampling, nlc_pawn *pawn)
{
    const size_t num = sample->num_rows + (size_t)1;
    if (num_classes < 2 || sample->num_rows / num_classes < 5)
        return NLC_ERROR_INPUT;
    work self = {.sample = sample,
                 .wanted = num_classes,
                 .class_of = malloc(num * sizeof *self.class_of),
                 .room = malloc(num * sizeof *self.room),
                 .all = malloc(num * sizeof *self.all),
                 .part = malloc(num * sizeof *self.part),
                 .distance = malloc(num_classes * sizeof *self.distance),
                 .again = malloc((3 * (size_t)resampling.num + 1) * sizeof *self.again)};
    const bool has_room = self.class_of && self.room && self.all && self.part && self.distance && self.again;
    for (uint32_t f = 0; has_room && f <= sample->num_factors; f++) {
        if (f < sample->num_factors)
            self.num_classes = nlc_classes_of(sample, f, num_classes, self.room, self.class_of);
        else
            self.num_classes = nlc_classes_of_nothing(sample->num_rows, num_classes, resampling.seed, self.class_of);
        pawn[f] = summarise(&self, resampling);
    }
    free(self.class_of);
    free(self.room);
    free(self.all);
    free(self.part);
    free(self.distance);
    free(self.again);
    return has_room ? NLC_OK : NLC_ERROR_MEMORY;
}
