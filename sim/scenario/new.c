/* A new scenario folder from a foreign table of places: columns are recognised by the names that
 * such tables use, and starting rows are written for everything else. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "rows.h"
#include "scenario.h"
#include "store.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* What other tables call the columns of nodes.csv. */
static const struct {
    const char *column, *names;
} synonyms[] = {
    {"id", "id|code|node_id|pcode|adm_code|geocode|gss_code|psgc|kode|kod|official_code"},
    {"name", "name|nama|pangalan|label|place|place_name|official_name|adm_name"},
    {"tier", "tier|level|type|admin_level|authority_type|geographic_level"},
    {"parent_id", "parent_id|parent|parent_code|parent_pcode|upper_id|belongs_to"},
    {"population", "population|pop|population_total|total_population|inhabitants|penduduk|populasyon"},
    {"lat", "lat|latitude|y"},
    {"lon", "lon|lng|long|longitude|x"},
    {"source", "source|data_source|reference"},
};
#define NUM_SYNONYMS (sizeof synonyms / sizeof synonyms[0])
enum { ID, NAME, TIER, PARENT, POPULATION, LAT, LON, SOURCE };

typedef struct {
    const char *cell[NUM_SYNONYMS]; /* in the arena; "" where not given */
    const char **more;              /* [num_more], in the order of the other known columns; owned */
    uint32_t line;                  /* of the foreign table */
    bool has_child;
} new_node;

typedef struct {
    const nlc_columns *columns;
    nlc_problems *problems;
    const char *table;
    nlc_arena arena;
    uint32_t *column_of; /* [num_columns of the foreign table], owned: which synonym, or beyond them which of more */
    size_t num_cells;
    bool seen[NUM_SYNONYMS];
    uint32_t *more; /* [num_more], owned: columns of nodes.csv that the table has by their own name */
    uint32_t num_more;
    new_node *node; /* [num_nodes], owned */
    uint32_t num_nodes;
    size_t capacity;
    nlc_index ids;
    bool has_header, has_middle, has_coordinates;
    const char *lead; /* the lead's id where the table has none, or NULL */
} foreign_table;

static void foreign_free(foreign_table *self)
{
    for (uint32_t i = 0; i < self->num_nodes; i++)
        free(self->node[i].more);
    free(self->node);
    free(self->column_of);
    free(self->more);
    nlc_index_free(&self->ids);
    nlc_arena_free(&self->arena);
}

/* ---- Reading ----------------------------------------------------------------------------------- */

static uint32_t synonym_of(const char *header)
{
    for (uint32_t k = 0; k < NUM_SYNONYMS; k++) {
        char word[64];
        for (uint32_t i = 0; nlc_choice_at(synonyms[k].names, i, word, sizeof word); i++)
            if (strcasecmp(word, header) == 0)
                return k;
    }
    return NLC_NONE;
}

/* Columns of nodes.csv beyond the common ones; waves are made by a rule, so theirs is not kept. */
static uint32_t known_column(const foreign_table *self, const char *header)
{
    for (uint32_t k = 0; k < self->columns->num; k++)
        if (strcasecmp(self->columns->column[k].name, header) == 0 && self->columns->column[k].field != NLC_NODE_WAVE)
            return k;
    return NLC_NONE;
}

static nlc_error read_header(foreign_table *self, const nlc_row *row)
{
    self->has_header = true;
    self->num_cells = row->num;
    self->column_of = malloc((row->num + 1) * sizeof *self->column_of);
    self->more = malloc((row->num + 1) * sizeof *self->more);
    if (!self->column_of || !self->more)
        return NLC_ERROR_MEMORY;
    nlc_where where = {self->table, row->line, 0};
    for (size_t c = 0; c < row->num; c++) {
        uint32_t k = synonym_of(row->cell[c]), known = known_column(self, row->cell[c]);
        self->column_of[c] = NLC_NONE;
        if (k != NLC_NONE && !self->seen[k]) {
            self->seen[k] = true;
            self->column_of[c] = k;
        } else if (k == NLC_NONE && known != NLC_NONE) {
            self->column_of[c] = (uint32_t)NUM_SYNONYMS + self->num_more;
            self->more[self->num_more++] = known;
        } else {
            nlc_problems_note(self->problems, where, "the column '%s' is not known and was dropped", row->cell[c]);
        }
    }
    if (!self->seen[ID] && !self->seen[NAME])
        nlc_problems_add(self->problems, where, "no column was recognised as the id or the name of a place; call one of them 'id'");
    return NLC_OK;
}

