#include "named.h"

#include "rows.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const cli_named *table;
    const char *path;
    size_t at[CLI_NAMED_COLUMNS];
    bool has_header;
} reading;

static uint32_t num_names(const cli_named *table)
{
    uint32_t num = 0;
    while (table->names[num] != NULL)
        num++;
    return num;
}

static nlc_error header_read(reading *self, const nlc_row *row)
{
    const uint32_t num = num_names(self->table);
    for (uint32_t k = 0; k < num; k++) {
        self->at[k] = 0;
        while (self->at[k] < row->num && strcmp(row->cell[self->at[k]], self->table->names[k]) != 0)
            self->at[k]++;
        if (self->at[k] == row->num && k + self->table->num_optional < num)
            nlc_problems_add(self->table->problems, (nlc_where){self->path, 0, 0}, "has no column %s", self->table->names[k]);
        if (self->at[k] == row->num)
            self->at[k] = SIZE_MAX;
    }
    self->has_header = true;
    return nlc_problems_error(self->table->problems);
}

static nlc_error on_row(void *context, const nlc_row *row)
{
    reading *self = context;
    const char *cells[CLI_NAMED_COLUMNS];
    if (!self->has_header)
        return header_read(self, row);
    for (uint32_t k = 0; self->table->names[k] != NULL; k++)
        cells[k] = self->at[k] < row->num ? row->cell[self->at[k]] : self->at[k] == SIZE_MAX ? NULL : "";
    return self->table->row(self->table->context, cells, (nlc_where){self->path, row->line, 0});
}

nlc_error cli_named_read(const cli_named *self, const char *path)
{
    reading with = {.table = self, .path = path};
    return nlc_rows_read(path, (nlc_where){path, 0, 0}, self->problems, on_row, &with);
}

bool cli_whole_read(const char *text, uint32_t low, uint32_t high, uint32_t *value)
{
    char *end;
    const unsigned long number = strtoul(text, &end, 10);
    *value = (uint32_t)number;
    return isdigit((unsigned char)text[0]) && *end == '\0' && number >= low && number <= high;
}
