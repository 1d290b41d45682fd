/* A page as it is written: what is markup and what is text are told apart by the function that
 * writes it, so that no name out of a scenario can become markup. Errors stick. */
#ifndef NLC_OUTPUT_HTML_H
#define NLC_OUTPUT_HTML_H

#include "nlcsim.h"
#include "words.h"

typedef struct {
    nlc_text text;   /* owned */
    nlc_error error; /* NLC_OK, or NLC_ERROR_MEMORY from then on */
    nlc_language language;
} nlc_html;

void nlc_html_free(nlc_html *self);

/* Markup, as printf would write it; nothing is escaped. No words in it. */
void nlc_html_markup(nlc_html *self, const char *format, ...);

/* Text, escaped for elements and for attributes in double quotes. Bytes that XML does not know
 * (control characters) become spaces. NULL writes nothing. */
void nlc_html_text(nlc_html *self, const char *text);

/* A text of the table. */
void nlc_html_say(nlc_html *self, nlc_string string);

/* A text of the table with {1}, {2}, ... replaced by the texts that follow; the last one is NULL. */
void nlc_html_fill(nlc_html *self, nlc_string string, ...);

/* What the language calls a thing that a model names, or the model's word, marked as English. */
void nlc_html_name(nlc_html *self, const char *kind, const char *name);

/* Likewise what it is in plain words; `meaning` is the model's own text. */
void nlc_html_about(nlc_html *self, const char *kind, const char *name, const char *meaning);

/* <TAG>text</TAG> */
void nlc_html_heading(nlc_html *self, const char *tag, nlc_string string);

/* A number for readers with the number itself behind it: <data value="0.512345">51 %</data>. */
void nlc_html_number(nlc_html *self, double value, uint32_t decimals);
/* A share in whole percent, with one decimal below ten percent. */
void nlc_html_share(nlc_html *self, double share);
/* Likewise without the sign, for bands. */
void nlc_html_plain_share(nlc_html *self, double share);

#endif