/* Numbers of a table with decimal commas are written with points. */
static const char *kept(foreign_table *self, const nlc_row *row, size_t c, bool number)
{
    const char *copy = nlc_arena_text(&self->arena, row->cell[c], strlen(row->cell[c]));
    char *comma = copy && number && row->decimal_comma ? strchr(copy, ',') : NULL;
    if (comma)
        *comma = '.';
    return copy;
}

static nlc_error read_cells(foreign_table *self, const nlc_row *row, new_node *node)
{
    node->more = malloc((self->num_more + 1) * sizeof *node->more);
    if (!node->more)
        return NLC_ERROR_MEMORY;
    for (size_t k = 0; k < NUM_SYNONYMS; k++)
        node->cell[k] = "";
    for (size_t c = 0; c < row->num; c++) {
        uint32_t k = self->column_of[c];
        if (k == NLC_NONE)
            continue;
        bool number = k == LAT || k == LON || k == POPULATION || k >= NUM_SYNONYMS;
        const char *copy = kept(self, row, c, number);
        if (!copy)
            return NLC_ERROR_MEMORY;
        if (k < NUM_SYNONYMS)
            node->cell[k] = copy;
        else
            node->more[k - NUM_SYNONYMS] = copy;
    }
    node->cell[ID] = self->seen[ID] ? node->cell[ID] : node->cell[NAME];
    node->cell[NAME] = self->seen[NAME] ? node->cell[NAME] : node->cell[ID];
    return NLC_OK;
}

static nlc_error read_row(void *context, const nlc_row *row)
{
    foreign_table *self = context;
    if (!self->has_header)
        return read_header(self, row);
    if (nlc_problems_error(self->problems) != NLC_OK)
        return nlc_problems_error(self->problems);
    nlc_where where = {self->table, row->line, 0};
    if (row->num != self->num_cells) {
        nlc_problems_add(self->problems, where, "this row has %zu cells, the header has %zu", row->num, self->num_cells);
        return NLC_OK;
    }
    new_node *grown = nlc_grown(self->node, &self->capacity, (size_t)self->num_nodes + 1, sizeof *grown);
    if (!grown)
        return NLC_ERROR_MEMORY;
    self->node = grown;
    new_node *node = &self->node[self->num_nodes++];
    *node = (new_node){.line = row->line};
    nlc_error error = read_cells(self, row, node);
    if (error == NLC_OK && nlc_index_find(&self->ids, node->cell[ID]) == NLC_NONE)
        error = nlc_index_add(&self->ids, node->cell[ID], self->num_nodes - 1);
    return error;
}

/* ---- Completing -------------------------------------------------------------------------------- */

/* A table without a national row gets one above all that have no parent in it. */
static void find_lead(foreign_table *self)
{
    uint32_t tops = 0, tops_with_children = 0;
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        uint32_t parent = nlc_index_find(&self->ids, self->node[i].cell[PARENT]);
        if (parent != NLC_NONE && parent != i)
            self->node[parent].has_child = true;
    }
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        new_node *node = &self->node[i];
        bool top = nlc_index_find(&self->ids, node->cell[PARENT]) == NLC_NONE;
        tops += top;
        tops_with_children += top && node->has_child;
        self->has_coordinates |= node->cell[LAT][0] && node->cell[LON][0];
    }
    if (tops == 1 && tops_with_children == 1)
        return;
    self->lead = nlc_index_find(&self->ids, "NATIONAL") == NLC_NONE ? "NATIONAL" : "NATIONAL-LEAD";
    nlc_problems_note(self->problems, (nlc_where){self->table, 0, 0},
                      "%u rows have no parent in the table; a national lead '%s' was put above them", tops, self->lead);
}

