/* roadmap.csv: when half of the places of a wave, country, tier or node have first reached each
 * stage. Leaf places, where they are asked for, are not named unless the scenario allows it. */
#include <stdio.h>
#include <stdlib.h>

#include "writers.h"

#define SHARE_DECIMALS 4

/* A row in the order in which it is written; `number` is that of a place without a name, from 1. */
typedef struct {
    uint32_t row, number;
    uint64_t key;
} entry;

static bool is_hidden(const nlc_resolved *scenario, const nlc_roadmap_row *row)
{
    bool is_leaf = row->kind == NLC_ROADMAP_NODE && scenario->first_child[row->index] == scenario->first_child[row->index + 1];
    return is_leaf && !scenario->names;
}

static int compare_keys(const void *a, const void *b)
{
    const entry *x = a;
    const entry *y = b;
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Named rows first, in the order of the ensemble, then the others by the hash of their ids: in the
 * order of the ids their numbers would tell which place they are. */
static void order_rows(const nlc_ensemble *ensemble, entry *entries)
{
    uint32_t num = 0;
    for (uint32_t k = 0; k < ensemble->num_rows; k++) {
        if (!is_hidden(ensemble->scenario, &ensemble->rows[k])) {
            entries[num++] = (entry){.row = k};
        }
    }
    uint32_t num_named = num;
    for (uint32_t k = 0; k < ensemble->num_rows; k++) {
        if (is_hidden(ensemble->scenario, &ensemble->rows[k])) {
            entries[num++] = (entry){.row = k, .key = ensemble->scenario->key[ensemble->rows[k].index]};
        }
    }
    qsort(entries + num_named, num - num_named, sizeof *entries, compare_keys);
    for (uint32_t k = num_named; k < num; k++) {
        entries[k].number = k - num_named + 1;
    }
}

static void write_named(nlc_csv *csv, const nlc_resolved *scenario, const nlc_roadmap_row *row)
{
    const char *place = NULL;
    const char *label = NULL;
    switch (row->kind) {
    case NLC_ROADMAP_WAVE:
        place = label = scenario->waves.text[row->index];
        break;
    case NLC_ROADMAP_COUNTRY:
        place = scenario->agency_id[scenario->countries[row->index].first_agency];
        label = scenario->agency_name[scenario->countries[row->index].first_agency];
        break;
    case NLC_ROADMAP_TIER:
        place = label = scenario->tiers.text[row->index];
        break;
    case NLC_ROADMAP_NODE:
        place = scenario->id[row->index];
        label = scenario->name[row->index];
        break;
    }
    nlc_csv_text(csv, place);
    nlc_csv_text(csv, label);
}

static void write_place(nlc_csv *csv, const nlc_resolved *scenario, const nlc_roadmap_row *row, uint32_t number)
{
    static const char *const kinds[] = {"wave", "country", "tier", "node"};
    if (number == 0) {
        write_named(csv, scenario, row);
    } else {
        char hidden[16];
        snprintf(hidden, sizeof hidden, "P%04u", (unsigned)number);
        nlc_csv_text(csv, hidden);
        nlc_csv_text(csv, hidden);
    }
    nlc_csv_text(csv, kinds[row->kind]);
}

static void write_month(nlc_csv *csv, const nlc_resolved *scenario, uint32_t month)
{
    if (month == 0) {
        nlc_csv_text(csv, NULL);
    } else {
        nlc_csv_month(csv, nlc_calendar_month(scenario, month));
    }
}

static void write_row(nlc_csv *csv, const nlc_ensemble *ensemble, const entry *entry)
{
    const nlc_resolved *scenario = ensemble->scenario;
    uint32_t num_milestones = scenario->model->num_milestones;
    for (uint32_t k = 0; k < num_milestones; k++) {
        size_t first = ((size_t)entry->row * num_milestones + k) * ensemble->num_replicates;
        nlc_reach reach = nlc_reach_of(ensemble->reached + first, ensemble->num_replicates);
        write_place(csv, scenario, &ensemble->rows[entry->row], entry->number);
        nlc_csv_text(csv, scenario->model->milestones[k].name);
        write_month(csv, scenario, reach.p10);
        write_month(csv, scenario, reach.p50);
        write_month(csv, scenario, reach.p90);
        nlc_csv_number(csv, (double)reach.reached / reach.n, SHARE_DECIMALS);
        nlc_csv_whole(csv, reach.n);
        nlc_csv_end_row(csv);
    }
}

nlc_error nlc_roadmap_write(const nlc_tables *tables, nlc_csv *csv)
{
    const nlc_ensemble *ensemble = tables->results->ensemble;
    entry *entries = malloc(((size_t)ensemble->num_rows + 1) * sizeof *entries);
    if (entries == NULL) {
        return NLC_ERROR_MEMORY;
    }
    order_rows(ensemble, entries);
    for (uint32_t k = 0; k < ensemble->num_rows; k++) {
        write_row(csv, ensemble, &entries[k]);
    }
    free(entries);
    return NLC_OK;
}
