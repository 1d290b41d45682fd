/* For realpath. */
#define _XOPEN_SOURCE 700

#include "moves.h"

#include <stdlib.h>
#include <string.h>

/* ---- What can be moved ------------------------------------------------------------------------------ */

static bool is_word(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(text, word, length) == 0;
}

static bool is_dial(const char *name, size_t length)
{
    for (nlc_dial dial = NLC_DIAL_RESOURCING; dial <= NLC_DIAL_CAPACITY_BUILDING; dial++)
        if (is_word(name, length, nlc_dial_name(dial)))
            return true;
    return false;
}

/* A scenario of a model that does not have them refuses the setting anyway. */
static const nlc_lever *find_lever(const char *name, size_t length)
{
    for (const nlc_model *const *model = nlc_models(); *model != NULL; model++)
        for (uint32_t k = 0; k < (*model)->num_levers; k++)
            if (is_word(name, length, (*model)->levers[k].name))
                return &(*model)->levers[k];
    return NULL;
}

static bool is_parameter(const char *name, size_t length)
{
    for (const nlc_model *const *model = nlc_models(); *model != NULL; model++)
        for (uint32_t k = 0; k < (*model)->num_parameters; k++)
            if (is_word(name, length, (*model)->parameters[k].name))
                return true;
    return false;
}

static bool is_number(const char *text, size_t length, size_t most)
{
    return length > 0 && length <= most && strspn(text, "0123456789") >= length;
}

/* YYYY-MM, a month of the run, or w+N after a wave begins. */
static bool is_month(const char *text, size_t length)
{
    if (length > 2 && text[0] == 'w' && text[1] == '+')
        return is_number(text + 2, length - 2, 5);
    if (length == 7 && text[4] == '-') {
        const int month = (text[5] - '0') * 10 + text[6] - '0';
        return is_number(text, 4, 4) && is_number(text + 5, 2, 2) && month >= 1 && month <= 12;
    }
    return is_number(text, length, 5) && text[0] != '0';
}

/* What the page knows to stand behind @; places below one place it cannot tell. */
enum { FROM, TO, TIER, WAVE, GROUP, NUM_KEYS };

static bool is_behind(const char *at, const char *end, bool has_places)
{
    static const char *const keys[NUM_KEYS] = {"from", "to", "tier", "wave", "group"};
    bool seen[NUM_KEYS] = {false};
    while (at < end) {
        const char *comma = memchr(at, ',', (size_t)(end - at)), *next = comma != NULL ? comma : end;
        const char *sign = memchr(at, '=', (size_t)(next - at));
        uint32_t k = 0;
        while (sign != NULL && k < NUM_KEYS && !is_word(at, (size_t)(sign - at), keys[k]))
            k++;
        if (sign == NULL || k == NUM_KEYS || seen[k] || sign + 1 == next ||
            memchr(sign + 1, '=', (size_t)(next - sign - 1)) != NULL)
            return false;
        if (k <= TO ? !is_month(sign + 1, (size_t)(next - sign - 1)) : !has_places)
            return false;
        seen[k] = true;
        at = next + (comma != NULL);
    }
    return end[-1] != ',' && end[-1] != '@';
}

/* A dial, lever or parameter as the page reads it, without a prefix or a blank. */
static bool is_move(const char *text)
{
    const char *equals = strrchr(text, '=');
    if (equals == NULL || equals == text)
        return false;
    const char *end = equals[-1] == '*' || equals[-1] == '+' ? equals - 1 : equals, *value = equals + 1;
    const bool is_value = (*value != 0 && strspn(value, "-0123456789.") == strlen(value)) || strcmp(value, "unlimited") == 0;
    const size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz_");
    const char *behind = text + length;
    if (!is_value || behind > end || (behind < end && *behind != '@'))
        return false;
    const nlc_lever *lever = find_lever(text, length);
    if (behind < end && !is_behind(behind + 1, end, lever != NULL && lever->scope != NLC_LEVER_COUNTRY))
        return false;
    if (is_dial(text, length))
        return end == equals;
    return lever != NULL || (behind == end && is_parameter(text, length));
}

nlc_error cli_moves_init(cli_moves *self, const cli_arguments *arguments)
{
    size_t num;
    const char *const *given = cli_values(arguments, "set", &num);
    *self = (cli_moves){.kept = *arguments};
    while (self->num_moved < num && is_move(given[num - 1 - self->num_moved]))
        self->num_moved++;
    self->kept.values = calloc(arguments->num_values + 1, sizeof *self->kept.values);
    self->kept.option = calloc(arguments->num_values + 1, sizeof *self->kept.option);
    self->kept.num_values = 0;
    if (self->kept.values == NULL || self->kept.option == NULL)
        return NLC_ERROR_MEMORY;
    self->moved = num > 0 ? given + num - self->num_moved : NULL;
    for (uint32_t k = 0; k < arguments->num_values; k++) {
        const char *const *value = (const char *const *)arguments->values + k;
        if (self->num_moved > 0 && value >= self->moved && value < self->moved + self->num_moved)
            continue;
        self->kept.values[self->kept.num_values] = *value;
        self->kept.option[self->kept.num_values++] = arguments->option[k];
    }
    return NLC_OK;
}

void cli_moves_free(cli_moves *self)
{
    free(self->kept.values);
    free(self->kept.option);
    *self = (cli_moves){0};
}

/* ---- The address ------------------------------------------------------------------------------------ */

/* Bytes that may not stand as they are become %XX; which may, `plain` says beside letters and digits. */
static nlc_error add_encoded(nlc_text *address, const char *text, const char *plain)
{
    nlc_error error = NLC_OK;
    for (; *text != 0 && error == NLC_OK; text++) {
        const unsigned char byte = (unsigned char)*text;
        const bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                              strchr(plain, byte) != NULL;
        error = is_plain ? nlc_text_add(address, text, 1) : nlc_text_print(address, "%%%02X", byte);
    }
    return error;
}

nlc_error cli_page_address(nlc_text *address, const char *path, const char *scenario, const cli_moves *moves)
{
    char *real = realpath(path, NULL);
    if (real == NULL)
        return NLC_ERROR_IO;
    nlc_error error = nlc_text_print(address, "file://");
    if (error == NLC_OK)
        error = add_encoded(address, real, "/-._~");
    if (error == NLC_OK)
        error = nlc_text_print(address, "#scenario=");
    if (error == NLC_OK)
        error = add_encoded(address, scenario, "-._*");
    for (size_t k = 0; k < moves->num_moved && error == NLC_OK; k++) {
        error = nlc_text_print(address, "&set=");
        if (error == NLC_OK)
            error = add_encoded(address, moves->moved[k], "-._*");
    }
    free(real);
    return error;
}
