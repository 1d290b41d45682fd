/* Reads a foreign table of places: columns are recognised by the names that such tables use. */
#include "foreign.h"

#include "rows.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What other tables call the columns of nodes.csv, the surest names first. */
static const char *const synonyms[NLC_NUM_FOREIGN] = {
    [NLC_FOREIGN_ID] = "id|node_id|code|pcode|adm_code|geocode|gss_code|psgc|kode|kod|official_code",
    [NLC_FOREIGN_NAME] = "name|nama|pangalan|label|place|place_name|official_name|adm_name",
    [NLC_FOREIGN_TIER] = "tier|level|admin_level|geographic_level|authority_type|type",
    [NLC_FOREIGN_PARENT] = "parent_id|parent|parent_code|parent_pcode|parent_name|upper_id|belongs_to",
    [NLC_FOREIGN_POPULATION] = "population|pop|population_total|total_population|inhabitants|penduduk|populasyon",
    [NLC_FOREIGN_LAT] = "lat|latitude|y",
    [NLC_FOREIGN_LON] = "lon|lng|long|longitude|x",
    [NLC_FOREIGN_SOURCE] = "source|data_source|reference",
};

void nlc_foreign_free(nlc_foreign *self)
{
    for (uint32_t i = 0; i < self->num_nodes; i++)
        free(self->node[i].more);
    free(self->node);
    free(self->column_of);
    free(self->more);
    nlc_index_free(&self->ids);
    nlc_index_free(&self->names);
    nlc_arena_free(&self->arena);
    *self = (nlc_foreign){0};
}

/* ---- Header ------------------------------------------------------------------------------------ */

/* Length of a header without the year behind it: population_2020, pop 2015. */
static size_t without_year(const char *header)
{
    size_t length = strlen(header), digits = 0;
    while (digits < length && header[length - digits - 1] >= '0' && header[length - digits - 1] <= '9')
        digits++;
    if (digits != 4)
        return length;
    length -= digits;
    while (length > 0 && strchr("_ -", header[length - 1]))
        length--;
    return length;
}

/* How sure it is that a header means this column: 0 is surest, NLC_NONE means that it does not. */
static uint32_t rank_of(const char *header, uint32_t k)
{
    char word[64];
    const size_t length = k == NLC_FOREIGN_POPULATION ? without_year(header) : strlen(header);
    for (uint32_t i = 0; nlc_choice_at(synonyms[k], i, word, sizeof word); i++)
        if (strlen(word) == length && strncasecmp(word, header, length) == 0)
            return i;
    return NLC_NONE;
}

/* The surest column; the last of equals, which is the latest of several years. */
static void find_column(nlc_foreign *self, const nlc_row *row, uint32_t k)
{
    size_t best = 0;
    uint32_t best_rank = NLC_NONE;
    for (size_t c = 0; c < row->num; c++) {
        const uint32_t rank = rank_of(row->cell[c], k);
        if (rank == NLC_NONE || rank > best_rank || self->column_of[c] != NLC_NONE)
            continue;
        best = c;
        best_rank = rank;
    }
    self->seen[k] = best_rank != NLC_NONE;
    if (self->seen[k])
        self->column_of[best] = k;
}

/* Columns of nodes.csv beyond the common ones; waves are made by a rule, so theirs is not kept. */
static uint32_t known_column(const nlc_foreign *self, const char *header)
{
    for (uint32_t k = 0; k < self->columns->num; k++)
        if (strcasecmp(self->columns->column[k].name, header) == 0 && self->columns->column[k].field != NLC_NODE_WAVE)
            return k;
    return NLC_NONE;
}

/* What was taken for a column of another name is said, so that a wrong guess does not go unseen. */
static void note_renamed(nlc_foreign *self, const nlc_row *row)
{
    for (size_t c = 0; c < row->num; c++) {
        char name[64];
        const uint32_t k = self->column_of[c];
        if (k != NLC_NONE && nlc_choice_at(synonyms[k], 0, name, sizeof name) && strcmp(name, row->cell[c]) != 0)
            nlc_problems_note(self->problems, (nlc_where){self->table, row->line, 0}, "the column '%s' was read as '%s'",
                              row->cell[c], name);
    }
}

