/* flows.csv: information and support between the tiers, up, down and across, asked for and
 * delivered, by kind and by the pool of facilitators that was asked. */
#include <math.h>
#include <stdlib.h>

#include "writers.h"

#define COUNT_DECIMALS 3
#define SHARE_DECIMALS 4

typedef enum { POOL_ALL, POOL_NATIONAL, POOL_PARENT, NUM_POOLS } pool;

/* One count of a flow in each run: `whole`, or `whole` less `part` where part is not NULL. */
typedef struct {
    const float *whole, *part; /* [num], or NULL */
} counts;

typedef struct {
    double mean, mcse;
} estimate;

/* Room for the four tallies that a row is made of: asked and delivered, in all and of the national pool. */
enum { ASKED, ASKED_NATIONAL, DELIVERED, DELIVERED_NATIONAL, NUM_ROOMS };

static const float *tallies_of(const nlc_ensemble *ensemble, uint32_t month, uint32_t split, uint32_t tally, float *room)
{
    if (tally == NLC_NONE) {
        return NULL;
    }
    nlc_ensemble_tally(ensemble, month, split, tally, room);
    return room;
}

/* What a pool was asked for or delivered: the parents' part is what the national pool leaves. */
static counts counts_of(const float *all, const float *national, pool pool)
{
    switch (pool) {
    case POOL_NATIONAL:
        return (counts){national, NULL};
    case POOL_PARENT:
        return (counts){national == NULL ? NULL : all, national};
    default:
        return (counts){all, NULL};
    }
}

static double count_in(const counts *self, uint32_t replicate)
{
    if (self->whole == NULL) {
        return NAN;
    }
    return self->part == NULL ? self->whole[replicate] : (double)self->whole[replicate] - (double)self->part[replicate];
}

static estimate estimate_mean(const counts *self, uint32_t num)
{
    double sum = 0;
    for (uint32_t r = 0; r < num; r++) {
        sum += count_in(self, r);
    }
    double mean = sum / num;
    double squares = 0;
    for (uint32_t r = 0; r < num; r++) {
        double deviation = count_in(self, r) - mean;
        squares += deviation * deviation;
    }
    return (estimate){mean, num > 1 ? sqrt(squares / (num - 1) / num) : NAN};
}

/* The ratio of two means and its standard error (Cochran 1977, section 6.4): a share of all that
 * was asked for, so that it agrees with the means beside it. */
static estimate estimate_ratio(const counts *above, const counts *below, uint32_t num, double mean_above, double mean_below)
{
    if (!(mean_below > 0)) {
        return (estimate){NAN, NAN};
    }
    double ratio = mean_above / mean_below;
    double squares = 0;
    for (uint32_t r = 0; r < num; r++) {
        double deviation = count_in(above, r) - ratio * count_in(below, r);
        squares += deviation * deviation;
    }
    return (estimate){ratio, num > 1 ? sqrt(squares / (num - 1) / num) / mean_below : NAN};
}

static void write_estimate(nlc_csv *csv, estimate value, uint32_t decimals)
{
    nlc_csv_number(csv, value.mean, decimals);
    nlc_csv_number(csv, value.mcse, decimals + 1);
}

static void write_counts(nlc_csv *csv, const counts *asked, const counts *delivered, uint32_t num)
{
    estimate mean_asked = estimate_mean(asked, num);
    estimate mean_delivered = estimate_mean(delivered, num);
    write_estimate(csv, mean_asked, COUNT_DECIMALS);
    write_estimate(csv, mean_delivered, COUNT_DECIMALS);
    write_estimate(csv, estimate_ratio(delivered, asked, num, mean_delivered.mean, mean_asked.mean), SHARE_DECIMALS);
    nlc_csv_whole(csv, num);
}

static void write_flow(nlc_csv *csv, const nlc_ensemble *ensemble, uint32_t split, const nlc_flow *flow, pool pool, float *room)
{
    static const char *const pools[] = {"all", "national", "parent"};
    const nlc_resolved *scenario = ensemble->scenario;
    const uint32_t tallies[NUM_ROOMS] = {flow->asked, flow->asked_national, flow->delivered, flow->delivered_national};
    for (uint32_t t = 0; t < scenario->num_months; t++) {
        const float *values[NUM_ROOMS];
        for (uint32_t k = 0; k < NUM_ROOMS; k++) {
            values[k] = tallies_of(ensemble, t + 1, split, tallies[k], room + (size_t)k * ensemble->num_replicates);
        }
        counts asked = counts_of(values[ASKED], values[ASKED_NATIONAL], pool);
        counts delivered = counts_of(values[DELIVERED], values[DELIVERED_NATIONAL], pool);
        nlc_csv_whole(csv, t + 1);
        nlc_csv_month(csv, nlc_calendar_month(scenario, t + 1));
        nlc_csv_text(csv, nlc_split_country(scenario, &ensemble->splits[split]));
        nlc_csv_text(csv, nlc_split_tier(scenario, &ensemble->splits[split]));
        nlc_csv_text(csv, flow->direction);
        nlc_csv_text(csv, flow->kind);
        nlc_csv_text(csv, pools[pool]);
        write_counts(csv, &asked, &delivered, ensemble->num_replicates);
        nlc_csv_end_row(csv);
    }
}

/* All places, countries, tiers, and tiers of countries. */
static bool is_of_flows(const nlc_split *split)
{
    return split->wave == NLC_NONE && split->group == NLC_NONE && split->size == NLC_NONE;
}

static void write_split(nlc_csv *csv, const nlc_ensemble *ensemble, uint32_t split, float *room)
{
    const nlc_model *model = ensemble->scenario->model;
    for (uint32_t k = 0; k < model->num_flows; k++) {
        const nlc_flow *flow = &model->flows[k];
        uint32_t num_pools = flow->asked_national == NLC_NONE && flow->delivered_national == NLC_NONE ? 1 : NUM_POOLS;
        for (uint32_t p = 0; p < num_pools; p++) {
            write_flow(csv, ensemble, split, flow, (pool)p, room);
        }
    }
}

nlc_error nlc_flows_write(const nlc_results *results, nlc_csv *csv)
{
    const nlc_ensemble *ensemble = results->ensemble;
    float *room = malloc((size_t)NUM_ROOMS * ensemble->num_replicates * sizeof *room);
    if (room == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t s = 0; s < ensemble->num_splits; s++) {
        if (is_of_flows(&ensemble->splits[s])) {
            write_split(csv, ensemble, s, room);
        }
    }
    free(room);
    return NLC_OK;
}
