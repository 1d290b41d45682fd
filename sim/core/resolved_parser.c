/* Lines, cells and labels of a resolved text, checked one by one; see resolved_parser.h. */
#include "resolved_parser.h"

#include <string.h>

bool nlc_parser_fail(nlc_parser *self, const char *message)
{
    self->problem->line = self->lines.line;
    self->problem->message = message;
    return false;
}

void *nlc_parser_take(nlc_parser *self, size_t num, size_t size)
{
    void *result = self->base ? self->base + self->used : NULL;
    self->used += (num * size + 63) / 64 * 64;
    return result;
}

bool nlc_parser_next(nlc_parser *self, uint32_t num_cells)
{
    if (!nlc_lines_next(&self->lines))
        return nlc_parser_fail(self, "the text ends too early, or a line is broken");
    if (num_cells && self->lines.num_cells != num_cells)
        return nlc_parser_fail(self, "this line has another number of cells than its section asks for");
    return true;
}

bool nlc_parser_open(nlc_parser *self, const char *title)
{
    return nlc_parser_next(self, 1) &&
           (nlc_cell_is(&self->lines.cell[0], title) || nlc_parser_fail(self, "another section was expected here"));
}

bool nlc_parser_open_draw(nlc_parser *self, const char *before, uint32_t number)
{
    if (!nlc_parser_next(self, 1))
        return false;
    const nlc_cell *cell = &self->lines.cell[0];
    size_t length = strlen(before);
    uint64_t value;
    if (cell->length < length + 2 || memcmp(cell->text, before, length) != 0 || cell->text[cell->length - 1] != ']')
        return nlc_parser_fail(self, "another section was expected here");
    nlc_cell digits = {cell->text + length, cell->length - length - 1};
    return (nlc_cell_whole(&digits, number, number, &value)) || nlc_parser_fail(self, "network draws must be numbered in order");
}

bool nlc_parser_key(nlc_parser *self, const char *key)
{
    return nlc_parser_next(self, 0) && ((self->lines.num_cells >= 2 && nlc_cell_is(&self->lines.cell[0], key)) ||
                                        nlc_parser_fail(self, "another key was expected here"));
}

bool nlc_parser_number(nlc_parser *self, const nlc_cell *cell, float *value)
{
    return nlc_number_read(cell->text, cell->length, value) || nlc_parser_fail(self, "this is not a number");
}

bool nlc_parser_number_in(nlc_parser *self, const nlc_cell *cell, float low, float high, float *value)
{
    if (!nlc_parser_number(self, cell, value))
        return false;
    return (*value >= low && *value <= high) || nlc_parser_fail(self, "a number is outside its bounds");
}

bool nlc_parser_number_or_none(nlc_parser *self, const nlc_cell *cell, float low, float high, float *value)
{
    if (cell->length > 0)
        return nlc_parser_number_in(self, cell, low, high, value);
    return nlc_parser_number(self, cell, value);
}

bool nlc_parser_real_in(nlc_parser *self, const nlc_cell *cell, double low, double high, double *value)
{
    if (!nlc_real_read(cell->text, cell->length, value))
        return nlc_parser_fail(self, "this is not a number");
    if (!self->out->model->is_double)
        *value = (double)(float)*value;
    return cell->length == 0 || (*value >= low && *value <= high) || nlc_parser_fail(self, "a number is outside its bounds");
}

const char *nlc_parser_string(nlc_parser *self, const nlc_cell *cell)
{
    char *copy = self->strings + self->strings_used;
    memcpy(copy, cell->text, cell->length);
    copy[cell->length] = '\0';
    self->strings_used += cell->length + 1;
    return copy;
}

bool nlc_parser_label(nlc_parser *self, nlc_label_list *labels, const nlc_cell *cell, uint32_t *index)
{
    for (uint32_t k = 0; k < labels->num; k++) {
        if (nlc_cell_is(cell, labels->text[k])) {
            *index = k;
            return true;
        }
    }
    if (labels->num == labels->most || cell->length >= NLC_LABEL_ROOM)
        return nlc_parser_fail(self, "a label is longer than 63 bytes, or there are too many different labels");
    char *copy = nlc_parser_take(self, NLC_LABEL_ROOM, 1);
    memcpy(copy, cell->text, cell->length);
    copy[cell->length] = '\0';
    *index = labels->num;
    labels->text[labels->num++] = copy;
    return true;
}

static bool whole_number(const char *text)
{
    for (const char *c = text; *c; c++)
        if (*c < '0' || *c > '9')
            return false;
    return *text != '\0';
}

/* Labels that are whole numbers go by size, before the others, which go by bytes; "" is first. */
static bool label_before(const char *a, const char *b)
{
    bool numbers = whole_number(a) && whole_number(b);
    if (numbers && strlen(a) != strlen(b))
        return strlen(a) < strlen(b);
    if (whole_number(a) != whole_number(b) && *a && *b)
        return whole_number(a);
    return strcmp(a, b) < 0;
}

nlc_labels nlc_label_list_sort(nlc_label_list *self, uint32_t *indices, size_t num_indices)
{
    uint32_t rank[NLC_MAX_LABELS];
    const char *sorted[NLC_MAX_LABELS];
    for (uint32_t k = 0; k < self->num; k++) {
        rank[k] = 0;
        for (uint32_t other = 0; other < self->num; other++)
            rank[k] += label_before(self->text[other], self->text[k]);
    }
    for (uint32_t k = 0; k < self->num; k++)
        sorted[rank[k]] = self->text[k];
    for (uint32_t k = 0; k < self->num; k++)
        self->text[k] = sorted[k];
    for (size_t i = 0; i < num_indices; i++)
        indices[i] = rank[indices[i]];
    return (nlc_labels){self->num, self->text};
}

bool nlc_parser_one_of(nlc_parser *self, const nlc_cell *cell, const char *const *words, uint32_t num, uint32_t *index)
{
    for (*index = 0; *index < num; (*index)++)
        if (nlc_cell_is(cell, words[*index]))
            return true;
    return nlc_parser_fail(self, "this word is not known here");
}
