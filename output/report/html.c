#include "html.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "problems.h"

enum { MAX_ARGUMENTS = 9 };

void nlc_html_free(nlc_html *self)
{
    nlc_text_free(&self->text);
}

static void add(nlc_html *self, const char *data, size_t length)
{
    if (self->error == NLC_OK) {
        self->error = nlc_text_add(&self->text, data, length);
    }
}

void nlc_html_markup(nlc_html *self, const char *format, ...)
{
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (length > 0) {
        add(self, line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
    }
}

static const char *escape_of(unsigned char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return c < 0x20 || c == 0x7F ? " " : NULL;
    }
}

static void add_escaped(nlc_html *self, const char *text, size_t length)
{
    for (size_t k = 0, begin = 0; k <= length; k++) {
        const char *escape = k < length ? escape_of((unsigned char)text[k]) : "";
        if (escape != NULL) {
            add(self, text + begin, k - begin);
            add(self, escape, strlen(escape));
            begin = k + 1;
        }
    }
}

void nlc_html_text(nlc_html *self, const char *text)
{
    if (text != NULL) {
        add_escaped(self, text, strlen(text));
    }
}

void nlc_html_say(nlc_html *self, nlc_string string)
{
    nlc_html_text(self, nlc_string_text(self->language, string));
}

static void fill(nlc_html *self, const char *text, const char *const *argument, uint32_t num)
{
    while (*text != '\0') {
        const size_t plain = strcspn(text, "{");
        add_escaped(self, text, plain);
        text += plain;
        if (*text == '{') {
            const uint32_t k = (uint32_t)(text[1] - '1');
            const char *end = strchr(text, '}');
            nlc_html_text(self, k < num ? argument[k] : "");
            text = end == NULL ? text + 1 : end + 1;
        }
    }
}

void nlc_html_fill(nlc_html *self, nlc_string string, ...)
{
    const char *argument[MAX_ARGUMENTS];
    uint32_t num = 0;
    va_list arguments;
    va_start(arguments, string);
    for (const char *next = va_arg(arguments, const char *); next != NULL && num < MAX_ARGUMENTS;
         next = va_arg(arguments, const char *)) {
        argument[num++] = next;
    }
    va_end(arguments);
    fill(self, nlc_string_text(self->language, string), argument, num);
}

static void known_or_english(nlc_html *self, const char *known, const char *english)
{
    if (known != NULL) {
        nlc_html_text(self, known);
        return;
    }
    nlc_html_markup(self, "<span lang=\"en\">");
    nlc_html_text(self, english);
    nlc_html_markup(self, "</span>");
}

void nlc_html_name(nlc_html *self, const char *kind, const char *name)
{
    known_or_english(self, nlc_string_named(self->language, kind, name), name);
}

void nlc_html_about(nlc_html *self, const char *kind, const char *name, const char *meaning)
{
    char key[64];
    snprintf(key, sizeof key, "%s.about", name);
    known_or_english(self, nlc_string_named(self->language, kind, key), meaning);
}

void nlc_html_heading(nlc_html *self, const char *tag, nlc_string string)
{
    nlc_html_markup(self, "<%s>", tag);
    nlc_html_say(self, string);
    nlc_html_markup(self, "</%s>\n", tag);
}

static void data(nlc_html *self, double value, nlc_word word)
{
    if (isnan(value)) {
        nlc_html_text(self, word.text);
        return;
    }
    nlc_html_markup(self, "<data value=\"%.12g\">", value);
    nlc_html_text(self, word.text);
    nlc_html_markup(self, "</data>");
}

void nlc_html_number(nlc_html *self, double value, uint32_t decimals)
{
    data(self, value, nlc_number_word(self->language, value, decimals));
}

/* Small shares need a decimal to be told from none. */
static uint32_t share_decimals(double share)
{
    return share != 0 && fabs(share) < 0.0995 ? 1 : 0;
}

void nlc_html_share(nlc_html *self, double share)
{
    data(self, share, nlc_percent_word(self->language, share, share_decimals(share)));
}

void nlc_html_plain_share(nlc_html *self, double share)
{
    data(self, share, nlc_number_word(self->language, 100 * share, share_decimals(share)));
}
