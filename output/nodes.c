/* nodes.csv: the places as the run saw them, and their part in the network; and observed.csv, the
 * scenario's own observations. */
#include <math.h>
#include <stdio.h>

#include "writers.h"

#define POSITION_DECIMALS 5
#define SHARE_DECIMALS    6
#define DEGREE_DECIMALS   3

/* The wave of a place, which a rule may choose anew in each network draw. */
static const char *wave_of(const nlc_resolved *scenario, uint32_t node)
{
    const char *wave = scenario->waves.text[scenario->draws[0].wave[node]];
    for (uint32_t k = 1; k < scenario->num_draws; k++) {
        if (scenario->draws[k].wave[node] != scenario->draws[0].wave[node]) {
            wave = "varies";
        }
    }
    return wave;
}

static uint32_t degree(const nlc_channels *channels, uint32_t node)
{
    return channels->first[node + 1] - channels->first[node];
}

/* Mean number of peers that a place hears, over the network draws. */
static void write_degrees(nlc_csv *csv, const nlc_resolved *scenario, uint32_t node)
{
    double peers = 0;
    double regional = 0;
    for (uint32_t k = 0; k < scenario->num_draws; k++) {
        peers += degree(&scenario->draws[k].peer, node);
        regional += degree(&scenario->draws[k].regional, node);
    }
    nlc_csv_whole(csv, scenario->first_child[node + 1] - scenario->first_child[node]);
    nlc_csv_number(csv, peers / scenario->num_draws, DEGREE_DECIMALS);
    nlc_csv_number(csv, regional / scenario->num_draws, DEGREE_DECIMALS);
}

static bool is_leaf(const nlc_resolved *scenario, uint32_t node)
{
    return scenario->first_child[node] == scenario->first_child[node + 1];
}

/* Where results of leaf places stand in the roadmap under numbers, their ids and names are left out here: the two tables
 * together would tell which place a number stands for. */
static bool hides_leaves(const nlc_ensemble *ensemble)
{
    bool has_rows = false;
    for (uint32_t k = 0; k < ensemble->num_rows && !has_rows; k++) {
        has_rows = ensemble->rows[k].kind == NLC_ROADMAP_NODE && is_leaf(ensemble->scenario, ensemble->rows[k].index);
    }
    return has_rows && !ensemble->scenario->names;
}

/* `number` is that of a place without a name, from 1, or 0. It is another one than in the roadmap. */
static void write_identity(nlc_csv *csv, const nlc_resolved *scenario, uint32_t node, uint32_t number)
{
    char hidden[16];
    snprintf(hidden, sizeof hidden, "L%04u", (unsigned)number);
    const char *lead = scenario->agency_id[scenario->countries[scenario->country[node]].first_agency];
    uint32_t parent = scenario->parent[node];
    nlc_csv_text(csv, number > 0 ? hidden : scenario->id[node]);
    nlc_csv_text(csv, number > 0 ? NULL : scenario->name[node]);
    nlc_csv_text(csv, lead);
    nlc_csv_text(csv, parent == NLC_NO_PARENT ? lead : scenario->id[parent]);
    nlc_csv_text(csv, scenario->tiers.text[scenario->tier[node]]);
    nlc_csv_text(csv, wave_of(scenario, node));
    nlc_csv_text(csv, scenario->groups.text[scenario->group[node]]);
}

static void write_node(nlc_csv *csv, const nlc_resolved *scenario, uint32_t node, uint32_t number)
{
    uint8_t stage = scenario->start_stage[node];
    write_identity(csv, scenario, node, number);
    nlc_csv_text(csv, nlc_size_name((nlc_size)scenario->size[node]));
    nlc_csv_text(csv, scenario->elected[node] ? "elected" : "appointed");
    nlc_csv_text(csv, stage == 0 ? NULL : scenario->model->stages[stage - 1]);
    nlc_csv_number(csv, scenario->population[node], 0);
    nlc_csv_number(csv, scenario->lat[node], POSITION_DECIMALS);
    nlc_csv_number(csv, scenario->lon[node], POSITION_DECIMALS);
    nlc_csv_text(csv, scenario->placed[node] ? "yes" : "no");
    nlc_csv_number(csv, scenario->line_weight[node], SHARE_DECIMALS);
    write_degrees(csv, scenario, node);
    for (uint32_t k = 0; k < scenario->model->num_attributes; k++) {
        nlc_csv_number(csv, scenario->attributes[(size_t)k * scenario->num_nodes + node], SHARE_DECIMALS);
    }
    nlc_csv_end_row(csv);
}

nlc_error nlc_nodes_write(const nlc_tables *tables, nlc_csv *csv)
{
    const nlc_resolved *scenario = tables->results->ensemble->scenario;
    const bool hides = hides_leaves(tables->results->ensemble);
    uint32_t num_hidden = 0;
    for (uint32_t i = 0; i < scenario->num_nodes; i++) {
        write_node(csv, scenario, i, hides && is_leaf(scenario, i) ? ++num_hidden : 0);
    }
    return NLC_OK;
}

/* The columns value, total and error. */
static bool is_number(uint32_t column)
{
    return column >= 5 && column <= 7;
}

nlc_error nlc_observed_write(const nlc_tables *tables, nlc_csv *csv)
{
    const nlc_observations *observed = tables->results->observed;
    for (uint32_t i = 0; i < observed->num_rows; i++) {
        for (uint32_t k = 0; k < NLC_OBSERVED_COLUMNS; k++) {
            const char *cell = observed->cells[(size_t)i * NLC_OBSERVED_COLUMNS + k];
            if (is_number(k)) {
                nlc_csv_number_text(csv, cell);
            } else {
                nlc_csv_text(csv, cell);
            }
        }
        nlc_csv_end_row(csv);
    }
    return NLC_OK;
}
