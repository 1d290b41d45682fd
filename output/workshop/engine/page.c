/* The engine as the workshop page drives it: settings on levers and parameters, whole batches at once,
 * and what the pictures are drawn from. It stands in one module with sim/core/wasm/module.c, which has
 * the memory and reads the scenario. In order:
 *   nlc_module_open, nlc_module_read   the resolved text
 *   nlc_module_wave(k)                 the labels of the waves, whose first months the caller puts into
 *   nlc_module_wave_starts()           this array
 *   nlc_module_prepare()               makes room for runs
 *   nlc_module_settings_begin, nlc_module_setting_..., nlc_module_settings_apply; each setting with its
 *                                      months before it, and its places where it is not for all
 *   nlc_module_start(...)              a batch of at most 4 replicates of one network draw
 *   nlc_module_advance(months)         true once it is done
 * and then what was kept of it. */
#include "flows.h"
#include "module.h"
#include "roadmap.h"

#include "ensemble.h"
#include "treatment.h"

#include <math.h>
#include <string.h>

#define MOST_ROWS    512
#define MOST_TALLIES 256
#define LANES        4
#define NUMBER_ROOM  64

/* What is kept of a batch, and how. */
typedef enum { KEEP_PICTURES, KEEP_HASH } keeping;

typedef struct {
    nlc_treatments treatments;
    nlc_batch *batch;
    nlc_point point;
    float *parameters;        /* [num_parameters], as set */
    int32_t *wave_start;      /* [waves.num] */
    nlc_treatment_row *rows;  /* [MOST_ROWS] */
    nlc_treatment_row months; /* of the rows to come, and places */
    uint32_t num_rows, num_splits, num_lanes;
    uint32_t replicate[LANES];
    uint32_t month; /* kept so far */
    keeping keep;
    nlc_view stage;
    uint8_t *stages;  /* [num_months + 1][num_nodes][LANES]; month 0 first */
    double *measures; /* [num_splits][num_months][num_measures][LANES] */
    double *totals;   /* [num_splits][num_tallies][NLC_BLOCK_RUNS] */
    uint64_t *hash;   /* [num_countries + 1][LANES], the whole scenario last */
    page_roadmap roadmap;
    page_flows flows;
    uint32_t draw;
} page;

static page self;
static char number_text[NUMBER_ROOM];

/* ---- Preparing --------------------------------------------------------------------------------- */

/* All, and with several countries each of them. */
static uint32_t count_splits(const nlc_resolved *scenario)
{
    return scenario->num_countries > 1 ? 1 + scenario->num_countries : 1;
}

const char *nlc_module_wave(uint32_t wave)
{
    return nlc_module_scenario()->waves.text[wave];
}

uint32_t nlc_module_num_waves(void)
{
    return nlc_module_scenario()->waves.num;
}

/* Where the first month of each wave belongs; NULL when memory is out. */
int32_t *nlc_module_wave_starts(void)
{
    memset(&self, 0, sizeof self);
    self.wave_start = nlc_module_room(nlc_module_scenario()->waves.num * sizeof *self.wave_start);
    return self.wave_start;
}

static bool make_room(const nlc_resolved *scenario)
{
    const nlc_model *model = scenario->model;
    self.num_splits = count_splits(scenario);
    self.parameters = nlc_module_room(model->num_parameters * sizeof *self.parameters);
    self.rows = nlc_module_room(MOST_ROWS * sizeof *self.rows);
    self.stages = nlc_module_room(((size_t)scenario->num_months + 1) * scenario->num_nodes * LANES);
    self.measures = nlc_module_room((size_t)self.num_splits * scenario->num_months * model->num_measures * LANES * sizeof(double));
    self.totals = nlc_module_room((size_t)self.num_splits * model->num_tallies * NLC_BLOCK_RUNS * sizeof(double));
    self.hash = nlc_module_room(((size_t)scenario->num_countries + 1) * LANES * sizeof *self.hash);
    return self.parameters && self.rows && self.stages && self.measures && self.totals && self.hash &&
           page_roadmap_prepare(&self.roadmap, scenario, LANES) && page_flows_prepare(&self.flows, scenario, LANES);
}