static bool is_top(const foreign_table *self, uint32_t i)
{
    return nlc_index_find(&self->ids, self->node[i].cell[PARENT]) == NLC_NONE;
}

static const char *tier_of(const foreign_table *self, uint32_t i)
{
    const new_node *node = &self->node[i];
    if (self->seen[TIER] && node->cell[TIER][0])
        return node->cell[TIER];
    if (is_top(self, i) && !self->lead)
        return "national";
    return node->has_child ? "province" : "local";
}

static void complete(foreign_table *self)
{
    find_lead(self);
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        new_node *node = &self->node[i];
        node->cell[TIER] = tier_of(self, i);
        bool top = is_top(self, i);
        if (top && node->cell[PARENT][0])
            nlc_problems_note(self->problems, (nlc_where){self->table, 0, 0}, "the parent '%s' of '%s' is not in the table",
                              node->cell[PARENT], node->cell[ID]);
        if (top)
            node->cell[PARENT] = self->lead ? self->lead : "";
        self->has_middle |= node->has_child && (!top || self->lead);
        if (!node->cell[SOURCE][0])
            node->cell[SOURCE] = self->table;
    }
}

/* ---- Writing ----------------------------------------------------------------------------------- */

static nlc_error add_cell(nlc_text *text, const char *cell, char end)
{
    bool quoted = strpbrk(cell, ",\"\r\n") != NULL;
    nlc_error error = quoted ? nlc_text_add(text, "\"", 1) : NLC_OK;
    for (const char *quote; error == NLC_OK && (quote = strchr(cell, '"')) != NULL; cell = quote + 1) {
        error = nlc_text_add(text, cell, (size_t)(quote - cell) + 1);
        if (error == NLC_OK)
            error = nlc_text_add(text, "\"", 1);
    }
    if (error == NLC_OK)
        error = nlc_text_add(text, cell, strlen(cell));
    if (error == NLC_OK && quoted)
        error = nlc_text_add(text, "\"", 1);
    return error == NLC_OK ? nlc_text_add(text, &end, 1) : error;
}

static nlc_error add_node(const foreign_table *self, const new_node *node, nlc_text *text)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < NUM_SYNONYMS && error == NLC_OK; k++)
        error = add_cell(text, node->cell[k], k + 1 == NUM_SYNONYMS && self->num_more == 0 ? '\n' : ',');
    for (uint32_t k = 0; k < self->num_more && error == NLC_OK; k++)
        error = add_cell(text, node->more && node->more[k] ? node->more[k] : "", k + 1 == self->num_more ? '\n' : ',');
    return error;
}

static nlc_error write_nodes(const foreign_table *self, nlc_text *text)
{
    new_node header = {.cell = {"id", "name", "tier", "parent_id", "population", "lat", "lon", "source"}};
    new_node lead = {.cell = {self->lead, "National lead", "national", "", "", "", "", "assumption"}};
    nlc_error error = NLC_OK;
    header.more = malloc((self->num_more + 1) * sizeof *header.more);
    if (!header.more)
        return NLC_ERROR_MEMORY;
    for (uint32_t k = 0; k < self->num_more; k++)
        header.more[k] = self->columns->column[self->more[k]].name;
    error = add_node(self, &header, text);
    free(header.more);
    for (uint32_t i = 0; i < self->num_nodes && error == NLC_OK; i++)
        error = add_node(self, &self->node[i], text);
    return error == NLC_OK && self->lead ? add_node(self, &lead, text) : error;
}

/* Tiers of the leaves, with | between them. */
static nlc_error write_adopting(const foreign_table *self, nlc_text *text)
{
    nlc_words tiers = {0};
    nlc_error error = NLC_OK;
    for (uint32_t i = 0; i < self->num_nodes && error == NLC_OK; i++) {
        uint32_t number;
        if (!self->node[i].has_child)
            error = nlc_words_add(&tiers, (nlc_arena *)&self->arena, self->node[i].cell[TIER], &number);
    }
    for (uint32_t k = 0; k < tiers.num && error == NLC_OK; k++)
        error = nlc_text_print(text, "%s%s", k ? "|" : "", tiers.text[k]);
    nlc_words_free(&tiers);
    return error;
}

