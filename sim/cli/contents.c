#include "contents.h"

#include "help.h"
#include "problems.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Of countries and waves as many are listed, and the others counted. */
enum { MAX_LISTED = 12 };

void cli_contents_label(const char *label)
{
    printf("%-*s", CLI_LABEL_WIDTH, label);
}

static void more_print(uint32_t num)
{
    if (num > MAX_LISTED)
        printf("%*sand %u more\n", CLI_LABEL_WIDTH, "", num - MAX_LISTED);
}

static void month_print(const nlc_resolved *scenario, uint32_t month)
{
    const int32_t calendar = scenario->start + (int32_t)month - 1;
    printf("%04d-%02d", (int)(calendar / 12), (int)(calendar % 12 + 1));
}

static void head_print(const nlc_resolved *scenario)
{
    printf("%s\n\n", scenario->title);
    cli_contents_label("model");
    printf("%s: %s\n", scenario->model->name, scenario->model->title);
    cli_contents_label("months");
    printf("%u, ", scenario->num_months);
    month_print(scenario, 1);
    fputs(" to ", stdout);
    month_print(scenario, scenario->num_months);
    fputc('\n', stdout);
}

static void countries_print(const nlc_resolved *scenario)
{
    cli_contents_label("countries");
    printf("%u\n", scenario->num_countries);
    for (uint32_t k = 0; k < scenario->num_countries && k < MAX_LISTED; k++) {
        const nlc_country *country = &scenario->countries[k];
        printf("%*s%s: %u places, %u %s\n", CLI_LABEL_WIDTH, "", scenario->agency_name[country->first_agency], country->num_nodes,
               country->num_agencies, country->num_agencies == 1 ? "agency" : "agencies");
    }
    more_print(scenario->num_countries);
}

static uint32_t num_of_tier(const nlc_resolved *scenario, uint32_t tier)
{
    uint32_t num = 0;
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        num += scenario->tier[i] == tier;
    return num;
}

/* Prints a list that was written as text behind its label, in lines, and frees it. */
static nlc_error list_print(const char *label, nlc_text *list, nlc_error error)
{
    cli_contents_label(label);
    cli_wrap(list->length > 0 ? list->data : "none", CLI_LABEL_WIDTH, CLI_LABEL_WIDTH, stdout);
    nlc_text_free(list);
    return error;
}

static nlc_error tiers_print(const nlc_resolved *scenario)
{
    nlc_text list = {0};
    nlc_error error = NLC_OK;
    for (uint32_t tier = 0; tier < scenario->tiers.num && error == NLC_OK; tier++)
        error = nlc_text_print(&list, "%s%u %s%s", tier == 0 ? "" : ", ", num_of_tier(scenario, tier), scenario->tiers.text[tier],
                               scenario->tier_adopts[tier] ? " (adopting)" : "");
    return list_print("tiers", &list, error);
}

/* Channels of one kind over the draws: "8710", or "8600 to 8800". */
static void channels_print(const nlc_resolved *scenario, bool is_regional)
{
    uint32_t low = UINT32_MAX, high = 0;
    for (uint32_t draw = 0; draw < scenario->num_draws; draw++) {
        const nlc_channels *channels = is_regional ? &scenario->draws[draw].regional : &scenario->draws[draw].peer;
        const uint32_t num = channels->first[scenario->num_nodes];
        low = num < low ? num : low;
        high = num > high ? num : high;
    }
    printf("%s %u", is_regional ? "regional" : "peer", low);
    if (high > low)
        printf(" to %u", high);
}

static const float *levers_at(const nlc_resolved *scenario, uint32_t month, uint32_t schedule)
{
    const size_t segment = scenario->segment_of_month[month];
    return scenario->levers + (segment * scenario->num_schedules + schedule) * scenario->model->num_levers;
}

static bool is_segment_new(const nlc_resolved *scenario, uint32_t month)
{
    return month == 1 || scenario->segment_of_month[month] != scenario->segment_of_month[month - 1];
}

static bool offers_events(const nlc_model *model, const float *levers)
{
    for (uint32_t k = 0; k < model->num_levers; k++)
        if (model->levers[k].waits_for_wave && levers[k] > 0.0f)
            return true;
    return false;
}

static bool is_direct(const nlc_model *model, const float *levers)
{
    const uint32_t lever = nlc_model_lever(model, "direct_channel");
    return lever != NLC_NONE && levers[lever] > 0.0f;
}

/* For each schedule the first month in which its levers hold what is asked, or 0. The caller frees it;
 * NULL where memory is out. */
static uint32_t *first_months(const nlc_resolved *scenario, bool (*holds)(const nlc_model *model, const float *levers))
{
    uint32_t *first = calloc((size_t)scenario->num_schedules + 1, sizeof *first);
    for (uint32_t schedule = 0; first != NULL && schedule < scenario->num_schedules; schedule++)
        for (uint32_t month = 1; month <= scenario->num_months && first[schedule] == 0; month++)
            if (is_segment_new(scenario, month) && holds(scenario->model, levers_at(scenario, month, schedule)))
                first[schedule] = month;
    return first;
}