/* False when memory is out. */
bool nlc_module_prepare(void)
{
    const nlc_resolved *scenario = nlc_module_scenario();
    const nlc_kernel *kernel = nlc_kernel_for(scenario->model, LANES);
    void *memory = nlc_module_room(nlc_treatments_size(scenario));
    if (!memory || !make_room(scenario))
        return false;
    nlc_treatments_init(&self.treatments, scenario, self.wave_start, memory);
    self.treatments.levers = nlc_module_room(nlc_treatments_levers_size(&self.treatments));
    memory = nlc_module_room(nlc_batch_size(&self.treatments.scenario, kernel));
    if (!self.treatments.levers || !memory)
        return false;
    self.batch = nlc_batch_init(memory, &self.treatments.scenario, kernel);
    self.stage = scenario->model->views[nlc_model_view(scenario->model, "stage")];
    return true;
}

/* ---- Settings ---------------------------------------------------------------------------------- */

/* Where the text of a number belongs before a setting, and its room. */
char *nlc_module_number_text(void)
{
    return number_text;
}

/* The calendar month of month 1: year * 12 + (month - 1). */
int32_t nlc_module_start_month(void)
{
    return nlc_module_scenario()->start;
}

/* Back to the scenario's own levers and parameters. */
void nlc_module_settings_begin(void)
{
    const nlc_resolved *scenario = nlc_module_scenario();
    self.num_rows = 0;
    memcpy(self.parameters, scenario->parameters, scenario->model->num_parameters * sizeof *self.parameters);
}

static bool add_row(uint32_t lever, uint32_t how, float value)
{
    if (self.num_rows == MOST_ROWS)
        return false;
    nlc_treatment_row *row = &self.rows[self.num_rows++];
    *row = self.months;
    row->lever = lever;
    row->how = how;
    row->value = value;
    return true;
}

/* The months of the dials and levers that follow, both included; with the flags they are counted from
 * the first month of each place's wave, which is then 0. */
void nlc_module_setting_months(int32_t from, int32_t to, bool from_wave, bool to_wave)
{
    self.months = (nlc_treatment_row){.from = from,
                                      .to = to,
                                      .country = NLC_NONE,
                                      .tier = NLC_NONE,
                                      .wave = NLC_NONE,
                                      .group = NLC_NONE,
                                      .from_wave = from_wave,
                                      .to_wave = to_wave};
}

static bool is_meant(const nlc_treatment_row *row, uint32_t node)
{
    const nlc_resolved *scenario = nlc_module_scenario();
    bool in_wave = row->wave == NLC_NONE;
    for (uint32_t d = 0; d < scenario->num_draws && !in_wave; d++)
        in_wave = scenario->draws[d].wave[node] == row->wave;
    return in_wave && (row->country == NLC_NONE || scenario->country[node] == row->country) &&
           (row->tier == NLC_NONE || scenario->tier[node] == row->tier) &&
           (row->group == NLC_NONE || scenario->group[node] == row->group);
}

/* The places of the levers that follow, once their months are set: indices, or NLC_NONE for all. False
 * where there is no such place, which the program refuses too. */
bool nlc_module_setting_places(uint32_t country, uint32_t tier, uint32_t wave, uint32_t group)
{
    self.months.country = country;
    self.months.tier = tier;
    self.months.wave = wave;
    self.months.group = group;
    for (uint32_t i = 0; i < nlc_module_scenario()->num_nodes; i++)
        if (is_meant(&self.months, i))
            return true;
    return false;
}

/* A country has no wave to wait for. */
static bool dial_reaches(const nlc_lever *lever, nlc_dial dial)
{
    const bool waits = self.months.from_wave || self.months.to_wave;
    return lever->dial == dial && !(waits && lever->scope == NLC_LEVER_COUNTRY);
}

/* Each setting takes the number whose text, of this length, was put into its place; false where that is
 * no number, or where there are too many settings. */
bool nlc_module_setting_dial(uint32_t dial, size_t length)
{
    const nlc_model *model = nlc_module_scenario()->model;
    float value;
    if (length > NUMBER_ROOM || !nlc_number_read(number_text, length, &value) || !(value >= 0))
        return false;
    bool good = true;
    for (uint32_t l = 0; l < model->num_levers; l++)
        if (dial_reaches(&model->levers[l], (nlc_dial)dial))
            good = good && add_row(l, NLC_HOW_SCALE, value);
    return good;
}