static nlc_error read_header(nlc_foreign *self, const nlc_row *row)
{
    const nlc_where where = {self->table, row->line, 0};
    self->has_header = true;
    self->num_cells = row->num;
    self->column_of = malloc((row->num + 1) * sizeof *self->column_of);
    self->more = malloc((row->num + 1) * sizeof *self->more);
    if (!self->column_of || !self->more)
        return NLC_ERROR_MEMORY;
    for (size_t c = 0; c < row->num; c++)
        self->column_of[c] = NLC_NONE;
    for (uint32_t k = 0; k < NLC_NUM_FOREIGN; k++)
        find_column(self, row, k);
    note_renamed(self, row);
    for (size_t c = 0; c < row->num; c++) {
        const uint32_t known = known_column(self, row->cell[c]);
        if (self->column_of[c] != NLC_NONE)
            continue;
        if (known == NLC_NONE || self->columns->column[known].field <= NLC_NODE_SOURCE) {
            nlc_problems_note(self->problems, where, "the column '%s' is not known and was dropped", row->cell[c]);
            continue;
        }
        self->column_of[c] = (uint32_t)NLC_NUM_FOREIGN + self->num_more;
        self->more[self->num_more++] = known;
    }
    if (!self->seen[NLC_FOREIGN_ID] && !self->seen[NLC_FOREIGN_NAME])
        nlc_problems_add(self->problems, where, "no column was recognised as the id or the name of a place; call one of them 'id'");
    return NLC_OK;
}

/* ---- Rows -------------------------------------------------------------------------------------- */

static bool is_number(const nlc_foreign *self, uint32_t k)
{
    if (k < NLC_NUM_FOREIGN)
        return k == NLC_FOREIGN_LAT || k == NLC_FOREIGN_LON || k == NLC_FOREIGN_POPULATION;
    const nlc_column_type type = self->columns->column[self->more[k - NLC_NUM_FOREIGN]].type;
    return type == NLC_COLUMN_NUMBER || type == NLC_COLUMN_VALUE || type == NLC_COLUMN_WHOLE;
}

/* Numbers of a table with decimal commas are written with points. */
static const char *kept(nlc_foreign *self, const nlc_row *row, size_t c, bool number)
{
    char plain[64];
    const char *text = row->cell[c];
    const size_t length = strlen(text);
    if (number && row->decimal_comma && length < sizeof plain) {
        memcpy(plain, text, length + 1);
        char *comma = strchr(plain, ',');
        if (comma)
            *comma = '.';
        text = plain;
    }
    return nlc_arena_text(&self->arena, text, length);
}

static nlc_error read_cells(nlc_foreign *self, const nlc_row *row, nlc_foreign_node *node)
{
    node->more = malloc((self->num_more + 1) * sizeof *node->more);
    if (!node->more)
        return NLC_ERROR_MEMORY;
    for (size_t k = 0; k < NLC_NUM_FOREIGN; k++)
        node->cell[k] = "";
    for (size_t c = 0; c < row->num; c++) {
        const uint32_t k = self->column_of[c];
        const char *copy = k == NLC_NONE ? "" : kept(self, row, c, is_number(self, k));
        if (!copy)
            return NLC_ERROR_MEMORY;
        if (k < NLC_NUM_FOREIGN)
            node->cell[k] = copy;
        else if (k != NLC_NONE)
            node->more[k - NLC_NUM_FOREIGN] = copy;
    }
    if (!self->seen[NLC_FOREIGN_ID])
        node->cell[NLC_FOREIGN_ID] = node->cell[NLC_FOREIGN_NAME];
    if (!self->seen[NLC_FOREIGN_NAME])
        node->cell[NLC_FOREIGN_NAME] = node->cell[NLC_FOREIGN_ID];
    return NLC_OK;
}

static nlc_error index_node(nlc_foreign *self, uint32_t i)
{
    const char *id = self->node[i].cell[NLC_FOREIGN_ID], *name = self->node[i].cell[NLC_FOREIGN_NAME];
    const uint32_t namesake = nlc_index_find(&self->names, name);
    if (namesake != NLC_NONE)
        self->node[namesake].shares_name = true;
    else if (nlc_index_add(&self->names, name, i))
        return NLC_ERROR_MEMORY;
    return nlc_index_find(&self->ids, id) == NLC_NONE ? nlc_index_add(&self->ids, id, i) : NLC_OK;
}

