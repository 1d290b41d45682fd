#include "json.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "number.h"

void nlc_json_begin(nlc_json *self, nlc_file *file)
{
    *self = (nlc_json){.file = file};
}

static void write_text(nlc_json *self, const char *text)
{
    nlc_file_write(self->file, text, strlen(text));
}

static void begin_line(nlc_json *self)
{
    write_text(self, "\n");
    for (uint32_t k = 0; k < self->depth; k++) {
        write_text(self, "  ");
    }
}

/* The length of the UTF-8 sequence that `text` starts with; 0 if there is none. No overlong forms,
 * surrogates, or code points that do not exist. A terminating zero ends a sequence too early. */
static size_t utf8_length(const unsigned char *text)
{
    if (text[0] < 0x80) {
        return 1;
    }
    if (text[0] < 0xC2 || text[0] > 0xF4) {
        return 0;
    }
    unsigned char low = text[0] == 0xE0 ? 0xA0 : text[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = text[0] == 0xED ? 0x9F : text[0] == 0xF4 ? 0x8F : 0xBF;
    if (text[1] < low || text[1] > high) {
        return 0;
    }
    size_t length = text[0] < 0xE0 ? 2 : text[0] < 0xF0 ? 3 : 4;
    for (size_t k = 2; k < length; k++) {
        if ((text[k] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

static void write_control(nlc_json *self, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    char escape[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
    nlc_file_write(self->file, escape, sizeof escape);
}

static void write_string(nlc_json *self, const char *text)
{
    write_text(self, "\"");
    while (*text != '\0') {
        unsigned char c = (unsigned char)*text;
        size_t length = utf8_length((const unsigned char *)text);
        if (c < 0x20 || c == 0x7F) {
            write_control(self, c);
        } else if (length == 0) {
            write_text(self, "\xEF\xBF\xBD");
        } else {
            if (c == '"' || c == '\\') {
                write_text(self, "\\");
            }
            nlc_file_write(self->file, text, length);
        }
        text += length == 0 ? 1 : length;
    }
    write_text(self, "\"");
}

static void begin_member(nlc_json *self, const char *key)
{
    if (self->has_member) {
        write_text(self, ",");
    }
    if (self->depth > 0) {
        begin_line(self);
    }
    if (key != NULL) {
        write_string(self, key);
        write_text(self, ": ");
    }
    self->has_member = true;
}

void nlc_json_open(nlc_json *self, const char *key, char bracket)
{
    begin_member(self, key);
    nlc_file_write(self->file, &bracket, 1);
    self->depth++;
    self->has_member = false;
}

void nlc_json_close(nlc_json *self, char bracket)
{
    assert(self->depth > 0);
    self->depth--;
    if (self->has_member) {
        begin_line(self);
    }
    nlc_file_write(self->file, &bracket, 1);
    self->has_member = true;
}

void nlc_json_text(nlc_json *self, const char *key, const char *text)
{
    begin_member(self, key);
    write_string(self, text);
}

void nlc_json_whole(nlc_json *self, const char *key, uint64_t value)
{
    char digits[20];
    begin_member(self, key);
    nlc_file_write(self->file, digits, nlc_integer_write(value, digits));
}

void nlc_json_float(nlc_json *self, const char *key, float value)
{
    char text[NLC_NUMBER_LENGTH + 1];
    if (isinf(value)) {
        nlc_json_text(self, key, "unlimited");
        return;
    }
    begin_member(self, key);
    if (isnan(value)) {
        write_text(self, "null");
        return;
    }
    nlc_file_write(self->file, text, nlc_number_write(value, text));
}

void nlc_json_flag(nlc_json *self, const char *key, bool value)
{
    begin_member(self, key);
    write_text(self, value ? "true" : "false");
}

void nlc_json_end(nlc_json *self)
{
    assert(self->depth == 0);
    write_text(self, "\n");
}