static nlc_error write_scenario(const foreign_table *self, const char *title, nlc_text *text)
{
    nlc_text adopting = {0};
    nlc_error error = write_adopting(self, &adopting);
    if (error == NLC_OK)
        error = nlc_text_print(text, "key,value\nformat,1\ntitle,");
    if (error == NLC_OK)
        error = add_cell(text, title, '\n');
    if (error == NLC_OK)
        error = nlc_text_print(text, "model,nlc\nstart,2025-01\nmonths,60\nadopting,");
    if (error == NLC_OK)
        error = add_cell(text, adopting.data ? adopting.data : "", '\n');
    if (error == NLC_OK)
        error = nlc_text_print(text, "peers,%s\nwaves,random\nwaves_unit,%s\nwaves_number,%d\nwaves_start,1\nwaves_gap,6\n",
                               self->has_coordinates ? "nearest:5" : "parent", self->has_middle ? "block" : "place", 2);
    nlc_text_free(&adopting);
    return error;
}

/* A modest programme: every number is an assumption to be replaced. */
static nlc_error write_levers(const foreign_table *self, nlc_text *text)
{
    uint32_t leaves = 0, middles = 0;
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        leaves += !self->node[i].has_child;
        middles += self->node[i].has_child && self->node[i].cell[PARENT][0];
    }
    return nlc_text_print(text,
                          "lever,from,to,under,tier,wave,group,how,value,note\n"
                          "slots,,,,,,,set,%u,place-events a month that each agency and province can serve\n"
                          "briefings,,,,,,,set,2,a year for each place once its wave has begun\n"
                          "meetings,,,,,,,set,4,every three months\n"
                          "dialogues,,,,,,,set,1,a national counterpart recognises the local role\n"
                          "trainings,w+0,,,,,,set,3,from the first month of the wave\n"
                          "peer_exchanges,,,,,,,set,1,\n"
                          "drafting_support,w+12,,,,,,set,0.5,a year later\n"
                          "grant,w+12,w+47,,,,,set,0.5,three years of half a coordinator\n"
                          "grant_budget,,,,,,,set,%u,coordinator-months a month in all\n"
                          "two_way,,,,,,,set,0.6,share of a meeting that is dialogue\n"
                          "responsiveness,,,,,,,set,0.5,share of reports that get a reply\n"
                          "direct_channel,,,,,,,set,0.1,share of contact straight with the lead\n"
                          "security_channel,,,,,,,set,6,reports a year past the local governments\n"
                          "mandate,,,,,,,set,0.5,encouraged\n",
                          1 + leaves / (middles + 1), 1 + leaves / 7);
}

static nlc_error write_file(const char *folder, const char *name, const nlc_text *text)
{
    nlc_text path = {0};
    if (nlc_text_print(&path, "%s/%s", folder, name) != NLC_OK)
        return NLC_ERROR_MEMORY;
    FILE *file = fopen(path.data, "wb");
    bool written =
        file && fwrite(text->data, 1, text->length, file) == text->length && fflush(file) == 0 && fsync(fileno(file)) == 0;
    if (file)
        written = fclose(file) == 0 && written;
    nlc_text_free(&path);
    return written ? NLC_OK : NLC_ERROR_IO;
}

static nlc_error write_folder(const foreign_table *self, const char *folder, const char *title)
{
    static const char *const names[] = {"scenario.csv", "nodes.csv", "levers.csv"};
    nlc_text text[3] = {{0}};
    nlc_error error = write_scenario(self, title, &text[0]);
    if (error == NLC_OK)
        error = write_nodes(self, &text[1]);
    if (error == NLC_OK)
        error = write_levers(self, &text[2]);
    for (uint32_t k = 0; k < 3 && error == NLC_OK; k++)
        error = write_file(folder, names[k], &text[k]);
    for (uint32_t k = 0; k < 3; k++)
        nlc_text_free(&text[k]);
    return error;
}

static void remove_folder(const char *folder)
{
    static const char *const names[] = {"scenario.csv", "nodes.csv", "levers.csv"};
    for (uint32_t k = 0; k < 3; k++) {
        nlc_text path = {0};
        if (nlc_text_print(&path, "%s/%s", folder, names[k]) == NLC_OK)
            unlink(path.data);
        nlc_text_free(&path);
    }
    rmdir(folder);
}