bool nlc_module_setting_lever(uint32_t lever, uint32_t how, size_t length)
{
    float value;
    return length <= NUMBER_ROOM && nlc_number_read(number_text, length, &value) && !isnan(value) && add_row(lever, how, value);
}

bool nlc_module_setting_parameter(uint32_t parameter, uint32_t how, size_t length)
{
    const nlc_parameter *of = &nlc_module_scenario()->model->parameters[parameter];
    float value;
    if (length > NUMBER_ROOM || !nlc_number_read(number_text, length, &value) || isnan(value))
        return false;
    self.parameters[parameter] = nlc_lever_changed(self.parameters[parameter], how, value);
    return self.parameters[parameter] >= of->low && self.parameters[parameter] <= of->high;
}

/* The lever that left its bounds, or NLC_NONE. */
uint32_t nlc_module_settings_apply(void)
{
    const uint32_t wrong = nlc_treatments_apply(&self.treatments, self.rows, self.num_rows);
    self.point = (nlc_point){self.parameters, self.treatments.scenario.levers};
    return wrong;
}

/* ---- What is kept of a month ------------------------------------------------------------------- */

static void keep_stages(void)
{
    const uint32_t num_nodes = self.treatments.scenario.num_nodes;
    uint8_t *into = self.stages + (size_t)self.month * num_nodes * LANES;
    for (uint32_t i = 0; i < num_nodes; i++)
        for (uint32_t l = 0; l < LANES; l++)
            *into++ = (uint8_t)nlc_batch_view(self.batch, &self.stage, i, l);
}

static bool in_split(uint32_t split, const nlc_class *class)
{
    return split == 0 || class->country == split - 1;
}

/* The tallies of a split and lane, rounded as an ensemble keeps them. */
static void sum_lane(uint32_t split, uint32_t lane, double *month)
{
    const nlc_resolved *scenario = &self.treatments.scenario;
    memset(month, 0, scenario->model->num_tallies * sizeof *month);
    for (uint32_t c = 0; c < scenario->num_classes; c++) {
        size_t stride;
        const double *tallies = nlc_batch_tallies(self.batch, c, lane, &stride);
        if (in_split(split, &scenario->classes[c]))
            for (uint32_t k = 0; k < scenario->model->num_tallies; k++)
                month[k] += tallies[k * stride];
    }
    for (uint32_t k = 0; k < scenario->model->num_tallies; k++)
        month[k] = (double)(float)month[k];
}

/* The lanes stand in the first of the runs of a block. */
static void keep_measures(uint32_t split)
{
    static double month[MOST_TALLIES * NLC_BLOCK_RUNS];
    const nlc_resolved *scenario = &self.treatments.scenario;
    const nlc_model *model = scenario->model;
    double *total = self.totals + (size_t)split * model->num_tallies * NLC_BLOCK_RUNS;
    const float *parameters[NLC_BLOCK_RUNS];
    for (uint32_t r = 0; r < NLC_BLOCK_RUNS; r++)
        parameters[r] = self.parameters;
    for (uint32_t lane = 0; lane < self.num_lanes; lane++) {
        double of_lane[MOST_TALLIES];
        sum_lane(split, lane, of_lane);
        for (uint32_t k = 0; k < model->num_tallies; k++) {
            month[k * NLC_BLOCK_RUNS + lane] = of_lane[k];
            total[k * NLC_BLOCK_RUNS + lane] += of_lane[k];
        }
    }
    const nlc_tallies tallies = {month, total, parameters};
    double *into = self.measures + (((size_t)split * scenario->num_months + self.month - 1) * model->num_measures) * LANES;
    for (uint32_t m = 0; m < model->num_measures; m++) {
        double values[NLC_BLOCK_RUNS];
        model->measures[m].fill(&tallies, values);
        memcpy(into + (size_t)m * LANES, values, LANES * sizeof *values);
    }
}

static void keep_hash(uint32_t lane)
{
    const uint32_t num_countries = self.treatments.scenario.num_countries;
    uint64_t sum = 0;
    for (uint32_t c = 0; c <= num_countries; c++) {
        const uint64_t hash = c < num_countries ? nlc_batch_hash(self.batch, c, lane) : sum;
        uint64_t *at = &self.hash[(size_t)c * LANES + lane];
        *at = nlc_mix(*at ^ hash);
        sum += hash;
    }
}

