#include "orders.h"

#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Finding central places takes too long in larger networks, and a page of them would be too large. */
#define MOST_NODES 5000U

/* Of the waves as they are. */
typedef struct {
    long num, first, last;
} spacing;

/* The first line is that of places in no wave. */
static spacing spacing_of(const char *waves)
{
    spacing found = {0, 0, 0};
    for (const char *line = strchr(waves, '\n') + 1; *line != '\0'; line = strchr(line, '\n') + 1) {
        const long start = strtol(strchr(line, '\t') + 1, NULL, 10);
        found.first = found.num == 0 || start < found.first ? start : found.first;
        found.last = found.num == 0 || start > found.last ? start : found.last;
        found.num++;
    }
    return found;
}

static long gap_of(const spacing *self)
{
    return self->num < 2 ? 0 : (self->last - self->first + (self->num - 1) / 2) / (self->num - 1);
}

/* ---- One order --------------------------------------------------------------------------------- */

static bool settings_write(nlc_page_order *self, const char *rule, const spacing *waves, int32_t start)
{
    char month[16];
    nlc_text text[NLC_PAGE_ORDER_SETTINGS] = {{0}};
    nlc_calendar_text(start + (int32_t)waves->first - 1, month);
    const bool good = nlc_text_print(&text[0], "scenario.waves=%s", rule) == NLC_OK &&
                      nlc_text_print(&text[1], "scenario.waves_number=%ld", waves->num) == NLC_OK &&
                      nlc_text_print(&text[2], "scenario.waves_start=%s", month) == NLC_OK &&
                      nlc_text_print(&text[3], "scenario.waves_gap=%ld", gap_of(waves)) == NLC_OK;
    for (size_t k = 0; k < NLC_PAGE_ORDER_SETTINGS; k++)
        self->setting[k] = text[k].data;
    return good;
}

/* NLC_ERROR_INPUT where the scenario cannot follow the rule. */
static nlc_error resolve(nlc_page_order *self, const cli_arguments *arguments, nlc_scenario *folder)
{
    size_t num;
    const char *const *given = cli_values(arguments, "set", &num);
    const char **texts = malloc((num + NLC_PAGE_ORDER_SETTINGS) * sizeof *texts);
    if (texts == NULL)
        return NLC_ERROR_MEMORY;
    if (num > 0)
        memcpy(texts, given, num * sizeof *texts);
    for (size_t k = 0; k < NLC_PAGE_ORDER_SETTINGS; k++)
        texts[num + k] = self->setting[k];
    nlc_settings settings = {0};
    nlc_problems problems = {0};
    nlc_text resolved = {0}, waves = {0};
    nlc_error error = nlc_settings_read(&settings, folder, texts, num + NLC_PAGE_ORDER_SETTINGS, &problems);
    if (error == NLC_OK)
        error = nlc_scenario_write(folder, &settings, &resolved, &problems);
    if (error == NLC_OK)
        error = nlc_scenario_wave_starts(folder, &settings, &waves, &problems);
    self->text = resolved.data;
    self->length = resolved.length;
    self->waves = waves.data;
    if (error == NLC_OK)
        nlc_resolved_hash(self->text, self->length, self->hash);
    nlc_settings_free(&settings);
    nlc_problems_free(&problems);
    free(texts);
    return error;
}

static void order_free(nlc_page_order *self)
{
    for (size_t k = 0; k < NLC_PAGE_ORDER_SETTINGS; k++)
        free(self->setting[k]);
    free(self->text);
    free(self->waves);
}

/* ---- All of them ------------------------------------------------------------------------------- */

static nlc_error add(cli_orders *self, const cli_arguments *arguments, const cli_scenario *scenario, const spacing *waves,
                     const char *rule)
{
    nlc_page_order *order = &self->order[self->num];
    *order = (nlc_page_order){0};
    snprintf(order->rule, sizeof order->rule, "%s", rule);
    nlc_error error = settings_write(order, rule, waves, scenario->resolved.start) ? NLC_OK : NLC_ERROR_MEMORY;
    if (error == NLC_OK)
        error = resolve(order, arguments, scenario->folder);
    const bool is_own = error == NLC_OK && strcmp(order->hash, scenario->hash) == 0;
    if (error != NLC_OK || is_own)
        order_free(order);
    else
        self->num++;
    return error == NLC_ERROR_INPUT ? NLC_OK : error;
}

nlc_error cli_orders_make(cli_orders *self, const cli_arguments *arguments, const cli_scenario *scenario, const char *waves)
{
    const nlc_column *key = nlc_key_column(NLC_KEY_WAVES);
    const spacing found = spacing_of(waves);
    *self = (cli_orders){0};
    if (found.num < 2 || scenario->resolved.num_nodes > MOST_NODES)
        return NLC_OK;
    nlc_error error = NLC_OK;
    char rule[sizeof self->order->rule];
    for (uint32_t k = 0; nlc_choice_at(key->choices, k, rule, sizeof rule) && error == NLC_OK; k++) {
        if (strcmp(rule, "listed") == 0)
            continue;
        nlc_page_order *grown = realloc(self->order, (self->num + 1) * sizeof *grown);
        if (grown == NULL)
            return NLC_ERROR_MEMORY;
        self->order = grown;
        error = add(self, arguments, scenario, &found, rule);
    }
    return error;
}

void cli_orders_free(cli_orders *self)
{
    for (size_t k = 0; k < self->num; k++)
        order_free(&self->order[k]);
    free(self->order);
    *self = (cli_orders){0};
}
