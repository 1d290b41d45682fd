/* flows.csv: information and support between the tiers, up, down and across, asked for and
 * delivered, by kind and by the pool of facilitators that was asked. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "service.h"
#include "writers.h"

#define COUNT_DECIMALS 3
#define SHARE_DECIMALS 4

typedef enum { POOL_ALL, POOL_NATIONAL, POOL_PARENT, NUM_POOLS } pool;

typedef struct {
    double mean, mcse;
} estimate;

/* What a row says. */
typedef struct {
    estimate asked, delivered, service;
} flow_row;

/* A tally, and what is made of it: one value a run. Where all runs have the same, the first stands
 * for them: most tallies of most months are of this kind, and everything is known of them. */
typedef struct {
    bool exists, is_constant;
    float *values; /* [num_replicates], owned by the rows */
} tally;

typedef struct {
    bool exists, is_constant;
    double *values; /* [num_replicates], owned by the rows */
} counts;

enum { ASKED, ASKED_NATIONAL, DELIVERED, DELIVERED_NATIONAL, NUM_TALLIES };

/* The rows of the parts of the places, and room to find them. */
typedef struct {
    const nlc_ensemble *ensemble;
    uint32_t num;    /* replicates */
    flow_row **rows; /* [num_parts], owned each, [num_flows][NUM_POOLS][num_months]; NULL where not found yet */
    tally tallies[NUM_TALLIES];
    counts asked, delivered;
} flow_rows;

/* ---- Estimates -------------------------------------------------------------------------------------- */

static estimate estimate_mean(const counts *counts, uint32_t num)
{
    if (!counts->exists || counts->is_constant) {
        return (estimate){counts->exists ? counts->values[0] : NAN, counts->exists && num > 1 ? 0 : NAN};
    }
    double sum = 0;
    for (uint32_t r = 0; r < num; r++) {
        sum += counts->values[r];
    }
    double mean = sum / num;
    double squares = 0;
    for (uint32_t r = 0; r < num; r++) {
        double deviation = counts->values[r] - mean;
        squares += deviation * deviation;
    }
    return (estimate){mean, num > 1 ? sqrt(squares / (num - 1) / num) : NAN};
}

/* Service: the ratio of two means, and its standard error (Cochran 1977, section 6.4): a share of all that
 * was asked for, so that it agrees with the means beside it. Taken of each run it would be too small:
 * at most 1, a run in which chance held more events would not make up for one in which it held fewer. */
static estimate estimate_ratio(const flow_rows *self, double mean_delivered, double mean_asked)
{
    uint32_t num = self->num;
    if (!(mean_asked > 0) || !self->delivered.exists) {
        return (estimate){NAN, NAN};
    }
    double ratio = mean_delivered / mean_asked;
    if (self->asked.is_constant && self->delivered.is_constant) {
        return (estimate){nlc_service(mean_delivered, mean_asked), num > 1 ? 0 : NAN};
    }
    double squares = 0;
    for (uint32_t r = 0; r < num; r++) {
        double asked = self->asked.values[self->asked.is_constant ? 0 : r];
        double deviation = self->delivered.values[self->delivered.is_constant ? 0 : r] - ratio * asked;
        squares += deviation * deviation;
    }
    return (estimate){nlc_service(mean_delivered, mean_asked), num > 1 ? sqrt(squares / (num - 1) / num) / mean_asked : NAN};
}

/* What a pool was asked for or delivered in each run: the parents' part is what the national pool
 * leaves. */
static void count_pool(counts *self, const tally *all, pool pool, uint32_t num)
{
    const tally *national = all + 1;
    const tally *whole = pool == POOL_NATIONAL ? national : all;
    self->exists = all->exists && (pool == POOL_ALL || national->exists);
    self->is_constant = whole->is_constant && (pool != POOL_PARENT || national->is_constant);
    uint32_t num_values = self->is_constant ? 1 : num;
    for (uint32_t r = 0; self->exists && r < num_values; r++) {
        self->values[r] = (double)whole->values[r];
    }
    for (uint32_t r = 0; self->exists && pool == POOL_PARENT && r < num_values; r++) {
        self->values[r] -= (double)national->values[r];
    }
}

