/* JSON as a stream, indented, in the order in which it is said. */
#ifndef NLC_OUTPUT_JSON_H
#define NLC_OUTPUT_JSON_H

#include "file.h"

typedef struct {
    nlc_file *file; /* borrowed */
    uint32_t depth;
    bool has_member; /* the innermost object or list is not empty so far */
} nlc_json;

void nlc_json_begin(nlc_json *self, nlc_file *file);
/* Ends the text with a line feed; everything opened has been closed. */
void nlc_json_end(nlc_json *self);

/* The next member. `key` is NULL in a list. */
void nlc_json_open(nlc_json *self, const char *key, char bracket); /* '{' or '[' */
void nlc_json_close(nlc_json *self, char bracket);                 /* '}' or ']' */
/* Bytes that are not UTF-8 become the replacement character. */
void nlc_json_text(nlc_json *self, const char *key, const char *text);
void nlc_json_whole(nlc_json *self, const char *key, uint64_t value);
/* The shortest decimals that give the float back; a text where it is unlimited, null where it is
 * NaN. */
void nlc_json_float(nlc_json *self, const char *key, float value);
void nlc_json_flag(nlc_json *self, const char *key, bool value);

#endif
