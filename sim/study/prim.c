#include "prim.h"

#include "store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A box that may be next. */
typedef struct {
    uint32_t factor, num_rows, num_hits, num_free; /* num_free: inputs it does not limit */
    nlc_prim_limit limit;                          /* of that input */
    double score;
} candidate;

typedef struct {
    nlc_prim *prim;
    const nlc_prim_input *input;
    nlc_prim_limit *limits; /* [num_factors], owned: of the box at hand */
    nlc_prim_box box;
    uint32_t num_hits;     /* of all rows */
    double *values;        /* [num_rows], owned */
    uint32_t *num_against; /* [num_rows], owned: inputs whose limits keep a row out of the box at hand */
    candidate best;
} search;

static nlc_prim_kind kind_of(const nlc_prim_input *input, uint32_t factor)
{
    return input->kind ? input->kind[factor] : NLC_PRIM_REAL;
}

static bool admits(const nlc_prim_input *input, const nlc_prim_limit *limit, uint32_t factor, uint32_t row)
{
    const double x = input->sample.x[(size_t)row * input->sample.num_factors + factor];
    if (kind_of(input, factor) == NLC_PRIM_CATEGORY)
        return (limit->categories >> (uint32_t)x & 1) != 0;
    return x >= limit->low && x <= limit->high;
}

static uint32_t num_against(const nlc_prim_input *input, const nlc_prim_limit *limits, uint32_t row)
{
    uint32_t num = 0;
    for (uint32_t f = 0; f < input->sample.num_factors; f++)
        num += !admits(input, &limits[f], f, row);
    return num;
}

nlc_prim_box nlc_prim_measure(const nlc_prim_input *input, const nlc_prim_limit *limits)
{
    nlc_prim_box box = {0};
    uint32_t num_hits = 0;
    for (uint32_t i = 0; i < input->sample.num_rows; i++) {
        const bool is_hit = input->sample.y[i] > 0, is_in = num_against(input, limits, i) == 0;
        num_hits += is_hit;
        box.num_rows += is_in;
        box.num_hits += is_in && is_hit;
    }
    box.coverage = (double)box.num_hits / num_hits;
    box.density = (double)box.num_hits / box.num_rows;
    box.mass = (double)box.num_rows / input->sample.num_rows;
    return box;
}

static bool same_limit(const nlc_prim_limit *a, const nlc_prim_limit *b)
{
    return a->low == b->low && a->high == b->high && a->categories == b->categories;
}

const nlc_prim_limit *nlc_prim_limits(const nlc_prim *self, uint32_t box)
{
    return self->limits + (size_t)box * self->num_factors;
}

bool nlc_prim_is_restricted(const nlc_prim *self, const nlc_prim_limit *limits, uint32_t factor)
{
    return !same_limit(&limits[factor], &self->limits[factor]);
}

/* Whether a row is in the box, or is kept out of it by the limits of one input alone. */
static bool is_free_but(const search *self, uint32_t row, uint32_t factor)
{
    return self->num_against[row] == 0 || (self->num_against[row] == 1 && !admits(self->input, &self->limits[factor], factor, row));
}

/* ---- Candidates -------------------------------------------------------------------------------- */

static double score_of(const search *self, uint32_t num_rows, uint32_t num_hits)
{
    const double density = (double)num_hits / num_rows;
    if (self->input->goal == NLC_PRIM_ORIGINAL)
        return density;
    return (density - self->box.density) / fabs((double)num_rows - self->box.num_rows);
}

/* Of equal scores the box that limits fewer inputs counts, then the first. */
static void consider(search *self, uint32_t factor, nlc_prim_limit limit)
{
    const nlc_prim_input *input = self->input;
    candidate next = {.factor = factor, .limit = limit, .num_free = input->sample.num_factors};
    for (uint32_t i = 0; i < input->sample.num_rows; i++)
        if (is_free_but(self, i, factor) && admits(input, &limit, factor, i)) {
            next.num_rows++;
            next.num_hits += input->sample.y[i] > 0;
        }
    if (next.num_rows == 0 || next.num_rows == self->box.num_rows)
        return;
    for (uint32_t f = 0; f < input->sample.num_factors; f++)
        next.num_free -= !same_limit(f == factor ? &limit : &self->limits[f], &self->prim->limits[f]);
    next.score = score_of(self, next.num_rows, next.num_hits);
    if (self->best.num_rows == 0 || next.score > self->best.score ||
        (next.score == self->best.score && next.num_free > self->best.num_free))
        self->best = next;
}

/* Half way between the order statistics on either side, moved on towards the middle where they are
 * equal, as sdtoolkit has it: a peel then takes something wherever there is something to take. */
