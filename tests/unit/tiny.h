/* A small resolved scenario for tests: two countries, a province with three cities, one city straight
 * under its lead, a security agency, peers, a regional channel, and a grant that ends. */
#ifndef TESTS_TINY_H
#define TESTS_TINY_H

#include "nlcsim.h"

typedef struct {
    char *text; /* owned */
    size_t length;
    void *memory; /* owned */
    nlc_resolved scenario;
} tiny;

/* The text with every parameter at its default, but those in `changes` ("name\tvalue\n" lines). */
void tiny_read(tiny *self, const char *changes);

/* The text, with `from` replaced by `to` once; the result of reading it, and where it fails. */
nlc_error tiny_read_changed(const char *from, const char *to, nlc_resolved_problem *problem);

/* Reads the text with `from` replaced by `to` once, which must be a scenario still. */
void tiny_read_with(tiny *self, const char *from, const char *to);

void tiny_free(tiny *self);

#endif
