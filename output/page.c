/* The scenarios go into the page as JSON, deflated and in base64: a resolved text is long and repeats
 * itself, and a browser inflates it by itself. */
#include "page.h"

#include "page_orders.h"
#include "page_template.h"
#include "problems.h"

#include <jansson.h>
#include <nettle/base64.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

bool nlc_page_is_built(void)
{
    return nlc_page_template_length > 0;
}

/* ---- The model's tables ------------------------------------------------------------------------ */

/* A float as the shortest text that gives it back, which is what a user may type. */
static json_t *number(float value)
{
    char text[NLC_NUMBER_LENGTH];
    return json_stringn(text, nlc_number_write(value, text));
}

static json_t *lever_of(const nlc_lever *lever)
{
    static const char *const scopes[] = {"place", "any", "country"};
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:b, s:b, s:b, s:s}", "name", lever->name, "unit", lever->unit, "value",
                     number(lever->value), "low", number(lever->low), "high", number(lever->high), "scope", scopes[lever->scope],
                     "dial", nlc_dial_name(lever->dial), "waits", lever->waits_for_wave, "switch", lever->is_switch, "unlimited",
                     lever->may_be_unlimited, "meaning", lever->meaning);
}

static json_t *parameter_of(const nlc_parameter *parameter)
{
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:s}", "name", parameter->name, "symbol", parameter->symbol, "unit",
                     parameter->unit, "value", number(parameter->value), "low", number(parameter->low), "high",
                     number(parameter->high), "evidence", nlc_evidence_name(parameter->evidence), "source", parameter->source,
                     "meaning", parameter->meaning);
}

static json_t *measure_of(const nlc_measure *measure)
{
    return json_pack("{s:s, s:s, s:i, s:s}", "name", measure->name, "unit", measure->unit, "decimals", (int)measure->decimals,
                     "meaning", measure->meaning);
}

static json_t *flow_of(const nlc_flow *flow)
{
    return json_pack("{s:s, s:s, s:s}", "kind", flow->kind, "direction", flow->direction, "meaning", flow->meaning);
}

static json_t *model_of(const nlc_model *model)
{
    json_t *levers = json_array(), *parameters = json_array(), *measures = json_array(), *stages = json_array(),
           *milestones = json_array(), *flows = json_array();
    for (uint32_t k = 0; k < model->num_levers; k++)
        json_array_append_new(levers, lever_of(&model->levers[k]));
    for (uint32_t k = 0; k < model->num_parameters; k++)
        json_array_append_new(parameters, parameter_of(&model->parameters[k]));
    for (uint32_t k = 0; k < model->num_measures; k++)
        json_array_append_new(measures, measure_of(&model->measures[k]));
    for (uint32_t k = 0; k < model->num_stages; k++)
        json_array_append_new(stages, json_string(model->stages[k]));
    for (uint32_t k = 0; k < model->num_milestones; k++)
        json_array_append_new(milestones, json_string(model->milestones[k].name));
    for (uint32_t k = 0; k < model->num_flows; k++)
        json_array_append_new(flows, flow_of(&model->flows[k]));
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "name", model->name, "levers", levers, "parameters", parameters,
                     "measures", measures, "stages", stages, "milestones", milestones, "flows", flows);
}

/* ---- Scenarios --------------------------------------------------------------------------------- */

static bool is_leaf(const nlc_resolved *resolved, uint32_t node)
{
    return resolved->first_child[node + 1] == resolved->first_child[node];
}

/* A resolved text, without the names of leaf places unless the scenario gives them: they stand at its
 * end, a line a place, in the order of the places, which is that of all orders of waves. */
static nlc_error write_text(const nlc_resolved *resolved, const char *from, size_t length, nlc_text *text)
{
    if (resolved->names)
        return nlc_text_add(text, from, length);
    const char *names = strstr(from, "\n[names]\n"), *end = from + length;
    const char *line = names + strlen("\n[names]\n") + strlen("id\tname\n");
    nlc_error error = nlc_text_add(text, from, (size_t)(line - from));
    for (uint32_t k = 0; line < end && error == NLC_OK; k++) {
        const char *next = strchr(line, '\n') + 1;
        const bool hides = k >= resolved->num_agencies && is_leaf(resolved, k - resolved->num_agencies);
        const size_t keep = hides ? (size_t)(strchr(line, '\t') + 1 - line) : (size_t)(next - line) - 1;
        error = nlc_text_add(text, line, keep);
        if (error == NLC_OK)
            error = nlc_text_add(text, "\n", 1);
        line = next;
    }
    return error;
}

