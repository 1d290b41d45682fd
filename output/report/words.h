/* Texts, numbers and months as a language writes them. All texts stand in two tables, which are compiled in: names.csv has
 * what the model names, for the workshop page too, strings.csv what the report says. A key that is not there does not
 * compile. */
#ifndef NLC_OUTPUT_WORDS_H
#define NLC_OUTPUT_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "strings_table.h"

/* In the order of the table's columns. */
typedef enum { NLC_LANGUAGE_EN, NLC_LANGUAGE_ID, NLC_LANGUAGE_MS, NLC_LANGUAGE_FIL, NLC_NUM_LANGUAGES } nlc_language;

/* The codes, as an option takes them and as an HTML page says them: en, id, ms, fil. */
const char *nlc_language_code(nlc_language language);
/* False where there is no such language. */
bool nlc_language_find(const char *code, nlc_language *language);

extern const char *const nlc_string_keys[];                     /* [NLC_NUM_STRINGS] */
extern const char *const nlc_string_texts[][NLC_NUM_LANGUAGES]; /* [NLC_NUM_STRINGS] */
extern const char nlc_report_style[];

/* The text of a report's key: NLC_TEXT(asked) is report.asked. */
#define NLC_TEXT(key) NLC_STRING_report_##key

const char *nlc_string_text(nlc_language language, nlc_string string);

/* What a language calls something that a model names, KIND.NAME in the table ("lever", "meetings");
 * NULL where the table does not know it: the model's own word then stands. */
const char *nlc_string_named(nlc_language language, const char *kind, const char *name);

/* A short text, terminated. */
typedef struct {
    char text[96];
} nlc_word;

/* As much of a text as a word holds. */
nlc_word nlc_word_of(const char *text);
/* How many letters a word has. */
uint32_t nlc_word_length(nlc_word word);
/* A word with at most so many letters: the rest becomes an ellipsis. */
nlc_word nlc_short_word(nlc_word word, uint32_t most);
/* A text of the table with {1} replaced. */
nlc_word nlc_filled_word(nlc_language language, nlc_string string, const char *argument);

/* A number with so many decimals, and the thousands set apart; a dash for NaN. */
nlc_word nlc_number_word(nlc_language language, double value, uint32_t decimals);
/* Decimals, at most `most`, that a number as people write it needs: 2 for 0.25, also where it is a float's. */
uint32_t nlc_decimals_of(double value, uint32_t most);
/* A share in [0, 1] in percent. */
nlc_word nlc_percent_word(nlc_language language, double share, uint32_t decimals);
/* A calendar month, year * 12 + (month - 1): July 2023, or Jul 2023. */
nlc_word nlc_month_word(nlc_language language, int32_t month);
nlc_word nlc_short_month_word(nlc_language language, int32_t month);
/* Likewise with two digits of the year, for tables: Jul '23. */
nlc_word nlc_brief_month_word(nlc_language language, int32_t month);

#endif