static void keep_month(void)
{
    for (uint32_t l = 0; l < self.num_lanes && self.keep == KEEP_HASH; l++)
        keep_hash(l);
    if (self.keep == KEEP_HASH)
        return;
    keep_stages();
    for (uint32_t s = 0; s < self.num_splits && self.month > 0; s++)
        keep_measures(s);
    if (self.month > 0)
        page_flows_keep(&self.flows, &self.treatments.scenario, self.batch, self.month);
}

/* ---- Running ----------------------------------------------------------------------------------- */

/* Replicates `first`, `first` + K, ... of the K network draws, `num` of them. With `hash` only the hashes
 * of their states are kept, else only what is drawn. */
void nlc_module_start(uint64_t seed, uint32_t first, uint32_t num, bool hash)
{
    const nlc_resolved *scenario = &self.treatments.scenario;
    nlc_lane lanes[LANES];
    for (uint32_t l = 0; l < num; l++)
        lanes[l] = (nlc_lane){&self.point, first + l * scenario->num_draws};
    self.num_lanes = num;
    self.month = 0;
    self.keep = hash ? KEEP_HASH : KEEP_PICTURES;
    memset(self.totals, 0, (size_t)self.num_splits * scenario->model->num_tallies * NLC_BLOCK_RUNS * sizeof *self.totals);
    memset(self.hash, 0, ((size_t)scenario->num_countries + 1) * LANES * sizeof *self.hash);
    self.draw = first % scenario->num_draws;
    nlc_batch_reset(self.batch, self.draw, seed, lanes, num);
    keep_month();
}

bool nlc_module_advance(uint32_t months)
{
    for (uint32_t k = 0; k < months && self.month < self.treatments.scenario.num_months; k++) {
        if (!nlc_batch_is_done(self.batch))
            nlc_batch_step(self.batch);
        self.month++;
        keep_month();
    }
    const bool done = self.month == self.treatments.scenario.num_months;
    if (done && self.keep == KEEP_PICTURES)
        page_roadmap_keep(&self.roadmap, &self.treatments.scenario, self.batch, self.draw, self.num_lanes, LANES);
    return done;
}

/* ---- What was kept ----------------------------------------------------------------------------- */

uint32_t nlc_module_num_splits(void)
{
    return self.num_splits;
}

uint32_t nlc_module_num_measures(void)
{
    return self.treatments.scenario.model->num_measures;
}

/* [num_splits][num_months][num_measures][4] */
const double *nlc_module_measures(void)
{
    return self.measures;
}

/* [num_months + 1][num_nodes][4] */
const uint8_t *nlc_module_stages(void)
{
    return self.stages;
}

/* Rows: waves, countries, tiers. */
uint32_t nlc_module_num_roadmap_rows(void)
{
    return self.roadmap.num_rows;
}

uint32_t nlc_module_num_milestones(void)
{
    return self.treatments.scenario.model->num_milestones;
}

/* [num_rows][num_milestones][4] */
const uint16_t *nlc_module_reached(void)
{
    return self.roadmap.reached;
}

uint32_t nlc_module_num_flow_cells(void)
{
    return self.flows.num_cells;
}

/* [num_cells] */
const uint32_t *nlc_module_flow_countries(void)
{
    return self.flows.cell_country;
}

/* [num_cells] */
const uint32_t *nlc_module_flow_tiers(void)
{
    return self.flows.cell_tier;
}

/* [num_months][num_cells][num_flows][4 counts][4]: see flows.h. */
const float *nlc_module_flows(void)
{
    return self.flows.counts;
}

/* [num_countries + 1][4] */
const uint64_t *nlc_module_hashes(void)
{
    return self.hash;
}

/* Summarises rows of `num` values each in place: median, 5 % and 95 % quantile, mean and its error are
 * then the first five numbers of five for each row in `summaries`. */
void nlc_module_summarise(double *values, uint32_t num_rows, uint32_t num, double *summaries)
{
    for (uint32_t k = 0; k < num_rows; k++) {
        const nlc_summary summary = nlc_summary_of(values + (size_t)k * num, num);
        double *into = summaries + (size_t)k * 5;
        into[0] = summary.median;
        into[1] = summary.p05;
        into[2] = summary.p95;
        into[3] = summary.mean;
        into[4] = summary.mcse;
    }
}
