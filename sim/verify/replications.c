/* Cases about how many runs are needed. */
#include "kinds.h"

#include "precision.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The number behind `label` in the title: some cases say their settings nowhere else. */
static double title_number(const char *title, const char *label, double standard)
{
    const char *at = title == NULL ? NULL : strstr(title, label);
    return at == NULL ? standard : strtod(at + strlen(label), NULL);
}

/* The number before a percent sign in the title. */
static double title_percentage(const char *title, double standard)
{
    const char *end = title == NULL ? NULL : strchr(title, '%');
    const char *at = end;
    while (at != NULL && at > title && strchr("0123456789.", at[-1]) != NULL)
        at--;
    return at == end ? standard : strtod(at, NULL);
}

static double setting(const json_t *root, const char *key, double standard)
{
    const json_t *given = json_object_get(json_object_get(root, "params"), key);
    given = given == NULL ? json_object_get(root, key) : given;
    return json_is_number(given) ? json_number_value(given) : standard;
}

static nlc_precision precision_read(const json_t *root, const char *width)
{
    const char *title = json_string_value(json_object_get(root, "title"));
    return (nlc_precision){
        .confidence = setting(root, "confidence", title_percentage(title, 95) / 100),
        .width = strtod(width, NULL),
        .is_relative = true,
        .first = (uint32_t)setting(root, "n0", title_number(title, "n0=", 10)),
    };
}

/* Where the values are not enough, the answer is that of all of them, or n is null. `n` is 0 then. */
static nlc_error stopping_check(nlc_case *self, const nlc_precision *precision, const json_t *answer, const nlc_moments *at,
                                uint32_t n)
{
    double expected_n, mean, half_width;
    const double found = nlc_moments_half_width(at, precision->confidence);
    if (json_is_null(json_object_get(answer, "n"))) {
        nlc_case_expect(self, "n", n, 0, 0);
        return NLC_OK;
    }
    nlc_error error = nlc_case_number(self, answer, "n", &expected_n);
    if (error == NLC_OK)
        error = nlc_case_number(self, answer, "mean", &mean);
    if (error == NLC_OK)
        error = nlc_case_number(self, answer, "half_width", &half_width);
    if (error != NLC_OK)
        return error;
    nlc_case_expect(self, "n", at->n, expected_n, 0);
    nlc_case_require(self, "reached", (n > 0) == (half_width / fabs(mean) <= precision->width / (1 + precision->width)));
    nlc_case_expect(self, "mean", at->mean, mean, 1e-9 * fabs(mean));
    nlc_case_expect(self, "half-width", found, half_width, 1e-9 * fabs(half_width));
    return NLC_OK;
}

nlc_error nlc_verify_replication_stopping(nlc_case *self)
{
    const json_t *result;
    double *x;
    size_t num;
    nlc_error error = nlc_case_member(self, self->root, "result", JSON_OBJECT, &result);
    if (error == NLC_OK)
        error = nlc_case_numbers(self, self->root, "x", &x, &num);
    if (error != NLC_OK)
        return error;
    json_t *answers = (json_t *)result; /* iterating takes no const, and changes nothing */
    const char *width;
    json_t *answer;
    json_object_foreach(answers, width, answer)
    {
        const nlc_precision precision = precision_read(self->root, width);
        nlc_moments at;
        const uint32_t n = nlc_precision_reach(&precision, x, (uint32_t)num, &at);
        error = error == NLC_OK ? stopping_check(self, &precision, answer, &at, n) : error;
    }
    free(x);
    nlc_case_say(self, "%zu precisions: n exact, half-width within 1e-9 of itself", json_object_size(result));
    return error;
}
