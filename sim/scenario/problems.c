/* Problems, notes and the nearest known name; see problems.h. */
#include "problems.h"

#include "store.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct nlc_problem {
    nlc_where where;
    char *message; /* owned */
    size_t number; /* keeps the order of problems on one line */
    bool is_note;
} problem_type;

static char *printed(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

static void keep(nlc_problems *self, problem_type problem)
{
    problem_type *grown = problem.message ? nlc_grown(self->problem, &self->capacity, self->num + 1, sizeof *grown) : NULL;
    if (!grown) {
        free(problem.message);
        self->out_of_memory = true;
        return;
    }
    for (char *at = problem.message; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7F)
            *at = '?';
    self->problem = grown;
    self->problem[self->num++] = problem;
}

void nlc_problems_add(nlc_problems *self, nlc_where where, const char *format, ...)
{
    if (self->num_problems++ >= NLC_PROBLEMS_SHOWN)
        return;
    va_list arguments;
    va_start(arguments, format);
    keep(self, (problem_type){.where = where, .message = printed(format, arguments), .number = self->num});
    va_end(arguments);
}

void nlc_problems_note(nlc_problems *self, nlc_where where, const char *format, ...)
{
    if (self->num_notes++ >= NLC_PROBLEMS_SHOWN)
        return;
    va_list arguments;
    va_start(arguments, format);
    keep(self, (problem_type){.where = where, .message = printed(format, arguments), .number = self->num, .is_note = true});
    va_end(arguments);
}

nlc_error nlc_problems_error(const nlc_problems *self)
{
    if (self->out_of_memory)
        return NLC_ERROR_MEMORY;
    return self->num_problems > 0 ? NLC_ERROR_INPUT : NLC_OK;
}

static int compare(const void *left, const void *right)
{
    const problem_type *a = left, *b = right;
    if (a->where.order != b->where.order)
        return a->where.order < b->where.order ? -1 : 1;
    if (a->where.line != b->where.line)
        return a->where.line < b->where.line ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static nlc_error write_one(const problem_type *problem, nlc_text *text)
{
    const char *kind = problem->is_note ? "note: " : "";
    if (problem->where.line == 0)
        return nlc_text_print(text, "%s: %s%s\n", problem->where.file, kind, problem->message);
    return nlc_text_print(text, "%s:%lu: %s%s\n", problem->where.file, (unsigned long)problem->where.line, kind, problem->message);
}

nlc_error nlc_problems_write(nlc_problems *self, nlc_text *text)
{
    const bool notes = self->num_problems == 0;
    const nlc_error error = self->out_of_memory ? NLC_ERROR_MEMORY : NLC_OK;
    const size_t count = notes ? self->num_notes : self->num_problems;
    if (self->num > 0)
        qsort(self->problem, self->num, sizeof *self->problem, compare);
    for (size_t i = 0; i < self->num; i++) {
        if (self->problem[i].is_note == notes && write_one(&self->problem[i], text))
            return NLC_ERROR_MEMORY;
    }
    if (error || count <= NLC_PROBLEMS_SHOWN)
        return error;
    return nlc_text_print(text, "The first %d of %lu %s are shown.\n", NLC_PROBLEMS_SHOWN, (unsigned long)count,
                          notes ? "notes" : "problems");
}

void nlc_problems_free(nlc_problems *self)
{
    for (size_t i = 0; i < self->num; i++)
        free(self->problem[i].message);
    free(self->problem);
    *self = (nlc_problems){0};
}

#define LONGEST_NAME 64

/* Edit distance with swaps of neighbours (optimal string alignment). */
static uint32_t distance(const char *a, size_t num_a, const char *b, size_t num_b)
{
    uint32_t row[3][LONGEST_NAME + 1] = {{0}};
    for (size_t j = 0; j <= num_b; j++)
        row[0][j] = (uint32_t)j;
    for (size_t i = 1; i <= num_a; i++) {
        uint32_t *now = row[i % 3], *before = row[(i + 2) % 3];
        now[0] = (uint32_t)i;
        for (size_t j = 1; j <= num_b; j++) {
            const int left = tolower((unsigned char)a[i - 1]), right = tolower((unsigned char)b[j - 1]);
            uint32_t best = before[j - 1] + (left == right ? 0 : 1);
            best = before[j] + 1 < best ? before[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && left == tolower((unsigned char)b[j - 2]) && right == tolower((unsigned char)a[i - 2])) {
                const uint32_t swapped = row[(i + 1) % 3][j - 2] + 1;
                best = swapped < best ? swapped : best;
            }
            now[j] = best;
        }
    }
    return row[num_a % 3][num_b];
}

const char *nlc_nearest(const char *word, const char *(*name)(const void *context, uint32_t i), const void *context, uint32_t num)
{
    const size_t length = strlen(word);
    const char *nearest = NULL;
    uint32_t fewest = length < 3 ? 1 : length < 6 ? 2 : 3;
    if (length == 0 || length > LONGEST_NAME)
        return NULL;
    for (uint32_t i = 0; i < num; i++) {
        const char *candidate = name(context, i);
        const size_t other = strlen(candidate);
        if (other > LONGEST_NAME || other == 0 || (other > length ? other - length : length - other) > fewest)
            continue;
        const uint32_t slips = distance(word, length, candidate, other);
        if (slips < fewest || (slips == fewest && !nearest && slips < length)) {
            nearest = candidate;
            fewest = slips;
        }
    }
    return nearest;
}

const char *nlc_hint(char *buffer, const char *near)
{
    buffer[0] = '\0';
    if (near)
        snprintf(buffer, NLC_HINT_LENGTH, "; did you mean '%s'?", near);
    return buffer;
}

nlc_error nlc_text_add(nlc_text *self, const char *data, size_t length)
{
    char *grown = nlc_grown(self->data, &self->capacity, self->length + length + 1, 1);
    if (!grown)
        return NLC_ERROR_MEMORY;
    self->data = grown;
    memcpy(grown + self->length, data, length);
    self->length += length;
    grown[self->length] = '\0';
    return NLC_OK;
}

nlc_error nlc_text_print(nlc_text *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = printed(format, arguments);
    va_end(arguments);
    const nlc_error error = text ? nlc_text_add(self, text, strlen(text)) : NLC_ERROR_MEMORY;
    free(text);
    return error;
}

void nlc_text_free(nlc_text *self)
{
    free(self->data);
    *self = (nlc_text){0};
}