static nlc_error read_row(void *context, const nlc_row *row)
{
    nlc_foreign *self = context;
    if (!self->has_header)
        return read_header(self, row);
    if (!self->seen[NLC_FOREIGN_ID] && !self->seen[NLC_FOREIGN_NAME])
        return NLC_OK;
    if (row->num != self->num_cells) {
        nlc_problems_add(self->problems, (nlc_where){self->table, row->line, 0}, "the row has %lu cells where the header has %lu",
                         (unsigned long)row->num, (unsigned long)self->num_cells);
        return NLC_OK;
    }
    nlc_foreign_node *grown = nlc_grown(self->node, &self->capacity, (size_t)self->num_nodes + 1, sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    self->node = grown;
    grown[self->num_nodes] = (nlc_foreign_node){.line = row->line, .parent = NLC_NONE};
    const nlc_error error = read_cells(self, row, &grown[self->num_nodes++]);
    return error ? error : index_node(self, self->num_nodes - 1);
}

/* ---- Completing -------------------------------------------------------------------------------- */

/* Some tables name the parent by its id, others by its name. */
static uint32_t parent_of(const nlc_foreign *self, uint32_t i)
{
    const char *text = self->node[i].cell[NLC_FOREIGN_PARENT];
    if (text[0] == '\0')
        return NLC_NONE;
    uint32_t parent = nlc_index_find(&self->ids, text);
    if (parent == NLC_NONE) {
        parent = nlc_index_find(&self->names, text);
        parent = parent != NLC_NONE && self->node[parent].shares_name ? NLC_NONE : parent;
    }
    return parent == i ? NLC_NONE : parent;
}

static void find_parents(nlc_foreign *self)
{
    uint32_t num_lost = 0, first = 0;
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        nlc_foreign_node *node = &self->node[i];
        node->parent = parent_of(self, i);
        if (node->parent != NLC_NONE)
            self->node[node->parent].has_child = true;
        else if (node->cell[NLC_FOREIGN_PARENT][0] && num_lost++ == 0)
            first = i;
    }
    if (num_lost > 0)
        nlc_problems_note(self->problems, (nlc_where){self->table, self->node[first].line, 0},
                          "the parent '%s' of '%s' is not in the table%s; such rows were put below the lead",
                          self->node[first].cell[NLC_FOREIGN_PARENT], self->node[first].cell[NLC_FOREIGN_ID],
                          num_lost > 1 ? ", nor are those of other rows" : "");
}

/* A table without a national row gets one above all that have no parent in it. */
static void find_lead(nlc_foreign *self)
{
    uint32_t num_tops = 0, top = 0;
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        if (self->node[i].parent != NLC_NONE)
            continue;
        num_tops++;
        top = i;
    }
    if (num_tops == 0 || (num_tops == 1 && self->node[top].has_child && self->node[top].cell[NLC_FOREIGN_PARENT][0] == '\0'))
        return;
    self->lead = nlc_index_find(&self->ids, "NATIONAL") == NLC_NONE ? "NATIONAL" : "NATIONAL-LEAD";
    nlc_problems_note(self->problems, (nlc_where){self->table, 0, 0},
                      "%lu rows have no parent in the table; a national lead '%s' was put above them", (unsigned long)num_tops,
                      self->lead);
}

static const char *tier_of(const nlc_foreign *self, const nlc_foreign_node *node)
{
    if (node->cell[NLC_FOREIGN_TIER][0])
        return node->cell[NLC_FOREIGN_TIER];
    if (node->parent == NLC_NONE && !self->lead)
        return "national";
    return node->has_child ? "province" : "local";
}

/* What only a place has is left out of a lead's row, where it would be refused. */
static void clear_lead(const nlc_foreign *self, nlc_foreign_node *node)
{
    for (uint32_t k = 0; k < self->num_more; k++) {
        const uint32_t field = self->columns->column[self->more[k]].field;
        if (field != NLC_NODE_GROUP && field < NLC_FIELD_LEVER)
            node->more[k] = "";
    }
}

static void complete(nlc_foreign *self)
{
    find_parents(self);
    find_lead(self);
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        nlc_foreign_node *node = &self->node[i];
        const bool is_top = node->parent == NLC_NONE;
        node->cell[NLC_FOREIGN_TIER] = tier_of(self, node);
        if (is_top && !self->lead)
            clear_lead(self, node);
        if (!is_top)
            node->cell[NLC_FOREIGN_PARENT] = self->node[node->parent].cell[NLC_FOREIGN_ID];
        else
            node->cell[NLC_FOREIGN_PARENT] = self->lead ? self->lead : "";
        if (!node->cell[NLC_FOREIGN_SOURCE][0])
            node->cell[NLC_FOREIGN_SOURCE] = self->table;
        self->has_middle = self->has_middle || (node->has_child && (!is_top || self->lead));
        self->has_coordinates = self->has_coordinates || (node->cell[NLC_FOREIGN_LAT][0] && node->cell[NLC_FOREIGN_LON][0]);
    }
}

nlc_error nlc_foreign_read(nlc_foreign *self, const char *table, const nlc_columns *columns, nlc_problems *problems)
{
    const nlc_where where = {table, 0, 0};
    *self = (nlc_foreign){.table = table, .columns = columns, .problems = problems};
    nlc_error error = nlc_rows_read(table, where, problems, read_row, self);
    if (!error && self->num_nodes == 0 && nlc_problems_error(problems) == NLC_OK)
        nlc_problems_add(problems, where, "the table has no rows");
    if (!error)
        error = nlc_problems_error(problems);
    if (!error)
        complete(self);
    return error;
}
