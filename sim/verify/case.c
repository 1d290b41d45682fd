#include "case.h"

#include "problems.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void nlc_case_say(nlc_case *self, const char *format, ...)
{
    char line[512];
    va_list details;
    va_start(details, format);
    vsnprintf(line, sizeof line, format, details);
    va_end(details);
    (void)nlc_text_print(&self->said, "%s\n", line);
}

/* True where one more failure is to be named. */
static bool failure_add(nlc_case *self)
{
    self->num_failed++;
    if (self->num_failed == NLC_CASE_SHOWN + 1)
        nlc_case_say(self, "more failed");
    return self->num_failed <= NLC_CASE_SHOWN;
}

bool nlc_case_expect(nlc_case *self, const char *what, double found, double expected, double tolerance)
{
    /* Equal infinities have no difference. */
    const bool holds = found == expected || fabs(found - expected) <= tolerance;
    self->num_checks++;
    if (!holds && failure_add(self))
        nlc_case_say(self, "%s: found %.12g, expected %.12g within %.3g", what, found, expected, tolerance);
    return holds;
}

bool nlc_case_require(nlc_case *self, const char *what, bool holds)
{
    self->num_checks++;
    if (!holds && failure_add(self))
        nlc_case_say(self, "%s: does not hold", what);
    return holds;
}

static const char *type_name(json_type type)
{
    switch (type) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "an array";
    case JSON_STRING:
        return "a text";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    default:
        return "true, false or null";
    }
}

static nlc_error complain(nlc_case *self, const char *key, const json_t *value, const char *expected)
{
    if (value == NULL)
        nlc_case_say(self, "the case has no '%s': expected %s", key, expected);
    else
        nlc_case_say(self, "'%s' is %s: expected %s", key, type_name(json_typeof(value)), expected);
    return NLC_ERROR_INPUT;
}

nlc_error nlc_case_member(nlc_case *self, const json_t *in, const char *key, json_type type, const json_t **value)
{
    *value = json_object_get(in, key);
    return *value != NULL && json_typeof(*value) == type ? NLC_OK : complain(self, key, *value, type_name(type));
}

nlc_error nlc_case_number(nlc_case *self, const json_t *in, const char *key, double *value)
{
    const json_t *member = json_object_get(in, key);
    *value = json_number_value(member);
    return json_is_number(member) ? NLC_OK : complain(self, key, member, "a number");
}

nlc_error nlc_case_numbers(nlc_case *self, const json_t *in, const char *key, double **values, size_t *num)
{
    const json_t *member;
    *values = NULL;
    *num = 0;
    const nlc_error error = nlc_case_member(self, in, key, JSON_ARRAY, &member);
    if (error != NLC_OK)
        return error;
    const size_t length = json_array_size(member);
    for (size_t k = 0; k < length; k++)
        if (!json_is_number(json_array_get(member, k)))
            return complain(self, key, json_array_get(member, k), "numbers alone");
    *values = malloc((length + 1) * sizeof **values);
    if (*values == NULL)
        return NLC_ERROR_MEMORY;
    for (size_t k = 0; k < length; k++)
        (*values)[k] = json_number_value(json_array_get(member, k));
    *num = length;
    return NLC_OK;
}
