/* A new scenario folder from a foreign table of places, with starting rows for everything else. */
#include "foreign.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

static nlc_error add_node(const nlc_foreign *self, const nlc_foreign_node *node, nlc_text *text)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < NLC_NUM_FOREIGN && error == NLC_OK; k++)
        error = add_cell(text, node->cell[k], k + 1 == NLC_NUM_FOREIGN && self->num_more == 0 ? '\n' : ',');
    for (uint32_t k = 0; k < self->num_more && error == NLC_OK; k++)
        error = add_cell(text, node->more && node->more[k] ? node->more[k] : "", k + 1 == self->num_more ? '\n' : ',');
    return error;
}

static nlc_error write_nodes(const nlc_foreign *self, nlc_text *text)
{
    nlc_foreign_node header = {.cell = {"id", "name", "tier", "parent_id", "population", "lat", "lon", "source"}};
    nlc_foreign_node lead = {.cell = {self->lead, "National lead", "national", "", "", "", "", "assumption"}};
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
static nlc_error write_adopting(const nlc_foreign *self, nlc_text *text)
{
    nlc_words tiers = {0};
    nlc_error error = NLC_OK;
    for (uint32_t i = 0; i < self->num_nodes && error == NLC_OK; i++) {
        uint32_t number;
        if (!self->node[i].has_child)
            error = nlc_words_add(&tiers, (nlc_arena *)&self->arena, self->node[i].cell[NLC_FOREIGN_TIER], &number);
    }
    for (uint32_t k = 0; k < tiers.num && error == NLC_OK; k++)
        error = nlc_text_print(text, "%s%s", k ? "|" : "", tiers.text[k]);
    nlc_words_free(&tiers);
    return error;
}

static nlc_error write_scenario(const nlc_foreign *self, const char *title, nlc_text *text)
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
static nlc_error write_levers(const nlc_foreign *self, nlc_text *text)
{
    uint32_t leaves = 0, middles = 0;
    for (uint32_t i = 0; i < self->num_nodes; i++) {
        leaves += !self->node[i].has_child;
        middles += self->node[i].has_child && self->node[i].cell[NLC_FOREIGN_PARENT][0];
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

/* Tables that a scenario may have and a new one has not filled in yet. */
static const nlc_table open_tables[] = {NLC_TABLE_AGENCIES, NLC_TABLE_CHANNELS, NLC_TABLE_PARAMETERS, NLC_TABLE_OBSERVED};

enum { NUM_OPEN = sizeof open_tables / sizeof *open_tables, NUM_FILES = 4 + NUM_OPEN };

static const char *file_name(uint32_t k)
{
    static const char *const names[] = {"scenario.csv", "nodes.csv", "levers.csv", "README.md"};
    return k < NUM_FILES - NUM_OPEN ? names[k] : nlc_table_file(open_tables[k - (NUM_FILES - NUM_OPEN)]);
}

/* The header alone. */
static nlc_error write_open(nlc_table table, const nlc_model *model, nlc_text *text)
{
    nlc_columns columns;
    nlc_error error = nlc_columns_init(&columns, table, model);
    for (uint32_t c = 0; c < columns.num && error == NLC_OK; c++)
        error = nlc_text_print(text, "%s%s", columns.column[c].name, c + 1 == columns.num ? "\n" : ",");
    nlc_columns_free(&columns);
    return error;
}

static nlc_error write_readme(const char *title, nlc_text *text)
{
    return nlc_text_print(
        text,
        "# %s\n\nA scenario of nlcsim, made from a table of places. `nlcsim check` says what is wrong with it, `nlcsim describe "
        "columns` what each column means.\n\n"
        "- scenario.csv: title, months, which tiers adopt plans, how peers and waves are made. Look through it first.\n"
        "- nodes.csv: the places. Fill in what was empty in the table, such as population and slots.\n"
        "- levers.csv: a modest programme to begin with; every number in it is an assumption to be replaced.\n"
        "- agencies.csv: national agencies beside the lead, if there are any: a row each.\n"
        "- channels.csv: weights of channels, and with peers=file or regional=file who exchanges with whom.\n"
        "- parameters.csv: parameters that differ from the model's own, with evidence and source.\n"
        "- observed.csv: what was counted, to compare results with.\n"
        "- waves.csv is needed with waves=listed only: columns wave, start, label.\n",
        title);
}

static nlc_error write_text(const nlc_foreign *self, uint32_t k, const char *title, const nlc_model *model, nlc_text *text)
{
    switch (k) {
    case 0:
        return write_scenario(self, title, text);
    case 1:
        return write_nodes(self, text);
    case 2:
        return write_levers(self, text);
    case 3:
        return write_readme(title, text);
    default:
        return write_open(open_tables[k - (NUM_FILES - NUM_OPEN)], model, text);
    }
}

static nlc_error write_folder(const nlc_foreign *self, const char *folder, const char *title, const nlc_model *model)
{
    nlc_error error = NLC_OK;
    for (uint32_t k = 0; k < NUM_FILES && error == NLC_OK; k++) {
        nlc_text text = {0};
        error = write_text(self, k, title, model, &text);
        if (error == NLC_OK)
            error = write_file(folder, file_name(k), &text);
        nlc_text_free(&text);
    }
    return error;
}

static void remove_folder(const char *folder)
{
    for (uint32_t k = 0; k < NUM_FILES; k++) {
        nlc_text path = {0};
        if (nlc_text_print(&path, "%s/%s", folder, file_name(k)) == NLC_OK)
            unlink(path.data);
        nlc_text_free(&path);
    }
    rmdir(folder);
}

/* The new folder is read as any other; what is wrong with it is wrong with the table. */
static nlc_error try_folder(const nlc_foreign *self, const char *folder, const nlc_model *model)
{
    const nlc_model *models[] = {model, NULL};
    nlc_problems found = {0};
    nlc_scenario scenario;
    nlc_text text = {0};
    nlc_error error = nlc_scenario_load(&scenario, folder, models, &found);
    if (error == NLC_OK)
        error = nlc_scenario_check(&scenario, &found);
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

static nlc_error make_folder(const nlc_foreign *self, const char *path, const nlc_model *model)
{
    nlc_text making = {0}, title = {0};
    int length = (int)strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    int name = length;
    while (name > 0 && path[name - 1] != '/')
        name--;
    nlc_error error = nlc_text_print(&making, "%.*s.XXXXXX", length, path);
    if (error == NLC_OK)
        error = nlc_text_print(&title, "%.*s", length - name, path + name);
    const bool is_made = error == NLC_OK && mkdtemp(making.data);
    if (error == NLC_OK && !is_made)
        error = NLC_ERROR_IO;
    if (error == NLC_OK) {
        error = write_folder(self, making.data, title.data, model);
        if (error == NLC_OK)
            error = try_folder(self, making.data, model);
        if (error == NLC_OK && (chmod(making.data, 0755) != 0 || rename(making.data, path) != 0))
            error = NLC_ERROR_IO;
    }
    if (error == NLC_ERROR_IO)
        nlc_problems_add(self->problems, (nlc_where){path, 0, 0}, "cannot be written: %s", strerror(errno));
    if (error != NLC_OK && is_made)
        remove_folder(making.data);
    nlc_text_free(&making);
    nlc_text_free(&title);
    return error;
}

nlc_error nlc_scenario_new(const char *path, const char *table, const nlc_model *model, nlc_problems *problems)
{
    nlc_columns columns;
    nlc_foreign foreign = {0};
    if (!is_free(path, problems))
        return nlc_problems_error(problems);
    nlc_error error = nlc_columns_init(&columns, NLC_TABLE_NODES, model);
    if (error == NLC_OK)
        error = nlc_foreign_read(&foreign, table, &columns, problems);
    if (error == NLC_OK)
        error = make_folder(&foreign, path, model);
    nlc_foreign_free(&foreign);
    nlc_columns_free(&columns);
    return error;
}
