/* Lines and cells of a resolved text, and the pass that counts them. */
#include "resolved_text.h"

#include <string.h>

nlc_lines nlc_lines_of(const char *text, size_t length)
{
    nlc_lines self;
    self.at = text;
    self.end = text + length;
    self.line = 0;
    self.num_cells = 0;
    return self;
}

bool nlc_lines_next(nlc_lines *self)
{
    const char *start = self->at;
    self->num_cells = 0;
    for (const char *c = start; c < self->end; c++) {
        if (*c != '\t' && *c != '\n') {
            if (*c == '\0')
                break;
            continue;
        }
        if (self->num_cells == NLC_MAX_CELLS)
            break;
        self->cell[self->num_cells++] = (nlc_cell){start, (size_t)(c - start)};
        start = c + 1;
        if (*c == '\n') {
            self->at = start;
            self->line++;
            return true;
        }
    }
    self->num_cells = 0;
    return false;
}

bool nlc_lines_at_section(const nlc_lines *self)
{
    return self->at == self->end || *self->at == '[';
}

bool nlc_cell_is(const nlc_cell *self, const char *text)
{
    return strlen(text) == self->length && memcmp(self->text, text, self->length) == 0;
}

bool nlc_cell_whole(const nlc_cell *self, uint64_t low, uint64_t high, uint64_t *value)
{
    uint64_t number = 0;
    if (self->length == 0 || self->length > 20)
        return false;
    for (size_t i = 0; i < self->length; i++) {
        if (self->text[i] < '0' || self->text[i] > '9')
            return false;
        uint64_t digit = (uint64_t)(self->text[i] - '0');
        if (number > (UINT64_MAX - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    *value = number;
    return number >= low && number <= high;
}

static bool starts(const nlc_cell *self, const char *prefix)
{
    return self->length >= strlen(prefix) && memcmp(self->text, prefix, strlen(prefix)) == 0;
}

/* Adds what a line of a section tells; the lines of headers are taken off at the end. */
static void count_line(const nlc_lines *lines, char section, nlc_resolved_counts *counts)
{
    uint64_t value;
    const nlc_cell *cell = lines->cell;
    switch (section) {
    case 's':
        if (lines->num_cells == 2 && nlc_cell_is(&cell[0], "months") && nlc_cell_whole(&cell[1], 1, NLC_MAX_MONTHS, &value))
            counts->num_months = (uint32_t)value;
        break;
    case 'a':
        counts->num_agencies++;
        counts->text_bytes += cell[0].length + 1;
        break;
    case 'n':
        counts->num_nodes++;
        counts->text_bytes += cell[0].length + 1;
        break;
    case 'c':
        counts->num_channels++;
        break;
    case 'l':
        if (lines->num_cells == 5 && nlc_cell_whole(&cell[2], 1, NLC_MAX_MONTHS, &value))
            counts->breaks[value] = true;
        if (lines->num_cells == 5 && nlc_cell_whole(&cell[3], 1, NLC_MAX_MONTHS, &value))
            counts->breaks[value + 1] = true;
        break;
    case 'N':
    case 'r':
        for (uint32_t k = 0; k < lines->num_cells; k++)
            counts->text_bytes += cell[k].length + 1;
        break;
    default:
        break;
    }
    if ((section == 'p' || section == 'a') && lines->num_cells > 1) {
        const nlc_cell *schedule = section == 'p' ? &cell[1] : lines->num_cells > 4 ? &cell[4] : &cell[0];
        if (nlc_cell_whole(schedule, 0, UINT32_MAX - 2, &value) && value >= counts->num_schedules)
            counts->num_schedules = (uint32_t)value + 1;
    }
}

static char section_of(const nlc_cell *cell)
{
    static const struct {
        const char *prefix;
        char section;
    } known[] = {{"[scenario]", 's'}, {"[parameters]", 'P'}, {"[agencies]", 'a'}, {"[nodes]", 'n'}, {"[places ", 'p'},
                 {"[channels ", 'c'}, {"[levers]", 'l'},     {"[run]", 'r'},      {"[names]", 'N'}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (starts(cell, known[i].prefix))
            return known[i].section;
    return '?';
}

bool nlc_resolved_count(const char *text, size_t length, nlc_resolved_counts *counts)
{
    nlc_lines lines = nlc_lines_of(text, length);
    memset(counts, 0, sizeof *counts);
    if (!nlc_lines_next(&lines) || lines.num_cells != 2 || !nlc_cell_is(&lines.cell[0], "nlcsim-resolved"))
        return false;
    char section = '?';
    while (nlc_lines_next(&lines)) {
        if (lines.cell[0].length > 0 && lines.cell[0].text[0] == '[') {
            section = section_of(&lines.cell[0]);
            counts->num_draws += section == 'p';
        } else {
            count_line(&lines, section, counts);
        }
    }
    if (counts->num_months == 0 || counts->num_draws > NLC_MAX_DRAWS || counts->num_agencies == 0 || counts->num_nodes == 0)
        return false;
    counts->num_agencies--;
    counts->num_nodes--;
    /* A schedule that nobody could name has no lines to name it. */
    if (counts->num_schedules > counts->num_agencies + (size_t)counts->num_nodes * counts->num_draws)
        return false;
    for (uint32_t t = 2; t <= counts->num_months; t++)
        counts->num_segments += counts->breaks[t];
    counts->num_segments++;
    return lines.at == lines.end;
}
