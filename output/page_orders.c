/* An order of waves differs from its scenario in few sections of the resolved text: what is the same is
 * a number, that of the section in the scenario's own text. */
#include "page_orders.h"

#include <string.h>

/* A line that begins with [ begins a section; what stands before the first is none. */
static const char *section_end(const char *from, const char *end)
{
    for (const char *at = from; at < end; at++)
        if (at[0] == '\n' && at + 1 < end && at[1] == '[')
            return at + 1;
    return end;
}

static const char *body_of(const char *section, const char *end)
{
    return (const char *)memchr(section, '\n', (size_t)(end - section)) + 1;
}

/* The section with this body, or -1. */
static int find_body(const char *text, size_t length, const char *body, size_t size)
{
    const char *end = text + length;
    int number = 0;
    for (const char *at = text; at < end; number++) {
        const char *next = section_end(at, end), *own = body_of(at, next);
        if ((size_t)(next - own) == size && memcmp(own, body, size) == 0)
            return number;
        at = next;
    }
    return -1;
}

json_t *page_order_text(const nlc_text *base, const nlc_text *text)
{
    const char *end = text->data + text->length;
    json_t *pieces = json_array();
    for (const char *at = text->data; at < end;) {
        const char *next = section_end(at, end), *body = body_of(at, next);
        const int same = find_body(base->data, base->length, body, (size_t)(next - body));
        json_array_append_new(pieces, json_stringn(at, (size_t)(body - at)));
        json_array_append_new(pieces, same >= 0 ? json_integer(same) : json_stringn(body, (size_t)(next - body)));
        at = next;
    }
    return pieces;
}