static double quantile(const double *sorted, uint32_t num, double share)
{
    const double place = ((double)num - 1) * share;
    uint32_t below = (uint32_t)floor(place), above = (uint32_t)ceil(place);
    if (share > 0.5)
        while (sorted[below] == sorted[above] && below > 0)
            below--;
    else
        while (sorted[below] == sorted[above] && above < num - 1)
            above++;
    return (sorted[below] + sorted[above]) / 2;
}

/* The values of an input, in order: of the rows of the box, or of the rows that only its lower
 * (`side` -1) or upper (1) limit keeps out. */
static uint32_t gather(search *self, uint32_t factor, int side)
{
    const nlc_sample *sample = &self->input->sample;
    const nlc_prim_limit *limit = &self->limits[factor];
    uint32_t num = 0;
    for (uint32_t i = 0; i < sample->num_rows; i++) {
        const double x = sample->x[(size_t)i * sample->num_factors + factor];
        const bool fits = side == 0 ? x >= limit->low && x <= limit->high : side < 0 ? x < limit->low : x > limit->high;
        if (fits && is_free_but(self, i, factor))
            self->values[num++] = x;
    }
    nlc_sort(self->values, num);
    return num;
}

static void peel_real(search *self, uint32_t factor)
{
    const uint32_t num = gather(self, factor, 0);
    nlc_prim_limit upper = self->limits[factor], lower = upper;
    upper.high = quantile(self->values, num, 1 - self->input->peel);
    lower.low = quantile(self->values, num, self->input->peel);
    consider(self, factor, upper);
    consider(self, factor, lower);
}

/* A whole number's limit is a value that is left; a value that many rows share goes as one. */
static void peel_whole(search *self, uint32_t factor)
{
    const uint32_t num = gather(self, factor, 0);
    const nlc_prim_limit limit = self->limits[factor];
    const double high = trunc(quantile(self->values, num, 1 - self->input->peel));
    const double low = trunc(quantile(self->values, num, self->input->peel));
    nlc_prim_limit upper = limit, lower = limit;
    uint32_t last = num - 1, first = 0;
    while (last > 0 && (high == limit.high ? self->values[last] >= high : self->values[last] > high))
        last--;
    while (first < num - 1 && (low == limit.low ? self->values[first] <= low : self->values[first] < low))
        first++;
    upper.high = self->values[last];
    lower.low = self->values[first];
    consider(self, factor, upper);
    consider(self, factor, lower);
}

static void each_category(search *self, uint32_t factor, uint64_t choice)
{
    for (uint32_t c = 0; c < 64; c++) {
        nlc_prim_limit limit = self->limits[factor];
        limit.categories ^= UINT64_C(1) << c;
        if ((choice >> c & 1) != 0 && limit.categories != 0)
            consider(self, factor, limit);
    }
}

static void peel(search *self, uint32_t factor)
{
    switch (kind_of(self->input, factor)) {
    case NLC_PRIM_REAL:
        peel_real(self, factor);
        break;
    case NLC_PRIM_WHOLE:
        peel_whole(self, factor);
        break;
    case NLC_PRIM_CATEGORY:
        each_category(self, factor, self->limits[factor].categories);
    }
}

static void paste(search *self, uint32_t factor)
{
    const nlc_prim_limit all = self->prim->limits[factor];
    if (same_limit(&self->limits[factor], &all))
        return;
    if (kind_of(self->input, factor) == NLC_PRIM_CATEGORY) {
        each_category(self, factor, all.categories & ~self->limits[factor].categories);
        return;
    }
    const bool is_whole = kind_of(self->input, factor) == NLC_PRIM_WHOLE;
    nlc_prim_limit lower = self->limits[factor], upper = lower;
    uint32_t num = gather(self, factor, -1);
    const double low = num > 0 ? quantile(self->values, num, 1 - self->input->paste) : all.low;
    num = gather(self, factor, 1);
    const double high = num > 0 ? quantile(self->values, num, self->input->paste) : all.high;
    lower.low = is_whole ? floor(low) : low;
    upper.high = is_whole ? ceil(high) : high;
    consider(self, factor, lower);
    consider(self, factor, upper);
}

/* ---- The trajectory ---------------------------------------------------------------------------- */

/* Reals first, then whole numbers, then categories: ties depend on it. */
static void try_all(search *self, void (*try)(search *self, uint32_t factor))
{
    self->best = (candidate){0};
    for (uint32_t i = 0; i < self->input->sample.num_rows; i++)
        self->num_against[i] = num_against(self->input, self->limits, i);
    for (unsigned kind = NLC_PRIM_REAL; kind <= NLC_PRIM_CATEGORY; kind++)
        for (uint32_t f = 0; f < self->input->sample.num_factors; f++)
            if (kind_of(self->input, f) == (nlc_prim_kind)kind)
                try(self, f);
}