static flow_row find_row(flow_rows *self, pool pool)
{
    flow_row row;
    count_pool(&self->asked, &self->tallies[ASKED], pool, self->num);
    count_pool(&self->delivered, &self->tallies[DELIVERED], pool, self->num);
    row.asked = estimate_mean(&self->asked, self->num);
    row.delivered = estimate_mean(&self->delivered, self->num);
    row.service = estimate_ratio(self, row.delivered.mean, row.asked.mean);
    return row;
}

static uint32_t num_pools(const nlc_flow *flow)
{
    return flow->asked_national == NLC_NONE && flow->delivered_national == NLC_NONE ? 1 : NUM_POOLS;
}

static void take_tally(const flow_rows *self, uint32_t split, uint32_t month, uint32_t index, tally *tally)
{
    tally->exists = index != NLC_NONE;
    if (tally->exists) {
        nlc_ensemble_tally(self->ensemble, month, split, index, tally->values);
        tally->is_constant = memcmp(tally->values, tally->values + 1, (self->num - 1) * sizeof *tally->values) == 0;
    }
}

static void find_flow(flow_rows *self, uint32_t split, const nlc_flow *flow, flow_row *rows)
{
    const uint32_t num_months = self->ensemble->scenario->num_months;
    const uint32_t tallies[NUM_TALLIES] = {flow->asked, flow->asked_national, flow->delivered, flow->delivered_national};
    for (uint32_t t = 0; t < num_months; t++) {
        for (uint32_t k = 0; k < NUM_TALLIES; k++) {
            take_tally(self, split, t + 1, tallies[k], &self->tallies[k]);
        }
        for (uint32_t p = 0; p < num_pools(flow); p++) {
            rows[(size_t)p * num_months + t] = find_row(self, (pool)p);
        }
    }
}

/* The rows of a split, found once for all splits that are the same part. */
static const flow_row *find_split(flow_rows *self, uint32_t split)
{
    const nlc_model *model = self->ensemble->scenario->model;
    size_t of_flow = (size_t)NUM_POOLS * self->ensemble->scenario->num_months;
    flow_row **rows = &self->rows[self->ensemble->part[split]];
    if (*rows == NULL) {
        *rows = malloc((model->num_flows * of_flow + 1) * sizeof **rows);
        for (uint32_t k = 0; k < model->num_flows && *rows != NULL; k++) {
            find_flow(self, split, &model->flows[k], *rows + k * of_flow);
        }
    }
    return *rows;
}

/* ---- Rows -------------------------------------------------------------------------------------------- */

static void write_estimate(nlc_csv *csv, estimate value, uint32_t decimals)
{
    nlc_csv_number(csv, value.mean, decimals);
    nlc_csv_number(csv, value.mcse, decimals + 1);
}

static void write_row(nlc_csv *csv, const flow_row *row, uint32_t num)
{
    write_estimate(csv, row->asked, COUNT_DECIMALS);
    write_estimate(csv, row->delivered, COUNT_DECIMALS);
    write_estimate(csv, row->service, SHARE_DECIMALS);
    nlc_csv_whole(csv, num);
}

static void write_months(nlc_csv *csv, const nlc_tables *tables, const nlc_csv_cells *labels, const flow_row *rows)
{
    const nlc_ensemble *ensemble = tables->results->ensemble;
    for (uint32_t t = 0; t < ensemble->scenario->num_months; t++) {
        nlc_csv_put(csv, &tables->months[t]);
        nlc_csv_put(csv, labels);
        if (t > 0 && memcmp(&rows[t], &rows[t - 1], sizeof *rows) == 0) {
            nlc_csv_repeat_tail(csv);
        } else {
            nlc_csv_tail(csv);
            write_row(csv, &rows[t], ensemble->num_replicates);
        }
        nlc_csv_end_row(csv);
    }
}

