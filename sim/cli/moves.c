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

/* A lever or parameter of any model: a scenario of another one refuses the setting anyway. */
static bool is_in_tables(const char *name, size_t length)
{
    for (const nlc_model *const *model = nlc_models(); *model != NULL; model++) {
        for (uint32_t k = 0; k < (*model)->num_levers; k++)
            if (is_word(name, length, (*model)->levers[k].name))
                return true;
        for (uint32_t k = 0; k < (*model)->num_parameters; k++)
            if (is_word(name, length, (*model)->parameters[k].name))
                return true;
    }
    return false;
}

/* As the page reads it: no prefix, no blank and nothing behind @. */
static bool is_move(const char *text)
{
    const size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz_");
    const char *change = text + length;
    const size_t sign = *change == '*' || *change == '+' ? 1 : 0;
    const char *value = change + sign + 1;
    if (change[sign] != '=')
        return false;
    const bool is_number = *value != 0 && strspn(value, "-0123456789.") == strlen(value);
    if (!is_number && strcmp(value, "unlimited") != 0)
        return false;
    return is_dial(text, length) ? sign == 0 : is_in_tables(text, length);
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