/* A place straight under the lead has its line channel for that. */
static nlc_error network_print(const nlc_resolved *scenario)
{
    uint32_t *first = first_months(scenario, is_direct);
    if (first == NULL)
        return NLC_ERROR_MEMORY;
    uint32_t num_direct = 0;
    for (uint32_t i = 0; i < scenario->num_nodes; i++)
        num_direct += scenario->parent[i] != NLC_NO_PARENT && first[scenario->draws[0].schedule[i]] > 0;
    free(first);
    cli_contents_label("channels");
    channels_print(scenario, false);
    fputs(", ", stdout);
    channels_print(scenario, true);
    printf(" (each direction by itself), line %u, direct %u, oversight %u\n", scenario->num_nodes, num_direct,
           scenario->num_agencies - scenario->num_countries);
    cli_contents_label("networks");
    printf("%u %s\n", scenario->num_draws, scenario->num_draws == 1 ? "(nothing in them is made by chance)" : "draws");
    return NLC_OK;
}

/* One wave over all draws. */
typedef struct {
    uint32_t low, high; /* places in the draw that has the fewest, and the most */
    uint32_t first;     /* month of the first offer, or 0 */
} wave;

static wave wave_of(const nlc_resolved *scenario, uint32_t label, const uint32_t *first)
{
    wave result = {.low = UINT32_MAX};
    for (uint32_t draw = 0; draw < scenario->num_draws; draw++) {
        uint32_t num = 0;
        for (uint32_t i = 0; i < scenario->num_nodes; i++) {
            if (scenario->draws[draw].wave[i] != label)
                continue;
            const uint32_t month = first[scenario->draws[draw].schedule[i]];
            if (month != 0 && (result.first == 0 || month < result.first))
                result.first = month;
            num++;
        }
        result.low = num < result.low ? num : result.low;
        result.high = num > result.high ? num : result.high;
    }
    return result;
}

static void wave_print(const nlc_resolved *scenario, const char *label, wave wave)
{
    printf("%*s%s: %u", CLI_LABEL_WIDTH, "", label[0] == 0 ? "(in no wave)" : label, wave.low);
    if (wave.high > wave.low)
        printf(" to %u", wave.high);
    fputs(" places, ", stdout);
    if (wave.first == 0)
        fputs("nothing is ever offered to them\n", stdout);
    else {
        fputs("first offers in ", stdout);
        month_print(scenario, wave.first);
        fputc('\n', stdout);
    }
}

static nlc_error waves_print(const nlc_resolved *scenario)
{
    uint32_t *first = first_months(scenario, offers_events);
    if (first == NULL)
        return NLC_ERROR_MEMORY;
    cli_contents_label("waves");
    printf("%u\n", scenario->waves.num - 1);
    for (uint32_t label = 0; label < scenario->waves.num && label < MAX_LISTED; label++) {
        const wave wave = wave_of(scenario, label, first);
        if (wave.high > 0)
            wave_print(scenario, scenario->waves.text[label], wave);
    }
    more_print(scenario->waves.num);
    free(first);
    return NLC_OK;
}

static nlc_error number_add(nlc_text *list, float number)
{
    char text[NLC_NUMBER_LENGTH];
    return nlc_text_add(list, text, nlc_number_write(number, text));
}

/* The range of the values of a lever that are not its default; false where there are none. */
static bool lever_range(const nlc_resolved *scenario, uint32_t lever, float *low, float *high)
{
    const uint32_t num_levers = scenario->model->num_levers;
    const size_t num = (size_t)scenario->num_segments * scenario->num_schedules;
    const float standard = scenario->model->levers[lever].value;
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t k = 0; k < num; k++) {
        const float value = scenario->levers[k * num_levers + lever];
        if (value == standard)
            continue;
        *low = value < *low ? value : *low;
        *high = value > *high ? value : *high;
    }
    return *high != -INFINITY;
}

static nlc_error lever_add(nlc_text *list, const char *name, float low, float high)
{
    nlc_error error = nlc_text_print(list, "%s%s ", list->length == 0 ? "" : ", ", name);
    if (error == NLC_OK)
        error = number_add(list, low);
    if (error == NLC_OK && high > low)
        error = nlc_text_print(list, " to ");
    return error == NLC_OK && high > low ? number_add(list, high) : error;
}

/* A lever that waits for its wave is 0 before it, its default, which is not a value that anybody set. */
static nlc_error levers_print(const nlc_resolved *scenario)
{
    nlc_text list = {0};
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < scenario->model->num_levers && error == NLC_OK; k++) {
        float low, high;
        if (lever_range(scenario, k, &low, &high))
            error = lever_add(&list, scenario->model->levers[k].name, low, high);
    }
    return list_print("levers used", &list, error);
}

nlc_error cli_contents_print(const nlc_resolved *scenario)
{
    static nlc_error (*const parts[])(const nlc_resolved *scenario) = {tiers_print, network_print, waves_print, levers_print};
    nlc_error error = NLC_OK;
    head_print(scenario);
    countries_print(scenario);
    for (size_t k = 0; k < sizeof parts / sizeof parts[0] && error == NLC_OK; k++)
        error = parts[k](scenario);
    return error;
}
