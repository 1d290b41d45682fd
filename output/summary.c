#include "summary.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chart.h"
#include "problems.h"
#include "service.h"

#define NUM_LEVELS 3 /* months that levels are shown for, and shares that are waited for */
#define CELL       18
#define LABEL      12
#define SCREEN     80

/* The screen as it is written, and what it is written from: the measures of all places together,
 * values[num_months][num_measures][num_replicates], in the order of the replicates. */
typedef struct {
    const nlc_results *results;
    const nlc_resolved *scenario;
    const nlc_model *model;
    uint32_t num_replicates;
    double *values;            /* owned */
    double *sample, *sample_2; /* [num_replicates], in the memory of `values` */
    float *tally;              /* [num_replicates], likewise */
    bool utf8;
    nlc_text *text;  /* borrowed */
    nlc_error error; /* the first one */
} screen;

static void say(screen *self, const char *format, ...)
{
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (self->error == NLC_OK && length > 0) {
        self->error = nlc_text_add(self->text, line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
    }
}

/* ---- Numbers as a reader wants them ---- */

/* A whole number with commas between the thousands. */
static void write_whole(double value, char *text, size_t size)
{
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%.0f", value < 0 ? 0.0 : value < 1e15 ? value : 1e15);
    size_t used = 0;
    for (int k = 0; k < length && used + 2 < size; k++) {
        if (k > 0 && (length - k) % 3 == 0) {
            text[used++] = ',';
        }
        text[used++] = digits[k];
    }
    text[used] = '\0';
}

/* "52 % (49-55)" */
static void write_percent(const nlc_summary *summary, char *text, size_t size)
{
    if (summary->n == 0) {
        snprintf(text, size, "-");
        return;
    }
    snprintf(text, size, "%.0f %% (%.0f-%.0f)", 100 * summary->median, 100 * summary->p05, 100 * summary->p95);
}

/* "12,345 (11,900-12,800)"; what no run moves, as what a scenario asks for, has no band. */
static void write_number(const nlc_summary *summary, char *text, size_t size)
{
    char median[32];
    char low[32];
    char high[32];
    write_whole(summary->median, median, sizeof median);
    write_whole(summary->p05, low, sizeof low);
    write_whole(summary->p95, high, sizeof high);
    if (summary->p05 == summary->p95) {
        snprintf(text, size, "%s", median);
    } else {
        snprintf(text, size, "%s (%s-%s)", median, low, high);
    }
}

/* ---- Samples ---- */

static const double *values_of(const screen *self, uint32_t month, uint32_t measure)
{
    return self->values + ((size_t)month * self->model->num_measures + measure) * self->num_replicates;
}

/* A measure in a month, from 1. */
static nlc_summary summary_in(screen *self, uint32_t measure, uint32_t month)
{
    memcpy(self->sample, values_of(self, month - 1, measure), self->num_replicates * sizeof *self->sample);
    return nlc_summary_of(self->sample, self->num_replicates);
}

/* The sum of a measure over all months of each run. */
static void total_of(const screen *self, uint32_t measure, double *totals)
{
    for (uint32_t r = 0; r < self->num_replicates; r++) {
        totals[r] = 0;
        for (uint32_t t = 0; t < self->scenario->num_months; t++) {
            totals[r] += values_of(self, t, measure)[r];
        }
    }
}

static nlc_summary summary_of_total(screen *self, uint32_t measure)
{
    total_of(self, measure, self->sample);
    return nlc_summary_of(self->sample, self->num_replicates);
}

/* The share of one total in another, run by run. */
static nlc_summary summary_of_ratio(screen *self, uint32_t above, uint32_t below)
{
    total_of(self, above, self->sample);
    total_of(self, below, self->sample_2);
    for (uint32_t r = 0; r < self->num_replicates; r++) {
        self->sample[r] = nlc_service(self->sample[r], self->sample_2[r]);
    }
    return nlc_summary_of(self->sample, self->num_replicates);
}

/* ---- The parts of the screen ---- */

/* True where a text of UTF-8 has at most that many code points. */
static bool fits(const char *text, uint32_t columns)
{
    uint32_t num = 0;
    for (; *text != '\0'; text++) {
        num += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return num <= columns;
}

/* Takes a broken word and what stands loose before it off the end; a single long word stays. */
static char *end_of_words(char *begin, char *end)
{
    char *space = end;
    while (space > begin && *space != ' ') {
        space--;
    }
    end = space > begin ? space : end;
    while (end > begin && strchr(" ,;:-(", end[-1]) != NULL) {
        end--;
    }
    return end;
}

/* As much of a UTF-8 text as `columns` hold, which are counted in code points; dots stand for whole
 * words that are left out. Where the screen has only ASCII, everything else is a question mark. */
static void clip(const char *text, uint32_t columns, bool utf8, char *clipped)
{
    const bool is_whole = fits(text, columns);
    char *begin = clipped;
    columns -= is_whole ? 0 : 3;
    for (; *text != '\0'; text++) {
        bool begins = ((unsigned char)*text & 0xC0) != 0x80;
        bool is_ascii = (unsigned char)*text < 0x80;
        if (begins && columns-- == 0) {
            break;
        }
        if (utf8 || is_ascii) {
            *clipped++ = *text;
        } else if (begins) {
            *clipped++ = '?';
        }
    }
    *clipped = *text; /* a space here ends a whole word */
    clipped = is_whole ? clipped : end_of_words(begin, clipped);
    strcpy(clipped, is_whole ? "" : "...");
}

static void write_title(screen *self)
{
    char places[32];
    char facts[128];
    const nlc_resolved *scenario = self->scenario;
    const char *title = scenario->title == NULL || scenario->title[0] == '\0' ? "nlcsim" : scenario->title;
    write_whole(scenario->num_nodes, places, sizeof places);
    char clipped[4 * SCREEN + 1];
    int length = snprintf(facts, sizeof facts, ": %s places, %u months, %u runs, seed %llu", places, (unsigned)scenario->num_months,
                          (unsigned)self->num_replicates, (unsigned long long)self->results->seed);
    clip(title, SCREEN - (uint32_t)length, self->utf8, clipped);
    say(self, "%s%s\n", clipped, facts);
}

/* Fills a curve from a measure; its three arrays stand one behind the other in `band`. */
static nlc_curve curve_of(screen *self, uint32_t measure, char letter, double *band)
{
    uint32_t num_months = self->scenario->num_months;
    for (uint32_t t = 0; t < num_months; t++) {
        nlc_summary summary = summary_in(self, measure, t + 1);
        band[t] = summary.median;
        band[num_months + t] = summary.p05;
        band[2 * num_months + t] = summary.p95;
    }
    return (nlc_curve){self->model->measures[measure].name, letter, band, band + num_months, band + 2 * num_months};
}

static void write_chart(screen *self)
{
    uint32_t adopted = nlc_model_measure(self->model, "adopted");
    uint32_t functioning = nlc_model_measure(self->model, "functioning");
    if (adopted == NLC_NONE || functioning == NLC_NONE) {
        return;
    }
    size_t num_months = self->scenario->num_months;
    double *bands = malloc(6 * num_months * sizeof *bands);
    if (bands == NULL) {
        self->error = NLC_ERROR_MEMORY;
        return;
    }
    nlc_curve curves[] = {curve_of(self, adopted, 'A', bands), curve_of(self, functioning, 'F', bands + 3 * num_months)};
    if (self->error == NLC_OK) {
        self->error = nlc_chart_write(curves, 2, self->scenario->num_months, self->scenario->start, self->utf8, self->text);
    }
    free(bands);
}

/* A quarter of the months, half of them, and the last. */
static uint32_t shown_month(const screen *self, uint32_t k)
{
    uint32_t num_months = self->scenario->num_months;
    uint32_t month = k == 0 ? num_months / 4 : k == 1 ? num_months / 2 : num_months;
    return month == 0 ? 1 : month;
}

static void write_levels_of(screen *self, const char *name, const char *label)
{
    uint32_t measure = nlc_model_measure(self->model, name);
    if (measure == NLC_NONE) {
        return;
    }
    say(self, "%-26s", label);
    for (uint32_t k = 0; k < NUM_LEVELS; k++) {
        char cell[CELL * 4];
        nlc_summary summary = summary_in(self, measure, shown_month(self, k));
        write_percent(&summary, cell, sizeof cell);
        say(self, "%*s", CELL, cell);
    }
    say(self, "\n");
}

static void write_levels(screen *self)
{
    say(self, "%-26s", "median (5-95 % of runs)");
    for (uint32_t k = 0; k < NUM_LEVELS; k++) {
        int32_t month = self->scenario->start + (int32_t)shown_month(self, k) - 1;
        say(self, "%*s %04d-%02d", CELL - 8, "end of", (int)(month / 12), (int)(month % 12) + 1);
    }
    say(self, "\n");
    write_levels_of(self, "adopted", "adopted (has a plan)");
    write_levels_of(self, "functioning", "functioning (plan works)");
    write_levels_of(self, "paper_plan_gap", "paper-plan gap");
    write_levels_of(self, "service", "service (got of asked)");
}

static int compare_months(const void *a, const void *b)
{
    uint16_t x = *(const uint16_t *)a;
    uint16_t y = *(const uint16_t *)b;
    return (x > y) - (x < y);
}

/* "58 (55-62)", with `never` for runs in which it does not come; "in 12 % of runs" where it comes in
 * fewer than half of them. `months` are sorted, UINT16_MAX last for never. */
static void write_wait(const uint16_t *months, uint32_t num, char *text, size_t size)
{
    uint32_t reached = 0;
    for (uint32_t r = 0; r < num; r++) {
        reached += months[r] != UINT16_MAX;
    }
    uint16_t low = months[(num * 5 + 99) / 100 - 1];
    uint16_t middle = months[(num + 1) / 2 - 1];
    uint16_t high = months[(num * 95 + 99) / 100 - 1];
    if (reached == 0) {
        snprintf(text, size, "never");
    } else if (middle == UINT16_MAX) {
        double percent = 100.0 * reached / num;
        snprintf(text, size, percent < 1 ? "in <1 %% of runs" : "in %.0f %% of runs", percent);
    } else if (high == UINT16_MAX) {
        snprintf(text, size, "%u (%u-never)", (unsigned)middle, (unsigned)low);
    } else {
        snprintf(text, size, "%u (%u-%u)", (unsigned)middle, (unsigned)low, (unsigned)high);
    }
}

/* First months in which a measure is at least `level`; UINT16_MAX for never. */
static void wait_for(const screen *self, uint32_t measure, double level, uint16_t *months)
{
    for (uint32_t r = 0; r < self->num_replicates; r++) {
        months[r] = UINT16_MAX;
        for (uint32_t t = self->scenario->num_months; t > 0; t--) {
            if (values_of(self, t - 1, measure)[r] >= level) {
                months[r] = (uint16_t)t;
            }
        }
    }
    qsort(months, self->num_replicates, sizeof *months, compare_months);
}

static void write_waits_of(screen *self, const char *name, uint16_t *months)
{
    uint32_t measure = nlc_model_measure(self->model, name);
    if (measure == NLC_NONE) {
        return;
    }
    say(self, "  %-24s", name);
    for (uint32_t k = 0; k < NUM_LEVELS; k++) {
        char cell[CELL * 2];
        wait_for(self, measure, 0.25 * (k + 1), months);
        write_wait(months, self->num_replicates, cell, sizeof cell);
        say(self, "%*s", CELL, cell);
    }
    say(self, "\n");
}

static void write_waits(screen *self)
{
    uint16_t *months = malloc(self->num_replicates * sizeof *months);
    if (months == NULL) {
        self->error = NLC_ERROR_MEMORY;
        return;
    }
    say(self, "%-26s%*s%*s%*s\n", "months until", CELL, "25 %", CELL, "50 %", CELL, "75 %");
    write_waits_of(self, "adopted", months);
    write_waits_of(self, "functioning", months);
    free(months);
}

/* "TOTAL WHAT, PERCENT DONE" of two measures summed over the months; false where the model does not
 * have them. */
static bool write_exchange(screen *self, const char *const measures[2], const char *const words[2], char *text, size_t size)
{
    uint32_t sent = nlc_model_measure(self->model, measures[0]);
    uint32_t answered = nlc_model_measure(self->model, measures[1]);
    if (sent == NLC_NONE || answered == NLC_NONE) {
        return false;
    }
    char number[128];
    char percent[96];
    nlc_summary total = summary_of_total(self, sent);
    nlc_summary ratio = summary_of_ratio(self, answered, sent);
    write_number(&total, number, sizeof number);
    write_percent(&ratio, percent, sizeof percent);
    snprintf(text, size, "%s %s, %s %s", number, words[0], percent, words[1]);
    return true;
}

/* Adds a tally over all months of each run to sum[num_replicates]. */
static void add_months(const screen *self, uint32_t tally, double *sum)
{
    for (uint32_t t = 1; t <= self->scenario->num_months; t++) {
        nlc_ensemble_tally(self->results->ensemble, t, 0, tally, self->tally);
        for (uint32_t r = 0; r < self->num_replicates; r++) {
            sum[r] += (double)self->tally[r];
        }
    }
}

/* The share delivered of what was asked for of a kind, over all months of each run. */
static nlc_summary service_of(screen *self, const nlc_flow *flow)
{
    uint32_t num = self->num_replicates;
    memset(self->sample, 0, num * sizeof *self->sample);
    memset(self->sample_2, 0, num * sizeof *self->sample_2);
    add_months(self, flow->delivered, self->sample);
    add_months(self, flow->asked, self->sample_2);
    for (uint32_t r = 0; r < num; r++) {
        self->sample[r] = nlc_service(self->sample[r], self->sample_2[r]);
    }
    return nlc_summary_of(self->sample, num);
}

/* What facilitators delivered of what each lever asked of them, behind what they delivered in all;
 * kinds that nobody asked for are left out, and lines are broken before the screen ends. */
static void write_down(screen *self)
{
    static const char *const measures[] = {"events_asked", "events_delivered"};
    static const char *const words[] = {"events asked", "delivered"};
    char text[256];
    if (!write_exchange(self, measures, words, text, sizeof text)) {
        return;
    }
    int column = (int)strlen(text) + LABEL;
    say(self, "%-*s%s", LABEL, "down", text);
    const char *before = "; service, %:";
    for (uint32_t k = 0; k < self->model->num_flows; k++) {
        const nlc_flow *flow = &self->model->flows[k];
        bool is_facilitated = flow->asked_national != NLC_NONE && flow->asked != NLC_NONE && flow->delivered != NLC_NONE;
        nlc_summary service = is_facilitated ? service_of(self, flow) : (nlc_summary){0};
        if (service.n == 0) {
            continue;
        }
        int length = snprintf(text, sizeof text, " %s %.0f (%.0f-%.0f)", flow->kind, 100 * service.median, 100 * service.p05,
                              100 * service.p95);
        int end = column + (int)strlen(before) + length;
        bool fits = end + 1 <= SCREEN;
        say(self, fits ? "%s%s" : "%s\n %s", before, text);
        column = fits ? end : 1 + length;
        before = ",";
    }
    say(self, "\n");
}

static void write_up(screen *self)
{
    static const char *const measures[] = {"reports_sent", "reports_replied"};
    static const char *const words[] = {"reports sent", "replied to"};
    char text[256];
    if (write_exchange(self, measures, words, text, sizeof text)) {
        say(self, "%-*s%s\n", LABEL, "up", text);
    }
}

static void write_cost(screen *self)
{
    uint32_t cost = nlc_model_measure(self->model, "cost_so_far");
    uint32_t each = nlc_model_measure(self->model, "cost_per_functioning");
    if (cost == NLC_NONE) {
        return;
    }
    char number[128];
    nlc_summary total = summary_in(self, cost, self->scenario->num_months);
    write_number(&total, number, sizeof number);
    say(self, "%-*s%s %s", LABEL, "cost", number, self->model->measures[cost].unit);
    if (each != NLC_NONE) {
        nlc_summary for_each = summary_in(self, each, self->scenario->num_months);
        write_number(&for_each, number, sizeof number);
        say(self, for_each.n == 0 ? "; no place functions" : "; each functioning %s", number);
    }
    say(self, "\n");
}

static void write_all(screen *self)
{
    write_title(self);
    write_chart(self);
    write_levels(self);
    write_waits(self);
    write_down(self);
    write_up(self);
    write_cost(self);
    say(self, "%s. This explores assumptions; it forecasts no government.\n", nlc_bands_short(self->results->bands));
}

nlc_error nlc_results_summarise(const nlc_results *what, bool utf8, nlc_text *text)
{
    const nlc_ensemble *ensemble = what->ensemble;
    const nlc_resolved *scenario = ensemble->scenario;
    size_t num_samples = (size_t)scenario->num_months * scenario->model->num_measures;
    screen self = {.results = what,
                   .scenario = scenario,
                   .model = scenario->model,
                   .num_replicates = ensemble->num_replicates,
                   .utf8 = utf8,
                   .text = text};
    self.values = malloc((num_samples + 3) * ensemble->num_replicates * sizeof *self.values);
    if (self.values == NULL) {
        return NLC_ERROR_MEMORY;
    }
    self.sample = self.values + num_samples * ensemble->num_replicates;
    self.sample_2 = self.sample + ensemble->num_replicates;
    self.tally = (float *)(self.sample_2 + ensemble->num_replicates);
    nlc_ensemble_measures(ensemble, 0, self.values);
    write_all(&self);
    free(self.values);
    return self.error;
}