/* Adds the box at hand to the trajectory. */
static nlc_error keep(search *self, bool is_pasted)
{
    nlc_prim *prim = self->prim;
    const size_t num = prim->num_boxes + (size_t)1;
    nlc_prim_box *boxes = nlc_grown(prim->boxes, &prim->box_capacity, num, sizeof *boxes);
    prim->boxes = boxes ? boxes : prim->boxes;
    nlc_prim_limit *limits = nlc_grown(prim->limits, &prim->limit_capacity, num * prim->num_factors, sizeof *limits);
    prim->limits = limits ? limits : prim->limits;
    if (!boxes || !limits)
        return NLC_ERROR_MEMORY;
    memcpy(limits + (num - 1) * prim->num_factors, self->limits, prim->num_factors * sizeof *limits);
    self->box.is_pasted = is_pasted;
    self->box.num_restricted = 0;
    for (uint32_t f = 0; f < prim->num_factors; f++)
        self->box.num_restricted += nlc_prim_is_restricted(prim, self->limits, f);
    boxes[prim->num_boxes++] = self->box;
    return NLC_OK;
}

static nlc_error follow(search *self, bool is_pasted)
{
    const candidate *best = &self->best;
    self->limits[best->factor] = best->limit;
    self->box.num_rows = best->num_rows;
    self->box.num_hits = best->num_hits;
    self->box.coverage = (double)best->num_hits / self->num_hits;
    self->box.density = (double)best->num_hits / best->num_rows;
    self->box.mass = (double)best->num_rows / self->input->sample.num_rows;
    return keep(self, is_pasted);
}

static bool may_peel(const search *self)
{
    const double mass = (double)self->best.num_rows / self->input->sample.num_rows;
    return self->best.num_rows > 0 && mass >= self->input->least_mass && self->best.score > 0;
}

static bool may_paste(const search *self)
{
    const double density = (double)self->best.num_hits / self->best.num_rows;
    return self->best.num_rows > self->box.num_rows && density > self->box.density;
}

/* The box of everything. */
static void begin(search *self)
{
    const nlc_sample *sample = &self->input->sample;
    for (uint32_t f = 0; f < sample->num_factors; f++) {
        nlc_prim_limit limit = {INFINITY, -INFINITY, 0};
        for (uint32_t i = 0; i < sample->num_rows; i++) {
            const double x = sample->x[(size_t)i * sample->num_factors + f];
            limit.low = fmin(limit.low, x);
            limit.high = fmax(limit.high, x);
            if (kind_of(self->input, f) == NLC_PRIM_CATEGORY)
                limit.categories |= UINT64_C(1) << (uint32_t)x;
        }
        self->limits[f] = limit;
    }
    self->box = nlc_prim_measure(self->input, self->limits);
    self->num_hits = self->box.num_hits;
}

static nlc_error run(search *self)
{
    begin(self);
    if (self->num_hits == 0 || self->num_hits == self->input->sample.num_rows)
        return NLC_ERROR_INPUT;
    nlc_error error = keep(self, false);
    while (!error) {
        try_all(self, peel);
        if (!may_peel(self))
            break;
        error = follow(self, false);
    }
    while (!error) {
        try_all(self, paste);
        if (!may_paste(self))
            break;
        error = follow(self, true);
    }
    return error;
}

nlc_error nlc_prim_init(nlc_prim *self, const nlc_prim_input *input)
{
    const nlc_sample *sample = &input->sample;
    *self = (nlc_prim){.num_factors = sample->num_factors};
    search state = {.prim = self,
                    .input = input,
                    .limits = malloc((sample->num_factors + (size_t)1) * sizeof *state.limits),
                    .values = malloc((sample->num_rows + (size_t)1) * sizeof *state.values),
                    .num_against = malloc((sample->num_rows + (size_t)1) * sizeof *state.num_against)};
    const nlc_error error = state.limits && state.values && state.num_against ? run(&state) : NLC_ERROR_MEMORY;
    free(state.limits);
    free(state.values);
    free(state.num_against);
    return error;
}

void nlc_prim_free(nlc_prim *self)
{
    free(self->boxes);
    free(self->limits);
    *self = (nlc_prim){0};
}

uint32_t nlc_prim_best(const nlc_prim *self)
{
    uint32_t best = 0;
    double most = -1;
    for (uint32_t b = 0; b < self->num_boxes; b++) {
        const nlc_prim_box *box = &self->boxes[b];
        const double f1 = 2 * box->coverage * box->density / (box->coverage + box->density);
        best = f1 > most ? b : best;
        most = f1 > most ? f1 : most;
    }
    return best;
}