static json_t *order_of(const nlc_page_scenario *scenario, const nlc_page_order *order, const nlc_text *base)
{
    json_t *settings = json_array();
    for (size_t k = 0; k < NLC_PAGE_ORDER_SETTINGS; k++)
        json_array_append_new(settings, json_string(order->setting[k]));
    nlc_text text = {0};
    json_t *pieces =
        write_text(scenario->resolved, order->text, order->length, &text) == NLC_OK ? page_order_text(base, &text) : NULL;
    nlc_text_free(&text);
    return json_pack("{s:s, s:s, s:s, s:o, s:o}", "rule", order->rule, "hash", order->hash, "waves", order->waves, "settings",
                     settings, "text", pieces);
}

static json_t *orders_of(const nlc_page_scenario *scenario, const nlc_text *base)
{
    json_t *orders = json_array();
    for (size_t k = 0; k < scenario->num_orders; k++)
        json_array_append_new(orders, order_of(scenario, &scenario->orders[k], base));
    return orders;
}

static json_t *texts_of(const char *const *texts, size_t num)
{
    json_t *list = json_array();
    for (size_t k = 0; k < num; k++)
        json_array_append_new(list, json_string(texts[k]));
    return list;
}

static json_t *scenario_of(const nlc_page_scenario *scenario)
{
    json_t *settings = texts_of(scenario->settings, scenario->num_settings),
           *moves = texts_of(scenario->moves, scenario->num_moves);
    nlc_text text = {0};
    const nlc_error error = write_text(scenario->resolved, scenario->text, scenario->length, &text);
    json_t *written = error == NLC_OK ? json_stringn(text.data, text.length) : NULL;
    json_t *orders = error == NLC_OK ? orders_of(scenario, &text) : NULL;
    nlc_text_free(&text);
    char seed[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)scenario->resolved->seed);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:b, s:o, s:o, s:o, s:s, s:o, s:o}", "name", scenario->name, "path",
                     scenario->path, "title", scenario->resolved->title, "hash", scenario->hash, "seed", seed, "start",
                     scenario->resolved->start, "months", (int)scenario->resolved->num_months, "names", scenario->resolved->names,
                     "model", model_of(scenario->resolved->model), "settings", settings, "moves", moves, "waves", scenario->waves,
                     "text", written, "orders", orders);
}

/* NULL when memory is out. */
static char *json_of(const nlc_page_scenario *scenarios, size_t num_scenarios)
{
    json_t *list = json_array();
    bool complete = list != NULL;
    for (size_t k = 0; k < num_scenarios && complete; k++)
        complete = json_array_append_new(list, scenario_of(&scenarios[k])) == 0;
    json_t *root = complete ? json_pack("{s:s, s:O}", "version", NLC_VERSION, "scenarios", list) : NULL;
    char *text = root != NULL ? json_dumps(root, JSON_COMPACT) : NULL;
    json_decref(root);
    json_decref(list);
    return text;
}

/* ---- Packing ----------------------------------------------------------------------------------- */

/* Deflated, in base64; NULL when memory is out. The caller frees it. */
static char *pack(const char *text, size_t *length)
{
    uLongf size = compressBound(strlen(text));
    unsigned char *deflated = malloc(size);
    if (deflated == NULL || compress2(deflated, &size, (const unsigned char *)text, strlen(text), 9) != Z_OK) {
        free(deflated);
        return NULL;
    }
    *length = BASE64_ENCODE_RAW_LENGTH(size);
    char *base64 = malloc(*length);
    if (base64 != NULL)
        base64_encode_raw(base64, size, deflated);
    free(deflated);
    return base64;
}

static nlc_error write_around(const char *packed, size_t length, FILE *file)
{
    static const char mark[] = NLC_PAGE_MARK;
    const char *template = (const char *)nlc_page_template, *end = template + nlc_page_template_length, *at = template;
    while (memcmp(at, mark, sizeof mark - 1) != 0)
        at++;
    const char *behind = at + sizeof mark - 1;
    const bool good = fwrite(template, 1, (size_t)(at - template), file) == (size_t)(at - template) &&
                      fwrite(packed, 1, length, file) == length &&
                      fwrite(behind, 1, (size_t)(end - behind), file) == (size_t)(end - behind);
    return good ? NLC_OK : NLC_ERROR_IO;
}

nlc_error nlc_page_write(const nlc_page_scenario *scenarios, size_t num_scenarios, FILE *file)
{
    size_t length = 0;
    char *text = json_of(scenarios, num_scenarios);
    char *packed = text != NULL ? pack(text, &length) : NULL;
    const nlc_error error = packed != NULL ? write_around(packed, length, file) : NLC_ERROR_MEMORY;
    free(text);
    free(packed);
    return error;
}
