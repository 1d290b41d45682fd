#include "words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const codes[NLC_NUM_LANGUAGES] = {"en", "id", "ms", "fil"};

const char *nlc_language_code(nlc_language language)
{
    return codes[language];
}

bool nlc_language_find(const char *code, nlc_language *language)
{
    for (uint32_t k = 0; k < NLC_NUM_LANGUAGES; k++) {
        if (strcmp(codes[k], code) == 0) {
            *language = (nlc_language)k;
            return true;
        }
    }
    return false;
}

const char *nlc_string_text(nlc_language language, nlc_string string)
{
    return nlc_string_texts[string][language];
}

const char *nlc_string_named(nlc_language language, const char *kind, const char *name)
{
    const size_t length = strlen(kind);
    for (uint32_t k = 0; k < NLC_NUM_STRINGS; k++) {
        const char *key = nlc_string_keys[k];
        if (strncmp(key, kind, length) == 0 && key[length] == '.' && strcmp(key + length + 1, name) == 0) {
            return nlc_string_texts[k][language];
        }
    }
    return NULL;
}

/* Appends as much of a text as there is room for, in whole characters of UTF-8. */
static void append(nlc_word *word, const char *text, size_t length)
{
    const size_t used = strlen(word->text);
    const size_t room = sizeof word->text - 1 - used;
    if (length > room) {
        length = room;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) {
            length--;
        }
    }
    memcpy(word->text + used, text, length);
    word->text[used + length] = '\0';
}

nlc_word nlc_word_of(const char *text)
{
    nlc_word word = {{0}};
    append(&word, text, strlen(text));
    return word;
}

nlc_word nlc_short_word(nlc_word word, uint32_t most)
{
    uint32_t num = 0;
    for (size_t k = 0; word.text[k] != '\0'; k++) {
        num += ((unsigned char)word.text[k] & 0xC0) != 0x80;
        if (num > most && k + 4 <= sizeof word.text) {
            memcpy(word.text + k, "\xE2\x80\xA6", 4);
            break;
        }
    }
    return word;
}

nlc_word nlc_filled_word(nlc_language language, nlc_string string, const char *argument)
{
    nlc_word word = {{0}};
    const char *text = nlc_string_text(language, string);
    const char *mark = strstr(text, "{1}");
    append(&word, text, mark == NULL ? strlen(text) : (size_t)(mark - text));
    if (mark != NULL) {
        append(&word, argument, strlen(argument));
        append(&word, mark + 3, strlen(mark + 3));
    }
    return word;
}

nlc_word nlc_number_word(nlc_language language, double value, uint32_t decimals)
{
    nlc_word word = {{0}};
    char digits[64];
    if (isnan(value) || fabs(value) >= 1e18) {
        append(&word, "\xE2\x80\x93", 3);
        return word;
    }
    snprintf(digits, sizeof digits, "%.*f", (int)decimals, fabs(value));
    const char *group = nlc_string_text(language, NLC_STRING_number_group);
    const char *decimal = nlc_string_text(language, NLC_STRING_number_decimal);
    const size_t whole = strcspn(digits, ".");
    if (value < 0 && strspn(digits, "0.") < strlen(digits)) {
        append(&word, "\xE2\x88\x92", 3);
    }
    for (size_t k = 0; k < whole; k++) {
        if (k > 0 && (whole - k) % 3 == 0) {
            append(&word, group, strlen(group));
        }
        append(&word, digits + k, 1);
    }
    if (digits[whole] != '\0') {
        append(&word, decimal, strlen(decimal));
        append(&word, digits + whole + 1, decimals);
    }
    return word;
}

uint32_t nlc_decimals_of(double value, uint32_t most)
{
    uint32_t decimals = 0;
    while (decimals < most && fabs(value - floor(value + 0.5)) > 1e-6 * fabs(value)) {
        value *= 10;
        decimals++;
    }
    return decimals;
}

nlc_word nlc_percent_word(nlc_language language, double share, uint32_t decimals)
{
    nlc_word word = nlc_number_word(language, 100 * share, decimals);
    if (!isnan(share)) {
        const char *sign = nlc_string_text(language, NLC_STRING_number_percent_sign);
        append(&word, sign, strlen(sign));
    }
    return word;
}

static nlc_word month_word(nlc_language language, int32_t month, nlc_string january)
{
    nlc_word word = {{0}};
    const char *name = nlc_string_text(language, (nlc_string)((int32_t)january + month % 12));
    snprintf(word.text, sizeof word.text, "%s %d", name, (int)(month / 12));
    return word;
}

nlc_word nlc_month_word(nlc_language language, int32_t month)
{
    return month_word(language, month, NLC_STRING_month_01);
}

nlc_word nlc_short_month_word(nlc_language language, int32_t month)
{
    return month_word(language, month, NLC_STRING_month_short_01);
}

nlc_word nlc_brief_month_word(nlc_language language, int32_t month)
{
    nlc_word word = {{0}};
    const char *name = nlc_string_text(language, (nlc_string)((int32_t)NLC_STRING_month_short_01 + month % 12));
    snprintf(word.text, sizeof word.text, "%s \xE2\x80\x99%02d", name, (int)(month / 12 % 100));
    return word;
}
