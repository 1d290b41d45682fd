#include "network.h"

#include <string.h>

#define MAX_DIGITS 15

/* Reads digits with at most one point or comma, and moves `text` behind them. Both parts are exact,
 * so the quotient is the nearest double whatever the machine's language setting is. */
static bool read_number(const char **text, double *value)
{
    double digits = 0, scale = 1;
    int num_digits = 0;
    bool is_fraction = false;
    const char *c = *text;
    for (; (*c >= '0' && *c <= '9') || *c == '.' || *c == ','; c++) {
        if (*c == '.' || *c == ',') {
            if (is_fraction) {
                return false;
            }
            is_fraction = true;
            continue;
        }
        digits = digits * 10 + (*c - '0');
        scale *= is_fraction ? 10 : 1;
        num_digits++;
    }
    *text = c;
    *value = digits / scale;
    return num_digits > 0 && num_digits <= MAX_DIGITS;
}

static bool read_count(const char **text, uint32_t low, uint32_t *count)
{
    double value;
    if (!read_number(text, &value) || value < low || value > NLC_MAX_PEERS) {
        return false;
    }
    *count = (uint32_t)value;
    return value == *count;
}

static const char *read_nearest(const char *text, nlc_peer_rule *rule)
{
    rule->kind = NLC_PEERS_NEAREST;
    if (!read_count(&text, 1, &rule->neighbours) || *text != '\0') {
        return "expected nearest:K with the number of neighbours K, a whole number from 1 to 1000, as in nearest:5";
    }
    return NULL;
}

static const char *read_small_world(const char *text, nlc_peer_rule *rule)
{
    rule->kind = NLC_PEERS_SMALL_WORLD;
    bool is_good = read_count(&text, 2, &rule->neighbours) && rule->neighbours % 2 == 0 && *text++ == ':';
    is_good = is_good && read_number(&text, &rule->rewiring) && rule->rewiring <= 1 && *text == '\0';
    return is_good ? NULL
                   : "expected smallworld:K:P with an even number of neighbours K from 2 to 1000 and a rewiring probability P from "
                     "0 to "
                     "1, as in smallworld:6:0.1";
}

static const char *read_random(const char *text, nlc_peer_rule *rule)
{
    rule->kind = NLC_PEERS_RANDOM;
    if (!read_number(&text, &rule->degree) || *text != '\0' || rule->degree <= 0 || rule->degree > NLC_MAX_PEERS) {
        return "expected random:DEGREE with the mean number of peers, above 0 and at most 1000, as in random:5";
    }
    return NULL;
}

const char *nlc_peer_rule_read(const char *text, nlc_peer_rule *rule)
{
    static const struct {
        const char *name;
        nlc_peer_kind kind;
    } plain[] = {{"none", NLC_PEERS_NONE}, {"parent", NLC_PEERS_PARENT}, {"file", NLC_PEERS_FILE}};
    static const struct {
        const char *name;
        const char *(*read)(const char *text, nlc_peer_rule *rule);
    } with_numbers[] = {{"nearest", read_nearest}, {"smallworld", read_small_world}, {"random", read_random}};

    *rule = (nlc_peer_rule){.kind = NLC_PEERS_NONE};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (strcmp(text, plain[i].name) == 0) {
            rule->kind = plain[i].kind;
            return NULL;
        }
    }
    for (size_t i = 0; i < sizeof with_numbers / sizeof *with_numbers; i++) {
        const size_t length = strlen(with_numbers[i].name);
        if (strncmp(text, with_numbers[i].name, length) == 0 && (text[length] == ':' || text[length] == '\0')) {
            return with_numbers[i].read(text + length + (text[length] == ':'), rule);
        }
    }
    return "expected none, nearest:K, parent, smallworld:K:P, random:DEGREE or file";
}

bool nlc_peer_rule_is_random(const nlc_peer_rule *rule)
{
    return (rule->kind == NLC_PEERS_SMALL_WORLD && rule->rewiring > 0) || rule->kind == NLC_PEERS_RANDOM;
}