/* The new folder is read as any other; what is wrong with it is wrong with the table. */
static nlc_error try_folder(const foreign_table *self, const char *folder, const nlc_model *model)
{
    const nlc_model *models[] = {model, NULL};
    nlc_problems found = {0};
    nlc_scenario scenario;
    nlc_settings none = {0};
    nlc_text resolved = {0}, text = {0};
    nlc_error error = nlc_scenario_load(&scenario, folder, models, &found);
    if (error == NLC_OK)
        error = nlc_scenario_write(&scenario, &none, &resolved, &found);
    if (error == NLC_ERROR_INPUT && nlc_problems_write(&found, &text) == NLC_OK) {
        for (char *line = strtok(text.data, "\n"); line; line = strtok(NULL, "\n")) {
            const char *rest = strncmp(line, folder, strlen(folder)) == 0 ? line + strlen(folder) + 1 : line;
            unsigned number = 0;
            int used = 0;
            if (sscanf(rest, "nodes.csv:%u: %n", &number, &used) == 1 && used > 0)
                rest += used;
            number = number >= 2 && number - 2 < self->num_nodes ? self->node[number - 2].line : 0;
            nlc_problems_add(self->problems, (nlc_where){self->table, number, 0}, "%s", rest);
        }
    }
    nlc_problems_free(&found);
    nlc_text_free(&resolved);
    nlc_text_free(&text);
    nlc_scenario_free(&scenario);
    return error;
}

/* False with the problem added where something stands at `path` already. */
static bool is_free(const char *path, nlc_problems *problems)
{
    nlc_where where = {path, 0, 0};
    struct stat status;
    if (stat(path, &status) != 0)
        return true;
    DIR *folder = opendir(path);
    uint32_t entries = 0;
    while (folder && readdir(folder))
        entries++;
    if (folder)
        closedir(folder);
    if (!folder)
        nlc_problems_add(problems, where, "there is a file of this name; name a new folder");
    else if (entries > 2)
        nlc_problems_add(problems, where, "the folder is not empty; name a new one");
    return folder && entries <= 2;
}

static nlc_error make_folder(const foreign_table *self, const char *path, const nlc_model *model)
{
    nlc_text making = {0}, title = {0};
    const char *name = strrchr(path, '/');
    nlc_error error = nlc_text_print(&making, "%s.XXXXXX", path);
    if (error == NLC_OK)
        error = nlc_text_print(&title, "%s", name && name[1] ? name + 1 : path);
    if (error == NLC_OK && !mkdtemp(making.data))
        error = NLC_ERROR_IO;
    if (error == NLC_OK) {
        error = write_folder(self, making.data, title.data);
        if (error == NLC_OK)
            error = try_folder(self, making.data, model);
        if (error == NLC_OK && (chmod(making.data, 0755) != 0 || rename(making.data, path) != 0))
            error = NLC_ERROR_IO;
        int reason = errno;
        if (error != NLC_OK)
            remove_folder(making.data);
        errno = reason;
    }
    nlc_text_free(&making);
    nlc_text_free(&title);
    return error;
}

nlc_error nlc_scenario_new(const char *path, const char *table, const nlc_model *model, nlc_problems *problems)
{
    nlc_columns columns;
    foreign_table self = {.columns = &columns, .problems = problems, .table = table};
    if (!is_free(path, problems))
        return nlc_problems_error(problems);
    nlc_error error = nlc_columns_init(&columns, NLC_TABLE_NODES, model);
    if (error == NLC_OK)
        error = nlc_rows_read(table, (nlc_where){table, 0, 0}, problems, read_row, &self);
    if (error == NLC_OK && self.num_nodes == 0)
        nlc_problems_add(problems, (nlc_where){table, 0, 0}, "the table has no rows");
    if (error == NLC_OK)
        error = nlc_problems_error(problems);
    if (error == NLC_OK) {
        complete(&self);
        error = make_folder(&self, path, model);
    }
    foreign_free(&self);
    nlc_columns_free(&columns);
    return error;
}