static nlc_error write_flow(nlc_csv *csv, const nlc_tables *tables, uint32_t split, const nlc_flow *flow, const flow_row *rows)
{
    static const char *const pools[] = {"all", "national", "parent"};
    const nlc_resolved *scenario = tables->results->ensemble->scenario;
    const nlc_split *of = &tables->results->ensemble->splits[split];
    nlc_error error = NLC_OK;
    for (uint32_t p = 0; p < num_pools(flow) && error == NLC_OK; p++) {
        const char *texts[] = {nlc_split_country(scenario, of), nlc_split_tier(scenario, of), flow->direction, flow->kind,
                               pools[p]};
        nlc_csv_cells labels = {0};
        for (size_t k = 0; k < sizeof texts / sizeof texts[0] && error == NLC_OK; k++) {
            error = nlc_csv_cells_add(&labels, tables->results->style, texts[k]);
        }
        if (error == NLC_OK) {
            write_months(csv, tables, &labels, rows + (size_t)p * scenario->num_months);
        }
        nlc_csv_cells_free(&labels);
    }
    return error;
}

static nlc_error write_split(nlc_csv *csv, const nlc_tables *tables, uint32_t split, flow_rows *found)
{
    const nlc_model *model = found->ensemble->scenario->model;
    const flow_row *rows = find_split(found, split);
    nlc_error error = rows == NULL ? NLC_ERROR_MEMORY : NLC_OK;
    for (uint32_t k = 0; k < model->num_flows && error == NLC_OK; k++) {
        error = write_flow(csv, tables, split, &model->flows[k], rows);
        rows += (size_t)NUM_POOLS * found->ensemble->scenario->num_months;
    }
    return error;
}

static nlc_error flow_rows_init(flow_rows *self, const nlc_ensemble *ensemble)
{
    size_t num = ensemble->num_replicates;
    *self = (flow_rows){.ensemble = ensemble, .num = ensemble->num_replicates};
    self->rows = calloc(ensemble->num_parts + (size_t)1, sizeof *self->rows);
    self->tallies[0].values = malloc(NUM_TALLIES * num * sizeof *self->tallies[0].values);
    self->asked.values = malloc(2 * num * sizeof *self->asked.values);
    if (self->rows == NULL || self->tallies[0].values == NULL || self->asked.values == NULL) {
        return NLC_ERROR_MEMORY;
    }
    for (uint32_t k = 1; k < NUM_TALLIES; k++) {
        self->tallies[k].values = self->tallies[0].values + k * num;
    }
    self->delivered.values = self->asked.values + num;
    return NLC_OK;
}

static void flow_rows_free(flow_rows *self)
{
    for (uint32_t p = 0; self->rows != NULL && p < self->ensemble->num_parts; p++) {
        free(self->rows[p]);
    }
    free(self->rows);
    free(self->tallies[0].values);
    free(self->asked.values);
}

/* All places, countries, tiers, and tiers of countries. */
static bool is_of_flows(const nlc_split *split)
{
    return split->wave == NLC_NONE && split->group == NLC_NONE && split->size == NLC_NONE;
}

nlc_error nlc_flows_write(const nlc_tables *tables, nlc_csv *csv)
{
    const nlc_ensemble *ensemble = tables->results->ensemble;
    flow_rows found;
    nlc_error error = flow_rows_init(&found, ensemble);
    for (uint32_t s = 0; s < ensemble->num_splits && error == NLC_OK; s++) {
        if (is_of_flows(&ensemble->splits[s])) {
            error = write_split(csv, tables, s, &found);
        }
    }
    flow_rows_free(&found);
    return error;
}
